//! What becomes of an escalated ticket, from what was read.

use std::collections::BTreeMap;

use escalation::hubspot::timestamp;
use escalation::policy::{Policy, TechBy};
use escalation::procedure::beginning::{Channel, Origin};
use escalation::procedure::business_time::Calendar;
use escalation::procedure::comment::Status;
use escalation::procedure::intake::Finding;
use escalation::procedure::lane::{self, Context, Decision, Facts, Lane, Rules, Wish};
use escalation::procedure::level::{Level, Priority};
use escalation::procedure::review::{Act, review};
use escalation::procedure::sla::InForce;
use escalation::procedure::trigger::{self, Class, Trigger};
use escalation::procedure::urgency;
use escalation::reading::{self, SHIFT_LEAD, oldest_first};
use jiff::Timestamp;

use super::apply::Case;
use super::found::{Escalated, PRIORITY};
use super::review::decides_from;

/// What is decided before anybody is chosen.
pub struct Decided {
    /// Where the escalation stands now.
    pub decision: Decision,
    pub lane: Option<Lane>,
    pub level: Level,
    /// Why it is an escalation.
    pub triggers: Vec<Trigger>,
    /// The ticket's priority, as it will be.
    pub priority: Option<Priority>,
    is_raised: bool,
    /// Whether there was ever something about it, in this escalation, that not everybody may read.
    is_restricted: bool,
    /// Codes of everything in this escalation, so far, that must not wait.
    pub alarms: Vec<&'static str>,
    /// When it came into a lane.
    pub accepted_at: Option<Timestamp>,
    /// When a Shift Lead first acted on it.
    pub reviewed_at: Option<Timestamp>,
    /// What a Shift Lead did that decided it.
    pub decision_act: Option<Act>,
}

impl Decided {
    /// Whether something about it must not wait.
    pub fn is_immediate(&self) -> bool {
        trigger::class_of(self.triggers.iter().copied()) == Class::Immediate
    }

    /// Whether its details are kept to the ticket. What was restricted once stays so: its thread is where
    /// not everybody reads.
    pub fn is_restricted(&self) -> bool {
        self.is_restricted
    }
}

/// When an escalation is due.
#[derive(Clone, Copy, Default)]
pub struct Due {
    pub review_at: Option<Timestamp>,
    pub resolve_at: Option<Timestamp>,
    /// When most of the time until then is used up.
    pub review_warn_at: Option<Timestamp>,
    pub resolve_warn_at: Option<Timestamp>,
    /// When the customer must hear from the agent again.
    pub update_at: Option<Timestamp>,
}

/// Decides what does not depend on who is on duty.
pub fn decide(found: &Escalated, policy: &Policy, now: Timestamp) -> Decided {
    let triggers = reading::triggers(&found.ticket, &found.words, found.previous_cleared_at, found.started_at, policy);
    let mut ever = once_ticked(found, policy);
    ever.extend(&triggers);
    ever.sort_unstable();
    ever.dedup();
    let is_immediate = trigger::class_of(triggers.iter().copied()) == Class::Immediate;
    let facts = Facts {
        wish: found.wished.wish,
        state: found.state(policy),
        is_settled: found.stands_since(policy).is_some_and(|at| at >= found.wished.at),
        context: context(found, policy),
        is_immediate,
        age: now.duration_since(found.started_at),
    };
    let rules = Rules {
        waiting: policy.escalation.waiting_minutes.minutes(),
        anyone_sends_to_tech: policy.escalation.tech_by == TechBy::Anyone,
    };
    let mut decision = lane::decide(&facts, &rules);
    let accepted = timestamp(found.fresh(&policy.properties.accepted_at));
    let accepted_at = Lane::of(decision.state).and(Some(accepted.unwrap_or(now)));
    let decision_act = accepted_at.and_then(|at| {
        let from = decides_from(found, decision.state, at, policy);
        let review = review(decision.state, &found.acts, from);
        decision.state = review.state;
        review.decision.copied()
    });
    let lane = Lane::of(decision.state);
    let reviewed = timestamp(found.fresh(&policy.properties.first_reviewed_at));
    // The Shift Lead who sends it to Tech has looked at it.
    let is_confirmed = found.wished.wish == Wish::Tech { by_shift_lead: true };
    let confirmed = is_confirmed.then_some(found.wished.at.max(found.started_at));
    let first = found.acts.first().filter(|_| lane.is_some()).map(|it| it.at);
    let (priority, is_raised) = priority(found, policy, &triggers);
    Decided {
        level: urgency::level(chosen_level(found, policy), lane, &triggers, &policy.levels.executive),
        accepted_at,
        reviewed_at: reviewed.or([confirmed, first].into_iter().flatten().min()),
        decision_act,
        is_restricted: ever.iter().any(|it| it.is_sensitive()),
        alarms: ever.iter().filter(|it| it.class() == Class::Immediate).map(|it| it.code()).collect(),
        decision,
        lane,
        triggers,
        priority,
        is_raised,
    }
}

