//! What people write in Jira Reference: every kind of it, through the whole function.

use std::collections::BTreeMap;

use escalation::id::TicketId;
use sandbox::world::jira::{Permission, ToStrangers};
use serde_json::Value;

use crate::bench::Bench;
use crate::jira_callback::expired::expire;

const CORPUS: [&str; 2] =
    [include_str!("../../corpus/jira_refs_dev.jsonl"), include_str!("../../corpus/jira_refs_more.jsonl")];

/// Where the corpus has its Jira.
const SITE: &str = "acme.atlassian.net";

/// The issues of these projects have every number up to this one.
const NUMBERS: u64 = 124;

/// A row of the corpus.
struct Row {
    id: String,
    text: String,
    status: String,
    reason: String,
    keys: Vec<String>,
}

/// The rows by the projects whose issues may be named.
fn rows() -> BTreeMap<Vec<String>, Vec<Row>> {
    let mut rows: BTreeMap<_, Vec<Row>> = BTreeMap::new();
    for line in CORPUS.iter().flat_map(|it| it.lines()) {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        let list = |it: &Value| it.as_array().unwrap().iter().map(text).collect::<Vec<_>>();
        assert_eq!(row["config"]["site"], SITE);
        let expected = &row["expect"];
        rows.entry(list(&row["config"]["allowed_projects"])).or_default().push(Row {
            id: text(&row["id"]),
            text: text(&row["input"]),
            status: text(&expected["status"]),
            reason: text(&expected["reason"]),
            keys: list(&expected["keys"]),
        });
    }
    rows
}

impl Bench {
    /// An escalation in Tech for which Dana names an issue.
    pub fn naming(&self, text: &str) -> TicketId {
        let ticket = self.sent_to_tech();
        self.names(ticket, text);
        ticket
    }

    /// Dana writes this in Jira Reference, a second later.
    pub fn names(&self, ticket: TicketId, text: &str) {
        self.wait(1);
        self.dana().set(ticket, "jira_reference", text).unwrap();
    }

    /// Issues made by hand: `TECH-1` up to this number.
    pub fn by_hand(&self, project: &str, count: u64) {
        for number in 1..=count {
            let key = self.world.jira.created_by_hand(project, "Bug", &format!("Captures twice, {number}"));
            assert_eq!(key, format!("{project}-{number}"));
        }
    }
}

/// A Jira with the projects of the corpus.
async fn open(projects: &[String]) -> Bench {
    let others = projects.iter().filter(|it| *it != "TECH").map(|it| format!("\"{it}\"")).collect::<Vec<_>>();
    let others = format!("other_projects = [{}]", others.join(", "));
    let mut changes = vec![("other_projects = []", &*others)];
    let own = format!("project = \"{}\"", projects[0]);
    if !projects.iter().any(|it| it == "TECH") {
        changes.push(("project = \"TECH\"", &own));
    }
    let bench = Bench::with_tech_alone(&changes).await.unhurried();
    bench.by_hand("TECH", NUMBERS);
    for project in projects.iter().filter(|it| *it != "TECH") {
        if project != "PLAT" {
            bench.world.jira.open_project(project, project);
        }
        bench.by_hand(project, NUMBERS);
    }
    bench
}

/// What the issue is named by where people paste a link: this machine's Jira.
fn here(bench: &Bench, text: &str) -> String {
    let address = bench.world.jira.site_url().trim_start_matches("http://");
    text.replace(SITE, address).replace(&SITE.to_uppercase(), &address.to_uppercase())
}

