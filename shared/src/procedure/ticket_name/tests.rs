//! The labelled rows, and every rule from both sides.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn context(row: &Value) -> Context {
    let names = |key: &str| row["context"][key].as_str().map(str::to_owned).into_iter().collect();
    Context { companies: names("company"), contacts: names("contact") }
}

fn with_company(company: &str) -> Context {
    Context { companies: vec![company.to_owned()], contacts: Vec::new() }
}

fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|it| name(*it)).collect()
}

/// `customer / issue: reasons`, with `?` for what the name does not say.
fn told(check: &Check) -> String {
    let part = |it: &Option<String>| it.clone().unwrap_or("?".to_owned());
    let reasons = names(&check.reasons, Reason::name).join(" ");
    format!("{}: {} / {} {reasons}", check.status.name(), part(&check.customer), part(&check.issue))
        .trim_end()
        .to_owned()
}

#[track_caller]
fn check_name(name: &str, expected: &str) {
    check_known(name, &Context::default(), expected);
}

#[track_caller]
fn check_known(name: &str, context: &Context, expected: &str) {
    let found = check(name, context);
    assert_eq!(told(&found), expected, "{name:?}");
    consistent(name, context, &found);
}

/// What holds for every name.
#[track_caller]
fn consistent(name: &str, context: &Context, found: &Check) {
    assert_eq!(found.status == Status::Ok, found.reasons.is_empty(), "{name:?}");
    assert_eq!(found.status == Status::Ok, found.normalised.as_deref() == Some(name), "{name:?} {found:?}");
    assert_eq!(found.status == Status::Invalid, found.normalised.is_none());
    assert!(found.reasons.is_sorted(), "{found:?}");
    if let Some(normalised) = &found.normalised {
        let again = check(normalised, context);
        assert_eq!(again.status, Status::Ok, "{name:?} -> {normalised:?} {:?}", again);
        assert_eq!((&again.customer, &again.issue), (&found.customer, &found.issue), "{name:?}");
    }
}

#[test]
fn agrees_with_the_labelled_names() {
    let rows = include_str!("../../../../tests/corpus/ticket_names_dev.jsonl");
    let mut seen = 0;
    for row in rows.lines().map(|it| serde_json::from_str::<Value>(it).unwrap()) {
        let context = context(&row);
        let name = row["name"].as_str().unwrap();
        let found = check(name, &context);
        let expect = &row["expect"];
        assert_eq!(found.status.name(), expect["status"], "{row}");
        assert_eq!(found.customer.as_deref(), expect["customer"].as_str(), "{row}");
        assert_eq!(found.issue.as_deref(), expect["issue"].as_str(), "{row}");
        assert_eq!(found.normalised.as_deref(), expect["normalised"].as_str(), "{row}");
        let expected = |key: &str| expect[key].as_array().cloned().unwrap_or_default();
        assert_eq!(names(&found.reasons, Reason::name), expected("reasons"), "{row}");
        assert_eq!(names(&found.warnings, Warning::name), expected("warnings"), "{row}");
        if let Some(suggest) = row["context"]["suggest"].as_str() {
            assert_eq!(found.suggestion.as_deref(), Some(suggest), "{row}");
        }
        consistent(name, &context, &found);
        seen += 1;
    }
    assert_eq!(seen, 30);
}

#[test]
fn every_dash_separates_and_only_the_hyphen_is_correct() {
    check_name("Escalation - Bar - Refund", "ok: Bar / Refund");
    for dash in "‐‑‒–—―−﹘﹣－⸺⸻─".chars() {
        check_name(&format!("Escalation {dash} Bar {dash} Refund"), "fixable: Bar / Refund dash_style");
        check_name(&format!("Escalation - Bar {dash} Refund"), "fixable: Bar / Refund dash_style");
        check_name(&format!("Escalation {dash} Bar - Refund"), "fixable: Bar / Refund dash_style");
    }
    check_name("Escalation -- Bar -- Refund", "fixable: Bar / Refund dash_style");
    check_name("Escalation --- Bar - Refund", "fixable: Bar / Refund dash_style");
    check_name("Escalation--Bar--Refund", "fixable: Bar / Refund dash_style separator");
    check_name("Escalation—Bar—Refund", "fixable: Bar / Refund dash_style separator");
    check_name("Escalation - Bar—Refund", "fixable: Bar / Refund dash_style separator");
    check_name("Escalation － ラーメン横丁 － 返金", "fixable: ラーメン横丁 / 返金 dash_style");
    check_name(
        "Escalation - Paris–Dakar Tours - Order 5–7 late – again",
        "ok: Paris–Dakar Tours / Order 5–7 late – again",
    );
}

