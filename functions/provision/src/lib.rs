//! What HubSpot, Jira and Slack must have before the first escalation: checked, planned, applied; at
//! deploy time by CloudFormation, and by hand.
//!
//! Nothing is ever deleted, no property relabelled or given another type, and no action of another deployment
//! moved unasked: what is in the way is said, with what a person does about it.

pub mod actions;
pub mod command;
pub mod environment;
pub mod finding;
pub mod flow;
mod hubspot;
pub mod jira;
pub mod lambda;
pub mod project;
mod provision;
pub mod report;
pub mod resource;
pub mod scopes;
pub mod slack;
pub mod step;
mod unanswered;

use std::process::ExitCode;

use escalation::runtime::Clock;

pub use environment::{Deployed, Keys};
pub use provision::{Provision, Unasked, Vendors, Written};

/// The function's name.
pub const NAME: &str = "provision";

/// Answers CloudFormation where a platform is, else the command line.
#[expect(clippy::disallowed_methods, reason = "whether there is a platform at all decides what this program is")]
pub async fn start() -> ExitCode {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        return lambda::serve(Clock::system()).await;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    command::run(&arguments).await
}
