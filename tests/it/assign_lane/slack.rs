//! What is read in Slack of an escalation, from its card to its end.

use serde_json::json;

use super::channels::{ADMINS, BY_ID, CREW, EXECUTIVES, OUTAGE, RESTRICTED, TO_EXECUTIVES, furnish, open, with};
use crate::bench::texts::{LEE, SAM, first_three, last_two, whole};
use crate::bench::{Bench, ESCALATIONS};

#[tokio::test]
async fn the_card_has_all_that_one_needs_to_decide() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.sam().set(ticket, "escalation_channel", "phone").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    insta::assert_snapshot!(bench.thread(ESCALATIONS), @r"
    Escalation: Harbour Grill - Double charge
    @Dana (on duty until 18:00) · review due 11:41
    Triage · ‼️ #CS-ESCALATE · level 2
    Customer: Harbour Grill · Channel: phone · Agent: Sam Okafor
    Issue: Order 4711 was charged twice; Harbour Grill expects the money back by Friday.
    Investigated: The billing log shows two captures a second apart.
    Action Taken: Asked the bank to hold the second capture.
    Blocker: Refunds over 100 need an approval.
    Required to Resolve: Please approve the refund,
    Open ticket
    escalation #1 · ticket 5100000002 · automatic message
    ");
    let sent = &bench.sent(ESCALATIONS)[0];
    assert_eq!(sent["blocks"][1]["elements"][0]["elements"][0], json!({ "type": "user", "user_id": "U0DANA001" }));
    let link = format!("https://app.hubspot.com/contacts/24680135/record/0-5/{ticket}");
    assert!(sent["text"].as_str().unwrap().contains(&format!("<{link}|Open ticket>")), "{sent}");
    bench.finish();
}

#[tokio::test]
async fn everybody_on_duty_is_mentioned_once() {
    let both = ("\nwho = [\"Dana Whitfield\"]", "\nwho = [\"Dana Whitfield\", \"Lee Marsh\"]");
    let bench = with(&[both]).await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    let text = bench.sent(ESCALATIONS)[0]["text"].as_str().unwrap().to_owned();
    assert_eq!((text.matches("<@U0DANA001>").count(), text.matches("<@U0LEE0001>").count()), (1, 1), "{text}");
    bench.finish();
}

#[tokio::test]
async fn another_escalation_of_the_ticket_is_another_thread() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "deescalated");
    bench.wait(600);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    let cards = bench.read(ESCALATIONS);
    assert_eq!(cards.iter().map(|it| it.replies).collect::<Vec<_>>(), [1, 0]);
    assert!(cards[1].text.contains("escalation #2"), "{}", cards[1].text);
    bench.finish();
}

#[tokio::test]
async fn to_tech_and_back_is_said_in_the_thread_and_shown_on_the_card() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    insta::assert_snapshot!(bench.thread(ESCALATIONS), @r"
    Escalation: Harbour Grill - Double charge
    @Dana (on duty until 18:00) · answer due 12 January 09:41
    In Tech · 🛠️ #TECH-ESCALATE · level 3
    Customer: Harbour Grill · Agent: Sam Okafor
    Issue: Order 4711 was charged twice; Harbour Grill expects the money back by Friday.
    Investigated: The billing log shows two captures a second apart.
    Action Taken: Asked the bank to hold the second capture.
    Blocker: Refunds over 100 need an approval.
    Required to Resolve: Please approve the refund,
    Open ticket
    escalation #1 · ticket 5100000002 · automatic message
    --
    Confirmed for Tech by Dana Whitfield. @Sam Okafor, you stay the owner.
    ");
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "shift_lead").unwrap();
    for _ in 0..3 {
        bench.assign(ticket, &[]).await;
    }
    insta::assert_snapshot!(bench.thread(ESCALATIONS), @r"
    Escalation: Harbour Grill - Double charge
    @Dana (on duty until 18:00) · answer due 12 January 09:41
    Back to CS · ‼️ #CS-ESCALATE · level 2
    Customer: Harbour Grill · Agent: Sam Okafor
    Issue: Order 4711 was charged twice; Harbour Grill expects the money back by Friday.
    Investigated: The billing log shows two captures a second apart.
    Action Taken: Asked the bank to hold the second capture.
    Blocker: Refunds over 100 need an approval.
    Required to Resolve: Please approve the refund,
    Open ticket
    escalation #1 · ticket 5100000002 · automatic message
    --
    Confirmed for Tech by Dana Whitfield. @Sam Okafor, you stay the owner.
    --
    Back from Tech by Dana Whitfield. @Dana (on duty until 18:00) · answer due 12 January 09:41
    ");
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.assign(ticket, &[]).await;
    let card = &bench.read(ESCALATIONS)[0];
    assert_eq!((card.replies, card.edits), (3, 3), "once for each move");
    bench.finish();
}

