//! A second pipeline, with a stage for Tech and one for what needs no resolution.

use crate::world::hubspot::pipeline::{Pipeline, Stage};

/// What the policy says of it.
pub const PIPELINE: &str = "
[[pipelines]]
id = \"77\"
stages = { 771 = \"new\", 772 = \"waiting_on_customer\", 773 = \"waiting_on_us\", 774 = \"in_progress\", 775 = \"closed\", 776 = \"exempt\" }
";

/// As the account has it.
pub fn pipeline() -> Pipeline {
    let open = [("771", "New"), ("772", "Waiting on contact"), ("773", "Waiting on us"), ("774", "In progress")];
    let closed = [("775", "Closed"), ("776", "Spam")];
    let stages = open.iter().map(|(id, label)| Stage::open(id, label));
    let stages = stages.chain(closed.iter().map(|(id, label)| Stage::closed(id, label)));
    Pipeline { id: "77".to_owned(), label: "Second line".to_owned(), stages: stages.collect() }
}
