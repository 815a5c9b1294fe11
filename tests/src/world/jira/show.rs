//! An issue as the API shows it.

use serde_json::{Map, Value, json};

use super::site::{Site, Stored, written};

/// The fields of a caller's choice.
pub struct Selection {
    names: Vec<String>,
}

impl Selection {
    /// By names; `*all`, `*navigable` and `-name` are understood.
    pub fn of(names: Vec<String>) -> Self {
        Self { names }
    }

    /// From an address: a parameter may come often, or once with commas.
    pub fn of_query(query: &[(String, String)], name: &str) -> Option<Vec<String>> {
        let values: Vec<String> = query
            .iter()
            .filter(|it| it.0 == name)
            .flat_map(|it| it.1.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned))
            .collect();
        (!values.is_empty()).then_some(values)
    }

    fn has(&self, field: &str) -> bool {
        let is_out = self.names.iter().any(|it| it.strip_prefix('-') == Some(field));
        let is_all = |it: &String| matches!(it.as_str(), "*all" | "*navigable");
        let only_outs = self.names.iter().all(|it| it.starts_with('-'));
        !is_out && (only_outs || self.names.iter().any(|it| it == field || is_all(it)))
    }
}

impl Site {
    /// An issue with these fields and properties of it.
    pub(super) fn show_issue(&self, issue: &Stored, fields: &Selection, properties: &[String]) -> Value {
        let all = self.all_fields(issue);
        let shown: Map<String, Value> = all.into_iter().filter(|it| fields.has(&it.0)).collect();
        let mut bean = json!({
            "expand": "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
            "id": issue.id.to_string(), "self": self.address(issue), "key": issue.key, "fields": shown,
        });
        if !properties.is_empty() {
            let has = |it: &(&String, &Value)| properties.iter().any(|name| name == "*all" || name == it.0);
            let shown: Map<String, Value> =
                issue.properties.iter().filter(has).map(|it| (it.0.clone(), it.1.clone())).collect();
            bean["properties"] = shown.into();
        }
        bean
    }

    pub(super) fn address(&self, issue: &Stored) -> String {
        format!("{}/rest/api/3/issue/{}", self.url, issue.id)
    }

    fn all_fields(&self, issue: &Stored) -> Map<String, Value> {
        let project = self.project_of(issue);
        let mut all = Map::new();
        for field in super::project::known() {
            all.insert(field.id, Value::Null);
        }
        all.insert("labels".to_owned(), json!([]));
        all.insert("components".to_owned(), json!([]));
        all.insert("resolution".to_owned(), Value::Null);
        all.extend(issue.fields.clone());
        all.insert("project".to_owned(), project.show(&self.url));
        let issue_type = project.issue_type(issue.issue_type).map(|it| it.show(&self.url));
        all.insert("issuetype".to_owned(), issue_type.unwrap_or_default());
        all.insert("status".to_owned(), issue.status.show(&self.url));
        all.insert("statusCategory".to_owned(), issue.status.show(&self.url)["statusCategory"].take());
        all.insert("creator".to_owned(), self.show_person(&issue.creator));
        all.insert("statuscategorychangedate".to_owned(), written(self.moved_at(issue)).into());
        all.insert("created".to_owned(), written(issue.created).into());
        all.insert("updated".to_owned(), written(issue.updated).into());
        all.insert("issuelinks".to_owned(), self.links(issue));
        all
    }

    fn links(&self, issue: &Stored) -> Value {
        let original = issue.duplicate_of.and_then(|it| self.issues.get(&it)).filter(|it| !it.deleted);
        let link = |it: &Stored| {
            json!({
                "id": format!("{}", issue.id + 90_000),
                "type": { "id": "10002", "name": "Duplicate", "inward": "is duplicated by", "outward": "duplicates" },
                "outwardIssue": { "id": it.id.to_string(), "key": it.key, "self": self.address(it) },
            })
        };
        let related = issue.related.iter().filter_map(|it| self.issues.get(it)).filter(|it| !it.deleted);
        let relates = |it: &Stored| {
            json!({
                "id": format!("{}", issue.id + it.id),
                "type": { "id": "10003", "name": "Relates", "inward": "relates to", "outward": "relates to" },
                "outwardIssue": { "id": it.id.to_string(), "key": it.key, "self": self.address(it) },
            })
        };
        original.map(link).into_iter().chain(related.map(relates)).collect()
    }
}
