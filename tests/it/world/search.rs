//! Searching for tickets, and what our client makes of it.

use std::collections::BTreeMap;

use escalation::http::{Fault, Http};
use escalation::hubspot::HubSpot;
use escalation::id::TicketId;
use jiff::SignedDuration;
use sandbox::world::hubspot::id::UserId;
use sandbox::world::hubspot::owner::Owner;
use serde_json::{Value, json};

use super::{SAM, Stage};

const PATH: &str = "/crm/v3/objects/tickets/search";
const DANA: UserId = UserId(9_586_505);
const OWNERS: [&str; 2] = ["77001", "77002"];

impl Stage {
    /// Sam and Dana work here.
    async fn staffed() -> Self {
        let stage = Self::set().await;
        stage
            .world
            .hubspot
            .hire(Owner::new(77_002, DANA.0, "Dana Whitfield").in_team(501, "Support").in_team(77, "Leads"));
        stage
    }

    /// A ticket that Sam fills in.
    fn with(&self, values: &[(&str, &str)]) -> TicketId {
        let agent = self.world.hubspot.agent(SAM);
        agent.create_ticket(&[&[("subject", "Double charge")], values].concat()).unwrap()
    }

    fn open(&self, owner: &str) -> TicketId {
        self.with(&[("escalation_owner", owner), ("escalation_lane", "cs")])
    }

    async fn search(&self, body: Value) -> super::Reply {
        self.call("POST", PATH, body).await
    }

    /// The client that the functions have.
    fn hubspot(&self) -> HubSpot {
        HubSpot::new(Http::new(), self.world.hubspot.base_url(), self.world.hubspot.settings().token)
    }

    async fn counted(&self, owners: &[&str]) -> BTreeMap<String, usize> {
        self.hubspot().open_escalations("escalation_owner", owners, "escalation_lane").await.unwrap()
    }
}

fn counts(of: &[(&str, usize)]) -> BTreeMap<String, usize> {
    of.iter().map(|(owner, count)| ((*owner).to_owned(), *count)).collect()
}

/// A request with everything HubSpot's description asks for.
fn request(groups: &[&[Value]]) -> Value {
    let groups: Vec<Value> = groups.iter().map(|it| json!({ "filters": it })).collect();
    json!({ "filterGroups": groups, "sorts": [], "properties": ["subject"], "limit": 100, "after": "0" })
}

fn filter(name: &str, operator: &str, value: &str) -> Value {
    json!({ "propertyName": name, "operator": operator, "value": value })
}

fn list(name: &str, operator: &str, values: &[&str]) -> Value {
    json!({ "propertyName": name, "operator": operator, "values": values })
}

fn bare(name: &str, operator: &str) -> Value {
    json!({ "propertyName": name, "operator": operator })
}

fn ids(reply: &Value) -> Vec<TicketId> {
    reply["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| TicketId(it["id"].as_str().unwrap().parse().unwrap()))
        .collect()
}

/// The tickets that a search finds; `all` are those of the account.
#[track_caller]
fn check(found: &Value, all: &[TicketId], expected: &[usize]) {
    let expected: Vec<TicketId> = expected.iter().map(|it| all[*it]).collect();
    assert_eq!(ids(found), expected);
    assert_eq!(found["total"], expected.len());
}

#[tokio::test]
async fn open_escalations_are_counted_for_each_owner() {
    let stage = Stage::staffed().await;
    for owner in ["77001", "77002", "77001"] {
        stage.open(owner);
    }
    stage.with(&[("escalation_owner", "77002")]);
    stage.with(&[("escalation_lane", "tech")]);
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 2), ("77002", 1)]));
    assert_eq!(stage.counted(&["77002"]).await, counts(&[("77002", 1)]));
    assert_eq!(stage.counted(&["1"]).await, counts(&[("1", 0)]));
    let calls = stage.world.hubspot.calls().len();
    assert_eq!(stage.counted(&[]).await, counts(&[]));
    assert_eq!(stage.world.hubspot.calls().len(), calls, "nothing is asked for nobody");
    stage.world.finish();
}

