//! Each call with an exchange of its own: what is sent, and what the answer becomes.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use insta::assert_snapshot;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::procedure::issue::Block;
use crate::procedure::jira_reference::IssueKey;
use crate::procedure::message::plain;

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    line: String,
    authorization: String,
    language: String,
    body: Value,
}

/// Answers one after the other, and remembers what it was asked.
struct Exchange {
    base: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Exchange {
    fn of(answers: Vec<(u16, String)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = seen.clone();
        thread::spawn(move || {
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let (head, sent) = read(&mut stream);
                log.lock().unwrap().push(request(&head, &sent));
                let length = body.len();
                let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
                stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
            }
        });
        Self { base, seen }
    }

    fn with(answers: &[(u16, Value)]) -> Self {
        Self::of(answers.iter().map(|(status, body)| (*status, body.to_string())).collect())
    }

    fn jira(&self) -> Jira {
        Jira::new(Http::new(), &self.base, "bot@example.com", SecretString::from("canary"))
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|it| it.line).collect()
    }
}

fn read(stream: &mut impl std::io::Read) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4_096];
    loop {
        let read = stream.read(&mut buffer).unwrap();
        bytes.extend_from_slice(&buffer[..read]);
        let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") else {
            assert_ne!(read, 0, "the head of a request ends");
            continue;
        };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let length: usize = header(&head, "content-length").parse().unwrap_or(0);
        if bytes.len() >= end + 4 + length {
            return (head, bytes[end + 4..].to_vec());
        }
        assert_ne!(read, 0, "the body of a request ends");
    }
}

fn header(head: &str, name: &str) -> String {
    let headers = head.lines().skip(1).filter_map(|it| it.split_once(": "));
    headers.filter(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.to_owned()).next().unwrap_or_default()
}

fn request(head: &str, body: &[u8]) -> Seen {
    let line = head.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned();
    let language = header(head, "accept-language");
    Seen {
        line,
        authorization: header(head, "authorization"),
        language,
        body: serde_json::from_slice(body).unwrap_or_default(),
    }
}

fn key(text: &str) -> IssueKey {
    IssueKey::parse(text).unwrap()
}

fn now() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().unwrap()
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![plain(text)])
}

fn witness() -> Witness {
    Witness { marker: "hsj-abc".to_owned(), portal: 12, ticket: 42, cycle: 2 }
}

const DESCRIPTION: &str = "charged \"twice\"";

async fn create(jira: &Jira, issue_type: &str, fields: Value) -> Result<Created, Fault> {
    let fields = fields.as_object().cloned().unwrap_or_default();
    let new = NewIssue {
        project: "TECH",
        issue_type,
        summary: "Harbour Grill:\ncharged twice",
        description: &[paragraph(DESCRIPTION)],
        more: ("The rest", "https://example.com/42"),
        labels: &["hs-ticket-12-42", "late delivery", " "],
        witness: &witness(),
        fields: &fields,
    };
    jira.create(&new).await
}

fn created() -> (u16, Value) {
    (201, json!({ "id": "10042", "key": "TECH-7", "self": "https://acme.atlassian.net/rest/api/3/issue/10042" }))
}

fn description() -> Value {
    let text = json!({ "type": "text", "text": DESCRIPTION });
    json!({ "type": "doc", "version": 1, "content": [{ "type": "paragraph", "content": [text] }] })
}

fn no_text() -> (u16, Value) {
    (400, json!({ "errorMessages": ["INVALID_INPUT"], "errors": {} }))
}

/// Half of what was promised arrives, then the connection is gone: nobody knows what was done.
#[tokio::test]
async fn f22_a_create_whose_connection_breaks_within_the_answer_is_of_unknown_outcome() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let half = r#"{"id":"10042","key":"TECH-7""#;
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read(&mut stream);
        let head = format!("HTTP/1.1 201 Created\r\nContent-Length: {}\r\n\r\n", 2 * half.len());
        stream.write_all(format!("{head}{half}").as_bytes()).unwrap();
    });
    let jira = Jira::new(Http::new(), &base, "bot@example.com", SecretString::from("canary"));
    let ended = create(&jira, "Bug", json!({})).await;
    assert!(matches!(ended, Err(Fault::Unknown { .. })), "{ended:?}");
}

