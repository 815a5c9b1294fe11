//! The stories of how escalations end.

use escalation::id::TicketId;

use super::page::Who;
use super::stage::Stage;
use super::stories::{MINUTE, POINTS};
use crate::team::{DANA, ESCALATIONS, SAM, SPAM};

/// A call that nobody answered, by HubSpot's id.
const NO_ANSWER: &str = "73a0d17f-1163-4015-bdd5-ec830791da20";

/// The stories in which nothing is left out but the customer, the Shift Lead or the need.
pub async fn others(stage: &mut Stage) -> anyhow::Result<()> {
    told_by_the_lead(stage).await?;
    unreachable(stage).await?;
    taken_back(stage).await?;
    spam(stage).await
}

/// The whole procedure, by Option A.
pub async fn from_a_phone_call(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story(
        "From a phone call to the end: two points are missing, the Shift Lead answers, the agent tells the customer",
    );
    let ticket = stage.ticket_by_phone("Table 14 charged twice")?;
    stage.comment(ticket, &[POINTS[0], POINTS[1], POINTS[2], "Blocker: none"])?;
    stage.escalate(ticket)?;
    stage.pass(5 * MINUTE).await?;
    let feedback = stage.messages(ticket);
    stage.must("Sam is told once what is missing, though it was looked at twice", feedback.len() == 1);
    let has_hint = feedback.iter().any(|it| it.contains("Escalation - "));
    stage.must("and how the ticket is to be named", has_hint);
    stage.must("Dana is not called yet", stage.told_of(ESCALATIONS, ticket).is_empty());
    stage.rename(ticket, "Escalation - Harbour Grill - Double charge on table 14")?;
    let asked = stage.asked();
    stage.comment(ticket, &[POINTS[3], POINTS[4]])?;
    stage.pass(MINUTE).await?;
    is_accepted(stage, ticket);
    stage.must("all of it within the minute, and no workflow asked", stage.asked() == asked);
    stage.pass(9 * MINUTE).await?;
    stage.answer(DANA, ticket, "Approved: refund the second charge, GBP 46.20.")?;
    stage.pass(MINUTE).await?;
    stage.is_decided(ticket, "agent_to_finish", "Yours to finish.");
    stage.pass(4 * MINUTE).await?;
    stage.reply(SAM, ticket, "We refund the second charge of GBP 46.20 today. Sorry, Jo.")?;
    stage.clear(ticket)?;
    stage.close_ticket(ticket)?;
    stage.pass(15 * MINUTE).await?;
    stage.is_resolved(ticket, "A");
    let minutes = stage.value(ticket, "escalation_resolve_minutes");
    stage.must("after 20 minutes of business time", minutes == "20");
    stage.must("and the card in Slack says so", stage.card_says(ticket, "Resolved in 20 min"));
    Ok(())
}

fn is_accepted(stage: &mut Stage, ticket: TicketId) {
    let [comment, name] = ["comment", "name"].map(|it| stage.value(ticket, &format!("escalation_{it}_status")));
    stage.must("the two comments together are accepted, and the name too", [&*comment, &*name] == ["complete", "ok"]);
    stage.must("it is in the CS lane, with Dana, who is on duty", stage.is_with(ticket, "cs", DANA));
    let [due, accepted] = ["review_due_at", "accepted_at"].map(|it| stage.at(ticket, &format!("escalation_{it}")));
    let has_two_hours = due.is_some() && due == accepted.map(|it| it + 120 * MINUTE);
    stage.must("Dana has two hours to look at it", has_two_hours);
    let owner = stage.value(ticket, "hubspot_owner_id");
    stage.must("Sam stays the ticket's owner", owner == SAM.owner.to_string());
    let told = stage.told_of(ESCALATIONS, ticket);
    let has_all = |text: &str| POINTS.iter().all(|it| text.contains(it));
    let is_enough = told.len() == 1 && has_all(&told[0][0].text) && told[0][0].text.contains("@Dana Whitfield");
    stage.must("Slack shows one card that calls Dana and has all five points", is_enough);
    let accepted = stage.messages(ticket).iter().filter(|it| it.starts_with("With the Shift Lead.")).count();
    stage.must("Sam hears once that Dana has it now, and by when she answers", accepted == 1);
}

async fn told_by_the_lead(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Dana tells the customer herself: Sam only clears and closes");
    let ticket = assigned(stage, "Double charge on table 16").await?;
    stage.reply(DANA, ticket, "Jo, I refunded it myself just now. Please excuse us.")?;
    stage.answer(DANA, ticket, "Told Jo, ready to close.")?;
    stage.pass(5 * MINUTE).await?;
    stage.is_decided(ticket, "ready_to_close", "Ready to close.");
    stage.clear(ticket)?;
    stage.close_ticket(ticket)?;
    stage.pass(15 * MINUTE).await?;
    stage.is_resolved(ticket, "B");
    stage.must("nobody had to be reminded of anything", stage.messages(ticket).len() == 2);
    Ok(())
}

