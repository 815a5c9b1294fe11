//! The rules that an administrator may change, from `policy.toml`.
//!
//! Whatever is wrong with the file is found when a function starts, never at three in the morning,
//! and is said with the file, the line and what to do.

mod calendar;
mod closure;
mod jira;
mod levels;
mod pipeline;
mod place;
mod rota;
mod shift_lead;
mod slack;
mod trigger;

pub use rota::Rota;
pub use shift_lead::{LeadKind, ShiftLead, SlackId};
pub use slack::{Channel, Slack};

use std::fmt;
use std::ops::Range;

use anyhow::Context;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use place::Mistake;

use crate::ledger::Times;
use crate::procedure::business_time::Calendar;
use crate::procedure::comment::{Labels, Point};
pub use calendar::{Calendars, Sla};
pub use closure::Closure;
pub use jira::{CreatedFor, IssueTypeName, Jira, ProjectKey};
pub use levels::Levels;
pub use pipeline::{Pipeline, Pipelines, StageRole};

pub use trigger::Triggers;

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

/// What counts as an escalation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Options of Escalation Type that do not escalate.
    #[serde(default)]
    pub ignored_types: Vec<String>,
    /// Escalations that started earlier are left alone.
    pub ignore_before: Option<Timestamp>,
    /// Who may send an escalation to Tech.
    pub tech_by: TechBy,
    /// Minutes after which an escalation without a complete comment is shown to the shift lead anyway.
    pub waiting_minutes: Whole<0, 1440>,
}

/// Who may send an escalation to Tech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TechBy {
    /// The shift leads; see [`Policy::may_send_to_tech`].
    ShiftLeads,
    /// Agents too.
    Anyone,
}

impl Escalation {
    /// Whether this option of Escalation Type escalates.
    pub fn escalates(&self, option: &str) -> bool {
        !self.ignored_types.iter().any(|it| it == option)
    }
}

/// How the agent's comment is found and read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// Where agents write comments.
    pub sources: Sources,
    /// Days before the escalation in which a comment counts.
    pub lookback_days: Whole<1, 365>,
    /// Minutes between comments that are read as one.
    pub join_minutes: Whole<0, 1440>,
    /// Seconds in which an unseen comment is pending.
    pub pending_seconds: Whole<0, 3600>,
    /// Whether a comment without a mention is incomplete.
    pub require_mention: bool,
    /// What the five points are called.
    #[serde(default)]
    pub labels: PointLabels,
}

/// A place where agents write comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// CRM notes.
    Notes,
    /// Internal comments of the help desk.
    Conversations,
}

/// The places where agents write comments; never none.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<Source>")]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Whether comments are read from there.
    pub fn include(&self, source: Source) -> bool {
        self.0.contains(&source)
    }
}

impl TryFrom<Vec<Source>> for Sources {
    type Error = &'static str;

    fn try_from(sources: Vec<Source>) -> Result<Self, Self::Error> {
        if sources.is_empty() {
            return Err("no source of comments; name \"notes\", \"conversations\" or both");
        }
        Ok(Self(sources))
    }
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

/// Internal names of our ticket properties.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the property's own name without its prefix")]
pub struct Properties {
    pub escalation_type: PropertyName,
    pub reason: PropertyName,
    pub lane: PropertyName,
    pub state: PropertyName,
    pub level: PropertyName,
    pub owner: PropertyName,
    pub origin: PropertyName,
    pub channel: PropertyName,
    pub accepted_at: PropertyName,
    pub first_reviewed_at: PropertyName,
    pub review_due_at: PropertyName,
    pub resolve_due_at: PropertyName,
    pub comment_status: PropertyName,
    pub comment_missing: PropertyName,
    pub hints: PropertyName,
    pub name_status: PropertyName,
    pub cycle: PropertyName,
    pub started_at: PropertyName,
    pub last_message: PropertyName,
    pub account_tier: PropertyName,
    pub impact: PropertyName,
    pub expectation: PropertyName,
    pub jira_reference: PropertyName,
    pub jira_url: PropertyName,
    pub jira_status: PropertyName,
    pub jira_updated_at: PropertyName,
    pub resolution_communicated: PropertyName,
    pub unreachable_reason: PropertyName,
    pub closure_missing: PropertyName,
    pub closure_option: PropertyName,
    pub resolved_at: PropertyName,
    pub resolve_minutes: PropertyName,
    pub merged_from: PropertyName,
    pub jira_reference_other: PropertyName,
}

/// The internal name of a HubSpot property: lower-case letters, digits and underscores, beginning
/// with a letter ([properties API](https://developers.hubspot.com/docs/api/crm/properties)).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct PropertyName(String);

impl std::ops::Deref for PropertyName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PropertyName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let first = name.starts_with(|it: char| it.is_ascii_lowercase());
        let rest = name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
        if first && rest {
            return Ok(Self(name));
        }
        Err(format!(
            "`{name}` is not a property's internal name; it has lower-case letters, digits and underscores only, \
             see Settings > Properties > </>"
        ))
    }
}

