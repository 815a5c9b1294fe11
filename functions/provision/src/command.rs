//! What is typed, and what is printed.

use std::path::PathBuf;
use std::process::ExitCode;

use escalation::http::Http;
use escalation::policy::Policy;
use escalation::runtime::Clock;
use escalation::views;

use crate::actions;
use crate::provision::Provision;

/// What can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Look at everything, change nothing.
    Check,
    /// Say what [`Command::Apply`] would do.
    Plan,
    /// Do it.
    Apply,
    /// Write a developer project for HubSpot into this folder.
    Project(PathBuf),
    /// Print how the help desk's views are made.
    Views,
    /// Print how the workflows are built.
    Workflows,
}

/// How the program is used.
pub const USAGE: &str = "\
Usage: cargo run -p provision -- COMMAND

  check        look at HubSpot, Jira and Slack and say what is missing and what to do; changes nothing
  plan         say what apply would do; changes nothing
  apply        create what is missing in HubSpot: properties, their options, the definitions of the actions;
               never deletes, never changes what a person made; may be run again at any time
  project DIR  write a developer project for HubSpot into DIR: app, actions, webhooks, workflows
  views        print how the help desk's views are made
  workflows    print how the workflows are built

It reads what the functions read: POLICY_FILE, HUBSPOT_PORTAL_IDS, HUBSPOT_APP_ID, PUBLIC_BASE_URL, JIRA_BASE_URL, ...,
and the secrets from the environment, or from the one that SECRETS_ID names. check and apply end with status 1 where
something is wrong.
";

impl Command {
    /// Reads what was typed after the program's name; `None` where that is no command.
    pub fn parse<S: AsRef<str>>(arguments: &[S]) -> Option<Self> {
        let arguments: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
        match arguments[..] {
            ["check"] => Some(Self::Check),
            ["plan"] => Some(Self::Plan),
            ["apply"] => Some(Self::Apply),
            ["project", folder] if !folder.starts_with('-') => Some(Self::Project(folder.into())),
            ["views"] => Some(Self::Views),
            ["workflows"] => Some(Self::Workflows),
            _ => None,
        }
    }
}

/// Does what was typed.
pub async fn run(arguments: &[String]) -> ExitCode {
    let Some(command) = Command::parse(arguments) else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match obey(command).await {
        Ok(ended) => ended,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn obey(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check | Command::Plan | Command::Apply => {
            let provision = Provision::from_env(&Http::new()).await?;
            let report = Box::pin(provision.obey(&command, Clock::system().now())).await;
            print!("{report}");
            return Ok(if report.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Views => print!("{}", views::recipe(&Policy::from_env()?.properties)),
        Command::Workflows => print!("{}", actions::recipe(&Policy::from_env()?.properties)),
        Command::Project(folder) => {
            let provision = Provision::from_env(&Http::new()).await?;
            for path in provision.write_project(&folder).await? {
                println!("{}", folder.join(path).display());
            }
            println!("\nWhat to do with it stands in {}.", folder.join("README.md").display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_command_is_told_the_usage() {
        assert_eq!(Command::parse(&["check"]), Some(Command::Check));
        assert_eq!(Command::parse(&["project", "hubspot"]), Some(Command::Project("hubspot".into())));
        for wrong in [&[][..], &["chekc"], &["--help"], &["apply", "now"], &["project"], &["project", "--help"]] {
            assert_eq!(Command::parse(wrong), None, "{wrong:?}");
        }
        for word in ["check", "plan", "apply", "project DIR", "views", "workflows"] {
            assert!(USAGE.contains(&format!("\n  {word} ")), "{word}");
        }
    }
}
