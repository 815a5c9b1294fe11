//! The edge's settings, read from environment variables.

use std::collections::BTreeSet;

use anyhow::bail;
use secrecy::ExposeSecret;

use super::edge::Edge;
use super::envelope;
use super::signature::Secrets;
use crate::id::PortalId;
use crate::secrets;

impl Edge {
    /// Reads the settings by the names of their variables. Reports everything that is wrong at once.
    ///
    /// - `HUBSPOT_CLIENT_SECRET`: the app's client secret; two, comma-separated, while rotating.
    /// - `FORWARD_SECRET`, optional: what custom-code actions sign forwarded events with.
    /// - `HUBSPOT_PORTAL_IDS`, optional: the portals that are served, comma-separated.
    /// - `PUBLIC_BASE_URL`, optional: scheme, host and path in front of our routes as HubSpot calls them.
    pub fn new(variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let set = |name| variable(name).filter(|it| !it.trim().is_empty());
        let mut problems = Vec::new();
        let mut secrets = |name: &str, text: Option<String>| {
            let secrets = text.map(|it| Secrets::parse(&it))?;
            secrets.map_err(|it| problems.push(format!("{name} {it}: {SECRET_REMEDY}"))).ok()
        };
        let client_secrets = secrets("HUBSPOT_CLIENT_SECRET", set("HUBSPOT_CLIENT_SECRET"));
        let forward_secrets = secrets("FORWARD_SECRET", set("FORWARD_SECRET"));
        if set("HUBSPOT_CLIENT_SECRET").is_none() {
            problems.push(CLIENT_SECRET_MISSING.to_owned());
        }
        let portals = set("HUBSPOT_PORTAL_IDS").map_or_else(|| Some(BTreeSet::new()), |it| portals(&it));
        if portals.is_none() {
            problems.push(PORTALS_WRONG.to_owned());
        }
        let public_base_url = set("PUBLIC_BASE_URL").map(|it| base_url(&it));
        if public_base_url == Some(None) {
            problems.push(BASE_URL_WRONG.to_owned());
        }
        match (client_secrets, portals) {
            (Some(client_secrets), Some(portals)) if problems.is_empty() => {
                let public_base_url = public_base_url.flatten();
                Ok(Self { client_secrets, forward_secrets, portals, public_base_url, pace: None })
            }
            _ => bail!("{}", problems.join("\n")),
        }
    }

    /// Reads the secrets from where they are kept, and the other settings from the environment.
    #[expect(clippy::disallowed_methods, reason = "the edge's one reading of its environment")]
    pub fn from_env(secrets: &secrets::Secrets) -> anyhow::Result<Self> {
        Self::new(|name| match name {
            "HUBSPOT_CLIENT_SECRET" | "FORWARD_SECRET" => Some(secrets.get(name)?.expose_secret().to_owned()),
            // What is not Unicode cannot be right either: the replacement character has it refused.
            _ => std::env::var_os(name).map(|it| it.to_string_lossy().into_owned()),
        })
    }
}

/// What to do about a signing secret that does not read.
pub const SECRET_REMEDY: &str = "paste the secret alone, or two secrets with one comma between them";
const CLIENT_SECRET_MISSING: &str =
    "HUBSPOT_CLIENT_SECRET is not set: copy the client secret from the app's Auth tab in HubSpot";
/// What to do about `HUBSPOT_PORTAL_IDS` that do not read.
pub const PORTALS_WRONG: &str = "HUBSPOT_PORTAL_IDS is not a list of portal ids: write the numbers with commas between them, such as 1234567,7654321";
/// What to do about a `PUBLIC_BASE_URL` that does not read.
pub const BASE_URL_WRONG: &str = "PUBLIC_BASE_URL is not a base URL: write it as HubSpot calls it, such as \
     https://escalation.example.com, without a query (http:// is for localhost alone)";

/// The portals of `HUBSPOT_PORTAL_IDS`; `None` where one is no number.
pub fn portals(text: &str) -> Option<BTreeSet<PortalId>> {
    text.split(',').map(|it| envelope::id(it.trim()).map(PortalId)).collect()
}

