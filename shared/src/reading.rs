//! What HubSpot's records say, in the procedure's terms.

pub mod closure;
mod people;
mod reopened;
mod review;
mod stages;
mod wish;
mod written;

pub use people::people;
pub use reopened::{lacks_closure, stood_open};
pub use review::acts;
pub use stages::{Stages, Stay};
pub use wish::{Asked, SHIFT_LEAD, TECH, Wished, wished};
pub use written::{Judged, help_desk, window, written};

use std::cmp::Reverse;

use jiff::Timestamp;

use crate::hubspot::{Body, Comment, Ticket, Version, timestamp};
use crate::ledger::Effect;
use crate::lineage::Carried;
use crate::policy::{Policy, StageRole};
use crate::procedure::business_time::Pause;
use crate::procedure::comment::{self, Labels};
use crate::procedure::cycle::{self, Change, Escalation};
use crate::procedure::thread::{Audience, Author, Entry};
use crate::procedure::trigger::{self, Trigger};
use crate::procedure::urgency;

/// Of what people wrote so much is looked at, in bytes: two of the longest notes that HubSpot keeps.
const MOST_WORDS: usize = 2 * 65_536;

/// Which escalation of the ticket this is, with what was before a merge. A type that the policy ignores is
/// as good as none. The ticket is read with `createdate`, `merged_from` and the history of Escalation Type.
pub fn escalation(ticket: &Ticket, policy: &Policy) -> Escalation {
    let own = own_escalation(ticket, policy);
    Carried::of(ticket, policy).map_or(own, |carried| carried.continued(own))
}

/// The same by the ticket's own history alone.
pub fn own_escalation(ticket: &Ticket, policy: &Policy) -> Escalation {
    let property = &policy.properties.escalation_type;
    let value = |value: &str| if policy.escalation.escalates(value) { value.to_owned() } else { String::new() };
    let history = ticket.history(property);
    let changes: Vec<_> = history.iter().map(|it| Change { at: it.timestamp, value: value(&it.value) }).collect();
    // A value without a history is as old as the ticket: never "just set", which would be pending for ever.
    let created_at = timestamp(ticket.property("createdate")).unwrap_or(Timestamp::UNIX_EPOCH);
    cycle::current(&changes, &value(ticket.property(property)), created_at)
}

/// Versions in the order of their times; HubSpot lists the newest first, those of one instant too.
pub fn oldest_first(history: &[Version]) -> Vec<&Version> {
    let mut versions: Vec<&Version> = history.iter().rev().collect();
    versions.sort_by_key(|it| it.timestamp);
    versions
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
    let text = |it: &Comment| match it.audience {
        Audience::Internal => review::without_ready(comment::text(body(it))),
        Audience::Public => comment::text(body(it)),
    };
    let mut texts: Vec<String> = recent.into_iter().map(text).collect();
    for text in &mut texts {
        text.truncate(text.floor_char_boundary(room));
        room -= text.len();
    }
    texts.retain(|it| !it.is_empty());
    texts
}

/// When it was the customer's turn, up to `now`. The ticket is read with `hs_pipeline` and the history
/// of `hs_pipeline_stage`.
pub fn pauses(ticket: &Ticket, now: Timestamp, policy: &Policy) -> Vec<Pause> {
    let stages = stages(ticket, policy);
    let until = stages.iter().skip(1).map(|it| it.0).chain([now]);
    let turns = stages.iter().zip(until).filter(|((_, role), _)| *role == Some(StageRole::WaitingOnCustomer));
    turns.map(|((from, _), until)| Pause { from: *from, until }).collect()
}

/// How often somebody tried to resolve the ticket: once more than it was opened again.
fn attempts(ticket: &Ticket, policy: &Policy) -> Option<u32> {
    let is_closed = |role: Option<StageRole>| matches!(role, Some(StageRole::Closed | StageRole::Exempt));
    let stages = stages(ticket, policy);
    let reopened = stages.windows(2).filter(|it| is_closed(it[0].1) && !is_closed(it[1].1)).count();
    u32::try_from(reopened).ok().filter(|it| *it > 0).map(|it| it + 1)
}

/// The stages a ticket was in, oldest first, by what they mean in its present pipeline.
fn stages(ticket: &Ticket, policy: &Policy) -> Vec<(Timestamp, Option<StageRole>)> {
    let pipeline = ticket.property("hs_pipeline");
    // HubSpot lists the newest first, those of one instant too.
    let history = ticket.history("hs_pipeline_stage").iter().rev();
    let mut stages: Vec<_> = history.map(|it| (it.timestamp, policy.pipelines.role(pipeline, &it.value))).collect();
    stages.sort_by_key(|it| it.0);
    stages
}

/// Why a ticket is an escalation: what is ticked as a reason, and what customers' words and the ticket
/// suggest, less what a person took off since `since`, the end of the escalation before. The ticket is
/// read with `subject`, `content`, `createdate`, `hs_pipeline`, account tier, and the histories of the
/// reason and of `hs_pipeline_stage`.
pub fn triggers(
    ticket: &Ticket,
    words: &[String],
    since: Option<Timestamp>,
    started_at: Timestamp,
    policy: &Policy,
) -> Vec<Trigger> {
    let codes = |list: &str| list.split(';').filter_map(|it| Trigger::from_code(it.trim())).collect::<Vec<_>>();
    let ours = &policy.properties;
    let is_recent = |at: Timestamp| since.is_none_or(|since| at >= since);
    let history = ticket.history(&ours.reason);
    let once_ticked: Vec<Trigger> =
        history.iter().filter(|it| is_recent(it.timestamp)).flat_map(|it| codes(&it.value)).collect();
    // What an earlier escalation left is not ticked for this one.
    let is_stale = history.iter().map(|it| it.timestamp).max().is_some_and(|at| !is_recent(at));
    let ticked = if is_stale { Vec::new() } else { codes(ticket.property(&ours.reason)) };
    let texts = [ticket.property("subject"), ticket.property("content")];
    let texts: Vec<&str> = texts.into_iter().chain(words.iter().map(String::as_str)).collect();
    let facts = trigger::Facts {
        texts: &texts,
        account_tier: Some(ticket.property(&ours.account_tier)).filter(|it| !it.is_empty()),
        attempts: attempts(ticket, policy),
        open_hours: open_hours(ticket, started_at, policy),
    };
    let suggested: Vec<Trigger> = trigger::find(&facts, policy.triggers.rules()).iter().map(|it| it.trigger).collect();
    urgency::triggers(&ticked, &once_ticked, &suggested)
}

/// For how many hours of business time the ticket was open before it was escalated.
fn open_hours(ticket: &Ticket, started_at: Timestamp, policy: &Policy) -> Option<u32> {
    let created_at = timestamp(ticket.property("createdate"))?;
    let elapsed = policy.calendar(ticket.property("hs_pipeline")).elapsed(created_at, started_at, &[]);
    u32::try_from(elapsed.as_hours()).ok()
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