#[tokio::test]
async fn a_new_issue_carries_its_labels_and_its_witness() {
    let exchange = Exchange::with(&[created()]);
    let mapped = json!({
        "priority": { "id": "2" },
        "labels": ["support", "hs-ticket-12-42", 7],
        "summary": "not this",
        "project": { "key": "PLAT" },
    });
    let created = create(&exchange.jira(), "Bug", mapped).await.unwrap();
    assert_eq!((created.id.as_str(), created.key.to_string().as_str()), ("10042", "TECH-7"));
    let [sent] = exchange.seen().try_into().unwrap();
    assert_eq!((sent.line.as_str(), sent.language.as_str()), ("POST /rest/api/3/issue", "en"));
    assert_eq!(sent.authorization, format!("Basic {}", STANDARD.encode("bot@example.com:canary")));
    let value = json!({ "marker": "hsj-abc", "portal": 12, "ticket": 42, "cycle": 2 });
    let expected = json!({
        "fields": {
            "project": { "key": "TECH" },
            "issuetype": { "name": "Bug" },
            "summary": "Harbour Grill: charged twice",
            "description": description(),
            "labels": ["hs-ticket-12-42", "late-delivery", "support"],
            "priority": { "id": "2" },
        },
        "properties": [{ "key": "hs-escalation", "value": value }],
    });
    assert_eq!(sent.body, expected);
}

#[tokio::test]
async fn an_issue_type_in_digits_is_an_id() {
    let exchange = Exchange::with(&[created()]);
    create(&exchange.jira(), "10004", json!({})).await.unwrap();
    assert_eq!(exchange.seen()[0].body["fields"]["issuetype"], json!({ "id": "10004" }));
}

