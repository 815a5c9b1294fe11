//! The questions of the procedure's own template, left standing in a comment.

use super::letters::{ascii, collapse, fold, is_quotation};

/// How the procedure's own prompts begin, and those of our messages.
const PROMPTS: [&str; 15] = [
    "what is the customers problem",
    "what is the customer problem",
    "what have you already",
    "what have you checked",
    "what have you looked",
    "what have you investigated",
    "what have you tried",
    "what steps have you",
    "what is stopping you",
    "what stops you",
    "what do you need",
    "be specific include what happened",
    "what happened what did the customer expect",
    "what happened what was expected",
    "what is the issue",
];

/// The same prompts in full, for where their question mark is gone.
const QUESTIONS: [&str; 10] = [
    "what is the customers problem",
    "what have you already checked or looked into",
    "what steps have you already taken to try to resolve this",
    "what is stopping you from resolving it right now",
    "what do you need from the shift lead or tech team to close this out",
    "what happened what did the customer expect and what is the impact",
    "which steps have you already tried",
    "what stops you from resolving it right now",
    "what do you need from the shift lead or tech",
    "what do you need from the shift lead",
];

/// Whether the text is one of the questions in full, without its question mark.
pub(super) fn is_bare(text: &str) -> bool {
    const LONGEST: usize = 100;
    text.len() <= LONGEST && QUESTIONS.contains(&words(text).as_str())
}

/// The value without the prompts of the procedure that stand before the answer.
pub(super) fn without(text: &str) -> &str {
    const LONGEST: usize = 200;
    let mut rest = text;
    while let Some((end, mark)) =
        rest.char_indices().take(LONGEST).find(|&(_, c)| matches!(ascii(c), '?' | ')' | '!') || c == '。')
    {
        let sentence = words(&rest[..end]);
        if !PROMPTS.iter().any(|prompt| sentence.starts_with(prompt)) {
            break;
        }
        let after = &rest[end + mark.len_utf8()..];
        rest = after.trim_start_matches(|c: char| {
            c.is_whitespace() || is_quotation(c) || matches!(ascii(c), ']' | ')' | '}' | '*' | '_' | '.' | '?')
        });
    }
    rest
}

fn words(sentence: &str) -> String {
    let folded = fold(sentence).replace("what's", "what is");
    let letters: String = folded.replace('\'', "").chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    collapse(&letters)
}
