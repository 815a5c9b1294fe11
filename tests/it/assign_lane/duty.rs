//! Who has an escalation: the person on duty, whoever and whenever that is.

use escalation::id::TicketId;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal;

use super::stage::LEADS;
use crate::bench::Bench;
use crate::bench::texts::{DANA, LEE, whole};

const BOTH: (&str, &str) = ("who = [\"Dana Whitfield\"]\n", "who = [\"Dana Whitfield\", \"Lee Marsh\"]\n");
/// Lee is on duty at night, Dana is the fallback.
const NIGHT: (&str, &str) = (
    "# [rota]\n",
    "[rota]\nfallback = \"Dana Whitfield\"\n[[rota.shifts]]\n\
     days = [\"sat\"]\nfrom = \"22:00\"\nto = \"06:00\"\nwho = [\"Lee Marsh\"]\n",
);

/// A complete escalation that begins now, when it was assigned: who has it, and what the agent reads of that.
async fn assigned(bench: &Bench) -> (TicketId, String, String) {
    let ticket = bench.escalated(&whole());
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!(answer.outcome(), "assigned");
    assert_eq!(answer.get("owner_id"), bench.value(ticket, "escalation_owner"));
    let who = answer.get("message").split(" · ").next().unwrap().to_owned();
    (ticket, answer.get("owner_id").to_owned(), who)
}

#[tokio::test]
async fn who_is_on_duty_has_it_until_the_very_end_of_the_shift() {
    for (moment, owner, who) in [
        (
            "2026-01-05T08:59:59Z",
            "503",
            "With the Shift Lead. Lee Marsh (nobody is on duty by the rota, so it goes to the fallback)",
        ),
        ("2026-01-05T09:00:00Z", "502", "With the Shift Lead. Dana Whitfield (on duty until 18:00)"),
        ("2026-01-05T17:59:59Z", "502", "With the Shift Lead. Dana Whitfield (on duty until 18:00)"),
        (
            "2026-01-05T18:00:00Z",
            "503",
            "With the Shift Lead. Lee Marsh (nobody is on duty by the rota, so it goes to the fallback)",
        ),
    ] {
        let bench = Bench::with_leads(&[]).await;
        bench.at(moment);
        let (_, had, said) = assigned(&bench).await;
        assert_eq!((&*had, &*said), (owner, who), "{moment}");
        bench.finish();
    }
}

#[tokio::test]
async fn of_several_on_duty_the_one_with_the_fewest_has_it() {
    let bench = Bench::with_leads(&[BOTH]).await;
    let mut had = Vec::new();
    for _ in 0..6 {
        had.push(assigned(&bench).await.1);
        // HubSpot's search follows.
        bench.wait(60);
    }
    for pair in had.chunks(2) {
        assert_ne!(pair[0], pair[1], "{had:?}");
    }
    bench.finish();
}

#[tokio::test]
async fn what_left_its_lane_weighs_on_nobody() {
    let bench = Bench::with_leads(&[BOTH]).await;
    let (first, owner, _) = assigned(&bench).await;
    bench.sam().set(first, "escalation_type", "").unwrap();
    bench.assign(first, &[]).await;
    bench.wait(60);
    let other = bench.escalated(&whole());
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/tickets/search", Effect::Delay(std::time::Duration::ZERO)));
    bench.assign(other, &[]).await;
    let search = bench.hubspot.journal().of("POST /crm/v3/objects/tickets/search");
    let counted = search.last().unwrap().response["total"].as_u64();
    assert_eq!(counted, Some(0), "{owner} has none any more");
    bench.finish();
}

#[tokio::test]
async fn where_the_search_is_refused_somebody_has_it_all_the_same() {
    for effect in [
        Effect::Refuse(refusal::unavailable(503)),
        Effect::CutBefore,
        Effect::Refuse(refusal::missing_scope("tickets")),
    ] {
        let bench = Bench::with_leads(&[BOTH]).await;
        bench.hubspot.inject(Fault::on("POST /crm/v3/objects/tickets/search", effect).always());
        let (ticket, owner, _) = assigned(&bench).await;
        assert!(["502", "503"].contains(&&*owner));
        bench.wait(60);
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
        bench.finish();
    }
}

#[tokio::test]
async fn a_search_over_its_limit_does_not_keep_an_escalation_waiting() {
    let bench = Bench::with_leads(&[BOTH]).await;
    let refused = sandbox::world::call::Answer::json(
        429,
        serde_json::json!({ "status": "error", "message": "SECONDLY", "policyName": "SECONDLY" }),
    );
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/tickets/search", Effect::Refuse(refused)).always());
    assigned(&bench).await;
    bench.finish();
}

#[tokio::test]
async fn the_owner_does_not_flap() {
    let mut bench = Bench::with_leads(&[BOTH]).await;
    let (ticket, owner, _) = assigned(&bench).await;
    for _ in 0..5 {
        bench.escalated(&whole());
        bench.pass(30).await;
        assert_eq!(bench.assign(ticket, &[]).await.get("owner_id"), owner);
    }
    bench.finish();
}

