//! Exactly one Jira issue for each escalation that a Shift Lead sent to Tech, known on both sides.

use std::collections::BTreeMap;

use escalation::id::TicketId;

use super::Checks;
use super::facts::{Facts, is_lead};
use crate::week::Week;
use crate::world::hubspot::id::Source;
use crate::world::jira::{Actor, Issue};

/// Checks a ticket that is there.
pub fn judge(week: &Week, facts: &Facts<'_>, checks: &mut Checks) {
    let mut by_cycle = BTreeMap::<usize, usize>::new();
    for issue in ours(week, &[facts.ticket]) {
        let cycle = issue.properties["hs-escalation"]["cycle"].as_u64().and_then(|it| usize::try_from(it).ok());
        let cycle = cycle.unwrap_or_default();
        *by_cycle.entry(cycle).or_default() += 1;
        let its = facts.cycles.iter().find(|it| it.number == cycle);
        let sent = |it: &&crate::world::hubspot::record::Version| it.value == "tech" && is_lead(&it.source);
        let was_sent = its.is_some_and(|its| {
            facts.kinds.iter().filter(sent).any(|it| it.at >= its.start && it.at <= issue.created_at)
        });
        checks.that(facts.number(), was_sent, || {
            format!("{} for escalation #{cycle}, which no lead sent to Tech", issue.key)
        });
    }
    for (cycle, issues) in by_cycle {
        checks.that(facts.number(), issues == 1, || format!("{issues} issues for escalation #{cycle}"));
    }
    if let Some(last) = facts.last().filter(|_| facts.is_confirmed() && !facts.was_deleted) {
        let by_hand = |it: &crate::world::hubspot::record::Version| matches!(it.source, Source::User(_));
        if !facts.references.iter().any(|it| it.at >= last.start && by_hand(it)) {
            is_logged(week, facts, last.number, checks);
        }
    }
}

/// Link and Log: the key on the ticket, the ticket on the issue, and the agent knows.
fn is_logged(week: &Week, facts: &Facts<'_>, cycle: usize, checks: &mut Checks) {
    if let Some(key) = is_known(week, facts, checks) {
        let notes = facts.notes_of(cycle, "In Tech").len();
        checks.that(facts.number(), notes >= 1, || format!("with Tech as {key}, and no note says so"));
    }
}

/// Link and Log: the key on the ticket, which it tells, and the ticket on the issue.
pub fn is_known<'a>(week: &Week, facts: &'a Facts<'_>, checks: &mut Checks) -> Option<&'a str> {
    let key = facts.value("jira_reference");
    let named = week.world.jira.issue(key).filter(|_| key.contains('-'));
    checks.that(facts.number(), named.is_some(), || format!("sent to Tech, and Jira Reference is `{key}`"));
    let issue = named?;
    if issue.deleted {
        return Some(key);
    }
    let page = format!("/record/0-5/{}", facts.ticket);
    let links = issue.remote_links.iter().filter(|it| it.url.ends_with(&page)).count();
    checks.that(facts.number(), links == 1, || format!("{key} has {links} links to the ticket"));
    let mut answers = week.told.iter().filter(|it| it.0 == issue.id).map(|it| it.1);
    if answers.all(|it| it.is_some_and(|it| it < 300)) {
        let status = facts.value("jira_status");
        checks.that(facts.number(), status == issue.status, || {
            format!(
                "{key} is `{}`, which every call of Jira's rule was heard, and the ticket says `{status}`",
                issue.status
            )
        });
        let known = week.world.jira.issue(key).is_some_and(|it| it.key == key);
        checks.that(facts.number(), known, || format!("{key} is {} by now", issue.key));
    }
    Some(key)
}

/// The issues that we made for one of several tickets, deleted ones too.
pub fn ours(week: &Week, tickets: &[TicketId]) -> Vec<Issue> {
    let mut ids: Vec<String> = week.world.jira.events().into_iter().map(|it| it.issue).collect();
    ids.sort_unstable();
    ids.dedup();
    let all = ids.iter().filter_map(|it| week.world.jira.issue(it)).filter(|it| it.creator == Actor::App);
    let is_of =
        |it: &Issue, ticket: &TicketId| it.properties.get("hs-escalation").is_some_and(|it| it["ticket"] == ticket.0);
    all.filter(|it| tickets.iter().any(|ticket| is_of(it, ticket))).collect()
}
