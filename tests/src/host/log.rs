//! What the functions' processes printed, what the host has to say about them, and the reports.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

use tokio::sync::watch;

use super::lock;
use super::report::Report;

/// Older entries make room: a function that floods its log must not fill the machine.
const LINES: usize = 200_000;
const REPORTS: usize = 200_000;

/// Who said a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The function's process, on its standard output or error.
    Function,
    /// The host, as Lambda does in a function's log.
    Platform,
}

/// One line of a function's log.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// The function's name.
    pub function: String,
    /// The environment it ran in: Lambda's log stream. Empty where there was none.
    pub environment: String,
    /// The request being served when the line came, if one was.
    pub request_id: Option<String>,
    /// Who said it.
    pub source: Source,
    /// What was said, without the line's end.
    pub text: String,
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = self.request_id.as_deref().unwrap_or("-");
        write!(f, "{} {request} {}", self.function, self.text)
    }
}

/// The host's memory, shared by everything that runs in it.
#[derive(Default)]
pub(super) struct Journal {
    lines: Mutex<VecDeque<LogLine>>,
    reports: Mutex<VecDeque<Report>>,
    said: watch::Sender<()>,
}

impl Journal {
    pub(super) fn say(&self, line: LogLine) {
        push(&self.lines, line, LINES);
        self.said.send_replace(());
    }

    pub(super) fn report(&self, report: Report) {
        push(&self.reports, report, REPORTS);
    }

    pub(super) fn lines(&self) -> Vec<LogLine> {
        all(&self.lines)
    }

    pub(super) fn reports(&self) -> Vec<Report> {
        all(&self.reports)
    }

    /// Waits for a line; one that is there already will do.
    pub(super) async fn said(&self, wanted: impl Fn(&LogLine) -> bool) -> LogLine {
        let mut said = self.said.subscribe();
        loop {
            said.mark_unchanged();
            let found = lock(&self.lines).iter().rev().find(|it| wanted(it)).cloned();
            if let Some(line) = found {
                return line;
            }
            said.changed().await.expect("its sender lives in self");
        }
    }

    /// The last words of one environment's process.
    pub(super) fn last_words(&self, environment: &str, count: usize) -> String {
        let lines = lock(&self.lines);
        let said = |it: &&LogLine| it.environment == environment && it.source == Source::Function;
        let mut words: Vec<&str> = lines.iter().rev().filter(said).take(count).map(|it| it.text.as_str()).collect();
        words.reverse();
        words.join("\n")
    }
}

fn push<T>(queue: &Mutex<VecDeque<T>>, entry: T, most: usize) {
    let mut queue = lock(queue);
    if queue.len() == most {
        queue.pop_front();
    }
    queue.push_back(entry);
}

fn all<T: Clone>(queue: &Mutex<VecDeque<T>>) -> Vec<T> {
    lock(queue).iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_make_room_for_the_newest() {
        let queue = Mutex::default();
        (0..5).for_each(|n| push(&queue, n, 3));
        assert_eq!(all(&queue), [2, 3, 4]);
    }
}
