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
        let work = self.work.as_ref().map(|it| match (it.steps.len(), it.is_done) {
            (0, _) => "Nothing to do. ".to_owned(),
            (count, true) => format!("{count} done. "),
            (count, false) => format!("{count} to do. "),
        });
        let [fine, warnings, wrong] = [Standing::Fine, Standing::Warning, Standing::Wrong].map(|it| self.count(it));
        format!("{}{fine} fine, {warnings} to look at, {wrong} wrong.", work.unwrap_or_default())
    }
}

impl fmt::Display for Report {
    /// What is wrong comes first within its group; what is fine is left out where something was to be done.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(work) = &self.work {
            let heading = if work.is_done { "Done" } else { "Would be done" };
            writeln!(f, "{heading}{}", if work.steps.is_empty() { ": nothing, it is all there" } else { "" })?;
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
