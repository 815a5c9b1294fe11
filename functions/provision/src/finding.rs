//! What a look at one thing brought.

use std::fmt;

/// One thing that was looked at, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub standing: Standing,
    /// What was looked at, such as `HubSpot property escalation_lane`.
    pub subject: String,
    /// What is so, in a sentence's part.
    pub says: String,
    /// What a person does about it; `None` where there is nothing to do.
    pub remedy: Option<String>,
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// As it must be.
    Fine,
    /// The procedure runs; something is left out or will fail later.
    Warning,
    /// The procedure cannot run so.
    Wrong,
}

impl Finding {
    /// Something is as it must be.
    pub fn fine(subject: impl Into<String>, says: impl Into<String>) -> Self {
        Self { standing: Standing::Fine, subject: subject.into(), says: says.into(), remedy: None }
    }

    /// Something is left out or will fail later, and what to do.
    pub fn warning(subject: impl Into<String>, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { standing: Standing::Warning, subject: subject.into(), says: says.into(), remedy: Some(remedy.into()) }
    }

    /// Something keeps the procedure from running, and what to do.
    pub fn wrong(subject: impl Into<String>, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { standing: Standing::Wrong, ..Self::warning(subject, says, remedy) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.standing {
            Standing::Fine => "✔",
            Standing::Warning => "!",
            Standing::Wrong => "✘",
        };
        write!(f, "{mark} {}: {}", self.subject, self.says)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\n    {remedy}"),
            None => Ok(()),
        }
    }
}
