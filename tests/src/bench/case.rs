//! What is asked of each function: the request that comes most often and ends well.

use crate::product::SWEEP;

/// One function and one kind of request.
#[derive(Debug, Clone)]
pub struct Case {
    /// The function's name in the host.
    pub function: &'static str,
    /// Its name for a reader.
    pub called: String,
    /// The request, in words.
    pub request: &'static str,
    /// What has happened before each request, and who asks.
    pub(super) scene: Scene,
    /// A ticket property, and how its value begins when the request was served: none where no ticket is asked about.
    pub(super) leaves: Option<(&'static str, &'static str)>,
    /// The most reads of HubSpot and writes of properties there; none where nothing was promised.
    pub(super) hubspot: Option<(usize, usize)>,
}

/// What stands there before a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scene {
    /// An escalation with all five points.
    Complete,
    /// An escalation with three of them.
    Incomplete,
    /// A Shift Lead sent it to Tech.
    SentToTech,
    /// The customer was told, Escalation Type is cleared, the ticket is closed.
    Ended,
    /// Its agent has just written a note, and HubSpot tells it.
    Noted,
    /// Its issue has just begun to be worked on, and Jira tells it.
    Moved,
    /// Nothing is due, and the schedule asks.
    Quiet,
}

const VALIDATE: &str = "validate-comment";

/// A peer's cases are these of `validate-comment`.
pub(super) fn of_the_comment(function: &'static str, called: &str) -> [Case; 2] {
    let complete = Case {
        function,
        called: called.to_owned(),
        request: "all five points",
        scene: Scene::Complete,
        leaves: Some(("escalation_comment_status", "complete")),
        hubspot: None,
    };
    let incomplete = Case {
        request: "two are missing, the agent is told",
        scene: Scene::Incomplete,
        leaves: Some(("escalation_comment_status", "incomplete")),
        ..complete.clone()
    };
    [complete, incomplete]
}

/// All of ours, each function at least once.
pub fn ours() -> Vec<Case> {
    let case = |function, request, scene, leaves, hubspot| Case {
        function,
        called: function.to_owned(),
        request,
        scene,
        leaves,
        hubspot,
    };
    let checks = of_the_comment(VALIDATE, VALIDATE).map(|it| Case { hubspot: Some((5, 1)), ..it });
    let lane = Some(("escalation_lane", "cs"));
    let issue = Some(("jira_reference", "TECH-"));
    let end = Some(("escalation_state", "resolved"));
    let status = Some(("escalation_comment_status", "complete"));
    let moved = Some(("jira_status", "In Progress"));
    let others = [
        case("assign-lane", "into the CS lane", Scene::Complete, lane, Some((2, 1))),
        case("create-jira-issue", "a new issue", Scene::SentToTech, issue, Some((3, 1))),
        case("enforce-closure", "resolved", Scene::Ended, end, Some((6, 1))),
        case("hubspot-events", "a note on an escalation", Scene::Noted, status, None),
        case("jira-callback", "the issue has moved", Scene::Moved, moved, None),
        case(SWEEP, "nothing is due", Scene::Quiet, None, None),
    ];
    checks.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::FUNCTIONS;

    #[test]
    fn every_function_has_its_case() {
        let cases = ours();
        let others = ["hubspot-events", "jira-callback", SWEEP];
        for name in FUNCTIONS.into_iter().chain(others) {
            assert!(cases.iter().any(|it| it.function == name), "{name}");
        }
    }
}
