//! Whose token it is, and what it may do.

use escalation::http::Fault;
use escalation::hubspot::{Access, HubSpot};
use escalation::id::PortalId;

use super::unseen;
use crate::environment::Deployed;
use crate::finding::Finding;
use crate::scopes::{SCOPES, Scope};

/// What is found, and whether the account may be asked further and written to: not where it is none of ours.
pub async fn look(hubspot: &HubSpot, deployed: &Deployed) -> (Vec<Finding>, bool) {
    match hubspot.access().await {
        Ok(access) => {
            let is_served = access.hub_id.is_none_or(|it| serves(deployed, it));
            (granted(&access, deployed), is_served)
        }
        Err(Fault::Denied { reason }) if reason.starts_with("HubSpot answered 401") => (vec![refused(&reason)], false),
        Err(Fault::Denied { .. } | Fault::Refused { .. }) => Box::pin(probed(hubspot, deployed)).await,
        Err(fault) => (vec![unseen(TOKEN, &fault)], false),
    }
}

const TOKEN: &str = "HubSpot access token";

fn refused(reason: &str) -> Finding {
    let remedy = "Copy the token from the app's Auth tab in HubSpot into HUBSPOT_ACCESS_TOKEN: it was rotated, or it is not \
                  whole.";
    Finding::wrong(TOKEN, format!("is not taken: {reason}"), remedy)
}

fn granted(access: &Access, deployed: &Deployed) -> Vec<Finding> {
    let mut findings = vec![portal(access.hub_id, deployed)];
    findings.extend(app(access.app_id, deployed));
    findings.extend(SCOPES.iter().map(|scope| match scope.is_granted_by(&access.scopes) {
        true => Finding::fine(subject(scope), "is granted"),
        false => lacking(scope, deployed),
    }));
    findings
}

fn serves(deployed: &Deployed, account: u64) -> bool {
    deployed.portals.is_empty() || deployed.portals.contains(&PortalId(account))
}

fn portal(found: Option<u64>, deployed: &Deployed) -> Finding {
    let Some(found) = found else {
        return untold();
    };
    let remedy = "Put the token of an app of your account there, or the account's number into HUBSPOT_PORTAL_IDS. Until then \
                  nothing in that account is looked at, and nothing is written there.";
    match serves(deployed, found) {
        true => Finding::fine(TOKEN, format!("is taken, for account {found}")),
        false => Finding::wrong(TOKEN, format!("is for account {found}, which is not in HUBSPOT_PORTAL_IDS"), remedy),
    }
}

/// Service keys and tokens of other kinds.
fn untold() -> Finding {
    let remedy = "See that it is the token of an app of your account: `apply` writes into the account that it is for.";
    Finding::warning(TOKEN, "is there; HubSpot does not say for which account", remedy)
}

/// By which of its writes are our own; without it they are looked at, too.
fn app(found: Option<u64>, deployed: &Deployed) -> Option<Finding> {
    let found = found?;
    let remedy = || format!("Set HUBSPOT_APP_ID (the parameter HubSpotAppId) to {found}.");
    Some(match deployed.app.id() {
        Some(id) if id == found => Finding::fine("HUBSPOT_APP_ID", "is the token's app"),
        Some(id) => {
            let holder = format!(
                "{} Where {id} is the app of a developer account that holds the actions, name it as HUBSPOT_DEVELOPER_APP_ID.",
                remedy()
            );
            Finding::warning("HUBSPOT_APP_ID", format!("is {id}, and the token is of app {found}"), holder)
        }
        None => {
            Finding::warning("HUBSPOT_APP_ID", "is not set: our own writes are looked at as if a person's", remedy())
        }
    })
}

/// HubSpot does not speak of the token: what can be read tells.
async fn probed(hubspot: &HubSpot, deployed: &Deployed) -> (Vec<Finding>, bool) {
    let mut findings = vec![untold()];
    for scope in &SCOPES {
        let Some(opens) = scope.opens else {
            findings.push(unknown(scope));
            continue;
        };
        findings.push(match hubspot.may_read(opens).await {
            Ok(true) => Finding::fine(subject(scope), "is granted, for reading"),
            Ok(false) => lacking(scope, deployed),
            Err(Fault::Denied { reason }) => return (vec![refused(&reason)], false),
            Err(fault) => unseen(&subject(scope), &fault),
        });
    }
    (findings, true)
}

fn unknown(scope: &Scope) -> Finding {
    let remedy = "See that it is ticked on the app's Scopes tab in HubSpot.";
    Finding::warning(subject(scope), "cannot be told: it is for writing, and HubSpot does not say", remedy)
}

fn lacking(scope: &Scope, deployed: &Deployed) -> Finding {
    if scope.is_spared_by(&deployed.policy) {
        return Finding::fine(subject(scope), "is not granted, and the policy does without");
    }
    let remedy = format!("Tick {} on the app's Scopes tab in HubSpot, and save.", scope.name);
    Finding::wrong(subject(scope), format!("is not granted; needed for {}", scope.used_for), remedy)
}

fn subject(scope: &Scope) -> String {
    format!("HubSpot scope {}", scope.name)
}
