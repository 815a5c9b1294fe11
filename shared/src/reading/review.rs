//! What Shift Leads did about an escalation.

use jiff::Timestamp;

use super::body;
use super::closure::Crew;
use crate::hubspot::{Comment, Person};
use crate::policy::Policy;
use crate::procedure::comment;
use crate::procedure::review::{Act, READY, What, says};

/// What Shift Leads wrote since `since`, to colleagues and to the customer, oldest first; less what has
/// one of these ids: the agent's own five points. `agent` is whose ticket it is.
pub fn acts<'c>(
    written: impl IntoIterator<Item = &'c Comment>,
    since: Timestamp,
    points: &[String],
    (crew, agent, people): (&Crew<'_>, Option<&Person>, &[Person]),
    policy: &Policy,
) -> Vec<Act> {
    let names: Vec<&str> = people.iter().map(|it| &*it.name).collect();
    let agent = agent.and_then(|it| it.user_id);
    let mut acts: Vec<Act> = Vec::new();
    for it in written.into_iter().filter(|it| it.created_at >= since && !points.contains(&it.id)) {
        let at = it.created_at;
        if let Some(by) = crew.lead_commented(it).and_then(|it| it.user_id) {
            let what = What::Comment(says(&comment::text(body(it)), &names));
            let read = comment::read(body(it), policy.comment.labels.labels());
            let ids = read.mentions().iter().filter_map(|it| it.user_id.as_deref()?.parse().ok());
            let mentions_agent = ids.into_iter().any(|it: u64| Some(it) == agent);
            acts.push(Act { at, by, what, mentions_agent });
        } else if let Some(by) = crew.lead_told(it) {
            acts.push(Act { at, by, what: What::Message, mentions_agent: false });
        }
    }
    acts.sort_by_key(|it| it.at);
    acts
}

/// What a colleague wrote less the procedure's words for Option B, which are no customer's: "ready to close"
/// is not one who wants to leave.
pub(super) fn without_ready(mut text: String) -> String {
    while let Some(at) = text.to_ascii_lowercase().find(READY) {
        text.replace_range(at..at + READY.len(), "");
    }
    text
}
