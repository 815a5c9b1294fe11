//! Where a vendor answers otherwise than its own document says. Answers only: requests obey the
//! document. Each line has its source.

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
        _ => &[],
    }
}

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
    optional("StandardError", "links", BATCH),
];
