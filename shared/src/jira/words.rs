//! Jira's refusals in the words of the people who can put them right.

use reqwest::StatusCode;

use super::echo::Sent;
use super::fields::Field;
use super::refusal::Said;
use super::text::{line, short_line};
use crate::procedure::jira_reference::IssueKey;

/// Of Jira's own words this much is repeated.
const SAID: usize = 200;

/// A reason is read in a comment or in a log.
const LONGEST: usize = 600;

/// Longer names of fields are not names.
const NAME: usize = 60;

/// What a request was about.
pub(super) enum About<'a> {
    /// A new issue.
    Create {
        /// The project's key.
        project: &'a str,
        /// The issue type's name or id.
        issue_type: &'a str,
        /// The fields of its create screen, where they are known.
        fields: &'a [Field],
        /// What people wrote of it.
        sent: Sent<'a>,
    },
    /// An issue, and the permission that the request needs.
    Issue(&'a IssueKey, &'static str),
    /// A project, by its key.
    Project(&'a str),
    /// The site as a whole.
    Site,
}

/// One thing that Jira finds wrong.
enum Complaint {
    /// A field is missing.
    Wants(String),
    /// Anything else.
    Other(String),
}

/// Why a request is refused for good, in one sentence. People read of a new issue everything that Jira says of
/// it; of anything else the log does, where nothing belongs that quotes what was sent.
pub(super) fn refused(about: &About<'_>, said: &Said, status: StatusCode) -> String {
    let fields = said.fields.iter().map(|(id, message)| (Some(id.as_str()), message));
    let mut wanted: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for (field, message) in fields.chain(said.messages.iter().map(|it| (None, it))) {
        let (list, words) = match complaint(about, field, &line(message), status) {
            Complaint::Wants(name) => (&mut wanted, name),
            Complaint::Other(words) => (&mut others, words),
        };
        if !list.contains(&words) {
            list.push(words);
        }
    }
    if !wanted.is_empty() {
        others.insert(0, format!("Jira wants {}", listed(&wanted)));
    }
    match others.is_empty() {
        true => format!("Jira refuses {} and does not say why ({status})", about.what()),
        false => short_line(&others.join("; "), LONGEST),
    }
}

/// Why a request is refused until a person gives us a permission. Jira's own words may repeat what we sent,
/// and this is for the log.
pub(super) fn forbidden(about: &About<'_>) -> String {
    short_line(&about.not_allowed(), LONGEST)
}

/// Why something is not there.
pub(super) fn absent(about: &About<'_>, said: &Said) -> String {
    match about {
        About::Create { project, .. } | About::Project(project) => no_project(project),
        About::Issue(key, _) => format!("there is no issue {key}, or we may not see it"),
        About::Site => refused(about, said, StatusCode::NOT_FOUND),
    }
}

/// An issue type that the project does not have, and those that it has.
pub(super) fn no_type(project: &str, issue_type: &str, known: &[String]) -> String {
    if known.is_empty() {
        return format!("we may not create issues in {}, or it has no issue types", name(project));
    }
    let known = known.iter().map(|it| starred(it)).collect::<Vec<_>>().join(", ");
    short_line(&format!("{} has no issue type {}; it has {known}", name(project), starred(issue_type)), LONGEST)
}

fn no_project(project: &str) -> String {
    format!("there is no project {}, or we may not see it", name(project))
}

fn complaint(about: &About<'_>, field: Option<&str>, message: &str, status: StatusCode) -> Complaint {
    let field = field.or_else(|| quoted_field(message));
    let lower = message.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|it| lower.contains(it));
    if says(&["invalid_input"]) {
        return Complaint::Other("Jira does not take the text and does not say why (INVALID_INPUT)".to_owned());
    }
    if let Some(words) = about.place(field, &says) {
        return Complaint::Other(words);
    }
    let About::Create { sent, .. } = about else {
        return Complaint::Other(format!("Jira refuses {} ({status}): try it there by hand to see why", about.what()));
    };
    let named = || starred(&about.name(field.unwrap_or_default()));
    if field.is_some() && says(&["not on the appropriate screen"]) {
        return Complaint::Other(format!("{} is not on the create screen of {}", named(), about.screen()));
    }
    if field.is_some() && says(&["too long", "exceeds the allowed limit", "must be less than"]) {
        return Complaint::Other(format!("the text of {} is too long for Jira", named()));
    }
    if let Some(wanted) = wanted(message) {
        return Complaint::Wants(starred(&wanted.map_or_else(|| about.name(field.unwrap_or_default()), str::to_owned)));
    }
    let words = short_line(&sent.without(message), SAID);
    Complaint::Other(if field.is_some() { format!("{}: {words}", named()) } else { format!("Jira says: {words}") })
}

