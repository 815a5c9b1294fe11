//! Tickets of the requests in `events/` that are about the end of an escalation, and about news from Jira.

use std::time::Duration;

use escalation::id::TicketId;

use crate::team::{DANA, SAM};
use crate::world::hubspot::HubSpot;
use crate::world::jira::Jira;

/// Who works on the issues.
const DEVELOPER: &str = "Jane Developer";

const COMMENT: &str = "<p>Issue: Kiosks log guests out; they expect to stay.</p><p>Investigated: It is so on all of \
    them.</p><p>Action Taken: Restarted two.</p><p>Blocker: The session is the server's.</p><p>Required to Resolve: \
    A fix.</p>";

/// Tickets that are waiting for one question each.
pub struct Samples<'a> {
    hubspot: &'a HubSpot,
    jira: &'a Jira,
    /// Lets time pass.
    pass: &'a dyn Fn(Duration) -> anyhow::Result<()>,
}

impl<'a> Samples<'a> {
    /// The time that making them takes.
    pub const TIME: Duration = Duration::from_mins(10);

    /// Makes them, while time passes.
    ///
    /// # Errors
    /// HubSpot does not take what people do, or time does not pass.
    pub fn make(
        hubspot: &'a HubSpot,
        jira: &'a Jira,
        pass: &'a dyn Fn(Duration) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let it = Self { hubspot, jira, pass };
        it.with_issues()?;
        it.closed()
    }

    /// Those that follow an issue of which there is something to tell.
    fn with_issues(&self) -> anyhow::Result<()> {
        let mut keys = Vec::new();
        for number in 4214..=4217 {
            let ticket = self.escalated(number, "Kiosks log guests out")?;
            let key = self.jira.created_by_hand("TECH", "Bug", "Kiosks log guests out");
            let labels = [format!("hs-ticket-{}-{ticket}", self.hubspot.settings().portal)];
            self.jira.label(&key, &labels.each_ref().map(String::as_str));
            keys.push((ticket, key));
        }
        (self.pass)(Duration::from_mins(1))?;
        let dana = self.hubspot.agent(DANA.user);
        for (ticket, key) in &keys {
            dana.set(*ticket, "escalation_type", "tech")?;
            dana.set(*ticket, "jira_reference", key)?;
        }
        (self.pass)(Duration::from_mins(1))?;
        let [moved, done, told, deleted] = &*keys else { unreachable!("there are four") };
        self.jira.move_issue(&moved.1, "In Progress");
        self.jira.comment_by(&moved.1, DEVELOPER, "[CS] We see it too. A fix is on its way.");
        self.jira.move_issue(&done.1, "Done");
        self.hubspot.workflow_sets(told.0, "jira_status", "To Do")?;
        self.jira.delete(&deleted.1);
        Ok(())
    }

    /// One that is resolved but for our word, and two that were closed before the customer was told.
    fn closed(&self) -> anyhow::Result<()> {
        let (sam, dana) = (self.hubspot.agent(SAM.user), self.hubspot.agent(DANA.user));
        let mut threads = Vec::new();
        for number in 4218..=4220 {
            let ticket = self.escalated(number, "Double charge on table 14")?;
            let contact = self.hubspot.contact("Jo", "Park", "jo@harbourgrill.example");
            threads.push((ticket, self.hubspot.open_thread(ticket, contact)?));
        }
        (self.pass)(Duration::from_mins(1))?;
        for (ticket, _) in &threads {
            dana.write_note(*ticket, "<p>Refund approved.</p>")?;
        }
        (self.pass)(Duration::from_mins(1))?;
        sam.reply(threads[0].1, "We refund the second charge today.")?;
        for (ticket, _) in &threads {
            sam.set(*ticket, "escalation_type", "")?;
            sam.move_to(*ticket, "4")?;
        }
        // Those who closed too early had their time.
        (self.pass)(Duration::from_mins(6))
    }

    fn escalated(&self, number: u64, issue: &str) -> anyhow::Result<TicketId> {
        let sam = self.hubspot.agent(SAM.user);
        self.hubspot.number_from(number);
        let subject = format!("Escalation - Harbour Grill - {issue}");
        let ticket = sam.create_ticket(&[("subject", &subject), ("hubspot_owner_id", &SAM.owner.to_string())])?;
        self.hubspot.number_from(number * 1_000);
        let company = self.hubspot.company("Harbour Grill", "harbourgrill.example");
        sam.associate_company(ticket, company)?;
        sam.write_note(ticket, COMMENT)?;
        sam.set(ticket, "escalation_type", "shift_lead")?;
        Ok(ticket)
    }
}
