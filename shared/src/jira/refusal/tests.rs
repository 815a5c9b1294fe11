//! Every no of Jira's, by what it means and in the words that a tech lead reads.

use insta::assert_snapshot;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;

use super::*;
use crate::jira::echo::Sent;
use crate::jira::fields::Field;
use crate::ledger::Setback;
use crate::procedure::issue::Block;
use crate::procedure::jira_reference::IssueKey;
use crate::procedure::message::plain;

const CREDENTIALS: &str = "check the token";

fn field(id: &str, name: &str) -> Field {
    Field { id: id.to_owned(), name: name.to_owned(), is_required: false, has_default: false, values: Vec::new() }
}

fn answer(status: u16, body: &str, headers: &[(&'static str, &'static str)]) -> Answer {
    let headers: HeaderMap =
        headers.iter().map(|(name, it)| (HeaderName::from_static(name), HeaderValue::from_static(it))).collect();
    Answer { status: StatusCode::from_u16(status).unwrap(), headers, body: body.as_bytes().to_vec() }
}

fn create(status: u16, body: &str) -> Refusal {
    let fields = [field("customfield_10052", "Escalation lane"), field("components", "Components")];
    let description = [Block::Paragraph(vec![plain("The till charged her twice, and she wants it back.")])];
    let sent = Sent { summary: "Charged twice", description: &description };
    let about = About::Create { project: "TECH", issue_type: "Bug", fields: &fields, sent };
    judge(answer(status, body, &[]), &about, CREDENTIALS).err().unwrap()
}

fn on_issue(status: u16, body: &str) -> Fault {
    let key = IssueKey::parse("TECH-1").unwrap();
    judge(answer(status, body, &[]), &About::Issue(&key, "Link Issues"), CREDENTIALS).err().unwrap().fault
}

/// What a create is refused with for good, by the fields and messages that Jira names.
fn reason(errors: &Value, messages: &[&str]) -> String {
    match create(400, &json!({ "errorMessages": messages, "errors": errors }).to_string()).fault {
        Fault::Refused { status: 400, reason } => reason,
        other => panic!("{other:?}"),
    }
}

/// What the ledger makes of it: `later`, `look first` or `never`.
fn setback(fault: Fault) -> &'static str {
    match Setback::from(fault) {
        Setback::NotApplied { .. } => "later",
        Setback::Unknown { .. } => "look first",
        Setback::Refused { .. } => "never",
    }
}

#[test]
fn what_jira_wants_is_named_in_one_sentence() {
    let wanted = json!({ "components": "Component/s is required.", "customfield_10061": "Assigned Team is required." });
    assert_eq!(reason(&wanted, &[]), "Jira wants *Component* and *Assigned Team*");
    assert_eq!(reason(&json!({}), &["Field 'priority' is required"]), "Jira wants *Priority*");
    assert_eq!(reason(&json!({}), &["Assigned Team is required"]), "Jira wants *Assigned Team*");
    assert_eq!(reason(&json!({ "summary": "You must specify a summary of the issue." }), &[]), "Jira wants *Summary*");
    let three = json!({ "a": "A is required.", "b": "B is required.", "c": "C is required." });
    assert_eq!(reason(&three, &["C is required."]), "Jira wants *A*, *B* and *C*");
}

#[test]
fn what_cannot_be_set_is_called_as_people_call_it() {
    let off = |id: &str| format!("Field '{id}' cannot be set. It is not on the appropriate screen, or unknown.");
    let said = |id: &str| reason(&json!({ id: off(id) }), &[]);
    assert_eq!(said("priority"), "*Priority* is not on the create screen of *Bug* in TECH");
    assert_eq!(said("customfield_10052"), "*Escalation lane* is not on the create screen of *Bug* in TECH");
    assert_eq!(said("customfield_1"), "*customfield_1* is not on the create screen of *Bug* in TECH");
    let both = reason(&json!({ "labels": off("labels"), "customfield_10061": "Assigned Team is required." }), &[]);
    assert_eq!(both, "Jira wants *Assigned Team*; *Labels* is not on the create screen of *Bug* in TECH");
}

