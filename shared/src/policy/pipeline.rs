//! Ticket pipelines, and what their stages mean for the procedure.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub use crate::procedure::stage::Role as StageRole;

/// All ticket pipelines.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<Pipeline>")]
pub struct Pipelines(Vec<Pipeline>);

impl Pipelines {
    /// What a stage means; `None` for a pipeline or stage that the policy does not know.
    pub fn role(&self, pipeline: &str, stage: &str) -> Option<StageRole> {
        self.0.iter().find(|it| it.id == pipeline)?.stages.get(stage).map(|it| it.0)
    }

    /// The stages of a pipeline by their ids, in the order of those.
    pub fn stages(&self, pipeline: &str) -> Vec<(&str, StageRole)> {
        let stages = self.0.iter().filter(|it| it.id == pipeline).flat_map(|it| &it.stages);
        stages.map(|(stage, role)| (stage.as_str(), role.0)).collect()
    }

    /// Whether the policy names a pipeline.
    pub fn knows(&self, pipeline: &str) -> bool {
        self.0.iter().any(|it| it.id == pipeline)
    }

    /// The id of each.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|it| it.id.as_str())
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
    stages: BTreeMap<String, Written>,
}

/// A role as the policy writes it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Written(StageRole);

impl TryFrom<String> for Written {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse().map(Self)
    }
}

impl TryFrom<Vec<Pipeline>> for Pipelines {
    type Error = String;

    fn try_from(pipelines: Vec<Pipeline>) -> Result<Self, Self::Error> {
        for (index, pipeline) in pipelines.iter().enumerate() {
            let id = &pipeline.id;
            if pipelines[..index].iter().any(|it| it.id == *id) {
                return Err(format!("pipeline `{id}` stands here twice; keep one"));
            }
            if !pipeline.stages.values().any(|it| it.0 == StageRole::Closed) {
                return Err(format!(
                    "pipeline `{id}` has no stage with the role \"closed\", so nothing in it would ever be over; give \
                     that role to a stage in which tickets are closed"
                ));
            }
        }
        Ok(Self(pipelines))
    }
}