/// How the ledger waits.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Seconds a vendor must have stayed silent before an unknown outcome is tried again.
    pub horizon_seconds: Whole<0, 86_400>,
    /// Minutes after which a person is told of what does not get finished.
    pub alarm_minutes: Whole<1, 1_440>,
}

impl Ledger {
    /// How long a record of the ledger lives.
    pub fn times(&self) -> Times {
        let horizon = self.horizon_seconds.seconds().unsigned_abs();
        Times { horizon, ..Times::default() }
    }
}

/// A whole number within bounds.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct Whole<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Whole<MIN, MAX> {
    /// As seconds.
    pub fn seconds(self) -> SignedDuration {
        SignedDuration::from_secs(self.0)
    }

    /// As a plain number.
    pub fn number(self) -> u32 {
        u32::try_from(self.0.clamp(0, i64::from(u32::MAX))).expect("it is clamped")
    }

    /// As minutes.
    pub fn minutes(self) -> SignedDuration {
        SignedDuration::from_mins(self.0)
    }

    /// As a number of things.
    pub fn count(self) -> usize {
        usize::try_from(self.0).unwrap_or(0)
    }

    /// As days of 24 hours.
    pub fn days(self) -> SignedDuration {
        SignedDuration::from_hours(24 * self.0)
    }
}

impl<const MIN: i64, const MAX: i64> TryFrom<i64> for Whole<MIN, MAX> {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        if (MIN..=MAX).contains(&number) {
            return Ok(Self(number));
        }
        Err(format!("{number} is out of bounds; write a whole number from {MIN} to {MAX}"))
    }
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

/// What the five points are called here.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawLabels")]
pub struct PointLabels(Labels);

impl PointLabels {
    /// For the parser.
    pub fn labels(&self) -> &Labels {
        &self.0
    }
}

impl Default for PointLabels {
    fn default() -> Self {
        Self(Labels::shipped())
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawLabels {
    issue: Vec<String>,
    investigated: Vec<String>,
    action_taken: Vec<String>,
    blocker: Vec<String>,
    required_to_resolve: Vec<String>,
}

impl TryFrom<RawLabels> for PointLabels {
    type Error = String;

    fn try_from(raw: RawLabels) -> Result<Self, Self::Error> {
        let aliases = [
            (Point::Issue, raw.issue),
            (Point::Investigated, raw.investigated),
            (Point::ActionTaken, raw.action_taken),
            (Point::Blocker, raw.blocker),
            (Point::RequiredToResolve, raw.required_to_resolve),
        ];
        let aliases = aliases.into_iter().flat_map(|(point, names)| names.into_iter().map(move |name| (point, name)));
        Labels::shipped().with_aliases(aliases).map(Self)
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
        let policy: Self = toml::from_str(text)
            .map_err(|error| Wrong::new(error.span().unwrap_or_default(), remedy(error.message()), text, file))?;
        policy
            .check_calendars()
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

/// What is wrong with a policy file, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    file: String,
    line: usize,
    message: String,
    source: String,
}

impl Wrong {
    fn new(span: Range<usize>, message: String, text: &str, file: &str) -> Self {
        let at = span.start.min(text.len());
        let line = text.as_bytes()[..at].iter().filter(|it| **it == b'\n').count();
        let source = text.lines().nth(line).unwrap_or_default().trim().to_owned();
        Self { file: file.to_owned(), line: line + 1, message, source }
    }
}

/// The library says what it expected; an administrator also wants to know what to do.
fn remedy(message: &str) -> String {
    if message.starts_with("unknown field") {
        return format!("{message}; correct its spelling or remove it");
    }
    if message.starts_with("missing field") {
        return format!("{message}; copy it from the shipped policy.toml");
    }
    if message.starts_with("unknown variant") {
        return format!("{message}; write one of those");
    }
    message.replace('\n', " ")
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, message, source } = self;
        write!(f, "{file}:{line}: {message}\n    {source}")
    }
}

impl std::error::Error for Wrong {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(replace: &str, by: &str, expected: &str) {
        assert!(DEFAULT.contains(replace), "the shipped policy has no `{replace}`");
        let wrong = Policy::parse(&DEFAULT.replacen(replace, by, 1), "policy.toml").unwrap_err().to_string();
        assert!(wrong.contains(expected), "said: {wrong}");
    }

