//! What a Jira issue says of an escalation, before it is anybody's wire format.

use super::message::Span;

/// A paragraph or heading of a Jira text, before it is anybody's wire format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph. A line break inside a span is a line break.
    Paragraph(Vec<Span>),
}
