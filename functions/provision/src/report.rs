//! What a person reads at the end.

use std::fmt;

use crate::finding::{Finding, Standing};

/// What was done, or would be, and how everything stands.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Whether anything was to be done at all: `None` for a mere look.
    pub work: Option<Work>,
    /// What was looked at, by what it belongs to.
    pub groups: Vec<(&'static str, Vec<Finding>)>,
}

/// What there was to do.
#[derive(Debug, Clone)]
pub struct Work {
    /// Whether it was done.
    pub is_done: bool,
    /// Each thing, as in `create property escalation_lane (Lane)`.
    pub steps: Vec<String>,
    /// How many things were tried and not done.
    pub failed: usize,
    /// Whether all of HubSpot that there is something to do for was looked at.
    pub is_all_seen: bool,
}

impl Work {
    /// What a person reads over the steps.
    fn heading(&self) -> String {
        let heading = if self.is_done { "Done" } else { "Would be done" };
        match self {
            Self { steps, .. } if !steps.is_empty() => heading.to_owned(),
            Self { failed: 1.., .. } => format!("{heading}: nothing; what failed stands below"),
            Self { is_all_seen: false, .. } => format!("{heading}: nothing; what HubSpot lacks could not be looked at"),
            _ => format!("{heading}: nothing, it is all there"),
        }
    }

    /// The same in short.
    fn summary(&self) -> String {
        let count = self.steps.len();
        let failed = if self.failed == 0 { String::new() } else { format!(", {} failed", self.failed) };
        let done = match self {
            Self { is_done: false, .. } if count > 0 => format!("{count} to do. "),
            Self { failed: 0, is_all_seen: true, .. } if count == 0 => "Nothing to do. ".to_owned(),
            Self { failed: 0, .. } if count == 0 => String::new(),
            _ => format!("{count} done{failed}. "),
        };
        let unseen =
            if self.is_all_seen { "" } else { "What HubSpot lacks could not be looked at, or not all of it. " };
        format!("{done}{unseen}")
    }
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_right(&self) -> bool {
        self.count(Standing::Wrong) == 0
    }

    /// How many things stand so.
    pub fn count(&self, standing: Standing) -> usize {
        self.findings().filter(|it| it.standing == standing).count()
    }

    /// Everything that was found, in order.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.groups.iter().flat_map(|it| &it.1)
    }

    /// The same as printed, line by line.
    pub fn lines(&self) -> Vec<String> {
        self.to_string().lines().map(str::to_owned).collect()
    }

    /// One line: what was done, and how much is left.
    pub fn summary(&self) -> String {
        let work = self.work.as_ref().map(Work::summary);
        let [fine, warnings, wrong] = [Standing::Fine, Standing::Warning, Standing::Wrong].map(|it| self.count(it));
        format!("{}{fine} fine, {warnings} to look at, {wrong} wrong.", work.unwrap_or_default())
    }
}

impl fmt::Display for Report {
    /// What is wrong comes first within its group; what is fine is left out where something was to be done.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(work) = &self.work {
            writeln!(f, "{}", work.heading())?;
            work.steps.iter().try_for_each(|it| writeln!(f, "  + {it}"))?;
        }
        for (name, findings) in &self.groups {
            let mut shown: Vec<&Finding> = findings.iter().collect();
            shown.retain(|it| self.work.is_none() || it.standing != Standing::Fine);
            shown.sort_by_key(|it| std::cmp::Reverse(it.standing));
            if !shown.is_empty() {
                writeln!(f, "{name}")?;
            }
            for line in shown.iter().flat_map(|it| it.to_string().lines().map(str::to_owned).collect::<Vec<_>>()) {
                writeln!(f, "  {line}")?;
            }
        }
        writeln!(f, "{}", self.summary())
    }
}
