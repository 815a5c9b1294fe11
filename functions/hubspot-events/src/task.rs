//! A ticket to look at, and who is asked about it.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use escalation::hubspot::Ticket;
use escalation::id::{PortalId, TicketId};
use escalation::ledger::Look;
use escalation::lineage::Merge;
use escalation::policy::StageRole;
use escalation::procedure::cycle::Escalation;
use escalation::reading::closure::last_escalation;
use escalation::reading::{self, TECH};
use escalation::runtime::{Failed, Failure, Front, Invocation, NoRoom, last_run, runs_too_often, waiting_run};
use jiff::{SignedDuration, Timestamp};
use serde_json::Map;
use tracing::error;

use super::HubSpotEvents;
use super::decide::{self, Escalated, Standing};
use super::fields::{look, next_minute};
use super::hint::{About, Hint, Reason};
use super::until::PATIENCE;

/// HubSpot's own property: the stage of the pipeline.
const STAGE: &str = "hs_pipeline_stage";

/// So long after somebody wrote it HubSpot certainly shows it; and our clocks are not further apart. Where
/// it does not, its workflow looks again in two minutes.
const SHOWN_WITHIN: SignedDuration = SignedDuration::from_secs(5);

/// A ticket and its portal.
pub type Place = (PortalId, TicketId);

/// A ticket to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Where it is.
    pub place: Place,
    /// Why.
    pub reasons: BTreeSet<Reason>,
    /// What was merged into it, where something was.
    pub absorbed: Vec<TicketId>,
    /// When the last of it happened, as far as that is known.
    pub at: Option<Timestamp>,
}

impl Task {
    /// From when on a look sees what happened at this time; `None` where it may have to do more than look at
    /// how the ticket stands.
    fn seen_from(&self, at: Timestamp) -> Option<Timestamp> {
        let is_seen = |it: &Reason| matches!(it, Reason::Escalation | Reason::Ending | Reason::Written);
        let pause = if self.reasons.contains(&Reason::Written) { SHOWN_WITHIN } else { SignedDuration::ZERO };
        self.reasons.iter().all(is_seen).then(|| at + pause)
    }
}

/// The actions to ask about a ticket.
pub struct Wanted {
    /// By us.
    pub asked: Vec<&'static str>,
    /// Whether a workflow has asked others since it happened, and so is at work with the ticket.
    pub is_at_work: bool,
    /// When a workflow's run of the first of them, which found no room, may begin.
    pub waits_until: Option<Timestamp>,
}

impl Wanted {
    /// Whether a workflow is about to ask these itself.
    pub fn will_be_asked(&self) -> bool {
        self.waits_until.is_some() || (self.is_at_work && !self.asked.is_empty())
    }
}

/// Each ticket once, in the order in which something happened there first.
pub fn tasks(hints: Vec<Hint>, at: Option<Timestamp>) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    for (portal, about) in hints {
        let (ticket, reason, absorbed) = match about {
            About::Ticket(ticket, reason) => (ticket, reason, Vec::new()),
            About::Merged(ticket, absorbed) => (ticket, Reason::Merged, absorbed),
            About::Note(_) | About::Thread(_) => continue,
        };
        let place = (portal, ticket);
        let at = tasks.iter().position(|it| it.place == place).unwrap_or_else(|| {
            tasks.push(Task { place, reasons: BTreeSet::new(), absorbed: Vec::new(), at });
            tasks.len() - 1
        });
        tasks[at].reasons.insert(reason);
        tasks[at].absorbed.extend(absorbed);
    }
    tasks
}

impl HubSpotEvents {
    /// Whom a ticket concerns. Who was asked by a workflow since is done with.
    pub(super) async fn wanted(&self, task: &Task, invocation: &Invocation) -> anyhow::Result<Wanted> {
        let (portal, ticket) = task.place;
        if task.reasons.contains(&Reason::Merged) {
            self.merged(portal, ticket, &task.absorbed, invocation).await?;
        }
        let all = decide::asked(&task.reasons, self.standing(task).await?);
        let at = task.at.and_then(|it| task.seen_from(it));
        let mut asked = Vec::new();
        for action in &all {
            let was_asked = match at {
                Some(at) => last_run(&self.ledger, action, task.place).await.is_some_and(|it| it >= at),
                None => false,
            };
            asked.extend((!was_asked).then_some(*action));
        }
        let waits_until = match asked.first() {
            Some(first) => waiting_run(&self.ledger, first, task.place, invocation.now()).await,
            None => None,
        };
        Ok(Wanted { is_at_work: asked.len() < all.len(), asked, waits_until })
    }

