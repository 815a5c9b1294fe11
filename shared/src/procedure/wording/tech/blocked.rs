//! Why an escalation cannot go to Tech until a person does something.

use super::super::super::jira_reference::{IssueKey, Reason};
use super::super::super::message::{Message, Span, bold, plain};
use super::{AGAIN, NAME, NAMES, asked, listed, short};

/// Where an administrator has named no project, an example is of this one.
const EXAMPLE: &str = "TECH";

/// Why an escalation is not in Tech.
#[derive(Debug, Clone, Copy)]
pub enum Blocked<'a> {
    /// No Shift Lead has confirmed it.
    NotConfirmed,
    /// What stands in Jira Reference is no key that may be used.
    Reference {
        /// What stands there.
        found: &'a str,
        /// Why it is none.
        reason: Reason,
        /// Keys of the projects that escalations go to.
        projects: &'a [String],
    },
    /// There is no such issue, or we may not see it.
    NotFound(&'a IssueKey),
    /// The issue is, or is to be created, in a project that escalations do not go to.
    Project {
        /// The project's key.
        project: &'a str,
        /// Keys of those that they go to.
        projects: &'a [String],
    },
}

/// The escalation cannot go to Tech yet.
pub fn blocked(why: &Blocked<'_>, lead: Option<Span>) -> Message {
    let mut message = Message::of([bold(headline(why))]);
    match *why {
        Blocked::NotConfirmed => {
            let said = "to confirm it, please set Escalation Type to Tech yourself.".to_owned();
            message.paragraph(asked(lead, said));
            return message;
        }
        Blocked::Reference { found, reason, projects } => {
            message.paragraph([plain(format!("It says \"{}\": {}", short(found, NAME), fault(reason)))]);
            message.paragraph([plain(remedy(reason, projects))]);
        }
        Blocked::NotFound(key) => message.paragraph([plain(format!(
            "Jira has no such issue, or does not show it to me. Please check the key in Jira Reference, or ask your Jira \
             administrator to let me see the project {}.",
            key.project()
        ))]),
        Blocked::Project { project, projects } => message.paragraph([plain(format!(
            "{}, or ask your administrator to add {} to the policy.",
            of_projects(projects),
            short(project, NAME)
        ))]),
    }
    message.paragraph([plain(format!(
        "I left Jira Reference as it is. To have an issue created instead, clear it and {AGAIN}."
    ))]);
    message
}

/// The state in one line.
pub(super) fn headline(why: &Blocked<'_>) -> String {
    let why = match why {
        Blocked::NotConfirmed => "no Shift Lead has confirmed it".to_owned(),
        Blocked::Reference { .. } => "Jira Reference names no issue that I can use".to_owned(),
        Blocked::NotFound(key) => format!("{key} cannot be found"),
        Blocked::Project { project, .. } => format!("escalations do not go to the project {}", short(project, NAME)),
    };
    format!("Not in Tech yet: {why}.")
}

/// What is wrong with what was found.
pub(super) fn fault(reason: Reason) -> &'static str {
    match reason {
        Reason::NoNumber => "the number is missing.",
        Reason::NoProject => "the project is missing.",
        Reason::BadNumber => "Jira gives no such number.",
        Reason::NotAKey => "there is no key in it.",
        Reason::IdNotKey => "that is the number by which Jira itself knows an issue, and not its key.",
        Reason::ProjectNotAllowed => "escalations do not go to that project.",
        Reason::WrongSite => "that leads to another site than our Jira.",
    }
}

/// What to write, or whom to ask.
fn remedy(reason: Reason, projects: &[String]) -> String {
    let example = format!("{}-123", projects.first().map_or(EXAMPLE, |it| it.as_str()));
    let example = short(&example, NAME);
    match reason {
        Reason::NoNumber | Reason::NoProject => format!("Please write the whole key, such as {example}."),
        Reason::BadNumber | Reason::IdNotKey => {
            format!("Please copy the key from the top of the issue's page; it looks like {example}.")
        }
        Reason::NotAKey => format!("Please write the issue's key, such as {example}, or the link to its page."),
        Reason::WrongSite => format!("Please write the key of an issue in our Jira, such as {example}."),
        Reason::ProjectNotAllowed => {
            format!("{}, or ask your administrator to add the project to the policy.", of_projects(projects))
        }
    }
}

fn of_projects(projects: &[String]) -> String {
    match projects {
        [] => "Please write the key of an issue in another project".to_owned(),
        some => {
            let some = listed(some.iter().map(|it| short(it, NAME)), "or", NAMES);
            format!("Please write the key of an issue in {some}")
        }
    }
}
