//! One condition of a search.

use std::cmp::Ordering;

use serde::Deserialize;

use super::not_built;
use crate::world::call::Answer;
use crate::world::hubspot::record::Record;
use crate::world::hubspot::refusal;
use crate::world::hubspot::schema::{Property, Type};

/// `Filter`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    pub property_name: String,
    operator: Operator,
    value: Option<String>,
    values: Option<Vec<String>>,
    high_value: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Operator {
    Eq,
    Neq,
    Lt,
    Lte,
    Gt,
    Gte,
    Between,
    In,
    NotIn,
    HasProperty,
    NotHasProperty,
    ContainsToken,
    NotContainsToken,
}

/// A filter that HubSpot takes.
pub struct Condition<'a> {
    property: &'a Property,
    test: Test,
}

enum Test {
    Has(bool),
    OneOf(Vec<Key>, bool),
    Within(Option<Key>, Option<Key>, Edges),
}

/// Whether the bounds themselves are within.
enum Edges {
    In,
    Out,
}

/// A value as the index compares it.
#[derive(Debug, PartialEq, PartialOrd)]
enum Key {
    Number(f64),
    Text(String),
}

impl Filter {
    /// The condition, where the operator has its values and they are such as the property has.
    pub fn on(self, property: &Property) -> Result<Condition<'_>, Answer> {
        let test = match self.operator {
            Operator::HasProperty => Test::Has(true),
            Operator::NotHasProperty => Test::Has(false),
            _ if matches!(property.takes, Type::Several(_)) => {
                return Err(not_built("a search for one of several options"));
            }
            Operator::Eq => Test::OneOf(vec![self.value(property)?], true),
            Operator::Neq => Test::OneOf(vec![self.value(property)?], false),
            Operator::In => Test::OneOf(self.values(property)?, true),
            Operator::NotIn => Test::OneOf(self.values(property)?, false),
            Operator::Lt => Test::Within(None, Some(self.value(property)?), Edges::Out),
            Operator::Lte => Test::Within(None, Some(self.value(property)?), Edges::In),
            Operator::Gt => Test::Within(Some(self.value(property)?), None, Edges::Out),
            Operator::Gte => Test::Within(Some(self.value(property)?), None, Edges::In),
            Operator::Between => {
                let high = self.high_value.as_deref().and_then(|it| key(property, it));
                let high = high.ok_or_else(refusal::bad_search)?;
                Test::Within(Some(self.value(property)?), Some(high), Edges::In)
            }
            Operator::ContainsToken | Operator::NotContainsToken => return Err(not_built("a search for a word")),
        };
        Ok(Condition { property, test })
    }

    fn value(&self, property: &Property) -> Result<Key, Answer> {
        self.value.as_deref().and_then(|it| key(property, it)).ok_or_else(refusal::bad_search)
    }

    /// In a list a text has to be written as the index has it, in lower case: another finds nothing.
    fn values(&self, property: &Property) -> Result<Vec<Key>, Answer> {
        let as_written = |it: &String| match property.takes {
            Type::Text => Some(Key::Text(it.clone())),
            _ => key(property, it),
        };
        let keys: Option<Vec<Key>> = self.values.iter().flatten().map(as_written).collect();
        keys.filter(|it| !it.is_empty()).ok_or_else(refusal::bad_search)
    }
}

impl Condition<'_> {
    /// Whether a record meets it. Nothing that is unset is unequal, before or after anything.
    pub fn is_met(&self, record: &Record) -> bool {
        let found = record.value(&self.property.name).and_then(|it| key(self.property, it));
        match (&self.test, found) {
            (Test::Has(has), found) => found.is_some() == *has,
            (_, None) => false,
            (Test::OneOf(keys, is_one), Some(found)) => keys.contains(&found) == *is_one,
            (Test::Within(low, high, edges), Some(found)) => match edges {
                Edges::In => low.as_ref().is_none_or(|it| *it <= found) && high.as_ref().is_none_or(|it| found <= *it),
                Edges::Out => low.as_ref().is_none_or(|it| *it < found) && high.as_ref().is_none_or(|it| found < *it),
            },
        }
    }
}

/// The order of two records by a property, those without it first.
pub fn compare(property: &Property, one: &Record, other: &Record) -> Ordering {
    let of = |it: &Record| it.value(&property.name).and_then(|it| key(property, it));
    of(one).partial_cmp(&of(other)).unwrap_or(Ordering::Equal)
}

/// `None` where the property never has such a value.
fn key(property: &Property, value: &str) -> Option<Key> {
    match property.takes {
        Type::Number => value.parse().ok().map(Key::Number),
        Type::DateTime => {
            let at: jiff::Timestamp = property.parse(value).ok()?.parse().ok()?;
            Some(Key::Number(at.as_duration().as_millis_f64()))
        }
        Type::Text => Some(Key::Text(value.to_lowercase())),
        _ => Some(Key::Text(value.to_owned())),
    }
}
