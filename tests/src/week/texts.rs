//! What people write in a week.

use crate::dice::Dice;

/// Customers: name and domain.
pub const COMPANIES: [(&str, &str); 4] = [
    ("Harbour Grill", "harbourgrill.example"),
    ("Oak & Ember", "oakember.example"),
    ("Nordlicht Café", "nordlicht.example"),
    ("Bay - Catering", "bay.example"),
];

const ISSUE: &str = "<p>Issue: Order 4711 was charged twice; the customer expects the money back by Friday.</p>";
const INVESTIGATED: &str = "<p>Investigated: The billing log shows two captures a second apart.</p>";
const ACTION_TAKEN: &str = "<p>Action Taken: Asked the bank to hold the second capture.</p>";
const BLOCKER: &str = "<p>Blocker: Refunds over 100 need an approval.</p>";
const REQUIRED: &str = "<p>Required to Resolve: Please approve the refund.</p>";
const MENTION: &str = "<p>Required to Resolve: Please approve the refund, <strong data-at-mention \
    data-user-id=\"48211\" data-search-text=\"Dana Whitfield\">@Dana Whitfield</strong></p>";

/// The last two points.
pub const REST: &str =
    "<p>Blocker: Refunds over 100 need an approval.</p><p>Required to Resolve: Please approve the refund.</p>";

/// The context is there, and not under headings.
pub const STORY: &str = "<p>The table was charged twice and they are rather upset; I tried the usual things.</p>";

/// A Shift Lead's answer.
pub const ANSWER: &str = "<p>Approved. Please tell them that the refund takes three days.</p>";

/// All five points, with a mention or without.
pub fn all(dice: &mut Dice) -> String {
    let last = if dice.below(3) == 0 { REQUIRED } else { MENTION };
    [ISSUE, INVESTIGATED, ACTION_TAKEN, BLOCKER, last].concat()
}

/// Some of the points, or one that says nothing.
pub fn some(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => [ISSUE, INVESTIGATED, ACTION_TAKEN].concat(),
        1 => [ISSUE, INVESTIGATED, ACTION_TAKEN, "<p>Blocker: none</p>", REQUIRED].concat(),
        _ => [ISSUE, "<p>Required to Resolve: see thread</p>"].concat(),
    }
}

/// Whether a note or comment has all five points, as a person reads it. Knows only what people write here.
pub fn has_all(html: &str) -> bool {
    [ISSUE, INVESTIGATED, ACTION_TAKEN, BLOCKER].iter().all(|it| html.contains(it))
        && html.contains("Required to Resolve: Please")
}

/// Whether it is a part of what may be complete with another part.
pub fn is_part(html: &str) -> bool {
    html.contains("Issue:") || html.contains("Blocker:")
}

/// A ticket's name: right, nearly right, or wrong.
pub fn name(dice: &mut Dice, company: &str) -> String {
    match dice.below(6) {
        0 => format!("escalation: {company} - Double charge"),
        1 => "double charge!! pls help".to_owned(),
        _ => format!("Escalation - {company} - Double charge"),
    }
}

/// What a ticket is about, in the customer's words.
pub fn content(dice: &mut Dice) -> &'static str {
    match dice.below(12) {
        0 => "We were charged twice. If this is not solved today you will hear from my solicitor.",
        1 => "Our customers' card numbers seem to be public since this morning, this is a data breach.",
        _ => "We were charged twice for table 14 yesterday. Could you have a look?",
    }
}

/// What a customer writes meanwhile.
pub fn customer(dice: &mut Dice) -> &'static str {
    match dice.below(10) {
        0 => "I want to speak to your manager now.",
        1 => "If nothing happens we cancel our contract.",
        _ => "Thank you. Is there any news?",
    }
}
