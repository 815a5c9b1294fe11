//! Where the author's own words end: quoted mail, forwarded mail, signatures.

use super::letters::fold;
use super::page::Line;
use super::script::is_letter;

/// How a mail program introduces a quoted mail: the first word, and the verb with which the line
/// ends (or which it holds, where the name stands after the verb).
const ATTRIBUTIONS: [(&str, &str, Verb); 14] = [
    ("on ", "wrote:", Verb::Last),
    ("am ", " schrieb ", Verb::Within),
    ("le ", "a écrit :", Verb::Last),
    ("le ", "a écrit:", Verb::Last),
    ("el ", "escribió:", Verb::Last),
    ("il ", "ha scritto:", Verb::Last),
    ("em ", "escreveu:", Verb::Last),
    ("op ", " schreef ", Verb::Within),
    ("den ", " skrev ", Verb::Within),
    ("på ", " skrev ", Verb::Within),
    ("dnia ", "napisał(a):", Verb::Last),
    ("w dniu ", "pisze:", Verb::Last),
    ("于", "写道:", Verb::Last),
    ("在", "写道:", Verb::Last),
];

#[derive(Clone, Copy, PartialEq)]
enum Verb {
    Last,
    Within,
}

const SENDERS: [&str; 11] =
    ["from:", "von:", "de:", "da:", "van:", "från:", "fra:", "od:", "发件人:", "寄件者:", "差出人:"];

const OTHER_HEADERS: [&str; 35] = [
    "sent",
    "date",
    "to",
    "cc",
    "subject",
    "reply to",
    "gesendet",
    "datum",
    "an",
    "betreff",
    "envoyé",
    "envoye",
    "à",
    "objet",
    "enviado",
    "enviado el",
    "fecha",
    "para",
    "asunto",
    "inviato",
    "data",
    "a",
    "oggetto",
    "assunto",
    "verzonden",
    "aan",
    "onderwerp",
    "skickat",
    "till",
    "ämne",
    "发送时间",
    "收件人",
    "主题",
    "宛先",
    "件名",
];

const DASHED: [&str; 12] = [
    "original message",
    "forwarded message",
    "original appointment",
    "ursprüngliche nachricht",
    "originalnachricht",
    "weitergeleitete nachricht",
    "message d'origine",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "messaggio originale",
    "mensagem original",
];

/// What phones write below a mail. `Sent via courier` and `Inviato da Marco` are answers, so these
/// go on to the name of a device or a program.
const SENT_FROM: [&str; 14] = [
    "sent from my ",
    "sent from outlook for ",
    "sent from mail for ",
    "sent via blackberry",
    "sent via superhuman",
    "sent via the samsung ",
    "get outlook for ",
    "von meinem ",
    "gesendet von meinem ",
    "gesendet mit der ",
    "envoyé de mon ",
    "enviado desde mi ",
    "inviato da iphone",
    "inviato da smartphone",
];

/// The first two letters of everything here that is no dash and of the Latin script.
const OPENINGS: [&str; 20] = [
    "on", "am", "le", "el", "il", "em", "op", "de", "dn", "w ", "fr", "vo", "da", "va", "od", "se", "ge", "en", "in",
    "be",
];

/// A line longer than this introduces nothing.
const LONGEST: usize = 400;

/// Whether the line quotes somebody else.
pub(super) fn is_quoted(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('>') || line.starts_with("&gt;")
}

/// Whether the author's own words end before the first of these lines.
pub(super) fn ends_own_words(lines: &[Line<'_>]) -> bool {
    let Some(line) = lines.first().map(|line| line.text) else {
        return false;
    };
    if is_signature_mark(line) {
        return true;
    }
    let shown = bare(line);
    if shown.len() > LONGEST {
        return false;
    }
    // Most lines end here: what introduces a mail begins with dashes or with one of a few words.
    if shown.starts_with('-') {
        return is_dashed(&lower(shown));
    }
    let opening = shown.get(..2).unwrap_or_default();
    if !opening.is_empty() && opening.is_ascii() && !OPENINGS.iter().any(|it| it.eq_ignore_ascii_case(opening)) {
        return false;
    }
    let line = lower(shown);
    line == "begin forwarded message:"
        || is_sent_from(&line)
        || is_attribution(&line, lines)
        || is_header(&line, shown, lines)
}

/// `-- `, the mark of RFC 3676 section 4.3; the blank at its end tells it from a ruled line.
fn is_signature_mark(line: &str) -> bool {
    line.len() < 12
        && line
            .trim_start_matches(' ')
            .strip_prefix("--")
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(char::is_whitespace))
}

