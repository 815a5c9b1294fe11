//! An engine that waits for nobody: as HubSpot, it goes on with other tickets while an action is asked.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tokio::task::JoinSet;

use super::Engine;
use super::delivery::Reply;

/// The calls that are on their way.
#[derive(Default)]
pub struct Sent {
    calls: JoinSet<(u64, Reply)>,
    enrolments: BTreeSet<u64>,
}

impl Sent {
    /// How many are on their way.
    pub fn len(&self) -> usize {
        self.enrolments.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.enrolments.is_empty()
    }
}

impl Engine {
    /// Takes in the answers that came, and takes one step with each ticket for which something is due and no
    /// call on its way. Waits for no answer. Says whether there was anything to do.
    pub fn turn(&mut self, sent: &mut Sent, now: Timestamp) -> bool {
        self.hear();
        let mut had_work = false;
        while let Some(reply) = sent.calls.try_join_next() {
            had_work = true;
            if let Ok((id, reply)) = reply {
                sent.enrolments.remove(&id);
                self.take_reply(id, reply, now);
            }
        }
        let is_free = |id: &u64| !sent.enrolments.contains(id);
        let due: Vec<u64> = self.enrolled.iter().filter(|it| it.due <= now).map(|it| it.id).filter(is_free).collect();
        for id in due {
            let before = sent.calls.len();
            self.advance(id, now, &mut sent.calls);
            if sent.calls.len() > before {
                sent.enrolments.insert(id);
            }
            had_work = true;
        }
        had_work
    }
}
