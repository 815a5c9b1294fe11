//! The pieces of work.

use std::hint::black_box;

use anyhow::Context;
use escalation::procedure::comment::{Body, Labels, read};
use sandbox::bench::comments::{LONGEST, OUTLOOK, SOP, friendly, hostile};

use crate::answers;

/// The hostile comments that are counted: the dearest of each kind. The `bench` command times them all.
const HOSTILE: [&str; 4] = ["attributes", "different mentions", "one line of slips", "lines that look like labels"];

/// The name of each: first the comments, then the requests.
pub fn names() -> Vec<String> {
    let ordinary = ["read the procedure's example", "read a mail out of Outlook", "read a long friendly one"];
    let hostile = HOSTILE.map(|it| format!("read hostile: {it}"));
    let asked = answers::NAMES.map(|it| format!("answer {it}"));
    ordinary.map(str::to_owned).into_iter().chain(hostile).chain(asked).collect()
}

/// Does one piece twice, counted and then measured: what it took of memory is printed.
pub fn once(name: &str) -> anyhow::Result<()> {
    match name.split_once(' ').context("a name is a verb and more")? {
        ("read", what) => {
            let text = comment(what).with_context(|| format!("no comment is {what}"))?;
            let labels = Labels::shipped();
            // HubSpot sends notes as HTML, and what was typed into conversations as text.
            let work = || [Body::Html(&text), Body::Text(&text)].map(|it| read(it, &labels));
            twice(work);
        }
        ("answer", what) => answers::once(what)?,
        _ => anyhow::bail!("no work is named {name}; there are: {}", names().join(", ")),
    }
    Ok(())
}

fn comment(what: &str) -> Option<String> {
    match what {
        "the procedure's example" => Some(SOP.to_owned()),
        "a mail out of Outlook" => Some(OUTLOOK.to_owned()),
        "a long friendly one" => Some(friendly()),
        what => hostile(what.strip_prefix("hostile: ")?, LONGEST),
    }
}

/// Counts it, then does it once more and prints what memory it took.
pub fn twice<T>(mut work: impl FnMut() -> T) {
    counted(&mut work);
    let memory = allocation_counter::measure(|| drop(black_box(work())));
    println!("{} allocations, {} KB at once", memory.count_total, memory.bytes_max.div_ceil(1024));
}

/// What is counted: valgrind knows it by its name.
#[inline(never)]
fn counted<T>(work: &mut impl FnMut() -> T) {
    black_box(work());
}
