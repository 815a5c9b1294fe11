//! The ids of HubSpot's records, and who may have done something to one.

use std::fmt;

use jiff::Timestamp;

/// A person with a seat in the account; not the same number as their owner id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub u64);

/// A CRM note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u64);

/// A logged call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// A contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactId(pub u64);

/// A company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompanyId(pub u64);

/// A conversation of the help desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(pub u64);

/// One entry of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub String);

/// What kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `0-5`
    Ticket,
    /// `0-46`
    Note,
    /// `0-48`
    Call,
    /// `0-49`
    Email,
    /// `0-18`
    Communication,
    /// `0-1`
    Contact,
    /// `0-2`
    Company,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Ticket, Self::Note, Self::Call, Self::Email, Self::Communication, Self::Contact, Self::Company];

    /// The name in paths.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Ticket => "tickets",
            Self::Note => "notes",
            Self::Call => "calls",
            Self::Email => "emails",
            Self::Communication => "communications",
            Self::Contact => "contacts",
            Self::Company => "companies",
        }
    }

    /// The name in association types; upper case in messages.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Note => "note",
            Self::Call => "call",
            Self::Email => "email",
            Self::Communication => "communication",
            Self::Contact => "contact",
            Self::Company => "company",
        }
    }

    /// [The object type id](https://developers.hubspot.com/docs/api/crm/understanding-the-crm#object-type-ids).
    pub fn type_id(self) -> &'static str {
        match self {
            Self::Ticket => "0-5",
            Self::Note => "0-46",
            Self::Call => "0-48",
            Self::Email => "0-49",
            Self::Communication => "0-18",
            Self::Contact => "0-1",
            Self::Company => "0-2",
        }
    }

    /// Whether it is something that people did: HubSpot dates it, and says who did it.
    pub fn is_activity(self) -> bool {
        matches!(self, Self::Note | Self::Call | Self::Email | Self::Communication)
    }

    /// HubSpot takes any of the three names in a path.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| [it.plural(), it.singular(), it.type_id()].contains(&name))
    }
}

/// Who changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A person on HubSpot's pages.
    User(UserId),
    /// The holder of the access token.
    App(u64),
    /// The customer, by mail or chat.
    Customer,
    /// A workflow of the account.
    Workflow,
    /// HubSpot itself.
    Computed,
}

impl Source {
    /// `sourceType` of a property's history.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "CRM_UI",
            Self::App(_) => "INTEGRATION",
            Self::Customer => "CONVERSATIONS",
            Self::Workflow => "AUTOMATION_PLATFORM",
            Self::Computed => "CALCULATED",
        }
    }

    /// `sourceId` of a property's history.
    pub fn id(&self) -> String {
        match self {
            Self::User(user) => format!("userId:{user}"),
            Self::App(app) => app.to_string(),
            Self::Customer => "CONVERSATIONS".to_owned(),
            Self::Workflow => "enrollmentId:2384423471391;actionExecutionIndex:0".to_owned(),
            Self::Computed => "CalculatedPropertyComputer".to_owned(),
        }
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A time as HubSpot writes it: milliseconds where there are any.
pub fn iso(at: Timestamp) -> String {
    match at.subsec_millisecond() {
        0 => at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        _ => at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
    }
}
