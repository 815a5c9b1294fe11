//! Tells Slack. Whatever happens there never stops an escalation: what could not be said is on the
//! agenda and is said later.

mod ending;
mod shown;
mod thread;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use escalation::http::Fault;
use escalation::ledger::{Done, Effect, How, Ledger, Setback, Unfinished};
use escalation::procedure::lane::Wish;
use escalation::procedure::wording::lane as words;
use escalation::runtime::{Failure, Result, worst};
use escalation::slack::{Content, Posted, Slack};
use escalation::telling::Telling;
use jiff::{SignedDuration, Timestamp, Unit};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::AssignLane;
use super::apply::Case;
use super::found::Cleared;

/// What must be left of an invocation to note that Slack does not answer, and to answer ourselves: an
/// escalation does not wait for Slack.
const TIME_TO_ANSWER: SignedDuration = SignedDuration::from_millis(1_500);

/// The sweep comes once a minute.
const SOON: SignedDuration = SignedDuration::from_mins(1);

/// Says things in Slack, each once.
struct Speaker<'a> {
    slack: &'a Slack,
    ledger: &'a Ledger,
    telling: &'a Telling<'a>,
}

/// Where something is said.
#[derive(Clone, Copy)]
struct Place<'a> {
    channel: &'a str,
    thread: Option<&'a str>,
    /// Since when it can have been said.
    since: Timestamp,
}

/// Why something is not said.
struct Unsaid {
    failure: Failure,
    /// Whether somebody will come back to it without being reminded.
    is_on_agenda: bool,
}

type Said<T> = Result<T, Unsaid>;

/// What names an effect has failed before there was one.
impl From<Failure> for Unsaid {
    fn from(failure: Failure) -> Self {
        Self { failure, is_on_agenda: false }
    }
}

impl Speaker<'_> {
    /// Says something, after `first`.
    async fn say<'c>(
        &self,
        effect: &Effect,
        place: Place<'_>,
        first: impl Future<Output = Result<(), Setback>>,
        content: impl Into<Content<'c>>,
    ) -> Said<()> {
        let act = async {
            first.await?;
            self.post(effect, place, content).await
        };
        self.once(effect, self.find(effect, place), act).await.map(drop)
    }

    /// Does something once, and knows whether it is on the agenda where it is not done: that is so from
    /// the moment at which it was begun, until its end.
    async fn once<T: Serialize + DeserializeOwned>(
        &self,
        effect: &Effect,
        look_up: impl Future<Output = Result<Option<T>, Setback>>,
        act: impl Future<Output = Result<T, Setback>>,
    ) -> Said<Done<T>> {
        let begun = AtomicBool::new(false);
        let looks = async {
            begun.store(true, Ordering::Relaxed);
            look_up.await
        };
        let acts = async {
            begun.store(true, Ordering::Relaxed);
            act.await
        };
        let ended = Box::pin(self.ledger.once(effect, self.telling.invocation, looks, acts)).await;
        if ended.as_ref().is_ok_and(|it| matches!(it.how, How::Acted | How::Adopted)) {
            let ticket = self.telling.look.ticket();
            tracing::info!(%ticket, effect = effect.key(), "Told Slack of ticket {ticket}");
        }
        ended.map_err(|why| Unsaid {
            is_on_agenda: match why {
                // Another run is at the same thing, which may know less than we.
                Unfinished::Busy { .. } => false,
                Unfinished::Unavailable(_) => begun.load(Ordering::Relaxed),
                _ => true,
            },
            failure: why.into(),
        })
    }

    async fn find(&self, effect: &Effect, place: Place<'_>) -> Result<Option<Posted>, Setback> {
        let found = self.slack.find(place.channel, place.thread, effect.marker(), place.since).await;
        found.map_err(Fault::of_a_read)
    }

    async fn post<'c>(
        &self,
        effect: &Effect,
        place: Place<'_>,
        content: impl Into<Content<'c>>,
    ) -> Result<Posted, Setback> {
        Ok(self.slack.post(place.channel, place.thread, content, effect.marker()).await?)
    }

    /// Has a message of ours say what is so now. One that somebody deleted needs no new words.
    async fn restate<'c>(&self, at: &Posted, effect: &Effect, content: impl Into<Content<'c>>) -> Result<(), Setback> {
        match self.slack.update(at, content, effect.marker()).await {
            Err(Fault::Refused { .. }) => Ok(()),
            updated => updated.map_err(Fault::of_a_read),
        }
    }
}

impl AssignLane {
    /// Shows an escalation that is in a lane, and what became of it since it was shown.
    ///
    /// # Errors
    /// The state table is down, so that nobody would come back to what is not said.
    pub(super) async fn tell_slack(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        let time = Duration::try_from(telling.invocation.remaining() - TIME_TO_ANSWER).unwrap_or_default();
        let told = tokio::time::timeout(time, Box::pin(self.tell_all(case, telling))).await;
        if let Ok(told) = told {
            return told;
        }
        let ticket = telling.look.ticket();
        tracing::warn!(%ticket, "Slack did not answer within {time:?}: it is told of ticket {ticket} later");
        Ok(self.ledger.look_again(&telling.look, next_minute(telling.invocation.now())).await?)
    }

    async fn tell_all(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        let Some(speaker) = self.speaker(telling) else {
            return Ok(());
        };
        let shown = self.shown(case, telling);
        // None waits for another: a channel that is broken is not the others' concern. Four at once are much
        // for a stack.
        let (thread, withdrawn, page, alerts) = tokio::join!(
            Box::pin(self.show(&speaker, case, &shown)),
            Box::pin(self.withdraw(&speaker, case, &shown)),
            Box::pin(self.page(&speaker, case, &shown)),
            Box::pin(self.alert(&speaker, case))
        );
        self.settle(&speaker, [thread, withdrawn, page, alerts]).await
    }

