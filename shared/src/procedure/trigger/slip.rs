//! Small typing slips in the words that matter most.

/// Words that are still read with one slip. All have six letters or more: shorter ones are too near
/// to others.
const FORGIVEN: [&str; 62] = [
    "absolutely",
    "access",
    "account",
    "another",
    "appalling",
    "application",
    "attorney",
    "booking",
    "bookings",
    "breach",
    "breached",
    "cancel",
    "canceled",
    "cancelled",
    "cancelling",
    "cancellation",
    "charged",
    "competitor",
    "complaint",
    "compromised",
    "contract",
    "corrupt",
    "corrupted",
    "crashed",
    "crashes",
    "crashing",
    "customer",
    "deleted",
    "disappeared",
    "disgusted",
    "disgusting",
    "dispute",
    "everything",
    "furious",
    "hacked",
    "hacker",
    "incompetent",
    "invoice",
    "journalist",
    "lawsuit",
    "lawyer",
    "lawyers",
    "manager",
    "missing",
    "newspaper",
    "offline",
    "ombudsman",
    "outage",
    "overcharged",
    "password",
    "platform",
    "refund",
    "ridiculous",
    "security",
    "solicitor",
    "subscription",
    "supervisor",
    "system",
    "terrible",
    "unacceptable",
    "vanished",
    "working",
];

/// Words of their own that a slip could have made.
const REAL_WORDS: [&str; 39] = [
    "accessed",
    "accent",
    "accents",
    "accounts",
    "bleach",
    "bleached",
    "broach",
    "canceler",
    "cannel",
    "changed",
    "chargee",
    "charges",
    "charger",
    "contact",
    "contracts",
    "contrast",
    "corrupts",
    "dashed",
    "clashes",
    "clashed",
    "deletes",
    "disputes",
    "disputed",
    "hackers",
    "hacks",
    "hackney",
    "invoices",
    "invoiced",
    "lawyerly",
    "managers",
    "managed",
    "manages",
    "messing",
    "missile",
    "mission",
    "outages",
    "passwords",
    "refunds",
    "systems",
];

/// The word that was meant, where exactly one slip lies between.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    if !(6..=16).contains(&word.len()) || !word.is_ascii() || REAL_WORDS.contains(&word) {
        return None;
    }
    let near = |it: &&&str| it.as_bytes()[0] == word.as_bytes()[0] && is_one_slip(it.as_bytes(), word.as_bytes());
    FORGIVEN.iter().find(near).copied()
}

/// Whether a letter more, less, another, or two in the wrong order is all the difference.
fn is_one_slip(right: &[u8], typed: &[u8]) -> bool {
    let same = right.iter().zip(typed).take_while(|(a, b)| a == b).count();
    let (right, typed) = (&right[same..], &typed[same..]);
    match (right, typed) {
        ([_, rest @ ..], _) if rest == typed => true,
        (_, [_, rest @ ..]) if rest == right => true,
        ([_, right @ ..], [_, typed @ ..]) if right == typed => true,
        ([a, b, right @ ..], [c, d, typed @ ..]) => a == d && b == c && right == typed,
        _ => false,
    }
}
