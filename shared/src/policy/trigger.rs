//! When a text or a ticket asks for an escalation.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Whole;
use crate::procedure::trigger::{Money, Rules, Trigger};

/// When a text or a ticket asks for an escalation.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawTriggers")]
pub struct Triggers(Rules);

impl Triggers {
    /// For [`find`](crate::procedure::trigger::find).
    pub fn rules(&self) -> &Rules {
        &self.0
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTriggers {
    billing_threshold: Threshold,
    max_attempts: Whole<1, 100>,
    max_open_hours: Whole<1, 1000>,
    enterprise_tiers: Vec<String>,
    #[serde(default)]
    off: Vec<Code>,
    #[serde(default)]
    words: BTreeMap<Code, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Threshold {
    amount: f64,
    currency: String,
}

/// A trigger by its code.
#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
struct Code(Trigger);

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        Trigger::from_code(&code).map(Self).ok_or_else(|| {
            let known: Vec<_> = Trigger::ALL.iter().map(|it| it.code()).collect();
            format!("`{code}` is no trigger; write one of {}", known.join(", "))
        })
    }
}

impl TryFrom<Threshold> for Money {
    type Error = String;

    fn try_from(Threshold { amount, currency }: Threshold) -> Result<Self, String> {
        const HIGHEST: f64 = 1e9;
        if !(0.0..=HIGHEST).contains(&amount) {
            return Err(format!("`billing_threshold` cannot be {amount}; write an amount from 0 to {HIGHEST}"));
        }
        if currency.len() != 3 || !currency.chars().all(|it| it.is_ascii_uppercase()) {
            return Err(format!("`{currency}` is no currency; write its three letters, such as \"GBP\""));
        }
        Ok(Self { hundredths: (amount * 100.0).round() as u64, currency })
    }
}

impl TryFrom<RawTriggers> for Triggers {
    type Error = String;

    fn try_from(raw: RawTriggers) -> Result<Self, String> {
        let is_blank = |it: &String| !it.contains(char::is_alphanumeric);
        if raw.enterprise_tiers.iter().any(is_blank) {
            return Err("`enterprise_tiers` has a blank name; write what account tier says, or remove it".to_owned());
        }
        let words = raw.words.into_iter().flat_map(|(code, words)| words.into_iter().map(move |it| (code.0, it)));
        let words: Vec<_> = words.collect();
        if let Some((trigger, word)) = words.iter().find(|it| is_blank(&it.1)) {
            return Err(format!("`{word}` is no word for {}; write a word or a phrase, or remove it", trigger.code()));
        }
        Ok(Self(Rules {
            billing_threshold: raw.billing_threshold.try_into()?,
            max_attempts: raw.max_attempts.number(),
            max_open_hours: raw.max_open_hours.number(),
            enterprise_tiers: raw.enterprise_tiers,
            words,
            off: raw.off.into_iter().map(|it| it.0).collect(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DEFAULT, Policy};
    use super::*;

    #[track_caller]
    fn check(replace: &str, by: &str, expected: &str) {
        assert!(DEFAULT.contains(replace), "the shipped policy has no `{replace}`");
        let wrong = Policy::parse(&DEFAULT.replacen(replace, by, 1), "policy.toml").unwrap_err().to_string();
        assert!(wrong.contains(expected), "said: {wrong}");
    }

    #[test]
    fn the_shipped_rules_are_those_of_the_procedure() {
        let policy = Policy::shipped();
        let rules = policy.triggers.rules();
        assert_eq!(rules.billing_threshold, Money { hundredths: 50_000, currency: "GBP".to_owned() });
        assert_eq!((rules.max_attempts, rules.max_open_hours), (3, 24));
        assert!(rules.enterprise_tiers.contains(&"enterprise".to_owned()));
        assert!(rules.words.is_empty() && rules.off.is_empty());
    }

    #[test]
    fn wrong_values_are_refused_with_what_to_write() {
        check("amount = 500", "amount = -1", "write an amount from 0");
        check("amount = 500", "amount = nan", "write an amount from 0");
        check("amount = 500", "amount = \"500\"", "invalid type: string");
        check("currency = \"GBP\"", "currency = \"pounds\"", "`pounds` is no currency; write its three letters");
        check("max_attempts = 3", "max_attempts = 0", "from 1 to 100");
        check("max_open_hours = 24", "max_open_hours = 5000", "from 1 to 1000");
        check("enterprise_tiers = [\"", "enterprise_tiers = [\" \", \"", "has a blank name");
        check("\noff = []", "\noff = [\"outages\"]", "`outages` is no trigger; write one of security, data_loss");
        check("# legal = [", "legl = [", "`legl` is no trigger");
        check("# legal = [", "legal = [\" \", ", "is no word for legal");
        check("max_attempts = 3", "max_attempt = 3", "unknown field `max_attempt`");
    }

    #[test]
    fn words_and_triggers_of_ones_own_are_taken() {
        let own = DEFAULT.replacen("\noff = []", "\noff = [\"bug\"]", 1).replacen("# legal = [", "legal = [", 1);
        let policy = Policy::parse(&own, "policy.toml").unwrap();
        assert_eq!(policy.triggers.rules().off, [Trigger::Bug]);
        assert!(policy.triggers.rules().words.iter().all(|it| it.0 == Trigger::Legal));
        assert_eq!(policy.triggers.rules().words.len(), 2);
    }
}
