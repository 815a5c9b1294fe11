//! Small typing slips in a label.

/// Words within a slip of a label that mean something else.
///
/// Only what an English writer would put before a colon is here; a slip that yields a word nobody
/// writes there does no harm.
const REAL_WORDS: [&str; 47] = [
    "tissue",
    "issued",
    "issuer",
    "issuers",
    "issuing",
    "issuance",
    "blocked",
    "block",
    "blocks",
    "blocking",
    "blacker",
    "locker",
    "lockers",
    "investigate",
    "investigates",
    "investigating",
    "investigator",
    "investigators",
    "investigative",
    "instigated",
    "instigate",
    "instigation",
    "invested",
    "auction",
    "auctions",
    "faction",
    "fraction",
    "token",
    "tokens",
    "acquired",
    "retired",
    "rewired",
    "remove",
    "removed",
    "reserve",
    "reserved",
    "revolve",
    "receive",
    "restore",
    "result",
    "resolver",
    "dissolve",
    "seeded",
    "heeded",
    "probe",
    "probes",
    "probable",
];

/// Whether `word` is a word of its own, never a slip.
pub(super) fn is_real_word(word: &str) -> bool {
    REAL_WORDS.contains(&word)
}

/// How many slips a label of so many letters forgives.
pub(super) fn forgiven(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The Damerau-Levenshtein distance (optimal string alignment) where it is at most `limit`.
pub(super) fn distance(left: &[char], right: &[char], limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, &a) in left.iter().enumerate() {
        let mut row = Vec::with_capacity(right.len() + 1);
        row.push(i + 1);
        for (j, &b) in right.iter().enumerate() {
            let mut cost = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == right[j - 1] && left[i - 1] == b {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|&cost| cost > limit) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&cost| cost <= limit)
}
