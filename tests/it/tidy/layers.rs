//! Who may know whom.

use super::code::{paths, production, words};
use super::tree::Tree;
use super::{is_broken, is_kept};

/// The procedure is plain functions of values.
fn procedure_is_pure(tree: &Tree) -> Vec<String> {
    const WORDS: [&str; 10] =
        ["async", "await", "serde", "serde_json", "tokio", "reqwest", "SystemTime", "Instant", "Clock", "Invocation"];
    const STD: [&str; 6] = ["std::env", "std::fs", "std::io", "std::net", "std::process", "std::thread"];
    let folder = "shared/src/procedure/";
    let mut broken = Vec::new();
    for (path, source) in tree.sources(folder) {
        let code = production(path, source);
        broken.extend(words(&code).filter(|it| WORDS.contains(it)).map(|it| format!("{path}: `{it}`")));
        let depth = depth(&path[folder.len()..]);
        let leads_out = |it: &String| {
            let ups = it.split("::").take_while(|it| *it == "super").count();
            let sibling = it.starts_with("crate::") && !it.starts_with("crate::procedure");
            let outside = STD.iter().any(|std| it.starts_with(std)) || it.ends_with("::now");
            sibling || outside || ups > depth
        };
        broken.extend(paths(&code).into_iter().filter(leads_out).map(|it| format!("{path}: `{it}`")));
    }
    broken
}

/// How many modules deep a file is, counted from the folder's own `mod.rs`.
fn depth(path: &str) -> usize {
    let folders = path.matches('/').count();
    if path.ends_with("mod.rs") { folders } else { folders + 1 }
}

/// The runtime and the ledger serve any procedure with any vendor.
fn foundations_know_nobody(tree: &Tree) -> Vec<String> {
    const ABOVE: [&str; 5] = ["hubspot", "jira", "slack", "notion", "procedure"];
    let mut broken = Vec::new();
    for layer in ["runtime", "ledger"] {
        let layer = format!("shared/src/{layer}");
        let inside = |it: &(&str, &str)| [".rs", "/"].iter().any(|end| it.0.starts_with(&format!("{layer}{end}")));
        for (path, source) in tree.sources(&layer).filter(inside) {
            let above = |it: &String| it.split("::").any(|it| ABOVE.contains(&it));
            let found = paths(&production(path, source)).into_iter().filter(above);
            broken.extend(found.map(|it| format!("{path}: `{it}`")));
        }
    }
    broken
}

/// Tells HubSpot at deploy time what the actions take and answer, and so has to know them.
const KNOWS_ACTIONS: &str = "functions/provision/Cargo.toml";

/// Functions stand on the shared crate alone, save the one that tells HubSpot of the others; and nothing in
/// production stands on the sandbox.
fn dependencies_point_one_way(tree: &Tree) -> Vec<String> {
    let functions = tree.functions();
    let mut broken = Vec::new();
    for (path, text) in tree.files().filter(|it| it.0.ends_with("/Cargo.toml") && !it.0.starts_with("tests/")) {
        let manifest: toml::Table = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let is_ours = |it: &String| functions.contains(&it.as_str()) && path != KNOWS_ACTIONS;
        let wrong = |it: &String| it == "sandbox" || is_ours(it);
        let found = dependencies(&manifest).into_iter().filter(wrong);
        broken.extend(found.map(|it| format!("{path}: depends on `{it}`")));
    }
    broken
}

/// The packages of every kind of dependency, those for one platform included, by their real names.
fn dependencies(table: &toml::Table) -> Vec<String> {
    let mut found = Vec::new();
    for (name, value) in table {
        let Some(inner) = value.as_table() else {
            continue;
        };
        if name.ends_with("dependencies") {
            let package = |(name, it): (&String, &toml::Value)| {
                let renamed = it.get("package").and_then(toml::Value::as_str);
                renamed.unwrap_or(name).to_owned()
            };
            found.extend(inner.iter().map(package));
        } else {
            found.extend(dependencies(inner));
        }
    }
    found
}

#[test]
fn the_procedure_is_pure() {
    is_kept(procedure_is_pure);
}

#[test]
fn the_runtime_and_the_ledger_know_neither_vendor_nor_procedure() {
    is_kept(foundations_know_nobody);
}

