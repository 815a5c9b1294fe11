//! A text as words in clauses and sentences.

use super::{amount, spelling};

/// A text as words.
#[derive(Default)]
pub(super) struct Words {
    /// The words as they are compared, with single blanks between them.
    folded: String,
    words: Vec<Word>,
    /// Sentences, in order; between two of them lies one empty word.
    pub(super) sentences: Vec<Sentence>,
    /// What stands in quotation marks, from the first word to behind the last.
    pub(super) quotes: Vec<(usize, usize)>,
    /// Lines of an older message, likewise.
    pub(super) history: Vec<(usize, usize)>,
}

/// A word, or the empty one behind each sentence.
#[derive(Clone, Copy, Default)]
pub(super) struct Word {
    /// Where it stands in the text, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    form_start: usize,
    form_end: usize,
    /// A clause begins here.
    pub(super) clause: bool,
    /// A colon stands before it.
    pub(super) colon: bool,
    /// The number it says.
    pub(super) count: Option<u64>,
    /// The figure it is, in hundredths.
    pub(super) figure: Option<u64>,
    /// The figure is a sum of money.
    pub(super) money: bool,
    /// Begins with a capital.
    pub(super) capital: bool,
}

/// A sentence, a heading, or an item of a list.
#[derive(Clone, Copy)]
pub(super) struct Sentence {
    pub(super) first: usize,
    /// Behind its last word.
    pub(super) end: usize,
    /// Ends in a question mark.
    pub(super) question: bool,
}

impl Words {
    /// Takes time linear in the length of the text.
    pub(super) fn of(text: &str) -> Self {
        let mut reader = Reader::default();
        reader.words.words.reserve(text.len() / 5 + 1);
        let mut rest = text;
        for line in text.split_inclusive('\n') {
            rest = &rest[line.len()..];
            if is_history(line, rest) {
                break;
            }
            reader.line(text, text.len() - rest.len() - line.len(), line, rest);
        }
        reader.end_sentence(false);
        reader.words
    }

    /// Every word and the empty ones between sentences.
    pub(super) fn all(&self) -> &[Word] {
        &self.words
    }

    /// How the word is compared; empty between sentences.
    pub(super) fn form(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |it| &self.folded[it.form_start..it.form_end])
    }

    /// Every place where these words stand, as the first one's place.
    pub(super) fn places(&self, phrase: &str) -> impl Iterator<Item = usize> {
        let word_at = |(at, _): (usize, &str)| self.words.binary_search_by_key(&at, |it| it.form_start).ok();
        let whole = move |at: &usize| {
            let start = self.words[*at].form_start;
            let end = start + phrase.len();
            self.folded.as_bytes().get(end).is_none_or(|it| *it == b' ') && !phrase.is_empty()
        };
        self.folded.match_indices(phrase).filter_map(word_at).filter(whole)
    }
}

/// From here on an older message is quoted.
fn is_history(line: &str, next: &str) -> bool {
    let line = line.trim();
    let header = ["Sent:", "To:", "Date:", "Gesendet:", "Envoyé"].iter().any(|it| next.trim_start().starts_with(it));
    (header && line.contains(": "))
        || (line.starts_with("On ") && line.ends_with("wrote:"))
        || line.starts_with("-----Original Message")
}

#[derive(Default)]
struct Reader {
    words: Words,
    /// The first word of the sentence.
    first: usize,
    /// The next word begins a clause.
    clause: bool,
    /// It stands behind a colon.
    colon: bool,
    /// The next figure is money.
    money: bool,
    double_quote: Option<usize>,
    single_quote: Option<usize>,
}

