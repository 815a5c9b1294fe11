//! Which tickets notes and conversations belong to.

use std::collections::BTreeMap;

use anyhow::{Context as _, Error, Result};
use escalation::http::Fault;
use escalation::hubspot::is_forbidden;
use escalation::id::TicketId;
use futures_util::stream::{self, StreamExt};
use tracing::warn;

use super::hint::{About, Hint, Reason};
use super::until::Until;
use super::{HubSpotEvents, tell_denied};

/// A hundred conversations are read in time where HubSpot takes a third of a second for each.
const READS_AT_A_TIME: usize = 25;

impl HubSpotEvents {
    /// The tickets that hints lead to, in the same order; and how many could not be followed. What is on no
    /// ticket leads nowhere.
    pub(super) async fn find(&self, hints: Vec<Hint>, until: Until) -> (Vec<Hint>, usize) {
        let notes = hints.iter().filter_map(|it| if let About::Note(id) = it.1 { Some(id) } else { None }).collect();
        let threads =
            hints.iter().filter_map(|it| if let About::Thread(id) = it.1 { Some(id) } else { None }).collect();
        let (notes, threads) = tokio::join!(self.of_notes(notes, until), self.of_threads(threads, until));
        let (mut found, mut lost) = (Vec::new(), 0);
        for (portal, about) in hints {
            let tickets = match &about {
                About::Note(note) => notes.as_ref().map(|it| it.get(note).cloned().unwrap_or_default()),
                About::Thread(thread) => threads[thread].as_ref().map(|it| it.iter().copied().collect()),
                About::Ticket(..) | About::Merged(..) => {
                    found.push((portal, about));
                    continue;
                }
            };
            match tickets {
                Ok(tickets) => {
                    found.extend(tickets.into_iter().map(|it| (portal, About::Ticket(it, Reason::Written))));
                }
                Err(error) => {
                    tell_denied(error);
                    // Told again, it would be as closed to us.
                    lost += usize::from(!is_closed_to_us(error));
                    warn!("Cannot tell which ticket {about:?} belongs to: {error:#}");
                }
            }
        }
        (found, lost)
    }

    async fn of_notes(&self, notes: Vec<u64>, until: Until) -> Result<BTreeMap<u64, Vec<TicketId>>> {
        if notes.is_empty() {
            return Ok(BTreeMap::new());
        }
        until.end(self.hubspot.tickets_of_notes(&notes)).await.context("read the associations")
    }

    async fn of_threads(&self, threads: Vec<u64>, until: Until) -> BTreeMap<u64, Result<Option<TicketId>>> {
        let mut reads = Vec::new();
        for thread in threads {
            reads.push(async move { (thread, until.end(self.hubspot.ticket_of_thread(thread)).await) });
        }
        stream::iter(reads).buffer_unordered(READS_AT_A_TIME).collect().await
    }
}

/// Whether we may not read it, or it cannot be read, whenever we ask.
fn is_closed_to_us(error: &Error) -> bool {
    match error.downcast_ref() {
        Some(Fault::Denied { reason }) => is_forbidden(reason),
        Some(Fault::Refused { .. }) => true,
        _ => false,
    }
}
