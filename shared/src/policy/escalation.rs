//! What counts as an escalation, and who may send one to Tech.

use jiff::Timestamp;
use serde::Deserialize;

use super::{Whole, place};
use crate::procedure::sla::Target;
use crate::reading::SHIFT_LEAD;

/// What counts as an escalation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Options of Escalation Type that do not escalate.
    #[serde(default, deserialize_with = "place::each")]
    ignored_types: Vec<Ignored>,
    /// Escalations that started earlier are left alone.
    pub ignore_before: Option<Timestamp>,
    /// Who may send an escalation to Tech.
    pub tech_by: TechBy,
    /// Minutes after which an escalation without a complete comment is shown to the shift lead anyway.
    pub waiting_minutes: Whole<0, 1440>,
    /// When the Shift Lead is reminded of an escalation in Tech that has no Jira issue.
    #[serde(deserialize_with = "super::calendar::target")]
    pub issue_reminder: Target,
    /// When the Shift Lead is reminded of an escalation in Tech whose Jira issue is done.
    #[serde(deserialize_with = "super::calendar::target")]
    pub done_reminder: Target,
}

/// Who may send an escalation to Tech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TechBy {
    /// The shift leads; see [`super::Policy::may_send_to_tech`].
    ShiftLeads,
    /// Agents too.
    Anyone,
}

impl Escalation {
    /// Whether this option of Escalation Type escalates.
    pub fn escalates(&self, option: &str) -> bool {
        !self.ignored_types.iter().any(|it| it.0 == option)
    }
}

/// An option of Escalation Type that does not escalate.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
struct Ignored(String);

impl TryFrom<String> for Ignored {
    type Error = String;

    fn try_from(option: String) -> Result<Self, Self::Error> {
        if option == SHIFT_LEAD {
            return Err(format!(
                "`{SHIFT_LEAD}` is how every escalation begins: were it ignored, none would come into a lane; take it \
                 out of this list"
            ));
        }
        Ok(Self(option))
    }
}
