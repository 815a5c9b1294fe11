//! Secrets that are changed while the functions run: nobody deploys anew, and no request is lost.

use std::path::PathBuf;
use std::time::Duration;

use escalation::id::TicketId;
use escalation::ledger::{Ledger, Look, Times};
use sandbox::product::{CLIENT_SECRET, Product, Setup};
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::workflow::{App, Caller};
use secrecy::SecretString;
use serde_json::json;

use crate::bench::NAME;
use crate::bench::texts::{SAM, whole};
use crate::ledger::bench::client;
use crate::telemetry::{Values, values};

const TOKEN: &str = "HUBSPOT_ACCESS_TOKEN";
const CLIENT: &str = "HUBSPOT_CLIENT_SECRET";
const NEW: &str = "test-client-secret-0002";

struct Shop {
    product: Product,
    ticket: TicketId,
}

impl Shop {
    async fn open() -> Self {
        let setup = Setup { workflows: Vec::new(), ..Setup::of(PathBuf::from(env!("CARGO_BIN_EXE_sandbox"))) };
        let product = Product::start(setup).await.unwrap();
        let hubspot = &product.world.hubspot;
        hubspot.hire(Owner::new(501, SAM.0, "Sam Okafor"));
        let sam = hubspot.agent(SAM);
        let ticket = sam.create_ticket(&[("subject", NAME), ("hubspot_owner_id", "501")]).unwrap();
        sam.write_note(ticket, &whole()).unwrap();
        sam.set(ticket, "escalation_type", "shift_lead").unwrap();
        Self { product, ticket }
    }

    /// What `validate-comment` answers to HubSpot, whose app signs with this secret.
    async fn ask_with(&self, client_secret: &str) -> u16 {
        let app = App { client_secret: SecretString::from(client_secret), ..self.product.app().clone() };
        let caller = Caller::new(&app.public_url, Duration::from_secs(20)).unwrap();
        let body = json!({
            "callbackId": format!("ap-{}", self.product.now().as_millisecond()),
            "origin": { "portalId": app.portal.0 },
            "object": { "objectId": self.ticket.0, "objectType": "TICKET" },
            "inputFields": {},
        });
        let request = caller.request(&app, "/hubspot/actions/validate-comment", body, self.product.now());
        request.send().await.unwrap().status().as_u16()
    }

    async fn ask(&self) -> u16 {
        self.ask_with(CLIENT_SECRET).await
    }

    fn pass(&self, seconds: u64) {
        self.product.clock.advance(Duration::from_secs(seconds)).unwrap();
    }

    fn reads(&self) -> usize {
        self.product.vault.reads()
    }

    /// The metrics of the first so many runs of a function.
    async fn metrics_of(&self, function: &str, runs: usize) -> Vec<Values> {
        let start = format!("\"function\":\"{function}\"");
        loop {
            let lines: Vec<String> = self.product.host.logs().into_iter().map(|it| it.text).collect();
            let metrics = lines.iter().filter(|it| it.contains("\"_aws\":") && it.contains(&start));
            let metrics: Vec<Values> = metrics.filter_map(|it| values(it)).collect();
            if metrics.len() >= runs {
                return metrics;
            }
            // The last line of a run may come after its answer.
            tokio::task::yield_now().await;
        }
    }

    /// The metrics of each answered request.
    async fn metrics(&self) -> Vec<Values> {
        let runs = self.product.host.reports().iter().filter(|it| it.function == "validate-comment").count();
        self.metrics_of("validate-comment", runs).await
    }

    /// How much of it was counted in all.
    async fn count(&self, metric: &str) -> f64 {
        self.metrics().await.iter().filter_map(|it| it.get(metric)).flatten().sum()
    }

