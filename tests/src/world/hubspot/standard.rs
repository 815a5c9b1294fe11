//! What an account starts with: HubSpot's own properties and its first pipeline.

use escalation::properties::{GROUP, GROUP_LABEL};

use super::id::Kind;
use super::pipeline::{Pipeline, Stage};
use super::provisioned;
use super::schema::{Property, Type};

/// The properties of one kind of record; ours too, unless the account is fresh.
pub fn properties(kind: Kind, is_fresh: bool) -> Vec<Property> {
    match kind {
        Kind::Ticket if is_fresh => [ticket(), ticket_choices(), ticket_messages()].concat(),
        Kind::Ticket => [ticket(), ticket_choices(), ticket_messages(), provisioned::properties()].concat(),
        Kind::Note => note(),
        Kind::Call => call(),
        Kind::Email => email(),
        Kind::Communication => communication(),
        Kind::Contact => contact(),
        Kind::Company => company(),
    }
}

/// The groups that ticket properties stand in; ours too, unless the account is fresh.
pub fn groups(is_fresh: bool) -> Vec<(String, String)> {
    let of_hubspot = [("ticketinformation", "Ticket information")];
    let ours = [(GROUP, GROUP_LABEL)].into_iter().filter(|_| !is_fresh);
    of_hubspot.into_iter().chain(ours).map(|(name, label)| (name.to_owned(), label.to_owned())).collect()
}

/// The pipeline every account has; [stage ids](https://developers.hubspot.com/docs/api/crm/tickets) 1 to 4.
pub fn pipelines() -> Vec<Pipeline> {
    let stages = [("1", "New"), ("2", "Waiting on contact"), ("3", "Waiting on us")];
    let mut stages: Vec<Stage> = stages.into_iter().map(|(id, label)| Stage::open(id, label)).collect();
    stages.push(Stage::closed("4", "Closed"));
    vec![Pipeline { id: "0".to_owned(), label: "Support Pipeline".to_owned(), stages }]
}

/// Options as [`Type`] has them.
pub fn pairs(options: &[(&str, &str)]) -> Vec<(String, String)> {
    options.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect()
}

fn all(make: fn(&str, Type) -> Property, takes: &Type, names: &[&str]) -> Vec<Property> {
    names.iter().map(|name| make(name, takes.clone())).collect()
}

fn ticket() -> Vec<Property> {
    let texts = ["subject", "content", "hubspot_team_id", "hs_resolution"];
    let computed = ["hs_object_id", "hs_merged_object_ids", "hs_created_by_user_id"];
    let times = ["createdate", "hs_lastmodifieddate", "closed_date", "hs_last_closed_date", "hs_ticket_reopened_at"];
    let numbers = ["time_to_close", "num_notes"];
    let mut properties = [
        all(Property::built_in, &Type::Text, &texts),
        all(Property::computed, &Type::Text, &computed),
        all(Property::computed, &Type::DateTime, &times),
        all(Property::computed, &Type::Number, &numbers),
        source(),
    ]
    .concat();
    properties.push(Property::computed("hs_is_closed", Type::Bool));
    properties
}

fn ticket_choices() -> Vec<Property> {
    let priority = [("LOW", "Low"), ("MEDIUM", "Medium"), ("HIGH", "High")];
    let channel = [("CHAT", "Chat"), ("EMAIL", "Email"), ("FORM", "Form"), ("PHONE", "Phone")];
    let category = [
        ("PRODUCT_ISSUE", "Product issue"),
        ("BILLING_ISSUE", "Billing issue"),
        ("FEATURE_REQUEST", "Feature request"),
        ("GENERAL_INQUIRY", "General inquiry"),
    ];
    vec![
        Property::built_in("hs_pipeline", Type::Pipeline),
        Property::built_in("hs_pipeline_stage", Type::Stage),
        Property::built_in("hubspot_owner_id", Type::Owner),
        Property::built_in("hs_ticket_priority", Type::One(pairs(&priority))),
        Property::built_in("hs_ticket_category", Type::Several(pairs(&category))),
        Property::built_in("source_type", Type::One(pairs(&channel))),
    ]
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
    let texts = ["hs_object_id", "hs_created_by_user_id", "hs_created_by", "hs_updated_by_user_id"];
    properties.extend(all(Property::computed, &Type::Text, &texts));
    properties
}

/// [Calls](https://developers.hubspot.com/docs/api/crm/calls).
fn call() -> Vec<Property> {
    let texts = ["hs_call_title", "hs_call_body", "hs_call_disposition"];
    let direction = [("INBOUND", "Inbound"), ("OUTBOUND", "Outbound")];
    let status = [("COMPLETED", "Completed"), ("BUSY", "Busy"), ("NO_ANSWER", "No answer"), ("FAILED", "Failed")];
    let mut properties = activity(&texts);
    properties.extend([
        Property::built_in("hs_call_duration", Type::Number),
        Property::built_in("hs_call_direction", Type::One(pairs(&direction))),
        Property::built_in("hs_call_status", Type::One(pairs(&status))),
    ]);
    properties
}

/// [E-mails](https://developers.hubspot.com/docs/api/crm/email).
fn email() -> Vec<Property> {
    let direction = [("EMAIL", "Outgoing"), ("INCOMING_EMAIL", "Incoming"), ("FORWARDED_EMAIL", "Forwarded")];
    let status = ["BOUNCED", "FAILED", "SCHEDULED", "SENDING", "SENT"].map(|it| (it, it));
    let mut properties = activity(&["hs_email_subject", "hs_email_text"]);
    properties.extend([
        Property::built_in("hs_email_direction", Type::One(pairs(&direction))),
        Property::built_in("hs_email_status", Type::One(pairs(&status))),
    ]);
    properties
}

/// [Communications](https://developers.hubspot.com/docs/api/crm/communications).
fn communication() -> Vec<Property> {
    let channel = [("WHATS_APP", "WhatsApp"), ("LINKEDIN_MESSAGE", "LinkedIn"), ("SMS", "SMS")];
    let mut properties = activity(&["hs_communication_body"]);
    properties.push(Property::built_in("hs_communication_channel_type", Type::One(pairs(&channel))));
    properties
}

/// What everything has that people do, and these texts.
fn activity(texts: &[&str]) -> Vec<Property> {
    let mut properties = all(Property::built_in, &Type::Text, texts);
    properties.push(Property::built_in("hs_timestamp", Type::DateTime));
    properties.push(Property::built_in("hubspot_owner_id", Type::Owner));
    properties.extend(all(Property::computed, &Type::DateTime, &["hs_createdate", "hs_lastmodifieddate"]));
    properties.extend(source());
    let texts = ["hs_object_id", "hs_created_by_user_id", "hs_created_by"];
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
