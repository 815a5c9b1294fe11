//! Looks at everything, and does what is to be done.

use std::path::Path;

use anyhow::Context;
use escalation::http::Http;
use escalation::hubspot::{Developer, HubSpot, NoDeveloper};
use escalation::jira::Jira;
use escalation::secrets::Secrets;
use escalation::slack::Slack;
use jiff::Timestamp;

use crate::actions;
use crate::command::Command;
use crate::environment::{Deployed, Keys};
use crate::finding::Finding;
use crate::hubspot::{account, people, policy, properties, stages};
use crate::project::Project;
use crate::report::{Report, Work};
use crate::step::Step;
use crate::{jira, slack};

/// What is asked, and by what it is held.
pub struct Provision {
    deployed: Deployed,
    keys: Keys,
    vendors: Vendors,
}

/// Whom to ask: each where the environment has what it takes.
pub struct Vendors {
    /// `None` where there is no token.
    pub hubspot: Option<HubSpot>,
    /// The developer account that holds the actions, or why it is not asked.
    pub developer: Result<Developer, NoDeveloper>,
    /// `None` where something is missing, which is one of the [`Keys`]' findings.
    pub jira: Option<Jira>,
    /// `None` where Slack is off.
    pub slack: Result<Option<Slack>, Unasked>,
}

/// Whether Slack is on cannot be told; why is one of the [`Keys`]' findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unasked;

impl Default for Vendors {
    /// Nobody is asked, and Slack is off.
    fn default() -> Self {
        Self { hubspot: None, developer: Err(NoDeveloper::NoKey), jira: None, slack: Ok(None) }
    }
}

/// What is to be done, and how everything else stands.
#[derive(Default)]
struct Survey {
    steps: Vec<Step>,
    groups: Vec<(&'static str, Vec<Finding>)>,
    /// How many kinds of things of HubSpot's that there may be something to do for were looked at.
    seen: usize,
}

/// Properties and actions.
const KINDS: usize = 2;

/// A folder that was written.
#[derive(Debug)]
pub struct Written {
    /// Its files, by their paths in it.
    pub paths: Vec<String>,
    /// Why the ids of the actions are not filled in, where there is a key to ask HubSpot for them.
    pub unknown: Option<String>,
}

impl Provision {
    /// What the deployment brings, how the secrets stand, and whom to ask.
    pub fn new(deployed: Deployed, keys: Keys, vendors: Vendors) -> Self {
        Self { deployed, keys, vendors }
    }

    /// Reads the environment and the secrets; that there are none yet is something to say, no failure.
    ///
    /// # Errors
    /// The deployment itself is wrong: no function starts with it.
    pub async fn from_env(http: &Http) -> anyhow::Result<Self> {
        let deployed = Deployed::from_env()?;
        let secrets = match Secrets::from_env(http).await {
            Ok(secrets) => secrets,
            Err(error) => {
                let vendors = Vendors { slack: Err(Unasked), ..Vendors::default() };
                return Ok(Self::new(deployed, Keys::unreadable(&error), vendors));
            }
        };
        let mut keys = Keys::from_env(&secrets);
        let jira = Jira::from_env(&secrets, http).map_err(|error| keys.lack("Jira", &error));
        let slack = Slack::from_env(&secrets, http).map_err(|error| keys.lack(SLACK, &error));
        let vendors = Vendors {
            hubspot: HubSpot::from_env(&secrets, http).ok(),
            developer: Developer::from_env(deployed.app, &secrets, http),
            jira: jira.ok(),
            slack: slack.map_err(|()| Unasked),
        };
        Ok(Self::new(deployed, keys, vendors))
    }

    /// Checks, plans or applies; of the other commands nothing is done.
    pub async fn obey(&self, command: &Command, now: Timestamp) -> Report {
        let moves = matches!(command, Command::Plan { move_actions: true } | Command::Apply { move_actions: true });
        let survey = Box::pin(self.survey(now, moves)).await;
        match command {
            Command::Apply { .. } => Box::pin(self.apply(survey)).await,
            Command::Plan { .. } => {
                let (is_all_seen, steps) =
                    (survey.is_all_seen(), survey.steps.iter().map(ToString::to_string).collect());
                let work = Work { is_done: false, steps, failed: 0, is_all_seen };
                Report { work: Some(work), groups: survey.groups }
            }
            _ => Report { work: None, groups: survey.with_steps_as_findings() },
        }
    }

    async fn apply(&self, survey: Survey) -> Report {
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        for step in &survey.steps {
            // Without a token there was nothing to survey, and so there is no step.
            let Some(hubspot) = &self.vendors.hubspot else { break };
            match step.take(hubspot, self.vendors.developer.as_ref().ok()).await {
                Ok(()) => done.push(step.to_string()),
                Err(finding) => failed.push(finding),
            }
        }
        let work = Work { is_done: true, steps: done, failed: failed.len(), is_all_seen: survey.is_all_seen() };
        let groups = [("Not done", failed)].into_iter().filter(|it| !it.1.is_empty()).chain(survey.groups);
        Report { work: Some(work), groups: groups.collect() }
    }

