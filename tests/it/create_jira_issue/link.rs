//! Issues that were there already: made by hand, reported by several customers, moved, deleted, replaced.

use sandbox::world::jira::Issue;

use crate::bench::Bench;

impl Bench {
    /// An issue by its key.
    pub fn jira_issue(&self, key: &str) -> Issue {
        self.world.jira.issue(key).unwrap()
    }
}

#[tokio::test]
async fn an_issue_made_by_hand_is_taken_for_the_escalations() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("TECH", 1);
    bench.world.jira.move_issue("TECH-1", "In Progress");
    let ticket = bench.naming("tech-1");
    let answer = bench.create(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("linked_existing", "TECH-1"));
    insta::assert_snapshot!(answer.get("message"), @"In Tech: TECH-1 was there already and is linked.");
    insta::assert_snapshot!(bench.plain(&bench.logged(ticket).join("\n")), @r"
    TECH-1
    https://acme.atlassian.net/browse/TECH-1
    In Progress
    3
    ");
    insta::assert_snapshot!(bench.said(ticket), @r"
    *In Tech: *[TECH-1] (In Progress), which was there already. I will write here when Jira moves. Nobody needs to copy anything.
    The ticket is waiting on us now: its pipeline has no stage for In Progress.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    let issue = bench.jira_issue("TECH-1");
    assert_eq!((issue.remote_links.len(), issue.comments.len(), bench.world.jira.issues().len()), (1, 0, 1));
    assert!(issue.labels.is_empty() && issue.properties.is_empty(), "it stays as people made it: {issue:?}");
    assert_eq!(bench.create(ticket, &[]).await, answer, "the same request has the same answer");
    assert_eq!((bench.asks_anew(ticket).await.outcome(), bench.notes_of_ours(ticket)), ("already", 1));
    bench.finish();
}

#[tokio::test]
async fn one_bug_of_three_customers_has_one_issue_that_counts_them() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("TECH", 1);
    let mut answers = Vec::new();
    let tickets = [(); 3].map(|()| bench.naming("TECH-1"));
    for ticket in tickets {
        bench.wait(60);
        answers.push(bench.asks_anew(ticket).await);
    }
    let messages: Vec<_> = answers.iter().map(|it| format!("{}: {}", it.outcome(), it.get("message"))).collect();
    insta::assert_snapshot!(messages.join("\n"), @r"
    linked_existing: In Tech: TECH-1 was there already and is linked.
    linked_existing: In Tech: TECH-1 was there already and is linked. It is reported by 2 tickets.
    linked_existing: In Tech: TECH-1 was there already and is linked. It is reported by 3 tickets.
    ");
    let issue = bench.jira_issue("TECH-1");
    let comments: Vec<_> = issue.comments.iter().map(|it| it.text.as_str()).collect();
    insta::assert_snapshot!(comments.join("\n--\n"), @r"
    Also reported by HubSpot ticket 5100000005 (escalation #1). 2 tickets report this issue now. · automatic message
    --
    Also reported by HubSpot ticket 5100000008 (escalation #1). 3 tickets report this issue now. · automatic message
    ");
    let titles: Vec<_> = issue.remote_links.iter().map(|it| it.title.as_str()).collect();
    insta::assert_snapshot!(titles.join("\n"), @r"
    HubSpot ticket 5100000002 · escalation #1
    HubSpot ticket 5100000005 · escalation #1
    HubSpot ticket 5100000008 · escalation #1
    ");
    let notes = tickets.map(|it| bench.said(it).lines().next().unwrap().to_owned());
    insta::assert_snapshot!(notes.join("\n"), @r"
    *In Tech: *[TECH-1] (To Do), which was there already. I will write here when Jira moves. Nobody needs to copy anything.
    *In Tech: *[TECH-1] (To Do), which was there already. It is reported by 2 tickets. I will write here when Jira moves. Nobody needs to copy anything.
    *In Tech: *[TECH-1] (To Do), which was there already. It is reported by 3 tickets. I will write here when Jira moves. Nobody needs to copy anything.
    ");
    for ticket in tickets {
        bench.asks_anew(ticket).await;
        bench.asks_anew(ticket).await;
    }
    let issue = bench.jira_issue("TECH-1");
    assert_eq!((issue.comments.len(), issue.remote_links.len()), (2, 3), "each is told once");
    bench.finish();
}

#[tokio::test]
async fn an_issue_of_ours_may_be_that_of_another_ticket_too() {
    let bench = Bench::with_tech_alone(&[]).await;
    let first = bench.sent_to_tech();
    assert_eq!(bench.create(first, &[]).await.outcome(), "created");
    let second = bench.naming("TECH-1");
    let answer = bench.create(second, &[]).await;
    assert_eq!(answer.outcome(), "linked_existing");
    assert_eq!(bench.create(second, &[]).await, answer, "the same request has the same answer, the count too");
    let issue = bench.jira_issue("TECH-1");
    assert_eq!((issue.remote_links.len(), issue.comments.len()), (2, 1));
    let witness = issue.comments[0].properties["hs-escalation"].clone();
    assert!(witness["marker"].is_string() && issue.comments[0].properties["sd.public.comment"]["internal"] == true);
    assert_eq!(bench.asks_anew(first).await.outcome(), "already");
    assert_eq!((bench.logged(first)[0].as_str(), bench.logged(second)[0].as_str()), ("TECH-1", "TECH-1"));
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_is_done_is_linked_with_a_question_to_the_shift_lead() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("TECH", 1);
    bench.world.jira.move_issue("TECH-1", "Done");
    let ticket = bench.naming("TECH-1");
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "linked_existing");
    insta::assert_snapshot!(bench.said(ticket), @r"
    *In Tech: *[TECH-1] (Done), which was there already and is done.
    @Dana Whitfield, please look whether it solves this ticket too. If it does, tell the agent how to answer the customer. If not, reopen it in Jira; or for a new issue clear Jira Reference and set Escalation Type to Shift Lead, then to Tech.
    The ticket is waiting on us now: its pipeline has no stage for In Progress.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    // As it says: for a new issue clear the key and send it to Tech again.
    bench.names(ticket, "");
    bench.sent_to_tech_anew(ticket);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "created");
    assert_eq!(bench.logged(ticket)[0], "TECH-2");
    bench.finish();
}

#[tokio::test]
async fn keys_that_stand_beside_it_are_named_and_left_alone() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("TECH", 3);
    let ticket = bench.naming("TECH-2, TECH-3 and tech-1");
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "linked_existing");
    assert_eq!(bench.logged(ticket)[0], "TECH-2");
    insta::assert_snapshot!(bench.said(ticket), @r"
    *In Tech: *[TECH-2] (To Do), which was there already. I will write here when Jira moves. Nobody needs to copy anything.
    Also named beside it: TECH-3 and TECH-1. I do not follow these.
    The ticket is waiting on us now: its pipeline has no stage for In Progress.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    assert!(["TECH-1", "TECH-3"].iter().all(|it| bench.jira_issue(it).remote_links.is_empty()));
    bench.finish();
}

#[tokio::test]
async fn a_key_that_a_person_writes_over_ours_stands() {
    let mut bench = Bench::with_tech(&[]).await;
    let ticket = bench.escalated(&crate::bench::texts::whole());
    bench.pass(5).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(5).await;
    assert_eq!(bench.logged(ticket)[0], "TECH-1");
    let other = bench.world.jira.created_by_hand("TECH", "Bug", "The same, known since Monday");
    bench.world.jira.move_issue(&other, "In Progress");
    bench.names(ticket, &other);
    bench.pass(5).await;
    let [key, _, status, _] = bench.logged(ticket);
    assert_eq!((key, status.as_str(), bench.notes_of_ours(ticket)), (other.clone(), "In Progress", 2));
    assert_eq!(bench.jira_issue(&other).remote_links.len(), 1);
    // And ours over that again.
    bench.names(ticket, "TECH-1");
    bench.pass(5).await;
    let [key, url, status, _] = bench.logged(ticket);
    assert_eq!((&*key, bench.plain(&url)), ("TECH-1", "https://acme.atlassian.net/browse/TECH-1".to_owned()));
    assert_eq!((&*status, bench.world.jira.issues().len()), ("To Do", 2));
    bench.finish();
}

#[tokio::test]
async fn a_key_that_somebody_cleared_comes_back_with_the_same_issue() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    bench.names(ticket, "");
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("already", "TECH-1"));
    assert_eq!((bench.logged(ticket)[0].as_str(), bench.issues(ticket).len()), ("TECH-1", 1));
    bench.finish();
}

#[tokio::test]
async fn an_issue_of_ours_is_followed_where_it_moves() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert_eq!(bench.world.jira.move_to_project("TECH-1", "PLAT"), "PLAT-1");
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("already", "PLAT-1"));
    let [key, url, ..] = bench.logged(ticket);
    assert_eq!((&*key, url), ("PLAT-1", bench.world.jira.browse_url("PLAT-1")));
    bench.changes();
    assert_eq!((bench.asks_anew(ticket).await.outcome(), bench.changes()), ("already", [0, 0, 0]));
    assert_eq!((bench.issues(ticket).len(), bench.notes_of_ours(ticket)), (1, 1));
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_was_linked_is_followed_where_it_moves() {
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("TECH", 1);
    let ticket = bench.naming("TECH-1");
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "linked_existing");
    assert_eq!(bench.world.jira.move_to_project("TECH-1", "PLAT"), "PLAT-1");
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("already", "PLAT-1"));
    assert_eq!((bench.logged(ticket)[0].as_str(), bench.notes_of_ours(ticket)), ("PLAT-1", 1));
    bench.finish();
}

