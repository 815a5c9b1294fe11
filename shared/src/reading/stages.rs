//! The stages a ticket was in, and which of them are closed.

use jiff::Timestamp;

use super::oldest_first;
use crate::http::Fault;
use crate::hubspot::{HubSpot, Ticket, TicketPipelines, Version, timestamp};
use crate::policy::{Policy, StageRole};

/// The stages a ticket was in, oldest first; the last one is where it is.
pub struct Stages<'a>(Vec<Stay<'a>>);

/// One of them.
pub struct Stay<'a> {
    /// HubSpot's id of the stage.
    pub stage: &'a str,
    /// Since when.
    pub since: Timestamp,
    /// What the history tells of it; `None` where it tells nothing.
    pub version: Option<&'a Version>,
    /// What it means in the ticket's present pipeline.
    pub role: Option<StageRole>,
    /// Whether it is closed; `None` where neither the policy nor HubSpot says so.
    is_closed: Option<bool>,
}

impl Stay<'_> {
    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.is_closed == Some(true)
    }
}

impl<'a> Stages<'a> {
    /// The policy says what a stage means. Of one that it does not know, HubSpot's pipelines say whether it is
    /// closed; they are asked where that matters and the ticket itself does not say it. The ticket is read
    /// with `hs_pipeline`, `hs_is_closed`, `closed_date`, `hs_lastmodifieddate` and the history of
    /// `hs_pipeline_stage`.
    ///
    /// # Errors
    /// HubSpot cannot be reached.
    pub async fn of(ticket: &'a Ticket, hubspot: &HubSpot, policy: &Policy, now: Timestamp) -> Result<Self, Fault> {
        let known = Self::read(ticket, policy, None, now);
        if known.tell_enough() {
            return Ok(known);
        }
        match hubspot.ticket_pipelines(now).await {
            Ok(pipelines) => Ok(Self::read(ticket, policy, Some(&pipelines), now)),
            Err(Fault::Refused { reason, .. }) => {
                tracing::error!("Cannot read the pipelines, so unknown stages count as open: {reason}");
                Ok(known)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Whether the ticket is closed.
    pub fn is_closed(&self) -> bool {
        self.0.last().is_some_and(Stay::is_closed)
    }

    /// Where it was, oldest first.
    pub fn stays(&self) -> &[Stay<'a>] {
        &self.0
    }

    /// The stage, in its present pipeline, that it was open in last.
    pub fn open_stage(&self) -> Option<&'a str> {
        self.0.iter().rev().find(|it| it.is_closed == Some(false)).map(|it| it.stage)
    }

    /// Where the history is missing or lags behind, the present value is the truth.
    fn read(ticket: &'a Ticket, policy: &Policy, pipelines: Option<&TicketPipelines>, now: Timestamp) -> Self {
        let (pipeline, present) = (ticket.property("hs_pipeline"), ticket.property("hs_pipeline_stage"));
        let stay = |stage: &'a str, since, version| {
            let role = policy.pipelines.role(pipeline, stage);
            let by_role = role.map(|it| matches!(it, StageRole::Closed | StageRole::Exempt));
            let by_ticket = || match ticket.property("hs_is_closed") {
                truth @ ("true" | "false") if stage == present => Some(truth == "true"),
                _ => None,
            };
            let by_pipeline = || pipelines.and_then(|it| it.is_closed(pipeline, stage));
            let is_closed = by_role.or_else(by_ticket).or_else(by_pipeline);
            Stay { stage, since, version, role, is_closed }
        };
        let versions = oldest_first(ticket.history("hs_pipeline_stage"));
        let mut stays: Vec<Stay<'a>> =
            versions.into_iter().map(|it| stay(it.value.as_str(), it.timestamp, Some(it))).collect();
        if !present.is_empty() && stays.last().is_none_or(|it| it.stage != present) {
            let dates = ["closed_date", "hs_lastmodifieddate"].map(|it| timestamp(ticket.property(it)));
            let after = stays.last().map_or(Timestamp::MIN, |it| it.since);
            stays.push(stay(present, dates.into_iter().flatten().next().unwrap_or(now).max(after), None));
        }
        Self(stays)
    }

    /// Whether it is known where the ticket is and, where that is closed, where it was open last.
    fn tell_enough(&self) -> bool {
        let open_last = self.0.iter().rev().find(|it| it.is_closed != Some(true));
        open_last.is_none_or(|it| it.is_closed.is_some())
    }
}
