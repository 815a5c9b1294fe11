//! How the product is set up.

use std::path::PathBuf;
use std::time::Duration;

use escalation::policy::Policy;
use escalation::workflows::{Workflow, workflows};

use crate::host::FunctionSpec;
use crate::world::hubspot::Settings;
use crate::world::{jira, slack};

/// How a [`Product`](super::Product) is set up.
pub struct Setup {
    /// The HubSpot account.
    pub hubspot: Settings,
    /// The Slack workspace; `None` leaves Slack off.
    pub slack: Option<slack::Settings>,
    /// The Jira site.
    pub jira: jira::Settings,
    /// The account's workflows.
    pub workflows: Vec<Workflow>,
    /// A policy other than the shipped one.
    pub policy: Option<PathBuf>,
    /// The program that `function <name>` makes a function of: the sandbox.
    pub program: PathBuf,
    /// A folder with a program for each function by its name, which runs in the place of `program`.
    pub released: Option<PathBuf>,
    /// Functions of others beside ours, with the same environment.
    pub others: Vec<FunctionSpec>,
    /// How long a function may take, in real time.
    pub time_limit: Duration,
    /// How many processes of a function may run side by side.
    pub environments: usize,
    /// How long before the machine's time the world begins.
    pub begun: Duration,
    /// Where DynamoDB listens; 0 for any free port.
    pub dynamodb_port: u16,
    /// Where the functions' API listens; 0 for any free port.
    pub api_port: u16,
}

impl Setup {
    /// The shipped policy, the procedure's workflows, and `program` as the sandbox.
    pub fn of(program: impl Into<PathBuf>) -> Self {
        Self {
            hubspot: Settings::default(),
            slack: Some(slack::Settings::default()),
            jira: jira::Settings::default(),
            workflows: workflows(&Policy::shipped().properties),
            policy: None,
            program: program.into(),
            released: None,
            others: Vec::new(),
            time_limit: Duration::from_secs(10),
            environments: 10,
            begun: Duration::ZERO,
            dynamodb_port: 0,
            api_port: 0,
        }
    }

    /// The program that is the function `name`.
    pub(super) fn program_of(&self, name: &str) -> PathBuf {
        self.released.as_ref().map_or_else(|| self.program.clone(), |folder| folder.join(name))
    }
}
