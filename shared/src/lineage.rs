//! What of an escalation goes on when its ticket is merged into another.
//!
//! A merge leaves a ticket under another id, with the properties of one of the two: the other's escalation
//! would be lost, and what was done for either be done again. So the facts of an escalation are registered
//! as they are written; whoever first meets the survivor writes on it which escalation it carries on, and
//! effects keep the name of the ticket on which that began.

mod facts;
mod lost;
mod settle;
mod survivor;

pub use facts::{ended, register};
pub use lost::{Lost, lost};
pub use settle::{MERGED, Merge, absorbed};

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use crate::hubspot::Ticket;
use crate::id::TicketId;
use crate::policy::Policy;
use crate::procedure::cycle::Escalation;

/// The escalation of another ticket, which a survivor carries on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The ticket on which it began.
    pub began_on: TicketId,
    /// Its number there.
    pub number: u32,
    /// When it began.
    pub since: Timestamp,
    /// Which of the survivor's own it is, by the survivor's history.
    pub here: u32,
}

impl Carried {
    /// What the ticket says that it carries on; `None` for most. It is read with `merged_from`.
    pub fn of(ticket: &Ticket, policy: &Policy) -> Option<Self> {
        ticket.property(&policy.properties.merged_from).parse().ok()
    }

    /// The ticket's own history, with what was before the merge. Escalations that came after count on.
    pub fn continued(self, own: Escalation) -> Escalation {
        let count = |here: u32| if here < self.here { here } else { here - self.here + self.number };
        match own {
            Escalation::NotEscalated { cycles, cleared_at } => {
                Escalation::NotEscalated { cycles: count(cycles), cleared_at }
            }
            Escalation::Open { number, previous_cleared_at, .. } if number == self.here => Escalation::Open {
                number: self.number,
                started_at: self.since,
                previous_cleared_at: previous_cleared_at.filter(|it| *it < self.since),
            },
            Escalation::Open { number, started_at, previous_cleared_at } => {
                Escalation::Open { number: count(number), started_at, previous_cleared_at }
            }
        }
    }
}

/// The ticket that the effects of an escalation are named after: the one on which it began.
pub fn began_on(ticket: &Ticket, id: TicketId, policy: &Policy) -> TicketId {
    Carried::of(ticket, policy).map_or(id, |it| it.began_on)
}

/// As it stands on the ticket, where people read it, too: `4212 #2 since 2026-06-10T09:00:00Z, here #1`.
impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { began_on, number, since, here } = self;
        write!(f, "{began_on} #{number} since {since}, here #{here}")
    }
}

impl FromStr for Carried {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let read = || {
            let (ticket, rest) = text.split_once(" #")?;
            let (number, rest) = rest.split_once(" since ")?;
            let (since, here) = rest.split_once(", here #")?;
            Some(Self {
                began_on: TicketId(ticket.trim().parse().ok()?),
                number: number.parse().ok()?,
                since: since.parse().ok()?,
                here: here.trim().parse().ok()?,
            })
        };
        read().ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + second).unwrap()
    }

    const CARRIED: Carried =
        Carried { began_on: TicketId(4212), number: 3, since: Timestamp::constant(1_780_000_000, 0), here: 2 };

    #[test]
    fn what_stands_on_the_ticket_reads_the_same() {
        insta::assert_snapshot!(CARRIED, @"4212 #3 since 2026-05-28T20:26:40Z, here #2");
        assert_eq!(CARRIED.to_string().parse(), Ok(CARRIED));
        for other in ["", "4212", "4212 #x since 2026-05-28T20:26:40Z, here #2", "4212 #1 since soon, here #1", "?"] {
            assert_eq!(other.parse::<Carried>(), Err(()), "{other}");
        }
    }

    #[test]
    fn the_survivors_history_goes_on_from_the_escalation_that_it_carries_on() {
        let own = |number| Escalation::Open { number, started_at: at(900), previous_cleared_at: Some(at(500)) };
        let carried = Escalation::Open { number: 3, started_at: at(0), previous_cleared_at: None };
        assert_eq!(CARRIED.continued(own(2)), carried);
        let next = Escalation::Open { number: 4, started_at: at(900), previous_cleared_at: Some(at(500)) };
        assert_eq!(CARRIED.continued(own(3)), next);
        let over = |cycles| Escalation::NotEscalated { cycles, cleared_at: Some(at(950)) };
        assert_eq!(CARRIED.continued(over(2)), over(3));
        assert_eq!(CARRIED.continued(over(4)), over(5));
    }
}