#[tokio::test]
async fn what_left_its_lane_or_was_deleted_is_not_open() {
    let stage = Stage::staffed().await;
    let [resolved, deleted, _] = ["77001", "77001", "77001"].map(|it| stage.open(it));
    let agent = stage.world.hubspot.agent(SAM);
    agent.set(resolved, "escalation_lane", "").unwrap();
    agent.delete(deleted).unwrap();
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 1), ("77002", 0)]));
    stage.world.finish();
}

#[tokio::test]
async fn a_property_that_the_account_has_not_is_refused() {
    let stage = Stage::staffed().await;
    stage.world.hubspot.forget("escalation_lane");
    let found = stage.hubspot().open_escalations("escalation_owner", &OWNERS, "escalation_lane").await;
    assert!(matches!(found, Err(Fault::Refused { status: 400, .. })), "{found:?}");
    stage.world.finish();
}

#[tokio::test]
async fn a_sixth_search_within_a_second_is_put_off_for_seconds() {
    let stage = Stage::staffed().await;
    for _ in 0..5 {
        stage.counted(&OWNERS).await;
    }
    let sixth = stage.hubspot().open_escalations("escalation_owner", &OWNERS, "escalation_lane").await;
    let Err(Fault::NotNow { retry_after, reason }) = sixth else { panic!("{sixth:?}") };
    assert!((1..5).contains(&retry_after.as_secs()) && reason.contains("SECONDLY"), "{retry_after:?} {reason}");
    stage.get("/crm/v3/owners").await.ok(200);
    stage.wait(1);
    stage.counted(&OWNERS).await;
    stage.world.finish();
}

#[tokio::test]
async fn the_index_is_behind_the_records() {
    let stage = Stage::staffed().await;
    stage.world.hubspot.set_search_lag(SignedDuration::from_secs(30));
    let ticket = stage.open("77001");
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 0), ("77002", 0)]));
    stage.wait(29);
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 0), ("77002", 0)]));
    stage.wait(1);
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 1), ("77002", 0)]));
    stage.world.hubspot.agent(SAM).set(ticket, "escalation_owner", "77002").unwrap();
    stage.wait(29);
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 1), ("77002", 0)]));
    let shown = stage.search(request(&[&[bare("escalation_owner", "HAS_PROPERTY")]])).await.ok(200);
    assert_eq!(shown["results"][0]["updatedAt"], "2026-06-10T09:00:00Z");
    stage.wait(1);
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 0), ("77002", 1)]));
    stage.world.hubspot.agent(SAM).delete(ticket).unwrap();
    stage.wait(29);
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 0), ("77002", 1)]));
    stage.wait(1);
    assert_eq!(stage.counted(&OWNERS).await, counts(&[("77001", 0), ("77002", 0)]));
    stage.world.finish();
}

#[tokio::test]
async fn filters_compare_as_hubspot_does() {
    let stage = Stage::staffed().await;
    stage.world.hubspot.configure(|it| it.limits.searches_per_second = 100);
    let all = [
        stage.with(&[
            ("escalation_lane", "cs"),
            ("escalation_cycle", "2"),
            ("escalation_started_at", "2026-06-09T09:00:00Z"),
        ]),
        stage.with(&[("escalation_lane", "tech"), ("escalation_cycle", "10"), ("jira_reference", "TECH-1")]),
        stage.with(&[("escalation_started_at", "1781078400000")]),
    ];
    for (filter, expected) in [
        (bare("escalation_lane", "HAS_PROPERTY"), &[0, 1][..]),
        (bare("escalation_lane", "NOT_HAS_PROPERTY"), &[2]),
        (filter("escalation_lane", "EQ", "cs"), &[0]),
        (filter("escalation_lane", "EQ", "CS"), &[]),
        (filter("escalation_lane", "NEQ", "cs"), &[1]),
        (list("escalation_lane", "IN", &["cs", "tech"]), &[0, 1]),
        (list("escalation_lane", "NOT_IN", &["cs"]), &[1]),
        (filter("jira_reference", "EQ", "tech-1"), &[1]),
        (list("jira_reference", "IN", &["tech-1"]), &[1]),
        (list("jira_reference", "IN", &["TECH-1"]), &[]),
        (filter("escalation_cycle", "GT", "2"), &[1]),
        (filter("escalation_cycle", "GTE", "2"), &[0, 1]),
        (filter("escalation_cycle", "LT", "10"), &[0]),
        (filter("escalation_cycle", "LTE", "10.0"), &[0, 1]),
        (filter("escalation_started_at", "LT", "1781078400000"), &[0]),
        (filter("escalation_started_at", "GTE", "2026-06-10T08:00:00Z"), &[2]),
        (json!({ "propertyName": "escalation_cycle", "operator": "BETWEEN", "value": "2", "highValue": "9" }), &[0]),
    ] {
        let found = stage.search(request(&[std::slice::from_ref(&filter)])).await.ok(200);
        let expected: Vec<TicketId> = expected.iter().map(|it| all[*it]).collect();
        assert_eq!(ids(&found), expected, "{filter}");
    }
    let both = [filter("escalation_lane", "EQ", "cs"), filter("escalation_cycle", "EQ", "10")];
    check(&stage.search(request(&[&both])).await.ok(200), &all, &[]);
    check(&stage.search(request(&[&both[..1], &both[1..]])).await.ok(200), &all, &[0, 1]);
    check(&stage.search(request(&[])).await.ok(200), &all, &[0, 1, 2]);
    stage.world.finish();
}

