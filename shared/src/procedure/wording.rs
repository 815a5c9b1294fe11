//! Every sentence that the procedure says to people.
//!
//! First line: the state. Then what to do, one step a line. No blame, no jargon, under
//! [`LONGEST`] characters, and the last words are "automatic message".

pub mod callback;
pub mod closure;
pub mod lane;
pub mod merge;
pub mod tech;
pub mod watch;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::comment::{NOT_FOUND, OPEN_MARK, Point, SAYS, SIGNATURE};
use super::intake::{Deficit, Lack};
use super::message::{Message, Span, bold, code, plain, small};

/// The longest message, in characters of its text.
pub const LONGEST: usize = 900;

/// A word that was found in a point's place is quoted up to this many characters.
const QUOTED: usize = 40;

/// What the Shift Lead waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// The complete comment.
    OnceComplete,
    /// Nothing: what it is about is immediate.
    AtOnce,
}

/// What the feedback says besides what is missing.
pub struct Feedback<'a> {
    /// Whom it is for, as a mention, where the ticket has an owner.
    pub agent: Option<Span>,
    /// What the Shift Lead waits for.
    pub called: Called,
    /// Who wrote the comment that was checked.
    pub author: Option<&'a str>,
    /// When that comment was written, or when we looked where there is none.
    pub checked_at: Timestamp,
    /// When this is said.
    pub now: Timestamp,
    /// The team's zone.
    pub zone: &'a TimeZone,
    /// The number of the escalation.
    pub cycle: u32,
    /// Where "escalation #1" leads; carries our marker.
    pub link: &'a str,
    /// Lesser things to put right, most important first; said as far as there is room.
    pub also: &'a [String],
}

/// The internal comment that tells the agent what is missing.
pub fn feedback(deficit: &Deficit, about: &Feedback<'_>) -> Message {
    let mut message =
        Message::of([bold(headline(deficit, about.called))].into_iter().chain(addressed(about.agent.clone())));
    let (invitation, points) = match deficit {
        Deficit::Points(lacks) => {
            standing(&mut message, lacks);
            (invitation(lacks.len()), lacks.iter().map(|it| it.point).collect())
        }
        Deficit::NoComment { older } => (no_comment(*older, about), Point::ALL.to_vec()),
        Deficit::NoHeadings => (NO_HEADINGS.to_owned(), Point::ALL.to_vec()),
        Deficit::SentToCustomer => (SENT_TO_CUSTOMER.to_owned(), Point::ALL.to_vec()),
        Deficit::NoMention { typed } => (no_mention(typed.as_deref()), Vec::new()),
    };
    let mut end = Message::of([plain(invitation)]);
    template(&mut end, &points);
    end.paragraph(footer(deficit, about));
    // The line end between the two counts as well.
    let mut room = LONGEST.saturating_sub(message.length() + 1 + end.length());
    for line in about.also {
        let length = line.chars().count() + 1;
        if length <= room {
            room -= length;
            message.paragraph([plain(line)]);
        }
    }
    message.append(end);
    message
}

const NO_HEADINGS: &str = "Your comment has the story but not the five headings. Please put it under them, in a new \
                           comment or by editing yours:";

const SENT_TO_CUSTOMER: &str = "The five points were sent in an e-mail to the customer. Please add them as an internal \
                                comment and tell your Shift Lead.";

fn headline(deficit: &Deficit, called: Called) -> String {
    match called {
        Called::OnceComplete => format!("Not with the Shift Lead yet: {}", lack(deficit)),
        Called::AtOnce => format!("The Shift Lead is called at once. Please still {}", remedy(deficit)),
    }
}

fn lack(deficit: &Deficit) -> String {
    match deficit {
        Deficit::Points(lacks) if lacks.len() == 1 => "1 of 5 points is missing".to_owned(),
        Deficit::Points(lacks) => format!("{} of 5 points are missing", lacks.len()),
        Deficit::NoComment { .. } => "no internal comment found".to_owned(),
        Deficit::NoHeadings => "the five headings are missing".to_owned(),
        Deficit::SentToCustomer => "the five points are not in an internal comment".to_owned(),
        Deficit::NoMention { .. } => "no Shift Lead is mentioned".to_owned(),
    }
}

