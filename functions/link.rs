//! The build script of every function: leaves out of a release what only unwinding would read.

use std::path::Path;

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script in its environment what is built")]
fn main() -> Result<(), std::env::VarError> {
    println!("cargo::rerun-if-changed=../link.rs");
    println!("cargo::rerun-if-changed=../no-unwinding.ld");
    if std::env::var("PROFILE")? == "release" {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("no-unwinding.ld");
        println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr,--script={}", script.display());
    }
    Ok(())
}
