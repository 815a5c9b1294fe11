//! Which of what apps do is our own doing.

use anyhow::bail;

/// The app that we are to HubSpot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct App(Option<u64>);

impl App {
    /// The app with this id, as HubSpot shows it in the app's settings; blank where nobody says.
    ///
    /// # Errors
    /// It is no number.
    pub fn new(id: &str) -> anyhow::Result<Self> {
        match id.trim() {
            "" => Ok(Self(None)),
            id if id.bytes().all(|it| it.is_ascii_digit()) => Ok(Self(Some(id.parse()?))),
            _ => bail!("HUBSPOT_APP_ID is not an app's id: copy the number from the app's Auth tab in HubSpot"),
        }
    }

    /// Reads `HUBSPOT_APP_ID`. Where it is not set, what we write ourselves is looked at, too: that finds
    /// nothing to do, and costs calls.
    ///
    /// # Errors
    /// It is no number.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env() -> anyhow::Result<Self> {
        Self::new(&std::env::var("HUBSPOT_APP_ID").unwrap_or_default())
    }

    /// Its id, where somebody said it.
    pub fn id(self) -> Option<u64> {
        self.0
    }

    /// Whether it is this app that did something.
    pub fn did(self, by_app: Option<u64>) -> bool {
        self.0.is_some() && self.0 == by_app
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_app_did_is_ours_where_the_app_is() {
        let ours = App::new(" 1160452 ").unwrap();
        assert!(ours.did(Some(1_160_452)));
        assert!(!ours.did(Some(7)) && !ours.did(None));
        let unknown = App::new("").unwrap();
        assert!(!unknown.did(Some(1_160_452)) && !unknown.did(None));
        for wrong in ["app", "-1", "1.5", "99999999999999999999"] {
            assert!(App::new(wrong).is_err(), "{wrong}");
        }
    }
}
