//! E-mail addresses in a text.

use std::ops::Range;

use super::super::super::characters::narrow;

/// An `@` in the query of an address.
const ENCODED: &str = "%40";

/// Where e-mail addresses stand, in order.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text.char_indices() {
        let length = match narrow(sign) {
            '@' => sign.len_utf8(),
            '%' if text[at..].starts_with(ENCODED) => ENCODED.len(),
            _ => continue,
        };
        let lowest = found.last().map_or(0, |it| it.end);
        if at < lowest {
            continue;
        }
        let (Some(start), Some(end)) = (before(&text[lowest..at]), after(&text[at + length..])) else {
            continue;
        };
        found.push(lowest + start..at + length + end);
    }
    found
}

/// Where the local part begins that these words end with.
fn before(text: &str) -> Option<usize> {
    let start = text.trim_end_matches(is_local).len();
    let local = text[start..].trim_start_matches(|it: char| !it.is_alphanumeric());
    (!local.is_empty()).then(|| text.len() - local.len())
}

/// Where the domain ends that these words begin with.
fn after(text: &str) -> Option<usize> {
    let end = text.find(|it| !is_domain(it)).unwrap_or(text.len());
    let domain = text[..end].trim_end_matches(|it: char| !it.is_alphanumeric());
    let (host, top) = domain.rsplit_once('.')?;
    let is_whole = !host.is_empty() && top.chars().count() >= 2 && top.chars().any(char::is_alphabetic);
    is_whole.then_some(domain.len())
}

fn is_local(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '.' | '_' | '+' | '-' | '\'' | '’')
}

fn is_domain(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '.' | '-')
}
