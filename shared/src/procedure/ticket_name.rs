//! Whether a ticket's name says who is affected and by what: `Escalation - <customer> - <issue>`.

mod known;
mod opening;
mod prompt;
mod split;

#[cfg(test)]
mod tests;

use super::characters::{is_blank, is_dash, is_invisible};
use known::Known;
use opening::{Opening, Word};

/// The longest issue that still reads at a glance, in characters.
const BRIEF: usize = 80;

/// What HubSpot knows about the ticket's customer. Any of these names is the right one.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Names of the associated companies, the primary one first.
    pub companies: Vec<String>,
    /// Full names of the associated contacts.
    pub contacts: Vec<String>,
}

/// What the name says, and what is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Whether the name may stay.
    pub status: Status,
    /// Who is affected, where the name says so.
    pub customer: Option<String>,
    /// What is wrong, where the name says so.
    pub issue: Option<String>,
    /// The one correct name, where it can be derived without guessing.
    pub normalised: Option<String>,
    /// Everything that keeps the name from being correct, in the order of [`Reason::ALL`].
    pub reasons: Vec<Reason>,
    /// What a person may want to look at; never blocks.
    pub warnings: Vec<Warning>,
    /// A name to offer to a person. For an invalid name it may rest on the association.
    pub suggestion: Option<String>,
}

/// Whether a name may stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Exactly `Escalation - <customer> - <issue>`.
    Ok,
    /// One correct name follows from it.
    Fixable,
    /// Something is missing that only a person knows.
    Invalid,
}

/// Why a name is not correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A typographic or doubled dash where a hyphen belongs.
    DashStyle,
    /// The word Escalation in other letters.
    PrefixCase,
    /// Doubled, exotic or invisible blanks.
    Whitespace,
    /// Another mark than a hyphen, or none of the spaces around it.
    Separator,
    /// What a mail program puts before a subject.
    MailPrefix,
    /// An emoji, a tag or another sign before the prefix.
    LeadingSymbol,
    /// The name does not begin with the word Escalation.
    MissingPrefix,
    /// Nobody is named.
    MissingCustomer,
    /// Nothing is said to be wrong.
    MissingIssue,
    /// The template's prompt instead of a customer.
    PlaceholderCustomer,
    /// The template's prompt instead of an issue.
    PlaceholderIssue,
}

/// What a person may want to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The customer is neither an associated company nor an associated contact.
    CustomerMismatch,
    /// The issue is longer than can be read at a glance.
    IssueNotBrief,
}

/// Reads a ticket's name. Takes time linear in its length.
pub fn check(name: &str, context: &Context) -> Check {
    let known = Known::new(context);
    let opening = opening::read(name);
    let core = &name[opening.start..];
    let line = tidy(core);
    let Some(parts) = split::parts(opening.unquoted(&line), &opening, &known) else {
        return without_prefix(name, &opening, &known);
    };

    let mut faults = Vec::new();
    if matches!(parts.word, Word::Kin | Word::Short) {
        faults.push(Reason::MissingPrefix);
    }
    let customer = prompt::CUSTOMER.filled(parts.customer, &known).map_err(|it| faults.push(it)).ok();
    let issue = prompt::ISSUE.filled(parts.issue, &known).map_err(|it| faults.push(it)).ok();
    if let ([], Some(customer), Some(issue)) = (&faults[..], &customer, &issue) {
        let mut slips = parts.slips;
        slips.extend(opening.slips());
        slips.extend((line != core).then_some(Reason::Whitespace));
        return correct(customer, issue, slips, &known);
    }
    let suggestion = suggest(customer.as_deref(), issue.as_deref(), &known);
    match parts.word {
        // An abbreviation is an informal tag, not the word: what follows it is only good for an offer.
        Word::Short => invalid(None, None, vec![Reason::MissingPrefix], suggestion, &known),
        _ => invalid(customer, issue, faults, suggestion, &known),
    }
}

fn correct(customer: &str, issue: &str, mut slips: Vec<Reason>, known: &Known) -> Check {
    slips.sort_unstable();
    slips.dedup();
    let normalised = compose(customer, issue);
    Check {
        status: if slips.is_empty() { Status::Ok } else { Status::Fixable },
        warnings: warnings(Some(customer), Some(issue), known),
        customer: Some(customer.to_owned()),
        issue: Some(issue.to_owned()),
        suggestion: (!slips.is_empty()).then(|| normalised.clone()),
        normalised: Some(normalised),
        reasons: slips,
    }
}

