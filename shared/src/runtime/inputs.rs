//! Reads a workflow's inputs into an action's Rust type. HubSpot sends every value as text.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

/// Reads the inputs, or says in words everything that is wrong with them. An empty text and `null`
/// are an input left empty; an input that `I` does not know is ignored.
pub(super) fn read<I: DeserializeOwned>(mut inputs: Map<String, Value>) -> Result<I, String> {
    inputs.retain(|_, value| !matches!(value, Value::Null) && value != "");
    let mut problems: Vec<Problem> = Vec::new();
    loop {
        let problem = match I::deserialize(Inputs { rest: inputs.iter(), next: None }) {
            Ok(read) if problems.is_empty() => return Ok(read),
            Ok(_) => break,
            Err(problem) => problem,
        };
        // serde stops at the first problem; without that input, it shows the next.
        let is_present = inputs.remove(&problem.input).is_some();
        if is_present || problems.iter().all(|it| it.input != problem.input) {
            problems.push(problem);
        }
        if !is_present {
            break;
        }
    }
    Err(problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("; "))
}

#[derive(Debug)]
struct Problem {
    input: String,
    text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.input.as_str() {
            "" => f.write_str(&self.text),
            input => write!(f, "input `{input}`: {}", self.text),
        }
    }
}

impl std::error::Error for Problem {}

impl Error for Problem {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self { input: String::new(), text: text.to_string() }
    }

    fn missing_field(input: &'static str) -> Self {
        Self { input: input.to_owned(), text: "is missing".to_owned() }
    }

    fn unknown_variant(given: &str, choices: &'static [&'static str]) -> Self {
        Self::custom(format_args!("`{}` is not one of {}", short(given), choices.join(", ")))
    }
}

struct Inputs<'a> {
    rest: serde_json::map::Iter<'a>,
    next: Option<(&'a String, &'a Value)>,
}

impl<'de> Deserializer<'de> for Inputs<'_> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Inputs<'_> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        self.next = self.rest.next();
        let Some((name, _)) = self.next else {
            return Ok(None);
        };
        let name: StrDeserializer<'_, Problem> = name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Problem> {
        let (name, value) = self.next.expect("serde asks for a value after its name alone");
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            value => value.to_string(),
        };
        let is_single = !matches!(value, Value::Array(_) | Value::Object(_));
        seed.deserialize(Text { text, is_single }).map_err(|it| Problem { input: name.clone(), text: it.text })
    }
}

/// One value, read as whatever the Rust type asks for.
struct Text {
    text: String,
    is_single: bool,
}

impl Text {
    fn wrong(&self, wanted: &str) -> Problem {
        Problem::custom(format_args!("`{}` is not {wanted}", short(&self.text)))
    }

    fn single(self) -> Result<Self, Problem> {
        match self.is_single {
            true => Ok(self),
            false => Err(Problem::custom("is a list or a structure, not one value")),
        }
    }

    /// A whole number; HubSpot's number properties may write 3 as `3.0`.
    fn whole(&self) -> Result<i128, Problem> {
        let digits = match self.text.split_once('.') {
            Some((whole, rest)) if !rest.is_empty() && rest.bytes().all(|it| it == b'0') => whole,
            _ => &self.text,
        };
        digits.parse().map_err(|_| self.wrong("a whole number"))
    }
}

macro_rules! whole_numbers {
    ($($deserialize:ident $visit:ident $type:ty,)*) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            let range = format!("between {} and {}", <$type>::MIN, <$type>::MAX);
            let number = <$type>::try_from(self.whole()?).map_err(|_| self.wrong(&range))?;
            visitor.$visit(number)
        }
    )*};
}

