//! The real client at the stand-in.

use escalation::http::{Fault as Ended, Http};
use escalation::jira::{CommentId, Created, Issue, IssueId, Jira, NewIssue, RemoteLink, Transition, Witness};
use escalation::ledger::Setback;
use escalation::procedure::issue::Block;
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::message::{Span, bold, code, plain};
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::jira::field::Field;
use sandbox::world::jira::{Access, Permission, refusal};
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::Stage;

const CREATE: &str = "POST /rest/api/3/issue";
const MARKER: &str = "hsj-abc";
const LABELS: [&str; 2] = ["hs-ticket-12-42", MARKER];
const MORE: (&str, &str) = ("The rest stands in HubSpot", "https://app.hubspot.com/contacts/12/record/0-5/42");

impl Stage {
    fn ours(&self) -> Jira {
        let settings = self.jira().settings();
        Jira::new(Http::new(), &self.jira().base_url(), &settings.email, settings.token)
    }

    async fn new_issue(&self, fields: Value) -> Result<Created, Ended> {
        self.new_issue_of("TECH", "Bug", &description(), fields).await
    }

    async fn new_issue_of(&self, project: &str, kind: &str, text: &[Block], fields: Value) -> Result<Created, Ended> {
        let fields = fields.as_object().cloned().unwrap_or_default();
        self.ours().create(&new(project, kind, text, &witness(), &fields)).await
    }

    /// What a create is refused with for good.
    async fn refusal(&self, project: &str, kind: &str, fields: Value) -> String {
        match self.new_issue_of(project, kind, &description(), fields).await {
            Err(Ended::Refused { reason, .. }) => reason,
            other => panic!("{other:?}"),
        }
    }

    fn break_create(&self, effect: Effect) {
        self.jira().inject(Fault::on(CREATE, effect));
    }
}

fn new<'a>(
    project: &'a str,
    issue_type: &'a str,
    description: &'a [Block],
    witness: &'a Witness,
    fields: &'a Map<String, Value>,
) -> NewIssue<'a> {
    let summary = "Harbour Grill:\ncharged twice";
    NewIssue { project, issue_type, summary, description, more: MORE, labels: &LABELS, witness, fields }
}

fn witness() -> Witness {
    Witness { marker: MARKER.to_owned(), portal: 12, ticket: 42, cycle: 2 }
}

fn description() -> [Block; 2] {
    let ticket = Span::Link { text: "Ticket 42".to_owned(), url: MORE.1.to_owned() };
    let text = Block::Paragraph(vec![bold("Refund"), plain(": R&D \"<b>\"\n[~x] @all"), code(" a\\b "), ticket]);
    [Block::Heading("Issue".to_owned()), text]
}

fn key(text: &str) -> IssueKey {
    IssueKey::parse(text).unwrap()
}

fn remote_link(title: &str) -> RemoteLink<'_> {
    let (global_id, url, summary) = ("hubspot:12:42", MORE.1, "escalation 2");
    RemoteLink { global_id, url, title, summary, relationship: "escalated from", resolved: false }
}

