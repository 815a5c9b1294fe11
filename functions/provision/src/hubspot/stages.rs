//! Whether the policy's pipelines are the account's.

use escalation::hubspot::{HubSpot, TicketPipelines};
use escalation::policy::{Pipelines, StageRole};
use jiff::Timestamp;

use super::unseen;
use crate::finding::Finding;

const WHERE: &str = "the ids stand in HubSpot under Settings > Objects > Tickets > Pipelines, behind the </> button";

/// How each pipeline of the policy stands, and which of the account's the policy does not know.
pub async fn look(hubspot: &HubSpot, policy: &Pipelines, now: Timestamp) -> Vec<Finding> {
    let account = match hubspot.ticket_pipelines(now).await {
        Ok(account) => account,
        Err(fault) => return vec![unseen("HubSpot pipelines", &fault)],
    };
    let mut findings: Vec<Finding> = policy.ids().map(|it| pipeline(it, policy, &account)).collect();
    let mut unknown: Vec<&str> = account.stages().map(|it| it.0).filter(|it| !policy.knows(it)).collect();
    unknown.dedup();
    findings.extend(unknown.into_iter().map(|it| {
        let remedy = format!("Add it to [[pipelines]] in the policy with the role of each stage; {WHERE}.");
        Finding::warning(format!("Pipeline {it}"), "is not in the policy: what its stages mean is guessed", remedy)
    }));
    findings
}

fn pipeline(id: &str, policy: &Pipelines, account: &TicketPipelines) -> Finding {
    let subject = format!("Pipeline {id}");
    let there: Vec<(&str, bool)> = account.stages().filter(|it| it.0 == id).map(|it| (it.1, it.2)).collect();
    if there.is_empty() {
        return Finding::wrong(
            subject,
            "is in the policy, and not in the account",
            format!("Correct its id; {WHERE}."),
        );
    }
    let stages = policy.stages(id);
    let mut wrong: Vec<String> = stages.iter().filter_map(|it| mistaken(*it, &there)).collect();
    if !wrong.is_empty() {
        return Finding::wrong(subject, wrong.join("; "), format!("Correct [[pipelines]] in the policy; {WHERE}."));
    }
    wrong.extend(there.iter().filter(|it| !stages.iter().any(|known| known.0 == it.0)).map(|it| it.0.to_owned()));
    match wrong.is_empty() {
        true => Finding::fine(subject, "is as the policy says"),
        false => {
            let remedy = format!("Add a role for each to [[pipelines]] in the policy; {WHERE}.");
            Finding::warning(subject, format!("has stages that are not in the policy: {}", wrong.join(", ")), remedy)
        }
    }
}

/// What is wrong with what the policy says of a stage.
fn mistaken((stage, role): (&str, StageRole), there: &[(&str, bool)]) -> Option<String> {
    let is_end = matches!(role, StageRole::Closed | StageRole::Exempt);
    match there.iter().find(|it| it.0 == stage) {
        None => Some(format!("stage {stage} ({}) is not there", role.name())),
        Some((_, true)) if !is_end => {
            Some(format!("stage {stage} is closed in HubSpot, and the policy calls it {}", role.name()))
        }
        Some((_, false)) if is_end => {
            Some(format!("stage {stage} is open in HubSpot, and the policy calls it {}", role.name()))
        }
        Some(_) => None,
    }
}
