//! Promises about the tree. Each check finds what is wrong in a tree, and is held against this
//! repository and against made-up trees that break the promise.

mod actions;
mod alarms;
mod code;
mod environment;
mod functions;
mod layers;
mod manifest;
mod permissions;
mod template;
mod text;
mod tree;

use tree::Tree;

#[track_caller]
fn is_kept(promise: fn(&Tree) -> Vec<String>) {
    let broken = promise(&Tree::of_the_repository());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The promise is kept by `tree` but for this.
#[track_caller]
fn is_broken(promise: fn(&Tree) -> Vec<String>, tree: &Tree, expected: &str) {
    assert_eq!(promise(tree), [expected]);
}
