//! The stories of what goes to Tech: one Jira issue each, whatever goes wrong.

use escalation::id::TicketId;
use jiff::SignedDuration;

use super::page::Who;
use super::stage::Stage;
use super::stories::{MINUTE, RECEIPTS};
use crate::team::{self, DANA, SAM};
use crate::world::fault::{Effect, Fault};

const LINK: &str = "create-jira-issue";
const ISSUE: &str = "/rest/api/3/issue";

/// How long Jira's search knows nothing of a new issue, in these stories.
const LAG: SignedDuration = SignedDuration::from_secs(150);

/// How many escalations these stories have.
pub const ESCALATIONS: usize = 5;

/// All of them, in order.
pub async fn all(stage: &mut Stage) -> anyhow::Result<()> {
    confirmed(stage).await?;
    second_customer(stage).await?;
    stage.jira.configure(|it| it.search_lag = LAG);
    answer_lost(stage).await?;
    killed(stage).await?;
    two_clicks(stage).await
}

async fn confirmed(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("An agent chooses Tech: it begins with the Shift Lead, who confirms it, and Jira has an issue");
    let ticket = stage.ticket("Kiosk 2 prints blank receipts")?;
    stage.comment(ticket, &RECEIPTS)?;
    stage.in_brief();
    stage.choose(SAM, ticket, "tech")?;
    stage.pass(10 * MINUTE).await?;
    let kind = stage.value(ticket, "escalation_type");
    let is_back = kind == "shift_lead" && stage.is_with(ticket, "cs", DANA);
    stage.must("it is set back to Shift Lead and in Dana's lane", is_back);
    let messages = stage.messages(ticket);
    let is_friendly = messages.len() == 1 && messages[0].contains("noted your wish for Dana Whitfield");
    stage.must("Sam is told why, once", is_friendly);
    stage.must("Jira has no issue", stage.issues(ticket).is_empty());
    stage.in_full();
    stage.choose(DANA, ticket, "tech")?;
    stage.pass(10 * MINUTE).await?;
    stage.must("it is in the Tech lane", stage.value(ticket, "escalation_lane") == "tech");
    has_one_issue(stage, ticket)?;
    let issue = &stage.issues(ticket)[0];
    let has_all = RECEIPTS.iter().filter_map(|it| it.split_once(": ")).filter(|it| issue.text.contains(it.0)).count();
    stage.must("the issue has the five points", has_all == RECEIPTS.len());
    let keeps = ["Harbour", "Jo "].iter().all(|it| !format!("{issue:?}").contains(it));
    stage.must("and does not say who the customer is", keeps);
    let told = stage.told_of(team::ESCALATIONS, ticket);
    let replies: Vec<&str> = told.iter().flatten().skip(1).map(|it| &*it.text).collect();
    let says = |what: &str| replies.iter().any(|it| it.starts_with(what));
    let is_one_thread = told.len() == 1 && says("Confirmed for Tech by Dana Whitfield.") && says("In Tech: ");
    stage.must("Slack's thread says who confirmed it, and which issue it is", is_one_thread);
    Ok(())
}

async fn second_customer(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("A second customer reports the same: Sam writes the key by hand, in his own way");
    let ticket = sent_to_tech(stage, "Kiosk 4 prints blank receipts", |stage, ticket| {
        stage.tell(Who::Person("Sam"), "writes \"tech 1\" into Jira Reference");
        stage.hubspot.agent(SAM.user).set(ticket, "jira_reference", "tech 1")
    })?;
    stage.pass(10 * MINUTE).await?;
    let all = stage.jira.issues();
    stage.must("there is no second issue", all.len() == 1);
    stage.must("Jira Reference is the key as Jira writes it", stage.value(ticket, "jira_reference") == "TECH-1");
    let issue = &all[0];
    let is_told = issue.remote_links.len() == 2 && issue.comments.len() == 1;
    stage.must("the issue leads to both tickets, and a comment says so", is_told);
    Ok(())
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

async fn two_clicks(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story("Two people click at the same moment, and HubSpot delivers each twice");
    let ticket = sent_to_tech(stage, "Kiosk 7 prints twice", |_, _| Ok(()))?;
    let answers = stage.product.ask_at_once(LINK, ticket, &[1, 2, 1, 2]).await?;
    let done = answers.iter().filter(|it| **it == 200).count();
    let busy = answers.iter().filter(|it| **it == 429).count();
    stage.tell(Who::Product, &format!("answers {done} with 200 and {busy} with 429, come back later"));
    stage.must("every request has one of these two answers", done + busy == 4 && done > 0);
    stage.pass(20 * MINUTE).await?;
    has_one_issue(stage, ticket)
}

/// A ticket with its comment that Dana sends to Tech, after somebody did something else to it.
fn sent_to_tech(
    stage: &mut Stage,
    issue: &str,
    first: impl FnOnce(&mut Stage, TicketId) -> anyhow::Result<()>,
) -> anyhow::Result<TicketId> {
    stage.in_brief();
    let ticket = stage.ticket(issue)?;
    stage.comment(ticket, &RECEIPTS)?;
    first(stage, ticket)?;
    stage.choose(DANA, ticket, "tech")?;
    Ok(ticket)
}

/// Counts aloud.
fn has_one_issue(stage: &mut Stage, ticket: TicketId) -> anyhow::Result<()> {
    let issues = stage.issues(ticket);
    let keys: Vec<&str> = issues.iter().map(|it| it.key.as_str()).collect();
    stage.tell(Who::Jira, &format!("has {} for ticket {ticket}: {}", counted(issues.len()), keys.join(", ")));
    stage.must("that is exactly one", issues.len() == 1);
    let is_known = keys.first() == Some(&&*stage.value(ticket, "jira_reference"));
    stage.must("its key is on the ticket, and it leads back", is_known && issues[0].remote_links.len() == 1);
    let messages = stage.messages(ticket).iter().filter(|it| it.starts_with("In Tech: ")).count();
    stage.must("Sam is told once", messages == 1);
    anyhow::ensure!(!issues.is_empty(), "ticket {ticket} has no issue");
    Ok(())
}

fn counted(issues: usize) -> String {
    if issues == 1 { "1 issue".to_owned() } else { format!("{issues} issues") }
}
