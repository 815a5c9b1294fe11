//! The queries our clients may send: `project = TECH AND labels = "x" ORDER BY created ASC`, and
//! `IN` in place of `=`. [JQL](https://support.atlassian.com/jira-software-cloud/docs/what-is-advanced-search-in-jira-cloud/)
//! has much more, and what is not here is refused.

use super::refusal;
use super::site::{Indexed, Site, Stored};
use crate::world::call::Answer;

/// What a search asks for: each of its conditions holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Query {
    conditions: Vec<Condition>,
    newest_first: bool,
    is_ordered: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Condition {
    Project(Vec<u64>),
    Labels(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A word, or what stood in quotation marks.
    Word {
        text: String,
        quoted: bool,
    },
    Sign(char),
}

impl Query {
    /// Whether the index's entry of an issue is meant.
    pub fn fits(&self, entry: &Indexed) -> bool {
        self.conditions.iter().all(|it| match it {
            Condition::Project(ids) => ids.contains(&entry.project),
            // Labels are told apart by case.
            Condition::Labels(labels) => labels.iter().any(|it| entry.labels.contains(it)),
        })
    }

    /// In the order that was asked for, else the newest first.
    pub fn sort(&self, found: &mut [&Stored]) {
        found.sort_by_key(|it| (it.created, it.id));
        if self.newest_first || !self.is_ordered {
            found.reverse();
        }
    }
}

/// Reads a query, or refuses it in Jira's words
/// ([extensions 21425](https://github.com/raycast/extensions/issues/21425),
/// [integrations 38](https://github.com/JupiterOne/integrations/issues/38)).
pub fn parse(jql: &str, site: &Site) -> Result<Query, Answer> {
    let mut reader = Reader { tokens: tokens(jql)?, at: 0 };
    let mut query = Query { conditions: Vec::new(), newest_first: false, is_ordered: false };
    while !reader.is_over() && !reader.takes("order") {
        if !query.conditions.is_empty() && !reader.takes("and") {
            return Err(wrong(&format!("Expecting either 'OR' or 'AND' but got '{}'.", reader.shown())));
        }
        query.conditions.push(reader.condition(site)?);
    }
    if reader.at > 0 && reader.tokens[reader.at - 1].is("order") {
        reader.order(&mut query)?;
    }
    if query.conditions.is_empty() {
        let sentence = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.";
        return Err(refusal::say(400, sentence));
    }
    Ok(query)
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn is_over(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The next token as an error shows it.
    fn shown(&self) -> String {
        match self.tokens.get(self.at) {
            None => "EOF".to_owned(),
            Some(Token::Word { text, .. }) => text.clone(),
            Some(Token::Sign(sign)) => sign.to_string(),
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|it| it.is(word));
        self.at += usize::from(found);
        found
    }

    fn takes_sign(&mut self, sign: char) -> bool {
        let found = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn word(&mut self) -> Result<(String, bool), Answer> {
        match self.tokens.get(self.at).cloned() {
            Some(Token::Word { text, quoted }) => {
                self.at += 1;
                Ok((text, quoted))
            }
            _ => Err(wrong(&format!("Expecting either a value, list or function but got '{}'.", self.shown()))),
        }
    }

    fn condition(&mut self, site: &Site) -> Result<Condition, Answer> {
        let (field, _) = self.word()?;
        let values = self.values()?;
        match field.to_ascii_lowercase().as_str() {
            "project" => values.iter().map(|it| project(it, site)).collect::<Result<_, _>>().map(Condition::Project),
            "labels" => Ok(Condition::Labels(values)),
            _ => {
                let sentence = format!("Field '{field}' does not exist or you do not have permission to view it.");
                Err(refusal::say(400, &sentence))
            }
        }
    }

    /// `= value` or `IN (value, …)`.
    fn values(&mut self) -> Result<Vec<String>, Answer> {
        if self.takes_sign('=') {
            return Ok(vec![self.value()?]);
        }
        if !self.takes("in") {
            let sentence = format!(
                "Expecting operator but got '{}'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', \
                 'IN', 'NOT IN', 'IS' and 'IS NOT'.",
                self.shown()
            );
            return Err(wrong(&sentence));
        }
        if !self.takes_sign('(') {
            return Err(wrong(&format!("Expecting '(' but got '{}'.", self.shown())));
        }
        let mut values = vec![self.value()?];
        while self.takes_sign(',') {
            values.push(self.value()?);
        }
        match self.takes_sign(')') {
            true => Ok(values),
            false => Err(wrong(&format!("Expecting ')' but got '{}'.", self.shown()))),
        }
    }

    /// A word that means something in JQL is a value in quotation marks only.
    fn value(&mut self) -> Result<String, Answer> {
        const RESERVED: [&str; 10] = ["and", "or", "not", "in", "is", "order", "by", "asc", "desc", "empty"];
        let (text, quoted) = self.word()?;
        match !quoted && RESERVED.contains(&text.to_ascii_lowercase().as_str()) {
            true => {
                let sentence = format!(
                    "'{text}' is a reserved JQL word. You must surround it in quotation marks to use it in a query."
                );
                Err(wrong(&sentence))
            }
            false => Ok(text),
        }
    }

    fn order(&mut self, query: &mut Query) -> Result<(), Answer> {
        if !self.takes("by") {
            return Err(wrong(&format!("Expecting 'by' but got '{}'.", self.shown())));
        }
        let (field, _) = self.word()?;
        if !["created", "id"].contains(&field.to_ascii_lowercase().as_str()) {
            return Err(refusal::say(400, &format!("Not able to sort using field '{field}'.")));
        }
        query.is_ordered = true;
        query.newest_first = self.takes("desc");
        let _ascending = !query.newest_first && self.takes("asc");
        match self.is_over() {
            true => Ok(()),
            false => Err(wrong(&format!("Expecting end of query but got '{}'.", self.shown()))),
        }
    }
}

impl Token {
    fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word { text, quoted: false } if text.eq_ignore_ascii_case(word))
    }
}

/// By key, name or id.
fn project(name: &str, site: &Site) -> Result<u64, Answer> {
    let named = |it: &&super::project::Project| it.name.eq_ignore_ascii_case(name);
    let found = site.project(&name.to_ascii_uppercase()).or_else(|| site.projects.iter().find(named));
    let found = found.and_then(|it| site.project(&it.key)).filter(|it| !it.archived);
    let sentence = format!("The value '{name}' does not exist for the field 'project'.");
    found.map(|it| it.id).ok_or_else(|| refusal::say(400, &sentence))
}

fn wrong(what: &str) -> Answer {
    refusal::say(400, &format!("Error in the JQL Query: {what}"))
}

fn tokens(jql: &str) -> Result<Vec<Token>, Answer> {
    let mut tokens = Vec::new();
    let mut rest = jql.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            it if it.is_whitespace() => {}
            '=' | '(' | ')' | ',' => tokens.push(Token::Sign(next)),
            '"' | '\'' => tokens.push(Token::Word { text: quoted(next, &mut rest)?, quoted: true }),
            it if is_plain(it) => {
                let mut text = String::from(it);
                while let Some(more) = rest.next_if(|it| is_plain(*it)) {
                    text.push(more);
                }
                tokens.push(Token::Word { text, quoted: false });
            }
            other => {
                let sentence = format!(
                    "The character '{other}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u{:04x}' instead.",
                    u32::from(other)
                );
                return Err(wrong(&sentence));
            }
        }
    }
    Ok(tokens)
}

