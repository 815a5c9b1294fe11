//! Each effect there is once: no two notes, messages, issues or comments with one marker.

use std::collections::BTreeMap;

use super::{Checks, issues};
use crate::week::Week;
use crate::world::jira::Actor;
use crate::world::slack::Author;

/// Checks all that we wrote anywhere.
pub fn judge(week: &Week, checks: &mut Checks) {
    let mut seen = Seen::default();
    for story in &week.people.stories {
        let Some(ticket) = story.ticket else { continue };
        for note in week.world.hubspot.notes(ticket).iter().filter(|it| it.author.is_none()) {
            seen.mark(Some(story.number), "notes", marker(&note.body));
        }
    }
    for (channel, _) in week.world.slack.channels() {
        for first in week.world.slack.messages(&channel) {
            let thread = week.world.slack.thread(&channel, &first.ts);
            for it in thread.iter().filter(|it| it.author == Author::App) {
                seen.mark(None, "messages", Some(it.metadata.to_string()).filter(|it| it != "null"));
            }
        }
    }
    for story in &week.people.stories {
        for issue in issues::ours(week, &[&story.formerly[..], story.ticket.as_slice()].concat()) {
            let escalation = &issue.properties["hs-escalation"];
            seen.mark(Some(story.number), "issues", Some(format!("{} {}", escalation["ticket"], escalation["cycle"])));
        }
    }
    for issue in week.world.jira.issues() {
        for comment in issue.comments.iter().filter(|it| it.author == Actor::App) {
            seen.mark(None, "comments in Jira", Some(format!("{:?}", comment.properties)));
        }
    }
    seen.judge(checks);
}

#[derive(Default)]
struct Seen(BTreeMap<(&'static str, String), (Option<usize>, usize)>, usize);

impl Seen {
    fn mark(&mut self, story: Option<usize>, what: &'static str, marker: Option<String>) {
        match marker {
            Some(marker) => self.0.entry((what, marker)).or_insert((story, 0)).1 += 1,
            None => self.1 += 1,
        }
    }

    fn judge(self, checks: &mut Checks) {
        checks.that(None, self.1 == 0, || format!("{} of what we wrote have no marker", self.1));
        for ((what, marker), (story, times)) in self.0 {
            checks.that(story, times == 1, || format!("{times} {what} with the marker {marker}"));
        }
    }
}

/// What stands behind the `#` of the link to the ticket.
fn marker(html: &str) -> Option<String> {
    let (_, link) = html.split_once("/record/0-5/")?;
    let (_, marker) = link.split('"').next()?.split_once('#')?;
    Some(marker.to_owned())
}
