//! Small typing slips in a label.

/// Whether `word` is a word of its own, never a slip.
pub(super) fn is_real_word(word: &str) -> bool {
    means_something_else(word) || is_foreign(word)
}

/// Words within a slip of a label that mean something else.
///
/// Only what an English writer would put before a colon is here; a slip that yields a word nobody
/// writes there does no harm. A pattern and no list: the compiler looks at the length first.
fn means_something_else(word: &str) -> bool {
    matches!(
        word,
        "acquired"
            | "auction"
            | "auctions"
            | "blacker"
            | "block"
            | "blocked"
            | "blocking"
            | "blocks"
            | "dissolve"
            | "faction"
            | "fraction"
            | "heeded"
            | "instigate"
            | "instigated"
            | "instigation"
            | "invested"
            | "investigate"
            | "investigates"
            | "investigating"
            | "investigative"
            | "investigator"
            | "investigators"
            | "issuance"
            | "issued"
            | "issuer"
            | "issuers"
            | "issuing"
            | "locker"
            | "lockers"
            | "probable"
            | "probe"
            | "probes"
            | "receive"
            | "remove"
            | "removed"
            | "reserve"
            | "reserved"
            | "resolver"
            | "restore"
            | "result"
            | "retired"
            | "revolve"
            | "rewired"
            | "seeded"
            | "tissue"
            | "token"
            | "tokens"
    )
}

/// Words of other languages within a slip of a label: translations are the admin's to add.
fn is_foreign(word: &str) -> bool {
    matches!(
        word,
        "blokker"
            | "investigacion"
            | "investigación"
            | "investigazione"
            | "probleem"
            | "problema"
            | "problemas"
            | "probleme"
            | "problemes"
            | "problemi"
            | "problemo"
            | "problemy"
            | "problème"
            | "problém"
    )
}

/// The letters that occur, a bit for each; some share one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bag(u64);

impl Bag {
    pub(super) fn with(self, letter: char) -> Self {
        Self(self.0 | 1 << (u32::from(letter) % u64::BITS))
    }

    /// Whether two words may be so few slips apart: each slip brings or takes one letter at most.
    pub(super) fn is_near(self, other: Self, slips: usize) -> bool {
        let most = (self.0 & !other.0).count_ones().max((other.0 & !self.0).count_ones());
        most as usize <= slips
    }
}

/// The most slips any label forgives.
pub(super) const MOST_FORGIVEN: usize = 2;

/// How many slips a label of so many letters forgives.
pub(super) fn forgiven(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..=7 => 1,
        _ => MOST_FORGIVEN,
    }
}

/// Longer phrases are no label's slip.
const LONGEST: usize = 63;

/// The Damerau-Levenshtein distance (optimal string alignment) where it is at most `limit`.
pub(super) fn distance(left: &[char], right: &[char], limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > limit || right.len() > LONGEST {
        return None;
    }
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[same..], &right[same..]);
    let same = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[..left.len() - same], &right[..right.len() - same]);
    if left.len().min(right.len()) == 0 {
        return Some(left.len().max(right.len()));
    }
    // Bytes, because whole rows move.
    let mut before_last = [0u8; LONGEST + 1];
    let mut last: [u8; LONGEST + 1] = std::array::from_fn(|i| i as u8);
    let mut row = [0u8; LONGEST + 1];
    for (i, &a) in left.iter().enumerate() {
        row[0] = i as u8 + 1;
        let mut least = row[0];
        for (j, &b) in right.iter().enumerate() {
            let mut cost = (last[j] + u8::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a == right[j - 1] && left[i - 1] == b {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        if usize::from(least) > limit {
            return None;
        }
        (before_last, last) = (last, row);
    }
    Some(usize::from(last[right.len()])).filter(|&cost| cost <= limit)
}
