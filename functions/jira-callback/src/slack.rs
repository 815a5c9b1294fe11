//! Tells the escalation's Slack thread.

use escalation::procedure::message::Message;
use escalation::runtime::Result;
use escalation::telling::slack::{Place, Said, Speaker, in_time, nothing};
use escalation::telling::thread::Card;
use jiff::{SignedDuration, Timestamp};

use super::JiraCallback;
use super::visit::Case;

/// For how long an escalation is waited for to be shown, before nothing is said of its issue.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

impl JiraCallback {
    /// Says something after the escalation's card, once.
    pub(super) async fn say(
        &self,
        case: &Case<'_>,
        flow: &'static str,
        which: &[&str],
        message: &Message,
    ) -> Result<()> {
        let Some(slack) = &self.slack else {
            return Ok(());
        };
        let speaker = Speaker { slack, telling: case.telling };
        let said = async {
            let said = self.reply(case, &speaker, flow, which, message).await;
            speaker.settle([said]).await
        };
        in_time(case.telling, said).await
    }

    async fn reply(
        &self,
        case: &Case<'_>,
        speaker: &Speaker<'_>,
        flow: &'static str,
        which: &[&str],
        message: &Message,
    ) -> Said<()> {
        let card = match case.telling.card(case.found.is_restricted(&self.policy)).await? {
            Card::Posted(card) => card,
            Card::OneOfMany => return Ok(()),
            Card::NotYet => return Ok(self.wait_for_card(case).await?),
        };
        let effect = case.telling.effect(flow, which)?;
        let since = case.found.started_at.unwrap_or(Timestamp::UNIX_EPOCH);
        let place = Place { channel: &card.channel, thread: Some(&card.ts), since };
        speaker.say(&effect, place, nothing(), message).await
    }

    /// The card comes from `assign-lane`, which may be late: we look again after as long as it took so far.
    async fn wait_for_card(&self, case: &Case<'_>) -> Result<()> {
        let waited = case.found.started_at.map(|it| case.telling.invocation.now().duration_since(it));
        match waited.filter(|it| *it < PATIENCE) {
            Some(waited) => case.telling.look_soon(waited.max(SignedDuration::ZERO)).await,
            None => Ok(()),
        }
    }
}
