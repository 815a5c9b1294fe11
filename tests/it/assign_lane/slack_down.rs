//! Slack in trouble: the escalation goes on at once, and what was to be said is said once, later.

use std::time::{Duration, Instant};

use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::slack::refusal;
use serde_json::{Value, json};

use super::channels::{EXECUTIVES, OUTAGE, open};
use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

const POST: &str = "POST /api/chat.postMessage";
const UPDATE: &str = "POST /api/chat.update";
const LOOK: &str = "GET /api/*";

/// An immediate escalation meets these faults. It is in its lane at once, and in the end there are one
/// card and one page.
async fn check(faults: &[Fault]) {
    let bench = open().await;
    faults.iter().for_each(|it| bench.world.slack.inject(it.clone()));
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("lane")), ("assigned", "cs"));
    let written = ["lane", "state", "owner"].map(|it| bench.value(ticket, &format!("escalation_{it}")));
    assert_eq!(written, ["cs", "triage", "502"]);
    bench.sweep_for(20).await;
    assert_eq!(posted(&bench), (1, 1));
    bench.is_silent().await;
    assert_eq!(posted(&bench), (1, 1));
    bench.finish();
}

fn posted(bench: &Bench) -> (usize, usize) {
    (bench.read(ESCALATIONS).len(), bench.read(EXECUTIVES).len())
}

fn refused(answer: Answer) -> Effect {
    Effect::Refuse(answer)
}

#[tokio::test]
async fn a_slack_that_stumbles_is_told_once_it_is_well() {
    for status in [500, 502, 503, 504] {
        check(&[Fault::on(POST, refused(refusal::unavailable(status))).times(2)]).await;
        check(&[Fault::on(POST, Effect::ApplyThenRefuse(refusal::unavailable(status))).times(2)]).await;
    }
    for error in ["internal_error", "fatal_error", "service_unavailable"] {
        check(&[Fault::on(POST, refused(refusal::no(error))).times(2)]).await;
        check(&[Fault::on(POST, Effect::ApplyThenRefuse(refusal::no(error))).times(2)]).await;
    }
    check(&[Fault::on(POST, refused(refusal::no("internal_error"))).times(8)]).await;
}

#[tokio::test]
async fn an_answer_that_is_lost_is_not_a_second_message() {
    for effect in [Effect::CutBefore, Effect::CutAfter, Effect::Truncate] {
        check(&[Fault::on(POST, effect.clone())]).await;
        check(&[Fault::on(POST, effect).times(4)]).await;
    }
    let late = Fault::on(LOOK, refused(refusal::unavailable(503))).times(8);
    check(&[Fault::on(POST, Effect::CutAfter).times(2), late]).await;
    check(&[Fault::on(POST, Effect::CutAfter).times(2), Fault::on(LOOK, refused(refusal::rate_limited(40))).times(3)])
        .await;
    // What is found is made to say what is so by now; that may fail as well.
    check(&[Fault::on(POST, Effect::CutAfter).times(2), Fault::on(UPDATE, Effect::CutBefore).times(4)]).await;
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    for seconds in [1, 30, 300] {
        check(&[Fault::on(POST, refused(refusal::rate_limited(seconds))).times(3)]).await;
    }
    let without = Answer::json(429, json!({ "ok": false, "error": "ratelimited" }));
    check(&[Fault::on(POST, refused(without)).times(3)]).await;
}

#[tokio::test]
async fn a_token_that_does_not_do_is_a_matter_for_people_and_heals() {
    for error in ["invalid_auth", "token_revoked", "missing_scope", "account_inactive", "an_error_of_next_year"] {
        check(&[Fault::on(POST, refused(refusal::no(error))).times(6)]).await;
    }
}

