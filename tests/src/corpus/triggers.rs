//! What a labelled text asks for, and what the policy finds in it.

use escalation::procedure::trigger::{self, Facts, Rules};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::case::Sides;

#[derive(Deserialize)]
pub(super) struct Text {
    text: String,
    #[serde(default)]
    ticket: Ticket,
    #[serde(default)]
    config: Config,
    expect: Map<String, Value>,
}

#[derive(Default, Deserialize)]
struct Ticket {
    account_tier: Option<String>,
    #[serde(alias = "contacts", alias = "contact_attempts")]
    attempts: Option<u32>,
    #[serde(alias = "reopened")]
    reopens: Option<u32>,
    #[serde(alias = "age_hours", alias = "hours_open")]
    open_hours: Option<u32>,
}

/// What a row changes of the policy.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    billing_threshold: Option<Threshold>,
    max_attempts: Option<u32>,
    max_open_hours: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Threshold {
    amount: f64,
    currency: String,
}

pub(super) fn triggers(row: Text, rules: &Rules) -> anyhow::Result<Sides> {
    let rules = row.config.rules(rules);
    // A reopened ticket was tried once more than it was reopened.
    let attempts = row.ticket.attempts.max(row.ticket.reopens.map(|it| it.saturating_add(1)));
    let facts = Facts {
        texts: &[&row.text],
        account_tier: row.ticket.account_tier.as_deref(),
        attempts,
        open_hours: row.ticket.open_hours,
    };
    let triggers: Vec<_> = trigger::find(&facts, &rules).into_iter().map(|it| it.trigger).collect();
    let mut codes: Vec<_> = triggers.iter().map(|it| it.code()).collect();
    codes.sort_unstable();
    let mut found = Map::new();
    found.insert("triggers".to_owned(), json!(codes));
    found.insert("class".to_owned(), trigger::class_of(triggers).name().into());
    let mut expected = row.expect;
    if let Some(Value::Array(codes)) = expected.get_mut("triggers") {
        codes.sort_by_key(ToString::to_string);
    }
    Ok(Sides { expected, found })
}

impl Config {
    fn rules(self, rules: &Rules) -> Rules {
        let mut rules = rules.clone();
        if let Some(Threshold { amount, currency }) = self.billing_threshold {
            rules.billing_threshold = trigger::Money { hundredths: (amount * 100.0).round() as u64, currency };
        }
        rules.max_attempts = self.max_attempts.unwrap_or(rules.max_attempts);
        rules.max_open_hours = self.max_open_hours.unwrap_or(rules.max_open_hours);
        rules
    }
}
