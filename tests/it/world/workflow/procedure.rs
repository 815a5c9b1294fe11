//! The procedure's own workflows: what enrols where, and how long one is looked after.

use escalation::policy::{Policy, Properties};
use escalation::workflows::{Becomes, Branch, Step, Workflow, workflows};
use proptest::prelude::*;
use provision::actions::recipe;
use sandbox::world::workflow::log::What;

use super::{Scene, outcome, status};
use crate::world::SAM;

const W1: &str = "W1 Escalated";
const W2: &str = "W2 Sent to Tech";
const W3: &str = "W3 Jira Reference changed";
const W5: &str = "W5 No longer escalated";

fn properties() -> Properties {
    Policy::shipped().properties
}

impl Scene {
    async fn of_the_procedure(outcomes: &[&str]) -> Self {
        let answers: Vec<_> = outcomes.iter().map(|it| outcome(it)).collect();
        Self::with(workflows(&properties()), &answers).await
    }

    /// The workflows that tickets were enrolled in, in order.
    fn enrolled(&self) -> Vec<&str> {
        let enrolled = self.engine.log().iter().filter(|it| it.what == What::Enrolled);
        enrolled.map(|it| it.workflow.as_str()).collect()
    }

    /// The actions that were called, in order.
    fn asked(&self) -> Vec<String> {
        let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        self.function.calls().iter().map(|it| last(&it.path)).collect()
    }
}

/// A ticket is escalated and these answers are given; then these actions are asked at these minutes.
async fn check(answers: &[&str], minutes: &[i64], asked: &[&str]) {
    let mut scene = Scene::of_the_procedure(answers).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, minutes, "{answers:?}");
    assert_eq!(scene.asked(), asked, "{answers:?}");
    assert_eq!((scene.enrolled(), scene.said().last().unwrap().as_str()), (vec![W1], "finished"));
}

#[tokio::test]
async fn a_complete_comment_is_assigned_at_once() {
    check(&["complete", "assigned"], &[0, 0], &["validate-comment", "assign-lane"]).await;
}

#[tokio::test]
async fn the_lane_is_asked_whatever_the_comment_is_like_because_urgent_things_pass() {
    for comment in ["incomplete", "missing"] {
        check(&[comment, "assigned"], &[0, 0], &["validate-comment", "assign-lane"]).await;
    }
}

#[tokio::test]
async fn what_passes_while_the_comment_may_still_come_is_looked_at_once_more() {
    let asked = ["validate-comment", "assign-lane", "validate-comment", "assign-lane"];
    check(&["pending", "assigned", "missing", "unchanged"], &[0, 0, 2, 2], &asked).await;
}

#[tokio::test]
async fn what_is_gone_is_not_assigned() {
    check(&["gone"], &[0], &["validate-comment"]).await;
}

#[tokio::test]
async fn what_is_escalated_no_longer_is_taken_out_of_its_lane() {
    check(&["not_escalated", "deescalated"], &[0, 0], &["validate-comment", "assign-lane"]).await;
}

#[tokio::test]
async fn missing_context_is_asked_for_after_2_12_and_32_minutes() {
    let (validate, assign) = ("validate-comment", "assign-lane");
    let asked = [validate, assign, validate, assign, validate, assign, assign];
    check(&["awaiting_context"], &[0, 0, 2, 2, 12, 12, 32], &asked).await;
    let waits = ["incomplete", "awaiting_context"];
    check(&[&waits[..], &["complete", "assigned"]].concat(), &[0, 0, 2, 2], &asked[..4]).await;
    check(&[&waits[..], &waits, &["complete", "assigned"]].concat(), &[0, 0, 2, 2, 12, 12], &asked[..6]).await;
    check(&[&waits[..], &["not_escalated"]].concat(), &[0, 0, 2, 2], &asked[..4]).await;
}

#[tokio::test]
async fn a_check_that_cannot_be_made_does_not_keep_a_ticket_from_its_lane() {
    let mut scene = Scene::with(workflows(&properties()), &[status(400), outcome("assigned")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 0]);
    assert_eq!(scene.asked(), ["validate-comment", "assign-lane"]);
}

