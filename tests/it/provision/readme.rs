//! The README tells of the properties that are created, and of no others.

use std::collections::BTreeMap;

use escalation::policy::Policy;
use escalation::properties::{Takes, properties};

const README: &str = include_str!("../../../README.md");

/// A property's kind in the README's words, and its options.
type Told = BTreeMap<String, (String, Vec<String>)>;

/// The table under "Properties": one property a row where it has options, else several.
fn told() -> Told {
    let section = README.split("\n### Properties\n").nth(1).and_then(|it| it.split("\n## ").next()).unwrap();
    let mut kind = String::new();
    let mut told = Told::new();
    for row in section.lines().filter(|it| it.starts_with("| ")).skip(2) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if !cells[1].is_empty() {
            kind = cells[1].to_owned();
        }
        let quoted: Vec<String> = cells[2].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let (names, options) = if cells[2].contains("`: ") { quoted.split_at(1) } else { (&quoted[..], &[][..]) };
        told.extend(names.iter().map(|it| (it.clone(), (kind.clone(), options.to_vec()))));
    }
    told
}

fn kind(takes: &Takes) -> &'static str {
    match takes {
        Takes::Text => "text",
        Takes::Number => "number",
        Takes::DateTime => "date and time",
        Takes::User => "HubSpot user",
        Takes::One(_) => "dropdown",
        Takes::Several(_) => "multiple checkboxes",
    }
}

#[test]
fn the_readme_tells_of_every_property_with_its_options() {
    let policy = Policy::shipped();
    let ours = properties(&policy.properties).into_iter().map(|it| {
        let options = it.takes.options().iter().map(|it| it.value.to_owned()).collect();
        (it.name, (kind(&it.takes).to_owned(), options))
    });
    let mut ours: Told = ours.collect();
    let mut told = told();
    // The tier is the account's own; the triggers stand in the policy, which the row points to.
    told.remove(&*policy.properties.account_tier).expect("it is told of");
    let reason = (told.remove(&*policy.properties.reason), ours.remove(&*policy.properties.reason));
    assert_eq!(reason.0.unwrap().0, reason.1.unwrap().0);
    assert_eq!(told, ours);
}
