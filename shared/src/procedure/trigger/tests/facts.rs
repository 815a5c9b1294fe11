//! What a ticket's facts and an administrator's rules change.

use super::*;

#[track_caller]
fn check_facts(facts: &Facts<'_>, expected: &str) {
    assert_eq!(codes(facts, &rules()), expected);
}

#[test]
fn attempts_and_hours_count_from_the_threshold_on() {
    check_facts(&Facts { attempts: Some(2), open_hours: Some(23), ..Facts::default() }, "");
    check_facts(&Facts { attempts: Some(3), ..Facts::default() }, "unresolved_attempts");
    check_facts(&Facts { open_hours: Some(24), ..Facts::default() }, "unresolved_attempts");
    check("This is the second time I am writing about this.", "");
    check("This is the third time I am writing about this.", "unresolved_attempts");
}

#[test]
fn a_feature_request_counts_for_large_customers_alone() {
    let texts = ["Could you add an export of all orders?"];
    let of = |tier| Facts { texts: &texts, account_tier: tier, ..Facts::default() };
    for tier in ["enterprise", "Enterprise - Gold", "ENTERPRISE_PLUS", "Key Account"] {
        check_facts(&of(Some(tier)), "enterprise_feature_request");
    }
    for tier in ["standard", "Non-enterprise", "", "key"] {
        check_facts(&of(Some(tier)), "");
    }
    check_facts(&of(None), "");
    check("We are on the enterprise plan. Could you add an export of all orders?", "enterprise_feature_request");
}

#[test]
fn several_texts_give_each_trigger_once() {
    let texts = ["My lawyer will write to you.", "The app crashes.", "I will sue you and I want a manager."];
    check_facts(&Facts { texts: &texts, ..Facts::default() }, "legal bug manager_request");
}

#[test]
fn a_bug_is_left_out_where_a_loss_or_an_outage_covers_it() {
    check("The app crashes when I tap Pay.", "bug");
    check("The app crashes when I tap Pay. All our bookings are gone.", "data_loss");
}

#[test]
fn a_figure_above_the_threshold_counts_in_any_currency_and_spelling() {
    for sum in [
        "£1,240",
        "1.240,50 EUR",
        "$2k",
        "USD 600",
        "500.01 dollars",
        "CHF 1'200.-",
        "£ 501",
        "1 240 €",
        "six hundred pounds",
    ] {
        check(&format!("You overcharged us by {sum}."), "billing_dispute");
    }
    for sum in ["£500", "£9.99", "0.6k GBP of 2026-10-01? No, £60", "€ 499,99", "300"] {
        check(&format!("You overcharged us by {sum}."), "");
    }
}

#[test]
fn only_the_disputed_sum_counts() {
    check("We dispute three charges of £200 each.", "billing_dispute");
    check("Of the £2,400 bill everything is right except the £12 delivery fee, which we dispute.", "");
    check("Please send the invoice for £1,240.", "");
}

#[test]
fn an_administrators_words_count_unless_denied_or_quoted() {
    let mut rules = rules();
    rules.words =
        vec![(Trigger::Legal, "letter from our Union".to_owned()), (Trigger::Outage, "red screen".to_owned())];
    let found = |text: &str| codes(&Facts { texts: &[text], ..Facts::default() }, &rules);
    assert_eq!(found("Expect a letter  from our UNION. Red screen in each shop."), "outage legal");
    assert_eq!(found("There was no red screen. Expect no letter from our union."), "");
    assert_eq!(found("Expect a letter from our unions, coloured screens."), "");
}

#[test]
fn what_is_switched_off_is_never_found() {
    let rules = Rules { off: vec![Trigger::Legal, Trigger::UnresolvedAttempts, Trigger::Outage], ..rules() };
    let facts = Facts {
        texts: &["I will sue you. The whole platform is down. The app crashes."],
        attempts: Some(9),
        ..Facts::default()
    };
    assert_eq!(codes(&facts, &rules), "bug");
}

#[test]
fn the_words_that_suggested_it_are_kept_short() {
    let words = |text: &str| find(&Facts { texts: &[text], ..Facts::default() }, &rules())[0].words.clone();
    assert_eq!(words("Hello. My solicitor will be\nwriting to you.").as_deref(), Some("My solicitor will"));
    let long = format!("The till crashed while {}", "x".repeat(100));
    assert!(words(&long).unwrap().chars().count() <= QUOTED);
    let facts = Facts { attempts: Some(7), ..Facts::default() };
    assert_eq!(find(&facts, &rules()), [Finding { trigger: Trigger::UnresolvedAttempts, words: None }]);
}

#[test]
fn the_most_urgent_trigger_gives_the_class() {
    assert_eq!(class_of([]), Class::None);
    assert_eq!(class_of([Trigger::SecondOpinion]), Class::Optional);
    assert_eq!(class_of([Trigger::SecondOpinion, Trigger::Bug]), Class::Standard);
    assert_eq!(class_of([Trigger::Bug, Trigger::ChurnRisk, Trigger::SecondOpinion]), Class::Immediate);
    assert!(Class::ALL.is_sorted());
}

#[test]
fn codes_and_labels_are_those_of_one_trigger_each() {
    for trigger in Trigger::ALL {
        assert_eq!(Trigger::from_code(trigger.code()), Some(trigger));
        assert_eq!(Trigger::ALL.iter().filter(|it| it.label() == trigger.label()).count(), 1);
    }
    assert!(Trigger::ALL.is_sorted());
    assert_eq!(Trigger::from_code("Legal"), None);
    let sensitive: Vec<_> = Trigger::ALL.into_iter().filter(|it| it.is_sensitive()).collect();
    assert_eq!(sensitive, [Trigger::Security, Trigger::Legal]);
}

#[test]
fn a_finding_is_shown_without_the_customers_words() {
    let found = find(&Facts { texts: &["My solicitor will write to you."], ..Facts::default() }, &rules());
    assert_eq!(format!("{found:?}"), "[Finding(legal, 17 bytes)]");
}