#[tokio::test]
async fn an_issue_is_created_read_found_linked_commented_and_moved() {
    for access in [Access::Site, Access::Gateway] {
        let stage = Stage::set().await;
        stage.jira().configure(|it| it.access = access);
        let (jira, site) = (stage.ours(), stage.jira());
        let created = stage.new_issue(json!({ "priority": { "name": "High" } })).await.unwrap();
        let seen = site.issue(&created.key.to_string()).unwrap();
        assert_eq!(seen.summary, "Harbour Grill: charged twice");
        assert_eq!(seen.text, "Issue\nRefund: R&D \"<b>\"\n[~x] @all a\\b Ticket 42");
        assert_eq!(seen.labels, ["hs-ticket-12-42", "hsj-abc"]);
        assert_eq!(seen.fields["priority"]["name"], "High");
        let value = json!({ "marker": MARKER, "portal": 12, "ticket": 42, "cycle": 2 });
        assert_eq!(seen.properties["hs-escalation"], value);

        let expected = Issue {
            id: IssueId::parse(&seen.id).unwrap(),
            key: created.key.clone(),
            summary: seen.summary,
            status: "To Do".to_owned(),
            is_done: false,
            labels: seen.labels,
            witness: Some(witness()),
            created_at: Some(seen.created_at),
        };
        assert_eq!(created.id, expected.id);
        assert_eq!(jira.issue(&created.key).await.unwrap(), Some(expected.clone()));
        assert_eq!(jira.find(MARKER).await.unwrap(), [expected]);

        jira.link(&created.key, &remote_link("Ticket 42")).await.unwrap();
        jira.link(&created.key, &remote_link("Ticket 42 again")).await.unwrap();
        let links = site.issue(&created.key.to_string()).unwrap().remote_links;
        assert_eq!((links.len(), links[0].title.as_str(), links[0].url.as_str()), (1, "Ticket 42 again", MORE.1));
        assert_eq!(jira.links(&created.key).await.unwrap(), ["hubspot:12:42"]);

        let comment = jira.comment(&created.key, &description(), "hsj-c").await.unwrap();
        assert_eq!(jira.find_comment(&created.key, "hsj-c").await.unwrap(), Some(comment));
        let said = &site.issue(&created.key.to_string()).unwrap().comments[0];
        assert_eq!(said.properties["sd.public.comment"], json!({ "internal": true }));

        let done = jira.transitions(&created.key).await.unwrap().into_iter().find(|it| it.is_done).unwrap();
        jira.transition(&created.key, &done.id).await.unwrap();
        let moved = jira.issue(&created.key).await.unwrap().unwrap();
        assert_eq!((moved.status.as_str(), moved.is_done), (done.to.as_str(), true));
        assert!(jira.myself().await.unwrap().active);
        stage.world.finish();
    }
}

#[tokio::test]
async fn a_text_of_any_kind_and_length_is_taken() {
    let stage = Stage::set().await;
    let mean = ["\"", "\\", "\n", "\r\n", "\t", "\u{0}", "\u{2028}", "\u{202e}", "🚨", "漢", "<b>", "@all", "", " "];
    let piece = prop_oneof![prop::sample::select(mean.to_vec()).prop_map(str::to_owned), "\\PC{0,20}"];
    let text = (prop::collection::vec(piece, 0..8), 1_usize..4_000).prop_map(|(it, times)| it.concat().repeat(times));
    let span = (text, 0..5).prop_map(|(text, kind)| match kind {
        0 => plain(text),
        1 => bold(text),
        2 => code(text),
        3 => Span::Link { url: format!("https://example.com/{}", text.len()), text },
        _ => Span::Mention { user_id: 7, name: text, email: String::new(), slack: None },
    });
    let paragraph = prop::collection::vec(span, 0..5).prop_map(Block::Paragraph);
    let block = prop_oneof![4 => paragraph, 1 => "\\PC{0,40}".prop_map(Block::Heading)];
    let (blocks, mut runner) = (prop::collection::vec(block, 0..12), TestRunner::deterministic());
    let commented = stage.new_issue(json!({})).await.unwrap().key;
    for _ in 0..30 {
        let text = blocks.new_tree(&mut runner).unwrap().current();
        stage.wait(30);
        stage.new_issue_of("TECH", "Bug", &text, json!({})).await.unwrap();
        stage.ours().comment(&commented, &text, MARKER).await.unwrap();
    }
    let long = stage.jira().issues().into_iter().filter(|it| it.text.ends_with(MORE.0)).count();
    assert!(long > 5, "only {long} were long enough to be cut");
    // Each text was held against the stand-in's rules, and against Atlassian's schema where it is named.
    stage.world.finish();
}

