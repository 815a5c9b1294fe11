//! One item of DynamoDB in this process: a model of the expressions that the ledger writes, and no
//! more than those. Beside it an embedded DynamoDB can be asked the same, and has to answer the same.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use dynoxide::Database;
use dynoxide::actions::put_item::PutItemRequest;
use dynoxide::actions::update_item::UpdateItemRequest;
use serde_json::{Value, json};

pub type Item = BTreeMap<String, Value>;

/// How DynamoDB answers: the status and the body.
pub type Answer = (u16, Value);

/// A table that holds the item of one effect.
#[derive(Default)]
pub struct Table {
    pub item: Option<Item>,
    pub writes: usize,
    parsed: HashMap<String, Arc<Parsed>>,
    /// One that must answer the same.
    beside: Option<Database>,
}

impl Table {
    pub const NAME: &str = "state";

    pub fn beside_an_embedded_one() -> Self {
        let database = Database::memory().unwrap();
        let table = json!({
            "TableName": Self::NAME,
            "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
            "BillingMode": "PAY_PER_REQUEST",
        });
        database.create_table(serde_json::from_value(table).unwrap()).unwrap();
        Self { beside: Some(database), ..Self::default() }
    }

    /// Holds this item from now on, and no other.
    pub fn set(&mut self, item: Option<Item>) {
        if let Some(database) = &self.beside {
            if let Some(old) = &self.item {
                let delete = json!({ "TableName": Self::NAME, "Key": { "pk": old["pk"] } });
                database.delete_item(serde_json::from_value(delete).unwrap()).unwrap();
            }
            if let Some(item) = &item {
                let put: PutItemRequest =
                    serde_json::from_value(json!({ "TableName": Self::NAME, "Item": item })).unwrap();
                database.put_item(put).unwrap();
            }
        }
        self.item = item;
    }

    pub fn update(&mut self, body: &Value) -> Answer {
        let answer = self.apply(body);
        if let Some(database) = &self.beside {
            let request: UpdateItemRequest = serde_json::from_value(body.clone()).unwrap();
            let theirs = match database.update_item(request) {
                Ok(done) => (200, serde_json::to_value(done).unwrap()),
                Err(error) => (error.status_code(), error.to_json().parse().unwrap()),
            };
            assert_eq!(compared(&answer), compared(&theirs), "{body:#}");
        }
        answer
    }

    fn apply(&mut self, body: &Value) -> Answer {
        self.writes += 1;
        let call = Call { body, item: self.item.clone().unwrap_or_default() };
        let condition = body["ConditionExpression"].as_str();
        if condition.is_some_and(|it| !call.holds(self.parse(it).condition())) {
            let mut refusal = json!({
                "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
                "message": "The conditional request failed",
            });
            if let (Some(item), "ALL_OLD") = (&self.item, text(&body["ReturnValuesOnConditionCheckFailure"])) {
                refusal["Item"] = json!(item);
            }
            return (400, refusal);
        }
        let updated = call.updated(self.parse(text(&body["UpdateExpression"])).update());
        self.item = Some(updated.clone());
        match body["ReturnValues"].as_str() {
            Some("ALL_NEW") => (200, json!({ "Attributes": updated })),
            None => (200, json!({})),
            other => panic!("the model does not know {other:?}"),
        }
    }

    fn parse(&mut self, expression: &str) -> Arc<Parsed> {
        if let Some(parsed) = self.parsed.get(expression) {
            return Arc::clone(parsed);
        }
        let parsed = Arc::new(Parsed::read(expression));
        self.parsed.insert(expression.to_owned(), Arc::clone(&parsed));
        parsed
    }
}