#[tokio::test]
async fn what_was_created_is_kept_as_ids() {
    let exchange = Exchange::with(&[(201, json!({ "id": 10042, "key": "TECH-7" }))]);
    let created = create(&exchange.jira(), "Bug", json!({})).await.unwrap();
    let kept = serde_json::to_string(&created).unwrap();
    assert_eq!(kept, r#"{"id":"10042","key":"TECH-7"}"#);
    assert_eq!(serde_json::from_str::<Created>(&kept).unwrap(), created);
}

#[tokio::test]
async fn a_text_that_jira_cannot_read_is_sent_once_more_as_plain_text() {
    let exchange = Exchange::with(&[no_text(), created(), no_text(), no_text()]);
    create(&exchange.jira(), "Bug", json!({})).await.unwrap();
    let twice = create(&exchange.jira(), "Bug", json!({})).await;
    assert!(matches!(twice, Err(Fault::Refused { status: 400, .. })), "{twice:?}");
    assert_eq!(exchange.seen().len(), 4);
}

#[tokio::test]
async fn a_create_and_a_comment_are_sent_once() {
    for (status, body) in [(500, json!({})), (503, json!("x")), (201, json!({ "id": null })), (201, json!("<html>"))] {
        let exchange = Exchange::with(&[(status, body.clone()), (status, body)]);
        let ended = create(&exchange.jira(), "Bug", json!({})).await;
        assert!(matches!(ended, Err(Fault::Unknown { .. })), "{ended:?}");
        assert_eq!(exchange.seen().len(), 1);
        let ended = exchange.jira().comment(&key("TECH-7"), &[paragraph("x")], "hsj-c").await;
        assert!(matches!(ended, Err(Fault::Unknown { .. })), "{ended:?}");
        assert_eq!(exchange.seen().len(), 2);
    }
}

#[tokio::test]
async fn nobody_at_the_door_is_a_request_that_was_not_sent() {
    let jira = Jira::new(Http::new(), "http://127.0.0.1:1", "bot@example.com", SecretString::from("canary"));
    let ended = create(&jira, "Bug", json!({})).await;
    assert!(matches!(ended, Err(Fault::NotSent { .. })), "{ended:?}");
    let jira = Jira::new(Http::new(), "nonsense", "bot@example.com", SecretString::from("canary"));
    let ended = create(&jira, "Bug", json!({})).await;
    assert!(matches!(ended, Err(Fault::NotSent { .. })), "{ended:?}");
}

fn issue(id: &str, key: &str, created: &str) -> Value {
    json!({
        "id": id, "key": key, "self": "x",
        "fields": {
            "summary": "Charged twice", "labels": ["hsj-abc"], "created": created,
            "status": { "id": "3", "name": "Shipped", "statusCategory": { "id": 3, "key": "done" } },
        },
        "properties": { "hs-escalation": { "marker": "hsj-abc", "portal": 12, "ticket": 42, "cycle": 2, "new": 1 } },
    })
}

#[tokio::test]
async fn an_issue_is_read_by_the_key_it_once_had() {
    let exchange = Exchange::with(&[(200, issue("10042", "PLAT-9", "2026-01-05T10:00:00.000+0100"))]);
    let read = exchange.jira().issue(&key("TECH-7")).await.unwrap().unwrap();
    let expected = Issue {
        id: IssueId::parse("10042").unwrap(),
        key: key("PLAT-9"),
        summary: "Charged twice".to_owned(),
        status: "Shipped".to_owned(),
        is_done: true,
        labels: vec!["hsj-abc".to_owned()],
        witness: Some(witness()),
        created_at: Some(now()),
    };
    assert_eq!(read, expected);
    let query = "fields=summary%2Cstatus%2Clabels%2Ccreated&properties=hs-escalation";
    assert_eq!(exchange.lines(), [format!("GET /rest/api/3/issue/TECH-7?{query}")]);
}

#[tokio::test]
async fn an_issue_with_little_to_see_is_an_issue() {
    let sparse = [
        json!({ "id": "1", "key": "TECH-1" }),
        json!({ "id": 1, "key": "TECH-1", "fields": null, "properties": null }),
        json!({ "id": "1", "key": "TECH-1", "fields": { "status": null, "summary": null, "labels": null } }),
        json!({ "id": "1", "key": "TECH-1", "fields": { "status": { "name": 7, "statusCategory": [] }, "created": 7 } }),
        json!({ "id": "1", "key": "TECH-1", "properties": { "hs-escalation": { "marker": 7 }, "other": [] } }),
    ];
    let answers: Vec<_> = sparse.into_iter().map(|it| (200, it)).collect();
    let exchange = Exchange::with(&answers);
    for (_, answer) in &answers {
        let read = exchange.jira().issue(&key("TECH-1")).await.unwrap().unwrap();
        let expected = Issue {
            id: IssueId::parse("1").unwrap(),
            key: key("TECH-1"),
            summary: String::new(),
            status: String::new(),
            is_done: false,
            labels: Vec::new(),
            witness: None,
            created_at: None,
        };
        assert_eq!(read, expected, "{answer}");
    }
}

#[tokio::test]
async fn what_is_gone_is_told_from_what_is_not_jira() {
    let gone =
        json!({ "errorMessages": ["Issue does not exist or you do not have permission to see it."], "errors": {} });
    let us = (200, json!({ "accountId": "1" }));
    let nobody = [(404, gone.clone()), (401, json!("x")), (404, gone.clone()), (404, json!({}))];
    let answers =
        [&[(404, gone), us.clone(), (410, json!({})), us][..], &nobody[..], &[(404, json!("nginx"))]].concat();
    let exchange = Exchange::with(&answers);
    assert_eq!(exchange.jira().issue(&key("TECH-1")).await, Ok(None));
    assert_eq!(exchange.jira().progress("10042", |_| false).await, Ok(None));
    for _ in 0..2 {
        let unknown = exchange.jira().issue(&key("TECH-1")).await;
        assert!(matches!(unknown, Err(Fault::Denied { .. })), "{unknown:?}");
    }
    assert_eq!(exchange.lines()[1], "GET /rest/api/3/myself");
    let elsewhere = exchange.jira().issue(&key("TECH-1")).await;
    assert!(matches!(elsewhere, Err(Fault::Denied { .. })), "{elsewhere:?}");
}

#[tokio::test]
async fn a_read_that_stumbles_is_tried_once_more() {
    let found = (200, issue("10042", "TECH-7", ""));
    let exchange = Exchange::with(&[(502, json!("x")), found, (502, json!("x")), (502, json!("x"))]);
    assert!(exchange.jira().issue(&key("TECH-7")).await.unwrap().is_some());
    let twice = exchange.jira().issue(&key("TECH-7")).await;
    assert!(matches!(twice, Err(Fault::Unknown { .. })), "{twice:?}");
    assert_eq!(exchange.seen().len(), 4);
}

#[tokio::test]
async fn two_issues_with_one_label_are_found_oldest_first() {
    let (nine, ten) = ("2026-01-05T09:00:00.000+0000", "2026-01-05T10:00:00.000+0000");
    let exchange = Exchange::with(&[
        (200, json!({ "issues": [issue("10044", "TECH-9", ten)], "isLast": false, "nextPageToken": "t\"1" })),
        (200, json!({ "issues": [issue("10042", "TECH-7", nine), issue("10043", "TECH-8", nine)], "isLast": true })),
    ]);
    let found = exchange.jira().find("hsj-abc").await.unwrap();
    let keys: Vec<String> = found.iter().map(|it| it.key.to_string()).collect();
    assert_eq!(keys, ["TECH-7", "TECH-8", "TECH-9"]);
    let mut search = json!({
        "jql": "labels = \"hsj-abc\" ORDER BY created ASC",
        "fields": ["summary", "status", "labels", "created"],
        "properties": ["hs-escalation"],
        "maxResults": 50,
    });
    let seen = exchange.seen();
    assert_eq!((seen[0].line.as_str(), &seen[0].body), ("POST /rest/api/3/search/jql", &search));
    search["nextPageToken"] = json!("t\"1");
    assert_eq!(seen[1].body, search);
}

#[tokio::test]
async fn a_search_is_only_for_what_it_says() {
    let exchange = Exchange::with(&[(200, json!({ "issues": [] }))]);
    let found = exchange.jira().find("a\\\" OR labels is not EMPTY").await.unwrap();
    assert!(found.is_empty());
    let jql = r#"labels = "a\\\"-OR-labels-is-not-EMPTY" ORDER BY created ASC"#;
    assert_eq!(exchange.seen()[0].body["jql"], jql);
}

#[tokio::test]
async fn what_a_search_tells_too_little_of_is_read_anew() {
    let at = "2026-01-05T09:00:00.000+0000";
    for (hit, called) in [(json!({ "id": 10042 }), "10042"), (json!({ "key": "TECH-7" }), "TECH-7")] {
        let exchange = Exchange::with(&[
            (200, json!({ "issues": [hit], "isLast": true, "nextPageToken": "more" })),
            (200, issue("10042", "TECH-7", at)),
        ]);
        let found = exchange.jira().find("hsj-abc").await.unwrap();
        assert_eq!(found.iter().map(|it| it.key.to_string()).collect::<Vec<_>>(), ["TECH-7"]);
        let read = &exchange.lines()[1];
        assert!(read.starts_with(&format!("GET /rest/api/3/issue/{called}?")), "{read}");
    }
}

#[tokio::test]
async fn a_search_without_a_whole_answer_finds_nothing_out() {
    let refused =
        json!({ "errorMessages": ["The value 'TECH' does not exist for the field 'project'."], "errors": {} });
    let nameless = json!({ "issues": [{}] });
    let exchange = Exchange::with(&[(400, refused), (200, nameless), (200, json!({})), (200, json!("<html>"))]);
    let denied = exchange.jira().find("hsj-abc").await;
    assert!(matches!(denied, Err(Fault::Denied { .. })), "{denied:?}");
    for _ in 0..3 {
        let unread = exchange.jira().find("hsj-abc").await;
        assert!(matches!(unread, Err(Fault::Unknown { .. })), "{unread:?}");
    }
    let endless = (200, json!({ "issues": [], "nextPageToken": "again" }));
    let exchange = Exchange::with(&vec![endless; 20]);
    let endless = exchange.jira().find("hsj-abc").await;
    assert!(matches!(endless, Err(Fault::Unknown { .. })), "{endless:?}");
    assert_eq!(exchange.seen().len(), 10);
}

fn remote_link<'a>(global_id: &'a str, url: &'a str, title: &'a str) -> RemoteLink<'a> {
    let (summary, relationship) = ("escalation 2\nof this ticket", "escalated from");
    RemoteLink { global_id, url, title, summary, relationship, resolved: false }
}

