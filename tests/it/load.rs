//! A small sample of `cargo run -- load`: more escalations at a time than HubSpot's limit lets through at once.

use sandbox::load::{Options, play};
use sandbox::product::Setup;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_escalations_than_the_limit_lets_through_are_done_once_each_and_hubspot_refuses_next_to_nothing() {
    let options = Options { per_minute: 600, minutes: 0.02, quota: 100, seed: 1 };
    let report = play(Setup::of(env!("CARGO_BIN_EXE_sandbox")), &options, |_| {}).await.unwrap();
    println!("{report}");
    assert!(report.is_right(), "{report}");
    assert_eq!((report.escalations, report.done), (12, 12));
    assert!(report.put_off > 0 && report.peak <= 100, "it was more than fits: {report}");
    // What it costs is what the README computes its reach of.
    assert!(report.calls_each() < 25.0, "{report}");
}
