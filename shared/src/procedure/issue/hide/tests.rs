//! What is hidden, what is left, and what holds for all texts.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(names: &[&str], text: &str, expected: &str) {
    let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(hide(text, &names), expected);
}

#[track_caller]
fn stays(names: &[&str], text: &str) {
    check(names, text, text);
}

#[test]
fn a_name_is_hidden_in_any_case_and_with_any_blanks_and_dashes() {
    let grill = ["Harbour Grill"];
    check(&grill, "Harbour Grill was charged twice", "[customer] was charged twice");
    check(
        &grill,
        "at HARBOUR  grill, harbour-grill and Harbour\u{a0}–\nGrill.",
        "at [customer], [customer] and [customer].",
    );
    check(&grill, "harbour_grill HarbourGrill harbourgrill.com", "[customer] [customer] [customer].com");
    check(&grill, "\u{202a}Harbour Grill\u{202c} Har\u{ad}bour Grill", "\u{202a}[customer]\u{202c} [customer]");
    stays(&grill, "The harbour was closed and the grill cold. Harbouring Grills");
    stays(&grill, "in the harbour; grill it: harbour (grill)");
}

#[test]
fn the_possessive_stays() {
    check(&["Harbour Grill"], "Harbour Grill's till, Harbour Grill’s bar", "[customer]'s till, [customer]’s bar");
    check(
        &["McDonald's"],
        "McDonald's, McDonalds and McDonald’s’ tills",
        "[customer], [customer] and [customer]’ tills",
    );
}

#[test]
fn accents_and_their_spellings_do_not_matter() {
    for name in ["José Müller", "Jose\u{301} Mu\u{308}ller", "Jose Muller", "ＪＯＳÉ ＭÜＬＬＥＲ"] {
        check(&[name], "José Müller, Jose\u{301} Mu\u{308}ller. jose muller", "[customer], [customer]. [customer]");
    }
    check(
        &["Nguyễn Văn Đạt"],
        "Nguye\u{302}\u{303}n Va\u{306}n Đa\u{323}t / nguyen van dat",
        "[customer] / [customer]",
    );
    check(&["Straße Łódź"], "STRASSE LODZ", "[customer]");
    check(&["Άννα Παπαδόπουλος"], "ΑΝΝΑ ΠΑΠΑΔΟΠΟΥΛΟΣ", "[customer]");
    check(&["Сергей Королёв"], "у СЕРГЕЯ нет, у Сергей Королев есть", "у СЕРГЕЯ нет, у [customer] есть");
}

#[test]
fn a_person_is_hidden_by_first_or_last_name_with_a_capital() {
    let sam = ["Samira van der Meulen"];
    check(&sam, "Samira wrote; MEULEN called", "[customer] wrote; [customer] called");
    stays(&sam, "samira and meulen, van der der van Van");
    check(
        &["Dr. Anna-Lena O'Brien Jr."],
        "Anna-Lena; O’Brien; OBrien! anna lena o'brien",
        "[customer]; [customer]; [customer]! [customer]",
    );
    check(&["Jo Li"], "Jo Li; Jo wrote to Li, jo", "[customer]; [customer] wrote to [customer], jo");
    check(&["An Do"], "An Do; An order. Do look", "[customer]; An order. Do look");
    check(&["Smith, John"], "John Smith and Mr Smith", "[customer] [customer] and Mr [customer]");
}

#[test]
fn a_company_is_hidden_without_its_legal_form() {
    check(
        &["Harbour Grill Ltd."],
        "Harbour Grill Ltd. and Harbour Grill Limited",
        "[customer]. and [customer] Limited",
    );
    check(&["Nordwind GmbH & Co. KG"], "Nordwind, nordwind GmbH & Co KG", "[customer], [customer]");
    check(&["Sol y Mar S.A."], "Sol y Mar, Sol y Mar SA; Mar", "[customer], [customer]; Mar");
    check(&["Smith & Sons"], "Smith and Sons, SMITH & SONS, Smith Sons", "[customer], [customer], [customer]");
    check(&["J.P. Cargo (London)"], "JP Cargo, J. P. Cargo in London", "[customer], [customer] in London");
    stays(&["The Co"], "The co-op is closed");
}

#[test]
fn an_ordinary_word_that_is_a_name_stays_in_small_letters() {
    check(&["Will"], "Will says it will fail", "[customer] says it will fail");
    check(
        &["Mark May"],
        "it may be that Mark will mark it. Mark May",
        "it may be that [customer] will mark it. [customer]",
    );
    check(&["Best Price"], "Best Price asks for the best price", "[customer] asks for the best price");
    stays(&["I", "A", "X."], "I had A plan X");
    stays(&["Over Night"], "it took over night, overnight");
    check(&["Price Services"], "Services fail at Price", "Services fail at [customer]");
    stays(&["", "  ", "-", "()", "&"], "Nothing - (is) & here");
}

