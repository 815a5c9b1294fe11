//! What no file may hold, and what every source file must.

use super::code::production;
use super::tree::Tree;
use super::{is_broken, is_kept};

/// Nobody else has the folders of the machine it was written on.
fn no_machine_paths(tree: &Tree) -> Vec<String> {
    const PATHS: [&str; 2] = ["/work/", "../shared/"];
    let ours = |path: &str| !path.starts_with("tests/") && !path.starts_with(".ci/");
    let mut broken = Vec::new();
    for (path, text) in tree.files().filter(|it| ours(it.0)) {
        for (number, line) in (1..).zip(text.lines()) {
            let found = PATHS.iter().filter(|it| names(line, it));
            broken.extend(found.map(|it| format!("{path}:{number}: `{it}`")));
        }
    }
    broken
}

/// A page's address may have a folder of that name; a path begins with it.
fn names(line: &str, path: &str) -> bool {
    let begins = |at: usize| !line[..at].ends_with(|it: char| it.is_alphanumeric() || ".-_/".contains(it));
    line.match_indices(path).any(|(at, _)| begins(at))
}

/// In production a failure is answered, and nothing is left for later.
fn nothing_is_put_off(tree: &Tree) -> Vec<String> {
    const MARKS: [&str; 5] = [".unwrap()", "todo!", "dbg!", "unimplemented!", "#[allow"];
    let mut broken = Vec::new();
    for (path, source) in tree.sources("shared/").chain(tree.sources("functions/")) {
        let mut code = production(path, source);
        code.retain(|it| !it.is_whitespace());
        let found = MARKS.iter().filter(|it| code.contains(**it));
        broken.extend(found.map(|it| format!("{path}: `{it}`")));
    }
    broken
}

fn sources_say_what_they_are_for(tree: &Tree) -> Vec<String> {
    let silent = tree.sources("").filter(|it| !it.1.starts_with("//! "));
    silent.map(|it| format!("{}: does not begin with `//! `", it.0)).collect()
}

#[test]
fn nothing_names_a_path_of_the_machine_it_was_written_on() {
    is_kept(no_machine_paths);
}

#[test]
fn production_code_answers_its_failures() {
    is_kept(nothing_is_put_off);
}

#[test]
fn every_source_file_says_what_it_is_for() {
    is_kept(sources_say_what_they_are_for);
}

#[test]
fn a_path_of_the_machine_is_noticed() {
    let with = |text: &str, found: &str| {
        let tree = Tree::of(&[("template.yaml", text), ("tests/a.rs", text), (".ci/run", text)]);
        is_broken(no_machine_paths, &tree, &format!("template.yaml:{found}"));
    };
    with("a\nCodeUri: /work/x", "2: `/work/`");
    with("\"../shared/specs\"", "1: `../shared/`");
    let fine = Tree::of(&[("README.md", "https://example.com/work/ and homework/ and shared/src")]);
    assert_eq!(no_machine_paths(&fine), [""; 0]);
}

#[test]
fn what_is_put_off_is_noticed() {
    let with = |path: &str, source: &str, found: &str| {
        is_broken(nothing_is_put_off, &Tree::of(&[(path, source)]), &format!("{path}: `{found}`"));
    };
    with("shared/src/a.rs", "fn a() { b()\n    .unwrap () }", ".unwrap()");
    with("functions/a/src/lib.rs", "fn a() { todo!() }", "todo!");
    with("functions/a/src/lib.rs", "fn a() { dbg!(1); }", "dbg!");
    with("functions/a/src/lib.rs", "#[allow(dead_code)] fn a() {}", "#[allow");
    let fine = Tree::of(&[
        (
            "shared/src/a.rs",
            "// .unwrap()\nfn a() { b.unwrap_or(1) }\n#[cfg(test)]\nmod tests { fn c() { d.unwrap(); } }",
        ),
        ("shared/src/a/tests.rs", "fn c() { d.unwrap(); }"),
        ("tests/it/a.rs", "fn c() { d.unwrap(); }"),
    ]);
    assert_eq!(nothing_is_put_off(&fine), [""; 0]);
}

#[test]
fn a_source_file_without_a_word_is_noticed() {
    let tree = Tree::of(&[("shared/src/a.rs", "//! A.\n"), ("tests/it/b.rs", "// B.\n"), ("c.sh", "#!")]);
    is_broken(sources_say_what_they_are_for, &tree, "tests/it/b.rs: does not begin with `//! `");
}
