//! An effect and what follows from it, in one record.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use escalation::ledger::{Done, How, Setback, Unfinished};
use sandbox::dynamo::{Moment, Step};
use serde_json::{Value, json};

use super::bench::{Bench, LEASE, LIMIT, Vendor};

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
const HORIZON: Duration = Duration::from_secs(180);

pub type Answer = Result<Done<String>, Unfinished>;

/// An issue, and a note that names it.
pub struct Desk {
    pub bench: Bench,
    notes: Vendor,
}

impl Desk {
    pub async fn new() -> Self {
        let bench = Bench::new().await;
        let notes = Vendor::new(&bench.time, Duration::ZERO);
        Self { bench, notes }
    }

    pub fn create(&self) -> String {
        self.bench.vendor.write(self.bench.effect.marker())
    }

    pub fn post(&self) {
        self.notes.write(self.bench.effect.marker());
    }

    pub async fn note(&self) -> Result<(), Setback> {
        self.post();
        Ok(())
    }

    /// A delivery to which both vendors are kind.
    pub async fn visit(&self) -> Answer {
        self.follow(self.note()).await
    }

    /// A delivery whose first step goes as `act` says.
    pub async fn act(&self, act: impl Future<Output = Result<String, Setback>>) -> Answer {
        let look_up = async { Ok(self.bench.vendor.find(self.bench.effect.marker())) };
        self.deliver(look_up, act, self.look_for_the_note(), self.note()).await
    }

    /// A delivery whose second step goes as `follow` says.
    pub async fn follow(&self, follow: impl Future<Output = Result<(), Setback>>) -> Answer {
        let look_up = async { Ok(self.bench.vendor.find(self.bench.effect.marker())) };
        self.deliver(look_up, async { Ok(self.create()) }, self.look_for_the_note(), follow).await
    }

    /// A delivery after the first step was noted.
    pub async fn resume(
        &self,
        was_done: impl Future<Output = Result<bool, Setback>>,
        follow: impl Future<Output = Result<(), Setback>>,
    ) -> Answer {
        let look_up = async { panic!("the record has the first step") };
        let act = async { panic!("the record has the first step") };
        self.deliver(look_up, act, was_done, follow).await
    }

    pub async fn deliver(
        &self,
        look_up: impl Future<Output = Result<Option<String>, Setback>>,
        act: impl Future<Output = Result<String, Setback>>,
        was_done: impl Future<Output = Result<bool, Setback>>,
        follow: impl Future<Output = Result<(), Setback>>,
    ) -> Answer {
        let then = |issue: String| {
            assert_eq!(issue, "comment-1");
            (was_done, follow)
        };
        self.bench.ledger.once_then(&self.bench.effect, &self.bench.invocation(), look_up, act, then).await
    }

    pub async fn look_for_the_note(&self) -> Result<bool, Setback> {
        Ok(self.notes.find(self.bench.effect.marker()).is_some())
    }

    pub fn counts(&self) -> (usize, usize) {
        (self.bench.vendor.count(), self.notes.count())
    }

