//! What Jira wants of a new issue, what the policy and the workflow say of it, and what people hear where
//! that is not enough.

use sandbox::world::call::Answer as Call;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::jira::field::Field;
use serde_json::json;

use crate::assign_lane::stage::{DAYS, LEADS};
use crate::bench::{Answer, Bench, policy};

const POST: &str = "POST /rest/api/3/issue";
const COMPONENTS: (&str, &str) = ("# components = [{ name = \"Support\" }]", "components = [{ name = \"Checkout\" }]");
const HIGH: (&str, &str) = ("# HIGH = \"High\"", "HIGH = \"Highest\"");

/// The issue was refused for good, and the workflow goes on.
#[track_caller]
fn is_refused(answer: &Answer) {
    let state = (answer.status, answer.get("hs_execution_state"), answer.get("outcome"));
    assert_eq!(state, (200, "FAIL_CONTINUE", "failed_permanent"), "{answer:?}");
    assert_eq!((answer.get("jira_key"), answer.get("jira_url")), ("", ""));
}

impl Bench {
    /// The administrator writes some lines of the policy anew; Slack is on from then on.
    pub fn administrator_writes(&mut self, changes: &[(&str, &str)]) {
        self.change_policy(&policy(&[&[LEADS, DAYS], changes].concat()));
    }
}

#[tokio::test]
async fn a_field_that_the_mapping_lacks_is_found_before_the_first_create_and_named() {
    let bench = Bench::with_tech(&[]).await;
    let jira = &bench.world.jira;
    jira.require("TECH", "Bug", "components");
    jira.require("TECH", "Bug", "customfield_10061");
    let ticket = bench.sent_to_tech();
    bench.assign(ticket, &[]).await;
    let answer = bench.create(ticket, &[]).await;
    is_refused(&answer);
    insta::assert_snapshot!(answer.get("reason"), @"Jira wants Component/s and Assigned Team, which the policy does not fill in under [jira.fields].");
    insta::assert_snapshot!(answer.get("message"), @"Not in Tech: Jira refuses the issue. Jira wants Component/s and Assigned Team, which the policy does not fill in under [jira.fields].");
    insta::assert_snapshot!(bench.said(ticket), @r"
    *Not in Tech: Jira refuses the issue.* Jira wants Component/s and Assigned Team, which the policy does not fill in under [jira.fields].
    @Dana Whitfield, please ask your administrator to put that right. Afterwards set Escalation Type to Shift Lead, then to Tech: that tries again.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    insta::assert_snapshot!(bench.thread(crate::bench::ESCALATIONS).split("\n--\n").last().unwrap(), @r"
    Not in Tech: Jira refuses the issue. Jira wants Component/s and Assigned Team, which the policy does not fill in under [jira.fields].
    @Dana Whitfield, the ticket says what to do.
    ");
    assert_eq!(jira.journal().count(POST), 0, "Jira was asked for nothing");
    assert_eq!(bench.logged(ticket), ["", "", "", "1"]);
    for _ in 0..2 {
        is_refused(&bench.asks_anew(ticket).await);
    }
    assert_eq!((bench.notes_of_ours(ticket), jira.journal().count(POST)), (1, 0), "it is said once");
    bench.finish();
}

#[tokio::test]
async fn it_is_healed_by_the_policys_mapping() {
    let mut bench = Bench::with_tech_alone(&[]).await;
    bench.world.jira.require("TECH", "Bug", "components");
    let ticket = bench.sent_to_tech();
    is_refused(&bench.create(ticket, &[]).await);
    bench.administrator_writes(&[COMPONENTS]);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "created");
    let issue = bench.issue(ticket);
    assert_eq!(issue.fields["components"][0]["name"], "Checkout");
    assert_eq!((bench.logged(ticket)[0].as_str(), bench.notes_of_ours(ticket)), ("TECH-1", 2));
    bench.finish();
}

#[tokio::test]
async fn it_is_healed_by_sending_it_to_tech_anew() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.world.jira.require("TECH", "Bug", "components");
    let ticket = bench.sent_to_tech();
    is_refused(&bench.create(ticket, &[]).await);
    // The field is no longer wanted; the same request is not tried again for that.
    bench.world.jira.off_screen("TECH", "Bug", "components");
    bench.wait(2 * 3600);
    is_refused(&bench.asks_anew(ticket).await);
    bench.sent_to_tech_anew(ticket);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "created");
    bench.finish();
}

