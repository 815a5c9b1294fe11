//! Which actions are asked about a ticket, by what happened on it and how it stands.
//!
//! | what happened | asked, in this order | where |
//! | --- | --- | --- |
//! | somebody wrote on it, or in its conversation | `validate-comment`, `assign-lane` | it is escalated |
//! | | `enforce-closure` | it is closed, and was escalated once |
//! | Escalation Type changed | `validate-comment`, `assign-lane`, as W1 | it is anything but Tech now |
//! | | `assign-lane`, `create-jira-issue`, as W2 | it is Tech now |
//! | | `assign-lane`, `enforce-closure`, as W5 | it is empty now, and the ticket was escalated once |
//! | stage, "is closed", "Resolution communicated?", its reason | `enforce-closure` | it was escalated once, and is closed or no longer escalated |
//! | Jira Reference changed | `create-jira-issue`, as W3 | it is escalated |
//! | deleted | `assign-lane`, `create-jira-issue`, `enforce-closure` | always: nothing is left to read |
//! | restored | `validate-comment`, `assign-lane`, `create-jira-issue` | it is escalated |
//! | others were merged into it | `validate-comment`, `assign-lane`, `create-jira-issue` | always |
//!
//! What we ourselves did is nothing that happened. Of several of these each action is asked once. How a
//! ticket stands is read anew, whatever the events say; and so does each action that is asked.

use std::collections::BTreeSet;

use super::hint::Reason;

const VALIDATE: &str = "validate-comment";
const ASSIGN: &str = "assign-lane";
const CREATE: &str = "create-jira-issue";
const ENFORCE: &str = "enforce-closure";

/// The order in which they are asked.
const ORDER: [&str; 4] = [VALIDATE, ASSIGN, CREATE, ENFORCE];

/// What Escalation Type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escalated {
    /// It is empty, or as good as that.
    No,
    /// To Tech.
    Tech,
    /// To anybody else.
    Yes,
}

/// How a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is deleted.
    Gone,
    /// It is there.
    There {
        /// Whether it is escalated.
        now: Escalated,
        /// Whether it is, or ever was.
        ever: bool,
        /// Whether it is closed, as far as the policy knows its stage.
        is_closed: Option<bool>,
    },
}

/// The actions to ask.
pub fn asked(reasons: &BTreeSet<Reason>, standing: Standing) -> Vec<&'static str> {
    let wanted: BTreeSet<&str> = reasons.iter().flat_map(|it| follow(*it, standing)).collect();
    ORDER.into_iter().filter(|it| wanted.contains(it)).collect()
}

fn follow(reason: Reason, standing: Standing) -> Vec<&'static str> {
    let (now, ever, is_closed) = match (reason, standing) {
        // Who deletes and who brings back may be told of in any order: the actions see which it is.
        (Reason::Deleted, _) => return vec![ASSIGN, CREATE, ENFORCE],
        (Reason::Merged, _) => return vec![VALIDATE, ASSIGN, CREATE],
        (_, Standing::Gone) => return Vec::new(),
        (_, Standing::There { now, ever, is_closed }) => (now, ever, is_closed),
    };
    let is_escalated = now != Escalated::No;
    let is_open = is_closed == Some(false);
    let is_closed = is_closed == Some(true);
    match reason {
        Reason::Written if is_escalated && is_closed => vec![VALIDATE, ASSIGN, ENFORCE],
        Reason::Written if is_escalated => vec![VALIDATE, ASSIGN],
        Reason::Written if ever && is_closed => vec![ENFORCE],
        Reason::Escalation if now == Escalated::Tech => vec![ASSIGN, CREATE],
        Reason::Escalation if is_escalated => vec![VALIDATE, ASSIGN],
        Reason::Escalation if ever => vec![ASSIGN, ENFORCE],
        // Nothing ends while it is escalated and open.
        Reason::Ending if ever && !(is_escalated && is_open) => vec![ENFORCE],
        Reason::Reference if is_escalated => vec![CREATE],
        Reason::Restored if is_escalated => vec![VALIDATE, ASSIGN, CREATE],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Standing = Standing::There { now: Escalated::Yes, ever: true, is_closed: Some(false) };
    const TECH: Standing = Standing::There { now: Escalated::Tech, ever: true, is_closed: Some(false) };
    const CLOSED: Standing = Standing::There { now: Escalated::Yes, ever: true, is_closed: Some(true) };
    const CLEARED: Standing = Standing::There { now: Escalated::No, ever: true, is_closed: Some(false) };
    const OVER: Standing = Standing::There { now: Escalated::No, ever: true, is_closed: Some(true) };
    const NEVER: Standing = Standing::There { now: Escalated::No, ever: false, is_closed: Some(true) };

    #[track_caller]
    fn check(reasons: &str, expected: [(Standing, &[&str]); 7]) {
        for (standing, expected) in expected {
            assert_eq!(asked(&Reason::list(reasons), standing), expected, "{reasons}, {standing:?}");
        }
    }

    /// The same actions wherever the ticket stands so.
    fn row<'a>(
        open: &'a [&'a str],
        tech: &'a [&'a str],
        closed: &'a [&'a str],
        cleared: &'a [&'a str],
        over: &'a [&'a str],
    ) -> [(Standing, &'a [&'a str]); 7] {
        let none: &[&str] = &[];
        [
            (OPEN, open),
            (TECH, tech),
            (CLOSED, closed),
            (CLEARED, cleared),
            (OVER, over),
            (NEVER, none),
            (Standing::Gone, none),
        ]
    }

    #[test]
    fn what_happened_is_a_matter_of_those_whom_it_concerns() {
        let (both, to_tech) = ([VALIDATE, ASSIGN], [ASSIGN, CREATE]);
        let (all, end) = ([VALIDATE, ASSIGN, ENFORCE], [ENFORCE]);
        check("written", row(&both, &both, &all, &[], &end));
        check("escalation", row(&both, &to_tech, &both, &[ASSIGN, ENFORCE], &[ASSIGN, ENFORCE]));
        check("ending", row(&[], &[], &end, &end, &end));
        check("reference", row(&[CREATE], &[CREATE], &[CREATE], &[], &[]));
        let whole = [VALIDATE, ASSIGN, CREATE];
        check("restored", row(&whole, &whole, &whole, &[], &[]));
        check("", row(&[], &[], &[], &[], &[]));
    }

    #[test]
    fn in_a_stage_that_the_policy_does_not_know_anything_may_end() {
        let unknown = Standing::There { now: Escalated::Yes, ever: true, is_closed: None };
        assert_eq!(asked(&Reason::list("ending"), unknown), [ENFORCE]);
        assert_eq!(asked(&Reason::list("written"), unknown), [VALIDATE, ASSIGN]);
    }

    #[test]
    fn what_is_gone_or_was_merged_is_asked_about_in_any_case() {
        for standing in [OPEN, TECH, CLOSED, CLEARED, OVER, NEVER, Standing::Gone] {
            assert_eq!(asked(&Reason::list("deleted"), standing), [ASSIGN, CREATE, ENFORCE]);
            assert_eq!(asked(&Reason::list("merged"), standing), [VALIDATE, ASSIGN, CREATE]);
        }
    }

    #[test]
    fn of_several_reasons_each_action_is_asked_once_and_in_order() {
        assert_eq!(asked(&Reason::list("ending;reference;written"), CLOSED), ORDER);
        assert_eq!(asked(&Reason::list("deleted;written"), OPEN), ORDER);
    }
}