async fn is_read(bench: &Bench, row: &Row) {
    let (id, text) = (&row.id, here(bench, &row.text));
    let before = bench.world.jira.issues().len();
    let ticket = bench.naming(&text);
    // HubSpot keeps no value of blanks alone, and an empty one is no change.
    let stored = bench.value(ticket, "jira_reference");
    let answer = bench.create(ticket, &[]).await;
    let issues = bench.world.jira.issues().len();
    let number = |key: &str| key.rsplit_once('-').unwrap().1.parse::<u64>().unwrap();
    match &*row.status {
        "empty" => {
            assert_eq!((answer.outcome(), issues), ("created", before + 1), "{id}");
            return;
        }
        "reject" => {
            assert_eq!((answer.outcome(), answer.get("reason")), ("blocked", &*row.reason), "{id}");
        }
        _ if number(&row.keys[0]) > NUMBERS => {
            assert_eq!((answer.outcome(), answer.get("reason")), ("blocked", "not_found"), "{id}");
        }
        _ => {
            assert_eq!((answer.outcome(), answer.get("jira_key")), ("linked_existing", &*row.keys[0]), "{id}");
            assert_eq!(bench.logged(ticket)[..2], [row.keys[0].clone(), answer.get("jira_url").to_owned()], "{id}");
            let page = format!("/record/0-5/{ticket}");
            let linked = |key: &String| {
                let issue = bench.world.jira.issue(key).unwrap();
                issue.remote_links.iter().filter(|it| it.url.ends_with(&page)).count()
            };
            assert_eq!(linked(&row.keys[0]), 1, "{id}");
            assert!(row.keys[1..].iter().all(|it| linked(it) == 0), "{id}: we follow the first");
            let said = bench.said(ticket);
            assert!(row.keys.iter().all(|it| said.contains(it.as_str())), "{id}: {said}");
            assert_eq!(issues, before, "{id}");
            return;
        }
    }
    assert_eq!((bench.value(ticket, "jira_reference"), issues), (stored, before), "{id}: the text is left alone");
    assert_eq!((bench.notes_of_ours(ticket), bench.asks_anew(ticket).await.outcome()), (1, "blocked"), "{id}");
    assert_eq!(bench.notes_of_ours(ticket), 1, "{id}: it is said once");
}

#[tokio::test]
async fn every_text_is_read_as_the_corpus_says() {
    let mut count = 0;
    for (projects, rows) in rows() {
        let bench = open(&projects).await;
        for row in &rows {
            is_read(&bench, row).await;
        }
        count += rows.len();
        bench.finish();
    }
    assert_eq!(count, 100);
}

/// What people read where a text names no issue that may be used.
async fn told(text: &str) -> String {
    let bench = Bench::with_tech_alone(&[("other_projects = []", "other_projects = [\"PLAT\"]")]).await;
    let ticket = bench.naming(text);
    let answer = bench.create(ticket, &[]).await;
    assert_eq!((answer.outcome(), bench.value(ticket, "jira_reference").as_str()), ("blocked", text));
    assert_eq!(bench.value(ticket, "hs_pipeline_stage"), "1");
    let said = format!("{}: {}\n{}", answer.get("reason"), answer.get("message"), bench.said(ticket));
    bench.finish();
    said
}

#[tokio::test]
async fn people_hear_what_is_wrong_and_what_to_write() {
    insta::assert_snapshot!(told("pending").await, @r#"
    not_a_key: Not in Tech yet: Jira Reference says "pending": there is no key in it.
    *Not in Tech yet: Jira Reference names no issue that I can use.*
    It says "pending": there is no key in it.
    Please write the issue's key, such as TECH-123, or the link to its page.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(told("10472").await, @r#"
    id_not_key: Not in Tech yet: Jira Reference says "10472": that is the number by which Jira itself knows an issue, and not its key.
    *Not in Tech yet: Jira Reference names no issue that I can use.*
    It says "10472": that is the number by which Jira itself knows an issue, and not its key.
    Please copy the key from the top of the issue's page; it looks like TECH-123.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(told("ABC-123").await, @r#"
    project_not_allowed: Not in Tech yet: Jira Reference says "ABC-123": escalations do not go to that project.
    *Not in Tech yet: Jira Reference names no issue that I can use.*
    It says "ABC-123": escalations do not go to that project.
    Please write the key of an issue in TECH or PLAT, or ask your administrator to add the project to the policy.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(told("tech-12 <b>").await, @r"
    not_found: Not in Tech yet: TECH-12 cannot be found.
    *Not in Tech yet: TECH-12 cannot be found.*
    Jira has no such issue, or does not show it to me. Please check the key in Jira Reference, or ask your Jira administrator to let me see the project TECH.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
}

#[tokio::test]
async fn each_distinct_text_is_answered_once() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.naming("pending");
    for (text, notes) in [("pending", 1), ("pending", 1), ("TECH-9", 2), ("later", 3), ("pending", 3), ("TECH-9", 3)] {
        // Six within ten minutes would be a loop.
        bench.wait(120);
        if bench.value(ticket, "jira_reference") != text {
            bench.names(ticket, text);
        }
        assert_eq!(bench.asks_anew(ticket).await.outcome(), "blocked");
        assert_eq!(bench.notes_of_ours(ticket), notes, "{text}");
    }
    assert_eq!(bench.world.jira.issues().len(), 0);
    bench.finish();
}

#[tokio::test]
async fn a_text_that_was_refused_is_healed_by_a_key_or_by_clearing_it() {
    for key in ["TECH-1", ""] {
        let mut bench = Bench::with_tech(&[]).await;
        bench.by_hand("TECH", 1);
        let ticket = bench.escalated(&crate::bench::texts::whole());
        bench.pass(5).await;
        bench.names(ticket, "the one from Monday");
        bench.dana().set(ticket, "escalation_type", "tech").unwrap();
        bench.pass(5).await;
        assert_eq!((bench.notes_of_ours(ticket), bench.issues(ticket).len()), (1, 0));
        bench.names(ticket, key);
        bench.pass(5).await;
        if key.is_empty() {
            assert_eq!(bench.logged(ticket)[0], "", "clearing alone asks for nothing");
            bench.sent_to_tech_anew(ticket);
            bench.pass(5).await;
        }
        let expected = if key.is_empty() { "TECH-2" } else { "TECH-1" };
        assert_eq!((bench.logged(ticket)[0].as_str(), bench.notes_of_ours(ticket)), (expected, 2));
        assert_eq!(bench.issues(ticket).len(), usize::from(key.is_empty()));
        bench.finish();
    }
}

#[tokio::test]
async fn an_issue_that_is_not_ours_to_see_is_as_good_as_none() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("TECH", 1);
    bench.world.jira.configure(|it| {
        it.denied.insert(Permission::Browse);
    });
    let ticket = bench.naming("TECH-1");
    let answer = bench.create(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("reason")), ("blocked", "not_found"));
    insta::assert_snapshot!(bench.said(ticket), @r"
    *Not in Tech yet: TECH-1 cannot be found.*
    Jira has no such issue, or does not show it to me. Please check the key in Jira Reference, or ask your Jira administrator to let me see the project TECH.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    bench.world.jira.configure(|it| it.denied.clear());
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "linked_existing");
    bench.finish();
}