/// `--` whose blank a mail program has eaten: a signature only where no label follows.
pub(super) fn may_be_signature(line: &str) -> bool {
    line.trim() == "--"
}

fn is_dashed(line: &str) -> bool {
    let words = line.trim_matches(['-', ' ', '_']);
    line.starts_with("--") && line.ends_with("--") && DASHED.contains(&words)
}

fn is_sent_from(line: &str) -> bool {
    SENT_FROM.iter().any(|&start| match start {
        // "Von meinem Team gesendet" would be an answer; "Von meinem iPhone gesendet" ends with the verb.
        "von meinem " => line.starts_with(start) && line.trim_end_matches('.').ends_with(" gesendet"),
        "gesendet mit der " => line.starts_with(start) && line.trim_end_matches('.').ends_with(" app"),
        _ => line.starts_with(start),
    })
}

/// `On Mon, 1 June 2026 at 09:12, Jo Park wrote:`, also where it runs over two or three lines.
fn is_attribution(line: &str, lines: &[Line<'_>]) -> bool {
    let dated = line.contains(|c: char| c.is_ascii_digit());
    ATTRIBUTIONS.iter().any(|&(start, verb, place)| {
        if !line.starts_with(start) {
            return false;
        }
        if ends_attribution(line, verb, place) {
            return start == "on " || dated;
        }
        // Only a dated line can go on in the next: "On hold." must not reach for a later "wrote:".
        dated
            && (1..=2).any(|more| {
                let wrapped = lines.get(1..=more).unwrap_or_default();
                let ends = wrapped.last().is_some_and(|last| bare(last.text).ends_with([':', '：']));
                let whole =
                    || wrapped.iter().fold(line.to_owned(), |whole, it| format!("{whole} {}", lower(bare(it.text))));
                ends && ends_attribution(&whole(), verb, place)
            })
    })
}

fn ends_attribution(line: &str, verb: &str, place: Verb) -> bool {
    match place {
        Verb::Last => line.ends_with(verb),
        Verb::Within => line.ends_with(':') && line.contains(verb),
    }
}

/// `From: …` as a mail header. `From: 12:00 to 14:00 …` is an answer: no name and no address, and
/// no other header near it. Short words that mean more than "from" need that neighbour.
fn is_header(line: &str, shown: &str, lines: &[Line<'_>]) -> bool {
    let spaced = line.contains(" :").then(|| line.replace(" :", ":"));
    let line = spaced.as_deref().unwrap_or(line);
    let Some(sender) = SENDERS.iter().find(|&&sender| line.starts_with(sender)) else {
        return false;
    };
    let value = line[sender.len()..].trim();
    if value.contains('@') {
        return true;
    }
    if *sender == "from:" {
        let named = shown.split_once([':', '：']).map(|(_, name)| name.trim_start_matches(['*', ' ', '"', '<']));
        if named.and_then(|name| name.chars().next()).is_some_and(|c| is_letter(c) && !c.is_lowercase()) {
            return true;
        }
    }
    lines.iter().skip(1).take(3).any(|next| is_other_header(bare(next.text)))
}

fn is_other_header(line: &str) -> bool {
    let Some((name, _)) = line.split_once([':', '：']) else {
        return false;
    };
    name.len() <= 20 && OTHER_HEADERS.contains(&fold(name).as_str())
}

fn bare(line: &str) -> &str {
    line.trim().trim_matches(['*', '_']).trim()
}

fn lower(line: &str) -> String {
    if line.len() > LONGEST {
        return String::new();
    }
    // Folding would turn dashes into spaces, and it is the dashes that matter here.
    if line.starts_with('-') {
        return line.to_lowercase();
    }
    let mut folded = fold(line);
    if folded.contains("：") {
        folded = folded.replace('：', ":");
    }
    folded
}
