//! Keys in what people type.

use super::{Allowed, Found, Reason, is_project, squash};

/// Reads a text without addresses.
pub(super) fn read(text: &str, allowed: &Allowed, found: &mut Vec<Found>) {
    let items = text.split([',', ';', '|', '/', '&', '+', '\n']).flat_map(|it| it.split(" AND "));
    for item in items {
        match whole(item, allowed) {
            Some(key) => found.push(key),
            None => several(item, allowed, found),
        }
    }
}

/// Keys with nothing between them but blanks, else those among other words.
fn several(item: &str, allowed: &Allowed, found: &mut Vec<Found>) {
    let words = || item.split(|c| !is_part(c)).filter(|it| it.contains(char::is_alphanumeric));
    if let Some(keys) = words().map(|it| whole(it, allowed)).collect::<Option<Vec<_>>>() {
        return found.extend(keys);
    }
    if is_torn(words(), allowed) {
        return found.push(Found::Bad(Reason::NotAKey));
    }
    found.extend(words().filter_map(|it| exact(it, allowed)));
}

/// `TECH-1 23`: whether 1 or 123 is meant would be a guess, and a wrong one links another's issue.
fn is_torn<'a>(mut words: impl Iterator<Item = &'a str>, allowed: &Allowed) -> bool {
    let key = words.next().and_then(|it| exact(it, allowed));
    let tail = words.next().is_some_and(|it| it.trim_end_matches('.').chars().all(|c| c.is_ascii_digit()));
    key.is_some() && tail && words.next().is_none()
}

/// An item that is nothing but a key, with a blank, an underscore or nothing in the hyphen's place.
/// Among other words the same would be a guess: `ask Tech 2 days later`.
fn whole(item: &str, allowed: &Allowed) -> Option<Found> {
    let item = item.trim_matches(|c: char| !c.is_alphanumeric());
    let stem = item.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &item[stem.len()..];
    if number.is_empty() || !stem.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-')) {
        return None;
    }
    let project = stem.trim_end_matches([' ', '_', '-']);
    if project.len() == stem.len() {
        return joined(item, allowed);
    }
    if let Some(project) = allowed.fitting(project) {
        return Some(allowed.judge(project, number));
    }
    let hyphen = stem[project.len()..].contains('-');
    (hyphen && is_project(project)).then(|| allowed.judge(project, number))
}

/// `TECH123`: the project and where it ends are found together.
fn joined(item: &str, allowed: &Allowed) -> Option<Found> {
    if allowed.fitting(item).is_some() {
        return None;
    }
    let squashed = squash(item);
    let mut fitting = allowed.projects.iter().filter_map(|it| {
        let number = squashed.strip_prefix(&it.squashed)?;
        (!number.is_empty() && number.chars().all(|c| c.is_ascii_digit())).then_some((it, number))
    });
    match (fitting.next(), fitting.next()) {
        (Some((project, number)), None) => Some(allowed.judge(&project.key, number)),
        _ => None,
    }
}

/// `TECH-123` among other words, exactly like this.
fn exact(word: &str, allowed: &Allowed) -> Option<Found> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (project, number) = word.rsplit_once('-')?;
    let number = Some(number).filter(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit()))?;
    let project = allowed.fitting(project).or(is_project(project).then_some(project))?;
    Some(allowed.judge(project, number))
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}
