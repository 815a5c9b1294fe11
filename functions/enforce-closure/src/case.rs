//! One escalation whose end is judged.

use std::collections::BTreeMap;

use escalation::hubspot::timestamp;
use escalation::ledger::Effect;
use escalation::policy::Policy;
use escalation::procedure::closure::{self, Facts, Missing, Rules, Verdict};
use escalation::procedure::cycle::{Event, State, after};
use escalation::procedure::lane::Lane;
use escalation::procedure::message::{Message, Span};
use escalation::procedure::sla::Status;
use escalation::procedure::wording::closure::{self as words, Scene};
use escalation::procedure::wording::lane::told;
use escalation::reading;
use escalation::runtime::Request;
use escalation::telling::{Telling, mention};
use jiff::{SignedDuration, Timestamp};

use super::fields::Inputs;
use super::found::{Escalated, STAGE};

/// Notes that are kept from being written twice by the ledger.
pub const REOPENED: &str = "closure-reopened";
pub const REFUSED: &str = "closure-refused";
pub const FLAGGED: &str = "closure-flagged";
pub const UNREADABLE: &str = "closure-unreadable";
pub const RESOLVED: &str = "closure-resolved";
pub const STILL_OPEN: &str = "closure-still-open";

/// For so long after a resolution somebody who was not told of it may still be.
const TELLABLE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Everything that is known about the end of an escalation in this run.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub request: &'a Request<Inputs>,
    pub found: &'a Escalated,
    pub telling: &'a Telling<'a>,
    pub policy: &'a Policy,
}

