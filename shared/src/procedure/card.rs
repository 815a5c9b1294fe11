//! The first message of a thread, before it is anybody's wire format.

use super::message::Message;

/// A message with a title, which others follow up on. Whoever shows it escapes it and cuts it to
/// what fits: names and points may be long and hold `<`, `&` and `@`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// What it is about, in one line.
    pub title: String,
    /// What is to be known.
    pub body: Message,
    /// Where one goes from here.
    pub link: Option<Link>,
    /// The small print; its links and mentions are shown as text.
    pub footer: Message,
}

/// A link that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What one sees.
    pub label: String,
    /// Where it goes.
    pub url: String,
}
