//! What is due: shown in time, put off, looked at, and done with.

use std::time::Duration;

use escalation::ledger::{Due, Effect, How, Ledger, Setback};
use sandbox::dynamo::{Moment, Step};
use serde_json::json;

use super::bench::{Bench, LEASE, client, look};

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

impl Bench {
    async fn due(&self) -> Vec<Due> {
        self.ledger.due(self.time.now(), 100).await.unwrap()
    }

    /// The tickets that are due, the longest due first.
    async fn tickets(&self) -> Vec<u64> {
        self.due().await.iter().map(|it| it.look().unwrap().ticket().0).collect()
    }

    async fn remind(&self, ticket: &str, wait: Duration) {
        self.ledger.look_again(&look(ticket), self.time.now() + wait).await.unwrap();
    }

    /// How long until something is due; moves the world to then, and finds nothing due a moment before.
    async fn wait(&self) -> Duration {
        let shown = self.dynamo.items().await.unwrap().into_iter().filter(|it| !it["ag"].is_null());
        let due = shown.map(|it| it["due"]["N"].as_str().unwrap().parse::<i64>().unwrap()).min();
        let wait = Duration::from_millis((due.expect("nothing falls due") - self.time.ms()).try_into().unwrap());
        self.time.pass(wait - MS);
        assert!(self.due().await.is_empty());
        self.time.pass(MS);
        assert!(!self.due().await.is_empty());
        wait
    }
}

fn down() -> Setback {
    Setback::NotApplied { retry_after: None, reason: "connection refused".to_owned() }
}

fn pause(pause: Duration) -> Setback {
    Setback::NotApplied { retry_after: Some(pause), reason: "429".to_owned() }
}

#[tokio::test]
async fn an_effect_whose_visit_died_is_due_when_its_lease_ends() {
    let bench = Bench::new().await;
    bench.die().await;
    bench.time.pass(LEASE - MS);
    assert!(bench.due().await.is_empty());
    bench.time.pass(MS);
    let due = bench.due().await.remove(0);
    assert_eq!((due.key(), due.look()), (bench.effect.key(), Some(&look("42"))));
    assert_eq!((due.age(bench.time.now()), due.is_alarmed()), (LEASE, false));
}

#[tokio::test]
async fn a_parked_effect_is_due_when_its_pause_ends() {
    let bench = Bench::new().await;
    bench.act(async { Err(pause(7 * SECOND)) }).await.unwrap_err();
    bench.time.pass(7 * SECOND - MS);
    assert!(bench.due().await.is_empty());
    bench.time.pass(MS);
    assert_eq!(bench.tickets().await, [42]);
    assert_eq!(bench.visit().await.unwrap().how, How::Acted);
}

#[tokio::test]
async fn an_effect_that_is_finished_is_off_the_agenda() {
    let refused = || Setback::Refused { reason: "no such ticket".to_owned() };
    for ends_well in [true, false] {
        for set_back in [true, false] {
            let bench = Bench::new().await;
            if set_back {
                bench.act(async { Err(down()) }).await.unwrap_err();
                assert_eq!(bench.tickets().await, [42]);
            }
            let answer = match ends_well {
                true => bench.visit().await,
                false => bench.act(async { Err(refused()) }).await,
            };
            assert_eq!(answer.is_ok(), ends_well);
            bench.time.pass(DAY);
            assert!(bench.due().await.is_empty());
            let item = bench.item().await;
            assert!(["ag", "due", "look", "sin"].iter().all(|it| item[it].is_null()), "{item}");
        }
    }
}

#[tokio::test]
async fn an_effect_that_cannot_be_looked_up_is_due_too() {
    let bench = Bench::new().await;
    let post = async |answer: Result<String, Setback>| {
        bench.ledger.at_most_once(&bench.effect, &bench.invocation(), async { answer }).await
    };
    post(Err(pause(SECOND))).await.unwrap_err();
    bench.time.pass(SECOND);
    assert_eq!(bench.tickets().await, [42]);
    post(Ok("1712.34".to_owned())).await.unwrap();
    assert!(bench.due().await.is_empty());
}

#[tokio::test]
async fn an_effect_that_nobody_else_can_finish_is_never_due() {
    let mut bench = Bench::new().await;
    bench.effect = Effect::new("feedback-comment", &["8675309", "42", "1"], &()).unwrap();
    bench.act(async { Err(down()) }).await.unwrap_err();
    bench.die().await;
    bench.time.pass(DAY);
    assert!(bench.due().await.is_empty());
}

/// Nobody is asked in a hot loop, whatever the vendor says.
#[tokio::test]
async fn an_effect_that_stays_unfinished_is_due_ever_later() {
    let bench = Bench::new().await;
    bench.act(async { Err(down()) }).await.unwrap_err();
    bench.time.pass(MINUTE);
    let mut waits = Vec::new();
    for _ in 0..30 {
        bench.act(async { Err(down()) }).await.unwrap_err();
        waits.push(bench.wait().await.as_secs());
    }
    assert_eq!(waits[..6], [15, 18, 23, 29, 36, 45], "a quarter longer each time");
    assert_eq!(waits[27..], [3_600; 3]);
    bench.visit().await.unwrap();
}

