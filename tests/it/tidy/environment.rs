//! What the functions read of their environment is set by the template and told by the README.

use std::collections::BTreeSet;

use super::template::{is_variable, variables};
use super::tree::Tree;
use super::{is_broken, is_kept};

/// Have a default that is right wherever the functions are deployed.
const WITH_DEFAULT: [&str; 2] = ["HUBSPOT_BASE_URL", "SLACK_BASE_URL"];

/// Lambda sets what this reads.
const OF_LAMBDA: &str = "shared/src/aws.rs";

/// How a variable or a secret is read.
const READINGS: [&str; 6] =
    ["env::var(\"", "secrets.get(\"", "secrets.token(\"", "secrets.require(\"", "secrets.require_token(\"", " set(\""];

/// A part of a function that reads its own environment.
struct Part<'a> {
    name: &'a str,
    reads: BTreeSet<&'a str>,
}

/// Every type of the common crate with a `from_env` of its own.
fn parts(tree: &Tree) -> Vec<Part<'_>> {
    let sources = tree.sources("shared/src/").filter(|it| it.0 != OF_LAMBDA);
    let parts = sources.filter_map(|(_, source)| {
        let code = source.split("#[cfg(test)]").next().unwrap_or(source);
        let (before, _) = code.split_once("fn from_env(")?;
        let (_, name) = before.rsplit_once("\nimpl ")?;
        let reads: BTreeSet<&str> = READINGS.iter().flat_map(|it| quoted_after(code, it)).collect();
        Some(Part { name: name.split_once(' ')?.0, reads })
    });
    parts.filter(|it| !it.reads.is_empty()).collect()
}

/// What stands between these words and the next quotation mark, each time.
fn quoted_after<'a>(code: &'a str, words: &str) -> Vec<&'a str> {
    code.match_indices(words).filter_map(|(at, _)| code[at + words.len()..].split('"').next()).collect()
}

/// The secret that the template makes has these keys.
fn secrets(template: &str) -> BTreeSet<&str> {
    let empty = template.lines().filter(|it| it.contains("SecretStringTemplate:"));
    let empty = empty.flat_map(|it| it.split('"').filter(|it| is_variable(it)));
    let made = template.lines().filter_map(|it| it.trim().strip_prefix("GenerateStringKey: "));
    empty.chain(made).collect()
}

/// What a function reads, secrets too: itself, by its parts, and by the runtime that answers for it.
fn read<'a>(tree: &'a Tree, function: &str, parts: &[Part<'a>]) -> BTreeSet<&'a str> {
    let sources: Vec<&str> = sources_of(tree, function).collect();
    let says = |text: &str| sources.iter().any(|it| it.contains(text));
    let of_the_runtime: &[&str] =
        if says("impl Action for") { &["Secrets", "Metrics", "Edge"] } else { &["Secrets", "Metrics"] };
    let is_its = |it: &&Part<'_>| of_the_runtime.contains(&it.name) || says(&format!("{}::from_env(", it.name));
    let of_parts = parts.iter().filter(is_its).flat_map(|it| it.reads.iter().copied());
    of_parts.chain(reads_itself(tree, function)).collect()
}

/// What a function's own crate reads.
fn reads_itself<'a>(tree: &'a Tree, function: &str) -> BTreeSet<&'a str> {
    sources_of(tree, function).flat_map(|source| READINGS.iter().flat_map(move |it| quoted_after(source, it))).collect()
}

fn sources_of<'a>(tree: &'a Tree, function: &str) -> impl Iterator<Item = &'a str> {
    let sources = tree.sources("functions/").filter(move |it| it.0.starts_with(&format!("functions/{function}/src/")));
    sources.map(|it| it.1.split("#[cfg(test)]").next().unwrap_or(it.1))
}

/// What anything reads.
fn all_read(tree: &Tree) -> BTreeSet<&str> {
    let itself = tree.functions().into_iter().flat_map(|it| reads_itself(tree, it));
    parts(tree).into_iter().flat_map(|it| it.reads).chain(itself).collect()
}

