//! The Slack the other tests stand in: what it refuses, what it keeps, and its contract.

mod client;

use jiff::SignedDuration;
use reqwest::Method;
use sandbox::world::call::Answer;
use sandbox::world::contract::Contract;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::slack::{Author, Slack, refusal};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{Reply, Stage, send};

const CHANNEL: &str = "C0ESCALATE1";
const MAYA: &str = "U0MAYA";
const LEADS: &str = "S0LEADS";

impl Stage {
    /// With a channel, a member and a group.
    async fn with_slack() -> Self {
        let stage = Self::set().await;
        let slack = &stage.world.slack;
        slack.open_channel(CHANNEL, "cs-escalations");
        slack.join(MAYA, "Maya Lind");
        slack.join(LEADS, "shift-leads");
        stage
    }

    fn slack_request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let token = self.world.slack.settings().token;
        let url = format!("{}/{path}", self.world.slack.base_url());
        self.client.request(method, url).bearer_auth(token.expose_secret())
    }

    async fn slack_post(&self, name: &str, body: Value) -> Reply {
        let request = self.slack_request(Method::POST, name);
        let request = request.header("content-type", "application/json; charset=utf-8").body(body.to_string());
        send(request).await.unwrap()
    }

    async fn slack_get(&self, path: &str) -> Reply {
        send(self.slack_request(Method::GET, path)).await.unwrap()
    }

    /// Posts a text; the message's id.
    async fn say(&self, text: &str, thread: Option<&str>) -> String {
        let mut body = json!({ "channel": CHANNEL, "text": text });
        if let Some(thread) = thread {
            body["thread_ts"] = thread.into();
        }
        self.slack_post("chat.postMessage", body).await.taken()["ts"].as_str().unwrap().to_owned()
    }

    /// Whether a slip was noted that says this.
    #[track_caller]
    fn blamed(&self, what: &str) {
        let violations = self.world.violations();
        assert!(violations.iter().any(|it| it.contains(what)), "{violations:?}");
    }
}

impl Reply {
    #[track_caller]
    fn taken(&self) -> Value {
        let body = self.ok(200);
        assert_eq!(body["ok"], true, "{body}");
        body
    }

    #[track_caller]
    fn no(&self, error: &str) -> Value {
        let body = self.ok(200);
        assert_eq!((&body["ok"], &body["error"]), (&json!(false), &json!(error)), "{body}");
        body
    }
}

fn texts(slack: &Slack) -> Vec<String> {
    slack.messages(CHANNEL).into_iter().map(|it| it.text).collect()
}

fn rich(elements: Value) -> Value {
    json!([{ "type": "rich_text", "elements": [{ "type": "rich_text_section", "elements": elements }] }])
}

#[tokio::test]
async fn who_has_no_good_token_is_told_so_with_status_200() {
    let stage = Stage::with_slack().await;
    stage.world.slack.configure(|it| it.revoked = vec![SecretString::from("xoxb-old")]);
    let url = format!("{}/chat.postMessage", stage.world.slack.base_url());
    send(stage.client.post(&url).json(&json!({}))).await.unwrap().no("not_authed");
    for (token, error) in [("xoxb-other", "invalid_auth"), ("xoxb-old", "token_revoked")] {
        send(stage.client.post(&url).bearer_auth(token).json(&json!({}))).await.unwrap().no(error);
    }
    stage.slack_get("users.list").await.no("unknown_method");
    stage.blamed("no such endpoint");
    stage.world.finish();
}

#[tokio::test]
async fn a_channel_is_known_by_its_id_to_who_is_in_it() {
    let stage = Stage::with_slack().await;
    let slack = stage.world.slack.clone();
    let post =
        async |channel: &str| stage.slack_post("chat.postMessage", json!({ "channel": channel, "text": "x" })).await;
    for unknown in ["C0NOWHERE1", "#nowhere"] {
        post(unknown).await.no("channel_not_found");
    }
    // Posting takes a name as well, and nothing else does.
    assert_eq!(post("#cs-escalations").await.ok(200)["channel"], CHANNEL);
    stage.slack_get("conversations.history?channel=%23cs-escalations").await.no("channel_not_found");
    post("").await.no("invalid_arguments");
    slack.remove_app(CHANNEL);
    post(CHANNEL).await.no("not_in_channel");
    stage.slack_get(&format!("conversations.history?channel={CHANNEL}")).await.no("not_in_channel");
    slack.make_private(CHANNEL);
    post(CHANNEL).await.no("channel_not_found");
    slack.invite_app(CHANNEL);
    slack.archive(CHANNEL);
    post(CHANNEL).await.no("is_archived");
    slack.unarchive(CHANNEL);
    assert_eq!(slack.messages(CHANNEL).len(), 1);
    let posted = post(CHANNEL).await.taken();
    assert_eq!(posted["channel"], CHANNEL);
    assert_eq!(texts(&slack), ["x", "x"]);
    stage.world.finish();
}

