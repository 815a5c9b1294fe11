//! A text for Jira, before it is anybody's wire format.

use super::message::Span;

/// A paragraph or heading of a Jira text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, in one line.
    Heading(String),
    /// A paragraph; a line break inside a span is a line break.
    Paragraph(Vec<Span>),
}
