//! What one request or run costs and what came of it, counted while it goes on and written as one line
//! of [CloudWatch's embedded metric format](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
//!
//! Names and numbers alone: nobody's words, and no id of a ticket.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::runtime::Invocation;

tokio::task_local! {
    static TALLY: RefCell<Tally>;
}

/// CloudWatch takes [so many values](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html)
/// of a metric in a line.
const MOST_VALUES: usize = 100;

/// Something that an operator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// An escalation that is looked at for the first time.
    Escalations,
    /// An escalation whose first comment had all five points.
    AcceptedFirstTry,
    /// A point that an agent is told to add, by its code.
    RefusedPoint(&'static str),
    /// An issue that was created or linked.
    Issues,
    /// An escalation that was resolved.
    Resolved,
    /// An effect that waits for another visit.
    EffectsParked,
    /// Two issues with the mark of one escalation.
    DuplicateIssues,
    /// A loop of workflows that was stopped.
    LoopsStopped,
    /// Something that was told and will not come to an end.
    EventsRejected,
    /// Something that does not get finished.
    Unfinished,
    /// A vendor that lets us call it no more today.
    DailyLimits,
    /// A secret that could not be read again, or was changed and is no good.
    SecretStale,
}

impl Metric {
    fn name(self) -> String {
        match self {
            Self::RefusedPoint(point) => format!("RefusedPoint.{point}"),
            metric => format!("{metric:?}"),
        }
    }
}

/// What a call that brought no answer that can be used is counted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 401 or 403.
    Denied,
    /// 423 or 429.
    Throttled,
    /// Any other 4xx but 404, which is an answer.
    Refused,
    /// It never left.
    NotSent,
    /// A timeout, a cut connection, a 5xx.
    Unknown,
}

impl Kind {
    /// What an HTTP status is counted as; `None` where it is an answer.
    pub fn of_status(status: u16) -> Option<Self> {
        match status {
            ..=399 | 404 => None,
            401 | 403 => Some(Self::Denied),
            423 | 429 => Some(Self::Throttled),
            500.. => Some(Self::Unknown),
            _ => Some(Self::Refused),
        }
    }
}

/// What was counted in one request.
#[derive(Debug, Default)]
pub struct Tally {
    counts: BTreeMap<Metric, u64>,
    /// Milliseconds of each call, by whom it went to.
    calls: BTreeMap<&'static str, Vec<f64>>,
    errors: BTreeMap<(&'static str, Kind), u64>,
    unauthorized: BTreeSet<&'static str>,
    agenda_age: Option<Duration>,
    cycle: Option<u32>,
}

/// Counts what happens while `work` goes on, in this task alone.
pub async fn counted<F: Future>(work: F) -> (F::Output, Tally) {
    TALLY
        .scope(RefCell::default(), async {
            let output = work.await;
            (output, TALLY.with(RefCell::take))
        })
        .await
}

/// Notes something in the tally of the request that goes on; there is none in a test of a part.
fn note(what: impl FnOnce(&mut Tally)) {
    TALLY.try_with(|it| what(&mut it.borrow_mut())).ok();
}

/// Counts one more.
pub fn count(metric: Metric) {
    note(|it| *it.counts.entry(metric).or_default() += 1);
}

/// Notes a call to `peer`, such as `hubspot`, how long it took, and why it brought nothing.
pub fn called(peer: &'static str, took: Duration, error: Option<Kind>) {
    note(|it| {
        it.calls.entry(peer).or_default().push((took.as_secs_f64() * 10_000.0).round() / 10.0);
        if let Some(kind) = error {
            *it.errors.entry((peer, kind)).or_default() += 1;
        }
    });
}

/// Notes that `peer` does not know our credentials: they may have been changed since we read them.
pub fn unauthorized(peer: &'static str) {
    note(|it| _ = it.unauthorized.insert(peer));
}

/// Notes how late the latest of all that is due is.
pub fn agenda_age(age: Duration) {
    note(|it| it.agenda_age = Some(age));
}

/// Notes which escalation of its ticket the request is about, counted from 1.
pub fn cycle(cycle: u32) {
    note(|it| it.cycle = Some(cycle));
}

/// Which escalation of its ticket the request that goes on is about, and how many calls it has made so far.
pub fn so_far() -> (Option<u32>, usize) {
    TALLY.try_with(|it| (it.borrow().cycle, it.borrow().all_calls())).unwrap_or_default()
}

/// Where the lines go: into the log, which CloudWatch reads them from.
pub struct Metrics {
    namespace: String,
}

impl Metrics {
    /// Reads `METRICS_NAMESPACE` (default `escalation`), so that two deployments do not count for each other.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env() -> Self {
        let namespace = std::env::var("METRICS_NAMESPACE").unwrap_or_default();
        let namespace = if namespace.trim().is_empty() { "escalation" } else { namespace.trim() };
        Self { namespace: namespace.to_owned() }
    }

    /// Writes what was counted in one run of `function`.
    pub fn write(&self, tally: &Tally, function: &str, invocation: &Invocation) {
        println!("{}", tally.line(&self.namespace, function, &invocation.request_id, invocation.now()));
    }
}

