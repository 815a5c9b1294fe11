//! Which of a ticket's comments is the escalation comment.

use std::cmp::Ordering;
use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::comment::{Comment, Point};

/// Something that was written on a ticket.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The vendor's id of the note or message.
    pub id: String,
    /// When it was written; editing it later changes what it says, not when it was written.
    pub created_at: Timestamp,
    /// Who wrote it.
    pub author: Author,
    /// Who can read it.
    pub audience: Audience,
    /// Whether it was deleted.
    pub deleted: bool,
    /// What it says now.
    pub comment: Comment,
}

/// Who wrote an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person of ours, by the vendor's id.
    User(String),
    /// Our app, another app, a workflow, a bot.
    Machine,
    /// The customer.
    Customer,
}

/// Who can read an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Colleagues.
    Internal,
    /// The customer, too.
    Public,
}

/// When a comment must have been written, and how near to each other the parts of a split one.
///
/// There is no end to it: a comment counts however late it comes while the escalation is open,
/// because the agent may answer our feedback at any time.
#[derive(Debug, Clone)]
pub struct Window {
    /// When Escalation Type was set.
    pub escalated_at: Timestamp,
    /// When it was last cleared before that; what is older belongs to an earlier escalation.
    pub previous_cleared_at: Option<Timestamp>,
    /// How long before the escalation a comment may have been written. Counted from the escalation
    /// and not from now, so that a comment that counted once does not expire in the lane.
    pub lookback: SignedDuration,
    /// How near to each other one author's comments must be to be read as one.
    pub join: SignedDuration,
    /// Each time we asked for missing points. What the author adds after one completes what was there
    /// before it, however late it comes: that is what we asked for.
    pub asked: Vec<Timestamp>,
}

impl Window {
    /// A first escalation with the usual limits: 7 days back, 15 minutes between parts.
    pub fn new(escalated_at: Timestamp) -> Self {
        Self {
            escalated_at,
            previous_cleared_at: None,
            lookback: SignedDuration::from_hours(7 * 24),
            join: SignedDuration::from_mins(15),
            asked: Vec::new(),
        }
    }

    /// Why something written at this time does not count; both limits are inclusive.
    fn expired(&self, written_at: Timestamp) -> Option<Expired> {
        if self.previous_cleared_at.is_some_and(|cleared| written_at < cleared) {
            return Some(Expired::BeforeThisEscalation);
        }
        (self.escalated_at.duration_since(written_at) > self.lookback).then_some(Expired::TooOld)
    }

    fn joins(&self, earlier: Timestamp, later: Timestamp) -> bool {
        later.duration_since(earlier) <= self.join
            || self.asked.iter().any(|asked| earlier <= *asked && *asked <= later)
    }
}

/// What was found on a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The escalation comment: complete, or the one that comes nearest.
    pub counted: Option<Counted>,
    /// The newest complete comment among those that came too early, where no complete one counts.
    pub stale: Option<Stale>,
    /// The newest message to the customer that carries the points: a matter of privacy, whatever
    /// the internal comment says.
    pub public: Option<Sighting>,
    /// The newest internal comment that tells the story without the headings, where none counts.
    pub prose: Option<Sighting>,
}

impl Choice {
    /// Whether a comment with all five points was found.
    pub fn is_complete(&self) -> bool {
        self.counted.as_ref().is_some_and(|it| it.comment.is_complete())
    }
}

/// The comment that counts, perhaps joined of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The entries it was read from, oldest first.
    pub ids: Vec<String>,
    /// Who wrote it.
    pub author: String,
    /// When its last part was written.
    pub written_at: Timestamp,
    /// What it says.
    pub comment: Comment,
}

/// An entry that does not count but that somebody should hear of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The entry.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub written_at: Timestamp,
}

/// A complete comment that came too early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The comment.
    pub seen: Sighting,
    /// Why it does not count.
    pub expired: Expired,
}

/// Why a complete comment does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expired {
    /// It belongs to an escalation that was cleared since.
    BeforeThisEscalation,
    /// It is further back than the window looks.
    TooOld,
}

impl fmt::Display for Expired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BeforeThisEscalation => "before_this_escalation",
            Self::TooOld => "too_old",
        })
    }
}

/// One or two labels occur in mail by chance; so many do not.
const TELLING: usize = 3;

