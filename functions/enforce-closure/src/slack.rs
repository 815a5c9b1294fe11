//! Tells the escalation's Slack thread, and the administrator. Whatever happens there never stops an
//! escalation: what could not be said is on the agenda and is said later.

use escalation::procedure::message::Message;
use escalation::procedure::ticket_name::{self, Context};
use escalation::procedure::wording::closure::thread;
use escalation::procedure::wording::lane as words;
use escalation::reading::closure::is_restricted;
use escalation::runtime::Result;
use escalation::telling::slack::{Place, Said, Speaker, in_time, nothing};

use super::EnforceClosure;
use super::case::Case;

impl EnforceClosure {
    /// Says something after the escalation's card, once in the escalation.
    ///
    /// # Errors
    /// The state table is down, so that nobody would come back to what is not said.
    pub(super) async fn reply(&self, case: &Case<'_>, which: &str, message: Message) -> Result<()> {
        self.say(case, which, message, false).await
    }

    /// The last message of a thread, and the same on its card.
    ///
    /// # Errors
    /// As [`reply`](Self::reply).
    pub(super) async fn end_thread(&self, case: &Case<'_>, which: &str, message: Message) -> Result<()> {
        self.say(case, which, message, true).await
    }

    async fn say(&self, case: &Case<'_>, which: &str, message: Message, is_last: bool) -> Result<()> {
        let Some(slack) = &self.slack else {
            return Ok(());
        };
        let speaker = Speaker { slack, telling: case.telling };
        let said = async {
            let said = Box::pin(self.after_card(case, &speaker, which, message, is_last)).await;
            speaker.settle([said]).await
        };
        in_time(case.telling, said).await
    }

    async fn after_card(
        &self,
        case: &Case<'_>,
        speaker: &Speaker<'_>,
        which: &str,
        message: Message,
        is_last: bool,
    ) -> Said<()> {
        // What never was in a lane was never shown.
        if case.found.ticket.property(&self.policy.properties.accepted_at).is_empty() {
            return Ok(());
        }
        let since = case.found.ending.cycle.started_at;
        let is_restricted = is_restricted(&case.found.ticket, since, &self.policy);
        let Some((card, posted)) = case.telling.own_card(is_restricted).await? else {
            return Ok(());
        };
        let effect = case.telling.effect("slack-closure", &[which])?;
        let place = Place { channel: &posted.channel, thread: Some(&posted.ts), since };
        if !is_last {
            return speaker.say(&effect, place, nothing(), &message).await;
        }
        let subject = (!is_restricted).then(|| subject(case.found.ticket.property("subject")));
        let (ticket, page) = (case.found.id.to_string(), case.telling.page());
        let ended = thread::ended_card(message.clone(), subject.as_deref(), &ticket, &page, case.telling.cycle);
        let first = speaker.restate(&posted, &card, &ended);
        speaker.say(&effect, place, first, &message).await
    }

    /// Tells the administrator what must be put right, once in the escalation.
    ///
    /// # Errors
    /// As [`reply`](Self::reply).
    pub(super) async fn alert(&self, case: &Case<'_>, kind: &'static str, text: &str) -> Result<()> {
        let ticket = case.found.id;
        tracing::error!(%ticket, kind, "{text}");
        let (Some(slack), Some(channel)) = (&self.slack, self.policy.slack.admins.as_deref()) else {
            return Ok(());
        };
        let speaker = Speaker { slack, telling: case.telling };
        let said = async {
            let said = Box::pin(self.to_administrator(case, &speaker, channel, kind, text)).await;
            speaker.settle([said]).await
        };
        in_time(case.telling, said).await
    }

    async fn to_administrator(
        &self,
        case: &Case<'_>,
        speaker: &Speaker<'_>,
        channel: &str,
        kind: &'static str,
        text: &str,
    ) -> Said<()> {
        let effect = case.telling.effect("slack-closure-alert", &[kind])?;
        let place = Place { channel, thread: None, since: case.found.ending.cycle.started_at };
        speaker.say(&effect, place, nothing(), &words::alert(text)).await
    }
}

/// The ticket's name without what every ticket's begins with.
fn subject(name: &str) -> String {
    let check = ticket_name::check(name, &Context::default());
    match (check.customer, check.issue) {
        (Some(customer), Some(issue)) => format!("{customer} - {issue}"),
        _ => name.to_owned(),
    }
}
