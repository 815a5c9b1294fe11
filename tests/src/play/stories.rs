//! The stories of how escalations begin, and of where they go.

use escalation::id::TicketId;
use jiff::SignedDuration;

use super::page::Who;
use super::stage::Stage;
use super::tech;
use crate::team::{ADMINS, DANA, DIGEST_ABOVE, ESCALATIONS, EXECUTIVES, OMAR, RESTRICTED, SAM};

pub const MINUTE: SignedDuration = SignedDuration::from_mins(1);

pub const POINTS: [&str; 5] = [
    "Issue: The table was charged twice, GBP 46.20 each; Jo expects one charge back today.",
    "Investigated: Both payments show as captured, same basket id.",
    "Action Taken: Apologised, took a screenshot of the bank app.",
    "Blocker: Refunds above GBP 40 need a lead.",
    "Required to Resolve: Approve the refund of the second charge.",
];

pub const RECEIPTS: [&str; 5] = [
    "Issue: Kiosk 2 prints blank receipts since the update; Jo expects the order number on them.",
    "Investigated: Paper and print head are fine, kiosk 1 on the old version prints.",
    "Action Taken: Restarted it, installed the update again.",
    "Blocker: The template of the receipt cannot be changed from here.",
    "Required to Resolve: A fix of the receipt template in version 4.2.",
];

/// How many tickets are escalated in one go.
const MANY: usize = 25;

/// How many escalations are open in the end: those of Tech, and one in each of eight other stories.
pub const OPEN_IN_THE_END: usize = tech::OPEN_IN_THE_END + 8;

/// How escalations begin.
pub async fn beginnings(stage: &mut Stage) -> anyhow::Result<()> {
    property_first(stage).await?;
    let ticket = immediate(stage).await?;
    late(stage, ticket).await
}

/// What comes when the day is nearly over.
pub async fn evening(stage: &mut Stage) -> anyhow::Result<()> {
    bulk(stage).await?;
    gap(stage).await
}

async fn property_first(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Escalation Type first, the comment a minute later: nothing bad happens");
    stage.in_brief();
    let ticket = stage.ticket("Double charge on table 7")?;
    stage.escalate(ticket)?;
    stage.pass(MINUTE).await?;
    stage.must("nobody is told that the comment is missing", stage.messages(ticket).is_empty());
    stage.must("Dana is not called for nothing", stage.told_of(ESCALATIONS, ticket).is_empty());
    let asked = stage.asked();
    stage.comment(ticket, &POINTS)?;
    stage.pass(SignedDuration::from_secs(30)).await?;
    let is_heard = stage.is_with(ticket, "cs", DANA) && stage.asked() == asked;
    stage.must("it is with Dana within the minute, before the workflow looks again", is_heard);
    stage.pass(20 * MINUTE).await?;
    stage.must("and she was called once", stage.told_of(ESCALATIONS, ticket).len() == 1);
    stage.must("Sam is not bothered with a message", stage.messages(ticket).is_empty());
    Ok(())
}

async fn immediate(stage: &mut Stage) -> anyhow::Result<TicketId> {
    const THREAT: &str = "If this is not settled today, you will hear from my solicitor.";
    stage.story("A legal threat: people are told at once, although the comment is not complete");
    let ticket = stage.ticket("Double charge on table 30")?;
    let before = stage.all_of_slack().len();
    stage.customer_writes(ticket, THREAT)?;
    stage.comment(ticket, &POINTS[..2])?;
    stage.escalate(ticket)?;
    stage.pass(10 * MINUTE).await?;
    stage.must("Dana has it at once, the comment may follow", stage.is_with(ticket, "cs", DANA));
    let is_raised =
        stage.value(ticket, "escalation_level") == "4" && stage.value(ticket, "hs_ticket_priority") == "HIGH";
    stage.must("it is of level 4, and its priority is high", is_raised);
    let told = [RESTRICTED, EXECUTIVES, ESCALATIONS].map(|it| stage.told_of(it, ticket).len());
    stage.must("the restricted channel and the executives are told once, nobody else", told == [1, 1, 0]);
    let written = stage.all_of_slack().split_off(before);
    let keeps = |it: &String| ["solicitor", "Harbour", "Jo", "charged"].iter().all(|word| !it.contains(word));
    let is_kept = written.len() == 2 && written.iter().all(keeps);
    stage.must("no word of the customer's, nor who it is, stands in Slack", is_kept);
    let asked = stage.messages(ticket).iter().filter(|it| it.contains("Please still add 3 of 5")).count();
    stage.must("Sam hears that she is called at once, and is still asked for what is missing, once", asked == 1);
    Ok(ticket)
}

