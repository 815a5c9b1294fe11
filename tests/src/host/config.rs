//! What a host is told: which functions, and what each may use.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::ensure;
use escalation::runtime::Clock;

use super::REGION;

/// What to host.
pub struct HostConfig {
    /// The functions.
    pub functions: Vec<FunctionSpec>,
    /// Says what time it is in the world the functions live in.
    pub clock: Clock,
    /// The API's host name as the functions are told it (`requestContext.domainName`): part of the
    /// address that callers sign.
    pub domain: String,
}

impl HostConfig {
    /// These functions behind an API with a made-up name.
    pub fn new(functions: Vec<FunctionSpec>, clock: Clock) -> Self {
        Self { functions, clock, domain: format!("sandbox.execute-api.{REGION}.amazonaws.com") }
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        let mut seen = HashSet::new();
        for spec in &self.functions {
            spec.check()?;
            let is_new = seen.insert(&spec.name) && spec.routes.iter().all(|it| seen.insert(it));
            ensure!(is_new, "function `{}` is there twice", spec.name);
        }
        Ok(())
    }
}

/// One function: how to start it and what it may use.
#[derive(Debug, Clone)]
pub struct FunctionSpec {
    /// Its name.
    pub name: String,
    /// Methods and paths, as in `POST /hubspot/actions/validate-comment`; none where nothing at the
    /// front leads to it.
    pub routes: Vec<String>,
    /// The program to run.
    pub program: PathBuf,
    /// The program's arguments.
    pub args: Vec<String>,
    /// The folder it runs in, as `/var/task` is in Lambda; `None` for the host's own.
    pub folder: Option<PathBuf>,
    /// Added to what Lambda itself sets; the process inherits nothing else but `PATH`.
    pub env: Vec<(String, String)>,
    /// How long the process may take to ask for work, in real time. Lambda gives
    /// [ten seconds](https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib).
    pub init_limit: Duration,
    /// How long one invocation may take, in real time.
    pub time_limit: Duration,
    /// How many processes may run side by side; a request beyond that is turned away.
    pub max_environments: usize,
    /// What the function is told it has. Reported, not enforced.
    pub memory_mb: u32,
}

impl FunctionSpec {
    /// The HubSpot action `name`, run by this very program as `<program> function <name>`.
    pub fn action(name: &str) -> std::io::Result<Self> {
        Ok(Self { routes: vec![format!("POST /hubspot/actions/{name}")], ..Self::scheduled(name)? })
    }

    /// The action `name` that is also told things at `path`, run in the same way.
    pub fn endpoint(name: &str, path: &str) -> std::io::Result<Self> {
        let mut spec = Self::action(name)?;
        spec.routes.push(format!("POST {path}"));
        Ok(spec)
    }

    /// The function `name` that a schedule calls, run in the same way.
    pub fn scheduled(name: &str) -> std::io::Result<Self> {
        Ok(Self {
            name: name.to_owned(),
            routes: Vec::new(),
            program: std::env::current_exe()?,
            args: vec!["function".to_owned(), name.to_owned()],
            folder: None,
            env: Vec::new(),
            init_limit: Duration::from_secs(10),
            time_limit: Duration::from_secs(10),
            max_environments: 10,
            memory_mb: 256,
        })
    }

    fn check(&self) -> anyhow::Result<()> {
        let name = &self.name;
        let plain = |it: char| it.is_ascii_alphanumeric() || "-_".contains(it);
        ensure!(!name.is_empty() && name.chars().all(plain), "function name `{name}` is not one of Lambda's");
        for route in &self.routes {
            let path = route.split_once(' ').map(|it| it.1);
            ensure!(path.is_some_and(|it| it.starts_with('/')), "route `{route}` is not `METHOD /path`");
        }
        ensure!(self.max_environments > 0, "function `{name}` may have no environment");
        Ok(())
    }
}