#[tokio::test]
async fn results_are_sorted_and_come_in_pages() {
    let stage = Stage::staffed().await;
    let all = ["3", "1", "2"].map(|it| stage.with(&[("escalation_cycle", it)]));
    let page = |sort: &str, limit: usize, after: &str| {
        let mut body = request(&[]);
        (body["sorts"], body["limit"], body["after"]) = (json!([sort]), json!(limit), json!(after));
        body
    };
    check(&stage.search(page("escalation_cycle", 200, "")).await.ok(200), &all, &[1, 2, 0]);
    let first = stage.search(page("-escalation_cycle", 2, "0")).await.ok(200);
    assert_eq!((ids(&first), &first["total"]), (vec![all[0], all[2]], &json!(3)));
    assert_eq!(first["results"][0]["properties"]["subject"], "Double charge");
    assert!(first["results"][0]["properties"].get("escalation_cycle").is_none(), "only what was asked for is shown");
    let after = first["paging"]["next"]["after"].as_str().unwrap();
    let second = stage.search(page("-escalation_cycle", 2, after)).await.ok(200);
    assert_eq!((ids(&second), second.get("paging")), (vec![all[1]], None));
    stage.world.finish();
}

/// HubSpot does not say what is wrong with a search.
#[track_caller]
fn refused(reply: &super::Reply) {
    let body = reply.ok(400);
    assert_eq!((&body["message"], body.get("category")), (&json!("There was a problem with the request."), None));
}

#[tokio::test]
async fn a_search_past_hubspots_bounds_is_refused() {
    let stage = Stage::staffed().await;
    stage.world.hubspot.configure(|it| it.limits.searches_per_second = 100);
    let lane = bare("escalation_lane", "HAS_PROPERTY");
    let groups = |sizes: &[usize]| {
        let groups: Vec<Vec<Value>> = sizes.iter().map(|it| vec![lane.clone(); *it]).collect();
        request(&groups.iter().map(Vec::as_slice).collect::<Vec<_>>())
    };
    stage.search(groups(&[4, 4, 4, 4, 2])).await.ok(200);
    stage.search(groups(&[6])).await.ok(200);
    for sizes in [&[1, 1, 1, 1, 1, 1][..], &[7], &[4, 4, 4, 4, 3]] {
        refused(&stage.search(groups(sizes)).await);
    }
    for (limit, after, status) in
        [(200, "9800", 200), (200, "9801", 400), (201, "0", 400), (0, "0", 400), (10, "x", 400)]
    {
        let mut body = request(&[]);
        (body["limit"], body["after"]) = (json!(limit), json!(after));
        assert_eq!(stage.search(body).await.status, status, "{limit} after {after}");
    }
    stage.world.finish();
}

