//! The thread of an escalation: its card, and what is said after it.

use escalation::ledger::{Effect, Name, Setback};
use escalation::lineage::Carried;
use escalation::policy::TechBy;
use escalation::procedure::card::Card;
use escalation::procedure::cycle::State;
use escalation::procedure::message::Message;
use escalation::procedure::wording::lane::{self as words, Shown};
use escalation::procedure::wording::merge;
use escalation::runtime::Result;
use escalation::slack::Posted;
use escalation::telling::slack::{Place, Said, Speaker, nothing};
use escalation::telling::thread::{OPEN, OWN, RESTRICTED, Which};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::super::AssignLane;
use super::super::apply::Case;

/// For how long after a window it may be asked how many escalations began in it.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A card in Slack, and what it showed at first: what is otherwise by now is said after it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Thread {
    #[serde(flatten)]
    pub(super) posted: Posted,
    pub(super) showed: Showed,
}

/// Codes and moments: nothing of anybody.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Showed {
    /// Where the escalation stood, and since when.
    state: (String, String),
    /// When it was last taken up again.
    again: Option<String>,
    /// How many had had it.
    turn: usize,
    lacks_context: bool,
    /// What must not wait.
    alarms: Vec<String>,
}

/// A later message in a thread.
pub(super) struct Reply {
    pub(super) flow: &'static str,
    pub(super) which: Vec<String>,
    pub(super) message: Message,
}

impl AssignLane {
    /// Shows an escalation, and says what became of it since it was shown.
    pub(super) async fn show(&self, speaker: &Speaker<'_>, case: &Case<'_>, shown: &Shown<'_>) -> Said<()> {
        if case.held.is_none() {
            return Ok(());
        }
        let card = words::card(shown);
        let (effect, thread) = match case.decided.is_restricted() {
            true => self.card(speaker, case, &card, RESTRICTED).await?,
            false => self.open_card(speaker, case, &card).await?,
        };
        let Some(thread) = thread else {
            return self.digest(speaker, case).await;
        };
        for reply in self.replies(case, shown, &thread.showed) {
            let first = speaker.restate(&thread.posted, &effect, &card);
            self.reply(speaker, case.found.started_at, &thread.posted, reply, first).await?;
        }
        Ok(())
    }

    /// The card that everybody sees. One of many that stands out by now gets its own.
    async fn open_card(&self, speaker: &Speaker<'_>, case: &Case<'_>, card: &Card) -> Said<(Effect, Option<Thread>)> {
        let (effect, thread) = self.card(speaker, case, card, OPEN).await?;
        match thread {
            None if !may_share(case) => self.card(speaker, case, card, OWN).await,
            thread => Ok((effect, thread)),
        }
    }

    /// Posts a card once; none where so many began at the same time that they share one message.
    async fn card(
        &self,
        speaker: &Speaker<'_>,
        case: &Case<'_>,
        card: &Card,
        which: Which,
    ) -> Said<(Effect, Option<Thread>)> {
        let effect = speaker.telling.card_effect(which)?;
        let place = self.place(which, case.found.started_at);
        let threaded = |posted| Some(Thread { posted, showed: self.showed(case) });
        let look_up = async {
            let Some(posted) = speaker.find(&effect, place).await? else {
                return Ok(None);
            };
            // Nobody knows what it showed at first.
            speaker.restate(&posted, &effect, card).await?;
            Ok(Some(threaded(posted)))
        };
        let act = async {
            if may_share(case) && self.is_one_of_many(speaker, case).await? {
                return Ok(None);
            }
            speaker.post(&effect, place, card).await.map(threaded)
        };
        let done = speaker.once(&effect, look_up, act).await?;
        Ok((effect, done.output))
    }