#[test]
fn spaces_around_the_dash_are_put_back() {
    check_name("Escalation- Bar - Refund", "fixable: Bar / Refund separator");
    check_name("Escalation -Bar - Refund", "fixable: Bar / Refund separator");
    check_name("Escalation - Bar -Refund", "fixable: Bar / Refund separator");
    check_name("Escalation - Bar- Refund", "fixable: Bar / Refund separator");
    check_name("Escalation-Bar-Refund", "fixable: Bar / Refund separator");
    check_name("Escalation - Bar - - Refund", "fixable: Bar / Refund separator");
    check_name("Escalation - Bar - Refund -", "fixable: Bar / Refund separator");
    check_name("Escalation - Bar - -18°C freezer warm", "ok: Bar / -18°C freezer warm");
}

#[test]
fn hyphens_inside_words_separate_only_where_nothing_is_guessed() {
    check_name("Escalation-Tex-Mex House-Late", "invalid: Tex-Mex House-Late / ? missing_issue");
    check_name("Escalation - Tex-Mex House", "invalid: Tex-Mex House / ? missing_issue");
    check_known(
        "Escalation-Tex-Mex House-Late",
        &with_company("Tex-Mex House"),
        "fixable: Tex-Mex House / Late separator",
    );
    check_known("Escalation-Tex-Mex House", &with_company("Tex-Mex House"), "invalid: Tex-Mex House / ? missing_issue");
    check_known("Escalation - Bar-Refund", &with_company("Bar"), "fixable: Bar / Refund separator");
    check_known("Escalation - Tex-Mex House - Late", &with_company("Tex"), "ok: Tex-Mex House / Late");
}

#[test]
fn other_marks_are_repaired_where_they_make_three_parts() {
    check_name("ESCALATION: Bar - Refund", "fixable: Bar / Refund prefix_case separator");
    check_name("Escalation：Bar－Refund", "invalid: Bar－Refund / ? missing_issue");
    check_name("Escalation: Bar: Refund", "fixable: Bar / Refund separator");
    check_name("Escalation | Bar | Refund", "fixable: Bar / Refund separator");
    check_name("Escalation / Bar / Refund", "fixable: Bar / Refund separator");
    check_name("Escalation_Bar_Refund", "fixable: Bar / Refund separator");
    check_name("Escalation -> Bar -> Refund", "fixable: Bar / Refund separator");
    check_name("Escalation - Bar: Refund", "invalid: Bar: Refund / ? missing_issue");
    check_known("Escalation - Bar: Refund", &with_company("Bar"), "fixable: Bar / Refund separator");
    check_name("Escalation Harbour Grill - Refund", "fixable: Harbour Grill / Refund separator");
}

#[test]
fn a_sentence_about_an_escalation_has_no_prefix() {
    for name in [
        "Escalation of privileges - admin panel",
        "Escalation Request - refund",
        "Escalation's owner - who is it",
        "Escalation (2) - Bar - Refund",
        "Escalationland - Bar - Refund",
        "Escalator - Bar - Stuck",
        "De-escalation - Bar - Refund",
        "Re-escalation - Bar - Refund",
        "Contoso - Escalation - Printer down",
        "URGENT: Escalation - Bar - Refund",
        "Customer escalated by phone",
    ] {
        check_name(name, "invalid: ? / ? missing_prefix");
    }
}

#[test]
fn another_form_of_the_word_is_not_the_prefix_but_is_offered_corrected() {
    for word in ["Escalate", "ESCALATED", "escalating", "Escalations", "Esclation", "Escalaton", "Eskalation"] {
        let name = format!("{word} - Bar - Refund");
        check_name(&name, "invalid: Bar / Refund missing_prefix");
        assert_eq!(check(&name, &Context::default()).suggestion.as_deref(), Some("Escalation - Bar - Refund"));
    }
    check_name("Esc - Bar - Refund", "invalid: ? / ? missing_prefix");
    assert_eq!(
        check("Esc - Bar - Refund", &Context::default()).suggestion.as_deref(),
        Some("Escalation - Bar - Refund")
    );
    check_name("Escalate - Bar", "invalid: Bar / ? missing_prefix missing_issue");
}