#[tokio::test]
async fn to_an_expired_token_no_issue_counts_as_none() {
    for to_strangers in [ToStrangers::Absent, ToStrangers::JustAbsent] {
        let bench = Bench::with_tech_alone(&[]).await;
        bench.by_hand("TECH", 1);
        let (ours, theirs) = (bench.in_tech().await, bench.naming("TECH-1"));
        let said = bench.said(ours);
        expire(&bench.world.jira, to_strangers);
        assert_eq!(bench.create(theirs, &[]).await.status, 503, "{to_strangers:?}");
        assert_eq!(bench.notes_of_ours(theirs), 0, "{}", bench.said(theirs));
        assert_eq!(bench.asks_anew(ours).await.outcome(), "already");
        assert_eq!((bench.value(ours, "jira_status"), bench.said(ours)), ("To Do".to_owned(), said));
        bench.world.jira.configure(|it| it.revoked.clear());
        assert_eq!(bench.asks_anew(theirs).await.outcome(), "linked_existing", "{to_strangers:?}");
        bench.finish();
    }
}

#[tokio::test]
async fn an_issue_that_was_moved_where_escalations_do_not_go_is_not_taken() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("TECH", 1);
    assert_eq!(bench.world.jira.move_to_project("TECH-1", "PLAT"), "PLAT-1");
    let ticket = bench.naming("TECH-1");
    let answer = bench.create(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("reason")), ("blocked", "project_not_allowed"));
    insta::assert_snapshot!(bench.said(ticket), @r"
    *Not in Tech yet: escalations do not go to the project PLAT.*
    Please write the key of an issue in TECH, or ask your administrator to add PLAT to the policy.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    assert_eq!(bench.logged(ticket)[0], "TECH-1");
    bench.finish();
}

#[tokio::test]
async fn what_we_write_over_a_text_asks_for_nothing_more() {
    let mut bench = Bench::with_tech(&[]).await;
    bench.by_hand("TECH", 7);
    let ticket = bench.escalated(&crate::bench::texts::whole());
    bench.pass(5).await;
    bench.dana().set(ticket, "jira_reference", " tech 7").unwrap();
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(5).await;
    let history: Vec<_> = bench.hubspot.history(ticket, "jira_reference").into_iter().map(|it| it.value).collect();
    assert_eq!(history, [" tech 7", "TECH-7"]);
    bench.changes();
    bench.asks_anew(ticket).await;
    bench.pass(60).await;
    assert_eq!((bench.changes(), bench.notes_of_ours(ticket)), ([0, 0, 0], 1));
    bench.finish();
}