#[tokio::test]
async fn who_sends_it_to_tech_anew_hears_it_again_where_nothing_has_changed() {
    let mut bench = Bench::with_tech(&[]).await;
    bench.world.jira.require("TECH", "Bug", "components");
    let ticket = bench.escalated(&crate::bench::texts::whole());
    bench.pass(5).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(5).await;
    assert_eq!(bench.notes_of_ours(ticket), 1);
    let replies = |bench: &Bench| bench.thread(crate::bench::ESCALATIONS).matches("Jira refuses the issue").count();
    assert_eq!(replies(&bench), 1);
    bench.sent_to_tech_anew(ticket);
    bench.pass(5).await;
    assert_eq!((bench.notes_of_ours(ticket), replies(&bench)), (2, 2), "or they would take it for accepted");
    bench.asks_anew(ticket).await;
    assert_eq!((bench.notes_of_ours(ticket), replies(&bench)), (2, 2));
    bench.finish();
}

#[tokio::test]
async fn fields_that_jira_fills_in_itself_are_not_missed() {
    let bench = Bench::with_tech_alone(&[]).await;
    let field = Field::select("customfield_10061", "Assigned Team", &["Core"]).required().defaulting("Core");
    bench.world.jira.on_screen("TECH", "Bug", field);
    let ticket = bench.sent_to_tech();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert_eq!(bench.issue(ticket).fields["customfield_10061"]["value"], "Core");
    bench.finish();
}

#[tokio::test]
async fn further_fields_are_as_the_policy_maps_them_and_labels_join_ours() {
    let more = "labels = [\"support\"]\ncustomfield_10052 = { value = \"URGENT\" }\n# components = ";
    let bench = Bench::with_tech_alone(&[("# components = ", more)]).await;
    let ticket = bench.sent_to_tech();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    let issue = bench.issue(ticket);
    assert_eq!(issue.fields["customfield_10052"]["value"], "URGENT");
    assert!(issue.labels.contains(&"support".to_owned()) && issue.labels.len() == 3, "{:?}", issue.labels);
    bench.finish();
}

#[tokio::test]
async fn the_priority_is_as_the_policy_maps_it_and_otherwise_jiras_own() {
    for (changes, ticket_has, expected) in
        [(&[HIGH][..], "HIGH", "Highest"), (&[HIGH], "LOW", "Medium"), (&[], "HIGH", "Medium")]
    {
        let bench = Bench::with_tech_alone(changes).await;
        let ticket = bench.sent_to_tech();
        bench.sam().set(ticket, "hs_ticket_priority", ticket_has).unwrap();
        assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
        assert_eq!(bench.issue(ticket).fields["priority"]["name"], expected);
        bench.finish();
    }
}

#[tokio::test]
async fn a_priority_that_jira_does_not_have_is_healed_by_the_policy_too() {
    let mut bench = Bench::with_tech_alone(&[("# HIGH = \"High\"", "HIGH = \"Blazing\"")]).await;
    let ticket = bench.sent_to_tech();
    bench.sam().set(ticket, "hs_ticket_priority", "HIGH").unwrap();
    let answer = bench.create(ticket, &[]).await;
    is_refused(&answer);
    insta::assert_snapshot!(answer.get("reason"), @"*Priority*: Priority name 'Blazing' is not valid");
    bench.administrator_writes(&[HIGH]);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "created");
    assert_eq!(bench.issue(ticket).fields["priority"]["name"], "Highest");
    bench.finish();
}

#[tokio::test]
async fn a_workflow_may_name_another_project_and_type() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    let answer = bench.create(ticket, &[("project", "PLAT"), ("issue_type", "Task")]).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("created", "PLAT-1"));
    let issue = bench.issue(ticket);
    assert_eq!((&*issue.project, &*issue.issue_type), ("PLAT", "Task"));
    // The workflow that watches Jira Reference names none.
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "already");
    let by_id = bench.sent_to_tech();
    assert_eq!(bench.create(by_id, &[("issue_type", "10001")]).await.outcome(), "created");
    assert_eq!(bench.issue(by_id).issue_type, "Story");
    bench.finish();
}

#[tokio::test]
async fn issues_of_the_project_that_the_workflow_names_may_be_linked() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("PLAT", 1);
    let ticket = bench.naming("plat-1");
    assert_eq!(bench.create(ticket, &[]).await.get("reason"), "project_not_allowed");
    bench.wait(1);
    let answer = bench.create_again(ticket, "ap-24680135-9-2-0", &[("project", "PLAT")]).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("linked_existing", "PLAT-1"));
    bench.finish();
}

