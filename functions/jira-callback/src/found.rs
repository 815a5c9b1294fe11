//! What was read of a ticket, and how it stands to an issue.

use std::sync::Arc;

use escalation::http::Fault;
use escalation::hubspot::{Person, Ticket, Version};
use escalation::id::TicketId;
use escalation::jira::Progress;
use escalation::lineage;
use escalation::policy::{CreatedFor, Policy, StageRole, TechBy};
use escalation::procedure::cycle::Escalation;
use escalation::procedure::jira_reference::{self, IssueKey, Reference, Rules};
use escalation::procedure::lane::Wish;
use escalation::procedure::message::Span;
use escalation::procedure::trigger::Trigger;
use escalation::reading::{self, oldest_first};
use escalation::runtime::Invocation;
use escalation::telling::mention;
use jiff::{SignedDuration, Timestamp};

use super::JiraCallback;
use super::visit::Case;

/// HubSpot's own property: the stage of the pipeline.
const STAGE: &str = "hs_pipeline_stage";
/// Whether HubSpot counts the stage as closed, whichever it is.
const IS_CLOSED: &str = "hs_is_closed";

/// For how long an issue without a ticket that names it is waited for; afterwards nobody will write it.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

/// How far a ticket is with its escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is escalated, and open.
    Open,
    /// It is closed.
    Closed,
    /// It is open, and not escalated any more.
    Over,
}

/// A ticket that is or was escalated.
pub struct Found {
    pub id: TicketId,
    /// The ticket on which the escalation began: another one where that was merged into this.
    pub began_on: TicketId,
    pub ticket: Ticket,
    /// The number of the escalation, or of the last one.
    pub cycle: u32,
    /// When it began, where it is not over.
    pub started_at: Option<Timestamp>,
    pub standing: Standing,
    /// Whether `create-jira-issue` links an issue to it, as it is now.
    pub may_get_issue: bool,
    /// Everybody who is active.
    people: Arc<[Person]>,
    /// Who sent it to Tech, as far as HubSpot knows.
    confirmed_by: Option<u64>,
}

impl JiraCallback {
    /// The ticket; `None` where it is deleted or was never escalated in our time.
    pub(super) async fn load(&self, id: TicketId, invocation: &Invocation) -> Result<Option<Found>, Fault> {
        let ours = &self.policy.properties;
        let dated = [&*ours.escalation_type, &ours.jira_reference, &ours.reason];
        let plain = [
            "createdate",
            &ours.merged_from,
            "hubspot_owner_id",
            "hs_pipeline",
            STAGE,
            IS_CLOSED,
            &ours.state,
            &ours.owner,
            &ours.jira_url,
            &ours.jira_status,
            &ours.jira_updated_at,
            &ours.last_message,
        ];
        let properties = [&dated[..], &plain[..]].concat();
        let ticket = self.hubspot.ticket(id, &properties, &dated);
        let (Some(ticket), people) = tokio::try_join!(ticket, reading::people(&self.hubspot, invocation.now()))? else {
            return Ok(None);
        };
        Ok(self.found(id, ticket, people))
    }

    fn found(&self, id: TicketId, ticket: Ticket, people: Arc<[Person]>) -> Option<Found> {
        // What was merged away goes on under the survivor's id, and so does what was told of it.
        let id = ticket.id.unwrap_or(id);
        let role = self.policy.pipelines.role(ticket.property("hs_pipeline"), ticket.property(STAGE));
        let is_closed = match role {
            Some(role) => matches!(role, StageRole::Closed | StageRole::Exempt),
            None => ticket.property(IS_CLOSED) == "true",
        };
        let (cycle, started_at) = match reading::escalation(&ticket, &self.policy) {
            Escalation::Open { number, started_at, .. } => (number, Some(started_at)),
            Escalation::NotEscalated { cycles, .. } => (cycles, None),
        };
        let is_before = |before: Timestamp| started_at.is_some_and(|it| it < before);
        if cycle == 0 || self.policy.escalation.ignore_before.is_some_and(is_before) {
            return None;
        }
        let standing = match (is_closed, started_at) {
            (true, _) => Standing::Closed,
            (false, Some(_)) => Standing::Open,
            (false, None) => Standing::Over,
        };
        let wished = started_at.map(|it| reading::wished(&ticket, it, &people, &self.policy));
        let confirmed_by = wished.as_ref().and_then(|it| it.by);
        let may_get_issue = wished.is_some_and(|it| may_get_issue(it.wish, &self.policy));
        let began_on = lineage::began_on(&ticket, id, &self.policy);
        Some(Found { id, began_on, ticket, cycle, started_at, standing, may_get_issue, people, confirmed_by })
    }

