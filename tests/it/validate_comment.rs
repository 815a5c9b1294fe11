//! `validate-comment` in the world: real processes, HubSpot and DynamoDB of this machine.

use jiff::SignedDuration;
use sandbox::product::{Product, Setup};
use sandbox::world::hubspot::id::UserId;
use sandbox::world::hubspot::owner::Owner;

const SAM: UserId = UserId(48_111);

async fn product() -> Product {
    let product = Product::start(Setup::of(env!("CARGO_BIN_EXE_sandbox"))).await.expect("the sandbox starts");
    product.world.hubspot.hire(Owner::new(501, SAM.0, "Sam Okafor"));
    product
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_complete_comment_is_accepted_without_a_word() {
    let mut product = product().await;
    let hubspot = product.world.hubspot.clone();
    let company = hubspot.company("Harbour Grill", "harbourgrill.example");
    let agent = hubspot.agent(SAM);
    let ticket = agent
        .create_ticket(&[("subject", "Escalation - Harbour Grill - Double charge"), ("hubspot_owner_id", "501")])
        .unwrap();
    agent.associate_company(ticket, company).unwrap();
    agent.write_note(ticket, "<p>Issue: a b</p><p>Investigated: c d</p><p>Blocker: none</p>").unwrap();
    agent.set(ticket, "escalation_type", "shift_lead").unwrap();
    product.pass(SignedDuration::from_mins(1)).await.unwrap();
    for line in product.engine.log() {
        eprintln!("{line} {:?}", line.what);
    }
    for line in product.host.logs() {
        eprintln!("{}", line.text);
    }
    for note in hubspot.notes(ticket) {
        eprintln!("{}", note.body);
    }
    for call in hubspot.calls() {
        eprintln!("{} {} {} {}", call.method, call.path, call.status, call.query.len());
    }
    product.finish();
}