    /// Reads, and changes nothing.
    async fn survey(&self, now: Timestamp, moves: bool) -> Survey {
        let Deployed { policy, public_url, .. } = &self.deployed;
        let mut survey = Survey::default();
        survey.groups.push(("Environment", [self.keys.findings.clone(), self.address()].concat()));
        if let Some(hubspot) = &self.vendors.hubspot {
            let (findings, is_open) = account::look(hubspot, &self.deployed).await;
            survey.groups.push(("HubSpot account", findings));
            if is_open {
                survey.adds("HubSpot properties", properties::look(hubspot, &policy.properties).await);
                survey.groups.push(("HubSpot pipelines", stages::look(hubspot, &policy.pipelines, now).await));
                survey.groups.push(("HubSpot people", people::look(hubspot, policy, now).await));
                let developer = self.vendors.developer.as_ref().map_err(|it| *it);
                let registered = actions::look(developer, public_url.as_deref(), moves).await;
                survey.adds("HubSpot actions", registered);
            }
        }
        if let Some(jira) = &self.vendors.jira {
            survey.groups.push(("Jira", Box::pin(jira::check(jira, policy, now)).await));
        }
        if let Ok(slack) = &self.vendors.slack {
            survey.groups.push((SLACK, slack::check(slack.as_ref(), policy).await));
        }
        survey.groups.push(("Policy", policy::look(policy)));
        survey
    }

    /// The developer project, with the ids that HubSpot gave the actions where it can be asked for them.
    ///
    /// # Errors
    /// `PUBLIC_BASE_URL` is not set or not what HubSpot calls, or the folder cannot be written.
    pub async fn write_project(&self, folder: &Path) -> anyhow::Result<Written> {
        let Deployed { policy, public_url, .. } = &self.deployed;
        let base_url = public_url.as_deref().with_context(|| format!("PUBLIC_BASE_URL is not set. {ADDRESS}"))?;
        let (registered, unknown) = match &self.vendors.developer {
            Ok(developer) => match developer.definitions().await {
                Ok(registered) => (registered, None),
                Err(fault) => (Vec::new(), Some(fault.to_string())),
            },
            Err(NoDeveloper::NoKey) => (Vec::new(), None),
            Err(why) => (Vec::new(), Some(why.to_string())),
        };
        let project = Project {
            base_url,
            properties: &policy.properties,
            actions: &actions::project_files(base_url)?,
            definitions: &actions::ids(base_url, &registered)?,
        };
        Ok(Written { paths: project.write(folder)?, unknown })
    }

    fn address(&self) -> Vec<Finding> {
        let address = match self.deployed.public_url.as_deref() {
            Some(url) if url.starts_with("https://") => Finding::fine("PUBLIC_BASE_URL", format!("is {url}")),
            Some(url) => Finding::wrong("PUBLIC_BASE_URL", format!("is {url}: HubSpot calls https:// alone"), ADDRESS),
            None => Finding::warning("PUBLIC_BASE_URL", "is not set: actions cannot be held against it", ADDRESS),
        };
        let portals = match self.deployed.portals.is_empty() {
            true => Finding::warning("HUBSPOT_PORTAL_IDS", "is not set: any account is served", PORTALS),
            false => Finding::fine("HUBSPOT_PORTAL_IDS", "is set"),
        };
        vec![address, portals]
    }
}

const SLACK: &str = "Slack";
const ADDRESS: &str =
    "Set it to the address at which HubSpot reaches the API: the stack's output URLs without their paths.";
const PORTALS: &str = "Set it to the number of your HubSpot account (the parameter HubSpotPortalIds).";

impl Survey {
    fn adds(&mut self, group: &'static str, looked: Result<(Vec<Step>, Vec<Finding>), Finding>) {
        match looked {
            Ok((steps, findings)) => {
                self.seen += 1;
                self.steps.extend(steps);
                self.groups.push((group, findings));
            }
            Err(unseen) => self.groups.push((group, vec![unseen])),
        }
    }

    fn is_all_seen(&self) -> bool {
        self.seen == KINDS
    }

    /// For a mere look: what is to be done is what is wrong.
    fn with_steps_as_findings(mut self) -> Vec<(&'static str, Vec<Finding>)> {
        for step in &self.steps {
            let name = match step {
                Step::CreateGroup | Step::CreateProperty(_) | Step::AddOptions { .. } => "HubSpot properties",
                Step::CreateAction { .. } | Step::UpdateAction { .. } => "HubSpot actions",
            };
            let group = self.groups.iter_mut().find(|it| it.0 == name);
            group.into_iter().for_each(|it| it.1.push(step.finding()));
        }
        self.groups.retain(|it| !it.1.is_empty());
        self.groups
    }
}
