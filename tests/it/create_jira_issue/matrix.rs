//! What may go wrong between a delivery and its answer, fault by fault; the numbers are those of the
//! failure matrix that the procedure was designed by.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use sandbox::world::call::Answer as Reply;
use sandbox::world::client;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::jira::refusal;
use sandbox::world::journal::Exchange;
use sandbox::world::{hubspot, jira};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use super::trial::{CALLBACK, Call, Harm, Plan, Trial, create, harmed, note, patch, table};
use crate::assign_lane::stage::{DAYS, LEADS};
use crate::bench::{Answer, policy};
use crate::telemetry::counted;

const CREATE: &str = "POST /rest/api/3/issue";
const SEARCH: &str = "POST /rest/api/3/search/jql";
const PATCH: &str = "PATCH /crm/v3/objects/tickets/*";
/// How long after an attempt of unknown outcome another one may be made, in seconds.
const HORIZON: i64 = 180;

/// These deliveries one after the other, then as many as it takes; all is right in the end.
async fn ended(lag: i64, plans: &[Plan]) -> Trial {
    let mut trial = Box::pin(Trial::new(false, lag)).await;
    Box::pin(trial.end(plans)).await;
    trial.is_right(&plans);
    trial
}

fn calls(trial: &Trial, pattern: &str) -> Vec<Exchange> {
    match pattern.contains("/rest/api/") {
        true => trial.bench.world.jira.journal().of(pattern),
        false => trial.bench.hubspot.journal().of(pattern),
    }
}

/// Seconds between the first attempt to create the issue and the last.
fn apart(trial: &Trial) -> i64 {
    let creates = calls(trial, CREATE);
    creates[creates.len() - 1].at.duration_since(creates[0].at).as_secs()
}

/// Sends the first attempt to create the issue once more, as a network does that was slow with it.
async fn arrives_late(trial: &Trial) {
    let site = trial.bench.world.jira.settings();
    let request = calls(trial, CREATE)[0].request.clone();
    let url = format!("{}/rest/api/3/issue", trial.bench.world.jira.base_url());
    let sent = client::builder().build().unwrap().post(url).basic_auth(site.email, Some(site.token.expose_secret()));
    assert_eq!(sent.json(&request).send().await.unwrap().status(), 201);
}

/// What was logged while this lives, by this thread.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    pub fn listen() -> (Self, tracing::subscriber::DefaultGuard) {
        let lines = Self::default();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(lines.clone()).finish();
        (lines, tracing::subscriber::set_default(subscriber))
    }

    pub fn with(&self, words: &str) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines().filter(|it| it.contains(words)).map(str::to_owned).collect()
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn f1_a_death_before_the_effect_is_taken_leaves_nothing() {
    let mut trial = Trial::new(false, 0).await;
    trial.deliver(&harmed(&table(1), Harm::DiesBefore)).await;
    assert_eq!(trial.bench.dynamo.items().await.unwrap().len(), 1, "the count of the runs");
    trial.end(&[]).await;
    trial.is_right(&"f1");
    assert_eq!((trial.statuses.as_slice(), calls(&trial, SEARCH).len()), (&[0, 200][..], 0));
}

#[tokio::test]
async fn f2_a_death_before_the_create_waits_for_the_horizon_and_creates() {
    let trial = ended(0, &[harmed(&table(1), Harm::DiesAfter)]).await;
    let (creates, searches) = (calls(&trial, CREATE), calls(&trial, SEARCH));
    assert!(creates.len() == 1 && !searches.is_empty());
    let waited = creates[0].at.duration_since(trial.sent_at).as_secs();
    // From the end of the lease on, which is three seconds after the deadline.
    assert!((HORIZON + 21..HORIZON + 21 + 120).contains(&waited), "{waited}");
}

#[tokio::test]
async fn f3_a_death_before_the_answer_to_the_create_adopts_it() {
    for lag in [0, 150] {
        let trial = ended(lag, &[harmed(&create(), Harm::DiesAfter)]).await;
        assert_eq!(calls(&trial, CREATE).len(), 1);
    }
}

#[tokio::test]
async fn f4_a_death_between_the_create_and_its_note_in_the_table_adopts_it() {
    for lag in [0, 150] {
        let trial = ended(lag, &[harmed(&table(2), Harm::DiesBefore)]).await;
        assert_eq!(calls(&trial, CREATE).len(), 1);
    }
}

