//! Who may make how many calls, and when: what all environments of all functions share of a vendor's limit.
//!
//! The vendor counts calls in any ten seconds. While there is room a run begins at once, however many do. What
//! finds none queues: each gets a time of its own, spaced by what it calls, so that nobody asks in vain and
//! nobody comes back together with others. A tenth is kept for what does not queue.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// The window in which the vendor counts, in ms and in whole seconds with the one that has begun.
const WINDOW: i64 = 10_000;
const SECONDS: i64 = 11;
/// What HubSpot lets the smallest accounts call; it says itself what it lets others.
const LEAST: u32 = 100;
/// A time further ahead than this is no queue that we know, but somebody's wrong clock.
const LONGEST_QUEUE: i64 = 6 * 60 * 60 * 1_000;

/// The calls that were given out lately, and until when the queue reaches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Quota {
    /// How many calls the vendor lets us make in its window; 0 where it has not said so yet.
    #[serde(rename = "m")]
    most: u32,
    /// When the next of the queue may begin, in ms.
    #[serde(rename = "t")]
    tail: i64,
    /// Until when the vendor wants no calls at all, in ms.
    #[serde(rename = "c")]
    closed: i64,
    /// By second, those who queue where they must.
    #[serde(rename = "q")]
    queued: Vec<(i64, u32)>,
    /// By second, those who do not.
    #[serde(rename = "o")]
    others: Vec<(i64, u32)>,
}

impl Quota {
    /// Lets a run begin at once, if there is room and nobody queues.
    pub fn begin(&mut self, calls: u32, now: i64) -> bool {
        self.forget(now);
        let has_room = !self.has_queue(now) && self.sum(now) + calls <= self.given();
        if has_room {
            add(&mut self.queued, now, calls);
        }
        has_room
    }

    /// The same for what can as well be done later: it leaves more room to others. While others queue, it
    /// has a share of its own.
    pub fn begin_other(&mut self, calls: u32, now: i64) -> bool {
        self.forget(now);
        if self.is_closed(now) {
            return false;
        }
        let others: u32 = sum(&self.others, now);
        let is_quiet = !self.has_queue(now) && self.sum(now) + calls <= self.most() * 2 / 3;
        // The first is let in beyond that, or a small limit would have no room for it ever; not so a large one.
        let is_first = others == 0 && calls <= 2 * self.share() && self.sum(now) + calls <= self.most();
        let has_room = is_quiet || is_first || others + calls <= self.share();
        if has_room {
            add(&mut self.others, now, calls);
        }
        has_room
    }

    /// Counts calls that are made in any case.
    pub fn spend(&mut self, calls: u32, now: i64) {
        self.forget(now);
        add(&mut self.others, now, calls);
    }

    /// Gives a run its place in the queue: when it may begin.
    pub fn queue(&mut self, calls: u32, now: i64) -> i64 {
        self.forget(now);
        let (given, pace) = (self.given(), self.given() - self.share());
        let calls = calls.min(pace);
        let mut at = self.tail.max(self.closed).max(now);
        while sum(&self.queued, at) + calls > given {
            at += 1_000;
        }
        add(&mut self.queued, at, calls);
        self.tail = at + WINDOW * i64::from(calls) / i64::from(pace.max(1));
        at
    }

    /// Counts who had a place some time ago and begins now.
    pub fn begin_late(&mut self, calls: u32, now: i64) {
        self.forget(now);
        add(&mut self.queued, now, calls);
    }

    /// Whether what was counted at a place counts no more.
    pub fn is_late(place: i64, now: i64) -> bool {
        now - place > WINDOW
    }

    /// The vendor wants no calls before `until`. Says whether that is news: it wanted some until now.
    pub fn close(&mut self, until: i64, now: i64) -> bool {
        self.forget(now);
        let is_news = !self.is_closed(now);
        self.closed = self.closed.max(until);
        is_news
    }

    /// Whether the vendor wants no calls.
    pub fn is_closed(&self, now: i64) -> bool {
        self.closed > now
    }

    /// What the vendor says of its limit. Says whether that is news.
    pub fn limit(&mut self, most: Option<u32>) -> bool {
        let is_news = most.is_some_and(|it| it != self.most);
        self.most = most.unwrap_or(self.most);
        is_news
    }

    fn has_queue(&self, now: i64) -> bool {
        self.tail > now || self.is_closed(now)
    }

    fn most(&self) -> u32 {
        if self.most == 0 { LEAST } else { self.most }
    }

    /// What is given out to those who queue where they must.
    fn given(&self) -> u32 {
        self.most() - self.share()
    }

    /// What is kept for the others.
    fn share(&self) -> u32 {
        self.most() / 10
    }

    fn sum(&self, now: i64) -> u32 {
        sum(&self.queued, now) + sum(&self.others, now)
    }

    /// What lies so far back that it counts no more.
    fn forget(&mut self, now: i64) {
        if self.tail > now + LONGEST_QUEUE {
            (self.tail, self.closed) = (now, self.closed.min(now));
            self.queued.clear();
        }
        let (lately, at_the_end) = (window(now), window(self.tail.max(now)));
        // What lies between the two is too much to keep, and is as the pace says.
        self.queued.retain(|it| lately.contains(&it.0) || at_the_end.contains(&it.0));
        self.others.retain(|it| lately.contains(&it.0));
    }
}

/// The seconds that the vendor counts at this time.
fn window(at: i64) -> RangeInclusive<i64> {
    let second = at.div_euclid(1_000);
    second - SECONDS + 1..=second
}