#[tokio::test]
async fn a_link_leads_back_to_the_ticket() {
    let exchange = Exchange::with(&[(201, json!({ "id": 1, "self": "x" })), (200, json!({ "id": 1 }))]);
    let (jira, url) = (exchange.jira(), "https://app.hubspot.com/contacts/12/record/0-5/42");
    for title in ["Ticket 42", " "] {
        jira.link(&key("TECH-7"), &remote_link("hubspot:12:42", url, title)).await.unwrap();
    }
    let body = |title: &str| {
        json!({
            "globalId": "hubspot:12:42",
            "application": { "type": "com.hubspot", "name": "HubSpot" },
            "relationship": "escalated from",
            "object": {
                "url": url, "title": title, "summary": "escalation 2 of this ticket", "status": { "resolved": false },
            },
        })
    };
    let seen = exchange.seen();
    assert_eq!(seen[0].line, "POST /rest/api/3/issue/TECH-7/remotelink");
    assert_eq!([&seen[0].body, &seen[1].body], [&body("Ticket 42"), &body(url)]);
}

#[tokio::test]
async fn a_link_that_is_none_is_refused_before_it_is_sent() {
    let exchange = Exchange::with(&[]);
    let long = "x".repeat(256);
    for (id, url) in [("", "https://a.example"), (long.as_str(), "https://a.example"), ("x", "javascript:alert(1)")] {
        let ended = exchange.jira().link(&key("TECH-7"), &remote_link(id, url, "t")).await;
        assert!(matches!(ended, Err(Fault::Refused { .. })), "{ended:?}");
    }
    assert!(exchange.seen().is_empty());
}

