//! Where people see Jira: not always where its API is.

use std::sync::Arc;

use anyhow::{Context, bail};
use reqwest::Url;

use super::GATEWAY;

/// The site that people open in their browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site(Arc<str>);

impl Site {
    /// The site at this address, such as `https://acme.atlassian.net`.
    pub fn new(address: &str) -> Self {
        Self(address.trim_end_matches('/').into())
    }

    /// Reads `JIRA_SITE_URL`; without it the site is where `JIRA_BASE_URL` is, where that is a site's.
    ///
    /// # Errors
    /// Neither names a site.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env() -> anyhow::Result<Self> {
        let site = std::env::var("JIRA_SITE_URL").unwrap_or_default();
        let base = std::env::var("JIRA_BASE_URL").unwrap_or_default();
        Self::configured(site.trim(), base.trim())
    }

    fn configured(site: &str, base: &str) -> anyhow::Result<Self> {
        if site.is_empty() && (base.is_empty() || base.starts_with(GATEWAY)) {
            bail!("JIRA_SITE_URL is not set: name the site that people open, such as https://acme.atlassian.net");
        }
        let address = if site.is_empty() { base } else { site };
        Url::parse(address)
            .with_context(|| format!("JIRA_SITE_URL is not a URL such as https://acme.atlassian.net: {address}"))?;
        Ok(Self::new(address))
    }

    /// Its address, without a last slash.
    pub fn address(&self) -> &str {
        &self.0
    }

    /// The page of an issue.
    pub fn page(&self, key: &str) -> String {
        format!("{}/browse/{key}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_named_or_is_where_its_api_is() {
        let acme = "https://acme.atlassian.net";
        let gateway = format!("{GATEWAY}11111111-2222");
        for (site, base) in [(acme, ""), ("https://acme.atlassian.net/", &*gateway), ("", acme)] {
            assert_eq!(Site::configured(site, base).unwrap().page("TECH-1"), format!("{acme}/browse/TECH-1"));
        }
        for base in ["", &*gateway] {
            let wrong = Site::configured("", base).unwrap_err().to_string();
            assert!(wrong.starts_with("JIRA_SITE_URL is not set"), "said: {wrong}");
        }
        let wrong = Site::configured("acme", "").unwrap_err().to_string();
        assert!(wrong.starts_with("JIRA_SITE_URL is not a URL"), "said: {wrong}");
    }
}
