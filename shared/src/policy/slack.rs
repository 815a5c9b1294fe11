//! Where Slack is told.

use serde::Deserialize;

use super::Whole;

/// Where Slack is told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slack {
    /// Every escalation.
    pub escalations: Channel,
    restricted: Option<Channel>,
    /// What is immediate.
    pub executives: Option<Channel>,
    /// What an administrator must put right.
    pub admins: Option<Channel>,
    /// More escalations than this within [`digest_minutes`](Self::digest_minutes) get one message.
    pub digest_above: Whole<1, 900>,
    /// See [`digest_above`](Self::digest_above).
    pub digest_minutes: Whole<1, 1440>,
}

impl Slack {
    /// Where legal and security matters are told.
    pub fn restricted(&self) -> &Channel {
        self.restricted.as_ref().unwrap_or(&self.escalations)
    }
}

/// A channel: its id, or `#name` ([`chat.postMessage`](https://docs.slack.dev/reference/methods/chat.postMessage)
/// takes both).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Channel(String);

impl std::ops::Deref for Channel {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Channel {
    type Error = String;

    fn try_from(channel: String) -> Result<Self, String> {
        let is_id = matches!(channel.as_bytes().first(), Some(b'C' | b'G'))
            && channel.len() >= 3
            && channel.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
        let is_name = channel.strip_prefix('#').is_some_and(|it| !it.is_empty() && !it.contains([' ', '#']));
        if is_id || is_name {
            return Ok(Self(channel));
        }
        Err(format!(
            "`{channel}` is no channel; write its id, as in \"C024BE91L\" (the channel's name > About), or \"#name\""
        ))
    }
}