fn invalid(
    customer: Option<String>,
    issue: Option<String>,
    mut faults: Vec<Reason>,
    suggestion: Option<String>,
    known: &Known,
) -> Check {
    faults.sort_unstable();
    Check {
        status: Status::Invalid,
        warnings: warnings(customer.as_deref(), issue.as_deref(), known),
        customer,
        issue,
        normalised: None,
        reasons: faults,
        suggestion,
    }
}

/// A name that does not begin with the word: nothing in it is known to be a customer or an issue.
fn without_prefix(name: &str, opening: &Opening, known: &Known) -> Check {
    let mut faults = vec![Reason::MissingPrefix];
    if name[opening.start..].chars().all(|c| !c.is_alphanumeric()) {
        faults.extend([Reason::MissingCustomer, Reason::MissingIssue]);
    }
    let subject = tidy(&name[opening.subject..]);
    // A subject that speaks of an escalation already would read oddly behind the prefix.
    let offered = subject.chars().any(char::is_alphanumeric) && !subject.to_lowercase().contains("escalat");
    let suggestion = if offered { suggest(None, Some(&subject), known) } else { None };
    invalid(None, None, faults, suggestion, known)
}

fn suggest(customer: Option<&str>, issue: Option<&str>, known: &Known) -> Option<String> {
    Some(compose(customer.or(known.first())?, issue?))
}

fn warnings(customer: Option<&str>, issue: Option<&str>, known: &Known) -> Vec<Warning> {
    let mut warnings = Vec::new();
    warnings.extend(customer.is_some_and(|it| known.contradicts(it)).then_some(Warning::CustomerMismatch));
    warnings.extend(issue.is_some_and(|it| it.chars().count() > BRIEF).then_some(Warning::IssueNotBrief));
    warnings
}

fn compose(customer: &str, issue: &str) -> String {
    format!("Escalation - {customer} - {issue}")
}

/// The text with single plain spaces and nothing invisible. A joiner between two characters of a
/// script that needs it stays: it shapes a Persian word or an emoji.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if is_blank(c) {
            if !tidy.is_empty() && !tidy.ends_with(' ') {
                tidy.push(' ');
            }
        } else if !is_invisible(c)
            || (matches!(c, '\u{200c}' | '\u{200d}')
                && tidy.chars().next_back().is_some_and(joins)
                && characters.peek().copied().is_some_and(joins))
        {
            tidy.push(c);
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

fn joins(c: char) -> bool {
    !c.is_ascii() && !is_blank(c) && !is_dash(c) && !is_invisible(c)
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Ok, Self::Fixable, Self::Invalid];

    /// The name HubSpot stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Fixable => "fixable",
            Self::Invalid => "invalid",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Fixable => "Fixable",
            Self::Invalid => "Invalid",
        }
    }
}

impl Reason {
    /// Every reason, those that can be fixed first.
    pub const ALL: [Self; 11] = [
        Self::DashStyle,
        Self::PrefixCase,
        Self::Whitespace,
        Self::Separator,
        Self::MailPrefix,
        Self::LeadingSymbol,
        Self::MissingPrefix,
        Self::MissingCustomer,
        Self::MissingIssue,
        Self::PlaceholderCustomer,
        Self::PlaceholderIssue,
    ];

    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::DashStyle => "dash_style",
            Self::PrefixCase => "prefix_case",
            Self::Whitespace => "whitespace",
            Self::Separator => "separator",
            Self::MailPrefix => "mail_prefix",
            Self::LeadingSymbol => "leading_symbol",
            Self::MissingPrefix => "missing_prefix",
            Self::MissingCustomer => "missing_customer",
            Self::MissingIssue => "missing_issue",
            Self::PlaceholderCustomer => "placeholder_customer",
            Self::PlaceholderIssue => "placeholder_issue",
        }
    }
}

impl Warning {
    /// Every warning.
    pub const ALL: [Self; 2] = [Self::CustomerMismatch, Self::IssueNotBrief];

    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::CustomerMismatch => "customer_mismatch",
            Self::IssueNotBrief => "issue_not_brief",
        }
    }
}