    #[test]
    fn the_shipped_policy_is_right() {
        Policy::parse(DEFAULT, "policy.toml").map_err(|wrong| wrong.to_string()).unwrap();
    }

    #[test]
    fn a_misspelt_key_is_refused_with_its_line_and_the_remedy() {
        let wrong =
            Policy::parse(&DEFAULT.replace("lookback_days", "lookbak_days"), "my.toml").unwrap_err().to_string();
        let line = DEFAULT.lines().position(|it| it.starts_with("lookback_days")).unwrap() + 1;
        assert!(wrong.starts_with(&format!("my.toml:{line}: unknown field `lookbak_days`")), "said: {wrong}");
        assert!(wrong.contains("correct its spelling or remove it"), "said: {wrong}");
        assert!(wrong.ends_with("lookbak_days = 7"), "said: {wrong}");
    }

    #[test]
    fn wrong_values_are_refused_with_what_to_write() {
        check("\"Europe/London\"", "\"Europe/Lodnon\"", "write an IANA name");
        check("lookback_days = 7", "lookback_days = 0", "from 1 to 365");
        check("lookback_days = 7", "lookback_days = \"7\"", "invalid type: string");
        check("alarm_minutes = 30", "alarm_minutes = 0", "from 1 to 1440");
        check("mode = \"warn\"", "mode = \"warm\"", "unknown variant `warm`, expected one of `warn`, `fix`, `off`");
        check("4 = \"closed\"", "4 = \"shut\"", "`shut` is no role of a stage; write one of new, ");
        check("4 = \"closed\"", "4 = \"new\"", "no stage with the role \"closed\"");
        check("\"escalation_hints\"", "\"Escalation Hints\"", "not a property's internal name");
        check("tech_by = \"shift_leads\"", "tech_by = \"agents\"", "expected `shift_leads` or `anyone`");
        check("waiting_minutes = 30", "waiting_minutes = -1", "from 0 to 1440");
        check("[\"notes\", \"conversations\"]", "[]", "no source of comments");
        check("[\"notes\", \"conversations\"]", "[\"emails\"]", "unknown variant `emails`");
        check("# ignore_before = \"2026-01-01T00:00:00Z\"", "ignore_before = \"1 January\"", "policy.toml:");
    }

    #[test]
    fn a_section_that_is_gone_is_named() {
        check("[naming]", "[namings]", "unknown field `namings`");
        check("[naming]\n", "", "policy.toml:");
    }

    #[test]
    fn the_same_pipeline_twice_is_refused() {
        let twice = format!("{DEFAULT}\n[[pipelines]]\nid = \"0\"\nstages = {{ 9 = \"closed\" }}\n");
        let wrong = Policy::parse(&twice, "policy.toml").unwrap_err().to_string();
        assert!(wrong.contains("stands here twice"), "said: {wrong}");
    }

    #[test]
    fn an_alias_that_is_another_points_label_is_refused() {
        check("issue = []                # issue", "issue = [\"Blocker\"] # issue", "Blocker");
    }
}
