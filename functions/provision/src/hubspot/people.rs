//! Whether the policy's people are there, and active.

use std::collections::BTreeSet;

use escalation::hubspot::{HubSpot, Person};
use escalation::policy::{LeadKind, Policy, ShiftLead};
use jiff::Timestamp;

use super::unseen;
use crate::finding::Finding;

const WHERE: &str =
    "Settings > Users & Teams in HubSpot shows who is active; the id stands in the address of a user's page";

/// How each shift lead stands.
pub async fn look(hubspot: &HubSpot, policy: &Policy, now: Timestamp) -> Vec<Finding> {
    let people = match hubspot.people(now).await {
        Ok(people) => people,
        Err(fault) => return vec![unseen("HubSpot users", &fault)],
    };
    let on_duty = on_duty(policy);
    policy.shift_leads.iter().map(|lead| stands(lead, policy, &people, &on_duty)).collect()
}

/// Everybody whom the rota names.
fn on_duty(policy: &Policy) -> BTreeSet<String> {
    let rota = policy.rota();
    let weekly = rota.shifts.into_iter().map(|it| it.shift);
    let shifts = weekly.chain(rota.exceptions.into_values().flatten());
    shifts.flat_map(|it| it.who).map(|it| it.0).collect()
}

fn stands(lead: &ShiftLead, policy: &Policy, people: &[Person], on_duty: &BTreeSet<String>) -> Finding {
    let (id, name) = (lead.mention_id, &lead.name);
    let (subject, is_there) = match lead.kind {
        LeadKind::Person => (format!("Shift lead {id}"), people.iter().any(|it| it.user_id == Some(id))),
        LeadKind::Team => (format!("Shift lead team {id}"), people.iter().any(|it| it.teams.contains(&id))),
    };
    if is_there {
        return Finding::fine(subject, format!("{name} is active"));
    }
    let remedy =
        format!("Correct {name} in [[shift_leads]] of the policy, or take them out of it and of the rota; {WHERE}.");
    let says = |duty: &str| format!("{name} is not among the active users of the account{duty}");
    if policy.fallback().is_some_and(|it| it.name == lead.name) {
        return Finding::wrong(subject, says(", and is the rota's fallback: escalations will have no owner"), remedy);
    }
    match on_duty.contains(&name.0) {
        true => Finding::wrong(subject, says(", and is on the rota: the fallback will have their escalations"), remedy),
        false => Finding::warning(subject, says(""), remedy),
    }
}