#[tokio::test]
async fn a_method_and_a_type_other_than_expected_are_refused() {
    let stage = Stage::with_slack().await;
    let post = || stage.slack_request(Method::POST, "chat.postMessage");
    send(post().body("{}")).await.unwrap().no("missing_post_type");
    send(post().header("content-type", "text/plain").body("{}")).await.unwrap().no("invalid_post_type");
    send(post().header("content-type", "application/json").body("{")).await.unwrap().no("invalid_json");
    send(post().header("content-type", "application/json").body("[]")).await.unwrap().no("json_not_object");
    stage.world.violations();
    let warned = send(post().json(&json!({ "channel": CHANNEL, "text": "x" }))).await.unwrap().taken();
    assert_eq!(warned["warning"], "missing_charset");
    assert_eq!(warned["response_metadata"]["warnings"], json!(["missing_charset"]));
    stage.slack_get("chat.postMessage").await.no("invalid_post_type");
    stage.blamed("GET where POST is expected");
    stage.world.finish();
}

#[tokio::test]
async fn an_argument_that_nobody_knows_is_a_slip() {
    let stage = Stage::with_slack().await;
    for slip in ["link_names", "parse", "thread", "as_user"] {
        let mut body = json!({ "channel": CHANNEL, "text": "x" });
        body[slip] = true.into();
        stage.slack_post("chat.postMessage", body).await.taken();
        stage.blamed(&format!("unknown argument `{slip}`"));
    }
    stage.slack_get(&format!("conversations.history?channel={CHANNEL}&since=1")).await.taken();
    stage.blamed("unknown argument `since`");
    let token = stage.world.slack.settings().token;
    stage.slack_get(&format!("conversations.history?channel={CHANNEL}&token={}", token.expose_secret())).await.taken();
    stage.blamed("a token in the address");
    stage.slack_post("chat.postMessage", json!({ "channel": CHANNEL, "text": 1 })).await.no("invalid_arguments");
    stage.world.violations();
    stage.world.finish();
}

#[tokio::test]
async fn blocks_are_held_to_their_schema_and_limits() {
    let stage = Stage::with_slack().await;
    let post = async |blocks: Value| {
        stage.wait(1);
        stage.slack_post("chat.postMessage", json!({ "channel": CHANNEL, "text": "x", "blocks": blocks })).await
    };
    let header = |text: &str| json!([{ "type": "header", "text": { "type": "plain_text", "text": text } }]);
    let text = |length| rich(json!([{ "type": "text", "text": "x".repeat(length) }]));
    post(header(&"x".repeat(150))).await.taken();
    post(text(13_200)).await.taken();
    post(json!([])).await.taken();
    let broken = [
        header(""),
        header(&"x".repeat(151)),
        json!([{ "type": "header", "text": { "type": "mrkdwn", "text": "x" } }]),
        json!([{ "type": "heading" }]),
        json!([{ "type": "header" }]),
        json!([{ "type": "divider", "text": "x" }]),
        json!([{ "type": "context", "elements": [] }]),
        json!([{ "type": "section", "text": { "type": "mrkdwn", "text": "x".repeat(3_001) } }]),
        json!([{ "type": "rich_text", "elements": [] }]),
        rich(json!([])),
        rich(json!([{ "type": "text", "text": "" }])),
        rich(json!([{ "type": "text", "text": "x", "style": { "small": true } }])),
        rich(json!([{ "type": "link", "url": "nowhere" }])),
        rich(json!([{ "type": "user", "user_id": "Maya Lind" }])),
        json!([{ "type": "actions", "elements": [{ "type": "button", "text": { "type": "plain_text", "text": "x".repeat(76) } }] }]),
        Value::Array(vec![json!({ "type": "divider" }); 51]),
    ];
    for blocks in broken {
        let refused = post(blocks.clone()).await.no("invalid_blocks");
        let message = refused["response_metadata"]["messages"][0].as_str().unwrap();
        assert!(message.contains("[json-pointer:/blocks"), "{message}");
    }
    post(json!({})).await.no("invalid_blocks_format");
    post(text(13_201)).await.no("msg_blocks_too_long");
    stage.world.violations();
    assert_eq!(stage.world.slack.messages(CHANNEL).len(), 3);
    stage.world.finish();
}