#[tokio::test]
async fn a_card_that_shows_it_in_tech_needs_no_word_of_that() {
    let bench = open().await;
    let ticket = bench.ticket();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    for _ in 0..3 {
        bench.assign(ticket, &[]).await;
    }
    let card = &bench.read(ESCALATIONS)[0];
    assert!(card.text.contains("In Tech · 🛠️ #TECH-ESCALATE"), "{}", card.text);
    assert_eq!((card.replies, card.edits), (0, 0));
    bench.finish();
}

#[tokio::test]
async fn an_agents_wish_for_tech_is_put_before_the_shift_lead_once() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "rerouted");
    for _ in 0..2 {
        assert_eq!(bench.later(ticket, 1).await, "unchanged");
    }
    let thread = bench.thread(ESCALATIONS);
    assert!(thread.ends_with("--\nSam Okafor asks for Tech. To confirm it, set Escalation Type to Tech yourself."));
    assert_eq!(bench.read(ESCALATIONS)[0].replies, 1, "{thread}");
    bench.finish();
}

#[tokio::test]
async fn points_that_come_later_are_on_the_card_and_said() {
    let bench = open().await;
    let ticket = bench.escalated(&first_three());
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "awaiting_context");
    assert_eq!(bench.spoken(), 0, "the Shift Lead waits for the comment");
    bench.sweep_for(31).await;
    let card = bench.thread(ESCALATIONS);
    assert!(card.contains("Context incomplete: the agent has been asked") && card.contains("Blocker: not given yet"));
    bench.sam().write_note(ticket, &whole()).unwrap();
    for _ in 0..2 {
        bench.later(ticket, 1).await;
    }
    let thread = bench.thread(ESCALATIONS);
    assert!(thread.contains("Blocker: Refunds over 100 need an approval."), "{thread}");
    assert!(!thread.contains("Context incomplete"), "{thread}");
    assert!(thread.ends_with("--\nContext complete: all five points are on the ticket now."), "{thread}");
    assert_eq!(bench.read(ESCALATIONS)[0].replies, 1);
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn a_hand_over_is_said_when_it_happens_and_not_at_every_shift() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    let replies = async |hours: i64| {
        bench.later(ticket, hours * 60).await;
        bench.assign(ticket, &[]).await;
        (bench.value(ticket, "escalation_owner"), bench.replies_at(ESCALATIONS, 0))
    };
    assert_eq!(replies(9).await, ("503".to_owned(), 1), "Lee has the evening");
    assert_eq!(replies(15).await, ("502".to_owned(), 2), "Dana has the day");
    bench.dana().set(ticket, "escalation_first_reviewed_at", "2026-01-06T09:50:00Z").unwrap();
    assert_eq!(replies(24).await, ("502".to_owned(), 2), "Dana had it, and her next shift is no hand-over");
    let thread = bench.thread(ESCALATIONS);
    assert!(thread.contains("--\nHanded over: @Lee (on duty until 23:00) · review due "), "{thread}");
    assert!(thread.contains("--\nHanded over: @Dana (on duty until 18:00) · review due "), "{thread}");
    bench.finish();
}

