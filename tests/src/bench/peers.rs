//! The same job as `validate-comment` in other languages, as tests/peers describes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use secrecy::ExposeSecret;

use crate::host::FunctionSpec;
use crate::product::CLIENT_SECRET;
use crate::world::hubspot::Settings;

/// A program of tests/peers.
pub(super) struct Peer {
    pub function: &'static str,
    pub called: &'static str,
    folder: &'static str,
    /// The program that runs it, from its folder where it is a path.
    program: &'static str,
    args: &'static [&'static str],
    /// Where it runs, from its folder.
    runs_in: &'static str,
    /// What is deployed, from its folder.
    deployed: &'static str,
    /// What makes it ready.
    install: &'static str,
}

/// All of them.
pub(super) fn all() -> [Peer; 2] {
    let node = Peer {
        function: "peer-node",
        called: "the same in Node.js",
        folder: "node",
        program: "node",
        args: &["../node_modules/aws-lambda-ric/bin/index.mjs", "index.handler"],
        runs_in: "dist",
        deployed: "dist",
        install: "npm ci && npm run build",
    };
    let python = Peer {
        function: "peer-python",
        called: "the same in Python",
        folder: "python",
        program: ".venv/bin/python",
        args: &["-m", "awslambdaric", "app.handler"],
        runs_in: ".",
        deployed: ".venv/lib",
        install: "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt",
    };
    [node, python]
}

/// A peer that is installed.
pub(super) struct Found {
    /// Its name with the version of its language.
    pub called: String,
    pub spec: FunctionSpec,
    /// How many bytes are deployed.
    pub size: u64,
}

impl Peer {
    /// Looks whether it is installed.
    ///
    /// # Errors
    /// Its language is not there, or what it needs is not.
    pub(super) fn found(&self) -> anyhow::Result<Found> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(self.folder);
        self.found_in(&folder).with_context(|| format!("in tests/peers/{}: {}", self.folder, self.install))
    }

    fn found_in(&self, folder: &Path) -> anyhow::Result<Found> {
        let program = if self.program.contains('/') { folder.join(self.program) } else { PathBuf::from(self.program) };
        let told = Command::new(&program).arg("--version").output();
        let told = told.ok().filter(|it| it.status.success());
        let version = told.with_context(|| format!("there is no {}", self.program))?.stdout;
        let version = String::from_utf8_lossy(&version);
        let version = version.trim().trim_start_matches(|it: char| !it.is_ascii_digit());
        let deployed = folder.join(self.deployed);
        ensure!(deployed.is_dir(), "there is no {}", self.deployed);
        let args = self.args.iter().map(|it| (*it).to_owned()).collect();
        let runs_in = Some(folder.join(self.runs_in));
        let env = secrets();
        let spec = FunctionSpec { program, args, folder: runs_in, env, ..FunctionSpec::action(self.function)? };
        Ok(Found { called: format!("{} {version}", self.called), spec, size: size(&deployed)? })
    }
}

/// They find their secrets in their environment, as the stand-ins know them.
fn secrets() -> Vec<(String, String)> {
    let token = Settings::default().token;
    let named = [("HUBSPOT_CLIENT_SECRET", CLIENT_SECRET), ("HUBSPOT_ACCESS_TOKEN", token.expose_secret())];
    named.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

/// Bytes of all files in a folder, but for those that only install others, and what Python compiled by itself.
fn size(folder: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_left_out = ["pip", "setuptools", "__pycache__"].iter().any(|it| name.to_string_lossy().starts_with(it));
        let kind = entry.file_type()?;
        bytes += match kind {
            kind if kind.is_dir() && !is_left_out => size(&entry.path())?,
            kind if kind.is_file() => entry.metadata()?.len(),
            _ => 0,
        };
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_that_is_not_installed_says_what_to_type() {
        let [node, python] = all();
        let nowhere = Path::new("nowhere");
        let told = |it: Peer| it.found_in(nowhere).map(drop).unwrap_err().to_string();
        assert_eq!(told(Peer { program: "no-such-language", ..node }), "there is no no-such-language");
        assert_eq!(told(python), "there is no .venv/bin/python");
    }
}
