//! What the check finds, what it leaves on the ticket, and what it tells the agent.

use escalation::id::TicketId;

use crate::bench::Bench;
use crate::bench::texts::{ACTION_TAKEN, INVESTIGATED, ISSUE, REQUIRED, first_three, whole};

#[tokio::test]
async fn a_complete_comment_is_accepted_without_a_word() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    let note = bench.hubspot.notes(ticket)[0].id.0.to_string();
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(answer.outcome(), "complete");
    assert_eq!(answer.get("message"), "Comment complete: all five points are there.");
    let lists = ["missing_points", "hints", "suggested_name"].map(|it| answer.get(it));
    assert_eq!(lists, ["", "", ""]);
    assert_eq!(answer.get("comment_id"), note);
    let statuses = ["mention_status", "name_status", "association_status"].map(|it| answer.get(it));
    assert_eq!(statuses, ["mentioned", "ok", "ok"]);
    assert_eq!(answer.get("run_id").len(), 16);
    assert_eq!(bench.written(), (1, 0));
    assert_eq!(bench.said(ticket), "");
    insta::assert_snapshot!(bench.properties(ticket), @r#"
    comment_status: complete
    name_status: ok
    cycle: 1
    started_at: 2026-01-05T09:41:00Z
    last_message: Comment complete: all five points are there.
    "#);
    bench.finish();
}

#[tokio::test]
async fn what_is_missing_is_named_in_a_comment_to_the_agent() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&format!("{}<p>Blocker: none</p>", first_three()));
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(answer.outcome(), "incomplete");
    assert_eq!(
        answer.get("message"),
        "Not with the Shift Lead yet: missing in the comment: Blocker, Required to Resolve."
    );
    assert_eq!(answer.get("missing_points"), "blocker;required_to_resolve");
    assert_eq!(bench.written(), (2, 2));
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: 2 of 5 points are missing* @Sam Okafor
    ✔ Issue ✔ Investigated ✔ Action Taken
    ✘ *Blocker*: says "none". What stops you from resolving it right now?
    ✘ *Required to Resolve*: not found. What do you need from the Shift Lead or Tech?
    Please @mention the Shift Lead in your comment next time.
    Add a new comment with just these two lines (or edit yours), nothing else to do:
    `Blocker: `
    `Required to Resolve: `
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(bench.properties(ticket), @r#"
    comment_status: incomplete
    comment_missing: blocker;required_to_resolve
    hints: Please @mention the Shift Lead in your comment next time.
    name_status: ok
    cycle: 1
    started_at: 2026-01-05T09:41:00Z
    last_message: Not with the Shift Lead yet: missing in the comment: Blocker, Required to Resolve.
    "#);
    bench.finish();
}

#[tokio::test]
async fn a_single_point_is_spoken_of_as_one() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&[ISSUE, INVESTIGATED, ACTION_TAKEN, REQUIRED].concat());
    assert_eq!(bench.check(ticket, &[]).await.get("missing_points"), "blocker");
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: 1 of 5 points is missing* @Sam Okafor
    ✔ Issue ✔ Investigated ✔ Action Taken ✔ Required to Resolve
    ✘ *Blocker*: not found. What stops you from resolving it right now?
    Add a new comment with just this line (or edit yours), nothing else to do:
    `Blocker: `
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn each_word_that_is_no_answer_is_quoted() {
    let bench = Bench::new().await;
    let empty = "<p>Investigated: n/a</p><p>Action Taken: -</p><p>Blocker: TBC &lt;later&gt;</p>\
                 <p>Required to Resolve: see above</p>";
    let ticket = bench.escalated(&format!("{ISSUE}{empty}"));
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(answer.outcome(), "incomplete");
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: 4 of 5 points are missing* @Sam Okafor
    ✔ Issue
    ✘ *Investigated*: says "n/a". What have you already checked or looked into?
    ✘ *Action Taken*: says "-". Which steps have you already tried?
    ✘ *Blocker*: says "TBC <later>". What stops you from resolving it right now?
    ✘ *Required to Resolve*: says "see above". What do you need from the Shift Lead or Tech?
    Please @mention the Shift Lead in your comment next time.
    Add a new comment with just these four lines (or edit yours), nothing else to do:
    `Investigated: `
    `Action Taken: `
    `Blocker: `
    `Required to Resolve: `
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn the_message_is_html_that_mentions_the_agent_and_carries_our_marker() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&[ISSUE, INVESTIGATED, ACTION_TAKEN, REQUIRED].concat());
    bench.check(ticket, &[]).await;
    insta::assert_snapshot!(bench.hubspot.notes(ticket)[1].body.replace("</p><p>", "</p>\n<p>"), @r#"
    <p><strong>Not with the Shift Lead yet: 1 of 5 points is missing</strong> <strong data-at-mention data-user-id="48111" data-search-text="Sam Okafor" data-search-value="sam.okafor@example.com">@Sam Okafor</strong></p>
    <p>✔ Issue ✔ Investigated ✔ Action Taken ✔ Required to Resolve</p>
    <p>✘ <strong>Blocker</strong>: not found. What stops you from resolving it right now?</p>
    <p>Add a new comment with just this line (or edit yours), nothing else to do:</p>
    <p><code>Blocker: </code></p>
    <p><em>Checked comment of 09:41 by Sam · </em><a href="https://app.hubspot.com/contacts/24680135/record/0-5/5100000002#hsj-tclxsedxsdxujgrv7qxkkesrzi">escalation #1</a><em> · automatic message</em></p>
    "#);
    bench.finish();
}

