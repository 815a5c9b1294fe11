//! What Jira is given to read: word for word, and by its properties for whatever people write.

use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::procedure::message::{bold, code, plain, small};

/// Jira's limit, less what is kept for another way of counting.
const LIMIT: usize = 30_000;

const MORE: (&str, &str) = ("The rest stands in HubSpot", "https://app.hubspot.com/contacts/1/record/0-5/42");

fn link(text: &str, url: &str) -> Span {
    Span::Link { text: text.to_owned(), url: url.to_owned() }
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(vec![plain(text)])
}

fn sent(text: &[Block]) -> Value {
    json!(Document::of(text, Some(MORE)))
}

fn sent_plain(text: &[Block]) -> Value {
    json!(Document::plain(text, Some(MORE)))
}

fn content(document: &Value) -> &Vec<Value> {
    document["content"].as_array().unwrap()
}

/// A node a line.
fn shown(document: &Value) -> String {
    content(document).iter().map(Value::to_string).collect::<Vec<_>>().join("\n")
}

/// The text of a node, a break as a line end.
fn text(node: &Value) -> String {
    let inline = |it: &Value| it["text"].as_str().unwrap_or("\n").to_owned();
    node["content"].as_array().unwrap().iter().map(inline).collect()
}

fn words(document: &Value) -> Vec<String> {
    content(document).iter().map(text).collect()
}

fn mention() -> Span {
    let (name, email) = ("Maya Lind".to_owned(), "maya@example.com".to_owned());
    Span::Mention { user_id: 7, name, email, slack: Some("U0MAYA".to_owned()) }
}

