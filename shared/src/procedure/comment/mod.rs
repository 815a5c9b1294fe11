//! The five points in a support agent's internal comment.
//!
//! Reading is pure and takes time and memory proportional to the text, whatever the text. What our
//! own messages say is never an answer: a line that begins with [`OPEN_MARK`] and says what a point
//! lacks, or that ends with [`SIGNATURE`], belongs to one of them.

mod element;
mod hint;
mod html;
mod label;
mod letters;
mod line;
mod marks;
mod middle;
mod page;
mod point;
mod prompt;
mod quoted;
mod reader;
mod script;
mod slip;
mod status;
mod table;
mod tag;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;

pub use hint::Hint;
pub use label::Labels;
pub use point::Point;
pub use status::Status;

pub use reader::{NOT_FOUND, OPEN_MARK, SAYS, SIGNATURE};

use page::Page;

/// Text beyond this many bytes is not read; HubSpot keeps
/// [65,536 characters](https://developers.hubspot.com/docs/api-reference/crm-notes-v3/guide) of a note.
pub const LONGEST: usize = 256 * 1024;

/// This many letters without a label are a story told without the headings.
const PROSE: usize = 60;

/// A comment as its author left it.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// A note's body or a comment's rich text.
    Html(&'a str),
    /// Plain text.
    Text(&'a str),
}

/// A colleague who was spoken to with `@` so that HubSpot told them.
#[derive(Clone, PartialEq, Eq)]
pub struct Mention {
    /// HubSpot's id of the user.
    pub user_id: Option<String>,
    /// HubSpot's id of the owner.
    pub owner_id: Option<String>,
    /// The name, without the `@`.
    pub name: String,
}

impl Mention {
    /// The user's id, or the owner's where there is no other.
    pub fn id(&self) -> Option<&str> {
        self.user_id.as_deref().or(self.owner_id.as_deref())
    }

    fn fill(&mut self, other: Self) {
        self.user_id = self.user_id.take().or(other.user_id);
        self.owner_id = self.owner_id.take().or(other.owner_id);
        if self.name.is_empty() {
            self.name = other.name;
        }
    }
}

/// People's names stay out of logs.
impl fmt::Debug for Mention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mention")
            .field("user_id", &self.user_id)
            .field("owner_id", &self.owner_id)
            .finish_non_exhaustive()
    }
}

/// What a comment says about one point.
#[derive(Clone, PartialEq, Eq, Default)]
pub enum Answer {
    /// The label does not occur.
    #[default]
    Missing,
    /// The label is there, an answer is not; what was found in its place, such as `none`.
    Empty(String),
    /// The answer, as one line of text.
    Given(String),
}

impl Answer {
    fn add(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Given(text), Self::Given(more)) => {
                text.push(' ');
                text.push_str(more);
            }
            (_, Self::Missing) | (Self::Given(_), Self::Empty(_)) => {}
            (Self::Empty(found), Self::Empty(_)) if !found.is_empty() => {}
            _ => *self = other.clone(),
        }
    }
}

/// Customers' words stay out of logs.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("Missing"),
            Self::Empty(found) => write!(f, "Empty({} bytes)", found.len()),
            Self::Given(text) => write!(f, "Given({} bytes)", text.len()),
        }
    }
}

/// Why a point does not count.
#[derive(Clone, PartialEq, Eq)]
pub enum Problem {
    /// The label was not found.
    Missing(Point),
    /// The label stands there without an answer.
    Empty {
        /// Whose label.
        point: Point,
        /// What stands there instead, perhaps nothing.
        found: String,
    },
}

impl Problem {
    /// The point it is about.
    pub fn point(&self) -> Point {
        match self {
            Self::Missing(point) | Self::Empty { point, .. } => *point,
        }
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(point) => write!(f, "Missing({point})"),
            Self::Empty { point, found } => write!(f, "Empty({point}, {} bytes)", found.len()),
        }
    }
}

