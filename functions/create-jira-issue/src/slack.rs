//! Tells the escalation's Slack thread.

use escalation::jira::Issue;
use escalation::procedure::message::Message;
use escalation::procedure::wording::tech::{self as words, Came};
use escalation::runtime::Result;
use escalation::telling::mention;
use escalation::telling::slack::{Place, Said, Speaker, in_time, nothing};
use escalation::telling::thread::Card;
use jiff::SignedDuration;

use super::CreateJiraIssue;
use super::apply::{Case, about};

/// For how long an escalation is waited for to be shown, before nothing is said of its issue.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

impl CreateJiraIssue {
    pub(super) async fn tell_slack(&self, case: &Case<'_>, issue: &Issue, came: Came) -> Result<()> {
        let page = self.site.page(&issue.key.to_string());
        let message = words::thread_in_tech(&about(issue, &page), came);
        self.say(case, "slack-jira", issue.id.as_str(), &message).await
    }

    pub(super) async fn tell_slack_refused(&self, case: &Case<'_>, cause: &str, reason: &str) -> Result<()> {
        let cause: String = cause.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        self.say(case, "slack-jira-refused", &cause, &words::thread_refused(reason, case.found.lead().map(mention)))
            .await
    }

    /// Says something after the escalation's card, once.
    async fn say(&self, case: &Case<'_>, flow: &'static str, which: &str, message: &Message) -> Result<()> {
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
        which: &str,
        message: &Message,
    ) -> Said<()> {
        let card = match case.telling.card(case.found.is_restricted(&self.policy)).await? {
            Card::Posted(card) => card,
            Card::OneOfMany => return Ok(()),
            Card::NotYet => return Ok(self.wait_for_card(case).await?),
        };
        let effect = case.telling.effect(flow, &[which])?;
        let place = Place { channel: &card.channel, thread: Some(&card.ts), since: case.found.started_at };
        speaker.say(&effect, place, nothing(), message).await
    }

    /// The card comes from `assign-lane`, which may be late: we look again after as long as it took so far.
    async fn wait_for_card(&self, case: &Case<'_>) -> Result<()> {
        let waited = case.telling.invocation.now().duration_since(case.found.wished.at);
        match waited < PATIENCE {
            true => case.telling.look_soon(waited.max(SignedDuration::ZERO)).await,
            false => Ok(()),
        }
    }
}
