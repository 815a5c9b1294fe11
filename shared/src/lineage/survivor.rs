//! A ticket as it is read: with what it carries on.

use super::settle::{Merge, absorbed};
use crate::http::Fault;
use crate::hubspot::Ticket;
use crate::id::TicketId;
use crate::runtime::{Failure, Mode};

impl Merge<'_> {
    /// The ticket that was asked for, as `read` finds it, once it carries on what was merged into it. Trying
    /// out changes nothing.
    ///
    /// # Errors
    /// HubSpot or the state table is down, or HubSpot refuses.
    pub async fn survivor<F>(&self, asked: TicketId, mode: Mode, read: impl Fn() -> F) -> Result<Option<Ticket>, Fault>
    where
        F: Future<Output = Result<Option<Ticket>, Fault>>,
    {
        let Some(ticket) = read().await? else {
            return Ok(None);
        };
        let is_new = mode == Mode::Enforce && self.settle_what_was_read(&ticket, asked).await?;
        if is_new { read().await } else { Ok(Some(ticket)) }
    }

    /// Settles what the ticket that was read was merged of, where that is still to be done. Says whether it is
    /// to be read anew.
    async fn settle_what_was_read(&self, ticket: &Ticket, asked: TicketId) -> Result<bool, Fault> {
        let absorbed = absorbed(ticket, asked);
        if absorbed.is_empty() {
            return Ok(false);
        }
        // What nearly no ticket needs takes no room in the run of each.
        match Box::pin(self.settle(ticket.id.unwrap_or(asked), &absorbed)).await {
            Ok(is_new) => Ok(is_new),
            Err(Failure::Busy { retry_after }) => {
                Err(Fault::NotNow { retry_after, reason: "the merge is being settled".to_owned() })
            }
            Err(Failure::Rejected(reason)) => Err(Fault::Refused { status: 400, reason }),
            Err(Failure::Later(cause)) => Err(Fault::NotSent { reason: format!("{cause:#}") }),
        }
    }
}