#[tokio::test]
async fn links_without_an_id_are_other_peoples() {
    let links = json!([{ "id": 1, "globalId": "hubspot:12:42", "object": {} }, { "id": 2 }, { "globalId": null }]);
    let exchange = Exchange::with(&[(200, links)]);
    assert_eq!(exchange.jira().links(&key("TECH-7")).await.unwrap(), ["hubspot:12:42"]);
    assert_eq!(exchange.lines(), ["GET /rest/api/3/issue/TECH-7/remotelink"]);
}

#[tokio::test]
async fn a_comment_is_internal_and_carries_its_marker() {
    let exchange = Exchange::with(&[(201, json!({ "id": "77" })), no_text(), (201, json!({ "id": 78 }))]);
    let comment = async || exchange.jira().comment(&key("TECH-7"), &[paragraph(DESCRIPTION)], "hsj-c").await.unwrap();
    assert_eq!(comment().await, CommentId("77".to_owned()));
    assert_eq!(comment().await, CommentId("78".to_owned()), "where Jira cannot read it, as plain text");
    let expected = json!({
        "body": description(),
        "properties": [
            { "key": "hs-escalation", "value": { "marker": "hsj-c" } },
            { "key": "sd.public.comment", "value": { "internal": true } },
        ],
    });
    let seen = exchange.seen();
    assert_eq!((seen[0].line.as_str(), &seen[0].body), ("POST /rest/api/3/issue/TECH-7/comment", &expected));
    assert_eq!(seen.len(), 3);
}

