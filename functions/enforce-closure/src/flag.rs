//! Marks a ticket that was closed too early and stays closed.

use escalation::procedure::closure::{Missing, Verdict, Why};
use escalation::procedure::wording::closure::{self as words, Refusal, thread};
use escalation::runtime::{Failure, Result, worst};

use super::EnforceClosure;
use super::apply::{Applied, settled};
use super::case::{Case, FLAGGED, UNREADABLE};

impl EnforceClosure {
    /// Marks it, then tells the agent once in the escalation. That HubSpot did not let us open it, they
    /// were told when that was.
    pub(super) async fn flag<'a>(&self, case: &Case<'a>, why: Why, missing: Vec<Missing>) -> Result<Applied<'a>> {
        let verdict = Verdict::Flag { why, missing };
        let written = match self.write(case, &case.properties(&verdict)).await {
            Ok(false) => return Ok(Applied::Gone),
            Err(failure @ (Failure::Busy { .. } | Failure::Later(_))) => return Err(failure),
            written => written.map(drop),
        };
        let missing = verdict.missing();
        let told = match why {
            Why::Refused => Ok(()),
            Why::Unreadable => self.tell(case, UNREADABLE, words::flagged(why, missing, &case.scene())).await,
            _ => self.tell(case, FLAGGED, words::flagged(why, missing, &case.scene())).await,
        };
        let told = settled(told)?;
        let which = match why {
            Why::Refused => "refused",
            Why::Unreadable => "unreadable",
            _ => "flagged",
        };
        let slack = self.reply(case, which, thread::flagged(case.agent(), why, missing)).await;
        let ticket = case.found.id.to_string();
        let alert = match why {
            Why::ClosedByMachineAgain => {
                self.alert(case, "closed-by-machine", &words::closed_by_machine(&ticket)).await
            }
            Why::Refused => self.alert(case, "may-not-open", &words::may_not_open(&ticket, Refusal::Other(""))).await,
            Why::Unreadable => {
                self.alert(case, "may-not-read", &words::may_not_read(&ticket, case.found.evidence.unread())).await
            }
            Why::Policy | Why::OpenedBefore | Why::NoStage => Ok(()),
        };
        worst([written, told, slack, alert])?;
        Ok(Applied::So(verdict))
    }
}
