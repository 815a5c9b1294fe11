//! A message to people, before it is HTML or text.

use std::fmt::Write;

/// Paragraphs of spans. Whoever shows it escapes it: names may hold `<`, `&` and `@`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message(Vec<Vec<Span>>);

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// As it is.
    Plain(String),
    /// Stressed.
    Bold(String),
    /// To be copied as it stands, blanks included.
    Code(String),
    /// In the small print.
    Small(String),
    /// A link.
    Link {
        /// What one sees.
        text: String,
        /// Where it goes.
        url: String,
    },
    /// Somebody is meant.
    Mention {
        /// HubSpot's user id.
        user_id: u64,
        /// Their name.
        name: String,
        /// Their address.
        email: String,
        /// Slack's id of a member (`U…`, `W…`) or of a group of members (`S…`).
        slack: Option<String>,
    },
}

/// Text as it is.
pub fn plain(text: impl Into<String>) -> Span {
    Span::Plain(text.into())
}

/// Stressed text.
pub fn bold(text: impl Into<String>) -> Span {
    Span::Bold(text.into())
}

/// Text to be copied.
pub fn code(text: impl Into<String>) -> Span {
    Span::Code(text.into())
}

/// Small print.
pub fn small(text: impl Into<String>) -> Span {
    Span::Small(text.into())
}

impl Message {
    /// A message of one paragraph.
    pub fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut message = Self::default();
        message.paragraph(spans);
        message
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, spans: impl IntoIterator<Item = Span>) {
        self.0.push(spans.into_iter().collect());
    }

    /// Adds all paragraphs of another message.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Its paragraphs.
    pub fn paragraphs(&self) -> &[Vec<Span>] {
        &self.0
    }

    /// The length of its text in characters.
    pub fn length(&self) -> usize {
        self.text().chars().count()
    }

    /// As text, a line a paragraph.
    pub fn text(&self) -> String {
        let lines = self.0.iter().map(|spans| spans.iter().map(Span::text).collect::<String>());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// As HTML for a HubSpot note or comment.
    pub fn html(&self) -> String {
        let mut html = String::new();
        for spans in &self.0 {
            html.push_str("<p>");
            spans.iter().for_each(|span| span.write_html(&mut html));
            html.push_str("</p>");
        }
        html
    }
}

impl Span {
    /// Its text; of a link what one sees.
    pub fn text(&self) -> String {
        match self {
            Self::Plain(text) | Self::Bold(text) | Self::Code(text) | Self::Small(text) | Self::Link { text, .. } => {
                text.clone()
            }
            Self::Mention { name, .. } => format!("@{name}"),
        }
    }

    fn write_html(&self, html: &mut String) {
        let written = match self {
            Self::Plain(text) => write!(html, "{}", Escaped(text)),
            Self::Bold(text) => write!(html, "<strong>{}</strong>", Escaped(text)),
            Self::Code(text) => write!(html, "<code>{}</code>", Escaped(text)),
            Self::Small(text) => write!(html, "<em>{}</em>", Escaped(text)),
            Self::Link { text, url } => write!(html, "<a href=\"{}\">{}</a>", Escaped(url), Escaped(text)),
            // The mark-up of HubSpot's own editor, as public clients send it.
            Self::Mention { user_id, name, email, .. } => write!(
                html,
                "<strong data-at-mention data-user-id=\"{user_id}\" data-search-text=\"{0}\" \
                 data-search-value=\"{1}\">@{0}</strong>",
                Escaped(name),
                Escaped(email)
            ),
        };
        written.expect("writing to a String cannot fail");
    }
}

/// Text that HTML reads as text.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_html_in_it_stays_text() {
        let message = Message::of([bold("<b>&\"'"), plain(" @here")]);
        assert_eq!(message.html(), "<p><strong>&lt;b&gt;&amp;&quot;&#39;</strong> @here</p>");
        assert_eq!(message.text(), "<b>&\"' @here");
    }

    #[test]
    fn a_mention_names_the_person_to_hubspot() {
        let (name, email) = ("Sam \"S\" Lee".to_owned(), "sam@example.com".to_owned());
        let sam = Span::Mention { user_id: 7, name, email, slack: Some("U0SAM".into()) };
        assert_eq!(
            Message::of([sam]).html(),
            "<p><strong data-at-mention data-user-id=\"7\" data-search-text=\"Sam &quot;S&quot; Lee\" \
             data-search-value=\"sam@example.com\">@Sam &quot;S&quot; Lee</strong></p>"
        );
    }
}
