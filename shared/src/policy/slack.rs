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

#[cfg(test)]
mod tests {
    use super::super::{DEFAULT, Policy};

    #[track_caller]
    fn check(replace: &str, by: &str, expected: &str) {
        assert!(DEFAULT.contains(replace), "the shipped policy has no `{replace}`");
        let written = DEFAULT.replacen(replace, by, 1);
        let wrong = Policy::parse(&written, "policy.toml").unwrap_err().to_string();
        assert!(wrong.contains(expected), "said: {wrong}");
        let line = written.lines().zip(1..).find(|it| by.lines().any(|by| !by.is_empty() && it.0 == by));
        if let Some((_, line)) = line {
            assert!(wrong.starts_with(&format!("policy.toml:{line}: ")), "said: {wrong}");
        }
    }

    #[test]
    fn the_shipped_channel_is_the_procedures_and_the_others_are_off() {
        let slack = Policy::shipped().slack;
        assert_eq!((&*slack.escalations, &**slack.restricted()), ("#cs-escalations", "#cs-escalations"));
        assert_eq!((slack.executives, slack.admins), (None, None));
        assert_eq!((slack.digest_above.count(), slack.digest_minutes.minutes().as_mins()), (20, 5));
    }

    #[test]
    fn a_channel_is_an_id_or_a_name() {
        let escalations = "escalations = \"#cs-escalations\"";
        for channel in ["C024BE91L", "G024BE91L", "#cs", "#cs-escalations_2"] {
            let written = DEFAULT.replacen(escalations, &format!("escalations = \"{channel}\""), 1);
            assert_eq!(&*Policy::parse(&written, "policy.toml").unwrap().slack.escalations, channel);
        }
        for channel in ["", "#", "cs-escalations", "c024be91l", "U024BE91L", "C0", "# cs", "#a #b", "C024-BE91L"] {
            let remedy = format!("`{channel}` is no channel; write its id, as in \"C024BE91L\"");
            check(escalations, &format!("escalations = \"{channel}\""), &remedy);
        }
        for name in ["restricted", "executives", "admins"] {
            let shipped = DEFAULT.lines().find(|it| it.starts_with(&format!("# {name} = \"C"))).unwrap();
            check(shipped, &format!("{name} = \"exec\""), "`exec` is no channel; write its id");
            check(shipped, &format!("{name} = [\"C024BE91L\"]"), "invalid type: sequence");
        }
    }

    #[test]
    fn other_wrong_values_are_refused_with_what_to_write() {
        check("escalations = \"#cs-escalations\"\n", "", "missing field `escalations`");
        check("digest_above = 20", "digest_above = 0", "from 1 to 900");
        check("digest_above = 20", "digest_above = 901", "from 1 to 900");
        check("digest_minutes = 5", "digest_minutes = 0", "from 1 to 1440");
        check("digest_minutes = 5", "digest_minutes = \"5\"", "invalid type: string");
        check("# executives = ", "executive = ", "unknown field `executive`");
        check("accepted = \"after_feedback\"", "accepted = \"sometimes\"", "unknown variant `sometimes`");
        check("accepted = \"after_feedback\"", "accept = \"always\"", "unknown field `accept`");
        check("accepted = \"after_feedback\"\n", "", "missing field `accepted`");
    }
}
