//! What people do in a workspace.

use serde_json::Value;

use super::Slack;
use super::look::Author;
use super::workspace::{Channel, Stored};

impl Slack {
    /// Opens a public channel with the app in it.
    ///
    /// # Panics
    /// Where Slack could not have given that id.
    pub fn open_channel(&self, id: &str, name: &str) {
        let is_id = id.len() >= 9
            && id.starts_with(['C', 'G'])
            && id.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
        assert!(is_id, "{id} is no channel's id");
        let channel = Channel {
            name: name.to_owned(),
            private: false,
            archived: false,
            joined: true,
            messages: Default::default(),
            deleted: Default::default(),
        };
        self.lock().channels.insert(id.to_owned(), channel);
    }

    /// Makes a channel private.
    pub fn make_private(&self, channel: &str) {
        self.change(channel, |it| it.private = true);
    }

    /// Takes the app into a channel.
    pub fn invite_app(&self, channel: &str) {
        self.change(channel, |it| it.joined = true);
    }

    /// Puts the app out of a channel.
    pub fn remove_app(&self, channel: &str) {
        self.change(channel, |it| it.joined = false);
    }

    /// Archives a channel.
    pub fn archive(&self, channel: &str) {
        self.change(channel, |it| it.archived = true);
    }

    /// Opens an archived channel again.
    pub fn unarchive(&self, channel: &str) {
        self.change(channel, |it| it.archived = false);
    }

    /// A member comes (`U…`, `W…`), or a group of members is made (`S…`).
    pub fn join(&self, id: &str, name: &str) {
        self.lock().people.insert(id.to_owned(), name.to_owned());
    }

    /// A member writes to a channel; the message's id.
    pub fn write(&self, channel: &str, member: &str, text: &str) -> String {
        let mut workspace = self.lock();
        let ts = workspace.new_ts();
        let message = Stored {
            author: Author::Member(member.to_owned()),
            text: text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
            blocks: Value::Null,
            metadata: Value::Null,
            thread: None,
            edits: 0,
            edited: None,
        };
        let channel = workspace.channels.get_mut(channel).unwrap_or_else(|| panic!("there is no channel {channel}"));
        channel.messages.insert(ts, message);
        ts.to_string()
    }

    /// Somebody deletes a message. Its thread stays where it has replies.
    pub fn delete(&self, channel: &str, ts: &str) {
        self.change(channel, |it| {
            let ts = ts.parse().unwrap_or_else(|()| panic!("{ts} is no message's id"));
            if it.messages.remove(&ts).is_some() {
                it.deleted.insert(ts);
            }
        });
    }

    fn change(&self, channel: &str, change: impl FnOnce(&mut Channel)) {
        let mut workspace = self.lock();
        change(workspace.channels.get_mut(channel).unwrap_or_else(|| panic!("there is no channel {channel}")));
    }
}
