//! Which words fall into which classes.

use std::collections::HashMap;

use super::slip;

/// A class of words: what a pattern wants in one place.
pub(super) type ClassId = u16;

/// Classes that words fall into by what they say, not by their letters.
pub(super) const SPECIAL: [&str; 6] = ["#high", "#many", "#long", "#number", "#large", "#name"];

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

/// The classes of every word that some pattern knows.
pub(super) struct Vocabulary {
    lexicon: HashMap<&'static str, &'static str>,
    ids: HashMap<&'static str, ClassId>,
    forms: HashMap<String, Vec<ClassId>>,
    /// By their first four letters.
    prefixes: HashMap<&'static str, Vec<(&'static str, ClassId)>>,
}

impl Vocabulary {
    /// `lexicon` has named classes, one a line: `name: word word`.
    pub(super) fn new(lexicon: &'static str) -> Self {
        let lines = lexicon.lines().filter_map(|it| it.split_once(':'));
        let lexicon = lines.map(|(name, words)| (name.trim(), words)).collect();
        let ids = SPECIAL.into_iter().zip(0..).collect();
        Self { lexicon, ids, forms: HashMap::new(), prefixes: HashMap::new() }
    }

    /// The class of `word/other~/@named`: `~` also takes a word's inflections, `*` whatever begins
    /// so, and `@` a class of the lexicon.
    pub(super) fn class(&mut self, element: &'static str) -> ClassId {
        if let Some(id) = self.ids.get(element) {
            return *id;
        }
        let id = ClassId::try_from(self.ids.len()).expect("a test counts the classes");
        self.ids.insert(element, id);
        self.add(element.split('/'), id);
        id
    }

    fn add(&mut self, words: impl Iterator<Item = &'static str>, id: ClassId) {
        for word in words {
            if let Some(name) = word.strip_prefix('@') {
                let named = self.lexicon.get(name).copied().unwrap_or_default();
                debug_assert!(!named.is_empty(), "the lexicon has no {name}");
                self.add(named.split_whitespace(), id);
            } else if let Some(stem) = word.strip_suffix('*') {
                self.prefixes.entry(stem.get(..4).unwrap_or(stem)).or_default().push((stem, id));
            } else if let Some(stem) = word.strip_suffix('~') {
                inflections(stem).into_iter().for_each(|it| self.form(it, id));
            } else {
                self.form(word.to_owned(), id);
            }
        }
    }

    fn form(&mut self, form: String, id: ClassId) {
        let ids = self.forms.entry(form).or_default();
        if ids.last() != Some(&id) {
            ids.push(id);
        }
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Tells each class of a word; one slip is forgiven in a word that nobody knows.
    pub(super) fn classes(&self, word: &str, mut tell: impl FnMut(ClassId)) {
        let mut known = false;
        if let Some(ids) = self.forms.get(word) {
            ids.iter().for_each(|it| tell(*it));
            known = true;
        }
        if let Some(stems) = word.get(..4).and_then(|it| self.prefixes.get(it)) {
            for (stem, id) in stems.iter().filter(|it| word.starts_with(it.0)) {
                tell(*id);
                known |= !stem.is_empty();
            }
        }
        if let Some(ids) = Some(word).filter(|_| !known).and_then(slip::meant).and_then(|it| self.forms.get(it)) {
            ids.iter().for_each(|it| tell(*it));
        }
    }
}

/// The regular forms of an English verb or noun. Some are no words; nobody writes those.
fn inflections(stem: &str) -> Vec<String> {
    let mut forms: Vec<String> = ["", "s", "ed", "ing"].map(|it| format!("{stem}{it}")).to_vec();
    let last = stem.chars().next_back().unwrap_or_default();
    let short = &stem[..stem.len() - last.len_utf8()];
    match last {
        'e' => forms.extend([format!("{stem}d"), format!("{short}ing")]),
        'y' => forms.extend([format!("{short}ies"), format!("{short}ied")]),
        's' | 'x' | 'h' | 'z' | 'o' => forms.push(format!("{stem}es")),
        _ => forms.extend([format!("{stem}{last}ed"), format!("{stem}{last}ing")]),
    }
    forms
}
