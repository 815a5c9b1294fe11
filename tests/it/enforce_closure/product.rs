//! The real processes, by the procedure's own workflows.

use sandbox::host::Ending;

use crate::assign_lane::product::Agency;
use crate::bench::ESCALATIONS;
use crate::bench::texts::{DANA, SAM, whole};

/// The function's process is killed once while it tells the agent; the words of the ticket are in no log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_its_note_it_resolves_the_escalation_all_the_same() {
    let mut agency = Agency::open("closure", &[]).await;
    let ticket = agency.shop.escalated(&whole());
    agency.shop.pass(5).await;
    let hubspot = agency.shop.product.world.hubspot.clone();
    let (sam, thread) = (hubspot.agent(SAM), hubspot.threads(ticket)[0].id);
    hubspot.agent(DANA).write_note(ticket, "<p>Refund approved.</p>").unwrap();
    agency.shop.pass(1).await;
    sam.reply(thread, "We refund order 4711 today.").unwrap();
    sam.move_to(ticket, "4").unwrap();
    agency.shop.pass(1).await;
    agency.shop.product.kill_once_after("enforce-closure", "POST", "/crm/v3/objects/notes");
    sam.set(ticket, "escalation_type", "").unwrap();
    agency.shop.pass(60).await;
    let reports = agency.shop.product.host.reports();
    let crashes = reports.iter().filter(|it| it.function == "enforce-closure" && it.ending == Ending::Crashed);
    assert_eq!(crashes.count(), 1);
    let end = ["escalation_state", "escalation_lane", "closure_option"].map(|it| agency.shop.value(ticket, it));
    assert_eq!(end, ["resolved", "", "A"]);
    assert_eq!((agency.shop.notes_of_ours(ticket), agency.told(ESCALATIONS, ticket)), (1, 1));
    let slack = &agency.shop.product.world.slack;
    let card = &slack.messages(ESCALATIONS)[0];
    let replies: Vec<String> = slack.thread(ESCALATIONS, &card.ts).into_iter().skip(1).map(|it| it.text).collect();
    assert!(matches!(replies.as_slice(), [it] if it.starts_with("Resolved in ")), "{replies:?}");
    agency.close();
}
