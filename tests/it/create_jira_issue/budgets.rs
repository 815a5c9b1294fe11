//! How much an escalation's issue may ask of HubSpot, Jira and DynamoDB: the calls, in order. The
//! first write counts the run; the one before the ticket's own registers the issue for a merge.

use super::trial::{Plan, Trial};

/// What a delivery calls, a line each.
fn called(trial: &Trial) -> String {
    trial.calls().iter().map(|it| format!("{} {}\n", it.vendor, it.kind)).collect()
}

/// A worker that knows the owners and the create screen.
async fn warm() -> Trial {
    let trial = Trial::new(false, 0).await;
    let other = trial.bench.sent_to_tech();
    assert_eq!(trial.bench.create_again(other, "ap-24680135-10-1-0", &[]).await.outcome(), "created");
    trial.bench.wait(30);
    trial
}

#[tokio::test]
async fn an_issue_costs_five_writes_of_the_table_and_no_read_and_its_repeat_two_writes() {
    let mut trial = warm().await;
    trial.deliver(&Plan::default()).await;
    insta::assert_snapshot!(called(&trial), @"
    dynamodb UpdateItem
    hubspot GET /crm/v3/objects/tickets/*
    hubspot POST /crm/v3/objects/notes/batch/read
    dynamodb UpdateItem
    hubspot POST /crm/v3/objects/companies/batch/read
    jira POST /rest/api/3/issue
    dynamodb UpdateItem
    jira GET /rest/api/3/issue/*
    dynamodb UpdateItem
    hubspot PATCH /crm/v3/objects/tickets/*
    jira POST /rest/api/3/issue/*/remotelink
    hubspot POST /crm/v3/objects/notes
    dynamodb UpdateItem
    ");
    trial.deliver(&Plan::default()).await;
    insta::assert_snapshot!(called(&trial), @"
    dynamodb UpdateItem
    hubspot GET /crm/v3/objects/tickets/*
    hubspot POST /crm/v3/objects/notes/batch/read
    jira GET /rest/api/3/issue/*
    dynamodb UpdateItem
    ");
    trial.is_right(&"budgets");
}

#[tokio::test]
async fn a_linked_issue_costs_as_much_of_the_table() {
    let mut trial = warm().await;
    let key = trial.bench.world.jira.created_by_hand("TECH", "Bug", "Captured twice");
    trial.bench.dana().set(trial.ticket, "jira_reference", &key).unwrap();
    trial.deliver(&Plan::default()).await;
    insta::assert_snapshot!(called(&trial), @"
    dynamodb UpdateItem
    hubspot GET /crm/v3/objects/tickets/*
    hubspot POST /crm/v3/objects/notes/batch/read
    jira GET /rest/api/3/issue/*
    dynamodb UpdateItem
    jira POST /rest/api/3/issue/*/remotelink
    jira GET /rest/api/3/issue/*/remotelink
    dynamodb UpdateItem
    dynamodb UpdateItem
    hubspot PATCH /crm/v3/objects/tickets/*
    jira POST /rest/api/3/issue/*/remotelink
    hubspot POST /crm/v3/objects/notes
    dynamodb UpdateItem
    ");
    trial.deliver(&Plan::default()).await;
    insta::assert_snapshot!(called(&trial), @"
    dynamodb UpdateItem
    hubspot GET /crm/v3/objects/tickets/*
    hubspot POST /crm/v3/objects/notes/batch/read
    jira GET /rest/api/3/issue/*
    dynamodb UpdateItem
    ");
    trial.bench.finish();
}
