//! The ticket's name and whom it is about.

use sandbox::world::hubspot::owner::Owner;

use crate::bench::texts::{first_three, shown, whole};
use crate::bench::{Bench, NAME};

const FIX: (&str, &str) = ("mode = \"warn\"", "mode = \"fix\"");
const OFF: (&str, &str) = ("mode = \"warn\"", "mode = \"off\"");
const SLIP: &str = "escalation – Harbour Grill - Double charge";

/// What the check says of a name, as status, suggestion and hints, where it changes nothing.
async fn check(name: &str, expected: [&str; 3]) {
    let bench = Bench::new().await;
    let ticket = bench.ticket_named(name);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(answer.outcome(), "complete");
    assert_eq!(["name_status", "suggested_name", "hints"].map(|it| answer.get(it)), expected, "{name}");
    assert_eq!(bench.value(ticket, "escalation_name_status"), expected[0]);
    assert_eq!((bench.value(ticket, "subject").as_str(), bench.said(ticket).as_str()), (name, ""));
    bench.finish();
}

#[tokio::test]
async fn a_wrong_name_is_said_and_left_as_it_is() {
    check(NAME, ["ok", "", ""]).await;
    let better = "Ticket name: please rename it to \"Escalation - Harbour Grill - Double charge\".";
    check(SLIP, ["fixable", NAME, better]).await;
    check("Double charge", ["invalid", NAME, better]).await;
    let template = "Ticket name: please use \"Escalation - [Customer Name] - [Brief Issue]\".";
    check("Escalation", ["invalid", "", template]).await;
    let other = "Ticket name: the customer differs from the associated contact or company.";
    check("Escalation - Blue Door Bakery - Double charge", ["ok", "", other]).await;
}

#[tokio::test]
async fn names_are_not_looked_at_where_the_policy_says_so() {
    let bench = Bench::with_policy(&[OFF]).await;
    let ticket = bench.ticket_named("help!!");
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(["name_status", "suggested_name", "hints"].map(|it| answer.get(it)), ["off", "", ""]);
    assert_eq!(bench.value(ticket, "escalation_name_status"), "");
    assert_eq!(bench.hubspot.journal().count("POST /crm/v3/objects/companies/batch/read"), 0);
    bench.finish();
}

#[tokio::test]
async fn a_name_is_put_right_once_and_the_old_one_is_kept_in_a_note() {
    let mut bench = Bench::with_policy(&[FIX]).await;
    let ticket = bench.ticket_named(SLIP);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.pass(1).await;
    assert_eq!(bench.value(ticket, "subject"), NAME);
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Ticket renamed to "Escalation - Harbour Grill - Double charge"*
    It was "escalation – Harbour Grill - Double charge". Change it back if that was right: it will not be renamed again in this escalation.
    [escalation #1]_ · automatic message_
    "#);
    assert_eq!(bench.value(ticket, "escalation_name_status"), "ok", "in the same run");
    bench.written();
    assert_eq!(bench.check(ticket, &[]).await.get("name_status"), "ok");
    assert_eq!(bench.written(), (0, 0));
    bench.finish();
}

#[tokio::test]
async fn a_person_who_changes_the_name_back_wins_until_the_next_escalation() {
    let mut bench = Bench::with_policy(&[FIX]).await;
    let ticket = bench.ticket_named(SLIP);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.pass(1).await;
    bench.sam().set(ticket, "subject", SLIP).unwrap();
    for _ in 0..3 {
        assert_eq!(bench.check(ticket, &[]).await.get("name_status"), "fixable");
        assert_eq!(bench.value(ticket, "subject"), SLIP);
    }
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.pass(10).await;
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.check(ticket, &[]).await;
    assert_eq!((bench.value(ticket, "subject").as_str(), bench.notes_of_ours(ticket)), (NAME, 2));
    bench.finish();
}

#[tokio::test]
async fn a_name_that_could_mean_two_things_is_never_changed() {
    let bench = Bench::with_policy(&[FIX]).await;
    let ticket = bench.ticket_named("Double charge");
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.check(ticket, &[]).await.get("name_status"), "invalid");
    assert_eq!((bench.value(ticket, "subject").as_str(), bench.said(ticket).as_str()), ("Double charge", ""));
    bench.finish();
}

#[tokio::test]
async fn the_name_and_the_comment_may_both_need_something_at_once() {
    let bench = Bench::with_policy(&[FIX]).await;
    let ticket = bench.ticket_named(SLIP);
    bench.sam().write_note(ticket, &first_three()).unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
    assert_eq!((bench.value(ticket, "subject").as_str(), bench.notes_of_ours(ticket)), (NAME, 2));
    assert!(!bench.said(ticket).contains("please rename"), "we did that ourselves");
    assert_eq!(bench.written(), (4, 4), "two properties' writes, two notes, two records each written twice");
    bench.finish();
}

