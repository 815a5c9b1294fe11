//! How a mistake in the file is said.

use std::fmt;
use std::ops::Range;

/// What is wrong with a policy file, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    file: String,
    line: usize,
    message: String,
    source: String,
}

impl Wrong {
    /// What the library could not read.
    pub(super) fn of(error: &toml::de::Error, text: &str, file: &str) -> Self {
        Self::new(error.span().unwrap_or_default(), remedy(error.message()), text, file)
    }

    pub(super) fn new(span: Range<usize>, message: String, text: &str, file: &str) -> Self {
        let at = span.start.min(text.len());
        let line = text.as_bytes()[..at].iter().filter(|it| **it == b'\n').count();
        let source = text.lines().nth(line).unwrap_or_default().trim().to_owned();
        Self { file: file.to_owned(), line: line + 1, message, source }
    }
}

/// The library says what it expected; an administrator also wants to know what to do.
fn remedy(message: &str) -> String {
    if message.starts_with("unknown field") {
        return format!("{message}; correct its spelling or remove it");
    }
    if message.starts_with("missing field") {
        return format!("{message}; copy it from the shipped policy.toml");
    }
    if message.starts_with("unknown variant") {
        return format!("{message}; write one of those");
    }
    let whole = [", expected i64", ", expected u64"];
    if let Some(found) = whole.into_iter().find_map(|it| message.strip_suffix(it)) {
        return format!("{found}; write a whole number, without quotes");
    }
    message.replace('\n', " ")
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, message, source } = self;
        write!(f, "{file}:{line}: {message}\n    {source}")
    }
}

impl std::error::Error for Wrong {}
