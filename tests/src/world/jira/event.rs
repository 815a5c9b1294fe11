//! What happened to issues, in order: what an automation rule or a webhook would tell of.

use jiff::Timestamp;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Our account.
    App,
    /// A person, by name.
    Person(String),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// It was created.
    Created,
    /// It moved from one status to another, by name.
    Moved {
        /// Where it was.
        from: String,
        /// Where it is.
        to: String,
    },
    /// Its labels were changed.
    Labelled,
    /// Something else of it was changed.
    Edited,
    /// A comment was written, with this id.
    Commented(String),
    /// A remote link was set, by its global id where it has one.
    LinkedOut(Option<String>),
    /// An entity property was set.
    PropertySet(String),
    /// It was linked to another issue, by key.
    Linked(String),
    /// It went to another project and has a new key.
    Rekeyed {
        /// The key it had.
        from: String,
    },
    /// It was deleted.
    Deleted,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, by the world's clock.
    pub at: Timestamp,
    /// The issue's id.
    pub issue: String,
    /// The key it has since.
    pub key: String,
    /// Who did it.
    pub by: Actor,
    /// What happened.
    pub what: Happening,
}
