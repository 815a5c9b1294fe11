//! What becomes of an escalation that a Shift Lead sends to Tech: its issue, word for word, and what both
//! sides know of each other.

use escalation::id::TicketId;
use jiff::SignedDuration;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::jira::{Access, Issue, refusal};
use serde_json::{Value, json};

use crate::bench::texts::{first_three, whole};
use crate::bench::{Answer, Bench, ESCALATIONS};

const CREATE: &str = "POST /rest/api/3/issue";

impl Bench {
    /// A HubSpot that takes as many calls as come.
    pub fn unhurried(self) -> Self {
        self.hubspot.configure(|it| it.limits = Limits { ten_secondly: 100_000, ..Limits::default() });
        self
    }

    /// The only issue that Jira has for a ticket.
    #[track_caller]
    pub fn issue(&self, ticket: TicketId) -> Issue {
        let mut issues = self.issues(ticket);
        assert_eq!(issues.len(), 1, "{issues:?}");
        issues.remove(0)
    }

    /// A request for a ticket's issue by an execution of its own, a second later.
    pub async fn asks_anew(&self, ticket: TicketId) -> Answer {
        self.wait(1);
        let callback = format!("ap-24680135-9-{}-0", self.watch.now().as_millisecond());
        Box::pin(self.create_again(ticket, &callback, &[])).await
    }

    /// How often each vendor was asked to change something since the last look: HubSpot, Jira, Slack.
    pub fn changes(&self) -> [usize; 3] {
        let (jira, slack) = (self.world.jira.journal(), self.world.slack.journal());
        let said = slack.all().iter().filter(|it| it.path.starts_with("/api/chat.")).count();
        let changes = [self.hubspot.journal().writes(), jira.writes(), said];
        self.hubspot.journal().clear();
        jira.clear();
        slack.clear();
        changes
    }

    /// A text with the site's address as everybody has it.
    pub fn plain(&self, text: &str) -> String {
        text.replace(self.world.jira.site_url(), "https://acme.atlassian.net")
    }

    /// The same escalation goes back to the Shift Lead, and to Tech again.
    pub fn sent_to_tech_anew(&self, ticket: TicketId) {
        for value in ["shift_lead", "tech"] {
            self.wait(60);
            self.dana().set(ticket, "escalation_type", value).unwrap();
        }
    }

    /// What was sent to Jira in these calls.
    pub fn sent_to_jira(&self, calls: &str) -> Vec<Value> {
        self.world.jira.journal().of(calls).into_iter().map(|it| it.request).collect()
    }
}