#[tokio::test]
async fn each_change_is_one_workflows_business() {
    let mut scene = Scene::of_the_procedure(&["assigned"]).await;
    for (becomes, workflow, asked) in [
        ("shift_lead", W1, &["validate-comment", "assign-lane"][..]),
        ("tech", W2, &["assign-lane", "create-jira-issue"]),
        ("shift_lead", W1, &["validate-comment", "assign-lane"]),
        ("", W5, &["assign-lane", "enforce-closure"]),
        ("tech", W2, &["assign-lane", "create-jira-issue"]),
        ("", W5, &["assign-lane", "enforce-closure"]),
        ("shift_lead", W1, &["validate-comment", "assign-lane"]),
    ] {
        let (enrolled, calls) = (scene.enrolled().len(), scene.asked().len());
        scene.escalate(becomes);
        scene.play().await;
        assert_eq!(scene.enrolled()[enrolled..], [workflow], "{becomes}");
        assert_eq!(scene.asked()[calls..], *asked, "{becomes}");
    }
}

#[tokio::test]
async fn a_key_that_somebody_writes_is_checked_by_a_workflow_of_its_own() {
    let mut scene = Scene::of_the_procedure(&["linked_existing"]).await;
    for key in ["TECH-7", "TECH-8"] {
        scene.stage.world.hubspot.agent(SAM).set(scene.ticket, "jira_reference", key).unwrap();
        scene.play().await;
    }
    scene.stage.world.hubspot.agent(SAM).set(scene.ticket, "jira_reference", "").unwrap();
    assert_eq!(scene.play().await, [0; 0], "an empty one names no issue");
    assert_eq!(scene.enrolled(), [W3, W3]);
    assert_eq!(scene.asked(), ["create-jira-issue"; 2]);
}

#[tokio::test]
async fn the_end_is_asked_for_ten_minutes_after_closing_and_at_once_when_somebody_says_that_it_is_told() {
    let mut scene = Scene::of_the_procedure(&["waiting"]).await;
    let agent = scene.stage.world.hubspot.agent(SAM);
    agent.move_to(scene.ticket, "4").unwrap();
    assert_eq!(scene.play().await, [10]);
    let agent = scene.stage.world.hubspot.agent(SAM);
    agent.set(scene.ticket, "resolution_communicated", "yes_phone").unwrap();
    assert_eq!(scene.play().await, [0]);
    assert_eq!(scene.asked(), ["enforce-closure", "enforce-closure"]);
    assert_eq!(scene.enrolled(), ["W4 Closed", "W6 Resolution communicated"]);
}

#[tokio::test]
async fn a_ticket_that_is_made_escalated_is_enrolled() {
    let mut scene = Scene::of_the_procedure(&["assigned"]).await;
    let values = [("subject", "Escalation - Harbour Grill - Phone"), ("escalation_type", "shift_lead")];
    scene.stage.world.hubspot.agent(SAM).create_ticket(&values).unwrap();
    scene.play().await;
    assert_eq!(scene.enrolled(), [W1]);
}

#[tokio::test]
async fn a_change_while_w1_waits_is_handled_at_once_elsewhere_or_at_its_next_step() {
    let mut scene = Scene::of_the_procedure(&["awaiting_context"]).await;
    scene.escalate("shift_lead");
    scene.run().await;
    scene.stage.wait(60);
    scene.escalate("tech");
    assert_eq!(scene.run().await, 2);
    scene.escalate("");
    assert_eq!(scene.run().await, 2);
    scene.escalate("shift_lead");
    assert_eq!(scene.run().await, 0, "W1 still has the ticket");
    assert_eq!(scene.enrolled(), [W1, W2, W5]);
    assert_eq!(scene.play().await, [1, 1, 11, 11, 31], "minutes after the last change");
}

proptest! {
    #[test]
    fn whatever_escalation_type_becomes_is_exactly_one_triggers(value in "(|tech|shift_lead|internal_note|[a-z_ ]{0,12})") {
        let all = workflows(&properties());
        let met = all.iter().filter(|it| it.trigger.is_met("escalation_type", &value));
        prop_assert_eq!(met.count(), 1, "{:?}", value);
    }
}