#[test]
fn a_project_and_an_issue_type_that_are_not_there_are_named() {
    let nowhere = "there is no project TECH, or we may not see it";
    for said in [
        "valid project is required",
        "project is required",
        "Specify a valid project ID or key",
        "The project does not exist.",
    ] {
        assert_eq!(reason(&json!({ "project": said }), &[]), nowhere, "{said}");
    }
    for said in [
        "valid issue type is required",
        "issue type is required",
        "The issue type selected is invalid.",
        "Specify a valid issue type",
    ] {
        assert_eq!(reason(&json!({ "issuetype": said }), &[]), "TECH has no issue type *Bug*", "{said}");
    }
    let forbidden = "You do not have permission to create issues in this project.";
    assert_eq!(reason(&json!({ "project": forbidden }), &[]), "we may not create issues in TECH");
    assert_eq!(reason(&json!({}), &[forbidden]), "we may not create issues in TECH");
    assert_eq!(reason(&json!({ "project": "The project is archived." }), &[]), "project TECH is archived");
    let absent = |fault| match fault {
        Fault::Refused { status: 404, reason } => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(absent(create(404, "{}").fault), nowhere);
    let gone = r#"{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}"#;
    assert_eq!(absent(on_issue(404, gone)), "there is no issue TECH-1, or we may not see it");
}

#[test]
fn everything_else_is_said_as_jira_says_it() {
    let long = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";
    assert_eq!(reason(&json!({ "description": long }), &[]), "the text of *Description* is too long for Jira");
    let long = "Summary must be less than 255 characters.";
    assert_eq!(reason(&json!({ "summary": long }), &[]), "the text of *Summary* is too long for Jira");
    let said = reason(&json!({ "priority": "The priority selected is invalid." }), &[]);
    assert_eq!(said, "*Priority*: The priority selected is invalid.");
    let said = reason(&json!({ "customfield_10052": "Option value 'Now' is not valid" }), &["Something\nelse."]);
    assert_eq!(said, "*Escalation lane*: Option value 'Now' is not valid; Jira says: Something else.");
    assert_eq!(reason(&json!({}), &[]), "Jira refuses a new issue in TECH and does not say why (400 Bad Request)");
    assert_snapshot!(create(413, "").fault, @"Jira refuses a new issue in TECH and does not say why (413 Payload Too Large)");
    assert_snapshot!(create(422, r#"{"errorMessages":["The workflow is broken."]}"#).fault, @"Jira says: The workflow is broken.");
}

#[test]
fn what_jira_quotes_of_people_is_left_out() {
    let quoted = json!({ "customfield_10052": "Option 'The till charged her twice' is not valid" });
    assert_eq!(reason(&quoted, &[]), "*Escalation lane*: Option '…' is not valid");
    let far = format!("{} {}", "No. ".repeat(45), "The till charged her twice, and she wants it back.".repeat(9));
    let said = reason(&json!({}), &[&far]);
    assert!(said.starts_with("Jira says: No. No.") && !said.contains("The t"), "{said}");
    // Nobody but the log hears of the others.
    let key = IssueKey::parse("TECH-1").unwrap();
    let body =
        json!({ "errorMessages": ["Ada is angry", "Field 'Ada' is bad"], "errors": { "x": "Ada is required." } });
    let refused = |about| judge(answer(400, &body.to_string(), &[]), &about, CREDENTIALS).err().unwrap().fault;
    assert_snapshot!(refused(About::Issue(&key, "Link Issues")), @"Jira refuses this for TECH-1 (400 Bad Request): try it there by hand to see why");
    assert_snapshot!(refused(About::Project("TECH")), @"Jira refuses to read project TECH (400 Bad Request): try it there by hand to see why");
    assert_snapshot!(refused(About::Site), @"Jira refuses the request (400 Bad Request): try it there by hand to see why");
}

#[test]
fn no_reason_is_endless_or_more_than_a_line() {
    let long = "the customer said\n".repeat(1_000);
    let many: serde_json::Map<_, _> = (0..50).map(|it| (format!("customfield_{it}"), json!(long))).collect();
    let reason = reason(&Value::Object(many), &[&long]);
    assert!(reason.chars().count() <= 600 && !reason.contains('\n'), "{reason}");
    let one = create(400, &json!({ "errorMessages": [long] }).to_string()).fault.to_string();
    assert!(one.chars().count() < 230, "{one}");
}

#[test]
fn what_is_no_text_is_said_too() {
    for body in [
        r#"{"errorMessages":null,"errors":null}"#,
        r#"{"errorMessages":"x","errors":["y"]}"#,
        r#"{"errors":{"a":null,"b":{"c":1}},"errorMessages":[null,7,{"d":1}]}"#,
        "",
        "{}",
        "[]",
        "null",
        "<html>",
    ] {
        assert!(matches!(create(400, body).fault, Fault::Refused { status: 400, .. }), "{body}");
    }
}

#[test]
fn a_text_that_jira_cannot_read_is_told_from_other_refusals() {
    let texts = [
        r#"{"errorMessages":["INVALID_INPUT"],"errors":{}}"#,
        r#"{"errorMessages":[],"errors":{"description":"INVALID_INPUT"}}"#,
        r#"{"errors":{"comment":"Operation value must be an Atlassian Document (see the Atlassian Document Format)"}}"#,
    ];
    for body in texts {
        assert!(create(400, body).is_about_text, "{body}");
        assert!(!create(500, body).is_about_text, "only a 400 did nothing for certain");
    }
    for body in [r#"{"errors":{"customfield_1":"INVALID_INPUT"}}"#, r#"{"errors":{"summary":"x"}}"#, "", "<html>"] {
        assert!(!create(400, body).is_about_text, "{body}");
    }
    assert_snapshot!(create(400, texts[0]).fault, @"Jira does not take the text and does not say why (INVALID_INPUT)");
}

#[test]
fn what_a_person_puts_right_is_denied() {
    let scope = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;
    for body in ["", "{}", scope, "<html>"] {
        assert_eq!(create(401, body).fault.to_string(), "Jira does not know us (401): check the token", "{body}");
        assert_eq!(setback(create(401, body).fault), "later");
        assert_eq!(setback(create(403, body).fault), "later");
    }
    assert_snapshot!(create(403, "").fault, @"the account of JIRA_EMAIL may not do this: give it Browse Projects and Create Issues in TECH");
    let said = r#"{"errorMessages":["You do not have the permission to link issues."],"errors":{}}"#;
    assert_snapshot!(on_issue(403, said), @"the account of JIRA_EMAIL may not do this: give it Link Issues in TECH");
    // Somebody who holds another page's address for Jira's would lose every issue as "gone".
    for body in ["<html>", "not found", r#"{"code":404,"message":"no such cloud id"}"#, "[]"] {
        let fault = on_issue(404, body);
        assert!(matches!(&fault, Fault::Denied { reason } if reason.contains("JIRA_BASE_URL")), "{fault}");
    }
}

#[test]
fn what_may_have_been_done_is_looked_for_first() {
    let body = r#"{"errorMessages":["Internal server error"],"errors":{}}"#;
    for status in [302, 307, 408, 500, 502, 503, 504, 524] {
        for body in [body, "", "<html>"] {
            assert_eq!(setback(create(status, body).fault), "look first", "{status}");
        }
    }
}

#[test]
fn what_jira_never_takes_is_not_tried_for_ever() {
    for status in [400, 404, 410, 412, 413, 415, 422] {
        assert_eq!(setback(create(status, r#"{"errorMessages":["no"],"errors":{}}"#).fault), "never", "{status}");
    }
}

#[test]
fn a_limit_and_a_conflict_pass_and_did_nothing() {
    let wait = |status, headers: &[(&'static str, &'static str)]| match judge(
        answer(status, "<html>", headers),
        &About::Site,
        CREDENTIALS,
    )
    .err()
    .unwrap()
    .fault
    {
        Fault::NotNow { retry_after, reason } => (retry_after.as_secs(), reason),
        other => panic!("{other:?}"),
    };
    assert_eq!(wait(409, &[]), (2, "Jira answered 409 Conflict (no reason given)".to_owned()));
    let (seconds, reason) = wait(429, &[("ratelimit-reason", "jira-burst-based"), ("retry-after", "9")]);
    assert!((9..=12).contains(&seconds), "{seconds}");
    assert_eq!(reason, "Jira answered 429 Too Many Requests (jira-burst-based)");
}

#[tokio::test]
async fn an_answer_to_nobody_is_no_answer() {
    let answered = |status, body, reason| {
        judge(answer(status, body, &[("x-seraph-loginreason", reason)]), &About::Site, CREDENTIALS)
    };
    let gone = r#"{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}"#;
    for (status, body) in [(200, r#"{"issues":[]}"#), (404, gone), (403, "{}"), (400, gone)] {
        for reason in ["AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED"] {
            let (refused, tally) = telemetry::counted(async { answered(status, body, reason).err().unwrap() }).await;
            assert!(matches!(refused.fault, Fault::Denied { .. }), "{status} {reason}: {}", refused.fault);
            assert!(tally.unauthorized().contains("jira"), "{status} {reason}");
        }
    }
    assert!(answered(200, "{}", "OK").is_ok());
    let (refused, tally) = telemetry::counted(async { answered(404, gone, "OK").err().unwrap() }).await;
    assert!(matches!(refused.fault, Fault::Refused { status: 404, .. }) && tally.unauthorized().is_empty());
}