#[test]
fn what_mail_programs_put_before_the_name_is_taken_off() {
    for prefix in [
        "RE: ",
        "Re:",
        "re : ",
        "FW: ",
        "Fwd: ",
        "AW: ",
        "WG: ",
        "SV: ",
        "VS: ",
        "Antw: ",
        "TR : ",
        "RE[2]: ",
        "Re (3): ",
        "回复：",
        "رد: ",
        "[EXTERNAL] ",
        "[EXT]",
        "(extern) ",
        "【外部】",
        "[urgent] ",
        "EXTERNAL: ",
        "EXT: Re: ",
        "SPAM: ",
        "FW: Re: AW: WG: SV: Antw: ",
        "RE: [EXTERNAL] FW: ",
    ] {
        check_name(&format!("{prefix}Escalation - Bar - Refund"), "fixable: Bar / Refund mail_prefix");
    }
}

#[test]
fn signs_before_the_name_are_taken_off() {
    for sign in ["🔥 ", "‼️", "👨‍🍳 ", "ℹ️ ", "1️⃣ ", "#ESC ", "#CS-ESCALATE ", "# ", "#", "!!! ", "- ", "> ", "* "]
    {
        check_name(&format!("{sign}Escalation - Bar - Refund"), "fixable: Bar / Refund leading_symbol");
    }
    check_name("“Escalation - Bar - Refund”", "fixable: Bar / Refund leading_symbol");
    check_name("**Escalation** - Bar - Refund", "fixable: Bar / Refund leading_symbol");
    check_name("[Escalation] - Bar - Refund", "fixable: Bar / Refund leading_symbol");
    check_name("[Escalation - Bar - Refund", "fixable: Bar / Refund leading_symbol");
}

#[test]
fn blanks_and_invisible_characters_are_tidied() {
    for name in [
        " Escalation - Bar - Refund",
        "Escalation - Bar - Refund\n",
        "Escalation\u{a0}-\u{a0}Bar\u{202f}- Refund",
        "Escalation\t- Bar - Refund",
        "\u{feff}Escalation - Bar - Refund",
        "Escalation - \u{200b}Bar - Refund",
        "Escalation - Bar\u{200d} - Refund",
        "Esca\u{ad}lation - Bar - Refund",
        "Escalation - \u{202b}Bar\u{202c} - Refund",
        "Escalation - Bar - Ref\u{0}und",
        "Escalation\u{3000}- Bar - Refund",
    ] {
        check_name(name, "fixable: Bar / Refund whitespace");
    }
    check_name("Escalation - مطعم الميناء - خصم مزدوج", "ok: مطعم الميناء / خصم مزدوج");
    check_name("Escalation - \u{200f}مطعم الميناء\u{200f} - خصم مزدوج", "fixable: مطعم الميناء / خصم مزدوج whitespace");
    check_name("Escalation - 株式会社コーヒー - 二重請求", "ok: 株式会社コーヒー / 二重請求");
    check_name("Escalation - می\u{200c}خانه - Refund", "ok: می\u{200c}خانه / Refund");
    check_name("Escalation - 👨\u{200d}🍳 Jo - Refund", "ok: 👨\u{200d}🍳 Jo / Refund");
}

#[test]
fn the_prefix_in_other_letters_is_rewritten() {
    check_name("eSCALATION - Bar - Refund", "fixable: Bar / Refund prefix_case");
    check_name("Ｅｓｃａｌａｔｉｏｎ - Bar - Refund", "fixable: Bar / Refund prefix_case");
}

#[test]
fn several_reasons_come_in_one_order() {
    check_name(
        " 🔥 RE: escalation–Bar  – Refund",
        "fixable: Bar / Refund dash_style prefix_case whitespace separator mail_prefix leading_symbol",
    );
}

