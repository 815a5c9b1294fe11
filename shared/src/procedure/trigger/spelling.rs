//! One spelling for what a keyboard, a phone or a hurry makes of a word.

use characters::{is_invisible, narrow};

/// The character in small letters without accents, or none where it takes no room.
pub(super) fn fold(c: char) -> Option<char> {
    if c.is_ascii_lowercase() || c.is_ascii_digit() {
        return Some(c);
    }
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase()).filter(|it| !it.is_ascii_control() || it.is_ascii_whitespace());
    }
    if is_invisible(c) || matches!(c, '\u{300}'..='\u{36f}') {
        return None;
    }
    let c = narrow(c);
    Some(match c.to_lowercase().next().unwrap_or(c) {
        '’' | '‘' | 'ʼ' | '´' | '`' | '′' => '\'',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ß' => 's',
        other => other,
    })
}

/// A short text as words with single blanks between them.
pub(super) fn plain(text: &str) -> String {
    let folded: String = text.chars().filter_map(fold).map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words that a contraction, a slang word or a common slip stands for. A `match` takes half the
/// time of a search in a table, and every word of a text is asked for.
pub(super) fn full(word: &str) -> Option<&'static str> {
    Some(match word {
        "ain't" => "is not",
        "aint" => "is not",
        "alot" => "a lot",
        "anymore" => "any more",
        "arent" => "are not",
        "atm" => "now",
        "bc" => "because",
        "can't" => "can not",
        "cannot" => "can not",
        "cant" => "can not",
        "couldnt" => "could not",
        "coz" => "because",
        "cust" => "customer",
        "cuz" => "because",
        "cx" => "customer",
        "didnt" => "did not",
        "doesnt" => "does not",
        "dont" => "do not",
        "gonna" => "going to",
        "gotta" => "got to",
        "hadnt" => "had not",
        "hasnt" => "has not",
        "havent" => "have not",
        "hv" => "have",
        "im" => "i am",
        "isnt" => "is not",
        "ive" => "i have",
        "lemme" => "let me",
        "mgmt" => "management",
        "mgr" => "manager",
        "mngr" => "manager",
        "n" => "and",
        "noone" => "no one",
        "nowt" => "nothing",
        "pls" => "please",
        "plz" => "please",
        "ppl" => "people",
        "pw" => "password",
        "r" => "are",
        "shan't" => "shall not",
        "shouldnt" => "should not",
        "supv" => "supervisor",
        "sys" => "system",
        "tbh" => "honestly",
        "thats" => "that is",
        "theres" => "there is",
        "theyre" => "they are",
        "tmrw" => "tomorrow",
        "txn" => "transaction",
        "u" => "you",
        "ur" => "your",
        "wanna" => "want to",
        "wasnt" => "was not",
        "wat" => "what",
        "weve" => "we have",
        "whats" => "what is",
        "whos" => "who is",
        "wk" => "week",
        "wks" => "weeks",
        "won't" => "will not",
        "wont" => "will not",
        "wouldnt" => "would not",
        "wrk" => "work",
        "wrking" => "working",
        "y'all" => "you all",
        "ya" => "you",
        "yall" => "you all",
        "yest" => "yesterday",
        "youre" => "you are",
        "yous" => "you",
        "youve" => "you have",
        "yrs" => "years",
        _ => return None,
    })
}

/// What stands behind an apostrophe, as a word of its own. `'s` may be an "is" or a possessive.
pub(super) fn suffix(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "ll" => "will",
        "d" => "would",
        "ve" => "have",
        "m" => "am",
        "re" => "are",
        "s" => "'s",
        _ => return None,
    })
}

/// Whether the word before a full stop is a short form, `approx.`
pub(super) fn is_abbreviation(before: &str) -> bool {
    const KNOWN: [&str; 10] = ["mr", "mrs", "ms", "dr", "vs", "approx", "inv", "e.g", "i.e", "tel"];
    let word = before.rsplit([' ', '(', '\t']).next().unwrap_or_default();
    word.len() < 8 && KNOWN.contains(&word.to_ascii_lowercase().as_str()) && before.len() > word.len() + 1
}

/// Whether the full stop belongs to a number, `email no. 5`.
pub(super) fn is_numbering(before: &str, behind: &str) -> bool {
    let word = before.rsplit([' ', '(', '\t']).next().unwrap_or_default();
    let number = behind.trim_start_matches(' ').starts_with(|it: char| it.is_ascii_digit());
    number && ["no", "nr", "num"].iter().any(|it| it.eq_ignore_ascii_case(word))
}
