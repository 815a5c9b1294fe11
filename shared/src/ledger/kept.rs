//! Values that are decided once, facts that are registered, and sets that are counted: one write each, and
//! no read.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::error;

use super::record::{Item, VERSION};
use super::table::{number, send, version};
use super::visit::later;
use super::{Ledger, Name, Unavailable};

/// Far from DynamoDB's 400 KB; a value is meant to have a tenth of it.
const LONGEST_VALUE: usize = 4 * 1024;
/// Each write costs as much as the set is large, and nobody asks how far beyond this it goes.
const LARGEST_GATHERING: usize = 1_000;
/// What the attributes of facts begin with.
const FACT: &str = "f_";
/// Nothing depends on when exactly a gathering is forgotten.
const AFTERWARDS: Duration = Duration::from_secs(24 * 60 * 60);

impl Ledger {
    /// The value that was first kept under this name; `value` itself where there is none yet. Kept
    /// for [`Times::kept`](super::Times::kept) after it was last asked for.
    ///
    /// A kept value that this version cannot read is left as it is, said in the log, and ours is
    /// taken: nobody's escalation stops for it.
    ///
    /// # Errors
    /// The state table is down, or `value` cannot be kept.
    pub async fn keep_first<T>(&self, name: &Name, value: T, now: Timestamp) -> Result<T, Unavailable>
    where
        T: Serialize + DeserializeOwned,
    {
        let now = now.as_millisecond();
        let text = serde_json::to_string(&value).with_context(|| format!("write {}", name.kind))?;
        if text.len() > LONGEST_VALUE {
            return Err(anyhow!("{} has {} bytes, which is too long to keep", name.kind, text.len()).into());
        }
        let key = name.key('k');
        let write = self
            .table
            .update(&key)
            .update_expression(
                "SET val=if_not_exists(val,:val), v=if_not_exists(v,:v), cre=if_not_exists(cre,:now), #e=:exp",
            )
            .return_values(ReturnValue::AllNew)
            .expression_attribute_names("#e", "exp")
            .expression_attribute_values(":val", AttributeValue::S(text))
            .expression_attribute_values(":v", version())
            .expression_attribute_values(":now", number(now))
            .expression_attribute_values(":exp", number(later(now, self.times.kept) / 1_000));
        let kept = send(write).await?.ok().and_then(|item| read(&item));
        Ok(kept.unwrap_or_else(|| {
            error!(key, "{} was kept in another form, so it is decided anew each time", name.kind);
            value
        }))
    }

    /// Registers facts under this name, beside those that are registered already; of each the last one stays.
    /// Kept for [`Times::kept`](super::Times::kept) after the last of them.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn register(
        &self,
        name: &Name,
        facts: &BTreeMap<&str, String>,
        now: Timestamp,
    ) -> Result<(), Unavailable> {
        let mut write = self.table.update(&name.key('f')).expression_attribute_names("#e", "exp");
        let mut sets = "SET v=:v, #e=:exp".to_owned();
        for (number, (fact, value)) in facts.iter().enumerate() {
            sets.push_str(&format!(", #f{number}=:f{number}"));
            write = write
                .expression_attribute_names(format!("#f{number}"), format!("{FACT}{fact}"))
                .expression_attribute_values(format!(":f{number}"), AttributeValue::S(value.clone()));
        }
        let forgotten = later(now.as_millisecond(), self.times.kept) / 1_000;
        let write = write
            .update_expression(sets)
            .expression_attribute_values(":v", version())
            .expression_attribute_values(":exp", number(forgotten));
        // Without a condition there is none that fails.
        let _registered = send(write).await?;
        Ok(())
    }

    /// The facts that are registered under this name; none where nothing is.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn registered(&self, name: &Name) -> Result<BTreeMap<String, String>, Unavailable> {
        let Some(item) = self.table.shown(&name.key('f')).await? else {
            return Ok(BTreeMap::new());
        };
        let fact = |(name, value): (String, AttributeValue)| match value {
            AttributeValue::S(value) => Some((name.strip_prefix(FACT)?.to_owned(), value)),
            _ => None,
        };
        Ok(item.into_iter().filter_map(fact).collect())
    }

    /// Adds `member` (an id) to those gathered under this name, and says how many there are now; at
    /// most 1,000 are counted. The same member counts once. `until` is when nobody asks any more: the
    /// name should hold the window's beginning.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn gather(&self, name: &Name, member: &str, until: Timestamp) -> Result<usize, Unavailable> {
        let write = self
            .table
            .update(&name.key('g'))
            .update_expression("SET v=:v, #e=:exp ADD mem :members")
            .condition_expression("attribute_not_exists(mem) OR size(mem)<:most OR contains(mem,:member)")
            .return_values(ReturnValue::AllNew)
            .expression_attribute_names("#e", "exp")
            .expression_attribute_values(":v", version())
            .expression_attribute_values(":member", AttributeValue::S(member.to_owned()))
            .expression_attribute_values(":members", AttributeValue::Ss(vec![member.to_owned()]))
            .expression_attribute_values(":most", AttributeValue::N(LARGEST_GATHERING.to_string()))
            .expression_attribute_values(":exp", number(later(until.as_millisecond(), AFTERWARDS) / 1_000));
        match send(write).await? {
            Ok(item) => {
                let members = item.get("mem").and_then(|it| it.as_ss().ok());
                Ok(members.map(Vec::len).context("a set that was just added to is not there")?)
            }
            Err(_) => Ok(LARGEST_GATHERING),
        }
    }
}

fn read<T: DeserializeOwned>(item: &Item) -> Option<T> {
    let is_known = matches!(item.get("v"), Some(AttributeValue::N(it)) if it == VERSION);
    let text = item.get("val")?.as_s().ok()?;
    is_known.then(|| serde_json::from_str(text).ok())?
}
