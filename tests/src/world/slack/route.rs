//! Who may call, and where a call goes.

use secrecy::ExposeSecret;
use serde_json::json;

use super::arguments::{self, Arguments};
use super::refusal;
use super::workspace::{BOT, BOT_USER, Channel, TEAM, Workspace};
use crate::world::call::{Answer, Call};

/// What a bot of ours is granted. [Scopes](https://docs.slack.dev/reference/scopes).
const SCOPES: [&str; 5] = ["chat:write", "channels:history", "groups:history", "channels:read", "groups:read"];

impl Workspace {
    /// Slack's answer to a call, and what it changed.
    pub fn answer(&mut self, call: &Call) -> Answer {
        let name = call.path.strip_prefix("/api/").unwrap_or(&call.path);
        let mut answer = self.route(name, call).unwrap_or_else(|refusal| refusal);
        if self.authenticate(name, call).is_ok() {
            answer.headers.push(("x-oauth-scopes", self.granted()));
        }
        answer
    }

    /// The app's scopes, as Slack lists them with each answer.
    fn granted(&self) -> String {
        let granted = SCOPES.into_iter().filter(|it| !self.settings.missing_scopes.contains(it));
        granted.collect::<Vec<_>>().join(",")
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
            "auth.test" => Ok(self.who()),
            "chat.postMessage" => self.post(&arguments),
            "chat.update" => self.update(&arguments),
            "conversations.history" => self.history(&arguments),
            "conversations.info" => self.info(&arguments),
            "conversations.list" => self.list(&arguments),
            _ => self.replies(&arguments),
        }
    }

    fn who(&self) -> Answer {
        let shown = json!({
            "ok": true, "url": "https://harbour.slack.example/", "team": "Harbour", "team_id": TEAM,
            "user": "escalations", "user_id": BOT_USER, "bot_id": BOT,
        });
        Answer::json(200, shown)
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
        Err(refusal::missing_scope(scope, &self.granted()))
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
