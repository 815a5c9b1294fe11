//! What HubSpot's records say about the end of an escalation.

use jiff::Timestamp;

use super::{is_marked, oldest_first};
use crate::hubspot::{Call as Logged, Comment, Person, Ticket, Version, timestamp};
use crate::lineage::Carried;
use crate::policy::{Policy, StageRole};
use crate::procedure::closure::{Actor, Answer, Attempt, Call, Facts, Sent, Stage, Word};
use crate::procedure::cycle::{self, Change, Escalation, State};
use crate::procedure::thread::{Audience, Author};
use crate::procedure::trigger::Trigger;

/// The escalation that a ticket is in, or was in last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycle {
    /// The how-manieth of the ticket it is, from 1.
    pub number: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// When Escalation Type was cleared; `None` while it is set.
    pub cleared_at: Option<Timestamp>,
}

/// The escalation that a ticket is in, or was in last; `None` where there never was one. The ticket is
/// read with `createdate`, `merged_from` and the history of Escalation Type.
pub fn last_escalation(ticket: &Ticket, policy: &Policy) -> Option<Cycle> {
    let cleared_at = match super::escalation(ticket, policy) {
        Escalation::Open { number, started_at, .. } => return Some(Cycle { number, started_at, cleared_at: None }),
        Escalation::NotEscalated { cycles: 0, .. } => return None,
        Escalation::NotEscalated { cleared_at, .. } => cleared_at,
    };
    let versions = oldest_first(ticket.history(&policy.properties.escalation_type));
    // Where the history does not tell when it was cleared yet, it was after all that it does tell.
    let cleared_at = cleared_at.or_else(|| versions.last().map(|it| it.timestamp))?;
    let escalates = |value: &str| !value.trim().is_empty() && policy.escalation.escalates(value);
    let set = versions.iter().rposition(|it| escalates(&it.value))?;
    let changes: Vec<Change> = versions[..=set]
        .iter()
        .map(|it| Change {
            at: it.timestamp,
            value: if escalates(&it.value) { it.value.clone() } else { String::new() },
        })
        .collect();
    let own = cycle::current(&changes, &versions[set].value, cleared_at);
    match Carried::of(ticket, policy).map_or(own, |carried| carried.continued(own)) {
        Escalation::Open { number, started_at, .. } => Some(Cycle { number, started_at, cleared_at: Some(cleared_at) }),
        Escalation::NotEscalated { .. } => None,
    }
}

/// Tells the people of a ticket's story apart.
pub struct Crew<'a> {
    people: &'a [Person],
    policy: &'a Policy,
    /// Users who are agents here, where nobody is named a Shift Lead.
    agents: Vec<u64>,
}

impl<'a> Crew<'a> {
    /// The ticket is read with `hubspot_owner_id` and the history of Escalation Type.
    pub fn of(ticket: &Ticket, started_at: Timestamp, people: &'a [Person], policy: &'a Policy) -> Self {
        let versions = oldest_first(ticket.history(&policy.properties.escalation_type));
        let escalated = versions.into_iter().find(|it| it.timestamp >= started_at).and_then(|it| it.by);
        let owner = people.iter().find(|it| it.owner_id == ticket.property("hubspot_owner_id"));
        let agents = escalated.into_iter().chain(owner.and_then(|it| it.user_id)).collect();
        Self { people, policy, agents }
    }

    /// Who a user is; nobody is a machine.
    pub fn actor(&self, user: Option<u64>) -> Actor {
        let Some(user) = user else { return Actor::Machine };
        let teams = self.people.iter().find(|it| it.user_id == Some(user)).map_or(&[][..], |it| &it.teams);
        match self.policy.may_send_to_tech(user, teams, &self.agents) {
            true => Actor::ShiftLead,
            false => Actor::Agent,
        }
    }

    /// Who spoke in a call: the owner, one who left too; or whoever logged it.
    fn caller(&self, call: &Logged) -> Actor {
        if call.owner_id.is_empty() {
            return self.actor(call.logged_by);
        }
        let person = self.people.iter().find(|it| it.owner_id == call.owner_id);
        person.map_or(Actor::Agent, |it| if it.user_id.is_some() { self.actor(it.user_id) } else { Actor::Agent })
    }
}