#[tokio::test]
async fn what_jira_wants_is_said_in_its_own_names() {
    let stage = Stage::set().await;
    let site = stage.jira();
    site.require("TECH", "Bug", "components");
    site.require("TECH", "Bug", "customfield_10061");
    assert_eq!(stage.refusal("TECH", "Bug", json!({})).await, "Jira wants *Component* and *Assigned Team*");
    site.off_screen("TECH", "Task", "priority");
    let priority = json!({ "priority": { "name": "High" } });
    assert_eq!(
        stage.refusal("TECH", "Task", priority).await,
        "*Priority* is not on the create screen of *Task* in TECH"
    );
    let unknown = stage.refusal("TECH", "Story", json!({ "priority": { "name": "Apocalyptic" } })).await;
    assert!(unknown.starts_with("*Priority*: "), "{unknown}");
    assert_eq!(stage.refusal("TECH", "Incident", json!({})).await, "TECH has no issue type *Incident*");
    let nowhere = "there is no project NOPE, or we may not see it";
    assert_eq!(stage.refusal("NOPE", "Bug", json!({})).await, nowhere);
    site.archive("PLAT");
    let archived = "there is no project PLAT, or we may not see it";
    assert_eq!(stage.refusal("PLAT", "Bug", json!({})).await, archived);
    site.configure(|it| it.denied.extend([Permission::Create]));
    assert_eq!(stage.refusal("TECH", "Task", json!({})).await, "we may not create issues in TECH");
    assert_eq!(site.issues(), []);
    stage.world.finish();
}

#[tokio::test]
async fn a_create_screen_says_what_it_wants_before_anything_fails() {
    let stage = Stage::set().await;
    let site = stage.jira();
    site.require("TECH", "Bug", "components");
    (0..450).for_each(|it| site.on_screen("TECH", "Bug", Field::text(&format!("customfield_2{it:04}"), "More")));
    let screen = stage.ours().fields("TECH", "bug", stage.watch.now()).await.unwrap();
    assert_eq!(screen.id, "10004");
    assert!(screen.fields.len() > 450, "{}", screen.fields.len());
    let wanted = screen.fields.iter().filter(|it| it.is_required && !it.has_default).map(|it| it.name.as_str());
    let wanted: Vec<&str> = wanted.collect();
    assert_eq!(wanted, ["Project", "Issue Type", "Summary", "Component/s"]);
    let by_id = stage.ours().fields("TECH", "10004", stage.watch.now()).await.unwrap();
    assert_eq!(by_id, screen);
    let refused = stage.ours().fields("TECH", "Incident", stage.watch.now()).await.unwrap_err().to_string();
    assert_eq!(refused, "TECH has no issue type *Incident*; it has *Bug*, *Task*, *Story*");
    for nowhere in ["NOPE", "../TECH", ".."] {
        let refused = stage.ours().fields(nowhere, "Bug", stage.watch.now()).await.unwrap_err().to_string();
        assert_eq!(refused, format!("there is no project {nowhere}, or we may not see it"));
    }
    stage.world.finish();
}

#[tokio::test]
async fn an_issue_that_moved_answers_to_its_old_key_and_a_deleted_one_to_none() {
    let stage = Stage::set().await;
    let created = stage.new_issue(json!({})).await.unwrap();
    let moved = stage.jira().move_to_project(&created.key.to_string(), "PLAT");
    let read = stage.ours().issue(&created.key).await.unwrap().unwrap();
    assert_eq!((read.key.to_string(), read.id), (moved.clone(), created.id));
    stage.jira().delete(&moved);
    assert_eq!(stage.ours().issue(&created.key).await, Ok(None));
    assert_eq!(stage.ours().issue(&key("TECH-999")).await, Ok(None));
    let gone = stage.ours().link(&created.key, &remote_link("x")).await;
    let reason = format!("there is no issue {}, or we may not see it", created.key);
    assert_eq!(gone, Err(Ended::Refused { status: 404, reason }));
    stage.world.finish();
}

