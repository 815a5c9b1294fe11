//! Which stage a ticket goes to once its escalation is with Tech.

use std::str::FromStr;

/// What a stage means for the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Nobody has looked yet.
    New,
    /// The customer's turn.
    WaitingOnCustomer,
    /// Our turn.
    WaitingOnUs,
    /// With Tech.
    InProgress,
    /// Done.
    Closed,
    /// Closed without a resolution: spam, duplicate.
    Exempt,
}

/// What becomes of a ticket's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// It moves.
    Move {
        /// HubSpot's id of the stage.
        stage: &'a str,
        /// What that stage means: [`Role::WaitingOnUs`] where the pipeline has none for Tech.
        role: Role,
    },
    /// It stays.
    Stay(Why),
}

/// Why a ticket stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is there already.
    There,
    /// It is closed, which only a person takes back.
    Closed,
    /// It is closed without a resolution.
    Exempt,
    /// Nobody says what its stage means.
    Unknown,
    /// Its pipeline has no stage for it.
    NoStage,
}

/// Where a ticket goes whose stage means `present`; `None` for a stage that the policy does not know.
/// Of several stages of one role the first one of `stages` counts.
pub fn for_tech<'a>(stages: &[(&'a str, Role)], present: Option<Role>) -> Step<'a> {
    let first = |role| stages.iter().find(|it| it.1 == role).map(|&(stage, role)| Step::Move { stage, role });
    let in_progress = first(Role::InProgress);
    match present {
        None => Step::Stay(Why::Unknown),
        Some(Role::InProgress) => Step::Stay(Why::There),
        Some(Role::Closed) => Step::Stay(Why::Closed),
        Some(Role::Exempt) => Step::Stay(Why::Exempt),
        Some(Role::WaitingOnUs) => in_progress.unwrap_or(Step::Stay(match first(Role::WaitingOnUs) {
            Some(_) => Why::There,
            None => Why::NoStage,
        })),
        Some(Role::New | Role::WaitingOnCustomer) => {
            in_progress.or_else(|| first(Role::WaitingOnUs)).unwrap_or(Step::Stay(Why::NoStage))
        }
    }
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::New, Self::WaitingOnCustomer, Self::WaitingOnUs, Self::InProgress, Self::Closed, Self::Exempt];

    /// What the policy calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::WaitingOnCustomer => "waiting_on_customer",
            Self::WaitingOnUs => "waiting_on_us",
            Self::InProgress => "in_progress",
            Self::Closed => "closed",
            Self::Exempt => "exempt",
        }
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let role = Self::ALL.into_iter().find(|it| it.name() == name);
        role.ok_or_else(|| {
            format!("`{name}` is no role of a stage; write one of {}", Self::ALL.map(Self::name).join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHERS: [(&str, Role); 4] =
        [("new", Role::New), ("customer", Role::WaitingOnCustomer), ("closed", Role::Closed), ("spam", Role::Exempt)];

    /// What becomes of a ticket in each role, the unknown one last, in a pipeline that has these stages too.
    fn table(more: &[(&'static str, Role)]) -> [String; 7] {
        let stages: Vec<_> = OTHERS.into_iter().chain(more.iter().copied()).collect();
        let present = Role::ALL.map(Some).into_iter().chain([None]);
        let steps = present.map(|it| match for_tech(&stages, it) {
            Step::Move { stage, role } => {
                assert!(stages.contains(&(stage, role)));
                format!("to {stage}")
            }
            Step::Stay(why) => format!("{why:?}"),
        });
        steps.collect::<Vec<_>>().try_into().unwrap()
    }

    #[test]
    fn a_ticket_moves_to_in_progress_unless_it_is_further_on() {
        let stages = [("us", Role::WaitingOnUs), ("tech", Role::InProgress)];
        let expected = ["to tech", "to tech", "to tech", "There", "Closed", "Exempt", "Unknown"];
        assert_eq!(table(&stages), expected);
        assert_eq!(table(&stages[1..]), expected);
    }

    #[test]
    fn our_turn_stands_for_in_progress_where_there_is_none() {
        let expected = ["to us", "to us", "There", "There", "Closed", "Exempt", "Unknown"];
        assert_eq!(table(&[("us", Role::WaitingOnUs)]), expected);
    }

    #[test]
    fn a_ticket_stays_in_a_pipeline_with_neither() {
        let expected = ["NoStage", "NoStage", "NoStage", "There", "Closed", "Exempt", "Unknown"];
        assert_eq!(table(&[]), expected);
    }

    #[test]
    fn of_several_stages_the_first_one_counts() {
        let two = [("second", Role::InProgress), ("first", Role::InProgress), ("us", Role::WaitingOnUs)];
        assert_eq!(table(&two)[0], "to second");
        let two = [("us 2", Role::WaitingOnUs), ("us 1", Role::WaitingOnUs)];
        assert_eq!(table(&two)[0], "to us 2");
    }
}
