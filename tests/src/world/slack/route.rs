//! Who may call, and where a call goes.

use secrecy::ExposeSecret;

use super::arguments::{self, Arguments};
use super::refusal;
use super::workspace::{Channel, Workspace};
use crate::world::call::{Answer, Call};

/// What a bot of ours is granted. [Scopes](https://docs.slack.dev/reference/scopes).
const SCOPES: [&str; 5] = ["chat:write", "channels:history", "groups:history", "channels:read", "groups:read"];

impl Workspace {
    /// Slack's answer to a call, and what it changed.
    pub fn answer(&mut self, call: &Call) -> Answer {
        let name = call.path.strip_prefix("/api/").unwrap_or(&call.path);
        self.route(name, call).unwrap_or_else(|refusal| refusal)
    }

    fn route(&mut self, name: &str, call: &Call) -> Result<Answer, Answer> {
        if !arguments::is_known(name) {
            return Err(refusal::unknown_method(name));
        }
        self.authenticate(name, call)?;
        let method = if name.starts_with("chat.") { "POST" } else { "GET" };
        if call.method != method {
            self.blame(name, &format!("{} where {method} is expected", call.method));
            return Err(refusal::no("invalid_post_type"));
        }
        let arguments = Arguments::read(self, name, call)?;
        match name {
            "chat.postMessage" => self.post(&arguments),
            "chat.update" => self.update(&arguments),
            "conversations.history" => self.history(&arguments),
            "conversations.list" => self.list(&arguments),
            _ => self.replies(&arguments),
        }
    }

    fn authenticate(&self, name: &str, call: &Call) -> Result<(), Answer> {
        if call.query("token").is_some() {
            self.blame(name, "a token in the address");
        }
        let token = call.header("authorization").and_then(|it| it.strip_prefix("Bearer "));
        match token {
            None | Some("") => Err(refusal::no("not_authed")),
            Some(token) if token == self.settings.token.expose_secret() => Ok(()),
            Some(token) if self.settings.revoked.iter().any(|it| it.expose_secret() == token) => {
                Err(refusal::no("token_revoked"))
            }
            Some(_) => Err(refusal::no("invalid_auth")),
        }
    }

    pub(super) fn require(&self, scope: &'static str) -> Result<(), Answer> {
        let missing = &self.settings.missing_scopes;
        if !missing.contains(scope) {
            return Ok(());
        }
        let provided: Vec<&str> = SCOPES.into_iter().filter(|it| !missing.contains(it)).collect();
        Err(refusal::missing_scope(scope, &provided.join(",")))
    }

    /// The channel of this id as far as the app may know of it. A name is nobody's id.
    pub(super) fn channel(&self, id: &str) -> Result<&Channel, Answer> {
        match self.channels.get(id) {
            Some(channel) if channel.joined => Ok(channel),
            Some(channel) if !channel.private => Err(refusal::no("not_in_channel")),
            _ => Err(refusal::no("channel_not_found")),
        }
    }
}
