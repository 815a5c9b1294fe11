//! What a record is called: a name made of its meaning, the same on every delivery and machine.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::runtime::Failure;

/// The name of something that is recorded once: "the people on duty for escalation 2 of ticket 42".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub(super) kind: &'static str,
    hash: String,
}

/// Why something has no name.
#[derive(Debug, thiserror::Error)]
pub enum Unnamed {
    /// Two unlike things would share one name.
    #[error("part {position} of the identity of {flow} is empty or holds a control character")]
    Part {
        /// The kind of thing.
        flow: &'static str,
        /// Which part, counted from 1.
        position: usize,
    },
    /// Nothing says which of its kind it is.
    #[error("{0} has no identity")]
    NoParts(&'static str),
    /// The fields that define it are not JSON.
    #[error("the fields that define {0} cannot be written as JSON")]
    Fields(&'static str),
}

impl Name {
    /// Names the thing of this kind that `identity` tells from all others of its kind, as
    /// `[portal, ticket, cycle]`.
    ///
    /// # Errors
    /// A part of the identity is missing.
    pub fn new(kind: &'static str, identity: &[&str]) -> Result<Self, Unnamed> {
        if identity.is_empty() {
            return Err(Unnamed::NoParts(kind));
        }
        let mut hash = Sha256::new();
        hash.update("v1\0");
        hash.update(kind);
        for (index, part) in identity.iter().enumerate() {
            if part.trim().is_empty() || part.contains(char::is_control) {
                return Err(Unnamed::Part { flow: kind, position: index + 1 });
            }
            hash.update("\0");
            hash.update(part);
        }
        Ok(Self { kind, hash: URL_SAFE_NO_PAD.encode(hash.finalize()) })
    }

    /// The key of the record of this name; `sort` keeps a kind of record from all other kinds.
    pub(super) fn key(&self, sort: char) -> String {
        format!("{sort}#{}#{}", self.kind, self.hash)
    }
}

impl From<Unnamed> for Failure {
    fn from(unnamed: Unnamed) -> Self {
        Self::Rejected(unnamed.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P13: a missing part of the identity is refused, `0` and `false` are parts like others.
    #[test]
    fn a_missing_part_of_the_identity_is_refused() {
        for missing in ["", " ", "\t", "a\0b", "a\nb"] {
            assert!(matches!(Name::new("kind", &["1", missing]), Err(Unnamed::Part { position: 2, .. })));
        }
        assert!(matches!(Name::new("kind", &[]), Err(Unnamed::NoParts(_))));
        for present in ["0", "false", "null"] {
            assert!(Name::new("kind", &["1", present]).is_ok());
        }
    }
}
