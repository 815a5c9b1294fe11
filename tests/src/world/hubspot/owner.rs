//! People with a seat in the account.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::id::{UserId, iso};

/// A person; HubSpot has two numbers for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The number in `hubspot_owner_id`.
    pub id: u64,
    /// The number in mentions, actors and sources.
    pub user: UserId,
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// Their address.
    pub email: String,
    /// Team ids and names; the first is the main one.
    pub teams: Vec<(u64, String)>,
    /// Whether the person has left.
    pub archived: bool,
}

impl Owner {
    /// A person who works here.
    pub fn new(id: u64, user: u64, name: &str) -> Self {
        let (first, last) = name.split_once(' ').unwrap_or((name, ""));
        Self {
            id,
            user: UserId(user),
            first: first.to_owned(),
            last: last.to_owned(),
            email: format!("{}@example.com", name.to_lowercase().replace(' ', ".")),
            teams: Vec::new(),
            archived: false,
        }
    }

    /// The same in a team.
    pub fn in_team(mut self, id: u64, name: &str) -> Self {
        self.teams.push((id, name.to_owned()));
        self
    }

    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first, self.last).trim_end().to_owned()
    }

    /// `PublicOwner`. Who has left keeps `userIdIncludingInactive` alone.
    pub fn to_json(&self, made: Timestamp) -> Value {
        let mut owner = json!({
            "id": self.id.to_string(), "type": "PERSON", "email": self.email,
            "firstName": self.first, "lastName": self.last, "userIdIncludingInactive": self.user.0,
            "archived": self.archived, "createdAt": iso(made), "updatedAt": iso(made),
        });
        if !self.archived {
            owner["userId"] = json!(self.user.0);
        }
        let team = |(at, (id, name)): (usize, &(u64, String))| json!({ "id": id.to_string(), "name": name, "primary": at == 0 });
        if !self.teams.is_empty() {
            owner["teams"] = self.teams.iter().enumerate().map(team).collect();
        }
        owner
    }
}
