//! Tells Slack. Whatever happens there never stops an escalation: what could not be said is on the
//! agenda and is said later.

use escalation::http::Fault;
use escalation::ledger::{Done, Effect, How, Ledger, Name, Setback};
use escalation::procedure::comment::Point;
use escalation::procedure::cycle::State;
use escalation::procedure::lane::Wish;
use escalation::procedure::message::Message;
use escalation::procedure::ticket_name::{self, Context};
use escalation::procedure::trigger::{Class, Trigger};
use escalation::procedure::wording::lane::{self as words, Details, Shown};
use escalation::runtime::{Failure, Result};
use escalation::slack::{Content, Posted, Slack};
use escalation::telling::Telling;
use jiff::{SignedDuration, Timestamp};

use super::AssignLane;
use super::apply::Case;
use super::found::{Cleared, Escalated};

/// How soon what Slack did not take is tried again.
const SOON: SignedDuration = SignedDuration::from_mins(1);

/// For how long after a window it may be asked how many escalations began in it.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Says things in Slack, each once.
struct Speaker<'a> {
    slack: &'a Slack,
    ledger: &'a Ledger,
    telling: &'a Telling<'a>,
    /// Since when any of it can have been said.
    since: Timestamp,
}

impl Speaker<'_> {
    /// Says something in a channel, or in a thread there, after `first`.
    async fn say<'c>(
        &self,
        effect: &Effect,
        (channel, thread): (&str, Option<&str>),
        first: impl Future<Output = Result<(), Setback>>,
        content: impl Into<Content<'c>>,
    ) -> Result<Done<Posted>> {
        let look_up = async {
            let found = self.slack.find(channel, thread, effect.marker(), self.since).await;
            found.map_err(Fault::of_a_read)
        };
        let act = async {
            first.await?;
            Ok(self.slack.post(channel, thread, content, effect.marker()).await?)
        };
        // What the SDK makes of one write is large, and several of these stand in one run.
        Ok(Box::pin(self.ledger.once(effect, self.telling.invocation, look_up, act)).await?)
    }
}

/// A later message in a thread.
struct Reply {
    flow: &'static str,
    which: Vec<String>,
    message: Message,
}

/// What an administrator must put right.
pub struct Alert {
    pub kind: &'static str,
    /// Tells one from the others of its kind.
    about: String,
    pub text: String,
}

impl Alert {
    fn new(kind: &'static str, about: &str, text: String) -> Self {
        Self { kind, about: about.to_owned(), text }
    }
}

impl AssignLane {
    /// Shows an escalation that is in a lane, and what became of it since it was shown.
    pub(super) async fn tell_slack(&self, case: &Case<'_>, telling: &Telling<'_>) {
        let Some(speaker) = self.speaker(telling, case.found.started_at) else {
            return;
        };
        if let Some(held) = &case.held
            && let Err(failure) = self.show(&speaker, case, &held.turn()).await
        {
            self.later(telling, &failure).await;
        }
        if let Err(failure) = self.alert(&speaker, case).await {
            self.later(telling, &failure).await;
        }
    }

    /// Says in the thread that an escalation left its lane.
    pub(super) async fn tell_slack_cleared(&self, found: &Cleared, telling: &Telling<'_>) {
        let since = found.at.unwrap_or_else(|| telling.invocation.now() - SignedDuration::from_hours(24));
        let Some(speaker) = self.speaker(telling, since) else {
            return;
        };
        if let Err(failure) = self.show_cleared(&speaker, found).await {
            self.later(telling, &failure).await;
        }
    }

