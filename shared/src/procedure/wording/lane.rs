//! What the agent and the Shift Lead read about lanes.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::card::{Card, Link};
use super::super::comment::{Point, SIGNATURE};
use super::super::cycle::State;
use super::super::lane::Lane;
use super::super::message::{Message, Span, bold, plain, small};
use super::moment;

/// A point is shown up to this many characters, so that five of them are a card and no page.
const POINT: usize = 300;

/// Who has an escalation, and why they.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder<'a> {
    /// Somebody on duty.
    OnDuty {
        /// Their name.
        name: &'a str,
        /// When they are off duty.
        until: Option<Timestamp>,
    },
    /// Somebody who had it before and keeps it.
    Kept(&'a str),
    /// The fallback, because the rota has a gap.
    Gap(&'a str),
    /// The fallback, because everybody on duty is deactivated.
    Deactivated(&'a str),
    /// Nobody: there is neither somebody on duty nor a fallback.
    Nobody,
}

/// Where an escalation stands, for people to read.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Where it stands.
    pub state: State,
    /// Who has it.
    pub holder: Holder<'a>,
    /// The level's number.
    pub level: &'a str,
    /// Whether the Shift Lead has it although its comment is not complete.
    pub lacks_context: bool,
    /// When a Shift Lead must have looked at it; `None` once one has.
    pub review_due_at: Option<Timestamp>,
    /// When the customer must have an answer.
    pub resolve_due_at: Option<Timestamp>,
    /// When the customer must hear from the agent again.
    pub update_due_at: Option<Timestamp>,
    /// When this is said.
    pub now: Timestamp,
    /// The team's zone.
    pub zone: &'a TimeZone,
}

impl Standing<'_> {
    fn moment(&self, at: Timestamp) -> String {
        moment(at, self.now, self.zone)
    }

    fn holder(&self) -> String {
        match self.holder {
            Holder::OnDuty { name, until: Some(until) } => format!("{name} (on duty until {})", self.moment(until)),
            Holder::OnDuty { name, until: None } => format!("{name} (on duty)"),
            Holder::Kept(name) => name.to_owned(),
            Holder::Gap(name) => format!("{name} (nobody is on duty by the rota, so it goes to the fallback)"),
            Holder::Deactivated(name) => {
                format!("{name} (the account of who is on duty is deactivated, so it goes to the fallback)")
            }
            Holder::Nobody => "Nobody is on duty and no fallback is named: please tell your Shift Lead yourself".into(),
        }
    }

    /// "review due 14:30", and what else is due.
    fn due(&self) -> Vec<String> {
        let review = self.review_due_at.map(|at| format!("review due {}", self.moment(at)));
        let resolve = self.resolve_due_at.map(|at| format!("answer due {}", self.moment(at)));
        match self.state {
            State::Triage | State::BackToCs => review.or(resolve).into_iter().collect(),
            _ => resolve.into_iter().collect(),
        }
    }
}

/// What the agent reads of an escalation that is in a lane.
pub fn standing(about: &Standing<'_>) -> Message {
    let headline = match about.state {
        State::InTech => "With Tech.",
        State::BackToCs => "Back with the Shift Lead.",
        State::AgentToFinish => "Yours to finish.",
        State::ReadyToClose => "Ready to close.",
        _ if about.lacks_context => "With the Shift Lead, context incomplete.",
        _ => "With the Shift Lead.",
    };
    let lane = Lane::of(about.state).map(|it| format!("lane {}", it.label()));
    let facts: Vec<String> = [about.holder()].into_iter().chain(about.due()).chain(lane).collect();
    let update = match about.update_due_at {
        Some(at) => format!("please keep the customer updated by {}.", about.moment(at)),
        None => "please keep the customer updated.".to_owned(),
    };
    let rest = format!(" {}. You stay the owner; {update}", facts.join(" · "));
    let mut message = Message::of([bold(headline), plain(rest)]);
    if about.lacks_context && about.state != State::InTech {
        message.paragraph([plain("The five points are not complete yet: please add what is missing.")]);
    }
    message
}

