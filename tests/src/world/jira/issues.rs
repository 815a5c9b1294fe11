//! `GET /rest/api/3/issue/{issueIdOrKey}`.

use super::show::Selection;
use super::site::Site;
use crate::world::call::{Answer, Call};

impl Site {
    pub(super) fn get_issue(&self, issue: &str, call: &Call) -> Result<Answer, Answer> {
        let issue = self.seen(issue)?;
        let fields = Selection::of_query(&call.query, "fields").unwrap_or_else(|| vec!["*all".to_owned()]);
        let properties = Selection::of_query(&call.query, "properties").unwrap_or_default();
        let mut shown = self.show_issue(issue, &Selection::of(fields), &properties);
        if call.query("expand").is_some_and(|it| it.split(',').any(|it| it == "changelog")) {
            shown["changelog"] = self.changelog(issue);
        }
        Ok(Answer::json(200, shown))
    }
}
