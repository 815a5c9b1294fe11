//! Jira shows nothing to a token that has expired, and says of every issue that it is not there: that is no news.

use std::mem;
use std::time::Duration;

use sandbox::world::jira::automation::Sender;
use sandbox::world::jira::{Jira, ToStrangers};
use secrecy::SecretString;

use super::product::{in_tech, said};
use super::stage::Told;

const TO_STRANGERS: [ToStrangers; 3] = [ToStrangers::Refused, ToStrangers::Absent, ToStrangers::JustAbsent];

const NEW: &str = "jira-sandbox-0001";

/// The token is none any more, and strangers are answered so.
pub fn expire(jira: &Jira, to_strangers: ToStrangers) {
    jira.configure(|it| (it.revoked, it.to_strangers) = (vec![it.token.clone()], to_strangers));
}

/// The minutes pass in which `sweep` comes.
async fn renewed(it: &mut Told) -> String {
    it.jira().configure(|it| it.revoked.clear());
    for _ in 0..10 {
        it.bench.wait(60);
        it.bench.sweep().await;
    }
    it.news()
}

#[tokio::test]
async fn nobody_is_told_of_a_deletion_and_the_news_come_with_a_new_token() {
    for to_strangers in TO_STRANGERS {
        let mut it = Told::by_rule().await;
        expire(it.jira(), to_strangers);
        it.jira().move_issue(&it.key, "Done");
        assert_eq!(it.told().await, [Some(503)], "{to_strangers:?}");
        it.bench.wait(60);
        it.bench.sweep().await;
        assert_eq!(it.news(), "", "{to_strangers:?}");
        assert_eq!(it.stands(), (it.key.clone(), "To Do".to_owned(), true), "{to_strangers:?}");
        let news = renewed(&mut it).await;
        assert_eq!(news.matches("Fix ready").count(), 2, "on the ticket and in Slack: {news}");
        assert!(!news.contains("deleted"), "{to_strangers:?}: {news}");
        assert_eq!(it.stands(), (it.key.clone(), "Done".to_owned(), true), "{to_strangers:?}");
        it.finish();
    }
}

#[tokio::test]
async fn what_was_deleted_meanwhile_is_told_with_a_new_token() {
    for to_strangers in TO_STRANGERS {
        let mut it = Told::by_rule().await;
        expire(it.jira(), to_strangers);
        it.jira().delete(&it.key);
        assert_eq!(it.told().await, [Some(503)], "{to_strangers:?}");
        assert_eq!(it.news(), "", "{to_strangers:?}");
        let news = renewed(&mut it).await;
        assert_eq!(news.matches("is deleted in Jira").count(), 2, "on the ticket and in Slack: {news}");
        assert_eq!(it.stands(), (it.key.clone(), "deleted".to_owned(), true), "{to_strangers:?}");
        it.finish();
    }
}

/// The secret is read again for it, and the alarm that a token was refused has its number.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_looks_for_another_token_and_counts_that_it_was_refused() {
    for to_strangers in [ToStrangers::Absent, ToStrangers::JustAbsent] {
        let (mut agency, ticket, key, mut callback) = in_tech("expired", Sender::Rule).await;
        let product = &agency.shop.product;
        product.world.jira.configure(|it| {
            it.revoked = vec![mem::replace(&mut it.token, SecretString::from(NEW))];
            it.to_strangers = to_strangers;
        });
        product.world.jira.move_issue(&key, "Done");
        product.clock.advance(Duration::from_secs(60)).unwrap();
        let reads = product.vault.reads();
        assert_eq!(callback.run().await, [Some(503)], "{to_strangers:?}");
        assert_eq!(product.vault.reads(), reads + 1, "{to_strangers:?}");
        let counted = product.host.logged(|it| it.text.contains("\"Denied.jira\":1")).await;
        assert!(counted.text.contains("jira-callback"), "{}", counted.text);
        assert!(product.host.logs().iter().any(|it| it.text.contains("Jira does not know us")));
        product.vault.change("JIRA_API_TOKEN", NEW);
        agency.shop.pass(5).await;
        assert_eq!((said(&agency, ticket, "Fix ready"), said(&agency, ticket, "deleted")), (1, 0), "{to_strangers:?}");
        agency.close();
    }
}