#[tokio::test]
async fn a_night_over_midnight_is_one_shift_and_ends_by_the_wall_clock() {
    // Midwinter, the night of 23 hours a day, and the one of 25.
    for (evening, before_six, six) in [
        ("2026-01-10T22:00:00Z", "2026-01-11T05:59:59Z", "2026-01-11T06:00:00Z"),
        ("2026-03-28T22:00:00Z", "2026-03-29T04:59:59Z", "2026-03-29T05:00:00Z"),
        ("2026-10-24T21:00:00Z", "2026-10-25T05:59:59Z", "2026-10-25T06:00:00Z"),
    ] {
        let bench = Bench::with_lanes(&[LEADS, NIGHT]).await;
        bench.at(evening);
        let (_, owner, said) = assigned(&bench).await;
        assert_eq!((&*owner, &*said), ("503", "With the Shift Lead. Lee Marsh (on duty until tomorrow 06:00)"));
        bench.at(before_six);
        let (_, owner, said) = assigned(&bench).await;
        assert_eq!((&*owner, &*said), ("503", "With the Shift Lead. Lee Marsh (on duty until 06:00)"));
        bench.at(six);
        assert_eq!(assigned(&bench).await.1, "502", "{six}");
        bench.finish();
    }
}

#[tokio::test]
async fn without_rota_and_fallback_nobody_has_it_and_everybody_hears_so() {
    let bench = Bench::with_lanes(&[LEADS]).await;
    let (_, owner, said) = assigned(&bench).await;
    assert_eq!(owner, "");
    insta::assert_snapshot!(said, @"With the Shift Lead. Nobody is on duty and no fallback is named: please tell your Shift Lead yourself");
    bench.finish();
}

#[tokio::test]
async fn who_left_is_passed_over() {
    let bench = Bench::with_leads(&[]).await;
    bench.hubspot.dismiss(DANA);
    let (_, owner, said) = assigned(&bench).await;
    assert_eq!(owner, "503");
    insta::assert_snapshot!(said, @"With the Shift Lead. Lee Marsh (the account of who is on duty is deactivated, so it goes to the fallback)");
    bench.finish();
    let bench = Bench::with_leads(&[BOTH]).await;
    bench.hubspot.dismiss(DANA);
    assert_eq!(assigned(&bench).await.1, "503");
    bench.finish();
    let bench = Bench::with_leads(&[]).await;
    bench.hubspot.dismiss(DANA);
    bench.hubspot.dismiss(LEE);
    let (_, owner, said) = assigned(&bench).await;
    assert_eq!(owner, "");
    insta::assert_snapshot!(said, @"With the Shift Lead. Nobody is on duty and no fallback is named: please tell your Shift Lead yourself");
    bench.finish();
}

#[tokio::test]
async fn what_somebody_had_who_left_goes_to_somebody_else() {
    let bench = Bench::with_leads(&[]).await;
    let (ticket, owner, _) = assigned(&bench).await;
    bench.dana().set(ticket, "escalation_first_reviewed_at", "2026-01-05T09:50:00Z").unwrap();
    bench.hubspot.dismiss(DANA);
    // Names are read anew every ten minutes.
    bench.wait(600);
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((&*owner, answer.outcome(), answer.get("owner_id")), ("502", "assigned", "503"));
    bench.finish();
}

#[tokio::test]
async fn what_nobody_looked_at_is_handed_over_at_the_change_of_shift() {
    let bench = Bench::with_leads(&[]).await;
    let (ticket, ..) = assigned(&bench).await;
    bench.at("2026-01-05T17:59:59Z");
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    bench.at("2026-01-05T18:00:00Z");
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("owner_id")), ("assigned", "503"));
    bench.at("2026-01-06T09:00:00Z");
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("owner_id")), ("assigned", "502"));
    bench.finish();
}

#[tokio::test]
async fn the_sweep_alone_hands_it_over() {
    let bench = Bench::with_leads(&[]).await;
    let (ticket, ..) = assigned(&bench).await;
    for (moment, owner) in [("2026-01-05T17:59:59.999Z", "502"), ("2026-01-05T18:00:00Z", "503")] {
        bench.at(moment);
        bench.sweep().await;
        assert_eq!(bench.value(ticket, "escalation_owner"), owner, "{moment}");
    }
    bench.finish();
}

#[tokio::test]
async fn who_looked_at_it_keeps_it_through_the_change_of_shift() {
    let bench = Bench::with_leads(&[]).await;
    let (ticket, ..) = assigned(&bench).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.wait(60);
    bench.assign(ticket, &[]).await;
    bench.at("2026-01-05T19:00:00Z");
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("owner_id")), ("unchanged", "502"));
    insta::assert_snapshot!(answer.get("message"), @"With Tech. Dana Whitfield · answer due 12 January 09:41 · lane 🛠️ #TECH-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41.");
    bench.finish();
}

#[tokio::test]
async fn while_the_owners_cannot_be_read_nobody_is_put_on_duty_and_the_lane_is_assigned() {
    let bench = Bench::with_leads(&[]).await;
    bench.hubspot.inject(
        Fault::on("GET /crm/v3/owners", Effect::Refuse(refusal::missing_scope("crm.objects.owners.read"))).always(),
    );
    let (ticket, owner, _) = assigned(&bench).await;
    assert_eq!((&*owner, bench.value(ticket, "escalation_lane").as_str()), ("", "cs"));
    bench.finish();
}

/// A token is exchanged just now: that passes, and no escalation is nobody's for it.
#[tokio::test]
async fn while_hubspot_does_not_take_the_token_nobody_is_left_without_a_shift_lead() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.hubspot.inject(Fault::on("GET /crm/v3/owners", Effect::Refuse(refusal::expired())));
    assert_eq!(bench.assign(ticket, &[]).await.status, 503);
    assert_eq!((bench.place(ticket), bench.notes_of_ours(ticket)), (["", "", ""].map(str::to_owned), 0));
    bench.wait(60);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    bench.finish();
}
