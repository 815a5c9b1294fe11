//! What HubSpot's records say about the end of an escalation.

mod tech;

use jiff::Timestamp;

use super::{Stages, is_marked, oldest_first};
use crate::hubspot::{Call as Logged, Comment, Person, Sent as Written, Ticket, Version, timestamp};
use crate::lineage::Carried;
use crate::policy::{Policy, StageRole};
use crate::procedure::closure::{Actor, Answer, Attempt, Call, CallOutcome, Facts, Sent, Stage, Unread, Word};
use crate::procedure::cycle::{self, Change, Escalation, State};
use crate::procedure::thread::{Audience, Author};
use crate::procedure::trigger::Trigger;
use tech::jira_done_at;
pub use tech::jira_done_since;

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
/// read with `createdate`, `closed_date`, `hs_lastmodifieddate`, `merged_from`, the escalation's number and
/// start, and the history of Escalation Type.
pub fn last_escalation(ticket: &Ticket, policy: &Policy) -> Option<Cycle> {
    let cleared_at = match super::escalation(ticket, policy) {
        Escalation::Open { number, started_at, .. } => return Some(Cycle { number, started_at, cleared_at: None }),
        Escalation::NotEscalated { cycles: 0, .. } => return untold(ticket, policy),
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

/// Where HubSpot tells no history of Escalation Type, what we wrote ourselves says that there was one.
fn untold(ticket: &Ticket, policy: &Policy) -> Option<Cycle> {
    let ours = &policy.properties;
    let time = |name: &str| timestamp(ticket.property(name));
    if !ticket.history(&ours.escalation_type).is_empty() {
        return None;
    }
    let (number, started_at) = (ticket.property(&ours.cycle).parse().ok()?, time(&ours.started_at)?);
    let cleared_at = time("closed_date").or_else(|| time("hs_lastmodifieddate")).unwrap_or(started_at);
    Some(Cycle { number, started_at, cleared_at: Some(cleared_at.max(started_at)) })
}

/// Tells the people of a ticket's story apart.
pub struct Crew<'a> {
    people: &'a [Person],
    policy: &'a Policy,
    /// Users who are agents here, where nobody is named a Shift Lead.
    agents: Vec<u64>,
    /// Who has the escalation, where that is none of them.
    holder: Option<u64>,
}

impl<'a> Crew<'a> {
    /// The ticket is read with `hubspot_owner_id`, the escalation's owner and the history of Escalation Type.
    pub fn of(ticket: &Ticket, started_at: Timestamp, people: &'a [Person], policy: &'a Policy) -> Self {
        let versions = oldest_first(ticket.history(&policy.properties.escalation_type));
        let escalated = versions.into_iter().find(|it| it.timestamp >= started_at).and_then(|it| it.by);
        let user = |property| {
            let owner = Some(ticket.property(property)).filter(|it| !it.is_empty())?;
            people.iter().find(|it| it.owner_id == owner)?.user_id
        };
        let agents: Vec<u64> = escalated.into_iter().chain(user("hubspot_owner_id")).collect();
        let holder = user(&policy.properties.owner).filter(|it| !agents.contains(it));
        Self { people, policy, agents, holder }
    }

    /// Who a user is; nobody is a machine.
    pub fn actor(&self, user: Option<u64>) -> Actor {
        let Some(user) = user else { return Actor::Machine };
        let teams = self.people.iter().find(|it| it.user_id == Some(user)).map_or(&[][..], |it| &it.teams);
        match self.holder == Some(user) || self.policy.may_send_to_tech(user, teams, &self.agents) {
            true => Actor::ShiftLead,
            false => Actor::Agent,
        }
    }

    /// Who set a property.
    fn setter(&self, version: &Version) -> Actor {
        if version.by.is_none() && version.is_by_hand { Actor::Agent } else { self.actor(version.by) }
    }

    /// Who wrote something, where they are a Shift Lead.
    fn lead(&self, author: &Author) -> Option<&'a Person> {
        let Author::User(id) = author else { return None };
        let person = match id.split_once(':')? {
            ("user", user) => self.people.iter().find(|it| it.user_id == user.parse().ok()),
            (_, owner) => self.people.iter().find(|it| it.owner_id == owner),
        };
        person.filter(|it| it.user_id.is_some() && self.actor(it.user_id) == Actor::ShiftLead)
    }

    /// The Shift Lead who wrote this for colleagues; `None` where it is something else.
    pub(super) fn lead_commented(&self, it: &Comment) -> Option<&'a Person> {
        self.lead(&it.author).filter(|_| it.audience == Audience::Internal && !is_marked(it))
    }

    /// The Shift Lead who wrote this to the customer; `None` where it is something else.
    pub(super) fn lead_told(&self, it: &Comment) -> Option<u64> {
        let sent = it.outgoing.filter(|sent| !sent.is_auto_reply && !sent.is_failed)?;
        sent.by.filter(|user| it.audience == Audience::Public && self.actor(Some(*user)) == Actor::ShiftLead)
    }

    /// Who spoke or wrote: the owner, one who left too; or whoever logged it.
    fn speaker(&self, owner_id: &str, logged_by: Option<u64>) -> Actor {
        if owner_id.is_empty() {
            return self.actor(logged_by);
        }
        let person = self.people.iter().find(|it| it.owner_id == owner_id);
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
    /// When which Shift Lead commented, by name; the first one first.
    reviews: Vec<(Timestamp, String)>,
    messages: Vec<Sent>,
    calls: Vec<Call>,
    unread: Vec<Unread>,
}

