//! Takes out of a text what would tell who the customer is.

mod email;
mod letters;
mod names;
mod ordinary;
mod phone;
#[cfg(test)]
mod tests;

use std::ops::Range;

use names::Names;

/// Stands for a customer's name.
pub const CUSTOMER: &str = "[customer]";
/// Stands for an e-mail address.
pub const EMAIL: &str = "[e-mail]";
/// Stands for a telephone number.
pub const PHONE: &str = "[phone]";

/// A stretch of the text.
#[derive(Clone, Copy)]
enum Piece<'a> {
    /// As its author wrote it.
    Own(&'a str),
    /// What stands in another's place. It ends a word, and nothing reaches across it, so that hiding
    /// what is hidden already changes nothing.
    Mark(&'static str),
}

/// The text without these names of people and companies, without e-mail addresses and telephone
/// numbers. Takes time linear in the text's length, times the words of the longest name where a text
/// repeats its beginning over and over.
///
/// A name counts as a whole word, in any case, whatever blanks, dashes or accents it is written with.
/// Of a full name also the first and the last name alone count where they begin with a capital, of a
/// company also the name without its legal form. A name that is made of ordinary words, such as
/// `Will`, counts where it begins with a capital; a name of one letter never counts.
pub fn hide(text: &str, names: &[String]) -> String {
    let names = Names::of(names);
    let pieces = replaced(vec![Piece::Own(text)], marks);
    let pieces = replaced(pieces, |text| marked(email::find(text), EMAIL));
    let pieces = replaced(pieces, |text| marked(names.find(text), CUSTOMER));
    let pieces = replaced(pieces, |text| marked(phone::find(text), PHONE));
    pieces.into_iter().map(Piece::text).collect()
}

/// Whether anything is said beside what stands in another's place.
pub(super) fn says_something(text: &str) -> bool {
    let own = replaced(vec![Piece::Own(text)], marks).into_iter().filter(|it| matches!(it, Piece::Own(_)));
    own.map(Piece::text).any(|it| it.chars().any(char::is_alphanumeric))
}

impl<'a> Piece<'a> {
    fn text(self) -> &'a str {
        match self {
            Self::Own(text) | Self::Mark(text) => text,
        }
    }
}

type Found = (Range<usize>, &'static str);

/// Puts marks in the place of what `find` finds in the author's own words, in order.
fn replaced(pieces: Vec<Piece<'_>>, find: impl Fn(&str) -> Vec<Found>) -> Vec<Piece<'_>> {
    let mut all = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Piece::Own(text) = piece else {
            all.push(piece);
            continue;
        };
        let mut from = 0;
        for (range, mark) in find(text) {
            all.push(Piece::Own(&text[from..range.start]));
            all.push(Piece::Mark(mark));
            from = range.end;
        }
        all.push(Piece::Own(&text[from..]));
    }
    all
}

fn marked(ranges: Vec<Range<usize>>, mark: &'static str) -> Vec<Found> {
    ranges.into_iter().map(|it| (it, mark)).collect()
}

/// What was hidden before.
fn marks(text: &str) -> Vec<Found> {
    let all = [CUSTOMER, EMAIL, PHONE];
    let mut found: Vec<Found> = all
        .into_iter()
        .flat_map(|mark| text.match_indices(mark).map(move |(at, _)| (at..at + mark.len(), mark)))
        .collect();
    found.sort_unstable_by_key(|it| it.0.start);
    found
}
