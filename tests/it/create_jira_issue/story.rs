//! Whatever agents, Shift Leads and Tech do, in whatever order: an escalation has at most one issue of ours,
//! and both sides know of it.

use std::collections::BTreeMap;

use escalation::id::TicketId;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use sandbox::world::jira::{Actor, Issue};

use crate::bench::texts::{DANA, SAM, whole};
use crate::bench::{Bench, ESCALATIONS};

/// What somebody does, or how many minutes pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    AgentEscalates,
    AgentChoosesTech,
    AgentClears,
    AgentComments,
    AgentMovesBack,
    AgentCloses,
    LeadSendsToTech,
    LeadTakesBack,
    LeadNamesAnother,
    LeadNamesOurs,
    LeadWritesNonsense,
    LeadClearsTheKey,
    TechWorks,
    TechIsDone,
    TechReopens,
    TechMovesIt,
    TechDeletesIt,
    Asks,
    Observes,
    Minutes(i64),
}

use Act::*;

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let often = vec![AgentEscalates, LeadSendsToTech, LeadSendsToTech, AgentClears, AgentComments, Minutes(2), Asks];
    let people = vec![AgentChoosesTech, AgentMovesBack, AgentCloses, LeadTakesBack, Observes, Minutes(600)];
    let keys = vec![LeadNamesAnother, LeadNamesOurs, LeadWritesNonsense, LeadClearsTheKey];
    let tech = vec![TechWorks, TechIsDone, TechReopens, TechMovesIt, TechDeletesIt];
    vec(prop_oneof![3 => select(often), 1 => select(people), 1 => select(keys), 1 => select(tech)], 1..16)
}

/// A ticket, and what must be so because of what was done with it.
struct Told {
    bench: Bench,
    ticket: TicketId,
    /// Whether a person has written what stands in Jira Reference, or taken it away.
    is_named_by_a_person: bool,
    /// The issue that was made by hand.
    another: String,
}

impl Told {
    async fn begin() -> Self {
        let bench = Bench::with_tech(&[]).await.unhurried();
        let another = bench.world.jira.created_by_hand("TECH", "Bug", "Captures twice");
        let ticket = bench.ticket();
        Self { bench, ticket, is_named_by_a_person: false, another }
    }

    /// Our issues for the ticket, deleted ones too, the oldest first.
    fn ours(&self) -> Vec<Issue> {
        let jira = &self.bench.world.jira;
        let ids = jira.events().into_iter().map(|it| it.issue).collect::<std::collections::BTreeSet<_>>();
        let all = ids.iter().filter_map(|it| jira.issue(it));
        let mut ours: Vec<Issue> = all.filter(|it| it.creator == Actor::App).collect();
        ours.sort_by_key(|it| (it.created_at, it.id.parse::<u64>().unwrap()));
        ours
    }

    /// The issue that Jira Reference names.
    fn named(&self) -> Option<Issue> {
        self.bench.world.jira.issue(&self.bench.value(self.ticket, "jira_reference"))
    }

    /// Tech does something with the issue that the ticket names, where it can.
    fn tech(&self, from: &[&str], does: impl Fn(&str)) {
        if let Some(issue) = self.named().filter(|it| !it.deleted && from.contains(&&*it.status)) {
            does(&issue.key);
        }
    }

    async fn does(&mut self, act: Act) {
        self.bench.wait(1);
        let (bench, ticket) = (&self.bench, self.ticket);
        let jira = &bench.world.jira;
        let sets = |user, value| bench.hubspot.agent(user).set(ticket, "escalation_type", value).unwrap();
        let before = bench.value(ticket, "jira_reference");
        let names = |value: &str| bench.dana().set(ticket, "jira_reference", value).unwrap();
        match act {
            AgentEscalates => sets(SAM, "shift_lead"),
            AgentChoosesTech => sets(SAM, "tech"),
            AgentClears => sets(SAM, ""),
            AgentComments => drop(bench.sam().write_note(ticket, &whole()).unwrap()),
            AgentMovesBack => bench.sam().move_to(ticket, "2").unwrap(),
            AgentCloses => bench.sam().move_to(ticket, "4").unwrap(),
            LeadSendsToTech => sets(DANA, "tech"),
            LeadTakesBack => sets(DANA, "shift_lead"),
            LeadNamesAnother => names(&self.another.to_lowercase()),
            LeadNamesOurs => names(&self.ours().last().map(|it| it.key.clone()).unwrap_or_default()),
            LeadWritesNonsense => names("the one from Monday"),
            LeadClearsTheKey => names(""),
            TechWorks => self.tech(&["To Do"], |it| jira.move_issue(it, "In Progress")),
            TechIsDone => self.tech(&["To Do", "In Progress"], |it| jira.move_issue(it, "Done")),
            TechReopens => self.tech(&["Done"], |it| jira.move_issue(it, "In Progress")),
            TechMovesIt => self.tech(&["To Do", "In Progress", "Done"], |it| {
                let to = if it.starts_with("TECH") { "PLAT" } else { "TECH" };
                jira.move_to_project(it, to);
            }),
            TechDeletesIt => self.tech(&["To Do", "In Progress", "Done"], |it| jira.delete(it)),
            Asks => drop(bench.asks_anew(ticket).await),
            Observes => drop(bench.create(ticket, &[("mode", "observe")]).await),
            Minutes(minutes) => self.bench.pass(minutes).await,
        }
        let written = self.bench.value(ticket, "jira_reference") != before;
        if written && [LeadNamesAnother, LeadNamesOurs, LeadWritesNonsense, LeadClearsTheKey].contains(&act) {
            self.is_named_by_a_person = true;
        }
    }