#[tokio::test]
async fn a_slack_that_hangs_holds_nobody_up() {
    let bench = open().await;
    bench.world.slack.inject(Fault::on(POST, Effect::Delay(Duration::from_secs(20))).times(2));
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    let started = Instant::now();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert_eq!(bench.value(ticket, "escalation_lane"), "cs");
    bench.sweep_for(20).await;
    assert_eq!(posted(&bench), (1, 1), "those that were late");
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn a_slack_that_is_not_there_is_told_when_it_is_back() {
    let bench = open().await;
    bench.world.slack.inject(Fault::on("* /**", Effect::CutBefore).always());
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    bench.sweep_for(90).await;
    assert_eq!(posted(&bench), (0, 0));
    bench.world.slack.heal();
    bench.sweep_for(60).await;
    assert_eq!(posted(&bench), (1, 1));
    bench.is_silent().await;
    bench.finish();
}

/// While Slack is away the escalation moves on: its card shows where it stands, and says no more.
#[tokio::test]
async fn a_card_that_comes_late_shows_what_is_so_by_then() {
    let bench = open().await;
    bench.world.slack.inject(Fault::on(POST, refused(refusal::unavailable(503))).always());
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    bench.world.slack.heal();
    bench.sweep_for(30).await;
    let thread = bench.thread(ESCALATIONS);
    assert!(thread.contains("In Tech · 🛠️ #TECH-ESCALATE") && !thread.contains("--\n"), "{thread}");
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn a_card_that_was_posted_without_an_answer_is_brought_up_to_date() {
    let bench = open().await;
    bench.world.slack.inject(Fault::on(POST, Effect::CutAfter));
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.assign(ticket, &[]).await;
    bench.sweep_for(5).await;
    let thread = bench.thread(ESCALATIONS);
    assert!(thread.contains("In Tech · 🛠️ #TECH-ESCALATE"), "{thread}");
    bench.is_silent().await;
    bench.finish();
}

/// A reply meets this, and the change of the card before it; each is there once in the end.
#[tokio::test]
async fn replies_and_changes_are_not_lost_either() {
    for fault in [
        Fault::on(UPDATE, Effect::CutBefore).times(2),
        Fault::on(UPDATE, refused(refusal::rate_limited(20))),
        Fault::on(POST, Effect::CutBefore),
        Fault::on(POST, Effect::CutAfter),
        Fault::on(POST, refused(refusal::rate_limited(20))),
        Fault::on(POST, refused(refusal::unavailable(502))),
    ] {
        for cleared in [false, true] {
            let bench = open().await;
            let ticket = bench.escalated(&whole());
            bench.assign(ticket, &[]).await;
            bench.wait(600);
            let (agent, kind) = if cleared { (bench.sam(), "") } else { (bench.dana(), "tech") };
            agent.set(ticket, "escalation_type", kind).unwrap();
            bench.world.slack.inject(fault.clone());
            let answer = bench.assign(ticket, &[]).await;
            assert_eq!(answer.outcome(), if cleared { "deescalated" } else { "assigned" });
            bench.sweep_for(15).await;
            let thread = bench.thread(ESCALATIONS);
            let (state, said) =
                if cleared { ("De-escalated: Esc", "De-escalated:") } else { ("In Tech ·", "Confirmed for Tech by") };
            assert_eq!(bench.read(ESCALATIONS)[0].replies, 1, "{thread}");
            let (card, reply) = thread.split_once("--\n").unwrap();
            assert!(card.contains(state) && reply.starts_with(said), "{thread}");
            bench.is_silent().await;
            bench.finish();
        }
    }
}

#[tokio::test]
async fn what_left_its_lane_while_slack_was_away_needs_no_card() {
    let bench = open().await;
    bench.world.slack.inject(Fault::on(POST, refused(refusal::unavailable(503))).always());
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "deescalated");
    bench.world.slack.heal();
    bench.sweep_for(30).await;
    assert_eq!(bench.spoken(), 0);
    bench.is_silent().await;
    // Nor is anybody asked for it for ever.
    let items = bench.dynamo.items().await.unwrap();
    let is_reminder = |it: &Value| it["pk"]["S"].as_str().is_some_and(|it| it.starts_with("a#"));
    let open: Vec<&Value> = items.iter().filter(|it| it.get("ag").is_some() && !is_reminder(it)).collect();
    assert!(open.is_empty(), "{open:?}");
    bench.finish();
}

#[tokio::test]
async fn a_card_whose_answer_was_lost_is_closed_when_its_escalation_is() {
    let bench = open().await;
    bench.world.slack.inject(Fault::on(POST, Effect::CutAfter));
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.assign(ticket, &[]).await;
    bench.sweep_for(10).await;
    let thread = bench.thread(ESCALATIONS);
    assert!(thread.contains("\nDe-escalated: Esc") && thread.contains("--\nDe-escalated:"), "{thread}");
    bench.is_silent().await;
    bench.finish();
}

/// A person deletes the card: what follows stands in the channel, once.
#[tokio::test]
async fn a_card_that_somebody_deleted_is_not_posted_again() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.world.slack.delete(ESCALATIONS, &bench.read(ESCALATIONS)[0].ts);
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    for _ in 0..2 {
        bench.assign(ticket, &[]).await;
    }
    assert_eq!(bench.thread(ESCALATIONS), "Confirmed for Tech by Dana Whitfield. @Sam Okafor, you stay the owner.");
    bench.finish();
}

/// Where not even that can be noted, HubSpot is asked to come again.
#[tokio::test]
async fn a_table_that_is_away_is_not_a_message_that_is_lost() {
    use sandbox::dynamo::Step;
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.dynamo.on_request(|request, _| {
        // Targets and facts are what is written down before the lane is.
        let key = request.body["Key"]["pk"]["S"].as_str().unwrap_or_default();
        let is_before = key.starts_with("k#") || key.starts_with("f#");
        async move { if is_before { Step::Pass } else { Step::Drop } }
    });
    assert_eq!(bench.assign(ticket, &[]).await.status, 503);
    assert_eq!(bench.value(ticket, "escalation_lane"), "cs", "the ticket is in its lane all the same");
    bench.dynamo.on_request(|_, _| async { Step::Pass });
    bench.wait(60);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    assert_eq!(bench.spoken(), 1);
    bench.finish();
}
