//! What an effect is called: a name made of its meaning, the same on every delivery and machine.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Look;
use super::name::{Name, Unnamed};
use crate::id::TicketId;
use crate::telemetry::Metric;

/// One outside effect, named by its meaning and never by the delivery that asks for it: "the
/// feedback about these missing points on ticket 42".
#[derive(Debug, Clone)]
pub struct Effect {
    pub(super) flow: &'static str,
    pub(super) key: String,
    pub(super) fingerprint: [u8; 32],
    pub(super) strict: bool,
    pub(super) finished_by: Option<Look>,
    /// The ticket and its escalation, counted from 1.
    pub(super) about: Option<(TicketId, u32)>,
    pub(super) counts: Vec<Metric>,
    marker: String,
}

impl Effect {
    /// What every [marker](Self::marker) begins with.
    pub const MARKER: &str = "hsj-";

    /// Names the effect of kind `flow` that `identity` tells from all others of its kind, as
    /// `[portal, ticket, cycle]`. `defined_by` holds the fields that say what the effect *is*: a
    /// later delivery that brings others for the same identity is noticed by its fingerprint, and an
    /// effect that was refused is tried again for it. Ids and hashes only: the name is stored and
    /// logged.
    pub fn new(flow: &'static str, identity: &[&str], defined_by: &impl Serialize) -> Result<Self, Unnamed> {
        let key = Name::new(flow, identity)?.key('i');
        let fields = serde_json::to_value(defined_by).map_err(|_| Unnamed::Fields(flow))?;
        let fingerprint = Sha256::digest(canonical(&fields)).into();
        let (marker, finished_by, about, counts) = (marker(&key), None, None, Vec::new());
        Ok(Self { flow, marker, key, fingerprint, strict: false, finished_by, about, counts })
    }

    /// Puts the effect on the agenda while it is unfinished, with who can finish it. Without this
    /// it waits for its caller to come again.
    pub fn finished_by(mut self, look: Look) -> Self {
        self.finished_by = Some(look);
        self
    }

    /// Says in the log which escalation of which ticket it is about; the key is a hash of that.
    pub fn about(mut self, ticket: TicketId, cycle: u32) -> Self {
        self.about = Some((ticket, cycle));
        self
    }

    /// Counts these once: when the effect is recorded as done, and of two steps the first.
    pub fn counting(mut self, metrics: impl IntoIterator<Item = Metric>) -> Self {
        self.counts = metrics.into_iter().collect();
        self
    }

    /// Refuses a delivery that brings other defining fields for the same identity, also where the
    /// effect was refused. Without this the first delivery wins and the others get its output: a
    /// workflow may render a property anew on each retry.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// What is written into the vendor's record so that a later look finds it: legal as a Jira
    /// label, 130 bits, nothing personal.
    pub fn marker(&self) -> &str {
        &self.marker
    }

    /// The name of the effect's record in the state table.
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn marker(key: &str) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let digest = Sha256::digest(format!("marker\0{key}"));
    let mut marker = String::from(Effect::MARKER);
    for position in 0..26 {
        let bit = position * 5;
        let pair = u16::from_be_bytes([digest[bit / 8], digest[bit / 8 + 1]]);
        let index = usize::from(pair >> (11 - bit % 8)) & 31;
        marker.push(char::from(ALPHABET[index]));
    }
    marker
}

/// JSON with the keys of every object in order: equal values have equal bytes whatever map type or
/// feature flag of `serde_json` wrote them.
fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (index, (name, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write_canonical(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_canonical(item, text);
            }
            text.push(']');
        }
        scalar => write!(text, "{scalar}").expect("writing to a String cannot fail"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn effect(identity: &[&str]) -> Effect {
        Effect::new("feedback-comment", identity, &json!({})).unwrap()
    }

    #[track_caller]
    fn same_fingerprint(one: Value, other: Value, expected: bool) {
        let one = Effect::new("flow", &["1"], &one).unwrap();
        let other = Effect::new("flow", &["1"], &other).unwrap();
        assert_eq!(one.fingerprint == other.fingerprint, expected);
    }

    #[test]
    fn a_name_is_made_of_the_flow_and_the_identity_alone() {
        let effect = effect(&["8675309", "42", "1"]);
        insta::assert_snapshot!(effect.key(), @"i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ");
        insta::assert_snapshot!(effect.marker(), @"hsj-ytiuc575junhe2mihbrgbdcter");
    }

    #[test]
    fn another_flow_portal_or_ticket_is_another_effect() {
        let keys = [
            effect(&["1", "42"]).key,
            effect(&["2", "42"]).key,
            effect(&["1", "43"]).key,
            effect(&["14", "2"]).key,
            effect(&["1", "42", "0"]).key,
            Effect::new("jira-issue", &["1", "42"], &json!({})).unwrap().key,
        ];
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }

    /// P13: a missing part is refused, `0` and `false` are parts like others.
    #[test]
    fn a_missing_part_of_the_identity_is_refused() {
        for missing in ["", " ", "\t", "a\0b", "a\nb"] {
            assert!(matches!(Effect::new("flow", &["1", missing], &()), Err(Unnamed::Part { position: 2, .. })));
        }
        assert!(matches!(Effect::new("flow", &[], &()), Err(Unnamed::NoParts(_))));
        for present in ["0", "false", "null"] {
            assert!(Effect::new("flow", &["1", present], &()).is_ok());
        }
    }

    /// P12: the order of keys does not matter, the order of items does.
    #[test]
    fn the_order_of_keys_does_not_change_the_fingerprint() {
        let one = r#"{"a": {"x": 1, "y": [1, {"p": 2, "q": 3}]}, "b": null}"#;
        let other = r#"{"b": null, "a": {"y": [1, {"q": 3, "p": 2}], "x": 1}}"#;
        same_fingerprint(one.parse().unwrap(), other.parse().unwrap(), true);
        same_fingerprint(json!([1, 2]), json!([2, 1]), false);
        same_fingerprint(json!({"a": {"x": 1}}), json!({"a": {"x": 2}}), false);
        same_fingerprint(json!({"a": 1}), json!({"a": "1"}), false);
        same_fingerprint(json!({"a": null}), json!({}), false);
    }

    /// P14: dates, ids and decimals keep one written form.
    #[test]
    fn a_fingerprint_is_the_same_wherever_it_is_computed() {
        #[derive(Serialize)]
        struct Fields {
            at: String,
            amount: f64,
            escaped: &'static str,
        }
        let fields = Fields { at: jiff::Timestamp::UNIX_EPOCH.to_string(), amount: 0.1, escaped: "a\"b\u{e9}" };
        let text = canonical(&serde_json::to_value(fields).unwrap());
        assert_eq!(text, r#"{"amount":0.1,"at":"1970-01-01T00:00:00Z","escaped":"a\"bé"}"#);
    }

    #[test]
    fn a_marker_is_a_jira_label_of_130_bits() {
        let marker = effect(&["1", "42"]).marker;
        assert_eq!(marker.len(), 30);
        let code = marker.strip_prefix("hsj-").unwrap();
        assert!(code.chars().all(|it| matches!(it, 'a'..='z' | '2'..='7')));
        assert_ne!(marker, effect(&["1", "43"]).marker);
    }
}
