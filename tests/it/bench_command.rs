//! The command `bench`, with the sandbox's own binary in the place of the released ones.

use sandbox::bench::{Case, Figures, Options, Subject, measure, ours};
use sandbox::product::Setup;

/// One start and two requests.
async fn measured(case: Case) -> anyhow::Result<Figures> {
    let options = Options { starts: 1, requests: 2, only: Vec::new() };
    let setup = Setup::of(env!("CARGO_BIN_EXE_sandbox"));
    Box::pin(measure(Subject { case, setup, size: 1 }, &options)).await
}

#[tokio::test]
async fn every_function_serves_its_usual_request_and_is_measured() {
    for case in ours() {
        let figures = measured(case.clone()).await.unwrap_or_else(|error| panic!("{case:?}: {error:#}"));
        assert_eq!(figures.requests, 2);
        assert!(figures.memory_kb.0 > 0 && !figures.time.0.is_zero(), "{case:?}: {figures:?}");
        // The sweep asks the table what is due, and the others ask HubSpot about a ticket.
        let asked = if case.function == "sweep" { figures.calls.table } else { figures.calls.reads };
        assert!(asked > 0, "{case:?}: {figures:?}");
    }
}

#[tokio::test]
async fn what_an_asked_function_calls_is_not_the_askers() {
    let told = ours().into_iter().find(|it| it.function == "hubspot-events").unwrap();
    let calls = measured(told).await.unwrap().calls;
    // It has validate-comment look, which writes what it found.
    assert_eq!((calls.writes, calls.comments), (0, 0), "{calls:?}");
}

#[tokio::test]
async fn a_request_that_is_not_served_ends_the_bench() {
    let mut nobodys = ours().remove(0);
    nobodys.function = "nobody";
    let error = measured(nobodys).await.unwrap_err();
    assert!(format!("{error:#}").contains("nobody was answered Some(404)"), "{error:#}");
}