#[tokio::test]
async fn an_escalation_that_is_sent_to_tech_gets_one_issue_known_on_both_sides() {
    let mut bench = Bench::with_tech(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(10).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(60).await;
    let issue = bench.issue(ticket);
    assert_eq!((&*issue.key, &*issue.project, &*issue.issue_type, &*issue.status), ("TECH-1", "TECH", "Bug", "To Do"));
    insta::assert_snapshot!(issue.summary, @"Double charge");
    insta::assert_snapshot!(issue.text, @r"
    HubSpot ticket 5100000002 · escalation #1 · level 3
    Agent: Sam Okafor · Shift Lead: Dana Whitfield
    Issue
    Order 4711 was charged twice; [customer] expects the money back by Friday.
    Investigated
    The billing log shows two captures a second apart.
    Action Taken
    Asked the bank to hold the second capture.
    Blocker
    Refunds over 100 need an approval.
    Required to Resolve
    Please approve the refund,
    What happens next: please work on this issue as on any other. Its status goes back to the HubSpot ticket by itself. Write [CS] in a comment that support has to read. · automatic message
    ");
    insta::assert_snapshot!(issue.labels.join(" "), @"hs-ticket-24680135-5100000002 hsj-so2ljyyqmglck6qlylnzru6vy5");
    insta::assert_snapshot!(json!(issue.properties).to_string(), @r#"{"hs-escalation":{"cycle":1,"marker":"hsj-so2ljyyqmglck6qlylnzru6vy5","portal":24680135,"ticket":5100000002}}"#);
    assert!(issue.comments.is_empty());
    let [link] = &issue.remote_links[..] else { panic!("{issue:?}") };
    insta::assert_snapshot!(format!("{link:#?}"), @r#"
    RemoteLink {
        global_id: Some(
            "hubspot:24680135:5100000002",
        ),
        url: "https://app.hubspot.com/contacts/24680135/record/0-5/5100000002",
        title: "HubSpot ticket 5100000002 · escalation #1",
        summary: "Shift Lead: Dana Whitfield",
        relationship: "reported by",
        application: "HubSpot",
        resolved: false,
    }
    "#);
    insta::assert_snapshot!(bench.plain(&bench.logged(ticket).join("\n")), @r"
    TECH-1
    https://acme.atlassian.net/browse/TECH-1
    To Do
    3
    ");
    insta::assert_snapshot!(bench.said(ticket), @r"
    *In Tech: *[TECH-1] (To Do). I will write here when Jira moves. Nobody needs to copy anything.
    The ticket is waiting on us now: its pipeline has no stage for In Progress.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    insta::assert_snapshot!(bench.value(ticket, "escalation_last_message"), @r"
    In Tech: TECH-1 (To Do). I will write here when Jira moves. Nobody needs to copy anything.
    The ticket is waiting on us now: its pipeline has no stage for In Progress.
    ");
    insta::assert_snapshot!(bench.thread(ESCALATIONS).split("\n--\n").skip(1).collect::<Vec<_>>().join("\n--\n"), @r"
    Confirmed for Tech by Dana Whitfield. @Sam Okafor, you stay the owner.
    --
    In Tech: TECH-1 (To Do), a new issue.
    ");
    insta::assert_snapshot!(bench.workflow(ticket), @r"
    09:41:00 called, try 1: 200
    09:41:00 answered: complete
    09:41:00 branches on `complete`
    09:41:00 called, try 1: 200
    09:41:00 answered: assigned
    09:41:00 branches on `assigned`
    09:41:00 branches on `complete`
    09:41:00 finished
    09:51:00 called, try 1: 200
    09:51:00 answered: assigned
    09:51:00 called, try 1: 200
    09:51:00 answered: created
    09:51:00 finished
    09:51:00 called, try 1: 200
    09:51:00 answered: already
    09:51:00 finished
    ");
    bench.finish();
}

#[tokio::test]
async fn our_own_key_on_the_ticket_asks_for_nothing_more() {
    let mut bench = Bench::with_tech(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(10).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(10).await;
    assert_eq!(bench.enrolments(ticket), ["W1", "W2", "W3"], "we wrote Jira Reference, and W3 saw it");
    bench.changes();
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("already", "TECH-1"));
    insta::assert_snapshot!(answer.get("message"), @"In Tech: TECH-1. All of it was done before.");
    bench.pass(60).await;
    assert_eq!(bench.changes(), [0, 0, 0]);
    assert_eq!((bench.issues(ticket).len(), bench.notes_of_ours(ticket)), (1, 1));
    bench.finish();
}

#[tokio::test]
async fn the_answer_names_the_issue_and_its_page() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    let answer = bench.create(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("jira_key"), answer.get("reason")), ("created", "TECH-1", ""));
    assert_eq!(answer.get("jira_url"), bench.world.jira.browse_url("TECH-1"));
    insta::assert_snapshot!(answer.get("message"), @"In Tech: TECH-1 was created.");
    assert_eq!(bench.create(ticket, &[]).await, answer, "the same request has the same answer");
    let later = bench.asks_anew(ticket).await;
    assert_eq!((later.outcome(), later.get("run_id")), ("already", answer.get("run_id")));
    bench.finish();
}

#[tokio::test]
async fn all_that_people_know_of_it_stands_in_the_issue() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    for (property, value) in [
        ("customer_impact", "The till is closed; 40 guests wait."),
        ("customer_expectation", "Money back by Friday noon."),
        ("hs_ticket_priority", "HIGH"),
        ("escalation_level", "3"),
        ("escalation_reason", "bug;billing_dispute"),
    ] {
        bench.sam().set(ticket, property, value).unwrap();
    }
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    insta::assert_snapshot!(bench.issue(ticket).text, @r"
    HubSpot ticket 5100000002 · escalation #1 · level 3 · priority HIGH
    Agent: Sam Okafor · Shift Lead: Dana Whitfield
    Issue
    Order 4711 was charged twice; [customer] expects the money back by Friday.
    Investigated
    The billing log shows two captures a second apart.
    Action Taken
    Asked the bank to hold the second capture.
    Blocker
    Refunds over 100 need an approval.
    Required to Resolve
    Please approve the refund,
    Impact
    The till is closed; 40 guests wait.
    Expectation
    Money back by Friday noon.
    Why it is an escalation
    bug, billing dispute
    What happens next: please work on this issue as on any other. Its status goes back to the HubSpot ticket by itself. Write [CS] in a comment that support has to read. · automatic message
    ");
    bench.finish();
}

#[tokio::test]
async fn a_point_that_nobody_answered_is_not_stated() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.wait(120);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    let text = bench.issue(ticket).text;
    assert!(text.contains("Blocker\nnot stated\nRequired to Resolve\nnot stated"), "{text}");
    bench.finish();
}

#[tokio::test]
async fn a_comment_of_forty_thousand_characters_is_cut_and_says_where_the_rest_stands() {
    let bench = Bench::with_tech_alone(&[]).await;
    let log = "the capture came back with error 4711 <again> & \"again\"; ".repeat(720);
    let ticket = bench.escalated(&format!("<p>Issue: {log}</p>{}", whole().split_once("</p>").unwrap().1));
    bench.wait(60);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    let issue = bench.issue(ticket);
    assert!(issue.description.to_string().len() < 30_000, "{}", issue.description.to_string().len());
    assert!(issue.text.contains("error 4711"));
    assert!(issue.text.contains("The rest stands on the HubSpot ticket"), "{}", issue.text);
    let page = format!("https://app.hubspot.com/contacts/{}/record/0-5/{ticket}", bench.portal());
    let description = issue.description.to_string();
    assert!(description.matches(&page).count() >= 2, "at its head, and where it is cut");
    assert!(description.contains("Issue") && !issue.summary.is_empty());
    bench.finish();
}

/// The kinds of nodes of a document.
fn kinds(node: &Value, found: &mut Vec<String>) {
    let kind = node["type"].as_str().unwrap_or_default().to_owned();
    if !found.contains(&kind) {
        found.push(kind);
    }
    node["content"].as_array().into_iter().flatten().for_each(|it| kinds(it, found));
}

#[tokio::test]
async fn a_text_that_jira_cannot_read_is_told_in_plain_paragraphs() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    bench.world.jira.inject(Fault::on(CREATE, Effect::Refuse(refusal::invalid_input())));
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    let sent = bench.sent_to_jira(CREATE);
    assert_eq!(sent.len(), 2);
    let kinds = |at: usize| {
        let mut found = Vec::new();
        kinds(&sent[at]["fields"]["description"], &mut found);
        found
    };
    assert!(kinds(0).contains(&"heading".to_owned()), "{:?}", kinds(0));
    assert_eq!(kinds(1), ["doc", "paragraph", "text"]);
    assert!(bench.issue(ticket).text.contains("Order 4711 was charged twice"));
    bench.finish();
}

#[tokio::test]
async fn a_text_that_jira_never_reads_is_refused_in_words() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    bench.world.jira.inject(Fault::on(CREATE, Effect::Refuse(refusal::invalid_input())).times(2));
    let answer = bench.create(ticket, &[]).await;
    assert_eq!((answer.get("outcome"), answer.get("hs_execution_state")), ("failed_permanent", "FAIL_CONTINUE"));
    assert!(!answer.get("reason").is_empty());
    assert_eq!((bench.issues(ticket).len(), bench.notes_of_ours(ticket)), (0, 1));
    bench.finish();
}

#[tokio::test]
async fn a_comment_that_is_still_on_its_way_is_waited_for_once_and_then_not() {
    for comes in [true, false] {
        let bench = Bench::with_tech_alone(&[]).await;
        let ticket = bench.ticket();
        bench.dana().set(ticket, "escalation_type", "tech").unwrap();
        if comes {
            bench.hubspot.set_indexing_lag(SignedDuration::from_secs(30));
            bench.sam().write_note(ticket, &whole()).unwrap();
        }
        let answer = bench.create(ticket, &[]).await;
        assert_eq!((answer.outcome(), answer.get("jira_key")), ("pending", ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(answer.get("message"), @"Not in Tech yet: there is no comment yet. HubSpot shows new comments late: checking again shortly.");
        }
        assert_eq!(bench.changes(), [0, 0, 0]);
        for _ in 0..3 {
            bench.wait(60);
            bench.sweep().await;
        }
        let issue = bench.issue(ticket);
        assert_eq!(issue.text.contains("Order 4711"), comes, "{}", issue.text);
        assert_eq!(issue.text.contains("not stated"), !comes, "{}", issue.text);
        assert_eq!((&*bench.logged(ticket)[0], bench.notes_of_ours(ticket)), ("TECH-1", 1));
        bench.finish();
    }
}

#[tokio::test]
async fn with_a_scoped_token_the_api_is_at_the_gateway_and_people_open_the_site() {
    let mut bench = Bench::with_tech_alone(&[]).await;
    bench.world.jira.configure(|it| it.access = Access::Gateway);
    bench.administrator_writes(&[]);
    let ticket = bench.sent_to_tech();
    let answer = bench.create(ticket, &[]).await;
    let page = format!("{}/browse/TECH-1", bench.world.jira.site_url());
    assert_eq!((answer.outcome(), answer.get("jira_url")), ("created", &*page));
    assert_eq!(bench.logged(ticket)[1], page);
    let calls = bench.world.jira.calls();
    assert!(calls.iter().all(|it| it.status < 300), "{calls:?}");
    // A link to the issue's page is read as one to our Jira.
    let other = bench.naming(&page);
    assert_eq!(bench.asks_anew(other).await.outcome(), "linked_existing");
    bench.finish();
}
