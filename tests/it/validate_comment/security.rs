//! What an attacker may try beyond the signature; the numbers are those of the runtime's own tests.

use sandbox::world::call;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::owner::Owner;
use serde_json::Value;

use crate::bench::{Bench, delivery};

const LACKING: &str = "<p>Issue: Mrs Canary was charged twice, canary@example.com</p><p>Blocker: none</p>";

#[tokio::test]
async fn x6_a_captured_request_that_is_sent_again_has_no_second_effect() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(LACKING);
    let first = bench.deliver(ticket, "ap-1-1-1-0", &[]).await;
    bench.written();
    for _ in 0..3 {
        assert_eq!(bench.deliver(ticket, "ap-1-1-1-0", &[]).await, first);
    }
    assert_eq!(bench.written(), (0, 3), "one failed conditional write each");
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.finish();
}

#[tokio::test]
async fn x11_a_redirect_is_not_followed() {
    let (bench, elsewhere) = (Bench::new().await, Bench::new().await);
    let ticket = bench.escalated(LACKING);
    let mut redirect = call::Answer::json(302, Value::Null);
    redirect.headers.push(("location", format!("{}/crm/v3/objects/tickets/1", elsewhere.hubspot.base_url())));
    bench.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", Effect::Refuse(redirect)).always());
    assert_eq!(bench.check(ticket, &[]).await.status, 503);
    assert_eq!(elsewhere.hubspot.calls().len(), 0);
    bench.hubspot.heal();
    bench.finish();
    elsewhere.finish();
}

#[tokio::test]
async fn x12_what_people_are_called_cannot_become_mark_up_in_our_note() {
    let bench = Bench::new().await;
    bench.hubspot.hire(Owner::new(509, 48_999, "<img src=x onerror=alert(1)> \"&Sam\""));
    let ticket = bench.ticket_named("Fwd: <script>alert(2)</script> & \"order\"");
    bench.sam().set(ticket, "hubspot_owner_id", "509").unwrap();
    bench.sam().write_note(ticket, "<p>Issue: a b</p><p>Blocker: &lt;none&gt; &amp; <b>tbc</b></p>").unwrap();
    bench.escalate(ticket);
    bench.check(ticket, &[]).await;
    let note = bench.hubspot.notes(ticket).into_iter().find(|it| it.author.is_none()).unwrap();
    for mark_up in ["<img", "<script", "<none"] {
        assert!(!note.body.contains(mark_up), "{}", note.body);
    }
    assert!(note.body.contains("&lt;img src=x onerror=alert(1)&gt;"), "{}", note.body);
    bench.finish();
}

#[tokio::test]
async fn x14_a_refused_request_costs_no_call() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(LACKING);
    let mut forged = delivery(bench.portal(), ticket, "ap-1-1-1-0", &[]);
    forged.body = forged.body.map(|it| it.replace("TICKET", "ticket"));
    assert_eq!(bench.lambda.answer(forged).await.status_code, 401);
    let other_portal = delivery(escalation::id::PortalId(1), ticket, "ap-1-1-1-0", &[]);
    assert_eq!(bench.lambda.answer(other_portal).await.status_code, 403);
    assert_eq!((bench.hubspot.calls().len(), bench.dynamo.requests().len()), (0, 0));
    bench.finish();
}

#[tokio::test]
async fn x17_the_state_table_holds_ids_and_hashes_alone() {
    let bench = Bench::with_policy(&[("mode = \"warn\"", "mode = \"fix\"")]).await;
    let ticket = bench.ticket_named("escalation - Harbour Grill - Canary charge");
    bench.sam().write_note(ticket, LACKING).unwrap();
    bench.escalate(ticket);
    bench.check(ticket, &[]).await;
    let items = bench.dynamo.items().await.unwrap();
    assert_eq!(items.len(), 3, "the count of the runs, the feedback and the rename");
    for item in items {
        let item = item.to_string();
        for word in ["anary", "Sam", "Harbour", "charge", "@", "none", &ticket.to_string()] {
            assert!(!item.contains(word), "{word} in {item}");
        }
    }
    bench.finish();
}
