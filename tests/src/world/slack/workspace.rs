//! A workspace's channels, messages and people.

use std::collections::{BTreeMap, BTreeSet};

use escalation::runtime::Clock;
use jiff::Timestamp;
use serde_json::Value;

use super::Settings;
use super::limit::Usage;
use super::look::Author;
use super::timestamp::Ts;
use crate::world::violations::Violations;

/// The workspace, the app and its bot.
pub const TEAM: &str = "T0SANDBOX";
pub const APP: &str = "A0ESCALATE";
pub const BOT: &str = "B0ESCALATE1";
pub const BOT_USER: &str = "U0ESCALATE";

/// One workspace.
pub struct Workspace {
    pub settings: Settings,
    pub clock: Clock,
    pub violations: Violations,
    pub usage: Usage,
    pub channels: BTreeMap<String, Channel>,
    /// Names by the ids of members and of groups of members.
    pub people: BTreeMap<String, String>,
    last: Ts,
}

/// A channel.
pub struct Channel {
    pub name: String,
    pub private: bool,
    pub archived: bool,
    /// Whether the app was invited.
    pub joined: bool,
    pub messages: BTreeMap<Ts, Stored>,
    /// Messages that a person deleted.
    pub deleted: BTreeSet<Ts>,
}

/// A message as Slack keeps it.
#[derive(Clone)]
pub struct Stored {
    pub author: Author,
    pub text: String,
    /// An array, or `Null`.
    pub blocks: Value,
    /// An object, or `Null`.
    pub metadata: Value,
    /// The first message of its thread, where it is a reply.
    pub thread: Option<Ts>,
    pub edits: usize,
    pub edited: Option<Ts>,
}

impl Workspace {
    pub fn new(settings: Settings, clock: Clock, violations: Violations) -> Self {
        Self {
            settings,
            clock,
            violations,
            usage: Usage::default(),
            channels: BTreeMap::new(),
            people: BTreeMap::new(),
            last: Ts(0),
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A time that no message has.
    pub fn new_ts(&mut self) -> Ts {
        self.last = Ts::at(self.now()).max(self.last.next());
        self.last
    }

    /// Notes what Slack lets pass and we do not.
    pub fn blame(&self, method: &str, what: &str) {
        self.violations.add(vec![format!("slack {method}: {what}")]);
    }
}

impl Channel {
    /// A thread's messages after the first, oldest first.
    pub fn replies(&self, first: Ts) -> impl Iterator<Item = (&Ts, &Stored)> {
        self.messages.iter().filter(move |(_, it)| it.thread == Some(first))
    }

    /// What stands in the channel itself, oldest first.
    pub fn top(&self) -> impl DoubleEndedIterator<Item = (&Ts, &Stored)> {
        self.messages.iter().filter(|(_, it)| it.thread.is_none())
    }
}
