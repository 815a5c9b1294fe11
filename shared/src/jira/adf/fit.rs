//! Cutting a document to what Jira takes: long paragraphs lose their ends, headings stay.

use serde::Serialize;

use super::{Inline, Mark, Node};
use crate::jira::text::{MORE, shortened};

/// Jira takes 32,767 characters and does not say how it counts them. This is in bytes of JSON with
/// all signs of the format, the dearest way to count, and leaves room for another.
pub(super) const LONGEST: usize = 29_900;

/// A paragraph keeps at least this much, or none of it is worth showing.
const LEAST: usize = 300;

/// The nodes where they fit, else what fits of them and `more`. `between` parts what has to become
/// one paragraph.
pub(super) fn fit(mut nodes: Vec<Node>, more: Node, between: &Inline) -> Vec<Node> {
    if nodes.iter().map(cost).sum::<usize>() <= LONGEST {
        return nodes;
    }
    let room = LONGEST.saturating_sub(cost(&more));
    if nodes.iter().map(least).sum::<usize>() > room {
        nodes = merged(nodes, between);
    }
    let mut left = room;
    let kept = nodes.iter().take_while(|it| {
        let fits = least(it) <= left;
        left = left.saturating_sub(least(it));
        fits
    });
    let kept = kept.count();
    nodes.truncate(kept);
    let level = level(&nodes, room);
    let mut nodes: Vec<Node> = nodes.into_iter().map(|it| cut(it, level)).collect();
    nodes.push(more);
    nodes
}

/// The bytes of a node among others.
fn cost(node: &Node) -> usize {
    size(node) + ",".len()
}

fn size(node: &impl Serialize) -> usize {
    serde_json::to_vec(node).expect("texts and numbers always serialise").len()
}

/// What a node cannot be cut below.
fn least(node: &Node) -> usize {
    match node {
        Node::Heading { .. } => cost(node),
        Node::Paragraph { .. } => cost(node).min(LEAST),
    }
}

/// All paragraphs between two headings as one, so that each heading keeps some of its text.
fn merged(nodes: Vec<Node>, between: &Inline) -> Vec<Node> {
    let mut merged: Vec<Node> = Vec::new();
    for node in nodes {
        match (merged.last_mut(), node) {
            (Some(Node::Paragraph { content }), Node::Paragraph { content: more }) => {
                content.push(between.clone());
                content.extend(more);
            }
            (_, node) => merged.push(node),
        }
    }
    merged
}

/// How much each paragraph may cost so that all together fit: what the short ones leave, the long
/// ones share.
fn level(nodes: &[Node], room: usize) -> usize {
    let is_paragraph = |it: &&Node| matches!(it, Node::Paragraph { .. });
    let headings: usize = nodes.iter().filter(|it| !is_paragraph(it)).map(cost).sum();
    let mut costs: Vec<usize> = nodes.iter().filter(is_paragraph).map(cost).collect();
    costs.sort_unstable();
    let mut left = room.saturating_sub(headings);
    for (index, cost) in costs.iter().enumerate() {
        let share = left / (costs.len() - index);
        if *cost > share {
            return share;
        }
        left -= cost;
    }
    usize::MAX
}

/// The node, a paragraph cut to `room` and marked.
fn cut(node: Node, room: usize) -> Node {
    if cost(&node) <= room {
        return node;
    }
    let content = match node {
        Node::Paragraph { content } => content,
        heading @ Node::Heading { .. } => return heading,
    };
    let mark = || Inline::text(MORE.to_string());
    let mut left = room.saturating_sub(cost(&Node::Paragraph { content: Vec::new() }));
    let mut kept = Vec::new();
    for inline in content {
        let cost = size(&inline) + ",".len();
        if cost + size(&mark()) + ",".len() > left {
            kept.push(shortest(inline, left).unwrap_or_else(mark));
            break;
        }
        left -= cost;
        kept.push(inline);
    }
    Node::Paragraph { content: kept }
}

/// The beginning of a text, marked; half a link is none.
fn shortest(inline: Inline, room: usize) -> Option<Inline> {
    match inline {
        Inline::HardBreak | Inline::Text { marks: Some([Mark::Link { .. }]), .. } => None,
        Inline::Text { text, marks } => {
            let empty = size(&Inline::Text { text: String::new(), marks: marks.clone() }) + ",".len();
            let room = room.checked_sub(empty + escaped(MORE))?;
            (room > 0).then(|| Inline::Text { text: shortened(&text, room + escaped(MORE), escaped), marks })
        }
    }
}

/// The bytes of a character in JSON.
fn escaped(character: char) -> usize {
    match character {
        '"' | '\\' | '\t' => 2,
        other => other.len_utf8(),
    }
}
