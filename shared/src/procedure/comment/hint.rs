//! Answers that count, but could be better.

use super::letters::{fold, is_unspaced};
use super::point::Point;
use super::script::{is_letter, is_letter_or_digit};

/// Something that would save the Shift Lead a question. Never blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// The answer is a single word.
    Thin(Point),
    /// The issue does not say what the customer expects, or by when.
    NoExpectation,
    /// The issue does not say what it costs whom: no number, no amount, no effect.
    NoImpact,
}

impl Hint {
    /// A stable name, such as `thin:issue`.
    pub fn code(self) -> String {
        match self {
            Self::Thin(point) => format!("thin:{point}"),
            Self::NoExpectation => "no_expectation".to_owned(),
            Self::NoImpact => "no_impact".to_owned(),
        }
    }
}

const EXPECTATION: [&str; 34] = [
    "expect",
    "want",
    "request",
    "ask",
    "would like",
    "demand",
    "need",
    "wish",
    "hope",
    "insist",
    "should",
    "supposed",
    "instead",
    "deadline",
    "today",
    "tonight",
    "tomorrow",
    "until",
    "asap",
    "before",
    "urgent",
    "by mon",
    "by tue",
    "by wed",
    "by thu",
    "by fri",
    "by sat",
    "by sun",
    "by end",
    "by noon",
    "refund",
    "waiting",
    "promised",
    "due ",
];

const IMPACT: [&str; 30] = [
    "cannot",
    "can't",
    "can not",
    "couldn't",
    "unable",
    "lost",
    "lose",
    "losing",
    "missed",
    "down",
    "all ",
    "every",
    "nobody",
    "no one",
    "several",
    "many",
    "impact",
    "affect",
    "fail",
    "blocked",
    "locked",
    "charged",
    "paid",
    "overcharged",
    "unusable",
    "upset",
    "angry",
    "complain",
    "stuck",
    "customers",
];

/// Whether an answer says too little to be of use.
pub(super) fn is_thin(answer: &str) -> bool {
    let unspaced = answer.chars().filter(|&c| is_unspaced(c)).take(6).count();
    let spaced =
        answer.split_whitespace().filter(|word| word.contains(|c: char| is_letter_or_digit(c) && !is_unspaced(c)));
    spaced.take(2).count() + unspaced / 3 < 2
}

/// What an issue leaves open that a Shift Lead would ask; nothing for a thin one, which has its hint.
pub(super) fn questions(issue: &str) -> Vec<Hint> {
    // Words of other scripts and languages are not ours to judge.
    let foreign = issue.chars().filter(|&c| is_letter(c) && !c.is_ascii()).count() * 10 > issue.len();
    if is_thin(issue) || foreign {
        return Vec::new();
    }
    let words = fold(issue);
    let says = |list: &[&str]| list.iter().any(|it| words.contains(it));
    let mut hints = Vec::new();
    if !says(&EXPECTATION) {
        hints.push(Hint::NoExpectation);
    }
    if !says(&IMPACT) && !words.contains(|c: char| c.is_numeric()) {
        hints.push(Hint::NoImpact);
    }
    hints
}
