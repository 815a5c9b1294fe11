//! The checks between the open internet and an action; nothing here waits for anything.

use std::borrow::Cow;
use std::collections::BTreeSet;

use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::Timestamp;

use super::action::Action;
use super::endpoint::Delivery;
use super::envelope::{self, Envelope};
use super::gateway::HttpEvent;
use super::pacing::Pace;
use super::signature::{Problem, Secrets, Signed};
use crate::id::PortalId;

/// The largest body an action takes: HubSpot's own are about 1 KB.
const MAX_BODY: usize = 64 * 1024;

/// Who may ask, by what name they know us, and when there is room for it.
pub struct Edge {
    pub(super) client_secrets: Secrets,
    pub(super) forward_secrets: Option<Secrets>,
    /// Empty means any portal that signs correctly.
    pub(super) portals: BTreeSet<PortalId>,
    pub(super) public_base_url: Option<String>,
    /// `None` lets every run begin at once.
    pub(super) pace: Option<Pace>,
}

/// Why a request goes no further. The caller learns the status alone; the text is for the log.
#[derive(Debug, PartialEq)]
pub(super) enum Refusal {
    TooLarge,
    NotFound,
    WrongMethod,
    UnsupportedType(&'static str),
    /// With the URI, less its query, that the signature was held against: the usual mistake is there.
    Unauthorized(Problem, String),
    Malformed(&'static str),
    Forbidden(PortalId),
}

/// An authentic request, from a portal that may ask.
pub(super) struct Admitted {
    pub portal: PortalId,
    pub envelope: Envelope,
    /// Whether one of our own functions asks, and not HubSpot.
    pub is_ours: bool,
}

/// Whose secret a signature was made with.
#[derive(Debug, PartialEq)]
enum Signer {
    HubSpot,
    /// Our own functions, and custom-code actions that forward their event.
    Forwarder,
}

impl Edge {
    /// The same, where runs begin as the vendor's limit has room for the calls of this action.
    ///
    /// # Errors
    /// What is paced has no name.
    pub fn paced<A: Action>(self, action: &A) -> anyhow::Result<Self> {
        let pace = Pace::new(action.ledger(), action.meter())?;
        Ok(Self { pace: Some(pace), ..self })
    }

    /// Says once, at the start, what is open on purpose.
    pub(super) fn warn(&self) {
        if self.portals.is_empty() {
            tracing::warn!("HUBSPOT_PORTAL_IDS is not set: any portal that signs correctly is served");
        }
    }

    /// Size, path, method and type, signature and freshness, parse, portal: in this order.
    pub(super) fn admit(&self, action: &str, event: &HttpEvent, now: Timestamp) -> Result<Admitted, Refusal> {
        let body = body(event, MAX_BODY)?;
        if !is_route(event, &format!("/hubspot/actions/{action}")) {
            return Err(Refusal::NotFound);
        }
        if event.request_context.http.method != "POST" {
            return Err(Refusal::WrongMethod);
        }
        check_type(event, &body)?;
        let signer = self.authenticate(event, &body, now);
        let signer = signer.map_err(|it| Refusal::Unauthorized(it, self.uri(event)))?;
        let envelope = envelope::read(&body, &event.raw_query_string).map_err(Refusal::Malformed)?;
        let portal = self.portal(envelope.portal)?;
        let is_ours = signer == Signer::Forwarder && envelope.says_ours;
        Ok(Admitted { portal, envelope, is_ours })
    }

    /// The strongest signature present must hold: HubSpot's version 3, then ours, then HubSpot's
    /// version 2. A weaker one beside it neither helps nor harms. Version 1 covers no URI and is
    /// not enough for an action.
    fn authenticate(&self, event: &HttpEvent, body: &[u8], now: Timestamp) -> Result<Signer, Problem> {
        let header = |name| event.headers.get(name);
        let uri = self.whole_uri(event);
        let signed = Signed { method: &event.request_context.http.method, uri: &uri, body };
        if let Some(given) = header("x-hubspot-signature-v3") {
            return self.v3(given, event, &signed, now).map(|()| Signer::HubSpot);
        }
        if let Some(given) = header("x-escalation-signature") {
            let secrets = self.forward_secrets.as_ref().ok_or("a forwarded event, but FORWARD_SECRET is not set")?;
            return secrets.forwarded(given, body, now).map(|()| Signer::Forwarder);
        }
        let given = header("x-hubspot-signature").ok_or("no signature")?;
        match header("x-hubspot-signature-version") {
            Some("v2") => self.client_secrets.v2(given, &signed).map(|()| Signer::HubSpot),
            _ => Err("a signature of another version than 2 or 3"),
        }
    }

    /// What HubSpot's app webhooks are signed with: version 3 where it is there, and then alone; else
    /// version 1, which covers neither the address nor the time. What it covers names what to look at.
    fn authenticate_webhook(&self, event: &HttpEvent, body: &[u8], now: Timestamp) -> Result<(), Problem> {
        let header = |name| event.headers.get(name);
        if let Some(given) = header("x-hubspot-signature-v3") {
            let uri = self.whole_uri(event);
            let signed = Signed { method: &event.request_context.http.method, uri: &uri, body };
            return self.v3(given, event, &signed, now);
        }
        let given = header("x-hubspot-signature").ok_or("no signature")?;
        match header("x-hubspot-signature-version") {
            Some("v1") => self.client_secrets.v1(given, body),
            _ => Err("a signature of another version than 1 or 3"),
        }
    }

    fn v3(&self, given: &str, event: &HttpEvent, signed: &Signed<'_>, now: Timestamp) -> Result<(), Problem> {
        let timestamp = event.headers.get("x-hubspot-request-timestamp");
        let timestamp = timestamp.ok_or("a version 3 signature without a time stamp")?;
        self.client_secrets.v3(given, timestamp, signed, now)
    }

    /// Where our routes begin: what stands in front of them as others call us.
    pub(super) fn base_url(&self, event: &HttpEvent) -> String {
        let stage = stage(event).filter(|it| event.raw_path.starts_with(&format!("{it}/")));
        match &self.public_base_url {
            Some(base) => base.clone(),
            None => format!("https://{}{}", event.request_context.domain_name, stage.unwrap_or_default()),
        }
    }

    /// The URI as the sender wrote it.
    fn whole_uri(&self, event: &HttpEvent) -> String {
        match event.raw_query_string.as_str() {
            "" => self.uri(event),
            query => format!("{}?{query}", self.uri(event)),
        }
    }

    /// The URI as the sender wrote it, up to the query. The host is the gateway's word or our own,
    /// never a header: whoever chooses the host could have another site's request count here.
    fn uri(&self, event: &HttpEvent) -> String {
        let path = &event.raw_path;
        match &self.public_base_url {
            Some(base) => format!("{}{path}", without_stage(base, event)),
            None => format!("https://{}{path}", event.request_context.domain_name),
        }
    }

    fn portal(&self, given: Option<PortalId>) -> Result<PortalId, Refusal> {
        match given {
            Some(portal) if self.portals.is_empty() || self.portals.contains(&portal) => Ok(portal),
            Some(portal) => Err(Refusal::Forbidden(portal)),
            None => match self.portals.first() {
                Some(only) if self.portals.len() == 1 => Ok(*only),
                _ => Err(Refusal::Malformed("no portalId, and not exactly one allowed portal")),
            },
        }
    }
}

impl Delivery<'_> {
    /// Whether it is an app webhook of HubSpot's, by the app's client secret.
    ///
    /// # Errors
    /// It is not; the reason is for the log.
    pub fn is_webhook_of_hubspot(&self) -> Result<(), Problem> {
        self.edge.authenticate_webhook(self.event, self.body, self.now)
    }
}

/// The body's bytes, at most so many.
pub(super) fn body(event: &HttpEvent, most: usize) -> Result<Cow<'_, [u8]>, Refusal> {
    if let Some(length) = event.headers.get("content-length")
        && length.bytes().all(|it| it.is_ascii_digit())
        && length.parse().map_or(!length.is_empty(), |it: usize| it > most)
    {
        return Err(Refusal::TooLarge);
    }
    let text = event.body.as_deref().unwrap_or_default();
    let body = match event.is_base64_encoded {
        false => Cow::Borrowed(text.as_bytes()),
        // Four characters for three bytes: what must be too large is not decoded at all.
        true if text.len() > most.div_ceil(3) * 4 => return Err(Refusal::TooLarge),
        true => Cow::Owned(BASE64_STANDARD.decode(text).map_err(|_| Refusal::Malformed("the body is not base64"))?),
    };
    match body.len() > most {
        true => Err(Refusal::TooLarge),
        false => Ok(body),
    }
}

