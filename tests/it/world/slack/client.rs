//! The real client at the stand-in.

use std::time::Duration;

use escalation::http::{Fault as Ended, Http};
use escalation::ledger::{Done, Effect as Once, How, Ledger, Setback, Times, Unfinished};
use escalation::procedure::card::{Card, Link};
use escalation::procedure::message::{Message, Span, bold, plain, small};
use escalation::runtime::Invocation;
use escalation::slack::{Posted, Slack};
use jiff::SignedDuration;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::slack::refusal;
use secrecy::SecretString;
use serde_json::json;

use super::{CHANNEL, LEADS, MAYA, Stage, texts};
use crate::ledger::bench;

const POST: &str = "POST /api/chat.postMessage";
const MARKER: &str = "hsj-abc";

impl Stage {
    fn slack(&self) -> Slack {
        Slack::new(Http::new(), self.world.slack.base_url(), self.world.slack.settings().token)
    }

    fn break_post(&self, effect: Effect) {
        self.world.slack.inject(Fault::on(POST, effect));
    }
}

fn mention(slack: &str) -> Span {
    let (name, email) = ("Maya Lind".to_owned(), "maya@example.com".to_owned());
    Span::Mention { user_id: 7, name, email, slack: Some(slack.to_owned()) }
}

fn card() -> Card {
    let mut body = Message::of([mention(MAYA), plain(" "), mention(LEADS)]);
    body.paragraph([bold("Issue"), plain(": <!channel> charged twice & *angry*")]);
    Card {
        title: "Escalation: Harbour Grill - Double charge".to_owned(),
        body,
        link: Some(Link { label: "Open ticket".to_owned(), url: "https://example.com/?a=1&b=2".to_owned() }),
        footer: Message::of([small("automatic message")]),
    }
}

fn message() -> Message {
    Message::of([plain("Review due in 15 min, secret customer")])
}

#[tokio::test]
async fn a_card_its_replies_and_its_changes_are_one_thread() {
    let stage = Stage::with_slack().await;
    let (slack, seen) = (stage.slack(), stage.world.slack.clone());
    let posted = slack.post(CHANNEL, None, &card(), MARKER).await.unwrap();
    let text = "Escalation: Harbour Grill - Double charge\n@Maya Lind @shift-leads\nIssue: <!channel> charged twice & *angry*\nOpen ticket\nautomatic message";
    assert_eq!(texts(&seen), [text]);
    assert_eq!(seen.messages(CHANNEL)[0].notification, text);
    let reply = slack.post(CHANNEL, Some(&posted.ts), &message(), "hsj-reply").await.unwrap();
    let changed = Card { title: "Escalation: opened".to_owned(), ..card() };
    for _ in 0..2 {
        slack.update(&posted, &changed, MARKER).await.unwrap();
    }
    let thread = seen.thread(CHANNEL, &posted.ts);
    assert!(thread[0].text.starts_with("Escalation: opened\n"));
    assert_eq!((thread[0].edits, &thread[1].ts, thread.len()), (2, &reply.ts, 2));
    // A change keeps the marker.
    let found = slack.find(CHANNEL, None, MARKER, stage.watch.now()).await.unwrap();
    assert_eq!(found, Some(posted));
    let calls = seen.calls();
    assert!(calls.iter().all(|it| it.response.get("warning").is_none()), "{calls:?}");
    stage.world.finish();
}