#[tokio::test]
async fn f5_a_death_before_the_ticket_is_written_goes_on_without_a_search() {
    let trial = ended(150, &[harmed(&table(2), Harm::DiesAfter)]).await;
    assert_eq!((calls(&trial, CREATE).len(), calls(&trial, SEARCH).len()), (1, 0));
}

#[tokio::test]
async fn f6_a_death_between_the_ticket_and_the_end_changes_nothing_twice() {
    for plan in [harmed(&patch(), Harm::DiesAfter), harmed(&table(3), Harm::DiesBefore)] {
        let trial = ended(150, &[plan]).await;
        assert_eq!((calls(&trial, CREATE).len(), calls(&trial, SEARCH).len()), (1, 0));
        assert_eq!(trial.bench.hubspot.history(trial.ticket, "jira_reference").len(), 1);
    }
}

#[tokio::test]
async fn f7_a_death_after_the_end_is_a_replay() {
    let mut trial = Trial::new(false, 0).await;
    trial.deliver(&harmed(&table(3), Harm::DiesAfter)).await;
    let written = trial.bench.hubspot.journal().writes();
    trial.end(&[]).await;
    trial.is_right(&"f7");
    assert_eq!((trial.statuses.as_slice(), trial.bench.hubspot.journal().writes()), (&[0, 200][..], written));
}

#[tokio::test]
async fn f15_a_create_whose_answer_is_lost_is_adopted() {
    for lag in [0, 20, 150] {
        let trial = ended(lag, &[harmed(&create(), Harm::CutAfter)]).await;
        assert_eq!(calls(&trial, CREATE).len(), 1, "lag {lag}");
    }
}

#[tokio::test]
async fn f16_a_create_that_never_arrived_is_made_again_after_the_horizon() {
    let trial = ended(0, &[harmed(&create(), Harm::CutBefore)]).await;
    assert_eq!(calls(&trial, CREATE).len(), 2);
    assert!((HORIZON..HORIZON + 120).contains(&apart(&trial)), "{}", apart(&trial));
}

#[tokio::test]
async fn f17_a_create_that_arrives_late_is_adopted() {
    for lag in [0, 20, 150] {
        let mut trial = Trial::new(false, lag).await;
        assert_eq!(trial.deliver(&harmed(&create(), Harm::CutBefore)).await.unwrap().status_code, 503);
        trial.pass(SignedDuration::from_secs(15)).await;
        arrives_late(&trial).await;
        trial.pass(SignedDuration::from_secs(45)).await;
        trial.end(&[]).await;
        trial.is_right(&lag);
    }
}

#[tokio::test]
async fn f18_a_create_answered_with_5xx_is_adopted_or_made_again() {
    for status in [500, 502, 503, 504] {
        for (effect, creates) in [
            (Effect::ApplyThenRefuse(refusal::unavailable(status)), 1),
            (Effect::Refuse(refusal::unavailable(status)), 2),
        ] {
            let mut trial = Trial::new(false, 20).await;
            trial.bench.world.jira.inject(Fault::on(CREATE, effect));
            trial.end(&[]).await;
            trial.is_right(&status);
            assert_eq!((calls(&trial, CREATE).len(), trial.statuses[0]), (creates, 503), "{status}");
        }
    }
}

/// Jira will not have it: said once, and not asked again for the same thing.
async fn refused() -> Trial {
    let mut trial = Trial::new(false, 0).await;
    let no = refusal::field("customfield_10050", "Team is required.");
    trial.bench.world.jira.inject(Fault::on(CREATE, Effect::Refuse(no)).always());
    trial.heals = false;
    let first = Answer::read(&trial.deliver(&Plan::default()).await.unwrap());
    assert_eq!((first.status, first.get("hs_execution_state")), (200, "FAIL_CONTINUE"));
    assert_eq!(first.get("outcome"), "failed_permanent");
    trial.settle().await;
    for callback in [CALLBACK, "ap-24680135-9-1-1"] {
        let again = trial.bench.create_again(trial.ticket, callback, &[]).await;
        assert_eq!((again.get("outcome"), again.get("reason")), ("failed_permanent", first.get("reason")));
    }
    assert_eq!((calls(&trial, CREATE).len(), trial.bench.notes_of_ours(trial.ticket)), (1, 1));
    trial.heal();
    trial
}

