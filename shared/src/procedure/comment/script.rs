//! Letters and digits of every script: the standard library's answers, kept.
//!
//! The library searches a list for each character beyond ASCII, which for some scripts takes
//! thousands of steps, and a comment asks a dozen times about each of its characters.

use std::sync::OnceLock;

/// Each page is looked up once in the life of a process.
const PAGE: usize = 64;
/// What is beyond these is rare, and the library finds it quickly.
const PAGES: usize = 0x2_0000 / PAGE;

static KNOWN: [OnceLock<Page>; PAGES] = [const { OnceLock::new() }; PAGES];

/// A bit for each character.
struct Page {
    letters: u64,
    letters_and_digits: u64,
}

impl Page {
    fn of(page: usize) -> Self {
        let set = |is_in: fn(char) -> bool| {
            let characters = (page * PAGE..).take(PAGE).map(|code| u32::try_from(code).ok().and_then(char::from_u32));
            characters.enumerate().fold(0, |set, (bit, c)| set | u64::from(c.is_some_and(is_in)) << bit)
        };
        Self { letters: set(char::is_alphabetic), letters_and_digits: set(char::is_alphanumeric) }
    }
}

/// `char::is_alphabetic`.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { is_in(c, |page| page.letters, char::is_alphabetic) }
}

/// `char::is_alphanumeric`.
pub(super) fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        is_in(c, |page| page.letters_and_digits, char::is_alphanumeric)
    }
}

fn is_in(c: char, set: fn(&Page) -> u64, beyond: fn(char) -> bool) -> bool {
    let (page, bit) = (c as usize / PAGE, c as usize % PAGE);
    match KNOWN.get(page) {
        Some(known) => set(known.get_or_init(|| Page::of(page))) >> bit & 1 == 1,
        None => beyond(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!((is_letter(c), is_letter_or_digit(c)), (c.is_alphabetic(), c.is_alphanumeric()), "{c:?}");
        }
    }
}