#[tokio::test]
async fn a_comment_is_found_among_those_of_others() {
    let other = json!({ "id": "1", "properties": [{ "key": "other", "value": { "marker": "hsj-c" } }] });
    let ours = json!({ "id": "3", "properties": [{ "key": "x" }, { "key": "hs-escalation", "value": { "marker": "hsj-c" } }] });
    let first = (200, json!({ "comments": [other, { "id": "2" }, { "id": "4", "properties": null }], "total": 4 }));
    let none = (200, json!({ "comments": [], "total": 3 }));
    let exchange = Exchange::with(&[first.clone(), (200, json!({ "comments": [ours] })), first, none]);
    let find = async || exchange.jira().find_comment(&key("TECH-7"), "hsj-c").await.unwrap();
    assert_eq!(find().await, Some(CommentId("3".to_owned())));
    assert_eq!(find().await, None);
    let page = |start| {
        format!(
            "GET /rest/api/3/issue/TECH-7/comment?startAt={start}&maxResults=100&orderBy=-created&expand=properties"
        )
    };
    assert_eq!(exchange.lines(), [page(0), page(3), page(0), page(3)]);
}

#[tokio::test]
async fn an_issue_moves_by_its_own_transitions() {
    let known = json!({ "transitions": [
        { "id": "31", "name": "Ship", "to": { "name": "Shipped", "statusCategory": { "key": "done" } } },
        { "id": 11, "name": null, "to": null },
    ] });
    let exchange = Exchange::with(&[(200, known), (204, Value::Null), (409, json!({})), (500, json!({}))]);
    let (jira, key) = (exchange.jira(), key("TECH-7"));
    let transition = |id: &str, name: &str, to: &str, is_done| Transition {
        id: id.to_owned(),
        name: name.to_owned(),
        to: to.to_owned(),
        is_done,
    };
    let expected = [transition("31", "Ship", "Shipped", true), transition("11", "", "", false)];
    assert_eq!(jira.transitions(&key).await.unwrap(), expected);
    jira.transition(&key, "31").await.unwrap();
    assert_eq!(exchange.seen()[1].body, json!({ "transition": { "id": "31" } }));
    assert!(matches!(jira.transition(&key, "31").await, Err(Fault::NotNow { .. })));
    assert!(matches!(jira.transition(&key, "31").await, Err(Fault::Unknown { .. })));
    assert_eq!(exchange.seen().len(), 4, "sent once each");
}

fn types() -> (u16, Value) {
    (200, json!({ "issueTypes": [{ "id": "1", "name": "Bug" }, { "id": "2", "name": "Task" }], "total": 2 }))
}

fn field(id: &str, name: &str, required: bool) -> Value {
    json!({ "fieldId": id, "key": id, "name": name, "required": required, "hasDefaultValue": id == "priority" })
}

#[tokio::test]
async fn a_create_screen_is_read_page_by_page_and_kept_for_an_hour() {
    let first = (
        200,
        json!({ "fields": [field("summary", "Summary", true), field("priority", "Priority", true)], "total": 3 }),
    );
    let second = (200, json!({ "results": [{ "key": "customfield_1", "name": "Team" }], "total": 3 }));
    let exchange = Exchange::with(&[types(), first.clone(), second.clone(), types(), first, second]);
    let jira = exchange.jira();
    let screen = jira.fields("TECH", "bug", now()).await.unwrap();
    let field = |id: &str, name: &str, is_required, has_default| Field {
        id: id.to_owned(),
        name: name.to_owned(),
        is_required,
        has_default,
        values: Vec::new(),
    };
    let fields = vec![
        field("summary", "Summary", true, false),
        field("priority", "Priority", true, true),
        field("customfield_1", "Team", false, true),
    ];
    assert_eq!(screen, IssueType { id: "1".to_owned(), fields });
    let page = |path: &str, start| {
        format!("GET /rest/api/3/issue/createmeta/TECH/issuetypes{path}?startAt={start}&maxResults=200")
    };
    assert_eq!(exchange.lines(), [page("", 0), page("/1", 0), page("/1", 2)]);
    let hour = |minutes| now() + jiff::SignedDuration::from_mins(minutes);
    assert_eq!(jira.clone().fields("TECH", "bug", hour(59)).await.unwrap(), screen);
    assert_eq!(exchange.lines().len(), 3);
    jira.fields("TECH", "bug", hour(60)).await.unwrap();
    assert_eq!(exchange.lines().len(), 6);
}

