//! Who sent it: HubSpot's three request signatures and our own, over the raw bytes.
//!
//! HubSpot's are described at <https://developers.hubspot.com/docs/api/webhooks/validating-requests>.
//! Where we are stricter than HubSpot's own SDK on purpose: a time stamp more than 60 s ahead is
//! refused (the SDK has no bound), one that is not all digits is refused (the SDK lets `NaN`
//! through), an absent body is empty (the SDK signs the word `undefined`), and nothing is compared
//! in a time that depends on how much of it is right.

use base64::prelude::{BASE64_STANDARD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// How old a signed request may be.
pub const MAX_AGE: SignedDuration = SignedDuration::from_mins(5);

/// How far ahead of ours the sender's clock may be.
pub const MAX_LEAD: SignedDuration = SignedDuration::from_secs(60);

/// HubSpot undoes these escapes, and no others, before it signs a URI by v3.
const DECODED: [(&[u8; 2], char); 12] = [
    (b"3A", ':'),
    (b"2F", '/'),
    (b"3F", '?'),
    (b"40", '@'),
    (b"21", '!'),
    (b"24", '$'),
    (b"27", '\''),
    (b"28", '('),
    (b"29", ')'),
    (b"2A", '*'),
    (b"2C", ','),
    (b"3B", ';'),
];

/// What a signature covers.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// Scheme, host, path and query, as the sender wrote them.
    pub uri: &'a str,
    /// The bytes of the body.
    pub body: &'a [u8],
}

/// Why a signature does not hold. For the log: the sender is told nothing.
pub type Problem = &'static str;

const MISMATCH: Problem = "the signature does not match";
const STALE: Problem = "the time stamp is too old, too far ahead, or no time";

/// The secrets that hold at present: one, or two while they are being rotated.
#[derive(Clone)]
pub struct Secrets(Vec<SecretString>);

