//! Whether what stands after a label answers anything.

use std::borrow::Cow;

use super::letters::{ascii, collapse, fold};
use super::prompt;
use super::script::is_letter_or_digit;

const PLACEHOLDERS: [&str; 14] =
    ["na", "none", "nil", "nothing", "null", "tbc", "tbd", "tba", "x", "xx", "xxx", "xxxx", "ditto", "same"];

/// Words that make no reason of a placeholder: "none yet", "N/A at this time".
const FILLERS: [&str; 24] = [
    "yet",
    "so",
    "far",
    "at",
    "the",
    "moment",
    "this",
    "time",
    "for",
    "now",
    "currently",
    "atm",
    "right",
    "still",
    "as",
    "of",
    "all",
    "later",
    "soon",
    "shortly",
    "asap",
    "please",
    "pls",
    "present",
];

const PROMISES: [&str; 22] = [
    "to be completed",
    "to be confirmed",
    "to be advised",
    "to be determined",
    "to be decided",
    "to be done",
    "to be filled",
    "to be filled in",
    "to be added",
    "to be updated",
    "to be announced",
    "to be provided",
    "to follow",
    "will update",
    "will update this",
    "will update ticket",
    "will be updated",
    "will confirm",
    "will follow",
    "will add",
    "not applicable",
    "not yet",
];

/// "See the mail thread above": a verb that points, and nothing but words for where.
const POINTING: [&str; 8] = ["see", "refer", "as", "same", "per", "please", "pls", "kindly"];
const PLACES: [&str; 9] = ["above", "below", "thread", "threads", "conversation", "history", "chat", "chain", "trail"];
const BETWEEN: [&str; 34] = [
    "see",
    "refer",
    "to",
    "as",
    "per",
    "same",
    "the",
    "in",
    "my",
    "our",
    "on",
    "of",
    "and",
    "or",
    "please",
    "pls",
    "kindly",
    "email",
    "e",
    "mail",
    "mails",
    "ticket",
    "slack",
    "full",
    "whole",
    "previous",
    "last",
    "stated",
    "mentioned",
    "described",
    "comment",
    "comments",
    "note",
    "notes",
];

const SIGN_OFFS: [&str; 17] = [
    "thanks",
    "thank",
    "thx",
    "ty",
    "cheers",
    "regards",
    "kind",
    "best",
    "br",
    "kr",
    "many",
    "warm",
    "sincerely",
    "ta",
    "yours",
    "mfg",
    "danke",
];

/// How much of an empty value is worth showing to its author.
const SHOWN: usize = 80;

/// What a label's value turned out to be.
pub(super) enum Value {
    /// Nothing that answers; what was found instead.
    Empty(String),
    Given(String),
}

/// Judges a value as it stands between two labels.
pub(super) fn judge(raw: &str) -> Value {
    if raw.is_empty() {
        return Value::Empty(String::new());
    }
    let found = collapse(raw);
    let shown = trim_bar(&found);
    let answer = trim_bar(prompt::without(shown)).to_owned();
    let own = without_sign_off(raw);
    let signed_off = own.len() < raw.trim_end().len() && is_empty(prompt::without(&collapse(own)));
    if signed_off || is_empty(&answer) {
        return Value::Empty(shown.chars().take(SHOWN).collect());
    }
    Value::Given(answer)
}

fn trim_bar(text: &str) -> &str {
    text.trim_end_matches(|c: char| c == '|' || c.is_whitespace()).trim_start()
}

fn is_empty(text: &str) -> bool {
    let text = &*without_emoji(text);
    if !text.contains(is_letter_or_digit) || prompt::is_bare(text) {
        return true;
    }
    let outside = outside_brackets(text);
    let Some(words) = few_words(outside.as_deref().unwrap_or(text)) else {
        return false;
    };
    if words.is_empty() {
        return true;
    }
    let is_in = |list: &[&str], word: &String| list.contains(&word.as_str());
    let only_placeholders = words.iter().any(|it| is_in(&PLACEHOLDERS, it))
        && words.iter().all(|it| is_in(&PLACEHOLDERS, it) || is_in(&FILLERS, it));
    let core: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .rev()
        .skip_while(|it| FILLERS.contains(it) && *it != "this")
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .skip_while(|it| FILLERS.contains(it))
        .collect();
    let points_away = words.first().is_some_and(|it| is_in(&POINTING, it))
        && words.iter().any(|it| is_in(&PLACES, it))
        && words.iter().all(|it| is_in(&PLACES, it) || is_in(&BETWEEN, it));
    only_placeholders || points_away || PROMISES.contains(&core.join(" ").as_str())
}

