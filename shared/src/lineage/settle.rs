//! Makes a survivor carry on what was escalated before the merge.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::Carried;
use super::facts::{Registered, ended, gone_since, register, taken_over};
use crate::http::Fault;
use crate::hubspot::{HubSpot, Ticket, timestamp};
use crate::id::{PortalId, TicketId};
use crate::ledger::{Ledger, Look};
use crate::policy::Policy;
use crate::procedure::cycle::{DEBOUNCE, Escalation, State};
use crate::procedure::message::Message;
use crate::procedure::wording::lane::told;
use crate::procedure::wording::merge as words;
use crate::reading;
use crate::runtime::{Failure, Invocation, Result};
use crate::telling::Telling;
use crate::telling::slack::nothing;

/// HubSpot's own property: the tickets that this one was merged of, by their ids.
pub const MERGED: &str = "hs_merged_object_ids";

/// For how long a survivor that is not there is waited for.
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

/// Who acts on a survivor once it is settled.
const NEXT: [&str; 2] = ["assign-lane", "create-jira-issue"];

/// The tickets that went into this one, as far as it tells: the one asked for among them, where that is
/// another. The ticket is read with [`MERGED`].
pub fn absorbed(ticket: &Ticket, asked: TicketId) -> Vec<TicketId> {
    let listed = ticket.property(MERGED).split(';').filter_map(|it| it.trim().parse().ok()).map(TicketId);
    let mut absorbed: Vec<TicketId> = listed.collect();
    if ticket.id.is_some_and(|it| it != asked) && !absorbed.contains(&asked) {
        absorbed.push(asked);
    }
    absorbed.retain(|it| Some(*it) != ticket.id);
    absorbed
}

/// What becomes of a survivor.
struct Plan {
    /// What it carries on; `None` where what it has began on it.
    carried: Option<Carried>,
    /// Whether it knows nothing of that by itself.
    takes_over: bool,
    /// Whether people are to be told of it.
    tells: bool,
}

impl Plan {
    fn is_of(&self, it: &Registered) -> bool {
        self.carried.is_some_and(|carried| (carried.began_on, carried.number) == (it.began_on, it.number))
    }
}

/// What settling a merge needs.
pub struct Merge<'a> {
    /// Where the survivor is.
    pub hubspot: &'a HubSpot,
    /// What is registered of those that are gone.
    pub ledger: &'a Ledger,
    /// Whose properties.
    pub policy: &'a Policy,
    /// The account.
    pub portal: PortalId,
    /// This run.
    pub invocation: &'a Invocation,
}

