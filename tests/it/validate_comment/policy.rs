//! A policy of one's own, as a file beside the function.

use std::path::PathBuf;
use std::time::Duration;

use super::product::Shop;
use crate::bench::policy;
use crate::bench::texts::first_three;

/// A file of this test alone; it goes with the test.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("{name}-{}.toml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn shop(file: &File) -> Shop {
    Shop::with(Some(file.0.clone()), Duration::from_secs(10)).await
}

const SPANISH: &str = "<p>Problema: Cargo doble en la orden 4711; el cliente espera la devolución.</p>\
    <p>Investigado: El registro de cobros muestra dos.</p><p>Acciones: Se pidió al banco retener uno.</p>\
    <p>Bloqueo: Falta la aprobación.</p><p>Se necesita: Aprobar la devolución.</p>";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_five_points_may_have_names_in_the_agents_language() {
    let labels = [
        ("issue = []", "issue = [\"Problema\"]"),
        ("investigated = []", "investigated = [\"Investigado\"]"),
        ("action_taken = []", "action_taken = [\"Acciones\"]"),
        ("blocker = []", "blocker = [\"Bloqueo\"]"),
        ("required_to_resolve = []", "required_to_resolve = [\"Se necesita\"]"),
    ];
    let spanish = File::new("policy-spanish", &policy(&labels));
    let shipped = File::new("policy-shipped", &policy(&[]));
    for (file, expected) in [(&spanish, "complete"), (&shipped, "missing")] {
        let mut shop = shop(file).await;
        let ticket = shop.escalated(SPANISH);
        shop.pass(3).await;
        assert_eq!(shop.output(ticket, "outcome"), expected);
        shop.close();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_policy_stops_the_function_at_its_start_and_says_where_and_what_to_do() {
    let text = policy(&[("mode = \"warn\"", "mode = \"warm\"")]);
    let line = text.lines().position(|it| it.contains("warm")).unwrap() + 1;
    let file = File::new("policy-wrong", &text);
    let mut shop = shop(&file).await;
    let ticket = shop.escalated(&first_three());
    shop.pass(0).await;
    assert_eq!(shop.statuses(ticket), [500]);
    let said = shop.logs().join("\n");
    assert!(said.contains(&format!("{}:{line}: unknown variant `warm`", file.0.display())), "{said}");
    assert!(said.contains("expected one of `warn`, `fix`, `off`; write one of those"), "{said}");
    assert_eq!(shop.product.world.hubspot.calls().len(), 0);
    std::fs::write(&file.0, policy(&[])).unwrap();
    shop.pass(5).await;
    assert_eq!(shop.output(ticket, "outcome"), "incomplete", "the next process reads the file anew");
    shop.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_that_is_not_there_is_named() {
    let mut shop = Shop::with(Some(PathBuf::from("/nowhere/policy.toml")), Duration::from_secs(10)).await;
    let ticket = shop.escalated(&first_three());
    shop.pass(0).await;
    assert_eq!(shop.statuses(ticket), [500]);
    let said = shop.logs().join("\n");
    assert!(said.contains("POLICY_FILE: cannot read /nowhere/policy.toml; name a file that exists"), "{said}");
    shop.close();
}