#[tokio::test]
async fn a_message_carries_its_marker_and_unfolds_no_link() {
    let stage = Stage::with_slack().await;
    let slack = stage.slack();
    let posted = slack.post(CHANNEL, None, &Message::of([plain("R&D")]), MARKER).await.unwrap();
    slack.post(CHANNEL, Some(&posted.ts), &Message::default(), "hsj-empty").await.unwrap_err();
    slack.update(&posted, &Message::of([plain("done")]), MARKER).await.unwrap();
    let blocks = |text: &str| super::rich(json!([{ "type": "text", "text": text }]));
    let metadata = |marker: &str| json!({ "event_type": "escalation_message", "event_payload": { "marker": marker } });
    let sent: Vec<_> = stage.world.slack.calls().into_iter().map(|it| (it.path, it.request)).collect();
    let (post, update) = ("/api/chat.postMessage".to_owned(), "/api/chat.update".to_owned());
    let expected = [
        (
            post.clone(),
            json!({
                "channel": CHANNEL, "text": "R&amp;D", "blocks": blocks("R&D"), "metadata": metadata(MARKER),
                "unfurl_links": false, "unfurl_media": false,
            }),
        ),
        (
            post,
            json!({
                "channel": CHANNEL, "thread_ts": posted.ts, "text": "", "metadata": metadata("hsj-empty"),
                "unfurl_links": false, "unfurl_media": false,
            }),
        ),
        (
            update,
            json!({
                "channel": CHANNEL, "ts": posted.ts, "text": "done", "blocks": blocks("done"),
                "metadata": metadata(MARKER),
            }),
        ),
    ];
    assert_eq!(sent, expected);
    stage.world.finish();
}

#[tokio::test]
async fn a_message_is_found_among_those_of_others() {
    let stage = Stage::with_slack().await;
    let (slack, seen, begun) = (stage.slack(), stage.world.slack.clone(), stage.watch.now());
    stage.wait(1);
    let first = slack.post(CHANNEL, None, &card(), MARKER).await.unwrap();
    let reply = slack.post(CHANNEL, Some(&first.ts), &message(), "hsj-reply").await.unwrap();
    (0..450).for_each(|it| drop(seen.write(CHANNEL, MAYA, &format!("chat {it}"))));
    let find = async |thread: Option<&str>, marker: &str| slack.find(CHANNEL, thread, marker, begun).await.unwrap();
    assert_eq!(find(None, MARKER).await, Some(first.clone()));
    assert_eq!(seen.journal().count("GET /api/conversations.history"), 3);
    assert_eq!(find(Some(&first.ts), "hsj-reply").await, Some(reply));
    assert_eq!(find(None, "hsj-reply").await, None, "a reply does not stand in the channel");
    assert_eq!(find(Some(&first.ts), "hsj-other").await, None);
    assert_eq!(find(Some("1500000000.000001"), MARKER).await, Some(first.clone()));
    // Slack's clock may be behind ours, by minutes at most.
    stage.wait(299);
    let found = slack.find(CHANNEL, None, MARKER, stage.watch.now()).await.unwrap();
    assert_eq!(found, Some(first));
    stage.wait(3);
    assert_eq!(slack.find(CHANNEL, None, MARKER, stage.watch.now()).await.unwrap(), None);
    stage.world.finish();
}

#[tokio::test]
async fn among_too_many_messages_nothing_is_said() {
    let stage = Stage::with_slack().await;
    let begun = stage.watch.now();
    (0..1_001).for_each(|it| drop(stage.world.slack.write(CHANNEL, MAYA, &format!("chat {it}"))));
    let found = stage.slack().find(CHANNEL, None, MARKER, begun).await;
    assert!(matches!(found, Err(Ended::Unknown { .. })), "{found:?}");
    stage.world.finish();
}

#[tokio::test]
async fn a_channel_that_is_full_for_now_says_how_long_to_wait() {
    let stage = Stage::with_slack().await;
    let slack = stage.slack();
    for _ in 0..5 {
        slack.post(CHANNEL, None, &message(), MARKER).await.unwrap();
    }
    let refused = slack.post(CHANNEL, None, &message(), MARKER).await;
    assert!(matches!(refused, Err(Ended::NotNow { retry_after, .. }) if retry_after == Duration::from_secs(6)));
    stage.wait(6);
    slack.post(CHANNEL, None, &message(), MARKER).await.unwrap();
    stage.world.finish();
}