/// The same as an internal comment for the agent.
pub fn told(agent: Option<Span>, about: Message, cycle: u32, link: &str) -> Message {
    let mut message = about;
    let link = Span::Link { text: format!("escalation #{cycle}"), url: link.to_owned() };
    let agent = agent.into_iter().flat_map(|it| [it, small(" · ")]);
    message.paragraph(agent.chain([link, small(format!(" · {SIGNATURE}"))]));
    message
}

/// The Shift Lead waits for the comment.
pub fn awaiting_context(until: Timestamp, now: Timestamp, zone: &TimeZone) -> Message {
    let until = moment(until, now, zone);
    let when = format!(" The Shift Lead gets it as soon as the five points are there, at {until} at the latest.");
    Message::of([bold("Awaiting context."), plain(when)])
}

/// An agent chose Tech.
pub fn put_back(lead: Option<&str>, knows_leads: bool) -> Message {
    let noted = match lead {
        Some(lead) => format!(" and noted your wish for {lead}."),
        None => " and noted your wish.".to_owned(),
    };
    let mut message = Message::of([
        plain("Escalation Type was set to "),
        bold("Tech"),
        plain(" by an agent; all escalations start with the Shift Lead (SOP section 3). I set it to "),
        bold("Shift Lead"),
        plain(noted),
    ]);
    if !knows_leads {
        message.paragraph([plain(
            "(The policy names no Shift Leads yet, so any colleague can confirm Tech who neither owns nor escalated the \
             ticket: please tell your administrator.)",
        )]);
    }
    message
}

/// Escalation Type was cleared.
pub fn deescalated() -> &'static str {
    "De-escalated: Escalation Type was cleared while the ticket is open, so it left its lane. Please say in one line \
     why, in \"Why de-escalated\"."
}

/// Escalation Type was cleared, the ticket was closed too early, and is open again.
pub fn kept_in_sight() -> &'static str {
    "Not resolved: the ticket was closed too early and is open again. It stays in its lane until the customer was told \
     and the ticket is closed."
}

/// The ticket is closed as one that needs no resolution.
pub fn let_go() -> &'static str {
    "Closed without a resolution (spam, duplicate): it is in no lane."
}

/// Who asked for Tech, what the Shift Lead does about it.
pub fn asks_for_tech(agent: Option<&str>) -> Message {
    let agent = agent.unwrap_or("An agent");
    Message::of([plain(format!("{agent} asks for Tech. To confirm it, set Escalation Type to Tech yourself."))])
}

/// What Slack shows of an escalation.
#[derive(Debug, Clone)]
pub struct Shown<'a> {
    /// Where it stands.
    pub standing: Standing<'a>,
    /// The ticket's number.
    pub ticket: String,
    /// The ticket's page.
    pub page: String,
    /// The number of the escalation.
    pub cycle: u32,
    /// Everybody on duty, mentioned.
    pub leads: Vec<Span>,
    /// Why it is an escalation, in words.
    pub triggers: Vec<&'static str>,
    /// Whether something about it must not wait.
    pub is_immediate: bool,
    /// What the customer's words may appear in; `None` for a matter that is kept to the ticket.
    pub details: Option<Details<'a>>,
}

/// What names the customer and says what happened.
#[derive(Debug, Clone)]
pub struct Details<'a> {
    /// The ticket's name without its prefix.
    pub subject: String,
    /// Who is affected.
    pub customer: Option<&'a str>,
    /// The ticket's owner.
    pub agent: Option<&'a str>,
    /// How the customer reached us.
    pub channel: Option<&'a str>,
    /// The five points, as far as they are answered.
    pub points: Vec<(Point, Option<&'a str>)>,
}

/// The first message of an escalation's thread.
pub fn card(shown: &Shown<'_>) -> Card {
    let title = match &shown.details {
        Some(details) => format!("Escalation: {}", details.subject),
        None => format!("Escalation: ticket {}", shown.ticket),
    };
    let mut body = Message::of(whose(shown));
    body.paragraph([plain(place(shown))]);
    if !shown.triggers.is_empty() {
        body.paragraph(why(shown));
    }
    match &shown.details {
        Some(details) => describe(&mut body, details, shown.standing.lacks_context),
        None => body.paragraph([plain("A restricted matter: the details are on the ticket alone.")]),
    }
    framed(title, body, &shown.ticket, &shown.page, shown.cycle)
}

