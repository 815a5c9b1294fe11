//! Where in the file something is wrong that the library cannot place.

use std::ops::Range;

use serde::{Deserialize, Deserializer};

/// What is wrong between values of the policy that are right by themselves.
#[derive(Debug)]
pub(super) struct Mistake {
    /// Where, in bytes.
    pub span: Range<usize>,
    /// What, and what to do.
    pub message: String,
}

impl Mistake {
    pub fn new(span: Range<usize>, message: String) -> Self {
        Self { span, message }
    }
}

/// A list whose wrong members are told by their own lines.
pub(super) fn each<'de, D: Deserializer<'de>, T: Deserialize<'de>>(list: D) -> Result<Vec<T>, D::Error> {
    /// The library puts its place on what is wrong with a newtype, and not on what a `try_from` refuses.
    #[derive(Deserialize)]
    struct Member<T>(T);
    let members = Vec::<Member<T>>::deserialize(list)?;
    Ok(members.into_iter().map(|Member(it)| it).collect())
}
