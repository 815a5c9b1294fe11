//! One event, and the tickets that may be about its issue: by the issue's witness, its labels and its links
//! to them, by the rule that tells of it, else by what HubSpot finds. Each is read anew before anything is
//! said on it.

use std::collections::BTreeSet;

use anyhow::anyhow;
use escalation::http::Fault;
use escalation::id::{PortalId, TicketId};
use escalation::jira::Progress;
use escalation::procedure::jira_reference::IssueKey;
use escalation::runtime::{Failure, Invocation, Result};
use futures_util::future::join_all;
use jiff::SignedDuration;

use super::fields::{self, Inputs, Outcome};
use super::news::{Asked, Subject};
use super::{JiraCallback, TIME_TO_ANSWER, failed, time_before};

/// What the labels of tickets begin with.
const LABEL: &str = "hs-ticket-";

/// What the links to tickets begin with.
const LINK: &str = "hubspot:";

/// So many tickets of one issue are told at the same time.
const AT_ONCE: usize = 4;

/// A ticket and its portal.
pub type Place = (PortalId, TicketId);

impl JiraCallback {
    /// What Jira says now, and the tickets that may be about it.
    pub(super) async fn read_anew(
        &self,
        asked: &Asked,
        portals: &BTreeSet<PortalId>,
    ) -> Result<(Subject, BTreeSet<Place>)> {
        let subject = self.subject(asked).await.map_err(|it| failed("Jira", it))?;
        let places = match &subject.issue {
            Some(issue) => self.tickets_of(issue, asked, portals).await.map_err(|it| failed("Jira", it))?,
            None => self.tickets_that_name(asked, portals).await.map_err(|it| failed("HubSpot", it))?,
        };
        Ok((subject, places))
    }

    /// The tickets that an issue that is there knows of.
    async fn tickets_of(
        &self,
        issue: &Progress,
        asked: &Asked,
        portals: &BTreeSet<PortalId>,
    ) -> Result<BTreeSet<Place>, Fault> {
        let links = match self.jira.links(&issue.key).await {
            Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
                tracing::warn!(key = %issue.key, "Jira does not say which tickets {} has: {reason}", issue.key);
                Vec::new()
            }
            links => links?,
        };
        let witness = issue.witness.as_ref().map(|it| (PortalId(it.portal), TicketId(it.ticket)));
        let mut places: BTreeSet<Place> = links.iter().filter_map(|it| linked(it)).chain(witness).collect();
        places.extend(labelled(&issue.labels));
        places.retain(|it| is_served(it.0, portals));
        let told = asked.ticket.zip(portal(&places, portals));
        places.extend(told.map(|(ticket, portal)| (portal, ticket)));
        Ok(places)
    }

    /// The tickets that the event names, and those that HubSpot finds.
    async fn tickets_that_name(&self, asked: &Asked, portals: &BTreeSet<PortalId>) -> Result<BTreeSet<Place>, Fault> {
        let mut places = told(asked, portals);
        if let Some(portal) = portal(&places, portals) {
            places.extend(self.tickets_found(asked, None, portal).await?);
        }
        Ok(places)
    }

    /// The tickets on which HubSpot finds the event's key, or the issue's present one.
    async fn tickets_found(
        &self,
        asked: &Asked,
        issue: Option<&Progress>,
        portal: PortalId,
    ) -> Result<BTreeSet<Place>, Fault> {
        let mut places = BTreeSet::new();
        let keys: BTreeSet<&IssueKey> = asked.key.iter().chain(issue.map(|it| &it.key)).collect();
        for key in keys {
            let found = self.hubspot.tickets_with(&self.policy.properties.jira_reference, &key.to_string()).await?;
            places.extend(found.into_iter().map(|it| (portal, it)));
        }
        Ok(places)
    }

    /// Tells the tickets that the issue knows of; where none of them follows it, those that HubSpot finds.
    pub(super) async fn tell_round(
        &self,
        places: &BTreeSet<Place>,
        asked: &Asked,
        (subject, portals): (&Subject, &BTreeSet<PortalId>),
        invocation: &Invocation,
    ) -> Result<Option<Outcome>> {
        let outcome = self.tell_all(places, asked, subject, invocation).await?;
        let (Some(issue), Some(portal)) = (&subject.issue, portal(places, portals)) else {
            return Ok(outcome);
        };
        if outcome > Some(Outcome::NotNamed) {
            return Ok(outcome);
        }
        let time = time_before(TIME_TO_ANSWER, invocation);
        let found = tokio::time::timeout(time, self.tickets_found(asked, Some(issue), portal)).await;
        let found = found.map_err(|_| Failure::Later(anyhow!("HubSpot did not answer within {time:?}")))?;
        let mut others = found.map_err(|it| failed("HubSpot", it))?;
        others.retain(|it| !places.contains(it));
        Ok(outcome.max(self.tell_all(&others, asked, subject, invocation).await?))
    }

    /// Each ticket gets its news, whatever becomes of the others.
    async fn tell_all(
        &self,
        places: &BTreeSet<Place>,
        asked: &Asked,
        subject: &Subject,
        invocation: &Invocation,
    ) -> Result<Option<Outcome>> {
        let places: Vec<Place> = places.iter().copied().collect();
        let mut outcomes = Vec::new();
        let mut failures = Vec::new();
        for some in places.chunks(AT_ONCE) {
            let visits = some.iter().map(|it| self.visit_in_time(*it, asked, subject, invocation));
            for (place, told) in some.iter().zip(join_all(visits).await) {
                match told {
                    Ok(outcome) => outcomes.push(outcome),
                    Err(Failure::Rejected(reason)) => {
                        tracing::error!(ticket = %place.1, "What is new in Jira cannot be told on ticket {}: {reason}", place.1);
                        outcomes.push(Outcome::Unchanged);
                    }
                    Err(failure) => {
                        tracing::warn!(ticket = %place.1, "What is new in Jira is told on ticket {} later: {failure:?}", place.1);
                        failures.push((*place, failure));
                    }
                }
            }
        }
        self.look_at_all(failures.iter().map(|it| it.0), asked, invocation).await?;
        match failures.pop() {
            Some((_, failure)) => Err(failure),
            None => Ok(outcomes.into_iter().max()),
        }
    }

    async fn visit_in_time(
        &self,
        place: Place,
        asked: &Asked,
        subject: &Subject,
        invocation: &Invocation,
    ) -> Result<Outcome> {
        let time = time_before(TIME_TO_ANSWER, invocation);
        let visit = Box::pin(self.visit(place, asked, subject, invocation));
        let told = tokio::time::timeout(time, visit).await;
        told.unwrap_or_else(|_| Err(Failure::Later(anyhow!("no end within {time:?}"))))
    }

    /// Puts off an event that cannot be read now: a rule does not tell it again. Whoever knows its tickets is
    /// asked, HubSpot last; where nobody does, it is lost unless Jira tells it again.
    pub(super) async fn put_off(
        &self,
        asked: &Asked,
        portals: &BTreeSet<PortalId>,
        invocation: &Invocation,
    ) -> Result<()> {
        let time = time_before(TIME_TO_ANSWER, invocation);
        let found = tokio::time::timeout(time, self.tickets_that_name(asked, portals)).await;
        let places = match found {
            Ok(Ok(places)) => places,
            Ok(Err(fault)) => {
                tracing::warn!("HubSpot does not say which tickets name {}: {fault}", asked.about());
                told(asked, portals)
            }
            Err(_) => told(asked, portals),
        };
        self.look_at_all(places.into_iter(), asked, invocation).await
    }

    /// Has tickets looked at again, in the next minute.
    async fn look_at_all(
        &self,
        places: impl Iterator<Item = Place>,
        asked: &Asked,
        invocation: &Invocation,
    ) -> Result<()> {
        for (portal, ticket) in places {
            let look = fields::look(portal, ticket, &Inputs::of(asked))?;
            self.ledger.look_again(&look, next_minute(invocation)).await?;
        }
        Ok(())
    }
}

