//! Customers in many moods.

mod facts;
mod hostile;
mod scope;
mod tables;
mod wordings;

use super::*;

fn rules() -> Rules {
    Rules {
        billing_threshold: Money { hundredths: 50_000, currency: "GBP".to_owned() },
        max_attempts: 3,
        max_open_hours: 24,
        enterprise_tiers: vec!["enterprise".to_owned(), "key account".to_owned()],
        words: Vec::new(),
        off: Vec::new(),
    }
}

fn codes(facts: &Facts<'_>, rules: &Rules) -> String {
    find(facts, rules).iter().map(|it| it.trigger.code()).collect::<Vec<_>>().join(" ")
}

/// The text suggests exactly these triggers, by their codes.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(codes(&Facts { texts: &[text], ..Facts::default() }, &rules()), expected, "{text}");
}
