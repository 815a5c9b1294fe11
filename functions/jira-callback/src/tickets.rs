//! Which tickets may be about an issue: by its witness, its labels, and its links to them. Each is read
//! anew before anything is said on it.

use std::collections::BTreeSet;

use escalation::http::Fault;
use escalation::id::{PortalId, TicketId};
use escalation::jira::Progress;

use super::JiraCallback;
use super::news::Asked;

/// What the labels of tickets begin with.
const LABEL: &str = "hs-ticket-";

/// What the links to tickets begin with.
const LINK: &str = "hubspot:";

/// A ticket and its portal.
pub type Place = (PortalId, TicketId);

impl JiraCallback {
    /// The tickets of an issue that is there.
    pub(super) async fn tickets_of(
        &self,
        issue: &Progress,
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
        Ok(places)
    }

    /// The tickets of an issue that is gone, and its links with it: by the labels that it had when the
    /// event was written, and by what HubSpot finds.
    pub(super) async fn tickets_that_name(
        &self,
        asked: &Asked,
        portals: &BTreeSet<PortalId>,
    ) -> Result<BTreeSet<Place>, Fault> {
        let mut places: BTreeSet<Place> = labelled(&asked.labels).collect();
        places.retain(|it| is_served(it.0, portals));
        let portal = places.first().map(|it| it.0).or(portals.first().copied().filter(|_| portals.len() == 1));
        if let (Some(portal), Some(key)) = (portal, &asked.key) {
            let property = &self.policy.properties.jira_reference;
            let found = self.hubspot.tickets_with(property, &key.to_string()).await?;
            places.extend(found.into_iter().map(|it| (portal, it)));
        }
        Ok(places)
    }
}

/// The tickets that labels name.
pub fn labelled(labels: &[String]) -> impl Iterator<Item = Place> {
    labels.iter().filter_map(|it| place(it.strip_prefix(LABEL)?.split_once('-')?))
}

/// Whether a portal is one of ours; where none is named, any is.
pub fn is_served(portal: PortalId, portals: &BTreeSet<PortalId>) -> bool {
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
