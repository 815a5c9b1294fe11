//! What people do in the play.

use escalation::id::TicketId;

use super::page::Who;
use super::stage::Stage;
use crate::news::as_text;
use crate::team::{DANA, Member, SAM};
use crate::world::hubspot::id::ThreadId;

/// The stage of the first pipeline in which a ticket is closed.
const CLOSED: &str = "4";

impl Stage {
    /// Sam gets a ticket of a known customer.
    pub fn ticket(&mut self, issue: &str) -> anyhow::Result<TicketId> {
        let ticket = self.untold_ticket(issue)?;
        let subject = self.hubspot.value(ticket, "subject").unwrap_or_default();
        self.tell(Who::Person("Sam"), &format!("has ticket {ticket}: \"{subject}\", from Jo Park of Harbour Grill"));
        Ok(ticket)
    }

    /// The same, one of many.
    pub fn untold_ticket(&self, issue: &str) -> anyhow::Result<TicketId> {
        self.made(&[("subject", &format!("Escalation - Harbour Grill - {issue}"))])
    }

    /// A ticket of Sam's, of Jo Park of Harbour Grill.
    fn made(&self, values: &[(&str, &str)]) -> anyhow::Result<TicketId> {
        let company = self.hubspot.company("Harbour Grill", "harbourgrill.example");
        let contact = self.hubspot.contact("Jo", "Park", "jo@harbourgrill.example");
        let sam = self.hubspot.agent(SAM.user);
        let owner = SAM.owner.to_string();
        let ticket = sam.create_ticket(&[values, &[("hubspot_owner_id", &owner)]].concat())?;
        sam.associate_company(ticket, company)?;
        sam.associate_contact(ticket, contact)?;
        Ok(ticket)
    }

    /// The customer writes to us.
    pub fn customer_writes(&mut self, ticket: TicketId, text: &str) -> anyhow::Result<()> {
        self.tell(Who::Person("Jo"), "writes to us");
        self.page.quote(text);
        self.hubspot.customer_writes(self.conversation(ticket)?, text)?;
        Ok(())
    }

    /// Sam escalates.
    pub fn escalate(&mut self, ticket: TicketId) -> anyhow::Result<()> {
        self.choose(SAM, ticket, "shift_lead")
    }

    /// Somebody chooses an Escalation Type.
    pub fn choose(&mut self, who: Member, ticket: TicketId, option: &str) -> anyhow::Result<()> {
        let label = if option == "tech" { "Tech" } else { "Shift Lead" };
        self.tell(person(who), &format!("sets Escalation Type to {label}"));
        self.told.known(ticket, "escalation_type", option);
        self.hubspot.agent(who.user).set(ticket, "escalation_type", option)
    }

    /// Sam writes an internal comment to Dana.
    pub fn comment(&mut self, ticket: TicketId, lines: &[&str]) -> anyhow::Result<()> {
        match self.told.in_brief {
            true => self.tell(Who::Person("Sam"), &format!("writes an internal comment: {}", points(lines.len()))),
            false => self.tell(Who::Person("Sam"), "writes an internal comment"),
        }
        let html = to_dana(lines);
        if !self.told.in_brief {
            self.page.quote(&as_text(&html));
        }
        self.untold_comment(ticket, lines)
    }

    /// The same, one of many.
    pub fn untold_comment(&mut self, ticket: TicketId, lines: &[&str]) -> anyhow::Result<()> {
        let note = self.hubspot.agent(SAM.user).write_note(ticket, &to_dana(lines))?;
        self.told.notes.insert(note);
        Ok(())
    }

    /// Jo calls, and Sam makes a ticket by hand, under this name.
    pub fn ticket_by_phone(&mut self, name: &str) -> anyhow::Result<TicketId> {
        self.tell(Who::Person("Jo"), "of Harbour Grill calls; there is no ticket yet");
        let ticket = self.made(&[("subject", name), ("source_type", "PHONE")])?;
        self.tell(Who::Person("Sam"), &format!("makes ticket {ticket} by hand: \"{name}\""));
        Ok(ticket)
    }

    /// Sam gives a ticket another name.
    pub fn rename(&mut self, ticket: TicketId, name: &str) -> anyhow::Result<()> {
        self.tell(Who::Person("Sam"), &format!("names the ticket \"{name}\""));
        self.hubspot.agent(SAM.user).set(ticket, "subject", name)
    }