fn functions_find_what_they_read(tree: &Tree) -> Vec<String> {
    let (parts, template) = (parts(tree), tree.text("template.yaml").unwrap_or_default());
    let secrets = secrets(template);
    let mut broken = Vec::new();
    for function in tree.functions() {
        let (read, set) = (read(tree, function, &parts), variables(template, function));
        let needed: BTreeSet<&str> =
            read.iter().copied().filter(|it| !secrets.contains(it) && !WITH_DEFAULT.contains(it)).collect();
        broken.extend(needed.difference(&set).map(|it| format!("{function}: template.yaml does not set {it}")));
        broken.extend(set.difference(&needed).map(|it| format!("{function}: nothing reads {it} of template.yaml")));
    }
    broken.extend(
        secrets.difference(&all_read(tree)).map(|it| format!("nothing reads {it} of the secret in template.yaml")),
    );
    broken
}

fn the_readme_names_what_is_read(tree: &Tree) -> Vec<String> {
    let readme = tree.text("README.md").unwrap_or_default();
    let environment = readme.split("\nEnvironment").nth(1).and_then(|it| it.split("\n\n").next()).unwrap_or_default();
    let named: BTreeSet<&str> = environment.split('`').filter(|it| is_variable(it)).collect();
    let read = all_read(tree);
    let unsaid = read.difference(&named).map(|it| format!("README.md: {it} is not in its list of the environment"));
    // The SDK reads what begins with AWS.
    let unread = named.difference(&read).filter(|it| !it.starts_with("AWS_"));
    unsaid.chain(unread.map(|it| format!("README.md: nothing reads {it}"))).collect()
}

#[test]
fn every_function_finds_in_its_environment_what_it_reads() {
    is_kept(functions_find_what_they_read);
    assert!(parts(&Tree::of_the_repository()).len() > 5, "there is nothing to look at");
}

#[test]
fn the_readme_tells_what_is_read_of_the_environment() {
    is_kept(the_readme_names_what_is_read);
}

/// What counts calls is the platform's, and no business of who types a command.
#[test]
fn the_usage_of_provision_names_what_it_reads() {
    let tree = Tree::of_the_repository();
    let read = read(&tree, provision::NAME, &parts(&tree));
    let unsaid: Vec<_> =
        read.iter().filter(|it| **it != "METRICS_NAMESPACE" && !provision::command::USAGE.contains(**it)).collect();
    assert!(read.len() > 10 && unsaid.is_empty(), "{unsaid:?}");
}

const TEMPLATE: &str = "\
Globals:
  Function:
    Environment:
      Variables:
        SECRETS_ID: !Ref Secrets