#[tokio::test]
async fn f20_a_refused_create_is_not_tried_again_until_a_shift_lead_asks_anew() {
    let trial = refused().await;
    assert_eq!(trial.bench.create(trial.ticket, &[]).await.get("outcome"), "failed_permanent");
    trial.bench.dana().set(trial.ticket, "escalation_type", "shift_lead").unwrap();
    trial.bench.wait(60);
    trial.bench.dana().set(trial.ticket, "escalation_type", "tech").unwrap();
    assert_eq!(trial.bench.create(trial.ticket, &[]).await.outcome(), "created");
    assert_eq!((calls(&trial, CREATE).len(), trial.bench.issues(trial.ticket).len()), (2, 1));
    trial.bench.finish();
}

#[tokio::test]
async fn f20_a_refused_create_is_tried_again_by_another_mapping() {
    let mut trial = refused().await;
    let mapped = policy(&[LEADS, DAYS, ("[jira.priorities]\n", "[jira.priorities]\nMEDIUM = \"Low\"\n")]);
    let mapped = mapped.replace("[jira.fields]\n", "[jira.fields]\nlabels = [\"support\"]\n");
    trial.bench.lambda = trial.bench.worker(&mapped, trial.bench.watch.clock(), false);
    assert_eq!(trial.bench.create(trial.ticket, &[]).await.outcome(), "created");
    assert!(trial.bench.issues(trial.ticket)[0].labels.contains(&"support".to_owned()));
    assert_eq!((calls(&trial, CREATE).len(), trial.bench.issues(trial.ticket).len()), (2, 1));
    trial.bench.finish();
}

#[tokio::test]
async fn f20_a_project_that_is_not_there_is_a_refusal_that_another_policy_heals() {
    let mut trial = Trial::new(false, 0).await;
    let elsewhere = policy(&[LEADS, DAYS, ("project = \"TECH\"", "project = \"NONE\"")]);
    trial.bench.lambda = trial.bench.worker(&elsewhere, trial.bench.watch.clock(), false);
    for _ in 0..2 {
        let answer = trial.bench.create(trial.ticket, &[]).await;
        assert_eq!((answer.status, answer.get("outcome")), (200, "failed_permanent"));
    }
    assert_eq!(calls(&trial, CREATE).len(), 1);
    trial.bench.lambda = trial.bench.worker(&policy(&[LEADS, DAYS]), trial.bench.watch.clock(), false);
    assert_eq!(trial.bench.create(trial.ticket, &[]).await.outcome(), "created");
    trial.bench.finish();
}

#[tokio::test]
async fn f20_a_token_that_does_not_do_parks_the_create_until_there_is_a_new_one() {
    for (words, refusal) in [
        ("check JIRA_EMAIL and JIRA_API_TOKEN", refusal::unauthenticated()),
        ("the account of JIRA_EMAIL may not do this", refusal::forbidden("You may not create issues here.")),
    ] {
        let (lines, _guard) = Lines::listen();
        let mut trial = Trial::new(false, 0).await;
        trial.heals = false;
        trial.bench.world.jira.inject(Fault::on("* /rest/api/3/**", Effect::Refuse(refusal)).always());
        for _ in 0..3 {
            assert!(!trial.attempt(&Plan::default()).await);
        }
        assert!(trial.bench.issues(trial.ticket).is_empty() && trial.bench.notes_of_ours(trial.ticket) == 0);
        let said = lines.with("could not answer for ticket");
        assert!(said.len() >= 3 && said.iter().all(|it| it.contains("ERROR") && it.contains(words)), "{said:?}");
        trial.heal();
        trial.bench.world.jira.configure(|it| {
            it.revoked = vec![std::mem::replace(&mut it.token, SecretString::from("jira-sandbox-0001"))];
        });
        trial.bench.lambda = trial.bench.worker(&policy(&[LEADS, DAYS]), trial.bench.watch.clock(), false);
        trial.sweeps = false;
        trial.pass(SignedDuration::from_hours(1)).await;
        assert!(trial.attempt(&Plan::default()).await, "{:?}", trial.statuses);
        trial.settle().await;
        trial.is_right(&words);
        assert_eq!(trial.statuses, [503, 503, 503, 200]);
    }
}

#[tokio::test]
async fn f21_a_create_answered_by_halves_is_adopted() {
    let trial = ended(150, &[harmed(&create(), Harm::Half)]).await;
    assert_eq!((calls(&trial, CREATE).len(), trial.statuses[0]), (1, 503));
}