/// What stands in a card's place whose matter turned out to be one that is kept to the ticket.
pub fn withdrawn_card(ticket: &str, page: &str, cycle: u32) -> Card {
    let body = Message::of([plain("Goes on elsewhere: the details are on the ticket alone.")]);
    framed(format!("Escalation: ticket {ticket}"), body, ticket, page, cycle)
}

/// What stands in a card's place whose escalation left its lane. `subject` is the ticket's name without
/// its prefix; `None` for a matter that is kept to the ticket.
pub fn ended_card(subject: Option<&str>, ticket: &str, page: &str, cycle: u32) -> Card {
    ended(subject, left_its_lane(), ticket, page, cycle)
}

/// What Slack shows of an escalation that is over, whatever its end was.
pub(super) fn ended(subject: Option<&str>, how: Message, ticket: &str, page: &str, cycle: u32) -> Card {
    let subject = subject.map_or_else(|| format!("ticket {ticket}"), str::to_owned);
    framed(format!("Escalation: {subject}"), how, ticket, page, cycle)
}

fn framed(title: String, body: Message, ticket: &str, page: &str, cycle: u32) -> Card {
    let footer = format!("escalation #{cycle} · ticket {ticket} · {SIGNATURE}");
    Card {
        title,
        body,
        link: Some(Link { label: "Open ticket".to_owned(), url: page.to_owned() }),
        footer: Message::of([small(footer)]),
    }
}

/// Who is asked to look at it.
fn whose(shown: &Shown<'_>) -> Vec<Span> {
    let holder = match shown.standing.holder {
        Holder::Nobody => "Nobody is on duty and no fallback is named: who takes it?".to_owned(),
        _ => shown.standing.holder(),
    };
    // Who is called alone is not named twice.
    let holder = match &*shown.leads {
        [Span::Mention { name, .. }] => {
            holder.strip_prefix(&**name).map(|it| it.trim_start().to_owned()).unwrap_or(holder)
        }
        _ => holder,
    };
    let facts: Vec<String> = [holder].into_iter().chain(shown.standing.due()).filter(|it| !it.is_empty()).collect();
    let leads = shown.leads.iter().flat_map(|it| [it.clone(), plain(" ")]);
    leads.chain([plain(facts.join(" · "))]).collect()
}

/// "Triage · ‼️ #CS-ESCALATE · level 2".
fn place(shown: &Shown<'_>) -> String {
    let Standing { state, level, .. } = shown.standing;
    let lane = Lane::of(state).map(Lane::label);
    let level = format!("level {level}");
    [state.label()].into_iter().chain(lane).chain([&*level]).collect::<Vec<_>>().join(" · ")
}

fn why(shown: &Shown<'_>) -> Vec<Span> {
    let label = if shown.is_immediate { "🚨 Immediate: " } else { "Why: " };
    vec![bold(label), plain(shown.triggers.join(", "))]
}

fn describe(body: &mut Message, details: &Details<'_>, lacks_context: bool) {
    let known = [("Customer", details.customer), ("Channel", details.channel), ("Agent", details.agent)];
    let known: Vec<_> = known.into_iter().filter_map(|(name, it)| it.map(|it| format!("{name}: {it}"))).collect();
    if !known.is_empty() {
        body.paragraph([plain(known.join(" · "))]);
    }
    if lacks_context {
        body.paragraph([bold("Context incomplete: "), plain("the agent has been asked for what is missing.")]);
    }
    for (point, text) in &details.points {
        let text = text.map_or_else(|| "not given yet".to_owned(), cut);
        body.paragraph([bold(format!("{}: ", point.label())), plain(text)]);
    }
}

/// A point, short enough for a card.
fn cut(text: &str) -> String {
    if text.chars().count() <= POINT {
        return text.to_owned();
    }
    text.chars().take(POINT - 1).chain(['…']).collect()
}

/// Tells the channel of the highest level at once.
pub fn page(shown: &Shown<'_>) -> Message {
    let mut message = Message::of(why(shown));
    let lacking = if shown.standing.lacks_context { " · context incomplete" } else { "" };
    let mut spans = whose(shown);
    spans.push(plain(lacking));
    message.paragraph(spans);
    let link = Span::Link { text: format!("ticket {}", shown.ticket), url: shown.page.clone() };
    message.paragraph([link, small(format!(" · escalation #{} · {SIGNATURE}", shown.cycle))]);
    message
}

