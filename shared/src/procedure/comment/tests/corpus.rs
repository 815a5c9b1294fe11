//! The labelled rows: every core row must agree, and nearly every one that is a matter of judgement.

use serde_json::Value;

use super::super::*;

const COMMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus/comments_dev.jsonl");

#[test]
fn the_labelled_comments_are_read_as_labelled() {
    let file = std::fs::read_to_string(COMMENTS).unwrap();
    let (mut core, mut judged, mut judged_well) = (Vec::new(), 0, 0);
    for line in file.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let differences = differences(&row);
        for difference in &differences {
            println!("{} ({}): {difference}", row["id"], row["why"]);
        }
        if row["level"] == "judgement" {
            judged += 1;
            judged_well += usize::from(differences.is_empty());
        } else {
            core.extend(differences);
        }
    }
    assert_eq!(core, Vec::<String>::new());
    assert!(judged > 0 && judged_well * 10 >= judged * 9, "{judged_well} of {judged} judgement rows agree");
}

fn differences(row: &Value) -> Vec<String> {
    let comment = read(body(row), &labels(row));
    let mut differences = Vec::new();
    let mut differ = |what: &str, found: String, expected: String| {
        if found != expected {
            differences.push(format!("{what}: found {found}, expected {expected}"));
        }
    };
    for point in Point::ALL {
        let given = comment.text(point).is_some();
        differ(point.name(), given.to_string(), row["expect"][point.name()].to_string());
        if let Some(text) = row["expect_text"][point.name()].as_str() {
            differ(point.name(), comment.text(point).unwrap_or_default().to_owned(), text.to_owned());
        }
    }
    differ("valid", comment.is_complete().to_string(), row["valid"].to_string());
    let mentioned: Vec<&str> = comment.mentions().iter().filter_map(Mention::id).collect();
    differ("mentions", format!("{mentioned:?}"), format!("{:?}", strings(&row["expect_mention_user_ids"])));
    if row["expect_warnings"].is_array() {
        let thin = comment.hints().into_iter().filter(|it| matches!(it, Hint::Thin(_))).map(Hint::code);
        differ(
            "warnings",
            format!("{:?}", thin.collect::<Vec<_>>()),
            format!("{:?}", strings(&row["expect_warnings"])),
        );
    }
    differences
}

fn body(row: &Value) -> Body<'_> {
    match row["body_html"].as_str() {
        Some(html) => Body::Html(html),
        None => Body::Text(row["text"].as_str().unwrap()),
    }
}

fn labels(row: &Value) -> Labels {
    let extra = &row["config"]["extra_labels"];
    let aliases = Point::ALL
        .into_iter()
        .flat_map(|point| strings(&extra[point.name()]).into_iter().map(move |alias| (point, alias.to_owned())));
    Labels::shipped().with_aliases(aliases).unwrap()
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