#[tokio::test]
async fn issues_with_one_label_are_all_found_page_by_page_once_the_index_knows_them() {
    let stage = Stage::set().await;
    stage.jira().configure(|it| (it.search_lag, it.search_page) = (SignedDuration::from_secs(20), 2));
    let mut keys = Vec::new();
    for _ in 0..5 {
        keys.push(stage.new_issue(json!({})).await.unwrap().key);
        stage.wait(1);
    }
    keys.push(stage.new_issue_of("PLAT", "Bug", &description(), json!({})).await.unwrap().key);
    assert_eq!(stage.ours().find(MARKER).await.unwrap(), []);
    stage.wait(20);
    let found: Vec<IssueKey> = stage.ours().find(MARKER).await.unwrap().into_iter().map(|it| it.key).collect();
    assert_eq!(found, keys);
    stage.world.finish();
}

#[tokio::test]
async fn no_label_is_a_query_of_its_own() {
    let stage = Stage::set().await;
    let created = stage.new_issue(json!({})).await.unwrap();
    for label in ["x\" OR project = \"TECH", "x\\", "\\\" OR labels = \"hsj-abc", "x' OR 'a' = 'a", "x\u{0}\n", "x) ("]
    {
        assert_eq!(stage.ours().find(label).await.unwrap(), [], "{label}");
        let fields = json!({ "labels": [label] });
        stage.new_issue(fields).await.unwrap();
        let found = stage.ours().find(label).await.unwrap();
        assert!(found.len() == 1 && found[0].id != created.id, "{label}: {found:?}");
    }
    stage.world.finish();
}

#[tokio::test]
async fn a_comment_is_found_among_hundreds_of_others() {
    let stage = Stage::set().await;
    let created = stage.new_issue(json!({})).await.unwrap().key;
    let comment = stage.ours().comment(&created, &description(), "hsj-c").await.unwrap();
    (0..250).for_each(|it| drop(stage.jira().comment_by(&created.to_string(), "Priya Nair", &format!("chat {it}"))));
    let find = async |marker: &str| stage.ours().find_comment(&created, marker).await.unwrap();
    assert_eq!(find("hsj-c").await, Some(comment));
    assert_eq!(find("hsj-other").await, None::<CommentId>);
    stage.world.finish();
}

#[tokio::test]
async fn transitions_are_those_of_the_status_and_a_conflict_passes() {
    let stage = Stage::set().await;
    let created = stage.new_issue(json!({})).await.unwrap().key;
    let start = Transition { id: "11".into(), name: "Start work".into(), to: "In Progress".into(), is_done: false };
    assert!(stage.ours().transitions(&created).await.unwrap().contains(&start));
    let path = format!("POST /rest/api/3/issue/{created}/transitions");
    stage.jira().inject(Fault::on(&path, Effect::Refuse(refusal::conflict())));
    let conflict = stage.ours().transition(&created, "11").await;
    assert!(matches!(conflict, Err(Ended::NotNow { .. })), "{conflict:?}");
    stage.ours().transition(&created, "11").await.unwrap();
    let twice = stage.ours().transition(&created, "11").await;
    assert!(matches!(twice, Err(Ended::Refused { status: 400, .. })), "{twice:?}");
    stage.world.finish();
}

/// What the ledger makes of it: `later`, `look first` or `never`.
fn setback<T>(ended: Result<T, Ended>) -> &'static str {
    match ended.err().map(Setback::from) {
        None => "done",
        Some(Setback::NotApplied { .. }) => "later",
        Some(Setback::Unknown { .. }) => "look first",
        Some(Setback::Refused { .. }) => "never",
    }
}

#[tokio::test]
async fn a_create_that_may_have_happened_is_never_sent_again() {
    let unavailable = || refusal::unavailable(503);
    let cases = [
        (Effect::CutBefore, 0),
        (Effect::CutAfter, 1),
        (Effect::Truncate, 1),
        (Effect::Refuse(unavailable()), 0),
        (Effect::ApplyThenRefuse(unavailable()), 1),
        (Effect::ApplyThenRefuse(refusal::unavailable(500)), 1),
    ];
    for (effect, issues) in cases {
        let (stage, name) = (Stage::set().await, effect.name());
        stage.break_create(effect);
        assert_eq!(setback(stage.new_issue(json!({})).await), "look first", "{name}");
        assert_eq!((stage.jira().calls().len(), stage.jira().issues().len()), (1, issues), "{name}");
        stage.world.finish();
    }
}

