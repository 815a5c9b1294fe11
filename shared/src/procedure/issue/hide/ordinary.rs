//! Words of names that are words of the language as well.

/// How companies end that are something before the law, as words.
const FORMS: &[&[&str]] = &[
    &["ltd"],
    &["limited"],
    &["plc"],
    &["llp"],
    &["lp"],
    &["cic"],
    &["inc"],
    &["incorporated"],
    &["corp"],
    &["corporation"],
    &["llc"],
    &["l", "l", "c"],
    &["co"],
    &["company"],
    &["pty"],
    &["pte"],
    &["gmbh"],
    &["mbh"],
    &["ag"],
    &["ug"],
    &["kg"],
    &["ohg"],
    &["gbr"],
    &["se"],
    &["e", "k"],
    &["ek"],
    &["e", "v"],
    &["bv"],
    &["b", "v"],
    &["nv"],
    &["n", "v"],
    &["sa"],
    &["s", "a"],
    &["sas"],
    &["sarl"],
    &["srl"],
    &["s", "r", "l"],
    &["spa"],
    &["s", "p", "a"],
    &["ab"],
    &["oy"],
    &["aps"],
];

/// What stands before or after a person's name.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "herr", "frau", "jr", "sr", "ii", "iii", "iv", "phd", "md"];

/// Words of two letters that sentences begin with; no name is worth them.
const SHORT_WORDS: &[&str] = &[
    "am", "an", "as", "at", "be", "by", "do", "go", "he", "hi", "if", "in", "is", "it", "me", "my", "no", "of", "ok",
    "on", "or", "so", "to", "up", "us", "we",
];

/// Words of companies' names that by themselves tell nobody which company it is.
const GENERAL: &[&str] = &[
    "the",
    "and",
    "for",
    "von",
    "van",
    "der",
    "den",
    "del",
    "los",
    "las",
    "our",
    "all",
    "new",
    "one",
    "first",
    "north",
    "south",
    "east",
    "west",
    "group",
    "holding",
    "holdings",
    "partners",
    "associates",
    "brothers",
    "sons",
    "service",
    "services",
    "solutions",
    "systems",
    "system",
    "software",
    "technology",
    "technologies",
    "tech",
    "digital",
    "online",
    "media",
    "data",
    "web",
    "cloud",
    "network",
    "networks",
    "global",
    "international",
    "national",
    "royal",
    "bank",
    "insurance",
    "finance",
    "financial",
    "capital",
    "payment",
    "payments",
    "consulting",
    "agency",
    "studio",
    "studios",
    "design",
    "marketing",
    "hotel",
    "hotels",
    "restaurant",
    "cafe",
    "bar",
    "grill",
    "kitchen",
    "foods",
    "food",
    "shop",
    "store",
    "stores",
    "market",
    "retail",
    "trading",
    "school",
    "college",
    "university",
    "hospital",
    "clinic",
    "customer",
    "support",
    "team",
    "industries",
];

/// Names, and words of names, that a sentence may hold in small letters and mean something else.
const WORDS: &[&str] = &[
    "a", "i", "an", "am", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of",
    "on", "or", "so", "to", "up", "us", "we", "not", "but", "can", "has", "had", "her", "him", "his", "how", "its",
    "now", "out", "she", "they", "them", "then", "this", "that", "there", "was", "were", "what", "when", "who", "why",
    "with", "you", "your", "from", "have", "some", "more", "most", "other", "over", "under", "only", "every", "will",
    "may", "mark", "marks", "grace", "hope", "faith", "joy", "rose", "bill", "bills", "rob", "pat", "jack", "art",
    "drew", "sue", "guy", "chase", "dean", "grant", "miles", "rich", "frank", "april", "june", "august", "dawn", "eve",
    "summer", "autumn", "amber", "ruby", "pearl", "jade", "iris", "lily", "daisy", "heather", "ivy", "holly", "olive",
    "penny", "victor", "victory", "earnest", "gene", "glen", "harry", "josh", "lance", "max", "nick", "norm", "pierce",
    "ray", "reed", "rusty", "skip", "stew", "trace", "wade", "ward", "case", "cash", "price", "page", "wells", "long",
    "short", "young", "old", "black", "white", "brown", "green", "gray", "king", "cook", "baker", "stone", "banks",
    "fields", "best", "good", "great", "fast", "easy", "open", "box", "square", "target", "gap", "orange", "apple",
    "shell", "zoom", "office", "night", "day",
];

/// The words without a legal form at their end, however many there are; at least one word stays.
pub(super) fn without_form(words: &[String]) -> &[String] {
    let mut rest = words;
    while let Some(form) = FORMS.iter().find(|form| form.len() < rest.len() && ends_with(rest, form)) {
        rest = &rest[..rest.len() - form.len()];
    }
    rest
}

/// Whether a word is so short and common that it cannot stand for a name.
pub(super) fn is_short_word(word: &str) -> bool {
    SHORT_WORDS.contains(&word)
}

/// Whether the word is a title.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Whether the word says by itself who it is not.
pub(super) fn is_general(word: &str) -> bool {
    GENERAL.contains(&word) || is_title(word)
}

/// Whether the word means something in a sentence.
pub(super) fn is_ordinary(word: &str) -> bool {
    is_general(word) || WORDS.contains(&word) || FORMS.contains(&&[word][..])
}

fn ends_with(words: &[String], end: &[&str]) -> bool {
    words[words.len() - end.len()..].iter().zip(end).all(|(word, it)| word == it)
}
