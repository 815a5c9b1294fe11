//! Tells Slack. Whatever happens there never stops an escalation: what could not be said is on the
//! agenda and is said later.

mod ending;
mod shown;
mod thread;

use escalation::procedure::lane::Wish;
use escalation::procedure::wording::lane as words;
use escalation::runtime::Result;
use escalation::telling::Telling;
use escalation::telling::slack::{Place, Said, Speaker, in_time, nothing};

use super::AssignLane;
use super::apply::Case;
use super::found::Cleared;

impl AssignLane {
    /// Shows an escalation that is in a lane, and what became of it since it was shown.
    ///
    /// # Errors
    /// The state table is down, so that nobody would come back to what is not said.
    pub(super) async fn tell_slack(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        in_time(telling, self.tell_all(case, telling)).await
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
        speaker.settle([thread, withdrawn, page, alerts]).await
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
        speaker.settle([ended]).await
    }

    fn speaker<'a>(&'a self, telling: &'a Telling<'a>) -> Option<Speaker<'a>> {
        let slack = self.slack.as_ref()?;
        Some(Speaker { slack, telling })
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
