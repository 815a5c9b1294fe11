//! The contract's sentences, each from both sides.

use super::*;

/// What the Issue says, where the text is the value of an otherwise untouched comment.
#[track_caller]
fn counts(value: &str) {
    let comment = of_text(&format!("Blocker: {value}\nRequired to Resolve: ok then"));
    assert!(comment.text(Point::Blocker).is_some(), "`{value}` is an answer");
}

#[track_caller]
fn is_no_answer(value: &str) {
    let comment = of_text(&format!("Blocker: {value}\nRequired to Resolve: ok then"));
    assert!(matches!(comment.answer(Point::Blocker), Answer::Empty(_)), "`{value}` is no answer");
}

#[track_caller]
fn is_label(line: &str, point: Point) {
    let comment = of_text(&format!("{line} some answer"));
    assert_eq!(comment.text(point), Some("some answer"), "`{line}` is a label");
}

#[track_caller]
fn is_no_label(line: &str) {
    let comment = of_text(&format!("{line} some answer"));
    assert_eq!(shown(&comment), "", "`{line}` is no label");
}

#[test]
fn what_is_struck_hidden_or_quoted_is_not_read() {
    for removed in [
        "<s>Blocker: no</s>",
        "<del>Blocker: no</del>",
        "<strike><p>Blocker: no</p></strike>",
        "<blockquote>Blocker: no</blockquote>",
        "<blockquote><blockquote>x</blockquote>Blocker: no</blockquote>",
        "<b><blockquote>x</b><p>Blocker: no</p></blockquote>",
        "<script>document.write('<p>Blocker: no</p>')</script>",
        "<style>p{} <p>Blocker: no</p></style>",
        "<title>Blocker: no</title>",
        "<!-- <p>Blocker: no</p> -->",
        "<p style=\"color:red; DISPLAY : none !important\">Blocker: no</p>",
        "<p style='visibility:hidden'>Blocker: no</p>",
        "<p style=mso-hide:all>Blocker: no</p>",
        "<p style='font-size:0px'>Blocker: no</p>",
        "<p hidden>Blocker: no</p>",
        "<div hidden><div>x</div>Blocker: no</div>",
        "<span style='text-decoration:line-through'>Blocker: no</span>",
        "<div class=\"x gmail_quote\">Blocker: no</div>",
        "<div class=gmail_signature>Blocker: no</div>",
        "<div style='border:none;border-left:solid blue 1.5pt'>Blocker: no</div>",
        "<template><p>Blocker: no</p></template>",
    ] {
        check(of_html(&format!("<p>Issue: Aa bb</p>{removed}<p>Investigated: Bb cc</p>")), &A_TO_E[..2]);
    }
    for shown in [
        "<p style='display:block'>Blocker: Dd ee</p>",
        "<p style='font-size:10px'>Blocker: Dd ee</p>",
        "<ins>Blocker: Dd ee</ins>",
        "<p class=quote_of_the_day>Blocker: Dd ee</p>",
        "<td style='border-left:solid red'>Blocker: Dd ee</td>",
        "<div style='border-left:none'>Blocker: Dd ee</div>",
        "<div style='border-left:3px solid #ccc'>Blocker: Dd ee</div>",
        "<p hidden>gone<p>Blocker: Dd ee",
        "<ul><li hidden>gone<ul><li>gone</li></ul><li>Blocker: Dd ee</ul>",
        "<div><s>gone</div>Blocker: Dd ee",
        "<s><p>gone</s>Blocker: Dd ee</p>",
    ] {
        check(of_html(&format!("<p>Issue: Aa bb</p>{shown}")), &[A_TO_E[0], A_TO_E[3]]);
    }
}

#[test]
fn mentions_are_collected_and_leave_no_text() {
    let comment = of_html(
        "<p><strong data-at-mention data-user-id=\"1\" data-search-text=\"Priya Nair\">@Priya Nair</strong> Issue: \
         ask <span data-owner-id=2>@Tom Hale</span> or <strong data-at-mention>@Lee</strong> today</p>\
         <p><strong data-at-mention data-user-id=\"1\" data-search-text=\"Priya Nair\">@Priya Nair</strong></p>\
         <blockquote><strong data-user-id=9>@No</strong></blockquote><p>cc @Dana Whitfield, @sam and jo@example.com</p>",
    );
    assert_eq!(comment.text(Point::Issue), Some("ask or today cc @Dana Whitfield, @sam and jo@example.com"));
    let told: Vec<_> = comment.mentions().iter().map(|it| (it.id(), it.name.as_str())).collect();
    assert_eq!(told, [(Some("1"), "Priya Nair"), (Some("2"), "Tom Hale"), (None, "Lee")]);
    assert_eq!(comment.typed_mentions(), ["Dana Whitfield", "sam"]);
    // A wrapper with an id is no mention, and an unclosed mention ends with its line.
    let comment = of_html("<div data-user-id=5>Issue: Aa bb</div><p><b data-user-id=6>@Tom<br>Blocker: Dd ee</p>");
    check(comment.clone(), &[A_TO_E[0], A_TO_E[3]]);
    assert_eq!(comment.mentions().len(), 1);
}

