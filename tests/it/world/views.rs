//! The views of the help desk: they show what their recipe says, and nobody is lost between them.

use std::collections::BTreeMap;

use escalation::id::TicketId;
use escalation::policy::{Policy, Properties};
use escalation::views::{self, Choice, Filter, Is, View};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use sandbox::world::hubspot::id::UserId;
use sandbox::world::hubspot::owner::Owner;
use serde_json::Value;

use super::{SAM, Stage};

const DANA: UserId = UserId(9_586_505);
const LANES: [&str; 2] = ["cs", "tech"];
const OPEN: [&str; 6] = ["awaiting_context", "triage", "in_tech", "back_to_cs", "agent_to_finish", "ready_to_close"];
const OVER: [&str; 4] = ["resolved", "deescalated", "gone", "merged"];

fn properties() -> Properties {
    Policy::shipped().properties
}

fn view(name: &str) -> View {
    let mut found = views::views(&properties()).into_iter().filter(|it| it.name.contains(name));
    let view = found.next().unwrap_or_else(|| panic!("there is no view {name}"));
    assert_eq!(found.next(), None);
    view
}

/// What a ticket has that a view may ask for.
#[derive(Debug, Clone, Default)]
struct Values {
    state: Option<&'static str>,
    lane: Option<&'static str>,
    owner: Option<&'static str>,
    stage: Option<&'static str>,
}

fn any_values() -> impl Strategy<Value = Values> {
    let states: Vec<&str> = OPEN.into_iter().chain(OVER).collect();
    let all = (
        option::of(select(states)),
        option::of(select(LANES.to_vec())),
        option::of(select(vec!["77001", "77002"])),
        option::of(select(vec!["1", "2", "3", "4"])),
    );
    all.prop_map(|(state, lane, owner, stage)| Values { state, lane, owner, stage })
}

impl Stage {
    async fn with_two_agents() -> Self {
        let stage = Self::set().await;
        stage.world.hubspot.hire(Owner::new(77_002, DANA.0, "Dana Whitfield"));
        stage
    }

    fn ticket_with(&self, values: &Values) -> TicketId {
        let (ticket, agent) = (self.ticket(), self.world.hubspot.agent(SAM));
        let all = [
            ("escalation_state", values.state),
            ("escalation_lane", values.lane),
            ("hubspot_owner_id", values.owner),
            ("hs_pipeline_stage", values.stage),
        ];
        for (property, value) in all.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            agent.set(ticket, property, value).unwrap();
        }
        ticket
    }

    fn shown(&self, name: &str) -> Vec<TicketId> {
        self.world.hubspot.agent(SAM).view(&view(name))
    }
}

/// One cell of a table: a ticket that has this, and the views that Sam sees it in.
#[track_caller]
fn check(stage: &Stage, values: Values, expected: &[&str]) {
    let ticket = stage.ticket_with(&values);
    let views = views::views(&properties());
    let agent = stage.world.hubspot.agent(SAM);
    let shown = views.iter().filter(|it| agent.view(it).contains(&ticket)).map(|it| it.name);
    assert_eq!(shown.collect::<Vec<_>>(), expected, "{values:?}");
}

#[tokio::test]
async fn a_ticket_is_in_the_views_that_its_state_and_its_lane_name() {
    let stage = Stage::with_two_agents().await;
    let (all, cs, tech) = ("🔥 ALL OPEN ESCALATIONS", "‼️ #CS-ESCALATE", "🛠️ #TECH-ESCALATE");
    let (awaiting, audit) = ("⏳ Awaiting context", "🔎 Audit");
    let with = |state, lane| Values { state: Some(state), lane, ..Values::default() };
    check(&stage, Values::default(), &[]);
    check(&stage, with("triage", Some("cs")), &[all, cs]);
    check(&stage, with("in_tech", Some("tech")), &[all, tech]);
    check(&stage, with("awaiting_context", None), &[all]);
    check(&stage, with("resolved", None), &[]);
    check(&stage, Values { owner: Some("77001"), ..with("awaiting_context", None) }, &[all, awaiting]);
    check(&stage, Values { owner: Some("77002"), ..with("awaiting_context", None) }, &[all]);
    check(&stage, Values { stage: Some("4"), ..with("triage", Some("cs")) }, &[all, cs, audit]);
    check(&stage, Values { stage: Some("4"), ..with("resolved", None) }, &[]);
}

