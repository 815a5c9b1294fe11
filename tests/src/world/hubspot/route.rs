//! Who may call, and where a call goes.

use secrecy::ExposeSecret;

use super::id::{Kind, Source, UserId};
use super::portal::Portal;
use super::refusal;
use crate::world::call::{Answer, Call};

impl Portal {
    /// HubSpot's answer to a call, and what it changed.
    pub fn answer(&mut self, call: &Call) -> Answer {
        let mut limits = Vec::new();
        let parts: Vec<&str> = call.path.trim_start_matches('/').split('/').collect();
        let answered = match parts.as_slice() {
            ["automation", "v4", "actions", rest @ ..] => self.answer_developer(call, rest),
            _ => self.admit(call, &mut limits).and_then(|()| self.route(call)),
        };
        let mut answer = answered.unwrap_or_else(|refusal| refusal);
        if !answer.headers.iter().any(|(name, _)| *name == refusal::CORRELATION_ID) {
            answer.headers.push((refusal::CORRELATION_ID, refusal::correlation_id()));
        }
        answer.headers.append(&mut limits);
        answer
    }

    fn admit(&mut self, call: &Call, limits: &mut Vec<(&'static str, String)>) -> Result<(), Answer> {
        match token(call) {
            Some(token) if token == self.settings.token.expose_secret() => {}
            Some(_) if self.person(call).is_some() => return is_json(call),
            Some(token) if self.settings.expired.iter().any(|it| it.expose_secret() == token) => {
                return Err(refusal::expired());
            }
            _ => return Err(refusal::unauthenticated()),
        }
        *limits = self.usage.count(&self.settings.limits, call.path.ends_with("/search"), call.at)?;
        is_json(call)
    }

    /// Who does what is asked for: the app, or the person whose token it is.
    pub(super) fn caller(&self, call: &Call) -> Source {
        self.person(call).map_or(Source::App(self.settings.app), Source::User)
    }

    fn person(&self, call: &Call) -> Option<UserId> {
        let token = token(call)?;
        self.settings.people.iter().find(|it| it.0.expose_secret() == token).map(|it| it.1)
    }

    fn route(&mut self, call: &Call) -> Result<Answer, Answer> {
        let parts: Vec<&str> = call.path.trim_start_matches('/').split('/').collect();
        let writes = call.method != "GET" && !["/batch/read", "/search"].iter().any(|it| call.path.ends_with(it));
        match parts.as_slice() {
            ["crm", "v3", "objects", kind, rest @ ..] => {
                let kind = Kind::of(kind).ok_or_else(refusal::no_such_path)?;
                self.require(scope(kind, writes))?;
                self.route_objects(call, kind, rest)
            }
            ["crm", "v4", "objects", from, id, "associations", rest @ ..] => {
                let from = Kind::of(from).ok_or_else(refusal::no_such_path)?;
                self.require(scope(from, writes))?;
                self.route_associations(call, from, id, rest)
            }
            ["crm", "v4", "associations", from, to, "batch", "read"] if call.method == "POST" => {
                let [from, to] = [from, to].map(|it| Kind::of(it).ok_or_else(refusal::no_such_path));
                let (from, to) = (from?, to?);
                self.require(scope(from, false))?;
                self.read_associations(from, to, call)
            }
            ["crm", "v3", "owners", rest @ ..] => self.route_owners(call, rest),
            ["crm", "v3", "pipelines", kind] if Kind::of(kind) == Some(Kind::Ticket) => {
                self.require("tickets")?;
                only_get(call, || self.list_pipelines())
            }
            ["crm", "v3", "properties", kind, rest @ ..] if Kind::of(kind) == Some(Kind::Ticket) => {
                self.route_properties(call, rest)
            }
            ["oauth", "v2", "private-apps", "get", "access-token-info"] if call.method == "POST" => {
                self.tell_of_token(call)
            }
            ["conversations", "v3", "conversations", "threads", rest @ ..] => {
                self.require(if writes { "conversations.write" } else { "conversations.read" })?;
                self.route_threads(call, rest)
            }
            _ => Err(refusal::no_such_path()),
        }
    }

    fn route_owners(&self, call: &Call, rest: &[&str]) -> Result<Answer, Answer> {
        self.require("crm.objects.owners.read")?;
        match (call.method.as_str(), rest) {
            ("GET", []) => self.list_owners(call),
            ("GET", [id]) => self.get_owner(id, call),
            (_, [] | [_]) => Err(refusal::no_such_method()),
            _ => Err(refusal::no_such_path()),
        }
    }

    fn route_threads(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Answer> {
        match (call.method.as_str(), rest) {
            ("GET", []) => self.list_threads(call),
            ("GET", [id]) => self.get_thread(id, call),
            ("GET", [id, "messages"]) => self.list_messages(id, call),
            ("POST", [id, "messages"]) => self.post_message(id, call),
            (_, [] | [_] | [_, "messages"]) => Err(refusal::no_such_method()),
            _ => Err(refusal::no_such_path()),
        }
    }

    fn route_objects(&mut self, call: &Call, kind: Kind, rest: &[&str]) -> Result<Answer, Answer> {
        let customer = matches!(kind, Kind::Contact | Kind::Company);
        match (call.method.as_str(), rest) {
            ("POST", ["batch", "read"]) => self.batch_read(kind, call),
            ("POST", ["search"]) if kind == Kind::Ticket => self.search(kind, call),
            ("POST", []) if !customer => self.post(kind, call),
            ("GET", [id]) => self.get(kind, id, call),
            ("PATCH", [id]) if !customer => self.patch(kind, id, call),
            ("DELETE", [id]) if kind == Kind::Note => self.delete(kind, id),
            (_, [] | [_] | ["batch", "read"]) => Err(refusal::no_such_method()),
            _ => Err(refusal::no_such_path()),
        }
    }

    fn route_associations(&mut self, call: &Call, from: Kind, id: &str, rest: &[&str]) -> Result<Answer, Answer> {
        let kind = |name: &str| Kind::of(name).ok_or_else(refusal::no_such_path);
        match (call.method.as_str(), rest) {
            ("GET", [to]) => self.list_associations(from, id, kind(to)?, call),
            ("PUT", ["default", to, to_id]) => self.associate_by_default((from, id), (kind(to)?, to_id)),
            (_, [_] | ["default", _, _]) => Err(refusal::no_such_method()),
            _ => Err(refusal::no_such_path()),
        }
    }

    pub(super) fn require(&self, scope: &'static str) -> Result<(), Answer> {
        match self.settings.missing_scopes.contains(scope) {
            true => Err(refusal::missing_scope(scope)),
            false => Ok(()),
        }
    }
}

fn token(call: &Call) -> Option<&str> {
    call.header("authorization")?.strip_prefix("Bearer ")
}

fn is_json(call: &Call) -> Result<(), Answer> {
    let content_type = call.header("content-type").unwrap_or("none");
    let is_json = content_type.split(';').next().is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json"));
    match call.body.is_empty() || is_json {
        true => Ok(()),
        false => Err(refusal::not_json(content_type)),
    }
}

fn only_get(call: &Call, answer: impl FnOnce() -> Answer) -> Result<Answer, Answer> {
    match call.method.as_str() {
        "GET" => Ok(answer()),
        _ => Err(refusal::no_such_method()),
    }
}

/// [Scopes](https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes).
fn scope(kind: Kind, writes: bool) -> &'static str {
    match (kind, writes) {
        (Kind::Ticket, _) => "tickets",
        (Kind::Company, _) => "crm.objects.companies.read",
        (_, false) => "crm.objects.contacts.read",
        (_, true) => "crm.objects.contacts.write",
    }
}
