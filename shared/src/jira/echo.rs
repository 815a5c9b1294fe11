//! What Jira repeats of what it was sent, which people wrote, is not what Jira has to say.

use std::collections::HashSet;

use super::text::{MORE, line};
use crate::procedure::issue::Block;
use crate::procedure::message::Span;

/// So many characters in a row are no coincidence.
const RUN: usize = 12;

/// The words of people in a new issue.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    /// Short ones are known as a whole.
    pub summary: &'a str,
    pub description: &'a [Block],
}

impl Sent<'_> {
    /// What was said, in one line, with a mark for each run of characters that was sent.
    pub(super) fn without(&self, said: &str) -> String {
        let said: Vec<char> = line(said).chars().collect();
        let mut is_sent = vec![false; said.len()];
        for text in [line(self.summary), self.described()] {
            let text: Vec<char> = text.chars().collect();
            let run = RUN.min(text.len());
            if run == 0 {
                continue;
            }
            let runs: HashSet<&[char]> = text.windows(run).collect();
            for (at, _) in said.windows(run).enumerate().filter(|(_, it)| runs.contains(it)) {
                is_sent[at..at + run].fill(true);
            }
        }
        let mut left = String::new();
        for (character, is_sent) in said.into_iter().zip(is_sent) {
            match is_sent {
                true if left.ends_with(MORE) => {}
                true => left.push(MORE),
                false => left.push(character),
            }
        }
        left
    }

    fn described(&self) -> String {
        let text = |it: &Block| match it {
            Block::Heading(text) => text.clone(),
            Block::Paragraph(spans) => spans.iter().map(Span::text).collect::<String>(),
        };
        line(&self.description.iter().map(text).collect::<Vec<_>>().join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::message::plain;

    fn left_of(said: &str) -> String {
        let described = "She says:\n\"the till\tcharged her twice\", and wants 46.20 back.";
        let description = [Block::Heading("Issue".to_owned()), Block::Paragraph(vec![plain(described)])];
        Sent { summary: "Table 14", description: &description }.without(said)
    }

    #[test]
    fn what_people_wrote_is_left_out_and_the_rest_is_jiras() {
        assert_eq!(left_of("Option 'the till charged her twice' is not valid."), "Option '…' is not valid.");
        assert_eq!(left_of("'says: \"the till charged' is no date: wants 46.20 back."), "'…' is no date:…");
        assert_eq!(left_of("Table 14 is a name that is taken"), "… is a name that is taken");
        assert_eq!(left_of("she WANTS 46.20: Issue Type is not valid"), "she WANTS 46.20: Issue Type is not valid");
    }

    #[test]
    fn a_run_is_twelve_characters_and_no_fewer() {
        assert_eq!(left_of("(charged her)"), "(charged her)");
        assert_eq!(left_of("(charged her )"), "(…)");
        assert_eq!(left_of(""), "");
        assert_eq!(Sent { summary: "", description: &[] }.without("As it is."), "As it is.");
    }
}
