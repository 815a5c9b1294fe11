//! Every call a stand-in answered, in order, without the secrets it carried.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

/// One request and what came of it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// When it arrived, by the world's clock.
    pub at: Timestamp,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The query's names and values, decoded, in order.
    pub query: Vec<(String, String)>,
    /// The request's JSON; `Null` without a body, a string where it was not JSON.
    pub request: Value,
    /// The status the stand-in answered, sent or not.
    pub status: u16,
    /// The answer's JSON; `Null` without a body, a string where it was not JSON.
    pub response: Value,
    /// How long it took on the machine's clock.
    pub duration: Duration,
    /// The fault that was played, where one was.
    pub fault: Option<&'static str>,
    /// Whether the request took effect: a fault may answer in the vendor's place.
    pub applied: bool,
    /// Whether the stand-in has this endpoint at all.
    pub built: bool,
}

impl Exchange {
    /// Whether the call only asks.
    pub fn is_read(&self) -> bool {
        is_read(&self.method, &self.path)
    }
}

/// Whether such a call only asks: a `GET`, or one of the reads that are sent as `POST`.
pub fn is_read(method: &str, path: &str) -> bool {
    method == "GET"
        || (method == "POST"
            && (["/batch/read", "/search", "/search/jql", "/access-token-info"].iter().any(|it| path.ends_with(it))))
}

/// A method and a path: `GET /crm/v3/objects/tickets/*`. A `*` stands for any method or one part of
/// a path, a last `**` for the rest.
#[derive(Debug, Clone)]
pub struct Pattern {
    method: String,
    path: Vec<String>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Panics
    /// Where there is no blank between method and path: that is a slip in a test.
    pub fn new(text: &str) -> Self {
        let (method, path) = text.split_once(' ').expect("a pattern is a method, a blank and a path");
        Self { method: method.to_owned(), path: path.split('/').map(str::to_owned).collect() }
    }

    /// Whether a call is meant.
    pub fn matches(&self, method: &str, path: &str) -> bool {
        if self.method != "*" && self.method != method {
            return false;
        }
        let mut parts = path.split('/');
        for wanted in &self.path {
            match (wanted.as_str(), parts.next()) {
                ("**", _) => return true,
                ("*", Some(_)) => {}
                (wanted, Some(part)) if wanted == part => {}
                _ => return false,
            }
        }
        parts.next().is_none()
    }
}

/// The exchanges of one stand-in.
#[derive(Default)]
pub struct Journal(Mutex<Vec<Exchange>>);

impl Journal {
    /// Writes one down.
    pub fn add(&self, exchange: Exchange) {
        self.lock().push(exchange);
    }

    /// All so far.
    pub fn all(&self) -> Vec<Exchange> {
        self.lock().clone()
    }

    /// Those a pattern means.
    pub fn of(&self, pattern: &str) -> Vec<Exchange> {
        let pattern = Pattern::new(pattern);
        self.lock().iter().filter(|it| pattern.matches(&it.method, &it.path)).cloned().collect()
    }

    /// How many a pattern means.
    pub fn count(&self, pattern: &str) -> usize {
        self.of(pattern).len()
    }

    /// How many only asked.
    pub fn reads(&self) -> usize {
        self.lock().iter().filter(|it| it.is_read()).count()
    }

    /// How many wanted to change something.
    pub fn writes(&self) -> usize {
        self.lock().iter().filter(|it| !it.is_read()).count()
    }

    /// Forgets all so far.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[track_caller]
    fn check(pattern: &str, method: &str, path: &str, expected: bool) {
        assert_eq!(Pattern::new(pattern).matches(method, path), expected);
    }

    #[test]
    fn a_pattern_means_whole_paths() {
        check("GET /a/*", "GET", "/a/1", true);
        check("GET /a/*", "POST", "/a/1", false);
        check("GET /a/*", "GET", "/a", false);
        check("GET /a/*", "GET", "/a/1/b", false);
        check("* /a/*/b", "PUT", "/a/1/b", true);
        check("* /a/**", "PUT", "/a/1/b", true);
        check("* /a/**", "PUT", "/b/1/b", false);
    }
}
