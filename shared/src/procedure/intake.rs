//! What is still missing before a Shift Lead can take an escalation.

use jiff::{SignedDuration, Timestamp};

use super::comment::{Comment, Hint, Point, Problem};
use super::thread::{Choice, Counted};
use super::ticket_name::{Check, Status, Warning};
use super::wording;

/// A message shows this many hints about thin answers: more would hide what matters.
const HINTS: usize = 2;

/// What was read about an escalated ticket.
pub struct Facts<'a> {
    /// When the escalation began.
    pub started_at: Timestamp,
    /// The time of the check.
    pub now: Timestamp,
    /// The comment that counts, or why none does.
    pub choice: &'a Choice,
    /// Whether a contact or a company is associated.
    pub has_customer: bool,
    /// The ticket's name, judged; `None` where the policy does not look at names.
    pub name: Option<&'a Check>,
}

/// What an administrator may change about the check.
pub struct Rules<'a> {
    /// How long after the start a comment that cannot be found may still be on its way.
    pub pending: SignedDuration,
    /// Whether a comment that mentions no Shift Lead is incomplete.
    pub require_mention: bool,
    /// HubSpot's ids of the people and teams who are Shift Leads; empty: anybody counts.
    pub shift_leads: &'a [u64],
}

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// The short answer.
    pub finding: Finding,
    /// What to tell the agent; `None` while there is nothing to tell.
    pub deficit: Option<Deficit>,
    /// The points without an answer, in the procedure's order.
    pub missing: Vec<Point>,
    /// Who was mentioned.
    pub mention: Mention,
    /// Lesser things to put right, in the order of their weight, each a sentence.
    pub also: Vec<String>,
}

/// The short answer of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The Shift Lead has all five points.
    Complete,
    /// A comment is there, and something is missing in it.
    Incomplete,
    /// There is no comment with any of the points.
    Missing,
    /// There is none yet; it may still be on its way.
    Pending,
}

/// Why a comment is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deficit {
    /// Points have no answer.
    Points(Vec<Lack>),
    /// No internal comment belongs to this escalation.
    NoComment {
        /// When a complete comment was written that is too old to count.
        older: Option<Timestamp>,
    },
    /// Somebody told the story without the five headings.
    NoHeadings,
    /// The five points are in a message to the customer.
    SentToCustomer,
    /// No Shift Lead is mentioned, and the policy wants one to be.
    NoMention {
        /// A name that was typed as text.
        typed: Option<String>,
    },
}

/// A point without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The point.
    pub point: Point,
    /// What stands in its place, where anything does.
    pub found: Option<String>,
}

/// Who was mentioned in the comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mention {
    /// A Shift Lead.
    ShiftLead,
    /// Somebody, but no Shift Lead.
    SomebodyElse,
    /// A name was typed as text: nobody was notified.
    Typed(String),
    /// Nobody.
    Nobody,
}

impl Mention {
    /// The name in outputs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ShiftLead => "mentioned",
            Self::SomebodyElse => "mention_other",
            Self::Typed(_) => "mention_typed",
            Self::Nobody => "mention_missing",
        }
    }
}

impl Deficit {
    /// Tells one lack from another: the agent hears of each once in an escalation, however often it
    /// is found.
    pub fn key(&self) -> String {
        match self {
            Self::Points(lacks) => {
                let points: Vec<_> = lacks.iter().map(|it| it.point.name()).collect();
                format!("points:{}", points.join(","))
            }
            Self::NoComment { .. } => "no-comment".to_owned(),
            Self::NoHeadings => "no-headings".to_owned(),
            Self::SentToCustomer => "sent-to-customer".to_owned(),
            Self::NoMention { .. } => "no-mention".to_owned(),
        }
    }
}

/// Judges what was read about a ticket that is escalated.
pub fn judge(facts: &Facts<'_>, rules: &Rules<'_>) -> Intake {
    let counted = facts.choice.counted.as_ref();
    let mention = counted.map_or(Mention::Nobody, |it| mention(&it.comment, rules.shift_leads));
    let missing = missing(counted);
    let (finding, deficit) = match counted {
        None if is_pending(facts, rules) => (Finding::Pending, None),
        None => (Finding::Missing, Some(absent(facts.choice))),
        Some(_) if !missing.is_empty() => (Finding::Incomplete, Some(Deficit::Points(lacks(counted)))),
        Some(_) if rules.require_mention && mention != Mention::ShiftLead => {
            (Finding::Incomplete, Some(Deficit::NoMention { typed: mention.typed().map(str::to_owned) }))
        }
        Some(_) => (Finding::Complete, None),
    };
    let also = also(facts, deficit.as_ref(), &mention);
    Intake { finding, deficit, missing, mention, also }
}