/// A later message in the thread: where the escalation went. The agent hears that it was reviewed.
pub fn moved(shown: &Shown<'_>, by: Option<&str>, agent: Option<Span>) -> Message {
    let by = by.map(|it| format!(" by {it}")).unwrap_or_default();
    let said = match shown.standing.state {
        State::InTech => format!("Confirmed for Tech{by}."),
        State::BackToCs => format!("Back from Tech{by}."),
        state => format!("{}{by}.", state.label()),
    };
    let mut spans = vec![bold(said)];
    match shown.standing.state {
        State::BackToCs => {
            spans.push(plain(" "));
            spans.extend(whose(shown));
        }
        State::InTech => {
            spans.extend(agent.into_iter().flat_map(|it| [plain(" "), it, plain(", you stay the owner.")]))
        }
        _ => {}
    }
    Message::of(spans)
}

/// A later message in the thread: the escalation ended without a resolution.
pub fn left_its_lane() -> Message {
    Message::of([bold("De-escalated:"), plain(" Escalation Type was cleared while the ticket is open.")])
}

/// A later message in the thread: it left its lane by a slip of the hand.
pub fn taken_up_again(shown: &Shown<'_>) -> Message {
    Message::of([bold("Escalated again: ")].into_iter().chain(whose(shown)))
}

/// A later message in the thread: something about it must not wait.
pub fn urgent(shown: &Shown<'_>) -> Message {
    let mut message = Message::of(why(shown));
    message.paragraph(whose(shown));
    message
}

/// The last message in a thread that everybody reads, of a matter that not everybody may.
pub fn withdrawn() -> Message {
    Message::of([bold("Goes on elsewhere:"), plain(" the details are on the ticket alone.")])
}

/// A later message in the thread: somebody else has it now.
pub fn handed_over(shown: &Shown<'_>) -> Message {
    Message::of([bold("Handed over: ")].into_iter().chain(whose(shown)))
}

/// A later message in the thread: what was missing is there.
pub fn context_complete() -> Message {
    Message::of([bold("Context complete:"), plain(" all five points are on the ticket now.")])
}

/// One message instead of many.
pub fn digest(limit: usize, minutes: i64, since: Timestamp, now: Timestamp, zone: &TimeZone) -> Message {
    let mut message = Message::of([
        bold(format!("More than {limit} escalations within {minutes} minutes")),
        plain(format!(" (since {}). The rest get no card of their own here:", moment(since, now, zone))),
    ]);
    message.paragraph([plain("please look at ‼️ #CS-ESCALATE in HubSpot.")]);
    message.paragraph([small(SIGNATURE)]);
    message
}

/// For the administrator: an option that the procedure does not know.
pub fn unknown_option(option: &str) -> String {
    format!(
        "Escalation Type has an option `{option}` that the procedure does not know: tickets with it go to the CS lane. \
         Rename it back to `shift_lead` or `tech`, or name it in the policy under `ignored_types`."
    )
}

/// For the administrator: a pipeline that the policy does not name.
pub fn unknown_pipeline(id: &str) -> String {
    format!(
        "An escalated ticket is in pipeline `{id}`, which the policy does not name: it has its lane, and the hours of the \
         default calendar. Name the pipeline in the policy under `[[pipelines]]`, with the role of each of its stages."
    )
}

/// For the administrator: people in the rota who cannot own anything.
pub fn deactivated(names: &[&str]) -> String {
    format!(
        "On duty by the rota but not active in HubSpot: {}. Correct the rota in the policy, or activate them.",
        names.join(", ")
    )
}

/// For the administrator: nobody is there.
pub fn nobody_on_duty() -> &'static str {
    "Nobody is on duty by the rota, and the policy names no fallback who is active: escalations have no owner. Name \
     one in the policy under `[rota]`."
}

/// For the administrator, in the channel for that.
pub fn alert(text: &str) -> Message {
    Message::of([bold("For the administrator: "), plain(text), small(format!(" · {SIGNATURE}"))])
}

#[cfg(test)]
mod tests;
