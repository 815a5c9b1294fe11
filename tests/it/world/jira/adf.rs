//! Which documents Jira takes, and that Atlassian's own schema agrees.

use sandbox::world::contract::Contract;
use sandbox::world::jira::adf::{self, Wrong};
use serde_json::{Value, json};

use super::{Stage, bug, doc, paragraph, text};

fn marked(marks: Value) -> Value {
    json!({ "type": "text", "text": "a", "marks": marks })
}

fn node(kind: &str, content: Value) -> Value {
    json!({ "type": kind, "content": content })
}

fn with(kind: &str, attributes: Value, content: Value) -> Value {
    json!({ "type": kind, "attrs": attributes, "content": content })
}

fn plain() -> Value {
    paragraph(json!([text("a")]))
}

fn heading() -> Value {
    with("heading", json!({ "level": 2 }), json!([text("x")]))
}

fn panel(content: Value) -> Value {
    with("panel", json!({ "panelType": "info" }), content)
}

fn table(cell: Value) -> Value {
    node("table", json!([node("tableRow", json!([node("tableHeader", json!([plain()])), node("tableCell", cell)]))]))
}

fn list(item: Value) -> Value {
    node("bulletList", json!([node("listItem", json!([item]))]))
}

fn taken() -> Vec<Value> {
    let link = json!({ "type": "link", "attrs": { "href": "https://x.example", "title": "t" } });
    let lone = |kind: &str, attributes: Value| paragraph(json!([{ "type": kind, "attrs": attributes }]));
    vec![
        plain(),
        paragraph(json!([])),
        json!({ "type": "paragraph" }),
        paragraph(json!([text("a"), { "type": "hardBreak" }, text("b")])),
        paragraph(json!([
            marked(json!([{ "type": "code" }, link])),
            marked(json!([{ "type": "strong" }, { "type": "em" }]))
        ])),
        paragraph(json!([marked(json!([{ "type": "textColor", "attrs": { "color": "#97a0AF" } }]))])),
        heading(),
        list(plain()),
        list(list(plain())),
        with("orderedList", json!({ "order": 3 }), json!([node("listItem", json!([plain()]))])),
        panel(json!([plain(), heading(), { "type": "rule" }])),
        table(json!([plain(), panel(json!([plain()]))])),
        node("expand", json!([table(json!([plain()]))])),
        with(
            "expand",
            json!({ "title": "Raw log" }),
            json!([with("codeBlock", json!({ "language": "text" }), json!([text("a\nb")]))]),
        ),
        node("blockquote", json!([plain(), list(plain())])),
        lone("mention", json!({ "id": "5b10", "text": "@Dana", "accessLevel": "" })),
        lone("status", json!({ "text": "URGENT", "color": "red" })),
        lone("date", json!({ "timestamp": "1767607200000" })),
        lone("inlineCard", json!({ "url": "https://x.example" })),
        lone("emoji", json!({ "shortName": ":fire:" })),
    ]
}

fn refused() -> Vec<Value> {
    let lone = |kind: &str, attributes: Value| paragraph(json!([{ "type": kind, "attrs": attributes }]));
    let code = |content: Value| node("codeBlock", content);
    vec![
        text("a"),
        paragraph(json!([text("")])),
        paragraph(json!([plain()])),
        paragraph(json!([marked(json!([{ "type": "code" }, { "type": "strong" }]))])),
        paragraph(json!([marked(json!([{ "type": "bold" }]))])),
        paragraph(json!([marked(json!([{ "type": "link" }]))])),
        paragraph(json!([marked(
            json!([{ "type": "link", "attrs": { "href": "https://x.example", "target": "_blank" } }])
        )])),
        paragraph(json!([marked(json!([{ "type": "strong", "attrs": {} }]))])),
        paragraph(json!([marked(json!([{ "type": "textColor", "attrs": { "color": "red" } }]))])),
        json!({ "type": "paragraph", "attrs": { "foo": 1 }, "content": [text("a")] }),
        json!({ "type": "paragraph", "style": "x" }),
        json!({ "type": "text", "text": "a", "attrs": {} }),
        with("heading", json!({ "level": 7 }), json!([text("x")])),
        with("heading", json!({ "level": 0 }), json!([text("x")])),
        node("heading", json!([text("x")])),
        node("bulletList", json!([])),
        node("bulletList", json!([plain()])),
        list(heading()),
        list(panel(json!([plain()]))),
        list(table(json!([plain()]))),
        list(node("blockquote", json!([plain()]))),
        with("orderedList", json!({ "order": -1 }), json!([node("listItem", json!([plain()]))])),
        node("panel", json!([plain()])),
        with("panel", json!({ "panelType": "danger" }), json!([plain()])),
        panel(json!([])),
        panel(json!([table(json!([plain()]))])),
        panel(json!([panel(json!([plain()]))])),
        panel(json!([node("expand", json!([plain()]))])),
        table(json!([])),
        table(json!([table(json!([plain()]))])),
        table(json!([node("expand", json!([plain()]))])),
        node("table", json!([])),
        node("blockquote", json!([heading()])),
        node("expand", json!([node("expand", json!([plain()]))])),
        code(json!([marked(json!([{ "type": "strong" }]))])),
        code(json!([{ "type": "hardBreak" }])),
        lone("mention", json!({ "text": "@Dana" })),
        lone("status", json!({ "text": "", "color": "red" })),
        lone("status", json!({ "text": "x", "color": "orange" })),
        lone("date", json!({ "timestamp": 1_767_607_200_000_u64 })),
        lone("inlineCard", json!({})),
        json!({ "type": "rule", "content": [] }),
        json!({ "type": "image" }),
        json!("words"),
    ]
}

