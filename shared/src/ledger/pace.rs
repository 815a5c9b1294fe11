//! The shared quota in the state table: one item, changed by whoever takes of it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

use super::quota::Quota;
use super::record::{Item, as_number};
use super::table::{number, send, version};
use super::{Ledger, Name, Unavailable};
use crate::chance::chance;

/// Of so many who change it at the same moment, the last one gives up.
const MOST_TRIES: u32 = 20;
/// Between one try and the next, on average, as often as one has failed: one of all succeeds in the time of a write.
const PAUSE: Duration = Duration::from_millis(4);
/// Nothing that was given out is worth remembering for longer.
const AFTERWARDS: i64 = 24 * 60 * 60;
/// For so long a place in the queue waits for who has it: callers come late.
const KEPT: Duration = Duration::from_secs(30 * 60);

/// Why the quota was not changed.
#[derive(Debug)]
pub enum Unchanged {
    /// Too many others changed it at the same time: there is hardly room.
    Crowded,
    /// The state table is down.
    Down(Unavailable),
}

impl From<Unavailable> for Unchanged {
    fn from(error: Unavailable) -> Self {
        Self::Down(error)
    }
}

/// The quota as this process saw it last, under its name.
#[derive(Debug, Clone)]
pub struct Shared {
    name: Name,
    /// What it was, and how often it had been changed; `None` before the first look.
    seen: Arc<Mutex<Option<(i64, Quota)>>>,
}

impl Shared {
    /// The quota of this name.
    pub fn new(name: Name) -> Self {
        Self { name, seen: Arc::default() }
    }

    fn seen(&self) -> Option<(i64, Quota)> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn see(&self, change: i64, quota: Quota) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some((change, quota));
    }
}

impl Ledger {
    /// Lets a run begin at once, if there is room and nobody queues. `most` is what the vendor says of its limit.
    ///
    /// # Errors
    /// As [`Unchanged`] says.
    pub async fn begin(&self, of: &Shared, calls: u32, most: Option<u32>, now: Timestamp) -> Result<bool, Unchanged> {
        self.amend(of, most, now, |quota, now| quota.begin(calls, now)).await
    }

    /// The same for what can as well be done later.
    ///
    /// # Errors
    /// As [`Unchanged`] says.
    pub async fn begin_other(
        &self,
        of: &Shared,
        calls: u32,
        most: Option<u32>,
        now: Timestamp,
    ) -> Result<bool, Unchanged> {
        self.amend(of, most, now, |quota, now| quota.begin_other(calls, now)).await
    }

    /// Counts calls that are made in any case.
    ///
    /// # Errors
    /// As [`Unchanged`] says.
    pub async fn spend(&self, of: &Shared, calls: u32, most: Option<u32>, now: Timestamp) -> Result<(), Unchanged> {
        let spend = |quota: &mut Quota, now| {
            quota.spend(calls, now);
            true
        };
        self.amend(of, most, now, spend).await.map(drop)
    }

    /// Whether who comes for a place in the queue may begin: not while the vendor wants no calls. Who comes late is
    /// counted once more, among those who begin now.
    ///
    /// # Errors
    /// As [`Unchanged`] says.
    pub async fn arrive(&self, of: &Shared, place: Timestamp, calls: u32, now: Timestamp) -> Result<bool, Unchanged> {
        if let Some(item) = self.table.shown(&of.name.key('q')).await.map_err(Unavailable::from)? {
            let (changes, quota) = read(&item);
            of.see(changes, quota);
        }
        let place = place.as_millisecond();
        match of.seen() {
            Some((_, quota)) if quota.is_closed(now.as_millisecond()) => Ok(false),
            _ if Quota::is_late(place, now.as_millisecond()) => {
                let count = |quota: &mut Quota, now| {
                    quota.begin_late(calls, now);
                    true
                };
                self.amend(of, None, now, count).await
            }
            _ => Ok(true),
        }
    }

    /// A place in the queue: when to begin.
    ///
    /// # Errors
    /// As [`Unchanged`] says.
    pub async fn queue(&self, of: &Shared, calls: u32, now: Timestamp) -> Result<Timestamp, Unchanged> {
        let mut place = 0;
        let queue = |quota: &mut Quota, now| {
            place = quota.queue(calls, now);
            true
        };
        self.amend(of, None, now, queue).await?;
        Ok(Timestamp::from_millisecond(place).unwrap_or(now))
    }

