//! The text of a message where Slack shows no blocks: in notifications, and where it refused them.

use std::fmt::Write as _;

use super::fit::{cut, fit, is_link, line};
use super::messages::Content;
use crate::procedure::card::{Card, Link};
use crate::procedure::message::{Message, Span};

/// Slack asks for less than 4,000 characters
/// ([truncating content](https://docs.slack.dev/changelog/2018-truncating-really-long-messages)).
const LONGEST: usize = 3_900;

/// The text, escaped, with mentions that ring and links that lead somewhere.
pub(super) fn of(content: Content<'_>) -> String {
    match content {
        Content::Message(message) => written(message, LONGEST),
        Content::Card(card) => of_card(card),
    }
}

fn of_card(card: &Card) -> String {
    let title = escaped(&cut(&line(&card.title), LONGEST / 4));
    let link = card.link.as_ref().map(written_link).unwrap_or_default();
    let footer = escaped(&cut(&line(&card.footer.text()), LONGEST / 4));
    let taken = [&title, &link, &footer].iter().map(|it| it.encode_utf16().count() + 1).sum::<usize>();
    let body = written(&card.body, LONGEST.saturating_sub(taken));
    let parts = [title, body, link, footer];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

fn written_link(link: &Link) -> String {
    let span = Span::Link { text: cut(&line(&link.label), LONGEST / 40), url: link.url.clone() };
    written(&Message::of([span]), LONGEST / 4)
}

fn written(message: &Message, room: usize) -> String {
    let mut text = String::new();
    for (index, spans) in fit(message, room, room).iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        spans.iter().for_each(|it| write_span(it, &mut text));
    }
    text
}

fn write_span(span: &Span, text: &mut String) {
    let written = match span {
        Span::Link { text: label, url } if is_link(url) => {
            write!(text, "<{}|{}>", escaped(url), escaped(label).replace('|', "¦"))
        }
        Span::Mention { slack: Some(id), .. } if id.starts_with('S') => write!(text, "<!subteam^{id}>"),
        Span::Mention { slack: Some(id), .. } => write!(text, "<@{id}>"),
        other => write!(text, "{}", escaped(&other.text())),
    };
    written.expect("writing to a String cannot fail");
}

/// [What Slack's text reads as mark-up](https://docs.slack.dev/messaging/formatting-message-text), as text.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
