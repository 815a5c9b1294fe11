//! A text as Atlassian's document format
//! ([structure](https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/)).
//!
//! Text travels in text nodes alone: whatever it holds, it is neither mark-up nor a mention.

mod fit;

use serde::Serialize;

use super::text::{MORE, clean, is_link, line, short_line};
use crate::procedure::issue::Block;
use crate::procedure::message::Span;

/// A heading is one line.
const HEADING: usize = 250;

/// What one sees of a link is one line.
const LINK: usize = 500;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "doc")]
pub(super) struct Document {
    version: u8,
    content: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Node {
    Heading { attrs: Level, content: Vec<Inline> },
    Paragraph { content: Vec<Inline> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Level {
    level: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Inline {
    Text {
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        marks: Option<[Mark; 1]>,
    },
    HardBreak,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Mark {
    Strong,
    Code,
    Link { attrs: Target },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Target {
    href: String,
}

impl Document {
    /// The text, cut where it is longer than Jira takes. Where it is cut, its last line is the link
    /// `more`, given by its text and address; without one, a mark.
    pub(super) fn of(text: &[Block], more: Option<(&str, &str)>) -> Self {
        let more = match more {
            Some((text, url)) => vec![Inline::link(text, url)],
            None => vec![Inline::text(MORE.to_string())],
        };
        let nodes = text.iter().filter_map(Node::of).collect();
        Self { version: 1, content: fit::fit(nodes, Node::Paragraph { content: more }, &Inline::HardBreak) }
    }

    /// The same in paragraphs of plain text alone, for a Jira that does not take the other.
    pub(super) fn plain(text: &[Block], more: Option<(&str, &str)>) -> Self {
        let more = more.map_or_else(|| MORE.to_string(), |(text, url)| address_written(text, url));
        let nodes = text.iter().flat_map(plain_lines).map(Node::plain).collect();
        Self { version: 1, content: fit::fit(nodes, Node::plain(more), &Inline::text(" ".to_owned())) }
    }
}

fn plain_lines(block: &Block) -> Vec<String> {
    let text = match block {
        Block::Heading(text) => line(text),
        Block::Paragraph(spans) => spans.iter().map(plain_text).collect(),
    };
    text.split('\n').filter(|it| !it.trim().is_empty()).map(str::to_owned).collect()
}

fn plain_text(span: &Span) -> String {
    match span {
        Span::Link { text, url } if is_link(url) => address_written(text, url),
        Span::Mention { name, .. } => line(name),
        other => clean(&other.text()),
    }
}

fn address_written(text: &str, url: &str) -> String {
    let text = short_line(text, LINK);
    match is_link(url) {
        true if text.is_empty() => url.to_owned(),
        true => format!("{text} ({url})"),
        false if text.is_empty() => MORE.to_string(),
        false => text,
    }
}

impl Node {
    /// `None` where there is nothing to see.
    fn of(block: &Block) -> Option<Self> {
        match block {
            Block::Heading(text) => {
                let text = Some(short_line(text, HEADING)).filter(|it| !it.is_empty())?;
                Some(Self::Heading { attrs: Level { level: 3 }, content: vec![Inline::text(text)] })
            }
            Block::Paragraph(spans) => {
                let content: Vec<Inline> = spans.iter().flat_map(Inline::of).collect();
                content.iter().any(Inline::is_seen).then_some(Self::Paragraph { content })
            }
        }
    }

    fn plain(text: String) -> Self {
        Self::Paragraph { content: vec![Inline::text(text)] }
    }
}

impl Inline {
    fn of(span: &Span) -> Vec<Self> {
        match span {
            Span::Plain(text) | Span::Small(text) => Self::lines(text, None),
            Span::Bold(text) => Self::lines(text, Some(&Mark::Strong)),
            Span::Code(text) => Self::lines(text, Some(&Mark::Code)),
            Span::Link { text, url } if is_link(url) => vec![Self::link(text, url)],
            Span::Link { text, .. } => Self::lines(text, None),
            Span::Mention { name, .. } => Self::lines(&line(name), None),
        }
    }

    /// There is no empty text.
    fn lines(text: &str, mark: Option<&Mark>) -> Vec<Self> {
        let mut inlines = Vec::new();
        for (index, line) in clean(text).split('\n').enumerate() {
            inlines.extend((index > 0).then_some(Self::HardBreak));
            let marks = mark.map(|it| [it.clone()]);
            inlines.extend((!line.is_empty()).then(|| Self::Text { text: line.to_owned(), marks }));
        }
        inlines
    }

    fn link(text: &str, url: &str) -> Self {
        let text = short_line(text, LINK);
        if !is_link(url) {
            return Self::text(if text.is_empty() { MORE.to_string() } else { text });
        }
        let text = if text.is_empty() { url.to_owned() } else { text };
        Self::Text { text, marks: Some([Mark::Link { attrs: Target { href: url.to_owned() } }]) }
    }

    fn text(text: String) -> Self {
        Self::Text { text, marks: None }
    }

    fn is_seen(&self) -> bool {
        matches!(self, Self::Text { text, .. } if !text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests;