    /// Nobody begins before `until`. Says whether nobody knew.
    ///
    /// # Errors
    /// As [`Unchanged`] says.
    pub async fn close(&self, of: &Shared, until: Timestamp, now: Timestamp) -> Result<bool, Unchanged> {
        let until = until.as_millisecond();
        self.amend(of, None, now, |quota, now| quota.close(until, now)).await
    }

    /// Notes what the vendor says of its limit. What is known already costs nothing.
    ///
    /// # Errors
    /// As [`Unchanged`] says.
    pub async fn learn(&self, of: &Shared, most: Option<u32>, now: Timestamp) -> Result<(), Unchanged> {
        self.amend(of, most, now, |_, _| false).await.map(drop)
    }

    /// Changes the quota, unless there is nothing to change: then it is as full as this process knew, or fuller.
    async fn amend(
        &self,
        of: &Shared,
        most: Option<u32>,
        now: Timestamp,
        mut change: impl FnMut(&mut Quota, i64) -> bool,
    ) -> Result<bool, Unchanged> {
        let (key, now) = (of.name.key('q'), now.as_millisecond());
        for failed in 0..MOST_TRIES {
            if failed > 0 {
                tokio::time::sleep(PAUSE.mul_f64(f64::from(failed) * 2.0 * chance())).await;
            }
            let (changes, mut quota) = of.seen().unwrap_or_default();
            let is_news = quota.limit(most);
            let is_changed = change(&mut quota, now);
            if !is_changed && !is_news {
                return Ok(false);
            }
            match self.write_quota(&key, changes, &quota, now).await.map_err(Unavailable::from)? {
                Ok(_) => {
                    of.see(changes + 1, quota);
                    return Ok(is_changed);
                }
                Err(item) => {
                    let (changes, quota) = item.as_ref().map(read).unwrap_or_default();
                    of.see(changes, quota);
                }
            }
        }
        Err(Unchanged::Crowded)
    }

    async fn write_quota(
        &self,
        key: &str,
        changes: i64,
        quota: &Quota,
        now: i64,
    ) -> anyhow::Result<Result<Item, Option<Item>>> {
        let condition = if changes == 0 { "attribute_not_exists(pk)" } else { "chg=:chg" };
        let write = self
            .table
            .update(key)
            .update_expression("SET val=:val, chg=:next, v=:v, #e=:exp")
            .condition_expression(condition)
            .expression_attribute_names("#e", "exp")
            .expression_attribute_values(":val", AttributeValue::S(serde_json::to_string(quota)?))
            .expression_attribute_values(":next", number(changes + 1))
            .expression_attribute_values(":v", version())
            .expression_attribute_values(":exp", number(now / 1_000 + AFTERWARDS));
        let write = match changes {
            0 => write,
            _ => write.expression_attribute_values(":chg", number(changes)),
        };
        send(write).await
    }

    /// Remembers somebody's place in the queue.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn keep_place(&self, who: &Name, place: Timestamp) -> Result<(), Unavailable> {
        let place = place.as_millisecond();
        let write = self
            .table
            .update(&who.key('p'))
            .update_expression("SET plc=:plc, v=:v, #e=:exp")
            .expression_attribute_names("#e", "exp")
            .expression_attribute_values(":plc", number(place))
            .expression_attribute_values(":v", version())
            .expression_attribute_values(":exp", number(place / 1_000 + AFTERWARDS));
        // Without a condition there is none that fails.
        let _kept = send(write).await?;
        Ok(())
    }

    /// Somebody's place in the queue, where it was not taken and has not lapsed.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn place(&self, who: &Name, now: Timestamp) -> Result<Option<Timestamp>, Unavailable> {
        let item = self.table.shown(&who.key('p')).await?;
        let place = item.as_ref().and_then(|it| it.get("plc")).and_then(as_number);
        let place = place.and_then(|it| Timestamp::from_millisecond(it).ok());
        let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
        Ok(place.filter(|it| now.as_millisecond().saturating_sub(it.as_millisecond()) < kept))
    }

    /// Takes a place. Says whether nobody else did.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn take_place(&self, who: &Name, place: Timestamp) -> Result<bool, Unavailable> {
        let write = self
            .table
            .update(&who.key('p'))
            .update_expression("REMOVE plc")
            .condition_expression("plc=:plc")
            .expression_attribute_values(":plc", number(place.as_millisecond()));
        Ok(send(write).await?.is_ok())
    }
}

/// What stands in the table; of another form, as good as nothing.
fn read(item: &Item) -> (i64, Quota) {
    let changes = item.get("chg").and_then(as_number).unwrap_or(0);
    let text = item.get("val").and_then(|it| it.as_s().ok());
    (changes, text.and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default())
}
