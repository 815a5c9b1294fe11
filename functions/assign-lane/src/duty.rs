//! Who has the escalation: who has it already, or the person on duty.

use escalation::hubspot::Person;
use escalation::policy::ShiftLead;
use escalation::procedure::message::Span;
use escalation::procedure::rota::{self, Candidate, Choice, Duty, Name, OnDuty, Present, Reason};
use escalation::procedure::wording::lane::Holder;
use escalation::runtime::Invocation;
use escalation::telling::mention;
use jiff::Timestamp;

use super::AssignLane;
use super::found::Escalated;

/// Who has an escalation.
pub struct Held {
    /// HubSpot's owner id; empty where nobody has it.
    pub owner_id: String,
    name: String,
    why: Why,
    /// Everybody to be told, mentioned.
    pub leads: Vec<Span>,
    /// People in the rota whose accounts are not active.
    pub deactivated: Vec<Name>,
}

enum Why {
    Kept,
    OnDuty { until: Option<Timestamp> },
    Gap,
    Deactivated,
    Nobody,
}

impl Held {
    /// For people to read.
    pub fn holder(&self) -> Holder<'_> {
        match self.why {
            Why::Kept => Holder::Kept(&self.name),
            Why::OnDuty { until } => Holder::OnDuty { name: &self.name, until },
            Why::Gap => Holder::Gap(&self.name),
            Why::Deactivated => Holder::Deactivated(&self.name),
            Why::Nobody => Holder::Nobody,
        }
    }

    /// What they are called, where somebody has it.
    pub fn name(&self) -> Option<&str> {
        (!self.name.is_empty()).then_some(&*self.name)
    }

    /// When their time on duty ends, where it does.
    pub fn until(&self) -> Option<Timestamp> {
        match self.why {
            Why::OnDuty { until } => until,
            _ => None,
        }
    }
}

impl AssignLane {
    /// Who is to have an escalation that is in a lane. HubSpot is asked how many each has only where
    /// there is a choice.
    pub(super) async fn held(
        &self,
        found: &Escalated,
        reviewed_at: Option<Timestamp>,
        invocation: &Invocation,
    ) -> Held {
        let on_duty = self.policy.rota().on_duty(invocation.now());
        let mut candidates: Vec<_> = on_duty.iter().map(|it| self.candidate(&it.name, found)).collect();
        let fallback = self.policy.fallback().map(|it| self.candidate(&it.name, found));
        if let Some(present) = self.present(found, reviewed_at)
            // Where we may not read who is active, nobody is taken for one who left.
            && (found.people.is_empty() || rota::stays(&present, &candidates, fallback.as_ref()))
        {
            return self.kept(found, present, &on_duty);
        }
        self.count_open(&mut candidates, found).await;
        self.chosen(found, rota::choose(&candidates, fallback.as_ref(), found.id.0), &on_duty)
    }

    fn candidate(&self, name: &Name, found: &Escalated) -> Candidate {
        Candidate { name: name.clone(), active: self.person(name, found).is_some(), open: 0 }
    }

    /// Who of the active people somebody in the rota is.
    fn person<'a>(&self, name: &Name, found: &'a Escalated) -> Option<&'a Person> {
        let user = self.policy.shift_lead(&name.0)?.user_id()?;
        found.people.iter().find(|it| it.user_id == Some(user))
    }

    /// Who has it already, in this escalation.
    fn present(&self, found: &Escalated, reviewed_at: Option<Timestamp>) -> Option<Present> {
        let owner = Some(found.fresh(&self.policy.properties.owner)).filter(|it| !it.is_empty())?;
        let person = found.people.iter().find(|it| it.owner_id == owner);
        let lead = |it: &&ShiftLead| it.user_id().is_some() && it.user_id() == person.and_then(|it| it.user_id);
        Some(Present {
            name: self.policy.shift_leads.iter().find(lead).map(|it| it.name.clone()),
            active: person.is_some(),
            reviewed: reviewed_at.is_some(),
        })
    }

    /// How many open escalations each has, where that decides. Who has how many is a courtesy: where
    /// HubSpot's search does not say, the choice falls as if all had equally many.
    async fn count_open(&self, candidates: &mut [Candidate], found: &Escalated) {
        let owner = |it: &Candidate| self.person(&it.name, found).map(|it| it.owner_id.clone());
        let owners: Vec<Option<String>> = candidates.iter().map(owner).collect();
        let ids: Vec<&str> = owners.iter().flatten().map(String::as_str).collect();
        if ids.len() < 2 {
            return;
        }
        let ours = &self.policy.properties;
        match self.hubspot.open_escalations(&ours.owner, &ids, &ours.lane).await {
            Ok(open) => {
                for (candidate, owner) in candidates.iter_mut().zip(&owners) {
                    candidate.open = owner.as_ref().and_then(|it| open.get(it)).copied().unwrap_or(0);
                }
            }
            Err(fault) => tracing::warn!(ticket = %found.id, "Cannot count open escalations: {fault}"),
        }
    }

    fn kept(&self, found: &Escalated, present: Present, on_duty: &[OnDuty]) -> Held {
        let owner_id = found.fresh(&self.policy.properties.owner).to_owned();
        let person = found.people.iter().find(|it| it.owner_id == owner_id);
        let shift = present.name.as_ref().and_then(|name| on_duty.iter().find(|it| it.name == *name));
        let name = present.name.map(|it| it.0).or_else(|| person.map(|it| it.name.clone()));
        let why = shift.map_or(Why::Kept, |it| Why::OnDuty { until: it.until });
        let leads = person.map(|it| self.mention(it)).into_iter().collect();
        Held { owner_id, name: name.unwrap_or_default(), why, leads, deactivated: Vec::new() }
    }

    fn chosen(&self, found: &Escalated, choice: Choice, on_duty: &[OnDuty]) -> Held {
        let (name, why) = match choice.duty {
            Duty::OnDuty(name) => {
                let until = on_duty.iter().find(|it| it.name == name).and_then(|it| it.until);
                (Some(name), Why::OnDuty { until })
            }
            Duty::Fallback(name, Reason::Gap) => (Some(name), Why::Gap),
            Duty::Fallback(name, Reason::Deactivated) => (Some(name), Why::Deactivated),
            Duty::Nobody(..) => (None, Why::Nobody),
        };
        let owner_id = name.as_ref().and_then(|it| self.person(it, found)).map(|it| it.owner_id.clone());
        // Everybody on duty is told, whoever of them has it.
        let on_duty = on_duty.iter().map(|it| &it.name).filter(|it| Some(*it) != name.as_ref());
        let leads = name.iter().chain(on_duty).filter_map(|it| self.person(it, found)).map(|it| self.mention(it));
        Held {
            owner_id: owner_id.unwrap_or_default(),
            leads: leads.collect(),
            name: name.map(|it| it.0).unwrap_or_default(),
            why,
            deactivated: choice.deactivated,
        }
    }

    /// Means a person in HubSpot and, where the policy knows them there, in Slack.
    pub(super) fn mention(&self, person: &Person) -> Span {
        let lead = self.policy.shift_leads.iter().find(|it| it.user_id().is_some() && it.user_id() == person.user_id);
        let in_slack = lead.and_then(|it| it.slack.as_ref()).map(ToString::to_string);
        match mention(person) {
            Span::Mention { user_id, name, email, .. } => Span::Mention { user_id, name, email, slack: in_slack },
            span => span,
        }
    }
}
