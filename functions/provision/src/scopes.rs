//! What the HubSpot app may do.

/// A scope that the app's token needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// HubSpot's name for it.
    pub name: &'static str,
    /// What goes without it, in a sentence's part.
    pub opens: &'static str,
}

/// All of them: what the actions read and write, what the webhooks tell, and what sets the properties up. Importing
/// workflows takes `automation` once, which is better given to a key of its own.
pub const SCOPES: [Scope; 6] = [
    Scope { name: "tickets", opens: "tickets, their properties and pipelines" },
    Scope { name: "crm.objects.contacts.read", opens: "who the customer is, notes, calls, e-mails and text messages" },
    Scope { name: "crm.objects.contacts.write", opens: "writing notes on tickets" },
    Scope { name: "crm.objects.companies.read", opens: "the customer's company" },
    Scope { name: "crm.objects.owners.read", opens: "who owns a ticket, and the people of the rota" },
    Scope { name: "conversations.read", opens: "comments and messages in the help desk" },
];
