//! Every action that workflows call is registered at HubSpot.

use super::tree::Tree;
use super::{is_broken, is_kept};

/// What registers them.
const LIST: &str = "functions/provision/src/actions.rs";

/// An endpoint is called by others than workflows.
fn actions_are_registered(tree: &Tree) -> Vec<String> {
    let list = tree.text(LIST).unwrap_or_default();
    let lacks = |function: &str| {
        let source = tree.text(&format!("functions/{function}/src/lib.rs"))?;
        let (_, rest) = source.split_once("\nimpl Action for ")?;
        let action = rest.split(' ').next()?;
        let is_listed = source.contains("\nimpl Endpoint for ") || list.contains(&format!("Known::of::<{action}>()"));
        (!is_listed).then(|| format!("{function}: {LIST} does not register {action}"))
    };
    tree.functions().into_iter().filter_map(lacks).collect()
}

#[test]
fn every_action_is_registered() {
    is_kept(actions_are_registered);
    let forgotten = Tree::of_the_repository().with(LIST, "const ACTIONS: [Known; 0] = [];");
    assert_eq!(actions_are_registered(&forgotten).len(), 4, "there is nothing to look at");
}

#[test]
fn an_action_that_is_not_registered_is_noticed() {
    let tree = Tree::of(&[
        ("functions/assign-lane/src/lib.rs", "//! Lanes.\n\nimpl Action for AssignLane {\n}\n"),
        ("functions/sweep/src/lib.rs", "//! Sweeps.\n\nimpl Job for Sweep {\n}\n"),
        (
            "functions/jira-callback/src/lib.rs",
            "//! Is told.\n\nimpl Action for JiraCallback {\n}\n\nimpl Endpoint for JiraCallback {\n}\n",
        ),
        (LIST, "//! All.\n\nconst ACTIONS: [Known; 1] = [Known::of::<AssignLane>()];\n"),
    ]);
    assert_eq!(actions_are_registered(&tree), [""; 0]);
    is_broken(
        actions_are_registered,
        &tree.with(LIST, "//! All.\n"),
        "assign-lane: functions/provision/src/actions.rs does not register AssignLane",
    );
}