#[test]
fn the_authors_words_end_where_a_quoted_mail_begins() {
    for cut in [
        "> Required to Resolve: no",
        "  > > Required to Resolve: no",
        "On Mon, 1 June 2026 at 09:12, Jo Park wrote:",
        "On Mon, 1 June 2026 at 09:12, Jo Park\n<jo@example.com> wrote:",
        "On Mon, 1 June 2026 at 09:12, Jo Park <\njo@example.com>\nwrote:",
        "Am Mo., 1. Juni 2026 um 09:12 Uhr schrieb Jo Park <jo@example.com>:",
        "Le lun. 1 juin 2026 à 09:12, Jo Park <jo@example.com> a écrit :",
        "El lun, 1 jun 2026 a las 9:12, Jo Park (<jo@example.com>) escribió:",
        "Il giorno lun 1 giu 2026 alle ore 09:12 Jo Park ha scritto:",
        "Op ma 1 jun 2026 om 09:12 schreef Jo Park <jo@example.com>:",
        "-----Original Message-----",
        "-------- Original Message --------",
        "---------- Forwarded message ---------",
        "-----Ursprüngliche Nachricht-----",
        "Begin forwarded message:",
        "From: Jo Park <jo@example.com>",
        "From: Jo Park\nSent: Monday",
        "**From:** Jo Park\n**Sent:** Monday",
        "From：Jo Park",
        "Von: Jo Park\nGesendet: Montag\nAn: Support\nBetreff: Geld",
        "De : Jo Park\nEnvoyé : lundi\nÀ : Support\nObjet : argent",
        "-- \nJo",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Get Outlook for iOS",
        "Sent via BlackBerry",
        "Gesendet mit der GMX Mail App",
        "Inviato da iPhone",
    ] {
        let text = format!("Issue: Aa bb\nInvestigated: Bb cc\n\n{cut}\n> x\nRequired to Resolve: no");
        let expected = if cut.contains('>') && cut.contains("no") { "Required to Resolve: no" } else { "" };
        if expected.is_empty() {
            check(of_text(&text), &A_TO_E[..2]);
        } else {
            // Only the quoted line goes; what stands after it is the author's again.
            check(of_text(&text), &[A_TO_E[0], A_TO_E[1], "required_to_resolve: no"]);
        }
        let lines: String = text.lines().map(|line| format!("<div>{}</div>", line.replace('<', "&lt;"))).collect();
        assert_eq!(shown(&of_html(&lines)), shown(&of_text(&text)), "{cut}");
    }
    for own in [
        "On Monday the customer wrote: refund me",
        "On hold.\nThe customer wrote:",
        "From: 12:00 to 14:00 the till was down",
        "From the log: error 500",
        "De: nada",
        "--",
        "--- \nfoo",
        "Von meinem Team geprüft",
        "Sent via email to finance",
        "Gesendet mit der Post am 3. Mai",
        "Inviato da Marco ieri",
        "Am Montag schrieb der Kunde:",
        "7 > 5",
    ] {
        let comment = of_text(&format!("Issue: Aa bb\n{own}\nBlocker: Dd ee"));
        assert_eq!(comment.text(Point::Blocker), Some("Dd ee"), "{own}");
    }
    check(of_text("Blocker: Dd ee\n--\nSam, Support"), &[A_TO_E[3]]);
}

