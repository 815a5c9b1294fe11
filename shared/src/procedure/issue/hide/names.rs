//! People's and companies' names in a text.

use std::collections::HashMap;
use std::ops::Range;

use super::super::super::characters::{is_blank, is_invisible};
use super::letters::{Kind, continues, fold, may_stand_within};
use super::ordinary::{is_general, is_ordinary, is_short_word, is_title, without_form};

/// One letter is too much like other words for half a name.
const SHORTEST_HALF: usize = 2;
/// And fewer than these for a name that is written without its blanks.
const SHORTEST_JOINED: usize = 6;

/// The names, ready to be looked for: a tree of words.
pub(super) struct Names {
    /// Every word of a name, by number.
    numbers: HashMap<String, usize>,
    /// Which node a word leads to from another.
    next: HashMap<(usize, usize), usize>,
    /// For each node what a name that ends there asks of its words; the first node is before every name.
    ends: Vec<Option<Case>>,
}

/// Which words of a text must begin with a capital, as far as their script has any.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    None,
    First,
    Each,
}

/// A word of a text.
struct Word {
    range: Range<usize>,
    /// As it is compared.
    letters: String,
    has_capital: bool,
    /// Whether it can belong to one name with the word before it.
    goes_on: bool,
}

/// A word of a text, by number where a name has it.
struct Known {
    range: Range<usize>,
    number: Option<usize>,
    has_capital: bool,
    goes_on: bool,
}

impl Names {
    pub fn of(names: &[String]) -> Self {
        let mut all = Self { numbers: HashMap::new(), next: HashMap::new(), ends: vec![None] };
        for name in names {
            // What stands in brackets is a branch or a remark.
            let bare = name.split('(').next().unwrap_or(name);
            for written in [name, &name.replace('&', " and "), bare] {
                all.add_ways(written);
            }
            all.add_halves(bare);
        }
        all
    }

    fn add_ways(&mut self, name: &str) {
        let chunks = chunks(name);
        let words = chunks.concat();
        self.add_whole(&words);
        self.add_whole(&chunks.iter().map(|it| it.concat()).collect::<Vec<_>>());
        self.add_whole(&words.iter().filter(|it| *it != "and").cloned().collect::<Vec<_>>());
        for shorter in [without_form(&words), &without_titles(&chunks).concat()] {
            if !shorter.iter().all(|it| is_general(it)) {
                self.add_whole(shorter);
            }
        }
    }

    fn add_whole(&mut self, words: &[String]) {
        let letters = count(words);
        if letters < 2 {
            return;
        }
        let is_ordinary = words.iter().all(|it| is_ordinary(it) || it.chars().count() == 1);
        self.add(words, if is_ordinary { Case::Each } else { Case::None });
        if words.len() > 1 && !is_ordinary && letters >= SHORTEST_JOINED {
            self.add(&[words.concat()], Case::None);
        }
    }

    /// The first and the last name of what may be a person.
    fn add_halves(&mut self, name: &str) {
        let chunks = chunks(name);
        let words = chunks.concat();
        let is_company = without_form(&words).len() < words.len() || name.contains('&');
        let person = without_titles(&chunks);
        let [first, .., last] = person else { return };
        if is_company || name.chars().any(|it| it.is_ascii_digit()) {
            return;
        }
        for half in [first, last] {
            if count(half) >= SHORTEST_HALF && !half.iter().all(|it| is_general(it) || is_short_word(it)) {
                self.add(half, Case::First);
                self.add(&[half.concat()], Case::First);
            }
        }
    }

    fn add(&mut self, words: &[String], case: Case) {
        let mut node = 0;
        for word in words {
            let number = self.numbers.len();
            let number = *self.numbers.entry(word.clone()).or_insert(number);
            node = *self.next.entry((node, number)).or_insert(self.ends.len());
            self.ends.resize(self.ends.len().max(node + 1), None);
        }
        // The least that any of the names asks for.
        self.ends[node] = Some(self.ends[node].map_or(case, |it| it.min(case)));
    }

    /// Where names stand, in order; of several that begin at one place the longest.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        if self.numbers.is_empty() {
            return Vec::new();
        }
        let words: Vec<Known> = words(text).map(|it| self.known(it)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let length = self.length_at(&words[at..]);
            if length > 0 {
                found.push(words[at].range.start..words[at + length - 1].range.end);
            }
            at += length.max(1);
        }
        found
    }

    fn known(&self, word: Word) -> Known {
        let number = self.numbers.get(&word.letters).copied();
        Known { range: word.range, number, has_capital: word.has_capital, goes_on: word.goes_on }
    }

    /// How many of these words are the longest name that they begin with.
    fn length_at(&self, words: &[Known]) -> usize {
        let (mut node, mut longest, mut each) = (0, 0, true);
        for (at, word) in words.iter().enumerate() {
            let next = word.number.and_then(|it| self.next.get(&(node, it)));
            let Some(next) = next.filter(|_| at == 0 || word.goes_on) else { break };
            node = *next;
            each &= word.has_capital;
            let fits = match self.ends[node] {
                None => false,
                Some(Case::None) => true,
                Some(Case::First) => words[0].has_capital,
                Some(Case::Each) => each,
            };
            if fits {
                longest = at + 1;
            }
        }
        longest
    }
}

/// A name's words, in the groups that stand between blanks.
fn chunks(name: &str) -> Vec<Vec<String>> {
    let chunks = name.split(is_blank).map(|it| words(it).map(|it| it.letters).collect::<Vec<_>>());
    chunks.filter(|it| !it.is_empty()).collect()
}

fn without_titles(mut chunks: &[Vec<String>]) -> &[Vec<String>] {
    let is_title = |it: &Vec<String>| is_title(&it.concat());
    while let [first, rest @ ..] = chunks
        && is_title(first)
    {
        chunks = rest;
    }
    while let [rest @ .., last] = chunks
        && is_title(last)
    {
        chunks = rest;
    }
    chunks
}

fn count(words: &[String]) -> usize {
    words.iter().map(|it| it.chars().count()).sum()
}

fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut characters = text.char_indices().peekable();
    let mut goes_on = true;
    std::iter::from_fn(move || {
        while let Some((_, it)) = characters.next_if(|it| !it.1.is_alphanumeric()) {
            goes_on &= may_stand_within(it) || continues(it);
        }
        let (start, first) = characters.next()?;
        let kind = Kind::of(first);
        let mut word = Word {
            range: start..start + first.len_utf8(),
            letters: String::new(),
            has_capital: !first.is_lowercase(),
            goes_on: std::mem::replace(&mut goes_on, true),
        };
        fold(first, &mut word.letters);
        let belongs =
            |it: char| continues(it) || (it.is_alphanumeric() && kind != Kind::Unspaced && Kind::of(it) == kind);
        while let Some((at, it)) = characters.next_if(|it| belongs(it.1)) {
            fold(it, &mut word.letters);
            // What nobody sees belongs to a word only where the word goes on behind it.
            if !is_invisible(it) {
                word.range.end = at + it.len_utf8();
            }
        }
        Some(word)
    })
}