#[test]
fn a_text_is_headings_and_paragraphs_of_text() {
    let text = [
        Block::Paragraph(vec![link("Ticket 42", "https://example.com/?a=1&b=2"), plain(", escalation 1")]),
        heading("Required to\nResolve"),
        Block::Paragraph(vec![bold("Refund"), plain(": <b>R&D</b>\r\n[~maya] @all {code}"), code("  x = 1 ")]),
        Block::Paragraph(vec![mention(), small(" reported it")]),
    ];
    assert_snapshot!(shown(&sent(&text)), @r#"
    {"content":[{"marks":[{"attrs":{"href":"https://example.com/?a=1&b=2"},"type":"link"}],"text":"Ticket 42","type":"text"},{"text":", escalation 1","type":"text"}],"type":"paragraph"}
    {"attrs":{"level":3},"content":[{"text":"Required to Resolve","type":"text"}],"type":"heading"}
    {"content":[{"marks":[{"type":"strong"}],"text":"Refund","type":"text"},{"text":": <b>R&D</b>","type":"text"},{"type":"hardBreak"},{"text":"[~maya] @all {code}","type":"text"},{"marks":[{"type":"code"}],"text":"  x = 1 ","type":"text"}],"type":"paragraph"}
    {"content":[{"text":"Maya Lind","type":"text"},{"text":" reported it","type":"text"}],"type":"paragraph"}
    "#);
    assert_snapshot!(shown(&sent_plain(&text)), @r#"
    {"content":[{"text":"Ticket 42 (https://example.com/?a=1&b=2), escalation 1","type":"text"}],"type":"paragraph"}
    {"content":[{"text":"Required to Resolve","type":"text"}],"type":"paragraph"}
    {"content":[{"text":"Refund: <b>R&D</b>","type":"text"}],"type":"paragraph"}
    {"content":[{"text":"[~maya] @all {code}  x = 1 ","type":"text"}],"type":"paragraph"}
    {"content":[{"text":"Maya Lind reported it","type":"text"}],"type":"paragraph"}
    "#);
    assert_eq!(sent(&text)["type"], "doc");
    assert_eq!(sent(&text)["version"], 1);
}

#[test]
fn nothing_to_see_is_no_node() {
    let text = [heading(" \n"), paragraph(""), paragraph(" \n\u{0}"), Block::Paragraph(Vec::new())];
    let empty = json!({ "type": "doc", "version": 1, "content": [] });
    assert_eq!((sent(&text), sent_plain(&text)), (empty.clone(), empty));
}

#[test]
fn control_characters_are_dropped_and_line_ends_are_breaks() {
    assert_eq!(words(&sent(&[paragraph("a\u{0}\u{7}b\u{202e}c\r\nd\re\u{2028}f\u{fffe}\tg")])), ["abc\nd\ne\nf\tg"]);
    assert_eq!(words(&sent_plain(&[paragraph("a\u{0}\u{7}b\r\n\r\nc")])), ["ab", "c"]);
}

#[test]
fn a_link_that_is_unsafe_is_text() {
    for unsafe_address in ["javascript:alert(1)", "data:text/html,x", "", "ftp://a.example", "https://a.example/\u{0}"]
    {
        let text = [Block::Paragraph(vec![link("Open", unsafe_address)])];
        assert_eq!(sent(&text), sent(&[paragraph("Open")]), "{unsafe_address}");
        assert_eq!(sent_plain(&text), sent(&[paragraph("Open")]), "{unsafe_address}");
    }
    let bare = sent(&[Block::Paragraph(vec![link(" ", "mailto:a@b.example")])]);
    assert_eq!(words(&bare), ["mailto:a@b.example"]);
}

#[test]
fn a_long_point_loses_its_end_and_the_others_nothing() {
    let text = [
        paragraph("Ticket 42"),
        heading("Issue"),
        paragraph("x".repeat(65_536)),
        heading("Investigated"),
        paragraph("y".repeat(2_000)),
        heading("Blocker"),
        paragraph("z".repeat(40_000)),
        paragraph("What happens next"),
    ];
    let sent = sent(&text);
    let words = words(&sent);
    let (x, z) = (words[2].strip_suffix('…').unwrap(), words[6].strip_suffix('…').unwrap());
    assert!(x.len() > 13_000 && x.len() == z.len(), "{} {}", x.len(), z.len());
    assert_eq!((words[4].len(), words[7].as_str(), words[8].as_str()), (2_000, "What happens next", MORE.0));
    assert_eq!(content(&sent)[8]["content"][0]["marks"], json!([{ "type": "link", "attrs": { "href": MORE.1 } }]));
    let size = sent.to_string().len();
    assert!((29_500..LIMIT).contains(&size), "{size}");
}

#[test]
fn among_many_paragraphs_every_heading_keeps_some() {
    let points = ["Issue", "Investigated", "Action Taken", "Blocker", "Required to Resolve"];
    let text: Vec<Block> = points
        .into_iter()
        .flat_map(|it| std::iter::once(heading(it)).chain((0..2_000).map(|line| paragraph(format!("line {line}")))))
        .collect();
    for sent in [sent(&text), sent_plain(&text)] {
        let words = words(&sent);
        let size = sent.to_string().len();
        assert!((28_000..LIMIT).contains(&size), "{size}");
        assert!(words.concat().contains("line 100"), "{words:?}");
        assert!(words.last().unwrap().starts_with(MORE.0));
    }
    let all = words(&sent(&text));
    for (index, point) in points.into_iter().enumerate() {
        assert_eq!(all[2 * index], point);
        let text = &all[2 * index + 1];
        assert!(text.starts_with("line 0\nline 1\n") && text.ends_with('…') && text.len() > 700, "{text}");
    }
}

#[test]
fn more_headings_than_fit_end_with_the_link() {
    let text: Vec<Block> = (0..500).flat_map(|_| [heading(&"h".repeat(250)), paragraph("x".repeat(1_000))]).collect();
    let sent = sent(&text);
    let size = sent.to_string().len();
    assert!((28_000..LIMIT).contains(&size), "{size}");
    assert_eq!(words(&sent).last().unwrap(), MORE.0);
}

#[test]
fn without_a_link_a_cut_is_marked() {
    let sent = json!(Document::of(&[paragraph("x".repeat(65_536))], None));
    assert_eq!(words(&sent)[1..], ["…"]);
}

#[test]
fn half_a_link_is_none() {
    let url = format!("https://example.com/{}", "u".repeat(1_900));
    let long = Block::Paragraph(vec![plain("x".repeat(28_500)), link("Open", &url), plain("after")]);
    let sent = sent(&[long]);
    let paragraph = content(&sent)[0]["content"].as_array().unwrap();
    assert_eq!(paragraph[1..], [json!({ "type": "text", "text": "…" })]);
}

fn hostile() -> impl Strategy<Value = String> {
    up_to(9_000)
}

fn up_to(longest: usize) -> impl Strategy<Value = String> {
    let mean = prop::sample::select(vec![
        "\"",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "\u{0}",
        "\u{1b}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{fffe}",
        "é",
        "e\u{301}",
        "🚨",
        "👩\u{200d}👩\u{200d}👧",
        "漢",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        "&",
        "@all",
        "[~id]",
        "",
        " ",
        "{\"type\":\"mention\"}",
        "!image.png!",
        "https://evil.example",
    ]);
    let piece = prop_oneof![3 => mean.prop_map(str::to_owned), 1 => "\\PC{0,20}", 1 => any::<String>()];
    (prop::collection::vec(piece, 0..8), prop_oneof![9 => 1_usize..20, 1 => 1_usize..3_000])
        .prop_map(move |(pieces, times)| pieces.concat().repeat(times).chars().take(longest).collect())
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof!["https://example\\.com/[!-~]{0,40}", "mailto:[a-z]{1,9}@a\\.example", hostile()]
}

fn span(longest: usize) -> impl Strategy<Value = Span> {
    let text = move || up_to(longest);
    prop_oneof![
        text().prop_map(Span::Plain),
        text().prop_map(Span::Bold),
        text().prop_map(Span::Code),
        text().prop_map(Span::Small),
        (text(), url()).prop_map(|(text, url)| Span::Link { text, url }),
        text().prop_map(|name| Span::Mention { user_id: 7, name, email: String::new(), slack: None }),
    ]
}

fn block(longest: usize) -> impl Strategy<Value = Block> {
    prop_oneof![
        1 => up_to(longest).prop_map(Block::Heading),
        3 => prop::collection::vec(span(longest), 0..5).prop_map(Block::Paragraph),
    ]
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let long = prop::collection::vec(block(9_000), 0..8);
    let many = (prop::collection::vec(block(50), 1..6), 1_usize..300)
        .prop_map(|(some, times)| some.iter().cycle().take(some.len() * times).cloned().collect());
    prop_oneof![3 => long, 1 => many]
}

#[track_caller]
fn keys(value: &Value, allowed: &[&str]) {
    let object = value.as_object().unwrap();
    assert!(object.keys().all(|it| allowed.contains(&it.as_str())), "{value}");
}

/// Only what the schema has, and no text that is empty.
#[track_caller]
fn assert_document(document: &Value) {
    keys(document, &["type", "version", "content"]);
    assert_eq!((&document["type"], &document["version"]), (&json!("doc"), &json!(1)));
    for node in content(document) {
        match node["type"].as_str().unwrap() {
            "heading" => {
                keys(node, &["type", "attrs", "content"]);
                assert_eq!(node["attrs"], json!({ "level": 3 }));
            }
            "paragraph" => keys(node, &["type", "content"]),
            other => panic!("{other}"),
        }
        node["content"].as_array().unwrap().iter().for_each(assert_inline);
    }
    let size = document.to_string().len();
    assert!(size < LIMIT, "{size}");
}

#[track_caller]
fn assert_inline(inline: &Value) {
    if inline["type"] == "hardBreak" {
        return keys(inline, &["type"]);
    }
    keys(inline, &["type", "text", "marks"]);
    assert_eq!(inline["type"], "text");
    let text = inline["text"].as_str().unwrap();
    assert!(!text.is_empty());
    assert!(!text.contains(|it: char| it != '\t' && it.is_control()), "{text:?}");
    for mark in inline["marks"].as_array().into_iter().flatten() {
        if mark["type"] == "link" {
            keys(mark, &["type", "attrs"]);
            keys(&mark["attrs"], &["href"]);
            let href = mark["attrs"]["href"].as_str().unwrap().to_lowercase();
            assert!(["http:", "https:", "mailto:"].iter().any(|it| href.starts_with(it)), "{href}");
        } else {
            assert!(mark == &json!({ "type": "strong" }) || mark == &json!({ "type": "code" }), "{mark}");
        }
    }
    assert!(inline.get("marks").is_none_or(|it| it.as_array().is_some_and(|it| it.len() == 1)), "code goes alone");
}

/// The letters and digits of a text, in order: what is dropped or turned is none of them.
fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_written_makes_a_document_that_jira_takes(text in blocks(), more in (hostile(), url())) {
        assert_document(&json!(Document::of(&text, Some((&more.0, &more.1)))));
        let plain = json!(Document::plain(&text, Some((&more.0, &more.1))));
        assert_document(&plain);
        for node in content(&plain) {
            prop_assert_eq!(&node["type"], "paragraph");
            prop_assert!(node["content"].as_array().unwrap().iter().all(|it| it.get("marks").is_none()));
        }
    }

    #[test]
    fn what_fits_is_there_in_its_order(text in prop::collection::vec(hostile(), 0..6)) {
        let text: Vec<String> = text.into_iter().map(|it| it.chars().take(700).collect()).collect();
        let expected: String = text.iter().map(|it| letters(it)).collect();
        let blocks: Vec<Block> = text.into_iter().map(paragraph).collect();
        prop_assert_eq!(letters(&words(&sent(&blocks)).concat()), expected.clone());
        prop_assert_eq!(letters(&words(&sent_plain(&blocks)).concat()), expected);
    }

    #[test]
    fn what_is_cut_is_the_beginning_of_what_was_there(text in hostile(), times in 1_usize..200) {
        let text = text.repeat(times);
        let sent = sent(&[heading("Issue"), paragraph(text.clone())]);
        let words = words(&sent);
        let shown = words.get(1).cloned().unwrap_or_default();
        prop_assert!(letters(&text).starts_with(&letters(&shown)));
        if words.len() > 2 {
            prop_assert!(shown.ends_with('…'));
            prop_assert!(sent.to_string().len() > LIMIT - 1_000, "cut to {}", sent.to_string().len());
        }
    }
}