#[tokio::test]
async fn a_vendors_long_pause_is_kept_to() {
    let bench = Bench::new().await;
    bench.act(async { Err(pause(5 * HOUR)) }).await.unwrap_err();
    assert_eq!(bench.wait().await, 5 * HOUR);
}

#[tokio::test]
async fn a_reminder_is_due_at_its_time() {
    let bench = Bench::new().await;
    bench.remind("42", HOUR).await;
    bench.time.pass(HOUR - MS);
    assert!(bench.due().await.is_empty());
    bench.time.pass(MS);
    let due = bench.due().await.remove(0);
    assert_eq!((due.look(), due.age(bench.time.now())), (Some(&look("42")), Duration::ZERO));
    bench.ledger.looked(&due).await.unwrap();
    assert!(bench.due().await.is_empty());
    assert_eq!(bench.dynamo.items().await.unwrap().len(), 1, "nothing is deleted");
}

/// Which of two runs knows better is for the next look at the ticket to find out.
#[tokio::test]
async fn a_reminder_for_another_time_stands_beside_the_first() {
    let bench = Bench::new().await;
    bench.remind("42", 2 * HOUR).await;
    bench.remind("42", HOUR).await;
    bench.remind("42", HOUR).await;
    for _ in 0..2 {
        assert_eq!(bench.wait().await.as_secs(), 3_600);
        let due = bench.due().await;
        assert_eq!(due.len(), 1);
        bench.ledger.looked(&due[0]).await.unwrap();
    }
    bench.time.pass(DAY);
    assert!(bench.due().await.is_empty());
}

/// The run that was asked sets the next reminder before the asker notes that it looked.
#[tokio::test]
async fn a_reminder_that_was_set_anew_meanwhile_stays() {
    for wait in [Duration::ZERO, HOUR] {
        let bench = Bench::new().await;
        bench.remind("42", Duration::ZERO).await;
        let due = bench.due().await.remove(0);
        bench.remind("42", wait).await;
        bench.ledger.looked(&due).await.unwrap();
        bench.time.pass(wait);
        assert_eq!(bench.tickets().await, [42], "{wait:?}");
    }
}

#[tokio::test]
async fn a_reminder_that_is_done_with_can_be_set_again() {
    let bench = Bench::new().await;
    for _ in 0..2 {
        bench.remind("42", Duration::ZERO).await;
        let due = bench.due().await.remove(0);
        bench.ledger.alarmed(&due).await.unwrap();
        bench.ledger.looked(&due).await.unwrap();
        assert!(bench.due().await.is_empty());
    }
    bench.remind("42", Duration::ZERO).await;
    assert!(!bench.due().await[0].is_alarmed());
}

/// The points were added before the agent could be told that they are missing: the action looks, and
/// has nothing to tell.
#[tokio::test]
async fn an_effect_that_is_wanted_no_more_goes_off_the_agenda_and_is_not_forgotten() {
    let bench = Bench::new().await;
    let lost = Setback::Unknown { reason: "no answer".to_owned() };
    bench.act(async { Err(lost) }).await.unwrap_err();
    bench.time.pass(MINUTE);
    let due = bench.due().await.remove(0);
    bench.ledger.looked(&due).await.unwrap();
    assert!(bench.due().await.is_empty());
    assert_eq!(bench.item().await["st"]["S"], "R");

    bench.time.pass(DAY);
    bench.act(async { Err(down()) }).await.unwrap_err();
    let due = bench.due().await.remove(0);
    assert_eq!(due.age(bench.time.now()), Duration::ZERO, "wanted again, it begins anew");
}

#[tokio::test]
async fn an_effect_that_was_visited_meanwhile_stays() {
    let bench = Bench::new().await;
    bench.act(async { Err(down()) }).await.unwrap_err();
    let due = bench.due().await.remove(0);
    bench.act(async { Err(down()) }).await.unwrap_err();
    bench.ledger.looked(&due).await.unwrap();
    assert_eq!(bench.tickets().await, [42]);

    let due = bench.due().await.remove(0);
    bench.die().await;
    bench.ledger.looked(&due).await.unwrap();
    bench.time.pass(LEASE);
    assert_eq!(bench.tickets().await, [42]);
}

#[tokio::test]
async fn what_cannot_be_finished_is_put_off_ever_further() {
    let bench = Bench::new().await;
    bench.remind("42", Duration::ZERO).await;
    let mut waits = Vec::new();
    for _ in 0..30 {
        let due = bench.due().await.remove(0);
        bench.ledger.put_off(&due, bench.time.now()).await.unwrap();
        waits.push(bench.wait().await.as_secs());
    }
    assert_eq!(waits[..8], [60, 60, 60, 60, 60, 75, 93, 117], "a quarter longer each time, and a minute at least");
    assert_eq!(waits[27..], [3_600; 3]);
}

