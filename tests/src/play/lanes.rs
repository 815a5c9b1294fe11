//! The lanes at the end of the play, as the help desk's views show them.

use std::collections::BTreeSet;

use escalation::id::TicketId;
use escalation::views::{self, View};

use super::stage::Stage;
use crate::team::{DANA, Member};

/// As many tickets of a view are printed.
const ROWS: usize = 5;

/// Prints the lanes; every open escalation must be in the first, and in one of the others.
pub fn show(stage: &mut Stage, open: usize) {
    stage.page.heading("The lanes in the end");
    let mut views = views::views(&stage.policy.properties);
    views.truncate(3);
    let shown: Vec<Vec<TicketId>> = views.iter().map(|it| stage.hubspot.agent(DANA.user).view(it)).collect();
    for (view, tickets) in views.iter().zip(&shown) {
        print(stage, view, tickets);
    }
    let shown = shown.into_iter().map(|it| it.into_iter().collect());
    let [all, cs, tech]: [BTreeSet<TicketId>; 3] = shown.collect::<Vec<_>>().try_into().unwrap_or_default();
    let in_a_lane: BTreeSet<TicketId> = cs.union(&tech).copied().collect();
    let is_whole = all.len() == open && in_a_lane == all && cs.is_disjoint(&tech);
    stage.page.blank();
    stage.must("every open escalation is in exactly one lane, and what is over in none", is_whole);
    stage.must("what is with Tech is in the Tech lane", tech.len() == super::tech::OPEN_IN_THE_END);
}

impl Stage {
    /// How many escalations in the CS lane are somebody's.
    pub fn escalations_of(&self, who: Member) -> usize {
        let tickets = self.hubspot.tickets().into_iter();
        tickets.filter(|it| self.is_with(*it, "cs", who)).count()
    }
}

fn print(stage: &Stage, view: &View, tickets: &[TicketId]) {
    stage.page.heading(&format!("{}  {}", view.name, tickets.len()));
    for ticket in tickets.iter().take(ROWS) {
        stage.page.row(&row(stage, *ticket));
    }
    if tickets.len() > ROWS {
        stage.page.row(&format!("… and {} more", tickets.len() - ROWS));
    }
}

/// A ticket in a view.
fn row(stage: &Stage, ticket: TicketId) -> String {
    let name = stage.value(ticket, "subject");
    let owner = stage.value(ticket, "escalation_owner");
    let owner = stage.readable(ticket, "escalation_owner", &owner);
    let (what, due) = match stage.value(ticket, "escalation_first_reviewed_at").is_empty() {
        true => ("review", "escalation_review_due_at"),
        false => ("answer", "escalation_resolve_due_at"),
    };
    format!("{name:<59} {owner:<15} {what} due {}", stage.clock(ticket, due))
}
