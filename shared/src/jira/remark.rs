//! Comments as somebody wrote them.

use jiff::Timestamp;
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::words::About;
use super::{CommentId, IssueId, Jira, PROPERTY, wire};
use crate::http::Fault;

/// A comment. It has no `Debug`: it holds what people wrote.
pub struct Remark {
    /// What it says, a line for each paragraph.
    pub text: String,
    /// What its author is called; empty where Jira does not say.
    pub author: String,
    /// When it was written.
    pub created_at: Option<Timestamp>,
    /// Whether a person wrote it, and not an app or a rule.
    pub is_by_person: bool,
    /// Whether we wrote it ourselves.
    pub is_ours: bool,
}

impl Jira {
    /// A comment of an issue; `None` where either is gone, or where it is not ours to see.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached.
    pub async fn remark(&self, issue: &IssueId, comment: &CommentId) -> Result<Option<Remark>, Fault> {
        let request = self.request(Method::GET, &["issue", issue.as_str(), "comment", &comment.0]);
        // Which properties a comment has, is shown on demand as in a list of comments.
        match self.call(request.query(&[("expand", "properties")]), &About::Site).await {
            Ok(answer) => Ok(Some(answer.read::<Wire>()?.into())),
            Err(Fault::Refused { status: 404 | 410, .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    body: Value,
    #[serde(default, deserialize_with = "wire::lenient")]
    author: Author,
    #[serde(default, deserialize_with = "wire::lenient")]
    created: String,
    /// Other apps' too, whatever they put there.
    #[serde(default)]
    properties: Value,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Author {
    #[serde(default, deserialize_with = "wire::lenient")]
    display_name: String,
    #[serde(default, deserialize_with = "wire::lenient")]
    account_type: String,
}

impl From<Wire> for Remark {
    fn from(wire: Wire) -> Self {
        let is_ours = wire.properties.as_array().into_iter().flatten().any(|it| it["key"] == PROPERTY);
        let is_by_person = wire.author.account_type != "app";
        let created_at = wire::timestamp(&wire.created);
        Self { text: text(&wire.body), author: wire.author.display_name, created_at, is_by_person, is_ours }
    }
}

/// What one reads of a document; the second version of the API has texts instead.
fn text(body: &Value) -> String {
    let mut read = String::new();
    match body.as_str() {
        Some(plain) => read.push_str(plain),
        None => write(body, &mut read),
    }
    read.trim().to_owned()
}

/// The parser lets no document be deeper than 128 nodes, so that this ends.
fn write(node: &Value, read: &mut String) {
    let attribute = |name: &str| node["attrs"][name].as_str().unwrap_or_default();
    match node["type"].as_str().unwrap_or_default() {
        "text" => read.push_str(node["text"].as_str().unwrap_or_default()),
        "hardBreak" => read.push('\n'),
        "mention" | "status" | "placeholder" => read.push_str(attribute("text")),
        "emoji" => read.push_str(
            [attribute("text"), attribute("shortName")].into_iter().find(|it| !it.is_empty()).unwrap_or_default(),
        ),
        "inlineCard" | "blockCard" | "embedCard" => read.push_str(attribute("url")),
        kind => {
            node["content"].as_array().into_iter().flatten().for_each(|it| write(it, read));
            let is_block = matches!(kind, "paragraph" | "heading" | "codeBlock" | "tableRow" | "rule");
            if kind == "tableRow" {
                read.truncate(read.trim_end().len());
            }
            if is_block && !read.is_empty() && !read.ends_with('\n') {
                read.push('\n');
            } else if matches!(kind, "tableCell" | "tableHeader") {
                read.truncate(read.trim_end().len());
                read.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paragraph(content: Value) -> Value {
        json!({"type": "paragraph", "content": content})
    }

    fn words(text: &str) -> Value {
        json!({"type": "text", "text": text})
    }

    #[test]
    fn a_document_reads_as_people_read_it() {
        let item = |text: &str| json!({"type": "listItem", "content": [paragraph(json!([words(text)]))]});
        let cell = |text: &str| json!({"type": "tableCell", "content": [paragraph(json!([words(text)]))]});
        let document = json!({"type": "doc", "version": 1, "content": [
            paragraph(json!([words("[CS] Hello "), {"type": "mention", "attrs": {"id": "1", "text": "@Sam"}}, words(":")])),
            paragraph(json!([])),
            {"type": "bulletList", "content": [item("one"), item("two")]},
            paragraph(json!([words("a"), {"type": "hardBreak"}, words("b "), {"type": "emoji", "attrs": {"shortName": ":ok:"}}])),
            {"type": "table", "content": [{"type": "tableRow", "content": [cell("x"), cell("y")]}]},
            {"type": "codeBlock", "content": [words("let it = 1;")]},
            {"type": "somethingNew", "content": [paragraph(json!([{"type": "inlineCard", "attrs": {"url": "https://a.example"}}]))]},
            {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"id": "1"}}]},
        ]});
        assert_eq!(text(&document), "[CS] Hello @Sam:\none\ntwo\na\nb :ok:\nx y\nlet it = 1;\nhttps://a.example");
        assert_eq!(text(&json!(" plain \n")), "plain");
        for empty in [json!(null), json!({}), json!([]), json!({"type": "doc", "content": "odd"}), json!(7)] {
            assert_eq!(text(&empty), "", "{empty}");
        }
    }

    #[test]
    fn what_we_wrote_and_what_machines_wrote_is_known() {
        let read = |body: Value| Remark::from(serde_json::from_value::<Wire>(body).unwrap());
        let person = json!({"displayName": "Jane Developer", "accountType": "atlassian"});
        let by_person = read(json!({"body": "[CS] x", "author": person}));
        assert!(by_person.is_by_person && !by_person.is_ours);
        assert_eq!(by_person.author, "Jane Developer");
        assert!(!read(json!({"body": "x", "author": {"accountType": "app"}})).is_by_person);
        let property = |key: &str| json!([{"key": "other", "value": 1}, {"key": key, "value": {"marker": "hsj-x"}}]);
        assert!(read(json!({"author": person, "properties": property("hs-escalation")})).is_ours);
        assert!(!read(json!({"author": null, "properties": property("another")})).is_ours);
    }
}
