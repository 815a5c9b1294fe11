//! Our ticket properties, each with what it takes: what `provision` creates, and what the sandbox's
//! HubSpot has.

use crate::policy::{Properties, PropertyName};
use crate::procedure::beginning::{Channel, Origin};
use crate::procedure::closure::{Answer, Missing, Route};
use crate::procedure::comment::{self, Point};
use crate::procedure::cycle::State;
use crate::procedure::lane::Lane;
use crate::procedure::level::Level;
use crate::procedure::trigger::Trigger;
use crate::procedure::{sla, ticket_name};
use crate::reading::{SHIFT_LEAD, TECH};
use crate::views::Choice;

/// The internal name of the group that they stand in.
pub const GROUP: &str = "escalation";
/// What people call the group.
pub const GROUP_LABEL: &str = "Escalation";

/// A ticket property of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its internal name.
    pub name: String,
    /// What people read.
    pub label: &'static str,
    /// What people read when they ask what it is for.
    pub description: &'static str,
    /// What it takes.
    pub takes: Takes,
}

/// What a property takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// A line of text.
    Text,
    /// A number.
    Number,
    /// A date and a time.
    DateTime,
    /// A user of the account.
    User,
    /// One of these options, or none.
    One(Vec<Choice>),
    /// Any of these options.
    Several(Vec<Choice>),
}

impl Takes {
    /// Its options, in order; none for what is no choice.
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::One(options) | Self::Several(options) => options,
            Self::Text | Self::Number | Self::DateTime | Self::User => &[],
        }
    }
}