#[test]
fn dependencies_point_from_functions_to_shared() {
    is_kept(dependencies_point_one_way);
}

#[test]
fn an_impure_procedure_is_noticed() {
    let at = |path: &str, source: &str, found: &str| {
        let path = format!("shared/src/procedure/{path}");
        is_broken(procedure_is_pure, &Tree::of(&[(&path, source)]), &format!("{path}: `{found}`"));
    };
    at("lane.rs", "use crate::{procedure::cycle, hubspot::Ticket};", "crate::hubspot::Ticket");
    at("lane.rs", "async fn a() {}", "async");
    at("lane.rs", "#[derive(serde::Serialize)] struct A;", "serde");
    at("lane.rs", "let a = b.unwrap_or_else(Timestamp::now);", "Timestamp::now");
    at("lane.rs", "use std::{env, fmt};", "std::env");
    at("lane.rs", "fn a(clock: &Clock) {}", "Clock");
    at("lane.rs", "use super::super::hubspot;", "super::super::hubspot");
    at("mod.rs", "use super::hubspot;", "super::hubspot");
    at("comment/mod.rs", "use super::super::hubspot;", "super::super::hubspot");
}

#[test]
fn a_pure_procedure_passes() {
    let source = "//! Not async.\nuse super::super::lane; use crate::procedure::cycle; fn a(now: Timestamp) { b(\"async\") }\n\
                  #[cfg(test)]\nmod tests { use serde::Deserialize; use std::fs; }";
    let tree = Tree::of(&[("shared/src/procedure/comment/point.rs", source)]);
    assert_eq!(procedure_is_pure(&tree), [""; 0]);
}

#[test]
fn a_foundation_that_knows_too_much_is_noticed() {
    let at = |path: &str, source: &str, found: &str| {
        is_broken(foundations_know_nobody, &Tree::of(&[(path, source)]), &format!("{path}: `{found}`"));
    };
    at("shared/src/runtime/edge.rs", "use crate::{hubspot::Client, id};", "crate::hubspot::Client");
    at("shared/src/ledger/mod.rs", "fn a() { super::procedure::cycle::of(1) }", "super::procedure::cycle::of");
    at("shared/src/ledger.rs", "use crate::slack;", "crate::slack");
    let fine = Tree::of(&[
        ("shared/src/runtime/edge.rs", "fn a(hubspot: u8) { b(\"/hubspot/actions\") }"),
        ("shared/src/jira/mod.rs", "use crate::procedure::cycle;"),
        ("shared/src/runtime_of_jira.rs", "use crate::jira::Client;"),
    ]);
    assert_eq!(foundations_know_nobody(&fine), [""; 0]);
}

#[test]
fn a_dependency_the_wrong_way_is_noticed() {
    let sound = || {
        Tree::of(&[
            ("functions/sweep/Cargo.toml", "[dependencies]\nescalation.workspace = true"),
            ("functions/review/Cargo.toml", "[dependencies]\nescalation.workspace = true"),
            ("functions/provision/Cargo.toml", "[dependencies]\nsweep.workspace = true"),
            ("shared/Cargo.toml", "[dependencies]\njiff.workspace = true"),
            ("tests/Cargo.toml", "[dependencies]\nsweep.workspace = true"),
        ])
    };
    assert_eq!(dependencies_point_one_way(&sound()), [""; 0]);
    let with = |path: &str, text: &str, found: &str| {
        is_broken(dependencies_point_one_way, &sound().with(path, text), &format!("{path}: depends on `{found}`"));
    };
    with("functions/sweep/Cargo.toml", "[dependencies]\nreview.workspace = true", "review");
    with("functions/sweep/Cargo.toml", "[dependencies]\nprovision.workspace = true", "provision");
    with("functions/provision/Cargo.toml", "[dependencies]\nsandbox.workspace = true", "sandbox");
    with("functions/sweep/Cargo.toml", "[dev-dependencies.sandbox]\nworkspace = true", "sandbox");
    with("shared/Cargo.toml", "[dependencies]\na = { package = \"sweep\", path = \"x\" }", "sweep");
    with("shared/Cargo.toml", "[target.'cfg(unix)'.build-dependencies]\nsandbox.workspace = true", "sandbox");
}