/// The id in `Field 'priority' is required`.
fn quoted_field(message: &str) -> Option<&str> {
    let (id, _) = message.strip_prefix("Field '")?.split_once('\'')?;
    Some(id).filter(|it| !it.is_empty())
}

/// Whether a field is missing, and its name where the message has it: `Assigned Team is required.`
fn wanted(message: &str) -> Option<Option<&str>> {
    if message.starts_with("You must specify a") {
        return Some(None);
    }
    let name = message.trim_end_matches('.').strip_suffix(" is required")?;
    let is_name = quoted_field(message).is_none() && !name.is_empty() && name.len() <= NAME;
    Some(is_name.then(|| name.trim_end_matches("/s")))
}

impl About<'_> {
    /// A refusal of the project or the issue type as such.
    fn place(&self, field: Option<&str>, says: &dyn Fn(&[&str]) -> bool) -> Option<String> {
        let (project, issue_type) = match self {
            Self::Create { project, issue_type, .. } => (project, issue_type),
            // Jira refuses a comment of who may not comment with a 400.
            Self::Issue(..) if says(&["permission"]) => return Some(self.not_allowed()),
            _ => return None,
        };
        let is_wrong = says(&["required", "valid", "exist", "specify", "no project"]);
        if says(&["permission to create", "create issues in this project", "cannot create issue in"]) {
            return Some(format!("we may not create issues in {}", name(project)));
        }
        match field {
            Some("project" | "pid") if says(&["archived"]) => Some(format!("project {} is archived", name(project))),
            Some("project" | "pid") if is_wrong => Some(no_project(project)),
            Some("issuetype") if is_wrong => {
                Some(format!("{} has no issue type {}", name(project), starred(issue_type)))
            }
            _ => None,
        }
    }

    /// What an admin has to grant.
    fn not_allowed(&self) -> String {
        let needed = match self {
            Self::Create { project, .. } | Self::Project(project) => {
                format!("give it Browse Projects and Create Issues in {}", name(project))
            }
            Self::Issue(key, permission) => format!("give it {permission} in {}", key.project()),
            Self::Site => "check what it was granted".to_owned(),
        };
        format!("the account of JIRA_EMAIL may not do this: {needed}")
    }

    /// How people call a field.
    fn name(&self, id: &str) -> String {
        let known = match self {
            Self::Create { fields, .. } => fields.iter().find(|it| it.id == id).map(|it| it.name.clone()),
            _ => None,
        };
        known.map_or_else(|| system_name(id), |it| it.trim_end_matches("/s").to_owned())
    }

    fn screen(&self) -> String {
        match self {
            Self::Create { project, issue_type, .. } => format!("{} in {}", starred(issue_type), name(project)),
            _ => "this issue".to_owned(),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::Create { project, .. } => format!("a new issue in {}", name(project)),
            Self::Issue(key, _) => format!("this for {key}"),
            Self::Project(project) => format!("to read project {}", name(project)),
            Self::Site => "the request".to_owned(),
        }
    }
}

/// Jira's own fields are called nearly like their ids.
fn system_name(id: &str) -> String {
    match id {
        "issuetype" => "Issue Type".to_owned(),
        "fixVersions" => "Fix Version".to_owned(),
        "versions" => "Affects Version".to_owned(),
        "components" => "Component".to_owned(),
        "duedate" => "Due Date".to_owned(),
        "timetracking" => "Time Tracking".to_owned(),
        custom if custom.starts_with("customfield_") => custom.to_owned(),
        other => {
            let mut letters = other.chars();
            letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

fn listed(names: &[String]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        names => names.concat(),
    }
}

/// A name as it stands in a sentence.
fn name(name: &str) -> String {
    short_line(name, NAME)
}

fn starred(text: &str) -> String {
    format!("*{}*", name(&text.replace('*', "")))
}