impl Tally {
    /// Who did not know our credentials.
    pub fn unauthorized(&self) -> &BTreeSet<&'static str> {
        &self.unauthorized
    }

    /// The calls of another try of the same request count, too; what came of it is what this one says.
    #[must_use]
    pub fn after(mut self, first: Self) -> Self {
        for (peer, mut took) in first.calls {
            took.append(self.calls.entry(peer).or_default());
            self.calls.insert(peer, took);
        }
        for (error, count) in first.errors {
            *self.errors.entry(error).or_default() += count;
        }
        for (metric, count) in first.counts {
            *self.counts.entry(metric).or_default() += count;
        }
        self
    }

    fn all_calls(&self) -> usize {
        self.calls.values().map(Vec::len).sum()
    }

    /// The line that CloudWatch makes metrics of, in `namespace`, at `now`; with `function` and
    /// `request_id`, by which the log's other lines about the request are found.
    pub fn line(&self, namespace: &str, function: &str, request_id: &str, now: Timestamp) -> String {
        let mut metrics: Vec<(String, &str, Value)> = Vec::new();
        for (metric, count) in &self.counts {
            metrics.push((metric.name(), "Count", json!(count)));
        }
        for (peer, took) in &self.calls {
            let took = &took[..took.len().min(MOST_VALUES)];
            metrics.push((format!("Latency.{peer}"), "Milliseconds", json!(took)));
        }
        for ((peer, kind), count) in &self.errors {
            metrics.push((format!("Errors.{peer}.{kind:?}"), "Count", json!(count)));
        }
        for peer in &self.unauthorized {
            metrics.push((format!("Denied.{peer}"), "Count", json!(1)));
        }
        let table = self.calls.get("dynamodb").map_or(0, Vec::len);
        let vendors = self.calls.iter().filter(|it| !matches!(*it.0, "dynamodb" | "secrets" | "functions"));
        metrics.push(("VendorCalls".to_owned(), "Count", json!(vendors.map(|it| it.1.len()).sum::<usize>())));
        metrics.push(("TableRequests".to_owned(), "Count", json!(table)));
        if let Some(age) = self.agenda_age {
            metrics.push(("AgendaAge".to_owned(), "Seconds", json!(age.as_secs())));
        }
        let named: Vec<Value> = metrics.iter().map(|(name, unit, _)| json!({ "Name": name, "Unit": unit })).collect();
        let directive = json!({ "Namespace": namespace, "Dimensions": [[]], "Metrics": named });
        let mut line = Map::new();
        let aws = json!({ "Timestamp": now.as_millisecond(), "CloudWatchMetrics": [directive] });
        line.insert("_aws".to_owned(), aws);
        line.insert("function".to_owned(), json!(function));
        line.insert("request_id".to_owned(), json!(request_id));
        line.extend(metrics.into_iter().map(|(name, _, value)| (name, value)));
        Value::Object(line).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milliseconds(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    #[tokio::test]
    async fn a_request_leaves_one_line_of_metrics() {
        let ((), tally) = counted(async {
            count(Metric::Escalations);
            count(Metric::RefusedPoint("blocker"));
            called("hubspot", milliseconds(120), None);
            called("hubspot", milliseconds(80), Some(Kind::Throttled));
            called("dynamodb", milliseconds(4), None);
            cycle(2);
            assert_eq!(so_far(), (Some(2), 3));
        })
        .await;
        let line = tally.line("escalation", "assign-lane", "r-1", Timestamp::UNIX_EPOCH);
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["Latency.hubspot"], json!([120.0, 80.0]));
        assert_eq!(line["Errors.hubspot.Throttled"], 1);
        assert_eq!(line["RefusedPoint.blocker"], 1);
        assert_eq!((&line["VendorCalls"], &line["TableRequests"]), (&json!(2), &json!(1)));
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!((&directive["Namespace"], &directive["Dimensions"]), (&json!("escalation"), &json!([[]])));
        for metric in directive["Metrics"].as_array().unwrap() {
            let name = metric["Name"].as_str().unwrap();
            assert!(!line[name].is_null(), "{name} has no value");
        }
    }

    #[tokio::test]
    async fn more_calls_than_a_line_may_hold_are_counted_all_the_same() {
        let ((), tally) = counted(async {
            (0..150).for_each(|_| called("hubspot", milliseconds(1), None));
        })
        .await;
        let line: Value = serde_json::from_str(&tally.line("n", "f", "r", Timestamp::UNIX_EPOCH)).unwrap();
        assert_eq!(line["Latency.hubspot"].as_array().unwrap().len(), MOST_VALUES);
        assert_eq!(line["VendorCalls"], 150);
    }

    #[tokio::test]
    async fn two_requests_at_a_time_do_not_count_for_each_other() {
        let one = counted(async {
            count(Metric::Issues);
            tokio::task::yield_now().await;
            count(Metric::Issues);
        });
        let other = counted(async { count(Metric::Issues) });
        let (((), one), ((), other)) = tokio::join!(one, other);
        assert_eq!((one.counts[&Metric::Issues], other.counts[&Metric::Issues]), (2, 1));
    }

    #[test]
    fn nothing_is_counted_where_no_request_goes_on() {
        count(Metric::Issues);
        assert_eq!(so_far(), (None, 0));
    }

    #[test]
    fn a_404_is_an_answer() {
        let kinds = [200, 302, 404, 401, 403, 429, 423, 400, 409, 500, 503].map(Kind::of_status);
        use Kind::{Denied, Refused, Throttled, Unknown};
        let expected = [
            None,
            None,
            None,
            Some(Denied),
            Some(Denied),
            Some(Throttled),
            Some(Throttled),
            Some(Refused),
            Some(Refused),
            Some(Unknown),
            Some(Unknown),
        ];
        assert_eq!(kinds, expected);
    }
}
