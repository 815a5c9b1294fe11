//! What Jira tells of an issue: a web request of an
//! [automation rule](https://support.atlassian.com/cloud-automation/docs/jira-automation-actions/#Send-web-request)
//! in any of its formats, or a [webhook](https://developer.atlassian.com/cloud/jira/platform/webhooks/).
//!
//! It says where to look and no more. Of the shapes that are known, members are missing, empty, numbers
//! or texts: each is read for itself, and what cannot be read is not there.

use jiff::Timestamp;
use serde_json::Value;

use super::{CommentId, IssueId, wire};
use crate::id::TicketId;
use crate::procedure::jira_reference::IssueKey;

/// What a webhook calls what we follow; of an issue with `jira:` before it, which rules leave out.
const FOLLOWED: [&str; 5] = ["issue_created", "issue_updated", "issue_deleted", "comment_created", "comment_updated"];

/// Something happened to an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The issue's id, where it is told.
    pub issue: Option<IssueId>,
    /// The key it had then, where it is told; one of the two is.
    pub key: Option<IssueKey>,
    /// The comment that it is about, where it is about one.
    pub comment: Option<CommentId>,
    /// The labels that the issue had then: all that is known of one that is deleted.
    pub labels: Vec<String>,
    /// The HubSpot ticket that a rule says it is about.
    pub ticket: Option<TicketId>,
    /// When it happened.
    pub at: Option<Timestamp>,
}

impl Event {
    /// Reads an event; `None` where it is about nothing that we follow.
    pub fn read(body: &Value) -> Option<Self> {
        let issue = issue(body);
        let fields = &issue["fields"];
        let comment = comment(body);
        if !is_followed(body, comment.is_some()) {
            return None;
        }
        let (in_address, of_comment) = addressed(&body["comment"]["self"]);
        let ids = [&issue["id"], &issue["issueId"], &body["issueId"], &body["issue_id"], &body["issue"]];
        let id = first(ids, |it| IssueId::parse(&text(it)?));
        let keys = [&issue["key"], &issue["issueKey"], &body["issueKey"], &body["issue_key"], &body["issue"]];
        let key = first(keys, |it| key(&text(it)?));
        let labels = [&fields["labels"], &body["labels"]].into_iter().find_map(Value::as_array);
        let labels = labels.into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect();
        let ticket = first([&body["hubspotTicketId"], &body["ticket"]], |it| text(it)?.parse().ok().map(TicketId));
        let (issue, comment) = (id.or(in_address), comment.or(of_comment));
        let event = Self { issue, key, comment, labels, ticket, at: at(body, fields) };
        (event.issue.is_some() || event.key.is_some()).then_some(event)
    }
}

/// The issue: a member of its own, or all there is. An automation rule of ours may give its key alone.
fn issue(body: &Value) -> &Value {
    if body["issue"].is_object() { &body["issue"] } else { body }
}

/// A webhook names what happened. A rule may say it in a word of its own, which matters only where it is
/// about a comment that is gone.
fn is_followed(body: &Value, has_comment: bool) -> bool {
    if let Some(name) = body["webhookEvent"].as_str() {
        return FOLLOWED.contains(&name.strip_prefix("jira:").unwrap_or(name));
    }
    let event = body["event"].as_str().unwrap_or_default().to_lowercase();
    !(event.contains("comment") && (event.contains("delete") || !has_comment))
}

fn comment(body: &Value) -> Option<CommentId> {
    let comment = &body["comment"];
    let places = [&comment["id"], comment, &body["commentId"], &body["comment_id"]];
    first(places, |it| IssueId::parse(&text(it)?)).map(|it| CommentId(it.to_string()))
}

/// The issue and the comment of an address such as `…/issue/10042/comment/10100`: a webhook about a
/// comment need not bring the issue.
fn addressed(address: &Value) -> (Option<IssueId>, Option<CommentId>) {
    let parts: Vec<&str> = address.as_str().unwrap_or_default().split('/').collect();
    let [.., "issue", issue, "comment", comment] = parts.as_slice() else {
        return (None, None);
    };
    (IssueId::parse(issue), IssueId::parse(comment).map(|it| CommentId(it.to_string())))
}

/// When it happened: by the webhook, else by the comment or the issue.
fn at(body: &Value, fields: &Value) -> Option<Timestamp> {
    let in_milliseconds = |it: &Value| Timestamp::from_millisecond(text(it)?.parse().ok()?).ok();
    let times = [&body["updated"], &body["comment"]["updated"], &fields["updated"], &body["timestamp"]];
    in_milliseconds(&body["timestamp"]).or_else(|| first(times, |it| wire::timestamp(it.as_str()?.trim())))
}

fn key(text: &str) -> Option<IssueKey> {
    IssueKey::parse(&text.to_ascii_uppercase()).ok()
}

