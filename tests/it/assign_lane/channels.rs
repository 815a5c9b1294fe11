//! A Slack with all its channels, a rota, and what one reads there.

use escalation::id::TicketId;
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::slack::Message;
use serde_json::Value;

use crate::bench::{Bench, ESCALATIONS};

pub const RESTRICTED: &str = "C0RESTRICTED";
pub const EXECUTIVES: &str = "C0EXECUTIVES";
pub const ADMINS: &str = "C0ADMINISTRATORS";

/// What a customer writes who must not be named where everybody reads.
pub const THREAT: &str = "<p>The customer says: my solicitor will sue you over the Kingfisher account.</p>";
/// What must not wait, and may be read by everybody.
pub const OUTAGE: &str = "<p>The whole system is down for all of our users since nine.</p>";

/// Channels by their ids: only there a message can be looked for.
pub const BY_ID: (&str, &str) = ("escalations = \"#cs-escalations\"", "escalations = \"C0ESCALATIONS\"");
pub const TO_RESTRICTED: (&str, &str) = ("# restricted = \"C024BE91R\"", "restricted = \"C0RESTRICTED\"");
pub const TO_EXECUTIVES: (&str, &str) = ("# executives = \"C024BE91X\"", "executives = \"C0EXECUTIVES\"");
pub const TO_ADMINS: (&str, &str) = ("# admins = \"C024BE91A\"", "admins = \"C0ADMINISTRATORS\"");
/// Dana by day, Lee in the evening.
pub const CREW: (&str, &str) = (
    "[ledger]\n",
    r#"[[shift_leads]]
name = "Dana Whitfield"
user_id = 48211
slack = "U0DANA001"

[[shift_leads]]
name = "Lee Marsh"
user_id = 48311
slack = "U0LEE0001"

[rota]
fallback = "Dana Whitfield"

[[rota.shifts]]
days = ["mon", "tue", "wed", "thu", "fri"]
from = "09:00"
to = "18:00"
who = ["Dana Whitfield"]

[[rota.shifts]]
days = ["mon", "tue", "wed", "thu", "fri"]
from = "18:00"
to = "23:00"
who = ["Lee Marsh"]

[ledger]
"#,
);
pub const ALL: [(&str, &str); 5] = [BY_ID, TO_RESTRICTED, TO_EXECUTIVES, TO_ADMINS, CREW];

/// All channels, a rota, and a HubSpot that takes as many calls as come.
pub async fn open() -> Bench {
    with(&[]).await
}

/// The same with more changes of the policy.
pub async fn with(changes: &[(&str, &str)]) -> Bench {
    furnish(Bench::with_lanes(&[&ALL, changes].concat()).await)
}

/// The channels, and who reads them.
pub fn furnish(bench: Bench) -> Bench {
    let slack = &bench.world.slack;
    slack.open_channel(RESTRICTED, "restricted");
    slack.make_private(RESTRICTED);
    slack.open_channel(EXECUTIVES, "executives");
    slack.open_channel(ADMINS, "cs-admins");
    slack.join("U0DANA001", "Dana");
    slack.join("U0LEE0001", "Lee");
    bench.hubspot.configure(|it| it.limits = Limits { ten_secondly: 100_000, ..Limits::default() });
    bench
}

/// Whether a message is there because time passed, and nobody did anything.
pub fn is_reminder(text: &str) -> bool {
    let reminders =
        ["Review due ", "Review was due ", "Answer due ", "Answer was due ", "In Tech: ", "without a Jira issue"];
    reminders.iter().any(|it| text.contains(it))
}

impl Bench {
    /// What stands in a channel itself.
    pub fn read(&self, channel: &str) -> Vec<Message> {
        self.world.slack.messages(channel)
    }

    /// The only thread of a channel, as one reads it.
    #[track_caller]
    pub fn thread(&self, channel: &str) -> String {
        let messages = self.read(channel);
        assert_eq!(messages.len(), 1, "{messages:?}");
        self.thread_at(channel, 0)
    }

    pub fn thread_at(&self, channel: &str, index: usize) -> String {
        let thread = self.world.slack.thread(channel, &self.read(channel)[index].ts);
        thread.into_iter().map(|it| it.text).collect::<Vec<_>>().join("\n--\n")
    }

    /// How many messages there are in all channels, replies too.
    pub fn spoken(&self) -> usize {
        let channels = [ESCALATIONS, RESTRICTED, EXECUTIVES, ADMINS];
        let slack = &self.world.slack;
        let cards = channels.iter().flat_map(|it| self.read(it).into_iter().map(move |card| (*it, card)));
        let threads = cards.flat_map(|(channel, card)| slack.thread(channel, &card.ts));
        threads.filter(|it| !is_reminder(&it.text)).count()
    }

    /// The replies to a channel's card at this place, but for what time alone brings about.
    pub fn replies_at(&self, channel: &str, index: usize) -> usize {
        let thread = self.world.slack.thread(channel, &self.read(channel)[index].ts);
        thread.into_iter().skip(1).filter(|it| !is_reminder(&it.text)).count()
    }

    /// Everything that anybody can read in a channel now: blocks, notifications, replies.
    pub fn everything(&self, channel: &str) -> String {
        let slack = &self.world.slack;
        let threads = self.read(channel).into_iter().flat_map(|it| slack.thread(channel, &it.ts));
        threads.map(|it| format!("{}\n{}\n", it.text, it.notification)).collect()
    }

    /// What was ever sent to a channel.
    pub fn sent(&self, channel: &str) -> Vec<Value> {
        let calls = self.world.slack.calls().into_iter().filter(|it| it.method == "POST");
        calls.map(|it| it.request).filter(|it| it["channel"] == channel).collect()
    }

    /// Asks for a ticket's lane a while later.
    #[track_caller]
    pub fn later(&self, ticket: TicketId, minutes: i64) -> impl Future<Output = String> {
        self.wait(minutes * 60);
        async move { self.assign(ticket, &[]).await.outcome().to_owned() }
    }

    /// Sweeps every minute, as its schedule does.
    pub async fn sweep_for(&self, minutes: usize) {
        self.sweep_every(60, minutes).await;
    }

    async fn sweep_every(&self, seconds: i64, times: usize) {
        for _ in 0..times {
            self.wait(seconds);
            self.sweep().await;
        }
    }

    /// Nothing is left to say: the sweeps of an hour post and change nothing, but for what time alone
    /// brings about, and the change of the card that comes before that.
    pub async fn is_silent(&self) {
        self.world.slack.journal().clear();
        self.sweep_every(600, 6).await;
        let calls = self.world.slack.calls();
        let (posts, updates): (Vec<_>, Vec<_>) =
            calls.iter().filter(|it| it.method == "POST").partition(|it| it.path.ends_with("chat.postMessage"));
        let reminders = posts.iter().filter(|it| is_reminder(&it.request.to_string())).count();
        assert_eq!(posts.len(), reminders, "{posts:?}");
        assert!(updates.len() <= reminders, "{updates:?}");
    }
}
