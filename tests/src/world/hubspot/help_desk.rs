//! What people do in conversations.

use super::agent::Agent;
use super::conversation::{Author, Message, Said, Thread};
use super::id::{MessageId, ThreadId, UserId};
use super::people::{gone, refused};
use super::portal::Portal;

impl Agent<'_> {
    /// Writes an internal comment in a conversation.
    pub fn comment(&self, thread: ThreadId, html: &str) -> anyhow::Result<MessageId> {
        self.say(thread, Said::Comment { text: plain(html), rich: html.to_owned() })
    }

    /// Changes a comment's text.
    pub fn edit_comment(&self, thread: ThreadId, comment: &MessageId, html: &str) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        let now = portal.now();
        let message = find_comment(&mut portal, thread, comment)?;
        message.said = Said::Comment { text: plain(html), rich: html.to_owned() };
        message.edited = Some(now);
        Ok(())
    }

    /// Deletes a comment.
    pub fn delete_comment(&self, thread: ThreadId, comment: &MessageId) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        find_comment(&mut portal, thread, comment)?.archived = true;
        Ok(())
    }

    /// Answers the customer.
    pub fn reply(&self, thread: ThreadId, text: &str) -> anyhow::Result<MessageId> {
        self.say(thread, Said::Message { outgoing: true, text: text.to_owned(), failed: false })
    }

    /// Answers the customer, and it does not arrive.
    pub fn reply_in_vain(&self, thread: ThreadId, text: &str) -> anyhow::Result<MessageId> {
        self.say(thread, Said::Message { outgoing: true, text: text.to_owned(), failed: true })
    }

    /// Gives a conversation to somebody, or to nobody.
    pub fn assign(&self, thread: ThreadId, to: Option<UserId>) -> anyhow::Result<()> {
        let from = self.change_thread(thread, |it| std::mem::replace(&mut it.assigned, to))?;
        self.say(thread, Said::Assignment { from, to }).map(drop)
    }

    /// Closes a conversation.
    pub fn close_thread(&self, thread: ThreadId) -> anyhow::Result<()> {
        let now = self.hubspot.lock().now();
        self.change_thread(thread, |it| it.closed = Some(now))?;
        self.say(thread, Said::StatusChange { closed: true }).map(drop)
    }

    fn say(&self, thread: ThreadId, said: Said) -> anyhow::Result<MessageId> {
        let mut portal = self.hubspot.lock();
        let owner = portal.owners.iter().find(|it| it.user == self.user).ok_or_else(|| gone("user"))?;
        let author = Author::User(self.user, owner.name(), owner.email.clone());
        Ok(portal.say(thread, author, said).map_err(refused)?.id)
    }

    fn change_thread<T>(&self, thread: ThreadId, change: impl FnOnce(&mut Thread) -> T) -> anyhow::Result<T> {
        Ok(change(self.hubspot.lock().threads.get_mut(&thread.0).ok_or_else(|| gone("thread"))?))
    }
}

fn find_comment<'a>(portal: &'a mut Portal, thread: ThreadId, comment: &MessageId) -> anyhow::Result<&'a mut Message> {
    let thread = portal.threads.get_mut(&thread.0).ok_or_else(|| gone("thread"))?;
    let mut comments = thread.messages.iter_mut().filter(|it| matches!(it.said, Said::Comment { .. }));
    comments.find(|it| it.id == *comment).ok_or_else(|| gone("comment"))
}

/// The `text` beside a comment's `richText`: line ends where blocks end, no mark-up.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        if ["br", "br/", "br /", "/p", "/div", "/li"].contains(&tag) {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    text.trim_end().to_owned()
}
