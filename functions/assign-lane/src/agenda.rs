//! When the function looks at a ticket again by itself.

use escalation::ledger::Look;
use escalation::runtime::{Action as _, Invocation, Mode, Request, Result};
use escalation::telling::Telling;
use jiff::{SignedDuration, Timestamp};

use super::AssignLane;
use super::apply::Case;
use super::fields::Inputs;

/// Longer than any run lasts.
const OUTRUN: SignedDuration = SignedDuration::from_mins(1);

impl AssignLane {
    /// Has us look again at the next moment at which something is otherwise by itself. One reminder is
    /// enough: that look sets the next. A look that comes early sets the same one again.
    pub(super) async fn look_again(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        match self.next_look(case, telling.invocation.now()) {
            Some(at) => Ok(self.ledger.look_again(&telling.look, at).await?),
            None => Ok(()),
        }
    }

    /// The end of the wait for the comment; of the shift of who has it and has not looked at it; of the
    /// times that it is held to; and what Tech may forget.
    fn next_look(&self, case: &Case<'_>, now: Timestamp) -> Option<Timestamp> {
        let Some(held) = &case.held else {
            return Some(case.found.started_at + self.policy.escalation.waiting_minutes.minutes());
        };
        let shift = held.until().filter(|_| case.decided.reviewed_at.is_none());
        let running = case.watched.running.and_then(|it| it.next(now));
        [shift, running, case.watched.next].into_iter().flatten().filter(|it| *it > now).min()
    }

    /// Has us look again at what was cleared just now: a run that read it before may write after us.
    pub(super) async fn watch_cleared(
        &self,
        request: &Request<Inputs>,
        at: Option<Timestamp>,
        invocation: &Invocation,
    ) -> Result<()> {
        let until = at.map(|it| it + OUTRUN).filter(|it| *it > invocation.now());
        let Some(until) = until.filter(|_| request.inputs.mode == Mode::Enforce) else {
            return Ok(());
        };
        let look = Look::new(Self::NAME, request.portal, request.ticket, &request.inputs)?;
        Ok(self.ledger.look_again(&look, until).await?)
    }
}
