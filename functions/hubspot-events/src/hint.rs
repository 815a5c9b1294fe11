//! Where events point, each pointer once.

use std::collections::BTreeSet;

use escalation::hubspot::{App, Event, What};
use escalation::id::{PortalId, TicketId};
use escalation::policy::Properties;
use escalation::runtime::Origin;

/// HubSpot's own properties: the stage of the pipeline, and whether that is a closed one.
const STAGE: &str = "hs_pipeline_stage";
const IS_CLOSED: &str = "hs_is_closed";

/// Why a ticket is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Somebody wrote on it, or in its conversation.
    Written,
    /// Escalation Type changed.
    Escalation,
    /// Something changed that the end of an escalation depends on.
    Ending,
    /// Jira Reference changed.
    Reference,
    /// It was deleted.
    Deleted,
    /// It was deleted, and is back.
    Restored,
    /// Others were merged into it.
    Merged,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A ticket.
    Ticket(TicketId, Reason),
    /// A ticket, and those that were merged into it, the primary one first.
    Merged(TicketId, Vec<TicketId>),
    /// A note, by its id; it may be on a ticket.
    Note(u64),
    /// A conversation, by its id; it may belong to a ticket.
    Thread(u64),
}

/// A pointer to something in a portal.
pub type Hint = (PortalId, About);

/// All pointers of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Each once, in the order in which things happened.
    pub hints: Vec<Hint>,
    /// How many events were of portals that are not ours.
    pub foreign: usize,
    /// How many events are about nothing that matters here, our own doing included.
    pub ignored: usize,
}

impl Reason {
    const ALL: [Self; 7] =
        [Self::Written, Self::Escalation, Self::Ending, Self::Reference, Self::Deleted, Self::Restored, Self::Merged];

    /// As the agenda keeps it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Escalation => "escalation",
            Self::Ending => "ending",
            Self::Reference => "reference",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
            Self::Merged => "merged",
        }
    }

    /// The reasons of a list; what is no reason is left out.
    pub fn list(text: &str) -> BTreeSet<Self> {
        let named = |name: &str| Self::ALL.into_iter().find(|it| it.name() == name);
        text.split(';').filter_map(|it| named(it.trim())).collect()
    }

    /// Its place among the bits of a number.
    pub fn bit(self) -> i64 {
        1 << Self::ALL.iter().position(|it| *it == self).unwrap_or_default()
    }
}

impl Hints {
    /// What events point to. An event that is told twice, or twice told in other words, is one pointer.
    pub fn of(mut events: Vec<Event>, origin: &Origin<'_>, app: App, ours: &Properties) -> Self {
        events.sort_by_key(|it| it.at);
        let mut found = Self::default();
        let mut seen = BTreeSet::new();
        for event in events {
            if !origin.serves(event.portal) {
                found.foreign += 1;
                continue;
            }
            match about(&event, app, ours) {
                Some(about) if seen.insert((event.portal, about.clone())) => found.hints.push((event.portal, about)),
                Some(_) => {}
                None => found.ignored += 1,
            }
        }
        found
    }
}

/// `None` where nothing follows from it.
fn about(event: &Event, app: App, ours: &Properties) -> Option<About> {
    let is_ours = app.did(event.by_app);
    Some(match &event.what {
        What::Changed { .. } | What::Noted(_) if is_ours => return None,
        What::Changed { ticket, property } => About::Ticket(*ticket, reason(property, ours)?),
        What::Deleted(ticket) => About::Ticket(*ticket, Reason::Deleted),
        What::Restored(ticket) => About::Ticket(*ticket, Reason::Restored),
        What::Merged { survivor, absorbed } => About::Merged(*survivor, absorbed.clone()),
        What::Noted(note) => About::Note(*note),
        What::NotedOn(_) if is_ours => return None,
        What::NotedOn(ticket) => About::Ticket(*ticket, Reason::Written),
        What::Said(thread) => About::Thread(*thread),
    })
}