impl<'a> Case<'a> {
    /// Whether its end is on the ticket already.
    pub fn judge(&self) -> Verdict<'a> {
        let facts = self.found.ending.facts(&self.found.evidence, self.found.attempt(), self.now());
        let untold = self.found.resolved_at(self.policy).filter(|_| self.found.told.is_none());
        let (Some(at), Some(State::Resolved)) = (untold, facts.state) else {
            return closure::judge(&facts, &self.rules());
        };
        // It was resolved, and nobody was told yet what that rests on. Nothing takes it back.
        match closure::judge(&Facts { state: None, ..facts }, &self.rules()) {
            Verdict::Resolved { evidence, .. } if is_tellable(at, self.now()) => Verdict::Resolved { evidence, at },
            _ => Verdict::Ended(State::Resolved),
        }
    }

    fn rules(&self) -> Rules {
        let (inputs, policy) = (&self.request.inputs, &self.policy.closure);
        let grace = inputs.grace_minutes.map(|it| SignedDuration::from_mins(it.into()));
        Rules {
            grace: grace.unwrap_or_else(|| policy.grace_minutes.minutes()),
            mode: inputs.closure.map_or(policy.mode, closure::Mode::from),
        }
    }

    pub fn now(&self) -> Timestamp {
        self.telling.invocation.now()
    }

    pub fn scene(&self) -> Scene<'a> {
        let issue = self.found.ticket.property(&self.policy.properties.jira_reference);
        Scene {
            cycle: self.found.ending.cycle.number,
            lead: self.found.reviewer(),
            issue: Some(issue).filter(|it| !it.is_empty()),
            now: self.now(),
            zone: self.policy.team.time_zone.time_zone(),
        }
    }

    pub fn agent(&self) -> Option<Span> {
        self.found.agent().map(mention)
    }

    /// Business time from the beginning of the escalation to its end; the customer's turn is not ours.
    pub fn took(&self, at: Timestamp) -> SignedDuration {
        let calendar = self.policy.calendar(self.found.ticket.property("hs_pipeline"));
        let pauses = reading::pauses(&self.found.ticket, at, self.policy);
        calendar.elapsed(self.found.ending.cycle.started_at, at, &pauses)
    }

    /// What was late once stays so; what never was is met now.
    fn kept_its_times(&self, resolved_at: Timestamp) -> Status {
        let (ours, ticket) = (&self.policy.properties, &self.found.ticket);
        let started_at = self.found.ending.cycle.started_at;
        let statuses = ticket.history(&ours.sla_status).iter().filter(|it| it.timestamp >= started_at);
        let was_late = statuses.into_iter().any(|it| it.value == Status::Breached.name());
        // Where the customer's turn moves it, whoever watches the time knows it better.
        let is_fixed = reading::pauses(ticket, resolved_at, self.policy).is_empty();
        let due_at = timestamp(ticket.property(&ours.resolve_due_at)).filter(|it| is_fixed && *it >= started_at);
        if was_late || due_at.is_some_and(|due_at| resolved_at >= due_at) { Status::Breached } else { Status::Met }
    }

    /// A message as a note on the ticket.
    pub fn note(&self, effect: &Effect, message: Message) -> Message {
        told(self.agent(), message, self.found.ending.cycle.number, &self.telling.link(effect))
    }

    /// What the action says.
    pub fn said(&self, verdict: &Verdict<'_>) -> String {
        let took = match verdict {
            Verdict::Resolved { at, .. } => self.took(*at),
            _ => SignedDuration::ZERO,
        };
        words::said(verdict, took, &self.scene())
    }

    /// The ticket's properties where they differ from what they should be.
    pub fn properties(&self, verdict: &Verdict<'_>) -> BTreeMap<&'a str, String> {
        let (ours, ticket) = (&self.policy.properties, &self.found.ticket);
        let present = self.found.ending.state;
        let mut wanted: Vec<(&'a str, String)> = match verdict {
            Verdict::Resolved { evidence, at } => vec![
                (&ours.state, State::Resolved.name().to_owned()),
                (&ours.lane, String::new()),
                (&ours.resolved_at, at.to_string()),
                (&ours.resolve_minutes, self.took(*at).as_mins().to_string()),
                (&ours.closure_option, evidence.by.name().to_owned()),
                (&ours.closure_missing, String::new()),
                (&ours.sla_status, self.kept_its_times(*at).name().to_owned()),
            ],
            Verdict::Revert { to, missing } => {
                let mut wanted = vec![(STAGE, (*to).to_owned()), (&*ours.closure_missing, names(missing))];
                wanted.extend(self.in_sight());
                wanted
            }
            Verdict::Flag { missing, .. } => {
                let mut wanted = vec![(&*ours.closure_missing, names(missing))];
                wanted.extend(self.in_sight());
                wanted
            }
            Verdict::Exempt => {
                let state = after(present, Event::TypeCleared).map(|it| (&*ours.state, it.name().to_owned()));
                state
                    .into_iter()
                    .chain([(&*ours.lane, String::new()), (&*ours.closure_missing, String::new())])
                    .collect()
            }
            Verdict::Wait { .. } | Verdict::Deescalated { .. } | Verdict::Open { .. } | Verdict::Ended(_) => Vec::new(),
        };
        wanted.retain(|(name, value)| !ticket.has(name, value));
        let said = self.said(verdict);
        if !wanted.is_empty() && !ticket.has(&ours.last_message, &said) {
            wanted.push((&ours.last_message, said));
        }
        wanted.into_iter().collect()
    }

    /// State and lane of what is not resolved: where it stood last, also where it was taken out of its lane
    /// before it was closed. So the order of clearing and closing makes no difference. What stands there may be
    /// an earlier escalation's: this one began in a stage that needs no resolution.
    fn in_sight(&self) -> Vec<(&'a str, String)> {
        let (ours, found) = (&self.policy.properties, self.found);
        let stands_at = State::from_name(found.ticket.property(&ours.state));
        if !matches!(stands_at, Some(State::Deescalated | State::Resolved)) {
            return Vec::new();
        }
        let state = reading::stood_open(&found.ticket, found.ending.cycle.started_at, self.policy);
        let lane = Lane::of(state).map_or("", Lane::name);
        vec![(&ours.state, state.name().to_owned()), (&ours.lane, lane.to_owned())]
    }
}

/// Whether people are still told of a resolution of then.
pub fn is_tellable(resolved_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(resolved_at) <= TELLABLE
}

/// What is missing, as HubSpot joins options.
pub fn names(missing: &[Missing]) -> String {
    missing.iter().map(|it| it.name()).collect::<Vec<_>>().join(";")
}