#[tokio::test]
async fn a_comment_that_may_have_been_written_is_never_sent_again() {
    for effect in [Effect::CutAfter, Effect::Truncate, Effect::ApplyThenRefuse(refusal::unavailable(502))] {
        let stage = Stage::set().await;
        let created = stage.new_issue(json!({})).await.unwrap().key;
        stage.jira().inject(Fault::on(&format!("POST /rest/api/3/issue/{created}/comment"), effect));
        assert_eq!(setback(stage.ours().comment(&created, &description(), "hsj-c").await), "look first");
        assert_eq!(stage.jira().issue(&created.to_string()).unwrap().comments.len(), 1);
        assert!(stage.ours().find_comment(&created, "hsj-c").await.unwrap().is_some());
        stage.world.finish();
    }
}

#[tokio::test]
async fn a_create_that_never_left_or_was_turned_away_may_be_sent_again() {
    let stage = Stage::set().await;
    stage.jira().configure(|it| it.limits.post = 1);
    stage.new_issue(json!({})).await.unwrap();
    let limited = stage.new_issue(json!({})).await;
    let Err(Ended::NotNow { retry_after, reason }) = limited else {
        panic!("{limited:?}");
    };
    assert!((1.0..1.5).contains(&retry_after.as_secs_f64()), "{retry_after:?}");
    assert_eq!(reason, "Jira answered 429 Too Many Requests (jira-burst-based)");
    stage.break_create(Effect::Refuse(refusal::rate_limited("jira-quota-tenant-based", 1_800)));
    stage.wait(2);
    let quota = stage.new_issue(json!({})).await;
    assert!(matches!(quota, Err(Ended::NotNow { retry_after, .. }) if retry_after.as_secs() >= 1_800), "{quota:?}");
    assert_eq!(stage.jira().issues().len(), 1);
    let nobody = Jira::new(Http::new(), "http://127.0.0.1:1", "a@example.com", SecretString::from("jira-sandbox-1"));
    let unsent = nobody.create(&new("TECH", "Bug", &[], &witness(), &Map::new())).await;
    assert!(matches!(unsent, Err(Ended::NotSent { .. })), "{unsent:?}");
    stage.world.finish();
}

#[tokio::test]
async fn writes_that_crowd_one_issue_wait() {
    let stage = Stage::set().await;
    let created = stage.new_issue(json!({})).await.unwrap().key;
    stage.jira().configure(|it| it.limits.writes_in_2_seconds = 1);
    stage.ours().link(&created, &remote_link("x")).await.unwrap();
    let crowded = stage.ours().link(&created, &remote_link("x")).await;
    let Err(Ended::NotNow { retry_after, reason }) = crowded else {
        panic!("{crowded:?}");
    };
    assert!((2.0..3.0).contains(&retry_after.as_secs_f64()), "{retry_after:?}");
    assert!(reason.contains("jira-per-issue-on-write"), "{reason}");
    stage.world.finish();
}

#[tokio::test]
async fn a_document_that_jira_does_not_take_is_sent_as_plain_paragraphs() {
    let stage = Stage::set().await;
    stage.break_create(Effect::Refuse(refusal::invalid_input()));
    let created = stage.new_issue(json!({})).await.unwrap();
    let seen = stage.jira().issue(&created.key.to_string()).unwrap();
    let text = format!("Issue\nRefund: R&D \"<b>\"\n[~x] @all a\\b Ticket 42 ({})", MORE.1);
    assert_eq!((seen.text, stage.jira().calls().len()), (text, 2));
    assert!(!seen.description.to_string().contains("marks"));
    stage.jira().inject(Fault::on(CREATE, Effect::Refuse(refusal::invalid_input())).times(2));
    assert_eq!(setback(stage.new_issue(json!({})).await), "never");
    assert_eq!((stage.jira().calls().len(), stage.jira().issues().len()), (4, 1));
    stage.world.finish();
}

