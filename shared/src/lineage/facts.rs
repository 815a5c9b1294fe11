//! The facts of an escalation, as they are registered for the day on which its ticket is merged away.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::began_on;
use crate::hubspot::Ticket;
use crate::id::{PortalId, TicketId};
use crate::ledger::{Ledger, Name, Unnamed};
use crate::policy::{Policy, Properties, PropertyName};
use crate::procedure::cycle::State;
use crate::runtime::Result;

/// The ticket on which the escalation began.
pub(super) const BEGAN_ON: &str = "began_on";
/// Its number there.
pub(super) const NUMBER: &str = "number";
/// When it began.
pub(super) const SINCE: &str = "since";

/// When its ticket was first found to be deleted; empty while it is there.
const GONE_AT: &str = "gone_at";

/// What a survivor takes over: codes, ids and times, nobody's words.
pub(super) fn taken_over(ours: &Properties) -> [&PropertyName; 17] {
    [
        &ours.escalation_type,
        &ours.lane,
        &ours.state,
        &ours.level,
        &ours.reason,
        &ours.owner,
        &ours.origin,
        &ours.channel,
        &ours.accepted_at,
        &ours.first_reviewed_at,
        &ours.review_due_at,
        &ours.resolve_due_at,
        &ours.comment_status,
        &ours.jira_reference,
        &ours.jira_url,
        &ours.jira_status,
        &ours.jira_updated_at,
    ]
}

/// Where the facts of a ticket's escalation are registered.
pub(super) fn name(portal: PortalId, ticket: TicketId) -> Result<Name, Unnamed> {
    Name::new("escalation", &[&portal.to_string(), &ticket.to_string()])
}

/// Registers how the escalation of a ticket stands once `written` is on it: before that, so that what
/// people see is never more than what we know.
///
/// # Errors
/// The state table is down.
pub async fn register(
    ledger: &Ledger,
    policy: &Policy,
    (portal, id): (PortalId, TicketId),
    (number, since): (u32, Timestamp),
    (ticket, written): (&Ticket, &BTreeMap<&str, String>),
    now: Timestamp,
) -> Result<()> {
    if written.is_empty() {
        return Ok(());
    }
    let mut facts = BTreeMap::from([
        (BEGAN_ON, began_on(ticket, id, policy).to_string()),
        (NUMBER, number.to_string()),
        (SINCE, since.to_string()),
        (GONE_AT, String::new()),
    ]);
    for property in taken_over(&policy.properties) {
        // Each function reads what it needs of them: of what it did not, the register keeps what it has.
        let read = ticket.known(property).unwrap_or_default();
        if let Some(value) = written.get(&**property) {
            facts.insert(property, value.clone());
        } else if !read.is_empty() || property == &policy.properties.escalation_type {
            facts.insert(property, read.to_owned());
        }
    }
    Ok(ledger.register(&name(portal, id)?, &facts, now).await?)
}

/// Registers that the escalation of a ticket is over, and how.
///
/// # Errors
/// The state table is down.
pub async fn ended(
    ledger: &Ledger,
    policy: &Policy,
    (portal, id): (PortalId, TicketId),
    how: State,
    now: Timestamp,
) -> Result<()> {
    let state = BTreeMap::from([(&*policy.properties.state, how.name().to_owned())]);
    Ok(ledger.register(&name(portal, id)?, &state, now).await?)
}

/// Since when a ticket is known not to be there; from now on, where nobody found that before.
pub(super) async fn gone_since(
    ledger: &Ledger,
    (portal, id): (PortalId, TicketId),
    registered: &Registered,
    now: Timestamp,
) -> Result<Timestamp> {
    if let Ok(since) = registered.value(GONE_AT).parse() {
        return Ok(since);
    }
    let fact = BTreeMap::from([(GONE_AT, now.to_string())]);
    ledger.register(&name(portal, id)?, &fact, now).await?;
    Ok(now)
}

/// What is registered of a ticket's escalation, where that is not over.
pub(super) struct Registered {
    pub began_on: TicketId,
    pub number: u32,
    pub since: Timestamp,
    pub facts: BTreeMap<String, String>,
}

impl Registered {
    pub async fn read(ledger: &Ledger, policy: &Policy, (portal, id): (PortalId, TicketId)) -> Result<Option<Self>> {
        let facts = ledger.registered(&name(portal, id)?).await?;
        let ours = &policy.properties;
        let value = |property: &PropertyName| facts.get(&**property).map_or("", String::as_str);
        let is_open = State::from_name(value(&ours.state)).is_some_and(State::is_open);
        if !is_open || value(&ours.escalation_type).is_empty() {
            return Ok(None);
        }
        let read = || {
            Some((
                TicketId(facts.get(BEGAN_ON)?.parse().ok()?),
                facts.get(NUMBER)?.parse().ok()?,
                facts.get(SINCE)?.parse().ok()?,
            ))
        };
        Ok(read().map(|(began_on, number, since)| Self { began_on, number, since, facts }))
    }

    /// The value of a property when it was last written; empty where it never was.
    pub fn value(&self, property: &str) -> &str {
        self.facts.get(property).map_or("", String::as_str)
    }
}