Resources:
  Lanes:
    Properties:
      CodeUri: functions/lanes
      Environment:
        # An empty value is as good as none.
        Variables:
          STATE_TABLE: !Ref StateTable
          HUBSPOT_PORTAL_IDS: !Ref HubSpotPortalIds
      LoggingConfig:
        LogFormat: JSON
  Secrets:
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{\"SLACK_BOT_TOKEN\":\"\"}'
        GenerateStringKey: FORWARD_SECRET
";

const README: &str = "\
# It

Environment: `STATE_TABLE`, `SECRETS_ID`, `SLACK_BOT_TOKEN`, `SLACK_BASE_URL`, `FORWARD_SECRET`,
`HUBSPOT_PORTAL_IDS` and `AWS_REGION`.

`OTHER_THINGS` follow.
";

fn whole() -> Tree {
    Tree::of(&[
        ("shared/src/ledger.rs", "//! It.\n\nimpl Ledger {\n    fn from_env() { std::env::var(\"STATE_TABLE\") }\n}\n"),
        (
            "shared/src/secrets.rs",
            "//! It.\n\nimpl Secrets {\n    fn from_env() { std::env::var(\"SECRETS_ID\") }\n}\n#[cfg(test)]\nset(\"X_Y\")",
        ),
        (
            "shared/src/slack.rs",
            "//! It.\n\nimpl Slack {\n    fn from_env() { std::env::var(\"SLACK_BASE_URL\"); secrets.get(\"SLACK_BOT_TOKEN\") }\n}\n",
        ),
        (
            "shared/src/settings.rs",
            "//! It.\n\nimpl Edge {\n    fn new() { set(\"HUBSPOT_PORTAL_IDS\"); set(\"FORWARD_SECRET\") }\n    fn from_env() {}\n}\n",
        ),
        ("shared/src/aws.rs", "//! It.\n\nimpl Aws {\n    fn from_env() { set(\"AWS_REGION\") }\n}\n"),
        (
            "functions/lanes/src/lib.rs",
            "impl Action for Lanes {\n    fn from_env() { Ledger::from_env(); Slack::from_env() }\n}\n",
        ),
        ("template.yaml", TEMPLATE),
        ("README.md", README),
    ])
}

#[test]
fn a_function_with_a_whole_environment_passes() {
    assert_eq!(functions_find_what_they_read(&whole()), [""; 0]);
    assert_eq!(the_readme_names_what_is_read(&whole()), [""; 0]);
}

#[test]
fn what_is_read_and_not_set_is_noticed() {
    let check = |from: &str, to: &str, found: &str| {
        let tree = whole().with("template.yaml", &TEMPLATE.replace(from, to));
        is_broken(functions_find_what_they_read, &tree, found);
    };
    check("          STATE_TABLE: !Ref StateTable\n", "", "lanes: template.yaml does not set STATE_TABLE");
    check(
        "          HUBSPOT_PORTAL_IDS: !Ref HubSpotPortalIds\n",
        "",
        "lanes: template.yaml does not set HUBSPOT_PORTAL_IDS",
    );
    check("\"SLACK_BOT_TOKEN\":\"\"", "", "lanes: template.yaml does not set SLACK_BOT_TOKEN");
    check("  Function:\n", "  Api:\n", "lanes: template.yaml does not set SECRETS_ID");
}

#[test]
fn what_is_set_and_not_read_is_noticed() {
    let check = |from: &str, to: &str, found: &str| {
        let tree = whole().with("template.yaml", &TEMPLATE.replace(from, to));
        is_broken(functions_find_what_they_read, &tree, found);
    };
    check(
        "STATE_TABLE: !Ref",
        "STATE_TABLE: !Ref StateTable\n          POLICY_FILE: !Ref",
        "lanes: nothing reads POLICY_FILE of template.yaml",
    );
    check("{\"SLACK", "{\"NOTION_TOKEN\":\"\",\"SLACK", "nothing reads NOTION_TOKEN of the secret in template.yaml");
    let a_job = whole()
        .with("functions/lanes/src/lib.rs", "impl Job for Lanes {\n    fn from_env() { Ledger::from_env() }\n}\n");
    is_broken(functions_find_what_they_read, &a_job, "lanes: nothing reads HUBSPOT_PORTAL_IDS of template.yaml");
    let itself = a_job.with("functions/lanes/src/own.rs", "//! It.\nstd::env::var(\"HUBSPOT_PORTAL_IDS\")");
    assert_eq!(functions_find_what_they_read(&itself), [""; 0]);
}

#[test]
fn what_the_readme_does_not_know_is_noticed() {
    let check = |from: &str, to: &str, found: &str| {
        is_broken(the_readme_names_what_is_read, &whole().with("README.md", &README.replace(from, to)), found);
    };
    check("`STATE_TABLE`, ", "", "README.md: STATE_TABLE is not in its list of the environment");
    check("`STATE_TABLE`", "`STATE_TABLE`, `NOTION_TOKEN`", "README.md: nothing reads NOTION_TOKEN");
}
