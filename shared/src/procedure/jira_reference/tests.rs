//! The labelled rows, and every rule from both sides.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn rules() -> Rules {
    Rules {
        projects: ["TECH", "PLAT", "PAY2", "MOBILE_APP"].map(str::to_owned).to_vec(),
        site: "acme.atlassian.net".to_owned(),
    }
}

/// `status keys` or `reject reason`.
fn told(reference: &Reference) -> String {
    let detail = match reference {
        Reference::Rejected(reason) => reason.name().to_owned(),
        _ => reference.keys().iter().map(IssueKey::to_string).collect::<Vec<_>>().join(" "),
    };
    format!("{} {detail}", reference.status()).trim_end().to_owned()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(told(&parse(text, &rules())), expected, "{text:?}");
}

#[test]
fn agrees_with_the_labelled_references() {
    let rows = include_str!("../../../../tests/corpus/jira_refs_dev.jsonl");
    let mut seen = 0;
    for row in rows.lines().map(|it| serde_json::from_str::<Value>(it).unwrap()) {
        let projects = row["config"]["allowed_projects"].as_array().unwrap();
        let rules = Rules {
            projects: projects.iter().map(|it| it.as_str().unwrap().to_owned()).collect(),
            site: row["config"]["site"].as_str().unwrap().to_owned(),
        };
        let found = parse(row["input"].as_str().unwrap(), &rules);
        let expect = &row["expect"];
        assert_eq!(found.status(), expect["status"], "{row}");
        let keys: Vec<Value> = found.keys().iter().map(|it| it.to_string().into()).collect();
        assert_eq!(Value::from(keys), expect["keys"], "{row}");
        let reason = if let Reference::Rejected(reason) = found { Some(reason.name()) } else { None };
        assert_eq!(reason, expect["reason"].as_str(), "{row}");
        seen += 1;
    }
    assert_eq!(seen, 20);
}

#[test]
fn a_key_is_ok_only_exactly_as_jira_writes_it() {
    for key in ["TECH-1", "TECH-123", "PAY2-7", "MOBILE_APP-55", "TECH-18446744073709551615"] {
        check(key, &format!("ok {key}"));
    }
    for text in [
        "tech-123",
        "Tech-123",
        " TECH-123",
        "TECH-123\u{a0}",
        "TECH-123.",
        "(TECH-123)",
        "[TECH-123]",
        "“TECH-123”",
        "`TECH-123`",
        "#TECH-123",
        "*TECH-123*",
        "TECH‑123",
        "TECH—123",
        "TECH−123",
        "TECH－123",
        "ＴＥＣＨ－１２３",
        "TECH-\u{200b}123",
        "\u{feff}TECH-123",
        "TE\u{ad}CH-123",
        "TECH - 123",
        "TECH -123",
        "TECH--123",
        "TECH_-123",
        "TECH-123, tech-123",
        "TECH-123\nTECH-123",
        "TECH-123&nbsp;",
    ] {
        check(text, "normalised TECH-123");
    }
}

#[test]
fn a_missing_hyphen_is_put_in_where_one_project_fits() {
    for text in ["TECH123", "Tech_123", "TECH 123", "tech 123.", "#TECH123", "TECH  123", "(Tech 123)", "TECH１２３"]
    {
        check(text, "normalised TECH-123");
    }
    for text in [
        "MOBILEAPP55",
        "MOBILEAPP-55",
        "MOBILE_APP55",
        "MOBILE APP 55",
        "mobile-app-55",
        "MOBILE_APP_55",
        "MOBILE APP-55",
    ] {
        check(text, "normalised MOBILE_APP-55");
    }
    check("PAY27", "normalised PAY2-7");
    check("PAY2 7", "normalised PAY2-7");
    check("TECH 123 and PLAT 9", "multiple TECH-123 PLAT-9");
    check("TECH123 PLAT9", "multiple TECH-123 PLAT-9");
    check("TECH123 PLAT-9 MOBILE_APP55", "multiple TECH-123 PLAT-9 MOBILE_APP-55");
    check("PAY 27", "reject not_a_key");
    check("ABC123", "reject not_a_key");
    check("ABC 123", "reject not_a_key");
    check("TECH0", "reject bad_number");
    check("TECH 007", "reject bad_number");
}

