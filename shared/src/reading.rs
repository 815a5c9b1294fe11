//! What HubSpot's records say, in the procedure's terms.

use std::cmp::Reverse;

use jiff::Timestamp;

use crate::hubspot::{Body, Comment, Ticket, timestamp};
use crate::ledger::Effect;
use crate::policy::Policy;
use crate::procedure::comment::{self, Labels};
use crate::procedure::cycle::{self, Change, Escalation};
use crate::procedure::thread::{Audience, Author, Entry};

/// Of what people wrote so much is looked at, in bytes: two of the longest notes that HubSpot keeps.
const MOST_WORDS: usize = 2 * 65_536;

/// Which escalation of the ticket this is. A type that the policy ignores is as good as none. The
/// ticket is read with `createdate` and the history of Escalation Type.
pub fn escalation(ticket: &Ticket, policy: &Policy) -> Escalation {
    let property = &policy.properties.escalation_type;
    let value = |value: &str| if policy.escalation.escalates(value) { value.to_owned() } else { String::new() };
    let history = ticket.history(property);
    let changes: Vec<_> = history.iter().map(|it| Change { at: it.timestamp, value: value(&it.value) }).collect();
    // A value without a history is as old as the ticket: never "just set", which would be pending for ever.
    let created_at = timestamp(ticket.property("createdate")).unwrap_or(Timestamp::UNIX_EPOCH);
    cycle::current(&changes, &value(ticket.property(property)), created_at)
}

/// Everything that was written on a ticket, read for its five points.
pub fn entries(written: &[Comment], labels: &Labels) -> Vec<Entry> {
    written.iter().map(|it| entry(it, labels)).collect()
}

/// What customers wrote, and what colleagues wrote about them to each other, since `since`: the newest
/// first, up to [`MOST_WORDS`].
pub fn words(written: &[Comment], since: Timestamp) -> Vec<String> {
    let tells = |it: &&Comment| match author(it) {
        Author::Customer => true,
        Author::User(_) => it.audience == Audience::Internal,
        Author::Machine => false,
    };
    let mut recent: Vec<&Comment> = written.iter().filter(|it| it.created_at >= since).filter(tells).collect();
    recent.sort_by_key(|it| Reverse(it.created_at));
    let mut room = MOST_WORDS;
    let texts = recent.into_iter().map(|it| comment::text(body(it)));
    texts.take_while(|it| room.checked_sub(it.len()).inspect(|left| room = *left).is_some()).collect()
}

/// When we asked the agent for something, in this escalation or an earlier one.
pub fn asked(written: &[Comment]) -> Vec<Timestamp> {
    written.iter().filter(|it| author(it) == Author::Machine && is_marked(it)).map(|it| it.created_at).collect()
}

fn entry(written: &Comment, labels: &Labels) -> Entry {
    Entry {
        id: written.id.clone(),
        created_at: written.created_at,
        author: author(written),
        audience: written.audience,
        deleted: false,
        comment: comment::read(body(written), labels),
    }
}

fn body(written: &Comment) -> comment::Body<'_> {
    match &written.body {
        Body::Html(html) => comment::Body::Html(html),
        Body::Text(text) => comment::Body::Text(text),
    }
}

/// Who wrote it. What carries our marker is ours, unless HubSpot knows the person: agents copy our
/// message to fill it in.
fn author(written: &Comment) -> Author {
    let is_known = matches!(&written.author, Author::User(id) if id.starts_with("user:"));
    match is_marked(written) && !is_known {
        true => Author::Machine,
        false => written.author.clone(),
    }
}

fn is_marked(written: &Comment) -> bool {
    written.contains(Effect::MARKER)
}
