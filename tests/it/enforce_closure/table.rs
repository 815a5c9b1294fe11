//! All combinations of the criteria, by both options, in both modes: what is written, and what a trial run
//! says of it.

use std::collections::BTreeSet;

use super::stage::Escalation;
use crate::bench::Bench;

/// What holds, the option, the mode; outcome and what is missing; stage, lane, state, mark, option.
const TABLE: &str = "
    told cleared closed  A revert | resolved                                             | 4  resolved - A
    told cleared closed  A flag   | resolved                                             | 4  resolved - A
    told cleared closed  B revert | resolved                                             | 4  resolved - B
    told cleared closed  B flag   | resolved                                             | 4  resolved - B
    told cleared -       A revert | deescalated not_closed                               | 3 cs triage -
    told cleared -       A flag   | deescalated not_closed                               | 3 cs triage -
    told cleared -       B revert | deescalated not_closed                               | 3 cs triage -
    told cleared -       B flag   | deescalated not_closed                               | 3 cs triage -
    told -       closed  A revert | reverted type_not_cleared                            | 3 cs triage type_not_cleared
    told -       closed  A flag   | flagged type_not_cleared                             | 4 cs triage type_not_cleared
    told -       closed  B revert | reverted type_not_cleared                            | 3 cs triage type_not_cleared
    told -       closed  B flag   | flagged type_not_cleared                             | 4 cs triage type_not_cleared
    told -       -       A revert | waiting type_not_cleared;not_closed                  | 3 cs triage -
    told -       -       A flag   | waiting type_not_cleared;not_closed                  | 3 cs triage -
    told -       -       B revert | waiting type_not_cleared;not_closed                  | 3 cs triage -
    told -       -       B flag   | waiting type_not_cleared;not_closed                  | 3 cs triage -
    -    cleared closed  A revert | reverted not_communicated                            | 3 cs triage not_communicated
    -    cleared closed  A flag   | flagged not_communicated                             | 4 cs triage not_communicated
    -    cleared closed  B revert | reverted not_communicated                            | 3 cs triage not_communicated
    -    cleared closed  B flag   | flagged not_communicated                             | 4 cs triage not_communicated
    -    cleared -       A revert | deescalated not_communicated;not_closed              | 3 cs triage -
    -    cleared -       A flag   | deescalated not_communicated;not_closed              | 3 cs triage -
    -    cleared -       B revert | deescalated not_communicated;not_closed              | 3 cs triage -
    -    cleared -       B flag   | deescalated not_communicated;not_closed              | 3 cs triage -
    -    -       closed  A revert | reverted not_communicated;type_not_cleared           | 3 cs triage not_communicated;type_not_cleared
    -    -       closed  A flag   | flagged not_communicated;type_not_cleared            | 4 cs triage not_communicated;type_not_cleared
    -    -       closed  B revert | reverted not_communicated;type_not_cleared           | 3 cs triage not_communicated;type_not_cleared
    -    -       closed  B flag   | flagged not_communicated;type_not_cleared            | 4 cs triage not_communicated;type_not_cleared
    -    -       -       A revert | waiting not_communicated;type_not_cleared;not_closed | 3 cs triage -
    -    -       -       A flag   | waiting not_communicated;type_not_cleared;not_closed | 3 cs triage -
    -    -       -       B revert | waiting not_communicated;type_not_cleared;not_closed | 3 cs triage -
    -    -       -       B flag   | waiting not_communicated;type_not_cleared;not_closed | 3 cs triage -
";

/// An escalation in which this holds. Where nobody told the customer, somebody commented inside all the same.
async fn escalation(bench: &Bench, [told, cleared, closed, option]: [&str; 4]) -> Escalation {
    let it = bench.answered().await;
    let teller = if option == "A" { bench.sam() } else { bench.dana() };
    match told {
        "told" => teller.reply(it.thread, "We refund it today.").unwrap(),
        _ => teller.comment(it.thread, "<p>We refund it today.</p>").unwrap(),
    };
    if cleared == "cleared" {
        bench.clear(it);
    }
    if closed == "closed" {
        bench.shut(it);
    }
    bench.wait(600);
    it
}

#[tokio::test]
async fn every_combination_is_written_as_the_table_says_and_observed_without_a_write() {
    let bench = Bench::with_closing(&[]).await;
    let mut seen = BTreeSet::new();
    for row in TABLE.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let [facts, outcome, end] = row.split('|').map(str::trim).collect::<Vec<_>>().try_into().unwrap();
        let [told, cleared, closed, option, mode] = facts.split_whitespace().collect::<Vec<_>>().try_into().unwrap();
        seen.insert([told, cleared, closed, option, mode]);
        let it = escalation(&bench, [told, cleared, closed, option]).await;
        let before = (bench.end(it), bench.notes_of_ours(it.ticket), bench.replies(it));
        bench.written();
        assert_eq!(bench.judged_with(it, &[("closure", mode), ("mode", "observe")]).await, outcome, "{row}");
        assert_eq!((bench.hubspot.journal().writes(), bench.at_table().1), (0, 0), "{row}");
        assert_eq!((bench.end(it), bench.notes_of_ours(it.ticket), bench.replies(it)), before, "{row}");
        assert_eq!(bench.judged_with(it, &[("closure", mode)]).await, outcome, "{row}");
        let shown = bench.end(it).join(" ").replace("  ", " - ");
        let expected = end.replace("4  resolved - ", "4 - resolved - ");
        assert_eq!(shown.trim_end_matches([' ', '-']), expected.trim_end_matches([' ', '-']), "{row}");
        let speaks = ["resolved", "reverted", "flagged"].iter().any(|it| outcome.starts_with(it));
        let news = usize::from(speaks);
        assert_eq!(bench.notes_of_ours(it.ticket) - before.1, news, "{row}");
        assert_eq!(bench.replies(it).len() - before.2.len(), news, "{row}");
    }
    assert_eq!(seen.len(), 32);
    bench.finish();
}

#[tokio::test]
async fn a_trial_run_says_what_would_be_written() {
    let bench = Bench::with_closing(&[]).await;
    let observe = [("mode", "observe")];
    let early = escalation(&bench, ["-", "cleared", "closed", "A"]).await;
    insta::assert_snapshot!(bench.close(early.ticket, &observe).await.get("message"), @"Reopened: customer not told. Observing only: would set closure_missing, escalation_last_message, hs_pipeline_stage; tell the agent by an internal comment, unless that was done before.");
    let done = escalation(&bench, ["told", "cleared", "closed", "A"]).await;
    insta::assert_snapshot!(bench.close(done.ticket, &observe).await.get("message"), @"Escalation #1 resolved in 50 min (business time). Option A. Thank you. Observing only: would set closure_option, escalation_lane, escalation_last_message, escalation_resolve_minutes, escalation_resolved_at, escalation_sla_status, escalation_state; tell the agent by an internal comment, unless that was done before.");
    bench.finish();
}

#[tokio::test]
async fn an_input_that_does_not_read_fails_the_action_in_words() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.unanswered().await;
    let answer = bench.close(it.ticket, &[("closure", "reopen"), ("grace_minutes", "soon")]).await;
    assert_eq!((answer.status, answer.get("hs_execution_state")), (200, "FAIL_CONTINUE"));
    insta::assert_snapshot!(answer.get("message"), @"input `closure`: `reopen` is not one of revert, flag; input `grace_minutes`: `soon` is not a whole number");
    bench.finish();
}
