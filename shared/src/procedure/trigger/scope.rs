//! Which words of a text count: not those that are denied, quoted, supposed, over, or about others.

use super::bits::{self, Bits};
use super::pattern::{Fit, Pattern};
use super::reading::Reading;
use super::rules::Ear;
use super::vocabulary::{ClassId, Vocabulary};

/// A denial reaches this many words, `no data of any of our forty sites was lost`.
const REACH: usize = 8;

/// More words than these in quotation marks are not a quotation but a forgotten mark.
const LONGEST_QUOTATION: usize = 80;

/// Where words count, for each way of listening.
#[derive(Default)]
pub(super) struct Scopes {
    report: Bits,
    claim: Bits,
    ask: Bits,
}

/// The words and patterns that decide it.
pub(super) struct ScopeRules {
    /// What denies the words behind it.
    pub(super) denial: ClassId,
    /// What stands before a sum of money without a currency.
    pub(super) charged: ClassId,
    /// Words behind a denial that make it none: "not only".
    harmless: ClassId,
    /// "I do not think we …": the denial reaches on.
    opinion: ClassId,
    /// Who begins to speak of something else.
    speaker: ClassId,
    turn: ClassId,
    or: ClassId,
    condition: ClassId,
    /// What stands before something that is not so yet.
    awaited: ClassId,
    will: ClassId,
    no: ClassId,
    says: ClassId,
    customer: ClassId,
    but: ClassId,
    effects: Vec<(Effect, Vec<Pattern>)>,
}

/// How far a pattern silences the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// From it to the end of the sentence, for everything.
    Supposed,
    /// From it to the end of the clause, for reports.
    Conditional,
    /// From it to the end of a question, for reports.
    Asked,
    /// Behind it to the end of the clause, for everything.
    Mentioned,
    /// Everything up to the end of its sentence.
    Over,
    /// Its sentence, for everything but requests.
    Past,
    /// Its sentence, for reports.
    Elsewhere,
}

