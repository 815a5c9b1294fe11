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
        Some(it) if !missing.is_empty() => (Finding::Incomplete, Some(Deficit::Points(lacks(&it.comment)))),
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
    // Headings without answers are no comment that counts, but their author hears what stands there.
    if let Some(blank) = &choice.blank {
        return Deficit::Points(lacks(&blank.comment));
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

fn lacks(comment: &Comment) -> Vec<Lack> {
    let lack = |problem| match problem {
        Problem::Missing(point) => Lack { point, found: None },
        Problem::Empty { point, found } => Lack { point, found: Some(found).filter(|it| !it.trim().is_empty()) },
    };
    comment.problems().into_iter().map(lack).collect()
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

#[cfg(test)]
mod tests {
    use super::super::comment::{Body, Labels, read};
    use super::super::thread::{Audience, Author, Entry, Window, choose};
    use super::super::ticket_name::{Context, check};
    use super::*;

    const ALL: &str = "Issue: the table was charged twice, 46.20 each, she wants one back\nInvestigated: both payments show\n\
                       Action Taken: said sorry\nBlocker: over my limit\nRequired to Resolve: approve the refund";

    fn started_at() -> Timestamp {
        "2026-06-10T09:00:00Z".parse().unwrap()
    }

    fn entry(audience: Audience, html: &str) -> Entry {
        let comment = read(Body::Html(html), &Labels::shipped());
        let author = Author::User("user:7".to_owned());
        Entry { id: "1".to_owned(), created_at: started_at(), author, audience, deleted: false, comment }
    }

    fn internal(html: &str) -> Vec<Entry> {
        vec![entry(Audience::Internal, html)]
    }

    fn judged(entries: &[Entry], seconds: i64, require_mention: bool, shift_leads: &[u64]) -> Intake {
        let choice = choose(entries, &Window::new(started_at()));
        let facts = Facts {
            started_at: started_at(),
            now: started_at() + SignedDuration::from_secs(seconds),
            choice: &choice,
            has_customer: true,
            name: None,
        };
        judge(&facts, &Rules { pending: SignedDuration::from_secs(60), require_mention, shift_leads })
    }

    #[test]
    fn five_points_are_enough() {
        let intake = judged(&internal(ALL), 0, false, &[]);
        assert_eq!((intake.finding, intake.deficit, intake.missing), (Finding::Complete, None, vec![]));
    }

    #[test]
    fn a_point_that_is_empty_and_one_that_is_not_there_are_both_told() {
        let intake =
            judged(&internal("Issue: a b c<br>Investigated: none<br>Action Taken: d e<br>Blocker: f g"), 0, false, &[]);
        let lack = |point, found: Option<&str>| Lack { point, found: found.map(str::to_owned) };
        let lacks = vec![lack(Point::Investigated, Some("none")), lack(Point::RequiredToResolve, None)];
        assert_eq!(intake.finding, Finding::Incomplete);
        assert_eq!(intake.deficit, Some(Deficit::Points(lacks)));
        assert_eq!(intake.missing, [Point::Investigated, Point::RequiredToResolve]);
    }

    #[test]
    fn what_cannot_be_found_is_pending_for_a_minute_and_missing_after_it() {
        assert_eq!(judged(&[], 59, false, &[]).finding, Finding::Pending);
        assert_eq!(judged(&[], 59, false, &[]).deficit, None);
        assert_eq!(judged(&[], 60, false, &[]).finding, Finding::Missing);
        assert_eq!(judged(&[], 60, false, &[]).deficit, Some(Deficit::NoComment { older: None }));
        assert_eq!(judged(&[], 60, false, &[]).missing, Point::ALL);
    }

    #[test]
    fn a_part_is_judged_at_once() {
        assert_eq!(judged(&internal("Issue: a b"), 0, false, &[]).finding, Finding::Incomplete);
    }

    #[test]
    fn the_points_in_a_mail_to_the_customer_are_a_matter_of_privacy() {
        let public = entry(Audience::Public, ALL);
        assert_eq!(judged(std::slice::from_ref(&public), 60, false, &[]).deficit, Some(Deficit::SentToCustomer));
        let both = [public, entry(Audience::Internal, ALL)];
        let intake = judged(&both, 60, false, &[]);
        assert_eq!(intake.finding, Finding::Complete);
        assert_eq!(intake.also[0], wording::sent_to_customer());
    }

    #[test]
    fn headings_without_answers_are_quoted() {
        let intake = judged(&internal("Issue: tbc<br>Investigated:<br>Blocker: n/a"), 60, false, &[]);
        assert_eq!(intake.finding, Finding::Missing);
        let Some(Deficit::Points(lacks)) = intake.deficit else { panic!("{:?}", intake.deficit) };
        let found: Vec<_> = lacks.iter().map(|it| it.found.as_deref()).collect();
        assert_eq!(found, [Some("tbc"), None, None, Some("n/a"), None]);
        assert_eq!(judged(&internal("Issue: tbc"), 59, false, &[]).finding, Finding::Pending);
    }

    #[test]
    fn a_story_without_headings_is_answered_kindly() {
        let story = "The customer is very upset because the venue lost her booking for twelve people last night.";
        assert_eq!(judged(&internal(story), 60, false, &[]).deficit, Some(Deficit::NoHeadings));
    }

    #[test]
    fn whoever_was_mentioned_is_told_from_nobody() {
        let mention =
            |extra: &str, leads: &[u64]| judged(&internal(&format!("{extra}\n{ALL}")), 0, false, leads).mention;
        let dana = "<strong data-at-mention data-user-id=\"48211\">@Dana</strong>";
        assert_eq!(mention(dana, &[]), Mention::ShiftLead);
        assert_eq!(mention(dana, &[48_211]), Mention::ShiftLead);
        assert_eq!(mention(dana, &[1]), Mention::SomebodyElse);
        assert_eq!(mention("@Dana", &[]), Mention::Typed("Dana".to_owned()));
        assert_eq!(mention("", &[]), Mention::Nobody);
    }

    #[test]
    fn a_mention_is_required_only_where_the_policy_says_so() {
        assert_eq!(judged(&internal(ALL), 0, false, &[]).finding, Finding::Complete);
        let intake = judged(&internal(ALL), 0, true, &[]);
        assert_eq!(intake.finding, Finding::Incomplete);
        assert_eq!(intake.deficit, Some(Deficit::NoMention { typed: None }));
        assert_eq!(intake.missing, []);
    }

    #[test]
    fn one_lack_has_one_key_however_it_was_found() {
        let key = |html: &str| judged(&internal(html), 60, false, &[]).deficit.unwrap().key();
        assert_eq!(key("Issue: a b\nBlocker: none"), key("Issue: c d e"));
        assert_ne!(key("Issue: a b"), key("Blocker: a b"));
        assert_eq!(key("Issue: a b"), "points:investigated,action_taken,blocker,required_to_resolve");
    }

    #[test]
    fn the_ticket_itself_is_put_right_in_the_same_message() {
        let choice = choose(&internal(ALL), &Window::new(started_at()));
        let name = check("escalation - Harbour Grill - Double charge", &Context::default());
        let facts = Facts {
            started_at: started_at(),
            now: started_at(),
            choice: &choice,
            has_customer: false,
            name: Some(&name),
        };
        let rules = Rules { pending: SignedDuration::ZERO, require_mention: false, shift_leads: &[] };
        let also = judge(&facts, &rules).also;
        assert_eq!(also[0], wording::no_customer());
        assert_eq!(also[1], wording::better_name("Escalation - Harbour Grill - Double charge"));
    }
}
