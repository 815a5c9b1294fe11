//! What the log says of a visit: one line that reads alone.

use tracing::field::display;
use tracing::{info, warn};

use super::How;
use super::effect::Effect;
use super::visit::Visit;

/// How a visit ended, as the log has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It did what was left to do.
    Acted,
    /// All was done before, and nobody knew.
    Adopted,
    /// A later one goes on.
    Parked,
    /// The vendor refused it for good.
    Refused,
    /// Nobody knows what came of it, and nobody tries again.
    GivenUp,
    /// A later visit had taken the effect over.
    Overtaken,
    /// What came of it could not be written down: the next visit looks.
    Unrecorded,
}

impl Outcome {
    /// How an effect came to be done, by a visit that `acted` or did not.
    pub(super) fn of(how: How, acted: bool) -> Self {
        match how {
            How::Acted => Self::Acted,
            How::Unconfirmed => Self::GivenUp,
            // An earlier visit did the first step, and this one the second.
            How::Replayed if acted => Self::Acted,
            How::Adopted | How::Replayed => Self::Adopted,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Acted => "acted",
            Self::Adopted => "adopted",
            Self::Parked => "parked",
            Self::Refused => "refused",
            Self::GivenUp => "given_up",
            Self::Overtaken => "overtaken",
            Self::Unrecorded => "unrecorded",
        }
    }
}

impl Visit<'_> {
    /// Says what came of the visit. `because` is for an operator, and nobody's words.
    pub(super) fn say(&self, outcome: Outcome, because: Option<&str>) {
        let Effect { key: effect, flow: kind, about, .. } = self.effect;
        let (request_id, attempt, ms) = (&self.invocation.request_id, self.claim.visit, self.now() - self.begun);
        let (ticket, cycle) = about.map(|(ticket, cycle)| (display(ticket), cycle)).unzip();
        let of = about.map(|(ticket, cycle)| format!(" of ticket {ticket} (escalation {cycle})")).unwrap_or_default();
        let why = because.map(|it| format!(": {it}")).unwrap_or_default();
        let name = outcome.name();
        let line = format!("Effect {kind}{of}: {name} in {ms} ms, attempt {attempt}{why}");
        match outcome {
            Outcome::GivenUp | Outcome::Overtaken | Outcome::Unrecorded => {
                warn!(ticket, cycle, effect, kind, outcome = name, attempt, ms, request_id, "{line}");
            }
            Outcome::Acted | Outcome::Adopted | Outcome::Parked | Outcome::Refused => {
                info!(ticket, cycle, effect, kind, outcome = name, attempt, ms, request_id, "{line}");
            }
        }
    }
}