#[test]
fn names_and_near_synonyms_are_labels() {
    for (line, point) in [
        ("Issues:", Point::Issue),
        ("Issue(s):", Point::Issue),
        ("PROBLEM -", Point::Issue),
        ("Investigation:", Point::Investigated),
        ("Actions taken:", Point::ActionTaken),
        ("Action(s) Taken:", Point::ActionTaken),
        ("Actions / steps taken:", Point::ActionTaken),
        ("Steps taken –", Point::ActionTaken),
        ("Blockers:", Point::Blocker),
        ("Blocked by:", Point::Blocker),
        ("Needed to resolve:", Point::RequiredToResolve),
        ("Required for resolution:", Point::RequiredToResolve),
        ("Required to close this ticket:", Point::RequiredToResolve),
        ("Needed:", Point::RequiredToResolve),
        ("Issue / request:", Point::Issue),
        ("Blocker (as of 10:00):", Point::Blocker),
    ] {
        is_label(line, point);
    }
    for line in [
        "Issue",
        "Issue.",
        "Issue,",
        "Issue #12:",
        "Issued:",
        "Issue-related",
        "Blocked:",
        "Blocker-free",
        "Investigate:",
        "Is Sue:",
        "Needed",
        "Needed to reboot it -",
        "Required to be able to do it all:",
        "Tissue:",
        "\"Issue: quoted\"",
        "“Issue”: quoted",
        "3 issues:",
        "The issue:",
        "Known Issue:",
        "Customer's problem:",
        "https://example.com/?Issue=",
        "non-Issue:",
        "Remove:",
    ] {
        is_no_label(line);
    }
}

#[test]
fn small_slips_are_forgiven_and_real_words_are_not_slips() {
    for (line, point) in [
        ("Isue:", Point::Issue),
        ("Issuse:", Point::Issue),
        ("Bloker:", Point::Blocker),
        ("Blcoker:", Point::Blocker),
        ("Investgatd:", Point::Investigated),
        ("Acton Takn:", Point::ActionTaken),
        ("Requird to Reslove:", Point::RequiredToResolve),
        ("RequiredToResolve:", Point::RequiredToResolve),
    ] {
        is_label(line, point);
    }
    for line in [
        "Isu:",
        "Bloke:",
        "Vlocker:",
        "Investtd:",
        "Acn Tkn:",
        "Blocks:",
        "Instigated:",
        "Investigación:",
        "Token Taken:",
    ] {
        is_no_label(line);
    }
}

#[test]
fn a_slip_between_two_points_names_neither() {
    let aliases = [(Point::Issue, "Kassenaaaa".to_owned()), (Point::Blocker, "Kassenbbbb".to_owned())];
    let labels = Labels::shipped().with_aliases(aliases).unwrap();
    check(read(Body::Text("Kassenaaab: Aa bb\nKassenbbba: Dd ee"), &labels), &[A_TO_E[0], A_TO_E[3]]);
    check(read(Body::Text("Kassenaabb: Aa bb"), &labels), &[]);
}

#[test]
fn a_heading_may_name_two_points() {
    let both = &["issue: one text", "blocker: one text"];
    for line in ["Issue/Blocker:", "Issue & Blocker -", "Issue and blocker:", "Issue / Blocker (same):"] {
        check(of_text(&format!("{line} one text")), both);
    }
    check(of_html("<p>Issue &amp; Blocker: one text</p>"), both);
    check(
        of_text("Investigated: Bb cc. Issue / Blocker: one text"),
        &["issue: one text", "investigated: Bb cc.", "blocker: one text"],
    );
}

#[test]
fn in_the_middle_of_a_line_only_a_clear_label_counts() {
    for line in [
        "Bb cc; Blocker: Dd ee",
        "Bb cc, blocker: Dd ee",
        "Bb cc | blocker = Dd ee",
        "Bb cc Blocker：Dd ee",
        "Bb cc. blocker: Dd ee",
        "Bb cc. Blocker (10:02): Dd ee",
        "sent a new one Blocker: Dd ee",
        "Bb cc (at 9:50: late). Blocker (since 10:02: PIN): Dd ee",
    ] {
        let comment = of_text(&format!("Investigated: {line}"));
        assert_eq!(comment.text(Point::Blocker), Some("Dd ee"), "{line}");
    }
    for line in [
        "the blocker: is gone",
        "the Blocker is gone",
        "the Blocker - is gone",
        "she said \"Blocker: none of it\" twice",
        "he wrote “my Blocker: you” twice",
        "he wrote 'my Blocker: you' twice",
        "he wrote ‘my Blocker: you’ twice",
        "er schrieb ‚mein Blocker: ihr‘ zweimal",
        "il a écrit ‹Blocker: vous› deux fois",
        "no known Blocker: x",
        "log.blocker: x",
        "https://x.example/?a=1&Blocker=2",
        "sub-Blocker: x",
        "every old Blocker: x",
    ] {
        let comment = of_text(&format!("Investigated: {line}"));
        assert_eq!(*comment.answer(Point::Blocker), Answer::Missing, "{line}");
    }
    check(
        of_text("Issue: a\nBlocker: second Issue: of three, issue: b"),
        &["issue: a", "blocker: second Issue: of three, issue: b"],
    );
    check(of_text("Screen is 5\" wide. Issue: Aa bb"), &[A_TO_E[0]]);
    check(
        of_text("Issue: price is old Investigated: new Action Taken: Cc dd"),
        &["issue: price is old", "investigated: new", A_TO_E[2]],
    );
    check(of_text("Issue: form says ID Required: yes"), &["issue: form says ID Required: yes"]);
    // An apostrophe opens no quotation.
    check(of_text("The '90s till isn't on, the guests' isn't. Issue: Aa bb"), &[A_TO_E[0]]);
    check(of_text("The venue’s till isn’t ‘on. Issue: Aa bb"), &[A_TO_E[0]]);
}

