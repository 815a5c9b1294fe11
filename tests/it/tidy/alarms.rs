//! Alarms ring somebody, say what to do, and count what the functions write.

use std::collections::BTreeSet;

use serde_json::Value;

use super::template::{has, id, of_type, resources, value};
use super::tree::Tree;
use super::{is_broken, is_kept};

/// Where the functions' own metrics get their names.
const COUNTED: &str = "shared/src/telemetry.rs";
/// Their namespace in the template.
const OURS: &str = "${AWS::StackName}";

fn template(tree: &Tree) -> &str {
    tree.text("template.yaml").unwrap_or_default()
}

fn alarms(tree: &Tree) -> Vec<&str> {
    of_type(template(tree), "AWS::CloudWatch::Alarm")
}

/// The rows of the README's table of alarms.
fn rows(tree: &Tree) -> BTreeSet<&str> {
    let readme = tree.text("README.md").unwrap_or_default();
    let table = readme.split_once("\n| alarm |").map_or("", |it| it.1);
    let rows = table.lines().skip(2).map_while(|it| it.strip_prefix("| `")?.split('`').next());
    rows.collect()
}

fn the_readme_says_which_never_end(tree: &Tree) -> Vec<String> {
    let readme = tree.text("README.md").unwrap_or_default();
    let before = readme.split_once("\n| alarm |").map_or("", |it| it.0);
    let said = before.rsplit("\n\n").find(|it| !it.is_empty()).unwrap_or_default();
    let theirs = alarms(tree).into_iter().map(id).filter(|it| NEVER_OVER.contains(it));
    let untold = theirs.filter(|it| !said.contains(&format!("`{it}`")));
    untold.map(|it| format!("README.md: does not say that {it} never says that it is over")).collect()
}

fn the_readme_says_what_to_do(tree: &Tree) -> Vec<String> {
    let (there, told): (BTreeSet<&str>, _) = (alarms(tree).into_iter().map(id).collect(), rows(tree));
    let untold = there.difference(&told).map(|it| format!("README.md: no row for the alarm {it}"));
    untold.chain(told.difference(&there).map(|it| format!("README.md: there is no alarm {it}"))).collect()
}

/// Those that ring for something that happened, of which a quiet while says nothing.
const NEVER_OVER: [&str; 6] =
    ["DailyLimit", "DuplicateIssues", "LoopStopped", "RejectedEvents", "SecretStale", "UnfinishedWork"];

fn alarms_ring_somebody(tree: &Tree) -> Vec<String> {
    const TOPICS: &str = "\n        - !If [RingsAnAddress, !Ref AlarmTopic, !Ref AWS::NoValue]\
                          \n        - !If [RingsATopic, !Ref AlarmTopicArn, !Ref AWS::NoValue]\n";
    let mut broken = Vec::new();
    for alarm in alarms(tree) {
        let rings: &[&str] =
            if NEVER_OVER.contains(&id(alarm)) { &["AlarmActions:"] } else { &["AlarmActions:", "OKActions:"] };
        let mute = rings.iter().filter(|it| !alarm.contains(&format!("{it}{TOPICS}")));
        broken.extend(mute.map(|it| format!("{}: not both topics under {it}", id(alarm))));
        if rings.len() == 1 && alarm.contains("OKActions:") {
            broken.push(format!("{}: says that it is over, which nobody can know", id(alarm)));
        }
        if !template(tree).contains(&format!("\"${{{}.Arn}}\"", id(alarm))) {
            broken.push(format!("{}: not on the dashboard", id(alarm)));
        }
    }
    broken
}

/// The dashboard as CloudWatch gets it, but for what CloudFormation fills in.
fn dashboard(tree: &Tree) -> serde_json::Result<Value> {
    let after = template(tree).split_once("DashboardBody: !Sub |\n").map_or("", |it| it.1);
    let lines: Vec<&str> = after.lines().take_while(|it| it.starts_with("        ")).collect();
    serde_json::from_str(&lines.join("\n"))
}

/// Our metrics that a graph shows.
fn shown(dashboard: &Value) -> Vec<String> {
    let widgets = dashboard["widgets"].as_array().into_iter().flatten();
    let mut shown = Vec::new();
    for widget in widgets {
        let mut namespace = "";
        for metric in widget["properties"]["metrics"].as_array().into_iter().flatten() {
            match metric[0].as_str() {
                Some("." | "...") | None => {}
                Some(other) => namespace = other,
            }
            let name = metric[1].as_str().filter(|it| namespace == OURS && *it != ".");
            shown.extend(name.map(str::to_owned));
        }
    }
    shown
}

/// Our metrics that an alarm looks at.
fn rung(alarm: &str) -> Vec<String> {
    let metrics = alarm.split("Namespace: !Ref AWS::StackName\n").skip(1);
    metrics.filter_map(|it| value(it, "MetricName")).map(str::to_owned).collect()
}

fn what_is_shown_is_counted(tree: &Tree) -> Vec<String> {
    let dashboard = match dashboard(tree) {
        Ok(dashboard) => dashboard,
        Err(error) => return vec![format!("template.yaml: the dashboard is no JSON: {error}")],
    };
    let counted = tree.text(COUNTED).unwrap_or_default();
    let counted: BTreeSet<&str> = counted.split(|it: char| !it.is_alphanumeric()).collect();
    let filters = resources(template(tree)).into_iter().filter(|it| has(it, "Type: AWS::Logs::MetricFilter"));
    let filtered: BTreeSet<&str> =
        filters.filter_map(|it| value(it, "- MetricNamespace").and(value(it, "MetricName"))).collect();
    let mut names = shown(&dashboard);
    names.extend(alarms(tree).into_iter().flat_map(rung));
    let is_counted =
        |it: &String| it.split('.').next().is_some_and(|it| counted.contains(it)) || filtered.contains(it.as_str());
    let unknown: BTreeSet<String> = names.into_iter().filter(|it| !is_counted(it)).collect();
    unknown.into_iter().map(|it| format!("template.yaml: nothing counts {it}")).collect()
}

