//! A text as the patterns see it: for each class of words, where they stand.

use super::bits::{self, Bits};
use super::pattern::Pattern;
use super::rules::{self, Ear, Shipped};
use super::scope::Scopes;
use super::vocabulary::{ClassId, FormId, HIGH, LARGE, LONG, MANY, NAME, NUMBER, SEVERAL};
use super::words::{Sentence, Words};
use super::{QUOTED, Rules, Trigger, amount, spelling};

/// Sentences that are beside another one, on either side.
const BESIDE: usize = 2;

/// Nobody asks more often than this; more are people, sites, orders.
const MOST_ATTEMPTS: u64 = 99;

/// What a ticket's facts say of the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tier {
    Large,
    Other,
}

/// A text, read.
pub(super) struct Reading<'a> {
    text: &'a str,
    words: Words,
    shipped: &'static Shipped,
    width: usize,
    /// A row of bits for each class.
    classes: Vec<u64>,
    /// By class, whether its row has any bit.
    present: Vec<bool>,
    everywhere: Bits,
    plain_words: Bits,
    beginnings: Bits,
    /// By word.
    sentence_of: Vec<u32>,
    scopes: Scopes,
}

impl<'a> Reading<'a> {
    pub(super) fn of(text: &'a str, rules: &Rules, tier: Option<Tier>) -> Self {
        let shipped = rules::shipped();
        let words = Words::of(text);
        let width = bits::width(words.all().len());
        let mut reading = Self {
            text,
            shipped,
            width,
            classes: vec![0; width * shipped.vocabulary.len()],
            present: vec![false; shipped.vocabulary.len()],
            everywhere: vec![0; width],
            plain_words: Vec::new(),
            beginnings: vec![0; width],
            sentence_of: vec![0; words.all().len() + 1],
            scopes: Scopes::default(),
            words,
        };
        reading.mark(rules);
        reading.mark_if(tier == Some(Tier::Large), LARGE, 0);
        reading.plain_words = reading.everywhere.clone();
        let denial = shipped.scope_rules.denial;
        bits::drop_before(&mut reading.plain_words, &reading.classes[denial as usize * width..][..width]);
        let says_large = |it: &Pattern| it.first_fit(&reading, &reading.everywhere).is_some();
        if tier.is_none() && shipped.large.iter().any(says_large) {
            reading.mark_if(true, LARGE, 0);
        }
        reading.scopes = Scopes::of(&reading, &shipped.scope_rules);
        reading
    }

    fn mark(&mut self, rules: &Rules) {
        let words = std::mem::take(&mut self.words);
        let vocabulary = &self.shipped.vocabulary;
        let mut forms: Vec<(FormId, u32)> = Vec::with_capacity(2 * words.all().len());
        for (index, sentence) in words.sentences.iter().enumerate() {
            bits::set(&mut self.beginnings, sentence.first);
            self.sentence_of[sentence.first..=sentence.end].fill(index as u32);
            for at in sentence.first..sentence.end {
                bits::set(&mut self.everywhere, at);
                forms.extend(vocabulary.forms_of(words.form(at)).into_iter().flatten().map(|it| (it, at as u32)));
            }
        }
        forms.sort_unstable();
        self.mark_forms(&forms);
        for at in bits::all(&self.everywhere.clone()) {
            self.mark_if(words.all()[at].capital, NAME, at);
            self.mark_number(&words, at, rules);
        }
        for (inner, class) in self.shipped.vocabulary.inclusions() {
            if self.present[*inner as usize] {
                let (inner, class) = (*inner as usize * self.width, *class as usize * self.width);
                for at in 0..self.width {
                    self.classes[class + at] |= self.classes[inner + at];
                }
            }
            self.present[*class as usize] |= self.present[*inner as usize];
        }
        self.words = words;
    }

    /// A word has many classes and may stand in many places: each class takes the places at once.
    fn mark_forms(&mut self, forms: &[(FormId, u32)]) {
        let mut row = vec![0; self.width];
        for places in forms.chunk_by(|a, b| a.0 == b.0) {
            let many = places.len() > self.width;
            if many {
                row.fill(0);
                places.iter().for_each(|it| bits::set(&mut row, it.1 as usize));
            }
            for class in self.shipped.vocabulary.classes(places[0].0) {
                self.present[class as usize] = true;
                let bits = &mut self.classes[class as usize * self.width..][..self.width];
                if many {
                    bits::add(bits, &row);
                } else {
                    places.iter().for_each(|it| bits::set(bits, it.1 as usize));
                }
            }
        }
    }

    fn mark_number(&mut self, words: &Words, at: usize, rules: &Rules) {
        let word = words.all()[at];
        self.mark_if(word.count.is_some() || word.figure.is_some(), NUMBER, at);
        let is_high = self.sum(words, at).is_some_and(|it| it > rules.billing_threshold.hundredths);
        self.mark_if(is_high && !is_conceded(words, at), HIGH, at);
        let Some(count) = word.count.filter(|_| !word.money) else {
            return;
        };
        self.mark_if(count > 1 && !amount::is_ordinal(words.form(at)), SEVERAL, at);
        self.mark_if((u64::from(rules.max_attempts)..=MOST_ATTEMPTS).contains(&count), MANY, at);
        let hours = match words.form(at + 1) {
            "h" | "hr" | "hrs" | "hour" | "hours" => 1,
            "day" | "days" | "working" | "business" => 24,
            "week" | "weeks" => 7 * 24,
            "month" | "months" => 30 * 24,
            _ => 0,
        };
        self.mark_if(hours > 0 && count.saturating_mul(hours) >= u64::from(rules.max_open_hours), LONG, at);
    }

