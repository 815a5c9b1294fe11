//! What the workflow's history says of a visit, in one line.

use super::super::super::jira_reference::IssueKey;
use super::super::super::stage::Step;
use super::super::{gone, not_escalated, would as observed};
use super::blocked::{fault, headline};
use super::{Blocked, NAME, answered, reported, short};

/// How a visit ended.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'a> {
    /// An issue was created.
    Created(&'a IssueKey),
    /// An issue that was there is linked.
    LinkedExisting {
        /// Its key.
        key: &'a IssueKey,
        /// How many tickets report it now.
        tickets: usize,
    },
    /// All was done before.
    Already(&'a IssueKey),
    /// A person has to do something first.
    Blocked(Blocked<'a>),
    /// Jira refuses for good.
    Refused(&'a str),
    /// The agent's comment may still be on its way.
    Pending,
    /// There is nothing to do.
    NotEscalated,
    /// The ticket is deleted.
    Gone,
}

/// What the workflow and the ticket's sidebar say.
pub fn summary(outcome: &Outcome<'_>) -> String {
    match outcome {
        Outcome::Created(key) => format!("In Tech: {key} was created."),
        Outcome::LinkedExisting { key, tickets } => {
            format!("In Tech: {key} was there already and is linked.{}", reported(*tickets))
        }
        Outcome::Already(key) => format!("In Tech: {key}. All of it was done before."),
        Outcome::Blocked(Blocked::Reference { found, reason, .. }) => {
            format!("Not in Tech yet: Jira Reference says \"{}\": {}", short(found, NAME), fault(*reason))
        }
        Outcome::Blocked(why) => headline(why),
        Outcome::Refused(reason) => format!("Not in Tech: Jira refuses the issue.{}", answered(reason)),
        Outcome::Pending => {
            "Not in Tech yet: there is no comment yet. HubSpot shows new comments late: checking again shortly."
                .to_owned()
        }
        Outcome::NotEscalated => not_escalated().to_owned(),
        Outcome::Gone => gone().to_owned(),
    }
}

/// What a trial run found to do.
#[derive(Debug, Clone, Copy)]
pub enum Plan<'a> {
    /// To create an issue.
    Create {
        /// The project's key.
        project: &'a str,
        /// The issue type, as the policy names it.
        issue_type: &'a str,
    },
    /// To link one that is there.
    Link(&'a IssueKey),
}

/// What a trial run says of an escalation that may go to Tech. `properties` are those it would set.
pub fn would(plan: &Plan<'_>, properties: &[&str], step: Step<'_>) -> String {
    let issue = match plan {
        Plan::Create { project, issue_type } => {
            format!("a new {} in {}, unless one was created before", short(issue_type, NAME), short(project, NAME))
        }
        Plan::Link(key) => format!("{key}, which is there already"),
    };
    let stage = match step {
        Step::Move { stage, .. } => format!(" The ticket would move to stage `{}`.", short(stage, NAME)),
        Step::Stay(_) => " The ticket's stage would stay.".to_owned(),
    };
    observed(&format!("Confirmed for Tech: it would get {issue}.{stage}"), properties, true, None)
}