/// What the actions alone write. A property that is new in the policy has to be put on one side or the
/// other. Jira Reference is people's as well: after our own write all is as it should be.
fn written(properties: &Properties) -> Vec<&str> {
    let Properties {
        escalation_type: _,
        reason: _,
        account_tier: _,
        impact: _,
        expectation: _,
        jira_reference: _,
        lane,
        state,
        level,
        owner,
        origin,
        channel,
        accepted_at,
        first_reviewed_at,
        review_minutes,
        review_due_at,
        resolve_due_at,
        sla_status,
        comment_status,
        comment_missing,
        hints,
        name_status,
        cycle,
        started_at,
        last_message,
        jira_url,
        jira_status,
        jira_updated_at,
        resolution_communicated: _,
        unreachable_reason: _,
        closure_missing,
        closure_option,
        resolved_at,
        resolve_minutes,
        merged_from,
        jira_reference_other,
    } = properties;
    let people_see = [lane, state, level, owner, origin, channel, comment_status, comment_missing, hints, name_status];
    let times = [accepted_at, first_reviewed_at, review_due_at, resolve_due_at, started_at, jira_updated_at];
    let of_jira = [jira_url, jira_status, jira_reference_other];
    let of_the_end = [closure_missing, closure_option, resolved_at, resolve_minutes];
    let of_the_clock = [review_minutes, sla_status];
    let others = of_jira.into_iter().chain(of_the_end).chain(of_the_clock).chain([cycle, last_message, merged_from]);
    people_see.into_iter().chain(times).chain(others).map(|it| &**it).collect()
}

#[test]
fn no_workflow_enrols_on_what_the_actions_write() {
    let properties = properties();
    for workflow in workflows(&properties) {
        let property = workflow.trigger.property.as_str();
        assert!(!written(&properties).contains(&property), "{} enrols on {property}", workflow.name);
    }
}

#[tokio::test]
async fn nothing_that_the_actions_write_enrols_a_ticket() {
    let mut scene = Scene::of_the_procedure(&["assigned"]).await;
    let agent = scene.stage.world.hubspot.agent(SAM);
    for property in written(&properties()) {
        let values = [
            "cs",
            "triage",
            "2",
            "77001",
            "agent",
            "email",
            "ok",
            "complete",
            "issue",
            "A",
            "not_closed",
            "2026-06-10T09:00:00Z",
        ];
        let set = values.iter().find(|it| agent.set(scene.ticket, property, it).is_ok());
        assert!(set.is_some(), "{property} takes none of {values:?}");
    }
    assert_eq!(scene.play().await, [0; 0]);
}

#[test]
fn the_triggers_follow_the_policys_names() {
    let mut other = properties();
    other.escalation_type = "eskalation".to_owned().try_into().unwrap();
    other.jira_reference = "jira_schluessel".to_owned().try_into().unwrap();
    for (label, name) in [("Escalation Type", "eskalation"), ("Jira Reference", "jira_schluessel")] {
        let all = workflows(&other);
        let mut named = all.iter().filter(|it| it.trigger.label == label).peekable();
        assert!(named.peek().is_some() && named.all(|it| it.trigger.property == name), "{label}");
    }
    assert!(recipe(&other).contains("Escalation Type (eskalation) is any of: Tech"));
}

/// A branch that HubSpot can build: on a call that comes earlier, and onwards.
fn can_be_built(workflow: &Workflow, at: usize, branch: &Branch) -> bool {
    let is_call = matches!(workflow.steps[branch.of], Step::Call(_));
    let targets = branch.cases.iter().map(|it| it.1).chain([branch.otherwise]);
    is_call && branch.of < at && targets.into_iter().all(|it| at < it && it < workflow.steps.len())
}

#[test]
fn workflows_can_be_built_in_hubspot_and_every_one_enrols_again() {
    for workflow in workflows(&properties()) {
        for (at, step) in workflow.steps.iter().enumerate() {
            if let Step::Branch(branch) = step {
                assert!(can_be_built(&workflow, at, branch), "{}: step {}", workflow.name, at + 1);
            }
        }
        assert!(workflow.re_enrol, "{}", workflow.name);
        let is_any =
            workflow.trigger.property == "escalation_type" && matches!(workflow.trigger.becomes, Becomes::Known);
        assert!(!is_any, "{} would take Tech twice", workflow.name);
    }
}

#[test]
fn the_readme_has_the_recipe_word_for_word() {
    let readme = include_str!("../../../../README.md");
    let text = recipe(&properties());
    assert!(readme.contains(&format!("```\n{text}```\n")), "`cargo run -p provision -- workflows` says:\n{text}");
}