/// What of an answer the client sees.
fn compared((status, body): &Answer) -> (u16, &Value, &Value, &str) {
    (*status, &body["Attributes"], &body["Item"], body["__type"].as_str().unwrap_or_default())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

enum Parsed {
    Condition(Condition),
    Update(Update),
}

impl Parsed {
    fn read(expression: &str) -> Self {
        let mut words = Words::of(expression);
        let parsed = match words.next_is(&["SET", "REMOVE", "ADD"]) {
            true => Self::Update(words.update()),
            false => Self::Condition(words.condition()),
        };
        assert!(words.0.is_empty(), "{expression} goes on with {:?}", words.0);
        parsed
    }

    fn condition(&self) -> &Condition {
        match self {
            Self::Condition(condition) => condition,
            Self::Update(_) => panic!("an update is no condition"),
        }
    }

    fn update(&self) -> &Update {
        match self {
            Self::Update(update) => update,
            Self::Condition(_) => panic!("a condition is no update"),
        }
    }
}

enum Condition {
    Any(Vec<Self>),
    All(Vec<Self>),
    Exists(String),
    Missing(String),
    Compare(Operand, String, Operand),
}

enum Operand {
    Attribute(String),
    Value(String),
    /// The attribute, or this where there is none.
    Or(String, Box<Self>),
}

#[derive(Default)]
struct Update {
    set: Vec<(String, Operand)>,
    add: Vec<(String, Operand)>,
    remove: Vec<String>,
}

/// What is left of an expression.
struct Words(std::collections::VecDeque<String>);

impl Words {
    fn of(expression: &str) -> Self {
        let mut words = std::collections::VecDeque::new();
        let mut rest = expression.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_word = |it: char| it.is_alphanumeric() || "_#:".contains(it);
            let is_sign = |it: char| "<>=".contains(it);
            let length = match first {
                _ if is_word(first) => rest.find(|it| !is_word(it)).unwrap_or(rest.len()),
                _ if is_sign(first) => rest.find(|it| !is_sign(it)).unwrap_or(rest.len()),
                _ => first.len_utf8(),
            };
            words.push_back(rest[..length].to_owned());
            rest = rest[length..].trim_start();
        }
        Self(words)
    }

    fn next_is(&self, expected: &[&str]) -> bool {
        self.0.front().is_some_and(|it| expected.contains(&it.as_str()))
    }

    fn take(&mut self) -> String {
        self.0.pop_front().expect("an expression that ends early")
    }

    fn skip(&mut self, expected: &str) -> bool {
        let found = self.next_is(&[expected]);
        if found {
            self.0.pop_front();
        }
        found
    }

    fn expect(&mut self, expected: &str) {
        assert!(self.skip(expected), "no {expected} before {:?}", self.0);
    }

    fn condition(&mut self) -> Condition {
        let mut any = vec![self.all()];
        while self.skip("OR") {
            any.push(self.all());
        }
        Condition::Any(any)
    }

    fn all(&mut self) -> Condition {
        let mut all = vec![self.one()];
        while self.skip("AND") {
            all.push(self.one());
        }
        Condition::All(all)
    }

    fn one(&mut self) -> Condition {
        if self.skip("(") {
            let inner = self.condition();
            self.expect(")");
            return inner;
        }
        for (function, make) in [
            ("attribute_exists", Condition::Exists as fn(String) -> Condition),
            ("attribute_not_exists", Condition::Missing as fn(String) -> Condition),
        ] {
            if self.skip(function) {
                self.expect("(");
                let name = self.take();
                self.expect(")");
                return make(name);
            }
        }
        let left = self.operand();
        let sign = self.take();
        Condition::Compare(left, sign, self.operand())
    }

    fn operand(&mut self) -> Operand {
        if self.skip("if_not_exists") {
            self.expect("(");
            let name = self.take();
            self.expect(",");
            let other = self.operand();
            self.expect(")");
            return Operand::Or(name, Box::new(other));
        }
        let word = self.take();
        if word.starts_with(':') { Operand::Value(word) } else { Operand::Attribute(word) }
    }

    fn update(&mut self) -> Update {
        let mut update = Update::default();
        while !self.0.is_empty() {
            let clause = self.take();
            loop {
                let name = self.take();
                match clause.as_str() {
                    "SET" => {
                        self.expect("=");
                        update.set.push((name, self.operand()));
                    }
                    "ADD" => update.add.push((name, self.operand())),
                    "REMOVE" => update.remove.push(name),
                    other => panic!("the model does not know {other}"),
                }
                if !self.skip(",") {
                    break;
                }
            }
        }
        update
    }
}

/// One call, and the item as it found it.
struct Call<'a> {
    body: &'a Value,
    item: Item,
}

impl<'a> Call<'a> {
    fn name(&self, written: &'a str) -> &'a str {
        if written.starts_with('#') { text(&self.body["ExpressionAttributeNames"][written]) } else { written }
    }

    fn value(&'a self, operand: &'a Operand) -> Option<&'a Value> {
        match operand {
            Operand::Attribute(name) => self.item.get(self.name(name)),
            Operand::Value(name) => {
                Some(self.body["ExpressionAttributeValues"].get(name).expect("a value that is not given"))
            }
            Operand::Or(name, other) => self.item.get(self.name(name)).or_else(|| self.value(other)),
        }
    }

    fn holds(&'a self, condition: &'a Condition) -> bool {
        match condition {
            Condition::Any(any) => any.iter().any(|it| self.holds(it)),
            Condition::All(all) => all.iter().all(|it| self.holds(it)),
            Condition::Exists(name) => self.item.contains_key(self.name(name)),
            Condition::Missing(name) => !self.item.contains_key(self.name(name)),
            Condition::Compare(left, sign, right) => match (self.value(left), self.value(right)) {
                (Some(left), Some(right)) => compare(left, sign, right),
                _ if sign == "<>" => panic!("whether what is missing is unlike anything need not matter"),
                _ => false,
            },
        }
    }

    fn updated(&'a self, update: &'a Update) -> Item {
        let mut item = self.item.clone();
        for (name, value) in self.body["Key"].as_object().expect("a key") {
            item.insert(name.clone(), value.clone());
        }
        for (name, operand) in &update.set {
            let value = self.value(operand).expect("a value that is not there");
            item.insert(self.name(name).to_owned(), value.clone());
        }
        for (name, operand) in &update.add {
            let old = self.item.get(self.name(name)).map_or(0, number);
            let sum = old + number(self.value(operand).expect("a value that is not there"));
            item.insert(self.name(name).to_owned(), json!({ "N": sum.to_string() }));
        }
        for name in &update.remove {
            item.remove(self.name(name));
        }
        item
    }
}

fn compare(left: &Value, sign: &str, right: &Value) -> bool {
    match sign {
        "=" => left == right,
        "<>" => left != right,
        "<" => number(left) < number(right),
        "<=" => number(left) <= number(right),
        other => panic!("the model does not know {other}"),
    }
}

pub fn number(value: &Value) -> i64 {
    value["N"].as_str().and_then(|it| it.parse().ok()).unwrap_or_else(|| panic!("{value} is no number"))
}
