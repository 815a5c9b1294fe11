//! At most so many in any stretch of time: one conditional write for each, and no read.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::ReturnValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::record::{Item, as_number};
use super::table::{number, owner_token, send, text, version};
use super::visit::later;
use super::{Ledger, Name, Unavailable};

/// Two clocks, each at most a minute off, are at most so far apart. A time further ahead than this is
/// no clock's that we know, and keeps nobody out.
const SKEW: Duration = Duration::from_secs(120);
/// How long a record outlives its window, so that it can be told whether the last time is long ago.
const AFTERWARDS: Duration = Duration::from_secs(24 * 60 * 60);

/// How many may enter.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// So many different members …
    pub most: usize,
    /// … in any such stretch of time, its beginning included and its end not.
    pub window: Duration,
}

/// Whether a member is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// It is: it entered now, or before.
    In,
    /// It is not: as many as may are in.
    Full(Full),
}

/// Somebody was kept out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Full {
    key: String,
    /// From when on somebody may enter again.
    pub until: Timestamp,
    /// Whether [`Ledger::note_full`] was called for this time, or for a later one.
    pub is_noted: bool,
}

impl Ledger {
    /// Lets `member` in under this name where fewer than [`Limit::most`] others entered in the last
    /// [`Limit::window`]. Who is in already is in, and counts once, from the first time; who is kept
    /// out does not count.
    ///
    /// `now` is by the caller's clock: between callers whose clocks are apart, the window is longer or
    /// shorter by that much.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn enter(&self, name: &Name, member: &str, limit: &Limit, now: Timestamp) -> Result<Entry, Unavailable> {
        let (key, member, now) = (name.key('w'), short(member), now.as_millisecond());
        let window = later(0, limit.window);
        let write = into_slots(self.table.update(&key), limit.most)
            .expression_attribute_names("#e", "exp")
            .expression_attribute_values(":never", number(0))
            .expression_attribute_values(":nobody", text("-"))
            .expression_attribute_values(":member", text(&member))
            .expression_attribute_values(":now", number(now))
            .expression_attribute_values(":from", number(now.saturating_sub(window).saturating_add(1)))
            .expression_attribute_values(":to", number(later(now, SKEW)))
            .expression_attribute_values(":v", version())
            .expression_attribute_values(":exp", number(later(now.saturating_add(window), AFTERWARDS) / 1_000));
        Ok(match send(write).await? {
            Err(Some(item)) => read(key, &member, limit, &item),
            Ok(_) | Err(None) => Entry::In,
        })
    }

    /// When somebody last entered under this name, where anybody did. It costs a write that is never made.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn last_entry(&self, name: &Name) -> Result<Option<Timestamp>, Unavailable> {
        let item = self.table.shown(&name.key('w')).await?.unwrap_or_default();
        let is_time = |name: &&String| name.strip_prefix('t').is_some_and(|it| it.parse::<usize>().is_ok());
        let last = item.keys().filter(is_time).map(|it| numbered(&item, it)).max();
        Ok(last.and_then(|it| Timestamp::from_millisecond(it).ok()))
    }

    /// Notes that somebody was kept out. Says whether that begins something: the last time that was
    /// noted is at least `calm` ago. Of many who ask at the same time, one is told so.
    ///
    /// # Errors
    /// The state table is down, or there are no random numbers.
    pub async fn note_full(&self, full: &Full, calm: Duration) -> Result<bool, Unavailable> {
        let token = owner_token()?;
        let until = full.until.as_millisecond();
        let write = self
            .table
            .update(&full.key)
            .update_expression("SET pre=if_not_exists(til,:never), til=:til, own=:me")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(til) OR til<:til)")
            .return_values(ReturnValue::AllNew)
            .expression_attribute_values(":never", number(0))
            .expression_attribute_values(":til", number(until))
            .expression_attribute_values(":me", text(&token));
        let item = match send(write).await? {
            Ok(item) => item,
            // The answer to an earlier try of this very write was lost.
            Err(Some(item)) if item.get("own") == Some(&text(&token)) => item,
            Err(Some(_)) => return Ok(false),
            // It was collected meanwhile: said twice is better than never.
            Err(None) => return Ok(true),
        };
        Ok(until >= later(numbered(&item, "pre"), calm))
    }
}

