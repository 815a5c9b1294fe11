//! Workflows as data.

use jiff::SignedDuration;

/// A workflow of the account.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// Its id.
    pub id: u64,
    /// What people read.
    pub name: String,
    /// What enrols a ticket.
    pub trigger: Trigger,
    /// Whether the trigger enrols a ticket again that was enrolled before. Never while it still is.
    pub re_enrol: bool,
    /// From the first to the last.
    pub steps: Vec<Step>,
}

/// A property that changes to something.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// The property.
    pub property: String,
    /// To what.
    pub becomes: Becomes,
}

/// What a property has to become.
#[derive(Debug, Clone)]
pub enum Becomes {
    /// Anything but empty.
    Known,
    /// Exactly this.
    Exactly(String),
    /// Empty.
    Unknown,
}

/// One step.
#[derive(Debug, Clone)]
pub enum Step {
    /// Call an action of ours.
    Call(Action),
    /// Let time pass.
    Wait(SignedDuration),
    /// Go on somewhere else.
    Branch(Branch),
    /// The ticket leaves the workflow.
    End,
}

/// A custom action as a workflow uses it.
#[derive(Debug, Clone)]
pub struct Action {
    /// The action's definition at HubSpot.
    pub definition: u64,
    /// The path of its `actionUrl`.
    pub path: String,
    /// Its inputs.
    pub inputs: Vec<(String, Input)>,
    /// The properties its definition asks for in `objectRequestOptions`.
    pub object_properties: Vec<String>,
}

/// Where an input's value comes from.
#[derive(Debug, Clone)]
pub enum Input {
    /// Typed into the workflow.
    Static(String),
    /// A property of the ticket; absent while empty.
    Property(String),
}

/// A branch on an action's output.
#[derive(Debug, Clone)]
pub struct Branch {
    /// The step whose output it is.
    pub of: usize,
    /// The output.
    pub output: String,
    /// Values and the steps they lead to.
    pub cases: Vec<(String, usize)>,
    /// The step for everything else.
    pub otherwise: usize,
}

impl Trigger {
    /// A property that becomes anything but empty.
    pub fn known(property: &str) -> Self {
        Self { property: property.to_owned(), becomes: Becomes::Known }
    }

    /// Whether a change is the one.
    pub fn is_met(&self, property: &str, value: &str) -> bool {
        self.property == property
            && match &self.becomes {
                Becomes::Known => !value.is_empty(),
                Becomes::Exactly(wanted) => wanted == value,
                Becomes::Unknown => value.is_empty(),
            }
    }
}

impl Branch {
    /// The step a value leads to.
    pub fn target(&self, value: &str) -> usize {
        self.cases.iter().find(|(it, _)| it == value).map_or(self.otherwise, |(_, step)| *step)
    }
}

impl Action {
    /// The action at this path, with inputs typed into the workflow.
    pub fn new(definition: u64, path: &str, inputs: &[(&str, &str)]) -> Self {
        let inputs = inputs.iter().map(|(name, value)| ((*name).to_owned(), Input::Static((*value).to_owned())));
        Self { definition, path: path.to_owned(), inputs: inputs.collect(), object_properties: Vec::new() }
    }
}

/// W1: Escalation Type is set, the comment is checked; where it is not complete, it is checked again
/// after 2 and after 12 minutes.
pub fn w1(inputs: &[(&str, &str)]) -> Workflow {
    const END: usize = 6;
    let validate = || Step::Call(Action::new(259_551_814, "/hubspot/actions/validate-comment", inputs));
    let complete =
        Branch { of: 0, output: "outcome".to_owned(), cases: vec![("complete".to_owned(), END)], otherwise: 2 };
    Workflow {
        id: 55_660_001,
        name: "W1 Escalation intake".to_owned(),
        trigger: Trigger::known("escalation_type"),
        re_enrol: true,
        steps: vec![
            validate(),
            Step::Branch(complete),
            Step::Wait(SignedDuration::from_mins(2)),
            validate(),
            Step::Wait(SignedDuration::from_mins(10)),
            validate(),
            Step::End,
        ],
    }
}
