//! The procedure's workflows in HubSpot, as data: what administrators build, and what the sandbox runs.

pub mod recipe;

use jiff::SignedDuration;

use crate::policy::Properties;
use crate::views::Choice;

/// A workflow of an account.
#[derive(Debug, Clone)]
pub struct Workflow {
    /// Its number here, from 1; HubSpot gives it an id of its own.
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
    /// What people read.
    pub label: &'static str,
    /// To what.
    pub becomes: Becomes,
}

/// What a property has to become.
#[derive(Debug, Clone)]
pub enum Becomes {
    /// Anything but empty.
    Known,
    /// Exactly this.
    Exactly(Choice),
    /// Anything but empty or this.
    OtherThan(Choice),
    /// Empty.
    Unknown,
}

/// One step.
#[derive(Debug, Clone)]
pub enum Step {
    /// Call an action of ours.
    Call(Action),
    /// Set a property of the ticket to a value, or clear it: "Edit record".
    Set(String, String),
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
    /// Its name, such as `assign-lane`.
    pub name: String,
    /// Its inputs.
    pub inputs: Vec<(String, Input)>,
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
    /// A property that changes so.
    pub fn new(property: &str, label: &'static str, becomes: Becomes) -> Self {
        Self { property: property.to_owned(), label, becomes }
    }