#[test]
fn a_missing_part_is_named() {
    check_name("Escalation - ", "invalid: ? / ? missing_customer missing_issue");
    check_name("Escalation:", "invalid: ? / ? missing_customer missing_issue");
    check_name("Escalation - - -", "invalid: ? / ? missing_customer missing_issue");
    check_name("Escalation -- Refund", "invalid: Refund / ? missing_issue");
    check_name("Escalation - Bar - -", "invalid: Bar / ? missing_issue");
    check_name(" \u{a0}\u{200b}", "invalid: ? / ? missing_prefix missing_customer missing_issue");
    check_name("RE: 🔥", "invalid: ? / ? missing_prefix missing_customer missing_issue");
}

#[test]
fn a_prompt_is_no_answer() {
    for prompt in [
        "[Customer]",
        "<customer name>",
        "Customer Name",
        "customer",
        "Client",
        "{{contact.name}}",
        "[Nom du client]",
        "XXX",
        "x",
        "TBC",
        "tbd",
        "N/A",
        "n.a.",
        "Unknown",
        "unknown customer",
        "???",
        "…",
        "[ ]",
        "Customer's name",
        "Name",
    ] {
        check_name(&format!("Escalation - {prompt} - Refund"), "invalid: ? / Refund placeholder_customer");
    }
    for prompt in ["[Brief Issue]", "Brief issue", "<issue>", "Issue", "short description", "TBC", "xx", "..."] {
        check_name(&format!("Escalation - Bar - {prompt}"), "invalid: Bar / ? placeholder_issue");
    }
    check_name("Escalation - [Customer Name] -", "invalid: ? / ? missing_issue placeholder_customer");
    check_name("Escalation - Name Badge Co - Name problem", "ok: Name Badge Co / Name problem");
    check_name("Escalation - TBC Bank - Customer issue with card", "ok: TBC Bank / Customer issue with card");
    check_known("Escalation - XXX - Refund", &with_company("XXX"), "ok: XXX / Refund");
}

#[test]
fn a_known_name_decides_where_the_customer_ends() {
    let known = with_company("Smith - Jones LLP");
    check_known("Escalation – Smith – Jones LLP – Refund", &known, "fixable: Smith - Jones LLP / Refund dash_style");
    check_known("Escalation - SMITH - JONES LLP - Refund - again", &known, "ok: SMITH - JONES LLP / Refund - again");
    check_known("Escalation - Smith - Jones - Refund", &known, "ok: Smith - Jones / Refund");
    check_known("Escalation - Smith - Jones, Ltd. - Refund", &known, "ok: Smith - Jones, Ltd. / Refund");
    check_known("Escalation - Smith - Jones LLP", &known, "invalid: Smith - Jones LLP / ? missing_issue");
    check_known("Escalation - Other - Jones LLP - Refund", &known, "ok: Other / Jones LLP - Refund");
    let several = Context { companies: vec!["Bar".into(), "Bar - Soho".into()], contacts: vec!["Jo - Ann".into()] };
    check_known("Escalation - Bar - Soho - Refund", &several, "ok: Bar - Soho / Refund");
    check_known("Escalation - Jo - Ann - Refund", &several, "ok: Jo - Ann / Refund");
    check_known("Escalation - Bar - Refund", &several, "ok: Bar / Refund");
}

#[test]
fn only_another_name_is_a_mismatch() {
    let known = Context {
        companies: vec!["Harbour Grill Ltd".into(), "Müller & Söhne GmbH".into(), "株式会社東京商事".into()],
        contacts: vec!["Jo Park".into()],
    };
    for customer in [
        "Harbour Grill",
        "harbour grill limited",
        "Grill",
        "Harbour Grill (Soho)",
        "Muller and Sohne",
        "Jo Park",
        "Park",
        "J. Park",
        "Park, Jo",
        "東京商事",
        "東京",
    ] {
        let found = check(&format!("Escalation - {customer} - Refund"), &known);
        assert_eq!((found.status, &found.warnings[..]), (Status::Ok, &[][..]), "{customer}");
    }
    for customer in ["Harbour Gril", "Jo Parker", "Contoso", "Ltd", "大阪商事"] {
        let found = check(&format!("Escalation - {customer} - Refund"), &known);
        assert_eq!((found.status, &found.warnings[..]), (Status::Ok, &[Warning::CustomerMismatch][..]), "{customer}");
        let unknown = check(&format!("Escalation - {customer} - Refund"), &Context::default());
        assert_eq!(unknown.warnings, []);
    }
}

