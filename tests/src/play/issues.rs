//! The stories in which creating a Jira issue goes wrong: there is one all the same.

use escalation::id::TicketId;
use jiff::SignedDuration;

use super::page::Who;
use super::stage::Stage;
use super::stories::MINUTE;
use super::tech::{has_one_issue, sent_to_tech};
use crate::world::fault::{Effect, Fault};
use crate::world::hubspot::refusal;

const LINK: &str = "create-jira-issue";
const ISSUE: &str = "/rest/api/3/issue";

/// How long Jira's search knows nothing of a new issue, in these stories.
const LAG: SignedDuration = SignedDuration::from_secs(150);

/// How many escalations these stories have.
pub const ESCALATIONS: usize = 3;

/// All of them, in order.
pub async fn troubles(stage: &mut Stage) -> anyhow::Result<()> {
    stage.jira.configure(|it| it.search_lag = LAG);
    answer_lost(stage).await?;
    killed(stage).await?;
    let ticket = two_clicks(stage).await?;
    not_heard(stage, ticket).await
}

async fn answer_lost(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Jira creates the issue and the answer is lost; its search knows nothing for two and a half minutes");
    let ticket = sent_to_tech(stage, "Kiosk 5 shows the wrong menu", |_, _| Ok(()))?;
    stage.jira.inject(Fault::on("POST /rest/api/3/issue", Effect::CutAfter));
    stage.tell(Who::Trouble, "Jira has the issue, and the connection breaks before it says so");
    stage.pass(20 * MINUTE).await?;
    has_one_issue(stage, ticket)
}

async fn killed(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("The function is killed right after Jira created the issue");
    let ticket = sent_to_tech(stage, "Kiosk 6 logs guests out", |_, _| Ok(()))?;
    stage.product.kill_once_after(LINK, "POST", ISSUE);
    stage.tell(Who::Trouble, "the process gets SIGKILL once Jira has the issue");
    stage.pass(20 * MINUTE).await?;
    has_one_issue(stage, ticket)
}

async fn two_clicks(stage: &mut Stage) -> anyhow::Result<TicketId> {
    stage.story("Two people click at the same moment, and HubSpot delivers each twice");
    let ticket = sent_to_tech(stage, "Kiosk 7 prints twice", |_, _| Ok(()))?;
    let answers = stage.product.ask_at_once(LINK, ticket, &[1, 2, 1, 2]).await?;
    let done = answers.iter().filter(|it| **it == 200).count();
    let busy = answers.iter().filter(|it| **it == 429).count();
    stage.tell(Who::Product, &format!("answers {done} with 200 and {busy} with 429, come back later"));
    stage.must("every request has one of these two answers", done + busy == 4 && done > 0);
    stage.pass(20 * MINUTE).await?;
    has_one_issue(stage, ticket)?;
    Ok(ticket)
}

async fn not_heard(stage: &mut Stage, ticket: TicketId) -> anyhow::Result<()> {
    stage.story("Jira tells of a change while HubSpot is down, and tells it once: it comes to the ticket all the same");
    stage.in_brief();
    let broken = Effect::Refuse(refusal::unavailable(502));
    stage.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", broken).always());
    stage.tell(Who::Trouble, "HubSpot answers 502");
    let key = stage.value(ticket, "jira_reference");
    stage.move_issue(&key, "In Progress");
    stage.pass(5 * MINUTE).await?;
    stage.must("the ticket knows nothing yet", stage.value(ticket, "jira_status") == "To Do");
    stage.tell(Who::Trouble, "HubSpot is back");
    stage.hubspot.heal();
    stage.pass(60 * MINUTE).await?;
    let said = stage.messages(ticket).iter().filter(|it| it.contains("is In Progress")).count();
    let knows = stage.value(ticket, "jira_status") == "In Progress";
    stage.must("the sweep has it looked at, and Sam is told once", knows && said == 1);
    Ok(())
}
