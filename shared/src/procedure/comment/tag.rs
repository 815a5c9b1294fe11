//! What a start tag says that matters for a comment.

use super::Mention;
use super::element::Kind;

/// Classes of what mail programs quote or sign with.
const QUOTES: [&str; 13] = [
    "gmail_quote",
    "gmail_quote_container",
    "gmail_attr",
    "gmail_signature",
    "gmail_signature_prefix",
    "yahoo_quoted",
    "protonmail_quote",
    "protonmail_signature_block",
    "tutanota_quote",
    "zmail_extra",
    "moz-cite-prefix",
    "moz-signature",
    "moz-forward-container",
];

/// Outlook marks only where the quoted mail begins; it goes on to the end.
const QUOTE_STARTS: [&str; 4] =
    ["divRplyFwdMsg", "appendonsend", "OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container"];

/// A start tag while its attributes come in.
pub(super) struct Tag {
    pub kind: Kind,
    /// A tag of HTML, or a prefixed one as Word writes it.
    pub is_html: bool,
    pub hidden: bool,
    pub preserved: bool,
    pub ends_line: bool,
    pub starts_quote: bool,
    is_mention: bool,
    user_id: Option<String>,
    owner_id: Option<String>,
    name: Option<String>,
    attribute: Attribute,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Attribute {
    #[default]
    Other,
    Class,
    Id,
    Style,
    UserId,
    OwnerId,
    Name,
}

impl Default for Tag {
    fn default() -> Self {
        Self::named(b"")
    }
}

impl Tag {
    pub(super) fn named(name: &[u8]) -> Self {
        let kind = Kind::of(name);
        Self {
            kind,
            is_html: kind.is_known() || is_prefixed(name),
            hidden: false,
            preserved: false,
            ends_line: false,
            starts_quote: false,
            is_mention: false,
            user_id: None,
            owner_id: None,
            name: None,
            attribute: Attribute::Other,
        }
    }

    pub(super) fn attribute(&mut self, name: &[u8]) {
        self.attribute = Attribute::Other;
        match name {
            b"class" => self.attribute = Attribute::Class,
            b"id" => self.attribute = Attribute::Id,
            b"style" => self.attribute = Attribute::Style,
            b"data-search-text" => self.attribute = Attribute::Name,
            b"hidden" => self.hidden = true,
            b"data-at-mention" => self.is_mention = true,
            // A block that carries an id is somebody's wrapper, not a person spoken to.
            b"data-user-id" => {
                self.is_mention |= !self.kind.is_block();
                self.attribute = Attribute::UserId;
            }
            b"data-owner-id" => {
                self.is_mention |= !self.kind.is_block();
                self.attribute = Attribute::OwnerId;
            }
            _ => {}
        }
    }

    pub(super) fn value(&mut self, value: &[u8]) {
        let text = || Some(String::from_utf8_lossy(&value[..value.len().min(200)]).trim().to_owned());
        match self.attribute {
            Attribute::Other => {}
            Attribute::Class => {
                for class in String::from_utf8_lossy(value).split_ascii_whitespace() {
                    self.hidden |= QUOTES.contains(&class);
                    // The line break in what Slack puts on the clipboard.
                    self.ends_line |= class == "c-mrkdwn__br";
                }
            }
            Attribute::Id => {
                let id = String::from_utf8_lossy(value);
                self.starts_quote |= QUOTE_STARTS.contains(&id.trim_start_matches("x_"));
            }
            Attribute::Style => self.style(&String::from_utf8_lossy(value).to_ascii_lowercase()),
            Attribute::UserId => self.user_id = self.user_id.take().or_else(text),
            Attribute::OwnerId => self.owner_id = self.owner_id.take().or_else(text),
            Attribute::Name => self.name = self.name.take().or_else(text),
        }
    }

    fn style(&mut self, style: &str) {
        let (mut unframed, mut bar) = (false, false);
        for declaration in style.split(';') {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_end_matches("!important").trim_end();
            match property.trim() {
                "display" => match value {
                    "none" => self.hidden = true,
                    "block" | "flex" | "grid" | "list-item" | "table" | "table-row" => self.ends_line = true,
                    _ => {}
                },
                "visibility" => self.hidden |= matches!(value, "hidden" | "collapse"),
                "mso-hide" => self.hidden |= value == "all",
                // The bullet Word writes for programs that know no lists.
                "mso-list" => self.hidden |= value == "ignore",
                "font-size" | "opacity" => self.hidden |= value.trim_end_matches(|c: char| !c.is_ascii_digit()) == "0",
                "text-decoration" | "text-decoration-line" => self.hidden |= value.contains("line-through"),
                "white-space" => self.preserved |= matches!(value, "pre" | "pre-wrap" | "pre-line" | "break-spaces"),
                "border" => unframed = !is_line(value),
                "border-left" => bar = is_line(value),
                _ => {}
            }
        }
        // Outlook's bar beside a quoted mail; a bar alone is somebody's call-out.
        self.hidden |= self.kind == Kind::DIV && unframed && bar;
    }

    /// The mention the tag begins, if it begins one.
    pub(super) fn mention(&mut self) -> Option<Mention> {
        let filled = |id: Option<String>| id.filter(|it| !it.is_empty());
        self.is_mention.then(|| Mention {
            user_id: filled(self.user_id.take()),
            owner_id: filled(self.owner_id.take()),
            name: filled(self.name.take()).unwrap_or_default(),
        })
    }
}

/// `o:p`, `v:shape`.
fn is_prefixed(name: &[u8]) -> bool {
    let mut parts = name.split(|&b| b == b':');
    let (prefix, local) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_name = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_alphanumeric);
    parts.next().is_none() && is_name(prefix) && prefix.len() <= 3 && is_name(local)
}

fn is_line(border: &str) -> bool {
    !border.split(' ').any(|part| matches!(part, "none" | "0" | "0px" | "0pt" | "0in" | "0cm" | "hidden"))
        && !border.is_empty()
}