#[tokio::test]
async fn a_refused_create_names_its_fields_and_reads_the_screen_anew() {
    let fields = || (200, json!({ "fields": [field("customfield_1", "Team", true)], "total": 1 }));
    let refused = json!({ "errors": { "customfield_1": "Field 'customfield_1' is required" } });
    let exchange = Exchange::with(&[types(), fields(), (400, refused), types(), fields()]);
    let jira = exchange.jira();
    jira.fields("TECH", "Bug", now()).await.unwrap();
    let refused = create(&jira, "Bug", json!({})).await.unwrap_err();
    assert_eq!(refused.to_string(), "Jira wants *Team*");
    jira.fields("TECH", "Bug", now()).await.unwrap();
    assert_eq!(exchange.lines().len(), 5);
}

#[tokio::test]
async fn an_issue_type_is_known_by_each_of_its_names() {
    let fehler = json!({ "issueTypes": [{ "id": "1", "name": "Fehler", "untranslatedName": "Bug" }], "total": 1 });
    for name in ["Fehler", "bug", "1"] {
        let exchange = Exchange::with(&[(200, fehler.clone()), (200, json!({ "fields": [], "total": 0 }))]);
        assert_eq!(exchange.jira().fields("TECH", name, now()).await.unwrap().id, "1", "{name}");
    }
}

#[tokio::test]
async fn an_unknown_issue_type_or_project_is_named() {
    let gone = json!({ "errorMessages": ["No project could be found with key 'TECH'."], "errors": {} });
    let exchange = Exchange::with(&[types(), (200, json!({ "issueTypes": [], "total": 0 })), (404, gone)]);
    let jira = exchange.jira();
    let refused = async |issue_type: &str| jira.fields("TECH", issue_type, now()).await.unwrap_err();
    assert_snapshot!(refused("Incident").await, @"TECH has no issue type *Incident*; it has *Bug*, *Task*");
    assert_snapshot!(refused("Incident").await, @"outcome unknown: we may not create issues in TECH, or it has no issue types");
    assert_snapshot!(refused("Incident").await, @"there is no project TECH, or we may not see it");
}

#[tokio::test]
async fn a_project_of_any_name_is_one_segment() {
    let exchange = Exchange::with(&[types(), (200, json!({ "fields": [], "total": 0 }))]);
    exchange.jira().fields("../x?y#z/", "1", now()).await.unwrap();
    let segment = "%252E%252E%2Fx%3Fy%23z%2F";
    assert!(exchange.lines()[1].starts_with(&format!("GET /rest/api/3/issue/createmeta/{segment}/issuetypes/1?")));
}

#[tokio::test]
async fn we_are_somebody() {
    let myself = json!({ "accountId": "5b10", "displayName": "Escalation bot", "active": true, "groups": {} });
    let exchange = Exchange::with(&[(200, myself), (401, json!("")), (200, json!({ "accountId": "5b10" }))]);
    let expected = Myself { account_id: "5b10".to_owned(), display_name: "Escalation bot".to_owned(), active: true };
    assert_eq!(exchange.jira().myself().await, Ok(expected));
    assert_snapshot!(exchange.jira().myself().await.unwrap_err(), @"Jira does not know us (401): check JIRA_EMAIL and JIRA_API_TOKEN: a token lives for a year at most, and a scoped or service-account token works only with https://api.atlassian.com/ex/jira/{cloudId} as JIRA_BASE_URL");
    assert_eq!(exchange.jira().myself().await.unwrap().display_name, "");
}

#[tokio::test]
async fn a_base_may_have_a_path() {
    let exchange = Exchange::with(&[(401, json!({ "code": 401, "message": "Unauthorized; scope does not match" }))]);
    let base = format!("{}/ex/jira/1324a887/", exchange.base);
    let jira = Jira::new(Http::new(), &base, "bot@example.com", SecretString::from("canary"));
    assert_snapshot!(jira.myself().await.unwrap_err(), @"Jira does not know us (401): check JIRA_EMAIL and JIRA_API_TOKEN: a token lives for a year at most, and needs the scopes read:jira-work, write:jira-work and read:jira-user");
    assert_eq!(exchange.lines(), ["GET /ex/jira/1324a887/rest/api/3/myself"]);
}

