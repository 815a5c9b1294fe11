//! The lanes as views of the help desk, and the recipe to make them by.
//!
//! HubSpot has no API for [help-desk views](https://knowledge.hubspot.com/help-desk/organize-teams-and-views-in-help-desk):
//! an administrator makes them by hand.

use std::fmt;

use crate::policy::{Properties, PropertyName};
use crate::procedure::cycle::State;
use crate::procedure::lane::Lane;

/// A view of the help desk. A ticket is in it if all filters let it pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What people read in the list of views.
    pub name: &'static str,
    /// Which tickets it is for, in words.
    pub shows: &'static str,
    /// What a ticket has to pass.
    pub filters: Vec<Filter>,
}

/// A condition on one ticket property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Its internal name.
    pub property: String,
    /// What HubSpot's list of properties calls it.
    pub label: &'static str,
    /// What it has to be.
    pub is: Is,
}

/// What a property has to be, as HubSpot's filters put it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Is {
    /// One of these options; of a property with several, at least one.
    AnyOf(Vec<Choice>),
    /// Anything but empty.
    Known,
    /// The person who looks.
    Me,
}

/// An option of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub value: &'static str,
    /// What people read.
    pub label: &'static str,
}

impl From<State> for Choice {
    fn from(state: State) -> Self {
        Self { value: state.name(), label: state.label() }
    }
}

impl From<Lane> for Choice {
    fn from(lane: Lane) -> Self {
        Self { value: lane.name(), label: lane.label() }
    }
}

/// The views of the procedure, the three lanes first.
pub fn views(properties: &Properties) -> Vec<View> {
    let lane = |choice| Filter::any_of(&properties.lane, "Lane", &[choice]);
    let state = |choices: &[Choice]| Filter::any_of(&properties.state, "State", choices);
    let open: Vec<Choice> = State::ALL.into_iter().filter(|it| it.is_open()).map(Choice::from).collect();
    vec![
        View {
            name: "🔥 ALL OPEN ESCALATIONS",
            shows: "every escalation that is not over, those that still lack context too",
            filters: vec![state(&open)],
        },
        View {
            name: Lane::Cs.label(),
            shows: "what the Shift Lead has to triage or to answer",
            filters: vec![lane(Lane::Cs.into())],
        },
        View {
            name: Lane::Tech.label(),
            shows: "what a Shift Lead has sent to Tech",
            filters: vec![lane(Lane::Tech.into())],
        },
        View {
            name: "⏳ Awaiting context",
            shows: "my own escalations whose comment is not complete yet",
            filters: vec![
                state(&[State::AwaitingContext.into()]),
                Filter { property: "hubspot_owner_id".to_owned(), label: "Ticket owner", is: Is::Me },
            ],
        },
        View {
            name: "🔎 Audit",
            shows: "closed tickets whose escalation is not over",
            filters: vec![
                state(&open),
                Filter {
                    property: "hs_is_closed".to_owned(),
                    label: "Is closed",
                    is: Is::AnyOf(vec![Choice { value: "true", label: "Yes" }]),
                },
            ],
        },
    ]
}

/// What an administrator does to make the views.
pub fn recipe(properties: &Properties) -> String {
    let views: String = views(properties).iter().map(|it| format!("\n{it}")).collect();
    format!("{HOW}{views}")
}

const HOW: &str = "\
In HubSpot, open Service > Help Desk and click the plus sign beside the list of views. For each view:
1. Type its name as it stands below, and share it with everyone.
2. Add its filters, all in one AND group. (A property's internal name stands in brackets.)
3. Save.
It takes a Service seat. A view shows tickets that are in the help desk, a few seconds after they change.
";

impl Filter {
    fn any_of(property: &PropertyName, label: &'static str, choices: &[Choice]) -> Self {
        Self { property: property.to_string(), label, is: Is::AnyOf(choices.to_vec()) }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.name, self.shows)?;
        self.filters.iter().try_for_each(|it| writeln!(f, "    {it}"))
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}) {}", self.label, self.property, self.is)
    }
}

impl fmt::Display for Is {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyOf(choices) => {
                let labels: Vec<&str> = choices.iter().map(|it| it.label).collect();
                write!(f, "is any of: {}", labels.join(", "))
            }
            Self::Known => write!(f, "is known"),
            Self::Me => write!(f, "is any of: Me"),
        }
    }
}
