//! How much Slack takes, and cutting to it.

use crate::procedure::message::{Message, Span};

/// What marks a cut.
const MORE: char = '…';

/// What a character may cost: it is not known whether Slack counts code points or UTF-16, before or
/// after it escapes; the dearest of these stays under every limit.
fn cost(character: char) -> usize {
    match character {
        '&' => "&amp;".len(),
        '<' | '>' => "&lt;".len(),
        other => other.len_utf16(),
    }
}

/// What a text may cost.
pub(super) fn length(text: &str) -> usize {
    text.chars().map(cost).sum()
}

/// The text without control characters, line ends apart, and without those that turn the direction
/// of what follows: letters know their own.
pub(super) fn clean(text: &str) -> String {
    let is_sign =
        |it: char| (it.is_control() && it != '\n') || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.replace("\r\n", "\n").chars().map(|it| if is_sign(it) { ' ' } else { it }).collect()
}

/// The text in one line.
pub(super) fn line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What one sees of a link: Slack takes none without a text.
pub(super) fn label(text: &str, url: &str) -> String {
    Some(line(text)).filter(|it| !it.is_empty()).unwrap_or_else(|| url.to_owned())
}

/// As much of a text as fits into `room`; what is cut is marked.
pub(super) fn cut(text: &str, room: usize) -> String {
    if length(text) <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(cost(MORE));
    let fits = |it: &char| {
        let (fits, cost) = (cost(*it) <= left, cost(*it));
        left = left.saturating_sub(cost);
        fits
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push(MORE);
    short
}

/// What a span may cost: its text and, where it has one, its address or id with the signs around it.
fn cost_of(span: &Span) -> usize {
    match span {
        Span::Link { text, url } => length(text) + length(url) + "<|>".len(),
        Span::Mention { name, slack, .. } => {
            (length(name) + 1).max(slack.as_deref().map_or(0, str::len) + "<!subteam^>".len())
        }
        Span::Plain(text) | Span::Bold(text) | Span::Code(text) | Span::Small(text) => length(text),
    }
}

/// What a line may cost.
pub(super) fn cost_of_line(spans: &[Span]) -> usize {
    spans.iter().map(cost_of).sum()
}

/// What lines may cost, the line ends between them included.
pub(super) fn cost_of_lines(lines: &[Vec<Span>]) -> usize {
    lines.iter().map(|it| cost_of_line(it)).sum::<usize>() + lines.len().saturating_sub(1)
}

/// As much of a message as fits into `room`, a paragraph a line, none longer than `longest`.
pub(super) fn fit(message: &Message, longest: usize, room: usize) -> Vec<Vec<Span>> {
    let cleaned = |spans: &Vec<Span>| spans.iter().map(cleaned).collect();
    let mut lines: Vec<Vec<Span>> = message.paragraphs().iter().map(cleaned).collect();
    for line in lines.iter_mut().filter(|it| cost_of_line(it) > longest) {
        *line = cut_line(std::mem::take(line), longest);
    }
    let mut kept = Vec::new();
    let mut left = room;
    let all = cost_of_lines(&lines) <= room;
    for line in lines {
        let cost = cost_of_line(&line) + 1;
        // The line and its end leave room for the mark that more would follow.
        if !all && cost + 1 > left {
            kept.extend((left > 0).then(|| cut_line(line, left)));
            break;
        }
        left = left.saturating_sub(cost);
        kept.push(line);
    }
    kept
}

/// The first of these spans up to `room`, and the mark.
fn cut_line(spans: Vec<Span>, room: usize) -> Vec<Span> {
    let mut left = room.saturating_sub(cost(MORE));
    let mut kept = Vec::new();
    for span in spans {
        let cost = cost_of(&span);
        if cost > left {
            kept.push(shortened(&span, left));
            return kept;
        }
        left -= cost;
        kept.push(span);
    }
    kept.push(Span::Plain(MORE.to_string()));
    kept
}

/// A span cut to `room` and one mark; half a link or mention is none.
fn shortened(span: &Span, room: usize) -> Span {
    let room = room + cost(MORE);
    match span {
        Span::Plain(text) => Span::Plain(cut(text, room)),
        Span::Bold(text) => Span::Bold(cut(text, room)),
        Span::Code(text) => Span::Code(cut(text, room)),
        Span::Small(text) => Span::Small(cut(text, room)),
        Span::Link { .. } | Span::Mention { .. } => Span::Plain(MORE.to_string()),
    }
}

/// The span as it can be shown: a link that leads nowhere and a person Slack does not know are text.
fn cleaned(span: &Span) -> Span {
    match span {
        Span::Plain(text) => Span::Plain(clean(text)),
        Span::Bold(text) => Span::Bold(clean(text)),
        Span::Code(text) => Span::Code(clean(text)),
        Span::Small(text) => Span::Small(clean(text)),
        Span::Link { text, url } if is_link(url) => Span::Link { text: label(text, url), url: url.clone() },
        Span::Link { text, .. } => Span::Plain(clean(text)),
        Span::Mention { slack: Some(id), .. } if is_id(id) => span.clone(),
        Span::Mention { name, .. } => Span::Plain(format!("@{}", line(name))),
    }
}

/// Whether Slack takes it for a link, and nobody for anything else.
pub(super) fn is_link(url: &str) -> bool {
    const LONGEST: usize = 3_000;
    let scheme = url.starts_with("https://") || url.starts_with("http://");
    let plain = |it: char| it.is_ascii_graphic() && !"<>|\"".contains(it);
    scheme && url.len() <= LONGEST && url.chars().all(plain)
}

/// Whether it is the id of a member or of a group of members.
fn is_id(id: &str) -> bool {
    id.starts_with(['U', 'W', 'S'])
        && (2..=30).contains(&id.len())
        && id.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}
