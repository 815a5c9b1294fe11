//! A workflow that is none of the procedure's.

use escalation::workflows::{Action, Becomes, Step, Trigger, Workflow};
use jiff::SignedDuration;

/// The comment is checked as soon as Escalation Type is set; where it is not complete, again after 2
/// and after 12 minutes. For accounts that have no lanes.
pub fn comment_check(inputs: &[(&str, &str)]) -> Workflow {
    const END: usize = 6;
    let validate = || Step::Call(Action::new("validate-comment", inputs));
    let wait = |minutes| Step::Wait(SignedDuration::from_mins(minutes));
    Workflow {
        id: 55_660_001,
        name: "Comment check".to_owned(),
        trigger: Trigger::new("escalation_type", "Escalation Type", Becomes::Known),
        re_enrol: true,
        steps: vec![
            validate(),
            Step::branch(0, &[("complete", END)], 2),
            wait(2),
            validate(),
            wait(10),
            validate(),
            Step::End,
        ],
    }
}