#[tokio::test]
async fn a_type_that_jira_does_not_have_is_named_before_the_attempt_and_a_project_by_it() {
    let mut reasons = String::new();
    for (inputs, attempts) in
        [([("project", "NOPE")], 1), ([("issue_type", "Incident")], 0), ([("issue_type", "99999")], 0)]
    {
        let bench = Bench::with_tech_alone(&[]).await;
        let ticket = bench.sent_to_tech();
        let answer = bench.create(ticket, &inputs).await;
        is_refused(&answer);
        reasons += &format!("{}\n", answer.get("reason"));
        assert_eq!((bench.world.jira.journal().count(POST), bench.notes_of_ours(ticket)), (attempts, 1));
        bench.finish();
    }
    insta::assert_snapshot!(reasons, @r"
    there is no project NOPE, or we may not see it
    TECH has no issue type *Incident*; it has *Bug*, *Task*, *Story*
    TECH has no issue type *99999*; it has *Bug*, *Task*, *Story*
    ");
}

#[tokio::test]
async fn where_jira_does_not_say_what_an_issue_needs_the_attempt_does() {
    for status in [400, 404, 405, 410, 501, 503] {
        let bench = Bench::with_tech_alone(&[]).await;
        let silent = Fault::on("GET /rest/api/3/issue/createmeta/**", Effect::Refuse(Call::empty(status))).always();
        bench.world.jira.inject(silent);
        let ticket = bench.sent_to_tech();
        assert_eq!(bench.create(ticket, &[]).await.outcome(), "created", "{status}");
        assert_eq!(bench.issues(ticket).len(), 1);
        bench.finish();
    }
}

#[tokio::test]
async fn what_has_its_issue_keeps_it_while_jira_is_down_and_with_the_shift_lead() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    let first = bench.create(ticket, &[]).await;
    bench.world.jira.inject(Fault::on("* /**", Effect::Refuse(Call::empty(503))).always());
    assert_eq!(bench.create(ticket, &[]).await, first);
    bench.world.jira.heal();
    bench.wait(1);
    bench.dana().set(ticket, "escalation_type", "shift_lead").unwrap();
    let back = bench.create_again(ticket, "ap-24680135-9-2-0", &[]).await;
    assert_eq!((back.outcome(), back.get("jira_key")), ("already", "TECH-1"));
    bench.finish();
}

#[tokio::test]
async fn inputs_that_cannot_be_fail_the_action_in_words() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    let mut said = String::new();
    for inputs in [[("project", "tech")], [("issue_type", " \t")], [("mode", "maybe")]] {
        let answer = bench.create(ticket, &inputs).await;
        said += &format!("{} {}\n", answer.get("hs_execution_state"), answer.get("message"));
    }
    insta::assert_snapshot!(said, @r#"
    FAIL_CONTINUE input `project`: `tech` is no project's key; it is what its issues begin with, as in TECH-123
    FAIL_CONTINUE input `issue_type`: no issue type; write its name, such as "Bug", or its id
    FAIL_CONTINUE input `mode`: `maybe` is not one of enforce, observe
    "#);
    assert_eq!((bench.hubspot.calls().len(), bench.world.jira.calls().len()), (0, 0));
    assert_eq!(bench.create(ticket, &[("project", ""), ("issue_type", "")]).await.outcome(), "created");
    assert_eq!(bench.issue(ticket).key, "TECH-1", "an empty input is none");
    bench.finish();
}

#[tokio::test]
async fn a_screen_without_what_we_fill_in_is_refused_in_words() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.world.jira.off_screen("TECH", "Bug", "labels");
    let ticket = bench.sent_to_tech();
    let answer = bench.create(ticket, &[]).await;
    is_refused(&answer);
    insta::assert_snapshot!(answer.get("reason"), @"*Labels* is not on the create screen of *Bug* in TECH");
    assert_eq!(bench.issues(ticket).len(), 0);
    bench.finish();
}

#[tokio::test]
async fn the_witness_says_who_asked_and_nothing_else() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    bench.create(ticket, &[]).await;
    let issue = bench.issue(ticket);
    let marker = issue.properties["hs-escalation"]["marker"].as_str().unwrap().to_owned();
    let witness = json!({ "marker": marker, "portal": bench.portal().0, "ticket": ticket.0, "cycle": 1 });
    assert_eq!(issue.properties["hs-escalation"], witness);
    let mut labels = vec![format!("hs-ticket-{}-{ticket}", bench.portal()), marker];
    labels.sort_unstable();
    assert_eq!(issue.labels, labels);
    bench.finish();
}