impl Merge<'_> {
    /// Has `survivor` carry on what was escalated of `absorbed`, the primary ticket first where that is known.
    /// Says whether anything had to be done: then the survivor is to be read anew. Done again, it changes
    /// nothing.
    ///
    /// # Errors
    /// HubSpot or the state table is down, or HubSpot refuses.
    pub async fn settle(&self, survivor: TicketId, absorbed: &[TicketId]) -> Result<bool> {
        let mut open = Vec::new();
        for id in absorbed.iter().filter(|it| **it != survivor) {
            if let Some(registered) = Registered::read(self.ledger, self.policy, (self.portal, *id)).await? {
                open.push((*id, registered));
            }
        }
        if open.is_empty() {
            return Ok(false);
        }
        let Some(ticket) = self.read(survivor).await? else {
            return self.not_there(survivor, &open).await;
        };
        let survivor = ticket.id.unwrap_or(survivor);
        let plan = self.plan(&ticket, &open);
        let properties = self.properties(&ticket, &open, &plan);
        self.write(survivor, &properties).await?;
        // A note that HubSpot does not take keeps nobody from going on.
        match self.tell(survivor, &open, &plan).await {
            Err(Failure::Rejected(reason)) => {
                tracing::error!(ticket = %survivor, "HubSpot does not take the note of the merge into {survivor}: {reason}");
            }
            told => told?,
        }
        for action in NEXT {
            let look = Look::new(action, self.portal, survivor, &serde_json::json!({}))?;
            self.ledger.look_again(&look, self.invocation.now()).await?;
        }
        for (id, _) in &open {
            ended(self.ledger, self.policy, (self.portal, *id), State::Merged, self.invocation.now()).await?;
        }
        Ok(true)
    }

    /// A ticket that is told of may be read a little later. One that is not there for long is deleted.
    async fn not_there(&self, survivor: TicketId, open: &[(TicketId, Registered)]) -> Result<bool> {
        let now = self.invocation.now();
        let mut waits = false;
        for (id, it) in open {
            let since = gone_since(self.ledger, (self.portal, *id), it, now).await?;
            waits |= now.duration_since(since) < PATIENCE;
        }
        match waits {
            true => Err(Failure::Later(anyhow::anyhow!("ticket {survivor} is not there yet"))),
            false => Ok(false),
        }
    }

    async fn read(&self, id: TicketId) -> Result<Option<Ticket>> {
        let ours = &self.policy.properties;
        let mut names: Vec<&str> = taken_over(ours).into_iter().map(|it| &**it).collect();
        names.extend(["createdate", &*ours.cycle, &ours.started_at, &ours.merged_from, &ours.jira_reference_other]);
        Ok(self.hubspot.ticket(id, &names, &[&ours.escalation_type]).await?)
    }

    /// Which of them the survivor carries on. An escalation of its own goes on alone.
    fn plan(&self, ticket: &Ticket, open: &[(TicketId, Registered)]) -> Plan {
        let as_here =
            |it: &Registered, here| Carried { began_on: it.began_on, number: it.number, since: it.since, here };
        match reading::own_escalation(ticket, self.policy) {
            Escalation::Open { number, started_at, .. } => {
                if let Some(carried) = Carried::of(ticket, self.policy) {
                    // A run that ended early may have left people untold of what it took over.
                    let versions = reading::oldest_first(ticket.history(&self.policy.properties.escalation_type));
                    let is_ours = versions.last().is_some_and(|it| it.by.is_none());
                    return Plan { carried: Some(carried), takes_over: false, tells: is_ours };
                }
                let began = timestamp(ticket.property(&self.policy.properties.started_at));
                let is_it = |it: &&(TicketId, Registered)| {
                    [Some(started_at), began].contains(&Some(it.1.since)) && is_same_issue(&it.1, ticket, self.policy)
                };
                let carried = open.iter().find(is_it).map(|it| as_here(&it.1, number));
                Plan { carried, takes_over: false, tells: false }
            }
            Escalation::NotEscalated { cycles, cleared_at } => {
                // What is set within a moment of its clearing counts as never cleared.
                let now = self.invocation.now();
                let goes_on = cleared_at.is_some_and(|it| now.duration_since(it) <= DEBOUNCE) && cycles > 0;
                let here = if goes_on { cycles } else { cycles + 1 };
                let first = open.iter().map(|it| &it.1).min_by_key(|it| it.since);
                Plan { carried: first.map(|it| as_here(it, here)), takes_over: true, tells: true }
            }
        }
    }

    fn properties(&self, ticket: &Ticket, open: &[(TicketId, Registered)], plan: &Plan) -> BTreeMap<&str, String> {
        let ours = &self.policy.properties;
        let mut wanted = BTreeMap::new();
        if let Some(carried) = plan.carried {
            wanted.insert(&*ours.merged_from, carried.to_string());
        }
        let is_it = |it: &&(TicketId, Registered)| plan.is_of(&it.1);
        let own = match open.iter().find(is_it).filter(|_| plan.takes_over) {
            Some((_, it)) => {
                for property in taken_over(ours) {
                    wanted.insert(&**property, it.value(property).to_owned());
                }
                wanted.insert(&*ours.cycle, it.number.to_string());
                wanted.insert(&*ours.started_at, it.since.to_string());
                it.value(&ours.jira_reference)
            }
            None => ticket.property(&ours.jira_reference),
        };
        let mut others: Vec<&str> = listed(ticket.property(&ours.jira_reference_other)).collect();
        let merged = open.iter().filter(|it| !plan.is_of(&it.1)).map(|it| it.1.value(&ours.jira_reference));
        others.extend(merged.filter(|it| !it.is_empty()));
        others.retain(|it| *it != own);
        others.sort_unstable();
        others.dedup();
        wanted.insert(&*ours.jira_reference_other, others.join("; "));
        wanted.retain(|name, value| !ticket.has(name, value));
        wanted
    }

    /// A property that the account does not have keeps no other off.
    async fn write(&self, survivor: TicketId, properties: &BTreeMap<&str, String>) -> Result<()> {
        let mut refused = match self.write_once(survivor, properties).await {
            Err(Fault::Refused { status, reason }) if status != 404 => reason,
            written => return Ok(written?),
        };
        for (name, value) in properties {
            match self.write_once(survivor, &BTreeMap::from([(*name, value.clone())])).await {
                Err(Fault::Refused { reason, .. }) => refused = reason,
                written => written?,
            }
        }
        tracing::error!(ticket = %survivor, "HubSpot does not take all that ticket {survivor} carries on: {refused}");
        Ok(())
    }

    async fn write_once(&self, survivor: TicketId, properties: &BTreeMap<&str, String>) -> Result<(), Fault> {
        if properties.is_empty() {
            return Ok(());
        }
        self.hubspot.update_ticket(survivor, properties).await
    }

    /// Registers what the survivor carries on by now, and tells people where anything is new to them.
    async fn tell(&self, survivor: TicketId, open: &[(TicketId, Registered)], plan: &Plan) -> Result<()> {
        let Some(ticket) = self.read(survivor).await? else {
            return Err(Failure::Later(anyhow::anyhow!("ticket {survivor} was merged once more")));
        };
        let (cycle, since) = match reading::escalation(&ticket, self.policy) {
            Escalation::Open { number, started_at, .. } => (number, started_at),
            Escalation::NotEscalated { .. } => return Err(Failure::Later(anyhow::anyhow!("HubSpot shows it late"))),
        };
        let place = (self.portal, survivor);
        let as_it_is = BTreeMap::from([(
            &*self.policy.properties.escalation_type,
            ticket.property(&self.policy.properties.escalation_type).to_owned(),
        )]);
        let now = self.invocation.now();
        register(self.ledger, self.policy, place, (cycle, since), (&ticket, &as_it_is), now).await?;
        let telling = Telling {
            hubspot: self.hubspot,
            ledger: self.ledger,
            invocation: self.invocation,
            look: Look::new(NEXT[0], self.portal, survivor, &serde_json::json!({}))?,
            cycle,
            began_on: super::began_on(&ticket, survivor, self.policy),
        };
        for (id, it) in open {
            let message = match plan.is_of(it) {
                true if plan.tells => words::taken_over(&id.to_string(), it.number),
                true => continue,
                false => words::joined(&id.to_string(), it.number, it.value(&self.policy.properties.jira_reference)),
            };
            self.note(&telling, *id, message).await?;
        }
        Ok(())
    }

    async fn note(&self, telling: &Telling<'_>, id: TicketId, message: Message) -> Result<()> {
        let effect = telling.effect("merged", &[&id.to_string()])?;
        let message = told(None, message, telling.cycle, &telling.link(&effect));
        Box::pin(telling.note(&effect, &message, nothing())).await.map(drop)
    }
}

/// Two that were escalated at one moment, as in bulk, are told apart by their issues.
fn is_same_issue(it: &Registered, ticket: &Ticket, policy: &Policy) -> bool {
    let key = ticket.property(&policy.properties.jira_reference);
    let theirs = it.value(&policy.properties.jira_reference);
    key.is_empty() || theirs.is_empty() || key == theirs
}

fn listed(keys: &str) -> impl Iterator<Item = &str> {
    keys.split(';').map(str::trim).filter(|it| !it.is_empty())
}
