//! The repository as texts by path.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What is built or downloaded, not written.
const NOT_OURS: [&str; 7] = [".git", "target", ".aws-sam", "node_modules", "dist", ".venv", "__pycache__"];

/// Every text file, by its path from the root, with `/` between the folders.
pub struct Tree(BTreeMap<String, String>);

impl Tree {
    /// The repository this test was built from.
    pub fn of_the_repository() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("`tests` is a folder in it");
        let mut files = BTreeMap::new();
        collect(root, "", &mut files);
        Self(files)
    }

    /// A made-up one.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        Self(files.iter().map(owned).collect())
    }

    /// The same with one file more, or another text in it.
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    /// The same with one file less.
    pub fn without(mut self, path: &str) -> Self {
        assert!(self.0.remove(path).is_some(), "{path} was not there");
        self
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The Rust sources below a folder.
    pub fn sources(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(move |it| it.0.starts_with(folder) && it.0.ends_with(".rs"))
    }

    /// The names of the functions: one folder each.
    pub fn functions(&self) -> Vec<&str> {
        let name = |(path, _)| str::strip_prefix(path, "functions/")?.split_once('/').map(|it| it.0);
        let mut names: Vec<&str> = self.files().filter_map(name).collect();
        names.dedup();
        names
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.expect("the folder is being read");
        let name = entry.file_name().into_string().expect("we name files in ASCII");
        let path = format!("{prefix}{name}");
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            // What is not text cannot be read by a person either.
            files.insert(path, text);
        }
    }
}
