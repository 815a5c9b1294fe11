//! The internal names of our ticket properties.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::place::Mistake;

/// Internal names of our ticket properties.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the property's own name without its prefix")]
pub struct Properties {
    pub escalation_type: PropertyName,
    pub reason: PropertyName,
    pub lane: PropertyName,
    pub state: PropertyName,
    pub level: PropertyName,
    pub owner: PropertyName,
    pub origin: PropertyName,
    pub channel: PropertyName,
    pub accepted_at: PropertyName,
    pub first_reviewed_at: PropertyName,
    pub review_minutes: PropertyName,
    pub review_due_at: PropertyName,
    pub resolve_due_at: PropertyName,
    pub sla_status: PropertyName,
    pub comment_status: PropertyName,
    pub comment_missing: PropertyName,
    pub hints: PropertyName,
    pub name_status: PropertyName,
    pub cycle: PropertyName,
    pub started_at: PropertyName,
    pub last_message: PropertyName,
    pub account_tier: PropertyName,
    pub impact: PropertyName,
    pub expectation: PropertyName,
    pub jira_reference: PropertyName,
    pub jira_url: PropertyName,
    pub jira_status: PropertyName,
    pub jira_updated_at: PropertyName,
    pub resolution_communicated: PropertyName,
    pub unreachable_reason: PropertyName,
    pub closure_missing: PropertyName,
    pub closure_option: PropertyName,
    pub resolved_at: PropertyName,
    pub resolve_minutes: PropertyName,
    pub merged_from: PropertyName,
    pub jira_reference_other: PropertyName,
}

/// The internal name of a HubSpot property: lower-case letters, digits and underscores, beginning
/// with a letter ([properties API](https://developers.hubspot.com/docs/api/crm/properties)).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct PropertyName(String);

impl std::ops::Deref for PropertyName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PropertyName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let first = name.starts_with(|it: char| it.is_ascii_lowercase());
        let rest = name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
        if first && rest {
            return Ok(Self(name));
        }
        Err(format!(
            "`{name}` is not a property's internal name; it has lower-case letters, digits and underscores only, \
             see Settings > Properties > </>"
        ))
    }
}

/// Holds the names against each other: what two keys share, one would overwrite for the other.
pub(super) fn check(text: &str) -> Result<(), Mistake> {
    #[derive(Deserialize)]
    struct Written {
        properties: BTreeMap<String, Spanned<String>>,
    }
    // Only this has the place of each. That it reads well was seen before.
    let Ok(Written { properties }) = toml::from_str(text) else {
        return Ok(());
    };
    let mut keys: BTreeMap<&str, &str> = BTreeMap::new();
    for (key, name) in &properties {
        if let Some(other) = keys.insert(name.get_ref(), key) {
            let name_of_both = name.get_ref();
            let message = format!("`{key}` and `{other}` have one name, `{name_of_both}`; name another property");
            return Err(Mistake::new(name.span(), message));
        }
    }
    Ok(())
}
