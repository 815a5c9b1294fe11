//! What Slack shows of an escalation.

use escalation::procedure::comment::Point;
use escalation::procedure::ticket_name::{self, Context};
use escalation::procedure::trigger::Trigger;
use escalation::procedure::wording::lane::{Details, Shown};
use escalation::telling::Telling;

use super::super::AssignLane;
use super::super::apply::Case;
use super::super::found::Escalated;

impl AssignLane {
    /// What Slack shows.
    pub(super) fn shown<'a>(&'a self, case: &'a Case<'_>, telling: &Telling<'_>) -> Shown<'a> {
        let decided = &case.decided;
        Shown {
            standing: self.standing(case, telling.invocation.now()),
            ticket: telling.look.ticket().to_string(),
            page: telling.page(),
            cycle: telling.cycle,
            leads: case.held.iter().flat_map(|it| it.leads.clone()).collect(),
            triggers: decided.triggers.iter().copied().map(Trigger::label).collect(),
            is_immediate: decided.is_immediate(),
            details: (!decided.is_restricted()).then(|| self.details(case.found)),
        }
    }

    fn details<'a>(&'a self, found: &'a Escalated) -> Details<'a> {
        let channel = found.ticket.property(&self.policy.properties.channel);
        let comment = found.comment.choice.counted.as_ref().map(|it| &it.comment);
        Details {
            subject: subject(found.ticket.property("subject")),
            customer: found.customer.as_deref(),
            agent: found.agent().map(|it| &*it.name),
            channel: Some(channel).filter(|it| !it.is_empty()),
            points: Point::ALL.into_iter().map(|it| (it, comment.and_then(|comment| comment.text(it)))).collect(),
        }
    }
}

/// The ticket's name without what every ticket's begins with.
pub(super) fn subject(name: &str) -> String {
    let check = ticket_name::check(name, &Context::default());
    match (check.customer, check.issue) {
        (Some(customer), Some(issue)) => format!("{customer} - {issue}"),
        _ => name.to_owned(),
    }
}