    /// Has these look at a ticket. One that cannot keeps nobody else from it; one that says itself that it
    /// failed is not asked again: its own log says why.
    pub(super) async fn ask(
        &self,
        task: &Task,
        asked: Vec<&'static str>,
        front: &Front,
        invocation: &Invocation,
    ) -> anyhow::Result<Vec<&'static str>> {
        let mut worst = Ok(());
        for (at, action) in asked.iter().enumerate() {
            if self.is_in_a_loop(task, action, invocation).await? {
                continue;
            }
            match front.ask(action, task.place, &Map::new(), invocation.now(), PATIENCE).await {
                Err(error) if error.is::<NoRoom>() => {
                    self.leave(task, &asked[at..], invocation).await?;
                    break;
                }
                Err(error) if !error.is::<Failed>() => worst = Err(error.context(format!("ask {action}"))),
                _ => {}
            }
        }
        worst.map(|()| asked)
    }

    /// Has the sweep ask these actions, when there is room for them. Where it is one alone nobody reads the ticket
    /// once more for it. Of several a later one must not come before an earlier one: an issue would lack what the
    /// lane says. So they are asked by us.
    async fn leave(&self, task: &Task, actions: &[&'static str], invocation: &Invocation) -> anyhow::Result<()> {
        let (portal, ticket) = task.place;
        let (look, at) = match actions {
            [action] => (Look::new(action, portal, ticket, &Map::new())?, next_minute(invocation.now())),
            _ => look(task, invocation.now())?,
        };
        Ok(self.ledger.look_again(&look, at).await?)
    }

    /// Whether a ticket's properties make us ask an action again and again, as workflows do that start each
    /// other: then it is on the agenda for later.
    async fn is_in_a_loop(&self, task: &Task, action: &'static str, invocation: &Invocation) -> anyhow::Result<bool> {
        let is_change = |it: &Reason| matches!(it, Reason::Escalation | Reason::Ending | Reason::Reference);
        if !task.reasons.iter().all(is_change) {
            return Ok(false);
        }
        let look = Look::new(action, task.place.0, task.place.1, &Map::new())?;
        let (ledger, member) = (&self.ledger, &invocation.request_id);
        match runs_too_often(ledger, "asked-by-events", member, &look, invocation.now()).await {
            Ok(until) => Ok(until.is_some()),
            Err(failure) => bail!("a loop could not be written down: {failure:?}"),
        }
    }

    /// Others were merged into a ticket: it carries on what was escalated of them. Each action that is asked
    /// afterwards would see to that, too, where the ticket itself tells of what it was merged of.
    async fn merged(
        &self,
        portal: PortalId,
        survivor: TicketId,
        absorbed: &[TicketId],
        invocation: &Invocation,
    ) -> anyhow::Result<()> {
        let merge = Merge { hubspot: &self.hubspot, ledger: &self.ledger, policy: &self.policy, portal, invocation };
        match Box::pin(merge.settle(survivor, absorbed)).await {
            Ok(_) => Ok(()),
            Err(Failure::Busy { retry_after }) => bail!("the merge is being settled, for {retry_after:?} at most"),
            // What no retry heals is for a person to read; the actions are asked all the same.
            Err(Failure::Rejected(reason)) => {
                error!(ticket = %survivor, "Ticket {survivor} cannot carry on what was merged into it: {reason}");
                Ok(())
            }
            Err(Failure::Later(cause)) => Err(cause.context("settle the merge")),
        }
    }

    /// How it stands: one read, and none where that changes nothing.
    async fn standing(&self, task: &Task) -> anyhow::Result<Standing> {
        let always = |it: &Reason| matches!(it, Reason::Deleted | Reason::Merged);
        if task.reasons.iter().all(always) {
            return Ok(Standing::Gone);
        }
        let ours = &self.policy.properties;
        let properties = [
            &*ours.escalation_type,
            "createdate",
            "closed_date",
            "hs_lastmodifieddate",
            "hs_pipeline",
            STAGE,
            &ours.merged_from,
            &ours.cycle,
            &ours.started_at,
        ];
        let ticket =
            self.hubspot.ticket(task.place.1, &properties, &properties[..1]).await.context("read the ticket")?;
        Ok(ticket.map_or(Standing::Gone, |it| self.stands(&it)))
    }

    fn stands(&self, ticket: &Ticket) -> Standing {
        let is_escalated = matches!(reading::escalation(ticket, &self.policy), Escalation::Open { .. });
        let now = match ticket.property(&self.policy.properties.escalation_type) {
            _ if !is_escalated => Escalated::No,
            TECH => Escalated::Tech,
            _ => Escalated::Yes,
        };
        let role = self.policy.pipelines.role(ticket.property("hs_pipeline"), ticket.property(STAGE));
        let is_closed = role.map(|it| matches!(it, StageRole::Closed | StageRole::Exempt));
        Standing::There { now, ever: last_escalation(ticket, &self.policy).is_some(), is_closed }
    }
}
