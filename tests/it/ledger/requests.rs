//! What goes over the wire, word for word.

use std::collections::BTreeMap;
use std::time::Duration;

use escalation::ledger::{Done, How, Setback, Unfinished};
use serde_json::Value;

use super::bench::Bench;

impl Bench {
    /// The bodies sent so far, with the random token and the table's name made plain.
    fn sent(&self) -> Vec<Value> {
        let requests = self.dynamo.requests();
        assert!(requests.iter().all(|it| it.operation == "UpdateItem"));
        requests
            .into_iter()
            .map(|mut it| {
                let owner = it.body["ExpressionAttributeValues"][":me"]["S"].take();
                assert_eq!(owner.as_str().unwrap().len(), 22, "128 bits");
                it.body["ExpressionAttributeValues"][":me"]["S"] = "<owner>".into();
                it.body["TableName"] = "<table>".into();
                it.body
            })
            .collect()
    }
}

fn pretty(body: &Value) -> String {
    serde_json::to_string_pretty(&sorted(body)).unwrap()
}

/// The SDK writes its maps in any order.
fn sorted(value: &Value) -> Value {
    let Value::Object(object) = value else {
        return value.clone();
    };
    let ordered: BTreeMap<_, _> = object.iter().map(|(name, it)| (name, sorted(it))).collect();
    serde_json::to_value(ordered).unwrap()
}

