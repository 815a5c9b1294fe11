//! What becomes of escalations whose tickets are merged: they go on, and nothing is done again. And of those
//! whose tickets are deleted.

mod faults;

use escalation::id::TicketId;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::{Merging, refusal};

use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

const BOTH: [Merging; 2] = [Merging::Fills, Merging::KeepsPrimary];

impl Bench {
    async fn of_merges(merging: Merging) -> Self {
        let bench = Self::with_tech(&[]).await;
        bench.hubspot.set_merging(merging);
        bench
    }

    /// Escalated and in its lane.
    async fn assigned(&self) -> TicketId {
        let ticket = self.escalated(&whole());
        assert_eq!(self.assign(ticket, &[]).await.outcome(), "assigned");
        ticket
    }

    /// Confirmed for Tech, in its lane and with its issue.
    async fn with_issue(&self) -> TicketId {
        let ticket = self.sent_to_tech();
        assert_eq!(self.assign(ticket, &[]).await.outcome(), "assigned");
        assert_eq!(self.create(ticket, &[]).await.outcome(), "created");
        ticket
    }

    /// Everybody looks at it once more, and a minute later again.
    async fn all_look_at(&self, ticket: TicketId) {
        for _ in 0..2 {
            self.check(ticket, &[]).await;
            self.assign(ticket, &[]).await;
            self.create(ticket, &[]).await;
            self.close(ticket, &[]).await;
            self.wait(60);
        }
    }

    /// One card, which leads to the ticket as it is called now; its thread says so once.
    fn thread_goes_on_as(&self, survivor: TicketId) {
        let thread = self.thread(ESCALATIONS);
        assert!(thread.contains(&format!("ticket {survivor} · automatic message")), "{thread}");
        let said = format!("Its ticket was merged: it goes on as ticket {survivor}.");
        assert_eq!((thread.matches(&said).count(), thread.matches("Confirmed for Tech").count()), (1, 0), "{thread}");
    }

    fn state(&self, ticket: TicketId) -> [String; 4] {
        ["escalation_type", "escalation_lane", "escalation_state", "escalation_cycle"].map(|it| self.value(ticket, it))
    }
}

#[tokio::test]
async fn the_primary_tickets_escalation_goes_on_and_nobody_is_told_again() {
    for merging in BOTH {
        let bench = Bench::of_merges(merging).await;
        let escalated = bench.with_issue().await;
        let (thread, notes) = (bench.read(ESCALATIONS).len(), bench.notes_of_ours(escalated));
        let survivor = bench.sam().merge(escalated, bench.ticket()).unwrap();
        for ticket in [survivor, escalated] {
            bench.all_look_at(ticket).await;
        }
        assert_eq!(bench.state(survivor), ["tech", "tech", "in_tech", "1"], "{merging:?}");
        assert_eq!(bench.read(ESCALATIONS).len(), thread);
        bench.thread_goes_on_as(survivor);
        assert_eq!((bench.notes_of_ours(survivor), bench.world.jira.issues().len()), (notes, 1));
        let links = bench.jira_issue("TECH-1").remote_links;
        assert_eq!(links.len(), 1, "{links:?}");
        assert!(links[0].url.ends_with(&survivor.to_string()), "{links:?}");
        bench.finish();
    }
}

#[tokio::test]
async fn an_escalation_goes_on_in_the_plain_ticket_that_it_was_merged_into() {
    for merging in BOTH {
        let bench = Bench::of_merges(merging).await;
        let plain = bench.ticket();
        let escalated = bench.with_issue().await;
        let was = bench.logged(escalated);
        bench.wait(3_600);
        let survivor = bench.sam().merge(plain, escalated).unwrap();
        bench.all_look_at(survivor).await;
        assert_eq!(bench.state(survivor), ["tech", "tech", "in_tech", "1"], "{merging:?}");
        assert_eq!(bench.logged(survivor)[..3], was[..3]);
        assert_eq!((bench.read(ESCALATIONS).len(), bench.world.jira.issues().len()), (1, 1));
        bench.thread_goes_on_as(survivor);
        if merging == Merging::KeepsPrimary {
            let said = bench.said(survivor);
            assert_eq!(said.matches("Goes on here: escalation #1 of ticket").count(), 1, "{said}");
        }
        bench.finish();
    }
}

/// What an agent wrote before the merge is still their comment: nobody asks for it again.
#[tokio::test]
async fn times_and_the_comment_are_those_of_the_escalation_that_goes_on() {
    let bench = Bench::of_merges(Merging::KeepsPrimary).await;
    let plain = bench.ticket();
    let escalated = bench.assigned().await;
    let names = ["escalation_started_at", "escalation_accepted_at", "escalation_review_due_at", "escalation_owner"];
    let was = names.map(|it| bench.value(escalated, it));
    bench.wait(1_800);
    let survivor = bench.sam().merge(plain, escalated).unwrap();
    assert_eq!(bench.check(survivor, &[]).await.outcome(), "complete");
    assert_eq!(bench.assign(survivor, &[]).await.outcome(), "unchanged");
    assert_eq!(names.map(|it| bench.value(survivor, it)), was);
    bench.finish();
}

