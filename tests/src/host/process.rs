//! How a function's process is started, and how it ends with its host.

use std::process::Stdio;

use tokio::process::Command;

use super::{FunctionSpec, REGION};

/// The process's environment is what Lambda defines, what the function was given, and nothing of ours.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime>
pub(super) fn command(spec: &FunctionSpec, log_stream: &str, runtime_api: &str) -> Command {
    let mut command = Command::new(&spec.program);
    command.args(&spec.args).env_clear();
    if let Some(folder) = &spec.folder {
        command.current_dir(folder).env("LAMBDA_TASK_ROOT", folder);
    }
    #[expect(clippy::disallowed_methods, reason = "the one thing a function inherits")]
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
        .env("AWS_LAMBDA_FUNCTION_NAME", &spec.name)
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", spec.memory_mb.to_string())
        .env("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{}", spec.name))
        .env("AWS_LAMBDA_LOG_STREAM_NAME", log_stream)
        .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .env("AWS_REGION", REGION)
        .env("AWS_DEFAULT_REGION", REGION)
        .env("LANG", "en_US.UTF-8")
        .env("TZ", ":UTC")
        .env("_HANDLER", "bootstrap")
        .envs(spec.env.iter().map(|(name, value)| (name, value)))
        .env("AWS_LAMBDA_RUNTIME_API", runtime_api)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Ends this process when its standard input closes: the host holds the other end and dies with it,
/// whatever killed it. Without this, a function that is at work would outlive a killed host.
pub fn end_with_the_host() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(1)
    });
}
