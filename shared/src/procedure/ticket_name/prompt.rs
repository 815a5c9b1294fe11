//! The template's prompts, which are no answer.

use super::Reason;
use super::known::Known;

/// The customer's place in the name.
pub(super) const CUSTOMER: Place = Place {
    nouns: &["client", "clients", "company", "contact", "customer", "customers", "customername", "name"],
    missing: Reason::MissingCustomer,
    prompt: Reason::PlaceholderCustomer,
};

/// The issue's place in the name.
pub(super) const ISSUE: Place = Place {
    nouns: &["briefissue", "description", "issue", "issues", "problem", "subject", "summary", "title"],
    missing: Reason::MissingIssue,
    prompt: Reason::PlaceholderIssue,
};

/// Words that surround the nouns of a prompt.
const FILLERS: [&str; 14] = [
    "add",
    "brief",
    "enter",
    "full",
    "goes",
    "here",
    "insert",
    "of",
    "placeholder",
    "please",
    "short",
    "the",
    "your",
    "s",
];

/// Answers that say that there is none yet.
const NO_ANSWER: [&str; 11] =
    ["blank", "na", "nil", "none", "nothing", "null", "tba", "tbc", "tbd", "undefined", "unknown"];

/// A part of the name that a person fills in.
pub(super) struct Place {
    nouns: &'static [&'static str],
    missing: Reason,
    prompt: Reason,
}

impl Place {
    /// The value, or why it is none. A name that HubSpot knows is never a prompt.
    pub(super) fn filled(&self, value: Option<String>, known: &Known) -> Result<String, Reason> {
        match value {
            None => Err(self.missing),
            Some(value) if self.is_prompt(&value) && !known.contains(&value) => Err(self.prompt),
            Some(value) => Ok(value),
        }
    }

    fn is_prompt(&self, value: &str) -> bool {
        let bracketed = [('[', ']'), ('<', '>'), ('{', '}'), ('［', '］'), ('【', '】')];
        if bracketed.iter().any(|it| value.starts_with(it.0) && value.ends_with(it.1)) {
            return true;
        }
        let value = value.to_lowercase();
        let letters: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
        // Nothing at all, or `x`, `XXX`.
        if letters.chars().all(|c| c == 'x') || NO_ANSWER.contains(&letters.as_str()) {
            return true;
        }
        let value = value.replace(['\'', '’'], "");
        let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
        let noun = |it: &str| self.nouns.contains(&it) || NO_ANSWER.contains(&it);
        words.clone().any(noun) && words.all(|it| noun(it) || FILLERS.contains(&it))
    }
}
