//! Numbers and sums of money as people write them.

/// A sum of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// In hundredths of the currency's unit.
    pub hundredths: u64,
    /// The ISO code, `GBP`.
    pub currency: String,
}

/// Digits, with separators between digits, and the letters right behind them.
pub(super) fn figure_length(rest: &str, is_money: bool) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut letters = false;
    while let Some((at, c)) = chars.next() {
        let digit_follows = chars.peek().is_some_and(|it| it.1.is_ascii_digit());
        let inside = match c {
            '.' | ',' | ':' | '\'' => digit_follows && !letters,
            ' ' | '\u{a0}' | '\u{202f}' => return at + thousands(&rest[at..], is_money),
            _ => {
                letters |= c.is_alphabetic();
                c.is_alphanumeric()
            }
        };
        if !inside {
            return at;
        }
    }
    rest.len()
}

/// Groups of digits that are read as one figure.
const MOST_GROUPS: usize = 3;

/// How far groups of three digits behind a blank go on, `1 240 000`: a plain blank joins them only
/// beside a currency, or people's lists of numbers would become millions.
fn thousands(rest: &str, is_money: bool) -> usize {
    let mut length = 0;
    let mut plain = false;
    while let Some(group) = rest[length..].strip_prefix([' ', '\u{a0}', '\u{202f}']) {
        let digits = group.len() - group.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        if digits != 3 || length > MOST_GROUPS * 4 {
            break;
        }
        plain |= rest[length..].starts_with(' ');
        length = rest.len() - group.len() + digits;
    }
    let behind = rest[length..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let is_money = is_money || behind.starts_with(is_currency_sign) || is_currency(unit(behind));
    if plain && !is_money { 0 } else { length }
}

/// Hundredths of what a figure with separators says, `1,240`, `1.240,50`, `1 240`, `1'240.5`.
///
/// Where one separator stands alone, three digits behind it are thousands. What is no figure (a date,
/// a version, a time) is none.
pub(super) fn hundredths(figure: &str) -> Option<u64> {
    let figure = figure.trim_end_matches(['.', ',']);
    if figure.len() <= 12 && figure.bytes().all(|it| it.is_ascii_digit()) {
        return Some(figure.parse::<u64>().ok()? * 100);
    }
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

/// The letters at the beginning, as far as a currency's name goes.
pub(super) fn unit(text: &str) -> &str {
    let letters = text.bytes().take(8).take_while(u8::is_ascii_alphabetic).count();
    &text[..letters]
}

/// Whether the word names a currency or its unit.
pub(super) fn is_currency(word: &str) -> bool {
    const NAMES: [&str; 32] = [
        "gbp", "usd", "eur", "aud", "cad", "nzd", "chf", "sek", "nok", "dkk", "pln", "czk", "inr", "jpy", "sgd", "hkd",
        "zar", "aed", "pound", "pounds", "quid", "euro", "euros", "dollar", "dollars", "bucks", "franc", "francs",
        "kronor", "rupees", "grand", "yen",
    ];
    word.starts_with(|it: char| it.is_ascii_alphabetic()) && NAMES.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Whether the sign stands before or behind a sum.
pub(super) fn is_currency_sign(sign: char) -> bool {
    matches!(sign, '£' | '$' | '€' | '¥' | '₹' | '₣' | '₺' | '₪' | '￡' | '＄')
}

/// Whether the number says which one it is: `second`, `4th`.
pub(super) fn is_ordinal(word: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|it| word.ends_with(it))
}

/// The number that a word says, for counting: `four`, `fourth`, `4th`, `4x`, `thrice`.
pub(super) fn count(word: &str) -> Option<u64> {
    let digits = word.trim_end_matches(|it: char| it.is_ascii_lowercase());
    if !digits.is_empty() {
        let counts = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "x");
        return digits.parse().ok().filter(|_| counts);
    }
    Some(match word {
        "zero" => 0,
        "one" | "first" | "once" => 1,
        "two" | "second" | "twice" | "couple" => 2,
        "three" | "third" | "thrice" => 3,
        "four" | "fourth" | "forth" => 4,
        "five" | "fifth" => 5,
        "six" | "sixth" => 6,
        "seven" | "seventh" => 7,
        "eight" | "eighth" => 8,
        "nine" | "ninth" => 9,
        "ten" | "tenth" => 10,
        "eleven" | "eleventh" => 11,
        "twelve" | "twelfth" | "dozen" => 12,
        "thirteen" | "thirteenth" => 13,
        "fourteen" | "fourteenth" => 14,
        "fifteen" | "fifteenth" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}
