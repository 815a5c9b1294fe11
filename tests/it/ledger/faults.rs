//! A model world that breaks: every fault at every outside operation of the first two deliveries, and
//! every pair of them, with and without a twin at each operation, on HubSpot's retry schedule, in
//! virtual time. Never two issues, never none; one note, the right key on the ticket; always an end.
//!
//! States that come again are explored once and counted each time (`explorer` says why that is the
//! same); `LEDGER_FAULTS=all` walks every run from its beginning to its end, remembering nothing.

mod client;
mod explorer;
mod table;
mod world;

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use explorer::{Budget, Explorer, Summary};
use world::{Clocks, Event, Fault, Harm, Setting, Shape, Weakness};

const SINGLES: Budget = Budget { faults: 1, twins: 0 };
const SINGLES_WITH_TWINS: Budget = Budget { faults: 1, twins: 1 };
const DOUBLES: Budget = Budget { faults: 2, twins: 0 };
const DOUBLES_WITH_TWINS: Budget = Budget { faults: 2, twins: 1 };
/// A run ends within three deliveries after the last one in which something goes wrong.
const MOST_DELIVERIES: usize = 5;

/// A part of what is explored, and what came of it.
struct Part {
    setting: Setting,
    budget: Budget,
    summary: Summary,
    states: usize,
    deliveries: u64,
}

/// Explores all of it on all cores.
fn explore(parts: Vec<(Setting, Budget)>) -> Vec<Part> {
    let walks_all = is_everything();
    let numbered: VecDeque<_> = parts.into_iter().enumerate().collect();
    let (left, done) = (Mutex::new(numbered), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let next = left.lock().unwrap().pop_front();
            let Some((number, (setting, budget))) = next else {
                return;
            };
            let mut explorer = if walks_all { Explorer::forgetting(setting) } else { Explorer::new(setting) };
            let summary = explorer.explore(budget);
            let (states, deliveries) = (explorer.states(), explorer.deliveries);
            done.lock().unwrap().push((number, Part { setting, budget, summary, states, deliveries }));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|it| it.0);
    done.into_iter().map(|it| it.1).collect()
}

#[expect(clippy::disallowed_methods, reason = "how much to run is the caller's choice")]
fn is_everything() -> bool {
    std::env::var("LEDGER_FAULTS").is_ok_and(|it| it == "all")
}

/// Says it also where the tests pass: what was covered is a result.
fn say(text: &str) {
    std::io::stdout().write_all(text.as_bytes()).ok();
}

fn table(title: &str, parts: &[Part]) -> String {
    let mut text = format!(
        "\n{title}\n{:<13}{:>6}{:>6}  {:<11}{:>6}{:>9}{:>8}{:>10}{:>10}{:>9}{:>8}{:>8}{:>7}\n",
        "effect", "lag", "tries", "clocks", "by", "runs", "faults:", "0", "1", "2", "twin", "states", "most"
    );
    for Part { setting, summary, states, .. } in parts {
        let of_faults = summary.runs.map(|it| it[0] + it[1]);
        let of_twins: u64 = summary.runs.iter().map(|it| it[1]).sum();
        let shape = format!("{:?}", setting.shape);
        let clocks = if setting.skew == 0 { "right".to_owned() } else { format!("{:?}", setting.clocks) };
        let (lag, tries, skew) = (setting.lag.as_secs(), setting.tries, setting.skew);
        let [none, one, two] = of_faults;
        let (runs, most) = (summary.all(), summary.most_deliveries);
        writeln!(
            text,
            "{shape:<13}{lag:>4} s{tries:>6}  {clocks:<11}{skew:>4} s{runs:>9}{:>8}{none:>10}{one:>10}{two:>9}{of_twins:>8}{states:>8}{most:>7}",
            ""
        )
        .unwrap();
    }
    let runs: u64 = parts.iter().map(|it| it.summary.all()).sum();
    let deliveries: u64 = parts.iter().map(|it| it.deliveries).sum();
    writeln!(text, "{runs} runs in all, by {deliveries} deliveries").unwrap();
    text
}

#[track_caller]
fn are_right(parts: &[Part]) {
    for Part { setting, budget, summary, .. } in parts {
        assert!(summary.harms.is_empty(), "{setting:?} {budget:?}: {:#?}", summary.harms);
        assert!(summary.most_deliveries <= MOST_DELIVERIES, "{setting:?}: {}", summary.most_deliveries);
    }
}

/// Each lag, and how often the SDK sends one write: with one try, each lost answer ends a delivery;
/// with two, the second try meets what the first one did.
const LAGS_AND_TRIES: [(u64, u32); 6] = [(0, 1), (0, 2), (20, 1), (20, 2), (150, 1), (150, 2)];

#[test]
fn f26_no_fault_makes_two_or_none_however_the_search_lags() {
    let mut parts = Vec::new();
    for shape in [Shape::LinkAndLog, Shape::Issue] {
        parts.extend(LAGS_AND_TRIES.map(|(lag, tries)| (Setting::new(shape, lag, tries), DOUBLES_WITH_TWINS)));
    }
    let parts = explore(parts);
    say(&table("Two faults and a twin: no harm", &parts));
    are_right(&parts);
}

