//! Where a vendor answers otherwise than its own document says. Requests obey the document, save where
//! it is older than the vendor: Slack's is of 2021. Each line has its source.

use serde_json::Value;

/// One field of one schema.
pub struct Deviation {
    /// The schema's name in the document.
    pub schema: &'static str,
    field: &'static str,
    /// The schema the field has in truth, where it differs.
    becomes: Option<&'static str>,
    /// Whether the field may be absent, though the document requires it.
    optional: bool,
    /// Why we believe it.
    #[expect(dead_code, reason = "the source is for the reader of this table")]
    source: &'static str,
}

/// Those of one vendor.
pub fn of(vendor: &str) -> &'static [Deviation] {
    match vendor {
        "hubspot" => HUBSPOT,
        "slack" => SLACK,
        "jira" => JIRA,
        _ => &[],
    }
}

/// An argument in an address that a document is too old to know.
pub struct Argument {
    /// The operation's path without its first slash.
    pub operation: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its JSON type.
    pub kind: &'static str,
    /// Why we believe it.
    #[expect(dead_code, reason = "the source is for the reader of this table")]
    source: &'static str,
}

/// Those of one vendor.
pub fn arguments(vendor: &str) -> &'static [Argument] {
    match vendor {
        "slack" => SLACK_ARGUMENTS,
        _ => &[],
    }
}

/// Whether an operation is one that the vendor has and no document of theirs.
pub fn is_undocumented(vendor: &str, method: &str, path: &str) -> bool {
    UNDOCUMENTED.iter().any(|it| (it.0, it.1, it.2) == (vendor, method, path))
}

/// Vendor, method, path, and why we believe in it.
const UNDOCUMENTED: &[(&str, &str, &str, &str)] = &[(
    "hubspot",
    "POST",
    "/oauth/v2/private-apps/get/access-token-info",
    "https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview: told there, in no document",
)];

impl Deviation {
    /// Loosens the schema.
    pub fn apply(&self, schema: &mut Value) {
        if let Some(text) = self.becomes {
            schema["properties"][self.field] = serde_json::from_str(text).expect("the table below is JSON");
        }
        if self.optional
            && let Some(Value::Array(required)) = schema.get_mut("required")
        {
            required.retain(|it| it != self.field);
        }
    }
}

const CRM: &str = "https://developers.hubspot.com/docs/api/crm/understanding-the-crm";
const ASSOCIATIONS: &str =
    "https://developers.hubspot.com/docs/api/crm/associations: the samples show a number and a null label";
const ERRORS: &str = "https://developers.hubspot.com/docs/api/error-handling";
const USAGE: &str = "https://developers.hubspot.com/docs/api/usage-details: the sample of a 429";
const BATCH: &str =
    "https://github.com/HubSpot/hubspot-api-php/issues/619: a 207 answers rows that have neither errors nor links";

const FLOWS: &str = "https://developers.hubspot.com/docs/api-reference/automation-automation-v4-v4/action-enrollment-reference: a delay's fields are texts";
const RULES: &str = "https://developers.hubspot.com/docs/api-reference/automation-actions-v4-v4/guide: the samples compare with a value";

const TEXT_OR_NULL_BY_NAME: &str = r#"{"type":"object","additionalProperties":{"type":["string","null"]}}"#;
const TEXT: &str = r#"{"type":"string"}"#;

const fn typed(schema: &'static str, field: &'static str, becomes: &'static str, source: &'static str) -> Deviation {
    Deviation { schema, field, becomes: Some(becomes), optional: false, source }
}

const fn optional(schema: &'static str, field: &'static str, source: &'static str) -> Deviation {
    Deviation { schema, field, becomes: None, optional: true, source }
}