    /// Says in the thread that an escalation left its lane.
    ///
    /// # Errors
    /// As [`tell_slack`](Self::tell_slack).
    pub(super) async fn tell_slack_cleared(&self, found: &Cleared, telling: &Telling<'_>) -> Result<()> {
        let Some(speaker) = self.speaker(telling) else {
            return Ok(());
        };
        let ended = self.show_cleared(&speaker, found).await;
        self.settle(&speaker, [ended]).await
    }

    fn speaker<'a>(&'a self, telling: &'a Telling<'a>) -> Option<Speaker<'a>> {
        let slack = self.slack.as_ref()?;
        Some(Speaker { slack, ledger: &self.ledger, telling })
    }

    /// What was not said is said by whoever looks at the ticket next; has somebody look.
    async fn settle<const N: usize>(&self, speaker: &Speaker<'_>, said: [Said<()>; N]) -> Result<()> {
        let mut settled = Ok(());
        for unsaid in said.into_iter().filter_map(Result::err) {
            let noted = self.later(speaker.telling, &unsaid).await;
            settled = worst([settled, noted]);
        }
        settled
    }

    async fn later(&self, telling: &Telling<'_>, unsaid: &Unsaid) -> Result<()> {
        let ticket = telling.look.ticket();
        let wait = match &unsaid.failure {
            Failure::Rejected(reason) => {
                tracing::error!(%ticket, "Slack will not be told of ticket {ticket}: {reason}");
                return Ok(());
            }
            Failure::Busy { retry_after } => {
                tracing::info!(%ticket, "Slack is told of ticket {ticket} later");
                SignedDuration::try_from(*retry_after).unwrap_or(SOON)
            }
            Failure::Later(error) => {
                tracing::warn!(%ticket, "Slack is told of ticket {ticket} later: {error:#}");
                SignedDuration::ZERO
            }
        };
        if unsaid.is_on_agenda {
            return Ok(());
        }
        Ok(self.ledger.look_again(&telling.look, next_minute(telling.invocation.now() + wait)).await?)
    }

    /// What is immediate is told at once to those who answer at the highest level.
    async fn page(&self, speaker: &Speaker<'_>, case: &Case<'_>, shown: &words::Shown<'_>) -> Said<()> {
        let Some(channel) = self.policy.slack.executives.as_deref().filter(|_| shown.is_immediate) else {
            return Ok(());
        };
        // What is taken off again is no news; what comes up later is.
        let effect = speaker.telling.effect("slack-page", &[&case.decided.alarms.join(";")])?;
        let place = Place { channel, thread: None, since: case.found.started_at };
        speaker.say(&effect, place, nothing(), &words::page(shown)).await
    }

    /// Tells an administrator what the policy or the account lacks; each thing once a day.
    async fn alert(&self, speaker: &Speaker<'_>, case: &Case<'_>) -> Said<()> {
        let telling = speaker.telling;
        let Some(channel) = self.policy.slack.admins.as_deref() else {
            return Ok(());
        };
        let today = telling.invocation.now().to_zoned(self.policy.team.time_zone.time_zone().clone()).date();
        let begun = today.to_zoned(self.policy.team.time_zone.time_zone().clone());
        let since = begun.map_or(case.found.started_at, |it| it.timestamp());
        let (portal, today) = (telling.look.portal().to_string(), today.to_string());
        for Alert { kind, text, .. } in self.alerts(case) {
            let effect = telling.shared_effect("slack-alert", &[&portal, kind, &text, &today])?;
            let place = Place { channel, thread: None, since };
            speaker.say(&effect, place, nothing(), &words::alert(&text)).await?;
        }
        Ok(())
    }

    /// What an administrator must put right.
    pub(super) fn alerts(&self, case: &Case<'_>) -> Vec<Alert> {
        let mut alerts = Vec::new();
        let mut add = |kind, text: String, line| alerts.push(Alert { kind, text, line });
        if case.found.wished.wish == Wish::Unknown {
            let text = words::unknown_option(case.found.ticket.property(&self.policy.properties.escalation_type));
            add("unknown-option", text.clone(), text);
        }
        let pipeline = case.found.ticket.property("hs_pipeline");
        if !pipeline.is_empty() && !self.policy.pipelines.knows(pipeline) {
            let text = words::unknown_pipeline(pipeline);
            add("unknown-pipeline", text.clone(), text);
        }
        let Some(held) = &case.held else {
            return alerts;
        };
        if !held.deactivated.is_empty() {
            let names: Vec<&str> = held.deactivated.iter().map(|it| &*it.0).collect();
            let user = |name: &&str| self.policy.shift_lead(name).and_then(|it| it.user_id());
            let users: Vec<String> = names.iter().filter_map(user).map(|it| format!("user {it}")).collect();
            let users: Vec<&str> = users.iter().map(String::as_str).collect();
            add("deactivated", words::deactivated(&names), words::deactivated(&users));
        }
        if held.name().is_none() {
            let text = words::nobody_on_duty().to_owned();
            add("nobody-on-duty", text.clone(), text);
        }
        alerts
    }
}

/// What an administrator must put right.
pub struct Alert {
    pub kind: &'static str,
    /// For Slack.
    pub text: String,
    /// For the log, which names nobody.
    pub line: String,
}

/// Nothing comes first.
async fn nothing() -> Result<(), Setback> {
    Ok(())
}

/// The next full minute: reminders of many runs are one.
fn next_minute(at: Timestamp) -> Timestamp {
    let minute = at.round(Unit::Minute).unwrap_or(at);
    if minute > at { minute } else { minute + SOON }
}
