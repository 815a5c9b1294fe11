//! Each dependency has its reason beside it.

use super::tree::Tree;
use super::{is_broken, is_kept};

/// The line above each dependency of the workspace says what it is for; the packages of the workspace say it themselves.
fn dependencies_have_their_reasons(tree: &Tree) -> Vec<String> {
    let manifest = tree.text("Cargo.toml").unwrap_or_default();
    let section = manifest.split("[workspace.dependencies]\n").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    let mut above = "";
    let mut broken = Vec::new();
    for line in section.lines() {
        if let Some((name, what)) = line.split_once(" = ").filter(|_| !line.starts_with('#'))
            && !what.contains("path = ")
            && !above.starts_with("# ")
        {
            broken.push(format!("Cargo.toml: `{name}` without the reason why it is there"));
        }
        above = line;
    }
    broken
}

#[test]
fn every_dependency_has_its_reason_beside_it() {
    is_kept(dependencies_have_their_reasons);
}

#[test]
fn a_dependency_without_a_reason_is_noticed() {
    let with = |section: &str| {
        Tree::of(&[("Cargo.toml", &format!("[workspace.dependencies]\n{section}\n[profile.dev]\na = 1\n"))])
    };
    let missing = "Cargo.toml: `left-pad` without the reason why it is there";
    is_broken(dependencies_have_their_reasons, &with("a = { path = \"a\" }\n\n# Few.\n\nleft-pad = \"1\"\n"), missing);
    is_broken(
        dependencies_have_their_reasons,
        &with("# Pads.\nright-pad = \"1\"\nleft-pad = { version = \"1\" }\n"),
        missing,
    );
    assert!(dependencies_have_their_reasons(&with("# Pads.\nleft-pad = \"1\"\n")).is_empty());
}