/// Finds the comment that counts: the newest complete one, else one author's parts joined, else the
/// one with most points.
pub fn choose(entries: &[Entry], window: &Window) -> Choice {
    let mut spoken: Vec<Spoken<'_>> = entries.iter().filter_map(Spoken::of).collect();
    spoken.sort_by(Spoken::order);
    let public = spoken
        .iter()
        .rev()
        .find(|it| it.entry.audience == Audience::Public && it.points() >= TELLING && it.expired(window).is_none());
    let internal: Vec<&Spoken<'_>> = spoken.iter().filter(|it| it.entry.audience == Audience::Internal).collect();
    let fresh: Vec<&Spoken<'_>> = internal.iter().copied().filter(|it| it.expired(window).is_none()).collect();
    let counted = newest_complete(&fresh).or_else(|| best_joined(&fresh, window));
    let complete = counted.as_ref().is_some_and(|it| it.comment.is_complete());
    let stale = internal.iter().rev().filter(|_| !complete).find_map(|it| it.stale(window));
    let prose = fresh.iter().rev().find(|it| counted.is_none() && it.entry.comment.is_prose());
    Choice { prose: prose.map(|it| it.sighting()), public: public.map(Spoken::sighting), counted, stale }
}

/// What a person of ours wrote and did not take back.
struct Spoken<'a> {
    entry: &'a Entry,
    author: &'a str,
}

impl<'a> Spoken<'a> {
    fn of(entry: &'a Entry) -> Option<Self> {
        match &entry.author {
            Author::User(author) if !entry.deleted => Some(Self { entry, author }),
            _ => None,
        }
    }

    /// By time, then by id.
    fn order(&self, other: &Self) -> Ordering {
        self.entry.created_at.cmp(&other.entry.created_at).then_with(|| order_of_ids(&self.entry.id, &other.entry.id))
    }

    fn points(&self) -> usize {
        self.entry.comment.points()
    }

    fn expired(&self, window: &Window) -> Option<Expired> {
        window.expired(self.entry.created_at)
    }

    fn stale(&self, window: &Window) -> Option<Stale> {
        let expired = self.expired(window).filter(|_| self.entry.comment.is_complete())?;
        Some(Stale { seen: self.sighting(), expired })
    }

    fn sighting(&self) -> Sighting {
        Sighting { id: self.entry.id.clone(), author: self.author.to_owned(), written_at: self.entry.created_at }
    }

    fn counted(&self) -> Counted {
        Counted {
            ids: vec![self.entry.id.clone()],
            author: self.author.to_owned(),
            written_at: self.entry.created_at,
            comment: self.entry.comment.clone(),
        }
    }
}

/// Ids are numbers at HubSpot, and `9` comes before `10`; others are compared as text.
fn order_of_ids(left: &str, right: &str) -> Ordering {
    match (left.parse::<u128>(), right.parse::<u128>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.cmp(right),
    }
}

fn newest_complete(fresh: &[&Spoken<'_>]) -> Option<Counted> {
    fresh.iter().rev().find(|it| it.entry.comment.is_complete()).map(|it| it.counted())
}

/// Joins each author's partial comments where each follows the one before in time, and takes the
/// result with most points, the newest of equals.
fn best_joined(fresh: &[&Spoken<'_>], window: &Window) -> Option<Counted> {
    let partial: Vec<&Spoken<'_>> = fresh.iter().copied().filter(|it| it.points() > 0).collect();
    let mut groups: Vec<Vec<&Spoken<'_>>> = Vec::new();
    for spoken in partial {
        let near = groups.iter_mut().rev().find(|group| group.last().is_some_and(|it| it.author == spoken.author));
        match near {
            Some(group)
                if group.last().is_some_and(|it| window.joins(it.entry.created_at, spoken.entry.created_at)) =>
            {
                group.push(spoken);
            }
            _ => groups.push(vec![spoken]),
        }
    }
    let order = |it: &Counted| (it.comment.points(), it.written_at);
    groups.iter().filter_map(|group| joined(group)).max_by_key(order)
}

/// One comment of a group. A part that alone says as much as all together stands alone: its author
/// said it again, and is told of that comment.
fn joined(group: &[&Spoken<'_>]) -> Option<Counted> {
    let (first, later) = group.split_first()?;
    let mut whole = first.counted();
    for part in later {
        whole.ids.push(part.entry.id.clone());
        whole.written_at = part.entry.created_at;
        whole.comment.join(&part.entry.comment);
    }
    let alone = group.iter().rev().find(|it| {
        Point::ALL
            .into_iter()
            .all(|point| it.entry.comment.text(point).is_some() == whole.comment.text(point).is_some())
    });
    Some(alone.map_or(whole, |it| it.counted()))
}
