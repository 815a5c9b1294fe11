//! Owners and users: how people are called, and how one mentions them.

use std::sync::Arc;

use jiff::Timestamp;
use reqwest::Method;
use serde::Deserialize;

use super::{HubSpot, wire};
use crate::http::Fault;

/// A person of the team. [Owners API](https://developers.hubspot.com/docs/api/crm/owners).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id that `hubspot_owner_id` holds.
    pub owner_id: String,
    /// The id that mentions and authors carry; absent for a deactivated user.
    pub user_id: Option<u64>,
    /// The name that colleagues use; the address where there is none.
    pub first_name: String,
    /// First and last name; the address where there is none.
    pub name: String,
    /// The address.
    pub email: String,
    /// The ids of the teams they are in.
    pub teams: Vec<u64>,
}

impl HubSpot {
    /// Everybody who is active, read at most every ten minutes.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn people(&self, now: Timestamp) -> Result<Arc<[Person]>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            #[serde(default)]
            results: Vec<Owner>,
            #[serde(default)]
            paging: Option<Paging>,
        }
        if let Some(people) = self.owners.fresh(now) {
            return Ok(people);
        }
        let mut people = Vec::new();
        let mut after = None;
        loop {
            let mut request = self.request(Method::GET, "crm/v3/owners").query(&[("limit", "500")]);
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let page: Page = self.call(request).await?.read()?;
            people.extend(page.results.into_iter().map(Person::from));
            after = page.paging.and_then(Paging::after);
            if after.is_none() {
                break;
            }
        }
        let people: Arc<[Person]> = people.into();
        self.owners.keep(now, people.clone());
        Ok(people)
    }
}

/// Where the next page begins.
#[derive(Deserialize)]
pub(super) struct Paging {
    next: Option<Next>,
}

#[derive(Deserialize)]
struct Next {
    #[serde(deserialize_with = "wire::id")]
    after: String,
}

impl Paging {
    pub fn after(self) -> Option<String> {
        self.next.map(|it| it.after)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Owner {
    #[serde(deserialize_with = "wire::id")]
    id: String,
    user_id: Option<u64>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    teams: Option<Vec<Team>>,
}

#[derive(Deserialize)]
struct Team {
    #[serde(deserialize_with = "wire::id")]
    id: String,
}

impl From<Owner> for Person {
    fn from(owner: Owner) -> Self {
        let email = owner.email.unwrap_or_default();
        let names = [owner.first_name, owner.last_name].map(Option::unwrap_or_default);
        let name = names.join(" ").trim().to_owned();
        let [first_name, _] = names;
        let or_address = |name: String| if name.trim().is_empty() { email.clone() } else { name.trim().to_owned() };
        let (first_name, name) = (or_address(first_name), or_address(name));
        let teams = owner.teams.unwrap_or_default().iter().filter_map(|it| it.id.parse().ok()).collect();
        Self { owner_id: owner.id, user_id: owner.user_id, first_name, name, email, teams }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Person {
        serde_json::from_str::<Owner>(json).unwrap().into()
    }

    #[test]
    fn a_person_is_in_teams_or_in_none() {
        let teams = r#"[{"id":"77","name":"Nights","primary":true},{"id":501}]"#;
        assert_eq!(read(&format!(r#"{{"id":"1","teams":{teams}}}"#)).teams, [77, 501]);
        for none in [r#"{"id":"1"}"#, r#"{"id":"1","teams":null}"#, r#"{"id":"1","teams":[]}"#] {
            assert!(read(none).teams.is_empty(), "{none}");
        }
    }

    #[test]
    fn who_has_no_name_is_called_by_their_address() {
        let named = read(r#"{"id":"1","userId":7,"firstName":"Dana","lastName":"Whitfield","email":"d@example.com"}"#);
        assert_eq!(
            (named.first_name.as_str(), named.name.as_str(), named.user_id),
            ("Dana", "Dana Whitfield", Some(7))
        );
        let unnamed = read(r#"{"id":"1","firstName":"","lastName":null,"email":"d@example.com"}"#);
        assert_eq!((unnamed.first_name.as_str(), unnamed.name.as_str()), ("d@example.com", "d@example.com"));
    }
}