/// Whether it came to this path, behind the gateway's stage or without one.
pub(super) fn is_route(event: &HttpEvent, path: &str) -> bool {
    let without_stage = stage(event).and_then(|stage| event.raw_path.strip_prefix(&stage));
    event.raw_path == path || without_stage == Some(path)
}

/// The gateway's paths begin with the stage; a base URL that ends with it would say it twice.
fn without_stage<'a>(base: &'a str, event: &HttpEvent) -> &'a str {
    let doubled = stage(event).filter(|stage| event.raw_path.starts_with(&format!("{stage}/")));
    doubled.and_then(|stage| base.strip_suffix(&stage)).unwrap_or(base)
}

fn stage(event: &HttpEvent) -> Option<String> {
    match event.request_context.stage.as_str() {
        "" | "$default" => None,
        stage => Some(format!("/{stage}")),
    }
}

/// JSON in UTF-8 without an encoding on top; an empty body is of no type.
pub(super) fn check_type(event: &HttpEvent, body: &[u8]) -> Result<(), Refusal> {
    if event.headers.get("content-encoding").is_some() {
        return Err(Refusal::UnsupportedType("the body has a content encoding"));
    }
    let content_type = event.headers.get("content-type").unwrap_or_default();
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|it| it.eq_ignore_ascii_case("application/json"));
    let mut charsets =
        parts.filter_map(|it| it.split_once('=')).filter(|(name, _)| name.eq_ignore_ascii_case("charset"));
    let is_utf8 = charsets.all(|(_, charset)| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"));
    let is_one = !content_type.contains(',');
    match body.is_empty() || (is_json && is_utf8 && is_one) {
        true => Ok(()),
        false => Err(Refusal::UnsupportedType("the body is not JSON in UTF-8")),
    }
}
