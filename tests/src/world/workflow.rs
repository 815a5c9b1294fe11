//! HubSpot's workflow engine: enrols tickets when a property changes, walks them through the steps of
//! a workflow, calls our actions as HubSpot does and retries as HubSpot does. It has no clock: whoever
//! runs it says what time it is.

pub mod definition;
mod delivery;
mod enrolment;
mod envelope;
pub mod log;
mod running;
pub mod signature;

use std::collections::BTreeSet;

use escalation::id::TicketId;
use escalation::workflows::{Step, Workflow};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::hubspot::{Event, HubSpot};
use delivery::{Outcome, Reply};
use enrolment::{Enrolment, Outputs};
use log::{Entry, What};

pub use delivery::Caller;
pub use envelope::App;
pub use running::Sent;

/// HubSpot gives up after [three days](https://developers.hubspot.com/docs/api/automation/custom-workflow-actions).
const GIVE_UP: SignedDuration = SignedDuration::from_hours(72);
const FIRST_RETRY: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_GAP: SignedDuration = SignedDuration::from_hours(8);

/// The engine of one account.
pub struct Engine {
    hubspot: HubSpot,
    app: App,
    caller: Caller,
    workflows: Vec<Workflow>,
    events: mpsc::UnboundedReceiver<Event>,
    enrolled: Vec<Enrolment>,
    /// The workflows that are turned off.
    off: BTreeSet<u64>,
    /// Who was ever enrolled where.
    known: BTreeSet<(u64, TicketId)>,
    last_id: u64,
    log: Vec<Entry>,
}

impl Engine {
    /// An engine that hears of what happens from now on.
    pub fn new(hubspot: &HubSpot, app: App, caller: Caller, workflows: Vec<Workflow>) -> Self {
        Self {
            hubspot: hubspot.clone(),
            app,
            caller,
            workflows,
            events: hubspot.subscribe(),
            enrolled: Vec::new(),
            off: BTreeSet::new(),
            known: BTreeSet::new(),
            // Real ones have outgrown 32 bits.
            last_id: 2_384_423_471_000,
            log: Vec::new(),
        }
    }

    /// Leaves alone what happened so far, as workflows do that are turned on for new tickets only.
    pub fn turn_on(&mut self) {
        while self.events.try_recv().is_ok() {}
    }

    /// Turns a workflow off: it takes nobody in any more, and lets go whom it has.
    pub fn turn_off(&mut self, workflow: u64) {
        self.hear();
        self.off.insert(workflow);
        self.enrolled.retain(|it| self.workflows[it.workflow].id != workflow);
    }

    /// When the engine next has something to do.
    pub fn next_due(&mut self) -> Option<Timestamp> {
        self.hear();
        self.enrolled.iter().map(|it| it.due).min()
    }

    /// Does everything that is due, calls that are due together at the same time. Says how many calls
    /// it made.
    pub async fn run_due(&mut self, now: Timestamp) -> usize {
        let mut calls = 0;
        while let Some(made) = self.run_round(now).await {
            calls += made;
        }
        calls
    }

    /// Takes every ticket for which something is due one step on, for who looks between the steps.
    /// Says how many calls it made; `None` where nothing is due.
    pub async fn run_round(&mut self, now: Timestamp) -> Option<usize> {
        self.hear();
        let mut sent = JoinSet::new();
        let due: Vec<u64> = self.enrolled.iter().filter(|it| it.due <= now).map(|it| it.id).collect();
        if due.is_empty() {
            return None;
        }
        for id in due {
            self.advance(id, now, &mut sent);
        }
        let calls = sent.len();
        while let Some(reply) = sent.join_next().await {
            if let Ok((id, reply)) = reply {
                self.take_reply(id, reply, now);
            }
        }
        Some(calls)
    }

    /// Completes an action that answered `BLOCK`. Says whether one was waiting under this id.
    pub fn complete(&mut self, callback: &str, outputs: Outputs, now: Timestamp) -> bool {
        let portal = self.app.portal;
        let waiting = self.enrolled.iter_mut().find(|it| it.blocked && it.callback(portal) == callback);
        match waiting {
            Some(enrolment) => {
                enrolment.finish_step(outputs, now);
                true
            }
            None => false,
        }
    }

    /// What it did, oldest first.
    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    /// The name of the action that an entry is about, where it is about one.
    pub fn action_of(&self, entry: &Entry) -> Option<&str> {
        if matches!(entry.what, What::Enrolled | What::Unenrolled) {
            return None;
        }
        let workflow = self.workflows.iter().find(|it| it.name == entry.workflow)?;
        match workflow.steps.get(entry.action.checked_sub(1)?)? {
            Step::Call(action) => Some(&action.name),
            _ => None,
        }
    }

    /// Whether a ticket is in a workflow right now.
    pub fn is_enrolled(&mut self, ticket: TicketId) -> bool {
        self.hear();
        self.enrolled.iter().any(|it| it.ticket == ticket)
    }