    /// A visit that dies where its second step began, and its lease is over.
    pub async fn die_in_the_second_step(&self) {
        self.bench.dynamo.forget();
        let noted = async {
            while self.bench.dynamo.requests().len() < 2 || number(&self.bench.item().await, "rp") != Some(2) {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            answer = self.follow(std::future::pending()) => panic!("{answer:?}"),
            () = noted => {}
        }
        self.bench.time.pass(LEASE + MS);
    }
}

async fn unseen() -> Result<bool, Setback> {
    panic!("nobody can have begun it")
}

pub fn number(item: &Value, name: &str) -> Option<i64> {
    item[name]["N"].as_str().map(|it| it.parse().unwrap())
}

pub fn done(how: How) -> Done<String> {
    Done { output: "comment-1".to_owned(), how }
}

fn lost() -> Setback {
    Setback::Unknown { reason: "no answer".to_owned() }
}

fn refused() -> Setback {
    Setback::Refused { reason: "the ticket is gone".to_owned() }
}

#[track_caller]
pub fn parked(answer: Answer) -> Duration {
    match answer {
        Err(Unfinished::Parked { retry_after }) => retry_after,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn both_steps_are_done_once_and_then_replayed() {
    let desk = Desk::new().await;
    assert_eq!(desk.visit().await.unwrap(), done(How::Acted));
    assert_eq!(desk.bench.dynamo.requests().len(), 3);
    let before = desk.bench.item().await;
    let replayed = desk.resume(unseen(), async { panic!("it is done") }).await;
    assert_eq!(replayed.unwrap(), done(How::Replayed));
    assert_eq!(desk.bench.item().await, before);
    assert_eq!(desk.counts(), (1, 1));
}

#[tokio::test]
async fn the_second_step_begins_with_the_first_on_record() {
    let desk = Desk::new().await;
    let follow = async {
        let item = desk.bench.item().await;
        assert_eq!((item["st"]["S"].as_str(), number(&item, "rp")), (Some("P"), Some(2)));
        assert_eq!(item["res"]["S"], "\"comment-1\"");
        desk.note().await
    };
    assert_eq!(desk.follow(follow).await.unwrap(), done(How::Acted));
    let item = desk.bench.item().await;
    assert!(item["rp"].is_null() && item["ag"].is_null(), "{item}");
}

/// It is looked for as `once` does, and what follows was never begun: it needs no look.
#[tokio::test]
async fn a_first_step_that_was_not_noted_is_adopted_and_the_second_begins_at_once() {
    let desk = Desk::new().await;
    let act = async {
        desk.create();
        Err(lost())
    };
    assert!(matches!(desk.act(act).await, Err(Unfinished::Unknown { .. })));
    desk.bench.time.pass(60 * SECOND);
    let look_up = async { Ok(desk.bench.vendor.find(desk.bench.effect.marker())) };
    let answer = desk.deliver(look_up, async { panic!("it is there") }, unseen(), desk.note()).await;
    assert_eq!(answer.unwrap(), done(How::Adopted));
    assert_eq!(desk.counts(), (1, 1));
}

#[tokio::test]
async fn a_first_step_that_is_not_found_is_done_again_only_after_the_horizon() {
    let desk = Desk::new().await;
    assert!(desk.act(async { Err(lost()) }).await.is_err());
    desk.bench.time.pass(60 * SECOND);
    assert_eq!(parked(desk.visit().await), 120 * SECOND);
    desk.bench.time.pass(120 * SECOND - MS);
    assert_eq!(parked(desk.visit().await), SECOND);
    assert_eq!(desk.counts(), (0, 0));
    desk.bench.time.pass(MS);
    assert_eq!(desk.visit().await.unwrap(), done(How::Acted));
}

#[tokio::test]
async fn a_refused_first_step_fails_the_effect() {
    let desk = Desk::new().await;
    assert!(matches!(desk.act(async { Err(refused()) }).await, Err(Unfinished::Failed { .. })));
    assert!(matches!(desk.visit().await, Err(Unfinished::Failed { .. })));
    assert_eq!(desk.counts(), (0, 0));
}

/// The record has the first step: it is neither looked for nor done.
#[tokio::test]
async fn a_second_step_that_was_done_and_never_told_is_not_done_again() {
    let desk = Desk::new().await;
    desk.die_in_the_second_step().await;
    desk.post();
    let answer = desk.resume(desk.look_for_the_note(), async { panic!("it is there") }).await;
    assert_eq!(answer.unwrap(), done(How::Replayed));
    assert_eq!(desk.counts(), (1, 1));
}

/// Both sides of the horizon; waiting keeps what the first step gave.
#[tokio::test]
async fn a_second_step_that_is_not_found_is_done_again_only_after_the_horizon() {
    let desk = Desk::new().await;
    desk.die_in_the_second_step().await;
    let too_early = async || desk.resume(desk.look_for_the_note(), async { panic!("too early") }).await;
    assert_eq!(parked(too_early().await), HORIZON - MS);
    let item = desk.bench.item().await;
    assert_eq!((item["st"]["S"].as_str(), number(&item, "rp")), (Some("R"), Some(2)));
    assert_eq!(item["res"]["S"], "\"comment-1\"");
    desk.bench.time.pass(HORIZON - 2 * MS);
    assert_eq!(parked(too_early().await), SECOND);
    desk.bench.time.pass(MS);
    let answer = desk.resume(desk.look_for_the_note(), desk.note()).await;
    assert_eq!(answer.unwrap(), done(How::Replayed));
    assert_eq!(desk.counts(), (1, 1));
}

#[tokio::test]
async fn a_second_step_without_an_answer_waits_for_the_horizon() {
    let desk = Desk::new().await;
    let follow = async {
        desk.post();
        Err(lost())
    };
    assert!(matches!(desk.follow(follow).await, Err(Unfinished::Unknown { .. })));
    let item = desk.bench.item().await;
    assert_eq!(number(&item, "lex"), Some(desk.bench.time.ms()));
    assert_eq!(number(&item, "nbf"), Some(desk.bench.time.ms() + 60_000));
    desk.bench.time.pass(60 * SECOND);
    let unfound = desk.resume(async { Ok(false) }, async { panic!("too early") }).await;
    assert_eq!(parked(unfound), 120 * SECOND);
    desk.bench.time.pass(120 * SECOND);
    let answer = desk.resume(desk.look_for_the_note(), async { panic!("it is there") }).await;
    assert_eq!(answer.unwrap(), done(How::Replayed));
    assert_eq!(desk.counts(), (1, 1));
}

/// Nothing of the first step is open by then, so that nothing but the vendor's wish is waited for.
#[tokio::test]
async fn a_second_step_that_was_surely_not_applied_waits_as_long_as_the_vendor_asks() {
    let desk = Desk::new().await;
    let act = async {
        desk.create();
        Err(lost())
    };
    assert!(desk.act(act).await.is_err());
    desk.bench.time.pass(60 * SECOND);
    let pause = Setback::NotApplied { retry_after: Some(7 * SECOND), reason: "429".to_owned() };
    assert_eq!(parked(desk.follow(async { Err(pause) }).await), 7 * SECOND);
    desk.bench.time.pass(7 * SECOND);
    let answer = desk.resume(desk.look_for_the_note(), desk.note()).await;
    assert_eq!(answer.unwrap(), done(How::Replayed));
    assert_eq!(desk.counts(), (1, 1));
}

#[tokio::test]
async fn a_look_for_the_second_step_that_fails_does_nothing_and_moves_nothing() {
    let desk = Desk::new().await;
    desk.die_in_the_second_step().await;
    let open = desk.bench.time.ms() - 1;
    let answer = desk.resume(async { Err(lost()) }, async { panic!("nothing was found out") }).await;
    assert!(matches!(answer, Err(Unfinished::Unknown { .. })), "{answer:?}");
    let item = desk.bench.item().await;
    assert_eq!((number(&item, "lex"), number(&item, "rp")), (Some(open), Some(2)));
}

/// What a subscriber of this thread hears.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Listens until the guard goes.
    pub fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let writer = self.clone();
        let lines = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        tracing::subscriber::set_default(lines)
    }

    pub fn errors(&self) -> Vec<Value> {
        let said = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        let lines = said.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
        lines.filter(|it| it["level"] == "ERROR").collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Refused by the act or by the look before it: said in the log, and the effect is done.
#[tokio::test]
async fn a_refused_second_step_never_fails_the_effect() {
    for has_died in [false, true] {
        let desk = Desk::new().await;
        if has_died {
            desk.die_in_the_second_step().await;
        }
        let log = Log::default();
        let listening = log.listen();
        let (answer, how) = match has_died {
            false => (desk.follow(async { Err(refused()) }).await, How::Acted),
            true => (desk.resume(async { Err(refused()) }, async { panic!("refused") }).await, How::Replayed),
        };
        drop(listening);
        assert_eq!(answer.unwrap(), done(how));
        assert_eq!(desk.visit().await.unwrap(), done(How::Replayed));
        assert_eq!(desk.counts(), (1, 0));
        let errors = log.errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0]["fields"]["effect"], desk.bench.effect.key());
        assert!(errors[0]["fields"]["message"].as_str().unwrap().contains("the ticket is gone"), "{errors:?}");
    }
}

/// The client tries a write again whose answer was lost: the same is noted again.
#[tokio::test]
async fn a_lost_answer_to_the_note_changes_nothing() {
    for moment in [Moment::Before, Moment::After] {
        let desk = Desk::new().await;
        desk.bench.dynamo.plan(1, moment, Step::Drop);
        assert_eq!(desk.visit().await.unwrap(), done(How::Acted));
        assert_eq!((desk.bench.dynamo.requests().len(), desk.counts()), (4, (1, 1)));
    }
}

/// Whatever became of the note, nothing follows from it in this visit, and the next goes on rightly.
#[tokio::test]
async fn f11_nothing_follows_from_a_first_step_that_could_not_be_noted() {
    for (moment, how) in [(Moment::Before, How::Adopted), (Moment::After, How::Replayed)] {
        let desk = Desk::new().await;
        for index in 1..=3 {
            desk.bench.dynamo.plan(index, moment, Step::Drop);
        }
        let answer = desk.follow(async { panic!("the first step is not on record") }).await;
        assert!(matches!(answer, Err(Unfinished::Unavailable(_))), "{answer:?}");
        assert_eq!(desk.counts(), (1, 0));
        desk.bench.time.pass(LEASE + MS);
        let mut answer = desk.visit().await;
        if moment == Moment::After {
            assert_eq!(parked(answer), HORIZON - MS, "the second step may have begun");
            desk.bench.time.pass(HORIZON);
            answer = desk.visit().await;
        }
        assert_eq!(answer.unwrap(), done(how));
        assert_eq!(desk.counts(), (1, 1));
    }
}

/// A visit that stalls past its lease is fenced at its note: its successor does both steps.
#[tokio::test]
async fn a_visit_that_notes_too_late_leaves_the_second_step_to_its_successor() {
    let desk = Desk::new().await;
    let act = async {
        let issue = desk.create();
        desk.bench.time.pass(LEASE + MS);
        assert_eq!(desk.visit().await.unwrap(), done(How::Adopted));
        Ok(issue)
    };
    let look_up = async { panic!("nobody can have begun it") };
    let follow = async { panic!("it belongs to the successor") };
    let late = desk.deliver(look_up, Box::pin(act), unseen(), follow).await;
    assert_eq!(late.unwrap(), done(How::Replayed));
    assert_eq!(desk.counts(), (1, 1));
}

/// The successor is at it: no answer of the first counts.
#[tokio::test]
async fn a_visit_that_notes_too_late_waits_for_its_successor() {
    let desk = Desk::new().await;
    let act = async {
        desk.bench.time.pass(LEASE + MS);
        assert_eq!(parked(desk.visit().await), HORIZON - MS);
        Ok(desk.create())
    };
    let follow = async { panic!("it belongs to the successor") };
    let late = desk.deliver(async { Ok(None) }, Box::pin(act), unseen(), follow).await;
    assert_eq!(parked(late), HORIZON - MS);
    desk.bench.time.pass(HORIZON);
    assert_eq!(desk.visit().await.unwrap(), done(How::Adopted));
    assert_eq!(desk.counts(), (1, 1));
}

/// A slow first step leaves too little time for the second: parked after the note, and the next
/// visit need not wait.
#[tokio::test]
async fn a_second_step_without_time_to_end_does_not_begin() {
    let desk = Desk::new().await;
    let act = async {
        desk.bench.time.pass(LIMIT - 5 * SECOND + MS);
        Ok(desk.create())
    };
    assert_eq!(parked(desk.act(act).await), SECOND);
    assert_eq!(desk.counts(), (1, 0));
    let answer = desk.resume(desk.look_for_the_note(), desk.note()).await;
    assert_eq!(answer.unwrap(), done(How::Replayed));
    assert_eq!(desk.counts(), (1, 1));
}

/// What the record cannot keep, or this version cannot read, is asked of the vendor; where the vendor
/// does not show it either, nothing is done anew.
#[tokio::test]
async fn a_noted_first_step_without_a_readable_output_is_looked_up_and_never_done_again() {
    for res in [Value::Null, json!({ "S": "7" })] {
        let desk = Desk::new().await;
        desk.die_in_the_second_step().await;
        let mut item = desk.bench.item().await;
        match res.is_null() {
            true => drop(item.as_object_mut().unwrap().remove("res")),
            false => item["res"] = res,
        }
        desk.bench.set(item).await;
        for unfound in [Ok(None), Err(refused()), Err(lost())] {
            let act = async { panic!("it is done") };
            let follow = async { panic!("nobody knows of what") };
            let answer = desk.deliver(async { unfound }, act, unseen(), follow).await;
            assert_eq!(parked(answer), 60 * SECOND);
            assert_eq!(number(&desk.bench.item().await, "rp"), Some(2));
            desk.bench.time.pass(60 * SECOND);
        }
        desk.post();
        let look_up = async { Ok(desk.bench.vendor.find(desk.bench.effect.marker())) };
        let act = async { panic!("it is done") };
        let answer = desk.deliver(look_up, act, desk.look_for_the_note(), async { panic!("it is there") }).await;
        assert_eq!(answer.unwrap(), done(How::Replayed));
    }
}
