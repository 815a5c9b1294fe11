//! Who the app is in Slack, and how it stands with a channel.

use reqwest::Method;
use serde::Deserialize;

use super::Slack;
use super::refusal::Refusal;
use crate::http::Fault;

/// The app as Slack knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The workspace's name.
    pub team: String,
    /// The bot's name, by which it is invited.
    pub user: String,
    /// What it was granted; `None` where Slack does not say.
    pub scopes: Option<Vec<String>>,
}

/// How the app stands with a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// The app sees it.
    Seen {
        /// Its name, without a hash.
        name: String,
        /// Whether the app is in it, without which it cannot write there.
        is_member: bool,
        /// Whether it is closed for good.
        is_archived: bool,
        /// Whether only who is in it knows of it.
        is_private: bool,
    },
    /// There is none, or it is private and the app is not in it.
    Absent,
    /// The app may not look.
    Hidden,
}

impl Slack {
    /// Who we are ([auth.test](https://docs.slack.dev/reference/methods/auth.test)). The header `x-oauth-scopes` tells
    /// [what was granted](https://docs.slack.dev/authentication/installing-with-oauth).
    ///
    /// # Errors
    /// Slack refuses the token or cannot be reached.
    pub async fn identity(&self) -> Result<Identity, Fault> {
        #[derive(Deserialize)]
        struct Wire {
            #[serde(default)]
            team: String,
            #[serde(default)]
            user: String,
        }
        let answer = self.call(self.request(Method::GET, "auth.test")).await?;
        let Wire { team, user } = answer.read()?;
        let scopes = answer.headers.get("x-oauth-scopes").and_then(|it| it.to_str().ok());
        let scopes = scopes.map(|it| it.split(',').map(|it| it.trim().to_owned()).collect());
        Ok(Identity { team, user, scopes })
    }

    /// How the app stands with a channel, given by its id or as `#name`
    /// ([conversations.info](https://docs.slack.dev/reference/methods/conversations.info)).
    ///
    /// # Errors
    /// Slack refuses the token or cannot be reached.
    pub async fn channel(&self, channel: &str) -> Result<Channel, Fault> {
        match self.look(channel).await {
            Err(refusal) if refusal.is_about_channel() => Ok(Channel::Absent),
            Err(refusal) if refusal.is_about_scope() => Ok(Channel::Hidden),
            ended => Ok(ended?),
        }
    }

    async fn look(&self, channel: &str) -> Result<Channel, Refusal> {
        #[derive(Deserialize)]
        struct Body {
            channel: Wire,
        }
        #[derive(Deserialize)]
        struct Wire {
            #[serde(default)]
            name: String,
            #[serde(default)]
            is_member: bool,
            #[serde(default)]
            is_archived: bool,
            #[serde(default)]
            is_private: bool,
        }
        let named;
        let id = match channel.strip_prefix('#') {
            None => channel,
            Some(name) => match self.channel_called(name).await? {
                None => return Ok(Channel::Absent),
                Some(id) => {
                    named = id;
                    &named
                }
            },
        };
        let request = self.request(Method::GET, "conversations.info").query(&[("channel", id)]);
        let body: Body = self.call(request).await?.read()?;
        let Wire { name, is_member, is_archived, is_private } = body.channel;
        Ok(Channel::Seen { name, is_member, is_archived, is_private })
    }
}
