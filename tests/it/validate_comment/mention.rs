//! Who is mentioned in the comment, and whether that matters.

use crate::bench::Bench;
use crate::bench::texts::{mention, whole_with};

const LEADS: (&str, &str) = (
    "horizon_seconds = 180",
    "horizon_seconds = 180\n[[shift_leads]]\nname = \"Dana Whitfield\"\nuser_id = 48211\n\
     [[shift_leads]]\nname = \"Night shift\"\nteam_id = 77",
);
const REQUIRED: (&str, &str) = ("require_mention = false", "require_mention = true");

/// The outcome, the mention's status and the hints for a comment that mentions so.
async fn check(mention: &str, expected: [&str; 3]) {
    let bench = Bench::with_policy(&[LEADS]).await;
    let ticket = bench.escalated(&whole_with(mention));
    let answer = bench.check(ticket, &[]).await;
    assert_eq!([answer.outcome(), answer.get("mention_status"), answer.get("hints")], expected);
    assert_eq!((bench.value(ticket, "escalation_hints").as_str(), bench.said(ticket).as_str()), (expected[2], ""));
    bench.finish();
}

#[tokio::test]
async fn a_shift_lead_or_a_team_of_them_is_a_mention() {
    check(&mention(48_211, "Dana Whitfield"), ["complete", "mentioned", ""]).await;
    check(&mention(77, "Night shift"), ["complete", "mentioned", ""]).await;
    let both = mention(48_311, "Lee Marsh") + " " + &mention(48_211, "Dana Whitfield");
    check(&both, ["complete", "mentioned", ""]).await;
}

#[tokio::test]
async fn another_mention_or_none_is_accepted_with_a_reminder() {
    let reminder = "Please @mention the Shift Lead in your comment next time.";
    check("", ["complete", "mention_missing", reminder]).await;
    let other = "The person mentioned is not a Shift Lead.";
    check(&mention(48_311, "Lee Marsh"), ["complete", "mention_other", other]).await;
    check(&mention(78, "Day shift"), ["complete", "mention_other", other]).await;
    let typed = "@Dana is typed as text: HubSpot did not notify anyone.";
    check("@Dana", ["complete", "mention_typed", typed]).await;
}

#[tokio::test]
async fn while_the_policy_names_no_shift_leads_anybody_counts() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole_with(&mention(48_311, "Lee Marsh")));
    assert_eq!(bench.check(ticket, &[]).await.get("mention_status"), "mentioned");
    bench.finish();
}

#[tokio::test]
async fn a_policy_that_wants_a_mention_tells_who_was_not_notified() {
    let bench = Bench::with_policy(&[LEADS, REQUIRED]).await;
    let typed = bench.escalated(&whole_with("@Dana &lt;3"));
    let answer = bench.check(typed, &[]).await;
    assert_eq!((answer.outcome(), answer.get("missing_points")), ("incomplete", ""));
    assert_eq!(answer.get("message"), "Not with the Shift Lead yet: the comment mentions no Shift Lead.");
    insta::assert_snapshot!(bench.said(typed), @r#"
    *Not with the Shift Lead yet: no Shift Lead is mentioned* @Sam Okafor
    All five points are there, but @Dana is typed as text, so HubSpot did not notify anyone. Add a comment in which you pick your Shift Lead from the list that opens after @.
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    let other = bench.escalated(&whole_with(&mention(48_311, "Lee Marsh")));
    assert_eq!(bench.check(other, &[]).await.get("mention_status"), "mention_other");
    insta::assert_snapshot!(bench.said(other), @r#"
    *Not with the Shift Lead yet: no Shift Lead is mentioned* @Sam Okafor
    All five points are there. Add a comment in which you pick your Shift Lead from the list that opens after @.
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    let right = bench.escalated(&whole_with(&mention(77, "Night shift")));
    assert_eq!(bench.check(right, &[]).await.outcome(), "complete");
    bench.finish();
}

#[tokio::test]
async fn a_comment_with_nothing_but_the_mention_completes_the_one_that_lacked_it() {
    let mut bench = Bench::with_policy(&[LEADS, REQUIRED]).await;
    let ticket = bench.escalated(&whole_with(""));
    bench.pass(1).await;
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.sam().write_note(ticket, &format!("<p>{}</p>", mention(48_211, "Dana Whitfield"))).unwrap();
    bench.pass(5).await;
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
    bench.finish();
}

#[tokio::test]
async fn the_workflow_may_want_a_mention_or_not_whatever_the_policy_says() {
    for (policy, input, expected) in
        [(false, "true", "incomplete"), (false, "", "complete"), (true, "false", "complete"), (true, "", "incomplete")]
    {
        let changes = if policy { vec![LEADS, REQUIRED] } else { vec![LEADS] };
        let bench = Bench::with_policy(&changes).await;
        let ticket = bench.escalated(&whole_with(""));
        let answer = bench.check(ticket, &[("require_mention", input)]).await;
        assert_eq!(answer.outcome(), expected, "policy {policy}, input `{input}`");
        bench.finish();
    }
}
