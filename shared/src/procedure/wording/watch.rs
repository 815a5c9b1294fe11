//! What people read while an escalation is watched: that it was looked at and decided, and what must not
//! be forgotten.
//!
//! The same words stand in the thread in Slack and on the ticket.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::cycle::State;
use super::super::message::{Message, Span, bold, plain};
use super::super::review::{Says, What};
use super::super::sla::Limit;
use super::closure::hours;
use super::{cut, moment};

/// Longer ahead or ago than this, people want the date and no hours.
const DAY: i64 = 24 * 60 * 60;

/// A Shift Lead looked at it and has not decided. `agent` is called in Slack; a note calls them by itself.
pub fn reviewed(lead: Option<&str>, what: What, agent: Option<Span>) -> Message {
    let by = lead.unwrap_or("the Shift Lead");
    let rest = match what {
        What::Comment(Says::Asks) => "please answer their question in a comment on the ticket.",
        What::Comment(_) => "please read their comment on the ticket.",
        What::Message => "they wrote to the customer; please read along.",
    };
    addressed(format!("Reviewed by {by}:"), agent, rest)
}

/// The Shift Lead decided: what is left to do.
pub fn decided(state: State, lead: Option<&str>, agent: Option<Span>) -> Message {
    let lead = lead.unwrap_or("The Shift Lead");
    match state {
        State::ReadyToClose => addressed(
            format!("Ready to close. {lead} settled it with the customer:"),
            agent,
            "please clear Escalation Type and close the ticket.",
        ),
        _ => addressed(
            format!("Yours to finish. {lead} has decided:"),
            agent,
            "please send the customer the final reply, clear Escalation Type and close the ticket.",
        ),
    }
}

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgotten<'a> {
    /// It is with Tech and has no Jira issue.
    NoIssue,
    /// Its Jira issue is done, and nobody decided.
    Done {
        /// The issue's key.
        issue: &'a str,
        /// Its status in Jira's words.
        status: &'a str,
    },
}

/// Reminds the Shift Lead of what stands so since a moment.
pub fn reminder(
    about: Forgotten<'_>,
    since: Timestamp,
    leads: &[Span],
    (now, zone): (Timestamp, &TimeZone),
) -> Message {
    let since = moment(since, now, zone);
    match about {
        Forgotten::NoIssue => called(
            format!("In Tech without a Jira issue since {since}."),
            leads,
            "please create the issue and write its key into Jira Reference, or set Escalation Type back to Shift Lead.",
        ),
        Forgotten::Done { issue, status } => called(
            format!("{} is \"{}\" since {since}, and the ticket is still open.", cut(issue), cut(status)),
            leads,
            "please tell the agent in a comment how to answer the customer, or answer and comment \"ready to close\".",
        ),
    }
}

/// Most of the time is used up.
pub fn warning(limit: Limit, due_at: Timestamp, leads: &[Span], (now, zone): (Timestamp, &TimeZone)) -> Message {
    let left = due_at.duration_since(now);
    let left = if left.as_secs() < DAY { format!("in {} ", hours(left)) } else { String::new() };
    let at = moment(due_at, now, zone);
    let at = if left.is_empty() { at } else { format!("({at})") };
    let mut spans = vec![bold(match limit {
        Limit::Review => format!("Review due {left}{at}, not looked at yet."),
        Limit::Resolve => format!("Answer due {left}{at}."),
    })];
    spans.extend(leads.iter().flat_map(|it| [plain(" "), it.clone()]));
    Message::of(spans)
}

/// The time is up. `told` are the Shift Lead and whoever answers for them; `on_duty` names who is there now.
pub fn breach(
    limit: Limit,
    due_at: Timestamp,
    (told, on_duty): (&[Span], &[&str]),
    (now, zone): (Timestamp, &TimeZone),
) -> Message {
    let late = now.duration_since(due_at);
    let late = match late.as_secs() {
        ..60 => String::new(),
        60..DAY => format!(", {} late", hours(late)),
        seconds => format!(", {} late", days(seconds / DAY)),
    };
    let at = moment(due_at, now, zone);
    let mut spans = vec![bold(match limit {
        Limit::Review => format!("Review was due {at}{late}."),
        Limit::Resolve => format!("Answer was due {at}{late}."),
    })];
    spans.extend(told.iter().flat_map(|it| [plain(" "), it.clone()]));
    let on_duty = if on_duty.is_empty() { "nobody".to_owned() } else { on_duty.join(", ") };
    spans.push(plain(format!(" · on duty: {on_duty}")));
    Message::of(spans)
}

fn days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn addressed(headline: String, agent: Option<Span>, rest: &str) -> Message {
    let agents: Vec<Span> = agent.into_iter().collect();
    called(headline, &agents, rest)
}

