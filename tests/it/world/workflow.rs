//! The workflow engine: who enrols, how actions are called, when they are called again.

mod procedure;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use escalation::id::TicketId;
use escalation::views::Choice;
use escalation::workflows::{Action, Becomes, Input, Step, Trigger, Workflow};
use jiff::SignedDuration;
use sandbox::world::workflow::definition;
use sandbox::world::workflow::log::What;
use sandbox::world::workflow::{App, Caller, Engine, signature};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{SAM, Stage};

const SECRET: &str = "test-client-secret-0001";
const PUBLIC: &str = "https://escalation.example.com/prod";
const ACTION: &str = "/hubspot/actions/validate-comment";

/// Stands where our functions stand; answers what it was told to, the last thing again and again.
#[derive(Clone, Default)]
struct Function {
    answers: Arc<Mutex<VecDeque<Told>>>,
    calls: Arc<Mutex<Vec<Call>>>,
}

#[derive(Clone)]
struct Told {
    status: u16,
    retry_after: Option<&'static str>,
    body: Value,
    hangs: Duration,
}

#[derive(Clone)]
struct Call {
    path: String,
    headers: HeaderMap,
    text: String,
}

impl Call {
    fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

impl Function {
    async fn answer(
        State(function): State<Self>,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
    ) -> (StatusCode, HeaderMap, String) {
        let text = String::from_utf8(body.to_vec()).unwrap();
        function.calls.lock().unwrap().push(Call { path: uri.path().to_owned(), headers, text });
        let told = {
            let mut answers = function.answers.lock().unwrap();
            if answers.len() > 1 { answers.pop_front().unwrap() } else { answers[0].clone() }
        };
        tokio::time::sleep(told.hangs).await;
        let mut headers = HeaderMap::new();
        if let Some(after) = told.retry_after {
            headers.insert("retry-after", after.parse().unwrap());
        }
        (StatusCode::from_u16(told.status).unwrap(), headers, told.body.to_string())
    }

    fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }
}

fn status(status: u16) -> Told {
    Told { status, retry_after: None, body: json!({}), hangs: Duration::ZERO }
}

fn outcome(outcome: &str) -> Told {
    Told { body: json!({ "outputFields": { "outcome": outcome, "hs_execution_state": "SUCCESS" } }), ..status(200) }
}

/// A stage, a function and an engine between them.
struct Scene {
    stage: Stage,
    function: Function,
    engine: Engine,
    ticket: TicketId,
}

impl Scene {
    async fn set(workflow: Workflow, answers: &[Told]) -> Self {
        Self::with(vec![workflow], answers).await
    }

    async fn with(workflows: Vec<Workflow>, answers: &[Told]) -> Self {
        let stage = Stage::set().await;
        let function = Function { answers: Arc::new(Mutex::new(answers.to_vec().into())), ..Function::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(Function::answer).with_state(function.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let app = App {
            portal: stage.world.hubspot.settings().portal,
            client_secret: SecretString::from(SECRET),
            public_url: PUBLIC.to_owned(),
            sign_v3: true,
        };
        let caller = Caller::new(&base_url, Duration::from_millis(500)).unwrap();
        let engine = Engine::new(&stage.world.hubspot, app, caller, workflows);
        let ticket = stage.ticket();
        Self { stage, function, engine, ticket }
    }

    fn escalate(&self, value: &str) {
        self.stage.world.hubspot.agent(SAM).set(self.ticket, "escalation_type", value).unwrap();
    }

    async fn run(&mut self) -> usize {
        self.engine.run_due(self.stage.watch.now()).await
    }

    /// Runs the engine from one due time to the next; the minutes after 09:00 at which it called.
    async fn play(&mut self) -> Vec<i64> {
        let start = self.stage.watch.now();
        let mut called = Vec::new();
        while let Some(due) = self.engine.next_due() {
            self.stage.watch.set(due.max(self.stage.watch.now()));
            for _ in 0..self.run().await {
                called.push(self.stage.watch.now().duration_since(start).as_mins());
            }
        }
        called
    }

    fn said(&self) -> Vec<String> {
        self.engine.log().iter().map(|it| it.what.to_string()).collect()
    }
}

#[tokio::test]
async fn a_complete_comment_ends_the_workflow() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[outcome("complete")]).await;
    assert_eq!(scene.engine.next_due(), None);
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0]);
    let said = scene.said();
    assert_eq!(said, ["enrolled", "called, try 1: 200", "answered: complete", "branches on `complete`", "finished"]);
}

