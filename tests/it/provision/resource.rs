//! CloudFormation's custom resource: it is answered whatever happens.

use std::time::Duration;

use ::provision::{Keys, Provision, Unasked, Vendors, lambda};
use escalation::http::Http;
use escalation::runtime::Invocation;
use jiff::SignedDuration;
use sandbox::world::fault::{Effect, Fault};
use serde_json::{Value, json};

use super::bucket::{Bucket, SIGNATURE};
use super::{Setup, fresh};

const CREATE: &str = include_str!("../../../events/provision/create.json");
const UPDATE: &str = include_str!("../../../events/provision/update.json");
const DELETE: &str = include_str!("../../../events/provision/delete.json");

/// As template.yaml has it.
const TIME_LIMIT: SignedDuration = SignedDuration::from_secs(120);

fn event(stored: &str, bucket: &Bucket) -> Value {
    let mut event: Value = serde_json::from_str(stored).unwrap();
    event["ResponseURL"] = json!(bucket.url);
    event
}

/// Answers a stored request within this time.
async fn answer(setup: &Setup, stored: &str, bucket: &Bucket, time: SignedDuration) -> anyhow::Result<Value> {
    let (clock, deadline) = (setup.watch.clock(), setup.now() + time);
    let invocation = Invocation { clock, deadline, request_id: "request-1".to_owned() };
    let build = async || Ok(setup.provision());
    Box::pin(lambda::answer(event(stored, bucket), &invocation, &Http::new(), build)).await
}

#[tokio::test]
async fn a_deployment_sets_up_what_is_missing_and_the_next_one_finds_it() {
    let (setup, bucket) = (Setup::of(fresh()).await, Bucket::open(0).await);
    assert_eq!(answer(&setup, CREATE, &bucket, TIME_LIMIT).await.unwrap(), Value::Null);
    let told = bucket.answer();
    assert_eq!(
        (&told["Status"], &told["PhysicalResourceId"]),
        (&json!("SUCCESS"), &json!("provisioning-Provisioning"))
    );
    for same in ["StackId", "RequestId", "LogicalResourceId"] {
        assert_eq!(told[same], event(CREATE, &bucket)[same]);
    }
    insta::assert_snapshot!(told["Data"]["Summary"].as_str().unwrap(), @"40 done. 12 fine, 5 to look at, 0 wrong.");
    assert_eq!(setup.writes(), 40);

    let bucket = Bucket::open(0).await;
    answer(&setup, UPDATE, &bucket, TIME_LIMIT).await.unwrap();
    let told = bucket.answer();
    assert_eq!(
        (&told["Status"], &told["PhysicalResourceId"]),
        (&json!("SUCCESS"), &json!("provisioning-Provisioning"))
    );
    assert!(told["Data"]["Summary"].as_str().unwrap().starts_with("Nothing to do."), "{told}");
    assert_eq!(setup.writes(), 0);
}

/// Nobody is there to say so.
#[tokio::test]
async fn a_deployment_moves_no_actions_of_another() {
    let mut setup = Setup::of(fresh()).await;
    setup.apply().await;
    let before = setup.world.hubspot.definitions();
    setup.deployed.public_url = Some("https://staging.example.com".to_owned());
    let bucket = Bucket::open(0).await;
    answer(&setup, UPDATE, &bucket, TIME_LIMIT).await.unwrap();
    assert_eq!(setup.world.hubspot.definitions(), before);
    let told = bucket.answer();
    assert!(told["Data"]["Summary"].as_str().unwrap().contains("Wrong: HubSpot action assign-lane, "), "{told}");
}

#[tokio::test]
async fn a_stack_that_goes_takes_nothing_with_it() {
    let (setup, bucket) = (Setup::of(fresh()).await, Bucket::open(0).await);
    answer(&setup, DELETE, &bucket, TIME_LIMIT).await.unwrap();
    assert_eq!(bucket.answer()["Status"], "SUCCESS");
    assert_eq!(setup.world.hubspot.calls().len(), 0);
}