#[tokio::test]
async fn f23_a_jira_that_cannot_be_reached_was_surely_not_asked() {
    let mut trial = Trial::new(false, 150).await;
    let well = Arc::clone(&trial.bench.lambda);
    trial.bench.lambda = trial.bench.worker_without_jira(&policy(&[LEADS, DAYS]));
    assert_eq!(trial.deliver(&Plan::default()).await.unwrap().status_code, 503);
    trial.bench.lambda = well;
    trial.sweeps = false;
    trial.pass(SignedDuration::from_mins(1)).await;
    trial.end(&[]).await;
    trial.is_right(&"f23");
    // Well before a horizon has passed.
    assert_eq!((trial.statuses.as_slice(), calls(&trial, CREATE).len()), (&[503, 200][..], 1));
}

#[tokio::test]
async fn f24_a_pooled_connection_that_is_dead_is_no_second_create() {
    let mut trial = Trial::new(false, 20).await;
    let other = trial.bench.sent_to_tech();
    assert_eq!(trial.bench.create_again(other, "ap-24680135-10-1-0", &[]).await.outcome(), "created");
    trial.bench.world.jira.journal().clear();
    assert_eq!(trial.deliver(&harmed(&create(), Harm::CutAfter)).await.unwrap().status_code, 503);
    assert_eq!(calls(&trial, CREATE).len(), 1, "nobody sends it again unseen");
    trial.end(&[]).await;
    trial.is_right(&"f24");
}

/// The invocation has six seconds here, so that nobody waits for eighteen.
#[tokio::test]
async fn f25_a_vendor_that_is_slower_than_the_deadline_does_not_take_the_function_along() {
    let slow = |call| Fault::on(call, Effect::Delay(Duration::from_secs(20))).always();
    let (limit, patience) = (SignedDuration::from_secs(6), Duration::from_millis(5_900));
    for first in [None, Some(harmed(&create(), Harm::CutAfter))] {
        for call in ["* /rest/api/3/**", CREATE, SEARCH, PATCH, "POST /rest/api/3/issue/*/remotelink"] {
            let mut trial = Trial::new(false, 0).await;
            if let Some(first) = &first {
                trial.sweeps = false;
                trial.attempt(first).await;
            }
            trial.bench.world.jira.inject(slow(call));
            trial.bench.hubspot.inject(slow(call));
            let begun = Instant::now();
            let reply = trial.bench.lambda.answer_within(limit, trial.event.clone()).await;
            let took = begun.elapsed();
            assert!(took < patience, "{call} {first:?} {took:?} {}", reply.status_code);
            trial.heal();
            trial.pass(SignedDuration::from_mins(1)).await;
            trial.end(&[]).await;
            trial.is_right(&call);
        }
    }
}

/// A site that does not say what a new issue needs, ever, still gets its issues.
#[tokio::test]
async fn f25_create_metadata_that_never_comes_holds_no_issue_up() {
    let mut trial = Trial::new(false, 0).await;
    let slow = Fault::on("GET /rest/api/3/issue/createmeta/**", Effect::Delay(Duration::from_secs(60))).always();
    trial.bench.world.jira.inject(slow);
    trial.heals = false;
    let reply = trial.deliver(&Plan::default()).await.unwrap();
    assert_eq!(Answer::read(&reply).outcome(), "created");
    trial.settle().await;
    trial.is_right(&"createmeta");
}

#[tokio::test]
async fn f27_a_search_in_trouble_creates_nothing() {
    let search = || Call { vendor: "jira", kind: SEARCH.to_owned(), nth: 1 };
    let troubles = [Harm::Throttled, Harm::Down, Harm::CutBefore, Harm::CutAfter, Harm::Half];
    let plans = troubles.map(|it| harmed(&search(), it));
    let trial = ended(0, &[&[harmed(&create(), Harm::CutAfter)], &plans[..]].concat()).await;
    assert_eq!(calls(&trial, CREATE).len(), 1);
}

#[tokio::test]
async fn f28_of_two_issues_the_older_is_adopted_and_somebody_is_told() {
    let (lines, _guard) = Lines::listen();
    let mut trial = Trial::new(false, 0).await;
    trial.deliver(&harmed(&create(), Harm::CutAfter)).await;
    arrives_late(&trial).await;
    trial.sweeps = false;
    trial.pass(SignedDuration::from_mins(1)).await;
    let (answer, values) = counted(trial.deliver(&Plan::default())).await;
    assert_eq!(Answer::read(&answer.unwrap()).outcome(), "created");
    assert_eq!((&values["DuplicateIssues"], &values["Issues"]), (&vec![1.0], &vec![1.0]));
    let issues = trial.bench.issues(trial.ticket);
    assert_eq!((issues.len(), trial.bench.logged(trial.ticket)[0].clone()), (2, issues[0].key.clone()));
    assert_eq!(trial.bench.notes_of_ours(trial.ticket), 1);
    let alarms = lines.with("duplicate_detected");
    assert!(alarms.len() == 1 && alarms[0].contains("ERROR") && alarms[0].contains(&issues[1].key), "{alarms:?}");
    trial.bench.finish();
}