/// The horizon of 180 s covers the index's lag, what is applied 15 s late, and how far the clocks are
/// apart: 100 s of lag leave room for a minute.
#[test]
fn f35_clocks_a_minute_apart_make_no_second_issue() {
    let apart =
        |clocks, skew, lag| (Setting { clocks, skew, ..Setting::new(Shape::LinkAndLog, lag, 2) }, SINGLES_WITH_TWINS);
    let mut parts: Vec<_> = [-30, 2, 30].map(|skew| apart(Clocks::InTurns, skew, 20)).into();
    for clocks in [Clocks::InTurns, Clocks::FirstApart, Clocks::LaterApart] {
        for skew in [-60, 60] {
            parts.extend([0, 20, 100].map(|lag| apart(clocks, skew, lag)));
        }
    }
    let parts = explore(parts);
    say(&table("One of two workers has another time, by so many seconds: no harm", &parts));
    are_right(&parts);
}

/// Where the lag leaves no room for it, a clock that is ahead comes to the horizon too early.
#[test]
fn f35_a_lag_that_leaves_the_clocks_no_room_is_found_out() {
    let setting = Setting { clocks: Clocks::LaterApart, skew: 60, ..Setting::new(Shape::LinkAndLog, 150, 2) };
    is_found_out(setting, SINGLES, &[Harm::TwoIssues]);
}

#[test]
fn the_clean_path_has_three_writes_and_no_reads() {
    for (shape, writes) in [(Shape::Issue, 2), (Shape::LinkAndLog, 3)] {
        let mut explorer = Explorer::new(Setting::new(shape, 20, 2));
        let counted = explorer.writes_of_the_clean_path();
        say(&format!("\n{shape:?}: {counted} writes and 0 reads where nothing goes wrong\n"));
        assert_eq!(counted, writes);
    }
}

/// What is explored by states is what is explored run by run, with harm and without.
#[test]
fn what_is_remembered_changes_no_count() {
    let right = |shape| Setting::new(shape, 20, 2);
    let weak = |shape| Setting { weakness: Weakness::DeletesInsteadOfParking, ..right(shape) };
    for (setting, budget) in [
        (right(Shape::LinkAndLog), SINGLES),
        (weak(Shape::LinkAndLog), SINGLES),
        (weak(Shape::Issue), SINGLES_WITH_TWINS),
        (right(Shape::Issue), DOUBLES),
    ] {
        let by_states = Explorer::new(setting).explore(budget);
        let by_runs = Explorer::forgetting(setting).explore(budget);
        assert_eq!(by_states, by_runs);
    }
}

/// Every answer of the table in this process is the one of an embedded DynamoDB.
#[test]
fn the_model_of_the_table_answers_as_a_dynamodb_does() {
    for (lag, tries) in LAGS_AND_TRIES {
        let setting = |shape| Setting { is_compared: true, ..Setting::new(shape, lag, tries) };
        assert_eq!(Explorer::new(setting(Shape::LinkAndLog)).explore(SINGLES).harms.len(), 0);
        assert_eq!(Explorer::new(setting(Shape::Issue)).explore(SINGLES_WITH_TWINS).harms.len(), 0);
    }
    let setting = Setting { is_compared: true, ..Setting::new(Shape::Issue, 20, 2) };
    assert_eq!(Explorer::new(setting).explore(DOUBLES).harms.len(), 0);
}

/// The tests of the tests: what a weakened ledger does is found.
#[track_caller]
fn is_found_out(setting: Setting, budget: Budget, expected: &[Harm]) -> Summary {
    let summary = Explorer::new(setting).explore(budget);
    let counts: Vec<_> = summary.harms.iter().map(|(harm, (runs, _))| format!("{runs} {harm:?}")).collect();
    say(&format!(
        "\n{:?}, horizon {:?}: {} of {} runs\n",
        setting.weakness,
        setting.horizon,
        counts.join(", "),
        summary.all()
    ));
    let found: Vec<_> = summary.harms.keys().copied().collect();
    assert_eq!(found, expected, "{:#?}", summary.harms);
    summary
}

#[test]
fn a_ledger_that_forgets_what_it_parked_is_found_out() {
    let setting = Setting { weakness: Weakness::DeletesInsteadOfParking, ..Setting::new(Shape::LinkAndLog, 20, 2) };
    is_found_out(setting, SINGLES, &[Harm::TwoIssues, Harm::TwoNotes]);
}

#[test]
fn a_ledger_without_a_horizon_is_found_out() {
    let setting = Setting { horizon: Duration::ZERO, ..Setting::new(Shape::LinkAndLog, 150, 2) };
    is_found_out(setting, SINGLES, &[Harm::TwoIssues]);
}

#[test]
fn a_ledger_that_does_not_look_is_found_out() {
    let setting = Setting { weakness: Weakness::FindsNothing, ..Setting::new(Shape::LinkAndLog, 0, 2) };
    is_found_out(setting, SINGLES, &[Harm::TwoIssues, Harm::TwoNotes]);
}

/// A twin whose clock is ahead takes over and finishes while the first is still at it.
#[test]
fn a_ledger_that_is_not_fenced_is_found_out() {
    let setting = Setting { weakness: Weakness::IsNotFenced, skew: 60, ..Setting::new(Shape::LinkAndLog, 0, 2) };
    is_found_out(setting, SINGLES_WITH_TWINS, &[Harm::TwoNotes, Harm::Undone, Harm::Agenda]);
}

/// It does no harm, it is only slower: an answer that is lost costs a lease and a delivery more.
#[test]
fn a_ledger_that_does_not_know_its_own_writes_is_slower() {
    let lost = vec![(0, Event::Fault(Fault::LostApplied))];
    let deliveries = [Weakness::None, Weakness::DoesNotKnowItsOwn].map(|weakness| {
        let setting = Setting { weakness, ..Setting::new(Shape::LinkAndLog, 0, 2) };
        Explorer::new(setting).run(lost.clone())
    });
    assert_eq!(deliveries, [1, 3]);
}
