//! What the functions' logs say and count: lines that read alone, metrics that add up, and nobody's words.

mod canaries;
mod once;
mod runbook;
mod secrets;
mod story;

use std::collections::BTreeMap;

use escalation::telemetry;
use jiff::Timestamp;
use serde_json::Value;

/// The values of metrics, by name.
pub type Values = BTreeMap<String, Vec<f64>>;

/// What [CloudWatch](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html)
/// makes of a line of a log; `None` where it is none of metrics.
///
/// # Panics
/// CloudWatch would not take it.
#[track_caller]
pub fn values(line: &str) -> Option<Values> {
    let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let root = line.as_object().unwrap();
    let aws = root.get("_aws")?;
    let at = aws["Timestamp"].as_i64().and_then(|it| Timestamp::from_millisecond(it).ok());
    assert!(at.is_some_and(|it| it.as_second() > 1_000_000_000), "in milliseconds: {line}");
    let mut values = Values::new();
    for directive in aws["CloudWatchMetrics"].as_array().unwrap() {
        assert!(directive["Namespace"].as_str().is_some_and(|it| (1..=1024).contains(&it.len())), "{line}");
        for set in directive["Dimensions"].as_array().unwrap() {
            let names = set.as_array().unwrap();
            assert!(names.len() <= 30 && names.iter().all(|it| root[it.as_str().unwrap()].is_string()), "{line}");
        }
        let metrics = directive["Metrics"].as_array().unwrap();
        assert!(metrics.len() <= 100, "{line}");
        for metric in metrics {
            let name = metric["Name"].as_str().unwrap();
            assert!(["Count", "Milliseconds", "Seconds"].contains(&metric["Unit"].as_str().unwrap()), "{line}");
            let value = match &root[name] {
                Value::Array(values) => values.iter().map(|it| it.as_f64().unwrap()).collect(),
                value => vec![value.as_f64().unwrap_or_else(|| panic!("{name} is no number: {line}"))],
            };
            assert!((1..=100).contains(&value.len()), "{line}");
            assert!(values.insert(name.to_owned(), value).is_none(), "{name} is there twice: {line}");
        }
    }
    Some(values)
}

/// What was counted while `work` went on, in this process.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, Values) {
    let (output, tally) = telemetry::counted(Box::pin(work)).await;
    let line = tally.line("test", "test", "request-1", "2026-01-05T10:00:00Z".parse().unwrap());
    (output, values(&line).unwrap())
}

#[test]
#[should_panic(expected = "is no number")]
fn a_metric_without_its_value_is_noticed() {
    let aws = r#"{"Timestamp":1767607200000,"CloudWatchMetrics":[{"Namespace":"n","Dimensions":[[]],"Metrics":[{"Name":"A","Unit":"Count"}]}]}"#;
    values(&format!(r#"{{"_aws":{aws},"A":"one"}}"#));
}
