//! All that is wrong with the parts of which something is built, at once: whoever puts one thing right does not
//! find the next one afterwards.

use anyhow::bail;

/// What is wrong with a part.
pub fn with<T>(part: &anyhow::Result<T>) -> Option<String> {
    part.as_ref().err().map(|it| format!("{it:#}"))
}

/// Whether nothing is wrong [`with`] any of them.
///
/// # Errors
/// Everything that is, a line each.
pub fn nothing<const N: usize>(wrong: [Option<String>; N]) -> anyhow::Result<()> {
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use anyhow::{Context as _, anyhow};

    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let (fine, wrong) = (Ok(1), Err::<u8, _>(anyhow!("it is empty")).context("the policy"));
        let other: anyhow::Result<u8> = Err(anyhow!("no token"));
        assert!(nothing([with(&fine), with(&fine)]).is_ok());
        let said = nothing([with(&fine), with(&wrong), with(&other)]).unwrap_err().to_string();
        assert_eq!(said, "the policy: it is empty\nno token");
    }
}