    /// Whether a change is the one.
    pub fn is_met(&self, property: &str, value: &str) -> bool {
        self.property == property
            && match &self.becomes {
                Becomes::Known => !value.is_empty(),
                Becomes::Exactly(wanted) => wanted.value == value,
                Becomes::OtherThan(other) => !value.is_empty() && other.value != value,
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
    /// The action of this name, with inputs typed into the workflow.
    pub fn new(name: &str, inputs: &[(&str, &str)]) -> Self {
        let inputs = inputs.iter().map(|(name, value)| ((*name).to_owned(), Input::Static((*value).to_owned())));
        Self { name: name.to_owned(), inputs: inputs.collect() }
    }
}

impl Step {
    /// Asks an action of ours, with nothing typed into the workflow.
    fn ask(action: &str) -> Self {
        Self::Call(Action::new(action, &[]))
    }

    /// Looks at the comment.
    fn validate() -> Self {
        Self::ask("validate-comment")
    }

    /// Puts the ticket where it belongs, and tells whom it concerns.
    fn assign() -> Self {
        Self::ask("assign-lane")
    }

    /// Creates the Jira issue, or links the one that is named.
    fn create_issue() -> Self {
        Self::ask("create-jira-issue")
    }

    /// Judges whether the escalation is over.
    fn enforce() -> Self {
        Self::ask("enforce-closure")
    }

    fn wait(minutes: i64) -> Self {
        Self::Wait(SignedDuration::from_mins(minutes))
    }

    /// Branches on the outcome of an earlier step.
    pub fn branch(of: usize, cases: &[(&str, usize)], otherwise: usize) -> Self {
        let cases = cases.iter().map(|(value, step)| ((*value).to_owned(), *step)).collect();
        Self::Branch(Branch { of, output: "outcome".to_owned(), cases, otherwise })
    }
}

/// HubSpot's own property, worked out from the `ticketState` of the stage: whichever closed stage it is.
const IS_CLOSED: &str = "hs_is_closed";
const CLOSED: Choice = Choice { value: "true", label: "True" };

/// The option of Escalation Type by which a Shift Lead sends a ticket to Tech.
const TECH: Choice = Choice { value: "tech", label: "Tech" };

fn escalation_type(property: &str, becomes: Becomes) -> Trigger {
    Trigger::new(property, "Escalation Type", becomes)
}

/// The workflows that the procedure runs by, as its numbers have them. Whatever Escalation Type becomes enrols a ticket in
/// exactly one of them. What it becomes while W1 waits with the ticket is read at W1's next step, if
/// it enrols nowhere else: an unenrolment trigger would end the wait, but HubSpot says of it that it
/// [keeps tickets out later, too](https://knowledge.hubspot.com/workflows/set-unenrollment-triggers-in-company-deal-ticket-quote-based-workflows).
pub fn workflows(properties: &Properties) -> Vec<Workflow> {
    let kind = &properties.escalation_type;
    vec![
        intake(kind),
        tech(kind),
        reference(&properties.jira_reference),
        closed(),
        cleared(kind),
        told(&properties.resolution_communicated),
    ]
}

/// W1: escalated. The comment is looked at and the lane assigned; while context is missing, again
/// after 2, 12 and 32 minutes, by when the policy has the Shift Lead told anyway. `assign-lane` is the
/// gate, and lets what is urgent pass at once: so it is asked whatever the comment is like. What passed while
/// the comment could still come is looked at once more after 2 minutes: whoever wrote none hears of it. It enrols
/// what `assign-lane` sets back from Tech to Shift Lead as well, and what became an option that the
/// policy ignores: that may have been in a lane, and leaves it.
fn intake(kind: &str) -> Workflow {
    const END: usize = 15;
    Workflow {
        id: 1,
        name: "W1 Escalated".to_owned(),
        trigger: escalation_type(kind, Becomes::OtherThan(TECH)),
        re_enrol: true,
        steps: vec![
            Step::validate(),
            Step::branch(0, &[("gone", END)], 2),
            Step::assign(),
            Step::branch(2, &[("awaiting_context", 5)], 4),
            Step::branch(0, &[("pending", 5)], END),
            Step::wait(2),
            Step::validate(),
            Step::assign(),
            Step::branch(7, &[("awaiting_context", 9)], END),
            Step::wait(10),
            Step::validate(),
            Step::assign(),
            Step::branch(11, &[("awaiting_context", 13)], END),
            Step::wait(20),
            Step::assign(),
            Step::End,
        ],
    }
}

/// W2: sent to Tech. What an agent sent there goes back to the Shift Lead, and gets no issue.
fn tech(kind: &str) -> Workflow {
    Workflow {
        id: 2,
        name: "W2 Sent to Tech".to_owned(),
        trigger: escalation_type(kind, Becomes::Exactly(TECH)),
        re_enrol: true,
        steps: vec![Step::assign(), Step::create_issue(), Step::End],
    }
}

/// W3: somebody names an issue. We write Jira Reference, too: the run that follows finds all as it should be.
fn reference(property: &str) -> Workflow {
    Workflow {
        id: 3,
        name: "W3 Jira Reference changed".to_owned(),
        trigger: Trigger::new(property, "Jira Reference", Becomes::Known),
        re_enrol: true,
        steps: vec![Step::create_issue(), Step::End],
    }
}

/// W4: closed. Whoever closes it has a while for the rest before anything is missed. Most tickets were never
/// escalated, which one look tells.
fn closed() -> Workflow {
    Workflow {
        id: 4,
        name: "W4 Closed".to_owned(),
        trigger: Trigger::new(IS_CLOSED, "Is closed", Becomes::Exactly(CLOSED)),
        re_enrol: true,
        steps: vec![Step::wait(10), Step::enforce(), Step::End],
    }
}

/// W5: no longer escalated. It leaves its lane where the ticket is open; where that is closed, this may have
/// been the last of the criteria.
fn cleared(kind: &str) -> Workflow {
    Workflow {
        id: 5,
        name: "W5 No longer escalated".to_owned(),
        trigger: escalation_type(kind, Becomes::Unknown),
        re_enrol: true,
        steps: vec![Step::assign(), Step::enforce(), Step::End],
    }
}

/// W6: somebody says that the customer was told.
fn told(property: &str) -> Workflow {
    Workflow {
        id: 6,
        name: "W6 Resolution communicated".to_owned(),
        trigger: Trigger::new(property, "Resolution communicated?", Becomes::Known),
        re_enrol: true,
        steps: vec![Step::enforce(), Step::End],
    }
}
