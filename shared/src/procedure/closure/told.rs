//! Whether the customer was told, by whom, and how we know.
//!
//! What a message says cannot be judged: one that a person sent after the Shift Lead's review counts.

use jiff::Timestamp;

use super::super::thread::Audience;
use super::{Actor, Call, CallOutcome, Facts, Sent, Word};

/// Who told the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// Option A: the agent, with what the Shift Lead decided.
    Agent,
    /// Option B: a Shift Lead.
    ShiftLead,
}

impl Route {
    /// Both, in the order of the property's options.
    pub const ALL: [Self; 2] = [Self::Agent, Self::ShiftLead];

    /// The option's internal name, which is what the procedure calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agent => "A",
            Self::ShiftLead => "B",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agent => "Agent",
            Self::ShiftLead => "Shift lead",
        }
    }
}

/// An option of "Resolution communicated?".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// By e-mail.
    Email,
    /// By phone.
    Phone,
    /// By SMS.
    Sms,
    /// In some other way.
    Other,
    /// The customer could not be reached.
    Unreachable,
}

impl Answer {
    /// All of them, in the order of the property's options.
    pub const ALL: [Self; 5] = [Self::Email, Self::Phone, Self::Sms, Self::Other, Self::Unreachable];

    /// The option's internal name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "yes_email",
            Self::Phone => "yes_phone",
            Self::Sms => "yes_sms",
            Self::Other => "yes_other",
            Self::Unreachable => "no_unreachable",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Email => "Yes, by email",
            Self::Phone => "Yes, by phone",
            Self::Sms => "Yes, by SMS",
            Self::Other => "Yes, otherwise",
            Self::Unreachable => "No, customer unreachable",
        }
    }

    /// The answer of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What shows that the customer was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Route,
    /// What it is.
    pub what: What,
}

/// What shows that the customer was told: the stronger, the earlier in this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A message on the ticket.
    Message,
    /// A call on the ticket.
    Call,
    /// Somebody's word.
    Word(Answer),
}

impl What {
    /// Whether we only have somebody's word for it.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Word(_))
    }
}

/// Why nothing shows that the customer was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untold {
    /// Since when a message of the agent would count; `None` while no Shift Lead has looked.
    pub since: Option<Since>,
    /// What there is and does not count: what the agent may take for enough.
    pub but: Option<But>,
}

/// From which moment on a message may carry the resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// A Shift Lead looked at it, or began it.
    Review(Timestamp),
    /// Its Jira issue was done.
    JiraDone(Timestamp),
}

impl Since {
    /// The moment itself.
    pub fn at(self) -> Timestamp {
        match self {
            Self::Review(at) | Self::JiraDone(at) => at,
        }
    }
}

/// What there is and does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum But {
    /// The customer is said to be unreachable, and not why.
    NoReason,
    /// A message that no person wrote.
    Automatic(Timestamp),
    /// A message that did not get there.
    Undelivered(Timestamp),
    /// A call without a conversation.
    NotConnected(Timestamp),
    /// A call of which nobody says how it went.
    NoOutcome(Timestamp),
    /// Whatever it is, we may not read it.
    Unreadable(Unread),
    /// "Resolution communicated?" says so since before this escalation.
    EarlierWord,
}

/// Where people show that they told the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    /// The help desk's.
    Conversations,
    /// Logged calls.
    Calls,
    /// E-mails outside of the help desk.
    Emails,
    /// SMS and WhatsApp outside of the help desk.
    TextMessages,
}

/// The evidence, or why there is none. `settled_at` is when the ticket was closed and, where it is,
/// cleared.
///
/// Of several it is the last before that moment, the final reply; the first after it where there is none
/// before. So what is said later does not change what was found. Somebody's word gives way to what the
/// ticket shows of the same person's doing.
pub(super) fn judge(facts: &Facts<'_>, settled_at: Option<Timestamp>) -> Result<Evidence, Untold> {
    let shown = shown(facts, settled_at);
    let word = facts.word.and_then(|it| word(&it, facts));
    let mut all: Vec<Evidence> = shown.into_iter().chain(word).filter(|it| it.at <= facts.now).collect();
    all.sort_unstable();
    let (before, after): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| settled_at.is_none_or(|at| it.at <= at));
    let final_reply = before.last().map(|last| {
        let on_record = before.iter().rfind(|it| it.by == last.by && !it.what.is_word());
        *on_record.unwrap_or(last)
    });
    let found = final_reply.or_else(|| after.first().copied());
    found.ok_or_else(|| Untold { since: since(Route::Agent, facts, settled_at), but: but(facts, settled_at) })
}

