//! Whose token we have, and what it may do.

use reqwest::Method;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::json;

use super::{HubSpot, is_forbidden, wire};
use crate::http::Fault;

/// What HubSpot says of a private app's token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Access {
    /// The account that it is for.
    pub hub_id: Option<u64>,
    /// The app that it is of.
    pub app_id: Option<u64>,
    /// What it was granted.
    #[serde(deserialize_with = "wire::list")]
    pub scopes: Vec<String>,
}

/// Something that is read only with a scope of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readable {
    /// Tickets, and what is set up for them.
    Tickets,
    /// Contacts, and with them notes, calls and e-mails.
    Contacts,
    /// Companies.
    Companies,
    /// The people of the account.
    Owners,
    /// Conversations.
    Conversations,
}

impl Readable {
    /// What is asked for: records that nobody has the number of, and lists that every account has.
    fn path(self) -> &'static str {
        match self {
            Self::Tickets => "crm/v3/pipelines/tickets",
            Self::Contacts => "crm/v3/objects/contacts/0",
            Self::Companies => "crm/v3/objects/companies/0",
            Self::Owners => "crm/v3/owners",
            Self::Conversations => "conversations/v3/conversations/threads/0",
        }
    }
}

impl HubSpot {
    /// What HubSpot says of our token, in the words of
    /// [private apps](https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview). Tokens of other
    /// kinds it may refuse to speak of.
    ///
    /// # Errors
    /// HubSpot does not know the token, does not speak of it, or cannot be reached.
    pub async fn access(&self) -> Result<Access, Fault> {
        let request = self.request(Method::POST, "oauth/v2/private-apps/get/access-token-info");
        self.call(request.json(&json!({ "tokenKey": self.token.expose_secret() }))).await?.read()
    }

    /// Whether something may be read: asks for it, and is content with nothing.
    ///
    /// # Errors
    /// HubSpot does not take the token at all, or cannot be reached.
    pub async fn may_read(&self, what: Readable) -> Result<bool, Fault> {
        match self.call(self.request(Method::GET, what.path())).await {
            Ok(_) | Err(Fault::Refused { .. }) => Ok(true),
            Err(Fault::Denied { reason }) if is_forbidden(&reason) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}
