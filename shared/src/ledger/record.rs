//! The records: what is in them, and how the record of an effect is read.
//!
//! One item each, key `pk`, under 1 KB: ids, hashes and why a vendor refused, nothing that people wrote. An effect:
//!
//! | attribute | meaning |
//! | --- | --- |
//! | `pk` | the effect's name, `i#…` |
//! | `v` | version of this layout |
//! | `st` | `P` owned, `R` parked, `D` done, `F` failed for good |
//! | `own` | random token of the visit that owns it; only while `P` |
//! | `fen` | number of visits so far; with `own` it fences a visit that comes back too late |
//! | `lex` | `P`: end of the lease; `R`, `F`: last moment an attempt can be in flight, or 0; ms |
//! | `plx` | `P`: what `lex` said when this visit began |
//! | `nbf` | `R`: not to be tried before; ms |
//! | `rp` | how far it is: 1, an effect that cannot be looked up may have begun; 2, its first step is done |
//! | `fp` | fingerprint of the fields that define the effect; not while `F`: whoever takes it again defines it |
//! | `ffp` | fingerprint of the fields that were refused last |
//! | `res` | `D`: the output as JSON, and with `rp` 2 the first step's; `F`: the reason |
//! | `cre` | first seen, ms; for the people who read the table |
//! | `exp` | when DynamoDB may collect it, **seconds**; nothing depends on it being collected |
//!
//! What is on the agenda (an effect from its first visit to its end, where somebody can finish it; a
//! reminder, `a#…`, until somebody looked) has these too. The index `agenda` (partition `ag`, sort
//! `due`) shows the items that have both, with `look`, `sin`, `fen` and `al`:
//!
//! | attribute | meaning |
//! | --- | --- |
//! | `ag` | `open`: something is due. One partition takes 1,000 writes a second, hundreds of effects |
//! | `due` | when to look again, ms: the end of the lease, or of the pause |
//! | `look` | who finishes it: action, portal, ticket, and the action's inputs as JSON |
//! | `sin` | since when it is on the agenda, ms; a reminder: its time |
//! | `al` | 1: a person was told that it does not get finished |
//!
//! How many enter in a stretch of time (`w#…`) has `v`, `exp`, and for each that may be in when it
//! entered (`t1`, the longest ago, to `t5`; ms; 0 for nobody) and a hash of its name (`m1` to `m5`).
//! Where somebody was kept out: until when (`til`, ms), until when the time before (`pre`), and in
//! `own` the random token of who noted it.
//!
//! A reminder has `v` and `exp` besides, and in `fen` how often it was set. What is kept (`k#…`) has
//! `v`, `cre`, `exp` and the value as JSON in `val`; who is gathered (`g#…`) has `v`, `exp` and the
//! members in the string set `mem`; facts (`f#…`) have `v`, `exp` and each fact in an attribute `f_…`.
//!
//! There is no moment of the last ambiguous outcome (parking writes it to `lex`, which the next
//! visit finds in `plx`), and there are no step outputs (an item is one effect).

use std::collections::HashMap;

use anyhow::Context as _;
use aws_sdk_dynamodb::types::AttributeValue;

use super::Effect;

pub(super) type Item = HashMap<String, AttributeValue>;

/// The layout this code writes. A record of another layout is left alone.
pub(super) const VERSION: &str = "1";
/// What `rp` says.
pub(super) const BEGUN: i64 = 1;
pub(super) const FIRST_DONE: i64 = 2;

/// What a visit holds while the record is its own.
pub(super) struct Claim {
    pub(super) key: String,
    pub(super) owner: String,
    /// Which visit this is, counted from 1.
    pub(super) visit: u64,
    /// Last moment an attempt of an earlier visit could be in flight, in ms; 0 if there was none.
    pub(super) open_until: i64,
    pub(super) point: Point,
    /// Whether the record was made for the same defining fields.
    pub(super) same_fields: bool,
    /// Since when the effect is on the agenda, in ms; `None` where it is not.
    pub(super) since: Option<i64>,
}

/// How far the visits so far have come with an effect.
pub(super) enum Point {
    /// Nothing is noted.
    Start,
    /// An effect that cannot be looked up may have begun.
    Begun,
    /// The first of two steps is done.
    FirstDone { output: Option<String> },
    /// Noted by a version of this code that we are not.
    Unknown,
}

/// A record as DynamoDB showed it.
pub(super) struct Record {
    pub(super) state: State,
    pub(super) same_fields: bool,
    pub(super) visit: u64,
    pub(super) owner: Option<String>,
}

pub(super) enum State {
    Owned {
        lease_end: Option<i64>,
    },
    Parked {
        not_before: Option<i64>,
    },
    Done {
        output: Option<String>,
    },
    Failed {
        reason: String,
    },
    /// Written by a version of this code that we are not.
    Unknown,
}

impl Claim {
    pub(super) fn read(effect: &Effect, owner: &str, item: &Item) -> anyhow::Result<Self> {
        let visit = item.get("fen").and_then(as_number);
        Ok(Self {
            key: effect.key.clone(),
            owner: owner.to_owned(),
            visit: visit
                .and_then(|it| u64::try_from(it).ok())
                .with_context(|| format!("the record {} has no visit number", effect.key))?,
            open_until: item.get("plx").and_then(as_number).unwrap_or(0),
            point: Point::read(item),
            same_fields: has_fields_of(item, "fp", effect),
            since: item.get("sin").and_then(as_number),
        })
    }
}

impl Point {
    fn read(item: &Item) -> Self {
        match item.get("rp").map(as_number) {
            None => Self::Start,
            Some(Some(BEGUN)) => Self::Begun,
            Some(Some(FIRST_DONE)) => {
                Self::FirstDone { output: item.get("res").and_then(|it| it.as_s().ok()).cloned() }
            }
            Some(_) => Self::Unknown,
        }
    }
}

impl Record {
    pub(super) fn read(item: &Item, effect: &Effect) -> Self {
        let get_text = |name: &str| item.get(name).and_then(|it| it.as_s().ok()).cloned();
        let get_number = |name: &str| item.get(name).and_then(as_number);
        let known = matches!(item.get("v"), Some(AttributeValue::N(it)) if it == VERSION);
        let state = match get_text("st").as_deref() {
            Some("P") if known => State::Owned { lease_end: get_number("lex") },
            Some("R") if known => State::Parked { not_before: get_number("nbf") },
            Some("D") if known => State::Done { output: get_text("res") },
            Some("F") if known => State::Failed { reason: get_text("res").unwrap_or_default() },
            _ => State::Unknown,
        };
        let fields = if matches!(state, State::Failed { .. }) { "ffp" } else { "fp" };
        Self {
            state,
            same_fields: has_fields_of(item, fields, effect),
            visit: get_number("fen").and_then(|it| u64::try_from(it).ok()).unwrap_or(0),
            owner: get_text("own"),
        }
    }
}

fn has_fields_of(item: &Item, name: &str, effect: &Effect) -> bool {
    matches!(item.get(name), Some(AttributeValue::B(it)) if it.as_ref() == effect.fingerprint)
}

pub(super) fn as_number(value: &AttributeValue) -> Option<i64> {
    value.as_n().ok()?.parse().ok()
}