#[tokio::test]
async fn a_token_that_is_not_taken_is_a_persons_to_put_right() {
    let denied = |ended: Result<Created, Ended>| match ended {
        Err(Ended::Denied { reason }) => reason,
        other => panic!("{other:?}"),
    };
    let stage = Stage::set().await;
    let settings = stage.jira().settings();
    let create = async |jira: &Jira| jira.create(&new("TECH", "Bug", &[], &witness(), &Map::new())).await;
    stage.jira().configure(|it| it.revoked = vec![settings.token.clone()]);
    let reason = denied(create(&stage.ours()).await);
    assert!(reason.contains("JIRA_API_TOKEN") && !reason.contains("jira-sandbox"), "{reason}");
    // A scoped token at the site's own address.
    stage.jira().configure(|it| (it.revoked, it.access) = (Vec::new(), Access::Gateway));
    let site = Jira::new(Http::new(), stage.jira().site_url(), &settings.email, settings.token.clone());
    assert!(denied(create(&site).await).contains("https://api.atlassian.com/ex/jira/{cloudId}"));
    assert!(create(&stage.ours()).await.is_ok());
    // Another site's id at the gateway, and no Jira at all.
    for base in [format!("{}/ex/jira/x", stage.jira().site_url()), format!("{}/confluence", stage.jira().site_url())] {
        let jira = Jira::new(Http::new(), &base, &settings.email, settings.token.clone());
        denied(create(&jira).await);
        let read = jira.issue(&key("TECH-1")).await;
        assert!(matches!(read, Err(Ended::Denied { .. })), "nothing is said to be gone: {read:?}");
    }
    // Those addresses are nobody's contract.
    stage.world.violations();
    stage.world.finish();
}

#[tokio::test]
async fn a_search_of_nobodys_finds_nothing_out() {
    let stage = Stage::set().await;
    stage.new_issue(json!({})).await.unwrap();
    let token = stage.jira().settings().token;
    stage.jira().configure(|it| (it.public_search, it.revoked) = (true, vec![token]));
    let found = stage.ours().find(MARKER).await;
    assert!(matches!(found, Err(Ended::Denied { .. })), "{found:?}");
    stage.world.finish();
}

#[tokio::test]
async fn a_permission_that_is_missing_is_named() {
    let stage = Stage::set().await;
    let created = stage.new_issue(json!({})).await.unwrap().key;
    stage.jira().configure(|it| it.denied.extend([Permission::Link, Permission::Comment]));
    let link = stage.ours().link(&created, &remote_link("x")).await.unwrap_err();
    assert!(matches!(&link, Ended::Denied { reason } if reason.contains("give it Link Issues in TECH")), "{link:?}");
    let comment = stage.ours().comment(&created, &description(), "hsj-c").await.unwrap_err();
    let asks = matches!(&comment, Ended::Refused { reason, .. } if reason.contains("give it Add Comments in TECH"));
    assert!(asks, "{comment:?}");
    stage.jira().configure(|it| it.denied.extend([Permission::Browse]));
    assert_eq!(stage.ours().issue(&created).await, Ok(None));
    stage.world.finish();
}

#[tokio::test]
async fn a_read_that_stumbles_is_tried_once_more() {
    let stage = Stage::set().await;
    let created = stage.new_issue(json!({})).await.unwrap().key;
    for effect in [Effect::CutBefore, Effect::Truncate, Effect::Refuse(refusal::unavailable(503))] {
        let path = format!("GET /rest/api/3/issue/{created}");
        stage.jira().inject(Fault::on(&path, effect.clone()));
        let once = stage.ours().issue(&created).await;
        let name = effect.name();
        assert_eq!(once.is_ok(), name != "truncate", "{name}: {once:?}");
        stage.jira().inject(Fault::on(&path, effect).times(2));
        let twice = stage.ours().issue(&created).await;
        assert!(matches!(twice, Err(Ended::Unknown { .. })), "{twice:?}");
        stage.jira().heal();
    }
    stage.world.finish();
}
