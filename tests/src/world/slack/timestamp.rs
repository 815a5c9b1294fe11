//! The id of a message: the time it was posted at, to the microsecond, as `1781082300.000250`.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

/// Microseconds since 1970. No two messages of a workspace share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ts(pub i64);

const SECOND: i64 = 1_000_000;

impl Ts {
    pub fn at(time: Timestamp) -> Self {
        Self(time.as_microsecond())
    }

    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Ts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}.{:06}", self.0 / SECOND, self.0 % SECOND)
    }
}

/// Ten digits, a point, six digits, as messages are called.
impl FromStr for Ts {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (seconds, micros) = text.split_once('.').ok_or(())?;
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|it| it.is_ascii_digit());
        if !digits(seconds, 10) || !digits(micros, 6) {
            return Err(());
        }
        let number = |part: &str| part.parse::<i64>().map_err(|_| ());
        Ok(Self(number(seconds)? * SECOND + number(micros)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_called_by_ten_digits_and_six() {
        for id in ["1781082300.000250", "0000000001.000000"] {
            assert_eq!(id.parse::<Ts>().unwrap().to_string(), id);
        }
        for other in ["1781082300", "1781082300.25", "178108230.000250", "1781082300.00025x", "", "p1781082300000250"] {
            assert_eq!(other.parse::<Ts>(), Err(()), "{other}");
        }
    }
}