    fn has_logged(&self, words: &str) -> bool {
        self.product.host.logs().iter().any(|it| it.text.contains(words))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_secret_is_read_once_for_many_requests() {
    let shop = Shop::open().await;
    for _ in 0..5 {
        assert_eq!(shop.ask().await, 200);
    }
    assert_eq!(shop.reads(), 1);
    shop.product.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_was_replaced_is_taken_within_the_request_that_meets_it() {
    let shop = Shop::open().await;
    assert_eq!(shop.ask().await, 200);
    shop.product.world.hubspot.configure(|it| it.token = SecretString::from("pat-sandbox-0001"));
    shop.product.vault.change(TOKEN, "pat-sandbox-0001");
    shop.pass(60);
    assert_eq!(shop.ask().await, 200);
    assert_eq!(shop.reads(), 2);
    assert!(shop.has_logged("The secret was changed"));
    let starts = shop.product.host.reports().iter().filter(|it| it.init.is_some()).count();
    assert_eq!(starts, 1, "it goes on in the same process");
    shop.product.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_secret_that_was_replaced_is_taken_within_the_request_that_is_signed_with_it() {
    let shop = Shop::open().await;
    assert_eq!(shop.ask().await, 200);
    shop.product.vault.change(CLIENT, NEW);
    shop.pass(60);
    assert_eq!(shop.ask_with(NEW).await, 200);
    assert_eq!(shop.ask().await, 401, "the old one is out of the secret");
    shop.product.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_two_client_secrets_stand_in_the_secret_both_are_good() {
    let shop = Shop::open().await;
    shop.product.vault.change(CLIENT, &format!("{CLIENT_SECRET},{NEW}"));
    for secret in [CLIENT_SECRET, NEW, CLIENT_SECRET] {
        assert_eq!(shop.ask_with(secret).await, 200);
    }
    assert_eq!(shop.reads(), 1);
    shop.product.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_wrong_signatures_reads_the_secret_no_more_often_than_twice_a_minute() {
    let shop = Shop::open().await;
    assert_eq!(shop.ask().await, 200);
    shop.pass(60);
    for _ in 0..20 {
        assert_eq!(shop.ask_with("not-the-secret-at-all").await, 401);
    }
    assert_eq!(shop.reads(), 2);
    shop.product.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_five_minutes_the_secret_is_read_again_and_what_was_taken_out_is_good_no_more() {
    let shop = Shop::open().await;
    shop.product.vault.change(CLIENT, &format!("{CLIENT_SECRET},{NEW}"));
    assert_eq!(shop.ask_with(NEW).await, 200);
    shop.product.vault.change(CLIENT, NEW);
    shop.pass(299);
    assert_eq!(shop.ask().await, 200);
    shop.pass(1);
    assert_eq!(shop.ask().await, 401);
    assert_eq!(shop.ask_with(NEW).await, 200);
    shop.product.finish();
}

/// A slip of the hand in the console stops nobody, and what was typed does not reach the log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_that_no_longer_reads_changes_nothing() {
    let shop = Shop::open().await;
    assert_eq!(shop.ask().await, 200);
    for text in
        ["{\"HUBSPOT_ACCESS_TOKEN\": \"pat-canary", "{\"HUBSPOT_ACCESS_TOKEN\": \"\", \"OTHER\": \"pat-canary\"}"]
    {
        shop.product.vault.put(text);
        shop.pass(301);
        assert_eq!(shop.ask().await, 200, "{text}");
    }
    shop.product.vault.set_down(true);
    shop.pass(301);
    assert_eq!(shop.ask().await, 200);
    assert!(shop.has_logged("so what it held before is used"));
    assert!(!shop.has_logged("canary"));
    assert_eq!(shop.count("SecretStale").await, 3.0, "each rings");
    shop.product.finish();
}

/// No header takes it, so no request could be made of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_with_a_line_end_in_it_changes_nothing_and_is_named() {
    let shop = Shop::open().await;
    assert_eq!(shop.ask().await, 200);
    for text in ["pat-canary\n0001", "pat-canary 0001", "pat-canary-\u{e9}0001"] {
        shop.product.vault.change(TOKEN, text);
        shop.pass(301);
        assert_eq!(shop.ask().await, 200, "{text:?}");
    }
    assert!(shop.has_logged("so what it held before is used: HUBSPOT_ACCESS_TOKEN has a space, a line end"));
    assert!(!shop.has_logged("canary"));
    let starts = shop.product.host.reports().iter().filter(|it| it.init.is_some()).count();
    assert_eq!(starts, 1, "it goes on in the same process");
    shop.product.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_end_that_was_pasted_behind_a_token_is_not_part_of_it() {
    let shop = Shop::open().await;
    assert_eq!(shop.ask().await, 200);
    shop.product.world.hubspot.configure(|it| it.token = SecretString::from("pat-sandbox-0001"));
    shop.product.vault.change(TOKEN, " pat-sandbox-0001\r\n");
    shop.pass(60);
    assert_eq!(shop.ask().await, 200);
    shop.product.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_long_each_reading_of_the_secret_took_is_counted_by_the_request_after_it() {
    let shop = Shop::open().await;
    for seconds in [0, 60, 301] {
        shop.pass(seconds);
        assert_eq!(shop.ask().await, 200);
    }
    assert_eq!(shop.reads(), 2);
    let of_secrets = shop.metrics().await.into_iter().map(|it| it.get("Latency.secrets").map(Vec::len));
    assert_eq!(of_secrets.collect::<Vec<_>>(), [Some(1), None, Some(1)]);
    shop.product.finish();
}

/// The actions have read the new one, and the sweep has not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sweep_whose_signature_is_refused_has_the_new_secret_at_its_next_run() {
    let mut shop = Shop::open().await;
    assert_eq!(shop.ask().await, 200);
    shop.pass(200);
    shop.product.sweep().await;
    shop.product.vault.change("FORWARD_SECRET", "test-forward-secret-0002");
    let product = &shop.product;
    let ledger = Ledger::new(client(&product.dynamo, 3), product.dynamo.table(), Times::default());
    let look = Look::new("validate-comment", product.app().portal, shop.ticket, &json!({})).unwrap();
    ledger.look_again(&look, product.now()).await.unwrap();
    shop.pass(101);
    shop.product.sweep().await;
    shop.pass(60);
    shop.product.sweep().await;
    assert_eq!(shop.metrics_of("sweep", 3).await.iter().filter(|it| it.contains_key("Denied.functions")).count(), 1);
    let looked: Vec<bool> = ["Looked at 0 of 1", "Looked at 1 of 1"].map(|it| shop.has_logged(it)).into();
    assert_eq!(looked, [true, true]);
    shop.product.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_refused_though_the_secret_is_the_same_is_an_outage_and_is_counted() {
    let shop = Shop::open().await;
    assert_eq!(shop.ask().await, 200);
    shop.product.world.hubspot.configure(|it| it.token = SecretString::from("pat-sandbox-0001"));
    shop.pass(60);
    assert_eq!(shop.ask().await, 503);
    assert!(shop.has_logged("\"Denied.hubspot\":1"));
    shop.product.vault.change(TOKEN, "pat-sandbox-0001");
    shop.pass(60);
    assert_eq!(shop.ask().await, 200, "HubSpot asks again, and nothing is lost");
    shop.product.finish();
}
