//! The six conditional writes that move a record: take, begin, checkpoint, complete, park, fail.

use anyhow::Context as _;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure as OnFailure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Effect;
use super::agenda::AGENDA;
use super::record::{BEGUN, Claim, FIRST_DONE, Item, Point, Record, State, VERSION};
use crate::runtime::Failure;

/// The table that holds the records.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) client: Client,
    pub(super) name: String,
}

/// The state table did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Unavailable(#[from] anyhow::Error);

impl From<Unavailable> for Failure {
    fn from(unavailable: Unavailable) -> Self {
        Self::Later(unavailable.0)
    }
}

/// The claim was this visit's own write, or another's record stands against it.
pub(super) enum Acquired {
    Mine(Claim),
    Held(Record),
}

/// The end of a visit is recorded, or a later visit has taken the effect over.
pub(super) enum Closed {
    Recorded,
    Overtaken(Record),
}

/// When a lease ends and when an unfinished record may be collected.
pub(super) struct Lease {
    pub(super) now: i64,
    pub(super) end: i64,
    pub(super) collect_after: i64,
}

/// How a visit ends.
pub(super) enum End {
    Done { output: Option<String>, collect_after: i64 },
    Failed { reason: String, open_until: i64, collect_after: i64 },
    Parked { not_before: i64, open_until: i64, due: Option<i64> },
}

impl Table {
    /// Takes the effect for this visit: new, parked and due, left by an owner whose lease ended, or
    /// refused with other fields.
    pub(super) async fn acquire(&self, effect: &Effect, owner: &str, lease: &Lease) -> anyhow::Result<Acquired> {
        // A record that vanishes between the condition and its answer was collected: ask again.
        for _ in 0..3 {
            match self.acquire_once(effect, owner, lease).await? {
                Ok(item) => return Ok(Acquired::Mine(Claim::read(effect, owner, &item)?)),
                Err(None) => continue,
                Err(Some(item)) => {
                    let record = Record::read(&item, effect);
                    // The answer to an earlier try of this very write was lost.
                    if record.owner.as_deref() == Some(owner) {
                        return Ok(Acquired::Mine(Claim::read(effect, owner, &item)?));
                    }
                    return Ok(Acquired::Held(record));
                }
            }
        }
        anyhow::bail!("the record {} came and went three times", effect.key)
    }

    async fn acquire_once(
        &self,
        effect: &Effect,
        owner: &str,
        lease: &Lease,
    ) -> anyhow::Result<Result<Item, Option<Item>>> {
        let due = "(st=:R AND nbf<=:now) OR (st=:P AND lex<:now)";
        let due = match effect.strict {
            true => format!("fp=:fp AND ({due})"),
            false => format!("({due} OR (st=:F AND attribute_exists(ffp) AND ffp<>:fp))"),
        };
        let (agenda, look) = match &effect.finished_by {
            Some(look) => (", ag=:ag, due=:lex, look=:look, sin=if_not_exists(sin,:now)", Some(look.write())),
            None => ("", None),
        };
        let write = self
            .update(&effect.key)
            .update_expression(format!(
                "SET st=:P, own=:me, plx=if_not_exists(lex,:z), lex=:lex, \
                 fp=if_not_exists(fp,:fp), cre=if_not_exists(cre,:now), v=:v, #e=:exp{agenda} \
                 ADD fen :one REMOVE nbf"
            ))
            .condition_expression(format!("attribute_not_exists(pk) OR (v=:v AND {due})"))
            .return_values(ReturnValue::AllNew)
            .expression_attribute_names("#e", "exp")
            .expression_attribute_values(":P", text("P"))
            .expression_attribute_values(":R", text("R"))
            .expression_attribute_values(":me", text(owner))
            .expression_attribute_values(":v", version())
            .expression_attribute_values(":fp", AttributeValue::B(Blob::new(effect.fingerprint)))
            .expression_attribute_values(":z", number(0))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":now", number(lease.now))
            .expression_attribute_values(":lex", number(lease.end))
            .expression_attribute_values(":exp", number(lease.collect_after));
        let write = match effect.strict {
            true => write,
            false => write.expression_attribute_values(":F", text("F")),
        };
        let write = match look {
            Some(look) => write
                .expression_attribute_values(":ag", text(AGENDA))
                .expression_attribute_values(":look", AttributeValue::S(look)),
            None => write,
        };
        send(write).await
    }

    /// Notes that an effect nobody can look up is about to begin.
    pub(super) async fn begin(&self, effect: &Effect, claim: &Claim) -> anyhow::Result<Closed> {
        let write =
            self.update_mine(claim).update_expression("SET rp=:one").expression_attribute_values(":one", number(BEGUN));
        closed(claim, effect, send(write).await?)
    }

    /// Notes that the first of two steps is done. A second try of it writes the same again.
    pub(super) async fn checkpoint(
        &self,
        effect: &Effect,
        claim: &Claim,
        output: Option<String>,
    ) -> anyhow::Result<Closed> {
        let write = self.update_mine(claim).expression_attribute_values(":rp", number(FIRST_DONE));
        let write = match output {
            Some(output) => write
                .update_expression("SET rp=:rp, res=:res")
                .expression_attribute_values(":res", AttributeValue::S(output)),
            None => write.update_expression("SET rp=:rp REMOVE res"),
        };
        closed(claim, effect, send(write).await?)
    }

    /// Ends the visit.
    pub(super) async fn close(&self, effect: &Effect, claim: &Claim, end: End) -> anyhow::Result<Closed> {
        let write = self.update_mine(claim);
        let write = match end {
            End::Done { output: Some(output), collect_after } => {
                finish(write, "D", collect_after, "res=:res, ", "own, lex")
                    .expression_attribute_values(":res", AttributeValue::S(output))
            }
            // A reason may stand there from before the effect was taken again.
            End::Done { output: None, collect_after } => finish(write, "D", collect_after, "", "own, lex, res"),
            End::Failed { reason, open_until: 0, collect_after } => {
                refuse(effect, finish(write, "F", collect_after, "res=:res, ffp=:fp, ", "own, lex, fp"), reason)
            }
            End::Failed { reason, open_until, collect_after } => {
                refuse(effect, finish(write, "F", collect_after, "res=:res, ffp=:fp, lex=:lex, ", "own, fp"), reason)
                    .expression_attribute_values(":lex", number(open_until))
            }
            End::Parked { not_before, open_until, due } => {
                let point = match claim.point {
                    Point::Start | Point::Begun => ", rp",
                    Point::FirstDone { .. } | Point::Unknown => "",
                };
                let write = match due {
                    Some(due) => write
                        .update_expression(format!("SET st=:st, nbf=:nbf, lex=:lex, due=:due REMOVE own, plx{point}"))
                        .expression_attribute_values(":due", number(due)),
                    None => write.update_expression(format!("SET st=:st, nbf=:nbf, lex=:lex REMOVE own, plx{point}")),
                };
                write
                    .expression_attribute_values(":st", text("R"))
                    .expression_attribute_values(":nbf", number(not_before))
                    .expression_attribute_values(":lex", number(open_until))
            }
        };
        closed(claim, effect, send(write).await?)
    }

    /// The record of an effect, by a write that is never made: its condition fails on whatever is there,
    /// and the answer shows it. So the functions need no leave to read the table.
    pub(super) async fn look(&self, effect: &Effect) -> anyhow::Result<Option<Record>> {
        Ok(self.shown(&effect.key).await?.map(|item| Record::read(&item, effect)))
    }

    /// The same of any item.
    pub(super) async fn shown(&self, key: &str) -> anyhow::Result<Option<Item>> {
        let write = self
            .update(key)
            .update_expression("SET v=v")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(pk)");
        Ok(send(write).await?.err().flatten())
    }

    pub(super) fn update(&self, key: &str) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.name)
            .key("pk", text(key))
            .return_values_on_condition_check_failure(OnFailure::AllOld)
    }

    fn update_mine(&self, claim: &Claim) -> UpdateItemFluentBuilder {
        self.update(&claim.key)
            .condition_expression("own=:me AND fen=:fen AND st=:P")
            .expression_attribute_values(":P", text("P"))
            .expression_attribute_values(":me", text(&claim.owner))
            .expression_attribute_values(":fen", AttributeValue::N(claim.visit.to_string()))
    }
}

