//! What is found at Jira before the first issue, by the real client at the stand-in.

use escalation::http::Http;
use escalation::jira::Jira;
use escalation::policy::Policy;
use provision::jira::check;
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::jira::field::Field;
use sandbox::world::jira::{Access, Permission, refusal};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{Stage, bad, said};
use crate::bench;

impl Stage {
    async fn jira_check(&self, policy: &Policy) -> Vec<String> {
        let settings = self.jira().settings();
        let jira = Jira::new(Http::new(), &self.jira().base_url(), &settings.email, settings.token);
        said(&check(&jira, policy, self.watch.now()).await)
    }
}

/// The shipped policy with these lines in place of those.
fn policy(changes: &[(&str, &str)]) -> Policy {
    Policy::parse(&bench::policy(changes), "policy.toml").unwrap()
}

#[tokio::test]
async fn a_project_that_has_everything_is_fine() {
    let stage = Stage::set().await;
    let said = stage.jira_check(&policy(&[])).await;
    insta::assert_snapshot!(said.join("\n"), @r"
    ✔ Jira account: answers as Escalation Service; its token expires a year after it was made at the latest, which Jira does not tell
    ✔ Jira project TECH: the account has Browse Projects, Add Comments, Link Issues, Create Issues
    ✔ Jira issue type Bug in TECH: the create screen has what a new issue needs, and no more
    ✔ Jira statuses: Done counts as done
    ");
    assert!(stage.jira().journal().writes() == 0, "nothing is changed");
    stage.world.finish();
}

#[tokio::test]
async fn a_token_that_is_not_taken_is_all_that_is_said() {
    let stage = Stage::set().await;
    let token = stage.jira().settings().token;
    stage.jira().configure(|it| it.token = SecretString::from("another"));
    let jira = Jira::new(Http::new(), &stage.jira().base_url(), &stage.jira().settings().email, token.clone());
    let said = said(&check(&jira, &policy(&[]), stage.watch.now()).await);
    insta::assert_snapshot!(said.join("\n"), @r"
    ✘ Jira account: Jira does not know us (401)
        check JIRA_EMAIL and JIRA_API_TOKEN: a token lives for a year at most, and a scoped or service-account token works only with https://api.atlassian.com/ex/jira/{cloudId} as JIRA_BASE_URL
    ");
    assert!(!said[0].contains(token.expose_secret()));
    stage.world.finish();
}

#[tokio::test]
async fn a_scoped_token_at_the_sites_own_address_is_told_where_it_works() {
    let stage = Stage::set().await;
    let site = stage.jira().base_url();
    stage.jira().configure(|it| it.access = Access::Gateway);
    let settings = stage.jira().settings();
    let jira = Jira::new(Http::new(), &site, &settings.email, settings.token);
    let said = said(&check(&jira, &policy(&[]), stage.watch.now()).await);
    assert!(
        said[0].contains("works only with https://api.atlassian.com/ex/jira/{cloudId} as JIRA_BASE_URL"),
        "{said:?}"
    );
    assert_eq!(said.len(), 1);
    assert_eq!(bad(&stage.jira_check(&policy(&[])).await), [""; 0], "there it works");
    stage.world.finish();
}

#[tokio::test]
async fn an_account_that_may_not_do_anything_is_told_apart_from_one_that_is_not_known() {
    let stage = Stage::set().await;
    let forbidden = refusal::say(403, "The account is suspended.");
    stage.jira().inject(Fault::on("GET /rest/api/3/myself", Effect::Refuse(forbidden)).always());
    let said = stage.jira_check(&policy(&[])).await;
    insta::assert_snapshot!(said.join("\n"), @r"
    ✘ Jira account: the account of JIRA_EMAIL may not do this
        check what it was granted
    ");
    stage.world.finish();
}

#[tokio::test]
async fn an_account_that_was_deactivated_is_said() {
    let stage = Stage::set().await;
    let account = json!({ "accountId": "712020:1", "displayName": "Escalation Service", "active": false });
    let left = Effect::Refuse(Answer::json(200, account));
    stage.jira().inject(Fault::on("GET /rest/api/3/myself", left).always());
    let said = stage.jira_check(&policy(&[])).await;
    assert!(said.len() == 1 && said[0].starts_with("✘ Jira account: is not active\n"), "{said:?}");
    stage.world.finish();
}

#[tokio::test]
async fn a_jira_that_does_not_answer_is_said_and_nothing_invented() {
    let stage = Stage::set().await;
    stage.jira().inject(Fault::on("* /rest/api/3/**", Effect::Refuse(refusal::unavailable(503))).always());
    let said = stage.jira_check(&policy(&[])).await;
    insta::assert_snapshot!(said.join("\n"), @r"
    ✘ Jira account: cannot be told: Jira answered 503 Service Unavailable
        check JIRA_BASE_URL, and whether it can be reached from here; Jira may be down: then try again
    ");
    stage.jira().heal();
    let statuses = Fault::on("GET /rest/api/3/project/*/statuses", Effect::Refuse(refusal::unavailable(502)));
    stage.jira().inject(statuses.always());
    let said = stage.jira_check(&policy(&[])).await;
    assert!(bad(&said).len() == 1 && bad(&said)[0].starts_with("✘ Jira statuses: cannot be told: "), "{said:?}");
    stage.world.finish();
}

#[tokio::test]
async fn a_permission_that_is_missing_is_named_as_an_administrator_reads_it() {
    let stage = Stage::set().await;
    stage.jira().configure(|it| it.denied = [Permission::Comment, Permission::Link].into());
    let said = stage.jira_check(&policy(&[("other_projects = []", "other_projects = [\"PLAT\"]")])).await;
    insta::assert_snapshot!(bad(&said).join("\n"), @r"
    ✘ Jira project TECH: the account does not have Add Comments, Link Issues
        give the account of JIRA_EMAIL Add Comments, Link Issues in TECH: Project settings > People, a role that has it, or Project settings > Permissions
    ✘ Jira project PLAT: the account does not have Add Comments, Link Issues
        give the account of JIRA_EMAIL Add Comments, Link Issues in PLAT: Project settings > People, a role that has it, or Project settings > Permissions
    ");
    stage.jira().configure(|it| it.denied = [Permission::Create].into());
    let said = stage.jira_check(&policy(&[("other_projects = []", "other_projects = [\"PLAT\"]")])).await;
    assert_eq!(bad(&said).len(), 1, "of the screen nothing can be told, and PLAT needs no such permission: {said:?}");
    assert!(bad(&said)[0].starts_with("✘ Jira project TECH: the account does not have Create Issues\n"), "{said:?}");
    stage.world.finish();
}

#[tokio::test]
async fn a_project_that_is_not_there_or_not_to_be_seen_is_said() {
    let stage = Stage::set().await;
    let said = stage.jira_check(&policy(&[("project = \"TECH\"", "project = \"NOPE\"")])).await;
    insta::assert_snapshot!(bad(&said).join("\n"), @r"
    ✘ Jira project NOPE: there is no project NOPE, or we may not see it
        correct its key under [jira] in the policy, or give the account of JIRA_EMAIL Browse Projects there
    ");
    stage.jira().configure(|it| it.denied = [Permission::Browse].into());
    let said = stage.jira_check(&policy(&[])).await;
    assert!(bad(&said)[0].contains("there is no project TECH, or we may not see it"), "{said:?}");
    stage.world.finish();
}

/// The connection is right: no address is to be checked.
#[tokio::test]
async fn a_refusal_for_good_sends_nobody_to_look_at_the_address() {
    let stage = Stage::set().await;
    let gone = || Effect::Refuse(refusal::say(404, "No project could be found with key 'TECH'."));
    for path in ["GET /rest/api/3/issue/createmeta/**", "GET /rest/api/3/project/*/statuses"] {
        stage.jira().inject(Fault::on(path, gone()).always());
        let said = stage.jira_check(&policy(&[])).await;
        let told = bad(&said);
        assert!(
            told.len() == 1 && told[0].contains("Browse Projects") && !told[0].contains("JIRA_BASE_URL"),
            "{said:?}"
        );
        stage.jira().heal();
    }
    stage.world.finish();
}

#[tokio::test]
async fn an_issue_type_that_is_not_there_is_said_with_those_that_are() {
    let stage = Stage::set().await;
    let said = stage.jira_check(&policy(&[("issue_type = \"Bug\"", "issue_type = \"Incident\"")])).await;
    insta::assert_snapshot!(bad(&said).join("\n"), @r"
    ✘ Jira issue type Incident: TECH has no issue type *Incident*; it has *Bug*, *Task*, *Story*
        write one of these as issue_type under [jira] in the policy
    ");
    stage.world.finish();
}

#[tokio::test]
async fn a_screen_that_lacks_our_fields_or_wants_others_is_said() {
    let stage = Stage::set().await;
    stage.jira().off_screen("TECH", "Bug", "labels");
    stage.jira().require("TECH", "Bug", "customfield_10061");
    let said = stage.jira_check(&policy(&[])).await;
    insta::assert_snapshot!(bad(&said).join("\n"), @r"
    ✘ Jira issue type Bug in TECH: Labels is not on the create screen
        put Labels on the issue type's create screen (Project settings > Screens): we find our issues by their labels
    ✘ Jira issue type Bug in TECH: nobody fills in Assigned Team, which Jira requires
        give it a default in Jira, or make it optional, or set it under [jira.fields] in the policy: customfield_10061 = …
    ");
    let team = "customfield_10061 = { value = \"Payments\" }";
    let filled = policy(&[("# customfield_10050 = { value = \"Support\" }", team)]);
    stage.jira().on_screen("TECH", "Bug", Field::new("labels", "Labels", sandbox::world::jira::field::Kind::Labels));
    assert_eq!(bad(&stage.jira_check(&filled).await), [""; 0], "the policy fills it in");
    stage.world.finish();
}

#[tokio::test]
async fn what_the_policy_sets_is_held_against_what_there_is() {
    let stage = Stage::set().await;
    let own = policy(&[
        ("# components = [{ name = \"Support\" }]", "components = [{ name = \"export\" }, { name = \"Support\" }]"),
        ("# customfield_10050 = ", "customfield_10050 = "),
        ("# URGENT = \"Highest\"", "URGENT = \"Blocker\""),
        ("# HIGH = \"High\"", "HIGH = \"high\""),
    ]);
    insta::assert_snapshot!(bad(&stage.jira_check(&own).await).join("\n"), @r"
    ✘ Jira issue type Bug in TECH: Component/s has no Support; it has Checkout, Export, Login
        write one of these as components under [jira.fields] in the policy
    ✘ Jira issue type Bug in TECH: customfield_10050 is not on the create screen
        put it on the create screen, or take customfield_10050 out of [jira.fields] in the policy
    ✘ Jira issue type Bug in TECH: Priority has no Blocker; it has Highest, High, Medium, Low, Lowest
        write one of these as [jira.priorities] in the policy
    ");
    let named = policy(&[("# URGENT = \"Highest\"", "URGENT = \"Highest\"")]);
    assert_eq!(bad(&stage.jira_check(&named).await), [""; 0]);
    stage.jira().off_screen("TECH", "Bug", "priority");
    let said = stage.jira_check(&named).await;
    assert!(bad(&said).len() == 1 && bad(&said)[0].contains("Priority is not on the create screen"), "{said:?}");
    assert_eq!(bad(&stage.jira_check(&policy(&[])).await), [""; 0], "nobody sets it");
    stage.world.finish();
}

#[tokio::test]
async fn statuses_that_never_count_as_done_are_said() {
    let stage = Stage::set().await;
    let done = "jira_done = [\"Done\", \"Closed\", \"Resolved\"]";
    let said = stage.jira_check(&policy(&[(done, "jira_done = [\"Shipped\"]")])).await;
    insta::assert_snapshot!(bad(&said).join("\n"), @r"
    ✘ Jira statuses: none of To Do, In Progress, In Review, Done counts as done, so no issue ever is
        write the names of the statuses that are done as jira_done under [closure] in the policy
    ");
    let said = stage.jira_check(&policy(&[(done, "jira_done = [\"in review\"]")])).await;
    insta::assert_snapshot!(bad(&said).join("\n"), @r"
    ! Jira statuses: Done is done in Jira and does not count as done
        write the names of the statuses that are done as jira_done under [closure] in the policy
    ");
    stage.world.finish();
}