#[test]
fn names_of_scripts_without_blanks_are_found_within_a_sentence() {
    check(&["王小明"], "顾客王小明说退款", "顾客[customer]说退款");
    check(&["김철수"], "김철수는 화났다, \u{1100}\u{1175}\u{11b7}철수는", "[customer]는 화났다, [customer]는");
    check(&["サクラ食堂"], "サクラ食堂で払った。サクラン食堂", "[customer]で払った。サクラン食堂");
    check(&["محمد علي"], "قال محمد علي ان", "قال [customer] ان");
}

#[test]
fn the_longest_name_wins() {
    let both = ["Harbour Grill", "Harbour Grill East Ltd", "Dana Grill"];
    check(&both, "Harbour Grill East, Harbour Grill, Dana Grill", "[customer], [customer], [customer]");
}

#[test]
fn e_mail_addresses_are_hidden_without_anybody_naming_them() {
    check(&[], "write to <sam.o'k+x@mail.example.co.uk>, please.", "write to <[e-mail]>, please.");
    check(
        &[],
        "mailto:a@b.de,c@d.de; https://x.example/?email=sam%40example.com&a=b",
        "mailto:[e-mail],[e-mail]; https://x.example/?email=[e-mail]&a=b",
    );
    check(&[], "jürgen@müller.example", "[e-mail]");
    check(&["Sam Okafor"], "Sam Okafor@example.com", "[customer] [e-mail]");
    stays(&[], "@Priya 5 @ 3.50 a@b @@ x@@y.com @example.com sam@localhost a@1.5");
}

#[test]
fn telephone_numbers_are_hidden() {
    for number in [
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "+442079460958",
        "0044 20 7946 0958",
        "020 7946 0958",
        "(020) 7946 0958",
        "07700 900123",
        "07700900123",
        "030/1234567",
        "01.23.45.67.89",
        "0171-1234567",
        "(555) 223-4567",
        "555-223-4567",
        "555.223.4567",
        "1-555-223-4567",
        "+1 555 223 4567",
        "＋４４ ２０ ７９４６ ０９５８",
    ] {
        check(&[], &format!("He is on {number}, since noon"), "He is on [phone], since noon");
        check(&[], &format!("({number})"), "([phone])");
        check(&[], number, "[phone]");
    }
    check(&[], "Tel: 7946 0958. Mobile no. 612 345 678", "Tel: [phone]. Mobile no. [phone]");
    check(&[], "07700 900123 07700 900124, tel.020 7946 0958", "[phone] [phone], tel.[phone]");
    check(&[], "order 4711 is of +44 20 7946 0958", "order 4711 is of [phone]");
    check(&[], "2 020 7946 0958", "2 [phone]");
}

#[test]
fn other_numbers_stay() {
    for text in [
        "order 0712345678",
        "Order no. 07700 900123",
        "order number is 020 7946 0958",
        "#07700900123",
        "ORD-0712345678",
        "invoice 555-223-4567",
        "ticket 4201",
        "0012345678",
        "12345678901",
        "£1,234.56 and 1.234,56 €",
        "0712345678 EUR",
        "2026-06-10 09:42",
        "10.06.2026 09:42",
        "06/10/2026",
        "06-10-2026 1200",
        "call of 2026-06-10",
        "09:42:07",
        "10.0.200.1 and 012.034.056.078",
        "v1.20.300",
        "4111 1111 1111 1111",
        "4711 0012 3456 7890",
        "DE89 3704 0044 0532 0130 00",
        "026-1234567-1234567",
        "https://app.hubspot.com/contacts/1/record/0-5/4201",
        "TECH-123",
        "07700900123abc",
        "0.1234567890",
        "id=07700900123",
        "5 020",
        "call 3 times",
        "07700900123%",
        "customers: 120, 340, 4500",
        "1 2 3 4 5 6 7 8 9 10",
    ] {
        stays(&[], text);
    }
}

#[test]
fn what_is_hidden_already_stays() {
    stays(&["Customer", "E Mail", "Phone Mail"], "[customer] [e-mail] [phone] [customer]");
    check(&["Customer Group"], "[customer] Group Customer Group", "[customer] Group [customer]");
    assert!(!says_something("[customer] - [e-mail]: [phone]!"));
    assert!(says_something("[customer]: x"));
}