#[tokio::test]
async fn f29_a_ticket_that_cannot_be_written_just_now_is_written_later() {
    let conflict = Reply::json(409, json!({ "status": "error", "category": "CONFLICT", "message": "Try again." }));
    let effects = [
        Effect::Refuse(conflict),
        Effect::Refuse(hubspot::refusal::rate_limited(hubspot::refusal::Policy::Secondly)),
        Effect::Refuse(hubspot::refusal::unavailable(503)),
        Effect::ApplyThenRefuse(hubspot::refusal::unavailable(502)),
        Effect::CutBefore,
        Effect::CutAfter,
    ];
    for effect in effects {
        let name = effect.name();
        let mut trial = Trial::new(false, 0).await;
        trial.bench.hubspot.inject(Fault::on(PATCH, effect).times(2));
        trial.end(&[]).await;
        trial.is_right(&name);
        assert_eq!((calls(&trial, CREATE).len(), calls(&trial, SEARCH).len()), (1, 0), "{name}");
        assert!([429, 503].contains(&trial.statuses[0]), "{name} {:?}", trial.statuses);
    }
}

/// A property that somebody deleted: people and the workflow still hear of the issue.
#[tokio::test]
async fn f29_a_property_that_a_ticket_never_takes_keeps_no_other_off_and_nobody_from_hearing_of_it() {
    let (lines, _guard) = Lines::listen();
    let mut trial = Trial::new(true, 0).await;
    trial.bench.hubspot.forget("jira_status");
    let reply = Answer::read(&trial.deliver(&Plan::default()).await.unwrap());
    let issues = trial.bench.issues(trial.ticket);
    assert_eq!((reply.outcome(), issues.len()), ("created", 1));
    assert_eq!(reply.get("jira_key"), issues[0].key);
    let [key, page, status, stage] = trial.bench.logged(trial.ticket);
    assert_eq!((key, page.is_empty(), status, stage), (issues[0].key.clone(), false, String::new(), "3".to_owned()));
    assert_eq!(trial.bench.notes_of_ours(trial.ticket), 1);
    assert_eq!(trial.bench.read(crate::bench::ESCALATIONS)[0].replies, 1);
    assert!(!lines.with("HubSpot does not take what we write").is_empty());
    trial.settle().await;
    trial.bench.finish();
}

#[tokio::test]
async fn f30_a_ticket_that_is_deleted_meanwhile_ends_it() {
    let mut trial = Trial::new(false, 0).await;
    trial.bench.hubspot.inject(Fault::on(PATCH, Effect::Refuse(hubspot::refusal::not_found())));
    let reply = Answer::read(&trial.deliver(&Plan::default()).await.unwrap());
    assert_eq!((reply.outcome(), trial.bench.issues(trial.ticket).len()), ("gone", 1));
    trial.bench.sam().delete(trial.ticket).unwrap();
    trial.bodies.clear();
    trial.deliver(&Plan::default()).await;
    trial.settle().await;
    assert_eq!((trial.statuses.as_slice(), calls(&trial, CREATE).len()), (&[200, 200][..], 1));
    // Restored, it shows what was made for it.
    trial.bench.sam().restore(trial.ticket).unwrap();
    assert_eq!(trial.bench.create(trial.ticket, &[]).await.get("outcome"), "created");
    assert_eq!(trial.bench.logged(trial.ticket)[0], trial.bench.issues(trial.ticket)[0].key);
    trial.bench.finish();
}

#[tokio::test]
async fn f31_a_missing_scope_waits_for_a_person_who_is_told() {
    let (lines, _guard) = Lines::listen();
    let mut trial = Trial::new(false, 0).await;
    let no = hubspot::refusal::missing_scope("tickets");
    trial.bench.hubspot.inject(Fault::on(PATCH, Effect::Refuse(no)).always());
    trial.heals = false;
    for _ in 0..6 {
        assert!(!trial.attempt(&Plan::default()).await);
    }
    assert_eq!((calls(&trial, CREATE).len(), trial.bench.notes_of_ours(trial.ticket)), (1, 0));
    assert_eq!(lines.with("unfinished after").len(), 1);
    assert!(lines.with("could not answer for ticket").iter().all(|it| it.contains("MISSING_SCOPES")));
    trial.heal();
    trial.end(&[]).await;
    trial.is_right(&"f31");
}

