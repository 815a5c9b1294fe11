//! Pipelines and their stages.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::id::iso;

/// A pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// `"0"` for the first one.
    pub id: String,
    /// What people read.
    pub label: String,
    /// In order.
    pub stages: Vec<Stage>,
}

/// One stage of a pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Different in every account.
    pub id: String,
    /// What people read.
    pub label: String,
    /// `metadata.ticketState`.
    pub closed: bool,
}

impl Stage {
    /// A stage with `ticketState` `OPEN`.
    pub fn open(id: &str, label: &str) -> Self {
        Self { id: id.to_owned(), label: label.to_owned(), closed: false }
    }

    /// A stage with `ticketState` `CLOSED`.
    pub fn closed(id: &str, label: &str) -> Self {
        Self { closed: true, ..Self::open(id, label) }
    }
}

impl Pipeline {
    /// As `GET /crm/v3/pipelines/tickets` shows it.
    pub fn to_json(&self, order: usize, made: Timestamp) -> Value {
        let made = iso(made);
        let stage = |(at, stage): (usize, &Stage)| {
            let (state, is_closed) = if stage.closed { ("CLOSED", "true") } else { ("OPEN", "false") };
            json!({
                "id": stage.id, "label": stage.label, "displayOrder": at, "archived": false,
                "metadata": { "ticketState": state, "isClosed": is_closed },
                "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT", "createdAt": made, "updatedAt": made,
            })
        };
        let stages: Vec<Value> = self.stages.iter().enumerate().map(stage).collect();
        json!({
            "id": self.id, "label": self.label, "displayOrder": order, "stages": stages,
            "archived": false, "createdAt": made, "updatedAt": made,
        })
    }
}
