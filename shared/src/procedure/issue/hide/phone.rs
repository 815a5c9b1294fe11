//! Telephone numbers in a text, and not the numbers of orders, amounts and dates.

use std::ops::Range;

use super::super::super::characters::{is_blank, is_dash, narrow};

/// [E.164](https://www.itu.int/rec/T-REC-E.164) allows this many digits with the country's.
const MOST_DIGITS: usize = 15;
/// A number with more digits is no count of anything.
const MOST_OF_A_COUNT: usize = 2;
/// Words before a number that say what it is are looked for among this many.
const WORDS_BEFORE: usize = 4;
/// And among this many characters.
const BEFORE: usize = 60;

/// What says that a telephone number follows.
const TELEPHONE: &[&str] = &[
    "phone",
    "telephone",
    "tel",
    "telefon",
    "mobile",
    "mobil",
    "handy",
    "cell",
    "call",
    "ring",
    "dial",
    "fax",
    "whatsapp",
    "sms",
    "landline",
    "extension",
];
/// What says that another number follows.
const OTHER: &[&str] = &[
    "order",
    "orders",
    "invoice",
    "invoices",
    "ref",
    "reference",
    "ticket",
    "case",
    "id",
    "ids",
    "account",
    "acct",
    "tracking",
    "sku",
    "serial",
    "imei",
    "ean",
    "transaction",
    "txn",
    "booking",
    "po",
    "iban",
    "card",
    "parcel",
    "shipment",
    "amount",
    "total",
    "price",
    "code",
    "vat",
    "version",
    "build",
    "payment",
    "refund",
    "policy",
    "contract",
    "member",
    "customer",
    "rechnung",
    "bestellung",
    "auftrag",
    "kundennummer",
];
/// What says nothing about the number that follows.
const NEUTRAL: &[&str] = &[
    "number", "numbers", "no", "nr", "num", "is", "was", "the", "a", "an", "my", "her", "his", "our", "their", "your",
    "of", "on", "at", "under", "to", "for", "in", "with", "him", "them", "me", "us", "back", "and", "or",
];
/// What makes an amount of the number before it.
const CURRENCIES: &[&str] =
    &["eur", "usd", "gbp", "chf", "euro", "euros", "pounds", "dollars", "pence", "cents", "items", "units", "orders"];

/// Some digits without a break.
struct Group {
    range: Range<usize>,
    digits: String,
    has_plus: bool,
    is_bracketed: bool,
    /// What stands between it and the group before.
    separator: String,
}

/// What the words before a number say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Telephone,
    Other,
    Nothing,
}

/// Where telephone numbers stand, in order.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        // What stands before a number that was found says nothing of the next one.
        let from = found.last().map_or(0, |it| it.end);
        let length = length_at(text, from, groups[..at].last(), &groups[at..]);
        if length > 0 {
            found.push(groups[at].range.start..groups[at + length - 1].range.end);
        }
        at += length.max(1);
    }
    found
}

/// How many of these groups are the telephone number that they begin with.
fn length_at(text: &str, from: usize, previous: Option<&Group>, groups: &[Group]) -> usize {
    let first = &groups[0];
    let before = &text[from..first.range.start];
    let said = said(before);
    let previous = previous.filter(|it| it.range.end > from && !first.separator.is_empty());
    if !may_begin(before, first, previous, said) {
        return 0;
    }
    let mut digits = 0;
    let fits = |it: &&Group| {
        digits += it.digits.len();
        digits <= MOST_DIGITS + 2
    };
    let rest = groups[1..].iter().take_while(|it| !it.separator.is_empty() && !it.has_plus);
    let longest = std::iter::once(first).chain(rest).take_while(fits).count();
    let is_number = |length: &usize| {
        let number = &groups[..*length];
        may_end(&text[number[length - 1].range.end..]) && is_telephone(number, said)
    };
    (1..=longest).rev().find(is_number).unwrap_or(0)
}

/// Whether a number may begin behind these words and behind digits that are near.
fn may_begin(before: &str, first: &Group, previous: Option<&Group>, said: Said) -> bool {
    let mut behind = before.chars().rev();
    let Some(last) = behind.next() else { return true };
    if first.has_plus {
        return !last.is_alphanumeric();
    }
    if let Some(previous) = previous {
        // A count may stand there; more digits are the beginning of a longer number.
        return is_blank(last) && previous.digits.len() <= MOST_OF_A_COUNT;
    }
    match narrow(last) {
        ':' => !behind.next().is_some_and(|it| it.is_ascii_digit()),
        '.' | '=' | '-' => said == Said::Telephone,
        '#' | '/' | '_' | '@' | '%' | '\\' | '£' | '$' | '€' | '¥' => false,
        ',' => !behind.next().is_some_and(|it| it.is_ascii_digit()),
        other => !other.is_alphanumeric() && !is_dash(other),
    }
}

