//! At most so many in any stretch of time.

use std::time::Duration;

use escalation::ledger::{Entry, Full, Limit, Name};
use jiff::{SignedDuration, Timestamp};
use sandbox::dynamo::{Moment, Step};
use tokio::task::JoinSet;

use super::bench::Bench;

const MS: Duration = Duration::from_millis(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const LIMIT: Limit = Limit { most: 5, window: Duration::from_secs(600) };

fn runs(ticket: &str) -> Name {
    Name::new("runs", &["8675309", ticket, "assign-lane"]).unwrap()
}

impl Bench {
    async fn enter(&self, member: &str) -> Entry {
        self.enter_at(member, self.time.now()).await
    }

    async fn enter_at(&self, member: &str, now: Timestamp) -> Entry {
        self.ledger.enter(&runs("42"), member, &LIMIT, now).await.unwrap()
    }

    /// Five enter now.
    async fn fill(&self) {
        for member in ["a", "b", "c", "d", "e"] {
            assert_eq!(self.enter(member).await, Entry::In);
        }
    }

    /// Five others enter now.
    async fn fill_anew(&self) {
        for member in ["v", "w", "x", "y", "z"] {
            assert_eq!(self.enter(member).await, Entry::In);
        }
    }

    async fn full(&self, member: &str) -> Full {
        match self.enter(member).await {
            Entry::Full(full) => full,
            Entry::In => panic!("{member} is in"),
        }
    }
}

fn is_in(entry: &Entry) -> bool {
    *entry == Entry::In
}

#[tokio::test]
async fn the_sixth_is_kept_out_until_the_first_is_ten_minutes_ago() {
    let bench = Bench::new().await;
    let first = bench.time.now();
    bench.fill().await;
    bench.time.pass(10 * MINUTE - MS);
    let full = bench.full("f").await;
    assert_eq!((full.until, full.is_noted), (first + 10 * MINUTE, false));
    bench.time.pass(MS);
    assert_eq!(bench.enter("f").await, Entry::In);
}

#[tokio::test]
async fn the_window_slides() {
    let bench = Bench::new().await;
    for member in ["a", "b", "c", "d", "e"] {
        assert_eq!(bench.enter(member).await, Entry::In);
        bench.time.pass(2 * MINUTE);
    }
    assert_eq!(bench.enter("f").await, Entry::In, "ten minutes after the first");
    bench.time.pass(2 * MINUTE - MS);
    bench.full("g").await;
    bench.time.pass(MS);
    assert_eq!(bench.enter("g").await, Entry::In, "ten minutes after the second");
}

/// Held against the plain rule: fewer than five entered in the ten minutes before.
#[tokio::test]
async fn whenever_they_come_it_is_the_last_ten_minutes_that_count() {
    let bench = Bench::new().await;
    let mut entered: Vec<i64> = Vec::new();
    let (mut seed, mut kept_out) = (1_u64, 0);
    for number in 0..400 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Now and then a pause, else seconds to minutes; on the full second, so that limits are met.
        let seconds = if seed >> 60 == 0 { 900 } else { (seed >> 33) % 180 };
        bench.time.pass(Duration::from_secs(seconds));
        let now = bench.time.ms();
        let may = entered.iter().filter(|it| now - **it < 600_000).count() < 5;
        assert_eq!(is_in(&bench.enter(&number.to_string()).await), may, "{number} at {now}: {entered:?}");
        if may {
            entered.push(now);
        } else {
            kept_out += 1;
        }
    }
    assert!((20..380).contains(&kept_out), "{kept_out} is no test");
}

#[tokio::test]
async fn who_comes_again_is_the_same() {
    let bench = Bench::new().await;
    for _ in 0..20 {
        assert_eq!(bench.enter("a").await, Entry::In);
        bench.time.pass(Duration::from_secs(10));
    }
    for member in ["b", "c", "d", "e"] {
        assert_eq!(bench.enter(member).await, Entry::In);
    }
    bench.full("f").await;
    for member in ["e", "a", "c"] {
        assert_eq!(bench.enter(member).await, Entry::In, "it was in before");
    }
    bench.full("f").await;
}

/// Or a loop would keep a ticket out for ever.
#[tokio::test]
async fn who_is_kept_out_does_not_count() {
    let bench = Bench::new().await;
    bench.fill().await;
    for member in 0..59 {
        bench.time.pass(Duration::from_secs(10));
        bench.full(&member.to_string()).await;
    }
    bench.time.pass(Duration::from_secs(10));
    assert_eq!(bench.enter("f").await, Entry::In);
}

#[tokio::test]
async fn tickets_and_actions_are_counted_apart() {
    let bench = Bench::new().await;
    bench.fill().await;
    let others = [["8675309", "43", "assign-lane"], ["8675309", "42", "create-jira-issue"], ["7", "42", "assign-lane"]];
    for other in others {
        let name = Name::new("runs", &other).unwrap();
        let entry = bench.ledger.enter(&name, "f", &LIMIT, bench.time.now()).await.unwrap();
        assert_eq!(entry, Entry::In, "{other:?}");
    }
    bench.full("f").await;
}

/// Says how many of a hundred come in, and whether each found it full until a time that makes sense.
async fn hundred_at_once(bench: &Bench, ahead: impl Fn(i64) -> SignedDuration) -> usize {
    let mut asked = JoinSet::new();
    for member in 0..100 {
        let (ledger, now) = (bench.ledger.clone(), bench.time.now() + ahead(member));
        asked.spawn(async move { ledger.enter(&runs("42"), &member.to_string(), &LIMIT, now).await.unwrap() });
    }
    asked.join_all().await.iter().filter(|it| is_in(it)).count()
}