/// P1: two writes and no reads where nothing goes wrong.
#[tokio::test]
async fn the_first_visit_takes_the_effect_and_completes_it() {
    let bench = Bench::new().await;
    let done = bench.visit().await.unwrap();
    assert_eq!(done, Done { output: "comment-1".to_owned(), how: How::Acted });
    let sent = bench.sent();
    assert_eq!(sent.len(), 2);
    insta::assert_snapshot!(pretty(&sent[0]), @r##"
    {
      "ConditionExpression": "attribute_not_exists(pk) OR (v=:v AND ((st=:R AND nbf<=:now) OR (st=:P AND lex<:now)))",
      "ExpressionAttributeNames": {
        "#e": "exp"
      },
      "ExpressionAttributeValues": {
        ":P": {
          "S": "P"
        },
        ":R": {
          "S": "R"
        },
        ":exp": {
          "N": "4928464800"
        },
        ":fp": {
          "B": "tFgtbXn+g4ItTTyX/7iKqCwLntrDNQ933KVPXBlHDTw="
        },
        ":lex": {
          "N": "4923280828000"
        },
        ":me": {
          "S": "<owner>"
        },
        ":now": {
          "N": "4923280800000"
        },
        ":one": {
          "N": "1"
        },
        ":v": {
          "N": "1"
        },
        ":z": {
          "N": "0"
        }
      },
      "Key": {
        "pk": {
          "S": "i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ"
        }
      },
      "ReturnValues": "ALL_NEW",
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET st=:P, own=:me, plx=if_not_exists(lex,:z), lex=:lex, fp=if_not_exists(fp,:fp), cre=if_not_exists(cre,:now), v=:v, #e=:exp ADD fen :one REMOVE nbf"
    }
    "##);
    insta::assert_snapshot!(pretty(&sent[1]), @r##"
    {
      "ConditionExpression": "own=:me AND fen=:fen AND st=:P",
      "ExpressionAttributeNames": {
        "#e": "exp"
      },
      "ExpressionAttributeValues": {
        ":P": {
          "S": "P"
        },
        ":exp": {
          "N": "4924490400"
        },
        ":fen": {
          "N": "1"
        },
        ":me": {
          "S": "<owner>"
        },
        ":res": {
          "S": "\"comment-1\""
        },
        ":st": {
          "S": "D"
        }
      },
      "Key": {
        "pk": {
          "S": "i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET st=:st, res=:res, #e=:exp REMOVE own, lex, plx, rp"
    }
    "##);
    let mut item = bench.item().await;
    item["fp"]["B"] = "<fingerprint>".into();
    insta::assert_snapshot!(sorted(&item), @r#"{"cre":{"N":"4923280800000"},"exp":{"N":"4924490400"},"fen":{"N":"1"},"fp":{"B":"<fingerprint>"},"pk":{"S":"i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ"},"res":{"S":"\"comment-1\""},"st":{"S":"D"},"v":{"N":"1"}}"#);
}

#[tokio::test]
async fn a_strict_effect_is_only_taken_for_the_same_fields() {
    let mut bench = Bench::new().await;
    bench.effect = bench.effect.clone().strict();
    bench.visit().await.unwrap();
    let condition = &bench.sent()[0]["ConditionExpression"];
    insta::assert_snapshot!(condition.as_str().unwrap(), @"attribute_not_exists(pk) OR (v=:v AND fp=:fp AND ((st=:R AND nbf<=:now) OR (st=:P AND lex<:now)))");
}

#[tokio::test]
async fn a_setback_parks_the_effect() {
    let bench = Bench::new().await;
    let setback = Setback::NotApplied { retry_after: Some(Duration::from_secs(7)), reason: "429".to_owned() };
    let answer = bench.act(async { Err(setback) }).await;
    assert!(matches!(answer, Err(Unfinished::Parked { .. })));
    insta::assert_snapshot!(pretty(&bench.sent()[1]), @r##"
    {
      "ConditionExpression": "own=:me AND fen=:fen AND st=:P",
      "ExpressionAttributeValues": {
        ":P": {
          "S": "P"
        },
        ":fen": {
          "N": "1"
        },
        ":lex": {
          "N": "0"
        },
        ":me": {
          "S": "<owner>"
        },
        ":nbf": {
          "N": "4923280807000"
        },
        ":st": {
          "S": "R"
        }
      },
      "Key": {
        "pk": {
          "S": "i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET st=:st, nbf=:nbf, lex=:lex REMOVE own, plx, rp"
    }
    "##);
}

#[tokio::test]
async fn a_refusal_ends_the_effect() {
    let bench = Bench::new().await;
    let refused = Setback::Refused { reason: "404".to_owned() };
    let answer = bench.act(async { Err(refused) }).await;
    assert!(matches!(answer, Err(Unfinished::Failed { .. })));
    insta::assert_snapshot!(pretty(&bench.sent()[1]), @r##"
    {
      "ConditionExpression": "own=:me AND fen=:fen AND st=:P",
      "ExpressionAttributeNames": {
        "#e": "exp"
      },
      "ExpressionAttributeValues": {
        ":P": {
          "S": "P"
        },
        ":exp": {
          "N": "4924490400"
        },
        ":fen": {
          "N": "1"
        },
        ":me": {
          "S": "<owner>"
        },
        ":res": {
          "S": "404"
        },
        ":st": {
          "S": "F"
        }
      },
      "Key": {
        "pk": {
          "S": "i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET st=:st, res=:res, #e=:exp REMOVE own, lex, plx, rp"
    }
    "##);
}

#[tokio::test]
async fn an_effect_that_cannot_be_looked_up_is_noted_before_it_begins() {
    let bench = Bench::new().await;
    let act = async { Ok("1712.34".to_owned()) };
    bench.ledger.at_most_once(&bench.effect, &bench.invocation(), act).await.unwrap();
    let sent = bench.sent();
    assert_eq!(sent.len(), 3);
    insta::assert_snapshot!(pretty(&sent[1]), @r##"
    {
      "ConditionExpression": "own=:me AND fen=:fen AND st=:P",
      "ExpressionAttributeValues": {
        ":P": {
          "S": "P"
        },
        ":fen": {
          "N": "1"
        },
        ":me": {
          "S": "<owner>"
        },
        ":one": {
          "N": "1"
        }
      },
      "Key": {
        "pk": {
          "S": "i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET rp=:one"
    }
    "##);
}
