//! What is sent: word for word for what people write, and by its properties for what they may write.

use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::procedure::card::{Card, Link};
use crate::procedure::message::{Message, Span, bold, code, plain, small};

/// Slack's own limits.
const BLOCKS: usize = 50;
const HEADER: usize = 150;
const BLOCK: usize = 3_000;
const TOTAL: usize = 13_000;
const TEXT: usize = 4_000;

fn sent<'a>(content: impl Into<Content<'a>>) -> Value {
    let content = content.into();
    json!({ "text": text::of(content), "blocks": blocks::of(content) })
}

/// A block a line.
fn shown<'a>(content: impl Into<Content<'a>>) -> String {
    let sent = sent(content);
    let blocks = sent["blocks"].as_array().unwrap().iter().map(Value::to_string);
    std::iter::once(sent["text"].as_str().unwrap().to_owned()).chain(blocks).collect::<Vec<_>>().join("\n")
}

fn mention(slack: Option<&str>) -> Span {
    let (name, email) = ("Maya Lind".to_owned(), "maya@example.com".to_owned());
    Span::Mention { user_id: 7, name, email, slack: slack.map(str::to_owned) }
}

fn link(text: &str, url: &str) -> Span {
    Span::Link { text: text.to_owned(), url: url.to_owned() }
}

fn card() -> Card {
    let mut body = Message::of([mention(Some("U0MAYA")), plain(" a new escalation for you")]);
    body.paragraph([bold("Issue"), plain(": charged twice, R&D <order> 4711")]);
    body.paragraph([bold("Triggers"), plain(": "), code("legal threat")]);
    Card {
        title: "Escalation: Harbour Grill - Double charge".to_owned(),
        body,
        link: Some(Link { label: "Open ticket".to_owned(), url: "https://app.hubspot.com/x?a=1&b=2".to_owned() }),
        footer: Message::of([small("escalation #1 · automatic message")]),
    }
}