    /// The workflows and the sweep do what is due, until nothing is. What Tech did is heard of by who asks.
    async fn comes_to_rest(&mut self) {
        let before = self.bench.hubspot.history(self.ticket, "jira_reference").len();
        for _ in 0..3 {
            self.bench.pass(2).await;
            self.bench.sweep().await;
        }
        self.bench.asks_anew(self.ticket).await;
        self.bench.pass(2).await;
        let history = self.bench.hubspot.history(self.ticket, "jira_reference");
        if history.len() > before {
            // We wrote last.
            self.is_named_by_a_person = false;
        }
    }

    /// All is as it must be.
    async fn is_right(&self, acts: &[Act]) {
        let (bench, ticket) = (&self.bench, self.ticket);
        let ours = self.ours();
        let mut by_escalation = BTreeMap::<u64, usize>::new();
        for issue in &ours {
            let witness = &issue.properties["hs-escalation"];
            assert_eq!(witness["ticket"], ticket.0, "{acts:?}");
            *by_escalation.entry(witness["cycle"].as_u64().unwrap()).or_default() += 1;
        }
        assert!(by_escalation.values().all(|it| *it == 1), "{by_escalation:?}: {acts:?}");
        let cycles = bench.value(ticket, "escalation_cycle").parse::<u64>().unwrap_or(0);
        assert!(by_escalation.keys().all(|it| *it <= cycles.max(1)), "{by_escalation:?} of {cycles}: {acts:?}");
        if !self.is_named_by_a_person {
            let reference = bench.value(ticket, "jira_reference");
            let named = self.named();
            assert_eq!(named.is_some(), !reference.is_empty(), "`{reference}` leads nowhere: {acts:?}");
            if let Some(named) = &named {
                let page = format!("/record/0-5/{ticket}");
                let links = named.remote_links.iter().filter(|it| it.url.ends_with(&page)).count();
                assert_eq!(links, 1, "{}: {acts:?}", named.key);
            }
            // Our last issue is the ticket's, unless people chose another or none after it.
            if let Some(last) = ours.last() {
                let is_ticket = named.as_ref().is_some_and(|it| it.id == last.id);
                let is_another = named.as_ref().is_some_and(|it| it.creator != Actor::App || it.id > last.id);
                assert!(is_ticket || is_another, "{} is nobody's: {acts:?}", last.key);
            }
        }
        // Who asks once more changes nothing.
        let held = (bench.logged(ticket), bench.notes_of_ours(ticket), bench.world.jira.issues());
        bench.changes();
        let answer = bench.asks_anew(ticket).await;
        assert_eq!(answer.status, 200, "{answer:?}: {acts:?}");
        let outcome = answer.get("outcome").to_owned();
        assert_eq!(bench.changes(), [0, 0, 0], "{outcome}: {acts:?}");
        assert_eq!(held, (bench.logged(ticket), bench.notes_of_ours(ticket), bench.world.jira.issues()), "{acts:?}");
        assert!(["already", "blocked", "not_escalated"].contains(&&*outcome), "{answer:?}: {acts:?}");
        if outcome == "already" {
            assert_eq!(answer.get("jira_key"), bench.value(ticket, "jira_reference"), "{acts:?}");
        }
        if outcome == "blocked" && !self.is_named_by_a_person {
            assert_eq!(answer.get("reason"), "not_confirmed", "{acts:?}");
        }
    }
}

async fn tell(acts: &[Act]) {
    let mut told = Told::begin().await;
    for (at, act) in acts.iter().enumerate() {
        told.does(*act).await;
        told.comes_to_rest().await;
        told.is_right(&acts[..=at]).await;
    }
    let cards = told.bench.read(ESCALATIONS).len();
    let cycles: usize = told.bench.value(told.ticket, "escalation_cycle").parse().unwrap_or(0);
    assert!(cards <= cycles, "{cards} cards of {cycles} escalations: {acts:?}");
    told.bench.finish();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, rng_seed: RngSeed::Fixed(20_260_105), ..ProptestConfig::default() })]

    #[test]
    fn an_escalation_has_at_most_one_issue_and_both_sides_know_of_it(acts in acts()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(tell(&acts));
    }
}

#[tokio::test]
async fn a_long_story() {
    tell(&[
        AgentEscalates,
        AgentComments,
        AgentChoosesTech,
        LeadSendsToTech,
        TechWorks,
        LeadClearsTheKey,
        Asks,
        LeadNamesAnother,
        LeadNamesOurs,
        TechMovesIt,
        Asks,
        AgentClears,
        Minutes(600),
        AgentEscalates,
        AgentComments,
        LeadSendsToTech,
        TechIsDone,
        AgentClears,
        Minutes(600),
        AgentComments,
        LeadSendsToTech,
        TechDeletesIt,
        Asks,
        AgentClears,
        Minutes(600),
        LeadWritesNonsense,
        LeadSendsToTech,
        LeadClearsTheKey,
        LeadTakesBack,
        LeadSendsToTech,
    ])
    .await;
}