/// A headline, and what these people are asked to do; without them the request alone.
fn called(headline: String, people: &[Span], rest: &str) -> Message {
    let mut spans = vec![bold(headline), plain(" ")];
    for (at, person) in people.iter().enumerate() {
        spans.extend([person.clone(), plain(if at + 1 < people.len() { " " } else { ", " })]);
    }
    // What follows nobody's name and a full stop begins a sentence.
    let begins = people.is_empty() && spans[0].text().ends_with('.');
    spans.push(plain(if begins { capitalized(rest) } else { rest.to_owned() }));
    Message::of(spans)
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::super::comment::{Body, Labels, read};
    use super::super::LONGEST;
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn person(name: &str) -> Span {
        Span::Mention { user_id: 7, name: name.to_owned(), email: String::new(), slack: None }
    }

    fn now(time: &str) -> (Timestamp, &'static TimeZone) {
        (at(time), Box::leak(Box::new(TimeZone::get("Europe/London").unwrap())))
    }

    fn text(messages: &[Message]) -> String {
        for message in messages {
            assert!(message.length() <= LONGEST);
            assert!(
                !read(Body::Html(&message.html()), &Labels::shipped()).is_complete(),
                "it is no escalation comment"
            );
        }
        messages.iter().map(Message::text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_agent_hears_what_the_shift_lead_did() {
        let (dana, sam) = (Some("Dana Whitfield"), || Some(person("Sam Okafor")));
        assert_snapshot!(text(&[
            reviewed(dana, What::Comment(Says::Asks), sam()),
            reviewed(dana, What::Comment(Says::Decides), sam()),
            reviewed(None, What::Message, None),
            decided(State::AgentToFinish, dana, sam()),
            decided(State::ReadyToClose, dana, sam()),
            decided(State::AgentToFinish, None, None),
        ]), @r"
        Reviewed by Dana Whitfield: @Sam Okafor, please answer their question in a comment on the ticket.
        Reviewed by Dana Whitfield: @Sam Okafor, please read their comment on the ticket.
        Reviewed by the Shift Lead: they wrote to the customer; please read along.
        Yours to finish. Dana Whitfield has decided: @Sam Okafor, please send the customer the final reply, clear Escalation Type and close the ticket.
        Ready to close. Dana Whitfield settled it with the customer: @Sam Okafor, please clear Escalation Type and close the ticket.
        Yours to finish. The Shift Lead has decided: please send the customer the final reply, clear Escalation Type and close the ticket.
        ");
    }

    #[test]
    fn the_shift_lead_is_reminded() {
        let leads = [person("Dana Whitfield"), person("Lee Marsh")];
        let done = Forgotten::Done { issue: "TECH-123", status: "Done" };
        let since = at("2026-06-09T08:43:00Z");
        assert_snapshot!(text(&[
            reminder(Forgotten::NoIssue, since, &leads[..1], now("2026-06-10T08:43:00Z")),
            reminder(done, since, &leads, now("2026-06-09T18:43:00Z")),
            reminder(done, since, &[], now("2026-06-10T08:43:00Z")),
        ]), @r#"
        In Tech without a Jira issue since 9 June 09:43. @Dana Whitfield, please create the issue and write its key into Jira Reference, or set Escalation Type back to Shift Lead.
        TECH-123 is "Done" since 09:43, and the ticket is still open. @Dana Whitfield @Lee Marsh, please tell the agent in a comment how to answer the customer, or answer and comment "ready to close".
        TECH-123 is "Done" since 9 June 09:43, and the ticket is still open. Please tell the agent in a comment how to answer the customer, or answer and comment "ready to close".
        "#);
    }

    #[test]
    fn the_shift_lead_is_warned_and_more_people_hear_that_it_is_late() {
        let (dana, lee) = (person("Dana Whitfield"), person("Lee Marsh"));
        let due = at("2026-06-10T08:43:00Z");
        let told = [dana.clone(), lee];
        let warned = [dana];
        assert_snapshot!(text(&[
            warning(Limit::Review, due, &warned, now("2026-06-10T08:13:00Z")),
            warning(Limit::Resolve, due, &warned, now("2026-06-09T08:43:01Z")),
            warning(Limit::Resolve, due, &[], now("2026-06-09T08:43:00Z")),
            breach(Limit::Review, due, (&told, &["Dana Whitfield"]), now("2026-06-10T08:43:59Z")),
            breach(Limit::Review, due, (&told, &["Dana Whitfield", "Kim"]), now("2026-06-10T10:48:00Z")),
            breach(Limit::Resolve, due, (&told[..1], &[]), now("2026-06-11T08:43:00Z")),
            breach(Limit::Resolve, due, (&[], &[]), now("2026-06-15T08:43:00Z")),
        ]), @r"
        Review due in 30 min (09:43), not looked at yet. @Dana Whitfield
        Answer due in 23 h 59 min (tomorrow 09:43). @Dana Whitfield
        Answer due tomorrow 09:43.
        Review was due 09:43. @Dana Whitfield @Lee Marsh · on duty: Dana Whitfield
        Review was due 09:43, 2 h 05 min late. @Dana Whitfield @Lee Marsh · on duty: Dana Whitfield, Kim
        Answer was due 10 June 09:43, 1 day late. @Dana Whitfield · on duty: nobody
        Answer was due 10 June 09:43, 5 days late. · on duty: nobody
        ");
    }
}