fn is_plain(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '-' | '_' | '.')
}

/// What stands until the closing mark, its escapes undone.
fn quoted(mark: char, rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<String, Answer> {
    let mut text = String::new();
    while let Some(next) = rest.next() {
        match next {
            it if it == mark => return Ok(text),
            '\n' | '\r' => return Err(wrong("A line break in a quoted string must be written as an escape.")),
            '\\' => text.push(escaped(rest)?),
            it => text.push(it),
        }
    }
    Err(wrong(&format!("The quoted string '{text}' has not been completed.")))
}

fn escaped(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<char, Answer> {
    let illegal = |it: char| {
        wrong(&format!(
            "'\\{it}' is an illegal JQL escape sequence. The valid escape sequences are \\', \\\", \\t, \\n, \\r, \\\\, '\\ ' \
             and \\uXXXX."
        ))
    };
    match rest.next() {
        Some(it @ ('"' | '\'' | '\\' | ' ')) => Ok(it),
        Some('t') => Ok('\t'),
        Some('n') => Ok('\n'),
        Some('r') => Ok('\r'),
        Some('u') => {
            let digits: String = rest.by_ref().take(4).collect();
            let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4);
            code.and_then(char::from_u32).ok_or_else(|| illegal('u'))
        }
        other => Err(illegal(other.unwrap_or(' '))),
    }
}