async fn unreachable(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("The customer cannot be reached: that counts, with a reason");
    let ticket = assigned(stage, "Double charge on table 17").await?;
    stage.answer(DANA, ticket, "Refunded. Let Jo know.")?;
    for _ in 0..3 {
        stage.pass(2 * MINUTE).await?;
        stage.tell(Who::Person("Sam"), "calls Jo: no answer");
        stage.hubspot.agent(SAM.user).log_call(ticket, NO_ANSWER)?;
    }
    let answer = "Resolution communicated? to No, customer unreachable";
    stage.fill_in(ticket, "resolution_communicated", "no_unreachable", answer)?;
    stage.clear(ticket)?;
    stage.close_ticket(ticket)?;
    stage.pass(15 * MINUTE).await?;
    let asked = stage.messages(ticket).iter().filter(|it| it.contains("counts with a reason")).count();
    stage.must("three calls in vain are no reason yet: it is open again, and Sam is asked for it", asked == 1);
    let reason = "Three calls within ten minutes, mailbox full";
    stage.fill_in(ticket, "unreachable_reason", reason, &format!("the reason: \"{reason}\""))?;
    stage.close_ticket(ticket)?;
    stage.pass(15 * MINUTE).await?;
    stage.is_resolved(ticket, "A");
    Ok(())
}

async fn taken_back(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Sam finds it himself and takes the escalation back, the ticket stays open");
    let ticket = assigned(stage, "Double charge on table 18").await?;
    stage.clear(ticket)?;
    stage.pass(15 * MINUTE).await?;
    let stands = ["state", "lane"].map(|it| stage.value(ticket, &format!("escalation_{it}")));
    stage.must("it left its lane, and does not count as resolved", stands == ["deescalated", ""]);
    stage.must("nobody reopens or blames anything", stage.value(ticket, "closure_missing").is_empty());
    Ok(())
}

async fn spam(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("It was spam: closed as such, it needs no resolution");
    let ticket = assigned(stage, "You won a kiosk").await?;
    let before = stage.messages(ticket).len();
    stage.move_ticket(ticket, SPAM, "closes the ticket as spam")?;
    stage.pass(15 * MINUTE).await?;
    let stands = ["state", "lane"].map(|it| stage.value(ticket, &format!("escalation_{it}")));
    stage.must("it left its lane, and does not count as resolved", stands == ["deescalated", ""]);
    let is_closed = stage.value(ticket, "hs_pipeline_stage") == SPAM;
    stage.must("it stays closed, and Sam is asked for nothing", is_closed && stage.messages(ticket).len() == before);
    Ok(())
}

/// A ticket that Dana has in her lane since a minute.
async fn assigned(stage: &mut Stage, issue: &str) -> anyhow::Result<TicketId> {
    stage.in_brief();
    let ticket = stage.ticket(issue)?;
    stage.comment(ticket, &POINTS)?;
    stage.escalate(ticket)?;
    stage.pass(MINUTE).await?;
    anyhow::ensure!(stage.is_with(ticket, "cs", DANA), "ticket {ticket} is not with Dana");
    Ok(ticket)
}

impl Stage {
    /// All three criteria hold, by this option of the procedure.
    pub fn is_resolved(&mut self, ticket: TicketId, option: &str) {
        let stands = ["escalation_state", "escalation_lane", "closure_option", "closure_missing"]
            .map(|it| self.value(ticket, it));
        self.must(
            &format!("it is resolved by Option {option}, and in no lane"),
            stands == ["resolved", "", option, ""],
        );
        let resolved = self.messages(ticket).iter().filter(|it| it.contains("resolved in")).count();
        self.must("Sam hears so once", resolved == 1);
    }

    /// The Shift Lead's word was seen as a look at it, and as this state of the escalation.
    fn is_decided(&mut self, ticket: TicketId, state: &str, told: &str) {
        let is_seen = self.value(ticket, "escalation_state") == state;
        let is_timed = self.at(ticket, "escalation_first_reviewed_at").is_some();
        let minutes = self.value(ticket, "escalation_review_minutes");
        self.must(&format!("Dana's word is her review, and the escalation is {state}"), is_seen && is_timed);
        self.must("how long it took her is noted", !minutes.is_empty());
        let heard = self.messages(ticket).iter().filter(|it| it.starts_with(told)).count();
        self.must("Sam hears once what is left to do", heard == 1);
    }

    /// Whether the first lines of an escalation's card in Slack say this.
    fn card_says(&self, ticket: TicketId, what: &str) -> bool {
        let told = self.told_of(ESCALATIONS, ticket);
        matches!(told.as_slice(), [thread] if thread[0].text.contains(what))
    }
}