#[test]
fn a_card_has_a_title_a_body_a_way_to_the_ticket_and_small_print() {
    assert_snapshot!(shown(&card()), @r#"
    Escalation: Harbour Grill - Double charge
    <@U0MAYA> a new escalation for you
    Issue: charged twice, R&amp;D &lt;order&gt; 4711
    Triggers: legal threat
    <https://app.hubspot.com/x?a=1&amp;b=2|Open ticket>
    escalation #1 · automatic message
    {"text":{"emoji":false,"text":"Escalation: Harbour Grill - Double charge","type":"plain_text"},"type":"header"}
    {"elements":[{"elements":[{"type":"user","user_id":"U0MAYA"},{"text":" a new escalation for you","type":"text"},{"text":"\n","type":"text"},{"style":{"bold":true},"text":"Issue","type":"text"},{"text":": charged twice, R&D <order> 4711","type":"text"},{"text":"\n","type":"text"},{"style":{"bold":true},"text":"Triggers","type":"text"},{"text":": ","type":"text"},{"style":{"code":true},"text":"legal threat","type":"text"}],"type":"rich_text_section"}],"type":"rich_text"}
    {"elements":[{"elements":[{"style":{"bold":true},"text":"Open ticket","type":"link","url":"https://app.hubspot.com/x?a=1&b=2"}],"type":"rich_text_section"}],"type":"rich_text"}
    {"elements":[{"emoji":false,"text":"escalation #1 · automatic message","type":"plain_text"}],"type":"context"}
    "#);
}

#[test]
fn a_message_is_one_rich_text_with_a_line_a_paragraph() {
    let mut message = Message::of([bold("Review due in 15 min"), plain(" (14:30)")]);
    message.paragraph([mention(Some("S0LEADS")), plain(" "), mention(Some("W0RAJ"))]);
    message.paragraph([link("escalation #1", "https://example.com/1#hsj-a"), small(" · automatic message")]);
    assert_snapshot!(shown(&message), @r#"
    Review due in 15 min (14:30)
    <!subteam^S0LEADS> <@W0RAJ>
    <https://example.com/1#hsj-a|escalation #1> · automatic message
    {"elements":[{"elements":[{"style":{"bold":true},"text":"Review due in 15 min","type":"text"},{"text":" (14:30)","type":"text"},{"text":"\n","type":"text"},{"type":"usergroup","usergroup_id":"S0LEADS"},{"text":" ","type":"text"},{"type":"user","user_id":"W0RAJ"},{"text":"\n","type":"text"},{"text":"escalation #1","type":"link","url":"https://example.com/1#hsj-a"},{"style":{"italic":true},"text":" · automatic message","type":"text"}],"type":"rich_text_section"}],"type":"rich_text"}
    "#);
}

/// What a single run of text makes.
fn as_text(text: &str) -> Value {
    sent(&Message::of([plain(text)]))
}

#[test]
fn whom_slack_does_not_know_is_named() {
    for unknown in [None, Some(""), Some("maya"), Some("U0> <!channel"), Some("C0CHANNEL"), Some("U")] {
        assert_eq!(sent(&Message::of([mention(unknown)])), as_text("@Maya Lind"), "{unknown:?}");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_text() {
    for nowhere in ["", "javascript:alert(1)", "https://a.example/ x", "https://a.example/|<!here>", "ftp://a.example"]
    {
        assert_eq!(sent(&Message::of([link("Open", nowhere)])), as_text("Open"), "{nowhere}");
        let open = |label: &str| Some(Link { label: label.to_owned(), url: nowhere.to_owned() });
        assert_eq!(sent(&Card { link: open("Open"), ..Card::default() })["text"], "Open");
        assert_eq!(sent(&Card { link: open(" "), ..Card::default() }), sent(&Card::default()));
    }
}

#[test]
fn a_link_without_a_text_shows_where_it_goes() {
    let bare = Message::of([link(" ", "https://a.example/")]);
    assert_eq!(sent(&bare), sent(&Message::of([link("https://a.example/", "https://a.example/")])));
}

#[test]
fn nothing_to_say_is_no_block() {
    assert_eq!(sent(&Message::default()), json!({ "text": "", "blocks": [] }));
    assert_eq!(sent(&Message::of([plain("")])), json!({ "text": "", "blocks": [] }));
    assert_eq!(sent(&Card::default()), json!({ "text": "", "blocks": [] }));
}

#[test]
fn a_title_stays_in_one_line() {
    let card = Card { title: " Harbour\r\n\tGrill\u{0} ".to_owned(), ..Card::default() };
    assert_eq!(sent(&card)["blocks"][0]["text"]["text"], "Harbour Grill");
}

/// The last characters of a text and how many there are.
fn end(text: &str) -> (String, usize) {
    let characters: Vec<char> = text.chars().collect();
    (characters[characters.len().saturating_sub(3)..].iter().collect(), characters.len())
}

#[test]
fn what_is_too_long_is_cut_between_characters_and_marked() {
    let title = |length| {
        let card = Card { title: "é".repeat(length), ..Card::default() };
        end(sent(&card)["blocks"][0]["text"]["text"].as_str().unwrap())
    };
    assert_eq!(title(150), ("ééé".to_owned(), 150));
    assert_eq!(title(151), ("éé…".to_owned(), 150));

    let body = |character: &str, length| {
        let message = Message::of([plain(character.repeat(length))]);
        end(sent(&message)["blocks"][0]["elements"][0]["elements"][0]["text"].as_str().unwrap())
    };
    assert_eq!(body("é", 2_900), ("ééé".to_owned(), 2_900));
    assert_eq!(body("é", 2_901), ("éé…".to_owned(), 2_900));
    // Counted in UTF-16 and as Slack escapes it, whichever is more.
    assert_eq!(body("🚨", 1_451), ("🚨🚨…".to_owned(), 1_450));
    assert_eq!(body("&", 581), ("&&…".to_owned(), 580));

    let text = |length| end(sent(&Message::of([plain("é".repeat(length))]))["text"].as_str().unwrap());
    assert_eq!(text(3_900), ("ééé".to_owned(), 3_900));
    assert_eq!(text(3_901), ("éé…".to_owned(), 3_900));
}

#[test]
fn many_paragraphs_go_into_few_blocks_and_end_with_a_mark() {
    let mut message = Message::default();
    (0..40).for_each(|_| message.paragraph([plain("x".repeat(1_000))]));
    let sent = sent(&message);
    let blocks = sent["blocks"].as_array().unwrap();
    assert_eq!(blocks.len(), 5);
    let last = blocks[4]["elements"][0]["elements"].as_array().unwrap().last().unwrap();
    assert!(last["text"].as_str().unwrap().ends_with("x…"), "{last}");
}

#[test]
fn half_a_link_is_none() {
    let long = Message::of([plain("x".repeat(2_890)), link("Open ticket", "https://example.com/"), plain(" now")]);
    let sent = sent(&long);
    let elements = sent["blocks"][0]["elements"][0]["elements"].as_array().unwrap();
    assert_eq!(elements[1..], [json!({ "type": "text", "text": "…" })]);
    assert!(sent["text"].as_str().unwrap().ends_with("<https://example.com/|Open ticket> now"));
}

#[test]
fn the_way_to_the_ticket_is_kept_however_long_the_rest() {
    let long = |text: &str| Message::of([plain(text.repeat(9_000))]);
    let long = Card { title: "t".repeat(9_000), body: long("b"), footer: long("f"), ..card() };
    let sent = sent(&long);
    assert!(sent["text"].as_str().unwrap().contains("\n<https://app.hubspot.com/x?a=1&amp;b=2|Open ticket>\n"));
    assert_eq!(sent["blocks"][2]["elements"][0]["elements"][0]["url"], "https://app.hubspot.com/x?a=1&b=2");
}

fn hostile() -> impl Strategy<Value = String> {
    let mean = prop::sample::select(vec![
        "<!channel>",
        "<!here>",
        "<@U0MAYA>",
        "<#C0ALL>",
        "<!subteam^S0LEADS>",
        "<https://evil.example|click>",
        "&lt;",
        "&amp;",
        "&",
        "<",
        ">",
        "|",
        "*",
        "_",
        "`",
        "```",
        "@here",
        "@channel",
        ":rotating_light:",
        "\n",
        "\r\n",
        "\u{0}",
        "\u{202e}",
        "é",
        "🚨",
        "👩‍👩‍👧",
        "",
        " ",
    ]);
    let piece = prop_oneof![3 => mean.prop_map(str::to_owned), 1 => "\\PC{0,20}"];
    (prop::collection::vec(piece, 0..12), 1_usize..200).prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof![Just("https://example.com/?a=1&b=<!here>|x".to_owned()), "https://[!-~]{1,40}", hostile()]
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        hostile().prop_map(Span::Plain),
        hostile().prop_map(Span::Bold),
        hostile().prop_map(Span::Code),
        hostile().prop_map(Span::Small),
        (hostile(), url()).prop_map(|(text, url)| Span::Link { text, url }),
        // Not known to Slack: a name like any other.
        hostile().prop_map(|name| Span::Mention { user_id: 7, name, email: String::new(), slack: None }),
    ]
}

fn message() -> impl Strategy<Value = Message> {
    prop::collection::vec(prop::collection::vec(span(), 0..5), 0..6).prop_map(|paragraphs| {
        let mut message = Message::default();
        paragraphs.into_iter().for_each(|it| message.paragraph(it));
        message
    })
}

fn any_card() -> impl Strategy<Value = Card> {
    let link = prop::option::of((hostile(), url()).prop_map(|(label, url)| Link { label, url }));
    (hostile(), message(), link, message()).prop_map(|(title, body, link, footer)| Card { title, body, link, footer })
}

/// Slack's signs stand only where a link begins, divides and ends, and where something is escaped.
fn assert_nothing_rings(text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&']) {
        rest = &rest[at..];
        rest = if let Some(inside) = rest.strip_prefix('<') {
            assert!(inside.starts_with("http://") || inside.starts_with("https://"), "{rest}");
            let (link, after) = inside.split_once('>').expect("a link ends");
            assert_eq!(link.matches('|').count(), 1, "{link}");
            assert!(!link.contains('<'), "{link}");
            after
        } else {
            let escaped = ["&amp;", "&lt;", "&gt;"].into_iter().find_map(|it| rest.strip_prefix(it));
            escaped.unwrap_or_else(|| panic!("a bare sign: {rest}"))
        };
    }
}

/// Every text of a block, however deep; only kinds whose text is never mark-up.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| texts(it, found)),
        Value::Object(object) => {
            let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
            let known = ["header", "rich_text", "rich_text_section", "text", "link", "context", "plain_text", ""];
            assert!(known.contains(&kind), "{kind}");
            assert_ne!(object.get("emoji"), Some(&Value::Bool(true)));
            if let Some(Value::String(text)) = object.get("text") {
                assert!(!text.is_empty());
                found.push(text.clone());
            }
            object.values().for_each(|it| texts(it, found));
        }
        _ => {}
    }
}

