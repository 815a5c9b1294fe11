//! The figures as a table of Markdown, ready for the README.

use std::fs;
use std::time::Duration;

use super::{Case, Figures, MEMORY_KB, Options, SIZE, START};

const HEAD: [&str; 14] = [
    "function",
    "request",
    "size, MB",
    "start, ms",
    "memory, MB",
    "after all, MB",
    "CPU, ms",
    "HubSpot reads",
    "writes",
    "comments",
    "Jira",
    "Slack",
    "DynamoDB",
    "time, ms: p50, p99",
];

/// What was measured and how, the budgets in the first row; bold is over its budget.
pub(super) fn of(rows: &[(Case, Figures)], options: &Options) -> String {
    let budget = ["budget".to_owned(), String::new(), millionths(SIZE), millis(START), String::new(), kilo(MEMORY_KB)];
    let blank = std::iter::repeat_with(String::new);
    let mut table = vec![HEAD.map(str::to_owned).to_vec(), budget.into_iter().chain(blank).take(HEAD.len()).collect()];
    table.extend(rows.iter().map(|(case, figures)| row(case, figures)));
    format!("{}\n\n{}", caption(options), aligned(&table))
}

fn caption(options: &Options) -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().filter(|it| !it.is_empty()).unwrap_or("unknown");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let Options { starts, requests, .. } = options;
    format!(
        "{starts} starts and {requests} requests each, on {cores} cores, load {load} at the end; `of` is a budget, bold is over it:"
    )
}

fn row(case: &Case, figures: &Figures) -> Vec<String> {
    // A peer has no budget.
    let is_ours = case.called == case.function;
    let bold = |text: String, is_over: bool| if is_ours && is_over { format!("**{text}**") } else { text };
    let calls = figures.calls;
    let of = |calls: usize, budget: Option<usize>| {
        let mean = figures.a_request(calls);
        let text = format!("{:.1}", mean).trim_end_matches(".0").to_owned();
        match budget.filter(|_| is_ours) {
            #[expect(clippy::cast_precision_loss, reason = "budgets are small")]
            Some(budget) => bold(format!("{text} of {budget}"), mean > budget as f64),
            None => text,
        }
    };
    let cpu = match is_ours {
        true => format!("{} of {}", millis(figures.cpu), millis(figures.cpu_budget())),
        false => millis(figures.cpu),
    };
    // Two writes for each effect, and one that counts the run of an action.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is small and positive")]
    let table = usize::from(case.hubspot.is_some()) + 2 * figures.a_request(calls.effects).round() as usize;
    let (after_one, after_all) = figures.memory_kb;
    vec![
        case.called.clone(),
        case.request.to_owned(),
        bold(millionths(figures.size), figures.size > SIZE),
        bold(millis(figures.start), figures.start > START),
        kilo(after_one),
        bold(kilo(after_all), after_all > MEMORY_KB),
        bold(cpu, figures.cpu > figures.cpu_budget()),
        of(calls.reads, case.hubspot.map(|it| it.0)),
        of(calls.writes, case.hubspot.map(|it| it.1)),
        of(calls.comments, None),
        of(calls.jira, None),
        of(calls.slack, None),
        of(calls.table, case.leaves.map(|_| table)),
        format!("{}, {}", millis(figures.time.0), millis(figures.time.1)),
    ]
}

fn millionths(bytes: u64) -> String {
    format!("{}.{}", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}

fn kilo(kilobytes: u64) -> String {
    format!("{}.{}", kilobytes / 1024, kilobytes % 1024 * 10 / 1024)
}

pub(super) fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1_000.0;
    if millis < 10.0 { format!("{millis:.2}") } else { format!("{millis:.1}") }
}

/// Columns as wide as their widest cell; all but the first two to the right.
pub(super) fn aligned(rows: &[Vec<String>]) -> String {
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|it| it.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| match at {
            0 | 1 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let rules = widths.iter().enumerate().map(|(at, width)| match at {
        0 | 1 => "-".repeat(*width),
        _ => format!("{}:", "-".repeat(width.saturating_sub(1))),
    });
    let rule = format!("| {} |", rules.collect::<Vec<_>>().join(" | "));
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.insert(1.min(lines.len()), rule);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Calls;
    use crate::bench::case::{of_the_comment, ours};

    fn figures() -> Figures {
        Figures {
            size: 7_496_968,
            start: Duration::from_micros(1_734),
            memory_kb: (6_000, 7_800),
            cpu: Duration::from_micros(2_000),
            calls: Calls { reads: 61, writes: 10, table: 10, ..Calls::default() },
            requests: 10,
            time: (Duration::from_micros(2_345), Duration::from_micros(11_234)),
        }
    }

    #[test]
    fn what_is_over_its_budget_is_bold() {
        let ours = ours().remove(0);
        let cells = row(&ours, &figures()).join(" | ");
        assert_eq!(
            cells,
            "validate-comment | all five points | **7.4** | 1.73 | 5.8 | 7.6 | 2.00 of 2.32 | **6.1 of 5** | 1 of 1 | 0 | 0 | 0 | 1 of 1 | 2.34, 11.2"
        );
        let over =
            Figures { cpu: Duration::from_millis(3), calls: Calls { table: 20, ..figures().calls }, ..figures() };
        let cells = row(&ours, &over);
        assert_eq!((&*cells[6], &*cells[12]), ("**3.00 of 2.58**", "**2 of 1**"));
    }

    #[test]
    fn a_peer_has_no_budget() {
        let [peer, _] = of_the_comment("peer-node", "the same in Node.js");
        let cells = row(&peer, &figures()).join(" | ");
        assert!(!cells.contains("of ") && !cells.contains('*'), "{cells}");
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [["a", "b", "c"], ["long", "", "10.5"]].map(|it| it.map(str::to_owned).to_vec());
        assert_eq!(aligned(&rows), "| a    | b |    c |\n| ---- | - | ---: |\n| long |   | 10.5 |");
    }
}
