//! Patterns of words, written as text.
//!
//! A pattern is one line of elements: `word`, `word/other`, `verb~`, `begin*`, `@class`, `#special`; `element?`
//! may be missing; `..3` are up to three words, none of which denies; `__3` are up to three of any;
//! `!element` must not follow, `<!element` must not stand before; `^` begins and `$` ends the
//! sentence. Behind ` & ` stands what the same sentence must have, behind ` &~ ` this sentence or one
//! of two beside it, behind ` && ` the text; a `-` turns each into what it must not have.

use super::bits::{self, Bits};
use super::reading::Reading;
use super::vocabulary::{ClassId, Vocabulary};

/// Words that suggest something, and what must or must not stand around them.
pub(super) struct Pattern {
    steps: Vec<Step>,
    around: Vec<Around>,
    /// How many words it has, where that is always the same.
    length: Option<usize>,
}

struct Around {
    steps: Vec<Step>,
    reach: Reach,
    wanted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Sentence,
    Beside,
    Text,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Take(ClassId),
    Maybe(ClassId),
    Gap(u8),
    Leap(u8),
    NotNext(ClassId),
    NotBehind(ClassId),
    Begins,
    Ends,
}

/// Where a pattern fits: behind its last word, and in which sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fit {
    pub(super) end: usize,
    pub(super) sentence: usize,
}

impl Pattern {
    /// Every pattern of a table: one a line, `#` and a blank begin a remark.
    pub(super) fn table(table: &'static str, vocabulary: &mut Vocabulary) -> Vec<Self> {
        let lines = table.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("# "));
        lines.map(|it| Self::parse(it, vocabulary)).collect()
    }

    fn parse(line: &'static str, vocabulary: &mut Vocabulary) -> Self {
        let mut pattern = Self { steps: Vec::new(), around: Vec::new(), length: None };
        for element in line.split_whitespace() {
            if element.starts_with('&') {
                let reach = match element.trim_end_matches('-') {
                    "&" => Reach::Sentence,
                    "&~" => Reach::Beside,
                    _ => Reach::Text,
                };
                pattern.around.push(Around { steps: Vec::new(), reach, wanted: !element.ends_with('-') });
                continue;
            }
            let step = Step::parse(element, vocabulary);
            pattern.around.last_mut().map_or(&mut pattern.steps, |it| &mut it.steps).push(step);
        }
        let stretches = |it: &Step| matches!(it, Step::Maybe(_) | Step::Gap(_) | Step::Leap(_));
        let takes = pattern.steps.iter().filter(|it| matches!(it, Step::Take(_))).count();
        pattern.length = (!pattern.steps.iter().any(stretches)).then_some(takes);
        pattern
    }

    /// The first place where it fits, beginning at one of the open words.
    pub(super) fn first_fit(&self, reading: &Reading<'_>, open: &[u64]) -> Option<Fit> {
        let mut first = None;
        self.fits(reading, open, |fit| {
            first = Some(fit);
            false
        });
        first
    }

    /// Tells where it fits, up to [`FITS`] places in a sentence.
    pub(super) fn each_fit(&self, reading: &Reading<'_>, open: &[u64], mut tell: impl FnMut(Fit)) {
        self.fits(reading, open, |fit| {
            tell(fit);
            true
        });
    }

    fn fits(&self, reading: &Reading<'_>, open: &[u64], mut goes_on: impl FnMut(Fit) -> bool) {
        let Some(ends) = run(&self.steps, reading, open, 0) else {
            return;
        };
        let Some(around) = self.around(reading) else {
            return;
        };
        let (mut last, mut told) = (usize::MAX, 0);
        for end in bits::all(&ends) {
            let sentence = reading.sentence(end - 1);
            told = if sentence == last { told + 1 } else { 0 };
            last = sentence;
            let holds = |(part, found): &(&Around, Bits)| {
                reading.has(found, sentence, part.reach == Reach::Beside) == part.wanted
            };
            if told < FITS && around.iter().all(holds) && !goes_on(Fit { end, sentence }) {
                return;
            }
        }
    }

    /// Where the parts around are that must be looked for sentence by sentence; none where it
    /// cannot fit anywhere.
    fn around(&self, reading: &Reading<'_>) -> Option<Vec<(&Around, Bits)>> {
        let mut around = Vec::with_capacity(self.around.len());
        for part in &self.around {
            let found = run(&part.steps, reading, reading.everywhere(), 0);
            match (part.reach, found) {
                (Reach::Text, found) if found.is_some() == part.wanted => {}
                (_, None) if !part.wanted => {}
                (Reach::Text, _) | (_, None) => return None,
                (_, Some(found)) => around.push((part, found)),
            }
        }
        Some(around)
    }

    /// Where the words begin that fit there: the nearest possible place.
    pub(super) fn start(&self, reading: &Reading<'_>, open: &[u64], fit: Fit) -> usize {
        if let Some(length) = self.length {
            return fit.end.saturating_sub(length);
        }
        let first = reading.sentences()[fit.sentence].first.max(fit.end.saturating_sub(LONGEST));
        let (low, high) = (first / 64, fit.end / 64 + 1);
        let begins = |start: &usize| {
            let mut only = vec![0; high - low];
            bits::set(&mut only, *start - 64 * low);
            let ends = bits::has(open, *start).then(|| run(&self.steps, reading, &only, low)).flatten();
            ends.is_some_and(|it| bits::has(&it, fit.end - 64 * low))
        };
        (first..fit.end).rev().find(begins).unwrap_or(first)
    }
}

