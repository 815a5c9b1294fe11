//! The real processes, with a Slack.

use std::path::PathBuf;

use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::workflows::{Action, Becomes, Step, Trigger, Workflow, workflows};
use sandbox::host::Ending;
use sandbox::product::{Product, Setup};
use sandbox::world::hubspot::owner::Owner;

use super::channels::{ADMINS, ALL, EXECUTIVES, RESTRICTED};
use crate::bench::texts::{DANA, LEE, SAM};
use crate::bench::{ESCALATIONS, policy};
use crate::validate_comment::product::Shop;

/// What is said on tickets of these stories beyond those of others, and what opens Slack's door.
const WORDS: [&str; 6] = ["Kingfisher", "olicitor", "Marsh", "xoxb", "system is down", "Lund"];

/// The product, and the file of its policy.
pub struct Agency {
    pub shop: Shop,
    _file: File,
}

/// A file that goes with the test.
struct File(PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Agency {
    /// By the procedure's own workflows.
    pub async fn open(name: &str, changes: &[(&str, &str)]) -> Self {
        Self::set_up(name, changes, |setup| setup).await
    }

    /// The same, set up otherwise.
    pub async fn set_up(name: &str, changes: &[(&str, &str)], otherwise: impl FnOnce(Setup) -> Setup) -> Self {
        let text = policy(&[&ALL, changes].concat());
        let workflows = workflows(&Policy::parse(&text, "policy.toml").unwrap().properties);
        Self::with(name, text, workflows, otherwise).await
    }

    /// By one workflow that asks for the lane and nothing else.
    pub async fn lanes_alone(name: &str, changes: &[(&str, &str)]) -> Self {
        let trigger = Trigger::new("escalation_type", "Escalation Type", Becomes::Known);
        let steps = vec![Step::Call(Action::new("assign-lane", &[])), Step::End];
        let workflow = Workflow { id: 1, name: "Lane".to_owned(), trigger, re_enrol: true, steps };
        Self::with(name, policy(&[&ALL, changes].concat()), vec![workflow], |setup| setup).await
    }

    /// With nobody who asks, but those who are told what happens.
    pub async fn without_workflows(name: &str) -> Self {
        Self::with(name, policy(&ALL), Vec::new(), |setup| setup).await
    }

    async fn with(name: &str, text: String, workflows: Vec<Workflow>, otherwise: impl FnOnce(Setup) -> Setup) -> Self {
        let file = File(std::env::temp_dir().join(format!("lanes-{name}-{}.toml", std::process::id())));
        std::fs::write(&file.0, text).unwrap();
        let setup = Setup { policy: Some(file.0.clone()), workflows, ..Setup::of(env!("CARGO_BIN_EXE_sandbox")) };
        let product = Product::start(otherwise(setup)).await.unwrap();
        for (id, user, name) in [(501, SAM, "Sam Okafor"), (502, DANA, "Dana Whitfield"), (503, LEE, "Lee Marsh")] {
            product.world.hubspot.hire(Owner::new(id, user.0, name));
        }
        let channels = [(ESCALATIONS, "cs-escalations"), (RESTRICTED, "few"), (EXECUTIVES, "exec"), (ADMINS, "admins")];
        for (id, name) in channels {
            product.world.slack.open_channel(id, name);
        }
        product.world.slack.join("U0DANA001", "Dana");
        product.world.slack.join("U0LEE0001", "Lee");
        Self { shop: Shop { product }, _file: file }
    }

    /// How many messages of a channel name this ticket.
    pub fn told(&self, channel: &str, ticket: TicketId) -> usize {
        let messages = self.shop.product.world.slack.messages(channel);
        messages.iter().filter(|it| it.text.contains(&format!("ticket {ticket} "))).count()
    }

    /// How often the function's process ended at work.
    pub fn crashes(&self) -> usize {
        let reports = self.shop.product.host.reports();
        reports.iter().filter(|it| it.function == "assign-lane" && it.ending == Ending::Crashed).count()
    }

    /// Ends the world, after a look at every line that a function wrote.
    #[track_caller]
    pub fn close(self) {
        let lines = self.shop.logs();
        for line in lines {
            assert!(WORDS.iter().all(|it| !line.contains(it)), "{line}");
        }
        let Self { shop, .. } = self;
        shop.close();
    }
}
