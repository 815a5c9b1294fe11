//! How Jira writes ids and empty values, and how we keep a key.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serializer, de};

use crate::procedure::jira_reference::IssueKey;

/// A value that is a text in one place and a number in another.
#[derive(Deserialize)]
#[serde(untagged)]
enum TextOrNumber {
    Text(String),
    Number(i64),
}

/// An id, as text: REST writes texts, automation rules write numbers.
pub(super) fn id<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    Ok(match TextOrNumber::deserialize(value)? {
        TextOrNumber::Text(text) => text,
        TextOrNumber::Number(number) => number.to_string(),
    })
}

/// Anything that may be missing, null, or of another kind than we know: then it is nothing.
pub(super) fn lenient<'de, D, T>(value: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Lenient<T> {
        Known(T),
        Other(de::IgnoredAny),
    }
    Ok(match Lenient::deserialize(value)? {
        Lenient::Known(known) => known,
        Lenient::Other(_) => T::default(),
    })
}

/// A status; what counts is its category
/// ([statuses](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-status/)).
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    #[serde(default, deserialize_with = "lenient")]
    pub name: String,
    #[serde(default, deserialize_with = "lenient")]
    status_category: Category,
}

#[derive(Deserialize, Default)]
struct Category {
    #[serde(default, deserialize_with = "lenient")]
    key: String,
}

impl Status {
    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.says_done() == Some(true)
    }

    /// The same; `None` where Jira does not say.
    pub fn says_done(&self) -> Option<bool> {
        let category = &*self.status_category.key;
        (!category.is_empty()).then_some(category == "done")
    }
}

/// A time as Jira writes it: ISO 8601 with an offset without a colon.
pub(super) fn timestamp(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// An issue's key, as text.
pub(super) mod key {
    use super::{Deserialize, Deserializer, IssueKey, Serializer, de};

    /// As Jira writes it.
    pub fn serialize<S: Serializer>(key: &IssueKey, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(key)
    }

    /// Exactly as Jira writes it.
    pub fn deserialize<'de, D: Deserializer<'de>>(value: D) -> Result<IssueKey, D::Error> {
        IssueKey::parse(&String::deserialize(value)?).map_err(|_| de::Error::custom("not an issue key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jiras_times_read() {
        let nine = "2026-01-05T09:00:00Z".parse().ok();
        for text in ["2026-01-05T09:00:00.000+0000", "2026-01-05T10:00:00.000+0100", "2026-01-05T09:00:00Z"] {
            assert_eq!(timestamp(text), nine, "{text}");
        }
        assert_eq!(timestamp("yesterday"), None);
    }

    #[test]
    fn what_is_of_no_known_kind_is_nothing() {
        #[derive(Deserialize)]
        struct Wire {
            #[serde(default, deserialize_with = "lenient")]
            labels: Vec<String>,
        }
        let labels = |json: &str| serde_json::from_str::<Wire>(json).unwrap().labels;
        assert_eq!(labels(r#"{"labels":["a"]}"#), ["a"]);
        for none in [r#"{"labels":null}"#, "{}", r#"{"labels":"a"}"#, r#"{"labels":[1]}"#, r#"{"labels":{"a":[]}}"#] {
            assert!(labels(none).is_empty(), "{none}");
        }
    }
}
