//! What is new in Slack and Jira, and how a comment reads, for those who watch.

use std::collections::{BTreeMap, BTreeSet};

use crate::world::jira::Jira;
use crate::world::slack::Slack;

/// What somebody has seen of a workspace.
#[derive(Default)]
pub struct Seen {
    texts: BTreeMap<(String, String), String>,
    /// The thread that was shown last.
    last: Option<(String, String)>,
}

/// A message that is new, or was changed.
pub struct News {
    /// Where it stands, and whether it was there before.
    pub what: String,
    /// What it says; of one that was changed, the lines that are new.
    pub text: String,
}

impl Seen {
    /// The next message in a thread is told with the card that it belongs to.
    pub fn look_away(&mut self) {
        self.last = None;
    }

    /// Looks at everything; says what was not there the last time.
    pub fn look(&mut self, slack: &Slack) -> Vec<News> {
        let mut news = Vec::new();
        for (channel, name) in slack.channels() {
            for first in slack.messages(&channel) {
                for (place, it) in slack.thread(&channel, &first.ts).into_iter().enumerate() {
                    let before = self.texts.insert((channel.clone(), it.ts), it.text.clone());
                    if before.as_ref() == Some(&it.text) {
                        continue;
                    }
                    let shown = self.last.replace((channel.clone(), first.ts.clone()));
                    let is_that = shown == self.last;
                    let (what, text) = match before {
                        Some(before) if is_that => {
                            (format!("changes the card in #{name}"), new_lines(&before, &it.text))
                        }
                        Some(before) => (
                            format!("changes the card {} in #{name}", title(&first.text)),
                            new_lines(&before, &it.text),
                        ),
                        None if place == 0 => (format!("shows in #{name}"), it.text),
                        None if is_that => (format!("shows in that thread of #{name}"), it.text),
                        None => (format!("shows in the thread of {} in #{name}", title(&first.text)), it.text),
                    };
                    news.push(News { what, text });
                }
            }
        }
        news
    }
}

/// What somebody has seen of a site: the comments of each issue.
#[derive(Default)]
pub struct SeenIssues(BTreeMap<String, usize>);

impl SeenIssues {
    /// Looks at everything; says what was not there the last time.
    pub fn look(&mut self, jira: &Jira) -> Vec<News> {
        let mut news = Vec::new();
        for issue in jira.issues() {
            let before = self.0.insert(issue.id.clone(), issue.comments.len());
            if before.is_none() {
                let what = format!("has a new {} {}: {}", issue.issue_type, issue.key, issue.summary);
                news.push(News { what, text: issue.text });
            }
            for it in issue.comments.iter().skip(before.unwrap_or(0)) {
                news.push(News { what: format!("shows a comment on {}", issue.key), text: it.text.clone() });
            }
        }
        news
    }
}

/// What a card is called, by its first line.
fn title(card: &str) -> String {
    let first = card.lines().next().unwrap_or_default();
    format!("\"{}\"", first.strip_prefix("Escalation: ").unwrap_or(first))
}

/// The lines of a text that did not stand in it before.
fn new_lines(before: &str, now: &str) -> String {
    let before: BTreeSet<&str> = before.lines().collect();
    now.lines().filter(|it| !before.contains(it)).collect::<Vec<_>>().join("\n")
}

/// A comment of ours as its reader sees it.
pub fn as_text(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for character in html.replace("</p>", "\n").chars() {
        match character {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(character),
            _ => {}
        }
    }
    text.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