#[tokio::test]
async fn leaving_the_lane_is_said_and_the_card_asks_nobody_any_more() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    for _ in 0..3 {
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "deescalated", "a repeat hears the same");
    }
    insta::assert_snapshot!(bench.thread(ESCALATIONS), @r"
    Escalation: Harbour Grill - Double charge
    De-escalated: Escalation Type was cleared while the ticket is open.
    Open ticket
    escalation #1 · ticket 5100000002 · automatic message
    --
    De-escalated: Escalation Type was cleared while the ticket is open.
    ");
    assert_eq!(bench.read(ESCALATIONS)[0].edits, 1);
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn a_slip_of_the_hand_goes_on_in_the_same_thread() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    let card = bench.thread(ESCALATIONS);
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.assign(ticket, &[]).await;
    bench.wait(50);
    bench.escalate(ticket);
    for _ in 0..3 {
        bench.assign(ticket, &[]).await;
    }
    let thread = bench.thread(ESCALATIONS);
    assert!(thread.starts_with(&card), "{thread}");
    assert!(thread.ends_with("--\nEscalated again: @Dana (on duty until 18:00) · review due 11:41"));
    assert_eq!(bench.read(ESCALATIONS)[0].replies, 2);
    bench.finish();
}

#[tokio::test]
async fn what_never_was_in_a_lane_leaves_none() {
    let bench = open().await;
    let ticket = bench.escalated(&first_three());
    bench.assign(ticket, &[]).await;
    bench.wait(20);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    for _ in 0..2 {
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "deescalated");
    }
    bench.sam().write_note(ticket, &last_two()).unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert_eq!((bench.spoken(), bench.read(ESCALATIONS).len()), (1, 1), "the card alone: nobody saw the slip");
    bench.finish();
}

#[tokio::test]
async fn what_must_not_wait_is_paged_at_once_without_its_comment() {
    let bench = open().await;
    let ticket = bench.ticket();
    bench.sam().write_note(ticket, OUTAGE).unwrap();
    bench.escalate(ticket);
    for _ in 0..3 {
        bench.assign(ticket, &[]).await;
    }
    assert_eq!(bench.value(ticket, "escalation_lane"), "cs");
    let page = bench.thread(EXECUTIVES).replace(&ticket.to_string(), "<id>");
    insta::assert_snapshot!(page, @r"
    🚨 Immediate: outage
    @Dana (on duty until 18:00) · review due 10:11 · context incomplete
    ticket <id> · escalation #1 · automatic message
    ");
    assert!(bench.thread(ESCALATIONS).contains("🚨 Immediate: "), "{}", bench.thread(ESCALATIONS));
    assert_eq!(bench.spoken(), 2);
    bench.finish();
}

#[tokio::test]
async fn what_comes_up_later_is_paged_then_and_what_is_taken_off_is_no_news() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.spoken(), 1);
    bench.wait(600);
    bench.sam().write_note(ticket, OUTAGE).unwrap();
    bench.assign(ticket, &[]).await;
    let thread = bench.thread(ESCALATIONS);
    assert_eq!((bench.read(EXECUTIVES).len(), bench.replies_at(ESCALATIONS, 0)), (1, 1), "{thread}");
    let (_, reply) = thread.rsplit_once("--\n").unwrap();
    assert!(reply.starts_with("🚨 Immediate: ") && reply.contains("\n@Dana ("), "{reply}");
    bench.wait(600);
    bench.dana().set(ticket, "escalation_reason", "outage;data_loss").unwrap();
    bench.assign(ticket, &[]).await;
    assert_eq!((bench.read(EXECUTIVES).len(), bench.replies_at(ESCALATIONS, 0)), (2, 2));
    bench.wait(600);
    bench.dana().set(ticket, "escalation_reason", "data_loss").unwrap();
    bench.assign(ticket, &[]).await;
    assert_eq!((bench.read(EXECUTIVES).len(), bench.replies_at(ESCALATIONS, 0)), (2, 2));
    bench.finish();
}

#[tokio::test]
async fn without_a_channel_for_executives_the_card_alone_says_it() {
    let bench = furnish(Bench::with_lanes(&[BY_ID, CREW]).await);
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.spoken(), 1);
    bench.finish();
}

