//! Stops workflows that start each other: what an action writes on a ticket may enrol it in a workflow
//! that asks the action again.

use std::time::Duration;

use jiff::Timestamp;
use tracing::{error, warn};

use super::action::{Action, Request};
use super::clock::Invocation;
use super::{Failure, Result};
use crate::id::{PortalId, TicketId};
use crate::ledger::{Entry, Full, Ledger, Limit, Look, Name};
use crate::telemetry::{self, Metric};

/// What people and the procedure's own workflows ask of one action on one ticket stays within this. Of
/// clocks that are apart, the window is shorter or longer by that: two a minute off each, which lets
/// through at most five within 8 minutes, and keeps a ticket that is in no loop waiting for 2 at most.
const LIMIT: Limit = Limit { most: 5, window: Duration::from_secs(10 * 60) };
/// A loop goes on after each window, where nobody ends it. It is over when nothing was stopped for this long.
const CALM: Duration = Duration::from_secs(60 * 60);

/// Counts a run that HubSpot asks for. One too many is stopped: the workflow's owner is told why in the
/// words returned, an operator by one line for each loop, and our own sweep has the action look at the
/// ticket when the window has passed, so that how it was left is acted upon.
///
/// Each execution counts once, however often it is delivered. A state table that is down stops nothing.
///
/// # Errors
/// The run is one too many, and that could not be written down: it is to be asked for again.
pub(super) async fn stopped<A: Action>(
    action: &A,
    request: &Request<A::Inputs>,
    invocation: &Invocation,
) -> Result<Option<String>> {
    let look = Look::new(A::NAME, request.portal, request.ticket, &request.inputs)?;
    let until = runs_too_often(action.ledger(), "runs", &request.run_id, &look, invocation.now()).await?;
    Ok(until.map(|until| reason(A::LABEL, until)))
}

/// Counts that an action is to look at a ticket, among those of this `kind`; `member` tells it from others.
/// Where that is one too many: from when on it may. Then `look` is on the agenda for that moment, and an
/// operator is told, once for each loop. A state table that is down stops nothing.
///
/// # Errors
/// It is one too many, and that could not be written down: it is to be asked for again.
pub async fn runs_too_often(
    ledger: &Ledger,
    kind: &'static str,
    member: &str,
    look: &Look,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let (action, ticket) = (look.action(), look.ticket());
    let name = Name::new(kind, &[&look.portal().to_string(), &ticket.to_string(), action])?;
    let full = match ledger.enter(&name, member, &LIMIT, now).await {
        Ok(Entry::In) => return Ok(None),
        Ok(Entry::Full(full)) => full,
        Err(error) => {
            let error = anyhow::Error::from(error);
            warn!(%ticket, action, "Cannot count the runs of {action} on ticket {ticket}: {error:#}");
            return Ok(None);
        }
    };
    if !full.is_noted {
        note(ledger, look, &full).await?;
    }
    Ok(Some(full.until))
}

/// When a workflow last had an action look at a ticket, by the clock of who looked. Unknown where the state table
/// is down.
pub async fn last_run(ledger: &Ledger, action: &str, (portal, ticket): (PortalId, TicketId)) -> Option<Timestamp> {
    let name = Name::new("runs", &[&portal.to_string(), &ticket.to_string(), action]).ok()?;
    match ledger.last_entry(&name).await {
        Ok(last) => last,
        Err(error) => {
            let error = anyhow::Error::from(error);
            warn!(%ticket, action, "Cannot tell when {action} last ran on ticket {ticket}: {error:#}");
            None
        }
    }
}

/// The look comes first: what is noted is looked after by nobody else.
async fn note(ledger: &Ledger, look: &Look, full: &Full) -> Result<(), Failure> {
    let (action, ticket) = (look.action(), look.ticket());
    ledger.look_again(look, full.until).await?;
    if ledger.note_full(full, CALM).await? {
        telemetry::count(Metric::LoopsStopped);
        let count = LIMIT.most + 1;
        error!(
            %ticket,
            action,
            count,
            metric = "loop_stopped",
            "{action} was to run for the {count}th time within {} minutes on ticket {ticket}, and is stopped until {}: \
             workflows start each other; see in the ticket's workflow history which, and turn one off",
            minutes(),
            full.until
        );
    }
    Ok(())
}

/// For the workflow's owner, in its history.
fn reason(label: &str, until: Timestamp) -> String {
    format!(
        "Stopped: \"{label}\" ran {} times on this ticket within {} minutes. It looks as if workflows start each other by \
         what each of them changes: turn off the one that should not run, or narrow down what enrols a ticket in it. \
         Nothing is lost: soon after {} UTC the ticket is looked at again, and from then on the action runs again.",
        LIMIT.most,
        minutes(),
        until.strftime("%H:%M:%S")
    )
}

fn minutes() -> u64 {
    LIMIT.window.as_secs() / 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workflows_owner_reads_what_was_stopped_why_and_what_to_do() {
        let reason = reason("Assign the lane", "2026-01-05T09:51:07.250Z".parse().unwrap());
        insta::assert_snapshot!(reason, @r#"Stopped: "Assign the lane" ran 5 times on this ticket within 10 minutes. It looks as if workflows start each other by what each of them changes: turn off the one that should not run, or narrow down what enrols a ticket in it. Nothing is lost: soon after 09:51:07 UTC the ticket is looked at again, and from then on the action runs again."#);
    }
}
