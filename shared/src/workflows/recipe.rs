//! What an administrator does to build the workflows by hand.
//! HubSpot's [API for workflows](https://developers.hubspot.com/docs/api-reference/automation-automation-v4-v4/guide)
//! is a beta.

use std::fmt;

use jiff::SignedDuration;

use super::{Becomes, Branch, Step, Trigger, Workflow, workflows};
use crate::policy::Properties;

/// What HubSpot's list of actions calls the action of a name.
pub type Label = fn(&str) -> &str;

/// How the procedure's workflows are built.
pub fn of(properties: &Properties, label: Label) -> String {
    let recipes: String =
        workflows(properties).iter().map(|workflow| format!("\n{}", Recipe { workflow, label })).collect();
    format!("{HOW}{recipes}")
}

const HOW: &str = "\
In HubSpot, open Automation > Workflows and create each workflow from scratch, based on tickets. (A property's internal name
stands in brackets.) Turn it on without enrolling the tickets that meet its trigger already. Only what people fill in may enrol
a ticket: never a property that is the actions' alone.
";

/// A workflow in the words of its editor.
struct Recipe<'a> {
    workflow: &'a Workflow,
    label: Label,
}

impl fmt::Display for Recipe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let workflow = self.workflow;
        writeln!(f, "{}", workflow.name)?;
        writeln!(f, "    Trigger: {}", enrolment(&workflow.trigger))?;
        writeln!(
            f,
            "    Re-enrollment: {}",
            if workflow.re_enrol { again(&workflow.trigger) } else { "off".to_owned() }
        )?;
        let steps = (1..).zip(&workflow.steps).filter(|(_, step)| !matches!(step, Step::End));
        steps.into_iter().try_for_each(|(number, step)| writeln!(f, "    {number}. {}", self.step(step)))
    }
}

impl Recipe<'_> {
    fn step(&self, step: &Step) -> String {
        match step {
            Step::Call(action) => (self.label)(&action.name).to_owned(),
            Step::Set(property, value) => format!("Edit record: {property} = {value}"),
            Step::Wait(time) => format!("Delay for {}", minutes(*time)),
            Step::Branch(branch) => self.branch(branch),
            Step::End => "End".to_owned(),
        }
    }

    fn branch(&self, branch: &Branch) -> String {
        let mut cases = Vec::new();
        for (value, step) in &branch.cases {
            cases.push(format!("{} -> {}", humanised(value), self.target(*step)));
        }
        let (output, otherwise) = (humanised(&branch.output), self.target(branch.otherwise));
        format!("Branch on {output} of step {}: {}; none met -> {otherwise}", branch.of + 1, cases.join(", "))
    }

    fn target(&self, step: usize) -> String {
        match self.workflow.steps.get(step) {
            None | Some(Step::End) => "end".to_owned(),
            Some(_) => format!("step {}", step + 1),
        }
    }
}

/// An empty property meets a filter on every ticket there is: only the event tells that it was cleared.
fn enrolment(trigger: &Trigger) -> String {
    let property = format!("{} ({})", trigger.label, trigger.property);
    let filter = "when filter criteria are met";
    match &trigger.becomes {
        Becomes::Known => format!("{filter}: {property} is known"),
        Becomes::Exactly(wanted) => format!("{filter}: {property} is any of: {}", wanted.label),
        Becomes::OtherThan(other) => format!("{filter}: {property} is known, AND is none of: {}", other.label),
        Becomes::Unknown => format!("when an event occurs: Property value changed, {property}, new value is unknown"),
    }
}

/// Which of the criteria enrols again. "Is known" does
/// [at every change of the value](https://knowledge.hubspot.com/workflows/add-re-enrollment-triggers-to-a-workflow).
fn again(trigger: &Trigger) -> String {
    match &trigger.becomes {
        Becomes::Known | Becomes::OtherThan(_) => format!("on, by \"{} is known\" alone", trigger.label),
        Becomes::Exactly(wanted) => format!("on, by \"{} is any of: {}\"", trigger.label, wanted.label),
        Becomes::Unknown => "on, every time the trigger occurs".to_owned(),
    }
}

fn minutes(time: SignedDuration) -> String {
    format!("{} minutes", time.as_mins())
}

/// What HubSpot shows for an outcome.
fn humanised(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
