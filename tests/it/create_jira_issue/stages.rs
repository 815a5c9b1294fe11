//! Which stage a ticket is moved to with its issue, and when it is left where it is.

use escalation::id::TicketId;
use sandbox::world::hubspot::pipeline::{Pipeline, Stage};

use crate::bench::Bench;
use crate::bench::texts::whole;

/// A pipeline with a stage for Tech, and one without either.
const PIPELINES: (&str, &str) = (
    "[[pipelines]]\n",
    "[[pipelines]]\n\
     id = \"77\"\n\
     stages = { 701 = \"new\", 702 = \"waiting_on_customer\", 703 = \"waiting_on_us\", 704 = \"in_progress\", \
     705 = \"closed\", 706 = \"exempt\" }\n\
     [[pipelines]]\n\
     id = \"78\"\n\
     stages = { 801 = \"new\", 805 = \"closed\" }\n\
     [[pipelines]]\n",
);

async fn open() -> Bench {
    let bench = Bench::with_tech_alone(&[PIPELINES]).await.unhurried();
    let pipeline = |id: &str, open: &[&str], closed: &[&str]| Pipeline {
        id: id.to_owned(),
        label: format!("Pipeline {id}"),
        stages: open
            .iter()
            .map(|it| Stage::open(it, it))
            .chain(closed.iter().map(|it| Stage::closed(it, it)))
            .collect(),
    };
    bench.hubspot.add_pipeline(pipeline("77", &["701", "702", "703", "704", "707"], &["705", "706"]));
    bench.hubspot.add_pipeline(pipeline("78", &["801"], &["805"]));
    bench.hubspot.add_pipeline(pipeline("79", &["901"], &["905"]));
    bench
}

/// An escalation in Tech whose ticket is in this stage of this pipeline.
fn at(bench: &Bench, pipeline: &str, stage: &str) -> TicketId {
    let values = [
        ("subject", crate::bench::NAME),
        ("hubspot_owner_id", "501"),
        ("hs_pipeline", pipeline),
        ("hs_pipeline_stage", stage),
    ];
    let ticket = bench.sam().create_ticket(&values).unwrap();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.wait(60);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    ticket
}

#[tokio::test]
async fn a_ticket_goes_to_in_progress_unless_it_is_further_on() {
    let bench = open().await;
    let mut told = String::new();
    for (pipeline, stage, expected) in [
        ("77", "701", "704"),
        ("77", "702", "704"),
        ("77", "703", "704"),
        ("77", "704", "704"),
        ("77", "705", "705"),
        ("77", "706", "706"),
        ("77", "707", "707"),
        ("0", "1", "3"),
        ("0", "2", "3"),
        ("0", "3", "3"),
        ("0", "4", "4"),
        ("78", "801", "801"),
        ("78", "805", "805"),
        ("79", "901", "901"),
    ] {
        let ticket = at(&bench, pipeline, stage);
        let answer = bench.create(ticket, &[]).await;
        assert_eq!(answer.outcome(), "created", "{stage}");
        assert_eq!(bench.logged(ticket)[3], expected, "{stage}");
        let said = bench.said(ticket);
        let line = said.lines().find(|it| it.starts_with("The ticket")).unwrap_or_else(|| panic!("{said}"));
        told += &format!("{stage}: {}\n", line.split(" · ").next().unwrap());
    }
    insta::assert_snapshot!(told, @r"
    701: The ticket is In Progress now.
    702: The ticket is In Progress now.
    703: The ticket is In Progress now.
    704: The ticket's stage is right and stays.
    705: The ticket is closed and stays so: please reopen it if the customer still waits.
    706: The ticket's stage stays: it is one for tickets that need no answer. Please move it if this one does.
    707: The ticket's stage stays: the policy does not say what it means. Please set it to In Progress yourself.
    1: The ticket is waiting on us now: its pipeline has no stage for In Progress.
    2: The ticket is waiting on us now: its pipeline has no stage for In Progress.
    3: The ticket's stage is right and stays.
    4: The ticket is closed and stays so: please reopen it if the customer still waits.
    801: The ticket's stage stays: its pipeline has none for In Progress.
    805: The ticket is closed and stays so: please reopen it if the customer still waits.
    901: The ticket's stage stays: the policy does not say what it means. Please set it to In Progress yourself.
    ");
    bench.finish();
}

#[tokio::test]
async fn a_linked_issue_moves_the_ticket_as_a_new_one_does() {
    let bench = open().await;
    bench.by_hand("TECH", 1);
    let ticket = at(&bench, "77", "701");
    bench.names(ticket, "TECH-1");
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "linked_existing");
    assert_eq!(bench.logged(ticket)[3], "704");
    bench.finish();
}

#[tokio::test]
async fn a_ticket_that_a_person_moves_back_stays_there() {
    for stage in ["702", "701", "705"] {
        let bench = open().await;
        let ticket = at(&bench, "77", "701");
        assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
        bench.wait(60);
        bench.sam().move_to(ticket, stage).unwrap();
        for _ in 0..2 {
            assert_eq!(bench.asks_anew(ticket).await.outcome(), "already");
        }
        bench.sent_to_tech_anew(ticket);
        assert_eq!(bench.asks_anew(ticket).await.outcome(), "already");
        assert_eq!(bench.logged(ticket)[3], stage);
        bench.finish();
    }
}

#[tokio::test]
async fn a_ticket_that_was_moved_to_another_pipeline_is_moved_as_that_one_says() {
    let bench = open().await;
    let ticket = at(&bench, "0", "1");
    bench.sam().set(ticket, "hs_pipeline", "77").unwrap();
    bench.sam().set(ticket, "hs_pipeline_stage", "702").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert_eq!(bench.logged(ticket)[3], "704");
    bench.finish();
}
