//! What is watched over while an escalation is in a lane: the times that it is held to, and what is easily
//! forgotten once it is with Tech.

use escalation::hubspot::{Person, timestamp};
use escalation::ledger::{Look, Name};
use escalation::policy::{Policy, StageRole};
use escalation::procedure::business_time::Calendar;
use escalation::procedure::cycle::State;
use escalation::procedure::message::{Message, Span};
use escalation::procedure::sla::{Limit, Running, Status, status};
use escalation::procedure::wording::lane::told;
use escalation::procedure::wording::watch::{self as words, Forgotten};
use escalation::reading::closure::jira_done_since;
use escalation::reading::oldest_first;
use escalation::runtime::{Mode, Request, Result};
use escalation::telling::Telling;
use escalation::telling::slack::nothing;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::AssignLane;
use super::apply::Case;
use super::decide::{self, Decided, Due};
use super::fields::Inputs;
use super::found::Escalated;

/// The note that the ledger keeps from being written twice.
const REMINDER: &str = "lane-reminder";
/// Who creates issues.
const CREATOR: &str = "create-jira-issue";
/// How long that has for an issue that we asked it for, before a person is bothered.
const TIME_TO_CREATE: SignedDuration = SignedDuration::from_mins(5);

/// What is watched over.
pub struct Watched<'a> {
    /// The clock that runs; none where it is in no lane, or closed.
    pub running: Option<Running>,
    /// What the property says; `None` where that stays as it is.
    pub status: Option<&'static str>,
    /// What the Shift Lead is to be reminded of, and since when that is so.
    pub reminder: Option<(Forgotten<'a>, Timestamp)>,
    /// When Tech is to be looked at again.
    pub next: Option<Timestamp>,
}

/// What Tech may forget, since when, and when somebody is reminded of it.
struct Lapse<'a> {
    about: Forgotten<'a>,
    since: Timestamp,
    due_at: Timestamp,
}

impl AssignLane {
    /// What is so now. An issue that is missing is asked for again before anybody is reminded.
    pub(super) async fn watched<'a>(
        &self,
        request: &Request<Inputs>,
        found: &'a Escalated,
        (decided, due): (&Decided, Due),
        now: Timestamp,
    ) -> Result<Watched<'a>> {
        let is_closed = found.is_closed(&self.policy);
        if decided.lane.is_none() || is_closed {
            let status = (!is_closed).then_some("");
            return Ok(Watched { running: None, status, reminder: None, next: None });
        }
        let running = running(found, decided, due, &self.policy);
        let status = running.map(|it| status(&it, was_late(found, decided, due, &self.policy), now).name());
        let mut watched = Watched { running, status, reminder: None, next: None };
        if decided.decision.state != State::InTech {
            return Ok(watched);
        }
        watched.next = tomorrow(found, decide::calendar(found, &self.policy), now);
        let Some(lapse) = lapse(found, &self.policy) else {
            return Ok(watched);
        };
        let at = match lapse.about {
            Forgotten::NoIssue if lapse.due_at <= now => self.asked_for_issue(request, found, lapse.since, now).await?,
            _ => lapse.due_at,
        };
        match at <= now {
            true => watched.reminder = Some((lapse.about, lapse.since)),
            false => watched.next = Some(watched.next.map_or(at, |it| it.min(at))),
        }
        Ok(watched)
    }

    /// Asks for the issue, which may be had by now; when a person is reminded if it is not.
    async fn asked_for_issue(
        &self,
        request: &Request<Inputs>,
        found: &Escalated,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Timestamp> {
        if request.inputs.mode == Mode::Observe {
            return Ok(now);
        }
        let (portal, ticket, cycle) = (request.portal.to_string(), found.id.to_string(), found.cycle.to_string());
        let name = Name::new("issue-asked", &[&portal, &ticket, &cycle, &since.to_string()])?;
        let asked: String = self.ledger.keep_first(&name, now.to_string(), now).await?;
        let asked = asked.parse().unwrap_or(now);
        if now < asked + TIME_TO_CREATE {
            let look = Look::new(CREATOR, request.portal, found.id, &request.inputs)?;
            self.ledger.look_again(&look, asked).await?;
        }
        Ok(asked + TIME_TO_CREATE)
    }

    /// Reminds the Shift Lead on the ticket, of each thing once in an escalation.
    pub(super) async fn remind(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        let Some((which, message)) = self.reminder(case, telling.invocation.now()) else {
            return Ok(());
        };
        let effect = telling.effect(REMINDER, &[which])?;
        let message = told(None, message, case.found.cycle, &telling.link(&effect));
        telling.note(&effect, &message, nothing()).await.map(drop)
    }

    /// What the Shift Lead is reminded of.
    pub(super) fn reminder(&self, case: &Case<'_>, now: Timestamp) -> Option<(&'static str, Message)> {
        let (about, since) = case.watched.reminder?;
        let which = match about {
            Forgotten::NoIssue => "no-issue",
            Forgotten::Done { .. } => "done",
        };
        let scene = (now, self.policy.team.time_zone.time_zone());
        Some((which, words::reminder(about, since, &leads(case), scene)))
    }

    /// What is said of the clock that runs: that its time is nearly up, or is.
    pub(super) fn clock_message(&self, case: &Case<'_>, now: Timestamp) -> Option<(Vec<String>, Message)> {
        let running = case.watched.running?;
        let scene = (now, self.policy.team.time_zone.time_zone());
        let (what, message) = match running.status(now) {
            Status::Warning => ("warning", words::warning(running.limit, running.due_at, &leads(case), scene)),
            Status::Breached => {
                let on_duty = self.policy.rota().on_duty(now);
                let on_duty: Vec<&str> = on_duty.iter().map(|it| &*it.name.0).collect();
                let told = self.told_of_breach(case);
                ("breach", words::breach(running.limit, running.due_at, (&told, &on_duty), scene))
            }
            Status::Ok | Status::Paused | Status::Met => return None,
        };
        Some((vec![running.limit.name().to_owned(), what.to_owned()], message))
    }

    /// Whoever has it, and the fallback, who answers for them.
    fn told_of_breach(&self, case: &Case<'_>) -> Vec<Span> {
        let mut told = leads(case);
        let user = self.policy.fallback().and_then(|it| it.user_id());
        let fallback: Option<&Person> = case.found.people.iter().find(|it| user.is_some() && it.user_id == user);
        let is_told = |span: &Span| matches!(span, Span::Mention { user_id, .. } if Some(*user_id) == user);
        if let Some(fallback) = fallback.filter(|_| !told.iter().any(is_told)) {
            told.push(self.mention(fallback));
        }
        told
    }
}