/// Places in one sentence that are told.
const FITS: usize = 16;

/// No pattern is longer than so many words.
const LONGEST: usize = 32;

/// Where the steps lead from the open words: the places behind the last word of each fit. `open` is
/// a stretch of the rows that begins at `low`.
fn run(steps: &[Step], reading: &Reading<'_>, open: &[u64], low: usize) -> Option<Bits> {
    // Most patterns fail here: their words are not in the text.
    let absent = |it: &Step| matches!(it, Step::Take(class) if !reading.has_class(*class));
    if steps.iter().any(absent) {
        return None;
    }
    let class = |id: ClassId| &reading.class(id)[low..];
    let mut state = open.to_vec();
    for step in steps {
        match *step {
            Step::Take(id) => {
                bits::take(&mut state, class(id));
                if bits::is_empty(&state) {
                    return None;
                }
            }
            Step::Maybe(id) => bits::pass(&mut state, class(id)),
            Step::Gap(words) => (0..words).for_each(|_| bits::pass(&mut state, &reading.plain_words()[low..])),
            Step::Leap(words) => (0..words).for_each(|_| bits::pass(&mut state, &reading.everywhere()[low..])),
            Step::NotNext(id) => bits::drop_before(&mut state, class(id)),
            Step::NotBehind(id) => bits::drop_behind(&mut state, class(id)),
            Step::Begins => bits::keep(&mut state, &reading.beginnings()[low..]),
            Step::Ends => bits::drop_before(&mut state, &reading.everywhere()[low..]),
        }
    }
    (!bits::is_empty(&state)).then_some(state)
}

impl Step {
    fn parse(element: &'static str, vocabulary: &mut Vocabulary) -> Self {
        let words = |digits: &str| digits.parse().expect("a test reads every pattern");
        if let Some(element) = element.strip_prefix("<!") {
            return Self::NotBehind(vocabulary.class(element));
        }
        if let Some(element) = element.strip_prefix('!') {
            return Self::NotNext(vocabulary.class(element));
        }
        if let Some(digits) = element.strip_prefix("..") {
            return Self::Gap(words(digits));
        }
        if let Some(digits) = element.strip_prefix("__") {
            return Self::Leap(words(digits));
        }
        match (element, element.strip_suffix('?')) {
            ("^", _) => Self::Begins,
            ("$", _) => Self::Ends,
            (_, Some(element)) => Self::Maybe(vocabulary.class(element)),
            _ => Self::Take(vocabulary.class(element)),
        }
    }
}