#[tokio::test]
async fn blocks_that_slack_does_not_take_leave_the_text() {
    for error in ["invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format"] {
        let stage = Stage::with_slack().await;
        let (slack, seen) = (stage.slack(), stage.world.slack.clone());
        stage.break_post(Effect::Refuse(refusal::no(error)));
        let posted = slack.post(CHANNEL, None, &card(), MARKER).await.unwrap();
        seen.inject(Fault::on("POST /api/chat.update", Effect::Refuse(refusal::no(error))));
        slack.update(&posted, &card(), MARKER).await.unwrap();
        let calls = seen.calls();
        assert!(calls.iter().map(|it| it.request.get("blocks").is_some()).eq([true, false, true, false]));
        assert!(texts(&seen)[0].contains("@Maya Lind @shift-leads\nIssue: <!channel> charged twice"));
        assert_eq!(slack.find(CHANNEL, None, MARKER, stage.watch.now()).await.unwrap(), Some(posted));
        stage.world.finish();
    }
}

#[tokio::test]
async fn a_reply_that_slack_does_not_take_stands_in_the_channel_and_is_found_there() {
    for error in ["restricted_action_thread_locked", "cannot_reply_to_message", "thread_not_found"] {
        let stage = Stage::with_slack().await;
        let (slack, seen) = (stage.slack(), stage.world.slack.clone());
        let first = slack.post(CHANNEL, None, &card(), MARKER).await.unwrap();
        stage.break_post(Effect::Refuse(refusal::no(error)));
        let reply = slack.post(CHANNEL, Some(&first.ts), &message(), "hsj-reply").await.unwrap();
        assert_eq!(seen.messages(CHANNEL).len(), 2);
        let found = slack.find(CHANNEL, Some(&first.ts), "hsj-reply", stage.watch.now()).await.unwrap();
        assert_eq!(found, Some(reply));
        stage.world.finish();
    }
}

#[tokio::test]
async fn a_message_that_is_gone_or_anothers_is_not_changed() {
    let stage = Stage::with_slack().await;
    let (slack, seen) = (stage.slack(), stage.world.slack.clone());
    let gone = slack.post(CHANNEL, None, &card(), MARKER).await.unwrap();
    seen.delete(CHANNEL, &gone.ts);
    let theirs = Posted { channel: CHANNEL.to_owned(), ts: seen.write(CHANNEL, MAYA, "mine") };
    for at in [gone, theirs] {
        let ended = slack.update(&at, &card(), MARKER).await;
        assert!(matches!(ended, Err(Ended::Refused { .. })), "{ended:?}");
    }
    assert_eq!(texts(&seen), ["mine"]);
    stage.world.finish();
}

/// Each way of Slack to say no, as the real client tells it; nothing secret is in its words.
#[tokio::test]
async fn every_refusal_is_told_apart_and_repeats_nothing() {
    let stage = Stage::with_slack().await;
    let slack = stage.slack();
    let kind = async |effect: Option<Effect>| {
        stage.wait(10);
        effect.into_iter().for_each(|it| stage.break_post(it));
        let ended = slack.post(CHANNEL, None, &message(), MARKER).await.unwrap_err();
        let said = format!("{ended} {ended:?}");
        assert!(!said.contains("secret customer") && !said.contains("xoxb"), "{said}");
        match ended {
            Ended::Refused { .. } => "refused",
            Ended::Denied { .. } => "denied",
            Ended::NotNow { .. } => "not now",
            Ended::NotSent { .. } => "not sent",
            Ended::Unknown { .. } => "unknown",
        }
    };
    for (answer, expected) in [
        (refusal::no("internal_error"), "unknown"),
        (refusal::no("fatal_error"), "unknown"),
        (refusal::unavailable(500), "unknown"),
        (refusal::unavailable(503), "unknown"),
        (refusal::rate_limited(3), "not now"),
        (refusal::no("rate_limited"), "not now"),
        (refusal::no("token_expired"), "denied"),
        (refusal::no("something_new"), "denied"),
        (refusal::unavailable(404), "denied"),
        (refusal::unknown_method("chat.postmessage"), "denied"),
    ] {
        assert_eq!(kind(Some(Effect::Refuse(answer.clone()))).await, expected, "{answer:?}");
    }
    stage.world.violations();
    for effect in [Effect::CutBefore, Effect::CutAfter, Effect::Truncate] {
        assert_eq!(kind(Some(effect)).await, "unknown");
    }
    // Refused with the blocks and without them.
    stage.break_post(Effect::Refuse(refusal::no("msg_too_long")));
    assert_eq!(kind(Some(Effect::Refuse(refusal::no("msg_too_long")))).await, "refused");
    let seen = &stage.world.slack;
    seen.archive(CHANNEL);
    assert_eq!(kind(None).await, "denied");
    seen.remove_app(CHANNEL);
    assert_eq!(kind(None).await, "denied");
    seen.configure(|it| it.missing_scopes = ["chat:write"].into());
    assert_eq!(kind(None).await, "denied");
    seen.configure(|it| it.token = SecretString::from("xoxb-another"));
    assert_eq!(kind(None).await, "denied");
    stage.world.finish();
}