/// What a ticket itself says about the end of its last escalation.
pub struct Ending {
    /// Which escalation.
    pub cycle: Cycle,
    /// Where it stands; `None` before anything was written in it.
    pub state: Option<State>,
    /// Where the ticket is.
    pub stage: Stage,
    /// The stage, in its present pipeline, that it was open in last.
    pub open_stage: Option<String>,
    /// When a Shift Lead first looked at it, as far as the ticket says.
    pub reviewed_at: Option<Timestamp>,
    jira_done_at: Option<Timestamp>,
    word: Option<(Answer, String, Actor, Timestamp)>,
    /// When it came into a stage that is open, oldest first.
    opened: Vec<Timestamp>,
}

/// What people did for the customer.
#[derive(Default)]
pub struct Evidence {
    reviewed_at: Option<Timestamp>,
    messages: Vec<Sent>,
    calls: Vec<Call>,
}

impl Ending {
    /// The ticket is read with `hs_pipeline`, `hs_is_closed`, escalation number and first review, and the
    /// histories of `hs_pipeline_stage`, state, Jira status, "Resolution communicated?" and its reason.
    pub fn read(ticket: &Ticket, cycle: Cycle, crew: &Crew<'_>, policy: &Policy) -> Self {
        let ours = &policy.properties;
        let stages = Stages::read(ticket, policy);
        let reviewed_at = timestamp(ticket.property(&ours.first_reviewed_at));
        Self {
            state: state(ticket, cycle, policy),
            stage: stages.present(crew),
            open_stage: stages.open_stage().map(str::to_owned),
            reviewed_at: reviewed_at.filter(|it| *it >= cycle.started_at),
            jira_done_at: jira_done_at(ticket, policy),
            word: word(ticket, cycle, crew, policy),
            opened: stages.0.iter().filter(|it| !it.is_closed).map(|it| it.version.timestamp).collect(),
            cycle,
        }
    }

    /// When the ticket was first opened again after this moment; that moment itself where the history does
    /// not show it yet.
    pub fn opened_after(&self, closed_at: Timestamp) -> Timestamp {
        self.opened.iter().copied().find(|it| *it > closed_at).unwrap_or(closed_at)
    }

    /// For the judgement.
    pub fn facts<'a>(&'a self, evidence: &'a Evidence, attempt: Option<Attempt>, now: Timestamp) -> Facts<'a> {
        let word = self.word.as_ref();
        Facts {
            state: self.state,
            started_at: self.cycle.started_at,
            reviewed_at: self.reviewed_at.or(evidence.reviewed_at),
            jira_done_at: self.jira_done_at,
            messages: &evidence.messages,
            calls: &evidence.calls,
            word: word.map(|(answer, reason, by, at)| Word { answer: *answer, reason, by: *by, at: *at }),
            type_cleared_at: self.cycle.cleared_at,
            stage: self.stage,
            open_stage: self.open_stage.as_deref(),
            attempt,
            now,
        }
    }
}

impl Evidence {
    /// From what was written on the ticket, and the calls that were logged there. An internal comment of a
    /// Shift Lead says that they looked at it.
    pub fn read(written: &[Comment], calls: &[Logged], since: Timestamp, crew: &Crew<'_>, policy: &Policy) -> Self {
        let reviews = written.iter().filter(|it| it.created_at >= since && it.audience == Audience::Internal);
        let reviews = reviews.filter(|it| !is_marked(it) && crew.actor(user(&it.author)) == Actor::ShiftLead);
        let messages = written.iter().filter_map(|it| {
            let outgoing = it.outgoing?;
            Some(Sent {
                at: it.created_at,
                by: crew.actor(outgoing.by),
                audience: it.audience,
                is_auto_reply: outgoing.is_auto_reply,
                is_failed: outgoing.is_failed,
            })
        });
        let calls = calls.iter().map(|it| Call {
            at: it.at,
            by: crew.caller(it),
            is_connected: policy.closure.is_connected(&it.outcome),
        });
        Self {
            reviewed_at: reviews.map(|it| it.created_at).min(),
            messages: messages.collect(),
            calls: calls.collect(),
        }
    }
}

fn user(author: &Author) -> Option<u64> {
    match author {
        Author::User(id) => id.strip_prefix("user:")?.parse().ok(),
        Author::Machine | Author::Customer => None,
    }
}