/// What was read of that in HubSpot.
#[derive(Default)]
pub struct Records {
    /// Notes, comments and messages.
    pub written: Vec<Comment>,
    /// Calls that were logged.
    pub calls: Vec<Logged>,
    /// E-mails and text messages outside of the help desk.
    pub sent: Vec<Written>,
    /// What we may not read.
    pub unread: Vec<Unread>,
}

impl Ending {
    /// The ticket is read with escalation number and first review, since when the issue has its status, and
    /// the histories of state, Escalation Type, Jira status, "Resolution communicated?" and its reason.
    pub fn read(ticket: &Ticket, cycle: Cycle, stages: &Stages<'_>, crew: &Crew<'_>, policy: &Policy) -> Self {
        let ours = &policy.properties;
        let reviewed_at = timestamp(ticket.property(&ours.first_reviewed_at));
        Self {
            state: state(ticket, cycle, policy),
            stage: stage(stages, crew),
            open_stage: stages.open_stage().map(str::to_owned),
            reviewed_at: reviewed_at.filter(|it| *it >= cycle.started_at),
            jira_done_at: jira_done_at(ticket, cycle, crew, policy),
            word: word(ticket, cycle, crew, policy),
            opened: stages.stays().iter().filter(|it| !it.is_closed()).map(|it| it.since).collect(),
            cycle,
        }
    }

    /// When the ticket was first opened again after this moment; that moment itself where the history does
    /// not show it yet.
    pub fn opened_after(&self, closed_at: Timestamp) -> Timestamp {
        self.opened.iter().copied().find(|it| *it > closed_at).unwrap_or(closed_at)
    }

    fn reviewed_at(&self, evidence: &Evidence) -> Option<Timestamp> {
        self.reviewed_at.or(evidence.reviews.first().map(|it| it.0))
    }

    /// The Shift Lead who first looked at it, by name; `None` where nobody knows who that was.
    pub fn reviewer<'a>(&self, evidence: &'a Evidence) -> Option<&'a str> {
        let at = self.reviewed_at(evidence)?.as_second();
        evidence.reviews.iter().find(|it| it.0.as_second() == at).map(|it| it.1.as_str())
    }

    /// For the judgement.
    pub fn facts<'a>(&'a self, evidence: &'a Evidence, attempt: Option<Attempt>, now: Timestamp) -> Facts<'a> {
        let word = self.word.as_ref();
        Facts {
            state: self.state,
            started_at: self.cycle.started_at,
            reviewed_at: self.reviewed_at(evidence),
            jira_done_at: self.jira_done_at,
            messages: &evidence.messages,
            calls: &evidence.calls,
            unread: &evidence.unread,
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
    /// An internal comment of a Shift Lead says that they looked at it.
    pub fn read(records: Records, since: Timestamp, crew: &Crew<'_>, policy: &Policy) -> Self {
        let recent = records.written.iter().filter(|it| it.created_at >= since);
        let reviews = recent.filter_map(|it| Some((it.created_at, crew.lead_commented(it)?.name.clone())));
        let mut reviews: Vec<_> = reviews.collect();
        reviews.sort();
        let messages = records.written.iter().filter_map(|it| {
            let outgoing = it.outgoing?;
            let by = crew.actor(outgoing.by);
            let (is_auto_reply, is_failed) = (outgoing.is_auto_reply, outgoing.is_failed);
            Some(Sent { at: it.created_at, by, audience: it.audience, is_auto_reply, is_failed })
        });
        let elsewhere = records.sent.iter().map(|it| {
            let by = crew.speaker(&it.owner_id, it.logged_by);
            let (is_auto_reply, is_failed) = (it.is_auto_reply, it.is_failed);
            Sent { at: it.at, by, audience: Audience::Public, is_auto_reply, is_failed }
        });
        let calls = records.calls.iter().map(|it| Call {
            at: it.at,
            by: crew.speaker(&it.owner_id, it.logged_by),
            outcome: match &*it.outcome {
                "" => CallOutcome::Unsaid,
                outcome if policy.closure.is_connected(outcome) => CallOutcome::Connected,
                _ => CallOutcome::NotConnected,
            },
        });
        let (messages, calls) = (messages.chain(elsewhere).collect(), calls.collect());
        Self { reviews, messages, calls, unread: records.unread }
    }

    /// What we may not read.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
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

/// What HubSpot tells no history of is taken as it is, by somebody whom nobody knows.
fn word(ticket: &Ticket, cycle: Cycle, crew: &Crew<'_>, policy: &Policy) -> Option<(Answer, String, Actor, Timestamp)> {
    let ours = &policy.properties;
    let answer = Answer::from_name(ticket.property(&ours.resolution_communicated))?;
    let last = oldest_first(ticket.history(&ours.resolution_communicated)).pop();
    let (by, at) = last.map_or((Actor::Agent, cycle.started_at), |it| (crew.setter(it), it.timestamp));
    // A reason that was given for an earlier escalation is none for this one.
    let given_at = ticket.history(&ours.unreachable_reason).iter().map(|it| it.timestamp).max();
    let is_own = given_at.is_none_or(|it| it >= cycle.started_at);
    let reason = if is_own { ticket.property(&ours.unreachable_reason).to_owned() } else { String::new() };
    Some((answer, reason, by, at))
}

fn stage(stages: &Stages<'_>, crew: &Crew<'_>) -> Stage {
    let (true, Some(last)) = (stages.is_closed(), stages.stays().last()) else {
        return Stage::Open;
    };
    if last.role == Some(StageRole::Exempt) {
        return Stage::Exempt;
    }
    // From one closed stage to another it is the same closing.
    let closing = stages.stays().iter().rev().take_while(|it| it.is_closed()).last().unwrap_or(last);
    let by = closing.version.map_or(Actor::Agent, |it| crew.setter(it));
    Stage::Closed { at: closing.since, by }
}