/// HubSpot shows a new comment late, so nobody is told that theirs is missing before this long.
fn is_pending(facts: &Facts<'_>, rules: &Rules<'_>) -> bool {
    facts.now.duration_since(facts.started_at) < rules.pending
}

fn absent(choice: &Choice) -> Deficit {
    if choice.public.is_some() {
        return Deficit::SentToCustomer;
    }
    if choice.prose.is_some() {
        return Deficit::NoHeadings;
    }
    Deficit::NoComment { older: choice.stale.as_ref().map(|it| it.seen.written_at) }
}

fn missing(counted: Option<&Counted>) -> Vec<Point> {
    match counted {
        Some(counted) => counted.comment.problems().iter().map(Problem::point).collect(),
        None => Point::ALL.to_vec(),
    }
}

fn lacks(counted: Option<&Counted>) -> Vec<Lack> {
    let problems = counted.map(|it| it.comment.problems()).unwrap_or_default();
    let lack = |problem| match problem {
        Problem::Missing(point) => Lack { point, found: None },
        Problem::Empty { point, found } => Lack { point, found: Some(found).filter(|it| !it.trim().is_empty()) },
    };
    problems.into_iter().map(lack).collect()
}

fn mention(comment: &Comment, shift_leads: &[u64]) -> Mention {
    let is_lead = |id: &str| shift_leads.is_empty() || shift_leads.iter().any(|it| it.to_string() == id);
    if comment.mentions().iter().any(|it| it.id().is_some_and(is_lead)) {
        return Mention::ShiftLead;
    }
    match (comment.mentions(), comment.typed_mentions()) {
        ([], [name, ..]) => Mention::Typed(name.clone()),
        ([], []) => Mention::Nobody,
        _ => Mention::SomebodyElse,
    }
}

/// Lesser things to put right, the weightiest first.
fn also(facts: &Facts<'_>, deficit: Option<&Deficit>, mention: &Mention) -> Vec<String> {
    let mut also = Vec::new();
    if facts.choice.public.is_some() && deficit != Some(&Deficit::SentToCustomer) {
        also.push(wording::sent_to_customer().to_owned());
    }
    if !facts.has_customer {
        also.push(wording::no_customer().to_owned());
    }
    also.extend(facts.name.and_then(name));
    let Some(counted) = &facts.choice.counted else {
        return also;
    };
    match mention {
        Mention::ShiftLead => {}
        _ if matches!(deficit, Some(Deficit::NoMention { .. })) => {}
        Mention::SomebodyElse => also.push(wording::mentioned_somebody_else().to_owned()),
        Mention::Typed(_) | Mention::Nobody => also.push(wording::mention_reminder(mention.typed())),
    }
    also.extend(counted.comment.hints().into_iter().take(HINTS).map(hint));
    also
}

fn name(check: &Check) -> Option<String> {
    match (check.status, &check.suggestion) {
        (Status::Fixable | Status::Invalid, Some(better)) => Some(wording::better_name(better)),
        (Status::Fixable | Status::Invalid, None) => Some(wording::wrong_name().to_owned()),
        (Status::Ok, _) if check.warnings.contains(&Warning::CustomerMismatch) => {
            Some(wording::other_customer().to_owned())
        }
        (Status::Ok, _) if check.warnings.contains(&Warning::IssueNotBrief) => Some(wording::long_name().to_owned()),
        (Status::Ok, _) => None,
    }
}

fn hint(hint: Hint) -> String {
    match hint {
        Hint::Thin(point) => wording::thin(point),
        Hint::NoExpectation => wording::no_expectation().to_owned(),
        Hint::NoImpact => wording::no_impact().to_owned(),
    }
}

impl Mention {
    /// The name that was typed as text, if that is all there is.
    pub fn typed(&self) -> Option<&str> {
        match self {
            Self::Typed(name) => Some(name),
            Self::ShiftLead | Self::SomebodyElse | Self::Nobody => None,
        }
    }
}