#[test]
fn placeholders_are_no_answers() {
    for value in [
        "",
        " ",
        "-",
        "—",
        "…",
        "...",
        "?",
        "??",
        "!",
        "🔥",
        ":fire:",
        "👍🏽",
        "N/A",
        "N / A",
        "1️⃣ 🇬🇧",
        "3\u{20e3}",
        "What is stopping you from resolving it right now",
        "n/a.",
        "NA",
        "n.a.",
        "N.A",
        "none",
        "None!",
        "*none*",
        "\"none\"",
        "nil",
        "nothing",
        "TBC",
        "TBD",
        "tba",
        "x",
        "X",
        "xxx",
        "to be completed",
        "To be confirmed.",
        "will update",
        "Will update later",
        "see above",
        "See below.",
        "see thread",
        "please see thread above",
        "as above",
        "same as above",
        "as per thread",
        "see the e-mail thread",
        "none yet",
        "N/A at this time",
        "N/A / none",
        "[prompt]",
        "[What stops you?]",
        "【…】",
        "{{blocker}}",
        "@Priya",
        "@Priya Nair",
        "<@U024BE7LH>",
        "@Priya Nair, @Tom Hale",
        "What is stopping you from resolving it right now?",
        "What is stopping you?",
        "[What is stopping you?] N/A",
        "image001.png",
        "- [ ]",
        "_ _ _",
        "|",
        "not applicable",
        "\n\nThanks,\nSam",
        "none\n\nKind regards,\nSam",
    ] {
        is_no_answer(value);
    }
    for value in [
        "N/A - no account",
        "N/A because there is no account",
        "none of the codes work",
        "nothing works",
        "TBC by finance on Monday",
        "see above: limit is 40",
        "x-ray",
        "[E31] after restart",
        "@Priya please approve",
        "no",
        "yes",
        "5",
        "limit",
        "権限なし",
        "NAS is down",
        "Nil balance",
        "same day refund",
        "What is stopping you from resolving it right now? No rights.",
        "will update the price list on Monday",
        "image.png shows E31",
        "N and A keys stick",
        "3",
        "👍 3",
        "What is stopping you from resolving it right now is the PIN",
        "as the thread shows, E31",
        "thanks to the venue it is locked",
        "none\nof it works",
    ] {
        counts(value);
    }
}

#[test]
fn what_was_found_instead_is_told() {
    assert_eq!(
        of_text("Blocker: None.\nIssue: x\nIssue:").problems(),
        [
            Problem::Empty { point: Point::Issue, found: "x".to_owned() },
            Problem::Missing(Point::Investigated),
            Problem::Missing(Point::ActionTaken),
            Problem::Empty { point: Point::Blocker, found: "None.".to_owned() },
            Problem::Missing(Point::RequiredToResolve),
        ]
    );
}

#[test]
fn a_point_told_twice_is_joined_and_an_empty_one_erases_nothing() {
    check(of_text("Blocker: Dd\nIssue: one\nBlocker: n/a\nBlocker: ee"), &["issue: one", "blocker: Dd ee"]);
}

#[test]
fn prompts_of_the_procedure_are_not_part_of_the_answer() {
    check(
        of_text(
            "Issue: What is the customer's problem? (Be specific — include what happened, what they expected, and what the impact is.)\nTill is down",
        ),
        &["issue: Till is down"],
    );
    check(of_text("Blocker: What is the limit? Nobody knows."), &["blocker: What is the limit? Nobody knows."]);
}

