//! Both sides of every moment that matters.

use super::*;

#[test]
fn the_grace_time_runs_from_the_later_act_and_ends_on_the_second() {
    let judged = |facts: Facts<'_>, time| short(&judge(&Facts { now: at(time), ..facts }, &REVERT));
    let swapped = Facts { type_cleared_at: Some(at("11:30")), stage: closed_by(Actor::Agent, "11:20"), ..untold() };
    for facts in [untold(), swapped] {
        assert_eq!(judged(facts, "11:39:59"), "wait until 11:40: not_communicated");
        assert_eq!(judged(facts, "11:40:00"), "revert to us: not_communicated");
    }
    let closed = Facts { type_cleared_at: None, ..untold() };
    assert_eq!(judged(closed, "11:39:59"), "wait until 11:40: not_communicated type_not_cleared");
    assert_eq!(judged(closed, "11:40:00"), "revert to us: not_communicated type_not_cleared");
    let cleared = Facts { stage: Stage::Open, ..untold() };
    assert_eq!(judged(cleared, "11:29:59"), "wait until 11:30: not_communicated not_closed");
    assert_eq!(judged(cleared, "11:30:00"), "de-escalated at 11:20: not_communicated not_closed");
    let again = Facts { attempt: Some(Attempt::Done(at("11:00"))), ..untold() };
    assert_eq!(judged(again, "11:39:59"), "wait until 11:40: not_communicated");
    assert_eq!(judged(again, "11:40:00"), "flag, OpenedBefore: not_communicated");
}

#[test]
fn what_is_complete_does_not_wait() {
    let messages = [sent(Actor::Agent, "11:00")];
    let facts = Facts { messages: &messages, now: at("11:30"), ..untold() };
    check(&facts, "resolved A at 11:30, Message");
}

#[test]
fn a_grace_time_of_nothing_or_of_for_ever_is_taken_as_it_is() {
    let with = |grace| short(&judge(&Facts { now: at("11:30"), ..untold() }, &Rules { grace, ..REVERT }));
    assert_eq!(with(SignedDuration::ZERO), "revert to us: not_communicated");
    assert!(with(SignedDuration::MAX).starts_with("wait until "));
}

#[test]
fn an_agents_message_counts_from_the_review_on() {
    let with = |time| short(&judge(&Facts { messages: &[sent(Actor::Agent, time)], ..untold() }, &REVERT));
    assert_eq!(with("10:11:59"), "revert to us: not_communicated");
    assert_eq!(with("10:12:00"), "resolved A at 11:30, Message");
    let with = |time| short(&judge(&Facts { calls: &[called(Actor::Agent, time)], ..untold() }, &REVERT));
    assert_eq!(with("10:11:59"), "revert to us: not_communicated");
    assert_eq!(with("10:12:00"), "resolved A at 11:30, Call");
}

#[test]
fn a_shift_leads_message_and_anybodys_word_count_from_the_start_on() {
    let with = |time| short(&judge(&Facts { messages: &[sent(Actor::ShiftLead, time)], ..untold() }, &REVERT));
    assert_eq!(with("08:59:59"), "revert to us: not_communicated");
    assert_eq!(with("09:00:00"), "resolved B at 11:30, Message");
    let with = |time| {
        let word = Some(said(Answer::Other, Actor::Agent, time));
        short(&judge(&Facts { word, ..untold() }, &REVERT))
    };
    assert_eq!(with("08:59:59"), "revert to us: not_communicated");
    assert_eq!(with("09:00:00"), "resolved A at 11:30, Word(Other)");
}

#[test]
fn what_lies_ahead_does_not_count_yet() {
    let with = |time| short(&judge(&Facts { messages: &[sent(Actor::Agent, time)], ..untold() }, &REVERT));
    assert_eq!(with("13:00:00"), "resolved A at 13:00, Message");
    assert_eq!(with("13:00:01"), "revert to us: not_communicated");
}

#[test]
fn after_tech_a_message_counts_once_jira_is_done() {
    for by in [Actor::Agent, Actor::ShiftLead] {
        let with = |time| {
            let messages = [sent(by, time)];
            let facts = Facts { jira_done_at: Some(at("11:00")), messages: &messages, ..untold() };
            judge(&facts, &REVERT).missing().to_vec()
        };
        let since = Some(Since::JiraDone(at("11:00")));
        assert_eq!(with("10:59:59"), [Missing::NotCommunicated(Untold { since, but: None })]);
        assert_eq!(with("11:00:00"), []);
    }
    // Nobody noted the review of what was with Tech: it was there all the same.
    let messages = [sent(Actor::Agent, "11:00")];
    let done = Facts { jira_done_at: Some(at("11:00")), reviewed_at: None, messages: &messages, ..untold() };
    check(&done, "resolved A at 11:30, Message");
}

#[test]
fn an_issue_that_was_done_before_does_not_stand_for_the_review() {
    for done in ["08:00", "10:11:59"] {
        let facts = Facts { jira_done_at: Some(at(done)), messages: &[sent(Actor::Agent, "10:11:59")], ..untold() };
        let since = Some(Since::Review(at("10:12")));
        let missing = judge(&facts, &REVERT).missing().to_vec();
        assert_eq!(missing, [Missing::NotCommunicated(Untold { since, but: None })]);
    }
}

#[test]
fn jira_done_after_the_end_changes_nothing() {
    let messages = [sent(Actor::Agent, "10:30")];
    let done = |time| Facts { jira_done_at: Some(at(time)), messages: &messages, ..untold() };
    check(&done("11:30:00"), "revert to us: not_communicated");
    check(&done("11:30:01"), "resolved A at 11:30, Message");
}

#[test]
fn a_closing_that_we_took_back_is_none_however_late_it_is_shown() {
    let opened = |time| Facts { attempt: Some(Attempt::Done(at(time))), ..untold() };
    check(&opened("11:30:00"), "open: not_communicated not_closed");
    check(&opened("11:29:59"), "flag, OpenedBefore: not_communicated");
    let messages = [sent(Actor::Agent, "11:00")];
    check(&Facts { messages: &messages, ..opened("11:30:00") }, "open: not_closed");
}

#[test]
fn nobody_is_told_before_the_grace_time_after_the_beginning() {
    let late = |now| Facts { started_at: at("12:50"), type_cleared_at: None, now: at(now), ..untold() };
    check(&late("12:59:59"), "wait until 13:00: not_communicated type_not_cleared");
    check(&late("13:00:00"), "revert to us: not_communicated type_not_cleared");
}
