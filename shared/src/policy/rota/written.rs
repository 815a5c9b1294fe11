//! Days, dates and times as people write them.

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use crate::procedure::rota::TimeOfDay;

/// Days of the week; never none.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(super) struct Days(pub Vec<Weekday>);

impl TryFrom<Vec<String>> for Days {
    type Error = String;

    fn try_from(names: Vec<String>) -> Result<Self, Self::Error> {
        const ALL: &str = "\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"";
        let day = |name: String| match name.as_str() {
            "mon" => Ok(Weekday::Monday),
            "tue" => Ok(Weekday::Tuesday),
            "wed" => Ok(Weekday::Wednesday),
            "thu" => Ok(Weekday::Thursday),
            "fri" => Ok(Weekday::Friday),
            "sat" => Ok(Weekday::Saturday),
            "sun" => Ok(Weekday::Sunday),
            _ => Err(format!("`{name}` is not a day; write some of {ALL}")),
        };
        let days = names.into_iter().map(day).collect::<Result<Vec<Weekday>, String>>()?;
        if days.is_empty() {
            return Err(format!("this shift is on no day; write some of {ALL}"));
        }
        Ok(Self(days))
    }
}

/// When a shift begins.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct Beginning(pub TimeOfDay);

impl TryFrom<Written> for Beginning {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        match End::try_from(written)?.0 {
            TimeOfDay::END => Err("a shift does not begin at 24:00; write \"00:00\" of the next day".to_owned()),
            time => Ok(Self(time)),
        }
    }
}

/// When a shift ends.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct End(pub TimeOfDay);

impl TryFrom<Written> for End {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let text = written.text();
        let minutes = text.strip_suffix(":00").filter(|it| it.contains(':')).unwrap_or(&text);
        let time = TimeOfDay::parse(minutes).map(Self);
        time.ok_or_else(|| {
            format!("`{text}` is not a time of day; write \"09:00\", or \"24:00\" for midnight at its end")
        })
    }
}

/// A date.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "Written")]
pub(super) struct Day(pub Date);

impl TryFrom<Written> for Day {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let text = written.text();
        let date = text.parse().ok().filter(|_| text.len() == "2026-12-25".len()).map(Self);
        date.ok_or_else(|| format!("`{text}` is not a date; write \"2026-12-25\""))
    }
}

/// A date or a time, in quotation marks or as TOML has them.
#[derive(Deserialize)]
#[serde(untagged, expecting = "neither a date nor a time; write it in quotation marks")]
enum Written {
    Text(String),
    Toml(toml::value::Datetime),
}

impl Written {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Toml(datetime) => datetime.to_string(),
        }
    }
}