/// The five points are complete, or were once in this escalation: losing one later takes nothing from
/// the Shift Lead. Or somebody waived them.
fn context(found: &Escalated, policy: &Policy) -> Context {
    let history = found.ticket.history(&policy.properties.comment_status);
    let mut fresh = history.iter().filter(|it| it.timestamp >= found.started_at);
    // That it is complete is not for a person to say.
    let was_complete = fresh.any(|it| match Status::from_name(&it.value) {
        Some(Status::Waived) => true,
        Some(Status::Complete) => it.by.is_none(),
        _ => false,
    });
    match found.comment.intake.finding == Finding::Complete || was_complete {
        true => Context::Complete,
        false => Context::Lacking,
    }
}

/// The triggers whose codes stand in a list of HubSpot's.
pub fn ticked(list: &str) -> Vec<Trigger> {
    list.split(';').filter_map(|it| Trigger::from_code(it.trim())).collect()
}

/// The triggers that were ever ticked in this escalation, by whomever.
fn once_ticked(found: &Escalated, policy: &Policy) -> Vec<Trigger> {
    let history = found.ticket.history(&policy.properties.reason).iter();
    history.filter(|it| it.timestamp >= found.started_at).flat_map(|it| ticked(&it.value)).collect()
}

/// The calendar of the ticket's pipeline.
pub fn calendar<'a>(found: &Escalated, policy: &'a Policy) -> &'a Calendar {
    policy.calendar(found.ticket.property("hs_pipeline"))
}

/// The level that a person chose for this escalation, where nobody's software changed it since.
fn chosen_level(found: &Escalated, policy: &Policy) -> Option<Level> {
    let level = &policy.properties.level;
    let last = oldest_first(found.ticket.history(level)).pop()?;
    let is_ours = found.previous_cleared_at.is_none_or(|at| last.timestamp >= at);
    last.by.filter(|_| is_ours).and_then(|_| Level::from_number(&last.value))
}

/// The ticket's priority as it will be, and whether we raise it to that.
fn priority(found: &Escalated, policy: &Policy, triggers: &[Trigger]) -> (Option<Priority>, bool) {
    let value = found.ticket.property(PRIORITY);
    let present = value.parse().ok();
    if present.is_none() && !value.is_empty() {
        return (None, false);
    }
    let had = found.values_from(PRIORITY, found.started_at).filter_map(|it| it.value.parse().ok());
    let had: Vec<Priority> = had.collect();
    let wanted = policy.levels.priority(trigger::class_of(triggers.iter().copied()));
    let raised = urgency::raised(present, &had, wanted);
    (raised.or(present), raised.is_some())
}

/// By when it is to be looked at and answered.
pub fn due(decided: &Decided, targets: InForce, found: &Escalated, policy: &Policy, now: Timestamp) -> Due {
    let Some(accepted_at) = decided.accepted_at else {
        return Due::default();
    };
    let calendar = calendar(found, policy);
    // The customer's turn is not ours; a Shift Lead looks at it all the same.
    let pauses = reading::pauses(&found.ticket, now, policy);
    // What was promised until somebody looked is history once somebody has.
    let percent = u8::try_from(policy.sla.warn_at_percent.number()).unwrap_or(u8::MAX);
    let kept = decided.reviewed_at.and(timestamp(found.fresh(&policy.properties.review_due_at)));
    Due {
        review_at: Some(kept.unwrap_or_else(|| targets.review.due_at(accepted_at, calendar, &[]))),
        resolve_at: Some(targets.resolve.due_at(found.started_at, calendar, &pauses)),
        review_warn_at: Some(targets.review.used_at(percent, accepted_at, calendar, &[])),
        resolve_warn_at: Some(targets.resolve.used_at(percent, found.started_at, calendar, &pauses)),
        update_at: Some(policy.sla.customer_update.due_at(accepted_at, calendar, &[])),
    }
}