impl<'de> Deserializer<'de> for Text {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_string(self.single()?.text)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.text.to_ascii_lowercase().as_str() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(self.wrong("`true` or `false`")),
        }
    }

    whole_numbers! {
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.text.parse::<f64>() {
            Ok(number) if number.is_finite() => visitor.visit_f64(number),
            _ => Err(self.wrong("a number")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let text = self.single()?.text;
        let name = choices.iter().find(|it| it.eq_ignore_ascii_case(&text)).copied().unwrap_or(&text);
        let name: StrDeserializer<'_, Problem> = name.into_deserializer();
        visitor.visit_enum(name)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// Enough of a value to recognise it by.
fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Mode {
        Enforce,
        LookOnly,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Hours(f64);

    fn seven() -> u8 {
        7
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Sample {
        mode: Mode,
        #[serde(default = "seven")]
        days: u8,
        #[serde(default)]
        strict: bool,
        hours: Option<Hours>,
        #[serde(default)]
        note: String,
        count: Option<i64>,
    }

    #[track_caller]
    fn check(inputs: Value, expected: &str) {
        let Value::Object(inputs) = inputs else { panic!("an object") };
        let read = match read::<Sample>(inputs) {
            Ok(it) => format!("{:?} {} {} {:?} {:?} {:?}", it.mode, it.days, it.strict, it.hours, it.note, it.count),
            Err(problems) => problems,
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn text_reads_into_every_type() {
        check(
            json!({"mode": "look_only", "days": "3", "strict": "true", "hours": "1.5", "note": "a b", "count": "-2"}),
            r#"LookOnly 3 true Some(Hours(1.5)) "a b" Some(-2)"#,
        );
        check(
            json!({"mode": " Enforce ", "days": " 3.0 ", "strict": "False", "hours": "2", "note": "7"}),
            r#"Enforce 3 false Some(Hours(2.0)) "7" None"#,
        );
    }

    #[test]
    fn json_numbers_and_booleans_read_as_well() {
        check(
            json!({"mode": "enforce", "days": 3, "strict": true, "hours": 2, "note": 7, "count": 5.0}),
            r#"Enforce 3 true Some(Hours(2.0)) "7" Some(5)"#,
        );
    }

    #[test]
    fn an_input_left_empty_has_its_default() {
        check(json!({"mode": "enforce"}), r#"Enforce 7 false None "" None"#);
        check(
            json!({"mode": "enforce", "days": "", "strict": null, "hours": "", "note": "", "count": null}),
            r#"Enforce 7 false None "" None"#,
        );
    }

    #[test]
    fn an_unknown_input_is_ignored_whatever_it_holds() {
        check(json!({"mode": "enforce", "new": {"a": [1]}, "newer": "x"}), r#"Enforce 7 false None "" None"#);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        check(
            json!({"days": "soon", "strict": "maybe", "hours": "long", "count": "1.5", "note": ["a"]}),
            "input `count`: `1.5` is not a whole number; input `days`: `soon` is not a whole number; \
             input `hours`: `long` is not a number; input `note`: is a list or a structure, not one value; \
             input `strict`: `maybe` is not `true` or `false`; input `mode`: is missing",
        );
    }

    #[test]
    fn a_wrong_value_is_not_also_missing() {
        check(json!({"mode": "ask"}), "input `mode`: `ask` is not one of enforce, look_only");
        check(json!({"mode": {"a": 1}}), "input `mode`: is a list or a structure, not one value");
    }

    #[test]
    fn numbers_end_where_their_type_ends() {
        check(json!({"mode": "enforce", "days": "255"}), r#"Enforce 255 false None "" None"#);
        check(json!({"mode": "enforce", "days": "256"}), "input `days`: `256` is not between 0 and 255");
        check(json!({"mode": "enforce", "days": "-1"}), "input `days`: `-1` is not between 0 and 255");
        check(json!({"mode": "enforce", "hours": "NaN"}), "input `hours`: `NaN` is not a number");
        check(json!({"mode": "enforce", "hours": "inf"}), "input `hours`: `inf` is not a number");
    }

    #[test]
    fn a_long_value_is_cut_between_characters() {
        let long = "ä".repeat(41);
        let expected = format!("input `days`: `{}…` is not a whole number", "ä".repeat(40));
        check(json!({"mode": "enforce", "days": long}), &expected);
    }
}
