//! A comment as lines of text, with the table cells they stand in.

use super::letters::plain_text;

/// The text with a line end after every line, and where the table cells begin.
pub(super) struct Page {
    pub text: String,
    cells: Vec<(usize, Option<Place>)>,
}

/// A cell of a table, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub table: u32,
    pub row: u32,
    pub column: u32,
}

/// One line and the cell it stands in.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub place: Option<Place>,
}

impl Page {
    pub(super) fn with_capacity(length: usize) -> Self {
        Self { text: String::with_capacity(length), cells: Vec::new() }
    }

    pub(super) fn of_text(text: &str) -> Self {
        Self { text: plain_text(text), cells: Vec::new() }
    }

    /// From here on the text stands in this cell, or in none.
    pub(super) fn begin_cell(&mut self, place: Option<Place>) {
        self.cells.push((self.text.len(), place));
    }

    /// The lines that hold something, in reading order.
    pub(super) fn lines(&self) -> Vec<Line<'_>> {
        let mut cells = self.cells.iter().peekable();
        let mut place = None;
        let mut start = 0;
        let mut lines = Vec::new();
        for text in self.text.split_inclusive('\n') {
            while let Some((_, next)) = cells.next_if(|&&(at, _)| at <= start) {
                place = *next;
            }
            start += text.len();
            let text = text.trim_end_matches('\n');
            if !text.trim().is_empty() {
                lines.push(Line { text, place });
            }
        }
        lines
    }
}