#[tokio::test]
async fn nothing_listens_where_slack_should_be() {
    let slack = Slack::new(Http::new(), "http://127.0.0.1:1/api", SecretString::from("xoxb-canary"));
    let ended = slack.post(CHANNEL, None, &message(), MARKER).await;
    assert!(matches!(ended, Err(Ended::NotSent { .. })), "{ended:?}");
}

#[tokio::test]
async fn a_change_and_a_look_are_tried_again_where_slack_stumbles() {
    let stage = Stage::with_slack().await;
    let (slack, seen) = (stage.slack(), stage.world.slack.clone());
    let posted = slack.post(CHANNEL, None, &card(), MARKER).await.unwrap();
    seen.inject(Fault::on("POST /api/chat.update", Effect::CutAfter));
    slack.update(&posted, &card(), MARKER).await.unwrap();
    seen.inject(Fault::on("GET /api/conversations.history", Effect::Refuse(refusal::unavailable(502))));
    assert_eq!(slack.find(CHANNEL, None, MARKER, stage.watch.now()).await.unwrap(), Some(posted));
    assert_eq!(seen.messages(CHANNEL)[0].edits, 2);
    stage.world.finish();
}

#[tokio::test]
async fn a_look_that_is_refused_gives_no_message_up() {
    let stage = Stage::with_slack().await;
    for error in ["invalid_arguments", "message_not_found", "missing_scope", "not_in_channel"] {
        stage.world.slack.inject(Fault::on("GET /api/conversations.history", Effect::Refuse(refusal::no(error))));
        let ended = stage.slack().find(CHANNEL, None, MARKER, stage.watch.now()).await;
        let setback = ended.map_err(Ended::of_a_read);
        assert!(matches!(setback, Err(Setback::NotApplied { .. })), "{error}: {setback:?}");
    }
    stage.world.finish();
}

/// A ledger in the far future, because a real DynamoDB collects by its own clock.
struct Office {
    stage: Stage,
    ledger: Ledger,
    effect: Once,
    _dynamo: sandbox::dynamo::Dynamo,
}

impl Office {
    async fn open() -> Self {
        let stage = Stage::with_slack().await;
        stage.watch.set("2126-01-05T10:00:00Z".parse().unwrap());
        let dynamo = bench::dynamo().await;
        let ledger = Ledger::new(bench::client(&dynamo, 3), dynamo.table(), Times::default());
        let effect = Once::new("slack-card", &["8675309", "42", "1"], &()).unwrap();
        Self { stage, ledger, effect, _dynamo: dynamo }
    }

    async fn visit(&self) -> Result<Done<Posted>, Unfinished> {
        let (slack, marker) = (self.stage.slack(), self.effect.marker());
        let clock = self.stage.watch.clock();
        let now = clock.now();
        let begun = "2126-01-05T10:00:00Z".parse().unwrap();
        let invocation = Invocation { clock, deadline: now + bench::LIMIT, request_id: "test".to_owned() };
        let look_up = async { slack.find(CHANNEL, None, marker, begun).await.map_err(Ended::of_a_read) };
        let card = card();
        let act = async { slack.post(CHANNEL, None, &card, marker).await.map_err(Setback::from) };
        self.ledger.once(&self.effect, &invocation, look_up, act).await
    }

