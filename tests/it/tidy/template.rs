//! What template.yaml says, read as text: its resources, and what each function is given.

use std::collections::BTreeSet;

/// The template by its resources, each with its name in the first line.
pub fn resources(template: &str) -> Vec<&str> {
    let starts = |(at, line): (usize, &str)| {
        let is_key = line.starts_with("  ") && line[2..].starts_with(|it: char| it.is_ascii_alphabetic());
        is_key.then_some(at)
    };
    let lines = template.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let keys: Vec<usize> = lines.filter_map(starts).chain([template.len()]).collect();
    keys.windows(2).map(|it| &template[it[0]..it[1]]).collect()
}

/// What the template calls a resource.
pub fn id(resource: &str) -> &str {
    resource.trim_start().split(':').next().unwrap_or_default()
}

/// The resource of that name.
pub fn named<'a>(template: &'a str, name: &str) -> Option<&'a str> {
    resources(template).into_iter().find(|it| id(it) == name)
}

/// The resources of a type, such as `AWS::CloudWatch::Alarm`.
pub fn of_type<'a>(template: &'a str, kind: &str) -> Vec<&'a str> {
    let line = format!("Type: {kind}");
    resources(template).into_iter().filter(|it| has(it, &line)).collect()
}

/// The resource whose code is the function's folder.
pub fn function<'a>(template: &'a str, name: &str) -> Option<&'a str> {
    let code = [format!("CodeUri: functions/{name}"), format!("CodeUri: functions/{name}/")];
    resources(template).into_iter().find(|block| code.iter().any(|it| has(block, it)))
}

/// What stands in the environment of a function, by what it is given itself and what all are given.
pub fn variables<'a>(template: &'a str, name: &str) -> BTreeSet<&'a str> {
    let Some(own) = function(template, name) else { return BTreeSet::new() };
    // Under `Globals` it is called so.
    let of_all = named(template, "Function").unwrap_or_default();
    let keys = |block: &'a str| {
        let lines = block.lines().skip_while(|it| it.trim() != "Variables:").skip(1);
        lines.map_while(|it| it.trim().split_once(": ")).map(|it| it.0).take_while(|it| is_variable(it))
    };
    keys(own).chain(keys(of_all)).collect()
}

/// Whether it is written as variables are.
pub fn is_variable(text: &str) -> bool {
    text.contains('_') && text.chars().all(|it| it.is_ascii_uppercase() || it == '_')
}

/// What stands behind `key` in the first line that begins with it.
pub fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|it| it.trim().strip_prefix(key)?.strip_prefix(": "))
}

/// Whether a line says this and nothing else.
pub fn has(text: &str, line: &str) -> bool {
    text.lines().any(|it| it.trim() == line)
}