    /// The sum of money in hundredths, `three charges of £200 each` and `fourteen hundred pounds` too.
    fn sum(&self, words: &Words, at: usize) -> Option<u64> {
        let word = words.all()[at];
        let times = match words.form(at + 1) {
            "hundred" => 100,
            "thousand" | "grand" => 1_000,
            _ => 1,
        };
        if times > 1 {
            let count = word.count?;
            let named = words.form(at + 1) == "grand" || amount::is_currency(words.form(at + 2));
            return (named || word.money || self.is_charged(at)).then(|| count.saturating_mul(times * 100));
        }
        // A figure without a currency is a sum behind words such as "charged".
        let sum = word.figure.filter(|_| word.money || self.is_charged(at))?;
        let each = (at + 1..at + 4).any(|it| words.form(it) == "each");
        let many = words.all()[..at].iter().rev().take(6).find_map(|it| it.count.filter(|_| !it.money));
        Some(sum.saturating_mul(many.filter(|_| each).unwrap_or(1)))
    }

    fn is_charged(&self, at: usize) -> bool {
        let class = self.shipped.scope_rules.charged;
        at > 0 && bits::has(self.class(class), at - 1)
    }

    fn mark_if(&mut self, holds: bool, class: ClassId, at: usize) {
        if holds {
            bits::set(&mut self.classes[class as usize * self.width..], at);
            self.present[class as usize] = true;
        }
    }

    /// The words that suggest the trigger, if any do.
    pub(super) fn find(&self, trigger: Trigger, rules: &Rules) -> Option<String> {
        let shipped = self.first_quote(trigger, &self.shipped.rules[trigger as usize]);
        if shipped.is_some() {
            return shipped;
        }
        let open = self.scopes.open(Ear::of(trigger));
        let own = rules.words.iter().filter(|it| it.0 == trigger);
        own.map(|it| spelling::plain(&it.1)).find_map(|phrase| {
            let start = self.words.places(&phrase).find(|at| bits::has(open, *at))?;
            Some(self.quote(start, start + phrase.split(' ').count()))
        })
    }

    /// The trigger that is only implied, and its words.
    pub(super) fn implied(&self, rules: &Rules) -> Option<(Trigger, String)> {
        let wanted = self.shipped.implied.iter().filter(|it| !rules.off.contains(&it.0));
        let found = wanted.map(|it| (it.0, self.first_quote(it.0, &it.1)));
        found.filter_map(|it| Some((it.0, it.1?))).next()
    }

    fn first_quote(&self, trigger: Trigger, patterns: &[Pattern]) -> Option<String> {
        let open = self.scopes.open(Ear::of(trigger));
        let quote = |it: &Pattern| it.first_fit(self, open).map(|fit| self.quote(it.start(self, open, fit), fit.end));
        patterns.iter().find_map(quote)
    }

    fn quote(&self, start: usize, end: usize) -> String {
        let words = self.words.all();
        let (Some(first), Some(last)) = (words.get(start), words.get(end.saturating_sub(1))) else {
            return String::new();
        };
        let raw = self.text.get(first.start..last.end.max(first.end)).unwrap_or_default();
        let raw = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match raw.char_indices().nth(QUOTED) {
            None => raw,
            Some(_) => raw.chars().take(QUOTED - 1).chain(['…']).collect(),
        }
    }

    /// Where the words of a class stand.
    pub(super) fn class(&self, class: ClassId) -> &[u64] {
        &self.classes[class as usize * self.width..][..self.width]
    }

    pub(super) fn has_class(&self, class: ClassId) -> bool {
        self.present[class as usize]
    }

    /// Where there are words at all.
    pub(super) fn everywhere(&self) -> &[u64] {
        &self.everywhere
    }

    /// Where there are words that deny nothing.
    pub(super) fn plain_words(&self) -> &[u64] {
        &self.plain_words
    }

    /// Where sentences begin.
    pub(super) fn beginnings(&self) -> &[u64] {
        &self.beginnings
    }

    pub(super) fn sentences(&self) -> &[Sentence] {
        &self.words.sentences
    }

    /// The sentence that the word is in.
    pub(super) fn sentence(&self, word: usize) -> usize {
        self.sentence_of[word] as usize
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// Whether the places behind fits have one in the sentence, or in one beside it.
    pub(super) fn has(&self, ends: &[u64], sentence: usize, beside: bool) -> bool {
        let around = if beside { BESIDE } else { 0 };
        let from = self.words.sentences[sentence.saturating_sub(around)].first;
        let last = (sentence + around).min(self.words.sentences.len() - 1);
        bits::first(ends, from + 1, self.words.sentences[last].end + 1).is_some()
    }
}

/// Whether the sum is what is not disputed, `of the £2,400 all is right except £12`.
fn is_conceded(words: &Words, at: usize) -> bool {
    let behind = (at + 1..at + 17).map(|it| words.form(it)).take_while(|it| !it.is_empty());
    let excepted = behind.into_iter().any(|it| matches!(it, "except" | "apart"));
    let before = |it: usize| words.form(at.saturating_sub(it));
    excepted || (1..4).any(|it| matches!(before(it), "turnover" | "revenue" | "budget"))
}
