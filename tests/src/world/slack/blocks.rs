//! Which blocks Slack takes ([reference](https://docs.slack.dev/reference/block-kit/blocks)), of
//! the kinds that a message of ours may have.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::refusal;
use crate::world::call::Answer;

/// Blocks of a message.
const MOST: usize = 50;

/// Characters in all blocks; measured, not documented
/// ([bolt-js 2509](https://github.com/slackapi/bolt-js/issues/2509)).
const LONGEST: usize = 13_200;

static SCHEMA: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&schema()).expect("the schema below is one"));

/// Refuses what Slack refuses, with the places.
pub fn check(blocks: &Value) -> Result<(), Answer> {
    let Some(list) = blocks.as_array() else {
        return Err(refusal::no("invalid_blocks_format"));
    };
    if list.len() > MOST {
        let message = format!("[ERROR] no more than {MOST} items allowed [json-pointer:/blocks]");
        return Err(refusal::because("invalid_blocks", &[message]));
    }
    let wrong = SCHEMA.iter_errors(blocks);
    let wrong: Vec<String> =
        wrong.map(|it| format!("[ERROR] {} [json-pointer:/blocks{}]", it.masked(), it.instance_path())).collect();
    if !wrong.is_empty() {
        return Err(refusal::because("invalid_blocks", &wrong));
    }
    match length(blocks) > LONGEST {
        true => Err(refusal::no("msg_blocks_too_long")),
        false => Ok(()),
    }
}

/// The characters of every text, as Slack keeps them.
fn length(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(length).sum(),
        Value::Object(object) => {
            let own = object.get("text").and_then(Value::as_str).map_or(0, |it| it.chars().count());
            own + object.values().map(length).sum::<usize>()
        }
        _ => 0,
    }
}

fn schema() -> Value {
    let block_id = json!({ "type": "string", "minLength": 1, "maxLength": 255 });
    let block = |kind: &str, required: &[&str], mut properties: Value| {
        properties["type"] = json!({ "const": kind });
        properties["block_id"] = block_id.clone();
        let required: Vec<&str> = required.iter().copied().chain(["type"]).collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    };
    let sections = json!({ "type": "array", "items": section(), "minItems": 1 });
    let small = json!({ "type": "array", "items": text(3_000, true), "minItems": 1, "maxItems": 10 });
    let buttons = json!({ "type": "array", "items": button(), "minItems": 1, "maxItems": 25 });
    let fields = json!({ "type": "array", "items": text(2_000, true), "minItems": 1, "maxItems": 10 });
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": { "enum": ["header", "section", "rich_text", "context", "actions", "divider"] },
            },
            "allOf": [
                when("header", &block("header", &["text"], json!({ "text": text(150, false) }))),
                when("section", &block("section", &[], json!({ "text": text(3_000, true), "fields": fields }))),
                when("rich_text", &block("rich_text", &["elements"], json!({ "elements": sections }))),
                when("context", &block("context", &["elements"], json!({ "elements": small }))),
                when("actions", &block("actions", &["elements"], json!({ "elements": buttons }))),
                when("divider", &block("divider", &[], json!({}))),
            ],
        },
    })
}

fn when(kind: &str, then: &Value) -> Value {
    json!({ "if": { "properties": { "type": { "const": kind } } }, "then": then })
}

fn text(longest: usize, markup: bool) -> Value {
    let kinds: &[&str] = if markup { &["plain_text", "mrkdwn"] } else { &["plain_text"] };
    json!({
        "type": "object",
        "properties": {
            "type": { "enum": kinds },
            "text": { "type": "string", "minLength": 1, "maxLength": longest },
            "emoji": { "type": "boolean" },
            "verbatim": { "type": "boolean" },
        },
        "required": ["type", "text"],
        "additionalProperties": false,
    })
}

fn button() -> Value {
    json!({
        "type": "object",
        "properties": {
            "type": { "const": "button" },
            "text": text(75, false),
            "action_id": { "type": "string", "maxLength": 255 },
            "url": { "type": "string", "format": "uri", "maxLength": 3_000 },
            "value": { "type": "string", "maxLength": 2_000 },
            "style": { "enum": ["primary", "danger"] },
        },
        "required": ["type", "text"],
        "additionalProperties": false,
    })
}

fn section() -> Value {
    let style = json!({
        "type": "object",
        "properties": {
            "bold": { "type": "boolean" }, "italic": { "type": "boolean" }, "strike": { "type": "boolean" },
            "code": { "type": "boolean" },
        },
        "additionalProperties": false,
    });
    let element = |kind: &str, name: &str, pattern: &str| {
        json!({
            "type": "object",
            "properties": {
                "type": { "const": kind }, "style": style,
                name: { "type": "string", "minLength": 1, "pattern": pattern },
            },
            "required": ["type", name],
            "additionalProperties": false,
        })
    };
    let mut link = element("link", "url", "^(https?://|mailto:)\\S+$");
    link["properties"]["text"] = json!({ "type": "string", "minLength": 1 });
    let elements = [
        element("text", "text", ""),
        link,
        element("user", "user_id", "^[UW][A-Z0-9]{2,}$"),
        element("usergroup", "usergroup_id", "^S[A-Z0-9]{2,}$"),
        element("broadcast", "range", "^(here|channel|everyone)$"),
        element("emoji", "name", "^[a-z0-9_+-]+$"),
    ];
    json!({
        "type": "object",
        "properties": {
            "type": { "const": "rich_text_section" },
            "elements": { "type": "array", "items": { "oneOf": elements }, "minItems": 1 },
        },
        "required": ["type", "elements"],
        "additionalProperties": false,
    })
}
