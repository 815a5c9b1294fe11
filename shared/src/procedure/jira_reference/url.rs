//! Keys in addresses, as people copy them from the browser, from Slack or from a mail.

use super::super::characters::is_blank;
use super::{Allowed, Found, IssueKey, Reason, plain, words};

/// An address in capitals, taken apart.
pub(super) struct Url<'a> {
    host: &'a str,
    path: &'a str,
    query: &'a str,
}

/// Whether an address ends before this character. Parentheses stay: searches carry them.
pub(super) fn is_edge(c: char) -> bool {
    is_blank(c) || matches!(c, '<' | '>' | '"' | '\'' | '`' | '|' | '[' | ']' | '{' | '}' | ',' | ';')
}

/// The host of an address, with or without a scheme; without the port.
pub(super) fn host(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |it| it.1);
    let authority = address.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |it| it.1);
    host.split_once(':').map_or(host, |it| it.0).trim_end_matches('.')
}

impl<'a> Url<'a> {
    /// Finds where an address begins, with its scheme or with a host's name, and takes it apart.
    pub(super) fn find(text: &'a str) -> Option<(usize, Self)> {
        let scheme = text.find("HTTPS://").or_else(|| text.find("HTTP://"));
        let start = scheme.or_else(|| text.find(char::is_alphanumeric).filter(|at| has_host(&text[*at..])))?;
        let address = &text[start..];
        let behind_scheme = address.split_once("://").map_or(address, |it| it.1);
        let local = behind_scheme.find(['/', '?', '#']).map_or("", |it| &behind_scheme[it..]);
        let local = local.split_once('#').map_or(local, |it| it.0);
        let (path, query) = local.split_once('?').unwrap_or((local, ""));
        Some((start, Self { host: host(address), path, query }))
    }

    /// What the address names: the selected issue, else the issue of the path, else those of a search.
    pub(super) fn read(&self, allowed: &Allowed, found: &mut Vec<Found>) {
        let mut inside = Vec::new();
        if let Some(key) = self.selected().or_else(|| self.in_path()) {
            inside.push(allowed.judge(key.project(), &key.number().to_string()));
        } else if let Some(search) = self.parameter("JQL") {
            words::read(&search, allowed, &mut inside);
        }
        if inside.is_empty() {
            inside.push(Found::Bad(self.reason(allowed)));
        }
        if self.host == allowed.site || allowed.site.is_empty() {
            found.append(&mut inside);
            return;
        }
        let keys = inside.into_iter().filter_map(|it| if let Found::Key(key) = it { Some(key) } else { None });
        found.push(Found::Elsewhere(keys.collect()));
    }

    fn selected(&self) -> Option<IssueKey> {
        let names = ["SELECTEDISSUE", "ISSUEKEY", "ISSUE", "KEY"];
        names.iter().find_map(|it| IssueKey::parse(trim(&self.parameter(it)?)).ok())
    }

    fn in_path(&self) -> Option<IssueKey> {
        let key = |segment: String| IssueKey::parse(trim(&segment)).ok();
        self.behind(&["BROWSE", "ISSUE", "ISSUES"]).and_then(key).or_else(|| self.segments().filter_map(key).last())
    }

    /// Why an address names no issue.
    fn reason(&self, allowed: &Allowed) -> Reason {
        if let Some(issue) = self.behind(&["BROWSE", "ISSUE", "ISSUES"]) {
            let issue = issue.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '-');
            return match IssueKey::parse(issue) {
                _ if issue.chars().all(|c| c.is_ascii_digit()) => Reason::IdNotKey,
                _ if allowed.fitting(issue).is_some() => Reason::NoNumber,
                Err(reason) => reason,
                Ok(_) => Reason::NotAKey,
            };
        }
        match self.behind(&["PROJECTS"]) {
            Some(project) if allowed.fitting(&project).is_some() => Reason::NoNumber,
            _ => Reason::NotAKey,
        }
    }

    /// The first segment behind one with such a name.
    fn behind(&self, names: &[&str]) -> Option<String> {
        let mut segments = self.segments();
        segments.find(|it| names.contains(&it.as_str()))?;
        segments.next()
    }

    fn segments(&self) -> impl Iterator<Item = String> {
        self.path.split('/').filter(|it| !it.is_empty()).map(decoded)
    }

    fn parameter(&self, name: &str) -> Option<String> {
        let value = self.query.split('&').find_map(|it| it.strip_prefix(name)?.strip_prefix('='))?;
        Some(decoded(&value.replace('+', " ")))
    }
}

fn has_host(text: &str) -> bool {
    let host = text.split_once('/').map_or("", |it| it.0);
    let host = host.split_once(':').map_or(host, |it| it.0);
    host.contains('.')
        && host.split('.').all(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

/// The punctuation of the sentence that an address stands in is not part of it.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The text with `%20` and its like resolved.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        let escaped = (*byte == b'%').then(|| tail.get(..2)).flatten();
        match escaped.and_then(|it| std::str::from_utf8(it).ok()).and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    plain(&String::from_utf8_lossy(&bytes))
}