/// As dear as Slack may count it.
fn size(text: &str) -> usize {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.chars().map(char::len_utf16).sum()
}

fn assert_slack_takes(sent: &Value) {
    let text = sent["text"].as_str().unwrap();
    assert!(text.encode_utf16().count() < TEXT, "{}", text.len());
    assert_nothing_rings(text);
    let blocks = sent["blocks"].as_array().unwrap();
    assert!(blocks.len() <= BLOCKS);
    let mut total = 0;
    for block in blocks {
        let mut found = Vec::new();
        texts(block, &mut found);
        let size: usize = found.iter().map(|it| size(it)).sum();
        assert!(size <= if block["type"] == "header" { HEADER } else { BLOCK }, "{size}");
        assert!(!found.is_empty());
        total += size;
    }
    assert!(total <= TOTAL, "{total}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_message_rings_for_anybody_or_is_too_long(message in message()) {
        assert_slack_takes(&sent(&message));
    }

    #[test]
    fn no_card_rings_for_anybody_or_is_too_long(card in any_card()) {
        assert_slack_takes(&sent(&card));
    }

    #[test]
    fn what_fits_is_shown_as_it_is(text in "[^\\p{C}]{1,100}") {
        let message = Message::of([bold(text.clone())]);
        let sent = sent(&message);
        prop_assert_eq!(&sent["blocks"][0]["elements"][0]["elements"][0]["text"], &Value::from(text));
    }
}

