//! Writes what the check found, each thing once.

use std::collections::BTreeMap;

use escalation::http::Fault;
use escalation::id::PortalId;
use escalation::ledger::{How, Look};
use escalation::lineage;
use escalation::policy::{NamingMode, Properties};
use escalation::procedure::comment;
use escalation::procedure::intake::{Deficit, Finding, Intake};
use escalation::procedure::thread::Choice;
use escalation::procedure::ticket_name::Status;
use escalation::procedure::trigger;
use escalation::procedure::wording;
use escalation::runtime::{Action as _, Failure, Invocation, Result, worst};
use escalation::telemetry::{self, Metric};
use escalation::telling::{Telling, mention};
use jiff::Timestamp;

use super::load::Escalated;
use super::{Feedback, Inputs, ValidateComment};

/// The audit note of a rename, and the feedback: both are kept from being written twice by the ledger.
const RENAME: &str = "ticket-rename";
const FEEDBACK: &str = "feedback-comment";

/// HubSpot cuts nothing, but one line is read at a glance only up to here.
const LONGEST_HINT: usize = 500;

/// What the check found on a ticket.
pub struct Judged<'a> {
    pub portal: PortalId,
    pub found: &'a Escalated,
    pub choice: &'a Choice,
    pub intake: &'a Intake,
    /// What the workflow's author filled in.
    pub inputs: &'a Inputs,
}

impl Judged<'_> {
    /// Whether the agent is told by a comment.
    pub fn tell(&self) -> bool {
        self.inputs.feedback == Feedback::Comment
    }
}

/// What became of the ticket while we wrote.
pub enum Applied {
    Written {
        /// What is now to be said of its name.
        name: Option<Status>,
    },
    /// It was deleted meanwhile.
    Gone,
}

impl ValidateComment {
    /// Renames the ticket, tells the agent, and writes the machine properties where they differ.
    pub(super) async fn apply(&self, judged: &Judged<'_>, invocation: &Invocation) -> Result<Applied> {
        let renamed = self.rename(judged, invocation).await;
        let name = match renamed {
            Ok(true) => Some(Status::Ok),
            _ => judged.found.name.as_ref().map(|it| it.status),
        };
        // Who was told what is missing hears later that the Shift Lead has it, by what the ticket says was missing:
        // so that is written first. What HubSpot will never take keeps nobody from hearing what is missing.
        let written = self.write(judged, name).await;
        let told = match written {
            Err(Fault::Refused { status: 404, .. }) => return Ok(Applied::Gone),
            Err(Fault::NotNow { .. } | Fault::NotSent { .. } | Fault::Unknown { .. }) => Ok(()),
            Ok(()) | Err(Fault::Refused { .. } | Fault::Denied { .. }) => self.tell(judged, invocation).await,
        };
        worst([renamed.map(drop), told, written.map_err(Failure::from)])?;
        self.count(judged);
        Ok(Applied::Written { name })
    }

    async fn write(&self, judged: &Judged<'_>, name: Option<Status>) -> Result<(), Fault> {
        let properties = properties(&self.policy.properties, judged.found, judged.intake, name);
        if properties.is_empty() {
            return Ok(());
        }
        self.hubspot.update_ticket_apart(judged.found.id, &properties).await
    }

    /// Tells the agent what is missing: one comment for each distinct lack of an escalation.
    async fn tell(&self, judged: &Judged<'_>, invocation: &Invocation) -> Result<()> {
        let found = judged.found;
        let Some(deficit) = judged.intake.deficit.as_ref().filter(|_| judged.tell()) else {
            return Ok(());
        };
        let telling = self.telling(judged, invocation)?;
        let refused = judged.intake.missing.iter().map(|it| Metric::RefusedPoint(it.name()));
        let effect = telling.effect(FEEDBACK, &[&deficit.key()])?.counting(refused);
        let (author, checked_at) = checked(deficit, judged.choice).unzip();
        let message = wording::feedback(
            deficit,
            &wording::Feedback {
                agent: found.agent().map(mention),
                called: found.called(),
                author: author.and_then(|it| found.author(it)).map(|it| it.first_name.as_str()),
                checked_at: checked_at.unwrap_or_else(|| invocation.now()),
                now: invocation.now(),
                zone: self.policy.team.time_zone.time_zone(),
                cycle: found.cycle,
                link: &telling.link(&effect),
                also: &judged.intake.also,
            },
        );
        telling.note(&effect, &message, async { Ok(()) }).await.map(drop)
    }

    /// Counts an escalation at its first verdict, and whether that accepts it, by what stands on the ticket: a
    /// write to the table for it alone is not worth it.
    fn count(&self, judged: &Judged<'_>) {
        let (found, ours) = (judged.found, &self.policy.properties);
        let Some(status) = status(judged.intake) else { return };
        let begins = !found.ticket.has(&ours.cycle, &found.cycle.to_string());
        if begins || (!found.was_judged(&self.policy) && !found.ticket.has(&ours.comment_status, status.name())) {
            telemetry::count(Metric::Escalations);
            if status == comment::Status::Complete {
                telemetry::count(Metric::AcceptedFirstTry);
            }
        }
    }