/// An escalation without anything that counts, looked at this many seconds after it began.
async fn looked_at(bench: &Bench, ticket: TicketId, seconds: i64) -> String {
    bench.escalate(ticket);
    bench.wait(seconds);
    bench.check(ticket, &[]).await.outcome().to_owned()
}

#[tokio::test]
async fn no_comment_at_all_is_missing() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    assert_eq!(looked_at(&bench, ticket, 60).await, "missing");
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: no internal comment found* @Sam Okafor
    I could not find an internal comment with the five points for this escalation. Please add one:
    `Issue: `
    `Investigated: `
    `Action Taken: `
    `Blocker: `
    `Required to Resolve: `
    _Checked at 09:42 · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(bench.properties(ticket), @r#"
    comment_status: missing
    comment_missing: issue;investigated;action_taken;blocker;required_to_resolve
    name_status: ok
    cycle: 1
    started_at: 2026-01-05T09:41:00Z
    last_message: Not with the Shift Lead yet: no internal comment with the five points.
    "#);
    bench.finish();
}

#[tokio::test]
async fn an_older_complete_comment_is_named_with_its_day() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.wait(9 * 86_400);
    assert_eq!(looked_at(&bench, ticket, 60).await, "missing");
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: no internal comment found* @Sam Okafor
    I could not find an internal comment with the five points for this escalation. The last complete comment is from 5 January, before this escalation. Please add one:
    `Issue: `
    `Investigated: `
    `Action Taken: `
    `Blocker: `
    `Required to Resolve: `
    _Checked at 09:42 · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn the_story_without_headings_is_missing_and_asked_for_kindly() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let story = "<p>The customer was charged twice for order 4711 last night. I looked at the billing log and asked \
                 the bank to hold the second capture, but refunds over 100 need somebody's approval and I cannot give \
                 that, so could somebody please have a look at it before Friday.</p>";
    bench.sam().write_note(ticket, story).unwrap();
    assert_eq!(looked_at(&bench, ticket, 60).await, "missing");
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: the five headings are missing* @Sam Okafor
    Your comment has the story but not the five headings. Please put it under them, in a new comment or by editing yours:
    `Issue: `
    `Investigated: `
    `Action Taken: `
    `Blocker: `
    `Required to Resolve: `
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn points_sent_only_to_the_customer_are_missing_and_told_apart() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    let points = "Issue: charged twice\nInvestigated: the log\nAction Taken: asked the bank\nBlocker: approval\n\
                  Required to Resolve: a refund";
    bench.sam().reply(thread, points).unwrap();
    assert_eq!(looked_at(&bench, ticket, 60).await, "missing");
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: the five points are not in an internal comment* @Sam Okafor
    The five points were sent in an e-mail to the customer. Please add them as an internal comment and tell your Shift Lead.
    `Issue: `
    `Investigated: `
    `Action Taken: `
    `Blocker: `
    `Required to Resolve: `
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn nothing_is_missing_within_the_first_minute() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    assert_eq!(looked_at(&bench, ticket, 59).await, "pending");
    assert_eq!(bench.written(), (0, 0));
    assert_eq!((bench.said(ticket), bench.properties(ticket)), (String::new(), String::new()));
    bench.wait(1);
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "missing");
    assert_eq!(bench.written(), (2, 2));
    bench.finish();
}

#[tokio::test]
async fn the_first_minute_is_as_long_as_the_policy_says() {
    let bench = Bench::with_policy(&[("pending_seconds = 60", "pending_seconds = 5")]).await;
    let ticket = bench.ticket();
    assert_eq!(looked_at(&bench, ticket, 4).await, "pending");
    bench.wait(1);
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "missing");
    bench.finish();
}

/// `assign-lane` has the Shift Lead called in the same second: two comments must not say two things.
#[tokio::test]
async fn where_something_is_immediate_nobody_hears_that_the_shift_lead_waits() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let contact = bench.hubspot.contact("Jo", "Park", "jo@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    bench.hubspot.customer_writes(thread, "My solicitor will be writing to you about this.").unwrap();
    bench
        .sam()
        .write_note(ticket, "<p>Issue: The table was charged twice, they expect GBP 46.20 back today.</p>")
        .unwrap();
    bench.escalate(ticket);
    bench.wait(61);
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(answer.outcome(), "incomplete");
    assert!(
        answer.get("message").starts_with("The Shift Lead is called at once; missing in the comment: Investigated, ")
    );
    let told = bench.hubspot.notes(ticket).into_iter().filter(|it| it.author.is_none());
    let told: Vec<String> = told.map(|it| it.body).collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("The Shift Lead is called at once. Please still add 4 of 5 points"), "{told:?}");
    assert!(told[0].contains("Required to Resolve") && !told[0].contains("Not with the Shift Lead"), "{told:?}");
    bench.finish();
}

#[tokio::test]
async fn what_customers_write_in_the_help_desk_is_suggested_as_a_reason() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let contact = bench.hubspot.contact("Jo", "Park", "jo@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    bench.hubspot.customer_writes(thread, "My solicitor will be writing to you about this.").unwrap();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.check(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_reason"), "legal");

    // What a person takes off stays off.
    bench.wait(60);
    bench.dana().set(ticket, "escalation_reason", "").unwrap();
    bench.check(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_reason"), "");
    bench.finish();
}
