//! The HTML elements we know, and which of them are open.

use super::html::Effects;

/// What an element does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins and ends a line.
    Block,
    /// Runs along in its line.
    Inline,
    /// Has no content, as `<img>`.
    Void,
    /// `<br>`.
    Break,
    /// Its content is not the author's word or not shown.
    Removed,
    /// `<blockquote>`: a block, and not the author's word.
    Quote,
    /// A block in which line ends count, as `<pre>`.
    Preserved,
}

use Role::{Block, Break, Inline, Preserved, Quote, Removed, Void};

/// Sorted by name.
#[rustfmt::skip]
const ELEMENTS: [(&str, Role); 137] = [
    ("a", Inline), ("abbr", Inline), ("acronym", Inline), ("address", Block), ("area", Void), ("article", Block),
    ("aside", Block), ("at", Inline), ("audio", Removed), ("b", Inline), ("base", Void), ("basefont", Void),
    ("bdi", Inline), ("bdo", Inline), ("bgsound", Void), ("big", Inline), ("blink", Inline), ("blockquote", Quote),
    ("body", Block), ("br", Break), ("button", Inline), ("canvas", Removed), ("caption", Block), ("center", Block),
    ("cite", Inline), ("code", Inline), ("col", Void), ("colgroup", Block), ("data", Inline), ("dd", Block),
    ("del", Removed), ("details", Block), ("dfn", Inline), ("dialog", Block), ("dir", Block), ("div", Block),
    ("dl", Block), ("dt", Block), ("em", Inline), ("embed", Void), ("fieldset", Block), ("figcaption", Block),
    ("figure", Block), ("font", Inline), ("footer", Block), ("form", Block), ("frame", Void), ("frameset", Block),
    ("h1", Block), ("h2", Block), ("h3", Block), ("h4", Block), ("h5", Block), ("h6", Block), ("head", Block),
    ("header", Block), ("hgroup", Block), ("hr", Block), ("html", Block), ("i", Inline), ("iframe", Removed),
    ("img", Void), ("input", Void), ("ins", Inline), ("kbd", Inline), ("keygen", Void), ("label", Inline),
    ("legend", Block), ("li", Block), ("link", Void), ("listing", Preserved), ("main", Block), ("map", Inline),
    ("mark", Inline), ("marquee", Block), ("math", Inline), ("menu", Block), ("meta", Void), ("meter", Inline),
    ("nav", Block), ("nobr", Inline), ("noembed", Removed), ("noframes", Removed), ("noscript", Removed),
    ("object", Removed), ("ol", Block), ("optgroup", Block), ("option", Block), ("output", Inline), ("p", Block),
    ("param", Void), ("picture", Inline), ("plaintext", Preserved), ("pre", Preserved), ("progress", Inline),
    ("q", Inline), ("rb", Inline), ("rp", Inline), ("rt", Inline), ("rtc", Inline), ("ruby", Inline), ("s", Removed),
    ("samp", Inline), ("script", Removed), ("search", Block), ("section", Block), ("select", Block), ("slot", Inline),
    ("small", Inline), ("source", Void), ("span", Inline), ("strike", Removed), ("strong", Inline),
    ("style", Removed), ("sub", Inline), ("summary", Block), ("sup", Inline), ("svg", Removed), ("table", Block),
    ("tbody", Block), ("td", Block), ("template", Removed), ("textarea", Preserved), ("tfoot", Block), ("th", Block),
    ("thead", Block), ("time", Inline), ("title", Removed), ("tr", Block), ("track", Void), ("tt", Inline),
    ("u", Inline), ("ul", Block), ("var", Inline), ("video", Removed), ("wbr", Void), ("xmp", Preserved),
];

/// An element's place in the table; the last one stands for all that are not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind(u8);

const KINDS: usize = ELEMENTS.len() + 1;

impl Kind {
    pub(super) const P: Self = Self::named("p");
    pub(super) const HR: Self = Self::named("hr");
    pub(super) const LI: Self = Self::named("li");
    pub(super) const UL: Self = Self::named("ul");
    pub(super) const OL: Self = Self::named("ol");
    pub(super) const MENU: Self = Self::named("menu");
    pub(super) const DL: Self = Self::named("dl");
    pub(super) const DT: Self = Self::named("dt");
    pub(super) const DD: Self = Self::named("dd");
    pub(super) const DIV: Self = Self::named("div");
    pub(super) const TABLE: Self = Self::named("table");
    pub(super) const CAPTION: Self = Self::named("caption");
    pub(super) const THEAD: Self = Self::named("thead");
    pub(super) const TBODY: Self = Self::named("tbody");
    pub(super) const TFOOT: Self = Self::named("tfoot");
    pub(super) const TR: Self = Self::named("tr");
    pub(super) const TD: Self = Self::named("td");
    pub(super) const TH: Self = Self::named("th");

