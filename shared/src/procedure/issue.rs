//! What a Jira issue says of an escalation, before it is anybody's wire format.

mod hide;
mod summary;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

pub use hide::{CUSTOMER, EMAIL, PHONE, hide};

use super::comment::{Point, SIGNATURE};
use super::message::{Span, plain, small};
use super::ticket_name::{Context, check};

/// What is said of a point that has no answer.
const NOT_STATED: &str = "not stated";

/// A paragraph or heading of a Jira text, before it is anybody's wire format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph. A line break inside a span is a line break.
    Paragraph(Vec<Span>),
}

/// An issue that is to be created.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// One line of at most [`LONGEST_SUMMARY`] characters, never empty.
    pub summary: String,
    /// Any length.
    pub description: Vec<Block>,
}

/// The longest summary in characters: Jira says "Summary must be less than 255 characters." to longer ones,
/// and does not say what it counts.
pub const LONGEST_SUMMARY: usize = 250;

/// Customers' words stay out of logs.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({} blocks)", self.description.len())
    }
}

/// An escalation that Tech has to act on.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The ticket's number.
    pub ticket: &'a str,
    /// The ticket's page.
    pub page: &'a str,
    /// The number of the escalation.
    pub cycle: u32,
    /// The ticket's name.
    pub subject: &'a str,
    /// The five points, as far as they are answered.
    pub points: &'a [(Point, Option<&'a str>)],
    /// Why it is an escalation, in words.
    pub reasons: &'a [&'a str],
    /// What it costs whom.
    pub impact: Option<&'a str>,
    /// What the customer expects, and by when.
    pub expectation: Option<&'a str>,
    /// The level, as people call it.
    pub level: Option<&'a str>,
    /// The ticket's priority, as people call it.
    pub priority: Option<&'a str>,
    /// Who owns the ticket.
    pub agent: Option<&'a str>,
    /// Who confirmed it for Tech.
    pub shift_lead: Option<&'a str>,
    /// What may be said of the customer.
    pub privacy: Privacy<'a>,
}

/// What may be said of the customer.
#[derive(Clone, Copy)]
pub enum Privacy<'a> {
    /// Everything that the ticket says.
    Named,
    /// Nothing that tells who it is.
    Hidden {
        /// The names of the associated contacts and companies.
        names: &'a [String],
    },
}

impl Privacy<'_> {
    fn told<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self {
            Self::Named => Cow::Borrowed(text),
            Self::Hidden { names } => Cow::Owned(hide(text, names)),
        }
    }
}

/// The issue for an escalation.
pub fn draft(case: &Case<'_>) -> Draft {
    let names = hidden(case);
    let privacy = match case.privacy {
        Privacy::Named => Privacy::Named,
        Privacy::Hidden { .. } => Privacy::Hidden { names: &names },
    };
    written(&Case { privacy, ..*case })
}

/// Whom the issue must not name: the associated customers, and whom the ticket's name says instead.
fn hidden(case: &Case<'_>) -> Vec<String> {
    let Privacy::Hidden { names } = case.privacy else { return Vec::new() };
    let context = Context { companies: names.to_vec(), contacts: Vec::new() };
    names.iter().cloned().chain(check(case.subject, &context).customer).collect()
}

fn written(case: &Case<'_>) -> Draft {
    let mut description = vec![Block::Paragraph(origin(case))];
    description.extend(people(case).map(|it| Block::Paragraph(vec![plain(it)])));
    for point in Point::ALL {
        let answer = case.points.iter().find(|it| it.0 == point).and_then(|it| it.1);
        let text = answer.and_then(|it| told(case, it)).unwrap_or_else(|| NOT_STATED.to_owned());
        section(&mut description, point.label(), text);
    }
    for (heading, text) in [("Impact", case.impact), ("Expectation", case.expectation)] {
        if let Some(text) = text.and_then(|it| told(case, it)) {
            section(&mut description, heading, text);
        }
    }
    if !case.reasons.is_empty() {
        section(&mut description, "Why it is an escalation", case.reasons.join(", "));
    }
    description.push(Block::Paragraph(vec![
        plain(
            "What happens next: please work on this issue as on any other. Its status goes back to the HubSpot ticket \
             by itself. Write [CS] in a comment that support has to read.",
        ),
        small(format!(" · {SIGNATURE}")),
    ]));
    Draft { summary: summary::of(case), description }
}

/// A text of the ticket, as far as it may be told; `None` for a blank one.
fn told(case: &Case<'_>, text: &str) -> Option<String> {
    Some(case.privacy.told(text.trim()).into_owned()).filter(|it| !it.is_empty())
}

fn section(description: &mut Vec<Block>, heading: &str, text: String) {
    description.push(Block::Heading(heading.to_owned()));
    description.push(Block::Paragraph(vec![plain(text)]));
}

/// Where it comes from, and how urgent it is.
fn origin(case: &Case<'_>) -> Vec<Span> {
    let link = Span::Link { text: format!("HubSpot ticket {}", case.ticket), url: case.page.to_owned() };
    let level = case.level.map(|it| format!("level {it}"));
    let priority = case.priority.map(|it| format!("priority {it}"));
    let facts = [Some(format!("escalation #{}", case.cycle)), level, priority];
    vec![link, plain(facts.into_iter().flatten().map(|it| format!(" · {it}")).collect::<String>())]
}

/// Whom to ask.
fn people(case: &Case<'_>) -> Option<String> {
    let known = [("Agent", case.agent), ("Shift Lead", case.shift_lead)];
    let known: Vec<_> = known.into_iter().filter_map(|(role, it)| it.map(|it| format!("{role}: {it}"))).collect();
    (!known.is_empty()).then(|| known.join(" · "))
}