#[tokio::test]
async fn a_message_says_something_and_not_too_much() {
    let stage = Stage::with_slack().await;
    let post = async |body: Value| {
        stage.wait(1);
        let mut whole = json!({ "channel": CHANNEL });
        whole.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        stage.slack_post("chat.postMessage", whole).await
    };
    post(json!({})).await.no("no_text");
    post(json!({ "text": "", "blocks": [] })).await.no("no_text");
    post(json!({ "text": "x".repeat(40_001) })).await.no("msg_too_long");
    for metadata in [json!({}), json!({ "event_type": "x" }), json!({ "event_type": "", "event_payload": {} })] {
        post(json!({ "text": "x", "metadata": metadata })).await.no("invalid_metadata_format");
    }
    let large = json!({ "event_type": "x", "event_payload": { "x": "x".repeat(9_000) } });
    post(json!({ "text": "x", "metadata": large })).await.no("metadata_too_large");
    stage.world.violations();
    post(json!({ "blocks": [{ "type": "divider" }] })).await.taken();
    stage.blamed("blocks without a text");
    stage.world.finish();
}

#[tokio::test]
async fn a_reply_stands_in_the_thread_of_a_message_that_is_there() {
    let stage = Stage::with_slack().await;
    let slack = stage.world.slack.clone();
    let first = stage.say("first", None).await;
    let reply = stage.say("reply", Some(&first)).await;
    assert_eq!(texts(&slack), ["first"]);
    let thread = slack.thread(CHANNEL, &first);
    assert_eq!(thread.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["first", "reply"]);
    assert_eq!((thread[0].replies, thread[1].ts.as_str()), (1, reply.as_str()));
    let post = async |thread: &str| {
        stage.slack_post("chat.postMessage", json!({ "channel": CHANNEL, "text": "x", "thread_ts": thread })).await
    };
    post("yesterday").await.no("invalid_thread_ts");
    post("1500000000.000001").await.no("thread_not_found");
    stage.blamed("a message that never was");
    post(&reply).await.taken();
    stage.blamed("is a reply");
    stage.world.finish();
}

#[tokio::test]
async fn a_reply_to_a_deleted_message_stands_in_the_channel_unless_others_replied() {
    let stage = Stage::with_slack().await;
    let slack = stage.world.slack.clone();
    let (alone, answered) = (stage.say("alone", None).await, stage.say("answered", None).await);
    stage.say("first reply", Some(&answered)).await;
    slack.delete(CHANNEL, &alone);
    slack.delete(CHANNEL, &answered);
    stage.say("to alone", Some(&alone)).await;
    stage.say("to answered", Some(&answered)).await;
    assert_eq!(texts(&slack), ["to alone"]);
    let thread = slack.thread(CHANNEL, &answered);
    assert_eq!(thread.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["first reply", "to answered"]);
    stage.world.finish();
}

#[tokio::test]
async fn our_own_messages_are_changed_in_place() {
    let stage = Stage::with_slack().await;
    let slack = stage.world.slack.clone();
    let blocks = rich(json!([{ "type": "text", "text": "in blocks" }]));
    let body = json!({ "channel": CHANNEL, "text": "x", "blocks": blocks });
    let ours = stage.slack_post("chat.postMessage", body).await.taken()["ts"].as_str().unwrap().to_owned();
    assert_eq!(texts(&slack), ["in blocks"]);
    let theirs = slack.write(CHANNEL, MAYA, "thanks");
    let update = async |ts: &str, text: &str| {
        stage.slack_post("chat.update", json!({ "channel": CHANNEL, "ts": ts, "text": text })).await
    };
    for _ in 0..2 {
        assert_eq!(update(&ours, "changed").await.taken()["text"], "changed");
    }
    // A text alone takes the blocks away.
    assert_eq!(texts(&slack), ["changed", "thanks"]);
    assert_eq!(slack.messages(CHANNEL)[0].edits, 2);
    assert_eq!(slack.messages(CHANNEL)[1].author, Author::Member(MAYA.to_owned()));
    update(&theirs, "x").await.no("cant_update_message");
    update("1500000000.000001", "x").await.no("message_not_found");
    update(&ours, "").await.no("no_text");
    slack.delete(CHANNEL, &ours);
    update(&ours, "x").await.no("message_not_found");
    stage.world.finish();
}

