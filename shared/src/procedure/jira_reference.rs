//! Which Jira issue the text in *Jira Reference* means.

mod url;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use super::characters::{is_blank, is_dash, is_invisible, narrow};
use url::Url;

/// Digits from which a bare number is an issue's id and not the number of a key: Jira counts ids
/// from 10000, and nobody has that many issues in one project and leaves its name out.
const ID_DIGITS: usize = 5;

/// What this installation accepts.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Keys of the projects that escalations may go to.
    pub projects: Vec<String>,
    /// The host people see in their browser, `acme.atlassian.net`, as such or as an address.
    pub site: String,
}

/// What the text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// Nothing is written there.
    Empty,
    /// Exactly a key.
    Ok(IssueKey),
    /// One key, written in another way.
    Normalised(IssueKey),
    /// Several keys; the first one is the primary one.
    Multiple(Vec<IssueKey>),
    /// No key that may be used.
    Rejected(Reason),
}

/// The key of an issue: project and number, `TECH-123`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueKey {
    project: String,
    number: u64,
}

/// Why a text is no key that may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A project without a number.
    NoNumber,
    /// A number without a project: a bare one of up to four digits.
    NoProject,
    /// All digits, but zero, with a leading zero, or beyond what Jira can count.
    BadNumber,
    /// Anything else.
    NotAKey,
    /// The numeric id of an issue: a bare number of five digits or more.
    IdNotKey,
    /// A key of a project that escalations do not go to.
    ProjectNotAllowed,
    /// A link to somewhere else.
    WrongSite,
}

/// What was found at one place of the text.
enum Found {
    Key(IssueKey),
    Bad(Reason),
    /// A link to another site, and the keys it names: the same keys beside it are not ours either.
    Elsewhere(Vec<IssueKey>),
}

/// The rules in the form that texts are compared with.
struct Allowed {
    projects: Vec<Project>,
    site: String,
}

/// A project's key, and the same without underscores.
struct Project {
    key: String,
    squashed: String,
}

/// Reads the text. Keys that may be used win over whatever stands beside them; without one, the
/// first thing that is nearly a key says why. Takes time linear in the text's length.
pub fn parse(text: &str, rules: &Rules) -> Reference {
    let plain = plain(text);
    if plain.trim().is_empty() {
        return Reference::Empty;
    }
    let allowed = Allowed::new(rules);
    let found = read(&plain, &allowed);

    let elsewhere: BTreeSet<&IssueKey> =
        found.iter().flat_map(|it| if let Found::Elsewhere(keys) = it { &keys[..] } else { &[] }).collect();
    let mut seen = BTreeSet::new();
    let mut keys = Vec::new();
    for found in &found {
        if let Found::Key(key) = found
            && !elsewhere.contains(key)
            && seen.insert(key)
        {
            keys.push(key.clone());
        }
    }
    match (keys.pop(), keys.is_empty()) {
        (Some(key), true) if text == key.to_string() => Reference::Ok(key),
        (Some(key), true) => Reference::Normalised(key),
        (Some(key), false) => {
            keys.push(key);
            Reference::Multiple(keys)
        }
        (None, _) => {
            Reference::Rejected(found.iter().find_map(Found::reason).unwrap_or_else(|| reason(&plain, &allowed)))
        }
    }
}

/// Addresses and the words between them, in order: the first key is the primary one.
fn read(plain: &str, allowed: &Allowed) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut words_from, mut at) = (0, 0);
    for piece in plain.split_inclusive(url::is_edge) {
        let address = piece.trim_end_matches(url::is_edge);
        if let Some((start, url)) = Url::find(address) {
            words::read(&plain[words_from..at + start], allowed, &mut found);
            url.read(allowed, &mut found);
            words_from = at + address.len();
        }
        at += piece.len();
    }
    words::read(&plain[words_from..], allowed, &mut found);
    found
}

/// Why a text without anything like a key is none.
fn reason(plain: &str, allowed: &Allowed) -> Reason {
    let word = plain.trim_matches(|c: char| !c.is_alphanumeric());
    if !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) {
        // A hyphen before the number shows that a project was meant to stand there.
        let lone = !plain.contains('-');
        return if lone && word.len() >= ID_DIGITS { Reason::IdNotKey } else { Reason::NoProject };
    }
    let hyphen_behind = plain.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '-').ends_with('-');
    if allowed.fitting(word).is_some() || (hyphen_behind && is_project(word)) {
        return Reason::NoNumber;
    }
    Reason::NotAKey
}