#[tokio::test]
async fn of_two_escalations_the_primary_tickets_goes_on_and_the_others_issue_is_kept_beside_it() {
    for merging in BOTH {
        let bench = Bench::of_merges(merging).await;
        let (primary, other) = (bench.with_issue().await, bench.with_issue().await);
        let survivor = bench.sam().merge(primary, other).unwrap();
        bench.all_look_at(survivor).await;
        assert_eq!(bench.value(survivor, "jira_reference"), "TECH-1");
        assert_eq!(bench.value(survivor, "jira_reference_other"), "TECH-2");
        let said = bench.said(survivor);
        assert_eq!(said.matches("Two escalations are one now").count(), 1, "{said}");
        assert_eq!(bench.world.jira.issues().len(), 2);
        assert_eq!(bench.jira_issue("TECH-2").related, ["TECH-1"]);
        let leads_here =
            |key| bench.jira_issue(key).remote_links.iter().any(|it| it.url.ends_with(&survivor.to_string()));
        assert!(leads_here("TECH-1") && leads_here("TECH-2"));
        bench.finish();
    }
}

#[tokio::test]
async fn what_was_over_before_the_merge_stays_over() {
    for merging in BOTH {
        let bench = Bench::of_merges(merging).await;
        let escalated = bench.assigned().await;
        bench.sam().set(escalated, "escalation_type", "").unwrap();
        bench.wait(120);
        assert_eq!(bench.assign(escalated, &[]).await.outcome(), "deescalated");
        let survivor = bench.sam().merge(bench.ticket(), escalated).unwrap();
        assert_eq!(
            bench.assign(survivor, &[]).await.outcome(),
            if merging == Merging::Fills { "deescalated" } else { "not_escalated" }
        );
        assert_eq!(bench.value(survivor, "escalation_type"), "");
        bench.finish();
    }
}

/// The answer to its creation was lost, and the tickets were merged before anybody came back.
#[tokio::test]
async fn an_issue_that_nobody_knows_of_yet_is_found_for_the_survivor() {
    for merging in BOTH {
        let bench = Bench::of_merges(merging).await;
        let plain = bench.ticket();
        let escalated = bench.sent_to_tech();
        assert_eq!(bench.assign(escalated, &[]).await.outcome(), "assigned");
        bench.world.jira.inject(Fault::on("POST /rest/api/3/issue", Effect::CutAfter));
        bench.create(escalated, &[]).await;
        assert_eq!(bench.world.jira.issues().len(), 1);
        let survivor = bench.sam().merge(plain, escalated).unwrap();
        for _ in 0..6 {
            bench.create(survivor, &[]).await;
            bench.wait(120);
        }
        assert_eq!((bench.value(survivor, "jira_reference").as_str(), bench.world.jira.issues().len()), ("TECH-1", 1));
        bench.finish();
    }
}

#[tokio::test]
async fn a_survivor_that_is_merged_again_still_carries_it_on() {
    for merging in BOTH {
        let bench = Bench::of_merges(merging).await;
        let escalated = bench.with_issue().await;
        let first = bench.sam().merge(bench.ticket(), escalated).unwrap();
        bench.all_look_at(first).await;
        let second = bench.sam().merge(bench.ticket(), first).unwrap();
        bench.all_look_at(second).await;
        assert_eq!(bench.state(second), ["tech", "tech", "in_tech", "1"], "{merging:?}");
        assert_eq!((bench.world.jira.issues().len(), bench.read(ESCALATIONS).len()), (1, 1));
        bench.finish();
    }
}

#[tokio::test]
async fn escalated_again_the_survivor_counts_on() {
    let bench = Bench::of_merges(Merging::KeepsPrimary).await;
    let escalated = bench.assigned().await;
    let survivor = bench.sam().merge(bench.ticket(), escalated).unwrap();
    assert_eq!(bench.assign(survivor, &[]).await.outcome(), "unchanged");
    bench.wait(600);
    bench.sam().set(survivor, "escalation_type", "").unwrap();
    assert_eq!(bench.assign(survivor, &[]).await.outcome(), "deescalated");
    bench.wait(600);
    bench.sam().write_note(survivor, &whole()).unwrap();
    bench.escalate(survivor);
    assert_eq!(bench.assign(survivor, &[]).await.outcome(), "assigned");
    assert_eq!(bench.state(survivor), ["shift_lead", "cs", "triage", "2"]);
    assert_eq!(bench.read(ESCALATIONS).len(), 2, "it has a card of its own");
    bench.finish();
}

