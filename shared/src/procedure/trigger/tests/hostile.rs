//! Whatever the text: no panic, and nothing found twice or out of order.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Pieces that, many times over and in any order, may hurt.
const PIECES: [&str; 64] = [
    "not ",
    "no ",
    "nobody ",
    "if ",
    "what happens if ",
    "is there ",
    "\"",
    "'",
    "“",
    "”",
    "«",
    "‘",
    "’s ",
    "> ",
    "\n",
    "\r\n",
    "\n\n",
    ". ",
    "? ",
    "! ",
    ": ",
    "; ",
    ", ",
    " - ",
    "(",
    ")",
    "…",
    "£",
    "1,240",
    "1.240,50",
    "$2k",
    "9'999'999",
    "1e9",
    "99999999999999999999",
    "0",
    "3rd ",
    "four ",
    "hundred ",
    "pounds ",
    "each ",
    "times ",
    "days ",
    "except ",
    "data ",
    "lost ",
    "gone ",
    "hacked ",
    "all ",
    "tills ",
    "down ",
    "my lawyer ",
    "will sue ",
    "you ",
    "works now",
    "On x wrote:\n",
    "From: x\nSent: y\n",
    "é",
    "ß",
    "İ",
    "權",
    "🔥",
    "\u{200b}",
    "\u{300}",
    "can't",
];

#[track_caller]
fn bounded(text: &str) {
    let found = find(&Facts { texts: &[text], ..Facts::default() }, &rules());
    assert!(found.windows(2).all(|it| it[0].trigger < it[1].trigger));
    for finding in found {
        let words = finding.words.expect("a text suggested it");
        assert!(!words.is_empty() && words.chars().count() <= QUOTED, "{words}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        bounded(&text);
    }

    #[test]
    fn any_mixture_is_read(pieces in vec(select(&PIECES[..]), 0..200)) {
        bounded(&pieces.concat());
    }

    #[test]
    fn a_threat_stays_one_behind_any_sentence_of_words(words in "[b-hj-z]{1,5}( [b-hj-z]{1,5}){0,9}") {
        let text = format!("{words}. My solicitor will be writing to you.");
        let found = find(&Facts { texts: &[&text], ..Facts::default() }, &rules());
        prop_assert!(found.iter().any(|it| it.trigger == Trigger::Legal));
    }
}

#[test]
fn a_threat_behind_a_long_hostile_beginning_is_found() {
    for piece in ["a ", "not ", "if a. ", "no data was lost. ", "\"a\" ", "1 2 3 ", "(", "x'", "what if ", "權"] {
        let text = format!("{}\n\nI will sue you.", piece.repeat(60_000 / piece.len()));
        check(&text, "legal");
    }
}

#[test]
fn what_is_too_long_is_read_up_to_a_bound() {
    check(&format!("{}. I will sue you.", "a ".repeat(LONGEST / 2)), "");
    check(&"權".repeat(LONGEST + 1), "");
}