/// An option as people read it: some of our labels stand in the middle of sentences elsewhere.
pub fn option_label(choice: &Choice) -> String {
    let mut letters = choice.label.chars();
    letters.next().map(|it| it.to_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// Every property that the procedure writes, or reads because people fill it in; by the names of the policy.
/// The account's tier is none of them: whoever has tiers has a property for them.
pub fn properties(ours: &Properties) -> Vec<Property> {
    [choices(ours), lists(ours), people_fill_in(ours), numbers_and_times(ours), texts(ours)].concat()
}

fn choice(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

fn property(name: &PropertyName, label: &'static str, description: &'static str, takes: Takes) -> Property {
    Property { name: name.to_string(), label, description, takes }
}

fn choices(ours: &Properties) -> Vec<Property> {
    let types = vec![choice(SHIFT_LEAD, Level::ShiftLead.label()), choice(TECH, Level::Tech.label())];
    let answers = Answer::ALL.map(|it| choice(it.name(), it.label()));
    let levels = Level::ALL.map(|it| choice(it.number(), it.label()));
    let comment = comment::Status::ALL.map(|it| choice(it.name(), it.label()));
    let named = ticket_name::Status::ALL.map(|it| choice(it.name(), it.label()));
    let origins = Origin::ALL.map(|it| choice(it.name(), it.label()));
    let channels = Channel::ALL.map(|it| choice(it.name(), it.label()));
    let sla = sla::Status::ALL.map(|it| choice(it.name(), it.label()));
    let routes = Route::ALL.map(|it| choice(it.name(), it.label()));
    let one = |name, label, about, options: &[Choice]| property(name, label, about, Takes::One(options.to_vec()));
    vec![
        one(&ours.escalation_type, "Escalation Type", ABOUT_TYPE, &types),
        one(&ours.resolution_communicated, "Resolution communicated?", ABOUT_COMMUNICATED, &answers),
        one(&ours.level, "Level", "Whom the escalation is with. What a person sets stands.", &levels),
        one(
            &ours.lane,
            "Lane",
            "The lane it is in; empty in none. Set by the automation.",
            &Lane::ALL.map(Choice::from),
        ),
        one(
            &ours.state,
            "State",
            "How far the escalation has come. Set by the automation.",
            &State::ALL.map(Choice::from),
        ),
        one(&ours.comment_status, "Comment check", ABOUT_COMMENT, &comment),
        one(&ours.name_status, "Name check", "Whether the ticket is named as the procedure has it.", &named),
        one(&ours.origin, "Origin", "Who wanted the escalation.", &origins),
        one(&ours.channel, "Channel", "How the customer reached us. What a person sets stands.", &channels),
        one(&ours.sla_status, "SLA", "How it stands to its times. Set by the automation.", &sla),
        one(&ours.closure_option, "Closed by", "Who told the customer: option A or B. Set by the automation.", &routes),
    ]
}

const ABOUT_TYPE: &str = "Set it to escalate the ticket to the Shift Lead; a Shift Lead may send it to Tech. Clear it \
                          when the customer was told.";
const ABOUT_COMMUNICATED: &str = "Set it where the customer was told in a way that leaves no message on the ticket.";
const ABOUT_COMMENT: &str = "Whether the five points are there. Set by the automation; a person may waive them.";

fn lists(ours: &Properties) -> Vec<Property> {
    let points = Point::ALL.map(|it| choice(it.name(), it.label()));
    let missing = Missing::EACH.map(|it| choice(it.name(), it.label()));
    let triggers = Trigger::ALL.map(|it| choice(it.code(), it.label()));
    let several =
        |name, label, about, options: &[Choice]| property(name, label, about, Takes::Several(options.to_vec()));
    vec![
        several(&ours.comment_missing, "Missing points", "What the comment lacks. Set by the automation.", &points),
        several(&ours.closure_missing, "Missing to close", "What the end lacks. Set by the automation.", &missing),
        several(&ours.reason, "Why escalated", "Tick what applies; the automation adds what it finds.", &triggers),
    ]
}

fn people_fill_in(ours: &Properties) -> Vec<Property> {
    let text = |name, label, about| property(name, label, about, Takes::Text);
    vec![
        text(&ours.jira_reference, "Jira Reference", "The key of the Jira issue. An existing one may be written in."),
        text(&ours.unreachable_reason, "Why the customer was not reached", "Say what was tried, and when."),
        text(&ours.impact, "Impact", "What it costs the customer. Jira gets it."),
        text(&ours.expectation, "Expectation & deadline", "What the customer expects, and by when. Jira gets it."),
    ]
}

fn numbers_and_times(ours: &Properties) -> Vec<Property> {
    let number = |name, label, about| property(name, label, about, Takes::Number);
    let time = |name, label, about| property(name, label, about, Takes::DateTime);
    vec![
        property(&ours.owner, "Escalation owner", "The Shift Lead who has it. Set by the automation.", Takes::User),
        number(&ours.cycle, "Escalation #", "How often the ticket was escalated. Set by the automation."),
        number(&ours.review_minutes, "Minutes to review", "In business time. Set by the automation."),
        number(&ours.resolve_minutes, "Minutes to resolve", "In business time. Set by the automation."),
        time(&ours.started_at, "Started", "When it was escalated. Set by the automation."),
        time(&ours.accepted_at, "Accepted", "When it came into a lane. Set by the automation."),
        time(&ours.first_reviewed_at, "First reviewed", "When a Shift Lead first acted. Set by the automation."),
        time(&ours.review_due_at, "Review due", "When somebody has to have looked. Set by the automation."),
        time(&ours.resolve_due_at, "Resolve due", "When the customer has to have it. Set by the automation."),
        time(&ours.resolved_at, "Resolved", "When it was over. Set by the automation."),
        time(&ours.jira_updated_at, "Jira updated", "When the issue last moved. Set by the automation."),
    ]
}

fn texts(ours: &Properties) -> Vec<Property> {
    let text = |name, label, about| property(name, label, about, Takes::Text);
    vec![
        text(&ours.jira_status, "Jira status", "What Jira says of the issue. Set by the automation."),
        text(&ours.jira_url, "Jira link", "Where the issue is. Set by the automation."),
        text(&ours.jira_reference_other, "Other Jira References", "Issues of a merged ticket. Set by the automation."),
        text(&ours.merged_from, "Carries on", "The ticket whose escalation this is. Set by the automation."),
        text(&ours.hints, "Hints", "What could be better. Set by the automation."),
        text(&ours.last_message, "Last automation message", "What the automation last said on this ticket."),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::policy::Policy;

    #[test]
    fn each_property_of_the_policy_is_there_once() {
        let policy = Policy::shipped();
        let all = properties(&policy.properties);
        let names: BTreeSet<&str> = all.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names.len(), all.len(), "a name stands there twice");
        let shipped: toml::Table = include_str!("../policy.toml").parse().unwrap();
        let of_the_policy = shipped["properties"].as_table().unwrap().values().map(|it| it.as_str().unwrap());
        let of_the_policy: BTreeSet<&str> =
            of_the_policy.filter(|it| *it != &*policy.properties.account_tier).collect();
        assert_eq!(names, of_the_policy);
    }

    #[test]
    fn an_option_begins_with_a_capital_and_stands_there_once() {
        for property in properties(&Policy::shipped().properties) {
            let options = property.takes.options();
            let values: BTreeSet<&str> = options.iter().map(|it| it.value).collect();
            assert_eq!(values.len(), options.len(), "{}", property.name);
            assert!(options.iter().all(|it| !option_label(it).starts_with(char::is_lowercase)), "{}", property.name);
        }
        assert_eq!(option_label(&choice("legal", "legal threat")), "Legal threat");
        assert_eq!(option_label(&Lane::Cs.into()), "‼️ #CS-ESCALATE");
    }
}
