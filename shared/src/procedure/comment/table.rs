//! Tables whose labels stand in the head row and the answers below.

use super::label::Labels;
use super::line;
use super::page::{Line, Place};
use super::point::Point;

/// Tables whose labels stand in the head row and the answers below.
#[derive(Default)]
pub(super) struct Heads {
    table: u32,
    row: u32,
    /// The table and row last looked at.
    checked: (u32, u32),
    columns: Vec<(u32, Vec<Point>)>,
}

pub(super) enum Column {
    Head(Vec<Point>),
    Under(Vec<Point>),
    None,
}

impl Heads {
    /// What the first of these lines is to its table.
    pub(super) fn column(&mut self, lines: &[Line<'_>], labels: &Labels) -> Column {
        let Some(place) = lines[0].place else {
            return Column::None;
        };
        if (place.table, place.row) != self.checked {
            self.checked = (place.table, place.row);
            let row = lines
                .iter()
                .take_while(|line| line.place.is_some_and(|it| (it.table, it.row) == (place.table, place.row)));
            let heads = heads(row, labels);
            if place.table != self.table || !heads.is_empty() {
                self.columns = heads;
                self.table = place.table;
                self.row = place.row;
            }
        }
        let Some((_, points)) = self.columns.iter().find(|(column, _)| *column == place.column) else {
            return Column::None;
        };
        if place.row == self.row { Column::Head(points.clone()) } else { Column::Under(points.clone()) }
    }
}

/// The labels of a row, where it holds nothing else but perhaps a number, and at least two.
fn heads<'a>(row: impl Iterator<Item = &'a Line<'a>>, labels: &Labels) -> Vec<(u32, Vec<Point>)> {
    let mut heads: Vec<(u32, Vec<Point>)> = Vec::new();
    for line in row {
        let Some(place) = line.place else {
            return Vec::new();
        };
        match line::heading(line.text.trim(), labels) {
            Some(heading) if heading.value.trim().is_empty() => {
                let repeated =
                    heads.iter().any(|(column, points)| *column == place.column || *points == heading.points);
                if repeated {
                    return Vec::new();
                }
                heads.push((place.column, heading.points));
            }
            _ if place.column == 1 && line.text.trim().len() < 12 => {}
            _ => return Vec::new(),
        }
    }
    if heads.len() >= 2 { heads } else { Vec::new() }
}

/// Gives the cells of a table drawn with bars their places, where its head row holds labels.
pub(super) fn columns<'a>(lines: Vec<Line<'a>>, labels: &Labels) -> Vec<Line<'a>> {
    if !lines.iter().any(|line| is_drawn(line)) {
        return lines;
    }
    let is_head = |line: &Line<'_>| {
        let cells = cells(line.text);
        let alone = |cell: &str| line::heading(cell, labels).is_some_and(|it| it.value.trim().is_empty());
        cells.len() >= 3 && cells.iter().filter(|(_, cell)| !cell.is_empty()).all(|(_, cell)| alone(cell))
    };
    let mut out = Vec::with_capacity(lines.len());
    let mut table = u32::MAX;
    let mut row = 0;
    for line in lines {
        let drawn = is_drawn(&line);
        if drawn && is_head(&line) {
            row = 1;
            table -= 1;
        } else if drawn && row > 0 {
            row += 1;
        } else {
            row = 0;
        }
        if row == 0 {
            out.push(line);
            continue;
        }
        let place = |column| Some(Place { table, row, column });
        let filled = cells(line.text).into_iter().filter(|(_, cell)| !cell.is_empty() && !is_rule(cell));
        out.extend(filled.map(|(column, text)| Line { text, place: place(column) }));
    }
    out
}

fn is_drawn(line: &Line<'_>) -> bool {
    line.place.is_none() && line.text.contains(['|', '\t'])
}

fn cells(line: &str) -> Vec<(u32, &str)> {
    let line = line.trim_matches(' ');
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    (1..).zip(line.split(['|', '\t']).map(str::trim)).collect()
}

/// `-----`, `=====`, `_____`, `***`, `|---|---|`.
pub(super) fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '–' | '—' | '|' | '+' | ':' | ' ' | '~'))
}