fn remedy(deficit: &Deficit) -> String {
    match deficit {
        Deficit::Points(lacks) => format!("add {} of 5 points", lacks.len()),
        Deficit::NoComment { .. } => "write an internal comment".to_owned(),
        Deficit::NoHeadings => "add the five headings".to_owned(),
        Deficit::SentToCustomer => "put the five points into an internal comment".to_owned(),
        Deficit::NoMention { .. } => "mention your Shift Lead".to_owned(),
    }
}

fn addressed(agent: Option<Span>) -> impl Iterator<Item = Span> {
    agent.into_iter().flat_map(|agent| [plain(" "), agent])
}

/// Which points are there, and what each other one lacks.
fn standing(message: &mut Message, lacks: &[Lack]) {
    let lacking = |point: Point| lacks.iter().any(|it| it.point == point);
    let there: Vec<_> =
        Point::ALL.into_iter().filter(|it| !lacking(*it)).map(|it| format!("✔ {}", it.label())).collect();
    if !there.is_empty() {
        message.paragraph([plain(there.join(" "))]);
    }
    for lack in lacks {
        let found = match &lack.found {
            Some(found) => format!(": {SAYS}\"{}\". ", cut(found)),
            None => format!(": {NOT_FOUND} "),
        };
        message.paragraph([
            plain(format!("{OPEN_MARK} ")),
            bold(lack.point.label()),
            plain(format!("{found}{}", question(lack.point))),
        ]);
    }
}

fn invitation(lacks: usize) -> String {
    let lines = match lacks {
        1 => "just this line",
        2 => "just these two lines",
        3 => "just these three lines",
        4 => "just these four lines",
        _ => "these five lines",
    };
    format!("Add a new comment with {lines} (or edit yours), nothing else to do:")
}

/// Lines to copy. They stay empty so that our own message can never pass for a comment.
fn template(message: &mut Message, points: &[Point]) {
    for point in points {
        message.paragraph([code(format!("{}: ", point.label()))]);
    }
}

fn question(point: Point) -> &'static str {
    match point {
        Point::Issue => "What happened, what did the customer expect, and what is the impact?",
        Point::Investigated => "What have you already checked or looked into?",
        Point::ActionTaken => "Which steps have you already tried?",
        Point::Blocker => "What stops you from resolving it right now?",
        Point::RequiredToResolve => "What do you need from the Shift Lead or Tech?",
    }
}

fn no_comment(older: Option<Timestamp>, about: &Feedback<'_>) -> String {
    let older = match older {
        Some(at) => format!(" The last complete comment is from {}, before this escalation.", day(at, about.zone)),
        None => String::new(),
    };
    format!("I could not find an internal comment with the five points for this escalation.{older} Please add one:")
}

fn no_mention(typed: Option<&str>) -> String {
    match typed {
        Some(name) => format!(
            "All five points are there, but @{} is typed as text, so HubSpot did not notify anyone. Add a comment in \
             which you pick your Shift Lead from the list that opens after @.",
            cut(name)
        ),
        None => "All five points are there. Add a comment in which you pick your Shift Lead from the list that opens \
                 after @."
            .to_owned(),
    }
}

fn footer(deficit: &Deficit, about: &Feedback<'_>) -> Vec<Span> {
    let checked = match deficit {
        Deficit::NoComment { .. } => format!("Checked at {}", moment(about.checked_at, about.now, about.zone)),
        _ => {
            format!(
                "Checked comment of {} by {}",
                moment(about.checked_at, about.now, about.zone),
                about.author.unwrap_or("a colleague")
            )
        }
    };
    let link = Span::Link { text: format!("escalation #{}", about.cycle), url: about.link.to_owned() };
    vec![small(format!("{checked} · ")), link, small(format!(" · {SIGNATURE}"))]
}

/// What the workflow and the ticket's sidebar say, in one line.
pub fn summary(deficit: &Deficit, called: Called) -> String {
    let what = match deficit {
        Deficit::Points(lacks) => {
            let names: Vec<_> = lacks.iter().map(|it| it.point.label()).collect();
            format!("missing in the comment: {}", names.join(", "))
        }
        Deficit::NoComment { .. } => "no internal comment with the five points".to_owned(),
        Deficit::NoHeadings => "the comment has none of the five headings".to_owned(),
        Deficit::SentToCustomer => {
            "the five points were sent to the customer instead of an internal comment".to_owned()
        }
        Deficit::NoMention { .. } => "the comment mentions no Shift Lead".to_owned(),
    };
    match called {
        Called::OnceComplete => format!("Not with the Shift Lead yet: {what}."),
        Called::AtOnce => format!("The Shift Lead is called at once; {what}."),
    }
}