impl Reader {
    fn line(&mut self, text: &str, offset: usize, line: &str, rest: &str) {
        if line.trim().is_empty() {
            (self.double_quote, self.single_quote) = (None, None);
            return self.end_sentence(false);
        }
        let from = self.words.words.len();
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            at += match c {
                _ if c.is_alphanumeric() => self.word(text, offset + at, &line[at..]),
                _ => {
                    self.sign(c, &line[..at], &line[at + c.len_utf8()..]);
                    c.len_utf8()
                }
            };
        }
        if line.trim_start().starts_with('>') {
            self.words.history.push((from, self.words.words.len()));
        }
        // A wrapped line goes on with a small letter.
        if !rest.trim_start_matches([' ', '\t']).starts_with(char::is_lowercase) {
            self.end_sentence(false);
        }
    }

    /// Reads one word and says how long it is.
    fn word(&mut self, text: &str, offset: usize, rest: &str) -> usize {
        let digits = rest.starts_with(|it: char| it.is_ascii_digit());
        let length = if digits { amount::figure_length(rest, self.is_money()) } else { word_length(rest) };
        let raw = &rest[..length];
        let capital = raw.starts_with(char::is_uppercase);
        let start = self.words.folded.len();
        self.words.folded.extend(raw.chars().filter_map(spelling::fold));
        let form = &self.words.folded[start..];
        let full = if digits { None } else { spelling::full(form) };
        if let Some(full) = full {
            self.words.folded.truncate(start);
            full.split(' ').for_each(|it| self.push(it, offset, length, capital));
        } else if !digits && form.contains('\'') {
            let form = self.words.folded.split_off(start);
            let (stem, ending) = form.split_once('\'').unwrap_or_default();
            self.contraction(stem, ending, offset, length, capital);
        } else {
            self.end_word(start, offset, length, capital);
        }
        if digits {
            self.figure(raw, &text[offset + length..]);
        }
        self.money = false;
        length
    }

    fn contraction(&mut self, stem: &str, ending: &str, offset: usize, length: usize, capital: bool) {
        match (stem.strip_suffix('n'), spelling::suffix(ending)) {
            (Some(verb), _) if ending == "t" => {
                self.push(verb, offset, length, capital);
                self.push("not", offset, length, false);
            }
            (_, Some(suffix)) => {
                self.push(spelling::full(stem).unwrap_or(stem), offset, length, capital);
                self.push(suffix, offset, length, false);
            }
            _ => self.push(&format!("{stem}{ending}"), offset, length, capital),
        }
    }

    fn push(&mut self, form: &str, start: usize, length: usize, capital: bool) {
        let form_start = self.words.folded.len();
        self.words.folded.push_str(form);
        self.end_word(form_start, start, length, capital);
    }

    /// The word whose form has just been written.
    fn end_word(&mut self, form_start: usize, start: usize, length: usize, capital: bool) {
        let form = &self.words.folded[form_start..];
        let count = amount::count(form);
        self.words.words.push(Word {
            start,
            end: start + length,
            form_start,
            form_end: self.words.folded.len(),
            clause: std::mem::take(&mut self.clause),
            colon: std::mem::take(&mut self.colon),
            count,
            figure: None,
            money: false,
            capital,
        });
        self.words.folded.push(' ');
    }

    /// Whether a currency stands before the next word.
    fn is_money(&self) -> bool {
        self.money || self.words.words.len().checked_sub(1).is_some_and(|at| amount::is_currency(self.words.form(at)))
    }

    /// What a figure is worth, with the sign before it and the unit behind it.
    fn figure(&mut self, raw: &str, behind: &str) {
        let (digits, unit) = raw.split_at(raw.trim_end_matches(char::is_alphabetic).len());
        let times = match unit {
            "" => 1,
            "k" | "K" => 1_000,
            "m" | "M" | "mn" => 1_000_000,
            _ if amount::is_currency(unit) => 1,
            _ => return,
        };
        let behind = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let next = amount::unit(behind);
        let before = self.words.words.len().checked_sub(2).is_some_and(|at| amount::is_currency(self.words.form(at)));
        let named = before || amount::is_currency(next) || amount::is_currency(unit);
        let money = named || self.money || behind.starts_with(amount::is_currency_sign);
        let times = if next.eq_ignore_ascii_case("grand") { 1_000 } else { times };
        if let (Some(word), Some(hundredths)) = (self.words.words.last_mut(), amount::hundredths(digits)) {
            word.figure = Some(hundredths.saturating_mul(times));
            word.money =
                money || (times == 1 && digits.len() > 3 && digits[digits.len() - 3..].starts_with(['.', ',']));
        }
    }

    fn sign(&mut self, c: char, before: &str, behind: &str) {
        let ends_word = behind.chars().next().is_none_or(|it| it.is_whitespace() || "\"”’')*".contains(it));
        match c {
            '.' if ends_word && !spelling::is_abbreviation(before) && !spelling::is_numbering(before, behind) => {
                self.end_sentence(false)
            }
            '!' | '…' | '。' | '！' => self.end_sentence(false),
            '?' | '？' => self.end_sentence(true),
            ';' | '|' | '•' | '→' => self.end_sentence(false),
            ':' if ends_word => (self.clause, self.colon) = (true, true),
            ',' | '(' | ')' | '—' | '[' | ']' => self.clause = true,
            '-' | '–' if ends_word && before.ends_with([' ', '\t']) => self.clause = true,
            '"' | '“' | '”' | '„' | '«' | '»' => self.double_quote(c),
            '\'' | '‘' | '’' => self.single_quote(before, behind),
            _ if amount::is_currency_sign(c) => self.money = true,
            _ => (),
        }
    }

    fn double_quote(&mut self, c: char) {
        let here = self.words.words.len();
        match self.double_quote.take() {
            Some(start) if !matches!(c, '“' | '„' | '«') => self.words.quotes.push((start, here)),
            _ => self.double_quote = Some(here),
        }
    }

    fn single_quote(&mut self, before: &str, behind: &str) {
        let here = self.words.words.len();
        let opens = !before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric);
        if opens {
            self.single_quote = Some(here);
        } else if let Some(start) = self.single_quote.take() {
            self.words.quotes.push((start, here));
        }
    }

    fn end_sentence(&mut self, question: bool) {
        let end = self.words.words.len();
        if end > self.first {
            self.words.sentences.push(Sentence { first: self.first, end, question });
            let form = self.words.folded.len();
            self.words.words.push(Word { form_start: form, form_end: form, ..Word::default() });
            // A blank of its own keeps phrases from running on into the next sentence.
            self.words.folded.push(' ');
            self.first = end + 1;
        } else if question && let Some(last) = self.words.sentences.last_mut() {
            last.question = true;
        }
        (self.clause, self.colon, self.money) = (false, false, false);
    }
}

fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = match spelling::fold(c) {
            None => true,
            Some('\'') => chars.peek().is_some_and(|it| it.1.is_alphanumeric()),
            Some(_) => c.is_alphanumeric(),
        };
        if !inside {
            return at;
        }
    }
    rest.len()
}
