//! The properties of the escalation procedure, as an administrator has them in the account.

use super::schema::{Property, Type};
use super::standard::pairs;

type Options = &'static [(&'static str, &'static str)];

/// The whole group.
pub fn properties() -> Vec<Property> {
    let one = CHOICES.iter().map(|(name, label, options)| Property::custom(name, label, Type::One(pairs(options))));
    let several =
        LISTS.iter().map(|(name, label, options)| Property::custom(name, label, Type::Several(pairs(options))));
    let others = OTHERS.iter().map(|(name, label, takes)| Property::custom(name, label, takes.clone()));
    one.chain(several).chain(others).collect()
}

const CHOICES: &[(&str, &str, Options)] = &[
    ("escalation_type", "Escalation Type", &[("shift_lead", "Shift Lead"), ("tech", "Tech")]),
    (
        "resolution_communicated",
        "Resolution communicated?",
        &[
            ("yes_email", "Yes, by email"),
            ("yes_phone", "Yes, by phone"),
            ("yes_sms", "Yes, by SMS"),
            ("yes_other", "Yes, otherwise"),
            ("no_unreachable", "No, customer unreachable"),
        ],
    ),
    ("escalation_level", "Level", &[("1", "Senior"), ("2", "Shift Lead"), ("3", "Tech"), ("4", "Executive")]),
    ("escalation_lane", "Lane", &[("cs", "‼️ #CS-ESCALATE"), ("tech", "🛠️ #TECH-ESCALATE")]),
    (
        "escalation_state",
        "State",
        &[
            ("awaiting_context", "Awaiting context"),
            ("triage", "Triage"),
            ("in_tech", "In Tech"),
            ("back_to_cs", "Back to CS"),
            ("agent_to_finish", "Agent to finish"),
            ("ready_to_close", "Ready to close"),
            ("resolved", "Resolved"),
            ("deescalated", "De-escalated"),
            ("gone", "Gone"),
            ("merged", "Merged"),
        ],
    ),
    (
        "escalation_comment_status",
        "Comment check",
        &[("missing", "Missing"), ("incomplete", "Incomplete"), ("complete", "Complete"), ("waived", "Waived")],
    ),
    ("escalation_name_status", "Name check", &[("ok", "OK"), ("fixable", "Fixable"), ("invalid", "Invalid")]),
    ("escalation_origin", "Origin", &[("customer", "Customer"), ("agent", "Agent"), ("system", "System")]),
    (
        "escalation_channel",
        "Channel",
        &[
            ("email", "Email"),
            ("phone", "Phone"),
            ("sms", "SMS"),
            ("chat", "Chat"),
            ("slack", "Slack"),
            ("other", "Other"),
        ],
    ),
    (
        "escalation_sla_status",
        "SLA",
        &[("ok", "OK"), ("warning", "Warning"), ("breached", "Breached"), ("paused", "Paused"), ("met", "Met")],
    ),
    (
        "root_cause",
        "Root cause",
        &[
            ("product_bug", "Product bug"),
            ("config", "Configuration"),
            ("process_gap", "Process gap"),
            ("training", "Training"),
            ("third_party", "Third party"),
            ("customer_error", "Customer error"),
            ("billing", "Billing"),
            ("unknown", "Unknown"),
        ],
    ),
    ("closure_option", "Closed by", &[("A", "Agent"), ("B", "Shift lead")]),
];

const LISTS: &[(&str, &str, Options)] = &[
    (
        "escalation_comment_missing",
        "Missing points",
        &[
            ("issue", "Issue"),
            ("investigated", "Investigated"),
            ("action_taken", "Action Taken"),
            ("blocker", "Blocker"),
            ("required_to_resolve", "Required to Resolve"),
        ],
    ),
    (
        "closure_missing",
        "Missing to close",
        &[
            ("not_communicated", "Not communicated"),
            ("type_not_cleared", "Type not cleared"),
            ("not_closed", "Not closed"),
        ],
    ),
    (
        "escalation_reason",
        "Why escalated",
        &[
            ("security", "Security"),
            ("data_loss", "Data loss"),
            ("outage", "Outage"),
            ("legal", "Legal"),
            ("severe_dissatisfaction", "Severe dissatisfaction"),
            ("media_pr", "Media or PR"),
            ("churn_risk", "Churn risk"),
            ("unresolved_attempts", "Unresolved"),
            ("technical_scope", "Beyond technical scope"),
            ("bug", "Bug"),
            ("enterprise_feature_request", "Enterprise feature request"),
            ("billing_dispute", "Billing dispute"),
            ("manager_request", "Asks for a manager"),
            ("specialist_question", "Specialist question"),
            ("unusual_use_case", "Unusual use case"),
            ("process_suggestion", "Process suggestion"),
            ("second_opinion", "Second opinion"),
        ],
    ),
];

const OTHERS: &[(&str, &str, Type)] = &[
    ("jira_reference", "Jira Reference", Type::Text),
    ("unreachable_reason", "Why the customer was not reached", Type::Text),
    ("customer_impact", "Impact", Type::Text),
    ("customer_expectation", "Expectation & deadline", Type::Text),
    ("lessons_learned", "Lessons learned", Type::Text),
    ("kb_candidate", "Knowledge base candidate", Type::Bool),
    ("deescalation_reason", "Why de-escalated", Type::Text),
    ("escalation_hints", "Hints", Type::Text),
    ("escalation_owner", "Escalation owner", Type::Owner),
    ("escalation_cycle", "Escalation #", Type::Number),
    ("escalation_started_at", "Started", Type::DateTime),
    ("escalation_accepted_at", "Accepted", Type::DateTime),
    ("escalation_first_reviewed_at", "First reviewed", Type::DateTime),
    ("escalation_review_due_at", "Review due", Type::DateTime),
    ("escalation_resolve_due_at", "Resolve due", Type::DateTime),
    ("escalation_resolved_at", "Resolved", Type::DateTime),
    ("escalation_review_minutes", "Minutes to review", Type::Number),
    ("escalation_resolve_minutes", "Minutes to resolve", Type::Number),
    ("jira_status", "Jira status", Type::Text),
    ("jira_url", "Jira link", Type::Text),
    ("jira_reference_other", "Other Jira References", Type::Text),
    ("escalation_merged_from", "Carries on", Type::Text),
    ("jira_updated_at", "Jira updated", Type::DateTime),
    ("escalation_last_message", "Last automation message", Type::Text),
];
