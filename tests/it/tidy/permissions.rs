//! A function may do what it needs, and nothing else.

use std::collections::BTreeSet;

use super::template::{function, id, of_type, value, variables};
use super::tree::Tree;
use super::{is_broken, is_kept};

/// An action of AWS and the resource as the template names it.
type Permission = (String, String);

fn functions_may_do_what_they_need(tree: &Tree) -> Vec<String> {
    let template = tree.text("template.yaml").unwrap_or_default();
    let roles = of_type(template, "AWS::IAM::Role");
    let mut broken = Vec::new();
    let mut had = BTreeSet::new();
    for name in tree.functions() {
        // That it is deployed at all is looked at elsewhere.
        let Some(resource) = function(template, name) else { continue };
        let role = value(resource, "Role").and_then(|it| it.strip_prefix("!GetAtt ")?.strip_suffix(".Arn"));
        let role = role.and_then(|role| roles.iter().find(|it| id(it) == role));
        let Some(role) = role else {
            broken.push(format!("{name}: no role of its own in template.yaml"));
            continue;
        };
        if !had.insert(id(role)) {
            broken.push(format!("{name}: shares {} with another function", id(role)));
        }
        let (may, needs) = (permissions(role), needs(tree, name, resource));
        broken.extend(needs.difference(&may).map(|it| format!("{name}: may not {} on {}", it.0, it.1)));
        broken.extend(may.difference(&needs).map(|it| format!("{name}: needs no {} on {}", it.0, it.1)));
    }
    let strangers = roles.iter().map(|it| id(it)).filter(|it| !had.contains(it));
    broken.extend(strangers.map(|it| format!("{it}: a role of no function")));
    broken
}

/// What follows from the function's environment and from what it calls.
fn needs(tree: &Tree, name: &str, resource: &str) -> BTreeSet<Permission> {
    let template = tree.text("template.yaml").unwrap_or_default();
    let set = variables(template, name);
    let mut sources = tree.sources("functions/").filter(|it| it.0.starts_with(&format!("functions/{name}/src/")));
    let log = value(resource, "LogGroup").and_then(|it| it.strip_prefix("!Ref ")).unwrap_or("a log of its own");
    let mut needs = vec![
        ("logs:CreateLogStream", format!("!GetAtt {log}.Arn")),
        ("logs:PutLogEvents", format!("!GetAtt {log}.Arn")),
    ];
    if set.contains("SECRETS_ID") {
        needs.push(("secretsmanager:GetSecretValue", "!Ref Secrets".to_owned()));
    }
    if set.contains("STATE_TABLE") {
        // The ledger claims, completes and parks by conditional updates.
        needs.push(("dynamodb:UpdateItem", "!GetAtt StateTable.Arn".to_owned()));
    }
    if sources.any(|it| it.1.contains("ledger.due(")) {
        needs.push(("dynamodb:Query", "!Sub ${StateTable.Arn}/index/agenda".to_owned()));
    }
    needs.into_iter().map(|(action, resource)| (action.to_owned(), resource)).collect()
}

/// What a role's statements allow. Who may take the role is not among it.
fn permissions(role: &str) -> BTreeSet<Permission> {
    let mut may = BTreeSet::new();
    let mut actions: Vec<&str> = Vec::new();
    for line in role.lines().map(str::trim) {
        match line.split_once(": ") {
            Some(("- Effect", _)) => actions.clear(),
            Some(("Action", action)) => actions.push(action),
            Some(("Resource", resource)) => {
                may.extend(actions.drain(..).map(|it| (it.to_owned(), resource.to_owned())));
            }
            _ => actions.extend(line.strip_prefix("- ").filter(|it| !it.contains(": "))),
        }
    }
    may
}

#[test]
fn every_function_may_do_what_it_needs_and_nothing_else() {
    is_kept(functions_may_do_what_they_need);
    let template = Tree::of_the_repository();
    let roles = of_type(template.text("template.yaml").unwrap_or_default(), "AWS::IAM::Role");
    assert!(roles.iter().all(|it| !permissions(it).is_empty()) && roles.len() > 5, "there is nothing to look at");
}

