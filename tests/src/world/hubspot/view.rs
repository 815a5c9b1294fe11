//! Views of the help desk, as a person sees them.

use escalation::id::TicketId;
use escalation::views::{Choice, Filter, Is, View};

use super::agent::Agent;
use super::id::Kind;
use super::portal::Portal;
use super::record::Record;
use super::schema::Type;

impl Agent<'_> {
    /// The tickets of a view as this person sees it.
    pub fn view(&self, view: &View) -> Vec<TicketId> {
        let portal = self.hubspot.lock();
        let me = portal.owners.iter().find(|it| it.user == self.user).map(|it| it.id.to_string());
        let tickets = portal.records.values().filter(|it| it.kind == Kind::Ticket && it.archived.is_none());
        let shown = tickets.filter(|ticket| view.filters.iter().all(|it| portal.passes(ticket, it, me.as_deref())));
        shown.map(|it| TicketId(it.id)).collect()
    }
}

impl Portal {
    /// Whether a filter lets a ticket pass. A property that the account has not is empty.
    fn passes(&self, ticket: &Record, filter: &Filter, me: Option<&str>) -> bool {
        let Some(property) = self.property(Kind::Ticket, &filter.property) else {
            return false;
        };
        let Some(value) = ticket.value(&property.name) else {
            return false;
        };
        let is_one_of = |choices: &[Choice], value: &str| choices.iter().any(|it| it.value == value);
        match (&filter.is, &property.takes) {
            (Is::AnyOf(choices), Type::Several(_)) => value.split(';').any(|it| is_one_of(choices, it)),
            (Is::AnyOf(choices), _) => is_one_of(choices, value),
            (Is::Known, _) => true,
            (Is::Me, _) => me == Some(value),
        }
    }
}