#[test]
fn a_missing_hyphen_is_not_guessed_where_two_projects_fit() {
    let both = |projects: &[&str]| Rules { projects: projects.iter().map(|&it| it.to_owned()).collect(), ..rules() };
    let pay = both(&["PAY", "PAY2"]);
    assert_eq!(told(&parse("PAY27", &pay)), "reject not_a_key");
    assert_eq!(told(&parse("PAY2 7", &pay)), "normalised PAY2-7");
    assert_eq!(told(&parse("PAY 27", &pay)), "normalised PAY-27");
    assert_eq!(told(&parse("PAY2", &pay)), "reject no_number");
    let mobile = both(&["MOBILE_APP", "MOBILEAPP"]);
    assert_eq!(told(&parse("MOBILE APP 55", &mobile)), "reject not_a_key");
    assert_eq!(told(&parse("MOBILEAPP-55", &mobile)), "ok MOBILEAPP-55");
    assert_eq!(told(&parse("MOBILEAPP-55", &both(&["MOBILE_APP", "MOBILEA_PP"]))), "reject project_not_allowed");
}

#[test]
fn a_missing_hyphen_among_other_words_is_not_guessed() {
    check("ask Tech 2 days later", "reject not_a_key");
    check("TECH 123 456", "reject not_a_key");
    check("Tech 2 days, TECH-7", "normalised TECH-7");
}

#[test]
fn words_around_a_key_are_dropped() {
    for text in [
        "see TECH-123 please",
        "Jira: TECH-123",
        "[TECH-123] Login broken - Jira",
        "TECH-123 - Login broken",
        "TECH-123: 2 users",
        "TECH-123 (covid)",
        "TECH-123's fix",
        "order 5512, TECH-123",
        "<p>TECH-123</p>",
        "TECH-123 COVID-19",
        "ABC-9, TECH-123",
        "TECH-123/124",
    ] {
        check(text, "normalised TECH-123");
    }
}

#[test]
fn several_keys_keep_their_order() {
    for text in [
        "TECH-123, PLAT-9",
        "TECH-123/PLAT-9",
        "TECH-123 and plat-9",
        "TECH-123; PLAT-9",
        "TECH-123\r\nPLAT-9",
        "TECH-123 PLAT-9",
        "TECH-123 & PLAT-9",
        "TECH-123|PLAT-9",
        "TECH-123, PLAT-9, TECH-123",
        "https://acme.atlassian.net/browse/TECH-123 PLAT-9",
        "TECH-123,https://acme.atlassian.net/browse/PLAT-9",
        "TECH-123 (https://acme.atlassian.net/browse/PLAT-9)",
        "TECH-123:https://acme.atlassian.net/browse/PLAT-9",
        "https://acme.atlassian.net/browse/TECH-123,https://acme.atlassian.net/browse/PLAT-9",
    ] {
        check(text, "multiple TECH-123 PLAT-9");
    }
}

#[test]
fn addresses_of_our_site_name_their_issue() {
    for text in [
        "http://acme.atlassian.net/browse/TECH-123",
        "HTTPS://ACME.ATLASSIAN.NET/browse/tech-123",
        "acme.atlassian.net/browse/TECH-123",
        "https://acme.atlassian.net:443/browse/TECH-123/",
        "https://acme.atlassian.net/browse/TECH-123.",
        "https://acme.atlassian.net/browse/TECH-123?focusedCommentId=10400#comment-10400",
        "https://acme.atlassian.net/browse/TECH-123?filter=PLAT-9",
        "https://acme.atlassian.net/browse/TECH%2D123",
        "https://acme.atlassian.net/browse/TECH-123/attachments/report-2024",
        "https://acme.atlassian.net/jira/software/c/projects/TECH/boards/4/backlog?view=detail&selectedIssue=TECH-123&x=1",
        "https://acme.atlassian.net/jira/software/projects/TECH/boards/4?view=detail&amp;selectedIssue=TECH-123",
        "https://acme.atlassian.net/jira/software/projects/PLAT/issues/TECH-123?jql=project%20%3D%20PLAT",
        "https://acme.atlassian.net/issues/TECH-123?jql=key%20in%20(PLAT-9)",
        "https://acme.atlassian.net/issues/?jql=key%20%3D%20TECH-123",
        "https://acme.atlassian.net/issues/?jql=issuekey+in+(TECH-123)",
        "https://acme.atlassian.net/issues/?jql=key = TECH-123",
        "https://acme.atlassian.net/rest/api/3/issue/TECH-123",
        "https://acme.atlassian.net/servicedesk/customer/portal/1/TECH-123",
        "<https://acme.atlassian.net/browse/TECH-123|TECH-123>",
        "<https://acme.atlassian.net/browse/TECH-123|TECH-123: Login broken>",
        "[TECH-123](https://acme.atlassian.net/browse/TECH-123)",
        "[Login broken](https://acme.atlassian.net/browse/TECH-123)",
        "<a href=\"https://acme.atlassian.net/browse/TECH-123\" target='_blank'>TECH-123</a>",
        "Jira:https://acme.atlassian.net/browse/TECH-123",
        "(acme.atlassian.net/browse/TECH-123)",
    ] {
        check(text, "normalised TECH-123");
    }
    check("https://acme.atlassian.net/issues/?jql=key%20in%20(TECH-123%2CPLAT-9)", "multiple TECH-123 PLAT-9");
}

