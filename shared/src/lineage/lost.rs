//! An escalation whose ticket was deleted before its end.

use jiff::{SignedDuration, Timestamp};

use super::facts::{Registered, gone_since};
use crate::id::TicketId;
use crate::ledger::{Ledger, Look};
use crate::policy::Policy;
use crate::procedure::trigger::Trigger;
use crate::runtime::Result;

/// Before anybody is told: what was deleted by mistake is restored by then, and of what was merged away the
/// survivor is known.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

/// What is known of it.
pub struct Lost {
    /// The ticket on which it began.
    pub began_on: TicketId,
    /// Its number there.
    pub number: u32,
    /// When it began.
    pub since: Timestamp,
    /// Its Jira issue, as the ticket named it; empty where it had none.
    pub issue: String,
    /// Whether its details are kept to the ticket.
    pub is_restricted: bool,
}

/// What there is to tell of a ticket that is not there any more; `None` where nothing was open, or it is too
/// early to say. Then `look` is taken once more.
///
/// # Errors
/// The state table is down.
pub async fn lost(ledger: &Ledger, policy: &Policy, look: &Look, now: Timestamp) -> Result<Option<Lost>> {
    let place = (look.portal(), look.ticket());
    let Some(registered) = Registered::read(ledger, policy, place).await? else {
        return Ok(None);
    };
    let gone_at = gone_since(ledger, place, &registered, now).await?;
    if now < gone_at + PATIENCE {
        ledger.look_again(look, gone_at + PATIENCE).await?;
        return Ok(None);
    }
    let ours = &policy.properties;
    let reasons = registered.value(&ours.reason).split(';');
    Ok(Some(Lost {
        began_on: registered.began_on,
        number: registered.number,
        since: registered.since,
        issue: registered.value(&ours.jira_reference).to_owned(),
        is_restricted: reasons.filter_map(|it| Trigger::from_code(it.trim())).any(Trigger::is_sensitive),
    }))
}
