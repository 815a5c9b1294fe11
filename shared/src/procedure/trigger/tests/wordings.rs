//! One wording or two of each trigger, in many hands.

use super::*;

#[test]
fn every_trigger_is_found() {
    check("Someone logged in to our account and changed the bank details.", "security");
    check("After the update all customer notes are gone.", "data_loss");
    check("None of our 40 sites can take orders.", "outage");
    check("You will hear from my solicitors.", "legal");
    check("A newspaper has contacted us about this.", "media_pr");
    check("Absolutely appalling, you should be ashamed.", "severe_dissatisfaction");
    check("We are looking at other providers.", "churn_risk");
    check("I've emailed you five times and nobody replies.", "unresolved_attempts");
    check("This is beyond our support scope.", "technical_scope");
    check("The export button does nothing when I click it.", "bug");
    check("You billed us USD 600 for a plan we cancelled.", "billing_dispute");
    check("I demand to talk to your supervisor.", "manager_request");
    check("I have a question for your VAT specialist.", "specialist_question");
    check("We have an unusual use case for the booking module.", "unusual_use_case");
    check("Suggestion: the refund process could be simplified.", "process_suggestion");
    check("Could someone double check my answer before I send it?", "second_opinion");
}

#[test]
fn several_triggers_are_found_in_one_text() {
    check(
        "My card data might have been skimmed at your kiosk, and if I do not hear back today I go to the police and to \
         the local paper.",
        "security legal media_pr",
    );
}

#[test]
fn a_hurry_a_phone_and_a_shout_are_understood() {
    check("cx threatening legal", "legal");
    check("cust wants mgr", "manager_request");
    check("ALL TILLS OFFLINE IN EVERY SHOP", "outage");
    check("u cant be serious, im gonna sue u", "legal");
    check("I want to speak to a manger", "manager_request");
    check("We are cancelling our subcription.", "churn_risk");
    check("We’ve been hacked", "security");
}

#[test]
fn british_and_american_spellings_are_one() {
    for word in ["cancelling", "canceling"] {
        check(&format!("We are {word} our contract."), "churn_risk");
    }
    for word in ["unauthorised", "unauthorized"] {
        check(&format!("There was an {word} login to our account."), "security");
    }
}

#[test]
fn the_urgent_ones_are_known_in_other_languages() {
    check("Wir werden den Vertrag kündigen.", "churn_risk");
    check("Unser Anwalt meldet sich bei Ihnen.", "legal");
    check("On a perdu: perte de données complète.", "data_loss");
    check("Hablaré con mi abogado.", "legal");
}

#[test]
fn a_number_may_stand_in_a_words_place() {
    check("After the import 200 contacts lost their phone numbers.", "data_loss");
    check("No answer since Monday.", "unresolved_attempts");
    check("No answer for 3 days.", "unresolved_attempts");
    check("No answer for 3 hours.", "");
}

#[test]
fn an_ordinary_question_is_no_trigger() {
    check("How do I change my password?", "");
    check("You charged me £9.99 twice, please refund one.", "");
    check("Please cancel my booking for Friday.", "");
    check("", "");
}

#[test]
fn every_inflection_of_a_word_is_one() {
    for verb in ["freezes", "froze", "is freezing"] {
        check(&format!("The booking page {verb} whenever I save."), "bug");
    }
    check("My lawyer advises us to sue.", "legal");
    check("We are evaluating alternatives.", "churn_risk");
    check("We evaluated alternatives to your product last week.", "churn_risk");
}

#[test]
fn a_fault_may_be_described_without_being_named() {
    check("The booking form accepts dates in the past.", "bug");
    check("Sunday orders are counted as Monday.", "bug");
    check("The report goes to our accountant.", "");
    check("Our new till is paid and booked.", "");
}

#[test]
fn what_is_implied_gives_way_to_what_is_said() {
    check("The form always shows the old terms. My solicitor will write to you.", "legal");
}