    fn posted(&self) -> usize {
        self.stage.world.slack.messages(CHANNEL).len()
    }

    fn pass(&self, minutes: i64) {
        self.stage.watch.advance(SignedDuration::from_mins(minutes));
    }
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_is_adopted_and_not_sent_again() {
    for lost in [Effect::CutAfter, Effect::Truncate, Effect::ApplyThenRefuse(refusal::unavailable(504))] {
        let office = Office::open().await;
        office.stage.break_post(lost);
        let first = office.visit().await;
        assert!(matches!(first, Err(Unfinished::Unknown { .. })), "{first:?}");
        office.pass(1);
        assert_eq!(office.visit().await.unwrap().how, How::Adopted);
        office.pass(10);
        assert_eq!(office.visit().await.unwrap().how, How::Replayed);
        assert_eq!(office.posted(), 1);
        office.stage.world.finish();
    }
}

#[tokio::test]
async fn a_message_that_never_arrived_is_sent_once_it_is_sure() {
    let office = Office::open().await;
    office.stage.break_post(Effect::CutBefore);
    assert!(office.visit().await.is_err());
    office.pass(1);
    let early = office.visit().await;
    assert!(matches!(early, Err(Unfinished::Parked { .. })), "{early:?}");
    office.pass(10);
    assert_eq!(office.visit().await.unwrap().how, How::Acted);
    assert_eq!(office.posted(), 1);
    office.stage.world.finish();
}

#[tokio::test]
async fn what_an_admin_puts_right_leads_to_one_message() {
    type Change = fn(&sandbox::world::slack::Slack);
    let cases: [(Change, Change); 4] = [
        (|it| it.remove_app(CHANNEL), |it| it.invite_app(CHANNEL)),
        (|it| it.archive(CHANNEL), |it| it.unarchive(CHANNEL)),
        (
            |it| it.configure(|it| it.missing_scopes = ["chat:write", "channels:history"].into()),
            |it| it.configure(|it| it.missing_scopes.clear()),
        ),
        (
            |it| {
                it.make_private(CHANNEL);
                it.remove_app(CHANNEL);
            },
            |it| it.invite_app(CHANNEL),
        ),
    ];
    for (wrong, right) in cases {
        let office = Office::open().await;
        let slack = office.stage.world.slack.clone();
        wrong(&slack);
        for _ in 0..2 {
            let ended = office.visit().await;
            assert!(matches!(ended, Err(Unfinished::Unavailable(_))), "{ended:?}");
            office.pass(1);
        }
        assert_eq!(office.posted(), 0);
        right(&slack);
        assert_eq!(office.visit().await.unwrap().how, How::Acted);
        office.pass(1);
        assert_eq!(office.visit().await.unwrap().how, How::Replayed);
        assert_eq!(office.posted(), 1);
        office.stage.world.finish();
    }
}

#[tokio::test]
async fn a_message_in_a_channel_known_by_its_name_is_found_again() {
    let stage = Stage::with_slack().await;
    let slack = stage.slack();
    let name = stage.world.slack.channels().into_iter().find(|it| it.0 == CHANNEL).unwrap().1;
    let named = format!("#{name}");
    let since = stage.watch.now();
    let posted = slack.post(&named, None, &message(), MARKER).await.unwrap();
    assert_eq!(posted.channel, CHANNEL);
    assert_eq!(slack.find(&named, None, MARKER, since).await.unwrap(), Some(posted));
    assert_eq!(slack.find(&named, None, "hsj-other", since).await.unwrap(), None);
    let unknown = slack.find("#nowhere", None, MARKER, since).await.unwrap_err();
    assert!(matches!(&unknown, Ended::Denied { reason } if reason.contains("#nowhere")), "{unknown}");
    stage.world.finish();
}
