//! How the comment of an escalation stands, as the ticket's property says.

/// What the check found of a comment, or what a person said instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// There is none.
    Missing,
    /// Something is missing in it.
    Incomplete,
    /// All five points are there.
    Complete,
    /// A person lets the escalation go on without it.
    Waived,
}

impl Status {
    /// All of them, in the order of the property's options.
    pub const ALL: [Self; 4] = [Self::Missing, Self::Incomplete, Self::Complete, Self::Waived];

    /// The option's internal name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Incomplete => "incomplete",
            Self::Complete => "complete",
            Self::Waived => "waived",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Missing => "Missing",
            Self::Incomplete => "Incomplete",
            Self::Complete => "Complete",
            Self::Waived => "Waived",
        }
    }

    /// The status of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