    /// Somebody writes an internal comment that is no escalation.
    pub fn answer(&mut self, who: Member, ticket: TicketId, text: &str) -> anyhow::Result<()> {
        self.tell(person(who), "writes an internal comment");
        self.page.quote(text);
        let note = self.hubspot.agent(who.user).write_note(ticket, &format!("<p>{text}</p>"))?;
        self.told.notes.insert(note);
        Ok(())
    }

    /// Somebody writes to the customer.
    pub fn reply(&mut self, who: Member, ticket: TicketId, text: &str) -> anyhow::Result<()> {
        self.tell(person(who), "writes to Jo");
        self.page.quote(text);
        let thread = self.conversation(ticket)?;
        self.hubspot.agent(who.user).reply(thread, text).map(drop)
    }

    /// Sam clears Escalation Type.
    pub fn clear(&mut self, ticket: TicketId) -> anyhow::Result<()> {
        self.tell(Who::Person("Sam"), "clears Escalation Type");
        self.told.known(ticket, "escalation_type", "");
        self.hubspot.agent(SAM.user).set(ticket, "escalation_type", "")
    }

    /// Sam closes the ticket.
    pub fn close_ticket(&mut self, ticket: TicketId) -> anyhow::Result<()> {
        self.move_ticket(ticket, CLOSED, "closes the ticket")
    }

    /// Sam moves a ticket to a stage.
    pub fn move_ticket(&mut self, ticket: TicketId, stage: &str, doing: &str) -> anyhow::Result<()> {
        self.tell(Who::Person("Sam"), doing);
        self.told.known(ticket, "hs_pipeline_stage", stage);
        self.hubspot.agent(SAM.user).move_to(ticket, stage)
    }

    /// Sam merges a ticket into another; which ticket both are now.
    pub fn merge(&mut self, primary: TicketId, other: TicketId) -> anyhow::Result<TicketId> {
        let merged = self.hubspot.agent(SAM.user).merge(primary, other)?;
        self.tell(Who::Person("Sam"), &format!("merges ticket {other} into {primary}: both are ticket {merged} now"));
        self.knows(merged);
        Ok(merged)
    }

    /// Sam fills in a property: what people call it, and what they see there.
    pub fn fill_in(&mut self, ticket: TicketId, property: &str, value: &str, shown: &str) -> anyhow::Result<()> {
        self.tell(Who::Person("Sam"), &format!("sets {shown}"));
        self.hubspot.agent(SAM.user).set(ticket, property, value)
    }

    /// Tech moves an issue.
    pub fn move_issue(&mut self, key: &str, status: &str) {
        self.tell(Who::Person("Tech"), &format!("moves {key} to {status}"));
        self.jira.move_issue(key, status);
    }

    /// Tech writes a comment on an issue.
    pub fn comment_on_issue(&mut self, key: &str, text: &str) {
        self.tell(Who::Person("Tech"), &format!("comments on {key}"));
        self.page.quote(text);
        self.jira.comment_by(key, "Priya Nair", text);
        // Who saw it being written need not be shown it.
        self.told.see_issues(&self.jira);
    }

    /// The conversation about a ticket; the first word begins it.
    fn conversation(&self, ticket: TicketId) -> anyhow::Result<ThreadId> {
        match self.hubspot.threads(ticket).first() {
            Some(thread) => Ok(thread.id),
            None => {
                let contact = self.hubspot.contact("Jo", "Park", "jo@harbourgrill.example");
                self.hubspot.open_thread(ticket, contact)
            }
        }
    }
}

/// Who a line about somebody is about.
pub fn person(who: Member) -> Who {
    Who::Person(who.name.split(' ').next().unwrap_or(who.name))
}

/// As many of the five points, in words.
fn points(count: usize) -> String {
    match count {
        5 => "all five points".to_owned(),
        1 => "the point that is missing".to_owned(),
        2 => "the two that are missing".to_owned(),
        _ => format!("{count} of the five points"),
    }
}

fn to_dana(lines: &[&str]) -> String {
    let dana = format!("<strong data-at-mention data-user-id=\"{}\">@{}</strong>", DANA.user, DANA.name);
    [dana.as_str()].iter().chain(lines).map(|it| format!("<p>{it}</p>")).collect()
}
