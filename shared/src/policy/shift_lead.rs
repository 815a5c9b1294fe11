//! The people and teams whom agents mention, and what they alone may do.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::Policy;
use super::place::Mistake;
use crate::procedure::rota::Name;

/// A person or team whom agents mention.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawShiftLead")]
pub struct ShiftLead {
    /// How people call them; no two have the same.
    pub name: Name,
    /// HubSpot's user id or team id, as a mention carries it.
    pub mention_id: u64,
    /// Which of the two.
    pub kind: LeadKind,
    /// How Slack calls them.
    pub slack: Option<SlackId>,
    span: Range<usize>,
}

impl ShiftLead {
    /// HubSpot's user id, of a person.
    pub fn user_id(&self) -> Option<u64> {
        (self.kind == LeadKind::Person).then_some(self.mention_id)
    }
}

/// What a shift lead is to HubSpot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadKind {
    /// A user.
    Person,
    /// A team of users.
    Team,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShiftLead {
    name: Spanned<String>,
    user_id: Option<u64>,
    team_id: Option<u64>,
    slack: Option<SlackId>,
}

impl TryFrom<RawShiftLead> for ShiftLead {
    type Error = String;

    fn try_from(raw: RawShiftLead) -> Result<Self, Self::Error> {
        let span = raw.name.span();
        let name = raw.name.into_inner();
        let (kind, mention_id) = match (raw.user_id, raw.team_id) {
            _ if name.trim().is_empty() => return Err("a shift lead without a name; write one".to_owned()),
            (Some(id), None) => (LeadKind::Person, id),
            (None, Some(id)) => (LeadKind::Team, id),
            _ => return Err(format!("{name} needs either `user_id` or `team_id`")),
        };
        Ok(Self { name: Name(name), mention_id, kind, slack: raw.slack, span })
    }
}

/// A member or a user group of Slack
/// ([formatting](https://docs.slack.dev/messaging/formatting-message-text)).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum SlackId {
    /// A member: `U…`, or `W…` in an Enterprise organisation.
    Member(String),
    /// A user group: `S…`.
    Group(String),
}

impl fmt::Display for SlackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Member(id) | Self::Group(id)) = self;
        id.fmt(f)
    }
}

impl TryFrom<String> for SlackId {
    type Error = String;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        let is_id = id.len() >= 3 && id.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
        match id.as_bytes().first() {
            Some(b'U' | b'W') if is_id => Ok(Self::Member(id)),
            Some(b'S') if is_id => Ok(Self::Group(id)),
            _ => Err(format!(
                "`{id}` is neither a Slack member id (\"U…\") nor a user group id (\"S…\"); in Slack open the profile \
                 and choose Copy member ID"
            )),
        }
    }
}

impl Policy {
    /// The shift lead of a name.
    pub fn shift_lead(&self, name: &str) -> Option<&ShiftLead> {
        self.shift_leads.iter().find(|it| it.name.0 == name)
    }

    /// Whether a user, or a team of theirs, is a shift lead.
    pub fn is_shift_lead(&self, user_id: u64, teams: &[u64]) -> bool {
        self.shift_leads.iter().any(|it| match it.kind {
            LeadKind::Person => it.mention_id == user_id,
            LeadKind::Team => teams.contains(&it.mention_id),
        })
    }

    /// Whether a user may send an escalation to Tech. While the policy names no shift lead, whoever is
    /// none of the `agents` counts as one: not the ticket's owner, and not who escalated it.
    pub fn may_send_to_tech(&self, user_id: u64, teams: &[u64], agents: &[u64]) -> bool {
        self.is_shift_lead(user_id, teams) || (self.shift_leads.is_empty() && !agents.contains(&user_id))
    }

    /// Holds the shift leads against each other.
    pub(super) fn check_shift_leads(&self) -> Result<(), Mistake> {
        for (at, lead) in self.shift_leads.iter().enumerate() {
            let name = &lead.name;
            let before = &self.shift_leads[..at];
            if before.iter().any(|it| it.name == *name) {
                let message = format!("two shift leads are called `{name}`; give one another name");
                return Err(Mistake::new(lead.span.clone(), message));
            }
            if let Some(other) = before.iter().find(|it| (it.kind, it.mention_id) == (lead.kind, lead.mention_id)) {
                let message = format!("`{name}` has the id of `{}`; correct it, or keep one of them", other.name);
                return Err(Mistake::new(lead.span.clone(), message));
            }
        }
        Ok(())
    }
}
