//! Ticket pipelines, and what their stages mean for the procedure.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// All ticket pipelines.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<Pipeline>")]
pub struct Pipelines(Vec<Pipeline>);

impl Pipelines {
    /// What a stage means; `None` for a pipeline or stage that the policy does not know.
    pub fn role(&self, pipeline: &str, stage: &str) -> Option<StageRole> {
        self.0.iter().find(|it| it.id == pipeline)?.stages.get(stage).copied()
    }

    /// Whether the policy names a pipeline.
    pub fn knows(&self, pipeline: &str) -> bool {
        self.0.iter().any(|it| it.id == pipeline)
    }

    /// Each calendar that a pipeline names.
    pub(super) fn calendars(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.0.iter().filter_map(|it| it.calendar.as_ref())
    }

    /// The calendar that a pipeline names.
    pub(super) fn calendar(&self, pipeline: &str) -> Option<&str> {
        let calendar = self.0.iter().find(|it| it.id == pipeline)?.calendar.as_ref();
        calendar.map(|it| it.get_ref().as_str())
    }
}

/// A ticket pipeline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// HubSpot's id; the default pipeline is usually `0`.
    id: String,
    /// When its team works; the default calendar where it names none.
    calendar: Option<Spanned<String>>,
    /// Roles by stage id.
    stages: BTreeMap<String, StageRole>,
}

/// What a stage means for the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageRole {
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

impl TryFrom<Vec<Pipeline>> for Pipelines {
    type Error = String;

    fn try_from(pipelines: Vec<Pipeline>) -> Result<Self, Self::Error> {
        for (index, pipeline) in pipelines.iter().enumerate() {
            let id = &pipeline.id;
            if pipelines[..index].iter().any(|it| it.id == *id) {
                return Err(format!("pipeline `{id}` stands here twice; keep one"));
            }
            if !pipeline.stages.values().any(|role| *role == StageRole::Closed) {
                return Err(format!("pipeline `{id}` has no stage with the role \"closed\""));
            }
        }
        Ok(Self(pipelines))
    }
}
