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
    Plan {
        /// Whether actions that HubSpot calls at another host would be moved to ours.
        move_actions: bool,
    },
    /// Do it.
    Apply {
        /// Whether actions that HubSpot calls at another host are moved to ours.
        move_actions: bool,
    },
    /// Write a developer project for HubSpot into this folder.
    Project(PathBuf),
    /// Print how the help desk's views are made.
    Views,
    /// Print how the workflows are built.
    Workflows,
    /// Print how the program is used.
    Help,
}

/// How the program is used.
pub const USAGE: &str = "\
Usage: cargo run -p provision -- COMMAND

  check        look at HubSpot, Jira and Slack and say what is missing and what to do; changes nothing
  plan         say what apply would do; changes nothing
  apply        create what is missing in HubSpot: properties, their options, the definitions of the actions;
               never deletes, never relabels a property; may be run again at any time
  project DIR  write a developer project for HubSpot into DIR: app, actions, webhooks, workflows
  views        print how the help desk's views are made
  workflows    print how the workflows are built

plan and apply take --move-actions: actions that HubSpot calls at another host are moved to PUBLIC_BASE_URL.

check ends with status 1 where something is missing or wrong; plan and apply where something is wrong that apply
does not put right. What is no command ends with status 2.

It reads what the functions read, and says what of it is missing:

  POLICY_FILE               your policy; without it the one that is built in
  HUBSPOT_PORTAL_IDS        the accounts that are served
  HUBSPOT_APP_ID            the app whose token it is
  HUBSPOT_DEVELOPER_APP_ID  the app in a developer account that holds the actions, where that is another one
  PUBLIC_BASE_URL           where HubSpot reaches the API
  JIRA_BASE_URL             where Jira's API is
  JIRA_EMAIL                the account of the token
  JIRA_SITE_URL             what people open, where that is not JIRA_BASE_URL
  HUBSPOT_BASE_URL, SLACK_BASE_URL
                            other addresses than HubSpot's and Slack's own

and the secrets, from the environment or from the secret of AWS that SECRETS_ID names: HUBSPOT_ACCESS_TOKEN,
HUBSPOT_CLIENT_SECRET, HUBSPOT_DEVELOPER_API_KEY, FORWARD_SECRET, JIRA_API_TOKEN, JIRA_CALLBACK_SECRET,
SLACK_BOT_TOKEN.
";

impl Command {
    /// Reads what was typed after the program's name; `None` where that is no command.
    pub fn parse<S: AsRef<str>>(arguments: &[S]) -> Option<Self> {
        let arguments: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
        match arguments[..] {
            ["check"] => Some(Self::Check),
            ["plan"] => Some(Self::Plan { move_actions: false }),
            ["plan", MOVE] => Some(Self::Plan { move_actions: true }),
            ["apply"] => Some(Self::Apply { move_actions: false }),
            ["apply", MOVE] => Some(Self::Apply { move_actions: true }),
            ["project", folder] if !folder.starts_with('-') && !folder.trim().is_empty() => {
                Some(Self::Project(folder.into()))
            }
            ["views"] => Some(Self::Views),
            ["workflows"] => Some(Self::Workflows),
            ["--help" | "-h" | "help"] => Some(Self::Help),
            _ => None,
        }
    }
}

const MOVE: &str = "--move-actions";

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
        Command::Check | Command::Plan { .. } | Command::Apply { .. } => {
            let provision = Provision::from_env(&Http::new()).await?;
            let report = Box::pin(provision.obey(&command, Clock::system().now())).await;
            print!("{report}");
            return Ok(if report.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Help => print!("{USAGE}"),
        Command::Views => print!("{}", views::recipe(&Policy::from_env()?.properties)),
        Command::Workflows => print!("{}", actions::recipe(&Policy::from_env()?.properties)),
        Command::Project(folder) => {
            let provision = Provision::from_env(&Http::new()).await?;
            let written = provision.write_project(&folder).await?;
            for path in written.paths {
                println!("{}", folder.join(path).display());
            }
            if let Some(why) = written.unknown {
                eprintln!(
                    "\nThe ids of the actions are not filled in, since HubSpot could not be asked for them: {why}"
                );
            }
            println!("\nWhat to do with it stands in {}.", folder.join("README.md").display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_asks_how_it_is_used_has_done_nothing_wrong() {
        let ended = async |typed: &str| format!("{:?}", run(&[typed.to_owned()]).await);
        assert_eq!(ended("--help").await, format!("{:?}", ExitCode::SUCCESS));
        assert_eq!(ended("--hlep").await, format!("{:?}", ExitCode::from(2)));
    }

    #[test]
    fn what_is_no_command_is_told_the_usage() {
        assert_eq!(Command::parse(&["check"]), Some(Command::Check));
        assert_eq!(Command::parse(&["apply"]), Some(Command::Apply { move_actions: false }));
        assert_eq!(Command::parse(&["apply", "--move-actions"]), Some(Command::Apply { move_actions: true }));
        assert_eq!(Command::parse(&["project", "hubspot"]), Some(Command::Project("hubspot".into())));
        for asked in ["--help", "-h", "help"] {
            assert_eq!(Command::parse(&[asked]), Some(Command::Help));
        }
        let wrong: [&[&str]; 9] = [
            &[],
            &["chekc"],
            &["apply", "now"],
            &["check", "--move-actions"],
            &["project"],
            &["project", "--help"],
            &["project", ""],
            &["project", " "],
            &["help", "apply"],
        ];
        for wrong in wrong {
            assert_eq!(Command::parse(wrong), None, "{wrong:?}");
        }
        for word in ["check", "plan", "apply", "project DIR", "views", "workflows"] {
            assert!(USAGE.contains(&format!("\n  {word} ")), "{word}");
        }
    }
}
