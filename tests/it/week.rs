//! Weeks of people and troubles, smaller than those of `cargo run -- week`: nothing is lost, nothing is done twice,
//! and nothing goes round in circles.

use sandbox::week::{Options, Report, play};

/// Two days of twelve tickets.
fn days(seed: u64) -> Report {
    play(&Options { seed, tickets: 12, days: 2, only: None }).unwrap()
}

#[track_caller]
fn check(seed: u64) {
    let report = days(seed);
    println!("{report}");
    assert!(report.is_right(), "{report}");
    // It was a week in which something happened.
    assert!(report.acts > 60 && report.notes > 15 && report.issues > 0, "{report}");
    assert!(report.met.len() > 3 && report.states.len() > 1 && report.checks > 300, "{report}");
}

#[test]
fn all_is_well_in_the_end_after_days_of_people_and_troubles() {
    check(1);
}

#[test]
fn all_is_well_in_the_end_after_other_days() {
    check(2);
}

#[test]
fn all_is_well_in_the_end_after_yet_others() {
    check(3);
}

#[test]
fn the_same_seed_brings_the_same_week_and_another_seed_another() {
    let day = |seed| play(&Options { seed, tickets: 8, days: 1, only: None }).unwrap();
    let first = day(7);
    assert_eq!(first, day(7));
    assert_ne!(first, day(8));
}

#[test]
fn the_story_of_one_ticket_can_be_played_alone() {
    let report = play(&Options { seed: 7, tickets: 8, days: 1, only: Some(3) }).unwrap();
    assert_eq!((report.tickets, report.failed), (1, Vec::new()));
}
