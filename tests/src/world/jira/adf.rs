//! Atlassian's document format: which documents Jira takes
//! ([structure](https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/)), of the nodes
//! that a text of ours may have. Attributes and keys that a node does not have are refused.

mod rules;
mod text;

use serde_json::{Map, Value};

use rules::{Content, Node, Shape};

pub use text::plain;

/// Characters of a document's JSON.
const LONGEST: usize = 32_767;

/// Why a document is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is no document at all, as a string is none.
    NoDocument,
    /// It breaks a rule, here.
    Malformed(String),
    /// It is too long.
    TooLong,
}

/// Whether Jira takes a document.
pub fn check(document: &Value) -> Result<(), Wrong> {
    let Some(object) = document.as_object().filter(|it| it.get("type") == Some(&"doc".into())) else {
        return Err(Wrong::NoDocument);
    };
    if object.get("version") != Some(&1.into()) {
        return Err(Wrong::Malformed("doc: `version` is not 1".to_owned()));
    }
    node(document, "", None).map_err(Wrong::Malformed)?;
    match document.to_string().chars().count() > LONGEST {
        true => Err(Wrong::TooLong),
        false => Ok(()),
    }
}

/// What Jira may take and show wrongly: line breaks and control characters in a text.
pub fn slips(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(document, false, &mut found);
    found
}

fn collect(value: &Value, in_code: bool, found: &mut Vec<String>) {
    let in_code = in_code || value["type"] == "codeBlock";
    if let Some(text) = value["text"].as_str().filter(|_| value["type"] == "text") {
        let broken = |it: char| it.is_control() && it != '\t' && !(in_code && it == '\n');
        found.extend(text.chars().find(|it| broken(*it)).map(|it| format!("{it:?} in a text")));
    }
    for child in value["content"].as_array().into_iter().flatten() {
        collect(child, in_code, found);
    }
}

fn node(value: &Value, place: &str, allowed: Option<&[&str]>) -> Result<(), String> {
    let kind = value["type"].as_str().unwrap_or("nothing");
    let place = format!("{place}/{kind}");
    let object = value.as_object().ok_or_else(|| format!("{place}: no object"))?;
    if allowed.is_some_and(|it| !it.contains(&kind)) {
        return Err(format!("{place}: not allowed here"));
    }
    let rule = rules::of(kind).ok_or_else(|| format!("{place}: there is no such node"))?;
    if let Some(key) = object.keys().find(|it| !may_have(kind, &rule, it)) {
        return Err(format!("{place}: `{key}` is unknown"));
    }
    attributes(object.get("attrs"), rule.attributes, &place)?;
    if kind == "text" {
        return text_node(object, &place);
    }
    if object.get("marks").is_some_and(|it| it.as_array().is_none_or(|it| !it.is_empty())) {
        return Err(format!("{place}: marks"));
    }
    content(object, &rule, &place)
}

fn may_have(kind: &str, rule: &Node, key: &str) -> bool {
    match key {
        "type" => true,
        "content" => !matches!(rule.content, Content::None),
        "attrs" => !matches!(kind, "doc" | "text"),
        "marks" => matches!(kind, "text" | "paragraph" | "heading" | "codeBlock" | "expand" | "table"),
        "text" => kind == "text",
        "version" => kind == "doc",
        _ => false,
    }
}

fn content(object: &Map<String, Value>, rule: &Node, place: &str) -> Result<(), String> {
    let (children, least, must) = match rule.content {
        Content::None => return Ok(()),
        Content::Any(children) => (children, 0, false),
        Content::Listed(children) => (children, 0, true),
        Content::Some(children) => (children, 1, true),
    };
    let list = match object.get("content") {
        None if must => return Err(format!("{place}: no content")),
        None => return Ok(()),
        Some(list) => list.as_array().ok_or_else(|| format!("{place}: `content` is no list"))?,
    };
    if list.len() < least {
        return Err(format!("{place}: empty"));
    }
    for child in list {
        node(child, place, Some(children))?;
        // What stands in a code block has no marks.
        if place.ends_with("/codeBlock") && child["marks"].as_array().is_some_and(|it| !it.is_empty()) {
            return Err(format!("{place}: marked text"));
        }
    }
    Ok(())
}

fn text_node(object: &Map<String, Value>, place: &str) -> Result<(), String> {
    if object.get("text").and_then(Value::as_str).is_none_or(str::is_empty) {
        return Err(format!("{place}: no text"));
    }
    let marks = match object.get("marks") {
        None => return Ok(()),
        Some(marks) => marks.as_array().ok_or_else(|| format!("{place}: `marks` is no list"))?,
    };
    let kinds: Vec<&str> = marks.iter().filter_map(|it| it["type"].as_str()).collect();
    if kinds.contains(&"code") && kinds.iter().any(|it| !matches!(*it, "code" | "link")) {
        return Err(format!("{place}: code goes with a link alone"));
    }
    for mark in marks {
        let kind = mark["type"].as_str().unwrap_or("nothing");
        let wanted = rules::mark(kind).ok_or_else(|| format!("{place}: there is no mark {kind}"))?;
        let known = |it: &String| it == "type" || (it == "attrs" && !wanted.is_empty());
        if !mark.as_object().is_some_and(|it| it.keys().all(known)) {
            return Err(format!("{place}: mark {kind}: an unknown key"));
        }
        attributes(mark.get("attrs"), wanted, &format!("{place}: mark {kind}"))?;
    }
    Ok(())
}

fn attributes(found: Option<&Value>, known: &[rules::Attribute], place: &str) -> Result<(), String> {
    let none = Map::new();
    let found = match found {
        None if known.iter().any(|it| it.required) => return Err(format!("{place}: no `attrs`")),
        None => &none,
        Some(attributes) => attributes.as_object().ok_or_else(|| format!("{place}: `attrs` is no object"))?,
    };
    if let Some(missing) = known.iter().find(|it| it.required && !found.contains_key(it.name)) {
        return Err(format!("{place}: no `{}`", missing.name));
    }
    for (name, value) in found {
        let shape = known.iter().find(|it| it.name == name).map(|it| it.shape);
        // Every node may have an id of its editor's.
        let shape = shape.or((name == "localId").then_some(Shape::Text));
        match shape {
            None => return Err(format!("{place}: `{name}` is unknown")),
            Some(shape) if !shape.fits(value) => return Err(format!("{place}: `{name}` is wrong")),
            Some(_) => {}
        }
    }
    Ok(())
}