/// The text without the emoji that are made of a digit or a letter and a mark behind it.
fn without_emoji(text: &str) -> Cow<'_, str> {
    if !text.contains(['\u{fe0f}', '\u{20e3}']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            '\u{20e3}' if previous == '\u{fe0f}' => {}
            '\u{fe0f}' | '\u{20e3}' => _ = out.pop(),
            _ => out.push(c),
        }
        previous = c;
    }
    Cow::Owned(out)
}

/// The words, folded, without mentions, emoji codes and picture names; none where there are too many
/// for a placeholder.
fn few_words(text: &str) -> Option<Vec<String>> {
    const MOST: usize = 10;
    let mut words = Vec::new();
    let mut after_mention = false;
    for token in text.split_whitespace() {
        let bare = token.trim_matches(|c: char| !is_letter_or_digit(c) && !matches!(c, '@' | '<' | ':'));
        let named = std::mem::take(&mut after_mention) && bare.starts_with(char::is_uppercase);
        if bare.starts_with(['@', '＠']) || bare.starts_with("<@") || bare.starts_with("<!") {
            after_mention = bare.ends_with(is_letter_or_digit) && token.ends_with(is_letter_or_digit);
            continue;
        }
        if named || is_shortcode(bare) || is_picture(bare) {
            continue;
        }
        let folded = fold(bare);
        let solid: String = folded.chars().filter(|c| !matches!(c, '.' | '/' | '\\' | '\'')).collect();
        if matches!(solid.as_str(), "na" | "n a") {
            words.push("na".to_owned());
            continue;
        }
        let parts = folded.split(|c: char| !is_letter_or_digit(c)).filter(|it| !it.is_empty());
        words.extend(parts.map(str::to_owned));
        if words.len() > MOST {
            return None;
        }
    }
    if let Some(at) = words.windows(2).position(|pair| pair == ["n", "a"]) {
        words.splice(at..at + 2, ["na".to_owned()]);
    }
    Some(words)
}

fn is_shortcode(token: &str) -> bool {
    token.len() > 2
        && token.starts_with(':')
        && token.ends_with(':')
        && token.bytes().all(|b| b.is_ascii_alphanumeric() || b":_+-".contains(&b))
}

fn is_picture(token: &str) -> bool {
    let ends_with = |end: &str| {
        token.len().checked_sub(end.len()).is_some_and(|at| token.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()))
    };
    [".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic"].into_iter().any(ends_with)
}

/// What stands outside of square and curly brackets, where these are balanced.
fn outside_brackets(text: &str) -> Option<String> {
    let mut depth = 0usize;
    let mut outside = String::new();
    for c in text.chars() {
        match ascii(c) {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let only_brackets = depth == 0 && !outside.contains(is_letter_or_digit);
    only_brackets.then_some(outside)
}

/// The value without "Thanks, Sam" on its last lines, also where the name stands below.
fn without_sign_off(raw: &str) -> &str {
    let rest = raw.trim_end();
    let (before, last) = rest.rsplit_once('\n').unwrap_or(("", rest));
    if is_sign_off(last) {
        return before.trim_end();
    }
    let before = before.trim_end();
    let (above, under) = before.rsplit_once('\n').unwrap_or(("", before));
    let is_name = last.split_whitespace().count() <= 2;
    if is_name && is_sign_off(under) { above.trim_end() } else { rest }
}

fn is_sign_off(line: &str) -> bool {
    let mut words = line.split(|c: char| !is_letter_or_digit(c)).filter(|it| !it.is_empty());
    words.next().is_some_and(|word| SIGN_OFFS.contains(&word.to_lowercase().as_str())) && words.take(4).count() <= 3
}
