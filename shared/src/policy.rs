//! The rules that an administrator may change, from `policy.toml`.
//!
//! Whatever is wrong with the file is found when a function starts, never at three in the morning,
//! and is said with the file, the line and what to do.

mod calendar;
mod closure;
mod comment;
mod escalation;
mod jira;
mod ledger;
mod levels;
mod pipeline;
mod place;
mod properties;
mod rota;
mod shift_lead;
mod slack;
mod trigger;
mod whole;
mod wrong;

pub use rota::Rota;
pub use shift_lead::{LeadKind, ShiftLead, SlackId};
pub use slack::{Channel, Slack};

use anyhow::Context;
use jiff::tz::TimeZone;
use serde::Deserialize;

use place::Mistake;

use crate::procedure::business_time::Calendar;
pub use calendar::{Calendars, Sla};
pub use closure::Closure;
pub use comment::{Comment, PointLabels, Source, Sources};
pub use escalation::{Escalation, TechBy};
pub use jira::{CreatedFor, IssueTypeName, Jira, ProjectKey};
pub use ledger::{Horizon, Ledger};
pub use levels::Levels;
pub use pipeline::{Pipeline, Pipelines, StageRole};
pub use properties::{Properties, PropertyName};
pub use trigger::Triggers;
pub use whole::Whole;
pub use wrong::Wrong;

/// The policy that is compiled in.
const DEFAULT: &str = include_str!("../policy.toml");

/// All rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The team that works by it.
    pub team: Team,
    /// What counts as an escalation.
    pub escalation: Escalation,
    /// When the teams work.
    pub calendars: Calendars,
    /// By when escalations are to be reviewed and resolved.
    pub sla: Sla,
    /// How the agent's comment is found and read.
    pub comment: Comment,
    /// What to do about ticket names.
    pub naming: Naming,
    /// When a text or a ticket asks for an escalation.
    pub triggers: Triggers,
    /// Whom agents mention.
    #[serde(default, deserialize_with = "place::each")]
    pub shift_leads: Vec<ShiftLead>,
    /// When which of them is on duty.
    #[serde(default)]
    pub rota: Rota,
    /// Ticket pipelines and what their stages mean.
    pub pipelines: Pipelines,
    /// How serious an escalation is.
    pub levels: Levels,
    /// What agents are told.
    pub messages: Messages,
    /// When an escalation is over, and what becomes of a ticket that is closed before.
    pub closure: Closure,
    /// Where Slack is told.
    pub slack: Slack,
    /// Which escalations become Jira issues, and what Jira is told.
    pub jira: Jira,
    /// Internal names of our ticket properties.
    pub properties: Properties,
    /// How the ledger waits.
    pub ledger: Ledger,
}

/// The team that works by this policy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// The zone in which people read times.
    pub time_zone: Zone,
}

/// What to do about ticket names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Naming {
    /// What to do.
    pub mode: NamingMode,
}

/// What to do about a ticket's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamingMode {
    /// Say so where it differs.
    Warn,
    /// Also rename where one right name follows without guessing.
    Fix,
    /// Do not look.
    Off,
}

/// What agents are told by an internal comment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Messages {
    /// That the Shift Lead has their escalation.
    pub accepted: Accepted,
}

/// When an agent is told that the Shift Lead has their escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accepted {
    /// Where something was missing before.
    AfterFeedback,
    /// In any case.
    Always,
    /// Never.
    Never,
}

/// A time zone that the bundled database knows.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Zone(TimeZone);

impl Zone {
    /// For arithmetic.
    pub fn time_zone(&self) -> &TimeZone {
        &self.0
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        TimeZone::get(&name)
            .map(Self)
            .map_err(|_| format!("`{name}` is not a time zone; write an IANA name such as \"Europe/London\""))
    }
}

impl Policy {
    /// The policy that is compiled in.
    pub fn shipped() -> Self {
        Self::parse(DEFAULT, "policy.toml").expect("the shipped policy is parsed by a test")
    }

    /// The policy named by `POLICY_FILE`, or the shipped one.
    ///
    /// # Errors
    /// The file cannot be read, or something in it is wrong: with file, line and remedy.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env() -> anyhow::Result<Self> {
        let path = std::env::var("POLICY_FILE").unwrap_or_default();
        if path.trim().is_empty() {
            return Ok(Self::shipped());
        }
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("POLICY_FILE: cannot read {path}; name a file that exists, or unset it"))?;
        let policy = Self::parse(&text, &path)?;
        for warning in policy.calendars.warnings() {
            tracing::warn!("{path}: {warning}");
        }
        Ok(policy)
    }

    /// Reads a policy; `file` is its name in errors.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str, file: &str) -> Result<Self, Wrong> {
        let policy: Self = toml::from_str(text).map_err(|error| Wrong::of(&error, text, file))?;
        policy
            .check_calendars()
            .and_then(|()| properties::check(text))
            .and_then(|()| policy.check_shift_leads())
            .and_then(|()| policy.check_rota())
            .map_err(|mistake| Wrong::new(mistake.span, mistake.message, text, file))?;
        Ok(policy)
    }

    /// When the team of a pipeline works.
    pub fn calendar(&self, pipeline: &str) -> &Calendar {
        let named = self.pipelines.calendar(pipeline).and_then(|it| self.calendars.get(it));
        named.unwrap_or(self.calendars.default())
    }

    /// Holds the calendars that pipelines name against those that are there.
    fn check_calendars(&self) -> Result<(), Mistake> {
        let mut named = self.pipelines.calendars();
        let Some(unknown) = named.find(|it| self.calendars.get(it.get_ref()).is_none()) else {
            return Ok(());
        };
        let (name, names) = (unknown.get_ref(), self.calendars.names());
        let message = format!("there is no calendar `{name}`; write one of {names}, or add [calendars.{name}]");
        Err(Mistake::new(unknown.span(), message))
    }
}

#[cfg(test)]
mod tests;