#[test]
fn an_issue_is_brief_up_to_eighty_characters() {
    for (length, expected) in [(80, &[][..]), (81, &[Warning::IssueNotBrief][..])] {
        let found = check(&format!("Escalation - Bar - {}", "é".repeat(length)), &Context::default());
        assert_eq!((found.status, &found.warnings[..]), (Status::Ok, expected), "{length}");
    }
    let both = check(&format!("Escalation - Bar - {}", "a".repeat(81)), &with_company("Pub"));
    assert_eq!(both.warnings, Warning::ALL);
}

#[test]
fn a_name_is_offered_where_the_association_knows_the_customer() {
    #[track_caller]
    fn offers(name: &str, context: &Context, expected: Option<&str>) {
        assert_eq!(check(name, context).suggestion.as_deref(), expected, "{name:?}");
    }
    let known = with_company("Harbour Grill");
    let contact = Context { companies: vec![" ".into()], contacts: vec!["Jo Park".into()] };
    offers("Fwd: RE: [EXTERNAL] your order #5512", &known, Some("Escalation - Harbour Grill - your order #5512"));
    offers("Refund please", &contact, Some("Escalation - Jo Park - Refund please"));
    offers("#5512 RE: refund", &known, Some("Escalation - Harbour Grill - #5512 RE: refund"));
    offers("Refund please", &Context::default(), None);
    offers("Contoso - Escalation - Refund", &known, None);
    offers("", &known, None);
    offers("RE:", &known, None);
    offers("Escalation - [Customer Name] - Refund", &known, Some("Escalation - Harbour Grill - Refund"));
    offers("Escalation - - Refund", &known, Some("Escalation - Harbour Grill - Refund"));
    offers("Escalation - Harbour Grill", &known, None);
    offers("Escalation: Harbour Grill - Refund", &known, Some("Escalation - Harbour Grill - Refund"));
    offers("Escalation - Harbour Grill - Refund", &known, None);
}

#[test]
fn hostile_names_are_read_in_one_pass() {
    let known = Context { companies: vec!["- ".repeat(5_000), "a".repeat(10_000)], contacts: vec!["a - b".into(); 50] };
    for piece in [
        "-",
        " - ",
        "RE: ",
        "[",
        "[a] ",
        "#",
        "# ",
        "Escalation - ",
        "–",
        "a",
        "\u{200d}",
        "a-",
        "é ",
        ": ",
        "🔥",
        "((",
        "x ",
    ] {
        let junk = piece.repeat(10_000 / piece.len());
        for name in [junk.clone(), format!("Escalation - {junk}"), format!("Escalation - Bar - {junk}")] {
            let _ = check(&name, &known);
        }
    }
}

#[test]
fn names_of_enums_are_their_own() {
    let mut all = names(&Reason::ALL, Reason::name);
    all.extend(names(&Warning::ALL, Warning::name));
    all.extend(names(&Status::ALL, Status::name));
    all.sort_unstable();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len(), count);
    assert!(Reason::ALL.is_sorted());
}

proptest! {
    #[test]
    fn a_correct_name_is_what_its_parts_make(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "Escalation", "escalation", "Escalate", "Bar", "Tex-Mex", "Jo", "-", " - ", " – ", "—", "--", ":", " ", "  ", "\u{a0}",
                "\u{200b}", "RE: ", "[EXT]", "🔥", "[Customer]", "TBC", "é", "#", "|", "“", "”", "\u{200d}", ",", "5",
            ]),
            0..14,
        ),
        company in proptest::sample::select(vec!["", "Bar", "Tex-Mex", "Bar - Jo", "Bar – Jo"]),
        begun in proptest::bool::ANY,
    ) {
        let name = format!("{}{}", if begun { "Escalation - " } else { "" }, pieces.concat());
        let context = with_company(company);
        consistent(&name, &context, &check(&name, &context));
    }

    #[test]
    fn any_text_is_read(name in any::<String>()) {
        let found = check(&name, &Context::default());
        consistent(&name, &Context::default(), &found);
    }
}