#[tokio::test]
async fn a_name_is_a_name_whatever_it_holds() {
    let hostile = "Escalation - <!channel> & Sons <@U0LEE0001> - *bold* <https://evil.example|click> &amp;";
    let bench = open().await;
    let ticket = bench.ticket_named(hostile);
    let note = "<p>Issue: &lt;!here&gt; it is down &amp; out &lt;@U0LEE0001&gt;</p><p>Investigated: `logs` _all_</p>\
        <p>Action Taken: &lt;!subteam^S0LEADS01&gt; asked</p><p>Blocker: no rights</p>\
        <p>Required to Resolve: a look</p>";
    bench.sam().write_note(ticket, note).unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    let sent = bench.sent(ESCALATIONS);
    let text = sent[0]["text"].as_str().unwrap();
    for mark in ["<!channel>", "<!here>", "<@U0LEE0001>", "<!subteam", "<https://evil.example"] {
        assert!(!text.contains(mark), "{text}");
    }
    assert!(
        text.contains("&lt;!channel&gt; &amp; Sons") && text.contains("&lt;!here&gt; it is down &amp; out"),
        "{text}"
    );
    let blocks = sent[0]["blocks"].to_string();
    assert!(
        !blocks.contains("\"broadcast\"") && !blocks.contains("mrkdwn") && !blocks.contains("U0LEE0001\","),
        "{blocks}"
    );
    let shown = bench.thread(ESCALATIONS);
    assert!(shown.contains("<!channel> & Sons") && shown.contains("Issue: <!here> it is down & out"), "{shown}");
    bench.finish();
}

#[tokio::test]
async fn a_long_point_is_cut_to_three_hundred_characters() {
    let bench = open().await;
    let long = "wort ".repeat(200);
    let ticket = bench.escalated(&whole().replace("Order 4711", &format!("Order 4711 {long}")));
    bench.assign(ticket, &[]).await;
    let card = bench.thread(ESCALATIONS);
    let issue = card.lines().find_map(|it| it.strip_prefix("Issue: ")).unwrap();
    assert_eq!((issue.chars().count(), issue.chars().last()), (300, Some('…')));
    assert!(card.contains("Blocker: Refunds over 100 need an approval."), "{card}");
    bench.finish();
}

#[tokio::test]
async fn with_slack_off_nothing_is_sent_and_nothing_fails() {
    let bench = furnish(Bench::without_slack(&[CREW, TO_EXECUTIVES]).await);
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "deescalated");
    assert_eq!(bench.world.slack.calls().len(), 0);
    bench.is_silent().await;
    bench.finish();
}

/// What was sent while it was broken comes once it is repaired; the rest was never held up.
async fn repaired(breaks: impl Fn(&Bench), repairs: impl Fn(&Bench)) {
    let bench = open().await;
    breaks(&bench);
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert_eq!((bench.value(ticket, "escalation_lane"), bench.read(ESCALATIONS).len()), ("cs".to_owned(), 0));
    assert_eq!(bench.read(EXECUTIVES).len(), 1, "another channel is not held up");
    bench.sweep_for(20).await;
    assert_eq!(bench.spoken(), 1);
    repairs(&bench);
    bench.sweep_for(30).await;
    assert_eq!((bench.spoken(), bench.read(ESCALATIONS).len()), (2, 1));
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn a_channel_that_does_not_do_is_told_once_it_is_put_right() {
    repaired(|it| it.world.slack.remove_app(ESCALATIONS), |it| it.world.slack.invite_app(ESCALATIONS)).await;
    repaired(|it| it.world.slack.archive(ESCALATIONS), |it| it.world.slack.unarchive(ESCALATIONS)).await;
}

/// A broken channel is asked less and less often, so that many tickets do not fill every sweep.
#[tokio::test]
async fn a_channel_that_stays_broken_is_asked_less_and_less_often() {
    let bench = open().await;
    bench.world.slack.archive(ESCALATIONS);
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.sweep_for(60).await;
    let first_hour = bench.world.slack.calls().len();
    bench.world.slack.journal().clear();
    bench.sweep_for(120).await;
    let (_, restricted) = (bench.read(ADMINS), bench.read(RESTRICTED));
    assert!(first_hour <= 40 && bench.world.slack.calls().len() <= 20 && restricted.is_empty(), "{first_hour}");
    bench.finish();
}

#[tokio::test]
async fn somebody_whom_the_policy_does_not_know_in_slack_is_named() {
    let bench = with(&[("slack = \"U0DANA001\"\n", "")]).await;
    assert_eq!((SAM.0, LEE.0), (48_111, 48_311));
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    assert!(bench.thread(ESCALATIONS).contains("\n@Dana Whitfield (on duty"));
    bench.finish();
}