/// What a property's change is a reason for.
fn reason(property: &str, ours: &Properties) -> Option<Reason> {
    let ending = [STAGE, IS_CLOSED, &*ours.resolution_communicated, &*ours.unreachable_reason];
    match property {
        it if it == &*ours.escalation_type => Some(Reason::Escalation),
        it if it == &*ours.jira_reference => Some(Reason::Reference),
        it if ending.contains(&it) => Some(Reason::Ending),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use escalation::policy::Policy;

    use super::*;

    fn hints(events: Vec<Event>, portals: &[u64]) -> Hints {
        let portals = portals.iter().copied().map(PortalId).collect();
        let origin = Origin { portals: &portals, base_url: String::new() };
        Hints::of(events, &origin, App::new("1160452").unwrap(), &Policy::shipped().properties)
    }

    fn event(at: i64, what: What) -> Event {
        Event { portal: PortalId(1), at, by_app: None, what }
    }

    fn changed(property: &str) -> What {
        What::Changed { ticket: TicketId(42), property: property.to_owned() }
    }

    #[test]
    fn each_is_pointed_to_once_and_in_the_order_of_time() {
        let events = vec![
            event(30, What::Said(5)),
            event(20, changed("hs_is_closed")),
            event(10, What::NotedOn(TicketId(42))),
            event(20, changed("hs_pipeline_stage")),
            event(40, What::Said(5)),
        ];
        let about = |it: About| (PortalId(1), it);
        let expected = [
            about(About::Ticket(TicketId(42), Reason::Written)),
            about(About::Ticket(TicketId(42), Reason::Ending)),
            about(About::Thread(5)),
        ];
        let mut reversed = events.clone();
        reversed.reverse();
        assert_eq!(hints(events, &[]).hints, expected);
        assert_eq!(hints(reversed, &[]).hints, expected);
    }

    #[test]
    fn properties_are_those_of_the_policy() {
        let about = |property| hints(vec![event(0, changed(property))], &[]).hints.pop().map(|it| it.1);
        let is = |reason| Some(About::Ticket(TicketId(42), reason));
        assert_eq!(about("escalation_type"), is(Reason::Escalation));
        assert_eq!(about("jira_reference"), is(Reason::Reference));
        for ending in ["hs_pipeline_stage", "hs_is_closed", "resolution_communicated"] {
            assert_eq!(about(ending), is(Reason::Ending), "{ending}");
        }
        for other in ["subject", "escalation_lane", "escalation_comment_status", ""] {
            assert_eq!(about(other), None, "{other}");
        }
    }

    #[test]
    fn our_own_writes_point_nowhere_and_those_of_other_apps_do() {
        let by = |app, what| {
            let event = Event { by_app: Some(app), ..event(0, what) };
            let found = hints(vec![event], &[]);
            (found.hints.len(), found.ignored)
        };
        for what in [changed("escalation_type"), What::Noted(7), What::NotedOn(TicketId(42))] {
            assert_eq!(by(1_160_452, what.clone()), (0, 1), "{what:?}");
            assert_eq!(by(7, what.clone()), (1, 0), "{what:?}");
        }
        assert_eq!(by(1_160_452, What::Deleted(TicketId(42))), (1, 0));
    }

    #[test]
    fn other_portals_are_passed_over_and_counted() {
        let theirs = Event { portal: PortalId(2), ..event(0, What::Said(5)) };
        let found = hints(vec![theirs, event(0, What::Said(5))], &[1]);
        assert_eq!((found.hints.len(), found.foreign, found.ignored), (1, 1, 0));
    }

    #[test]
    fn reasons_read_as_they_are_written() {
        for reason in Reason::ALL {
            assert_eq!(Reason::list(reason.name()), [reason].into());
        }
        assert_eq!(Reason::list("written; merged;what"), [Reason::Written, Reason::Merged].into());
        let bits: BTreeSet<i64> = Reason::ALL.into_iter().map(Reason::bit).collect();
        assert_eq!(bits.into_iter().sum::<i64>(), 127);
    }
}