fn leads(case: &Case<'_>) -> Vec<Span> {
    case.held.iter().flat_map(|it| it.leads.clone()).collect()
}

/// The clock that runs: until it is reviewed, and then until the customer has the answer.
fn running(found: &Escalated, decided: &Decided, due: Due, policy: &Policy) -> Option<Running> {
    let is_paused = found.role(policy) == Some(StageRole::WaitingOnCustomer);
    Some(match decided.reviewed_at {
        None => {
            Running { limit: Limit::Review, warn_at: due.review_warn_at?, due_at: due.review_at?, is_paused: false }
        }
        Some(_) => Running { limit: Limit::Resolve, warn_at: due.resolve_warn_at?, due_at: due.resolve_at?, is_paused },
    })
}

/// Whether it was late before in this escalation: as the property said, or because it was reviewed too late.
fn was_late(found: &Escalated, decided: &Decided, due: Due, policy: &Policy) -> bool {
    let property = &policy.properties.sla_status;
    let history = found.ticket.history(property).iter().filter(|it| it.timestamp >= found.started_at);
    let was_noted = history.into_iter().any(|it| it.value == Status::Breached.name())
        || found.fresh(property) == Status::Breached.name();
    let was_promised = timestamp(found.fresh(&policy.properties.review_due_at)).or(due.review_at);
    was_noted || decided.reviewed_at.is_some_and(|at| was_promised.is_some_and(|due_at| at >= due_at))
}

/// What Tech may forget: the issue, or that it is done.
fn lapse<'a>(found: &'a Escalated, policy: &Policy) -> Option<Lapse<'a>> {
    let (ours, rules) = (&policy.properties, &policy.escalation);
    let issue = found.ticket.property(&ours.jira_reference).trim();
    let (about, since, target) = match jira_done_since(&found.ticket, policy) {
        _ if issue.is_empty() => {
            let cleared_at = oldest_first(found.ticket.history(&ours.jira_reference)).pop().map(|it| it.timestamp);
            (Forgotten::NoIssue, cleared_at.unwrap_or(found.started_at), rules.issue_reminder)
        }
        Some(done_at) => {
            let status = found.ticket.property(&ours.jira_status);
            (Forgotten::Done { issue, status }, done_at, rules.done_reminder)
        }
        None => return None,
    };
    let since = since.max(found.wished.at);
    let due_at = target.due_at(since, decide::calendar(found, policy), &[]);
    Some(Lapse { about, since, due_at })
}

/// A moment of the next working day, for each ticket its own and on one day always the same: nobody tells
/// us that an issue was lost or is done.
fn tomorrow(found: &Escalated, calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
    let midnight = now.to_zoned(calendar.time_zone().clone()).date().checked_add(1.day()).ok()?;
    let midnight = midnight.to_zoned(calendar.time_zone().clone()).ok()?.timestamp();
    let minute = i64::try_from(found.id.0 % 60).unwrap_or(0);
    Some(calendar.due(midnight, SignedDuration::from_mins(minute), &[]))
}
