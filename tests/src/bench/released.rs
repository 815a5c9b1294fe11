//! The released functions: where they are, and whether they are what the sources say.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, bail};

use super::Case;

/// `target/release`, seen from a program in a folder beside it.
pub(super) fn folder(program: &Path) -> anyhow::Result<PathBuf> {
    let target = program.parent().and_then(Path::parent).context("this program is in no target folder")?;
    Ok(target.join("release"))
}

/// Sees that each function's program is there and younger than everything it was made of, as cargo wrote it down.
pub(super) fn are_fresh(folder: &Path, cases: &[Case]) -> anyhow::Result<()> {
    let mut wrong: Vec<(&str, String)> = Vec::new();
    for case in cases {
        if let Err(reason) = is_fresh(folder, case.function)
            && wrong.iter().all(|it| it.0 != case.function)
        {
            wrong.push((case.function, format!("{reason:#}")));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let reasons: String = wrong.iter().map(|it| format!("{}: {}\n", it.0, it.1)).collect();
    let packages: String = wrong.iter().map(|it| format!(" -p {}", it.0)).collect();
    bail!("{reasons}To measure what there is now: cargo build --release{packages}")
}

fn is_fresh(folder: &Path, name: &str) -> anyhow::Result<()> {
    let built = modified(&folder.join(name)).context("there is no release")?;
    let made_of = fs::read_to_string(folder.join(format!("{name}.d"))).context("cargo wrote down no sources")?;
    for source in sources(&made_of) {
        let Some(changed) = modified(Path::new(&source)) else { bail!("its source {source} is gone") };
        if changed > built {
            bail!("the release is older than {source}");
        }
    }
    Ok(())
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|it| it.modified()).ok()
}

/// What a rule of `make` depends on; a blank in a path is escaped.
fn sources(rule: &str) -> Vec<String> {
    let Some((_, sources)) = rule.lines().next().and_then(|it| it.split_once(": ")) else {
        return Vec::new();
    };
    sources.replace("\\ ", "\0").split(' ').filter(|it| !it.is_empty()).map(|it| it.replace('\0', " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::case::ours;

    #[test]
    fn a_rule_names_its_sources() {
        let rule = "/t/release/sweep: /a/lib.rs /a\\ b/c.toml\n\n/a/lib.rs:\n";
        assert_eq!(sources(rule), ["/a/lib.rs", "/a b/c.toml"]);
        assert!(sources("").is_empty());
    }

    #[test]
    fn a_release_that_is_absent_or_older_than_its_sources_is_told_with_what_to_type() {
        let folder = std::env::temp_dir().join(format!("sandbox-released-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let cases: Vec<Case> = ours().into_iter().filter(|it| it.function == "sweep").collect();
        let says = || are_fresh(&folder, &cases).map_err(|error| error.to_string());
        let type_this = "To measure what there is now: cargo build --release -p sweep";
        assert_eq!(says(), Err(format!("sweep: there is no release\n{type_this}")));

        let source = folder.join("lib.rs");
        fs::write(&source, "").unwrap();
        fs::write(folder.join("sweep"), "").unwrap();
        fs::write(folder.join("sweep.d"), format!("sweep: {}\n", source.display())).unwrap();
        let at = |second| SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(second);
        let built =
            |second| fs::File::options().append(true).open(folder.join("sweep")).unwrap().set_modified(at(second));
        fs::File::options().append(true).open(&source).unwrap().set_modified(at(1_000)).unwrap();
        built(1_000).unwrap();
        assert_eq!(says(), Ok(()));
        built(999).unwrap();
        assert_eq!(says(), Err(format!("sweep: the release is older than {}\n{type_this}", source.display())));
        fs::remove_file(source).unwrap();
        assert!(says().unwrap_err().contains("is gone"));
        fs::remove_dir_all(folder).unwrap();
    }
}
