//! HTML to the lines a reader sees, with the mentions collected.
//!
//! Tags are read as a browser reads them; what is struck, hidden or quoted leaves no trace.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::Mention;
use super::element::{Kind, Open, Role};
use super::letters::plain;
use super::page::{Page, Place};
use super::tag::Tag;

/// A line end of the source, which counts only where the HTML has no line ends of its own.
const SOURCE_LINE_END: char = '\r';

/// A `<` that is no tag's, for the tokenizer; otherwise a control character, which is dropped.
const BARE_SIGN: char = '\u{1}';

const LONGEST_NAME: usize = 100;

/// Each mention is held against those before it; nobody speaks to more people than this.
const MOST_MENTIONS: usize = 500;

/// What an element does while it is open.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Effects {
    removed: bool,
    preserved: bool,
    mention: bool,
    line: bool,
}

/// Reads a note or comment body.
pub(super) fn read(html: &str) -> (Page, Vec<Mention>) {
    let reader = tokenize(html, false);
    if reader.has_tags || !html.contains('<') {
        return reader.finish();
    }
    // A note made through the API is plain text: "Set 12.50 <before 17:00>" is no tag there.
    tokenize(&with_bare_signs(html), true).finish()
}

fn tokenize(html: &str, bare_signs: bool) -> Reader {
    let mut reader = Reader::new(html.len(), bare_signs);
    let mut tag = Tag::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag = Tag::named(name),
            CallbackEvent::AttributeName { name } => tag.attribute(name),
            CallbackEvent::AttributeValue { value } => tag.value(value),
            CallbackEvent::CloseStartTag { .. } => reader.start(&mut tag),
            CallbackEvent::EndTag { name } => reader.end(Kind::of(name)),
            CallbackEvent::String { value } => reader.text(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    });
    // Else the text of a script or style would be read as tags.
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    reader
}

/// The text with [`BARE_SIGN`] for every `<` that opens no comment.
fn with_bare_signs(text: &str) -> String {
    let text = text.replace(BARE_SIGN, "");
    let mut parts = text.split('<');
    let mut out = String::with_capacity(text.len());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push(if part.starts_with("!--") { '<' } else { BARE_SIGN });
        out.push_str(part);
    }
    out
}

struct Reader {
    page: Page,
    mentions: Vec<Mention>,
    open: Open,
    removed: usize,
    preserved: usize,
    /// The open mention, and its text.
    mention: Option<(Mention, String)>,
    space: Option<char>,
    tables: Vec<Place>,
    next_table: u32,
    has_tags: bool,
    has_lines: bool,
    stopped: bool,
    bare_signs: bool,
}

impl Reader {
    fn new(length: usize, bare_signs: bool) -> Self {
        Self {
            page: Page::with_capacity(length),
            mentions: Vec::new(),
            open: Open::new(),
            removed: 0,
            preserved: 0,
            mention: None,
            space: None,
            tables: Vec::new(),
            next_table: 1,
            has_tags: false,
            has_lines: false,
            stopped: false,
            bare_signs,
        }
    }

    fn finish(mut self) -> (Page, Vec<Mention>) {
        self.end_mention();
        let line_end = if self.has_lines { " " } else { "\n" };
        self.page.text = self.page.text.replace(SOURCE_LINE_END, line_end);
        (self.page, self.mentions)
    }

    fn start(&mut self, tag: &mut Tag) {
        let role = tag.kind.role();
        self.has_tags |= tag.is_html;
        self.stopped |= tag.starts_quote;
        if self.stopped {
            return;
        }
        if role == Role::Break {
            self.has_lines = true;
            return self.end_line();
        }
        if tag.kind.is_block() {
            self.has_lines = true;
            self.close_implied(tag.kind);
            self.end_line();
        }
        if tag.ends_line {
            self.has_lines = true;
            self.end_line();
        }
        if role == Role::Void || tag.kind == Kind::HR {
            return;
        }
        let effects = self.begin(tag, role);
        self.open.push(tag.kind, effects);
        self.enter_cell(tag.kind);
    }

    /// What the element does; nothing new inside of what is removed.
    fn begin(&mut self, tag: &mut Tag, role: Role) -> Effects {
        let mut effects = Effects::default();
        if self.removed > 0 {
            return effects;
        }
        effects.removed = tag.hidden || matches!(role, Role::Removed | Role::Quote);
        effects.preserved = tag.preserved || role == Role::Preserved;
        effects.line = tag.ends_line;
        self.removed += usize::from(effects.removed);
        self.preserved += usize::from(effects.preserved);
        if effects.removed {
            return effects;
        }
        if let Some(mention) = tag.mention() {
            match &mut self.mention {
                Some((outer, _)) => outer.fill(mention),
                None => {
                    effects.mention = true;
                    self.mention = Some((mention, String::new()));
                }
            }
        }
        effects
    }

