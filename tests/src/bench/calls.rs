//! What a function asks of others, counted where it arrives.

use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::dynamo::{Moment, Step};
use crate::host::Host;
use crate::product::Product;
use crate::world::call::Target;
use crate::world::journal::{Pattern, is_read};

/// How many calls of each kind.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Calls {
    /// HubSpot is asked.
    pub reads: usize,
    /// Properties of a ticket are written.
    pub writes: usize,
    /// Comments are written on a ticket.
    pub comments: usize,
    /// Jira is asked or told.
    pub jira: usize,
    /// Slack is asked or told.
    pub slack: usize,
    /// DynamoDB is asked or told.
    pub table: usize,
    /// Of all these, those that make something which must not be there twice: a comment, a message, an issue.
    pub effects: usize,
}

impl Calls {
    /// All of them.
    pub fn all(&self) -> usize {
        self.reads + self.writes + self.comments + self.jira + self.slack + self.table
    }

    /// Of several requests.
    pub(super) fn sum(calls: &[Self]) -> Self {
        calls.iter().fold(Self::default(), |sum, it| Self {
            reads: sum.reads + it.reads,
            writes: sum.writes + it.writes,
            comments: sum.comments + it.comments,
            jira: sum.jira + it.jira,
            slack: sum.slack + it.slack,
            table: sum.table + it.table,
            effects: sum.effects + it.effects,
        })
    }

    fn hubspot(&mut self, call: &Target) {
        let is = |pattern| Pattern::new(pattern).matches(&call.method, &call.path);
        let is_comment = is("POST /crm/v3/objects/notes") || is("POST /conversations/**");
        match is_read(&call.method, &call.path) {
            true => self.reads += 1,
            false if is_comment => (self.comments, self.effects) = (self.comments + 1, self.effects + 1),
            false => self.writes += 1,
        }
    }

    fn slack(&mut self, call: &Target) {
        self.slack += 1;
        self.effects += usize::from(call.path.ends_with("/chat.postMessage"));
    }

    fn jira(&mut self, call: &Target) {
        self.jira += 1;
        self.effects += usize::from(call.method == "POST" && call.path.ends_with("/rest/api/3/issue"));
    }
}

/// Counts what one function calls, however many others it asks to call something.
#[derive(Clone)]
pub(super) struct Counter {
    function: &'static str,
    host: Weak<Host>,
    calls: Arc<Mutex<Calls>>,
}

impl Counter {
    pub(super) fn of(function: &'static str, product: &Product) -> Self {
        let it = Self { function, host: Arc::downgrade(&product.host), calls: Arc::default() };
        product.world.hubspot.after_each(it.hook(Calls::hubspot));
        product.world.slack.after_each(it.hook(Calls::slack));
        product.world.jira.after_each(it.hook(Calls::jira));
        let table = it.clone();
        product.dynamo.on_request(move |_, moment| {
            if moment == Moment::Before && table.is_its() {
                table.lock().table += 1;
            }
            ready(Step::Pass)
        });
        it
    }

    /// What was counted so far, which is then forgotten.
    pub(super) fn take(&self) -> Calls {
        std::mem::take(&mut *self.lock())
    }

    fn hook(&self, count: fn(&mut Calls, &Target)) -> impl Fn(Target) -> std::future::Ready<()> + use<> {
        let it = self.clone();
        move |call| {
            if it.is_its() {
                count(&mut it.lock(), &call);
            }
            ready(())
        }
    }

    /// While a function that it asked is at work, it waits.
    fn is_its(&self) -> bool {
        let serving = self.host.upgrade().map(|it| it.serving()).unwrap_or_default();
        !serving.is_empty() && serving.iter().all(|it| it.function == self.function)
    }

    fn lock(&self) -> MutexGuard<'_, Calls> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
