//! What we tell HubSpot of an action, held against HubSpot's own specification.

use std::io::Write;
use std::path::Path;

use assign_lane::{AssignLane, InLane, OnLevel};
use create_jira_issue::CreateJiraIssue;
use enforce_closure::{ClosedBy, Closure, EnforceClosure, Outcome as Closing};
use escalation::http::Http;
use escalation::ledger::Ledger;
use escalation::meter::Meter;
use escalation::procedure::closure::{self, Missing, Route, Verdict, Why};
use escalation::procedure::cycle::State;
use escalation::procedure::lane::Lane;
use escalation::procedure::level::Level;
use escalation::runtime::{Action, Invocation, Mode, Request, Result, definition};
use escalation::secrets::Secrets;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use validate_comment::ValidateComment;

const BASE_URL: &str = "https://escalation.example.com/";

struct Sample;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Inputs {
    /// How far back to look, in days.
    /// A comment that is older does not count.
    #[serde(default)]
    lookback_days: u16,
    #[serde(default)]
    require_mention: bool,
    /// What to do when a point is missing.
    #[schemars(title = "Feedback to the agent")]
    feedback: Feedback,
    tone: Option<Tone>,
    share: Option<f64>,
    project: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Feedback {
    /// Writes a comment on the ticket.
    WriteComment,
    /// Writes nothing.
    #[schemars(title = "Say nothing")]
    None,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Tone {
    Plain,
    Kind,
}

#[derive(Serialize, JsonSchema)]
struct Outputs {
    outcome: Outcome,
    message: String,
    /// The comment that was found.
    comment_id: Option<u64>,
    is_late: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only the definition is asked for")]
enum Outcome {
    Complete,
    /// A point is missing or empty.
    Incomplete,
    NotEscalated,
}

impl Action for Sample {
    const NAME: &'static str = "sample-action";
    const LABEL: &'static str = "Sample";
    const DESCRIPTION: &'static str = "Shows how a definition is derived";
    const CARD: &'static str = "Sample with {{feedback}}";
    type Inputs = Inputs;
    type Outputs = Outputs;

    fn addresses() -> Vec<String> {
        Vec::new()
    }

    fn from_env(_: &Secrets, _: &Http) -> anyhow::Result<Self> {
        Ok(Self)
    }

    fn meter(&self) -> &Meter {
        unreachable!("only the definition is asked for")
    }

    fn ledger(&self) -> &Ledger {
        unreachable!("only the definition is asked for")
    }

    fn mode(_: &Inputs) -> Mode {
        unreachable!("only the definition is asked for")
    }

    async fn run(&self, _: &Request<Inputs>, _: &Invocation) -> Result<Outputs> {
        unreachable!("only the definition is asked for")
    }
}

/// Every action of ours, by name.
fn ours() -> Vec<(&'static str, Value, Value)> {
    fn both<A: Action>() -> (&'static str, Value, Value) {
        (A::NAME, definition::v4::<A>(BASE_URL).unwrap(), definition::hsmeta::<A>(BASE_URL).unwrap())
    }
    vec![both::<AssignLane>(), both::<CreateJiraIssue>(), both::<EnforceClosure>(), both::<ValidateComment>()]
}

#[test]
fn every_function_of_the_sandbox_has_a_definition() {
    let names: Vec<_> = ours().into_iter().map(|it| it.0).collect();
    assert_eq!(names, sandbox::product::FUNCTIONS);
}

#[test]
fn hubspots_specification_accepts_the_definitions_of_our_actions() {
    let Some(schema) = specification() else {
        return;
    };
    let validator = jsonschema::draft4::new(&schema).unwrap();
    for (name, definition, _) in ours() {
        let problems: Vec<_> = validator.iter_errors(&definition).map(|it| it.to_string()).collect();
        assert_eq!(problems, Vec::<String>::new(), "{name}");
    }
}

/// The names of fields, and the values of those that have a list of them.
fn fields(fields: &Value) -> String {
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let line = |it: &Value| {
        let field = &it["typeDefinition"];
        let options: Vec<_> = field["options"].as_array().unwrap().iter().map(|it| text(&it["value"])).collect();
        let line = format!("{}: {} {}", text(&field["name"]), text(&field["type"]), options.join(" "));
        format!("{}\n", line.trim_end())
    };
    fields.as_array().unwrap().iter().map(line).collect()
}

/// An action's definition; its form for a project says the same.
#[track_caller]
fn agreed(name: &str) -> (String, String) {
    let (_, definition, project) = ours().into_iter().find(|it| it.0 == name).unwrap();
    let (inputs, outputs) = (&definition["inputFields"], &definition["outputFields"]);
    assert_eq!((&project["uid"], &project["config"]["inputFields"]), (&json!(name.replace('-', "_")), inputs));
    assert_eq!(fields(&project["config"]["outputFields"]), fields(outputs));
    for field in inputs.as_array().unwrap() {
        assert_eq!(field["isRequired"], false, "{field}");
    }
    (fields(inputs), fields(outputs))
}

/// The design fixes these names: workflows branch on them.
#[test]
fn the_check_of_a_comment_has_the_inputs_and_outputs_that_were_agreed() {
    let (inputs, outputs) = agreed("validate-comment");
    insta::assert_snapshot!(inputs, @r"
    feedback: enumeration comment none
    lookback_days: number
    mode: enumeration enforce observe
    require_mention: bool
    ");
    insta::assert_snapshot!(outputs, @r"
    association_status: string
    comment_id: string
    hints: string
    mention_status: string
    message: string
    missing_points: string
    name_status: string
    outcome: enumeration complete incomplete missing pending not_escalated gone
    run_id: string
    suggested_name: string
    ");
}

#[test]
fn the_lane_has_the_inputs_and_outputs_that_were_agreed() {
    let (inputs, outputs) = agreed("assign-lane");
    insta::assert_snapshot!(inputs, @"mode: enumeration enforce observe");
    insta::assert_snapshot!(outputs, @r"
    lane: enumeration cs tech
    level: enumeration 1 2 3 4
    message: string
    outcome: enumeration assigned rerouted unchanged deescalated awaiting_context not_escalated gone
    owner_id: string
    resolve_due_at: string
    review_due_at: string
    run_id: string
    triggers: string
    ");
}

#[test]
fn the_jira_issue_has_the_inputs_and_outputs_that_were_agreed() {
    let (inputs, outputs) = agreed("create-jira-issue");
    insta::assert_snapshot!(inputs, @r"
    issue_type: string
    mode: enumeration enforce observe
    project: string
    ");
    insta::assert_snapshot!(outputs, @r"
    jira_key: string
    jira_url: string
    message: string
    outcome: enumeration created linked_existing already blocked failed_permanent pending not_escalated gone
    reason: string
    run_id: string
    ");
}

/// What people read in the workflow's editor.
#[test]
fn the_jira_issue_reads_as_one_would_expect() {
    let (_, definition, _) = ours().into_iter().find(|it| it.0 == "create-jira-issue").unwrap();
    let labels = &definition["labels"]["en"];
    insta::assert_snapshot!(serde_json::to_string_pretty(labels).unwrap(), @r#"
    {
      "actionCardContent": "Create or link the Jira issue ({{mode}})",
      "actionDescription": "Creates exactly one Jira issue for an escalation that a Shift Lead sent to Tech, or links the one named in Jira Reference; writes its key on the ticket, tells the agent, and returns an outcome to branch on.",
      "actionName": "Create or link the Jira issue",
      "executionRules": {
        "failed": "{{ message }}"
      },
      "inputFieldDescriptions": {
        "issue_type": "The issue's type in Jira, by name or id. Empty: as the policy says.",
        "mode": "Whether Jira and the ticket are written to.",
        "project": "The key of the Jira project to create the issue in. Empty: as the policy says."
      },
      "inputFieldLabels": {
        "issue_type": "Issue type",
        "mode": "Mode",
        "project": "Project"
      },
      "inputFieldOptionLabels": {
        "mode": {
          "enforce": "Enforce",
          "observe": "Observe"
        }
      },
      "outputFieldLabels": {
        "jira_key": "Jira key",
        "jira_url": "Jira URL",
        "message": "Message",
        "outcome": "Outcome",
        "reason": "Reason",
        "run_id": "Run ID"
      }
    }
    "#);
}

#[test]
fn the_end_has_the_inputs_and_outputs_that_were_agreed() {
    let (inputs, outputs) = agreed("enforce-closure");
    insta::assert_snapshot!(inputs, @r"
    closure: enumeration revert flag
    grace_minutes: number
    mode: enumeration enforce observe
    ");
    insta::assert_snapshot!(outputs, @r"
    closure_option: enumeration A B
    message: string
    missing: string
    outcome: enumeration resolved reverted flagged waiting deescalated not_escalated gone
    run_id: string
    ");
}

#[test]
fn the_end_reads_as_the_procedure_has_it() {
    for route in [Route::Agent, Route::ShiftLead] {
        assert_eq!(serde_json::to_value(ClosedBy::from(route)).unwrap(), route.name());
        assert_eq!(ClosedBy::from(route).name(), route.name());
    }
    for mode in closure::Mode::ALL {
        let input: Closure = serde_json::from_value(mode.name().into()).unwrap();
        assert_eq!(closure::Mode::from(input), mode);
    }
    let (at, missing) = ("2026-06-10T09:00:00Z".parse().unwrap(), || vec![Missing::TypeNotCleared]);
    let evidence = closure::Evidence { at, by: Route::Agent, what: closure::What::Call };
    let verdicts = [
        Verdict::Resolved { evidence, at },
        Verdict::Wait { until: at, missing: missing() },
        Verdict::Revert { to: "1", missing: missing() },
        Verdict::Flag { why: Why::Policy, missing: missing() },
        Verdict::Deescalated { at, missing: missing() },
        Verdict::Open { idle_since: None, missing: missing() },
        Verdict::Exempt,
        Verdict::Ended(State::Resolved),
        Verdict::Ended(State::Merged),
        Verdict::Ended(State::Gone),
    ];
    for verdict in verdicts {
        assert_eq!(serde_json::to_value(Closing::from(&verdict)).unwrap(), verdict.outcome(), "{verdict:?}");
    }
}

/// A workflow may compare an output with the property of the same name.
#[test]
fn a_lane_and_a_level_read_as_their_properties_do() {
    for lane in [Lane::Cs, Lane::Tech] {
        assert_eq!(serde_json::to_value(InLane::from(lane)).unwrap(), lane.name());
    }
    for level in Level::ALL {
        assert_eq!(serde_json::to_value(OnLevel::from(level)).unwrap(), level.number());
    }
}

#[test]
fn hubspots_specification_accepts_the_definition() {
    let Some(schema) = specification() else {
        return;
    };
    let validator = jsonschema::draft4::new(&schema).unwrap();
    let definition = definition::v4::<Sample>(BASE_URL).unwrap();
    let problems: Vec<_> =
        validator.iter_errors(&definition).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert_eq!(problems, Vec::<String>::new());

    let break_it: [fn(&mut Value); 5] = [
        |it| it["actionUrl"] = Value::Null,
        |it| it["isPublished"] = true.into(),
        |it| it["inputFields"][0]["typeDefinition"]["type"] = "text".into(),
        |it| it["outputFields"][0]["typeDefinition"]["schema"] = json!({"type": "TEXT"}),
        |it| it["labels"]["en"]["actionName"] = Value::Null,
    ];
    for (number, break_it) in break_it.into_iter().enumerate() {
        let mut broken = definition.clone();
        break_it(&mut broken);
        assert!(!validator.is_valid(&broken), "change {number} went unnoticed");
    }
}

/// `PublicActionDefinitionEgg` as a JSON schema that knows no members but its own.
#[expect(clippy::disallowed_methods, reason = "where the vendors' specifications are")]
fn specification() -> Option<Value> {
    let Ok(folder) = std::env::var("OPENAPI_SPECS") else {
        // Not `eprintln!`, whose words the test runner keeps to itself when a test passes.
        let loud = b"\nNOTHING WAS CHECKED: OPENAPI_SPECS is to name a folder with hubspot/actionsV4.v4.json\n\n";
        std::io::stderr().write_all(loud).expect("the test has a standard error");
        return None;
    };
    let file = Path::new(&folder).join("hubspot/actionsV4.v4.json");
    let file = std::fs::read(file).expect("OPENAPI_SPECS has HubSpot's actionsV4.v4.json");
    let mut specification: Value = serde_json::from_slice(&file).expect("a specification is JSON");
    let schemas = &mut specification["components"]["schemas"];
    // The specification wants objects for the values of conditions, HubSpot's documentation
    // (https://developers.hubspot.com/docs/api/automation/custom-workflow-actions) has text there.
    schemas["PublicExecutionTranslationRule"]["properties"]["conditions"]["additionalProperties"] =
        json!({"type": ["string", "array"]});
    close(schemas);
    Some(json!({
        "allOf": [{"$ref": "#/components/schemas/PublicActionDefinitionEgg"}],
        "components": specification["components"],
    }))
}

/// A member that the specification does not name is a mistake of ours.
fn close(schema: &mut Value) {
    let has_members = schema["properties"].as_object().is_some_and(|it| !it.is_empty());
    if has_members && schema["type"] == "object" && schema.get("additionalProperties").is_none() {
        schema["additionalProperties"] = false.into();
    }
    match schema {
        Value::Object(members) => members.values_mut().for_each(close),
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn the_definition_for_the_api() {
    let definition = definition::v4::<Sample>(BASE_URL).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&definition).unwrap(), @r##"
    {
      "actionUrl": "https://escalation.example.com/hubspot/actions/sample-action",
      "executionRules": [
        {
          "conditions": {
            "hs_execution_state": "FAIL_CONTINUE"
          },
          "labelName": "failed"
        }
      ],
      "functions": [],
      "inputFields": [
        {
          "isRequired": true,
          "supportedValueTypes": [
            "STATIC_VALUE",
            "OBJECT_PROPERTY"
          ],
          "typeDefinition": {
            "fieldType": "select",
            "name": "feedback",
            "options": [
              {
                "description": "Writes a comment on the ticket.",
                "displayOrder": 0,
                "label": "Write comment",
                "value": "write_comment"
              },
              {
                "description": "Writes nothing.",
                "displayOrder": 1,
                "label": "Say nothing",
                "value": "none"
              }
            ],
            "type": "enumeration"
          }
        },
        {
          "isRequired": false,
          "supportedValueTypes": [
            "STATIC_VALUE",
            "OBJECT_PROPERTY"
          ],
          "typeDefinition": {
            "fieldType": "number",
            "name": "lookback_days",
            "options": [],
            "type": "number"
          }
        },
        {
          "isRequired": true,
          "supportedValueTypes": [
            "STATIC_VALUE",
            "OBJECT_PROPERTY"
          ],
          "typeDefinition": {
            "fieldType": "text",
            "name": "project",
            "options": [],
            "type": "string"
          }
        },
        {
          "isRequired": false,
          "supportedValueTypes": [
            "STATIC_VALUE",
            "OBJECT_PROPERTY"
          ],
          "typeDefinition": {
            "fieldType": "booleancheckbox",
            "name": "require_mention",
            "options": [],
            "type": "bool"
          }
        },
        {
          "isRequired": false,
          "supportedValueTypes": [
            "STATIC_VALUE",
            "OBJECT_PROPERTY"
          ],
          "typeDefinition": {
            "fieldType": "number",
            "name": "share",
            "options": [],
            "type": "number"
          }
        },
        {
          "isRequired": false,
          "supportedValueTypes": [
            "STATIC_VALUE",
            "OBJECT_PROPERTY"
          ],
          "typeDefinition": {
            "fieldType": "select",
            "name": "tone",
            "options": [
              {
                "description": "",
                "displayOrder": 0,
                "label": "Plain",
                "value": "plain"
              },
              {
                "description": "",
                "displayOrder": 1,
                "label": "Kind",
                "value": "kind"
              }
            ],
            "type": "enumeration"
          }
        }
      ],
      "labels": {
        "en": {
          "actionCardContent": "Sample with {{feedback}}",
          "actionDescription": "Shows how a definition is derived",
          "actionName": "Sample",
          "executionRules": {
            "failed": "{{ message }}"
          },
          "inputFieldDescriptions": {
            "feedback": "What to do when a point is missing.",
            "lookback_days": "How far back to look, in days. A comment that is older does not count."
          },
          "inputFieldLabels": {
            "feedback": "Feedback to the agent",
            "lookback_days": "Lookback days",
            "project": "Project",
            "require_mention": "Require mention",
            "share": "Share",
            "tone": "Tone"
          },
          "inputFieldOptionLabels": {
            "feedback": {
              "none": "Say nothing",
              "write_comment": "Write comment"
            },
            "tone": {
              "kind": "Kind",
              "plain": "Plain"
            }
          },
          "outputFieldLabels": {
            "comment_id": "Comment id",
            "is_late": "Is late",
            "message": "Message",
            "outcome": "Outcome"
          }
        }
      },
      "objectTypes": [
        "TICKET"
      ],
      "outputFields": [
        {
          "typeDefinition": {
            "externalOptions": false,
            "fieldType": "number",
            "name": "comment_id",
            "options": [],
            "schema": {
              "type": "DOUBLE"
            },
            "type": "number",
            "useChirp": false
          }
        },
        {
          "typeDefinition": {
            "externalOptions": false,
            "fieldType": "booleancheckbox",
            "name": "is_late",
            "options": [],
            "schema": {
              "type": "BOOLEAN"
            },
            "type": "bool",
            "useChirp": false
          }
        },
        {
          "typeDefinition": {
            "externalOptions": false,
            "fieldType": "text",
            "name": "message",
            "options": [],
            "schema": {
              "type": "STRING"
            },
            "type": "string",
            "useChirp": false
          }
        },
        {
          "typeDefinition": {
            "externalOptions": false,
            "fieldType": "select",
            "name": "outcome",
            "options": [
              {
                "description": "",
                "displayOrder": 0,
                "doubleData": 0,
                "hidden": false,
                "label": "Complete",
                "readOnly": true,
                "value": "complete"
              },
              {
                "description": "",
                "displayOrder": 1,
                "doubleData": 0,
                "hidden": false,
                "label": "Not escalated",
                "readOnly": true,
                "value": "not_escalated"
              },
              {
                "description": "A point is missing or empty.",
                "displayOrder": 2,
                "doubleData": 0,
                "hidden": false,
                "label": "Incomplete",
                "readOnly": true,
                "value": "incomplete"
              }
            ],
            "schema": {
              "type": "STRING"
            },
            "type": "enumeration",
            "useChirp": false
          }
        }
      ],
      "published": true
    }
    "##);
}

#[test]
fn the_definition_for_a_developer_project() {
    let definition = definition::hsmeta::<Sample>(BASE_URL).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&definition).unwrap(), @r##"
    {
      "config": {
        "actionUrl": "https://escalation.example.com/hubspot/actions/sample-action",
        "executionRules": [
          {
            "conditions": {
              "hs_execution_state": "FAIL_CONTINUE"
            },
            "labelName": "failed"
          }
        ],
        "inputFields": [
          {
            "isRequired": true,
            "supportedValueTypes": [
              "STATIC_VALUE",
              "OBJECT_PROPERTY"
            ],
            "typeDefinition": {
              "fieldType": "select",
              "name": "feedback",
              "options": [
                {
                  "description": "Writes a comment on the ticket.",
                  "displayOrder": 0,
                  "label": "Write comment",
                  "value": "write_comment"
                },
                {
                  "description": "Writes nothing.",
                  "displayOrder": 1,
                  "label": "Say nothing",
                  "value": "none"
                }
              ],
              "type": "enumeration"
            }
          },
          {
            "isRequired": false,
            "supportedValueTypes": [
              "STATIC_VALUE",
              "OBJECT_PROPERTY"
            ],
            "typeDefinition": {
              "fieldType": "number",
              "name": "lookback_days",
              "options": [],
              "type": "number"
            }
          },
          {
            "isRequired": true,
            "supportedValueTypes": [
              "STATIC_VALUE",
              "OBJECT_PROPERTY"
            ],
            "typeDefinition": {
              "fieldType": "text",
              "name": "project",
              "options": [],
              "type": "string"
            }
          },
          {
            "isRequired": false,
            "supportedValueTypes": [
              "STATIC_VALUE",
              "OBJECT_PROPERTY"
            ],
            "typeDefinition": {
              "fieldType": "booleancheckbox",
              "name": "require_mention",
              "options": [],
              "type": "bool"
            }
          },
          {
            "isRequired": false,
            "supportedValueTypes": [
              "STATIC_VALUE",
              "OBJECT_PROPERTY"
            ],
            "typeDefinition": {
              "fieldType": "number",
              "name": "share",
              "options": [],
              "type": "number"
            }
          },
          {
            "isRequired": false,
            "supportedValueTypes": [
              "STATIC_VALUE",
              "OBJECT_PROPERTY"
            ],
            "typeDefinition": {
              "fieldType": "select",
              "name": "tone",
              "options": [
                {
                  "description": "",
                  "displayOrder": 0,
                  "label": "Plain",
                  "value": "plain"
                },
                {
                  "description": "",
                  "displayOrder": 1,
                  "label": "Kind",
                  "value": "kind"
                }
              ],
              "type": "enumeration"
            }
          }
        ],
        "isPublished": true,
        "labels": {
          "en": {
            "actionCardContent": "Sample with {{feedback}}",
            "actionDescription": "Shows how a definition is derived",
            "actionName": "Sample",
            "executionRules": {
              "failed": "{{ message }}"
            },
            "inputFieldDescriptions": {
              "feedback": "What to do when a point is missing.",
              "lookback_days": "How far back to look, in days. A comment that is older does not count."
            },
            "inputFieldLabels": {
              "feedback": "Feedback to the agent",
              "lookback_days": "Lookback days",
              "project": "Project",
              "require_mention": "Require mention",
              "share": "Share",
              "tone": "Tone"
            },
            "inputFieldOptionLabels": {
              "feedback": {
                "none": "Say nothing",
                "write_comment": "Write comment"
              },
              "tone": {
                "kind": "Kind",
                "plain": "Plain"
              }
            },
            "outputFieldLabels": {
              "comment_id": "Comment id",
              "is_late": "Is late",
              "message": "Message",
              "outcome": "Outcome"
            }
          }
        },
        "objectRequestOptions": {
          "properties": []
        },
        "objectTypes": [
          "TICKET"
        ],
        "outputFields": [
          {
            "typeDefinition": {
              "fieldType": "number",
              "name": "comment_id",
              "options": [],
              "type": "number"
            }
          },
          {
            "typeDefinition": {
              "fieldType": "booleancheckbox",
              "name": "is_late",
              "options": [],
              "type": "bool"
            }
          },
          {
            "typeDefinition": {
              "fieldType": "text",
              "name": "message",
              "options": [],
              "type": "string"
            }
          },
          {
            "typeDefinition": {
              "fieldType": "select",
              "name": "outcome",
              "options": [
                {
                  "description": "",
                  "displayOrder": 0,
                  "label": "Complete",
                  "value": "complete"
                },
                {
                  "description": "",
                  "displayOrder": 1,
                  "label": "Not escalated",
                  "value": "not_escalated"
                },
                {
                  "description": "A point is missing or empty.",
                  "displayOrder": 2,
                  "label": "Incomplete",
                  "value": "incomplete"
                }
              ],
              "type": "enumeration"
            }
          }
        ],
        "supportedClients": [
          {
            "client": "WORKFLOWS"
          }
        ]
      },
      "type": "workflow-action",
      "uid": "sample_action"
    }
    "##);
}