#[tokio::test]
async fn an_issue_of_ours_that_was_deleted_is_said_to_be_and_not_created_again() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    bench.world.jira.delete("TECH-1");
    let answer = bench.asks_anew(ticket).await;
    assert_eq!((answer.outcome(), answer.get("jira_key")), ("already", "TECH-1"));
    let [key, _, status, _] = bench.logged(ticket);
    assert_eq!((&*key, &*status, bench.world.jira.issues().len()), ("TECH-1", "deleted", 0));
    bench.changes();
    assert_eq!((bench.asks_anew(ticket).await.outcome(), bench.changes()), ("already", [0, 0, 0]));
    bench.finish();
}

#[tokio::test]
async fn a_ticket_that_was_merged_into_another_keeps_its_issue() {
    let bench = Bench::with_tech_alone(&[]).await;
    let escalated = bench.sent_to_tech();
    assert_eq!(bench.create(escalated, &[]).await.outcome(), "created");
    bench.wait(60);
    let other = bench.ticket();
    for (primary, absorbed) in [(escalated, other)] {
        let survivor = bench.sam().merge(primary, absorbed).unwrap();
        let answer = bench.asks_anew(primary).await;
        assert_eq!(answer.get("jira_key"), "TECH-1", "{answer:?}");
        assert_eq!((bench.world.jira.issues().len(), bench.logged(survivor)[0].as_str()), (1, "TECH-1"));
        let issue = bench.jira_issue("TECH-1");
        assert!(issue.remote_links.iter().any(|it| it.url.ends_with(&survivor.to_string())), "{issue:?}");
        assert!(issue.comments.is_empty(), "it is still one ticket: {:?}", issue.comments);
        assert!(!bench.said(survivor).contains("tickets"), "{}", bench.said(survivor));
    }
    bench.finish();
}

#[tokio::test]
async fn an_escalation_that_is_merged_into_a_plain_ticket_keeps_its_issue() {
    let bench = Bench::with_tech_alone(&[]).await;
    let escalated = bench.sent_to_tech();
    assert_eq!(bench.create(escalated, &[]).await.outcome(), "created");
    bench.wait(60);
    let survivor = bench.sam().merge(bench.ticket(), escalated).unwrap();
    let answer = bench.asks_anew(survivor).await;
    assert_eq!(answer.get("jira_key"), "TECH-1", "{answer:?}");
    assert_eq!((bench.world.jira.issues().len(), bench.logged(survivor)[0].as_str()), (1, "TECH-1"));
    let issue = bench.jira_issue("TECH-1");
    assert!(issue.comments.is_empty(), "it is still one ticket: {:?}", issue.comments);
    bench.finish();
}