async fn late(stage: &mut Stage, ticket: TicketId) -> anyhow::Result<()> {
    stage.story("Nobody looks at it: Dana is reminded when three quarters of the time are over, and it is late once");
    let said = |stage: &Stage| {
        let threads = stage.told_of(RESTRICTED, ticket);
        let count = |what: &str| threads.iter().flatten().filter(|it| it.text.starts_with(what)).count();
        [count("Review due in"), count("Review was due")]
    };
    stage.pass_until(10, 18).await?;
    stage.must("after 22 of the 30 minutes nobody is reminded", said(stage) == [0, 0]);
    stage.pass_until(10, 20).await?;
    let stands = stage.value(ticket, "escalation_sla_status");
    stage.must("after 24 Dana is, once", said(stage) == [1, 0] && stands == "warning");
    stage.pass_until(10, 25).await?;
    stage.must("it is not late before its time", said(stage) == [1, 0]);
    stage.pass_until(10, 28).await?;
    let stands = stage.value(ticket, "escalation_sla_status");
    stage.must("then it is, and Slack's thread and the ticket say so", said(stage) == [1, 1] && stands == "breached");
    stage.pass(20 * MINUTE).await?;
    stage.must("neither is said again", said(stage) == [1, 1]);
    Ok(())
}

async fn bulk(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Somebody escalates 25 tickets in one go");
    // Within one of the windows in which escalations are counted.
    stage.pass_until(16, 1).await?;
    let mut tickets = Vec::new();
    for table in 101..101 + MANY {
        let ticket = stage.untold_ticket(&format!("Double charge on table {table}"))?;
        stage.untold_comment(ticket, &POINTS)?;
        tickets.push(ticket);
    }
    stage.tell(Who::Person("Sam"), "has 25 tickets, each with its comment, selects them all, and sets Escalation Type");
    for ticket in &tickets {
        stage.hubspot.agent(SAM.user).set(*ticket, "escalation_type", "shift_lead")?;
    }
    let before = stage.slack.messages(ESCALATIONS.id).len();
    stage.product.pass(30 * MINUTE).await?;
    let shown = stage.slack.messages(ESCALATIONS.id).split_off(before);
    stage.skip();
    let is_card = |ticket: &TicketId| stage.told_of(ESCALATIONS, *ticket).len();
    let cards: usize = tickets.iter().map(is_card).sum();
    let digests: Vec<_> = shown.iter().filter(|it| it.text.starts_with("More than")).collect();
    stage.tell(Who::Slack, &format!("shows {cards} cards in #{}, and this:", ESCALATIONS.name));
    for it in &digests {
        stage.page.quote(&it.text);
    }
    let (digests, shown) = (digests.len(), shown.len());
    let with_dana = tickets.iter().filter(|it| stage.is_with(**it, "cs", DANA)).count();
    stage.must("all 25 are in the CS lane, with Dana", with_dana == MANY);
    stage.must(
        "Slack shows three cards and one digest, and no more",
        (cards, digests, shown) == (DIGEST_ABOVE, 1, DIGEST_ABOVE + 1),
    );
    taken_back(stage, &tickets).await
}

async fn taken_back(stage: &mut Stage, tickets: &[TicketId]) -> anyhow::Result<()> {
    stage
        .tell(Who::Person("Sam"), "finds one fault behind all of them, mends it, and clears Escalation Type on all 25");
    for ticket in tickets {
        stage.hubspot.agent(SAM.user).set(*ticket, "escalation_type", "")?;
    }
    let before = stage.slack.messages(ESCALATIONS.id).len();
    stage.product.pass(15 * MINUTE).await?;
    stage.skip();
    let is_over = |ticket: &TicketId| {
        let [lane, state] = ["lane", "state"].map(|it| stage.value(*ticket, &format!("escalation_{it}")));
        lane.is_empty() && state == "deescalated"
    };
    let over = tickets.iter().filter(|it| is_over(it)).count();
    stage.must("all 25 have left the lane", over == MANY);
    stage.must("and the channel has no new message", stage.slack.messages(ESCALATIONS.id).len() == before);
    Ok(())
}

async fn gap(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Nobody is on duty at a quarter to six: it goes to the fallback, and says so");
    let dana = stage.escalations_of(DANA);
    stage.skip_until(17, 45).await?;
    let omar = stage.escalations_of(OMAR);
    stage.tell(Who::Product, &format!("has handed over to Omar Reyes what Dana had not looked at: {omar} escalations"));
    stage.must("nothing that waits for a look stays with somebody who has gone home", omar > 0 && omar == dana);
    stage.in_brief();
    let ticket = stage.ticket("Double charge on table 2")?;
    stage.comment(ticket, &POINTS)?;
    stage.in_full();
    stage.escalate(ticket)?;
    stage.pass(10 * MINUTE).await?;
    stage.must("Omar Reyes has it", stage.is_with(ticket, "cs", OMAR));
    let due = stage.clock(ticket, "escalation_review_due_at");
    stage.must("it is due two hours into the next morning", due == "Tuesday 11:00");
    let told = stage.told_of(ESCALATIONS, ticket);
    let says_so = |it: &str| it.contains("@Omar Reyes") && it.contains("nobody is on duty by the rota");
    stage.must("Slack calls Omar and says why him", told.len() == 1 && says_so(&told[0][0].text));
    stage.must("no administrator was called all day", stage.slack.messages(ADMINS.id).is_empty());
    Ok(())
}
