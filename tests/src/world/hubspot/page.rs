//! Lists in pages, with a cursor nobody should read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::refusal;
use crate::world::door::{Answer, Call};

/// The page a call asks for, and the cursor of the next one.
pub fn of<T>(items: Vec<T>, call: &Call, default: usize, most: usize) -> Result<(Vec<T>, Option<String>), Answer> {
    let limit = match call.query("limit") {
        None => default,
        Some(text) => match text.parse() {
            Ok(limit) if (1..=most).contains(&limit) => limit,
            _ => {
                return Err(refusal::invalid(&format!("limit must be between 1 and {most}")));
            }
        },
    };
    let start = match call.query("after") {
        None => 0,
        Some(cursor) => {
            read(cursor).ok_or_else(|| refusal::invalid("The paging cursor passed in after is not valid"))?
        }
    };
    let more = items.len() > start.saturating_add(limit);
    let after = more.then(|| write(start + limit));
    Ok((items.into_iter().skip(start).take(limit).collect(), after))
}

/// `{"results": […], "paging": …}`.
pub fn collection(results: Vec<Value>, after: Option<&str>) -> Value {
    let mut collection = json!({ "results": results });
    if let Some(after) = after {
        collection["paging"] = json!({ "next": { "after": after } });
    }
    collection
}

/// A cursor that has to be escaped in a query.
pub fn write(start: usize) -> String {
    STANDARD.encode(format!("{start:04}"))
}

fn read(cursor: &str) -> Option<usize> {
    String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?.parse().ok()
}