/// Members stand in numbered slots, the first the longest. Who enters takes the last one, and everybody
/// moves up by one: what stood in the first is forgotten. What a write reads is from before the write.
fn into_slots(write: UpdateItemFluentBuilder, most: usize) -> UpdateItemFluentBuilder {
    let moved = (1..most).map(|it| {
        let next = it + 1;
        format!("t{it}=if_not_exists(t{next},:never), m{it}=if_not_exists(m{next},:nobody), ")
    });
    let moved: String = moved.collect();
    let is_another: String = (1..=most).map(|it| format!(" AND m{it}<>:member")).collect();
    write
        .update_expression(format!("SET {moved}t{most}=:now, m{most}=:member, v=:v, #e=:exp"))
        .condition_expression(format!("attribute_not_exists(pk) OR (NOT (t1 BETWEEN :from AND :to){is_another})"))
}

/// What a record says to who did not take a slot of it.
fn read(key: String, member: &str, limit: &Limit, item: &Item) -> Entry {
    let is = |slot: usize| item.get(&format!("m{slot}")) == Some(&text(member));
    if (1..=limit.most).any(is) {
        return Entry::In;
    }
    let until = later(numbered(item, "t1"), limit.window);
    match Timestamp::from_millisecond(until) {
        Ok(time) => Entry::Full(Full { key, until: time, is_noted: numbered(item, "til") >= until }),
        // No code of ours wrote that.
        Err(_) => Entry::In,
    }
}

fn numbered(item: &Item, name: &str) -> i64 {
    item.get(name).and_then(as_number).unwrap_or(0)
}

/// 96 bits of a name: as long for each.
pub(super) fn short(member: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(member)[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { most: 2, window: Duration::from_secs(600) };

    fn item(members: [&str; 2], noted_until: Option<i64>) -> Item {
        let slots = (1..).zip(members).flat_map(|(slot, member)| {
            [(format!("t{slot}"), number(slot * 1_000)), (format!("m{slot}"), text(&short(member)))]
        });
        slots.chain(noted_until.map(|it| ("til".to_owned(), number(it)))).collect()
    }

    #[track_caller]
    fn full(noted_until: Option<i64>) -> Full {
        match read("w#runs#x".to_owned(), &short("c"), &LIMIT, &item(["a", "b"], noted_until)) {
            Entry::Full(full) => full,
            Entry::In => panic!("c is not in"),
        }
    }

    #[test]
    fn who_is_in_any_slot_is_in() {
        for member in ["a", "b"] {
            assert_eq!(read(String::new(), &short(member), &LIMIT, &item(["a", "b"], None)), Entry::In);
        }
    }

    #[test]
    fn the_first_slot_says_until_when_it_is_full() {
        assert_eq!(full(None).until.as_millisecond(), 601_000);
    }

    #[test]
    fn it_is_noted_where_that_time_or_a_later_one_is() {
        let noted = [None, Some(600_999), Some(601_000), Some(601_001)].map(|it| full(it).is_noted);
        assert_eq!(noted, [false, false, true, true]);
    }

    #[test]
    fn a_record_of_another_form_keeps_nobody_out_for_ever() {
        let of_another = Item::from([("t1".to_owned(), number(i64::MAX))]);
        assert_eq!(read(String::new(), &short("a"), &LIMIT, &of_another), Entry::In);
    }

    #[test]
    fn a_members_name_is_stored_as_sixteen_characters() {
        for member in ["", "a", &"long".repeat(1_000)] {
            assert_eq!(short(member).len(), 16);
        }
        assert_ne!(short("ap-1-2-3-0"), short("ap-1-2-3-1"));
    }
}