#[tokio::test]
async fn a_ticket_moves_between_the_lanes_and_a_deleted_one_is_in_none() {
    let stage = Stage::with_two_agents().await;
    let ticket = stage.ticket_with(&Values { state: Some("triage"), lane: Some("cs"), ..Values::default() });
    let agent = stage.world.hubspot.agent(SAM);
    assert_eq!((stage.shown("#CS"), stage.shown("#TECH")), (vec![ticket], vec![]));
    agent.set(ticket, "escalation_lane", "tech").unwrap();
    assert_eq!((stage.shown("#CS"), stage.shown("#TECH")), (vec![], vec![ticket]));
    agent.set(ticket, "escalation_lane", "").unwrap();
    assert_eq!((stage.shown("#CS"), stage.shown("#TECH")), (vec![], vec![]));
    assert_eq!(stage.shown("ALL OPEN"), [ticket]);
    agent.delete(ticket).unwrap();
    assert_eq!(stage.shown("ALL OPEN"), []);
}

#[tokio::test]
async fn filters_mean_what_hubspot_means_by_them() {
    let stage = Stage::with_two_agents().await;
    let ticket = stage.ticket();
    let agent = stage.world.hubspot.agent(SAM);
    agent.set(ticket, "escalation_comment_missing", "issue;blocker").unwrap();
    agent.set(ticket, "escalation_hints", "issue;blocker").unwrap();
    let shows = |property: &str, is: Is| {
        let filter = Filter { property: property.to_owned(), label: "", is };
        !agent.view(&View { name: "", shows: "", filters: vec![filter] }).is_empty()
    };
    let any_of = |values: &[&'static str]| Is::AnyOf(values.iter().map(|it| Choice { value: it, label: "" }).collect());
    assert!(shows("escalation_comment_missing", any_of(&["blocker", "action_taken"])));
    assert!(!shows("escalation_comment_missing", any_of(&["investigated"])));
    assert!(!shows("escalation_hints", any_of(&["blocker"])), "a text is one value");
    assert!(shows("escalation_hints", Is::Known));
    assert!(!shows("escalation_lane", Is::Known));
    assert!(!shows("escalation_lane", any_of(&["cs", "tech", ""])), "an empty property is none of the options");
    assert!(!shows("hubspot_owner_id", Is::Me), "a ticket without an owner is nobody's");
    assert!(!shows("no_such_property", Is::Known));
}

#[tokio::test]
async fn a_colleague_without_a_seat_owns_nothing() {
    let stage = Stage::with_two_agents().await;
    let mine = Values { state: Some("awaiting_context"), owner: Some("77001"), ..Values::default() };
    let ticket = stage.ticket_with(&mine);
    let seen_by = |user| stage.world.hubspot.agent(user).view(&view("Awaiting context"));
    assert_eq!((seen_by(SAM), seen_by(DANA), seen_by(UserId(1))), (vec![ticket], vec![], vec![]));
}

/// Runs a property over a few worlds' worth of tickets in one world.
fn of_any_tickets(holds: impl Fn(&Stage, &[(TicketId, Values)]) -> Result<(), TestCaseError>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let stage = runtime.block_on(Stage::with_two_agents());
    let all = std::cell::RefCell::new(Vec::new());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(48));
    let ran = runner.run(&vec(any_values(), 1..8), |values| {
        let mut all = all.borrow_mut();
        all.extend(values.into_iter().map(|it| (stage.ticket_with(&it), it)));
        holds(&stage, &all)
    });
    ran.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn whatever_tickets_have_none_is_in_two_lanes_and_no_open_one_is_missing() {
    of_any_tickets(|stage, tickets| {
        let lanes = [stage.shown("#CS-ESCALATE"), stage.shown("#TECH-ESCALATE")];
        let open = stage.shown("ALL OPEN");
        for (ticket, values) in tickets {
            let in_lanes = lanes.iter().filter(|it| it.contains(ticket)).count();
            prop_assert_eq!(in_lanes, usize::from(values.lane.is_some()), "{:?}", values);
            let is_open = values.state.is_some_and(|it| OPEN.contains(&it));
            prop_assert_eq!(open.contains(ticket), is_open, "{:?}", values);
        }
        Ok(())
    });
}

/// What an account calls its ticket properties and their options: by internal name, label and labels by value.
type Labels = BTreeMap<String, (String, BTreeMap<String, String>)>;

async fn labels(stage: &Stage) -> Labels {
    let listed = stage.get("/crm/v3/properties/tickets").await.ok(200);
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let property = |it: &Value| {
        let options = it["options"].as_array().unwrap().iter();
        let options = options.map(|it| (text(&it["value"]), text(&it["label"]))).collect();
        (text(&it["name"]), (text(&it["label"]), options))
    };
    listed["results"].as_array().unwrap().iter().map(property).collect()
}

/// What a person who reads a line of the recipe finds on a ticket.
fn as_the_words_say(stage: &Stage, labels: &Labels, line: &str, ticket: TicketId) -> bool {
    let (_, rest) = line.split_once(" (").unwrap();
    let (name, words) = rest.split_once(") ").unwrap();
    let value = stage.world.hubspot.value(ticket, name);
    match words.strip_prefix("is any of: ").unwrap() {
        "Me" => value.as_deref() == Some("77001"),
        wanted => value.is_some_and(|it| wanted.split(", ").any(|label| labels[name].1[&it] == label)),
    }
}

#[test]
fn the_sandbox_shows_what_the_words_of_the_recipe_say() {
    let stage = || async { labels(&Stage::set().await).await };
    let labels = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(stage());
    let recipe = views::recipe(&properties());
    of_any_tickets(|stage, tickets| {
        for paragraph in recipe.split("\n\n").skip(1) {
            let mut lines = paragraph.lines();
            let (name, _) = lines.next().unwrap().split_once(": ").unwrap();
            let lines: Vec<&str> = lines.collect();
            let passes = |ticket| lines.iter().all(|it| as_the_words_say(stage, &labels, it, ticket));
            let by_words: Vec<TicketId> = tickets.iter().map(|it| it.0).filter(|it| passes(*it)).collect();
            prop_assert_eq!(stage.shown(name), by_words, "{}", name);
        }
        Ok(())
    });
}

#[tokio::test]
async fn the_recipe_calls_everything_what_the_account_calls_it() {
    let labels = labels(&Stage::set().await).await;
    for filter in views::views(&properties()).iter().flat_map(|it| &it.filters) {
        let (label, options) = labels.get(&filter.property).unwrap_or_else(|| panic!("no {}", filter.property));
        // HubSpot's own properties have labels that the stand-in makes up.
        assert!(filter.label.eq_ignore_ascii_case(label) || filter.is == Is::Me, "{}: {label}", filter.label);
        if let Is::AnyOf(choices) = &filter.is {
            choices.iter().for_each(|it| assert_eq!(options[it.value], it.label));
        }
    }
}

#[test]
fn another_name_of_a_property_is_in_the_recipe() {
    let mut other = properties();
    other.lane = "bahn".to_owned().try_into().unwrap();
    let recipe = views::recipe(&other);
    assert!(recipe.contains("    Lane (bahn) is any of: ‼️ #CS-ESCALATE\n"), "{recipe}");
    assert!(!recipe.contains("escalation_lane"), "{recipe}");
}

#[test]
fn the_readme_has_the_recipe_word_for_word() {
    let readme = include_str!("../../../README.md");
    let recipe = views::recipe(&properties());
    assert!(readme.contains(&format!("```\n{recipe}```\n")), "`cargo run -p provision -- views` says:\n{recipe}");
}
