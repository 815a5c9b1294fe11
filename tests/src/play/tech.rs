//! The stories of what goes to Tech: from its Jira issue to its end, and again.

use escalation::id::TicketId;

use super::issues;
use super::page::Who;
use super::stage::Stage;
use super::stories::{MINUTE, RECEIPTS};
use crate::team::{self, DANA, SAM};
use crate::world::jira::Issue;
use crate::world::slack::Message;

/// How many escalations are in Tech in the end: three of these stories, and those of the troubles.
pub const OPEN_IN_THE_END: usize = 3 + issues::ESCALATIONS;

/// All of them, in order.
pub async fn all(stage: &mut Stage) -> anyhow::Result<()> {
    let first = confirmed(stage).await?;
    let second = second_customer(stage).await?;
    news(stage, first, second).await?;
    closed_too_early(stage, first).await?;
    again(stage, first).await?;
    merged(stage).await
}

async fn confirmed(stage: &mut Stage) -> anyhow::Result<TicketId> {
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
    Ok(ticket)
}

async fn second_customer(stage: &mut Stage) -> anyhow::Result<TicketId> {
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
    Ok(ticket)
}

async fn news(stage: &mut Stage, first: TicketId, second: TicketId) -> anyhow::Result<()> {
    stage.story("Tech works on it: both tickets hear of it by themselves, each thing once");
    let said = |stage: &Stage, what: &str| {
        [first, second].map(|it| stage.messages(it).iter().filter(|it| it.contains(what)).count())
    };
    stage.in_brief();
    stage.move_issue("TECH-1", "In Progress");
    stage.pass(10 * MINUTE).await?;
    let status = [first, second].map(|it| stage.value(it, "jira_status"));
    stage.must("both tickets say In Progress", status == ["In Progress"; 2]);
    stage.comment_on_issue("TECH-1", "Who wrote this template? Looks like 2019.");
    stage.comment_on_issue("TECH-1", "[CS] Please tell them to print from kiosk 1 until tomorrow.");
    stage.in_full();
    stage.pass(10 * MINUTE).await?;
    stage.must("what is for support came over, once", said(stage, "print from kiosk 1") == [1, 1]);
    stage.must("what is not for support stays in Jira", said(stage, "2019") == [0, 0]);
    stage.jira.fix_in("TECH-1", "4.2.1");
    stage.move_issue("TECH-1", "Done");
    stage.pass(10 * MINUTE).await?;
    stage.must("both hear that the fix is ready, once", said(stage, "Fix ready") == [1, 1]);
    let asks = |it: &String| it.contains("4.2.1") && it.contains("@Dana Whitfield, please tell Sam Okafor");
    stage.must("and Dana is asked to have the customer told", stage.messages(first).iter().any(asks));
    stage.must("no customer was written to", stage.hubspot.threads(first).is_empty());
    Ok(())
}

async fn closed_too_early(stage: &mut Stage, ticket: TicketId) -> anyhow::Result<()> {
    stage.story("Sam closes it before the customer was told: it is open again, and says what is missing");
    stage.answer(DANA, ticket, "Version 4.2.1 is out. Tell Jo to restart the kiosk, it updates itself.")?;
    stage.pass(5 * MINUTE).await?;
    stage.clear(ticket)?;
    stage.close_ticket(ticket)?;
    stage.pass(5 * MINUTE).await?;
    stage.must("nobody is blamed within ten minutes", !is_reopened(stage, ticket));
    stage.pass(10 * MINUTE).await?;
    stage.must("then it is open again", is_reopened(stage, ticket) && stage.value(ticket, "hs_is_closed") != "true");
    let missing = stage.value(ticket, "closure_missing");
    stage.must("that the customer was not told is all that is missing", missing == "not_communicated");
    stage.fill_in(ticket, "resolution_communicated", "yes_phone", "Resolution communicated? to Yes, by phone")?;
    stage.close_ticket(ticket)?;
    stage.pass(15 * MINUTE).await?;
    stage.is_resolved(ticket, "A");
    let resolved: Vec<String> = stage.messages(ticket).into_iter().filter(|it| it.contains("resolved in")).collect();
    let is_word = resolved.len() == 1 && resolved[0].contains("Confirmed by the agent: told by phone.");
    stage.must("Sam hears so once, and that it rests on his word", is_word);
    let reverts = stage.messages(ticket).iter().filter(|it| it.starts_with("Reopened:")).count();
    stage.must("it was reopened once", reverts == 1);
    Ok(())
}