    /// Gives the ticket the one right name, if the policy wants that and it was not done before in
    /// this escalation: a person who changes it back wins. Says whether it did.
    async fn rename(&self, judged: &Judged<'_>, invocation: &Invocation) -> Result<bool> {
        let found = judged.found;
        let Some(new) = self.rename_to(judged) else {
            return Ok(false);
        };
        let telling = self.telling(judged, invocation)?;
        let effect = telling.effect(RENAME, &[])?;
        let old = found.ticket.property("subject");
        let message = wording::renamed(old, new, found.cycle, &telling.link(&effect));
        let subject = BTreeMap::from([("subject", new.to_owned())]);
        let first = async { Ok(self.hubspot.update_ticket(found.id, &subject).await?) };
        Ok(telling.note(&effect, &message, first).await? != How::Replayed)
    }

    fn telling<'a>(&'a self, judged: &Judged<'_>, invocation: &'a Invocation) -> Result<Telling<'a>> {
        let look = Look::new(Self::NAME, judged.portal, judged.found.id, judged.inputs)?;
        let began_on = lineage::began_on(&judged.found.ticket, judged.found.id, &self.policy);
        let (hubspot, ledger, cycle) = (&self.hubspot, &self.ledger, judged.found.cycle);
        Ok(Telling { hubspot, ledger, invocation, look, cycle, began_on })
    }

    /// The one right name of the ticket, where the policy wants it to have that.
    pub(super) fn new_name<'a>(&self, found: &'a Escalated) -> Option<&'a str> {
        let name = found.name.as_ref().filter(|it| it.status == Status::Fixable)?;
        name.normalised.as_deref().filter(|_| self.policy.naming.mode == NamingMode::Fix)
    }

    /// The name to give the ticket now; while its comment is pending nothing is written.
    pub(super) fn rename_to<'a>(&self, judged: &Judged<'a>) -> Option<&'a str> {
        self.new_name(judged.found).filter(|_| judged.intake.finding != Finding::Pending)
    }
}

/// Who wrote the comment that was judged, and when.
fn checked<'a>(deficit: &Deficit, choice: &'a Choice) -> Option<(&'a str, Timestamp)> {
    match deficit {
        Deficit::Points(_) | Deficit::NoMention { .. } => {
            choice.counted.as_ref().or(choice.blank.as_ref()).map(|it| (it.author.as_str(), it.written_at))
        }
        Deficit::NoHeadings => choice.prose.as_ref().map(|it| (it.author.as_str(), it.written_at)),
        Deficit::SentToCustomer => choice.public.as_ref().map(|it| (it.author.as_str(), it.written_at)),
        Deficit::NoComment { .. } => None,
    }
}

/// The machine properties whose values differ from what they should be. A comment that may still be
/// on its way changes none.
pub(super) fn properties<'a>(
    ours: &'a Properties,
    found: &Escalated,
    intake: &Intake,
    name: Option<Status>,
) -> BTreeMap<&'a str, String> {
    let Some(status) = status(intake) else {
        return BTreeMap::new();
    };
    let mut wanted = vec![
        (&ours.comment_status, status.name().to_owned()),
        (&ours.comment_missing, missing_points(intake)),
        (&ours.hints, hints(intake)),
        (&ours.cycle, found.cycle.to_string()),
        (&ours.started_at, found.started_at.to_string()),
        (&ours.reason, trigger::codes(&found.triggers)),
    ];
    wanted.extend(name.map(|it| (&ours.name_status, it.name().to_owned())));
    wanted.retain(|(name, value)| !found.ticket.has(name, value));
    // Where nothing is new, what another action said last is the news.
    let said = summary(found, intake);
    if !wanted.is_empty() && !found.ticket.has(&ours.last_message, &said) {
        wanted.push((&ours.last_message, said));
    }
    wanted.into_iter().map(|(name, value)| (&**name, value)).collect()
}

/// What the ticket shows of a verdict; `None` where there is none yet.
fn status(intake: &Intake) -> Option<comment::Status> {
    match intake.finding {
        Finding::Complete => Some(comment::Status::Complete),
        Finding::Incomplete => Some(comment::Status::Incomplete),
        Finding::Missing => Some(comment::Status::Missing),
        Finding::Pending => None,
    }
}

/// What the check says in one line.
pub(super) fn summary(found: &Escalated, intake: &Intake) -> String {
    match &intake.deficit {
        Some(deficit) => wording::summary(deficit, found.called()),
        None if intake.finding == Finding::Pending => wording::pending().to_owned(),
        None => wording::complete().to_owned(),
    }
}

/// The points without an answer, as HubSpot joins the options of a list.
pub(super) fn missing_points(intake: &Intake) -> String {
    intake.missing.iter().map(|it| it.name()).collect::<Vec<_>>().join(";")
}

/// Lesser things to put right, in one line.
pub(super) fn hints(intake: &Intake) -> String {
    intake.also.join(" ").chars().take(LONGEST_HINT).collect()
}
