//! Which criteria hold, and what to do about each other one.

use super::super::super::closure::{But, Missing, Since, Unread, Untold};
use super::super::super::comment::OPEN_MARK;
use super::super::super::message::{Message, Span, bold, plain};
use super::{Scene, cut};

/// "two things are missing".
pub(super) fn count(missing: &[Missing]) -> &'static str {
    match missing.len() {
        1 => "one thing is missing",
        2 => "two things are missing",
        _ => "three things are missing",
    }
}

/// A line of what holds, and one for each other criterion.
pub(super) fn list(message: &mut Message, missing: &[Missing], scene: &Scene<'_>) {
    let is_untold = missing.iter().any(|it| matches!(it, Missing::NotCommunicated(_)));
    let all = [
        (is_untold, "✔ Customer told"),
        (missing.contains(&Missing::TypeNotCleared), "✔ Escalation Type cleared"),
        (missing.contains(&Missing::NotClosed), "✔ Closed"),
    ];
    let hold: Vec<_> = all.into_iter().filter(|it| !it.0).map(|it| it.1).collect();
    if !hold.is_empty() {
        message.paragraph([plain(hold.join(" "))]);
    }
    for missing in missing {
        message.paragraph(lacking(*missing, scene));
    }
}

/// What is missing, and what to do about it.
pub(super) fn lacking(missing: Missing, scene: &Scene<'_>) -> Vec<Span> {
    let what = label(missing);
    let rest = match missing {
        Missing::NotCommunicated(untold) => format!(": {} {}", scene.untold(untold), to_tell(untold)),
        Missing::TypeNotCleared => ". Clear it if the escalation is over.".to_owned(),
        Missing::NotClosed => ". Move it to a closed stage.".to_owned(),
    };
    vec![plain(format!("{OPEN_MARK} ")), bold(what), plain(rest)]
}

fn to_tell(untold: Untold) -> &'static str {
    match untold.since {
        _ if untold.but == Some(But::NoReason) => "Write it there, or send the reply.",
        _ if matches!(untold.but, Some(But::Unreadable(_))) => "If they were told, set \"Resolution communicated?\".",
        Some(_) => "Send the reply, or set \"Resolution communicated?\" if you told them by phone.",
        None => "Ask for the answer, or set \"Resolution communicated?\" if they were told.",
    }
}

/// What we may not read.
pub(super) fn unread(unread: Unread) -> &'static str {
    match unread {
        Unread::Conversations => "conversations",
        Unread::Calls => "calls",
        Unread::Emails => "e-mails",
        Unread::TextMessages => "text messages",
    }
}

fn label(missing: Missing) -> &'static str {
    match missing {
        Missing::NotCommunicated(_) => "customer not told",
        Missing::TypeNotCleared => "Escalation Type still set",
        Missing::NotClosed => "ticket still open",
    }
}

/// "customer not told, ticket still open".
pub(super) fn in_short(missing: &[Missing]) -> String {
    missing.iter().map(|it| label(*it)).collect::<Vec<_>>().join(", ")
}

impl Scene<'_> {
    fn issue(&self) -> String {
        self.issue.map_or_else(|| "the Jira issue".to_owned(), cut)
    }

    /// "Dana's answer (10:12)".
    fn since(&self, since: Since) -> String {
        let at = self.moment(since.at());
        match (since, self.lead) {
            (Since::JiraDone(_), _) => format!("{} was done ({at})", self.issue()),
            (Since::Review(_), Some(lead)) => format!("{}'s answer ({at})", cut(lead)),
            (Since::Review(_), None) => format!("the Shift Lead's answer ({at})"),
        }
    }

    fn untold(&self, untold: Untold) -> String {
        if let Some(But::Unreadable(what)) = untold.but {
            return format!("I may not read this ticket's {}, so I cannot see it.", unread(what));
        }
        let lack = match untold.since {
            Some(since) => format!("no outgoing message since {}.", self.since(since)),
            None => "no Shift Lead has answered yet.".to_owned(),
        };
        let but = match untold.but {
            None | Some(But::Unreadable(_)) => String::new(),
            Some(But::NoReason) => " \"Customer unreachable\" counts with a reason in \"Why the customer was not \
                                    reached\": when and how was it tried?"
                .into(),
            Some(But::Automatic(at)) => format!(" The message of {} was automatic.", self.moment(at)),
            Some(But::Undelivered(at)) => format!(" The message of {} was not delivered.", self.moment(at)),
            Some(But::NotConnected(at)) => format!(" The call of {} did not connect.", self.moment(at)),
            Some(But::NoOutcome(at)) => {
                format!(" The call of {} has no outcome: choose it if you spoke with them.", self.moment(at))
            }
            Some(But::EarlierWord) => {
                " \"Resolution communicated?\" is from an earlier escalation: empty it and set it again.".into()
            }
        };
        format!("{lack}{but}")
    }
}
