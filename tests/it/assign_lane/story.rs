//! Whatever people do, in whatever order: a ticket is where its state says, and nobody loses sight of it.

use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::procedure::cycle::State;
use escalation::procedure::lane::Lane;
use escalation::views::{View, views};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::bench::Bench;
use crate::bench::texts::{LEE, SAM, first_three, last_two, whole};

/// What somebody does, or how many minutes pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Escalates,
    AgentChoosesTech,
    LeadChoosesTech,
    Clears,
    Comments,
    CommentsInPart,
    CommentsTheRest,
    Closes,
    Reopens,
    Threatens,
    Observes,
    Sweeps,
    Minutes(i64),
}

use Act::*;

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let often = vec![Escalates, AgentChoosesTech, LeadChoosesTech, Clears, Comments, Minutes(1), Minutes(31)];
    let rarely = vec![CommentsInPart, CommentsTheRest, Closes, Reopens, Threatens, Observes, Sweeps, Minutes(600)];
    vec(prop_oneof![3 => select(often), 1 => select(rarely)], 1..14)
}

/// A ticket, and what must be so because of what was done with it.
struct Told {
    bench: Bench,
    ticket: TicketId,
    views: Vec<View>,
    is_closed: bool,
    /// Whether the Shift Lead had it in this escalation.
    was_accepted: bool,
    /// Who set Escalation Type to what it is.
    chosen_by_lead: bool,
}

impl Told {
    async fn begin() -> Self {
        let bench = Bench::with_leads(&[]).await;
        let ticket = bench.ticket();
        let views = views(&Policy::shipped().properties);
        Self { bench, ticket, views, is_closed: false, was_accepted: false, chosen_by_lead: false }
    }

    async fn does(&mut self, act: Act) {
        let (bench, ticket) = (&self.bench, self.ticket);
        bench.wait(1);
        let sets = |user, value| bench.hubspot.agent(user).set(ticket, "escalation_type", value).unwrap();
        let writes = |text: &str| assert!(bench.sam().write_note(ticket, text).is_ok());
        let before = bench.value(ticket, "escalation_type");
        match act {
            Escalates => sets(SAM, "shift_lead"),
            AgentChoosesTech => sets(SAM, "tech"),
            LeadChoosesTech => sets(LEE, "tech"),
            Clears => sets(SAM, ""),
            Comments => writes(&whole()),
            CommentsInPart => writes(&first_three()),
            CommentsTheRest => writes(&last_two()),
            Closes => bench.sam().move_to(ticket, "4").unwrap(),
            Reopens => bench.sam().move_to(ticket, "1").unwrap(),
            Threatens => bench.sam().set(ticket, "content", "My solicitor will be writing to you.").unwrap(),
            Observes => drop(bench.assign(ticket, &[("mode", "observe")]).await),
            Sweeps => bench.sweep().await,
            Minutes(minutes) => bench.wait(minutes * 60),
        }
        self.is_closed = bench.value(ticket, "hs_is_closed") == "true";
        let value = bench.value(ticket, "escalation_type");
        if value != before {
            self.chosen_by_lead = act == LeadChoosesTech;
        }
        if value.is_empty() {
            self.was_accepted = false;
        }
    }

    /// The ticket is looked at, and everything is as it must be.
    async fn is_right(&mut self, acts: &[Act]) {
        let (bench, ticket) = (&self.bench, self.ticket);
        let wished = bench.value(ticket, "escalation_type");
        let answer = bench.assign(ticket, &[]).await;
        let outcome = answer.outcome().to_owned();
        let [lane, state, _] = bench.place(ticket);
        let state = State::from_name(&state);
        let of_state = state.and_then(Lane::of);
        assert_eq!(lane, of_state.map_or("", Lane::name), "{acts:?}");
        assert_eq!(bench.value(ticket, "hubspot_owner_id"), "501", "{acts:?}");
        let is_shown = |at: usize| bench.sam().view(&self.views[at]).contains(&ticket);
        let is_open = state.is_some_and(State::is_open);
        let shown = [is_open, of_state == Some(Lane::Cs), of_state == Some(Lane::Tech)];
        assert_eq!([0, 1, 2].map(is_shown), shown, "{acts:?}");
        match (&*wished, self.is_closed) {
            ("", true) => assert_eq!(outcome, "not_escalated", "{acts:?}"),
            ("", false) => assert!(!is_open && ["deescalated", "not_escalated"].contains(&&*outcome), "{acts:?}"),
            (wished, _) => {
                assert!(is_open, "{acts:?}");
                let in_tech = wished == "tech" && self.chosen_by_lead;
                assert_eq!(of_state == Some(Lane::Tech), in_tech, "{acts:?}");
                assert_eq!(outcome == "rerouted", wished == "tech" && !in_tech, "{acts:?}");
                assert!(of_state.is_some() || !self.was_accepted, "it was taken from the Shift Lead: {acts:?}");
                assert_eq!(bench.value(ticket, "escalation_owner").is_empty(), of_state.is_none(), "{acts:?}");
                assert_ne!(bench.value(ticket, "escalation_review_due_at").is_empty(), of_state.is_some(), "{acts:?}");
                self.was_accepted |= of_state.is_some();
            }
        }
        let type_then = bench.value(ticket, "escalation_type");
        assert_eq!(type_then, if outcome == "rerouted" { "shift_lead" } else { &*wished }, "{acts:?}");
        self.chosen_by_lead &= type_then == wished;
        let bench = &self.bench;
        let held = bench.held(ticket);
        bench.patches();
        bench.assign(ticket, &[]).await.outcome();
        let changed = bench.changed();
        assert_eq!((changed, bench.held(ticket)), (Vec::<String>::new(), held), "{acts:?}");
    }
}

async fn tell(acts: &[Act]) {
    let mut told = Told::begin().await;
    for (at, act) in acts.iter().enumerate() {
        told.does(*act).await;
        told.is_right(&acts[..=at]).await;
    }
    // A card that was taken back, because the matter is restricted, is none.
    let shown = told.bench.world.slack.messages(crate::bench::ESCALATIONS);
    let cards = shown.iter().filter(|it| !it.text.contains("Goes on elsewhere")).count();
    let cycles: usize = told.bench.value(told.ticket, "escalation_cycle").parse().unwrap_or(0);
    assert!(cards <= cycles, "{cards} cards of {cycles} escalations: {acts:?}");
    told.bench.finish();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_ticket_is_always_where_its_state_says(acts in acts()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(tell(&acts));
    }
}

#[tokio::test]
async fn a_long_story() {
    tell(&[
        Escalates,
        Minutes(1),
        CommentsInPart,
        AgentChoosesTech,
        CommentsTheRest,
        LeadChoosesTech,
        Escalates,
        AgentChoosesTech,
        Clears,
        Escalates,
        Clears,
        Minutes(31),
        Escalates,
        Minutes(31),
        Closes,
        Clears,
        Reopens,
        LeadChoosesTech,
        Minutes(600),
        Sweeps,
        Clears,
    ])
    .await;
}