#[tokio::test]
async fn history_goes_back_in_pages_and_shows_metadata_on_request() {
    let stage = Stage::with_slack().await;
    let mark = json!({ "event_type": "mark", "event_payload": { "marker": "a" } });
    let body = json!({ "channel": CHANNEL, "text": "marked", "metadata": mark });
    stage.slack_post("chat.postMessage", body).await.taken();
    for number in 1..=4 {
        stage.world.slack.write(CHANNEL, MAYA, &format!("{number} & <more>"));
    }
    let history = async |rest: &str| stage.slack_get(&format!("conversations.history?channel={CHANNEL}{rest}")).await;
    let texts = |body: &Value| -> Vec<String> {
        body["messages"].as_array().unwrap().iter().map(|it| it["text"].as_str().unwrap().to_owned()).collect()
    };
    let page = history("&limit=3").await.taken();
    assert_eq!(texts(&page), ["4 &amp; &lt;more&gt;", "3 &amp; &lt;more&gt;", "2 &amp; &lt;more&gt;"]);
    assert_eq!(page["has_more"], true);
    let next = page["response_metadata"]["next_cursor"].as_str().unwrap();
    let last = history(&format!("&limit=3&cursor={}", next.replace('=', "%3D"))).await.taken();
    assert_eq!(texts(&last), ["1 &amp; &lt;more&gt;", "marked"]);
    assert_eq!((&last["has_more"], &last["messages"][1]["metadata"]), (&json!(false), &Value::Null));
    let whole = history("&include_all_metadata=true").await.taken();
    assert_eq!(whole["messages"][4]["metadata"], mark);
    let marked = whole["messages"][4]["ts"].as_str().unwrap();
    assert_eq!(texts(&history(&format!("&oldest={marked}")).await.taken()).len(), 4);
    assert_eq!(texts(&history(&format!("&oldest={marked}&inclusive=true")).await.taken()).len(), 5);
    assert_eq!(texts(&history(&format!("&latest={marked}")).await.taken()), [""; 0]);
    for (rest, error) in [
        ("&limit=0", "invalid_limit"),
        ("&limit=1000", "invalid_limit"),
        ("&cursor=x", "invalid_cursor"),
        ("&oldest=yesterday", "invalid_ts_oldest"),
    ] {
        history(rest).await.no(error);
    }
    stage.world.finish();
}

#[tokio::test]
async fn a_thread_is_read_from_its_first_message_on() {
    let stage = Stage::with_slack().await;
    let first = stage.say("first", None).await;
    let reply = stage.say("reply", Some(&first)).await;
    let replies = async |ts: &str| stage.slack_get(&format!("conversations.replies?channel={CHANNEL}&ts={ts}")).await;
    let shown = replies(&first).await.taken();
    assert_eq!(shown["messages"][0]["reply_count"], 1);
    assert_eq!((&shown["messages"][1]["ts"], &shown["messages"][1]["thread_ts"]), (&json!(reply), &json!(first)));
    replies(&reply).await.no("thread_not_found");
    replies("1500000000.000001").await.no("thread_not_found");
    stage.world.finish();
}

#[tokio::test]
async fn what_the_app_was_not_granted_is_named() {
    let stage = Stage::with_slack().await;
    stage.world.slack.configure(|it| it.missing_scopes = ["channels:history"].into());
    let refused = stage.slack_get(&format!("conversations.history?channel={CHANNEL}")).await.no("missing_scope");
    assert_eq!(
        (&refused["needed"], &refused["provided"]),
        (&json!("channels:history"), &json!("chat:write,groups:history,channels:read,groups:read"))
    );
    stage.say("x", None).await;
    stage.world.slack.configure(|it| it.missing_scopes = ["chat:write"].into());
    stage.slack_post("chat.postMessage", json!({ "channel": CHANNEL, "text": "x" })).await.no("missing_scope");
    stage.world.finish();
}

#[tokio::test]
async fn a_channel_takes_a_message_a_second_after_a_short_burst() {
    let stage = Stage::with_slack().await;
    stage.world.slack.open_channel("C0OTHER001", "other");
    let post =
        async |channel: &str| stage.slack_post("chat.postMessage", json!({ "channel": channel, "text": "x" })).await;
    for _ in 0..5 {
        post(CHANNEL).await.taken();
        stage.watch.advance(SignedDuration::from_millis(100));
    }
    let refused = post(CHANNEL).await;
    assert_eq!(refused.ok(429), json!({ "ok": false, "error": "ratelimited" }));
    assert_eq!(refused.headers["retry-after"], "5");
    post("C0OTHER001").await.taken();
    stage.watch.advance(SignedDuration::from_millis(4_499));
    assert_eq!(post(CHANNEL).await.status, 429);
    stage.watch.advance(SignedDuration::from_millis(1));
    post(CHANNEL).await.taken();
    assert_eq!(stage.world.slack.messages(CHANNEL).len(), 6);
    stage.world.finish();
}

