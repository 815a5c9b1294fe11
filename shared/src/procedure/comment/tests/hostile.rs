//! Whatever the text: no panic, and no more output than input explains. That the work grows with the
//! text and not with its square shows in `cargo bench -p sandbox --bench requests`.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Pieces that, many times over and in any order, have hurt parsers.
const PIECES: [&str; 96] = [
    "&",
    "&amp",
    "&#58;",
    "&#x3a",
    "&nGt;",
    "&lt;",
    "<",
    "<!--",
    "-->",
    "<!",
    "<?xml",
    "</",
    ">",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<p>",
    "</p>",
    "<p",
    "<div>",
    "</div>",
    "<div hidden>",
    "<br>",
    "<BR/>",
    "<li>",
    "<ul>",
    "</ul>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th>",
    "</td>",
    "<dl><dt>",
    "<dd>",
    "<s>",
    "</s>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<style>",
    "<title>",
    "<textarea>",
    "<svg>",
    "<o:p>",
    "<span style='display:none'>",
    "<span style=\"white-space:pre\">",
    "</span>",
    "<strong data-at-mention data-user-id=\"1\">",
    "<a data-owner-id=2>",
    "@Priya Nair",
    "</strong>",
    "<a b='",
    "\"",
    "“",
    "”",
    "Issue",
    "Issue:",
    "Investigated",
    "Action Taken -",
    "blocker：",
    "Required to Resolve:",
    "Needed to x:",
    "Blcoker:",
    "Issue/Blocker:",
    ":",
    "=",
    "|",
    "\t",
    "\n",
    "\r\n",
    "> ",
    "-- \n",
    "--\n",
    "On 1 June Jo wrote:\n",
    "From: Jo\n",
    "(",
    ")",
    "[",
    "]",
    "*",
    "_",
    ":a:",
    "1. ",
    "None.",
    "see above",
    "🔥",
    "\u{200b}",
    "\u{202e}",
    "é",
    "權",
    "word ",
];

#[track_caller]
fn bounded(text: &str) {
    for body in [Body::Html(text), Body::Text(text)] {
        let comment = read(body, &Labels::shipped());
        let written: usize = Point::ALL.into_iter().filter_map(|point| comment.text(point)).map(str::len).sum();
        let named: usize = comment.mentions().iter().map(|it| it.name.len()).sum();
        // A heading that names all five gives its text to each; an entity is shorter than its sign at most by half.
        assert!(written <= 10 * text.len() && named <= 2 * text.len());
        assert!(comment.typed_mentions().len() <= 20);
        assert_eq!(comment.is_complete(), comment.problems().is_empty());
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        bounded(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in vec(any::<u8>(), 0..400)) {
        bounded(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_tag_soup_is_read(pieces in vec(select(&PIECES[..]), 0..120)) {
        bounded(&pieces.concat());
    }

    #[test]
    fn a_complete_comment_stays_complete_behind_any_line_of_words(words in "[a-z ]{0,60}") {
        let text = format!("{words}\nIssue: Aa bb\nInvestigated: Bb cc\nAction Taken: Cc dd\nBlocker: Dd ee\nRequired to Resolve: Ee ff");
        is_a_to_e(of_text(&text));
    }
}

/// The whole of a hostile body of 64 KB is still read: the labels after it are found.
#[test]
fn labels_behind_a_hostile_beginning_are_found() {
    for piece in
        ["&", "<b>", "<div>", "</p>", "</i>", "<b></i>", "a:", "Issxe:", "(", "<li>", "<br>", "x\n", "*", "<p a=b>"]
    {
        let html = format!("<p>{}</p></p></div><p>Blocker: Dd ee</p>", piece.repeat(60_000 / piece.len()));
        assert_eq!(of_html(&html).text(Point::Blocker), Some("Dd ee"), "{piece}");
    }
    let attributes: String = (0..16_000).map(|n| format!(" a{n}")).collect();
    check(of_html(&format!("<p{attributes} hidden>gone</p><p>Blocker: Dd ee")), &[A_TO_E[3]]);
}

#[test]
fn what_is_too_long_is_read_up_to_a_bound() {
    let filler = "x\n".repeat(LONGEST / 2);
    let comment = of_text(&format!("Issue: Aa bb\nBlocker:\n{filler}Investigated: Bb cc"));
    assert_eq!(comment.text(Point::Issue), Some("Aa bb"));
    assert_eq!(*comment.answer(Point::Investigated), Answer::Missing);
    let lines = "line\n".repeat(5_000);
    assert_eq!(of_text(&format!("{lines}Issue: Aa bb")).text(Point::Issue), Some("Aa bb"));
    // The bound falls inside of a character.
    assert!(!of_text(&"權".repeat(LONGEST)).has_any_point());
}
