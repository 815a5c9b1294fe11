//! What holds for every table of words.

use std::collections::BTreeSet;

use super::super::rules::{implied, lexicon::LEXICON, shipped, silence, table};
use super::super::vocabulary::{ClassId, SPECIAL};
use super::super::words::Words;
use super::*;

/// Every pattern of every table.
fn patterns() -> impl Iterator<Item = &'static str> {
    let tables = Trigger::ALL.into_iter().map(table).chain(silence::TABLES.into_iter().map(|it| it.1));
    let tables = tables.chain(implied::IMPLIED.into_iter().map(|it| it.1));
    tables.flat_map(str::lines).map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("# "))
}

/// The words of an element, without what they are marked with.
fn words(element: &'static str) -> impl Iterator<Item = &'static str> {
    let marked = ["..", "__", "^", "$", "&"].iter().any(|it| element.starts_with(it));
    let bare = element.trim_start_matches("<!").trim_start_matches('!').trim_end_matches('?');
    bare.split('/').filter(move |_| !marked)
}

#[test]
fn every_word_is_one_that_a_text_can_have() {
    let classes: BTreeSet<_> = LEXICON.lines().filter_map(|it| it.split_once(':')).map(|it| it.0).collect();
    let in_classes = LEXICON.lines().filter_map(|it| it.split_once(':')).flat_map(|it| it.1.split_whitespace());
    let in_patterns = patterns().flat_map(str::split_whitespace).flat_map(words);
    let is_read = |word: &&str| {
        if let Some(class) = word.strip_prefix('@') {
            return classes.contains(class);
        }
        let word = word.trim_end_matches(['*', '~']);
        let read = Words::of(word);
        word == "'s" || SPECIAL.contains(&word) || (read.all().len() == 2 && read.form(0) == word)
    };
    let never_read: BTreeSet<_> = in_classes.chain(in_patterns).filter(|it| !is_read(it)).collect();
    assert_eq!(never_read, BTreeSet::new());
}

#[test]
fn every_part_of_a_pattern_has_words() {
    for pattern in patterns() {
        let parts = pattern.split_whitespace().collect::<Vec<_>>();
        let empty = parts.windows(2).any(|it| it.iter().all(|it| it.starts_with('&')));
        assert!(!empty && !parts[parts.len() - 1].starts_with('&'), "{pattern}");
    }
}

#[test]
fn every_class_has_an_id() {
    assert!(shipped().vocabulary.len() < usize::from(ClassId::MAX));
}
