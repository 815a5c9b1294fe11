//! The stories in which something breaks: it happens once all the same.

use escalation::id::TicketId;

use super::page::Who;
use super::stage::Stage;
use super::stories::{MINUTE, POINTS};
use crate::product::SWEEP;
use crate::team::{DANA, ESCALATIONS};
use crate::world::fault::{Effect, Fault};
use crate::world::hubspot::refusal::{self, Policy};
use crate::world::slack;

const CHECK: &str = "validate-comment";

/// All of them, in order.
pub async fn all(stage: &mut Stage) -> anyhow::Result<()> {
    delivered_twice(stage).await?;
    rate_limited(stage).await?;
    down(stage).await?;
    killed(stage).await?;
    slack_down(stage).await
}

/// A ticket whose comment lacks a point: there is something to say, and it must be said once.
fn lacking(stage: &mut Stage, issue: &str) -> anyhow::Result<TicketId> {
    stage.in_brief();
    let ticket = stage.ticket(issue)?;
    stage.comment(ticket, &POINTS[..4])?;
    Ok(ticket)
}

/// Whatever happened, it ends as it would have without.
async fn ends_well(stage: &mut Stage, ticket: TicketId) -> anyhow::Result<()> {
    stage.must("Sam has one message, and the check is on the ticket", {
        stage.messages(ticket).len() == 1 && stage.value(ticket, "escalation_comment_status") == "incomplete"
    });
    stage.comment(ticket, &POINTS[4..])?;
    stage.settle(ticket, 35 * MINUTE).await?;
    let is_shown = stage.told_of(ESCALATIONS, ticket).len() == 1;
    stage
        .must("with the last point it goes to Dana, who is called once", stage.is_with(ticket, "cs", DANA) && is_shown);
    Ok(())
}

async fn delivered_twice(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("HubSpot delivers the same request ten times at once");
    let ticket = lacking(stage, "Double charge on table 3")?;
    stage.escalate(ticket)?;
    let answers = stage.product.deliver(CHECK, ticket, 10).await?;
    let done = answers.iter().filter(|it| **it == 200).count();
    let busy = answers.iter().filter(|it| **it == 429).count();
    stage.tell(Who::Product, &format!("answers {done} with 200 and {busy} with 429, come back later"));
    stage.must("every request has one of these two answers", done + busy == 10 && done > 0);
    stage.pass(5 * MINUTE).await?;
    ends_well(stage, ticket).await
}

async fn rate_limited(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("HubSpot is over its rate limit");
    let ticket = lacking(stage, "Double charge on table 9")?;
    let refuse = Effect::Refuse(refusal::rate_limited(Policy::TenSecondlyRolling));
    stage.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", refuse));
    stage.tell(Who::Trouble, "HubSpot refuses the next read: ten_secondly_rolling limit");
    stage.escalate(ticket)?;
    stage.pass(5 * MINUTE).await?;
    ends_well(stage, ticket).await
}

async fn down(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("HubSpot is down, and the answer to our comment is lost");
    let ticket = lacking(stage, "Double charge on table 12")?;
    let broken = Effect::Refuse(refusal::unavailable(502));
    stage.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", broken).times(4));
    stage.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", Effect::CutAfter));
    stage.tell(Who::Trouble, "HubSpot answers 502 for a while, then writes our comment and loses the answer");
    stage.escalate(ticket)?;
    stage.pass(12 * MINUTE).await?;
    ends_well(stage, ticket).await
}

async fn killed(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("The function is killed right after it wrote its comment");
    let ticket = lacking(stage, "Double charge on table 18")?;
    stage.product.kill_once_after(CHECK, "POST", "/crm/v3/objects/notes");
    stage.tell(Who::Trouble, "the process gets SIGKILL once HubSpot has the comment");
    stage.escalate(ticket)?;
    stage.pass(5 * MINUTE).await?;
    ends_well(stage, ticket).await
}

async fn slack_down(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Slack is down for a while: the escalation goes on, the card comes later, once");
    stage.in_brief();
    let ticket = stage.ticket("Double charge on table 25")?;
    stage.comment(ticket, &POINTS)?;
    let unavailable = Effect::Refuse(slack::refusal::unavailable(503));
    stage.slack.inject(Fault::on("POST /api/chat.postMessage", unavailable).always());
    stage.tell(Who::Trouble, "Slack answers 503");
    stage.escalate(ticket)?;
    stage.pass(10 * MINUTE).await?;
    stage.must("Dana has it all the same", stage.is_with(ticket, "cs", DANA));
    stage.must("Slack shows nothing yet", stage.told_of(ESCALATIONS, ticket).is_empty());
    stage.tell(Who::Trouble, "Slack is back");
    stage.slack.heal();
    let sweeps = |stage: &Stage| stage.product.host.reports().iter().filter(|it| it.function == SWEEP).count();
    let before = (sweeps(stage), stage.asked());
    stage.pass(15 * MINUTE).await?;
    let is_shown = stage.told_of(ESCALATIONS, ticket).len() == 1;
    let is_the_sweeps = sweeps(stage) > before.0 && stage.asked() == before.1;
    stage.must("the sweep has the card shown, no workflow asked", is_shown && is_the_sweeps);
    stage.pass(60 * MINUTE).await?;
    stage.must("an hour later it is still one card", stage.told_of(ESCALATIONS, ticket).len() == 1);
    Ok(())
}