#[test]
fn addresses_without_a_usable_key_say_why() {
    check("https://acme.atlassian.net/browse/TECH-0", "reject bad_number");
    check("https://acme.atlassian.net/browse/ABC-1", "reject project_not_allowed");
    check("https://acme.atlassian.net/browse/TECH", "reject no_number");
    check("https://acme.atlassian.net/browse/TECH-", "reject no_number");
    check("https://acme.atlassian.net/browse/TECH-12a", "reject not_a_key");
    check("https://acme.atlassian.net/browse/10012", "reject id_not_key");
    check("(https://acme.atlassian.net/browse/10012).", "reject id_not_key");
    check("https://acme.atlassian.net/rest/api/3/issue/10012", "reject id_not_key");
    check("https://acme.atlassian.net/jira/software/projects/TECH/boards/4", "reject no_number");
    check("https://acme.atlassian.net/jira/your-work", "reject not_a_key");
    check("https://acme.atlassian.net", "reject not_a_key");
}

#[test]
fn addresses_of_another_site_are_refused() {
    for text in [
        "https://other.atlassian.net/browse/TECH-123",
        "other.atlassian.net/browse/TECH-123",
        "https://acme.atlassian.net.evil.example/browse/TECH-123",
        "https://acme.atlassian.net@evil.example/browse/TECH-123",
        "https://evil.example/acme.atlassian.net/browse/TECH-123",
        "https://evil.example?https://acme.atlassian.net/browse/TECH-123",
        "https://notacme.atlassian.net/browse/TECH-123",
        "<https://other.atlassian.net/browse/TECH-123|TECH-123>",
        "[TECH-123](https://other.atlassian.net/browse/TECH-123)",
        "https://app.hubspot.com/contacts/1/ticket/5",
    ] {
        check(text, "reject wrong_site");
    }
    check("PLAT-9 https://other.atlassian.net/browse/TECH-123", "normalised PLAT-9");
    for site in ["https://acme.atlassian.net/", "ACME.atlassian.net", "acme.atlassian.net:443/jira"] {
        let rules = Rules { site: site.to_owned(), ..rules() };
        assert_eq!(told(&parse("https://acme.atlassian.net/browse/TECH-1", &rules)), "normalised TECH-1");
        assert_eq!(told(&parse("https://other.atlassian.net/browse/TECH-1", &rules)), "reject wrong_site");
    }
}

#[test]
fn a_number_torn_by_a_blank_is_not_guessed() {
    check("TECH-1 23", "reject not_a_key");
    check("TECH-12 3.", "reject not_a_key");
    check("TECH-1 in 23", "normalised TECH-1");
    check("TECH-1, 23", "normalised TECH-1");
    check("TECH-1 TECH-23", "multiple TECH-1 TECH-23");
}

#[test]
fn a_number_alone_is_an_id_from_five_digits_on() {
    check("9999", "reject no_project");
    check("10000", "reject id_not_key");
    check(" 10012 ", "reject id_not_key");
    check("99999999999999999999999", "reject id_not_key");
    check("#123", "reject no_project");
    check("-123", "reject no_project");
    check("-10012", "reject no_project");
    check("0", "reject no_project");
}

