//! Whose an escalation is.

use super::Name;

/// Somebody who may own an escalation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub name: Name,
    /// Whether their account is active.
    pub active: bool,
    /// How many open escalations they own.
    pub open: usize,
}

/// Who is to own an escalation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Who, and why.
    pub duty: Duty,
    /// Everybody who was passed over because their account is deactivated: the rota needs an
    /// administrator.
    pub deactivated: Vec<Name>,
}

/// Who, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duty {
    /// Somebody on duty.
    OnDuty(Name),
    /// The fallback, because nobody on duty can.
    Fallback(Name, Reason),
    /// Nobody: neither somebody on duty nor the fallback can.
    Nobody(Reason, Lack),
}

/// Why nobody on duty owns an escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The rota has a gap.
    Gap,
    /// Everybody on duty is deactivated.
    Deactivated,
}

/// Why the fallback does not own one either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// The policy names none.
    NoFallback,
    /// It is deactivated.
    FallbackDeactivated,
}

/// Who owns an escalation now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Their name in the policy; `None` for somebody whom it does not name.
    pub name: Option<Name>,
    /// Whether their account is active.
    pub active: bool,
    /// Whether the escalation was reviewed already.
    pub reviewed: bool,
}

/// Chooses an owner: of the people on duty who are active the one with the fewest open escalations,
/// else the fallback. Where several have equally few, the `seed`, such as the ticket's id, decides: the
/// same one for the same ticket in any order of the candidates, all equally often over many tickets.
pub fn choose(on_duty: &[Candidate], fallback: Option<&Candidate>, seed: u64) -> Choice {
    let mut deactivated: Vec<Name> = on_duty.iter().filter(|it| !it.active).map(|it| it.name.clone()).collect();
    let active = on_duty.iter().filter(|it| it.active);
    let least = active.min_by_key(|it| (it.open, lot(&it.name, seed), &it.name));
    let reason = if on_duty.is_empty() { Reason::Gap } else { Reason::Deactivated };
    let duty = match (least, fallback) {
        (Some(it), _) => Duty::OnDuty(it.name.clone()),
        (None, Some(it)) if it.active => Duty::Fallback(it.name.clone(), reason),
        (None, Some(it)) => {
            if !deactivated.contains(&it.name) {
                deactivated.push(it.name.clone());
            }
            Duty::Nobody(reason, Lack::FallbackDeactivated)
        }
        (None, None) => Duty::Nobody(reason, Lack::NoFallback),
    };
    Choice { duty, deactivated }
}

/// Whether the present owner keeps an escalation: who reviewed it sees it through a change of shift,
/// who is on duty still is, and the fallback has it while nobody on duty can.
pub fn stays(present: &Present, on_duty: &[Candidate], fallback: Option<&Candidate>) -> bool {
    let is_present = |it: &Candidate| present.name.as_ref() == Some(&it.name);
    let is_on_duty = on_duty.iter().any(is_present);
    let is_fallback = fallback.is_some_and(is_present) && !on_duty.iter().any(|it| it.active);
    present.active && (present.reviewed || is_on_duty || is_fallback)
}

/// A name's lot for a seed, the same in every build: FNV-1a, its bits spread by the end of SplitMix64.
/// The standard library's hashes may change with any release.
fn lot(name: &Name, seed: u64) -> u64 {
    let bytes = seed.to_le_bytes().into_iter().chain(name.0.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, it| (hash ^ u64::from(it)).wrapping_mul(0x0100_0000_01b3));
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