/// What Atlassian's schema says, where it is at hand.
fn official(document: &Value) -> Option<bool> {
    Contract::of_process()?.takes_text("jira", document)
}

#[test]
fn a_document_is_taken_by_the_rules_of_its_nodes() {
    for block in taken() {
        let document = doc(json!([block]));
        assert_eq!(adf::check(&document), Ok(()), "{document}");
        assert_ne!(official(&document), Some(false), "{document}");
    }
    for block in refused() {
        let document = doc(json!([block]));
        assert!(matches!(adf::check(&document), Err(Wrong::Malformed(_))), "{document}");
        assert_ne!(official(&document), Some(true), "{document}");
    }
    assert_eq!(adf::check(&doc(json!([]))), Ok(()));
}

#[test]
fn a_document_is_an_object_that_says_so_and_has_a_version() {
    for other in [json!("words"), json!(null), json!([]), json!({}), plain()] {
        assert_eq!(adf::check(&other), Err(Wrong::NoDocument), "{other}");
    }
    let bare = json!({ "type": "doc", "version": 1 });
    let second = json!({ "type": "doc", "version": 2, "content": [] });
    let none = json!({ "type": "doc", "content": [] });
    let odd = json!({ "type": "doc", "version": 1, "content": [], "id": 1 });
    for document in [bare, second, none, odd] {
        assert!(matches!(adf::check(&document), Err(Wrong::Malformed(_))), "{document}");
        assert_ne!(official(&document), Some(true), "{document}");
    }
}

#[test]
fn a_document_has_at_most_32767_characters_of_json() {
    let of = |length: usize| doc(json!([paragraph(json!([text(&"x".repeat(length))]))]));
    let around = of(0).to_string().len();
    assert_eq!(adf::check(&of(32_767 - around)), Ok(()));
    assert_eq!(adf::check(&of(32_768 - around)), Err(Wrong::TooLong));
}

/// The schema takes any address; a link that runs a script is still nothing to send.
#[test]
fn a_link_leads_to_the_web_or_to_a_mailbox() {
    let link =
        |href: &str| doc(json!([paragraph(json!([marked(json!([{ "type": "link", "attrs": { "href": href } }]))]))]));
    for href in ["https://x.example", "http://x.example", "mailto:dana@x.example"] {
        assert_eq!(adf::check(&link(href)), Ok(()));
    }
    for href in ["javascript:alert(1)", "x.example", "https://", "", "file:///etc/passwd"] {
        assert!(matches!(adf::check(&link(href)), Err(Wrong::Malformed(_))), "{href}");
    }
}

#[tokio::test]
async fn jira_names_neither_the_field_nor_the_rule_and_the_test_hears_both() {
    let stage = Stage::set().await;
    let create = async |description: Value| {
        let mut fields = bug("x");
        fields["description"] = description;
        stage.create(fields).await
    };
    let sentence = "Operation value must be an Atlassian Document (see the Atlassian Document Format)";
    create(json!("words")).await.wrong("description", sentence);
    create(doc(json!([paragraph(json!([text("")]))]))).await.says(400, "INVALID_INPUT");
    stage.jira_blamed("`description` is a document that Jira refuses: /doc/paragraph/text: no text");
    let long = doc(json!([paragraph(json!([text(&"x".repeat(32_767))]))]));
    let sentence = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";
    create(long).await.wrong("description", sentence);
    for (slip, said) in [("a\nb", "'\\n' in a text"), ("a\u{1}b", "'\\u{1}' in a text"), ("a\rb", "'\\r' in a text")] {
        create(doc(json!([paragraph(json!([text(slip)]))]))).await.ok(201);
        stage.jira_blamed(said);
    }
    create(doc(json!([node("codeBlock", json!([text("a\nb")])), paragraph(json!([text("a\tb")]))]))).await.ok(201);
    stage.world.finish();
}

#[test]
fn a_document_is_read_a_line_for_each_paragraph_and_break() {
    let words = doc(json!([
        heading(),
        paragraph(json!([text("a"), { "type": "hardBreak" }, marked(json!([{ "type": "strong" }]))])),
        list(plain()),
        table(json!([plain()])),
        paragraph(json!([{ "type": "mention", "attrs": { "id": "1", "text": "@Dana" } }, text(" looks.")])),
    ]));
    assert_eq!(adf::plain(&words), "x\na\na\na\na\ta\n@Dana looks.");
    assert_eq!(adf::plain(&Value::Null), "");
}

