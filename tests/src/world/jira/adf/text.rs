//! A document as one reads it.

use serde_json::Value;

/// The words of a document: a line for each paragraph and for each line break.
pub fn plain(node: &Value) -> String {
    let attribute = |name: &str| node["attrs"][name].as_str().unwrap_or_default().to_owned();
    match node["type"].as_str().unwrap_or_default() {
        "text" => node["text"].as_str().unwrap_or_default().to_owned(),
        "hardBreak" => "\n".to_owned(),
        "mention" | "status" => attribute("text"),
        "emoji" => attribute("shortName"),
        "date" => attribute("timestamp"),
        "inlineCard" => attribute("url"),
        "rule" => "---".to_owned(),
        "tableRow" => inside(node, "\t"),
        "paragraph" | "heading" | "codeBlock" => inside(node, ""),
        _ => inside(node, "\n"),
    }
}

fn inside(node: &Value, between: &str) -> String {
    let content = node["content"].as_array().map(Vec::as_slice).unwrap_or_default();
    content.iter().map(plain).collect::<Vec<_>>().join(between)
}
