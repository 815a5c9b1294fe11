//! Comments in the hands of many agents, and the labelled rows.

mod agents;
mod corpus;
mod hostile;
mod rules;

use super::*;

/// What a comment says, one line a point, as `issue: text`, `blocker! found` for an empty one;
/// nothing for a missing one.
fn shown(comment: &Comment) -> String {
    let line = |point: Point| match comment.answer(point) {
        Answer::Missing => None,
        Answer::Empty(found) => Some(format!("{point}! {found}").trim_end().to_owned()),
        Answer::Given(text) => Some(format!("{point}: {text}")),
    };
    Point::ALL.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn of_text(text: &str) -> Comment {
    read(Body::Text(text), &Labels::shipped())
}

fn of_html(html: &str) -> Comment {
    read(Body::Html(html), &Labels::shipped())
}

#[track_caller]
fn check(comment: Comment, expected: &[&str]) {
    assert_eq!(shown(&comment), expected.join("\n"));
}

/// The five answers `a` to `e`, as most tests write them.
const A_TO_E: [&str; 5] =
    ["issue: Aa bb", "investigated: Bb cc", "action_taken: Cc dd", "blocker: Dd ee", "required_to_resolve: Ee ff"];

/// A text in which every point is answered with its two words.
#[track_caller]
fn is_a_to_e(comment: Comment) {
    check(comment, &A_TO_E);
}