/// The text as a plain keyboard would have written it, in capitals.
fn plain(text: &str) -> String {
    let plain = |c| match c {
        '\n' | '\r' => '\n',
        _ if is_blank(c) => ' ',
        _ if is_dash(c) => '-',
        _ => narrow(c).to_ascii_uppercase(),
    };
    let plain: String = text.chars().filter(|c| !is_invisible(*c)).map(plain).collect();
    plain.replace("&NBSP;", " ").replace("&AMP;", "&")
}

/// Whether the text has the form of a project's key.
/// [Jira's rule](https://confluence.atlassian.com/adminjiraserver/changing-the-project-key-format-938847081.html)
/// and its default limit of ten characters.
fn is_project(text: &str) -> bool {
    (2..=10).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

fn squash(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).collect()
}

impl Allowed {
    fn new(rules: &Rules) -> Self {
        let projects = rules.projects.iter().map(|it| plain(it.trim()));
        Self {
            projects: projects.map(|key| Project { squashed: squash(&key), key }).collect(),
            site: url::host(&plain(rules.site.trim())).to_owned(),
        }
    }

    /// The one project that is written like this, underscores aside.
    fn fitting(&self, text: &str) -> Option<&str> {
        if let Some(exact) = self.projects.iter().find(|it| it.key == text) {
            return Some(&exact.key);
        }
        let squashed = squash(text);
        let mut fitting = self.projects.iter().filter(|it| it.squashed == squashed);
        match (fitting.next(), fitting.next()) {
            (Some(project), None) => Some(&project.key),
            _ => None,
        }
    }

    fn judge(&self, project: &str, number: &str) -> Found {
        match IssueKey::new(project, number) {
            Ok(key) if self.projects.iter().any(|it| it.key == key.project) => Found::Key(key),
            Ok(_) => Found::Bad(Reason::ProjectNotAllowed),
            Err(reason) => Found::Bad(reason),
        }
    }
}

impl Found {
    fn reason(&self) -> Option<Reason> {
        match self {
            Self::Key(_) => None,
            Self::Bad(reason) => Some(*reason),
            Self::Elsewhere(_) => Some(Reason::WrongSite),
        }
    }
}

impl IssueKey {
    /// Reads exactly a key, `^[A-Z][A-Z0-9_]{1,9}-[1-9]\d*$`, as Jira itself writes it.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let (project, number) = text.rsplit_once('-').ok_or(Reason::NotAKey)?;
        Self::new(project, number)
    }

    fn new(project: &str, number: &str) -> Result<Self, Reason> {
        if !is_project(project) || !number.chars().all(|c| c.is_ascii_digit()) {
            return Err(Reason::NotAKey);
        }
        if number.is_empty() {
            return Err(Reason::NoNumber);
        }
        match number.parse() {
            Ok(parsed) if !number.starts_with('0') => Ok(Self { project: project.to_owned(), number: parsed }),
            _ => Err(Reason::BadNumber),
        }
    }

    /// The project's key.
    pub fn project(&self) -> &str {
        &self.project
    }

    /// The number within the project.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl fmt::Display for IssueKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.project, self.number)
    }
}

impl Reference {
    /// The name of the case.
    pub fn status(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Ok(_) => "ok",
            Self::Normalised(_) => "normalised",
            Self::Multiple(_) => "multiple",
            Self::Rejected(_) => "reject",
        }
    }

    /// The keys that may be used, the primary one first.
    pub fn keys(&self) -> &[IssueKey] {
        match self {
            Self::Ok(key) | Self::Normalised(key) => std::slice::from_ref(key),
            Self::Multiple(keys) => keys,
            Self::Empty | Self::Rejected(_) => &[],
        }
    }
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::NoNumber,
        Self::NoProject,
        Self::BadNumber,
        Self::NotAKey,
        Self::IdNotKey,
        Self::ProjectNotAllowed,
        Self::WrongSite,
    ];

    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoNumber => "no_number",
            Self::NoProject => "no_project",
            Self::BadNumber => "bad_number",
            Self::NotAKey => "not_a_key",
            Self::IdNotKey => "id_not_key",
            Self::ProjectNotAllowed => "project_not_allowed",
            Self::WrongSite => "wrong_site",
        }
    }
}