const HUBSPOT: &[Deviation] = &[
    typed("SimplePublicObject", "properties", TEXT_OR_NULL_BY_NAME, CRM),
    typed("SimplePublicObjectWithAssociations", "properties", TEXT_OR_NULL_BY_NAME, CRM),
    typed("MultiAssociatedObjectWithLabel", "toObjectId", r#"{"type":["string","integer"]}"#, ASSOCIATIONS),
    typed("AssociationSpecWithLabel", "label", r#"{"type":["string","null"]}"#, ASSOCIATIONS),
    typed("Error", "status", r#"{"type":"string","enum":["error"]}"#, ERRORS),
    typed("Error", "errorType", TEXT, USAGE),
    typed("Error", "policyName", TEXT, USAGE),
    optional("Error", "category", USAGE),
    optional("StandardError", "errors", BATCH),
    typed("ApiSingleConnectionAction", "fields", r#"{"type":"object"}"#, FLOWS),
    typed(
        "PublicExecutionTranslationRule",
        "conditions",
        r#"{"type":"object","additionalProperties":{"type":["string","array"]}}"#,
        RULES,
    ),
    typed("StandardError", "subCategory", r#"{"type":["string","object"]}"#, ERRORS),
    optional("StandardError", "links", BATCH),
];

const METADATA: &str = "https://docs.slack.dev/messaging/message-metadata: younger than the document";
const JSON_BODY: &str = "https://docs.slack.dev/apis/web-api/#post_bodies: a JSON body has arrays, a form their text";
const CURSOR: &str = "https://docs.slack.dev/apis/web-api/pagination, and the document's own examples";
const NO_MESSAGES: &str = "https://docs.slack.dev/reference/methods/conversations.history: a quiet channel has none";
const ERROR_CODES: &str = "the methods' pages name more errors than in 2021, and say that there are others";
const MESSAGE: &str = "https://docs.slack.dev/reference/events/message: the document's own examples are messages too";
const WARNINGS: &str = "https://docs.slack.dev/apis/web-api/#responses: `warning` and `response_metadata`";
const SCOPE: &str = "https://docs.slack.dev/authentication/tokens: `missing_scope` names what is needed";

const BLOCKS: &str = r##"{"$ref":"#/components/schemas/blocks"}"##;
const MESSAGE_OBJECT: &str = r##"{"$ref":"#/components/schemas/objs_message"}"##;
const MESSAGES: &str = r##"{"type":"array","items":{"$ref":"#/components/schemas/objs_message"}}"##;
const EVENT: &str = r#"{"type":"object","properties":{"event_type":{"type":"string"},"event_payload":{"type":"object"}},"required":["event_type","event_payload"]}"#;
const NEXT: &str = r#"{"type":"object","properties":{"next_cursor":{"type":"string"}},"required":["next_cursor"]}"#;
const SAID: &str = r#"{"type":"object","properties":{"warnings":{"type":"array","items":{"type":"string"}},"messages":{"type":"array","items":{"type":"string"}}}}"#;
const EDITED: &str = r#"{"type":"object","properties":{"user":{"type":"string"},"ts":{"type":"string"}}}"#;
const FLAG: &str = r#"{"type":"boolean"}"#;

const SLACK_ARGUMENTS: &[Argument] = &[
    Argument { operation: "conversations.history", name: "include_all_metadata", kind: "boolean", source: METADATA },
    Argument { operation: "conversations.replies", name: "include_all_metadata", kind: "boolean", source: METADATA },
];

const SLACK: &[Deviation] = &[
    typed("chat.postMessage.request", "blocks", BLOCKS, JSON_BODY),
    typed("chat.postMessage.request", "metadata", EVENT, METADATA),
    typed("chat.update.request", "blocks", BLOCKS, JSON_BODY),
    typed("chat.update.request", "metadata", EVENT, METADATA),
    typed("objs_message", "metadata", EVENT, METADATA),
    typed("objs_message", "app_id", TEXT, MESSAGE),
    typed("objs_message", "edited", EDITED, MESSAGE),
    typed("chat.postMessage.200", "warning", TEXT, WARNINGS),
    typed("chat.postMessage.200", "response_metadata", SAID, WARNINGS),
    typed("chat.update.200", "message", MESSAGE_OBJECT, MESSAGE),
    typed("chat.update.200", "warning", TEXT, WARNINGS),
    typed("chat.update.200", "response_metadata", SAID, WARNINGS),
    typed("conversations.history.200", "messages", MESSAGES, NO_MESSAGES),
    typed("conversations.history.200", "channel_actions_ts", r#"{"type":["integer","null"]}"#, MESSAGE),
    typed("conversations.history.200", "response_metadata", NEXT, CURSOR),
    typed("conversations.replies.200", "messages", MESSAGES, MESSAGE),
    typed("conversations.replies.200", "has_more", FLAG, CURSOR),
    typed("conversations.replies.200", "response_metadata", NEXT, CURSOR),
    typed("chat.postMessage.default", "error", TEXT, ERROR_CODES),
    typed("chat.postMessage.default", "needed", TEXT, SCOPE),
    typed("chat.postMessage.default", "provided", TEXT, SCOPE),
    typed("chat.postMessage.default", "response_metadata", SAID, WARNINGS),
    typed("chat.update.default", "error", TEXT, ERROR_CODES),
    typed("chat.update.default", "needed", TEXT, SCOPE),
    typed("chat.update.default", "provided", TEXT, SCOPE),
    typed("chat.update.default", "response_metadata", SAID, WARNINGS),
    typed("conversations.history.default", "error", TEXT, ERROR_CODES),
    typed("conversations.history.default", "response_metadata", SAID, WARNINGS),
    typed("conversations.replies.default", "error", TEXT, ERROR_CODES),
    typed("conversations.replies.default", "response_metadata", SAID, WARNINGS),
];

const TIME: &str = "the document's own example of a comment: `2021-01-17T12:34:00.000+0000` has no colon in its offset";

const JIRA: &[Deviation] = &[
    typed("Changelog", "created", TEXT, TIME),
    typed("Comment", "created", TEXT, TIME),
    typed("Comment", "updated", TEXT, TIME),
];
