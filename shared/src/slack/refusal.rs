//! What Slack's no means: an answer with HTTP status 200 and `"ok": false`.

use std::time::Duration;

use serde::Deserialize;

use crate::http::{Answer, Fault};
use crate::telemetry;

/// How long to stay away where Slack does not say: its limits are counted by the minute
/// ([rate limits](https://docs.slack.dev/apis/web-api/rate-limits)).
const WINDOW: Duration = Duration::from_secs(30);

/// Why a call has no result, and Slack's word for it.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) fault: Fault,
    code: String,
}

impl Refusal {
    /// Slack did not take the blocks; nothing was posted.
    pub(super) fn is_about_blocks(&self) -> bool {
        matches!(self.kind(), Kind::Payload)
    }

    /// Slack did not take it as a reply, and may take it without a thread; nothing was posted.
    pub(super) fn is_about_thread(&self) -> bool {
        matches!(self.kind(), Kind::Thread)
    }

    /// There is no such channel, or none that the app may know of.
    pub(super) fn is_about_channel(&self) -> bool {
        self.code == "channel_not_found"
    }

    /// The app was not granted what it takes.
    pub(super) fn is_about_scope(&self) -> bool {
        self.code == "missing_scope"
    }

    fn kind(&self) -> Kind {
        kind(&self.code)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self { fault, code: String::new() }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        refusal.fault
    }
}

/// The answer, where Slack says that it did what it was asked for.
pub(super) fn judge(answer: Answer) -> Result<Answer, Refusal> {
    #[derive(Deserialize)]
    struct Body {
        ok: bool,
        error: Option<String>,
        needed: Option<String>,
    }
    let retry_after = answer.retry_after().unwrap_or(WINDOW);
    let status = answer.status;
    match status.as_u16() {
        200..=299 => {}
        429 => return Err(Fault::NotNow { retry_after, reason: format!("Slack answered {status}") }.into()),
        // A redirect is never followed: the token would go along.
        300..=399 | 408 | 500.. => return Err(Fault::Unknown { reason: format!("Slack answered {status}") }.into()),
        _ => return Err(Fault::Denied { reason: format!("Slack answered {status}: is it SLACK_BASE_URL?") }.into()),
    }
    let body: Body = answer.read()?;
    if body.ok {
        return Ok(answer);
    }
    let code = word(body.error.as_deref().unwrap_or_default());
    let needed = body.needed.map(|it| format!(" (needs {})", word(&it))).unwrap_or_default();
    let said = if code.is_empty() { "no" } else { &code };
    let reason = format!("Slack answered {said}{needed}{}", remedy(&code));
    let fault = match kind(&code) {
        Kind::Person => {
            if is_about_token(&code) {
                telemetry::unauthorized("slack");
            }
            Fault::Denied { reason }
        }
        Kind::Payload | Kind::Thread | Kind::Gone => Fault::Refused { status: status.as_u16(), reason },
        Kind::Pause => Fault::NotNow { retry_after, reason },
        Kind::Stumbled => Fault::Unknown { reason },
    };
    Err(Refusal { fault, code })
}

/// Slack answers 200 to a token that it does not know
/// ([errors](https://docs.slack.dev/reference/methods/auth.test#errors)).
fn is_about_token(code: &str) -> bool {
    matches!(code, "invalid_auth" | "not_authed" | "token_revoked" | "token_expired" | "account_inactive")
}

/// Slack's own word and nothing else that may stand in its place.
fn word(text: &str) -> String {
    text.chars().filter(|it| it.is_ascii_alphanumeric() || "_:,.".contains(*it)).take(80).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A person has to put it right: the token, its scopes, the channel, the workspace.
    Person,
    /// What we sent is not taken, whoever sends it.
    Payload,
    /// It is not taken as a reply.
    Thread,
    /// The message is no longer there or no longer ours to change.
    Gone,
    /// Later.
    Pause,
    /// Something may have been done.
    Stumbled,
}

/// [chat.postMessage](https://docs.slack.dev/reference/methods/chat.postMessage) and its neighbours
/// list their errors and say that there are others. Nothing is done where `ok` is false, save in two
/// cases, so what we have never heard of loses no message: a person is asked.
fn kind(code: &str) -> Kind {
    match code {
        "invalid_blocks"
        | "invalid_blocks_format"
        | "msg_blocks_too_long"
        | "msg_too_long"
        | "no_text"
        | "too_many_attachments"
        | "metadata_too_large"
        | "invalid_metadata_format"
        | "invalid_metadata_schema"
        | "invalid_arguments"
        | "invalid_arg_name"
        | "invalid_array_arg"
        | "invalid_charset"
        | "invalid_form_data"
        | "invalid_json"
        | "json_not_object"
        | "invalid_post_type"
        | "missing_post_type" => Kind::Payload,
        "thread_not_found"
        | "invalid_thread_ts"
        | "thread_locked"
        | "cannot_reply_to_message"
        | "restricted_action_thread_locked"
        | "restricted_action_non_threadable_channel" => Kind::Thread,
        "message_not_found" | "cant_update_message" | "edit_window_closed" => Kind::Gone,
        "ratelimited" | "rate_limited" | "message_limit_exceeded" | "request_timeout" | "team_added_to_org" => {
            Kind::Pause
        }
        "internal_error" | "fatal_error" | "service_unavailable" | "update_failed" => Kind::Stumbled,
        _ => Kind::Person,
    }
}