#[tokio::test]
async fn a_filter_without_its_values_or_with_an_unknown_name_is_refused() {
    let stage = Stage::staffed().await;
    stage.world.hubspot.configure(|it| it.limits.searches_per_second = 100);
    for wrong in [
        bare("no_such_property", "HAS_PROPERTY"),
        bare("escalation_lane", "EQ"),
        bare("escalation_lane", "IN"),
        list("escalation_lane", "IN", &[]),
        filter("escalation_lane", "IN", "cs"),
        filter("escalation_cycle", "EQ", "two"),
        filter("escalation_started_at", "GT", "yesterday"),
        filter("escalation_cycle", "BETWEEN", "2"),
    ] {
        refused(&stage.search(request(&[std::slice::from_ref(&wrong)])).await);
    }
    let mut sorted = request(&[]);
    sorted["sorts"] = json!(["no_such_property"]);
    refused(&stage.search(sorted).await);
    let mut shown = request(&[]);
    shown["properties"] = json!(["no_such_property"]);
    stage.search(shown).await.ok(200);
    stage.world.finish();
}

#[tokio::test]
async fn an_operator_that_is_none_cannot_be_read() {
    let stage = Stage::staffed().await;
    for (wrong, said) in [
        (json!({ "propertyName": "escalation_lane", "operator": "IS" }), "unknown variant `IS`"),
        (json!({ "propertyName": "escalation_lane" }), "Some required fields were not set: [operator]"),
    ] {
        let refusal = stage.search(request(&[&[wrong]])).await.refused(400, "VALIDATION_ERROR");
        assert!(refusal["message"].as_str().unwrap().contains(said), "{refusal}");
    }
    // The description has neither.
    stage.world.violations();
    stage.world.finish();
}

#[tokio::test]
async fn what_the_stand_in_does_not_search_by_is_held_against_the_caller() {
    let stage = Stage::staffed().await;
    let mut worded = request(&[]);
    worded["query"] = json!("charge");
    let filters = [
        filter("subject", "CONTAINS_TOKEN", "charge"),
        filter("associations.contact", "EQ", "1"),
        filter("hs_ticket_category", "EQ", "BILLING_ISSUE"),
    ];
    assert_eq!(stage.search(worded).await.status, 400);
    for it in filters {
        assert_eq!(stage.search(request(&[&[it]])).await.status, 400);
    }
    assert_eq!(stage.world.violations().len(), 4);
    stage.call("POST", "/crm/v3/objects/notes/search", request(&[])).await;
    let violations = stage.world.violations();
    assert!(
        violations.iter().any(|it| it.ends_with("notes/search: this stand-in has no such endpoint")),
        "{violations:?}"
    );
    stage.world.finish();
}

#[tokio::test]
async fn people_are_known_with_their_teams_and_gone_when_they_left() {
    let stage = Stage::staffed().await;
    let now = stage.watch.now();
    let people = stage.hubspot().people(now).await.unwrap();
    let teams: Vec<(Option<u64>, &[u64])> = people.iter().map(|it| (it.user_id, it.teams.as_slice())).collect();
    assert_eq!(teams, [(Some(SAM.0), &[501][..]), (Some(DANA.0), &[501, 77])]);
    stage.world.hubspot.dismiss(DANA);
    let people = stage.hubspot().people(now).await.unwrap();
    assert_eq!(people.iter().map(|it| it.owner_id.as_str()).collect::<Vec<_>>(), ["77001"]);
    stage.world.finish();
}

#[tokio::test]
async fn the_history_tells_which_person_set_a_property() {
    let stage = Stage::staffed().await;
    let ticket = stage.with(&[("escalation_type", "shift_lead")]);
    stage.wait(60);
    stage.world.hubspot.agent(DANA).set(ticket, "escalation_type", "tech").unwrap();
    stage.wait(60);
    let hubspot = stage.hubspot();
    let values = BTreeMap::from([("escalation_type", "shift_lead".to_owned())]);
    hubspot.update_ticket(ticket, &values).await.unwrap();
    let read = hubspot.ticket(ticket, &[], &["escalation_type"]).await.unwrap().unwrap();
    let by: Vec<Option<u64>> = read.history("escalation_type").iter().map(|it| it.by).collect();
    assert_eq!(by, [None, Some(DANA.0), Some(SAM.0)]);
    stage.world.finish();
}