/// The next full minute: reminders of many runs are one.
pub fn next_minute(invocation: &Invocation) -> jiff::Timestamp {
    let soon = invocation.now() + SignedDuration::from_mins(1);
    soon.round(jiff::Unit::Minute).unwrap_or(soon)
}

/// The tickets that an event itself names.
fn told(asked: &Asked, portals: &BTreeSet<PortalId>) -> BTreeSet<Place> {
    let mut places: BTreeSet<Place> = labelled(&asked.labels).collect();
    places.retain(|it| is_served(it.0, portals));
    let told = asked.ticket.zip(portal(&places, portals));
    places.extend(told.map(|(ticket, portal)| (portal, ticket)));
    places
}

/// The account of tickets that are known by their ids alone.
fn portal(places: &BTreeSet<Place>, portals: &BTreeSet<PortalId>) -> Option<PortalId> {
    places.first().map(|it| it.0).or(portals.first().copied().filter(|_| portals.len() == 1))
}

/// The tickets that labels name.
fn labelled(labels: &[String]) -> impl Iterator<Item = Place> {
    labels.iter().filter_map(|it| place(it.strip_prefix(LABEL)?.split_once('-')?))
}

/// Whether a portal is one of ours; where none is named, any is.
fn is_served(portal: PortalId, portals: &BTreeSet<PortalId>) -> bool {
    portals.is_empty() || portals.contains(&portal)
}

fn linked(global_id: &str) -> Option<Place> {
    place(global_id.strip_prefix(LINK)?.split_once(':')?)
}

fn place((portal, ticket): (&str, &str)) -> Option<Place> {
    let number = |text: &str| text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse().ok())?;
    Some((PortalId(number(portal)?), TicketId(number(ticket)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_links_name_tickets() {
        let labels = [
            "hs-ticket-1-42",
            "hs-ticket-1-42-7",
            "hs-ticket-1",
            "hsj-abc",
            "x-hs-ticket-1-42",
            "hs-ticket--1-2",
            "hs-ticket-+1-2",
        ];
        let labels = labels.map(str::to_owned);
        assert_eq!(labelled(&labels).collect::<Vec<_>>(), [(PortalId(1), TicketId(42))]);
        assert_eq!(linked("hubspot:1:42"), Some((PortalId(1), TicketId(42))));
        for other in ["hubspot:1", "hubspot:1:", "hubspot:1:x", "other:1:42", "hubspot:1:42:3"] {
            assert_eq!(linked(other), None, "{other}");
        }
    }
}