    /// The kind of a name that must be in the table, found by the compiler.
    const fn named(name: &str) -> Self {
        let mut at = 0;
        while at < ELEMENTS.len() {
            if is_same(ELEMENTS[at].0.as_bytes(), name.as_bytes()) {
                return Self(at as u8);
            }
            at += 1;
        }
        panic!("an element that is not in the table")
    }

    pub(super) fn of(name: &[u8]) -> Self {
        let found = ELEMENTS.binary_search_by(|(known, _)| known.as_bytes().cmp(name));
        Self(found.unwrap_or(ELEMENTS.len()) as u8)
    }

    pub(super) fn role(self) -> Role {
        ELEMENTS.get(usize::from(self.0)).map_or(Inline, |it| it.1)
    }

    pub(super) fn is_known(self) -> bool {
        usize::from(self.0) < ELEMENTS.len()
    }

    /// Whether its end tag reaches out of a table cell.
    pub(super) fn is_table_part(self) -> bool {
        matches!(
            self,
            Self::TABLE | Self::CAPTION | Self::THEAD | Self::TBODY | Self::TFOOT | Self::TR | Self::TD | Self::TH
        )
    }

    pub(super) fn is_block(self) -> bool {
        matches!(self.role(), Block | Quote | Preserved)
    }
}

const fn is_same(left: &[u8], right: &[u8]) -> bool {
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

/// The open elements.
///
/// Each kind keeps the place of its innermost open element, so that an end tag is matched without
/// a search and the whole is linear for thousands of unclosed levels and stray end tags.
pub(super) struct Open {
    stack: Vec<Element>,
    innermost: [Option<u32>; KINDS],
    innermost_block: Option<u32>,
}

struct Element {
    kind: Kind,
    effects: Effects,
    outer: Option<u32>,
    outer_block: Option<u32>,
    ended: bool,
}

impl Open {
    pub(super) fn new() -> Self {
        Self { stack: Vec::new(), innermost: [None; KINDS], innermost_block: None }
    }

    /// The place the next element will have.
    pub(super) fn len(&self) -> u32 {
        self.stack.len() as u32
    }

    pub(super) fn innermost(&self, kind: Kind) -> Option<u32> {
        self.innermost[usize::from(kind.0)]
    }

    pub(super) fn innermost_cell(&self) -> Option<u32> {
        self.innermost(Kind::TD).max(self.innermost(Kind::TH)).max(self.innermost(Kind::CAPTION))
    }

    pub(super) fn innermost_block(&self) -> Option<u32> {
        self.innermost_block
    }

    pub(super) fn push(&mut self, kind: Kind, effects: Effects) {
        let at = self.len();
        let slot = &mut self.innermost[usize::from(kind.0)];
        let outer = slot.replace(at);
        let outer_block = self.innermost_block;
        if kind.is_block() {
            self.innermost_block = Some(at);
        }
        self.stack.push(Element { kind, effects, outer, outer_block, ended: false });
    }

    /// Takes off the innermost element, if it stands at `floor` or above.
    pub(super) fn pop(&mut self, floor: u32) -> Option<(Kind, Effects)> {
        if self.len() <= floor {
            return None;
        }
        let element = self.stack.pop()?;
        if element.kind.is_block() {
            self.innermost_block = element.outer_block;
        }
        if element.ended {
            return Some((element.kind, Effects::default()));
        }
        self.innermost[usize::from(element.kind.0)] = element.outer;
        Some((element.kind, element.effects))
    }

    /// Ends the innermost inline element of a kind where it stands; what is open inside stays open.
    pub(super) fn end(&mut self, kind: Kind) -> Option<Effects> {
        let slot = &mut self.innermost[usize::from(kind.0)];
        let element = &mut self.stack[(*slot)? as usize];
        *slot = element.outer;
        element.ended = true;
        let effects = std::mem::take(&mut element.effects);
        while self.stack.last().is_some_and(|it| it.ended && !it.kind.is_block()) {
            self.stack.pop();
        }
        Some(effects)
    }
}
