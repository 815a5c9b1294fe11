//! When which shift lead is on duty.

mod written;

use serde::Deserialize;
use toml::Spanned;

use super::place::{Mistake, each};
use super::{LeadKind, Policy, ShiftLead, Zone};
use crate::procedure::rota::{self, Name, TimeOfDay};
use written::{Beginning, Day, Days, End};

/// Who is on duty when, as written: [`Policy::rota`] reads it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rota {
    fallback: Option<Spanned<String>>,
    time_zone: Option<Zone>,
    shifts: Vec<Weekly>,
    #[serde(deserialize_with = "each")]
    exceptions: Vec<Exception>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weekly {
    days: Days,
    from: Beginning,
    to: End,
    who: People,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    from: Beginning,
    to: End,
    who: People,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawException")]
struct Exception {
    date: Spanned<Day>,
    shifts: Vec<Shift>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawException {
    date: Spanned<Day>,
    shifts: Option<Vec<Shift>>,
    who: Option<Vec<Spanned<String>>>,
    from: Option<Beginning>,
    to: Option<End>,
}

impl TryFrom<RawException> for Exception {
    type Error = String;

    fn try_from(raw: RawException) -> Result<Self, Self::Error> {
        let RawException { date, shifts, who, from, to } = raw;
        let hours = match (from, to) {
            (Some(from), Some(to)) => Some((from, to)),
            (None, None) => Some((Beginning(TimeOfDay::START), End(TimeOfDay::END))),
            _ => None,
        };
        let is_short = from.is_some() || to.is_some();
        let shifts = match (shifts, who, hours) {
            (Some(shifts), None, _) if !is_short => shifts,
            (None, Some(who), Some(_)) if who.is_empty() => Vec::new(),
            (None, Some(who), Some((from, to))) => vec![Shift { from, to, who: People(who) }],
            _ => {
                return Err(format!(
                    "the exception of {} needs `who`, with both `from` and `to` unless it is the whole day, or a list \
                     of `shifts`; `who = []` is nobody",
                    date.get_ref().0
                ));
            }
        };
        Ok(Self { date, shifts })
    }
}

/// The people of a shift; never none.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<Spanned<String>>")]
struct People(Vec<Spanned<String>>);

impl TryFrom<Vec<Spanned<String>>> for People {
    type Error = &'static str;

    fn try_from(names: Vec<Spanned<String>>) -> Result<Self, Self::Error> {
        if names.is_empty() {
            return Err("nobody is in this shift; name somebody or remove it");
        }
        Ok(Self(names))
    }
}

impl People {
    fn at(&self, from: Beginning, to: End) -> rota::Shift {
        rota::Shift { from: from.0, to: to.0, who: self.0.iter().map(|it| Name(it.get_ref().clone())).collect() }
    }
}

impl Policy {
    /// Who is on duty when, in the rota's zone, which is the team's unless it has one of its own.
    pub fn rota(&self) -> rota::Rota {
        let written = &self.rota;
        let weekly = |it: &Weekly| rota::WeeklyShift { days: it.days.0.clone(), shift: it.who.at(it.from, it.to) };
        let shifts = |it: &Exception| it.shifts.iter().map(|it| it.who.at(it.from, it.to)).collect();
        rota::Rota {
            zone: written.time_zone.as_ref().unwrap_or(&self.team.time_zone).time_zone().clone(),
            shifts: written.shifts.iter().map(weekly).collect(),
            exceptions: written.exceptions.iter().map(|it| (it.date.get_ref().0, shifts(it))).collect(),
        }
    }

    /// Who has what nobody on duty can have.
    pub fn fallback(&self) -> Option<&ShiftLead> {
        self.shift_lead(self.rota.fallback.as_ref()?.get_ref())
    }

    /// Holds the names of the rota against the shift leads.
    pub(super) fn check_rota(&self) -> Result<(), Mistake> {
        let rota = &self.rota;
        let weekly = rota.shifts.iter().map(|it| &it.who);
        let exceptions = rota.exceptions.iter().flat_map(|it| it.shifts.iter().map(|it| &it.who));
        let names: Vec<&Spanned<String>> = weekly.chain(exceptions).flat_map(|it| &it.0).collect();
        for name in rota.fallback.iter().chain(names.iter().copied()) {
            self.check_person(name)?;
        }
        for (at, it) in rota.exceptions.iter().enumerate() {
            let date = it.date.get_ref().0;
            if rota.exceptions[..at].iter().any(|it| it.date.get_ref().0 == date) {
                return Err(Mistake::new(
                    it.date.span(),
                    format!("{date} stands here twice; keep one with all its `shifts`"),
                ));
            }
        }
        match names.first() {
            Some(first) if rota.fallback.is_none() => {
                let message = "the rota has shifts but no `fallback`; name a shift lead in [rota] who has the escalations \
                               of its gaps";
                Err(Mistake::new(first.span(), message.to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// Only a person can own a ticket.
    fn check_person(&self, name: &Spanned<String>) -> Result<(), Mistake> {
        let known = self.shift_lead(name.get_ref());
        let name_of = |it: &ShiftLead| format!("`{}`", it.name);
        let people = self.shift_leads.iter().filter(|it| it.kind == LeadKind::Person).map(name_of);
        let people = people.collect::<Vec<_>>().join(", ");
        let people = if people.is_empty() { "none so far".to_owned() } else { people };
        let message = match known.map(|it| it.kind) {
            Some(LeadKind::Person) => return Ok(()),
            Some(LeadKind::Team) => format!("`{}` is a team, and only a person can own an escalation", name.get_ref()),
            None => format!("`{}` is no shift lead", name.get_ref()),
        };
        let message = format!("{message}; write the name of a person from [[shift_leads]]: {people}");
        Err(Mistake::new(name.span(), message))
    }
}

#[cfg(test)]
mod tests;