/// Whether there was ever something about a ticket, since this moment, that not everybody may read. The
/// ticket is read with the history of the reason.
pub fn is_restricted(ticket: &Ticket, since: Timestamp, policy: &Policy) -> bool {
    let reason = &policy.properties.reason;
    let had = ticket.history(reason).iter().filter(|it| it.timestamp >= since).map(|it| it.value.as_str());
    let lists = had.chain([ticket.property(reason)]);
    lists.flat_map(|it| it.split(';')).filter_map(|it| Trigger::from_code(it.trim())).any(|it| it.is_sensitive())
}

/// Where this escalation stands; what an earlier one left is none.
fn state(ticket: &Ticket, cycle: Cycle, policy: &Policy) -> Option<State> {
    let ours = &policy.properties;
    let is_own = match ticket.history(&ours.state).iter().map(|it| it.timestamp).max() {
        Some(last) => last >= cycle.started_at,
        None => ticket.has(&ours.cycle, &cycle.number.to_string()),
    };
    State::from_name(ticket.property(&ours.state)).filter(|_| is_own)
}

/// Since when its issue is done, by the names that the policy has for that.
fn jira_done_at(ticket: &Ticket, policy: &Policy) -> Option<Timestamp> {
    let status = &policy.properties.jira_status;
    if !policy.closure.is_jira_done(ticket.property(status)) {
        return None;
    }
    let versions = oldest_first(ticket.history(status));
    versions.iter().rev().take_while(|it| policy.closure.is_jira_done(&it.value)).last().map(|it| it.timestamp)
}

fn word(ticket: &Ticket, cycle: Cycle, crew: &Crew<'_>, policy: &Policy) -> Option<(Answer, String, Actor, Timestamp)> {
    let ours = &policy.properties;
    let answer = Answer::from_name(ticket.property(&ours.resolution_communicated))?;
    let last = oldest_first(ticket.history(&ours.resolution_communicated)).pop();
    let (by, at) = last.map_or((None, Timestamp::UNIX_EPOCH), |it| (it.by, it.timestamp));
    // A reason that was given for an earlier escalation is none for this one.
    let given_at = ticket.history(&ours.unreachable_reason).iter().map(|it| it.timestamp).max();
    let is_own = given_at.is_some_and(|it| it >= cycle.started_at);
    let reason = if is_own { ticket.property(&ours.unreachable_reason).to_owned() } else { String::new() };
    Some((answer, reason, crew.actor(by), at))
}

/// The stages a ticket was in, oldest first.
struct Stages<'a>(Vec<Stay<'a>>);

/// One of them.
struct Stay<'a> {
    version: &'a Version,
    /// What it means in the ticket's present pipeline.
    role: Option<StageRole>,
    is_closed: bool,
}

impl<'a> Stages<'a> {
    /// The policy says what a stage means. HubSpot works out `hs_is_closed` from the `ticketState` of the
    /// present one, which decides where the policy does not know that.
    fn read(ticket: &'a Ticket, policy: &Policy) -> Self {
        let (pipeline, present) = (ticket.property("hs_pipeline"), ticket.property("hs_pipeline_stage"));
        let is_closed_by_state = ticket.property("hs_is_closed") == "true";
        let stay = |version: &'a Version| {
            let role = policy.pipelines.role(pipeline, &version.value);
            let is_closed = match role {
                Some(role) => matches!(role, StageRole::Closed | StageRole::Exempt),
                None => version.value == present && is_closed_by_state,
            };
            Stay { version, role, is_closed }
        };
        Self(oldest_first(ticket.history("hs_pipeline_stage")).into_iter().map(stay).collect())
    }

    fn present(&self, crew: &Crew<'_>) -> Stage {
        let Some(last) = self.0.last().filter(|it| it.is_closed) else {
            return Stage::Open;
        };
        if last.role == Some(StageRole::Exempt) {
            return Stage::Exempt;
        }
        // From one closed stage to another it is the same closing.
        let closing = self.0.iter().rev().take_while(|it| it.is_closed).last().unwrap_or(last);
        Stage::Closed { at: closing.version.timestamp, by: crew.actor(closing.version.by) }
    }

    fn open_stage(&self) -> Option<&'a str> {
        let open = self.0.iter().rev().find(|it| !it.is_closed && it.role.is_some());
        open.map(|it| it.version.value.as_str())
    }
}
