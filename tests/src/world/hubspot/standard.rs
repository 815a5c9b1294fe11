//! What an account starts with: HubSpot's own properties and pipeline, and the escalation properties
//! an administrator has added.

use super::id::Kind;
use super::pipeline::{Pipeline, Stage};
use super::schema::{Property, Type};

/// The properties of one kind of record.
pub fn properties(kind: Kind) -> Vec<Property> {
    match kind {
        Kind::Ticket => [ticket(), ticket_messages(), escalation()].concat(),
        Kind::Note => note(),
        Kind::Contact => contact(),
        Kind::Company => company(),
    }
}

/// The pipeline every account has; [stage ids](https://developers.hubspot.com/docs/api/crm/tickets) 1 to 4.
pub fn pipelines() -> Vec<Pipeline> {
    let stages = [("1", "New"), ("2", "Waiting on contact"), ("3", "Waiting on us")];
    let mut stages: Vec<Stage> = stages.into_iter().map(|(id, label)| Stage::open(id, label)).collect();
    stages.push(Stage::closed("4", "Closed"));
    vec![Pipeline { id: "0".to_owned(), label: "Support Pipeline".to_owned(), stages }]
}

fn one(options: &[(&str, &str)]) -> Type {
    Type::One(pairs(options))
}

fn several(options: &[(&str, &str)]) -> Type {
    Type::Several(pairs(options))
}

fn pairs(options: &[(&str, &str)]) -> Vec<(String, String)> {
    options.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect()
}

fn all(make: fn(&str, Type) -> Property, takes: &Type, names: &[&str]) -> Vec<Property> {
    names.iter().map(|name| make(name, takes.clone())).collect()
}

fn ticket() -> Vec<Property> {
    let mut properties = vec![
        Property::built_in("hs_pipeline", Type::Pipeline),
        Property::built_in("hs_pipeline_stage", Type::Stage),
        Property::built_in("hubspot_owner_id", Type::Owner),
        Property::built_in("hs_ticket_priority", one(&[("LOW", "Low"), ("MEDIUM", "Medium"), ("HIGH", "High")])),
        Property::built_in(
            "hs_ticket_category",
            several(&[
                ("PRODUCT_ISSUE", "Product issue"),
                ("BILLING_ISSUE", "Billing issue"),
                ("FEATURE_REQUEST", "Feature request"),
                ("GENERAL_INQUIRY", "General inquiry"),
            ]),
        ),
        Property::built_in(
            "source_type",
            one(&[("CHAT", "Chat"), ("EMAIL", "Email"), ("FORM", "Form"), ("PHONE", "Phone")]),
        ),
        Property::computed("hs_is_closed", Type::Bool),
    ];
    properties.extend(all(
        Property::built_in,
        &Type::Text,
        &["subject", "content", "hubspot_team_id", "hs_resolution"],
    ));
    let texts = ["hs_object_id", "hs_merged_object_ids", "hs_primary_company_id", "hs_created_by_user_id"];
    properties.extend(all(Property::computed, &Type::Text, &texts));
    properties.extend(source());
    let times = ["createdate", "hs_lastmodifieddate", "closed_date", "hs_last_closed_date", "hs_ticket_reopened_at"];
    properties.extend(all(Property::computed, &Type::DateTime, &times));
    properties.extend(all(Property::computed, &Type::Number, &["time_to_close", "num_notes"]));
    properties
}

fn ticket_messages() -> Vec<Property> {
    let times = ["hs_last_message_received_at", "hs_last_message_sent_at", "hs_first_agent_message_sent_at"];
    let bools = ["hs_last_message_from_visitor", "hs_latest_message_is_thread_comment", "hs_is_latest_message_failed"];
    let texts = ["hs_conversations_originating_thread_id", "hs_num_associated_conversations"];
    [
        all(Property::computed, &Type::DateTime, &times),
        all(Property::computed, &Type::Bool, &bools),
        all(Property::computed, &Type::Text, &texts),
    ]
    .concat()
}

fn source() -> Vec<Property> {
    let names = ["hs_object_source", "hs_object_source_id", "hs_object_source_label", "hs_object_source_user_id"];
    all(Property::computed, &Type::Text, &names)
}