impl Secrets {
    /// Reads secrets separated by commas.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let secrets: Vec<&str> = text.split(',').map(str::trim).collect();
        if secrets.iter().any(|it| it.is_empty()) {
            return Err("is empty, or has an empty part between its commas");
        }
        if !text.chars().all(|it| it.is_ascii_graphic() || it == ' ') || secrets.iter().any(|it| it.contains(' ')) {
            return Err("has a space, a line end or another character that no secret has");
        }
        Ok(Self(secrets.into_iter().map(SecretString::from).collect()))
    }

    /// The same, where a person chose them: a secret may be of several words.
    pub fn phrases(text: &str) -> Result<Self, Problem> {
        let secrets: Vec<&str> = text.split(',').map(str::trim).collect();
        if secrets.iter().any(|it| it.is_empty()) {
            return Err("is empty, or has an empty part between its commas");
        }
        if !text.chars().all(|it| it.is_ascii_graphic() || it == ' ') {
            return Err("has a line end or another character that no header can carry");
        }
        Ok(Self(secrets.into_iter().map(SecretString::from).collect()))
    }

    /// The secret itself, as a sender that cannot sign puts it into a header.
    pub fn bare(&self, given: &str) -> Result<(), Problem> {
        // Hashes are of one length, so that the time says nothing about the secret's.
        let given = Sha256::digest(given);
        let holds = self.any(|secret| Sha256::digest(secret).ct_eq(&given));
        holds.map_err(|_| "the secret in the header is another one")
    }

    /// [WebSub's](https://www.w3.org/TR/websub/#signing-content), which Jira's webhooks carry:
    /// `sha256=<hex>` where the hex is the keyed hash of the body.
    pub fn hub(&self, given: &str, body: &[u8]) -> Result<(), Problem> {
        let given = given.strip_prefix("sha256=").ok_or("a signature of another method than sha256")?;
        self.any(|secret| lower_hex(&keyed(secret, &[body])).as_bytes().ct_eq(given.as_bytes()))
    }

    /// Version 1: the hash of secret and body. For HubSpot's app webhooks, beside a version 3.
    pub fn v1(&self, given: &str, body: &[u8]) -> Result<(), Problem> {
        self.any(|secret| hex(&[secret, body]).as_bytes().ct_eq(given.as_bytes()))
    }

    /// Version 2: the hash of secret, method, URI and body. For workflows; it does not age.
    pub fn v2(&self, given: &str, signed: &Signed) -> Result<(), Problem> {
        self.any(|secret| {
            let expected = hex(&[secret, signed.method.as_bytes(), signed.uri.as_bytes(), signed.body]);
            expected.as_bytes().ct_eq(given.as_bytes())
        })
    }

    /// Version 3: a keyed hash of method, URI, body and time in milliseconds. The URI counts both as
    /// HubSpot documents it (some escapes undone) and as its SDKs compute it (as it stands).
    pub fn v3(&self, given: &str, timestamp: &str, signed: &Signed, now: Timestamp) -> Result<(), Problem> {
        let decoded = decode(signed.uri);
        self.any(|secret| {
            let matches = |uri: &str| {
                let parts = [signed.method.as_bytes(), uri.as_bytes(), signed.body, timestamp.as_bytes()];
                BASE64_STANDARD.encode(keyed(secret, &parts)).as_bytes().ct_eq(given.as_bytes())
            };
            matches(&decoded) | matches(signed.uri)
        })?;
        let sent = number(timestamp).and_then(|it| Timestamp::from_millisecond(it).ok());
        fresh(sent, now)
    }

    /// Ours, for events that a custom-code action forwards: `t=<unix seconds>,v1=<hex>` where the
    /// hex is the keyed hash of `<unix seconds>.<body>`.
    pub fn forwarded(&self, given: &str, body: &[u8], now: Timestamp) -> Result<(), Problem> {
        let parts = given.strip_prefix("t=").and_then(|it| it.split_once(",v1="));
        let (timestamp, given) = parts.ok_or(MISMATCH)?;
        self.any(|secret| {
            let expected = lower_hex(&keyed(secret, &[timestamp.as_bytes(), b".", body]));
            expected.as_bytes().ct_eq(given.as_bytes())
        })?;
        let sent = number(timestamp).and_then(|it| Timestamp::from_second(it).ok());
        fresh(sent, now)
    }

    /// Makes what [`Self::forwarded`] takes, with the first secret.
    pub fn forward(&self, body: &[u8], now: Timestamp) -> String {
        let sent = now.as_second().to_string();
        let secret = self.0.first().map(|it| it.expose_secret().as_bytes()).unwrap_or_default();
        format!("t={sent},v1={}", lower_hex(&keyed(secret, &[sent.as_bytes(), b".", body])))
    }

    /// Tries every secret, the right one found or not, so that the time says nothing about them.
    fn any(&self, matches: impl Fn(&[u8]) -> Choice) -> Result<(), Problem> {
        let tried = self.0.iter().map(|it| matches(it.expose_secret().as_bytes()));
        match bool::from(tried.fold(Choice::from(0), |any, it| any | it)) {
            true => Ok(()),
            false => Err(MISMATCH),
        }
    }
}

fn fresh(sent: Option<Timestamp>, now: Timestamp) -> Result<(), Problem> {
    let age = now.duration_since(sent.ok_or(STALE)?);
    if age > MAX_AGE || age < -MAX_LEAD {
        return Err(STALE);
    }
    Ok(())
}

/// Digits alone: no sign, no space, no second value behind a comma.
fn number(text: &str) -> Option<i64> {
    text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse().ok())?
}

fn decode(uri: &str) -> String {
    let mut decoded = String::with_capacity(uri.len());
    let mut rest = uri;
    while let Some(at) = rest.find('%') {
        let (before, escape) = rest.split_at(at);
        decoded.push_str(before);
        let digits = escape.as_bytes().get(1..3);
        let plain = DECODED.iter().find(|(code, _)| digits.is_some_and(|it| it.eq_ignore_ascii_case(*code)));
        decoded.push(plain.map_or('%', |(_, plain)| *plain));
        rest = &escape[if plain.is_some() { 3 } else { 1 }..];
    }
    decoded + rest
}

fn keyed(secret: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

fn hex(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    lower_hex(&hash.finalize())
}

pub(super) fn lower_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

#[cfg(test)]
mod tests;
