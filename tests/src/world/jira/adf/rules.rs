//! What each node and mark may hold.

use serde_json::Value;

/// A kind of node.
pub struct Node {
    pub content: Content,
    pub attributes: &'static [Attribute],
}

/// What stands in a node.
#[derive(Clone, Copy)]
pub enum Content {
    /// Nothing, and no list either.
    None,
    /// Any number of these; the list may be missing.
    Any(&'static [&'static str]),
    /// Any number of these, in a list that is there.
    Listed(&'static [&'static str]),
    /// At least one of these.
    Some(&'static [&'static str]),
}

/// An attribute.
pub struct Attribute {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
}

/// What an attribute's value is.
#[derive(Clone, Copy)]
pub enum Shape {
    Text,
    Words,
    Number,
    Numbers,
    Flag,
    Level,
    Order,
    Color,
    StatusColor,
    /// An address that is safe to follow.
    Address,
    OneOf(&'static [&'static str]),
}

const INLINE: &[&str] = &["text", "hardBreak", "mention", "emoji", "status", "date", "inlineCard"];
const DOC: &[&str] = &[
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "panel",
    "table",
    "rule",
    "codeBlock",
    "blockquote",
    "expand",
];
const ITEM: &[&str] = &["paragraph", "bulletList", "orderedList", "codeBlock"];
const PANEL: &[&str] = &["paragraph", "heading", "bulletList", "orderedList", "codeBlock", "rule"];
const CELL: &[&str] =
    &["paragraph", "heading", "bulletList", "orderedList", "panel", "blockquote", "codeBlock", "rule", "nestedExpand"];
const QUOTE: &[&str] = &["paragraph", "bulletList", "orderedList", "codeBlock"];
const EXPAND: &[&str] = &[
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "panel",
    "table",
    "codeBlock",
    "rule",
    "blockquote",
    "nestedExpand",
];
const NESTED: &[&str] =
    &["paragraph", "heading", "bulletList", "orderedList", "panel", "codeBlock", "rule", "blockquote"];

const PANELS: &[&str] = &["info", "note", "tip", "warning", "error", "success", "custom"];
const LAYOUTS: &[&str] = &["wide", "full-width", "center", "align-end", "align-start", "default"];

const fn may(name: &'static str, shape: Shape) -> Attribute {
    Attribute { name, shape, required: false }
}

const fn must(name: &'static str, shape: Shape) -> Attribute {
    Attribute { name, shape, required: true }
}

const CELL_ATTRIBUTES: &[Attribute] = &[
    may("colspan", Shape::Number),
    may("rowspan", Shape::Number),
    may("colwidth", Shape::Numbers),
    may("background", Shape::Text),
    may("valign", Shape::OneOf(&["top", "middle", "bottom"])),
];

/// The rule of a node; `None` where there is no such node here.
pub fn of(kind: &str) -> Option<Node> {
    let (content, attributes): (Content, &'static [Attribute]) = match kind {
        "doc" => (Content::Listed(DOC), &[]),
        "paragraph" => (Content::Any(INLINE), &[]),
        "heading" => (Content::Any(INLINE), const { &[must("level", Shape::Level)] }),
        "text" | "rule" => (Content::None, &[]),
        "hardBreak" => (Content::None, const { &[may("text", Shape::OneOf(&["\n"]))] }),
        "bulletList" => (Content::Some(&["listItem"]), &[]),
        "orderedList" => (Content::Some(&["listItem"]), const { &[may("order", Shape::Order)] }),
        "listItem" => (Content::Some(ITEM), &[]),
        "panel" => (Content::Some(PANEL), const { &[must("panelType", Shape::OneOf(PANELS))] }),
        "table" => (Content::Some(&["tableRow"]), TABLE_ATTRIBUTES),
        "tableRow" => (Content::Listed(&["tableCell", "tableHeader"]), &[]),
        "tableCell" | "tableHeader" => (Content::Some(CELL), CELL_ATTRIBUTES),
        "codeBlock" => (Content::Any(&["text"]), CODE_ATTRIBUTES),
        "blockquote" => (Content::Some(QUOTE), &[]),
        "expand" => (Content::Some(EXPAND), const { &[may("title", Shape::Text)] }),
        "nestedExpand" => (Content::Some(NESTED), const { &[must("title", Shape::Text)] }),
        "mention" => (Content::None, MENTION_ATTRIBUTES),
        "emoji" => (Content::None, EMOJI_ATTRIBUTES),
        "status" => (Content::None, STATUS_ATTRIBUTES),
        "date" => (Content::None, const { &[must("timestamp", Shape::Words)] }),
        "inlineCard" => (Content::None, const { &[must("url", Shape::Address)] }),
        _ => return None,
    };
    Some(Node { content, attributes })
}

/// The attributes of a mark; `None` where there is no such mark here.
pub fn mark(kind: &str) -> Option<&'static [Attribute]> {
    match kind {
        "strong" | "em" | "underline" | "strike" | "code" => Some(&[]),
        "subsup" => Some(const { &[must("type", Shape::OneOf(&["sub", "sup"]))] }),
        "textColor" | "backgroundColor" => Some(const { &[must("color", Shape::Color)] }),
        "link" => Some(const { &[must("href", Shape::Address), may("title", Shape::Text)] }),
        _ => None,
    }
}

const TABLE_ATTRIBUTES: &[Attribute] = &[
    may("displayMode", Shape::OneOf(&["default", "fixed"])),
    may("isNumberColumnEnabled", Shape::Flag),
    may("layout", Shape::OneOf(LAYOUTS)),
    may("width", Shape::Number),
];
const CODE_ATTRIBUTES: &[Attribute] = &[may("language", Shape::Text), may("wrap", Shape::Flag)];
const MENTION_ATTRIBUTES: &[Attribute] = &[
    must("id", Shape::Text),
    may("text", Shape::Text),
    may("accessLevel", Shape::Text),
    may("userType", Shape::OneOf(&["DEFAULT", "SPECIAL", "APP"])),
];
const EMOJI_ATTRIBUTES: &[Attribute] =
    &[must("shortName", Shape::Text), may("id", Shape::Text), may("text", Shape::Text)];
const STATUS_ATTRIBUTES: &[Attribute] =
    &[must("text", Shape::Words), must("color", Shape::StatusColor), may("style", Shape::Text)];

impl Shape {
    /// Whether a value is of this shape.
    pub fn fits(self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Text => text.is_some(),
            Self::Words => text.is_some_and(|it| !it.is_empty()),
            Self::Number => value.is_number(),
            Self::Numbers => value.as_array().is_some_and(|it| it.iter().all(Value::is_number)),
            Self::Flag => value.is_boolean(),
            Self::Level => value.as_u64().is_some_and(|it| (1..=6).contains(&it)),
            Self::Order => value.as_f64().is_some_and(|it| it >= 0.0),
            Self::Color => text.is_some_and(is_color),
            Self::StatusColor => text.is_some_and(|it| {
                matches!(it, "neutral" | "purple" | "blue" | "red" | "yellow" | "green") || is_color(it)
            }),
            Self::Address => text.is_some_and(|it| {
                ["https://", "http://", "mailto:"]
                    .iter()
                    .any(|scheme| it.len() > scheme.len() && it.starts_with(scheme))
            }),
            Self::OneOf(names) => text.is_some_and(|it| names.contains(&it)),
        }
    }
}

/// `#FF991F`.
fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|it| it.len() == 6 && it.bytes().all(|it| it.is_ascii_hexdigit()))
}
