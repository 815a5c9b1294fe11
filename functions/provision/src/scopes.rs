//! What the HubSpot app must be allowed.

use escalation::hubspot::Readable;
use escalation::policy::{Policy, Source};

/// A scope of HubSpot's, and what needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Its name.
    pub name: &'static str,
    /// Scopes that together do as well: HubSpot has two generations of them.
    pub or: &'static [&'static str],
    /// What is done with it.
    pub used_for: &'static str,
    /// What can be read with it alone; `None` where it is for writing.
    pub opens: Option<Readable>,
}

/// All of them.
/// [Scopes](https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes).
pub const SCOPES: [Scope; 6] = [
    Scope {
        name: "tickets",
        or: &["crm.objects.tickets.read", "crm.objects.tickets.write", "crm.schemas.tickets.write"],
        used_for: "tickets, their properties and pipelines",
        opens: Some(Readable::Tickets),
    },
    Scope {
        name: "crm.objects.contacts.read",
        or: &[],
        used_for: "the customer, and reading notes, calls and e-mails",
        opens: Some(Readable::Contacts),
    },
    Scope { name: "crm.objects.contacts.write", or: &[], used_for: "internal comments (notes)", opens: None },
    Scope {
        name: "crm.objects.companies.read",
        or: &[],
        used_for: "the customer's company",
        opens: Some(Readable::Companies),
    },
    Scope {
        name: "crm.objects.owners.read",
        or: &[],
        used_for: "agents and Shift Leads by name",
        opens: Some(Readable::Owners),
    },
    Scope {
        name: "conversations.read",
        or: &[],
        used_for: "internal comments in the help desk",
        opens: Some(Readable::Conversations),
    },
];

impl Scope {
    /// Whether these scopes do.
    pub fn is_granted_by(&self, scopes: &[String]) -> bool {
        let has = |name: &str| scopes.iter().any(|it| it == name);
        has(self.name) || (!self.or.is_empty() && self.or.iter().all(|it| has(it)))
    }

    /// Whether the policy lets us do without.
    pub fn is_spared_by(&self, policy: &Policy) -> bool {
        self.opens == Some(Readable::Conversations) && !policy.comment.sources.include(Source::Conversations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finer_scopes_do_together() {
        let granted =
            |scopes: &[&str]| SCOPES[0].is_granted_by(&scopes.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        assert!(granted(&["oauth", "tickets"]) && granted(SCOPES[0].or));
        assert!(!granted(&SCOPES[0].or[..2]) && !granted(&[]));
        assert!(!SCOPES[1].is_granted_by(&[]));
    }
}