/// Everybody meets the survivor at once.
#[tokio::test]
async fn whoever_comes_first_settles_it_once() {
    let bench = Bench::of_merges(Merging::KeepsPrimary).await;
    let escalated = bench.with_issue().await;
    let survivor = bench.sam().merge(bench.ticket(), escalated).unwrap();
    tokio::join!(bench.assign(survivor, &[]), bench.assign(survivor, &[]), bench.assign(escalated, &[]));
    bench.wait(300);
    bench.all_look_at(survivor).await;
    let said = bench.said(survivor);
    assert_eq!(said.matches("Goes on here").count(), 1, "{said}");
    assert_eq!((bench.world.jira.issues().len(), bench.read(ESCALATIONS).len()), (1, 1));
    bench.finish();
}

#[tokio::test]
async fn trying_out_settles_nothing() {
    let bench = Bench::of_merges(Merging::KeepsPrimary).await;
    let escalated = bench.with_issue().await;
    let survivor = bench.sam().merge(bench.ticket(), escalated).unwrap();
    assert_eq!(bench.assign(survivor, &[("mode", "observe")]).await.outcome(), "not_escalated");
    assert_eq!(bench.value(survivor, "escalation_type"), "");
    bench.finish();
}

/// Five minutes later nobody has restored it.
#[tokio::test]
async fn of_a_ticket_that_was_deleted_jira_and_slack_are_told_once() {
    let bench = Bench::of_merges(Merging::Fills).await;
    let ticket = bench.with_issue().await;
    bench.sam().delete(ticket).unwrap();
    for (minute, told) in [(0, 0), (4, 0), (1, 1), (10, 1), (60, 1)] {
        bench.wait(minute * 60);
        assert_eq!(bench.create(ticket, &[]).await.outcome(), "gone");
        assert_eq!(bench.close(ticket, &[]).await.outcome(), "gone");
        assert_eq!(bench.jira_issue("TECH-1").comments.len(), told, "{minute}");
        assert_eq!(bench.thread(ESCALATIONS).matches("The ticket was deleted").count(), 2 * told, "card and reply");
    }
    bench.finish();
}

#[tokio::test]
async fn the_sweep_comes_back_to_a_ticket_that_was_deleted() {
    let bench = Bench::of_merges(Merging::Fills).await;
    let ticket = bench.with_issue().await;
    bench.sam().delete(ticket).unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "gone");
    bench.wait(5 * 60);
    bench.sweep().await;
    let comments = bench.jira_issue("TECH-1").comments;
    assert_eq!(comments.len(), 1);
    insta::assert_snapshot!(comments[0].text, @"HubSpot ticket 5100000002 (escalation #1) was deleted: nobody waits for this issue there any more. Please go on only if others need it. · automatic message");
    bench.finish();
}

#[tokio::test]
async fn what_was_restored_at_once_goes_on_as_if_nothing_had_been() {
    let bench = Bench::of_merges(Merging::Fills).await;
    let ticket = bench.with_issue().await;
    bench.sam().delete(ticket).unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "gone");
    bench.sam().restore(ticket).unwrap();
    bench.wait(600);
    bench.sweep().await;
    assert_eq!(bench.create_again(ticket, "ap-24680135-9-9-0", &[]).await.outcome(), "already");
    assert_eq!(bench.state(ticket), ["tech", "tech", "in_tech", "1"]);
    assert!(bench.jira_issue("TECH-1").comments.is_empty());
    bench.finish();
}

/// Its issue was created by a run that died, and nobody wrote its key on the ticket.
#[tokio::test]
async fn an_issue_that_no_ticket_names_is_told_too() {
    let bench = Bench::of_merges(Merging::Fills).await;
    let ticket = bench.sent_to_tech();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    bench.world.jira.inject(Fault::on("POST /rest/api/3/issue", Effect::CutAfter));
    bench.create(ticket, &[]).await;
    bench.sam().delete(ticket).unwrap();
    for _ in 0..3 {
        bench.create(ticket, &[]).await;
        bench.wait(300);
    }
    assert_eq!(bench.jira_issue("TECH-1").comments.len(), 1);
    bench.finish();
}

#[tokio::test]
async fn a_note_that_hubspot_does_not_take_keeps_nothing_from_going_on() {
    let bench = Bench::of_merges(Merging::KeepsPrimary).await;
    let escalated = bench.assigned().await;
    let survivor = bench.sam().merge(bench.ticket(), escalated).unwrap();
    let refused = Effect::Refuse(refusal::invalid("no"));
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", refused).always());
    assert_eq!(bench.assign(survivor, &[]).await.outcome(), "unchanged");
    bench.hubspot.heal();
    assert_eq!(bench.state(survivor), ["shift_lead", "cs", "triage", "1"]);
    bench.all_look_at(survivor).await;
    assert_eq!(bench.read(ESCALATIONS).len(), 1);
    bench.finish();
}