#[tokio::test]
async fn a_call_for_nobody_or_for_everybody_is_a_slip() {
    let stage = Stage::with_slack().await;
    stage.say("<@U0MAYA> <!subteam^S0LEADS> <https://example.com/|ticket>", None).await;
    assert_eq!(stage.world.violations(), [""; 0]);
    for (text, called) in [("<@U0GONE>", "U0GONE"), ("<!channel>", "!channel"), ("<!here|here>", "!here")] {
        stage.say(text, None).await;
        stage.blamed(&format!("nobody is called by `{called}`"));
    }
    stage.wait(10);
    for (element, called) in [
        (json!({ "type": "user", "user_id": "U0GONE" }), "U0GONE"),
        (json!({ "type": "broadcast", "range": "channel" }), "channel"),
    ] {
        let body = json!({ "channel": CHANNEL, "text": "x", "blocks": rich(json!([element])) });
        stage.slack_post("chat.postMessage", body).await.taken();
        stage.blamed(&format!("nobody is called by `{called}`"));
    }
    stage.world.finish();
}

#[tokio::test]
async fn a_message_is_seen_as_a_person_reads_it() {
    let stage = Stage::with_slack().await;
    let text = "<@U0MAYA> <!subteam^S0LEADS>: R&amp;D &lt;order&gt;, <https://example.com/|ticket>";
    let blocks = json!([
        { "type": "header", "text": { "type": "plain_text", "text": "Title" } },
        { "type": "rich_text", "elements": [{ "type": "rich_text_section", "elements": [
            { "type": "user", "user_id": MAYA }, { "type": "text", "text": " & <you>\n" },
            { "type": "usergroup", "usergroup_id": LEADS }, { "type": "text", "text": " " },
            { "type": "link", "url": "https://example.com/", "text": "ticket" },
        ] }] },
        { "type": "section", "text": { "type": "mrkdwn", "text": "R&amp;D" } },
        { "type": "context", "elements": [{ "type": "plain_text", "text": "a" }, { "type": "mrkdwn", "text": "b" }] },
    ]);
    let body = json!({ "channel": CHANNEL, "text": text, "blocks": blocks });
    stage.slack_post("chat.postMessage", body).await.taken();
    let seen = &stage.world.slack.messages(CHANNEL)[0];
    assert_eq!(seen.notification, "@Maya Lind @shift-leads: R&D <order>, ticket");
    assert_eq!(seen.text, "Title\n@Maya Lind & <you>\n@shift-leads ticket\nR&D\na b");
    assert_eq!(stage.world.slack.channels(), [(CHANNEL.to_owned(), "cs-escalations".to_owned())]);
    stage.world.finish();
}

#[tokio::test]
async fn slack_breaks_on_demand() {
    let stage = Stage::with_slack().await;
    let slack = stage.world.slack.clone();
    let post = |answer: Answer| slack.inject(Fault::on("POST /api/chat.postMessage", Effect::Refuse(answer)));
    let body = json!({ "channel": CHANNEL, "text": "x" });
    post(refusal::unavailable(503));
    assert_eq!(stage.slack_post("chat.postMessage", body.clone()).await.status, 503);
    post(refusal::no("fatal_error"));
    stage.slack_post("chat.postMessage", body.clone()).await.no("fatal_error");
    assert_eq!(slack.journal().count("POST /api/chat.postMessage"), 2);
    assert!(slack.messages(CHANNEL).is_empty());
    slack.heal();
    stage.slack_post("chat.postMessage", body).await.taken();
    assert!(!format!("{:?}", slack.calls()).contains("xoxb-sandbox"));
    stage.world.finish();
}

#[tokio::test]
async fn a_request_the_stand_in_takes_and_slacks_description_does_not_is_seen() {
    let stage = Stage::with_slack().await;
    let number = json!({ "channel": CHANNEL, "text": "x", "unfurl_links": "no" });
    stage.slack_post("chat.postMessage", number).await.taken();
    let found = stage.world.violations();
    match Contract::of_process() {
        Some(_) => assert!(found[0].contains("is not of type \"boolean\" at `/unfurl_links`"), "{found:?}"),
        None => assert_eq!(found, [""; 0]),
    }
    stage.world.finish();
}