#[test]
fn our_own_messages_are_never_answers() {
    let template = "Issue: \nInvestigated: \nAction Taken: \nBlocker: \nRequired to Resolve: ";
    let ours = |template: &str| {
        format!(
            "**Not with the Shift Lead yet: 2 of 5 points are missing**\n✔ Issue ✔ Investigated ✔ Action Taken\n\
             ✘ **Blocker**: says \"none\". What stops you from resolving it right now?\n\
             ✘ **Required to Resolve**: not found. What do you need from the Shift Lead or Tech?\n\
             Add a new comment with just these two lines (or edit yours), nothing else to do:\n{template}\n\
             _Checked comment of 09:42 by Sam · escalation #1 · automatic message_"
        )
    };
    assert_eq!(of_text(&ours(template)).points(), 0);
    let html: String = ours(template).lines().map(|line| format!("<p>{}</p>", line.replace("**", ""))).collect();
    assert_eq!(of_html(&html).points(), 0);
    let filled = ours("Blocker: Dd ee\nRequired to Resolve: Ee ff");
    check(of_text(&filled), &A_TO_E[3..]);
    // An agent's own tick or cross is a bullet.
    check(of_text("✔ Issue: Aa bb\n❌ Blocker: Dd ee"), &[A_TO_E[0], A_TO_E[3]]);
    check(of_text("✔ Issue\nAa bb"), &[A_TO_E[0]]);
    check(of_text("✔ Issue: Aa bb\n✘ Blocker: Dd ee"), &[A_TO_E[0], A_TO_E[3]]);
}

#[test]
fn stored_text_is_free_of_what_cannot_be_seen() {
    check(
        of_text(
            "Is\u{ad}sue\u{200b}:\u{a0}Aa\u{202f}bb\u{feff}\r\nBlock\u{2060}er\u{200e}:\u{202e} Dd\tee\u{2069}\u{85}\u{0}",
        ),
        &[A_TO_E[0], A_TO_E[3]],
    );
}

#[test]
fn thin_answers_and_open_questions_are_hints() {
    let hints = |text: &str| of_text(text).hints().into_iter().map(Hint::code).collect::<Vec<_>>();
    assert_eq!(hints("Issue: refund\nBlocker: limit"), ["thin:issue", "thin:blocker"]);
    assert_eq!(hints("Issue: Menu looks odd"), ["no_expectation", "no_impact"]);
    assert_eq!(hints("Issue: Menu looks odd, customer wants the old one"), ["no_impact"]);
    assert_eq!(hints("Issue: 4 venues cannot log in, they expect it by noon"), Vec::<String>::new());
    assert_eq!(hints("Blocker: 返金権限がありません。"), Vec::<String>::new());
    assert_eq!(hints("Blocker: 承認"), ["thin:blocker"]);
}

#[test]
fn prose_is_told_from_chatter() {
    let story = "Customer is very upset because the venue lost her booking for 12 people. I cannot refund deposits.";
    assert!(of_text(story).is_prose());
    assert!(!of_text("PS customer rang again").is_prose());
    assert!(!of_text(&format!("Issue: {story}")).is_prose());
}

#[test]
fn an_alias_must_be_unmistakable() {
    let with = |point, alias: &str| Labels::shipped().with_aliases([(point, alias.to_owned())]);
    assert!(with(Point::Issue, "Anliegen").is_ok());
    assert!(with(Point::Issue, "Anliegen:").is_ok());
    assert!(with(Point::Issue, "issue").is_ok());
    for (point, alias) in [
        (Point::Blocker, "Problem"),
        (Point::Blocker, "Issue/Blocker"),
        (Point::Issue, "Needed to know"),
        (Point::Issue, ""),
        (Point::Issue, "???"),
        (Point::Issue, "What: exactly"),
        (Point::Issue, "Anliegen | Kunde"),
        (Point::Issue, "a b c d e f g h i j k l m n o p"),
    ] {
        assert!(with(point, alias).is_err(), "{alias}");
    }
    assert_eq!(
        with(Point::Issue, "Problem-ID")
            .map(|it| it.accepted(Point::Issue).map(str::to_owned).collect::<Vec<_>>())
            .unwrap(),
        ["Issue", "Issues", "Problem", "Problems", "Problem-ID"]
    );
    let twice = Labels::shipped()
        .with_aliases([(Point::Issue, "Anliegen".to_owned()), (Point::Blocker, "anliegen".to_owned())]);
    assert!(twice.is_err());
}

#[test]
fn names_of_points_go_both_ways() {
    for point in Point::ALL {
        assert_eq!(point.to_string().parse(), Ok(point));
    }
    assert!("Issue".parse::<Point>().is_err());
}

#[test]
fn customers_words_stay_out_of_debug_output() {
    let comment = of_text("Issue: secret words\nBlocker: none");
    let debug = format!("{comment:?} {:?}", comment.problems());
    assert!(!debug.contains("secret") && !debug.contains("none"), "{debug}");
}
