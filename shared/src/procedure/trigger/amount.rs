//! Numbers and sums of money as people write them.

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// In hundredths of the currency's unit.
    pub hundredths: u64,
    /// The ISO code, `GBP`.
    pub currency: String,
}

/// Hundredths of what a figure with separators says, `1,240`, `1.240,50`, `1 240`, `1'240.5`.
///
/// Where one separator stands alone, three digits behind it are thousands. What is no figure (a date,
/// a version, a time) is none.
pub(super) fn hundredths(figure: &str) -> Option<u64> {
    let figure = figure.trim_end_matches(['.', ',']);
    let decimal = decimal_mark(figure);
    let (whole, part) = match decimal {
        Some(at) => (&figure[..at], &figure[at + 1..]),
        None => (figure, ""),
    };
    let mut groups = whole.split(['.', ',', '\'', ' ', '\u{a0}', '\u{202f}']);
    let first = groups.next().filter(|it| !it.is_empty())?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    if digits.len() > 12 || part.len() > 2 || !digits.chars().chain(part.chars()).all(|it| it.is_ascii_digit()) {
        return None;
    }
    let part = format!("{part:0<2}");
    Some(digits.parse::<u64>().ok()? * 100 + part.parse::<u64>().ok()?)
}

fn decimal_mark(figure: &str) -> Option<usize> {
    let at = figure.rfind(['.', ','])?;
    let mark = figure.as_bytes()[at];
    let behind = figure.len() - at - 1;
    let same = figure.bytes().filter(|it| *it == mark).count();
    (behind != 3 && same == 1).then_some(at)
}

/// Whether the word, in small letters, names a currency or its unit.
pub(super) fn is_currency(word: &str) -> bool {
    const NAMES: [&str; 32] = [
        "gbp", "usd", "eur", "aud", "cad", "nzd", "chf", "sek", "nok", "dkk", "pln", "czk", "inr", "jpy", "sgd", "hkd",
        "zar", "aed", "pound", "pounds", "quid", "euro", "euros", "dollar", "dollars", "bucks", "franc", "francs",
        "kronor", "rupees", "grand", "yen",
    ];
    NAMES.contains(&word)
}

/// Whether the sign stands before or behind a sum.
pub(super) fn is_currency_sign(sign: char) -> bool {
    matches!(sign, '£' | '$' | '€' | '¥' | '₹' | '₣' | '₺' | '₪' | '￡' | '＄')
}

/// The number that a word says, for counting: `four`, `fourth`, `4th`, `4x`, `thrice`.
pub(super) fn count(word: &str) -> Option<u64> {
    const WORDS: [&[&str]; 16] = [
        &["zero"],
        &["one", "first", "once"],
        &["two", "second", "twice", "couple"],
        &["three", "third", "thrice"],
        &["four", "fourth", "forth"],
        &["five", "fifth"],
        &["six", "sixth"],
        &["seven", "seventh"],
        &["eight", "eighth", "eigth"],
        &["nine", "ninth"],
        &["ten", "tenth"],
        &["eleven", "eleventh"],
        &["twelve", "twelfth", "dozen"],
        &["thirteen", "thirteenth"],
        &["fourteen", "fourteenth"],
        &["fifteen", "fifteenth"],
    ];
    let digits = word.trim_end_matches(|it: char| it.is_ascii_lowercase());
    if !digits.is_empty() && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "x") {
        return digits.parse().ok();
    }
    WORDS.iter().zip(0..).find(|(names, _)| names.contains(&word)).map(|(_, number)| number)
}
