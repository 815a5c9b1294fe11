//! The customer's names that HubSpot knows, and whether a typed name is one of them.

use super::super::characters::{is_dash, narrow};
use super::{Context, tidy};

/// The words of a name that are compared: enough for any real name, and a bound for hostile ones.
const WORDS: usize = 32;

/// How a company is registered, which nobody types the same way twice.
const LEGAL_FORMS: [&str; 44] = [
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bhd",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "eg",
    "ek",
    "ev",
    "gmbh",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "mbh",
    "nv",
    "ohg",
    "ou",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "sl",
    "spa",
    "srl",
    "sro",
    "ug",
    "zoo",
];

/// The same where words are not set apart.
const JOINED_LEGAL_FORMS: [&str; 7] =
    ["株式会社", "有限会社", "合同会社", "股份有限公司", "有限责任公司", "有限公司", "주식회사"];

/// The names of the associated companies and contacts.
pub(super) struct Known {
    names: Vec<String>,
}

impl Known {
    pub(super) fn new(context: &Context) -> Self {
        let names = context.companies.iter().chain(&context.contacts);
        Self { names: names.map(|it| tidy(it)).filter(|it| !it.is_empty()).collect() }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The name to use where none was typed: the primary company, else a contact.
    pub(super) fn first(&self) -> Option<&str> {
        self.names().next()
    }

    pub(super) fn contains(&self, typed: &str) -> bool {
        self.names().any(|it| same(typed, it))
    }

    /// Whether names are known and the typed one is neither one of them, nor a part, nor an extension.
    pub(super) fn contradicts(&self, typed: &str) -> bool {
        let typed = words(typed);
        !self.names.is_empty() && !self.names().map(words).any(|it| is_part(&typed, &it) || is_part(&it, &typed))
    }

    /// The known spelling of a name that differs from the typed one in its dashes only.
    pub(super) fn spelling(&self, typed: &str) -> Option<String> {
        let plain = |text: &str| -> String { text.chars().map(|c| if is_dash(c) { '-' } else { c }).collect() };
        if self.names().any(|it| it == typed) || typed.chars().all(|c| c == '-' || !is_dash(c)) {
            return None;
        }
        self.names().find(|it| plain(it) == plain(typed)).map(str::to_owned)
    }
}

/// Whether two names name the same: case, accents, punctuation and legal form aside.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    !a.is_empty() && a == b
}

fn is_part(part: &[String], whole: &[String]) -> bool {
    let found = |word: &String| whole.iter().any(|it| it == word || initial_of(word, it) || written_in(word, it));
    !part.is_empty() && part.iter().all(found)
}

/// `J` of `Jo`.
fn initial_of(word: &str, whole: &str) -> bool {
    let mut characters = word.chars();
    matches!((characters.next(), characters.next()), (Some(c), None) if whole.starts_with(c))
}

/// A part of a name in a script that does not set words apart.
fn written_in(word: &str, whole: &str) -> bool {
    let unspaced = |c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}');
    word.chars().all(unspaced) && whole.contains(word)
}

fn words(name: &str) -> Vec<String> {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().take(WORDS * 32).map(narrow).flat_map(char::to_lowercase) {
        match c {
            '.' | '\'' | '’' | '‘' | '`' | '\u{300}'..='\u{36f}' => {}
            _ if c.is_alphanumeric() => fold(c, &mut folded),
            _ => folded.push(' '),
        }
    }
    for form in JOINED_LEGAL_FORMS {
        if folded.contains(form) {
            folded = folded.replace(form, " ");
        }
    }
    let all = || folded.split_whitespace().filter(|it| *it != "and").take(WORDS).map(str::to_owned);
    let told: Vec<String> = all().filter(|it| !LEGAL_FORMS.contains(&it.as_str())).collect();
    if told.is_empty() { all().collect() } else { told }
}

/// The letter without its accent.
fn fold(c: char, folded: &mut String) {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return folded.push(c),
    };
    folded.push_str(plain);
}