/// Texts of names, numbers and what stands between them, so that anything may meet anything.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "Harbour Grill",
            "harbour",
            "Grill",
            "Sam",
            "Okafor",
            "will",
            "Will",
            "may",
            "Smith & Sons",
            "Sons",
            "smith",
            "and",
            "[customer]",
            "[e-mail]",
            "[phone]",
            "sam@example.com",
            "@",
            "%40",
            ".com",
            "+44 20 7946 0958",
            "0",
            "07700 900123",
            "12",
            "+",
            "order",
            "tel",
            "王小明",
            "é",
            "e\u{301}",
            "\u{200b}",
            "'s",
            "[",
            "]",
        ])
        .prop_map(str::to_owned),
        proptest::sample::select(vec![" ", " ", "-", "\n", ". ", ", ", "(", ")", "/", ""]).prop_map(str::to_owned),
        "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|it| it.concat())
}

fn lists() -> impl Strategy<Value = Vec<String>> {
    let name = prop_oneof![
        proptest::sample::select(vec![
            "Harbour Grill",
            "Harbour Grill Ltd",
            "Sam Okafor",
            "Will",
            "Smith & Sons",
            "May 12",
            "Studio 07700",
            "Customer Mail",
            "王小明",
            "O'Brien",
            "Phone",
            "44 Grill",
            "J.P. Will",
        ])
        .prop_map(str::to_owned),
        "[A-Za-zé]{2,6}( [A-Za-z0-9&.'-]{1,6}){0,2}",
    ];
    proptest::collection::vec(name, 0..4)
}

/// Letters that no other word in the tests has.
fn rare() -> impl Strategy<Value = String> {
    "[QXZ][qxzé]{2,6}( [QXZ][qxzö]{2,6}){0,2}"
}

proptest! {
    #[test]
    fn hiding_twice_is_hiding_once(text in texts(), names in lists()) {
        let once = hide(&text, &names);
        prop_assert_eq!(hide(&once, &names), once);
    }

    #[test]
    fn what_is_not_hidden_stays_as_it_is(text in texts(), names in lists()) {
        let hidden = hide(&text, &names);
        let mut rest = text.as_str();
        for own in hidden.split(CUSTOMER).flat_map(|it| it.split(EMAIL)).flat_map(|it| it.split(PHONE)) {
            let at = rest.find(own);
            prop_assert!(at.is_some(), "{own:?} is not of the text");
            rest = &rest[at.unwrap_or_default() + own.len()..];
        }
    }

    #[test]
    fn a_text_without_names_and_addresses_is_unchanged(text in "[^@%0-9+]{0,200}", names in proptest::collection::vec("[qxz]{9}", 0..5)) {
        prop_assert_eq!(hide(&text, &names), text);
    }

    #[test]
    fn no_listed_name_survives(
        names in proptest::collection::vec(rare(), 1..20), pick in any::<prop::sample::Index>(), how in 0..6_u8,
        before in "[ ,.;!?(\"\n–]{0,5}|.{0,20} ", after in "[ ,.;!?)\"\n–]{0,5}| .{0,20}",
    ) {
        let name = pick.get(&names);
        let written = match how {
            0 => name.clone(),
            1 => name.to_lowercase(),
            2 => name.to_uppercase(),
            3 => name.replace(' ', " – "),
            4 => name.replace('é', "e\u{301}").replace('ö', "o\u{308}"),
            _ => name.replace(' ', "\u{a0}\n"),
        };
        let hidden = hide(&format!("{before}{written}{after}"), &names);
        prop_assert!(!hidden.contains(&written), "{hidden}");
    }
}

/// A text of the most characters that HubSpot keeps of a comment.
fn longest(unit: &str) -> String {
    unit.chars().cycle().take(65_536).collect()
}

#[test]
fn the_longest_text_takes_no_longer_than_its_length() {
    let names: Vec<String> = (0..20).map(|it| format!("Sam Sam Sam Sam Okafor{it} Ltd")).collect();
    let units = [
        "Sam ",
        "a",
        "@",
        "%40",
        "a@b.cc",
        "0",
        "07 ",
        "+1 ",
        "order 0 ",
        " ",
        "王",
        "e\u{301}",
        "[customer]",
        "(0)",
        "\u{200b}",
        "Sam Okafor1 ",
    ];
    for unit in units {
        let text = longest(unit);
        let began = Instant::now();
        let hidden = hide(&text, &names);
        assert!(began.elapsed() < Duration::from_secs(2), "{unit:?} took {:?}", began.elapsed());
        assert!(hidden.len() <= text.len() * 12);
    }
}
