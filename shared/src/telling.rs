//! Tells people about an escalation, each thing once.

pub mod slack;
pub mod thread;

use crate::http::Fault;
use crate::hubspot::{HubSpot, Note, Person};
use crate::id::TicketId;
use crate::ledger::{Effect, How, Ledger, Look, Setback};
use crate::procedure::message::{Message, Span};
use crate::runtime::{Invocation, Result};

use serde::Serialize;

/// One escalation of one ticket, and the means to tell people about it.
pub struct Telling<'a> {
    /// Where the ticket is.
    pub hubspot: &'a HubSpot,
    /// What keeps a thing from being said twice.
    pub ledger: &'a Ledger,
    /// This run.
    pub invocation: &'a Invocation,
    /// The ticket, and who finishes what is not finished now.
    pub look: Look,
    /// Which escalation of the ticket.
    pub cycle: u32,
    /// The ticket on which it began: another one where that was merged into this.
    pub began_on: TicketId,
}

impl Telling<'_> {
    /// Names an effect by its meaning: this escalation of this ticket, and which of its kind.
    ///
    /// # Errors
    /// A part of the name is empty.
    pub fn effect(&self, flow: &'static str, which: &[&str]) -> Result<Effect> {
        self.effect_defined_by(flow, which, &())
    }

    /// The same; what a vendor refused for good is tried again where it is defined by other fields.
    ///
    /// # Errors
    /// A part of the name is empty.
    pub fn effect_defined_by(&self, flow: &'static str, which: &[&str], defined_by: &impl Serialize) -> Result<Effect> {
        let (portal, ticket) = (self.look.portal().to_string(), self.began_on.to_string());
        let cycle = self.cycle.to_string();
        let identity: Vec<&str> = [&*portal, &*ticket, &*cycle].iter().chain(which).copied().collect();
        Ok(self.ours(Effect::new(flow, &identity, defined_by)?))
    }

    /// Names an effect that several tickets ask for, by all that tells it from others of its kind.
    ///
    /// # Errors
    /// A part of the name is empty.
    pub fn shared_effect(&self, flow: &'static str, identity: &[&str]) -> Result<Effect> {
        Ok(self.ours(Effect::new(flow, identity, &())?))
    }

    fn ours(&self, effect: Effect) -> Effect {
        effect.finished_by(self.look.clone()).about(self.look.ticket(), self.cycle)
    }

    /// The ticket's own page.
    pub fn page(&self) -> String {
        format!("https://app.hubspot.com/contacts/{}/record/0-5/{}", self.look.portal(), self.look.ticket())
    }

    /// The ticket's own page, with the effect's marker. That rides behind `#`, where no browser sends
    /// it and HubSpot's clean-up of note HTML leaves it.
    pub fn link(&self, effect: &Effect) -> String {
        format!("{}#{}", self.page(), effect.marker())
    }

    /// Writes an internal note once, after `first`; a later attempt looks for its marker, which
    /// `message` carries in its [link](Self::link), before it writes.
    ///
    /// # Errors
    /// The note is not written, or nobody knows.
    pub async fn note(
        &self,
        effect: &Effect,
        message: &Message,
        first: impl Future<Output = Result<(), Setback>>,
    ) -> Result<How> {
        let look_up = async { self.find_note(effect.marker()).await.map_err(Fault::of_a_read) };
        let act = async {
            first.await?;
            self.write_note(message).await
        };
        let done = self.ledger.once::<Note, _, _>(effect, self.invocation, look_up, act).await?;
        if done.how != How::Replayed {
            let note = &done.output.id;
            tracing::info!(ticket = %self.look.ticket(), effect = effect.key(), note, "Wrote note {note}");
        }
        Ok(done.how)
    }

    /// Writes an internal note. Not idempotent: the ledger guards it.
    ///
    /// # Errors
    /// The note is not written, or nobody knows.
    pub async fn write_note(&self, message: &Message) -> Result<Note, Setback> {
        Ok(self.hubspot.create_note(self.look.ticket(), &message.html(), self.invocation.now()).await?)
    }

    /// The note that carries an effect's marker.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn find_note(&self, marker: &str) -> Result<Option<Note>, Fault> {
        let Some(ticket) = self.hubspot.ticket(self.look.ticket(), &[], &[]).await? else {
            return Ok(None);
        };
        let notes = self.hubspot.notes_of(self.look.ticket(), &ticket).await?;
        Ok(notes.into_iter().find(|it| it.contains(marker)).map(|it| Note { id: it.id }))
    }
}

/// Means a person, so that HubSpot notifies them; only names who has left.
pub fn mention(person: &Person) -> Span {
    match person.user_id {
        Some(user_id) => Span::Mention { user_id, name: person.name.clone(), email: person.email.clone(), slack: None },
        None => Span::Plain(person.name.clone()),
    }
}
