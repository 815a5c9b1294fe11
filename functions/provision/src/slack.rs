//! Whether Slack has what the first card needs.

use std::collections::BTreeMap;

use escalation::policy::Policy;
use escalation::slack::{Channel, Identity, Slack};

use crate::finding::Finding;
use crate::unanswered::{Remedies, unanswered};

/// Looks at the token, what the app was granted, and each channel of the policy. Changes nothing. Without a token Slack
/// is off, which is as it may be.
pub async fn check(slack: Option<&Slack>, policy: &Policy) -> Vec<Finding> {
    let Some(slack) = slack else {
        return vec![Finding::fine("Slack", "is off: there is no SLACK_BOT_TOKEN")];
    };
    let app = match slack.identity().await {
        Ok(app) => app,
        Err(fault) => return vec![unanswered("Slack app", fault, &REMEDIES)],
    };
    let mut findings = vec![Finding::fine("Slack app", format!("answers as {} in {}", app.user, app.team))];
    let mut seen = Seen::default();
    for (channel, uses) in channels(policy) {
        let subject = format!("Slack channel {channel} ({})", uses.join(", "));
        match slack.channel(channel).await {
            Err(fault) => findings.push(unanswered(&subject, fault, &REMEDIES)),
            Ok(found) => {
                seen.note(&found);
                findings.push(judged(subject, channel, &found, &app));
            }
        }
    }
    findings.extend(scopes(&app, &seen));
    findings
}

const REMEDIES: Remedies = Remedies {
    connection: "check SLACK_BASE_URL, and whether it can be reached from here; Slack may be down: then try again",
    refused: "look Slack's word for it up in its documentation (docs.slack.dev), and tell who made this",
};

/// The channels of the policy, each once, with what it is named for there.
fn channels(policy: &Policy) -> BTreeMap<&str, Vec<&'static str>> {
    let slack = &policy.slack;
    let named = [
        ("escalations", Some(&slack.escalations)),
        ("restricted", Some(slack.restricted()).filter(|it| **it != slack.escalations)),
        ("executives", slack.executives.as_ref()),
        ("admins", slack.admins.as_ref()),
    ];
    let mut channels: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for (use_of_it, channel) in named {
        if let Some(channel) = channel {
            channels.entry(channel).or_default().push(use_of_it);
        }
    }
    channels
}

fn judged(subject: String, channel: &str, found: &Channel, app: &Identity) -> Finding {
    let invite = format!("type `/invite @{}` in it", app.user);
    match found {
        Channel::Seen { name, is_archived: true, .. } => {
            let remedy = "take it out of the archive, or name another under [slack] in the policy";
            Finding::wrong(subject, format!("#{name} is archived: nothing is shown there"), remedy)
        }
        Channel::Seen { name, is_member: false, .. } => {
            Finding::wrong(subject, format!("the app is not in #{name}, so it cannot write there"), invite)
        }
        Channel::Seen { name, .. } => Finding::fine(subject, format!("the app is in #{name}")),
        Channel::Absent => {
            let what = if channel.starts_with('#') { "name" } else { "id" };
            let remedy = format!("correct its {what} under [slack] in the policy; if it is private, {invite}");
            Finding::wrong(subject, "Slack knows no such channel, or it is private and the app is not in it", remedy)
        }
        Channel::Hidden => {
            let remedy = "give the app channels:read and groups:read (OAuth & Permissions; then install it again), or look yourself whether it is in the channel";
            Finding::warning(subject, "it cannot be told whether it is there and the app is in it", remedy)
        }
    }
}

/// What kinds of channels there are among those of the policy.
#[derive(Default)]
struct Seen {
    public: bool,
    private: bool,
    hidden: bool,
}

impl Seen {
    fn note(&mut self, found: &Channel) {
        match found {
            Channel::Seen { is_private: true, .. } => self.private = true,
            Channel::Seen { .. } => self.public = true,
            Channel::Hidden => self.hidden = true,
            Channel::Absent => {}
        }
    }
}

/// What the app needs and was not granted. Where Slack does not say what it was, nothing can be told. A channel that
/// the app may not look at needs one of two scopes.
fn scopes(app: &Identity, seen: &Seen) -> Vec<Finding> {
    let Some(granted) = &app.scopes else {
        return Vec::new();
    };
    let lacks = |scope: &str| !granted.iter().any(|it| it == scope);
    let remedy =
        |scope: &str| format!("add {scope} under OAuth & Permissions > Bot Token Scopes, and install the app again");
    let mut findings = Vec::new();
    if lacks("chat:write") {
        findings.push(Finding::wrong(
            "Slack scopes",
            "without chat:write the app can write nothing",
            remedy("chat:write"),
        ));
    }
    let has_neither = lacks("channels:history") && lacks("groups:history");
    let is_public = seen.public || (seen.hidden && has_neither);
    for (scope, is_needed) in [("channels:history", is_public), ("groups:history", seen.private)] {
        if is_needed && lacks(scope) {
            let says = format!("without {scope} a message whose confirmation was lost is not found again");
            findings.push(Finding::warning("Slack scopes", says, remedy(scope)));
        }
    }
    if findings.is_empty() {
        findings.push(Finding::fine("Slack scopes", "the app was granted what it needs"));
    }
    findings
}