/// The calls in the seconds up to `at`; places in the queue may be later.
fn sum(given: &[(i64, u32)], at: i64) -> u32 {
    given.iter().filter(|it| window(at).contains(&it.0)).map(|it| it.1).sum()
}

fn add(given: &mut Vec<(i64, u32)>, at: i64, calls: u32) {
    let second = at.div_euclid(1_000);
    match given.iter_mut().find(|it| it.0 == second) {
        Some(of_second) => of_second.1 += calls,
        None => given.push((second, calls)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota() -> Quota {
        Quota { most: 190, ..Quota::default() }
    }

    #[test]
    fn a_burst_begins_at_once_and_the_rest_queues_at_the_vendors_pace() {
        let (mut quota, now) = (quota(), 1_000_000);
        let at_once = (0..100).take_while(|_| quota.begin(9, now)).count();
        assert_eq!(at_once, 19, "171 calls");
        let places: Vec<i64> = (0..100).map(|_| quota.queue(9, now)).collect();
        assert!(places[0] >= now + 10_000, "{places:?}");
        assert!(places.is_sorted());
        let took = places[99] - places[0];
        assert!((57_000..60_000).contains(&took), "99 times 9 calls at 152 in ten seconds: {took}");
    }

    /// However runs come, no ten seconds see more calls than the vendor lets us make.
    #[test]
    fn no_ten_seconds_see_too_many() {
        let (mut quota, mut began) = (quota(), Vec::new());
        for step in 0..4_000_i64 {
            let now = 1_000_000 + step * 37;
            let calls = u32::try_from(3 + step % 7).unwrap();
            if step % 5 == 0 {
                began.extend(quota.begin_other(4, now).then_some((now, 4)));
            }
            match quota.begin(calls, now) {
                true => began.push((now, calls)),
                false if step < 1_500 => began.push((quota.queue(calls, now), calls)),
                false => {}
            }
        }
        began.sort_unstable();
        let within = |from: i64| began.iter().filter(|it| (from..from + 10_000).contains(&it.0)).map(|it| it.1).sum();
        let most: u32 = began.iter().map(|it| within(it.0)).max().unwrap();
        assert!((150..=190).contains(&most), "{most}");
    }

    #[test]
    fn nobody_overtakes_the_queue() {
        let (mut quota, now) = (quota(), 1_000_000);
        while quota.begin(9, now) {}
        let last = (0..20).map(|_| quota.queue(9, now)).last().unwrap();
        assert!(!quota.begin(1, last), "the last of the queue has only begun");
        assert!(quota.begin(1, last + 1_000));
    }

    #[test]
    fn what_can_wait_leaves_room_and_has_a_share_while_others_queue() {
        let (mut quota, now) = (quota(), 1_000_000);
        let others = (0..100).take_while(|_| quota.begin_other(6, now)).count();
        assert_eq!(others, 21, "126 calls: two thirds");
        assert!(quota.begin(6, now), "there is room for what must not wait");
        let mut quota = self::quota();
        while quota.begin(9, now) {}
        quota.queue(9, now);
        let others = (0..100).take_while(|_| quota.begin_other(6, now)).count();
        assert_eq!(others, 3, "18 calls: a tenth");
    }

    /// A hundred events in one request would be refused in the middle of it by the vendor.
    #[test]
    fn what_can_wait_and_takes_much_waits_for_a_quiet_time() {
        let (mut quota, now) = (quota(), 1_000_000);
        while quota.begin(9, now) {}
        quota.queue(9, now);
        assert!(!quota.begin_other(101, now) && !quota.begin_other(39, now));
        assert!(!quota.begin_other(38, now), "with it there were more calls than the vendor takes");
        assert!(quota.begin_other(19, now), "the first of them, as much as is left");
        assert!(self::quota().begin_other(101, now), "nobody else calls");
    }

    #[test]
    fn a_refusal_keeps_everybody_away_and_is_news_once() {
        let (mut quota, now) = (quota(), 1_000_000);
        assert!(quota.close(now + 3_600_000, now));
        assert!(!quota.close(now + 7_200_000, now + 1_000), "each refusal tells another time");
        let mut quota = Quota { closed: now + 3_600_000, ..quota };
        assert!(!quota.begin(1, now + 1_000) && !quota.begin_other(1, now + 1_000));
        assert!(quota.queue(1, now + 1_000) >= now + 3_600_000);
        assert!(quota.begin_other(1, now + 3_600_000));
    }

    #[test]
    fn without_a_word_of_the_vendor_the_limit_is_the_smallest() {
        let (mut quota, now) = (Quota::default(), 1_000_000);
        assert_eq!((0..100).take_while(|_| quota.begin(9, now)).count(), 10);
        assert!(quota.limit(Some(250)) && !quota.limit(Some(250)) && !quota.limit(None));
        assert_eq!((0..100).take_while(|_| quota.begin(9, now)).count(), 15);
    }

    #[test]
    fn who_comes_late_is_counted_among_those_who_begin_now() {
        let (mut quota, now) = (quota(), 1_000_000);
        assert!(!Quota::is_late(now, now + 9_000) && Quota::is_late(now, now + 60_000));
        (0..19).for_each(|_| quota.begin_late(9, now));
        assert!(!quota.begin(9, now) && quota.begin(9, now + 11_000));
    }

    #[test]
    fn a_wrong_clock_keeps_nobody_away_for_long() {
        let now = 1_000_000;
        let mut quota = Quota { tail: now + LONGEST_QUEUE + 1, ..quota() };
        assert!(quota.begin(1, now));
    }
}