/// What a trial run says: the finding, and what would be done about it.
pub fn would(summary: &str, properties: &[&str], comments: bool, new_name: Option<&str>) -> String {
    let mut would = Vec::new();
    if !properties.is_empty() {
        would.push(format!("set {}", properties.join(", ")));
    }
    if comments {
        would.push("tell the agent by an internal comment, unless that was done before".to_owned());
    }
    if let Some(name) = new_name {
        would.push(format!("rename the ticket to \"{name}\", unless that was done before"));
    }
    let would = if would.is_empty() { "change nothing".to_owned() } else { would.join("; ") };
    format!("{summary} Observing only: would {would}.")
}

/// The comment is complete.
pub fn complete() -> &'static str {
    "Comment complete: all five points are there."
}

/// The comment may still be on its way.
pub fn pending() -> &'static str {
    "No comment yet. HubSpot shows new comments late: checking again shortly."
}

/// There is nothing to check.
pub fn not_escalated() -> &'static str {
    "Not escalated: Escalation Type is empty."
}

/// The escalation is older than what the policy looks at.
pub fn before_our_time() -> &'static str {
    "Not checked: this escalation began before the date from which escalations are checked."
}

/// The ticket is deleted.
pub fn gone() -> &'static str {
    "The ticket is deleted: nothing to do."
}

/// Nobody knows the customer.
pub fn no_customer() -> &'static str {
    "This ticket has no contact or company: please associate one, so that the Shift Lead knows the customer."
}

/// The five points left the house.
pub fn sent_to_customer() -> &'static str {
    "The five points were also sent to the customer: please tell your Shift Lead."
}

/// Nobody was mentioned, which is allowed here.
pub fn mention_reminder(typed: Option<&str>) -> String {
    match typed {
        Some(name) => format!("@{} is typed as text: HubSpot did not notify anyone.", cut(name)),
        None => "Please @mention the Shift Lead in your comment next time.".to_owned(),
    }
}

/// Somebody was mentioned who is no Shift Lead.
pub fn mentioned_somebody_else() -> &'static str {
    "The person mentioned is not a Shift Lead."
}

/// The ticket has another name than the procedure wants, and the right one is known.
pub fn better_name(name: &str) -> String {
    format!("Ticket name: please rename it to \"{name}\".")
}

/// The ticket has another name than the procedure wants.
pub fn wrong_name() -> &'static str {
    "Ticket name: please use \"Escalation - [Customer Name] - [Brief Issue]\"."
}

/// The name speaks of another customer than the one associated.
pub fn other_customer() -> &'static str {
    "Ticket name: the customer differs from the associated contact or company."
}

/// The name is too long to be read at a glance.
pub fn long_name() -> &'static str {
    "Ticket name: the issue is long; a few words are enough."
}

/// The answer is a single word.
pub fn thin(point: Point) -> String {
    format!("{} is very short: a few more words save the Shift Lead a question.", point.label())
}

/// The issue does not say what the customer expects.
pub fn no_expectation() -> &'static str {
    "Tip: say what the customer expects, and by when."
}

/// The issue does not say what it costs whom.
pub fn no_impact() -> &'static str {
    "Tip: say what the impact is: an amount, an order number, how many people."
}

/// Says that a ticket was renamed, and keeps the old name.
pub fn renamed(old: &str, new: &str, cycle: u32, link: &str) -> Message {
    let mut message = Message::of([bold(format!("Ticket renamed to \"{new}\""))]);
    message.paragraph([plain(format!(
        "It was \"{old}\". Change it back if that was right: it will not be renamed again in this escalation."
    ))]);
    let link = Span::Link { text: format!("escalation #{cycle}"), url: link.to_owned() };
    message.paragraph([link, small(format!(" · {SIGNATURE}"))]);
    message
}

/// The time of day; with the day where it is not the day of the message.
fn moment(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let is_tomorrow = || now.date().tomorrow().is_ok_and(|it| it == at.date());
    let day = if at.date() == now.date() {
        "%H:%M"
    } else if is_tomorrow() {
        "tomorrow %H:%M"
    } else {
        "%-d %B %H:%M"
    };
    at.strftime(day).to_string()
}

fn day(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-d %B").to_string()
}

/// What somebody wrote, short enough to be quoted.
fn cut(text: &str) -> String {
    if text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(QUOTED - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests;
