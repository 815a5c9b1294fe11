//! The three criteria, and what becomes of a ticket that was closed without them.

use std::str::FromStr;

use super::told::Untold;

/// A criterion that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Nothing shows that the customer was told.
    NotCommunicated(Untold),
    /// Escalation Type is set.
    TypeNotCleared,
    /// The ticket is open.
    NotClosed,
}

impl Missing {
    /// One of each, in the order of the property's options.
    pub const EACH: [Self; 3] =
        [Self::NotCommunicated(Untold { since: None, but: None }), Self::TypeNotCleared, Self::NotClosed];

    /// The option's internal name, and the name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotCommunicated(_) => "not_communicated",
            Self::TypeNotCleared => "type_not_cleared",
            Self::NotClosed => "not_closed",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotCommunicated(_) => "Not communicated",
            Self::TypeNotCleared => "Type not cleared",
            Self::NotClosed => "Not closed",
        }
    }
}

/// What becomes of a ticket that was closed too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It goes back to the open stage it came from, once in an escalation; after that as [`Self::Flag`].
    Revert,
    /// It stays closed, under an audit mark.
    Flag,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Revert, Self::Flag];

    /// What the policy and the action's input call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revert => "revert",
            Self::Flag => "flag",
        }
    }
}

impl FromStr for Mode {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let mode = Self::ALL.into_iter().find(|it| it.name() == name);
        mode.ok_or_else(|| format!("`{name}` is no mode of closure; write one of revert, flag"))
    }
}

/// Why a ticket that was closed too early stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The policy wants it so.
    Policy,
    /// We opened it once in this escalation.
    OpenedBefore,
    /// The same, and an automation closed it: we would open and it would close for ever.
    ClosedByMachineAgain,
    /// HubSpot did not let us open it.
    Refused,
    /// Nobody knows an open stage to go back to.
    NoStage,
    /// Something that we may not read may show that the customer was told.
    Unreadable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_read_back() {
        for mode in Mode::ALL {
            assert_eq!(mode.name().parse(), Ok(mode));
        }
        let unknown = "reopen".parse::<Mode>().unwrap_err();
        assert_eq!(unknown, "`reopen` is no mode of closure; write one of revert, flag");
    }
}