/// How much business time a Shift Lead took to look at it; what was written once stays.
fn review_minutes(found: &Escalated, decided: &Decided, policy: &Policy) -> String {
    let (Some(accepted_at), Some(reviewed_at)) = (decided.accepted_at, decided.reviewed_at) else {
        return String::new();
    };
    match found.fresh(&policy.properties.review_minutes) {
        "" => calendar(found, policy).elapsed(accepted_at, reviewed_at, &[]).as_mins().to_string(),
        kept => kept.to_owned(),
    }
}

/// The ticket's properties where they differ from what they should be.
pub fn properties<'a>(case: &Case<'_>, policy: &'a Policy) -> BTreeMap<&'a str, String> {
    let Case { found, decided, held, due, watched } = case;
    let ours = &policy.properties;
    // What an earlier escalation left is no longer so.
    let at = |it: Option<Timestamp>| Some(it.map(|it| it.to_string()).unwrap_or_default());
    let mut wanted: Vec<(&'a str, Option<String>)> = vec![
        (&ours.lane, Some(decided.lane.map_or("", Lane::name).to_owned())),
        (&ours.state, Some(decided.decision.state.name().to_owned())),
        (&ours.level, Some(decided.level.number().to_owned())),
        (&ours.reason, Some(trigger::codes(&decided.triggers))),
        (&ours.cycle, Some(found.cycle.to_string())),
        (&ours.started_at, Some(found.started_at.to_string())),
        (&ours.accepted_at, at(decided.accepted_at)),
        (&ours.first_reviewed_at, at(decided.reviewed_at)),
        (&ours.review_minutes, Some(review_minutes(found, decided, policy))),
        (&ours.review_due_at, at(due.review_at)),
        (&ours.resolve_due_at, at(due.resolve_at)),
        (&ours.sla_status, watched.status.map(str::to_owned)),
        (&ours.owner, Some(held.as_ref().map(|it| it.owner_id.clone()).unwrap_or_default())),
        (&ours.origin, origin(found, decided, policy)),
        (&ours.channel, channel(found, policy)),
        (PRIORITY, decided.priority.filter(|_| decided.is_raised).map(|it| it.name().to_owned())),
    ];
    if decided.decision.is_put_back {
        wanted.push((&ours.escalation_type, Some(SHIFT_LEAD.to_owned())));
    }
    let wanted = wanted.into_iter().filter_map(|(name, value)| Some((name, value?)));
    wanted.filter(|(name, value)| !found.ticket.has(name, value)).collect()
}

/// Who began it: the customer, where their words say so; else the agent. What stands there stays.
fn origin(found: &Escalated, decided: &Decided, policy: &Policy) -> Option<String> {
    if !found.fresh(&policy.properties.origin).is_empty() {
        return None;
    }
    let by_customer = |it: &Trigger| {
        matches!(
            it,
            Trigger::ManagerRequest
                | Trigger::SevereDissatisfaction
                | Trigger::Legal
                | Trigger::MediaPr
                | Trigger::ChurnRisk
        )
    };
    let origin = if decided.triggers.iter().any(by_customer) { Origin::Customer } else { Origin::Agent };
    Some(origin.name().to_owned())
}

/// How the customer reached us, where nobody said so and HubSpot knows.
fn channel(found: &Escalated, policy: &Policy) -> Option<String> {
    if !found.ticket.property(&policy.properties.channel).is_empty() {
        return None;
    }
    let channel = match found.ticket.property("source_type") {
        "EMAIL" => Channel::Email,
        "PHONE" => Channel::Phone,
        "CHAT" => Channel::Chat,
        "FORM" => Channel::Other,
        _ => return None,
    };
    Some(channel.name().to_owned())
}