#[test]
fn what_is_no_key_says_why() {
    for (texts, reason) in [
        (&["TECH", "tech", "TECH-", "TECH –", "TECH_", "[TECH]", "MOBILE APP", "PAY2", "ABC-"][..], "no_number"),
        (
            &["TECH-0", "TECH-00", "TECH-007", "TECH-18446744073709551616", "tech-99999999999999999999999999"],
            "bad_number",
        ),
        (&["ABC-123", "abc-123", "PAY-27", "MOBILE-55", "https-1"], "project_not_allowed"),
        (
            &[
                "pending",
                "n/a",
                "N/A",
                "none",
                "TBC",
                "x",
                "?",
                "-",
                "…",
                "waiting for Tech",
                "TECH-12a",
                "TECH-a",
                "TECH-1O",
                "TECH-123-4",
                "CROSS-TECH-123",
                "TECH-12.5",
                "1TECH-12",
                "A-1",
                "ABCDEFGHIJK-1",
                "TECH-١٢٣",
                "TÉCH-1",
                "TECH:123",
                "TECH#123",
                "TECH\n123",
                "ТЕСН-123",
                "TECH-123abc",
                "TECH-123_4",
            ],
            "not_a_key",
        ),
    ] {
        for text in texts {
            check(text, &format!("reject {reason}"));
        }
    }
}

#[test]
fn blank_is_no_error() {
    for text in ["", " ", "\n\t", "\u{a0}\u{200b}\u{feff}", "&nbsp;"] {
        check(text, "empty");
    }
}

#[test]
fn without_projects_nothing_is_allowed_and_without_a_site_every_site_is() {
    let nothing = Rules { projects: Vec::new(), ..rules() };
    assert_eq!(told(&parse("TECH-123", &nothing)), "reject project_not_allowed");
    let anywhere = Rules { site: String::new(), ..rules() };
    assert_eq!(told(&parse("https://any.example/browse/TECH-123", &anywhere)), "normalised TECH-123");
}

#[test]
fn hostile_texts_are_read_in_one_pass() {
    let long = "A".repeat(40);
    for piece in [
        "TECH-1 ",
        "-",
        "1",
        "A",
        "TECH ",
        "https://a.b/",
        "https://",
        "%2",
        "&",
        "AND ",
        "[",
        "TECH-",
        "/",
        ".",
        "A.",
        &long,
    ] {
        let _ = parse(&piece.repeat(65_536 / piece.len()), &rules());
    }
}

#[test]
fn names_of_reasons_are_their_own() {
    let names: BTreeSet<&str> = Reason::ALL.iter().map(|it| it.name()).collect();
    assert_eq!(names.len(), Reason::ALL.len());
}

proptest! {
    #[test]
    fn a_key_survives_its_own_spelling(project in "[A-Z][A-Z0-9_]{1,9}", number in 1..=u64::MAX) {
        let text = format!("{project}-{number}");
        let key = IssueKey::parse(&text).unwrap();
        prop_assert_eq!(key.to_string(), &text[..]);
        let rules = Rules { projects: vec![project], ..rules() };
        prop_assert_eq!(parse(&text, &rules), Reference::Ok(key));
    }

    #[test]
    fn a_usable_key_is_a_key_of_an_allowed_project(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "TECH", "tech", "PAY2", "MOBILE", "APP", "ABC", "-", "–", "_", " ", "1", "0", "27", ",", "/", ".", "https://", "acme.atlassian.net",
                "evil.example", "/browse/", "?selectedIssue=", "\n", "<", "|", ">", "é",
            ]),
            0..10,
        ),
    ) {
        let text = pieces.concat();
        let found = parse(&text, &rules());
        for key in found.keys() {
            prop_assert!(rules().projects.iter().any(|it| it == key.project()), "{text:?}");
            let again = parse(&key.to_string(), &rules());
            prop_assert_eq!(&again, &Reference::Ok(key.clone()));
        }
        prop_assert_eq!(matches!(found, Reference::Ok(_)), IssueKey::parse(&text).is_ok_and(|it| found.keys() == [it]));
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let _ = parse(&text, &rules());
    }
}
