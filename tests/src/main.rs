//! `cargo run`: the sandbox and its commands.

fn main() {}
