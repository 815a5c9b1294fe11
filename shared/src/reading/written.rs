//! What was written on a ticket, and the agent's comment in it.

use futures_util::future::try_join_all;
use jiff::Timestamp;

use super::{asked, entries};
use crate::http::Fault;
use crate::hubspot::{Comment, HubSpot, Ticket};
use crate::id::TicketId;
use crate::policy::{Policy, Source};
use crate::procedure::intake::{self, Finding, Intake};
use crate::procedure::thread::{self, Choice, Window};

/// The agent's comment, judged.
pub struct Judged {
    /// The comment that counts, or why none does.
    pub choice: Choice,
    /// What is missing in it.
    pub intake: Intake,
}

/// In which time comments count for the escalation that started at this moment.
pub fn window(started_at: Timestamp, previous_cleared_at: Option<Timestamp>, policy: &Policy) -> Window {
    Window {
        previous_cleared_at,
        lookback: policy.comment.lookback_days.days(),
        join: policy.comment.join_minutes.minutes(),
        ..Window::new(started_at)
    }
}

/// Everything that was read, and the comment that counts in it. The help desk is asked only where the
/// notes have no complete comment.
///
/// # Errors
/// HubSpot refuses or cannot be reached.
pub async fn written(
    hubspot: &HubSpot,
    id: TicketId,
    ticket: &Ticket,
    window: &Window,
    policy: &Policy,
    now: Timestamp,
) -> Result<(Vec<Comment>, Judged), Fault> {
    let sources = &policy.comment.sources;
    let notes = if sources.include(Source::Notes) { hubspot.notes_of(id, ticket).await? } else { Vec::new() };
    let in_notes = judge(&notes, window, policy, now);
    if in_notes.intake.finding == Finding::Complete || !sources.include(Source::Conversations) {
        return Ok((notes, in_notes));
    }
    let messages = help_desk(hubspot, id, window.since()).await?;
    if messages.is_empty() {
        return Ok((notes, in_notes));
    }
    let written: Vec<Comment> = notes.into_iter().chain(messages).collect();
    let everywhere = judge(&written, window, policy, now);
    Ok((written, everywhere))
}

/// What was written in the help desk since `since`: comments, and messages from and to the customer.
///
/// # Errors
/// HubSpot refuses or cannot be reached.
pub async fn help_desk(hubspot: &HubSpot, id: TicketId, since: Timestamp) -> Result<Vec<Comment>, Fault> {
    let threads = hubspot.threads_of(id).await?;
    let messages = threads.iter().map(|thread| hubspot.messages_of(thread, since));
    Ok(try_join_all(messages).await?.into_iter().flatten().collect())
}

/// Judges the comment as `validate-comment` does where its author changes nothing.
fn judge(written: &[Comment], window: &Window, policy: &Policy, now: Timestamp) -> Judged {
    let rules = &policy.comment;
    let window = Window { asked: asked(written), ..window.clone() };
    let choice = thread::choose(&entries(written, rules.labels.labels()), &window);
    let shift_leads: Vec<u64> = policy.shift_leads.iter().map(|it| it.mention_id).collect();
    let started_at = window.escalated_at;
    let facts = intake::Facts { started_at, now, choice: &choice, has_customer: true, name: None };
    let rules = intake::Rules {
        pending: rules.pending_seconds.seconds(),
        require_mention: rules.require_mention,
        shift_leads: &shift_leads,
    };
    let intake = intake::judge(&facts, &rules);
    Judged { choice, intake }
}
