//! What is denied, quoted, supposed, over, or of others.

use super::*;

#[test]
fn what_is_denied_is_no_trigger() {
    check("Good news: no data was lost during the upgrade.", "");
    check("We haven't been hacked, don't worry.", "");
    check("Nobody is going to sue.", "");
    check("No crashes, errors or data loss so far.", "");
    check("We don't think we lost any records.", "");
    check("Data loss: none", "");
    check("Any legal threat? No.", "");
}

#[test]
fn a_denial_ends_with_its_clause() {
    check("No, our data was lost.", "data_loss");
    check("You did not answer, so we will cancel the contract.", "churn_risk");
    check("If you don't fix it I will sue you.", "legal");
    check("It is not only slow, all our records are gone.", "data_loss");
}

#[test]
fn what_is_supposed_is_no_trigger() {
    check("What happens if there is an outage?", "");
    check("Is there any risk of data loss when I import twice?", "");
    check("Do you have a procedure for security breaches?", "");
    check("Would I lose my bookings if I cancelled?", "");
    check("Is there a planned outage this weekend?", "");
}

#[test]
fn a_condition_is_a_threat_and_a_question_may_be_a_report() {
    check("If this is not sorted we will cancel the contract.", "churn_risk");
    check("Why is the whole platform down?", "outage");
    check("All our bookings are gone, is there a backup?", "data_loss");
}

#[test]
fn what_is_quoted_is_no_trigger_unless_the_customer_said_it() {
    check("I liked your article \"How we were hacked\".", "");
    check("Thanks, all good!\n\n> I demand to speak to your manager.", "");
    check("Thanks, perfect!\n\nOn Monday Jo wrote:\nThe whole system is down.", "");
    check("Thanks!\n\nFrom: Jo\nSent: Monday\n\nThe whole system is down.", "");
    check("Customer said: \"I want to speak to your manager.\"", "manager_request");
    check("\"I want to speak to your manager.\"", "manager_request");
}

#[test]
fn what_is_over_is_no_trigger() {
    check("The app was down last week, works now.", "");
    check("Yesterday all tills were offline. Everything is working again, thanks.", "");
    check("It works again, but all our bookings are gone.", "data_loss");
    check("Two years ago a lawyer of ours took another company to court.", "");
}

#[test]
fn what_is_theirs_or_others_is_no_trigger() {
    check("We had a power cut, how do I restart the till?", "");
    check("Our internet is down today, can we still print?", "");
    check("Our lawyer Ms Grey booked table 5.", "");
    check("Please put me through to the kitchen manager at Dock Street.", "");
}

#[test]
fn other_senses_of_a_word_are_no_trigger() {
    check("When will I get my security deposit back?", "");
    check("I was hacked off waiting 10 minutes.", "");
    check("Sue from reception booked a table near the tennis court.", "");
    check("There was a bug in my salad.", "");
    check("We lost our booking number.", "");
    check("I saw your advert on the news, great campaign!", "");
}
