//! What in a customer's words and a ticket's facts asks for an escalation.
//!
//! A text becomes words in sentences (`words`); each word falls into the classes that the vocabulary
//! gives it (`vocabulary`, `rules::lexicon`); patterns over those classes (`pattern`) say which
//! trigger a sentence suggests (`rules`); what is only implied counts where nothing plainer is said
//! (`rules::implied`). A word that people use for something known belongs into its class in the
//! lexicon, in any form (`inflection`): every pattern over the class learns it. What is denied, quoted,
//! supposed, over or somebody else's does not count (`scope`). All of it works on whole texts as rows of bits, so that no text takes
//! longer than its length explains.

mod amount;
mod bits;
mod inflection;
mod kind;
mod pattern;
mod reading;
mod rules;
mod scope;
mod slip;
mod spelling;
mod vocabulary;
mod words;

#[cfg(test)]
mod tests;

pub use amount::Money;
pub use kind::{Class, Trigger, class_of, codes};

use std::fmt;

use reading::{Reading, Tier};

/// Words behind this many characters of a text are not read.
const LONGEST: usize = 65_536;

/// The words that suggested a trigger are quoted up to this many characters.
const QUOTED: usize = 60;

/// What is known of a ticket.
#[derive(Clone, Copy, Default)]
pub struct Facts<'a> {
    /// What was written: subject, messages, the agent's comment. Plain text.
    pub texts: &'a [&'a str],
    /// What the customer's company has under account tier.
    pub account_tier: Option<&'a str>,
    /// How often the customer had to ask.
    pub attempts: Option<u32>,
    /// For how many working hours the ticket has been open.
    pub open_hours: Option<u32>,
}

/// What this installation wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// A dispute over more than this counts. The currency is for people: a figure above this one
    /// counts in any currency.
    pub billing_threshold: Money,
    /// From this many attempts on, a ticket counts as unresolved.
    pub max_attempts: u32,
    /// From this many hours on, a ticket counts as unresolved.
    pub max_open_hours: u32,
    /// What account tier says of a large customer, in any case.
    pub enterprise_tiers: Vec<String>,
    /// Words or phrases that suggest a trigger besides those that are shipped.
    pub words: Vec<(Trigger, String)>,
    /// Triggers that are never found.
    pub off: Vec<Trigger>,
}

/// A trigger, and what suggested it.
#[derive(Clone, PartialEq, Eq)]
pub struct Finding {
    /// The trigger.
    pub trigger: Trigger,
    /// The words that suggested it, shortened; none where a fact did. A customer's words: for the
    /// restricted channel alone.
    pub words: Option<String>,
}

/// Without the customer's words.
impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.words.as_deref().map_or(0, str::len);
        write!(f, "Finding({}, {bytes} bytes)", self.trigger.code())
    }
}

/// The triggers, in order, each once.
pub fn find(facts: &Facts<'_>, rules: &Rules) -> Vec<Finding> {
    let mut found: Vec<Option<Finding>> = vec![None; Trigger::ALL.len()];
    if by_count(facts, rules) && !rules.off.contains(&Trigger::UnresolvedAttempts) {
        found[Trigger::UnresolvedAttempts as usize] =
            Some(Finding { trigger: Trigger::UnresolvedAttempts, words: None });
    }
    let tier = facts.account_tier.filter(|it| !it.trim().is_empty()).map(|it| tier(it, rules));
    let mut implied = None;
    for text in facts.texts {
        let reading = Reading::of(cut(text), rules, tier);
        for trigger in Trigger::ALL {
            let slot = &mut found[trigger as usize];
            if slot.is_none() && !rules.off.contains(&trigger) {
                *slot = reading.find(trigger, rules).map(|words| Finding { trigger, words: Some(words) });
            }
        }
        if found.iter().all(Option::is_none) {
            implied = implied.or_else(|| reading.implied(rules));
        }
    }
    if let Some((trigger, words)) = implied.filter(|_| found.iter().all(Option::is_none)) {
        found[trigger as usize] = Some(Finding { trigger, words: Some(words) });
    }
    let covered = found[Trigger::DataLoss as usize].is_some() || found[Trigger::Outage as usize].is_some();
    found.into_iter().flatten().filter(|it| it.trigger != Trigger::Bug || !covered).collect()
}

fn by_count(facts: &Facts<'_>, rules: &Rules) -> bool {
    facts.attempts.is_some_and(|it| it >= rules.max_attempts)
        || facts.open_hours.is_some_and(|it| it >= rules.max_open_hours)
}

/// `Enterprise - Gold` is enterprise, `Non-enterprise` is not.
fn tier(tier: &str, rules: &Rules) -> Tier {
    let words = |text: &str| spelling::plain(text);
    let tier = format!(" {} ", words(tier));
    let denied = [" not ", " non ", " no "].iter().any(|it| tier.contains(it));
    let named = |it: &String| !words(it).is_empty() && tier.contains(&format!(" {} ", words(it)));
    if !denied && rules.enterprise_tiers.iter().any(named) { Tier::Large } else { Tier::Other }
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}