#[tokio::test]
async fn a_hubspot_that_hangs_does_not_keep_cloudformation_waiting() {
    let (setup, bucket) = (Setup::of(fresh()).await, Bucket::open(0).await);
    setup.world.hubspot.delay_all(Duration::from_secs(60));
    // Five seconds are for the answer.
    answer(&setup, CREATE, &bucket, SignedDuration::from_millis(5_200)).await.unwrap();
    let told = bucket.answer();
    assert_eq!(told["Status"], "SUCCESS");
    assert!(told["Reason"].as_str().unwrap().starts_with("HubSpot did not answer in time"), "{told}");
}

#[tokio::test]
async fn what_hubspot_refuses_is_told_and_takes_nothing_back() {
    let (setup, bucket) = (Setup::of(fresh()).await, Bucket::open(0).await);
    let refusal = sandbox::world::hubspot::refusal::invalid("The property's name is not valid");
    setup.world.hubspot.inject(Fault::on("POST /crm/v3/properties/tickets", Effect::Refuse(refusal)));
    answer(&setup, CREATE, &bucket, TIME_LIMIT).await.unwrap();
    let told = bucket.answer();
    assert_eq!(told["Status"], "SUCCESS");
    assert!(told["Data"]["Summary"].as_str().unwrap().ends_with("Wrong: HubSpot property escalation_type"), "{told}");
}

#[tokio::test]
async fn a_deployment_that_is_wrong_in_itself_is_taken_back() {
    let (setup, bucket) = (Setup::of(fresh()).await, Bucket::open(0).await);
    let invocation =
        Invocation { clock: setup.watch.clock(), deadline: setup.now() + TIME_LIMIT, request_id: "1".to_owned() };
    let build = async || Err::<Provision, _>(anyhow::anyhow!("my.toml:7: unknown field `lookbak_days`"));
    lambda::answer(event(UPDATE, &bucket), &invocation, &Http::new(), build).await.unwrap();
    let told = bucket.answer();
    assert_eq!(
        (&told["Status"], &told["Reason"]),
        (&json!("FAILED"), &json!("my.toml:7: unknown field `lookbak_days`"))
    );
}

#[tokio::test]
async fn before_the_secret_is_filled_in_the_deployment_goes_on() {
    let (setup, bucket) = (Setup::of(fresh()).await, Bucket::open(0).await);
    let invocation =
        Invocation { clock: setup.watch.clock(), deadline: setup.now() + TIME_LIMIT, request_id: "1".to_owned() };
    let build = async || {
        let keys = Keys::unreadable(&anyhow::anyhow!("SECRETS_ID: cannot read secret"));
        let vendors = Vendors { slack: Err(Unasked), ..Vendors::default() };
        Ok(Provision::new(setup.deployed.clone(), keys, vendors))
    };
    lambda::answer(event(CREATE, &bucket), &invocation, &Http::new(), build).await.unwrap();
    let told = bucket.answer();
    assert_eq!(told["Status"], "SUCCESS");
    let summary = told["Data"]["Summary"].as_str().unwrap();
    assert!(summary.ends_with("Wrong: The secrets") && !summary.contains("Nothing to do"), "{summary}");
}

#[tokio::test]
async fn an_answer_that_does_not_arrive_is_sent_again() {
    let (setup, bucket) = (Setup::of(fresh()).await, Bucket::open(1).await);
    answer(&setup, DELETE, &bucket, TIME_LIMIT).await.unwrap();
    assert_eq!((bucket.asked(), &bucket.answer()["Status"]), (2, &json!("SUCCESS")));
}

/// The platform runs a function that failed once more.
#[tokio::test]
async fn an_answer_that_never_arrives_fails_the_run_and_does_not_tell_the_address() {
    let (setup, bucket) = (Setup::of(fresh()).await, Bucket::open(usize::MAX).await);
    let failed = answer(&setup, DELETE, &bucket, SignedDuration::from_millis(500)).await.unwrap_err();
    assert_eq!(failed.to_string(), "CloudFormation could not be told: 503 Service Unavailable");
    let mut nowhere = bucket.clone();
    nowhere.url = format!("http://127.0.0.1:1/?X-Amz-Signature={SIGNATURE}");
    let failed = answer(&setup, DELETE, &nowhere, SignedDuration::from_millis(500)).await.unwrap_err();
    assert!(!format!("{failed:?}").contains("canary"), "{failed:?}");
}