    pub(super) fn place(&self, which: Which, since: Timestamp) -> Place<'_> {
        let channel = match which {
            RESTRICTED => self.policy.slack.restricted(),
            _ => &self.policy.slack.escalations,
        };
        Place { channel, thread: None, since }
    }

    pub(super) async fn reply(
        &self,
        speaker: &Speaker<'_>,
        since: Timestamp,
        to: &Posted,
        reply: Reply,
        first: impl Future<Output = Result<(), Setback>>,
    ) -> Said<()> {
        let which: Vec<&str> = reply.which.iter().map(String::as_str).collect();
        let effect = speaker.telling.effect(reply.flow, &which)?;
        let place = Place { channel: &to.channel, thread: Some(&to.ts), since };
        speaker.say(&effect, place, first, &reply.message).await
    }

    /// What is to be said after a card that showed this at first.
    fn replies(&self, case: &Case<'_>, shown: &Shown<'_>, showed: &Showed) -> Vec<Reply> {
        let now = self.showed(case);
        let state = case.decided.decision.state;
        let mut replies = Vec::new();
        let mut add = |flow, which: Vec<String>, message| replies.push(Reply { flow, which, message });
        if let Some(asked) = case.found.wished.asked
            && state != State::InTech
            && self.policy.escalation.tech_by != TechBy::Anyone
        {
            add("slack-wish", vec![asked.at.to_string()], words::asks_for_tech(case.found.user(asked.by)));
        }
        // What a merge carried over was said on the ticket that it comes from.
        let carried = Carried::of(&case.found.ticket, &self.policy);
        if carried.is_some_and(|it| it.began_on != case.found.id) {
            let ticket = case.found.id.to_string();
            add("slack-merged", vec![ticket.clone()], merge::goes_on(&ticket));
        }
        let is_said = carried.is_some() && case.found.wished.by.is_none();
        if matches!(state, State::InTech | State::BackToCs) && now.state != showed.state && !is_said {
            let (state, since) = now.state;
            add("slack-moved", vec![state, since], words::moved(shown, case.found.user(case.found.wished.by)));
        }
        if let Some(again) = now.again.filter(|it| Some(it) != showed.again.as_ref()) {
            add("slack-again", vec![again], words::taken_up_again(shown));
        }
        if showed.lacks_context && !now.lacks_context {
            add("slack-context", Vec::new(), words::context_complete());
        }
        if now.turn > showed.turn {
            add("slack-handover", vec![now.turn.to_string()], words::handed_over(shown));
        }
        if shown.is_immediate && now.alarms.iter().any(|it| !showed.alarms.contains(it)) {
            add("slack-urgent", now.alarms, words::urgent(shown));
        }
        replies
    }

    /// What a card shows that is posted now.
    fn showed(&self, case: &Case<'_>) -> Showed {
        let decision = &case.decided.decision;
        Showed {
            state: (decision.state.name().to_owned(), case.found.wished.at.to_string()),
            again: self.taken_up_again(case).map(|it| it.to_string()),
            turn: self.turns(case),
            lacks_context: decision.lacks_context,
            alarms: case.decided.alarms.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    /// When this escalation left its lane, where a slip of the hand did that.
    fn taken_up_again(&self, case: &Case<'_>) -> Option<Timestamp> {
        let history = case.found.ticket.history(&self.policy.properties.state).iter();
        let left = history.filter(|it| it.timestamp >= case.found.started_at);
        left.filter(|it| it.value == State::Deescalated.name()).map(|it| it.timestamp).max()
    }

    /// How often the escalation came to somebody, in this escalation and up to now.
    fn turns(&self, case: &Case<'_>) -> usize {
        let history = case.found.ticket.history(&self.policy.properties.owner).iter();
        let mut had: Vec<_> = history.filter(|it| it.timestamp >= case.found.started_at).collect();
        had.sort_by_key(|it| it.timestamp);
        let has = case.held.as_ref().map(|it| it.owner_id.as_str());
        let mut owners: Vec<&str> = had.into_iter().map(|it| &*it.value).chain(has).collect();
        owners.retain(|it| !it.is_empty());
        owners.dedup();
        owners.len()
    }

    /// Whether so many escalations began at the same time that they share one message.
    async fn is_one_of_many(&self, speaker: &Speaker<'_>, case: &Case<'_>) -> Result<bool, Setback> {
        let (rules, look) = (&self.policy.slack, &speaker.telling.look);
        let length = rules.digest_minutes.minutes();
        let since = window(case.found.started_at, length);
        let not_counted = |reason: String| Setback::NotApplied { retry_after: None, reason };
        let name = Name::new("escalations-begun", &[&look.portal().to_string(), &since.to_string()]);
        let name = name.map_err(|it| not_counted(it.to_string()))?;
        let until = since + length + ASKED_AGAIN;
        let begun = speaker.telling.ledger.gather(&name, &speaker.telling.began_on.to_string(), until).await;
        Ok(begun.map_err(|it| not_counted(it.to_string()))? > rules.digest_above.count())
    }

    /// Says once that there are more than have a card.
    async fn digest(&self, speaker: &Speaker<'_>, case: &Case<'_>) -> Said<()> {
        let (rules, telling) = (&self.policy.slack, speaker.telling);
        let length = rules.digest_minutes.minutes();
        let since = window(case.found.started_at, length);
        let portal = telling.look.portal().to_string();
        let effect = telling.shared_effect("slack-digest", &[&portal, &since.to_string()])?;
        let (now, zone) = (telling.invocation.now(), self.policy.team.time_zone.time_zone());
        let message = words::digest(rules.digest_above.count(), length.as_mins(), since, now, zone);
        speaker.say(&effect, Place { since, ..self.place(OPEN, since) }, nothing(), &message).await
    }
}

/// Whether an escalation may share a message with others that began with it: what is immediate, and
/// what moved on since, has its own.
fn may_share(case: &Case<'_>) -> bool {
    !case.decided.is_immediate() && case.decided.decision.state == State::Triage
}

/// The beginning of the window of this length that `at` falls into.
fn window(at: Timestamp, length: SignedDuration) -> Timestamp {
    let seconds = length.as_secs().max(1);
    let begins = at.as_second().div_euclid(seconds) * seconds;
    Timestamp::from_second(begins).unwrap_or(at)
}