    fn speaker<'a>(&'a self, telling: &'a Telling<'a>, since: Timestamp) -> Option<Speaker<'a>> {
        let slack = self.slack.as_ref()?;
        Some(Speaker { slack, ledger: &self.ledger, telling, since })
    }

    /// What was not said is said by whoever looks at the ticket next, and that is soon.
    async fn later(&self, telling: &Telling<'_>, failure: &Failure) {
        let ticket = telling.look.ticket();
        match failure {
            Failure::Rejected(reason) => {
                tracing::error!(%ticket, "Slack will not be told of ticket {ticket}: {reason}");
                return;
            }
            Failure::Busy { .. } => tracing::info!(%ticket, "Slack is told of ticket {ticket} later"),
            Failure::Later(error) => tracing::warn!(%ticket, "Slack is told of ticket {ticket} later: {error:#}"),
        }
        if let Err(error) = self.ledger.look_again(&telling.look, telling.invocation.now() + SOON).await {
            tracing::error!(%ticket, "Cannot note that Slack is to be told of ticket {ticket}: {error}");
        }
    }

    async fn show(&self, speaker: &Speaker<'_>, case: &Case<'_>, turn: &str) -> Result<()> {
        if self.is_one_of_many(speaker, case).await? {
            return Ok(());
        }
        let shown = self.shown(case, speaker.telling);
        let card = words::card(&shown);
        let first = card_effect(speaker.telling)?;
        let channel = match case.decided.is_restricted() {
            true => self.policy.slack.restricted(),
            false => &self.policy.slack.escalations,
        };
        let thread = speaker.say(&first, (channel, None), nothing(), &card).await?;
        self.page(speaker, case, &shown).await?;
        for reply in self.replies(case, &shown, turn, thread.how != How::Replayed) {
            let which: Vec<&str> = reply.which.iter().map(String::as_str).collect();
            let effect = speaker.telling.effect(reply.flow, &which)?;
            let Posted { channel, ts } = &thread.output;
            let restated = async {
                match speaker.slack.update(&thread.output, &card, first.marker()).await {
                    // A message that somebody deleted needs no new state.
                    Err(Fault::Refused { .. }) => Ok(()),
                    updated => updated.map_err(Fault::of_a_read),
                }
            };
            speaker.say(&effect, (channel, Some(ts)), restated, &reply.message).await?;
        }
        Ok(())
    }

    /// What is immediate is told at once to those who answer at the highest level.
    async fn page(&self, speaker: &Speaker<'_>, case: &Case<'_>, shown: &Shown<'_>) -> Result<()> {
        let Some(channel) = self.policy.slack.executives.as_deref().filter(|_| shown.is_immediate) else {
            return Ok(());
        };
        let immediate = case.decided.triggers.iter().filter(|it| it.class() == Class::Immediate);
        let codes: Vec<&str> = immediate.map(|it| it.code()).collect();
        let effect = speaker.telling.effect("slack-page", &[&codes.join(";")])?;
        speaker.say(&effect, (channel, None), nothing(), &words::page(shown)).await.map(drop)
    }

    /// What is to be said after the first message, each in its time.
    fn replies(&self, case: &Case<'_>, shown: &Shown<'_>, turn: &str, is_new: bool) -> Vec<Reply> {
        let wished = &case.found.wished;
        let (state, wished_at) = (case.decided.decision.state, wished.at.to_string());
        let by = case.found.people.iter().find(|it| wished.by.is_some() && it.user_id == wished.by);
        let mut replies = Vec::new();
        if case.decided.decision.is_put_back {
            let message = words::asks_for_tech(by.map(|it| &*it.name));
            replies.push(Reply { flow: "slack-wish", which: vec![wished_at.clone()], message });
        }
        if is_new {
            return replies;
        }
        if matches!(state, State::InTech | State::BackToCs) {
            let message = words::moved(shown, by.map(|it| &*it.name));
            replies.push(Reply { flow: "slack-moved", which: vec![state.name().to_owned(), wished_at], message });
        }
        if self.was_completed(case) {
            let message = words::context_complete();
            replies.push(Reply { flow: "slack-context", which: Vec::new(), message });
        }
        if self.is_handed_over(case) {
            let message = words::handed_over(shown);
            replies.push(Reply { flow: "slack-handover", which: vec![turn.to_owned()], message });
        }
        replies
    }

    /// Whether the comment became complete after the Shift Lead had the escalation, and not merely was
    /// checked then.
    fn was_completed(&self, case: &Case<'_>) -> bool {
        let (history, accepted) = (&self.policy.properties.comment_status, case.decided.accepted_at);
        let history = case.found.ticket.history(history).iter().filter(|it| it.timestamp >= case.found.started_at);
        let (complete, lacking): (Vec<_>, Vec<_>) = history.partition(|it| it.value == "complete");
        let is_newer = case.found.comment.choice.counted.as_ref().is_some_and(|it| Some(it.written_at) > accepted);
        complete.iter().any(|it| Some(it.timestamp) > accepted) && (!lacking.is_empty() || is_newer)
    }

    /// Whether somebody else had it before in this escalation, whose turn is over.
    fn is_handed_over(&self, case: &Case<'_>) -> bool {
        let owner = &self.policy.properties.owner;
        let Some(held) = case.held.as_ref().filter(|it| it.took_over()) else {
            return false;
        };
        let history = case.found.ticket.history(owner).iter().filter(|it| it.timestamp >= case.found.started_at);
        let mut had = history.map(|it| &*it.value).chain([case.found.fresh(owner)]);
        had.any(|it| !it.is_empty() && it != held.owner_id)
    }

    /// Whether so many escalations began at the same time that they share one message. What is
    /// immediate, and what moved on since, has its own.
    async fn is_one_of_many(&self, speaker: &Speaker<'_>, case: &Case<'_>) -> Result<bool> {
        if case.decided.is_immediate() || case.decided.decision.state != State::Triage {
            return Ok(false);
        }
        let (rules, telling) = (&self.policy.slack, speaker.telling);
        let length = rules.digest_minutes.minutes();
        let since = window(case.found.started_at, length);
        let (portal, ticket) = (telling.look.portal().to_string(), telling.look.ticket().to_string());
        let name = Name::new("escalations-begun", &[&portal, &since.to_string()])?;
        let begun = self.ledger.gather(&name, &ticket, since + length + ASKED_AGAIN).await?;
        let limit = rules.digest_above.count();
        if begun <= limit {
            return Ok(false);
        }
        let effect = Effect::new("slack-digest", &[&portal, &since.to_string()], &())?;
        let effect = effect.finished_by(telling.look.clone());
        let (now, zone) = (telling.invocation.now(), self.policy.team.time_zone.time_zone());
        let message = words::digest(limit, length.as_mins(), since, now, zone);
        speaker.say(&effect, (&rules.escalations, None), nothing(), &message).await?;
        Ok(true)
    }

    /// Tells an administrator what the policy or the account lacks; each thing once a day.
    async fn alert(&self, speaker: &Speaker<'_>, case: &Case<'_>) -> Result<()> {
        let telling = speaker.telling;
        let Some(channel) = self.policy.slack.admins.as_deref() else {
            return Ok(());
        };
        for Alert { kind, about, text } in self.alerts(case) {
            let day = telling.invocation.now().to_zoned(self.policy.team.time_zone.time_zone().clone()).date();
            let portal = telling.look.portal().to_string();
            let effect = Effect::new("slack-alert", &[&portal, kind, &about, &day.to_string()], &())?;
            let effect = effect.finished_by(telling.look.clone());
            speaker.say(&effect, (channel, None), nothing(), &words::alert(&text)).await?;
        }
        Ok(())
    }

    /// What was found that an administrator must put right.
    pub(super) fn alerts(&self, case: &Case<'_>) -> Vec<Alert> {
        let ticket = &case.found.ticket;
        let mut alerts = Vec::new();
        if case.found.wished.wish == Wish::Unknown {
            let option = ticket.property(&self.policy.properties.escalation_type);
            alerts.push(Alert::new("unknown-option", option, words::unknown_option(option)));
        }
        let pipeline = ticket.property("hs_pipeline");
        if !pipeline.is_empty() && !self.policy.pipelines.knows(pipeline) {
            alerts.push(Alert::new("unknown-pipeline", pipeline, words::unknown_pipeline(pipeline)));
        }
        let Some(held) = &case.held else {
            return alerts;
        };
        if !held.deactivated.is_empty() {
            let names: Vec<&str> = held.deactivated.iter().map(|it| &*it.0).collect();
            alerts.push(Alert::new("deactivated", &names.join(", "), words::deactivated(&names)));
        }
        if held.name().is_none() {
            alerts.push(Alert::new("nobody-on-duty", "everybody", words::nobody_on_duty().to_owned()));
        }
        alerts
    }

    async fn show_cleared(&self, speaker: &Speaker<'_>, found: &Cleared) -> Result<()> {
        let telling = speaker.telling;
        let Some(thread) = self.ledger.recorded::<Posted>(&card_effect(telling)?).await? else {
            return Ok(());
        };
        let at = found.at.map_or_else(|| "unknown".to_owned(), |it| it.to_string());
        let effect = telling.effect("slack-moved", &[State::Deescalated.name(), &at])?;
        let place = (&*thread.channel, Some(&*thread.ts));
        speaker.say(&effect, place, nothing(), &words::left_its_lane()).await.map(drop)
    }

    /// What Slack shows.
    fn shown<'a>(&'a self, case: &'a Case<'_>, telling: &Telling<'_>) -> Shown<'a> {
        let decided = &case.decided;
        Shown {
            standing: self.standing(case, telling.invocation.now()),
            ticket: telling.look.ticket().to_string(),
            page: telling.page(),
            cycle: telling.cycle,
            leads: case.held.iter().flat_map(|it| it.leads.clone()).collect(),
            triggers: decided.triggers.iter().copied().map(Trigger::label).collect(),
            is_immediate: decided.is_immediate(),
            details: (!decided.is_restricted()).then(|| self.details(case.found)),
        }
    }

    fn details<'a>(&'a self, found: &'a Escalated) -> Details<'a> {
        let channel = found.ticket.property(&self.policy.properties.channel);
        let comment = found.comment.choice.counted.as_ref().map(|it| &it.comment);
        Details {
            subject: subject(found.ticket.property("subject")),
            customer: found.customer.as_deref(),
            agent: found.agent().map(|it| &*it.name),
            channel: Some(channel).filter(|it| !it.is_empty()),
            points: Point::ALL.into_iter().map(|it| (it, comment.and_then(|comment| comment.text(it)))).collect(),
        }
    }
}

/// Nothing comes first.
async fn nothing() -> Result<(), Setback> {
    Ok(())
}

fn card_effect(telling: &Telling<'_>) -> Result<Effect> {
    telling.effect("slack-card", &[])
}

/// The ticket's name without what every ticket's begins with.
fn subject(name: &str) -> String {
    let check = ticket_name::check(name, &Context::default());
    match (check.customer, check.issue) {
        (Some(customer), Some(issue)) => format!("{customer} - {issue}"),
        _ => name.to_owned(),
    }
}

/// The beginning of the window of this length that `at` falls into.
fn window(at: Timestamp, length: SignedDuration) -> Timestamp {
    let seconds = length.as_secs().max(1);
    let begins = at.as_second().div_euclid(seconds) * seconds;
    Timestamp::from_second(begins).unwrap_or(at)
}