/// What a person does about it.
fn remedy(code: &str) -> &'static str {
    match code {
        "channel_not_found" => ": name the channel by its id (C…), and invite the app where it is private",
        "not_in_channel" => ": invite the app to the channel",
        "is_archived" => ": the channel is archived, name another",
        "invalid_auth" | "not_authed" | "account_inactive" | "token_revoked" | "token_expired" => {
            ": put the app's present bot token into SLACK_BOT_TOKEN"
        }
        "not_allowed_token_type" => ": SLACK_BOT_TOKEN is to be a bot token (xoxb-…)",
        "missing_scope" => ": grant the scope and install the app again",
        "unknown_method" => ": SLACK_BASE_URL is not where Slack's methods are; unset it for Slack's own",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    use super::*;
    use crate::ledger::Setback;

    fn answered(status: u16, body: &str, retry_after: Option<&'static str>) -> Result<Answer, Refusal> {
        let mut headers = HeaderMap::new();
        headers.extend(retry_after.map(|it| (RETRY_AFTER, HeaderValue::from_static(it))));
        let status = StatusCode::from_u16(status).unwrap();
        judge(Answer { status, headers, body: body.as_bytes().to_vec() })
    }

    fn refused(code: &str) -> Refusal {
        answered(200, &format!(r#"{{"ok":false,"error":"{code}"}}"#), None).err().unwrap()
    }

    /// What the ledger makes of it: `later`, `look first` or `never`.
    fn setback(refusal: Refusal) -> &'static str {
        match Setback::from(Fault::from(refusal)) {
            Setback::NotApplied { .. } => "later",
            Setback::Unknown { .. } => "look first",
            Setback::Refused { .. } => "never",
        }
    }

    #[test]
    fn what_a_person_puts_right_is_sent_later() {
        for code in [
            "channel_not_found",
            "not_in_channel",
            "is_archived",
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "missing_scope",
            "not_allowed_token_type",
            "restricted_action",
            "ekm_access_denied",
            "org_login_required",
            "an_error_of_next_year",
            "",
        ] {
            assert!(matches!(refused(code).fault, Fault::Denied { .. }), "{code}");
            assert_eq!(setback(refused(code)), "later", "{code}");
        }
        for status in [400, 401, 403, 404, 405] {
            assert_eq!(setback(answered(status, "<html>", None).err().unwrap()), "later", "{status}");
        }
    }

    #[test]
    fn what_may_have_been_posted_is_looked_for_first() {
        for code in ["internal_error", "fatal_error", "service_unavailable"] {
            assert_eq!(setback(refused(code)), "look first", "{code}");
        }
        for (status, body) in
            [(302, ""), (408, ""), (500, "{}"), (502, "<html>"), (503, ""), (200, "<html>"), (200, "{")]
        {
            assert_eq!(setback(answered(status, body, None).err().unwrap()), "look first", "{status} {body}");
        }
    }

    #[test]
    fn what_slack_never_takes_is_not_tried_for_ever() {
        for code in ["invalid_blocks", "msg_blocks_too_long", "msg_too_long", "no_text", "invalid_arguments"] {
            assert!(refused(code).is_about_blocks(), "{code}");
            assert_eq!(setback(refused(code)), "never", "{code}");
        }
        for code in ["thread_not_found", "cannot_reply_to_message", "restricted_action_thread_locked"] {
            assert!(refused(code).is_about_thread(), "{code}");
        }
        for code in ["message_not_found", "cant_update_message", "edit_window_closed"] {
            assert_eq!(setback(refused(code)), "never", "{code}");
        }
    }

    #[test]
    fn a_rate_limit_says_how_long_to_wait() {
        let pause = |status, body, header| match answered(status, body, header).err().unwrap().fault {
            Fault::NotNow { retry_after, .. } => retry_after.as_secs(),
            other => panic!("{other:?}"),
        };
        let limited = r#"{"ok":false,"error":"ratelimited"}"#;
        assert_eq!(pause(429, limited, Some("7")), 7);
        assert_eq!(pause(429, "", None), 30);
        assert_eq!(pause(200, limited, Some("3")), 3);
        assert_eq!(pause(200, r#"{"ok":false,"error":"rate_limited"}"#, None), 30);
    }

    #[test]
    fn the_log_names_the_scope_and_the_remedy_and_repeats_nobody() {
        let body = r#"{"ok":false,"error":"missing_scope","needed":"channels:history","provided":"chat:write"}"#;
        let reason = answered(200, body, None).err().unwrap().fault.to_string();
        let remedy = "grant the scope and install the app again";
        assert_eq!(reason, format!("Slack answered missing_scope (needs channels:history): {remedy}"));
        let body = r#"{"ok":false,"error":"<b>the customer said</b>","needed":"x y"}"#;
        let reason = answered(200, body, None).err().unwrap().fault.to_string();
        assert_eq!(reason, "Slack answered bthecustomersaidb (needs xy)");
        assert!(answered(200, r#"{"ok":true}"#, None).is_ok());
    }
}