#[tokio::test]
async fn what_happened_before_it_was_turned_on_enrols_nobody() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[outcome("complete")]).await;
    scene.escalate("shift_lead");
    scene.engine.turn_on();
    assert_eq!(scene.play().await, [0; 0]);
    scene.escalate("");
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0]);
}

#[tokio::test]
async fn an_incomplete_comment_is_looked_at_again_after_two_and_after_twelve_minutes() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[outcome("incomplete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 2, 12]);
    assert_eq!(scene.said().last().unwrap(), "finished");
    let steps: Vec<usize> = scene.engine.log().iter().map(|it| it.action).collect();
    assert_eq!(steps, [1, 1, 1, 2, 3, 4, 4, 5, 6, 6, 7]);
    let ids: Vec<Value> = scene.function.calls().iter().map(|it| it.body()["callbackId"].clone()).collect();
    assert_eq!(
        ids,
        [
            json!("ap-24680135-2384423471001-1-0"),
            json!("ap-24680135-2384423471001-4-3"),
            json!("ap-24680135-2384423471001-6-5")
        ]
    );
}

#[tokio::test]
async fn an_action_is_called_the_way_hubspot_calls_it() {
    let mut action = Action::new("validate-comment", &[("lookback_days", "7"), ("empty", "")]);
    action.inputs.push(("priority".to_owned(), Input::Property("hs_ticket_priority".to_owned())));
    action.inputs.push(("reason".to_owned(), Input::Property("escalation_hints".to_owned())));
    let steps = vec![Step::Call(action)];
    let mut scene = Scene::set(Workflow { steps, ..definition::comment_check(&[]) }, &[status(204)]).await;
    scene.stage.world.hubspot.agent(SAM).set(scene.ticket, "hs_ticket_priority", "HIGH").unwrap();
    scene.escalate("shift_lead");
    assert_eq!(scene.run().await, 1);
    let call = &scene.function.calls()[0];
    assert_eq!(call.path, ACTION);
    let execution = json!({ "enrollmentId": 2_384_423_471_001_u64, "actionExecutionIndex": 0 });
    assert_eq!(
        call.body(),
        json!({
            "callbackId": "ap-24680135-2384423471001-1-0",
            "origin": {
                "portalId": 24_680_135, "userId": null, "actionDefinitionId": 259_551_814, "actionDefinitionVersion": 1,
                "actionExecutionIndexIdentifier": execution,
                "extensionDefinitionId": 259_551_814, "extensionDefinitionVersionId": 1,
            },
            "context": { "workflowId": 55_660_001, "actionId": 1, "actionExecutionIndexIdentifier": execution, "source": "WORKFLOWS" },
            "object": { "objectId": scene.ticket.0, "objectType": "TICKET" },
            "fields": { "lookback_days": "7", "priority": "HIGH" },
            "inputFields": { "lookback_days": "7", "priority": "HIGH" },
            "typedInputs": {
                "lookback_days": { "value": "7", "type": "STRING" }, "priority": { "value": "HIGH", "type": "STRING" },
            },
        })
    );
    let url = format!("{PUBLIC}{ACTION}");
    assert_eq!(call.header("x-hubspot-signature-version"), "v2");
    assert_eq!(call.header("x-hubspot-signature"), signature::v2(SECRET, "POST", &url, &call.text));
    let at = scene.stage.watch.now().as_millisecond();
    assert_eq!(call.header("x-hubspot-request-timestamp"), at.to_string());
    assert_eq!(call.header("x-hubspot-signature-v3"), signature::v3(SECRET, "POST", &url, &call.text, at));
    assert_eq!(call.header("content-type"), "application/json");
}

#[tokio::test]
async fn a_failing_action_is_called_again_with_growing_gaps_and_the_same_id() {
    let answers = [status(503), status(500), status(502), outcome("complete")];
    let mut scene = Scene::set(definition::comment_check(&[]), &answers).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 1, 3, 7]);
    let bodies: Vec<Value> = scene.function.calls().iter().map(Call::body).collect();
    assert!(bodies.iter().all(|it| it["callbackId"] == bodies[0]["callbackId"]));
    assert_eq!(scene.said()[1..3], ["called, try 1: 503", "tries again at 2026-06-10T09:01:00Z"]);
    let attempts = scene.engine.log().iter().filter_map(|it| match it.what {
        What::Called { attempt, .. } => Some(attempt),
        _ => None,
    });
    assert_eq!(attempts.collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[tokio::test]
async fn hubspot_gives_up_after_three_days_and_the_workflow_goes_on() {
    let workflow =
        Workflow { steps: definition::comment_check(&[]).steps[..1].to_vec(), ..definition::comment_check(&[]) };
    let mut scene = Scene::set(workflow, &[status(503)]).await;
    scene.escalate("shift_lead");
    let called = scene.play().await;
    assert!(called.windows(2).all(|it| it[1] - it[0] <= 480), "{called:?}");
    assert!((64 * 60..=72 * 60).contains(called.last().unwrap()), "{called:?}");
    assert_eq!(scene.said()[scene.said().len() - 2..], ["failed: gave up after three days", "finished"]);
}

#[tokio::test]
async fn retry_after_is_read_in_milliseconds() {
    let busy = Told { retry_after: Some("1500"), ..status(429) };
    let mut scene = Scene::set(definition::comment_check(&[]), &[busy, outcome("complete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.run().await, 1);
    let due = scene.stage.watch.now() + SignedDuration::from_millis(1500);
    assert_eq!(scene.engine.next_due(), Some(due));
    scene.stage.watch.advance(SignedDuration::from_millis(1499));
    assert_eq!(scene.run().await, 0);
    scene.stage.watch.advance(SignedDuration::from_millis(1));
    assert_eq!(scene.run().await, 1);
}

#[tokio::test]
async fn a_429_without_a_time_waits_a_minute() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[status(429), outcome("complete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 1]);
}

#[tokio::test]
async fn another_4xx_is_final_and_the_workflow_goes_on() {
    let mut scene =
        Scene::set(definition::comment_check(&[]), &[status(400), status(404), outcome("incomplete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 2, 12]);
    assert!(scene.said().contains(&"failed: status 400".to_owned()));
}

#[tokio::test]
async fn a_silent_action_is_called_again() {
    let hangs = Told { hangs: Duration::from_secs(5), ..outcome("complete") };
    let mut scene = Scene::set(definition::comment_check(&[]), &[hangs, outcome("complete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 1]);
    assert_eq!(scene.said()[1], "called, try 1: no answer");
}

#[tokio::test]
async fn a_failed_action_goes_on() {
    let failed = Told { body: json!({ "outputFields": { "hs_execution_state": "FAIL_CONTINUE" } }), ..status(200) };
    let mut scene = Scene::set(definition::comment_check(&[]), &[failed]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 2, 12]);
    assert_eq!(scene.said()[2], "failed: the action says it failed");
}

fn blocks() -> Told {
    let fields = json!({ "hs_execution_state": "BLOCK", "hs_expiration_duration": "PT30M" });
    Told { body: json!({ "outputFields": fields }), ..status(200) }
}

#[tokio::test]
async fn a_blocked_action_stands_until_it_is_completed() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[blocks()]).await;
    scene.escalate("shift_lead");
    scene.run().await;
    let callback = scene.function.calls()[0].body()["callbackId"].as_str().unwrap().to_owned();
    let outputs = || [("outcome".to_owned(), "complete".to_owned())].into();
    let now = scene.stage.wait(60);
    assert!(!scene.engine.complete("ap-1-2-3-4", outputs(), now));
    assert!(scene.engine.complete(&callback, outputs(), now));
    assert!(!scene.engine.complete(&callback, outputs(), now));
    assert_eq!(scene.play().await, [0; 0]);
    assert_eq!(scene.said()[scene.said().len() - 2..], ["branches on `complete`", "finished"]);
}

#[tokio::test]
async fn a_blocked_action_nobody_completes_expires() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[blocks(), outcome("incomplete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 32, 42]);
    assert!(scene.said().contains(&"was not completed in time".to_owned()));
}

#[tokio::test]
async fn a_ticket_enrols_again_only_after_it_has_left() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[outcome("incomplete")]).await;
    scene.escalate("shift_lead");
    scene.run().await;
    scene.escalate("tech");
    scene.escalate("");
    scene.escalate("shift_lead");
    assert_eq!(scene.run().await, 0, "it is still enrolled");
    scene.play().await;
    assert_eq!(scene.function.calls().len(), 3);
    scene.escalate("");
    assert_eq!(scene.play().await, [0; 0], "cleared is not known");
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0, 2, 12]);
}

#[tokio::test]
async fn without_re_enrolment_a_ticket_enrols_once() {
    let once = Workflow { re_enrol: false, ..definition::comment_check(&[]) };
    let mut scene = Scene::set(once, &[outcome("complete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.play().await, [0]);
    scene.escalate("tech");
    assert_eq!(scene.play().await, [0; 0]);
}

#[tokio::test]
async fn a_deleted_or_merged_ticket_leaves_and_does_not_come_back() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[outcome("incomplete")]).await;
    let other = scene.stage.ticket();
    scene.escalate("shift_lead");
    scene.run().await;
    let hubspot = scene.stage.world.hubspot.clone();
    hubspot.agent(SAM).delete(scene.ticket).unwrap();
    assert!(!scene.engine.is_enrolled(scene.ticket));
    hubspot.agent(SAM).restore(scene.ticket).unwrap();
    assert_eq!(scene.play().await, [0; 0]);
    scene.escalate("tech");
    scene.run().await;
    hubspot.agent(SAM).merge(scene.ticket, other).unwrap();
    assert_eq!(scene.play().await, [0; 0]);
    assert_eq!(scene.said().last().unwrap(), "left, the ticket is gone");
}

#[test]
fn triggers_tell_one_value_and_an_empty_one() {
    let tech = Choice { value: "tech", label: "Tech" };
    let is_met = |becomes, property, value| Trigger::new("escalation_type", "", becomes).is_met(property, value);
    assert!(is_met(Becomes::Exactly(tech), "escalation_type", "tech"));
    assert!(!is_met(Becomes::Exactly(tech), "escalation_type", "shift_lead"));
    assert!(is_met(Becomes::OtherThan(tech), "escalation_type", "shift_lead"));
    assert!(!is_met(Becomes::OtherThan(tech), "escalation_type", "tech"));
    assert!(!is_met(Becomes::OtherThan(tech), "escalation_type", ""));
    assert!(is_met(Becomes::Unknown, "escalation_type", ""));
    assert!(!is_met(Becomes::Unknown, "escalation_type", "tech"));
    assert!(!is_met(Becomes::Known, "jira_reference", "TECH-1") && !is_met(Becomes::Known, "escalation_type", ""));
}

#[tokio::test]
async fn a_step_sets_a_property_which_may_enrol_the_ticket_elsewhere() {
    let set = |property: &str| Step::Set(property.to_owned(), "tech".to_owned());
    let first =
        Workflow { steps: vec![set("escalation_type"), set("no_such_property")], ..definition::comment_check(&[]) };
    let trigger =
        Trigger { becomes: Becomes::Exactly(Choice { value: "tech", label: "Tech" }), ..first.trigger.clone() };
    let second = Workflow { id: 2, name: "Tech".to_owned(), trigger, ..definition::comment_check(&[]) };
    let mut scene = Scene::with(vec![first, second], &[outcome("complete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.run().await, 1);
    assert_eq!(scene.stage.world.hubspot.value(scene.ticket, "escalation_type").as_deref(), Some("tech"));
    let said = scene.said();
    assert!(said.contains(&"set a property".to_owned()) && said.contains(&"answered: complete".to_owned()), "{said:?}");
    assert!(said.iter().any(|it| it.starts_with("failed: ") && it.contains("no_such_property")), "{said:?}");
}

#[tokio::test]
async fn a_workflow_that_is_turned_off_lets_go_whom_it_has_and_takes_nobody_in() {
    let mut scene = Scene::set(definition::comment_check(&[]), &[outcome("incomplete")]).await;
    scene.escalate("shift_lead");
    assert_eq!(scene.run().await, 1);
    scene.engine.turn_off(definition::comment_check(&[]).id);
    assert_eq!(scene.engine.next_due(), None);
    scene.escalate("");
    scene.escalate("shift_lead");
    assert_eq!(scene.engine.next_due(), None);
}