/// A visit that is killed each time leaves its lease on the agenda.
#[tokio::test]
async fn an_effect_whose_visits_all_die_is_put_off_as_well() {
    let bench = Bench::new().await;
    bench.die().await;
    bench.time.pass(10 * MINUTE);
    let due = bench.due().await.remove(0);
    bench.die().await;
    bench.ledger.put_off(&due, bench.time.now()).await.unwrap();
    assert_eq!(bench.wait().await, 5 * MINUTE / 2);
}

#[tokio::test]
async fn what_is_finished_or_further_away_is_not_put_off() {
    let bench = Bench::new().await;
    bench.act(async { Err(down()) }).await.unwrap_err();
    let due = bench.due().await.remove(0);
    bench.act(async { Err(pause(HOUR)) }).await.unwrap_err();
    bench.ledger.put_off(&due, bench.time.now()).await.unwrap();
    assert_eq!(bench.wait().await, HOUR);
    bench.visit().await.unwrap();
    bench.ledger.put_off(&due, bench.time.now()).await.unwrap();
    bench.ledger.alarmed(&due).await.unwrap();
    let item = bench.item().await;
    assert!(item["due"].is_null() && item["al"].is_null(), "{item}");
}

#[tokio::test]
async fn the_longest_due_come_first_and_no_more_than_asked_for() {
    let bench = Bench::new().await;
    for (ticket, wait) in [("3", 30), ("1", 10), ("4", 40), ("2", 20)] {
        bench.remind(ticket, Duration::from_secs(wait)).await;
    }
    bench.time.pass(35 * SECOND);
    assert_eq!(bench.tickets().await, [1, 2, 3]);
    let some = bench.ledger.due(bench.time.now(), 2).await.unwrap();
    assert_eq!(some.iter().map(|it| it.look().unwrap().ticket().0).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn an_alarm_is_remembered_until_the_effect_is_done() {
    let bench = Bench::new().await;
    bench.act(async { Err(down()) }).await.unwrap_err();
    let due = bench.due().await.remove(0);
    bench.ledger.alarmed(&due).await.unwrap();
    assert!(bench.due().await[0].is_alarmed());
    bench.act(async { Err(down()) }).await.unwrap_err();
    assert!(bench.due().await[0].is_alarmed());
    bench.visit().await.unwrap();
    assert!(bench.item().await["al"].is_null());
}

/// The agenda goes on, and whoever asks can put the entry off.
#[tokio::test]
async fn an_entry_of_another_version_is_shown_without_saying_who_can_finish_it() {
    let bench = Bench::new().await;
    bench.set(json!({ "ag": {"S": "open"}, "due": {"N": "1"}, "look": {"S": "see ticket 42"} })).await;
    let due = bench.due().await.remove(0);
    assert_eq!((due.key(), due.look()), (bench.effect.key(), None));
    bench.ledger.put_off(&due, bench.time.now()).await.unwrap();
    assert!(bench.due().await.is_empty());
}

#[tokio::test]
async fn a_lost_answer_changes_nothing() {
    for (moment, step) in [(Moment::Before, Step::Drop), (Moment::After, Step::Drop), (Moment::After, Step::FAIL)] {
        let bench = Bench::new().await;
        let lose = || {
            bench.dynamo.forget();
            bench.dynamo.plan(0, moment, step);
        };
        lose();
        bench.remind("42", Duration::ZERO).await;
        lose();
        let due = bench.due().await.remove(0);
        lose();
        bench.ledger.alarmed(&due).await.unwrap();
        lose();
        bench.ledger.put_off(&due, bench.time.now()).await.unwrap();
        assert_eq!(bench.wait().await, MINUTE);
        let due = bench.due().await.remove(0);
        assert!(due.is_alarmed());
        lose();
        bench.ledger.looked(&due).await.unwrap();
        assert!(bench.due().await.is_empty());
    }
}

#[tokio::test]
async fn a_table_that_is_down_is_said_to_be_down() {
    let bench = Bench::new().await;
    bench.remind("42", Duration::ZERO).await;
    let due = bench.due().await.remove(0);
    let ledger = Ledger::new(client(&bench.dynamo, 1), bench.dynamo.table(), Default::default());
    bench.dynamo.on_request(|_, _| async { Step::FAIL });
    let now = bench.time.now();
    ledger.look_again(&look("42"), now).await.unwrap_err();
    ledger.due(now, 1).await.unwrap_err();
    ledger.looked(&due).await.unwrap_err();
    ledger.put_off(&due, now).await.unwrap_err();
    ledger.alarmed(&due).await.unwrap_err();
}
