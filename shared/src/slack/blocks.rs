//! A message as Slack's blocks ([reference](https://docs.slack.dev/reference/block-kit/blocks)).
//!
//! Rich text is what the composer of Slack itself makes: text in it is text, whatever it holds. A
//! link stands in it and is no button: a button without somebody to acknowledge its click leaves a
//! warning sign at whoever pressed it.

use serde::Serialize;

use super::fit::{clean, cost_of_lines, cut, fit, is_link, label, length, line};
use super::messages::Content;
use crate::procedure::card::{Card, Link};
use crate::procedure::message::{Message, Span};

/// A header's limit.
const TITLE: usize = 150;
/// A label's limit, as on a button.
const LABEL: usize = 75;
/// The small print is to stay small.
const FOOTER: usize = 500;
/// Slack takes 3,000 characters in a text of a block.
const BLOCK: usize = 2_900;
/// Slack refuses messages of somewhat more than 13,000 characters in all their blocks
/// ([bolt-js 2509](https://github.com/slackapi/bolt-js/issues/2509)).
const TOTAL: usize = 10_000;

/// One block of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Block {
    Header { text: PlainText },
    RichText { elements: [Section; 1] },
    Context { elements: [PlainText; 1] },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "plain_text")]
pub(super) struct PlainText {
    text: String,
    /// Whether `:name:` becomes a picture; a customer may write that too.
    emoji: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "rich_text_section")]
pub(super) struct Section {
    elements: Vec<Element>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Element {
    Text {
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        style: Option<Style>,
    },
    Link {
        url: String,
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        style: Option<Style>,
    },
    User {
        user_id: String,
    },
    UserGroup {
        usergroup_id: String,
    },
}

/// One thing that a run of text is; serialized as `{"bold": true}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Bold,
    Italic,
    Code,
}

impl Serialize for Style {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Code => "code",
        };
        serializer.collect_map([(name, true)])
    }
}

/// The blocks of what is to be said; none where nothing is.
pub(super) fn of(content: Content<'_>) -> Vec<Block> {
    match content {
        Content::Message(message) => rich_text(message, TOTAL),
        Content::Card(card) => of_card(card),
    }
}

fn of_card(card: &Card) -> Vec<Block> {
    let title = cut(&line(&card.title), TITLE);
    let footer = cut(clean(&card.footer.text()).trim(), FOOTER);
    let taken = length(&title) + length(&footer) + card.link.as_ref().map_or(0, |it| it.url.len() + LABEL);
    let header = (!title.is_empty()).then_some(Block::Header { text: PlainText { text: title, emoji: false } });
    let context =
        (!footer.is_empty()).then_some(Block::Context { elements: [PlainText { text: footer, emoji: false }] });
    let body = rich_text(&card.body, TOTAL.saturating_sub(taken));
    header.into_iter().chain(body).chain(card.link.as_ref().and_then(link)).chain(context).collect()
}

fn link(link: &Link) -> Option<Block> {
    let style = Some(Style::Bold);
    let element = if is_link(&link.url) {
        Element::Link { url: link.url.clone(), text: cut(&label(&link.label, &link.url), LABEL), style }
    } else {
        let text = cut(&line(&link.label), LABEL);
        (!text.is_empty()).then_some(Element::Text { text, style })?
    };
    Some(Block::RichText { elements: [Section { elements: vec![element] }] })
}

/// Paragraphs as lines, as many to a block as fit into it.
fn rich_text(message: &Message, room: usize) -> Vec<Block> {
    let paragraphs = fit(message, BLOCK, room);
    let mut blocks = Vec::new();
    let mut rest = paragraphs.as_slice();
    while !rest.is_empty() {
        let fits = (1..=rest.len()).take_while(|it| *it == 1 || cost_of_lines(&rest[..*it]) <= BLOCK).count();
        let (lines, others) = rest.split_at(fits);
        rest = others;
        let elements = elements(lines);
        if !elements.is_empty() {
            blocks.push(Block::RichText { elements: [Section { elements }] });
        }
    }
    blocks
}

fn elements(lines: &[Vec<Span>]) -> Vec<Element> {
    let line_end = || Element::Text { text: "\n".to_owned(), style: None };
    let mut elements = Vec::new();
    for (index, spans) in lines.iter().enumerate() {
        elements.extend((index > 0).then(line_end));
        elements.extend(spans.iter().filter_map(element));
    }
    elements
}

/// Slack takes no empty text.
fn element(span: &Span) -> Option<Element> {
    let text = |text: &String, style| (!text.is_empty()).then(|| Element::Text { text: text.clone(), style });
    match span {
        Span::Plain(it) => text(it, None),
        Span::Bold(it) => text(it, Some(Style::Bold)),
        Span::Code(it) => text(it, Some(Style::Code)),
        Span::Small(it) => text(it, Some(Style::Italic)),
        Span::Link { text, url } => Some(Element::Link { url: url.clone(), text: text.clone(), style: None }),
        Span::Mention { slack: Some(id), .. } if id.starts_with('S') => {
            Some(Element::UserGroup { usergroup_id: id.clone() })
        }
        Span::Mention { slack: Some(id), .. } => Some(Element::User { user_id: id.clone() }),
        Span::Mention { name, .. } => Some(Element::Text { text: format!("@{name}"), style: None }),
    }
}