#[test]
fn the_token_is_not_in_any_text_of_a_request() {
    let slack = Slack::new(Http::new(), "http://127.0.0.1:1/api/", SecretString::from("xoxb-canary"));
    let request = slack.request(Method::POST, "chat.postMessage");
    assert!(!format!("{request:?}").contains("canary"));
    assert_eq!(request.build().unwrap().url().as_str(), "http://127.0.0.1:1/api/chat.postMessage");
}

/// No `from_env` lets them through; should one do, the process must not end for it.
#[tokio::test]
async fn a_request_that_cannot_be_built_is_not_sent_and_says_so() {
    for (base, token) in [("http://127.0.0.1:1", "xoxb-canary\n1"), ("slack.com", "xoxb-canary")] {
        let slack = Slack::new(Http::new(), base, SecretString::from(token));
        let fault = slack.call(slack.request(Method::GET, "auth.test")).await.err().unwrap().fault;
        assert!(matches!(&fault, Fault::NotSent { .. }) && !fault.to_string().contains("canary"), "{fault}");
    }
}

#[test]
fn slack_is_off_without_a_token_and_at_its_own_address_without_another() {
    let configured = |base, token: Option<&str>| Slack::configured(&Http::new(), base, token.map(SecretString::from));
    assert!(configured("", None).unwrap().is_none());
    assert!(configured("nonsense", None).unwrap().is_none());
    assert_eq!(configured("", Some("xoxb-1")).unwrap().unwrap().base, "https://slack.com/api");
    assert_eq!(configured("http://127.0.0.1:1/api/", Some("xoxb-1")).unwrap().unwrap().base, "http://127.0.0.1:1/api");
    let wrong = configured("slack.com", Some("xoxb-canary")).err().unwrap();
    assert_snapshot!(format!("{wrong:#}"), @"SLACK_BASE_URL is not a URL such as https://slack.com/api");
    // `localhost` would be its scheme.
    assert!(configured("localhost:8004", Some("xoxb-canary")).is_err());
}

#[test]
fn no_name_turns_the_words_around_it_about() {
    let message = Message::of([plain("\u{202e}llirG \u{2067}Hafen\u{2069} אבג 👩\u{200d}👧")]);
    assert_eq!(sent(&message), as_text(" llirG  Hafen  אבג 👩\u{200d}👧"));
}
