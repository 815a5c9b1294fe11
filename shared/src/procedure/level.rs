//! Whom an escalation is with, and how urgent its ticket is.

use std::fmt;
use std::str::FromStr;

/// A step of the ladder, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A senior agent. Usually off: all escalations start with the Shift Lead.
    Senior,
    /// The Shift Lead.
    ShiftLead,
    /// The technical team.
    Tech,
    /// Executives.
    Executive,
}

impl Level {
    /// All of them, lowest first.
    pub const ALL: [Self; 4] = [Self::Senior, Self::ShiftLead, Self::Tech, Self::Executive];

    /// Its number, which is also its option of the ticket property.
    pub fn number(self) -> &'static str {
        match self {
            Self::Senior => "1",
            Self::ShiftLead => "2",
            Self::Tech => "3",
            Self::Executive => "4",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Senior => "Senior",
            Self::ShiftLead => "Shift Lead",
            Self::Tech => "Tech",
            Self::Executive => "Executive",
        }
    }

    /// The level of a number.
    pub fn from_number(number: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.number() == number)
    }
}

/// A ticket's priority, lowest first: HubSpot's own property `hs_ticket_priority`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Urgent.
    Urgent,
}

impl Priority {
    /// All of them, lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// HubSpot's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::High => "HIGH",
            Self::Urgent => "URGENT",
        }
    }
}

impl FromStr for Priority {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|it| it.name() == name)
            .ok_or_else(|| format!("`{name}` is no priority; there are LOW, MEDIUM, HIGH and URGENT"))
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_found_by_its_number() {
        for level in Level::ALL {
            assert_eq!(Level::from_number(level.number()), Some(level));
        }
        for other in ["", "0", "5", "02", " 2", "shift_lead"] {
            assert_eq!(Level::from_number(other), None, "{other}");
        }
    }

    #[test]
    fn a_priority_has_the_name_that_hubspot_gives_it() {
        for priority in Priority::ALL {
            assert_eq!(priority.name().parse(), Ok(priority));
        }
        assert!("high".parse::<Priority>().unwrap_err().contains("`high` is no priority"));
    }

    #[test]
    fn levels_and_priorities_are_ordered() {
        assert!(Level::ALL.is_sorted());
        assert!(Level::Executive > Level::Tech && Level::ShiftLead > Level::Senior);
        assert!(Priority::ALL.is_sorted());
        assert!(Priority::Urgent > Priority::High && Priority::Medium > Priority::Low);
    }
}