/// `set` and `remove` are what this end has besides.
fn finish(
    write: UpdateItemFluentBuilder,
    state: &str,
    collect_after: i64,
    set: &str,
    remove: &str,
) -> UpdateItemFluentBuilder {
    write
        .update_expression(format!("SET st=:st, {set}#e=:exp REMOVE {remove}, plx, rp, ag, due, look, sin, al"))
        .expression_attribute_names("#e", "exp")
        .expression_attribute_values(":st", text(state))
        .expression_attribute_values(":exp", number(collect_after))
}

fn refuse(effect: &Effect, write: UpdateItemFluentBuilder, reason: String) -> UpdateItemFluentBuilder {
    write
        .expression_attribute_values(":res", AttributeValue::S(reason))
        .expression_attribute_values(":fp", AttributeValue::B(Blob::new(effect.fingerprint)))
}

/// A write is applied, or its condition failed on an item (or on one that vanished meanwhile).
pub(super) async fn send(write: UpdateItemFluentBuilder) -> anyhow::Result<Result<Item, Option<Item>>> {
    // What the SDK makes of one write is large, and several of these stand in one run.
    match Box::pin(write.send()).await {
        Ok(output) => Ok(Ok(output.attributes.unwrap_or_default())),
        Err(error) => match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(failed)) => Ok(Err(failed.item.clone())),
            _ => Err(anyhow::Error::new(error).context("write to the state table")),
        },
    }
}

fn closed(claim: &Claim, effect: &Effect, written: Result<Item, Option<Item>>) -> anyhow::Result<Closed> {
    let Err(item) = written else {
        return Ok(Closed::Recorded);
    };
    let item = item.with_context(|| format!("the record {} is gone", claim.key))?;
    let record = Record::read(&item, effect);
    let over = matches!(record.state, State::Done { .. } | State::Failed { .. } | State::Parked { .. });
    // Nobody else writes under this visit's number: the answer to our own write was lost.
    if record.visit == claim.visit && over {
        return Ok(Closed::Recorded);
    }
    Ok(Closed::Overtaken(record))
}

/// 128 bits that no other visit has, from the operating system by way of the TLS library.
pub(super) fn owner_token() -> anyhow::Result<String> {
    let mut token = [0; 16];
    rustls::crypto::ring::default_provider()
        .secure_random
        .fill(&mut token)
        .map_err(|_| anyhow::anyhow!("the operating system gives no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(token))
}

pub(super) fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// The version of the layout that this code writes.
pub(super) fn version() -> AttributeValue {
    AttributeValue::N(VERSION.to_owned())
}

pub(super) fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}
