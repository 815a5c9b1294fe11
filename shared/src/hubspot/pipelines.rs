//! Ticket pipelines: which of their stages are closed.
//! [Pipelines API](https://developers.hubspot.com/docs/api/crm/pipelines).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use reqwest::Method;
use serde::Deserialize;

use super::{HubSpot, wire};
use crate::http::Fault;

/// The stages of all ticket pipelines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketPipelines(BTreeMap<(String, String), bool>);

impl TicketPipelines {
    /// Whether a stage of a pipeline is closed; `None` where the pipeline has no such stage.
    pub fn is_closed(&self, pipeline: &str, stage: &str) -> Option<bool> {
        self.0.get(&(pipeline.to_owned(), stage.to_owned())).copied()
    }

    /// The stages of all pipelines: pipeline id, stage id, and whether it is closed; in the order of the ids.
    pub fn stages(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.0.iter().map(|((pipeline, stage), is_closed)| (pipeline.as_str(), stage.as_str(), *is_closed))
    }
}

impl HubSpot {
    /// All ticket pipelines, read at most every ten minutes.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn ticket_pipelines(&self, now: Timestamp) -> Result<Arc<TicketPipelines>, Fault> {
        if let Some(pipelines) = self.pipelines.fresh(now) {
            return Ok(pipelines);
        }
        let page: Page = self.call(self.request(Method::GET, "crm/v3/pipelines/tickets")).await?.read()?;
        let pipelines = Arc::new(TicketPipelines::from(page));
        self.pipelines.keep(now, pipelines.clone());
        Ok(pipelines)
    }
}

#[derive(Deserialize)]
struct Page {
    #[serde(default, deserialize_with = "wire::list")]
    results: Vec<Pipeline>,
}

#[derive(Deserialize)]
struct Pipeline {
    #[serde(deserialize_with = "wire::id")]
    id: String,
    #[serde(default, deserialize_with = "wire::list")]
    stages: Vec<Stage>,
}

#[derive(Deserialize)]
struct Stage {
    #[serde(deserialize_with = "wire::id")]
    id: String,
    #[serde(default, deserialize_with = "wire::known")]
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    #[serde(default, deserialize_with = "wire::text")]
    ticket_state: String,
}

impl From<Page> for TicketPipelines {
    /// HubSpot decides by `ticketState` alone.
    fn from(page: Page) -> Self {
        let is_closed = |it: &Stage| it.metadata.as_ref().is_some_and(|it| it.ticket_state == "CLOSED");
        let stages = page.results.into_iter().flat_map(|pipeline| {
            let of = |stage: Stage| ((pipeline.id.clone(), stage.id.clone()), is_closed(&stage));
            pipeline.stages.into_iter().map(of).collect::<Vec<_>>()
        });
        Self(stages.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_closed_where_its_ticket_state_says_so() {
        let page = r#"{"results":[{"id":0,"stages":[{"id":"1","metadata":{"ticketState":"OPEN","isClosed":"false"}},
            {"id":"4","metadata":{"ticketState":"CLOSED"}},{"id":"5","metadata":null},{"id":"6"}]},{"id":"9"},7]}"#;
        let pipelines = TicketPipelines::from(serde_json::from_str::<Page>(page).unwrap());
        let stages = ["1", "4", "5", "6", "7"].map(|it| pipelines.is_closed("0", it));
        assert_eq!(stages, [Some(false), Some(true), Some(false), Some(false), None]);
        assert_eq!(pipelines.is_closed("9", "4"), None);
    }
}