async fn again(stage: &mut Stage, ticket: TicketId) -> anyhow::Result<()> {
    stage.story("It comes back: a second escalation, with a comment and a Jira issue of its own");
    stage.in_brief();
    stage.move_ticket(ticket, "3", "reopens the ticket: kiosk 2 prints blank receipts again")?;
    stage.pass(MINUTE).await?;
    stage.escalate(ticket)?;
    stage.pass(5 * MINUTE).await?;
    stage.must("the comment of the first escalation does not count", stage.value(ticket, "escalation_lane").is_empty());
    stage.comment(ticket, &RECEIPTS)?;
    stage.choose(DANA, ticket, "tech")?;
    stage.pass(20 * MINUTE).await?;
    stage.must("it is escalation number 2", stage.value(ticket, "escalation_cycle") == "2");
    stage.must("Slack has a card for each", stage.told_of(team::ESCALATIONS, ticket).len() == 2);
    let keys: Vec<String> = stage.issues(ticket).into_iter().map(|it| it.key).collect();
    let is_new = keys.len() == 2 && stage.value(ticket, "jira_reference") == keys[1];
    stage.must("the old issue is done, so there is a new one", is_new);
    Ok(())
}

async fn merged(stage: &mut Stage) -> anyhow::Result<()> {
    stage.story(
        "Jo reports it a second time, and Sam merges the tickets: the escalation goes on in the one that is left",
    );
    let escalated = sent_to_tech(stage, "Kiosk 8 prints blank receipts", |_, _| Ok(()))?;
    stage.pass(10 * MINUTE).await?;
    let key = stage.value(escalated, "jira_reference");
    let plain = stage.ticket("Still no receipts from kiosk 8")?;
    let before = (stage.jira.issues().len(), stage.slack.messages(team::ESCALATIONS.id).len());
    let ticket = stage.merge(plain, escalated)?;
    stage.pass(5 * MINUTE).await?;
    let is_there = stage.value(ticket, "jira_reference") == key && stage.value(ticket, "escalation_lane") == "tech";
    stage.must("it is in the Tech lane, with the issue that it had", is_there);
    let leads_here = |it: &Issue| it.remote_links.iter().any(|it| it.url.ends_with(&format!("/{ticket}")));
    let leads_here = stage.issues(ticket).iter().any(|it| it.key == key && leads_here(it));
    stage.must("the issue leads to the ticket that is left", leads_here);
    let thread = stage.told_of(team::ESCALATIONS, ticket);
    let says_so = |it: &Message| it.text.contains(&format!("it goes on as ticket {ticket}"));
    let goes_on = matches!(thread.as_slice(), [it] if it.iter().filter(|it| says_so(it)).count() == 1);
    stage.must("so does the card in Slack, whose thread says once why", goes_on);
    stage.move_issue(&key, "In Progress");
    stage.pass(10 * MINUTE).await?;
    let said = stage.messages(ticket).iter().filter(|it| it.contains("is In Progress")).count();
    stage.must("what Tech does comes there, once", stage.value(ticket, "jira_status") == "In Progress" && said == 1);
    let after = (stage.jira.issues().len(), stage.slack.messages(team::ESCALATIONS.id).len());
    stage.must("there is no second issue, and no second card", before == after);
    Ok(())
}

fn is_reopened(stage: &Stage, ticket: TicketId) -> bool {
    stage.messages(ticket).iter().any(|it| it.starts_with("Reopened:"))
}

/// A ticket with its comment that Dana sends to Tech, after somebody did something else to it.
pub fn sent_to_tech(
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
pub fn has_one_issue(stage: &mut Stage, ticket: TicketId) -> anyhow::Result<()> {
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
