//! The stories.

use escalation::id::TicketId;
use jiff::SignedDuration;

use super::page::Who;
use super::stage::Stage;
use crate::world::fault::{Effect, Fault};
use crate::world::hubspot::refusal::{self, Policy};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

const POINTS: [&str; 5] = [
    "Issue: The table was charged twice, GBP 46.20 each; Jo expects one charge back today.",
    "Investigated: Both payments show as captured, same basket id.",
    "Action Taken: Apologised, took a screenshot of the bank app.",
    "Blocker: Refunds above GBP 40 need a lead.",
    "Required to Resolve: Approve the refund of the second charge.",
];

/// All of them, in order.
pub async fn all(stage: &mut Stage) -> anyhow::Result<()> {
    complete(stage).await?;
    property_first(stage).await?;
    incomplete(stage).await?;
    delivered_twice(stage).await?;
    rate_limited(stage).await?;
    down(stage).await?;
    killed(stage).await
}

async fn complete(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Comment first, then Escalation Type: nothing to say");
    let ticket = stage.ticket("Escalation - Harbour Grill - Double charge on table 14")?;
    stage.comment(ticket, &POINTS)?;
    stage.pass(MINUTE).await?;
    stage.escalate(ticket)?;
    stage.pass(20 * MINUTE).await?;
    stage.must("the comment is accepted", stage.status(ticket) == "complete");
    stage.must("Sam is not bothered with a message", stage.messages(ticket) == 0);
    Ok(())
}

async fn property_first(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Escalation Type first, the comment a minute later: nothing bad happens");
    let ticket = stage.ticket("Escalation - Harbour Grill - Double charge on table 7")?;
    stage.escalate(ticket)?;
    stage.pass(MINUTE).await?;
    stage.must("nobody is told that the comment is missing", stage.messages(ticket) == 0);
    stage.comment(ticket, &POINTS)?;
    stage.pass(20 * MINUTE).await?;
    stage.must("the comment is accepted at the second look", stage.status(ticket) == "complete");
    stage.must("Sam is not bothered with a message", stage.messages(ticket) == 0);
    Ok(())
}

async fn incomplete(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Two points are missing, and come in later");
    let ticket = stage.ticket("Escalation - Harbour Grill - Double charge on table 21")?;
    stage.comment(ticket, &[POINTS[0], POINTS[1], POINTS[2], "Blocker: none"])?;
    stage.escalate(ticket)?;
    stage.pass(5 * MINUTE).await?;
    stage.must("Sam is told once, though the comment was looked at twice", stage.messages(ticket) == 1);
    stage.comment(ticket, &[POINTS[3], POINTS[4]])?;
    stage.pass(20 * MINUTE).await?;
    stage.must("the two comments together are accepted", stage.status(ticket) == "complete");
    stage.must("there is still one message", stage.messages(ticket) == 1);
    Ok(())
}

/// A ticket whose comment lacks its last point, so that there is something to say.
fn lacking(stage: &mut Stage, subject: &str) -> anyhow::Result<TicketId> {
    let ticket = stage.ticket(subject)?;
    stage.comment(ticket, &POINTS[..4])?;
    Ok(ticket)
}

async fn delivered_twice(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("HubSpot delivers the same request ten times at once");
    let ticket = lacking(stage, "Escalation - Harbour Grill - Double charge on table 3")?;
    stage.escalate(ticket)?;
    let answers = stage.product.deliver("validate-comment", ticket, 10).await?;
    stage.skip_reports();
    let done = answers.iter().filter(|it| **it == 200).count();
    let busy = answers.iter().filter(|it| **it == 429).count();
    stage.tell(Who::Product, &format!("answers {done} with 200 and {busy} with 429, come back later"));
    stage.must("every request has one of these two answers", done + busy == 10 && done > 0);
    stage.pass(20 * MINUTE).await?;
    stage.must("Sam has one message", stage.messages(ticket) == 1);
    Ok(())
}

async fn rate_limited(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("HubSpot is over its rate limit");
    let ticket = lacking(stage, "Escalation - Harbour Grill - Double charge on table 9")?;
    let refuse = Effect::Refuse(refusal::rate_limited(Policy::TenSecondlyRolling));
    stage.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", refuse));
    stage.tell(Who::Trouble, "HubSpot refuses the next read: ten_secondly_rolling limit");
    stage.escalate(ticket)?;
    stage.pass(20 * MINUTE).await?;
    stage.must("Sam has one message", stage.messages(ticket) == 1);
    Ok(())
}

async fn down(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("HubSpot is down, and the answer to our comment is lost");
    let ticket = lacking(stage, "Escalation - Harbour Grill - Double charge on table 12")?;
    let broken = Effect::Refuse(refusal::unavailable(502));
    stage.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", broken).times(4));
    stage.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", Effect::CutAfter));
    stage.tell(Who::Trouble, "HubSpot answers 502 for a while, then writes our comment and loses the answer");
    stage.escalate(ticket)?;
    stage.pass(60 * MINUTE).await?;
    stage.must("Sam has one message", stage.messages(ticket) == 1);
    stage.must("the check is on the ticket", stage.status(ticket) == "incomplete");
    Ok(())
}

async fn killed(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("The function is killed right after it wrote its comment");
    let ticket = lacking(stage, "Escalation - Harbour Grill - Double charge on table 18")?;
    stage.product.kill_once_after("POST", "/crm/v3/objects/notes");
    stage.tell(Who::Trouble, "the process gets SIGKILL once HubSpot has the comment");
    stage.escalate(ticket)?;
    stage.pass(60 * MINUTE).await?;
    stage.must("Sam has one message", stage.messages(ticket) == 1);
    stage.must("the check is on the ticket", stage.status(ticket) == "incomplete");
    Ok(())
}
