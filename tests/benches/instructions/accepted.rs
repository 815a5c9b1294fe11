//! The numbers that were accepted.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

/// Where they are kept, from the folder of this package.
pub const FILE: &str = "benches/instructions/instructions.toml";

const HEAD: &str = "\
# How many instructions each piece of work takes, counted by valgrind; written by
# `cargo bench --profile dev -p sandbox --bench instructions -- accept`.
";

/// Instructions by the name of the work, in the order of the work.
#[derive(Default)]
pub struct Accepted(Vec<(String, u64)>);

impl Accepted {
    /// What the file says; nothing where there is none yet.
    pub fn read() -> anyhow::Result<Self> {
        if !path().exists() {
            return Ok(Self::default());
        }
        let table: toml::Table = fs::read_to_string(path())?.parse().context(FILE)?;
        let counts = table.get("instructions").and_then(toml::Value::as_table).context("a table `instructions`")?;
        let count =
            |(name, count): (&String, &toml::Value)| Some((name.clone(), u64::try_from(count.as_integer()?).ok()?));
        Ok(Self(counts.iter().filter_map(count).collect()))
    }

    pub fn of(&self, name: &str) -> Option<u64> {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    pub fn add(&mut self, name: String, instructions: u64) {
        self.0.push((name, instructions));
    }

    pub fn write(&self) -> anyhow::Result<()> {
        let mut text = HEAD.to_owned();
        writeln!(text, "counted_with = {:?}\n\n[instructions]", compiler())?;
        for (name, count) in &self.0 {
            writeln!(text, "{name:?} = {count}")?;
        }
        Ok(fs::write(path(), text)?)
    }
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)
}

/// For who wonders why all numbers have changed.
fn compiler() -> String {
    let told = Command::new("rustc").arg("--version").output();
    told.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned()).unwrap_or_default()
}
