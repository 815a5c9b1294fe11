//! How the agent's comment is found and read.

use serde::Deserialize;

use super::Whole;
use crate::procedure::comment::{Labels, Point};

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
