//! The five points of an escalation comment.

use std::fmt;
use std::str::FromStr;

/// One of the five things a Shift Lead must know before taking a ticket over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// What happened, what was expected, what it costs.
    Issue,
    /// What was checked.
    Investigated,
    /// What was tried.
    ActionTaken,
    /// Why the agent is stuck now.
    Blocker,
    /// What the agent needs from the Shift Lead or Tech.
    RequiredToResolve,
}

impl Point {
    /// The five, in the order of the procedure.
    pub const ALL: [Self; 5] =
        [Self::Issue, Self::Investigated, Self::ActionTaken, Self::Blocker, Self::RequiredToResolve];

    /// The name in properties and outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::Investigated => "investigated",
            Self::ActionTaken => "action_taken",
            Self::Blocker => "blocker",
            Self::RequiredToResolve => "required_to_resolve",
        }
    }

    /// The heading as people write it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Issue => "Issue",
            Self::Investigated => "Investigated",
            Self::ActionTaken => "Action Taken",
            Self::Blocker => "Blocker",
            Self::RequiredToResolve => "Required to Resolve",
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Point {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|point| point.name() == name)
            .ok_or_else(|| format!("`{name}` is not one of the five points"))
    }
}