/// Whether a number may end before these words.
fn may_end(after: &str) -> bool {
    let mut ahead = after.chars();
    let next = ahead.next();
    let then = ahead.clone().next();
    // A longer run of digits is no fraction.
    let digits = || ahead.take_while(|it| narrow(*it).is_ascii_digit()).take(4).count();
    let is_end = match next.map(narrow) {
        None => true,
        Some('.') => !(1..=3).contains(&digits()),
        Some(',' | ':' | '/') => !(1..=2).contains(&digits()),
        Some('_' | '%' | '@' | '£' | '$' | '€' | '¥' | '=') => false,
        Some(it) if is_dash(it) => !then.is_some_and(char::is_alphanumeric),
        Some(it) => !it.is_alphanumeric(),
    };
    let after = after.trim_start_matches(is_blank);
    let word: String = after.chars().take_while(|it| it.is_alphabetic()).take(10).collect();
    is_end && !after.starts_with(['£', '$', '€', '¥', '%']) && !CURRENCIES.contains(&word.to_lowercase().as_str())
}

fn is_telephone(groups: &[Group], said: Said) -> bool {
    let digits: String = groups.iter().map(|it| it.digits.as_str()).collect();
    let count = digits.len();
    if groups[0].has_plus {
        return (8..=MOST_DIGITS).contains(&count) && !digits.starts_with('0');
    }
    if said == Said::Other || is_date(groups) || is_address(groups) {
        return false;
    }
    if said == Said::Telephone && (7..=MOST_DIGITS).contains(&count) {
        return true;
    }
    let is_one = groups.len() == 1;
    let in_pairs = groups.iter().all(|it| it.digits.len() >= 2);
    match digits.as_bytes() {
        [b'0', b'0', b'1'..=b'9', ..] => (if is_one { 12..=15 } else { 10..=17 }).contains(&count),
        [b'0', b'1'..=b'9', ..] => in_pairs && (if is_one { 10..=11 } else { 9..=12 }).contains(&count),
        _ => is_american(groups),
    }
}

/// `555-123-4567`, perhaps with the country's 1 before it.
fn is_american(groups: &[Group]) -> bool {
    let rest = match groups {
        [one, rest @ ..] if one.digits == "1" => rest,
        all => all,
    };
    let [area, exchange, line] = rest else { return false };
    let is_written = area.is_bracketed || exchange.separator == line.separator;
    let has_place = |it: &Group| it.digits.len() == 3 && it.digits.starts_with(|it| it >= '2');
    is_written && has_place(area) && has_place(exchange) && line.digits.len() == 4
}

/// Whether the number begins as a date does.
fn is_date(groups: &[Group]) -> bool {
    let [first, second, third, ..] = groups else { return false };
    let has_marks = matches!(&*second.separator, "." | "-" | "/") && second.separator == third.separator;
    let lengths = (first.digits.len(), second.digits.len(), third.digits.len());
    has_marks && matches!(lengths, (4, 1..=2, 1..=2) | (1..=2, 1..=2, 4))
}

/// Whether it is the address of a computer.
fn is_address(groups: &[Group]) -> bool {
    groups.len() == 4
        && groups[1..].iter().all(|it| it.separator == ".")
        && groups.iter().all(|it| it.digits.len() <= 3)
}

/// All digits of the text. What is too far from the group before, or has letters between, follows nothing.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut rest = 0;
    while let Some(found) = text[rest..].find(|it| narrow(it).is_ascii_digit()) {
        let start = rest + found;
        let length = text[start..].find(|it| !narrow(it).is_ascii_digit()).unwrap_or(text.len() - start);
        let end = start + length;
        let digits: String = text[start..end].chars().map(narrow).collect();
        let gap = &text[rest..start];
        let has_plus = gap.ends_with(['+', '＋']);
        let is_bracketed = gap.ends_with('(') && text[end..].starts_with(')') && digits.len() <= 5;
        let begins = if has_plus || is_bracketed {
            text[..start].char_indices().next_back().map_or(start, |it| it.0)
        } else {
            start
        };
        let separator = if groups.is_empty() { String::new() } else { separator(gap) };
        groups.push(Group { range: begins..end, digits, has_plus, is_bracketed, separator });
        rest = end;
    }
    groups
}

/// What stands between two groups of one number; nothing if they are not of one.
fn separator(gap: &str) -> String {
    const LONGEST: usize = 2;
    let is_slash = gap == "/";
    let fits = |it: char| (is_blank(it) && it != '\n' && it != '\r') || is_dash(it) || matches!(it, '.' | '(' | ')');
    let is_one = gap.chars().count() <= LONGEST && gap.chars().all(fits);
    let plain = |it| {
        if is_blank(it) {
            ' '
        } else if is_dash(it) {
            '-'
        } else {
            it
        }
    };
    if is_slash || is_one { gap.chars().map(plain).collect() } else { String::new() }
}

/// What the nearest word says that says anything.
fn said(before: &str) -> Said {
    let start = before.char_indices().rev().nth(BEFORE).map_or(0, |it| it.0);
    let line = before[start..].rsplit(['\n', '\r']).next().unwrap_or_default().to_lowercase();
    let words = line.rsplit(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    for word in words.take(WORDS_BEFORE) {
        if TELEPHONE.contains(&word) {
            return Said::Telephone;
        }
        if OTHER.contains(&word) {
            return Said::Other;
        }
        if !NEUTRAL.contains(&word) && word.chars().any(char::is_alphabetic) {
            return Said::Nothing;
        }
    }
    Said::Nothing
}
