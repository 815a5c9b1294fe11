//! Which words fall into which classes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::{inflection, slip};

/// A class of words: what a pattern wants in one place.
pub(super) type ClassId = u16;

/// Classes that words fall into by what they say, not by their letters.
pub(super) const SPECIAL: [&str; 7] = ["#high", "#many", "#long", "#number", "#large", "#name", "#several"];

/// A sum over the threshold.
pub(super) const HIGH: ClassId = 0;
/// A count that reaches the highest number of attempts.
pub(super) const MANY: ClassId = 1;
/// The number of a time that reaches the highest number of hours.
pub(super) const LONG: ClassId = 2;
/// Any number.
pub(super) const NUMBER: ClassId = 3;
/// Every word of a ticket that belongs to a large customer.
pub(super) const LARGE: ClassId = 4;
/// A word with a capital.
pub(super) const NAME: ClassId = 5;
/// A count of two or more.
pub(super) const SEVERAL: ClassId = 6;

/// A word that some pattern knows.
pub(super) type FormId = u32;

/// Behind the last link.
const NO_LINK: u32 = u32::MAX;

/// The classes of every word that some pattern knows.
pub(super) struct Vocabulary {
    lexicon: HashMap<&'static str, &'static str>,
    ids: HashMap<&'static str, ClassId, Quick>,
    forms: HashMap<&'static str, FormId, Quick>,
    /// By form, its newest link.
    heads: Vec<u32>,
    /// A class of a form, and the link before it; the first link is none.
    links: Vec<(ClassId, u32)>,
    /// Classes and those that include them, `#number/several`, `@boss/chief`; the inner ones first.
    inclusions: Vec<(ClassId, ClassId)>,
    /// Words with all their inflections, by the bare word.
    stems: HashMap<&'static str, FormId, Quick>,
    /// Beginnings of words, as a form each.
    beginnings: Vec<(&'static str, FormId)>,
}

impl Vocabulary {
    /// `lexicon` has named classes, one a line: `name: word word`.
    pub(super) fn new(lexicon: &'static str) -> Self {
        let lines = lexicon.lines().filter_map(|it| it.split_once(':'));
        let lexicon = lines.map(|(name, words)| (name.trim(), words)).collect();
        let mut ids = HashMap::with_capacity_and_hasher(1 << 12, Quick::default());
        ids.extend(SPECIAL.into_iter().zip(0..));
        let forms = HashMap::with_capacity_and_hasher(1 << 13, Quick::default());
        Self {
            lexicon,
            ids,
            forms,
            heads: Vec::with_capacity(1 << 13),
            links: Vec::with_capacity(1 << 15),
            inclusions: Vec::new(),
            stems: HashMap::with_capacity_and_hasher(1 << 11, Quick::default()),
            beginnings: Vec::new(),
        }
    }

    /// The class of `word/verb~/begin*/@named`: `~` takes every inflection, `*` whatever begins so, and
    /// `@` a class of the lexicon.
    pub(super) fn class(&mut self, element: &'static str) -> ClassId {
        if let Some(id) = self.ids.get(element) {
            return *id;
        }
        let id = ClassId::try_from(self.ids.len()).expect("a test counts the classes");
        self.ids.insert(element, id);
        match element.strip_prefix('@').and_then(|it| self.lexicon.get(it).copied()) {
            Some(words) => self.add(words.split_whitespace(), id),
            None => self.add(element.split('/'), id),
        }
        id
    }

    fn add(&mut self, words: impl Iterator<Item = &'static str>, id: ClassId) {
        for word in words {
            if word.starts_with('@') {
                // What the inner class includes stands in the list before it.
                let inner = self.class(word);
                self.inclusions.push((inner, id));
                continue;
            }
            if let Some(special) = SPECIAL.iter().position(|it| *it == word) {
                self.inclusions.push((special as ClassId, id));
                continue;
            }
            let next = self.heads.len() as FormId;
            let form = match word.strip_suffix('~') {
                Some(bare) => *self.stems.entry(bare).or_insert(next),
                None => *self.forms.entry(word).or_insert(next),
            };
            if form == next {
                self.heads.push(NO_LINK);
                self.beginnings.extend(word.strip_suffix('*').map(|it| (it, form)));
            }
            let head = &mut self.heads[form as usize];
            self.links.push((id, *head));
            *head = self.links.len() as u32 - 1;
        }
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Classes and those that include them, the inner ones first.
    pub(super) fn inclusions(&self) -> &[(ClassId, ClassId)] {
        &self.inclusions
    }

    /// The classes of a word that is known.
    pub(super) fn classes(&self, form: FormId) -> impl Iterator<Item = ClassId> {
        let mut at = self.heads[form as usize];
        std::iter::from_fn(move || {
            let (class, before) = *self.links.get(at as usize)?;
            at = before;
            Some(class)
        })
    }

    /// The word where it is known, and what it is an inflection of; one slip is forgiven in one that
    /// nobody knows.
    pub(super) fn forms_of(&self, word: &str) -> [Option<FormId>; 2] {
        let whole = self.forms.get(word).copied();
        let stem = self.stem(word);
        if whole.is_some() || stem.is_some() {
            return [whole, stem];
        }
        let begun = || self.beginnings.iter().find(|it| word.starts_with(it.0)).map(|it| it.1);
        match begun() {
            Some(form) => [Some(form), None],
            None => slip::meant(word).map_or([None; 2], |it| [self.forms.get(it).copied(), self.stem(it)]),
        }
    }

    fn stem(&self, word: &str) -> Option<FormId> {
        inflection::bare(word, |it| self.stems.get(it).copied())
    }
}

/// Hashes for tables of our own words, which nobody can fill from outside.
type Quick = BuildHasherDefault<Mixed>;

/// Multiplies eight bytes at a time; the sum of the parts is mixed at the end.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}