#[tokio::test]
async fn f36_too_little_time_begins_nothing() {
    let trial = Trial::new(false, 0).await;
    let reply = trial.bench.lambda.answer_within(SignedDuration::from_secs(4), trial.event.clone()).await;
    assert_eq!((reply.status_code, trial.bench.dynamo.requests().len()), (503, 1), "the run is counted");
    assert!(trial.bench.world.jira.calls().is_empty() && trial.bench.hubspot.journal().writes() == 0);
    trial.bench.finish();
}

/// The table remembers for two weeks, the ticket and the issue for longer.
#[tokio::test]
async fn f39_an_escalation_that_the_table_has_forgotten_is_known_by_its_issue() {
    let mut trial = ended(0, &[]).await;
    forget(&trial).await;
    trial.bench.wait(15 * 24 * 3_600);
    let answer = trial.bench.create_again(trial.ticket, "ap-24680135-9-1-7", &[]).await;
    assert_eq!(answer.outcome(), "already");
    assert_eq!(answer, trial.bench.create_again(trial.ticket, "ap-24680135-9-1-7", &[]).await);
    trial.bodies.clear();
    trial.deliver(&Plan::default()).await;
    trial.settle().await;
    trial.is_right(&"f39");
    assert_eq!(calls(&trial, CREATE).len(), 1);
    trial.bench.finish();
}

/// The same of an issue that was there already.
#[tokio::test]
async fn f39_a_link_that_the_table_has_forgotten_is_told_to_nobody_again() {
    let trial = Trial::new(false, 0).await;
    let key = trial.bench.world.jira.created_by_hand("TECH", "Bug", "Captured twice");
    let other = trial.bench.sent_to_tech();
    for (ticket, callback) in [(other, "ap-24680135-10-1-0"), (trial.ticket, CALLBACK)] {
        trial.bench.dana().set(ticket, "jira_reference", &key).unwrap();
        assert_eq!(trial.bench.create_again(ticket, callback, &[]).await.outcome(), "linked_existing");
    }
    forget(&trial).await;
    trial.bench.wait(15 * 24 * 3_600);
    assert_eq!(trial.bench.create_again(trial.ticket, "ap-24680135-9-1-7", &[]).await.status, 200);
    let issue = trial.bench.world.jira.issue(&key).unwrap();
    assert_eq!((issue.comments.len(), issue.remote_links.len()), (1, 2));
    assert_eq!(trial.bench.notes_of_ours(trial.ticket), 1);
    trial.bench.finish();
}

/// DynamoDB collects what has expired.
async fn forget(trial: &Trial) {
    for item in trial.bench.dynamo.items().await.unwrap() {
        let key = json!({ "TableName": trial.bench.dynamo.table(), "Key": { "pk": item["pk"] } });
        trial.bench.dynamo.call("DeleteItem", &key).await.unwrap();
    }
}

#[tokio::test]
async fn f46_whatever_jira_says_fits_the_record_and_the_answer() {
    let trial = Trial::new(false, 0).await;
    let no = jira::refusal::field("summary", &"Too long, says Jira. ".repeat(20_000));
    trial.bench.world.jira.inject(Fault::on(CREATE, Effect::Refuse(no)));
    let first = trial.bench.create(trial.ticket, &[]).await;
    assert_eq!(first.get("outcome"), "failed_permanent");
    let longest = first.fields.values().map(String::len).max().unwrap();
    assert!(longest < 2_000, "{longest}");
    for item in trial.bench.dynamo.items().await.unwrap() {
        assert!(item.to_string().len() < 2_000, "{item}");
    }
    assert_eq!(trial.bench.create(trial.ticket, &[]).await, first);
    trial.bench.finish();
}

/// Where log lines cannot be written.
#[derive(Clone, Copy)]
struct Full;

impl io::Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::from(io::ErrorKind::StorageFull))
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::StorageFull))
    }
}

#[tokio::test]
async fn f48_a_log_that_takes_nothing_changes_nothing() {
    let subscriber = tracing_subscriber::fmt().log_internal_errors(false).with_writer(|| Full).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    ended(20, &[harmed(&create(), Harm::CutAfter), harmed(&note(), Harm::CutAfter)]).await;
}