fn note() -> Vec<Property> {
    let mut properties = vec![
        Property::built_in("hs_note_body", Type::Text),
        Property::built_in("hs_timestamp", Type::DateTime),
        Property::built_in("hubspot_owner_id", Type::Owner),
        Property::built_in("hs_attachment_ids", Type::Text),
    ];
    properties.extend(all(Property::computed, &Type::DateTime, &["hs_createdate", "hs_lastmodifieddate"]));
    properties.extend(source());
    let texts = ["hs_object_id", "hs_created_by_user_id", "hs_created_by", "hs_updated_by_user_id", "hs_body_preview"];
    properties.extend(all(Property::computed, &Type::Text, &texts));
    properties
}

fn contact() -> Vec<Property> {
    let mut properties = all(Property::built_in, &Type::Text, &["email", "firstname", "lastname", "phone", "company"]);
    properties.extend(all(Property::computed, &Type::Text, &["hs_object_id"]));
    properties.extend(all(Property::computed, &Type::DateTime, &["createdate", "lastmodifieddate"]));
    properties
}

fn company() -> Vec<Property> {
    let mut properties = all(Property::built_in, &Type::Text, &["name", "domain", "phone"]);
    properties.extend(all(Property::built_in, &Type::Number, &["annualrevenue"]));
    properties.extend(all(Property::computed, &Type::Text, &["hs_object_id"]));
    properties.extend(all(Property::computed, &Type::DateTime, &["createdate", "hs_lastmodifieddate"]));
    properties
}

const POINTS: [(&str, &str); 5] = [
    ("issue", "Issue"),
    ("investigated", "Investigated"),
    ("action_taken", "Action Taken"),
    ("blocker", "Blocker"),
    ("required_to_resolve", "Required to Resolve"),
];

const STATES: [(&str, &str); 9] = [
    ("awaiting_context", "Awaiting context"),
    ("triage", "Triage"),
    ("in_tech", "In Tech"),
    ("back_to_cs", "Back to CS"),
    ("agent_to_finish", "Agent to finish"),
    ("ready_to_close", "Ready to close"),
    ("resolved", "Resolved"),
    ("deescalated", "De-escalated"),
    ("gone", "Gone"),
];

fn escalation() -> Vec<Property> {
    let custom = |name: &str, label: &str, takes: Type| Property::custom(name, label, takes);
    let comment =
        [("missing", "Missing"), ("incomplete", "Incomplete"), ("complete", "Complete"), ("waived", "Waived")];
    let communicated = [
        ("yes_email", "Yes, by email"),
        ("yes_phone", "Yes, by phone"),
        ("yes_sms", "Yes, by SMS"),
        ("yes_other", "Yes, otherwise"),
        ("no_unreachable", "No, customer unreachable"),
    ];
    let mut properties = vec![
        custom("escalation_type", "Escalation Type", one(&[("shift_lead", "Shift Lead"), ("tech", "Tech")])),
        custom("resolution_communicated", "Resolution communicated?", one(&communicated)),
        custom("escalation_level", "Level", one(&[("2", "Shift Lead"), ("3", "Tech"), ("4", "Executive")])),
        custom("escalation_lane", "Lane", one(&[("cs", "‼️ #CS-ESCALATE"), ("tech", "🛠️ #TECH-ESCALATE")])),
        custom("escalation_state", "State", one(&STATES)),
        custom("escalation_comment_status", "Comment check", one(&comment)),
        custom("escalation_comment_missing", "Missing points", several(&POINTS)),
        custom(
            "escalation_name_status",
            "Name check",
            one(&[("ok", "OK"), ("fixable", "Fixable"), ("invalid", "Invalid")]),
        ),
        custom("escalation_owner", "Escalation owner", Type::Owner),
        custom("escalation_cycle", "Escalation #", Type::Number),
    ];
    let texts = ["jira_reference", "escalation_hints", "escalation_last_message", "jira_status", "jira_url"];
    properties.extend(all(made, &Type::Text, &texts));
    let times = ["started", "accepted", "first_reviewed", "review_due", "resolve_due", "resolved"];
    let times = times.map(|it| format!("escalation_{it}_at"));
    properties.extend(times.iter().map(|it| made(it, Type::DateTime)));
    properties
}

fn made(name: &str, takes: Type) -> Property {
    Property::custom(name, &name.replace('_', " "), takes)
}
