//! A ticket that is escalated again: its old issue while that is open, a new one where that is done with.

use escalation::id::TicketId;

use crate::bench::Bench;
use crate::bench::texts::whole;

impl Bench {
    /// An escalation in Tech with its own issue.
    pub async fn in_tech(&self) -> TicketId {
        let ticket = self.sent_to_tech();
        assert_eq!(self.create(ticket, &[]).await.outcome(), "created");
        ticket
    }

    /// The ticket's escalation ends.
    pub fn ends(&self, ticket: TicketId) {
        self.wait(600);
        self.sam().set(ticket, "escalation_type", "").unwrap();
    }

    /// The ticket is escalated anew and sent to Tech.
    pub fn is_back_in_tech(&self, ticket: TicketId) {
        self.wait(600);
        self.sam().write_note(ticket, &whole()).unwrap();
        self.escalate(ticket);
        self.wait(60);
        self.dana().set(ticket, "escalation_type", "tech").unwrap();
    }

    /// The ticket's next escalation is in Tech.
    pub fn is_escalated_anew(&self, ticket: TicketId) {
        self.ends(ticket);
        self.is_back_in_tech(ticket);
    }
}

#[tokio::test]
async fn an_issue_that_is_still_open_is_that_of_the_next_escalation_too() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.in_tech().await;
    bench.world.jira.move_issue("TECH-1", "In Progress");
    bench.is_escalated_anew(ticket);
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("linked_existing", "TECH-1"));
    insta::assert_snapshot!(bench.said(ticket).split("\n\n").last().unwrap(), @r"
    *In Tech: *[TECH-1] (In Progress), which was there already. I will write here when Jira moves. Nobody needs to copy anything.
    The ticket's stage is right and stays.
    @Sam Okafor_ · _[escalation #2]_ · automatic message_
    ");
    assert_eq!((bench.issues(ticket).len(), bench.notes_of_ours(ticket)), (1, 2));
    let issue = bench.issue(ticket);
    assert_eq!(issue.remote_links.len(), 1, "one ticket, one link: {:?}", issue.remote_links);
    assert!(issue.remote_links[0].title.ends_with("escalation #2"), "{:?}", issue.remote_links);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "already");
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_is_done_while_the_next_escalation_has_it_stays_that_ones() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.in_tech().await;
    bench.is_escalated_anew(ticket);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "linked_existing");
    bench.world.jira.move_issue("TECH-1", "Done");
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key"), bench.issues(ticket).len()), ("already", "TECH-1", 1));
    assert_eq!(bench.logged(ticket)[2], "Done");
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_is_done_is_left_and_the_next_escalation_has_its_own() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.in_tech().await;
    bench.world.jira.move_issue("TECH-1", "Done");
    bench.is_escalated_anew(ticket);
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("created", "TECH-2"));
    let issues = bench.issues(ticket);
    assert_eq!(issues.len(), 2);
    let common: Vec<_> = issues[0].labels.iter().filter(|it| issues[1].labels.contains(it)).collect();
    assert_eq!(common, [&format!("hs-ticket-{}-{ticket}", bench.portal())], "two escalations have two names");
    assert_ne!(issues[0].properties["hs-escalation"]["marker"], issues[1].properties["hs-escalation"]["marker"]);
    assert!(issues[1].text.contains("escalation #2"), "{}", issues[1].text);
    assert_eq!(bench.logged(ticket)[0], "TECH-2");
    assert_eq!((bench.asks_anew(ticket).await.outcome(), bench.issues(ticket).len()), ("already", 2));
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_was_deleted_is_followed_by_a_new_one() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.in_tech().await;
    bench.world.jira.delete("TECH-1");
    bench.is_escalated_anew(ticket);
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("created", "TECH-2"));
    assert_eq!(bench.logged(ticket)[0], "TECH-2");
    bench.finish();
}

#[tokio::test]
async fn a_shift_lead_who_clears_the_key_has_a_new_issue_though_the_old_one_is_open() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.in_tech().await;
    bench.ends(ticket);
    bench.names(ticket, "");
    bench.is_back_in_tech(ticket);
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key"), bench.issues(ticket).len()), ("created", "TECH-2", 2));
    bench.finish();
}

#[tokio::test]
async fn a_shift_lead_who_links_the_old_one_and_then_clears_it_has_a_new_issue() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.in_tech().await;
    bench.is_escalated_anew(ticket);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "linked_existing");
    bench.names(ticket, "");
    bench.sent_to_tech_anew(ticket);
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("created", "TECH-2"));
    bench.finish();
}

#[tokio::test]
async fn what_a_person_names_for_this_escalation_is_linked_though_it_is_done() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.in_tech().await;
    bench.by_hand_after(1);
    bench.world.jira.move_issue("TECH-2", "Done");
    bench.ends(ticket);
    bench.names(ticket, "TECH-2");
    bench.is_back_in_tech(ticket);
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("linked_existing", "TECH-2"));
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_tech_moved_to_another_project_is_still_ours() {
    for (status, outcome, key) in [("In Progress", "linked_existing", "PLAT-1"), ("Done", "created", "TECH-2")] {
        let bench = Bench::with_tech_alone(&[]).await;
        let ticket = bench.in_tech().await;
        bench.world.jira.move_issue("TECH-1", status);
        bench.world.jira.move_to_project("TECH-1", "PLAT");
        bench.is_escalated_anew(ticket);
        let answer = bench.asks_anew(ticket).await;
        assert_eq!((answer.outcome(), answer.get("jira_key")), (outcome, key), "{answer:?}");
        assert_eq!(bench.logged(ticket)[0], key);
        bench.finish();
    }
}

#[tokio::test]
async fn a_slip_of_a_minute_is_the_same_escalation_and_the_same_issue() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.in_tech().await;
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.wait(50);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key"), bench.issues(ticket).len()), ("already", "TECH-1", 1));
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.finish();
}

#[tokio::test]
async fn two_tickets_of_one_second_have_two_issues() {
    let bench = Bench::with_tech_alone(&[]).await;
    let tickets = [bench.sent_to_tech(), bench.sent_to_tech()];
    let (first, second) = tokio::join!(bench.create(tickets[0], &[]), bench.create(tickets[1], &[]));
    assert_eq!((first.outcome(), second.outcome()), ("created", "created"));
    let keys = tickets.map(|it| bench.issue(it).key);
    assert_ne!(keys[0], keys[1]);
    assert_eq!(tickets.map(|it| bench.logged(it)[0].clone()), keys);
    bench.finish();
}

impl Bench {
    /// One more issue in TECH, made by hand after so many others.
    fn by_hand_after(&self, others: u64) {
        let key = self.world.jira.created_by_hand("TECH", "Bug", "Captures twice");
        assert_eq!(key, format!("TECH-{}", others + 1));
    }
}