#[test]
fn the_token_is_not_in_any_text_of_a_request() {
    let jira = Jira::new(Http::new(), "http://127.0.0.1:1/", "bot@example.com", SecretString::from("canary"));
    let request = jira.request(Method::POST, &["issue", "TECH-1"]);
    let shown = format!("{request:?}");
    assert!(!shown.contains("canary") && !shown.contains(&STANDARD.encode("bot@example.com:canary")), "{shown}");
    assert_eq!(request.build().unwrap().url().as_str(), "http://127.0.0.1:1/rest/api/3/issue/TECH-1");
}

/// No `from_env` lets it through; should one do, the process must not end for it.
#[tokio::test]
async fn a_request_that_cannot_be_built_is_not_sent_and_says_so() {
    let jira = Jira::new(Http::new(), "acme.atlassian.net", "bot@example.com", SecretString::from("canary"));
    let fault = jira.myself().await.unwrap_err();
    assert!(matches!(&fault, Fault::NotSent { .. }) && !fault.to_string().contains("canary"), "{fault}");
}

fn configured(base: &str, email: &str, token: Option<&str>) -> Result<String, String> {
    let token = token.map(SecretString::from).ok_or_else(|| anyhow::anyhow!("JIRA_API_TOKEN is not set"));
    let jira = Jira::configured(&Http::new(), base, email, token);
    jira.map(|it| it.base).map_err(|it| it.to_string())
}

#[test]
fn everything_that_is_not_configured_is_named_at_once() {
    assert_snapshot!(configured("", "", None).unwrap_err(), @"JIRA_BASE_URL is not set; it is a URL such as https://acme.atlassian.net, or https://api.atlassian.com/ex/jira/{cloudId} for a scoped token; JIRA_EMAIL is not set; it is the address of the account that the token belongs to; JIRA_API_TOKEN is not set");
    assert_snapshot!(configured("acme.atlassian.net", "bot", Some("canary")).unwrap_err(), @"JIRA_BASE_URL is not a URL such as https://acme.atlassian.net, or https://api.atlassian.com/ex/jira/{cloudId} for a scoped token; JIRA_EMAIL is not an e-mail address");
    assert_snapshot!(configured("https://api.atlassian.com", "a:b@example.com", Some("canary")).unwrap_err(), @"JIRA_BASE_URL names no cloud id; it is a URL such as https://acme.atlassian.net, or https://api.atlassian.com/ex/jira/{cloudId} for a scoped token; JIRA_EMAIL is not an e-mail address");
    assert_snapshot!(configured("https://acme.atlassian.net/rest/api/3", "bot@example.com", Some("canary")).unwrap_err(), @"JIRA_BASE_URL holds more than the site; it is a URL such as https://acme.atlassian.net, or https://api.atlassian.com/ex/jira/{cloudId} for a scoped token");
}

#[test]
fn both_kinds_of_address_are_taken() {
    let taken = |base: &str| configured(base, "bot@example.com", Some("canary")).unwrap();
    assert_eq!(taken("https://acme.atlassian.net/"), "https://acme.atlassian.net");
    let cloud = "https://api.atlassian.com/ex/jira/1324a887-45db-1bf4-1e99-ef0ff456d421";
    assert_eq!((taken(cloud), taken(&format!("{cloud}/"))), (cloud.to_owned(), cloud.to_owned()));
    assert_eq!(taken("http://127.0.0.1:4010/ex/jira/x"), "http://127.0.0.1:4010/ex/jira/x");
    for none in [
        "https://api.atlassian.com/ex/jira/",
        "https://api.atlassian.com/ex/jira/{cloudId}",
        "https://user:canary@acme.atlassian.net",
        "https://acme.atlassian.net?x=1",
        "ftp://acme.atlassian.net",
    ] {
        let refused = configured(none, "bot@example.com", Some("canary")).unwrap_err();
        assert!(refused.contains("JIRA_BASE_URL") && !refused.contains("canary"), "{refused}");
    }
}
