//! The README's table of metrics has those that there are, and no others.

use std::collections::BTreeSet;
use std::time::Duration;

use escalation::telemetry::{self, Kind, Metric};

use super::counted;

const SOURCE: &str = include_str!("../../../shared/src/telemetry.rs");
const README: &str = include_str!("../../../README.md");

/// The variants of an enum of the source, as written there.
fn variants(name: &str) -> Vec<&'static str> {
    let (_, body) = SOURCE.split_once(&format!("pub enum {name} {{")).unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let lines = body.lines().map(str::trim).filter(|it| it.starts_with(char::is_uppercase));
    lines.map(|it| it.trim_end_matches(',')).collect()
}

/// The rows of the README's table: what stands in the first column, and the rest.
fn rows() -> Vec<(&'static str, &'static str)> {
    let (_, table) = README.split_once("| metric | unit | what it counts |\n| --- | --- | --- |\n").unwrap();
    let rows = table.lines().take_while(|it| it.starts_with('|'));
    rows.map(|it| it.trim_start_matches("| `").split_once("` | ").unwrap_or_else(|| panic!("{it}"))).collect()
}

/// What a line of everything has, with words in capitals for what differs from line to line.
async fn made() -> BTreeSet<String> {
    let (_, values) = counted(async {
        telemetry::count(Metric::RefusedPoint("POINT"));
        telemetry::called("PEER", Duration::ZERO, Some(Kind::Unknown));
        telemetry::unauthorized("PEER");
        telemetry::agenda_age(Duration::ZERO);
    })
    .await;
    let of_enum = variants("Metric").into_iter().map(|it| it.replace("(&'static str)", ".POINT"));
    values.into_keys().map(|it| it.replace("Unknown", "KIND")).chain(of_enum).collect()
}

#[tokio::test]
async fn the_table_names_every_metric_and_no_other() {
    let told: BTreeSet<String> = rows().into_iter().map(|it| it.0.to_owned()).collect();
    assert_eq!(told, made().await);
    assert_eq!(told.len(), rows().len(), "none is there twice");
}

#[test]
fn the_table_names_every_kind_of_error() {
    let kinds = variants("Kind");
    assert!(kinds.len() >= 5, "{kinds:?}");
    let (_, told) = rows().into_iter().find(|it| it.0 == "Errors.PEER.KIND").unwrap();
    for kind in kinds {
        assert!(told.contains(&format!("`{kind}`")), "{kind}: {told}");
    }
}
