//! How HubSpot writes ids, times and empty values: in more ways than its documents say.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, de};

/// A value that is a text in one place and a number in another.
#[derive(Deserialize)]
#[serde(untagged)]
enum TextOrNumber {
    Text(String),
    Number(i64),
}

impl From<TextOrNumber> for String {
    fn from(value: TextOrNumber) -> Self {
        match value {
            TextOrNumber::Text(text) => text,
            TextOrNumber::Number(number) => number.to_string(),
        }
    }
}

/// An id, as text.
pub(super) fn id<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    Ok(TextOrNumber::deserialize(value)?.into())
}

/// A text that may be null.
pub(super) fn text<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    Ok(Option::<TextOrNumber>::deserialize(value)?.map(String::from).unwrap_or_default())
}

/// Something that HubSpot may send in a kind we do not know; that is passed over.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Lenient<T> {
    Known(T),
    Other(de::IgnoredAny),
}

impl<T> Lenient<T> {
    pub fn read(self) -> Option<T> {
        match self {
            Self::Known(known) => Some(known),
            Self::Other(_) => None,
        }
    }
}

/// A member that hides no other where it is of a kind we do not know.
pub(super) fn known<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<T>, D::Error> {
    Ok(Lenient::deserialize(value)?.read())
}

/// A yes or no; what is neither is a no.
pub(super) fn flag<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    Ok(known(value)?.unwrap_or_default())
}

/// A list without what we do not know; what is no list is empty.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Vec<T>, D::Error> {
    let list: Option<Vec<Lenient<T>>> = known(value)?;
    Ok(list.unwrap_or_default().into_iter().filter_map(Lenient::read).collect())
}

/// A moment; see [`timestamp`].
pub(super) fn moment<'de, D: Deserializer<'de>>(value: D) -> Result<Timestamp, D::Error> {
    let text: String = TextOrNumber::deserialize(value)?.into();
    timestamp(&text).ok_or_else(|| de::Error::custom("not a time"))
}

/// A datetime as HubSpot writes it: ISO 8601, or milliseconds since 1970.
pub fn timestamp(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(milliseconds) => Timestamp::from_millisecond(milliseconds).ok(),
        Err(_) => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Wire {
        #[serde(deserialize_with = "id")]
        id: String,
        #[serde(default, deserialize_with = "text")]
        text: String,
        #[serde(deserialize_with = "moment")]
        at: Timestamp,
    }

    fn read(json: &str) -> Option<(String, String, i64)> {
        let wire: Wire = serde_json::from_str(json).ok()?;
        Some((wire.id, wire.text, wire.at.as_millisecond()))
    }

    #[test]
    fn ids_and_times_are_texts_or_numbers() {
        let expected = Some(("42".to_owned(), String::new(), 1_781_082_000_000));
        assert_eq!(read(r#"{"id":"42","text":null,"at":"2026-06-10T09:00:00Z"}"#), expected);
        assert_eq!(read(r#"{"id":42,"at":1781082000000}"#), expected);
        assert_eq!(read(r#"{"id":42,"text":"","at":"1781082000000"}"#), expected);
    }

    #[test]
    fn what_is_neither_does_not_read() {
        assert_eq!(read(r#"{"id":null,"at":0}"#), None);
        assert_eq!(read(r#"{"id":1,"at":"yesterday"}"#), None);
    }
}
