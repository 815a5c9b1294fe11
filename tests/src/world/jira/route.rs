//! Who may call, and where a call goes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::limit::Headers;
use super::site::Site;
use super::{Access, ToStrangers, refusal};
use crate::world::call::{Answer, Call};

impl Site {
    /// Jira's answer to a call, and what it changed.
    pub fn answer(&mut self, call: &Call) -> Answer {
        let mut headers = Headers::new();
        let mut answer = self.admitted(call, &mut headers).unwrap_or_else(|refusal| refusal);
        answer.headers.append(&mut headers);
        answer
    }

    fn admitted(&mut self, call: &Call, headers: &mut Headers) -> Result<Answer, Answer> {
        let gateway = format!("/ex/jira/{}", self.settings.cloud);
        let (access, path) = match call.path.strip_prefix(&gateway) {
            Some(path) => (Access::Gateway, path),
            None => (Access::Site, &*call.path),
        };
        let path = path.strip_prefix("/rest/api/3/").ok_or_else(refusal::no_such_path)?;
        let parts: Vec<String> = path.split('/').map(decoded).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if access != self.settings.access || !self.is_good(call) {
            return Err(self.unauthenticated(call, &parts));
        }
        *headers = self.usage.count(&self.settings.limits, &call.method, &endpoint(&parts), call.at)?;
        if !call.body.is_empty() && !is_json(call) {
            return Err(refusal::not_json());
        }
        self.route(call, &parts)
    }

    fn is_good(&self, call: &Call) -> bool {
        let encoded = call.header("authorization").and_then(|it| it.strip_prefix("Basic "));
        let decoded = encoded.and_then(|it| String::from_utf8(STANDARD.decode(it).ok()?).ok());
        let parts = decoded.as_deref().and_then(|it| it.split_once(':'));
        let is_revoked = |token: &str| self.settings.revoked.iter().any(|it| it.expose_secret() == token);
        parts.is_some_and(|(email, token)| {
            email == self.settings.email && token == self.settings.token.expose_secret() && !is_revoked(token)
        })
    }

    /// Without good credentials a call is anybody's. A search of anybody's finds nothing, and says so as if
    /// it had looked; an issue may be none that they see.
    fn unauthenticated(&self, call: &Call, parts: &[&str]) -> Answer {
        let failed_login = |answer| Answer { headers: vec![refusal::failed_login()], ..answer };
        match (call.method.as_str(), parts) {
            (_, ["search", "jql"]) if self.settings.public_search => {
                failed_login(Answer::json(200, json!({ "issues": [], "isLast": true })))
            }
            ("GET", ["issue", issue, ..]) if *issue != "createmeta" => match self.settings.to_strangers {
                ToStrangers::Refused => refusal::unauthenticated(),
                ToStrangers::Absent => failed_login(refusal::no_such_issue()),
                ToStrangers::JustAbsent => refusal::no_such_issue(),
            },
            _ => refusal::unauthenticated(),
        }
    }

    fn route(&mut self, call: &Call, parts: &[&str]) -> Result<Answer, Answer> {
        match (call.method.as_str(), parts) {
            ("GET", ["myself"]) => Ok(self.myself()),
            ("GET", ["mypermissions"]) => self.my_permissions(call),
            ("GET", ["project", project, "statuses"]) => self.list_statuses(project),
            ("GET" | "POST", ["search", "jql"]) => self.search(call),
            ("GET" | "POST", ["search"]) => {
                self.blame("search", "this endpoint is removed");
                Err(refusal::removed())
            }
            ("GET", ["issue", "createmeta"]) => {
                self.blame("issue/createmeta", "this endpoint is removed");
                Err(refusal::no_such_issue())
            }
            ("GET", ["issue", "createmeta", project, "issuetypes"]) => self.list_issue_types(project, call),
            ("GET", ["issue", "createmeta", project, "issuetypes", kind]) => self.list_fields(project, kind, call),
            ("POST", ["issue"]) => self.create(call),
            ("POST", ["issueLink"]) => self.relate(call),
            ("GET", ["issue", issue]) => self.get_issue(issue, call),
            (_, ["issue", issue, rest @ ..]) if !rest.is_empty() => self.route_issue(call, issue, rest),
            (_, ["myself" | "mypermissions" | "search" | "issue" | "issueLink"] | ["search", "jql"] | ["issue", _]) => {
                Err(refusal::no_such_method())
            }
            _ => Err(refusal::no_such_path()),
        }
    }

    fn route_issue(&mut self, call: &Call, issue: &str, rest: &[&str]) -> Result<Answer, Answer> {
        match (call.method.as_str(), rest) {
            ("GET", ["remotelink"]) => self.list_remote_links(issue, call),
            ("POST", ["remotelink"]) => self.set_remote_link(issue, call),
            ("DELETE", ["remotelink"]) => self.remove_remote_link(issue, call),
            ("GET", ["comment"]) => self.list_comments(issue, call),
            ("POST", ["comment"]) => self.add_comment(issue, call),
            ("GET", ["comment", id]) => self.get_comment(issue, id, call),
            ("GET", ["transitions"]) => self.list_transitions(issue, call),
            ("POST", ["transitions"]) => self.transition(issue, call),
            ("GET", ["properties", key]) => self.get_property(issue, key),
            ("PUT", ["properties", key]) => self.set_property(issue, key, call),
            (_, ["remotelink" | "comment" | "transitions"] | ["comment" | "properties", _]) => {
                Err(refusal::no_such_method())
            }
            _ => Err(refusal::no_such_path()),
        }
    }

    fn myself(&self) -> Answer {
        let mut shown = self.show_person(&super::Actor::App);
        shown["emailAddress"] = self.settings.email.clone().into();
        Answer::json(200, shown)
    }
}

/// The object in a call's body.
pub fn object(call: &Call) -> Result<Map<String, Value>, Answer> {
    match serde_json::from_slice(&call.body) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(refusal::unreadable()),
    }
}

fn is_json(call: &Call) -> bool {
    let kind = call.header("content-type").and_then(|it| it.split(';').next());
    kind.is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json"))
}

/// What is counted together: the path without the names in it.
fn endpoint(parts: &[&str]) -> String {
    match parts {
        ["issue", "createmeta", ..] | ["search", ..] => parts.iter().take(2).copied().collect::<Vec<_>>().join("/"),
        ["issue", _] => "issue/*".to_owned(),
        ["issue", _, what, ..] => format!("issue/*/{what}"),
        _ => parts.first().copied().unwrap_or_default().to_owned(),
    }
}

/// A part of a path as its caller meant it.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
