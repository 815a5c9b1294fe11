//! `/crm/v3/objects/tickets/search`: what the index has, which is behind the records.
//! [Search](https://developers.hubspot.com/docs/api/crm/search).

mod filter;

use std::cmp::Ordering;

use serde::Deserialize;
use serde_json::{Value, json};

use super::id::Kind;
use super::objects::parse;
use super::page;
use super::portal::Portal;
use super::record::Record;
use super::refusal;
use super::schema::Property;
use crate::world::call::{Answer, Call};
use filter::{Condition, Filter};

const GROUPS: usize = 5;
const FILTERS: usize = 18;
const FILTERS_IN_A_GROUP: usize = 6;
const PAGE: usize = 200;
/// No search shows more than this many records, in however many pages.
const RESULTS: usize = 10_000;

/// `PublicObjectSearchRequest`. HubSpot takes one without the fields that its description requires.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Search {
    filter_groups: Vec<Group>,
    sorts: Vec<String>,
    query: String,
    properties: Vec<String>,
    limit: usize,
    after: Option<String>,
}

impl Default for Search {
    fn default() -> Self {
        let (filter_groups, sorts, properties) = (Vec::new(), Vec::new(), Vec::new());
        Self { filter_groups, sorts, query: String::new(), properties, limit: 10, after: None }
    }
}

#[derive(Deserialize)]
struct Group {
    filters: Vec<Filter>,
}

impl Portal {
    pub(super) fn search(&self, kind: Kind, call: &Call) -> Result<Answer, Answer> {
        let search: Search = parse(call)?;
        let start = search.start()?;
        search.bounds(start)?;
        if !search.query.is_empty() {
            return Err(not_built("a search by `query`"));
        }
        let groups = search.filter_groups.into_iter().map(|it| self.conditions(kind, it));
        let groups = groups.collect::<Result<Vec<_>, Answer>>()?;
        let order = search.sorts.iter().map(|it| self.order(kind, it)).collect::<Result<Vec<_>, Answer>>()?;

        let indexed = self.now() - self.search_lag;
        let records = self.records.values().filter(|it| it.kind == kind);
        let mut found: Vec<Record> =
            records.filter_map(|it| it.as_of(indexed)).filter(|it| finds(&groups, it)).collect();
        found.sort_by(|one, other| {
            let by = |(property, down): &(&Property, bool)| {
                let ordering = filter::compare(property, one, other);
                if *down { ordering.reverse() } else { ordering }
            };
            order.iter().map(by).find(|it| *it != Ordering::Equal).unwrap_or(Ordering::Equal)
        });
        let shown = found.iter().skip(start).take(search.limit).map(|it| self.shown(it, &search.properties, &[]));
        let next = start + search.limit;
        let after = (found.len() > next).then(|| next.to_string());
        let mut answer = page::collection(shown.collect::<Vec<Value>>(), after.as_deref());
        answer["total"] = json!(found.len());
        Ok(Answer::json(200, answer))
    }

    fn conditions(&self, kind: Kind, group: Group) -> Result<Vec<Condition<'_>>, Answer> {
        let condition = |it: Filter| match self.property(kind, &it.property_name) {
            Some(property) => it.on(property),
            None if it.property_name.starts_with("associations.") => Err(not_built("a search by association")),
            None => Err(refusal::bad_search()),
        };
        group.filters.into_iter().map(condition).collect()
    }

    /// A property to sort by, and whether downwards.
    fn order(&self, kind: Kind, sort: &str) -> Result<(&Property, bool), Answer> {
        let name = sort.strip_prefix('-').unwrap_or(sort);
        Ok((self.property(kind, name).ok_or_else(refusal::bad_search)?, name != sort))
    }
}

impl Search {
    /// The cursor of a search is the number of results before it.
    fn start(&self) -> Result<usize, Answer> {
        match self.after.as_deref() {
            None | Some("") => Ok(0),
            Some(after) => after.parse().map_err(|_| refusal::bad_search()),
        }
    }

    fn bounds(&self, start: usize) -> Result<(), Answer> {
        let filters: Vec<usize> = self.filter_groups.iter().map(|it| it.filters.len()).collect();
        let is_within = self.filter_groups.len() <= GROUPS
            && filters.iter().all(|it| *it <= FILTERS_IN_A_GROUP)
            && filters.iter().sum::<usize>() <= FILTERS
            && (1..=PAGE).contains(&self.limit)
            && self.query.chars().count() <= 3_000
            && start.saturating_add(self.limit) <= RESULTS;
        if is_within { Ok(()) } else { Err(refusal::bad_search()) }
    }
}

/// Whether a record meets all conditions of some group. Without groups all are found.
fn finds(groups: &[Vec<Condition<'_>>], record: &Record) -> bool {
    groups.is_empty() || groups.iter().any(|it| it.iter().all(|it| it.is_met(record)))
}

/// Something HubSpot does and this stand-in does not.
fn not_built(what: &str) -> Answer {
    let mut answer = refusal::invalid(&format!("{what} is not built"));
    answer.built = false;
    answer
}