/// A URL without user, query and fragment, and without a slash at its end.
pub fn base_url(text: &str) -> Option<String> {
    let url = text.trim().trim_end_matches('/');
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => port.parse::<u16>().is_ok().then_some(name)?,
        _ => host,
    };
    let is_local = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-'));
    let is_path = path.bytes().all(|it| it.is_ascii_graphic() && !matches!(it, b'?' | b'#' | b'\\'));
    let is_secure = scheme == "https" || (scheme == "http" && is_local);
    (is_secure && (is_local || is_name) && is_path).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: (&str, &str) = ("HUBSPOT_CLIENT_SECRET", "test-client-secret-0001");

    fn read(variables: &[(&str, &str)]) -> Result<Edge, String> {
        let find = |name: &str| variables.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
        Edge::new(find).map_err(|it| it.to_string())
    }

    #[test]
    fn a_client_secret_is_enough() {
        let edge = read(&[SECRET]).unwrap();
        assert!(edge.portals.is_empty() && edge.forward_secrets.is_none() && edge.public_base_url.is_none());
    }

    #[test]
    fn optional_variables_may_be_there_and_empty() {
        let edge =
            read(&[SECRET, ("FORWARD_SECRET", ""), ("HUBSPOT_PORTAL_IDS", " "), ("PUBLIC_BASE_URL", "")]).unwrap();
        assert!(edge.portals.is_empty() && edge.forward_secrets.is_none() && edge.public_base_url.is_none());
    }

    #[test]
    fn every_wrong_variable_is_named_at_once_and_no_secret_is_repeated() {
        let problems = read(&[
            ("HUBSPOT_CLIENT_SECRET", "hush-1,,hush-2"),
            ("FORWARD_SECRET", "hush 3"),
            ("HUBSPOT_PORTAL_IDS", "1234567;7654321"),
            ("PUBLIC_BASE_URL", "http://example.com"),
        ])
        .err()
        .unwrap();
        insta::assert_snapshot!(problems, @r##"
        HUBSPOT_CLIENT_SECRET is empty, or has an empty part between its commas: paste the secret alone, or two secrets with one comma between them
        FORWARD_SECRET has a space, a line end or another character that no secret has: paste the secret alone, or two secrets with one comma between them
        HUBSPOT_PORTAL_IDS is not a list of portal ids: write the numbers with commas between them, such as 1234567,7654321
        PUBLIC_BASE_URL is not a base URL: write it as HubSpot calls it, such as https://escalation.example.com, without a query (http:// is for localhost alone)
        "##);
        assert!(!problems.contains("hush"));
    }

    #[test]
    fn a_missing_client_secret_is_refused() {
        for wrong in ["", " ", ",", "a,", ",a", "a,,b", "a\nb", "a b", "pässwort"] {
            assert!(read(&[("HUBSPOT_CLIENT_SECRET", wrong)]).is_err(), "{wrong:?}");
        }
        let problems = read(&[]).err().unwrap();
        insta::assert_snapshot!(problems, @"HUBSPOT_CLIENT_SECRET is not set: copy the client secret from the app's Auth tab in HubSpot");
    }

    #[test]
    fn secrets_may_have_spaces_around_them() {
        assert!(read(&[("HUBSPOT_CLIENT_SECRET", " new , old ")]).is_ok());
    }

    #[test]
    fn portals_are_numbers() {
        let edge = read(&[SECRET, ("HUBSPOT_PORTAL_IDS", "62515, 1234567")]).unwrap();
        assert_eq!(edge.portals, [PortalId(62515), PortalId(1234567)].into());
        for wrong in ["a", "1,", "-1", "1.5", "9007199254740993"] {
            assert!(read(&[SECRET, ("HUBSPOT_PORTAL_IDS", wrong)]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_base_url_is_secure_or_local() {
        let read = |url| read(&[SECRET, ("PUBLIC_BASE_URL", url)]).ok().and_then(|it| it.public_base_url);
        for (url, expected) in [
            ("https://escalation.example.com", "https://escalation.example.com"),
            ("https://escalation.example.com/", "https://escalation.example.com"),
            ("https://example.com:8443/hooks/", "https://example.com:8443/hooks"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(read(url).as_deref(), Some(expected));
        }
        for wrong in [
            "http://example.com",
            "http://localhost.example.com",
            "ftp://example.com",
            "example.com",
            "https://",
            "https://example.com?a=1",
            "https://example.com#a",
            "https://example.com/a b",
            "https://user@example.com",
            "https://example.com:http",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
