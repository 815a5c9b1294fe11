//! Help-desk conversations.

use jiff::SignedDuration;
use sandbox::world::hubspot::conversation::Said;
use sandbox::world::hubspot::id::{ContactId, ThreadId};
use serde_json::{Value, json};

use super::{SAM, Stage};

const THREADS: &str = "/conversations/v3/conversations/threads";

impl Stage {
    fn customer(&self) -> ContactId {
        self.world.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example")
    }

    async fn messages(&self, thread: ThreadId, query: &str) -> Vec<Value> {
        let page = self.get(&format!("{THREADS}/{}/messages{query}", thread.0)).await.ok(200);
        page["results"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn threads_of_a_ticket_are_found_by_every_filter_of_the_description() {
    let stage = Stage::set().await;
    let (ticket, other, contact) = (stage.ticket(), stage.ticket(), stage.customer());
    let thread = stage.world.hubspot.open_thread(ticket, contact).unwrap();
    stage.world.hubspot.open_thread(other, contact).unwrap();
    stage.world.hubspot.customer_writes(thread, "You charged me twice").unwrap();
    let mine = json!(thread.0.to_string());
    let found = stage
        .get(&format!("{THREADS}?associatedTicketId={ticket}&association=TICKET&limit=10&archived=false"))
        .await
        .ok(200);
    assert_eq!(found["results"].as_array().unwrap().len(), 1);
    assert_eq!(found["results"][0]["id"], mine);
    assert_eq!(found["results"][0]["threadAssociations"], json!({ "associatedTicketId": ticket.to_string() }));
    let by_contact = format!("{THREADS}?associatedContactId={}", contact.0);
    stage.get(&by_contact).await.refused(400, "VALIDATION_ERROR");
    let found = stage.get(&format!("{by_contact}&threadStatus=OPEN&sort=-id&inboxId=431778")).await.ok(200);
    assert_eq!(found["results"].as_array().unwrap().len(), 2);
    assert_eq!(found["results"][1]["id"], mine);
    let since = |time: &str| format!("{THREADS}?sort=latestMessageTimestamp&latestMessageTimestampAfter={time}");
    assert_eq!(stage.get(&since("2026-06-10T08:59:59Z")).await.ok(200)["results"][0]["id"], mine);
    assert_eq!(stage.get(&since("2026-06-10T09:00:00Z")).await.ok(200)["results"], json!([]));
    stage.get(&since("yesterday")).await.refused(400, "VALIDATION_ERROR");
    stage.get(&format!("{THREADS}?associatedTicketId=x")).await.refused(404, "OBJECT_NOT_FOUND");
    let found = stage.get(&format!("{THREADS}?associatedTicketId={ticket}&threadStatus=CLOSED")).await.ok(200);
    assert_eq!(found["results"], json!([]));
    let first = stage.get(&format!("{THREADS}?limit=1")).await.ok(200);
    assert!(first["paging"]["next"]["after"].is_string());
    // Two of these are our own slips: the description has no such values.
    assert!(stage.world.violations().len() <= 2);
    stage.world.finish();
}

#[tokio::test]
async fn a_new_thread_is_in_the_list_after_the_index_has_it() {
    let stage = Stage::set().await;
    let (ticket, contact) = (stage.ticket(), stage.customer());
    stage.world.hubspot.set_indexing_lag(SignedDuration::from_secs(5));
    let thread = stage.world.hubspot.open_thread(ticket, contact).unwrap();
    let list = format!("{THREADS}?associatedTicketId={ticket}");
    stage.wait(4);
    assert_eq!(stage.get(&list).await.ok(200)["results"], json!([]));
    let shown = stage.get(&format!("{THREADS}/{}?association=TICKET", thread.0)).await.ok(200);
    assert_eq!(shown["status"], "OPEN");
    stage.wait(1);
    assert_eq!(stage.get(&list).await.ok(200)["results"].as_array().unwrap().len(), 1);
    stage.get(&format!("{THREADS}/42")).await.refused(404, "OBJECT_NOT_FOUND");
    stage.get(&format!("{THREADS}/42/messages")).await.refused(404, "OBJECT_NOT_FOUND");
    stage.world.finish();
}

#[tokio::test]
async fn messages_are_a_union_newest_first() {
    let stage = Stage::set().await;
    let thread = stage.world.hubspot.open_thread(stage.ticket(), stage.customer()).unwrap();
    let (hubspot, agent) = (&stage.world.hubspot, stage.world.hubspot.agent(SAM));
    hubspot.system_says(thread, Said::Welcome("Hello".to_owned())).unwrap();
    hubspot.customer_writes(thread, "You charged me twice").unwrap();
    hubspot.system_says(thread, Said::InboxChange { from: 1, to: 2 }).unwrap();
    agent.assign(thread, Some(SAM)).unwrap();
    agent.comment(thread, "<p>Issue: charged twice<br>Impact: &lt;10 EUR</p>").unwrap();
    agent.reply(thread, "We look into it").unwrap();
    agent.reply_in_vain(thread, "Refunded").unwrap();
    agent.close_thread(thread).unwrap();
    let newest_first = stage.messages(thread, "").await;
    let kinds: Vec<&str> = newest_first.iter().map(|it| it["type"].as_str().unwrap()).collect();
    let expected = [
        "THREAD_STATUS_CHANGE",
        "MESSAGE",
        "MESSAGE",
        "COMMENT",
        "ASSIGNMENT",
        "THREAD_INBOX_CHANGE",
        "MESSAGE",
        "WELCOME_MESSAGE",
    ];
    assert_eq!(kinds, expected);
    let comment = &newest_first[3];
    assert_eq!(comment["text"], "Issue: charged twice\nImpact: <10 EUR");
    assert_eq!(comment["createdBy"], format!("A-{SAM}"));
    assert_eq!(comment["client"], json!({ "clientType": "HUBSPOT" }));
    assert!(comment.get("direction").is_none());
    assert_eq!(
        (&newest_first[2]["direction"], &newest_first[2]["status"]["statusType"]),
        (&json!("OUTGOING"), &json!("SENT"))
    );
    assert_eq!(newest_first[1]["status"]["statusType"], "FAILED");
    assert_eq!(
        (&newest_first[6]["direction"], &newest_first[6]["status"]["statusType"]),
        (&json!("INCOMING"), &json!("RECEIVED"))
    );
    let mut oldest_first = stage.messages(thread, "?sort=createdAt").await;
    oldest_first.reverse();
    assert_eq!(oldest_first, newest_first);
    let page = stage.get(&format!("{THREADS}/{}/messages?limit=3", thread.0)).await.ok(200);
    let rest = stage.request("GET", &format!("{THREADS}/{}/messages?limit=100", thread.0));
    let after = page["paging"]["next"]["after"].as_str().unwrap().to_owned();
    let rest = super::send(rest.query(&[("after", after)])).await.unwrap().ok(200);
    assert_eq!(rest["results"].as_array().unwrap()[..], newest_first[3..]);
    let closed = stage.get(&format!("{THREADS}/{}", thread.0)).await.ok(200);
    assert_eq!((&closed["status"], &closed["assignedTo"]), (&json!("CLOSED"), &json!(format!("A-{SAM}"))));
    stage.world.finish();
}

#[tokio::test]
async fn a_comment_by_the_token_is_the_apps_whoever_it_claims_to_be() {
    let stage = Stage::set().await;
    let thread = stage.world.hubspot.open_thread(stage.ticket(), stage.customer()).unwrap();
    let path = format!("{THREADS}/{}/messages", thread.0);
    let body = json!({ "type": "COMMENT", "text": "Accepted", "richText": "<p>Accepted</p>", "attachments": [] });
    let made = stage.call("POST", &path, body).await.ok(201);
    assert_eq!(made["createdBy"], "I-1160452");
    assert_eq!(made["client"], json!({ "clientType": "INTEGRATION", "integrationAppId": 1_160_452 }));
    assert_eq!(stage.messages(thread, "").await, [made]);
    let plain = json!({ "type": "COMMENT", "text": "Accepted", "attachments": [] });
    assert_eq!(stage.call("POST", &path, plain).await.ok(201)["richText"], "Accepted");
    for wrong in [
        json!({ "type": "COMMENT", "text": "no list of attachments" }),
        json!({ "type": "COMMENT", "attachments": [] }),
        json!({ "type": "MESSAGE", "text": "to the customer", "attachments": [] }),
    ] {
        stage.call("POST", &path, wrong).await.refused(400, "VALIDATION_ERROR");
    }
    let nowhere = json!({ "type": "COMMENT", "text": "x", "attachments": [] });
    stage.call("POST", &format!("{THREADS}/42/messages"), nowhere).await.refused(404, "OBJECT_NOT_FOUND");
    assert_eq!(stage.messages(thread, "").await.len(), 2);
    stage.world.finish();
}

#[tokio::test]
async fn comments_can_be_edited_and_deleted() {
    let stage = Stage::set().await;
    let thread = stage.world.hubspot.open_thread(stage.ticket(), stage.customer()).unwrap();
    let agent = stage.world.hubspot.agent(SAM);
    let comment = agent.comment(thread, "<p>Blocker: none</p>").unwrap();
    stage.wait(60);
    agent.edit_comment(thread, &comment, "<p>Blocker: over limit</p>").unwrap();
    let shown = &stage.messages(thread, "").await[0];
    assert_eq!((&shown["text"], &shown["updatedAt"]), (&json!("Blocker: over limit"), &json!("2026-06-10T09:01:00Z")));
    agent.delete_comment(thread, &comment).unwrap();
    assert!(stage.messages(thread, "").await.is_empty());
    assert_eq!(stage.messages(thread, "?archived=true").await.len(), 1);
    let reply = agent.reply(thread, "Refunded").unwrap();
    assert!(agent.edit_comment(thread, &reply, "x").is_err(), "what the customer has read stays");
    stage.world.finish();
}

#[tokio::test]
async fn messages_leave_their_mark_on_the_ticket() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let thread = stage.world.hubspot.open_thread(ticket, stage.customer()).unwrap();
    let value = |name| stage.world.hubspot.value(ticket, name);
    stage.world.hubspot.customer_writes(thread, "You charged me twice").unwrap();
    assert_eq!(value("hs_last_message_received_at").as_deref(), Some("2026-06-10T09:00:00Z"));
    assert_eq!(value("hs_conversations_originating_thread_id"), Some(thread.0.to_string()));
    stage.wait(60);
    stage.world.hubspot.agent(SAM).comment(thread, "x").unwrap();
    assert_eq!(value("hs_latest_message_is_thread_comment").as_deref(), Some("true"));
    assert_eq!(value("hs_last_message_sent_at"), None);
    assert_eq!(value("hs_last_message_received_at").as_deref(), Some("2026-06-10T09:00:00Z"));
    stage.world.hubspot.agent(SAM).reply_in_vain(thread, "Refunded").unwrap();
    assert_eq!(value("hs_latest_message_is_thread_comment").as_deref(), Some("false"));
    assert_eq!(value("hs_last_message_sent_at").as_deref(), Some("2026-06-10T09:01:00Z"));
    assert_eq!(value("hs_is_latest_message_failed").as_deref(), Some("true"));
    stage.world.finish();
}