/// REST writes ids as texts, automation rules as numbers.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn first<const N: usize, T>(values: [&Value; N], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
    values.into_iter().find_map(read)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is read: id, key, comment, labels, time.
    #[track_caller]
    fn check(body: Value, expected: &str) {
        let said = match Event::read(&body) {
            None => "nothing".to_owned(),
            Some(it) => {
                let id = it.issue.map_or("-".to_owned(), |it| it.to_string());
                let key = it.key.map_or("-".to_owned(), |it| it.to_string());
                let comment = it.comment.map_or("-".to_owned(), |it| it.0);
                let at = it.at.map_or("-".to_owned(), |it| it.to_string());
                format!("{id} {key} {comment} [{}] {at}", it.labels.join(","))
            }
        };
        assert_eq!(said, expected, "{body}");
    }

    #[test]
    fn the_body_of_our_rule_reads() {
        check(
            json!({
                "event": "status_changed", "key": "TECH-1", "id": "10042", "status": "Done",
                "updated": "2026-01-05T09:30:03.7+0000", "comment": "", "labels": ["hs-ticket-1-2"],
            }),
            "10042 TECH-1 - [hs-ticket-1-2] 2026-01-05T09:30:03.7Z",
        );
        check(json!({"event": "commented", "key": "TECH-1", "comment": "10100"}), "- TECH-1 10100 [] -");
        check(json!({"event": "commented", "key": "TECH-1", "comment": 10100}), "- TECH-1 10100 [] -");
        check(json!({"event": "deleted", "key": "tech-1"}), "- TECH-1 - [] -");
        check(json!({"key": " TECH-1 "}), "- TECH-1 - [] -");
        check(json!({"issueKey": "TECH-1", "issueId": 10042, "commentId": "7"}), "10042 TECH-1 7 [] -");
        check(json!({"issue": {"key": "TECH-1"}, "comment": {"id": "7", "body": "x"}}), "- TECH-1 7 [] -");
        check(json!({"issue": "TECH-1"}), "- TECH-1 - [] -");
        check(json!({"issue": 10042}), "10042 - - [] -");
        check(json!({"issue": {"issueKey": "TECH-1", "issueId": "10042"}}), "10042 TECH-1 - [] -");
    }

    #[test]
    fn what_jira_itself_makes_of_an_issue_reads() {
        let issue = json!({"self": "https://a.example/rest/api/2/issue/11111", "id": 11111, "key": "SP-53",
            "changelog": {"histories": null}, "fields": {"labels": ["a"], "updated": "2026-01-05T09:00:00.000+0100"}});
        check(issue.clone(), "11111 SP-53 - [a] 2026-01-05T08:00:00Z");
        check(json!({ "issue": issue }), "11111 SP-53 - [a] 2026-01-05T08:00:00Z");
        check(json!({"issue": {"id": null, "key": "SP-53", "fields": null}}), "- SP-53 - [] -");
    }

    #[test]
    fn a_rule_may_name_the_ticket() {
        let ticket = |body: Value| Event::read(&body).unwrap().ticket;
        for body in [json!({"key": "AB-1", "hubspotTicketId": "42"}), json!({"key": "AB-1", "ticket": 42})] {
            assert_eq!(ticket(body.clone()), Some(TicketId(42)), "{body}");
        }
        for none in
            [json!({"key": "AB-1"}), json!({"key": "AB-1", "ticket": ""}), json!({"key": "AB-1", "ticket": "x"})]
        {
            assert_eq!(ticket(none.clone()), None, "{none}");
        }
    }

    #[test]
    fn webhooks_read() {
        let issue = json!({"id": "99291", "key": "JRA-20002", "fields": {"labels": "odd", "updated": "yesterday"}});
        for name in ["jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "issue_updated"] {
            check(
                json!({"webhookEvent": name, "timestamp": 1_606_480_436_302_i64, "issue": issue}),
                "99291 JRA-20002 - [] 2020-11-27T12:33:56.302Z",
            );
        }
        let comment = json!({"self": "https://a.example/rest/api/2/issue/10042/comment/10100", "id": "10100"});
        check(json!({"webhookEvent": "comment_created", "comment": comment}), "10042 - 10100 [] -");
        check(json!({"webhookEvent": "comment_updated", "comment": {"self": comment["self"]}}), "10042 - 10100 [] -");
        check(json!({"webhookEvent": "comment_updated", "comment": {"id": "10100"}}), "nothing");
    }

    #[test]
    fn what_we_do_not_follow_is_nothing() {
        let issue = json!({"id": "1", "key": "AB-1"});
        for name in
            ["comment_deleted", "worklog_created", "issuelink_created", "sprint_started", "", "issue_property_set"]
        {
            check(json!({"webhookEvent": name, "issue": issue, "comment": {"id": "1"}}), "nothing");
        }
        check(json!({"event": "comment_deleted", "key": "AB-1", "comment": "7"}), "nothing");
        check(json!({"event": "commented", "key": "AB-1"}), "nothing");
        for odd in [
            json!(null),
            json!([]),
            json!([1, {"key": "AB-1"}]),
            json!("AB-1"),
            json!(7),
            json!({}),
            json!({"key": "", "id": ""}),
            json!({"key": "{{issue.key}}", "id": "-1"}),
            json!({"key": ["AB-1"], "id": {"a": 1}, "issue": "AB"}),
            json!({"ticket": "42"}),
            json!({"webhookEvent": "jira:issue_updated"}),
        ] {
            check(odd, "nothing");
        }
    }
}