/// A comment, read.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Comment {
    answers: [Answer; 5],
    mentions: Vec<Mention>,
    typed_mentions: Vec<String>,
    letters: usize,
}

impl fmt::Debug for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comment")
            .field("answers", &self.answers)
            .field("mentions", &self.mentions)
            .finish_non_exhaustive()
    }
}

/// Reads a comment. Whatever the text, this returns: what cannot be understood is no answer.
pub fn read(body: Body<'_>, labels: &Labels) -> Comment {
    let (page, mentions) = page(body);
    let read = reader::read(&page, labels);
    Comment { answers: read.answers, mentions, typed_mentions: read.typed_mentions, letters: read.letters }
}

/// The text as a person reads it, a line a line; what is hidden or struck out is left out.
pub fn text(body: Body<'_>) -> String {
    page(body).0.text
}

fn page(body: Body<'_>) -> (Page, Vec<Mention>) {
    match body {
        Body::Html(html) => html::read(bounded(html)),
        Body::Text(text) => (Page::of_text(bounded(text)), Vec::new()),
    }
}

fn bounded(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

impl Comment {
    /// What the comment says about a point.
    pub fn answer(&self, point: Point) -> &Answer {
        &self.answers[point as usize]
    }

    /// The answer's text, where one is given.
    pub fn text(&self, point: Point) -> Option<&str> {
        match self.answer(point) {
            Answer::Given(text) => Some(text),
            Answer::Missing | Answer::Empty(_) => None,
        }
    }

    /// Whom HubSpot told, each once, in the order of the text.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Names typed as `@Name`, which told nobody.
    pub fn typed_mentions(&self) -> &[String] {
        &self.typed_mentions
    }

    /// Every point that does not count, and why, in the order of the procedure.
    pub fn problems(&self) -> Vec<Problem> {
        let problem = |point| match self.answer(point) {
            Answer::Missing => Some(Problem::Missing(point)),
            Answer::Empty(found) => Some(Problem::Empty { point, found: found.clone() }),
            Answer::Given(_) => None,
        };
        Point::ALL.into_iter().filter_map(problem).collect()
    }

    /// What could be better: thin answers first, then what the issue leaves open. A message shows
    /// the first two.
    pub fn hints(&self) -> Vec<Hint> {
        let thin = |&point: &Point| self.text(point).is_some_and(hint::is_thin);
        let mut hints: Vec<Hint> = Point::ALL.into_iter().filter(thin).map(Hint::Thin).collect();
        hints.extend(self.text(Point::Issue).map(hint::questions).unwrap_or_default());
        hints
    }

    /// How many points are answered.
    pub fn points(&self) -> usize {
        Point::ALL.into_iter().filter(|&point| self.text(point).is_some()).count()
    }

    /// Whether all five points are answered.
    pub fn is_complete(&self) -> bool {
        self.points() == Point::ALL.len()
    }

    /// Whether at least one point is answered.
    pub fn has_any_point(&self) -> bool {
        self.points() > 0
    }

    /// Whether at least one label occurs, answered or not.
    pub fn has_any_label(&self) -> bool {
        self.answers.iter().any(|answer| *answer != Answer::Missing)
    }

    /// Whether the comment tells its story without a single label.
    pub fn is_prose(&self) -> bool {
        self.letters >= PROSE && !self.has_any_label()
    }

    /// One comment of this and a later one: answers are joined, an empty one erases nothing.
    pub fn join(&mut self, later: &Self) {
        for (answer, more) in self.answers.iter_mut().zip(&later.answers) {
            answer.add(more);
        }
        self.add_mentions(later);
        self.letters += later.letters;
    }

    /// Takes over who is mentioned in a later comment.
    pub fn add_mentions(&mut self, later: &Self) {
        for mention in &later.mentions {
            if !self.mentions.contains(mention) {
                self.mentions.push(mention.clone());
            }
        }
        for name in &later.typed_mentions {
            if !self.typed_mentions.contains(name) {
                self.typed_mentions.push(name.clone());
            }
        }
    }
}
