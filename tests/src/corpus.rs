//! Holds the current policy against rows that a person has labelled.

mod case;
mod sla;
mod triggers;

use std::fmt;
use std::io::BufRead;
use std::str::FromStr;

use anyhow::{Context, anyhow, ensure};
use escalation::policy::Policy;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use case::Sides;

/// What the rows are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Which points a comment answers.
    Comments,
    /// Which of a ticket's comments counts.
    Threads,
    /// Whether a ticket's name is correct.
    Names,
    /// What a text asks for.
    Triggers,
    /// Which Jira issue a text means.
    JiraRefs,
    /// How much business time there is, and when it is used up.
    Sla,
}

/// How the policy and the rows agree.
#[derive(Debug)]
pub struct Report {
    core: Tally,
    judgement: Tally,
    differing: Vec<Judged>,
    unread: Vec<Unread>,
}

/// How much any correct policy must agree with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    #[default]
    Core,
    Judgement,
}

#[derive(Debug, Default)]
struct Tally {
    agree: usize,
    differ: usize,
}

/// A row and where the policy sees it differently.
#[derive(Debug)]
struct Judged {
    id: String,
    level: Level,
    why: String,
    differences: Vec<String>,
}

/// A line that is no row of its kind.
#[derive(Debug)]
struct Unread {
    line: usize,
    reason: String,
}

#[derive(Deserialize)]
struct Row<T> {
    id: String,
    #[serde(default)]
    level: Level,
    /// `false` where a row shows the convention of somebody else.
    agrees_with_reference: Option<bool>,
    #[serde(default)]
    why: String,
    #[serde(flatten)]
    case: T,
}

/// Judges each row, one JSON object a line. A line that cannot be read is reported, and the rest
/// still count.
///
/// # Errors
/// When the rows cannot be read at all, or there are none.
pub fn check(kind: Kind, mut rows: impl BufRead, policy: &Policy) -> anyhow::Result<Report> {
    let mut report =
        Report { core: Tally::default(), judgement: Tally::default(), differing: Vec::new(), unread: Vec::new() };
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        if rows.read_until(b'\n', &mut bytes).context("read the rows")? == 0 {
            break;
        }
        match std::str::from_utf8(&bytes).map(|it| it.trim_start_matches('\u{feff}').trim()) {
            Ok("") => {}
            Ok(row) => match judge(kind, row, policy) {
                Ok(judged) => report.count(judged),
                Err(error) => report.unread.push(Unread { line, reason: format!("{error:#}; {}", kind.remedy()) }),
            },
            Err(_) => report.unread.push(Unread { line, reason: "not UTF-8; save the file as UTF-8".to_owned() }),
        }
    }
    ensure!(report.lines() > 0, "no rows; a file of {} has one JSON object a line", kind.name());
    Ok(report)
}

fn judge(kind: Kind, row: &str, policy: &Policy) -> anyhow::Result<Judged> {
    let labels = policy.comment.labels.labels();
    match kind {
        Kind::Comments => compare(row, |it| case::comment(it, labels)),
        Kind::Threads => compare(row, |it| case::thread(it, labels)),
        Kind::Names => compare(row, case::name),
        Kind::Triggers => compare(row, |it| triggers::triggers(it, policy.triggers.rules())),
        Kind::JiraRefs => compare(row, case::jira_reference),
        Kind::Sla => compare(row, sla::sla),
    }
}

fn compare<T: DeserializeOwned>(row: &str, look: impl FnOnce(T) -> anyhow::Result<Sides>) -> anyhow::Result<Judged> {
    // Each row is a line: its own number is told by the caller.
    let misread = |error: serde_json::Error| anyhow!(error.to_string().replace(" at line 1 column", ", column"));
    let row: Row<T> = serde_json::from_str(row).map_err(misread)?;
    let Sides { expected, found } = look(row.case)?;
    let mut differences = Vec::new();
    for (key, expected) in &expected {
        let known = || found.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let found = found.get(key).with_context(|| format!("`{key}` is nothing to expect; there are {}", known()))?;
        if expected != found {
            differences.push(format!("{key}: expected {expected}, came out as {found}"));
        }
    }
    ensure!(!expected.is_empty(), "nothing is expected");
    let level = if row.agrees_with_reference == Some(false) { Level::Judgement } else { row.level };
    Ok(Judged { id: row.id, level, why: row.why, differences })
}

impl Kind {
    /// Every kind there is.
    pub const ALL: [Self; 6] = [Self::Comments, Self::Threads, Self::Names, Self::Triggers, Self::JiraRefs, Self::Sla];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comments => "comments",
            Self::Threads => "threads",
            Self::Names => "names",
            Self::Triggers => "triggers",
            Self::JiraRefs => "jira-refs",
            Self::Sla => "sla",
        }
    }

    /// What a row must have, for somebody whose row was not understood.
    fn remedy(self) -> String {
        let fields = match self {
            Self::Comments => "`id`, `body_html` or `text`, and `expect` or `valid`",
            Self::Threads => "`id`, `escalated_at`, `comments` and `expect`",
            Self::Names => "`id`, `name` and `expect`",
            Self::Triggers => "`id`, `text` and `expect`",
            Self::JiraRefs => "`id`, `input`, `config` and `expect`",
            Self::Sla => "`id`, `kind`, `calendar`, the times that the kind needs, and `expect`",
        };
        format!("a row of {} is one JSON object with {fields}: correct the line or take it out", self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|it| it.name() == name).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|it| it.name()).collect();
            format!("`{name}` is no kind of rows that can be checked; there are {}", known.join(", "))
        })
    }
}

impl Report {
    /// Whether the policy differs from a row that any correct policy agrees with.
    pub fn core_differ(&self) -> bool {
        self.core.differ > 0
    }

    /// Whether every line was read and no core row differs.
    pub fn passed(&self) -> bool {
        !self.core_differ() && self.unread.is_empty()
    }

    fn count(&mut self, judged: Judged) {
        let tally = match judged.level {
            Level::Core => &mut self.core,
            Level::Judgement => &mut self.judgement,
        };
        if judged.differences.is_empty() {
            tally.agree += 1;
        } else {
            tally.differ += 1;
            self.differing.push(judged);
        }
    }

    fn lines(&self) -> usize {
        let Self { core, judgement, unread, .. } = self;
        core.agree + core.differ + judgement.agree + judgement.differ + unread.len()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Judged { id, level, why, differences } in &self.differing {
            let why = if why.is_empty() { String::new() } else { format!(": {why}") };
            writeln!(f, "{id} ({level}){why}")?;
            for difference in differences {
                writeln!(f, "    {difference}")?;
            }
        }
        for Unread { line, reason } in &self.unread {
            writeln!(f, "line {line} was not read: {reason}")?;
        }
        writeln!(f, "core: {}", self.core)?;
        write!(f, "judgement: {}", self.judgement)?;
        match self.unread.len() {
            0 => Ok(()),
            1 => write!(f, "\n1 line was not read"),
            count => write!(f, "\n{count} lines were not read"),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Core => "core",
            Self::Judgement => "judgement",
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} agree, {} differ", self.agree, self.differ)
    }
}