#[tokio::test]
async fn of_a_hundred_at_once_five_come_in() {
    let bench = Bench::new().await;
    assert_eq!(hundred_at_once(&bench, |_| SignedDuration::ZERO).await, 5);
    assert_eq!(bench.dynamo.requests().len(), 100, "one write each");
}

#[tokio::test]
async fn nor_do_more_where_clocks_are_a_minute_off() {
    let bench = Bench::new().await;
    let off = |member: i64| SignedDuration::from_secs(60 * (member % 3 - 1));
    assert_eq!(hundred_at_once(&bench, off).await, 5);
}

/// What clocks that are a minute off can do at worst: ten minutes are eight, or twelve.
#[tokio::test]
async fn clocks_that_are_apart_make_the_window_longer_or_shorter_by_that() {
    let minute = SignedDuration::from_mins(1);
    for (entered, asked, opens) in [(-minute, minute, 8), (minute, -minute, 12), (minute, minute, 10)] {
        let bench = Bench::new().await;
        for member in ["a", "b", "c", "d", "e"] {
            bench.enter_at(member, bench.time.now() + entered).await;
        }
        bench.time.pass(opens * MINUTE - MS);
        assert!(!is_in(&bench.enter_at("f", bench.time.now() + asked).await), "{opens}");
        bench.time.pass(MS);
        assert!(is_in(&bench.enter_at("f", bench.time.now() + asked).await), "{opens}");
    }
}

#[tokio::test]
async fn a_clock_that_is_far_ahead_keeps_nobody_out() {
    for (ahead, expected) in [(2 * MINUTE, false), (2 * MINUTE + MS, true), (24 * HOUR, true)] {
        let bench = Bench::new().await;
        for member in ["a", "b", "c", "d", "e"] {
            bench.enter_at(member, bench.time.now() + ahead).await;
        }
        assert_eq!(is_in(&bench.enter("f").await), expected, "{ahead:?}");
    }
}

#[tokio::test]
async fn its_record_stays_small_and_goes_a_day_after_the_window() {
    let bench = Bench::new().await;
    for number in 0..30 {
        let member = format!("{number}{}", "long".repeat(500));
        if let Entry::Full(full) = bench.enter(&member).await {
            bench.ledger.note_full(&full, HOUR).await.unwrap();
        }
        bench.time.pass(MINUTE);
    }
    bench.enter("last").await;
    let item = bench.item().await;
    let size = item.to_string().len();
    assert!(size < 1_024, "{size}: {item}");
    let last = item["t5"]["N"].as_str().unwrap().parse::<i64>().unwrap();
    assert_eq!(item["exp"]["N"], (last / 1_000 + 600 + 24 * 3_600).to_string());
}

#[tokio::test]
async fn a_lost_answer_counts_once() {
    for moment in [Moment::Before, Moment::After] {
        let bench = Bench::new().await;
        bench.dynamo.plan(0, moment, Step::Drop);
        bench.fill().await;
        bench.full("f").await;
    }
}

#[tokio::test]
async fn a_table_that_is_down_is_said_to_be_down() {
    let bench = Bench::new().await;
    bench.fill().await;
    let full = bench.full("f").await;
    bench.dynamo.on_request(|_, _| async { Step::FAIL });
    bench.ledger.enter(&runs("42"), "f", &LIMIT, bench.time.now()).await.unwrap_err();
    bench.ledger.note_full(&full, HOUR).await.unwrap_err();
}

#[tokio::test]
async fn of_many_who_are_kept_out_one_is_told_that_it_begins() {
    let bench = Bench::new().await;
    bench.fill().await;
    let full = bench.full("f").await;
    let mut asked = JoinSet::new();
    for _ in 0..50 {
        let (ledger, full) = (bench.ledger.clone(), full.clone());
        asked.spawn(async move { ledger.note_full(&full, HOUR).await.unwrap() });
    }
    assert_eq!(asked.join_all().await.into_iter().filter(|begins| *begins).count(), 1);
    assert!(bench.full("g").await.is_noted);
}

#[tokio::test]
async fn one_is_told_so_although_the_answer_is_lost() {
    for moment in [Moment::Before, Moment::After] {
        let bench = Bench::new().await;
        bench.fill().await;
        let full = bench.full("f").await;
        bench.dynamo.forget();
        bench.dynamo.plan(0, moment, Step::Drop);
        assert!(bench.ledger.note_full(&full, HOUR).await.unwrap(), "{moment:?}");
        assert!(!bench.ledger.note_full(&full, HOUR).await.unwrap());
    }
}

/// Both sides: what was noted last lies an hour back, or a moment less.
#[tokio::test]
async fn it_begins_anew_after_a_calm_hour() {
    for (wait, begins) in [(HOUR, true), (HOUR - MS, false), (11 * MINUTE, false)] {
        let bench = Bench::new().await;
        bench.fill().await;
        let full = bench.full("f").await;
        assert!(bench.ledger.note_full(&full, HOUR).await.unwrap());
        bench.time.pass(wait);
        bench.fill_anew().await;
        let full = bench.full("f").await;
        assert!(!full.is_noted);
        assert_eq!(bench.ledger.note_full(&full, HOUR).await.unwrap(), begins, "{wait:?}");
    }
}