const KINDS: [&str; 21] = [
    "paragraph",
    "heading",
    "text",
    "hardBreak",
    "bulletList",
    "orderedList",
    "listItem",
    "panel",
    "table",
    "tableRow",
    "tableCell",
    "tableHeader",
    "rule",
    "codeBlock",
    "blockquote",
    "expand",
    "nestedExpand",
    "mention",
    "status",
    "date",
    "inlineCard",
];

/// The least a node of this kind is.
fn least(kind: &str) -> Value {
    match kind {
        "text" => text("a"),
        "hardBreak" | "rule" => json!({ "type": kind }),
        "heading" => heading(),
        "paragraph" | "codeBlock" => node(kind, json!([text("a")])),
        "bulletList" | "orderedList" => node(kind, json!([least("listItem")])),
        "panel" => panel(json!([plain()])),
        "table" => node(kind, json!([least("tableRow")])),
        "tableRow" => node(kind, json!([least("tableCell")])),
        "nestedExpand" => with(kind, json!({ "title": "t" }), json!([plain()])),
        "mention" => json!({ "type": kind, "attrs": { "id": "1" } }),
        "status" => json!({ "type": kind, "attrs": { "text": "x", "color": "red" } }),
        "date" => json!({ "type": kind, "attrs": { "timestamp": "1" } }),
        "inlineCard" => json!({ "type": kind, "attrs": { "url": "https://x.example" } }),
        _ => node(kind, json!([plain()])),
    }
}

/// A document with the node where its kind belongs.
fn placed(it: Value) -> Value {
    let block = match it["type"].as_str().unwrap() {
        "text" | "hardBreak" | "mention" | "status" | "date" | "inlineCard" => paragraph(json!([it])),
        "listItem" => node("bulletList", json!([it])),
        "tableRow" => node("table", json!([it])),
        "tableCell" | "tableHeader" => node("table", json!([node("tableRow", json!([it]))])),
        "nestedExpand" => node("expand", json!([it])),
        _ => it,
    };
    doc(json!([block]))
}

/// Our rules and the schema say the same of a document; what they say.
#[track_caller]
fn agreed(document: &Value) -> bool {
    let ours = adf::check(document).is_ok();
    if let Some(official) = official(document) {
        assert_eq!(ours, official, "{document}");
    }
    ours
}

#[test]
fn atlassians_schema_agrees_on_what_may_stand_in_what() {
    let mut right = 0;
    for parent in KINDS {
        assert!(agreed(&placed(least(parent))), "{parent}");
        let mut hollow = least(parent);
        hollow["content"] = json!([]);
        agreed(&placed(hollow));
        for child in KINDS {
            let mut holding = least(parent);
            holding["content"] = json!([least(child)]);
            right += usize::from(agreed(&placed(holding)));
        }
    }
    for child in KINDS {
        right += usize::from(agreed(&doc(json!([least(child)]))));
    }
    // Of 462 pairs; counted so that a rule that refuses everything cannot agree unseen.
    assert_eq!(right, 78);
}

#[test]
fn atlassians_schema_agrees_on_attributes_and_marks() {
    let values = [
        ("localId", json!("1")),
        ("level", json!(3)),
        ("level", json!("3")),
        ("panelType", json!("note")),
        ("panelType", json!("x")),
        ("title", json!("t")),
        ("title", json!(1)),
        ("order", json!(2)),
        ("order", json!(-1)),
        ("layout", json!("wide")),
        ("layout", json!("x")),
        ("width", json!(7)),
        ("width", json!("7")),
        ("isNumberColumnEnabled", json!(true)),
        ("language", json!("rust")),
        ("wrap", json!(1)),
        ("colspan", json!(2)),
        ("colwidth", json!([1, "2"])),
        ("valign", json!("top")),
        ("text", json!("x")),
        ("text", json!("")),
        ("color", json!("#12345g")),
        ("color", json!("#123456")),
        ("userType", json!("APP")),
        ("userType", json!("BOT")),
        ("id", json!(1)),
        ("timestamp", json!("")),
        ("nonsense", json!(1)),
    ];
    for kind in KINDS {
        for (name, value) in &values {
            let mut made = least(kind);
            made["attrs"][*name] = value.clone();
            agreed(&placed(made));
        }
        for marks in [json!([]), json!([{ "type": "strong" }]), json!("strong")] {
            let mut made = least(kind);
            made["marks"] = marks;
            agreed(&placed(made));
        }
    }
    let marks = ["strong", "em", "underline", "strike", "code", "link", "subsup", "textColor", "backgroundColor"];
    let mark = |kind: &str| match kind {
        "link" => json!({ "type": kind, "attrs": { "href": "https://x.example" } }),
        "subsup" => json!({ "type": kind, "attrs": { "type": "sub" } }),
        "textColor" | "backgroundColor" => json!({ "type": kind, "attrs": { "color": "#123456" } }),
        _ => json!({ "type": kind }),
    };
    for first in marks {
        for second in marks {
            agreed(&doc(json!([paragraph(json!([marked(json!([mark(first), mark(second)]))]))])));
        }
    }
}
