//! `GET` and `POST /rest/api/3/search/jql`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::jql::{self, Query};
use super::show::Selection;
use super::site::{Site, Stored};
use super::{refusal, route};
use crate::world::call::{Answer, Call};

const PLACE: &str = "search/jql";
const KNOWN: [&str; 8] =
    ["jql", "nextPageToken", "maxResults", "fields", "expand", "properties", "fieldsByKeys", "reconcileIssues"];

/// Properties that one search shows.
const MOST_PROPERTIES: usize = 5;

/// Issues that a search looks at as they are.
const MOST_RECONCILED: usize = 50;

struct Asked {
    jql: String,
    token: Option<String>,
    most: usize,
    fields: Vec<String>,
    properties: Vec<String>,
    reconciled: Vec<u64>,
}

impl Site {
    pub(super) fn search(&self, call: &Call) -> Result<Answer, Answer> {
        let body = if call.method == "GET" { of_query(call) } else { route::object(call)? };
        self.blame_unknown(PLACE, &body, &KNOWN);
        let asked = Asked::read(&body)?;
        let query = jql::parse(&asked.jql, self)?;
        let mut found: Vec<&Stored> =
            self.issues.values().filter(|it| !it.deleted && self.fits(it, &query, &asked.reconciled)).collect();
        query.sort(&mut found);
        let start = self.start(&asked)?;
        let most = asked.most.min(self.settings.search_page);
        let page = found.iter().skip(start).take(most).map(|it| self.show_found(it, &asked));
        let mut answer = json!({ "issues": page.collect::<Value>(), "isLast": found.len() <= start + most });
        if found.len() > start + most {
            answer["nextPageToken"] = token(&asked.jql, start + most).into();
        }
        Ok(Answer::json(200, answer))
    }

    /// What the index knows of an issue by now; what it really is where the caller asks for that.
    fn fits(&self, issue: &Stored, query: &Query, reconciled: &[u64]) -> bool {
        let lag = self.settings.search_lag;
        let is_seen = |it: &&(jiff::Timestamp, _)| reconciled.contains(&issue.id) || it.0 + lag <= self.now();
        let archived = self.project_of(issue).archived;
        !archived && issue.indexed.iter().rev().find(is_seen).is_some_and(|it| query.fits(&it.1))
    }

    /// Without fields, an issue is its id.
    fn show_found(&self, issue: &Stored, asked: &Asked) -> Value {
        if asked.fields.iter().all(|it| it == "id") && asked.properties.is_empty() {
            return json!({ "id": issue.id.to_string() });
        }
        let mut found = self.show_issue(issue, &Selection::of(asked.fields.clone()), &asked.properties);
        if asked.fields.iter().all(|it| it == "id") {
            found["fields"] = json!({});
        }
        found["expand"] = "".into();
        found
    }

    /// A page's token is good for the query that gave it.
    fn start(&self, asked: &Asked) -> Result<usize, Answer> {
        let Some(given) = &asked.token else {
            return Ok(0);
        };
        let decoded = STANDARD.decode(given).ok().and_then(|it| String::from_utf8(it).ok());
        let parts = decoded.as_deref().and_then(|it| it.split_once('\n'));
        parts
            .filter(|it| it.1 == asked.jql)
            .and_then(|it| it.0.parse().ok())
            .ok_or_else(|| refusal::say(400, "The provided next page token is invalid or has expired."))
    }
}

fn token(jql: &str, start: usize) -> String {
    STANDARD.encode(format!("{start}\n{jql}"))
}

impl Asked {
    fn read(body: &Map<String, Value>) -> Result<Self, Answer> {
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let list = |name: &str| -> Vec<String> {
            let values = body.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let most = match body.get("maxResults") {
            None => 50,
            Some(most) => {
                let most = most.as_u64().filter(|it| (1..=5_000).contains(it));
                let most = most.ok_or_else(|| refusal::say(400, "maxResults must be between 1 and 5000"))?;
                usize::try_from(most).unwrap_or(5_000)
            }
        };
        let properties = list("properties");
        if properties.len() > MOST_PROPERTIES {
            let sentence = format!("The number of requested properties exceeds the limit of {MOST_PROPERTIES}.");
            return Err(refusal::say(400, &sentence));
        }
        let reconciled = body.get("reconcileIssues").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if reconciled.len() > MOST_RECONCILED {
            let sentence = format!("The number of issues to reconcile exceeds the limit of {MOST_RECONCILED}.");
            return Err(refusal::say(400, &sentence));
        }
        let jql = text("jql").unwrap_or_default();
        let reconciled = reconciled.iter().filter_map(Value::as_u64).collect();
        Ok(Self { jql, token: text("nextPageToken"), most, fields: list("fields"), properties, reconciled })
    }
}

/// The same in an address.
fn of_query(call: &Call) -> Map<String, Value> {
    let mut body = Map::new();
    for (name, value) in &call.query {
        let value = match name.as_str() {
            "fields" | "properties" => Selection::of_query(&call.query, name).unwrap_or_default().into(),
            "maxResults" => serde_json::from_str(value).unwrap_or_else(|_| value.as_str().into()),
            "reconcileIssues" => {
                let ids = Selection::of_query(&call.query, name).unwrap_or_default();
                ids.iter().filter_map(|it| it.parse::<u64>().ok()).collect::<Vec<_>>().into()
            }
            _ => value.as_str().into(),
        };
        body.insert(name.clone(), value);
    }
    body
}