#[test]
fn the_readme_says_of_every_alarm_what_to_do() {
    is_kept(the_readme_says_what_to_do);
    assert!(!alarms(&Tree::of_the_repository()).is_empty(), "there is nothing to look at");
    is_kept(the_readme_says_which_never_end);
}

#[test]
fn every_alarm_rings_somebody_and_is_on_the_dashboard() {
    is_kept(alarms_ring_somebody);
}

#[test]
fn every_metric_that_is_shown_or_rings_is_counted() {
    is_kept(what_is_shown_is_counted);
    let tree = Tree::of_the_repository();
    assert!(shown(&dashboard(&tree).expect("it is kept")).len() > 10, "there is nothing to look at");
    assert!(alarms(&tree).into_iter().flat_map(rung).count() > 3, "there is nothing to look at");
}

const TEMPLATE: &str = "\
Resources:
  Refusals:
    Type: AWS::Logs::MetricFilter
    Properties:
      MetricTransformations:
        - MetricNamespace: !Ref AWS::StackName
          MetricName: CallersRefused
  AgendaWaits:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: !Ref AWS::StackName
      MetricName: LoopsStopped
      AlarmActions:
        - !If [RingsAnAddress, !Ref AlarmTopic, !Ref AWS::NoValue]
        - !If [RingsATopic, !Ref AlarmTopicArn, !Ref AWS::NoValue]
      OKActions:
        - !If [RingsAnAddress, !Ref AlarmTopic, !Ref AWS::NoValue]
        - !If [RingsATopic, !Ref AlarmTopicArn, !Ref AWS::NoValue]
  Dashboard:
    Properties:
      DashboardBody: !Sub |
        {
          \"widgets\": [
            {\"type\": \"alarm\", \"properties\": {\"alarms\": [\"${AgendaWaits.Arn}\"]}},
            {\"type\": \"metric\", \"properties\": {\"metrics\": [
              [\"AWS/Lambda\", \"Errors\"], [\".\", \"Throttles\"],
              [\"${AWS::StackName}\", \"CallersRefused\"], [\".\", \"Denied.hubspot\"]
            ]}}
          ]
        }
";

const README: &str = "\
# It

| alarm | what it means |
| --- | --- |
| `AgendaWaits` | they start each other |

| what you see | what it means |
";

fn whole() -> Tree {
    let counted = "enum Metric {\n    LoopsStopped,\n}\nformat!(\"Denied.{peer}\")";
    Tree::of(&[("template.yaml", TEMPLATE), ("README.md", README), (COUNTED, counted)])
}

fn template_with(from: &str, to: &str) -> Tree {
    assert!(TEMPLATE.contains(from), "the sample has it");
    whole().with("template.yaml", &TEMPLATE.replacen(from, to, 1))
}

#[test]
fn an_alarm_that_rings_and_is_told_passes() {
    assert_eq!(the_readme_says_what_to_do(&whole()), [""; 0]);
    assert_eq!(alarms_ring_somebody(&whole()), [""; 0]);
    assert_eq!(what_is_shown_is_counted(&whole()), [""; 0]);
}

#[test]
fn an_alarm_without_a_row_and_a_row_without_an_alarm_are_noticed() {
    let readme = README.replace("| `AgendaWaits` | they start each other |\n", "");
    let untold = whole().with("README.md", &readme);
    is_broken(the_readme_says_what_to_do, &untold, "README.md: no row for the alarm AgendaWaits");
    let gone = whole().with("README.md", &README.replace("\n\n| what", "\n| `Gone` | it was |\n\n| what"));
    is_broken(the_readme_says_what_to_do, &gone, "README.md: there is no alarm Gone");
}

#[test]
fn a_mute_alarm_is_noticed() {
    let check = |from: &str, to: &str, found: &str| {
        is_broken(alarms_ring_somebody, &template_with(from, to), &format!("AgendaWaits: {found}"));
    };
    check("AlarmActions:", "InsufficientDataActions:", "not both topics under AlarmActions:");
    check("OKActions:", "InsufficientDataActions:", "not both topics under OKActions:");
    check("RingsATopic", "RingsAnAddress", "not both topics under AlarmActions:");
    check("${AgendaWaits.Arn}", "${Other.Arn}", "not on the dashboard");
}

#[test]
fn an_alarm_that_says_that_it_is_over_where_nobody_can_know_is_noticed() {
    let once = whole().with("template.yaml", &TEMPLATE.replace("AgendaWaits", "LoopStopped"));
    is_broken(alarms_ring_somebody, &once, "LoopStopped: says that it is over, which nobody can know");
    is_broken(
        the_readme_says_which_never_end,
        &once,
        "README.md: does not say that LoopStopped never says that it is over",
    );
}

#[test]
fn a_metric_that_nothing_counts_is_noticed() {
    let check = |from: &str, to: &str, found: &str| {
        is_broken(what_is_shown_is_counted, &template_with(from, to), &format!("template.yaml: {found}"));
    };
    check("MetricName: LoopsStopped", "MetricName: Loops", "nothing counts Loops");
    check("Denied.hubspot", "Refused.hubspot", "nothing counts Refused.hubspot");
    check("MetricName: CallersRefused", "MetricName: Callers", "nothing counts CallersRefused");
    let broken = what_is_shown_is_counted(&template_with("[\".\", \"Throttles\"],", "[\".\", \"Throttles\"]"));
    assert!(broken[0].starts_with("template.yaml: the dashboard is no JSON: "), "{broken:?}");
}