    fn hear(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            match event {
                Event::PropertyChanged { ticket, property, value, at, .. } => self.enrol(ticket, &property, &value, at),
                Event::Deleted { ticket, .. } => self.unenrol(ticket),
                Event::Merged { merged, .. } => merged.into_iter().for_each(|it| self.unenrol(it)),
                Event::Restored { .. } | Event::Noted { .. } | Event::NotedOn { .. } | Event::Said { .. } => {}
            }
        }
    }

    fn enrol(&mut self, ticket: TicketId, property: &str, value: &str, at: Timestamp) {
        for (place, workflow) in self.workflows.iter().enumerate() {
            let enrolled = self.enrolled.iter().any(|it| it.workflow == place && it.ticket == ticket);
            let again = self.known.contains(&(workflow.id, ticket));
            let off = self.off.contains(&workflow.id);
            if !workflow.trigger.is_met(property, value) || off || enrolled || (again && !workflow.re_enrol) {
                continue;
            }
            self.known.insert((workflow.id, ticket));
            self.last_id += 1;
            let enrolment = Enrolment::new(self.last_id, place, ticket, at);
            self.log.push(Entry::new(at, workflow, &enrolment, What::Enrolled));
            self.enrolled.push(enrolment);
        }
    }

    fn unenrol(&mut self, ticket: TicketId) {
        for enrolment in self.enrolled.iter().filter(|it| it.ticket == ticket) {
            let workflow = &self.workflows[enrolment.workflow];
            self.log.push(Entry::new(enrolment.due, workflow, enrolment, What::Unenrolled));
        }
        self.enrolled.retain(|it| it.ticket != ticket);
    }

    /// Takes an enrolment as far as it goes without an answer from outside.
    fn advance(&mut self, id: u64, now: Timestamp, sent: &mut JoinSet<(u64, Reply)>) {
        let Some(at) = self.enrolled.iter().position(|it| it.id == id) else {
            return;
        };
        let enrolment = &mut self.enrolled[at];
        let workflow = &self.workflows[enrolment.workflow];
        let action = enrolment.action();
        let what = match workflow.steps.get(enrolment.step) {
            _ if enrolment.blocked => {
                enrolment.finish_step(Outputs::new(), now);
                What::BlockExpired
            }
            Some(Step::Call(action)) => {
                enrolment.start_try(now);
                let body = envelope::body(&self.app, &self.hubspot, workflow, action, enrolment);
                let path = format!("/hubspot/actions/{}", action.name);
                let request = self.caller.request(&self.app, &path, body, now);
                sent.spawn(async move { (id, delivery::send(request).await) });
                return;
            }
            Some(Step::Set(property, value)) => {
                // What HubSpot refuses is in the workflow's history, and the workflow goes on.
                let done = self.hubspot.workflow_sets(enrolment.ticket, property, value);
                enrolment.finish_step(Outputs::new(), now);
                done.map_or_else(|error| What::Failed { reason: error.to_string() }, |()| What::Set)
            }
            Some(Step::Wait(_)) if enrolment.waiting => {
                return enrolment.finish_step(Outputs::new(), now);
            }
            Some(Step::Wait(time)) => What::Waiting { until: enrolment.wait(*time, now) },
            Some(Step::Branch(branch)) => {
                let value = enrolment.output(branch.of, &branch.output).unwrap_or_default();
                let value = value.to_owned();
                enrolment.go_to(branch.target(&value), now);
                What::Branched { value }
            }
            Some(Step::End) | None => What::Finished,
        };
        let entry = Entry { action, ..Entry::new(now, workflow, enrolment, what) };
        if entry.what == What::Finished {
            self.enrolled.remove(at);
        }
        self.log.push(entry);
    }

    fn take_reply(&mut self, id: u64, reply: Reply, now: Timestamp) {
        let Some(enrolment) = self.enrolled.iter_mut().find(|it| it.id == id) else {
            return;
        };
        let workflow = &self.workflows[enrolment.workflow];
        let action = enrolment.action();
        let callback = enrolment.callback(self.app.portal);
        let called = What::Called { callback, attempt: enrolment.tries, status: reply.status };
        self.log.push(Entry::new(now, workflow, enrolment, called));
        let what = match reply.outcome {
            Outcome::Done(outputs) => {
                enrolment.finish_step(outputs.clone(), now);
                What::Answered { outputs }
            }
            Outcome::Blocked(time) => {
                enrolment.blocked = true;
                enrolment.due = now + time;
                What::Blocked { until: enrolment.due }
            }
            Outcome::Failed { reason, outputs } => {
                enrolment.finish_step(outputs, now);
                What::Failed { reason }
            }
            Outcome::Retry { after } => retry(enrolment, after, now),
        };
        self.log.push(Entry { action, ..Entry::new(now, workflow, enrolment, what) });
    }
}

fn retry(enrolment: &mut Enrolment, after: Option<SignedDuration>, now: Timestamp) -> What {
    let due = now + after.unwrap_or_else(|| gap(enrolment.tries));
    let since = enrolment.first_try.unwrap_or(now);
    if due.duration_since(since) > GIVE_UP {
        enrolment.finish_step(Outputs::new(), now);
        return What::Failed { reason: "gave up after three days".to_owned() };
    }
    enrolment.due = due;
    What::WillRetry { at: due }
}

/// How long HubSpot waits after this many tries: one minute at first, then ever longer.
fn gap(tries: u32) -> SignedDuration {
    let doubled = 1 << tries.saturating_sub(1).min(16);
    (FIRST_RETRY * doubled).min(LONGEST_GAP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_grow_from_a_minute_to_eight_hours() {
        let minutes: Vec<i64> = [1, 2, 3, 9, 10, 11, 300].map(|it| gap(it).as_mins()).to_vec();
        assert_eq!(minutes, [1, 2, 4, 256, 480, 480, 480]);
    }
}
