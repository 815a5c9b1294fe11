//! The same job as `validate-comment` in other languages, as tests/peers describes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use super::beside;
use crate::host::FunctionSpec;

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

impl Peer {
    /// How to start it, and how many bytes of it are deployed.
    ///
    /// # Errors
    /// Its language is not there, or it is not installed.
    pub(super) fn spec(&self) -> anyhow::Result<(FunctionSpec, u64)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(self.folder);
        self.spec_in(&folder).with_context(|| format!("in tests/peers/{}: {}", self.folder, self.install))
    }

    fn spec_in(&self, folder: &Path) -> anyhow::Result<(FunctionSpec, u64)> {
        let program = if self.program.contains('/') { folder.join(self.program) } else { PathBuf::from(self.program) };
        let version = Command::new(&program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        ensure!(version.is_ok_and(|it| it.success()), "there is no {}", self.program);
        let deployed = folder.join(self.deployed);
        ensure!(deployed.is_dir(), "there is no {}", self.deployed);
        let args = self.args.iter().map(|it| (*it).to_owned()).collect();
        Ok((beside(self.function, program, args, folder.join(self.runs_in))?, size(&deployed)?))
    }
}

/// Bytes of all files in a folder, but for those that only install others.
fn size(folder: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_installer = ["pip", "setuptools"].iter().any(|it| name.to_string_lossy().starts_with(it));
        let kind = entry.file_type()?;
        bytes += match kind {
            kind if kind.is_dir() && !is_installer => size(&entry.path())?,
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
        let told = |it: Peer| it.spec_in(nowhere).unwrap_err().to_string();
        assert_eq!(told(Peer { program: "no-such-language", ..node }), "there is no no-such-language");
        assert_eq!(told(python), "there is no .venv/bin/python");
    }
}