impl ScopeRules {
    pub(super) fn new(tables: &[(Effect, &'static str)], vocabulary: &mut Vocabulary) -> Self {
        Self {
            denial: vocabulary.class("@denial"),
            charged: vocabulary.class("@charged"),
            harmless: vocabulary.class("@harmless"),
            opinion: vocabulary.class("@opinion"),
            speaker: vocabulary.class("@speaker"),
            turn: vocabulary.class("@turn"),
            or: vocabulary.class("or/nor"),
            condition: vocabulary.class("if/unless/when/until"),
            awaited: vocabulary.class("if/unless/until/want/wants/need/needs/hope/expect/demand/please/can/could"),
            will: vocabulary.class("will/shall"),
            no: vocabulary.class("@no"),
            says: vocabulary.class("@says"),
            customer: vocabulary.class("@customer"),
            but: vocabulary.class("@but"),
            effects: tables.iter().map(|(effect, table)| (*effect, Pattern::table(table, vocabulary))).collect(),
        }
    }
}

impl Scopes {
    pub(super) fn of(reading: &Reading<'_>, rules: &ScopeRules) -> Self {
        let all = reading.everywhere().to_vec();
        let mut scopes = Self { report: all.clone(), claim: all.clone(), ask: all };
        let mut denied = vec![0; reading.everywhere().len()];
        denials(reading, rules, &mut denied);
        answered(reading, rules, &mut denied);
        scopes.silence(&denied);
        let mut quoted = vec![0; denied.len()];
        quotations(reading, rules, &mut quoted);
        scopes.silence(&quoted);
        let said = scopes.claim.clone();
        let awaited = |fit: Fit| {
            let from = reading.sentences()[fit.sentence].first.max(fit.end.saturating_sub(REACH));
            bits::first(reading.class(rules.awaited), from, fit.end).is_some()
        };
        let mut over = 0;
        for (effect, pattern) in rules.effects.iter().flat_map(|it| it.1.iter().map(|pattern| (it.0, pattern))) {
            let from = if effect == Effect::Over { &said } else { reading.everywhere() };
            pattern.each_fit(reading, from, |fit| {
                let end = reading.sentences()[fit.sentence].end;
                match effect {
                    // "Unless this is sorted by Friday …"
                    Effect::Over if awaited(fit) => (),
                    Effect::Over => over = over.max(bits::first(reading.class(rules.but), fit.end, end).unwrap_or(end)),
                    _ => scopes.apply(effect, pattern, fit, reading),
                }
            });
        }
        for row in [&mut scopes.report, &mut scopes.claim, &mut scopes.ask] {
            bits::clear_all(row, 0, over);
        }
        scopes
    }

    /// The words that count for that ear.
    pub(super) fn open(&self, ear: Ear) -> &[u64] {
        match ear {
            Ear::Report => &self.report,
            Ear::Claim => &self.claim,
            Ear::Ask => &self.ask,
        }
    }

    fn silence(&mut self, silent: &[u64]) {
        for open in [&mut self.report, &mut self.claim, &mut self.ask] {
            open.iter_mut().zip(silent).for_each(|(it, silent)| *it &= !silent);
        }
    }

    fn apply(&mut self, effect: Effect, pattern: &Pattern, fit: Fit, reading: &Reading<'_>) {
        let sentence = reading.sentences()[fit.sentence];
        let start = || pattern.start(reading, reading.everywhere(), fit);
        let (from, to) = match effect {
            Effect::Supposed => (start(), sentence.end),
            Effect::Conditional => (start(), clause_end(reading, fit.end, sentence.end)),
            Effect::Mentioned => (fit.end, clause_end(reading, fit.end, sentence.end)),
            Effect::Asked if sentence.question => (start(), sentence.end),
            Effect::Asked => return,
            Effect::Past | Effect::Elsewhere | Effect::Over => (sentence.first, sentence.end),
        };
        bits::clear_all(&mut self.report, from, to);
        if matches!(effect, Effect::Supposed | Effect::Mentioned | Effect::Past) {
            bits::clear_all(&mut self.claim, from, to);
        }
        if matches!(effect, Effect::Supposed | Effect::Mentioned) {
            bits::clear_all(&mut self.ask, from, to);
        }
    }
}

fn clause_end(reading: &Reading<'_>, from: usize, end: usize) -> usize {
    (from..end).find(|at| reading.words().all()[*at].clause).unwrap_or(end)
}

fn denials(reading: &Reading<'_>, rules: &ScopeRules, denied: &mut [u64]) {
    let is = |class: ClassId, at: usize| bits::has(reading.class(class), at);
    let words = reading.words().all();
    for sentence in reading.sentences() {
        let mut from = sentence.first;
        while let Some(at) = bits::first(reading.class(rules.denial), from, sentence.end) {
            from = at + 1;
            if is(rules.harmless, at + 1) {
                continue;
            }
            let opinion = is(rules.opinion, at + 1);
            let condition = bits::first(reading.class(rules.condition), sentence.first, at).is_some();
            let reach = words.iter().enumerate().take(sentence.end.min(at + 1 + REACH)).skip(at + 1);
            for (next, word) in reach {
                // "No crashes, errors or losses" goes on; "No, it crashed" does not.
                let goes_on = || bits::first(reading.class(rules.or), next, sentence.end.min(next + 4)).is_some();
                let new_clause = word.clause && (next == at + 1 || !goes_on());
                // "If it is not repaid our lawyer will write."
                let threat = condition && (is(rules.will, next) || is(rules.will, next + 1));
                if new_clause || threat || is(rules.turn, next) || (is(rules.speaker, next) && !opinion) {
                    break;
                }
                bits::set(denied, next);
            }
        }
    }
}

/// `Data loss: none`, `Any complaints? No.`
fn answered(reading: &Reading<'_>, rules: &ScopeRules, denied: &mut [u64]) {
    let words = reading.words().all();
    let sentences = reading.sentences();
    let says_no = |at: usize, end: usize| {
        bits::has(reading.class(rules.no), at) && (at + 1 == end || words.get(at + 1).is_some_and(|it| it.clause))
    };
    for (index, sentence) in sentences.iter().enumerate() {
        let colon = (sentence.first..sentence.end).find(|at| words[*at].colon);
        if let Some(at) = colon.filter(|at| says_no(*at, sentence.end)) {
            bits::set_all(denied, sentence.first, at);
        }
        if sentence.question && sentences.get(index + 1).is_some_and(|it| says_no(it.first, it.end)) {
            bits::set_all(denied, sentence.first, sentence.end);
        }
    }
}

/// What others say does not count; what an agent quotes of the customer does.
fn quotations(reading: &Reading<'_>, rules: &ScopeRules, quoted: &mut [u64]) {
    let words = reading.words().all().len();
    for &(start, end) in &reading.words().history {
        bits::set_all(quoted, start, end);
    }
    for &(start, end) in &reading.words().quotes {
        let whole = start == 0 && end + 1 >= words;
        let before = start.saturating_sub(6);
        let says = bits::first(reading.class(rules.says), start.saturating_sub(3), start).is_some();
        let customers = says && bits::first(reading.class(rules.customer), before, start).is_some();
        if !whole && !customers && end - start <= LONGEST_QUOTATION {
            bits::set_all(quoted, start, end);
        }
    }
}