    /// The key that Jira Reference names. What an agent wrote there may still wait to be made one.
    pub(super) fn reference(&self, found: &Found, issue: Option<&Progress>) -> Option<IssueKey> {
        let text = found.ticket.property(&self.policy.properties.jira_reference);
        if let Ok(key) = IssueKey::parse(text) {
            return Some(key);
        }
        let projects = self.policy.jira.projects().chain(issue.map(|it| it.key.project())).map(str::to_owned);
        match jira_reference::parse(text, &Rules { projects: projects.collect(), site: self.site.address().to_owned() })
        {
            Reference::Ok(key) | Reference::Normalised(key) => Some(key),
            Reference::Multiple(keys) => keys.into_iter().next(),
            Reference::Empty | Reference::Rejected(_) => None,
        }
    }

    /// Whether an issue was created for this escalation, only our own writing of its key is still to come, and
    /// nobody took it off again. What a person labelled or copied was not created for it.
    pub(super) fn is_early(&self, case: &Case<'_>, issue: &Progress) -> escalation::runtime::Result<bool> {
        let (found, ours) = (case.found, &self.policy.properties);
        let marker = case.telling.effect("jira-issue", &[])?;
        let is_marked = !issue.is_copy && issue.labels.iter().any(|it| it == marker.marker());
        let is_its_own = match &issue.witness {
            Some(witness) => witness.ticket == found.began_on.0 && witness.cycle == found.cycle,
            None => is_marked,
        };
        let now = case.telling.invocation.now();
        let is_young = issue.created_at.is_none_or(|it| now.duration_since(it) < PATIENCE);
        let key = issue.key.to_string();
        let was_there = found.ticket.history(&ours.jira_reference).iter().any(|it| it.value == key);
        let is_empty = found.ticket.property(&ours.jira_reference).trim().is_empty();
        Ok(found.standing == Standing::Open && is_empty && is_its_own && is_young && !was_there)
    }

    /// Whether nobody typed what stands in Jira Reference, as far as HubSpot tells.
    pub(super) fn is_reference_ours(&self, found: &Found) -> bool {
        let versions = oldest_first(found.ticket.history(&self.policy.properties.jira_reference));
        versions.last().is_some_and(|it| it.by.is_none())
    }

    /// The Shift Lead, as HubSpot and Slack know them: whose the escalation is, else who sent it to Tech.
    pub(super) fn lead(&self, found: &Found) -> Option<Span> {
        let owner = found.ticket.property(&self.policy.properties.owner);
        let has_it = |it: &&Person| !owner.is_empty() && it.owner_id == owner;
        let sent_it = |it: &&Person| it.user_id.is_some() && it.user_id == found.confirmed_by;
        let person = found.people.iter().find(has_it).or_else(|| found.people.iter().find(sent_it))?;
        let known = self.policy.shift_leads.iter().find(|it| it.user_id().is_some() && it.user_id() == person.user_id);
        let in_slack = known.and_then(|it| it.slack.as_ref()).map(ToString::to_string);
        Some(match mention(person) {
            Span::Mention { user_id, name, email, .. } => Span::Mention { user_id, name, email, slack: in_slack },
            span => span,
        })
    }
}

/// Whether a wish lets `create-jira-issue` link an issue.
fn may_get_issue(wish: Wish, policy: &Policy) -> bool {
    let is_confirmed = match wish {
        Wish::Tech { by_shift_lead } => by_shift_lead || policy.escalation.tech_by == TechBy::Anyone,
        _ => false,
    };
    is_confirmed || policy.jira.created_for != CreatedFor::Tech
}

impl Found {
    /// Whose ticket it is.
    pub fn agent(&self) -> Option<&Person> {
        let owner = self.ticket.property("hubspot_owner_id");
        self.people.iter().find(|it| it.owner_id == owner)
    }

    /// Since when the ticket has followed its issue in this escalation: what was so before, was told when
    /// it was linked. A key that we changed because the issue moved is no new link.
    pub fn linked_at(&self, policy: &Policy) -> Option<Timestamp> {
        let mut linked_at = None;
        let mut previous = "";
        let versions: Vec<&Version> = oldest_first(self.ticket.history(&policy.properties.jira_reference));
        for version in versions {
            if previous.is_empty() || version.by.is_some() {
                linked_at = Some(version.timestamp);
            }
            previous = version.value.trim();
        }
        linked_at.max(self.started_at)
    }

    /// Whether there was ever something about it, in this escalation, that not everybody may read.
    pub fn is_restricted(&self, policy: &Policy) -> bool {
        let reason = &policy.properties.reason;
        let is_recent = |it: &&Version| self.started_at.is_none_or(|started_at| it.timestamp >= started_at);
        let ticked = [self.ticket.property(reason)];
        let lists = self.ticket.history(reason).iter().filter(is_recent).map(|it| it.value.as_str()).chain(ticked);
        lists.flat_map(|it| it.split(';')).filter_map(|it| Trigger::from_code(it.trim())).any(|it| it.is_sensitive())
    }
}