/// From when on what this person says may carry the resolution. A Shift Lead who answers the customer has
/// looked; and what is done in Jira has been with a Shift Lead before. Jira's news after the end changes
/// nothing.
fn since(by: Route, facts: &Facts<'_>, settled_at: Option<Timestamp>) -> Option<Since> {
    let review = match by {
        Route::Agent => facts.reviewed_at.map(|it| it.max(facts.started_at)),
        Route::ShiftLead => Some(facts.started_at),
    };
    let done = facts.jira_done_at.filter(|done| settled_at.is_none_or(|at| *done <= at));
    match (review, done) {
        (Some(review), Some(done)) if review > done => Some(Since::Review(review)),
        (_, Some(done)) => Some(Since::JiraDone(done.max(facts.started_at))),
        (Some(review), None) => Some(Since::Review(review)),
        (None, None) => None,
    }
}

/// What the ticket shows.
fn shown(facts: &Facts<'_>, settled_at: Option<Timestamp>) -> Vec<Evidence> {
    let messages = facts.messages.iter().filter(|it| is_to_customer(it) && is_by_hand(it) && !it.is_failed);
    let messages = messages.map(|it| (it.at, it.by, What::Message));
    let calls = facts.calls.iter().filter(|it| it.outcome == CallOutcome::Connected);
    let calls = calls.map(|it| (it.at, it.by, What::Call));
    let of_people = messages.chain(calls).filter_map(|(at, by, what)| Some(Evidence { at, by: route(by)?, what }));
    of_people.filter(|it| since(it.by, facts, settled_at).is_some_and(|since| since.at() <= it.at)).collect()
}

/// Somebody's word, which counts without a review: who says that the customer knows says that it is over.
fn word(word: &Word<'_>, facts: &Facts<'_>) -> Option<Evidence> {
    let counts = word.at >= facts.started_at && !lacks_reason(word);
    let by = route(word.by)?;
    counts.then_some(Evidence { at: word.at, by, what: What::Word(word.answer) })
}

fn but(facts: &Facts<'_>, settled_at: Option<Timestamp>) -> Option<But> {
    let word = facts.word.filter(|it| it.by != Actor::Machine);
    if word.is_some_and(|it| it.at >= facts.started_at && lacks_reason(&it)) {
        return Some(But::NoReason);
    }
    if let Some(unread) = facts.unread.first() {
        return Some(But::Unreadable(*unread));
    }
    let since = since(Route::Agent, facts, settled_at).map_or(facts.started_at, Since::at);
    let counts = |at: Timestamp| since <= at && at <= facts.now;
    let messages = facts.messages.iter().filter(|it| is_to_customer(it) && counts(it.at)).filter_map(message);
    let calls = facts.calls.iter().filter(|it| counts(it.at)).filter_map(call);
    let newest = messages.chain(calls).max().map(|(_, but)| but);
    newest.or_else(|| word.filter(|it| it.at < facts.started_at).map(|_| But::EarlierWord))
}

fn message(it: &Sent) -> Option<(Timestamp, But)> {
    match () {
        () if !is_by_hand(it) => Some((it.at, But::Automatic(it.at))),
        () if it.is_failed => Some((it.at, But::Undelivered(it.at))),
        () => None,
    }
}

fn call(it: &Call) -> Option<(Timestamp, But)> {
    match it.outcome {
        _ if it.by == Actor::Machine => None,
        CallOutcome::Connected => None,
        CallOutcome::NotConnected => Some((it.at, But::NotConnected(it.at))),
        CallOutcome::Unsaid => Some((it.at, But::NoOutcome(it.at))),
    }
}

fn is_to_customer(it: &Sent) -> bool {
    it.audience == Audience::Public
}

fn is_by_hand(it: &Sent) -> bool {
    it.by != Actor::Machine && !it.is_auto_reply
}

/// A dash is no reason.
fn lacks_reason(word: &Word<'_>) -> bool {
    word.answer == Answer::Unreachable && !word.reason.contains(char::is_alphanumeric)
}

fn route(by: Actor) -> Option<Route> {
    match by {
        Actor::Agent => Some(Route::Agent),
        Actor::ShiftLead => Some(Route::ShiftLead),
        Actor::Machine => None,
    }
}