const TEMPLATE: &str = "\
Resources:
  Lanes:
    Properties:
      CodeUri: functions/lanes
      Role: !GetAtt LanesRole.Arn
      Environment:
        Variables:
          STATE_TABLE: !Ref StateTable
          SECRETS_ID: !Ref Secrets
      LoggingConfig:
        LogGroup: !Ref LanesLogs
  LanesRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      Policies:
        - PolicyName: lanes
          PolicyDocument:
            Statement:
              # Alone.
              - Effect: Allow
                Action: dynamodb:UpdateItem
                Resource: !GetAtt StateTable.Arn
              - Effect: Allow
                Action: secretsmanager:GetSecretValue
                Resource: !Ref Secrets
              - Effect: Allow
                Action:
                  - logs:CreateLogStream
                  - logs:PutLogEvents
                Resource: !GetAtt LanesLogs.Arn
";

fn whole() -> Tree {
    Tree::of(&[("functions/lanes/src/lib.rs", "//! Lanes.\n"), ("template.yaml", TEMPLATE)])
}

#[test]
fn a_function_with_its_permissions_passes() {
    assert_eq!(functions_may_do_what_they_need(&whole()), [""; 0]);
}

#[test]
fn what_a_function_may_not_and_what_it_need_not_is_noticed() {
    let check = |from: &str, to: &str, found: &[&str]| {
        assert!(TEMPLATE.contains(from), "the sample has it");
        let tree = whole().with("template.yaml", &TEMPLATE.replace(from, to));
        assert_eq!(functions_may_do_what_they_need(&tree), found);
    };
    let without_the_table = "lanes: needs no dynamodb:UpdateItem on !GetAtt StateTable.Arn";
    check("          STATE_TABLE: !Ref StateTable\n", "", &[without_the_table]);
    check(
        "          SECRETS_ID: !Ref Secrets\n",
        "",
        &["lanes: needs no secretsmanager:GetSecretValue on !Ref Secrets"],
    );
    check(
        "dynamodb:UpdateItem",
        "dynamodb:*",
        &[
            "lanes: may not dynamodb:UpdateItem on !GetAtt StateTable.Arn",
            "lanes: needs no dynamodb:* on !GetAtt StateTable.Arn",
        ],
    );
    check(
        "Resource: !Ref Secrets",
        "Resource: \"*\"",
        &[
            "lanes: may not secretsmanager:GetSecretValue on !Ref Secrets",
            "lanes: needs no secretsmanager:GetSecretValue on \"*\"",
        ],
    );
    check(
        "                  - logs:PutLogEvents\n",
        "",
        &["lanes: may not logs:PutLogEvents on !GetAtt LanesLogs.Arn"],
    );
    check(
        "!GetAtt LanesRole.Arn",
        "!GetAtt OtherRole.Arn",
        &["lanes: no role of its own in template.yaml", "LanesRole: a role of no function"],
    );
}

#[test]
fn only_who_reads_the_agenda_may_query_it() {
    let reads = whole().with("functions/lanes/src/lib.rs", "//! Lanes.\nself.ledger.due(now)");
    let agenda = "lanes: may not dynamodb:Query on !Sub ${StateTable.Arn}/index/agenda";
    is_broken(functions_may_do_what_they_need, &reads, agenda);
}

#[test]
fn a_role_of_two_functions_is_noticed() {
    let second = TEMPLATE.split_once("  LanesRole:").expect("the sample has it").0;
    let second = second
        .replace("Resources:\n", "")
        .replace("  Lanes:", "  Other:")
        .replace("functions/lanes", "functions/other");
    let tree = whole()
        .with("functions/other/src/lib.rs", "//! Other.\n")
        .with("template.yaml", &format!("{TEMPLATE}{second}"));
    is_broken(functions_may_do_what_they_need, &tree, "other: shares LanesRole with another function");
}
