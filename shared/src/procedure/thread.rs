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

    /// The earliest moment at which something that counts may have been written.
    pub fn since(&self) -> Timestamp {
        let earliest = self.escalated_at - self.lookback;
        self.previous_cleared_at.map_or(earliest, |cleared| cleared.max(earliest))
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
    /// The newest internal comment that has headings and no answer to any, where none counts.
    pub blank: Option<Counted>,
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
    let mut counted = newest_complete(&fresh).or_else(|| best_joined(&fresh, window));
    if let Some(counted) = &mut counted {
        add_mentions(counted, &fresh, window);
    }
    let complete = counted.as_ref().is_some_and(|it| it.comment.is_complete());
    let stale = internal.iter().rev().filter(|_| !complete).find_map(|it| it.stale(window));
    let blank = fresh.iter().rev().find(|it| counted.is_none() && it.entry.comment.has_any_label());
    let prose = fresh.iter().rev().find(|it| counted.is_none() && it.entry.comment.is_prose());
    Choice {
        blank: blank.map(|it| it.counted()),
        prose: prose.map(|it| it.sighting()),
        public: public.map(Spoken::sighting),
        counted,
        stale,
    }
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

/// What the author adds without any of the points may still mention the Shift Lead: that alone is
/// what we ask for where nothing else is missing.
fn add_mentions(counted: &mut Counted, fresh: &[&Spoken<'_>], window: &Window) {
    let added = |it: &&&Spoken<'_>| {
        it.author == counted.author
            && it.points() == 0
            && it.entry.created_at >= counted.written_at
            && window.joins(counted.written_at, it.entry.created_at)
    };
    let added: Vec<_> = fresh.iter().filter(added).collect();
    added.iter().for_each(|it| counted.comment.add_mentions(&it.entry.comment));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::comment::{Body, Labels, read};
    use serde_json::Value;

    const THREADS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/corpus/comment_threads_dev.jsonl");
    const WHOLE: &str = "Issue: a\nInvestigated: b\nAction Taken: c\nBlocker: d\nRequired to Resolve: e";
    const FIRST: &str = "Issue: a\nInvestigated: b\nAction Taken: c";
    const LAST: &str = "Blocker: d\nRequired to Resolve: e";

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn entry(id: &str, time: &str, text: &str) -> Entry {
        Entry {
            id: id.to_owned(),
            created_at: at(time),
            author: Author::User("sam".to_owned()),
            audience: Audience::Internal,
            deleted: false,
            comment: read(Body::Text(text), &Labels::shipped()),
        }
    }

    fn public(mut entry: Entry) -> Entry {
        entry.audience = Audience::Public;
        entry
    }

    fn by(author: &str, mut entry: Entry) -> Entry {
        entry.author = Author::User(author.to_owned());
        entry
    }

    fn escalated() -> Window {
        Window::new(at("2026-06-10T09:00:00Z"))
    }

    #[track_caller]
    fn check(entries: &[Entry], window: &Window, ids: &[&str], complete: bool) {
        let choice = choose(entries, window);
        let found: Vec<&str> = choice.counted.iter().flat_map(|it| &it.ids).map(String::as_str).collect();
        assert_eq!((found.as_slice(), choice.is_complete()), (ids, complete));
    }

    #[test]
    fn the_labelled_threads_are_chosen_as_labelled() {
        let file = std::fs::read_to_string(THREADS).unwrap();
        let differences: Vec<String> =
            file.lines().flat_map(|line| differences(&serde_json::from_str(line).unwrap())).collect();
        assert!(differences.is_empty(), "{differences:#?}");
        assert!(file.lines().count() >= 12);
    }

    fn differences(row: &Value) -> Option<String> {
        let entries: Vec<Entry> = row["comments"].as_array().unwrap().iter().map(labelled).collect();
        let window = Window {
            previous_cleared_at: row["previous_escalation_cleared_at"].as_str().map(at),
            ..Window::new(at(row["escalated_at"].as_str().unwrap()))
        };
        let choice = choose(&entries, &window);
        let ids: Vec<&str> = choice.counted.iter().flat_map(|it| &it.ids).map(String::as_str).collect();
        let nothing = Comment::default();
        let comment = choice.counted.as_ref().map_or(&nothing, |it| &it.comment);
        let missing: Vec<&str> = comment.problems().iter().map(|it| it.point().name()).collect();
        let expected = &row["expect"];
        let agrees = choice.is_complete() == expected["valid"]
            && serde_json::json!(ids) == expected["comment_ids"]
            && (expected["missing"].is_null() || serde_json::json!(missing) == expected["missing"]);
        (!agrees).then(|| format!("{}: found {ids:?}, missing {missing:?}, expected {expected}", row["id"]))
    }

    fn labelled(row: &Value) -> Entry {
        let mut entry =
            entry(row["id"].as_str().unwrap(), row["created_at"].as_str().unwrap(), row["text"].as_str().unwrap());
        entry.author = match row["author"]["type"].as_str().unwrap() {
            "agent" => Author::User(row["author"]["id"].as_str().unwrap().to_owned()),
            "customer" => Author::Customer,
            _ => Author::Machine,
        };
        if row["visibility"] != "internal" {
            entry.audience = Audience::Public;
        }
        entry.deleted = row["deleted"] == true;
        entry
    }

    #[test]
    fn a_mention_that_the_author_adds_counts_when_it_is_near_or_was_asked_for() {
        let mentions = |author: &str, time: &str, asked: &[&str]| {
            let window = Window { asked: asked.iter().map(|it| at(it)).collect(), ..escalated() };
            let added = by(author, entry("2", time, "@Dana please"));
            let choice = choose(&[entry("1", "2026-06-10T09:00:00Z", WHOLE), added], &window);
            let counted = choice.counted.unwrap();
            assert_eq!(counted.ids, ["1"]);
            counted.comment.typed_mentions().len()
        };
        assert_eq!(mentions("sam", "2026-06-10T09:15:00Z", &[]), 1);
        assert_eq!(mentions("sam", "2026-06-10T09:15:01Z", &[]), 0);
        assert_eq!(mentions("sam", "2026-06-10T11:00:00Z", &["2026-06-10T09:30:00Z"]), 1);
        assert_eq!(mentions("sam", "2026-06-10T08:59:59Z", &[]), 0);
        assert_eq!(mentions("lee", "2026-06-10T09:01:00Z", &[]), 0);
    }

    #[test]
    fn a_comment_counts_up_to_seven_days_before_the_escalation() {
        check(&[entry("1", "2026-06-03T09:00:00Z", WHOLE)], &escalated(), &["1"], true);
        let too_old = [entry("1", "2026-06-03T08:59:59Z", WHOLE)];
        check(&too_old, &escalated(), &[], false);
        let stale = choose(&too_old, &escalated()).stale.unwrap();
        assert_eq!((stale.expired, stale.seen.written_at), (Expired::TooOld, at("2026-06-03T08:59:59Z")));
    }

    #[test]
    fn a_comment_counts_from_the_last_clearing_on() {
        let window = Window { previous_cleared_at: Some(at("2026-06-10T08:00:00Z")), ..escalated() };
        check(&[entry("1", "2026-06-10T08:00:00Z", WHOLE)], &window, &["1"], true);
        let earlier = [entry("1", "2026-06-10T07:59:59Z", WHOLE), entry("2", "2026-06-10T08:30:00Z", FIRST)];
        check(&earlier, &window, &["2"], false);
        assert_eq!(choose(&earlier, &window).stale.unwrap().expired, Expired::BeforeThisEscalation);
    }

    #[test]
    fn a_comment_counts_however_late_it_comes() {
        for time in ["2026-06-10T09:10:00Z", "2026-06-10T09:10:01Z", "2026-06-12T09:00:00Z"] {
            check(&[entry("1", time, WHOLE)], &escalated(), &["1"], true);
        }
    }

    #[test]
    fn the_newest_complete_comment_wins_and_the_higher_id_of_equals() {
        let time = "2026-06-10T08:00:00Z";
        check(&[entry("10", time, WHOLE), entry("9", time, WHOLE)], &escalated(), &["10"], true);
        check(&[entry("b", time, WHOLE), entry("a", time, WHOLE)], &escalated(), &["b"], true);
        check(
            &[
                entry("3", "2026-06-10T08:00:01Z", WHOLE),
                entry("4", time, WHOLE),
                entry("5", "2026-06-10T08:30:00Z", FIRST),
            ],
            &escalated(),
            &["3"],
            true,
        );
    }

    #[test]
    fn parts_of_one_author_within_fifteen_minutes_are_one_comment() {
        let first = entry("1", "2026-06-10T08:00:00Z", FIRST);
        check(&[entry("2", "2026-06-10T08:15:00Z", LAST), first.clone()], &escalated(), &["1", "2"], true);
        check(&[first.clone(), entry("2", "2026-06-10T08:15:01Z", LAST)], &escalated(), &["1"], false);
        check(&[first.clone(), by("kim", entry("2", "2026-06-10T08:05:00Z", LAST))], &escalated(), &["1"], false);
        // Each within the time of the one before; what has no point does not count in between.
        let chain = [
            first,
            entry("2", "2026-06-10T08:10:00Z", "customer rang again"),
            entry("3", "2026-06-10T08:14:00Z", "Blocker: d"),
            by("kim", entry("4", "2026-06-10T08:20:00Z", "Blocker: z")),
            entry("5", "2026-06-10T08:28:00Z", "Required to Resolve: e"),
        ];
        check(&chain, &escalated(), &["1", "3", "5"], true);
    }

    #[test]
    fn a_joined_comment_keeps_the_order_of_time() {
        let parts = [
            entry("2", "2026-06-10T08:05:00Z", "Issue: later\nBlocker: n/a"),
            entry("1", "2026-06-10T08:00:00Z", "Issue: first\nBlocker: d"),
        ];
        let counted = choose(&parts, &escalated()).counted.unwrap();
        // The first says all there is, so it stands alone.
        assert_eq!(counted.ids, ["1"]);
        let parts = [
            entry("2", "2026-06-10T08:05:00Z", "Issue: later\nBlocker: d"),
            entry("1", "2026-06-10T08:00:00Z", "Issue: first\nInvestigated: b"),
        ];
        let counted = choose(&parts, &escalated()).counted.unwrap();
        assert_eq!((counted.ids.len(), counted.comment.text(Point::Issue)), (2, Some("first later")));
        assert_eq!(counted.written_at, at("2026-06-10T08:05:00Z"));
    }

    #[test]
    fn an_answer_to_our_feedback_completes_the_comment_however_late() {
        let parts = [entry("1", "2026-06-10T08:55:00Z", FIRST), entry("2", "2026-06-10T09:40:00Z", LAST)];
        check(&parts, &escalated(), &["1"], false);
        let asked = |time| Window { asked: vec![at(time)], ..escalated() };
        check(&parts, &asked("2026-06-10T09:01:00Z"), &["1", "2"], true);
        check(&parts, &asked("2026-06-10T09:40:01Z"), &["1"], false);
        check(&parts, &asked("2026-06-10T08:54:59Z"), &["1"], false);
    }

    #[test]
    fn of_partial_comments_the_one_with_most_points_is_told_the_newest_of_equals() {
        let most = entry("1", "2026-06-10T07:00:00Z", FIRST);
        check(&[most.clone(), entry("2", "2026-06-10T08:00:00Z", LAST)], &escalated(), &["1"], false);
        check(&[most, entry("2", "2026-06-10T08:00:00Z", FIRST)], &escalated(), &["2"], false);
        check(&[entry("1", "2026-06-10T08:00:00Z", "Issue:\nBlocker: none")], &escalated(), &[], false);
    }

    #[test]
    fn machines_customers_and_deleted_comments_do_not_count() {
        let whole = entry("1", "2026-06-10T08:00:00Z", WHOLE);
        check(&[Entry { author: Author::Machine, ..whole.clone() }], &escalated(), &[], false);
        check(&[Entry { author: Author::Customer, ..whole.clone() }], &escalated(), &[], false);
        check(&[Entry { deleted: true, ..whole }], &escalated(), &[], false);
    }

    #[test]
    fn points_sent_to_the_customer_are_told_even_beside_a_complete_comment() {
        let sent = public(entry("1", "2026-06-10T08:00:00Z", WHOLE));
        check(std::slice::from_ref(&sent), &escalated(), &[], false);
        assert_eq!(choose(std::slice::from_ref(&sent), &escalated()).public.unwrap().id, "1");
        let both = [sent, entry("2", "2026-06-10T08:01:00Z", WHOLE)];
        check(&both, &escalated(), &["2"], true);
        assert!(choose(&both, &escalated()).public.is_some());
        let by_chance = public(entry("1", "2026-06-10T08:00:00Z", "Issue: solved\nBlocker: no longer there"));
        assert_eq!(choose(&[by_chance], &escalated()).public, None);
    }

    #[test]
    fn a_story_without_headings_is_told_where_nothing_counts() {
        let story = entry("1", "2026-06-10T08:00:00Z", &"The venue lost her booking. ".repeat(5));
        assert_eq!(choose(std::slice::from_ref(&story), &escalated()).prose.unwrap().id, "1");
        assert_eq!(choose(&[story, entry("2", "2026-06-10T08:00:00Z", LAST)], &escalated()).prose, None);
        assert_eq!(choose(&[entry("3", "2026-06-10T08:00:00Z", "she rang again")], &escalated()).prose, None);
        assert_eq!(choose(&[], &escalated()), Choice::default());
    }
}
