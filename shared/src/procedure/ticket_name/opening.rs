//! What stands before the customer's name: mail prefixes, symbols, the word Escalation.

use super::super::characters::{is_blank, is_invisible, narrow};
use super::Reason;

/// How far a mail prefix or a bracketed tag may reach, in characters: keeps hostile names linear.
const REACH: usize = 40;

/// What mail programs and gateways put before a subject, in the languages they speak.
const MAIL_PREFIXES: [&str; 54] = [
    "re",
    "fw",
    "fwd",
    "aw",
    "wg",
    "sv",
    "vs",
    "vb",
    "vl",
    "vá",
    "antw",
    "antwort",
    "tr",
    "rv",
    "enc",
    "res",
    "rif",
    "r",
    "i",
    "odp",
    "pd",
    "ynt",
    "ilt",
    "i̇lt",
    "fs",
    "bls",
    "doorst",
    "atb",
    "απ",
    "πρθ",
    "σχετ",
    "re fwd",
    "fwd re",
    "ext",
    "extern",
    "external",
    "spam",
    "auto",
    "autoreply",
    "automatic reply",
    "automatische antwort",
    "réponse automatique",
    "out of office",
    "abwesenheitsnotiz",
    "回复",
    "回覆",
    "答复",
    "答覆",
    "转发",
    "轉寄",
    "返信",
    "転送",
    "رد",
    "إعادة توجيه",
];

/// Other forms of the word: they say what is meant, but are not the prefix.
const KIN: [&str; 6] = ["escalation", "escalations", "escalate", "escalated", "escalates", "escalating"];

/// What was found before the prefix.
#[derive(Default)]
pub(super) struct Opening {
    /// Where the name proper begins.
    pub(super) start: usize,
    /// Where a mail's subject begins: behind mail prefixes alone.
    pub(super) subject: usize,
    /// Whether a sign stood before the name, which may close behind the prefix or at the end.
    pub(super) symbol: bool,
    mail_prefix: bool,
    quoted: bool,
}

/// How the first word relates to the prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// `Escalation` itself.
    Exact,
    /// The same letters in another case or width.
    Spelled,
    /// Another form of the word, or a slip of one letter.
    Kin,
    /// `Esc`, the tag people used before.
    Short,
}

/// Skips everything up to the first word that is part of the name.
pub(super) fn read(name: &str) -> Opening {
    let mut opening = Opening::default();
    let mut at = 0;
    while let Some(c) = name[at..].chars().next() {
        let rest = &name[at..];
        if is_blank(c) || is_invisible(c) {
            at += c.len_utf8();
            continue;
        }
        if let Some(length) = mail_prefix(rest).or_else(|| bracketed_tag(rest)) {
            at += length;
            opening.mail_prefix = true;
            if !opening.symbol {
                opening.subject = at;
            }
            continue;
        }
        // The variation selector makes an emoji of a letter or a digit.
        if c.is_alphanumeric() && !rest[c.len_utf8()..].starts_with('\u{fe0f}') {
            break;
        }
        at += hash_tag(rest).unwrap_or(c.len_utf8());
        opening.symbol = true;
        opening.quoted |= matches!(c, '"' | '\'' | '“' | '„' | '«' | '‘' | '*' | '_' | '`');
    }
    if opening.symbol || opening.mail_prefix {
        opening.start = at;
    }
    opening
}

/// Reads the first word; `None` if it is not the prefix in any spelling.
pub(super) fn word(word: &str) -> Option<Word> {
    if word == "Escalation" {
        return Some(Word::Exact);
    }
    let folded: String = word.chars().take(REACH).map(narrow).flat_map(char::to_lowercase).collect();
    match folded.as_str() {
        "escalation" => Some(Word::Spelled),
        "esc" => Some(Word::Short),
        _ if KIN.iter().any(|it| one_slip(&folded, it)) => Some(Word::Kin),
        _ => None,
    }
}

impl Opening {
    /// What has to be taken off to get the correct name.
    pub(super) fn slips(&self) -> impl Iterator<Item = Reason> {
        let mail_prefix = self.mail_prefix.then_some(Reason::MailPrefix);
        mail_prefix.into_iter().chain(self.symbol.then_some(Reason::LeadingSymbol))
    }

    /// The line without the end of a quotation that began before it.
    pub(super) fn unquoted<'a>(&self, line: &'a str) -> &'a str {
        if !self.quoted {
            return line;
        }
        line.trim_end_matches(['"', '\'', '”', '“', '»', '’', '‘', '*', '_', '`', ' '])
    }
}

/// The length of `Re:`, `AW[2]:`, `回复：` at the start.
fn mail_prefix(text: &str) -> Option<usize> {
    let (colon, sign) = text.char_indices().take(REACH).find(|(_, c)| matches!(c, ':' | '：'))?;
    let word: String =
        text[..colon].chars().filter(|c| !is_invisible(*c)).map(narrow).flat_map(char::to_lowercase).collect();
    let word = word.trim();
    let counted = word.trim_end_matches([']', ')']).trim_end_matches(|c: char| c.is_ascii_digit());
    let word = counted.strip_suffix(['[', '(']).unwrap_or(word).trim_end();
    MAIL_PREFIXES.contains(&word).then(|| colon + sign.len_utf8())
}

/// The length of `[EXTERNAL]`, `(urgent)`, `【外部】` at the start, unless it holds the prefix itself.
fn bracketed_tag(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().take(REACH);
    let closing = match characters.next()?.1 {
        '[' => ']',
        '(' => ')',
        '{' => '}',
        '<' => '>',
        '【' => '】',
        '［' => '］',
        '（' => '）',
        '「' => '」',
        _ => return None,
    };
    let (end, _) = characters.find(|(_, c)| *c == closing)?;
    let inside: String = text[..end].chars().skip(1).collect();
    (!holds_prefix(&inside)).then(|| end + closing.len_utf8())
}

/// The length of `#ESC`, `#CS-ESCALATE` at the start; of the sign alone where the prefix follows.
fn hash_tag(text: &str) -> Option<usize> {
    let tag = text.strip_prefix(['#', '＃'])?;
    let end = tag.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(tag.len());
    let sign = text.len() - tag.len();
    Some(if holds_prefix(&tag[..end]) { sign } else { sign + end })
}

fn holds_prefix(text: &str) -> bool {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    matches!(word(&text[..end]), Some(Word::Exact | Word::Spelled | Word::Kin))
}

/// Whether the words differ by at most one letter put in, left out, exchanged, or swapped.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - tail], &b[..b.len() - tail]) {
        ([] | [_], [] | [_]) => true,
        ([x, y], [z, w]) => x == w && y == z,
        _ => false,
    }
}