#[tokio::test]
async fn any_of_several_companies_or_the_contact_is_the_customer() {
    for (name, warned) in [
        ("Escalation - Harbour Grill - Double charge", false),
        ("Escalation - Smith - Jones & Söhne - Double charge", false),
        ("Escalation - Ada Lund - Double charge", false),
        ("Escalation - Bo Berg - Double charge", true),
    ] {
        let bench = Bench::new().await;
        let ticket = bench.ticket_named(name);
        let second = bench.hubspot.company("Smith - Jones & Söhne", "smith.example");
        bench.sam().associate_company(ticket, second).unwrap();
        let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
        bench.sam().associate_contact(ticket, contact).unwrap();
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.escalate(ticket);
        let answer = bench.check(ticket, &[]).await;
        assert_eq!((answer.get("name_status"), answer.get("hints").contains("differs")), ("ok", warned), "{name}");
        bench.finish();
    }
}

#[tokio::test]
async fn a_contact_alone_is_enough_and_a_ticket_about_nobody_is_said_in_the_same_message() {
    let bench = Bench::new().await;
    let known = bench.sam().create_ticket(&[("subject", "Escalation - Ada Lund - Double charge")]).unwrap();
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    bench.sam().associate_contact(known, contact).unwrap();
    let unknown = bench.sam().create_ticket(&[("subject", NAME), ("hubspot_owner_id", "501")]).unwrap();
    for ticket in [known, unknown] {
        bench.sam().write_note(ticket, &first_three()).unwrap();
        bench.escalate(ticket);
    }
    let answer = bench.check(known, &[]).await;
    assert_eq!((answer.outcome(), answer.get("association_status")), ("incomplete", "ok"));
    assert!(!bench.said(known).contains("contact or company"));
    let answer = bench.check(unknown, &[]).await;
    assert_eq!((answer.outcome(), answer.get("association_status")), ("incomplete", "association_missing"));
    insta::assert_snapshot!(bench.said(unknown), @r#"
    *Not with the Shift Lead yet: 2 of 5 points are missing* @Sam Okafor
    ✔ Issue ✔ Investigated ✔ Action Taken
    ✘ *Blocker*: not found. What stops you from resolving it right now?
    ✘ *Required to Resolve*: not found. What do you need from the Shift Lead or Tech?
    This ticket has no contact or company: please associate one, so that the Shift Lead knows the customer.
    Please @mention the Shift Lead in your comment next time.
    Add a new comment with just these two lines (or edit yours), nothing else to do:
    `Blocker: `
    `Required to Resolve: `
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn whatever_a_name_holds_is_text_in_our_messages() {
    let mut ours = Vec::new();
    for policy in [&[FIX][..], &[]] {
        let bench = Bench::with_policy(policy).await;
        let ticket = bench.ticket_named("escalation - <b>Grill</b> & \"Sons\" @here - it's <script>alert(1)</script>");
        bench.hubspot.hire(Owner::new(504, 48_411, "A<b>&\"' @all Lee"));
        bench.sam().set(ticket, "hubspot_owner_id", "504").unwrap();
        let comment = if policy.is_empty() { first_three() } else { whole() };
        bench.sam().write_note(ticket, &comment).unwrap();
        bench.escalate(ticket);
        bench.check(ticket, &[]).await;
        ours.push(bench.hubspot.notes(ticket)[1].body.clone());
        bench.finish();
    }
    for body in &ours {
        let tags = body.split('<').skip(1).map(|it| it.split(['>', ' ']).next().unwrap().trim_start_matches('/'));
        assert_eq!(tags.filter(|it| !["p", "strong", "em", "a", "code"].contains(it)).count(), 0, "{body}");
    }
    insta::assert_snapshot!(ours.iter().map(|it| shown(it)).collect::<Vec<_>>().join("\n\n"), @r#"
    *Ticket renamed to "Escalation - <b>Grill</b> & "Sons" @here - it's <script>alert(1)</script>"*
    It was "escalation - <b>Grill</b> & "Sons" @here - it's <script>alert(1)</script>". Change it back if that was right: it will not be renamed again in this escalation.
    [escalation #1]_ · automatic message_

    *Not with the Shift Lead yet: 2 of 5 points are missing* @A<b>&"' @all Lee
    ✔ Issue ✔ Investigated ✔ Action Taken
    ✘ *Blocker*: not found. What stops you from resolving it right now?
    ✘ *Required to Resolve*: not found. What do you need from the Shift Lead or Tech?
    Ticket name: please rename it to "Escalation - <b>Grill</b> & "Sons" @here - it's <script>alert(1)</script>".
    Please @mention the Shift Lead in your comment next time.
    Add a new comment with just these two lines (or edit yours), nothing else to do:
    `Blocker: `
    `Required to Resolve: `
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(ours[1].split("</p>").next().unwrap(), @r#"<p><strong>Not with the Shift Lead yet: 2 of 5 points are missing</strong> <strong data-at-mention data-user-id="48411" data-search-text="A&lt;b&gt;&amp;&quot;&#39; @all Lee" data-search-value="a&lt;b&gt;&amp;&quot;&#39;.@all.lee@example.com">@A&lt;b&gt;&amp;&quot;&#39; @all Lee</strong>"#);
}
