//! What Jira's document leaves out: the bodies of its refusals, the gateway before its paths, and
//! that a list of remote links is a list.

use serde_json::{Value, json};

/// [Every refusal](https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes) has
/// the body that the document gives to a few; those of the web server in front are text.
fn refusal() -> Value {
    json!({ "anyOf": [{ "$ref": "#/components/schemas/ErrorCollection" }, { "type": "string" }] })
}

/// The document's own example of this answer is a list; with a `globalId` it is one link.
const LINKS: &str = "/rest/api/3/issue/{issueIdOrKey}/remotelink";

/// The document with all that.
pub fn completed(mut document: Value) -> Value {
    let link = json!({ "$ref": "#/components/schemas/RemoteIssueLink" });
    let links = json!({ "anyOf": [{ "type": "array", "items": link }, link] });
    if let Some(operation) = document["paths"].get_mut(LINKS).and_then(|it| it.get_mut("get")) {
        operation["responses"]["200"]["content"]["application/json"]["schema"] = links;
    }
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|it| it.values_mut());
    for operation in paths.filter_map(Value::as_object_mut).flat_map(|it| it.values_mut()) {
        let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else {
            continue;
        };
        responses.insert("default".to_owned(), json!({}));
        for (_, response) in responses.iter_mut().filter(|it| *it.0 == "default" || it.0.as_str() >= "400") {
            response["content"] = json!({ "application/json": { "schema": refusal() } });
        }
    }
    document
}

/// A path as the document has it: `/ex/jira/{cloudId}` is the
/// [gateway's](https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/).
pub fn path(path: &str) -> &str {
    let behind = path.strip_prefix("/ex/jira/").and_then(|it| it.find('/').map(|at| &it[at..]));
    behind.unwrap_or(path)
}