    fn end(&mut self, kind: Kind) {
        if self.stopped {
            return;
        }
        match kind.role() {
            // A browser reads `</br>` as a line break, too.
            Role::Break => {
                self.has_tags = true;
                self.has_lines = true;
                self.end_line();
            }
            Role::Void => {}
            _ if kind.is_block() => {
                if let Some(at) = self.open.innermost(kind)
                    && (kind.is_table_part() || self.open.innermost_cell() <= Some(at))
                {
                    self.close_to(at);
                }
                self.end_line();
            }
            _ => {
                if let Some(effects) = self.open.end(kind) {
                    self.release(effects);
                }
            }
        }
    }

    /// Ends what a block's start tag ends without saying so: an open paragraph, list item, cell, row.
    fn close_implied(&mut self, kind: Kind) {
        if let Some(paragraph) = self.open.innermost(Kind::P)
            && self.open.innermost_block() == Some(paragraph)
        {
            self.close_to(paragraph);
        }
        let (ended, within): (&[Kind], &[Kind]) = match kind {
            Kind::LI => (&[Kind::LI], &[Kind::UL, Kind::OL, Kind::MENU]),
            Kind::DT | Kind::DD => (&[Kind::DT, Kind::DD], &[Kind::DL]),
            Kind::TD | Kind::TH => (&[Kind::TD, Kind::TH], &[Kind::TABLE, Kind::TR]),
            Kind::TR => (&[Kind::TR], &[Kind::TABLE]),
            Kind::THEAD | Kind::TBODY | Kind::TFOOT => {
                (&[Kind::THEAD, Kind::TBODY, Kind::TFOOT, Kind::TR], &[Kind::TABLE])
            }
            _ => return,
        };
        let floor = within.iter().filter_map(|&it| self.open.innermost(it)).max();
        let outermost = ended.iter().filter_map(|&it| self.open.innermost(it)).filter(|&at| Some(at) > floor).min();
        if let Some(at) = outermost {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, floor: u32) {
        while let Some((kind, effects)) = self.open.pop(floor) {
            self.release(effects);
            if kind == Kind::TABLE {
                self.tables.pop();
                self.end_line();
                let outer = self.tables.last().copied();
                self.page.begin_cell(outer);
            }
        }
    }

    fn release(&mut self, effects: Effects) {
        self.removed -= usize::from(effects.removed);
        self.preserved -= usize::from(effects.preserved);
        if effects.mention {
            self.end_mention();
        }
        if effects.line {
            self.end_line();
        }
    }

    fn enter_cell(&mut self, kind: Kind) {
        if kind == Kind::TABLE {
            self.tables.push(Place { table: self.next_table, row: 0, column: 0 });
            self.next_table += 1;
            return;
        }
        let Some(place) = self.tables.last_mut() else {
            return;
        };
        if kind == Kind::TR {
            place.row += 1;
            place.column = 0;
        } else if matches!(kind, Kind::TD | Kind::TH) {
            place.column += 1;
            self.page.begin_cell(Some(*place));
        }
    }

    fn text(&mut self, text: &str) {
        if self.stopped || self.removed > 0 {
            return;
        }
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Most text is runs of these, and they are as plain as they stand.
            let run = rest.bytes().take_while(u8::is_ascii_graphic).count();
            if run > 0 {
                self.write(&rest[..run]);
                rest = &rest[run..];
                continue;
            }
            rest = &rest[c.len_utf8()..];
            let c = if c == BARE_SIGN && self.bare_signs { '<' } else { c };
            let Some(c) = plain(c) else { continue };
            match c {
                '\n' if self.preserved > 0 => {
                    self.has_lines = true;
                    self.end_line();
                }
                '\n' => self.space = Some(SOURCE_LINE_END),
                '\t' if self.space != Some(SOURCE_LINE_END) => self.space = Some('\t'),
                ' ' | '\t' => self.space = self.space.or(Some(' ')),
                _ => self.write(c.encode_utf8(&mut [0; 4])),
            }
        }
    }

    fn write(&mut self, text: &str) {
        let space = self.space.take();
        let (out, space) = match &mut self.mention {
            Some((_, name)) => (name, space.map(|_| ' ')),
            None => (&mut self.page.text, space),
        };
        out.extend(space);
        out.push_str(text);
    }

    fn end_line(&mut self) {
        if self.removed > 0 {
            return;
        }
        self.end_mention();
        let space = self.space.take().filter(|&space| space != SOURCE_LINE_END);
        let text = &mut self.page.text;
        if !text.is_empty() && !text.ends_with('\n') {
            text.extend(space);
            text.push('\n');
        }
    }

    fn end_mention(&mut self) {
        let Some((mut mention, text)) = self.mention.take() else {
            return;
        };
        if mention.name.is_empty() {
            mention.name = text.trim().trim_start_matches('@').chars().take(LONGEST_NAME).collect();
        }
        if self.mentions.len() < MOST_MENTIONS && !self.mentions.contains(&mention) {
            self.mentions.push(mention);
        }
    }
}
