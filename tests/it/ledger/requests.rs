//! What goes over the wire, word for word.

use std::collections::BTreeMap;
use std::time::Duration;

use escalation::ledger::{Done, Effect, How, Limit, Name, Setback, Unfinished};
use serde_json::Value;

use super::bench::{Bench, look};

impl Bench {
    /// The bodies sent so far, with the random token and the table's name made plain.
    fn sent(&self) -> Vec<Value> {
        let requests = self.dynamo.requests();
        assert!(requests.iter().all(|it| it.operation == "UpdateItem"));
        requests
            .into_iter()
            .map(|mut it| {
                if let Some(owner) = it.body["ExpressionAttributeValues"].get_mut(":me") {
                    assert_eq!(owner["S"].as_str().unwrap().len(), 22, "128 bits");
                    owner["S"] = "<owner>".into();
                }
                it.body["TableName"] = "<table>".into();
                it.body
            })
            .collect()
    }

    /// The one request sent since the last look, as operation and body.
    fn only(&self) -> String {
        let mut requests = self.dynamo.requests();
        self.dynamo.forget();
        assert_eq!(requests.len(), 1, "{requests:?}");
        let mut request = requests.remove(0);
        request.body["TableName"] = "<table>".into();
        format!("{} {}", request.operation, pretty(&request.body))
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
      "ConditionExpression": "attribute_not_exists(pk) OR (v=:v AND ((st=:R AND nbf<=:now) OR (st=:P AND lex<:now) OR (st=:F AND attribute_exists(ffp) AND ffp<>:fp)))",
      "ExpressionAttributeNames": {
        "#e": "exp"
      },
      "ExpressionAttributeValues": {
        ":F": {
          "S": "F"
        },
        ":P": {
          "S": "P"
        },
        ":R": {
          "S": "R"
        },
        ":ag": {
          "S": "open"
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
        ":look": {
          "S": "validate-comment 8675309 42 {\"mode\":\"enforce\"}"
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
      "UpdateExpression": "SET st=:P, own=:me, plx=if_not_exists(lex,:z), lex=:lex, fp=if_not_exists(fp,:fp), cre=if_not_exists(cre,:now), v=:v, #e=:exp, ag=:ag, due=:lex, look=:look, sin=if_not_exists(sin,:now) ADD fen :one REMOVE nbf"
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
      "UpdateExpression": "SET st=:st, res=:res, #e=:exp REMOVE own, lex, plx, rp, ag, due, look, sin, al"
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
    insta::assert_snapshot!(pretty(&bench.sent()[1]), @r#"
    {
      "ConditionExpression": "own=:me AND fen=:fen AND st=:P",
      "ExpressionAttributeValues": {
        ":P": {
          "S": "P"
        },
        ":due": {
          "N": "4923280807000"
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
      "UpdateExpression": "SET st=:st, nbf=:nbf, lex=:lex, due=:due REMOVE own, plx, rp"
    }
    "#);
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
        ":fp": {
          "B": "tFgtbXn+g4ItTTyX/7iKqCwLntrDNQ933KVPXBlHDTw="
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
      "UpdateExpression": "SET st=:st, res=:res, ffp=:fp, #e=:exp REMOVE own, lex, fp, plx, rp, ag, due, look, sin, al"
    }
    "##);
}

/// What the first step gave stands before the second begins: three writes and no reads.
#[tokio::test]
async fn a_first_step_is_noted_before_the_second_begins() {
    let bench = Bench::new().await;
    let create = async { Ok(bench.vendor.write(bench.effect.marker())) };
    let then = |_| (async { panic!("nobody can have begun it") }, async { Ok(()) });
    let invocation = bench.invocation();
    let ask = bench.ledger.once_then(&bench.effect, &invocation, async { Ok(None) }, create, then);
    assert_eq!(ask.await.unwrap(), Done { output: "comment-1".to_owned(), how: How::Acted });
    let sent = bench.sent();
    assert_eq!(sent.len(), 3);
    insta::assert_snapshot!(pretty(&sent[1]), @r#"
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
        ":res": {
          "S": "\"comment-1\""
        },
        ":rp": {
          "N": "2"
        }
      },
      "Key": {
        "pk": {
          "S": "i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET rp=:rp, res=:res"
    }
    "#);
    let two_steps = [sent[0].clone(), sent[2].clone()].map(|it| pretty(&it));
    let bench = Bench::new().await;
    bench.visit().await.unwrap();
    assert_eq!(
        Vec::from(two_steps),
        bench.sent().iter().map(pretty).collect::<Vec<_>>(),
        "the others are those of one step"
    );
}

/// Parking a second step keeps what the first one gave, and where the effect is.
#[tokio::test]
async fn a_second_step_is_parked_with_the_first_ones_output() {
    let bench = Bench::new().await;
    let create = async { Ok(bench.vendor.write(bench.effect.marker())) };
    let pause = Setback::NotApplied { retry_after: Some(Duration::from_secs(7)), reason: "429".to_owned() };
    let then = |_| (async { Ok(false) }, async { Err(pause) });
    let invocation = bench.invocation();
    let ask = bench.ledger.once_then(&bench.effect, &invocation, async { Ok(None) }, create, then);
    ask.await.unwrap_err();
    let parked = bench.sent().remove(2);
    insta::assert_snapshot!(parked["UpdateExpression"].as_str().unwrap(), @"SET st=:st, nbf=:nbf, lex=:lex, due=:due REMOVE own, plx");
    assert_eq!(parked["ExpressionAttributeValues"][":lex"]["N"], "0");
    let mut item = bench.item().await;
    item["fp"]["B"] = "<fingerprint>".into();
    insta::assert_snapshot!(sorted(&item), @r#"{"ag":{"S":"open"},"cre":{"N":"4923280800000"},"due":{"N":"4923280807000"},"exp":{"N":"4928464800"},"fen":{"N":"1"},"fp":{"B":"<fingerprint>"},"lex":{"N":"0"},"look":{"S":"validate-comment 8675309 42 {\"mode\":\"enforce\"}"},"nbf":{"N":"4923280807000"},"pk":{"S":"i#feedback-comment#pxR3hPTNrQSCvtF_Ypdb95zvoEtVr8UNc-FVOqrpsMQ"},"res":{"S":"\"comment-1\""},"rp":{"N":"2"},"sin":{"N":"4923280800000"},"st":{"S":"R"},"v":{"N":"1"}}"#);
}

/// A search that is refused says nothing of an attempt that may be in flight: it stays open.
#[tokio::test]
async fn a_refusal_keeps_the_horizon_of_an_open_attempt() {
    let bench = Bench::new().await;
    let lost = Setback::Unknown { reason: "no answer".to_owned() };
    bench.act(async { Err(lost) }).await.unwrap_err();
    bench.time.pass(Duration::from_secs(60));
    let refused = async { Err(Setback::Refused { reason: "404".to_owned() }) };
    let act = async { panic!("nothing was found out") };
    let answer = bench.ledger.once::<String, _, _>(&bench.effect, &bench.invocation(), refused, act).await;
    assert!(matches!(answer, Err(Unfinished::Failed { .. })), "{answer:?}");
    let failed = bench.sent().remove(3);
    insta::assert_snapshot!(failed["UpdateExpression"].as_str().unwrap(), @"SET st=:st, res=:res, ffp=:fp, lex=:lex, #e=:exp REMOVE own, fp, plx, rp, ag, due, look, sin, al");
    assert_eq!(failed["ExpressionAttributeValues"][":lex"]["N"], "4923280800000");
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

/// An effect that nobody else can finish is not on the agenda.
#[tokio::test]
async fn an_effect_without_a_finisher_is_taken_and_parked_off_the_agenda() {
    let mut bench = Bench::new().await;
    bench.effect = Effect::new("feedback-comment", &["8675309", "42", "1"], &()).unwrap();
    let setback = Setback::NotApplied { retry_after: None, reason: "429".to_owned() };
    bench.act(async { Err(setback) }).await.unwrap_err();
    let sent = bench.sent();
    let expression = |index: usize| sent[index]["UpdateExpression"].as_str().unwrap();
    insta::assert_snapshot!(expression(0), @"SET st=:P, own=:me, plx=if_not_exists(lex,:z), lex=:lex, fp=if_not_exists(fp,:fp), cre=if_not_exists(cre,:now), v=:v, #e=:exp ADD fen :one REMOVE nbf");
    insta::assert_snapshot!(expression(1), @"SET st=:st, nbf=:nbf, lex=:lex REMOVE own, plx, rp");
}

#[tokio::test]
async fn a_reminder_is_one_write() {
    let bench = Bench::new().await;
    bench.ledger.look_again(&look("42"), bench.time.now()).await.unwrap();
    insta::assert_snapshot!(bench.only(), @r##"
    UpdateItem {
      "ExpressionAttributeNames": {
        "#e": "exp"
      },
      "ExpressionAttributeValues": {
        ":ag": {
          "S": "open"
        },
        ":due": {
          "N": "4923280800000"
        },
        ":exp": {
          "N": "4928464800"
        },
        ":look": {
          "S": "validate-comment 8675309 42 {\"mode\":\"enforce\"}"
        },
        ":one": {
          "N": "1"
        },
        ":v": {
          "N": "1"
        }
      },
      "Key": {
        "pk": {
          "S": "a#validate-comment#8675309#42#4923280800000#xZKv8qHiSIruvMon"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET ag=:ag, due=:due, look=:look, sin=:due, v=:v, #e=:exp ADD fen :one REMOVE al"
    }
    "##);
}

#[tokio::test]
async fn the_agenda_is_one_query_of_its_index() {
    let bench = Bench::new().await;
    assert!(bench.ledger.due(bench.time.now(), 25).await.unwrap().is_empty());
    insta::assert_snapshot!(bench.only(), @r#"
    Query {
      "ExpressionAttributeValues": {
        ":ag": {
          "S": "open"
        },
        ":now": {
          "N": "4923280800000"
        }
      },
      "IndexName": "agenda",
      "KeyConditionExpression": "ag=:ag AND due<=:now",
      "Limit": 25,
      "TableName": "<table>"
    }
    "#);
}

#[tokio::test]
async fn an_entry_is_changed_by_one_conditional_write() {
    let bench = Bench::new().await;
    bench.ledger.look_again(&look("42"), bench.time.now()).await.unwrap();
    let due = bench.ledger.due(bench.time.now(), 1).await.unwrap().remove(0);
    bench.dynamo.forget();
    bench.ledger.alarmed(&due).await.unwrap();
    insta::assert_snapshot!(bench.only(), @r#"
    UpdateItem {
      "ConditionExpression": "attribute_exists(ag)",
      "ExpressionAttributeValues": {
        ":one": {
          "N": "1"
        }
      },
      "Key": {
        "pk": {
          "S": "a#validate-comment#8675309#42#4923280800000#xZKv8qHiSIruvMon"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET al=:one"
    }
    "#);
    bench.ledger.looked(&due).await.unwrap();
    insta::assert_snapshot!(bench.only(), @r#"
    UpdateItem {
      "ConditionExpression": "fen=:fen AND due=:due",
      "ExpressionAttributeValues": {
        ":due": {
          "N": "4923280800000"
        },
        ":fen": {
          "N": "1"
        }
      },
      "Key": {
        "pk": {
          "S": "a#validate-comment#8675309#42#4923280800000#xZKv8qHiSIruvMon"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "REMOVE ag, due, look, sin, al"
    }
    "#);
    bench.ledger.put_off(&due, bench.time.now()).await.unwrap();
    insta::assert_snapshot!(bench.only(), @r#"
    UpdateItem {
      "ConditionExpression": "attribute_exists(ag) AND due<:due",
      "ExpressionAttributeValues": {
        ":due": {
          "N": "4923280860000"
        }
      },
      "Key": {
        "pk": {
          "S": "a#validate-comment#8675309#42#4923280800000#xZKv8qHiSIruvMon"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET due=:due"
    }
    "#);
}

#[tokio::test]
async fn a_value_is_kept_by_one_write() {
    let bench = Bench::new().await;
    let name = Name::new("targets", &["8675309", "42", "1"]).unwrap();
    bench.ledger.keep_first(&name, 45, bench.time.now()).await.unwrap();
    insta::assert_snapshot!(bench.only(), @r##"
    UpdateItem {
      "ExpressionAttributeNames": {
        "#e": "exp"
      },
      "ExpressionAttributeValues": {
        ":exp": {
          "N": "4957840800"
        },
        ":now": {
          "N": "4923280800000"
        },
        ":v": {
          "N": "1"
        },
        ":val": {
          "S": "45"
        }
      },
      "Key": {
        "pk": {
          "S": "k#targets#UKZ-mU5toswDTjh2HqPYZped8W29Iyr_GJzirOMU7Oo"
        }
      },
      "ReturnValues": "ALL_NEW",
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET val=if_not_exists(val,:val), v=if_not_exists(v,:v), cre=if_not_exists(cre,:now), #e=:exp"
    }
    "##);
}

#[tokio::test]
async fn a_member_is_gathered_by_one_write() {
    let bench = Bench::new().await;
    let name = Name::new("bulk", &["8675309", "2126-01-05T10:00"]).unwrap();
    bench.ledger.gather(&name, "42", bench.time.now()).await.unwrap();
    insta::assert_snapshot!(bench.only(), @r##"
    UpdateItem {
      "ConditionExpression": "attribute_not_exists(mem) OR size(mem)<:most OR contains(mem,:member)",
      "ExpressionAttributeNames": {
        "#e": "exp"
      },
      "ExpressionAttributeValues": {
        ":exp": {
          "N": "4923367200"
        },
        ":member": {
          "S": "42"
        },
        ":members": {
          "SS": [
            "42"
          ]
        },
        ":most": {
          "N": "1000"
        },
        ":v": {
          "N": "1"
        }
      },
      "Key": {
        "pk": {
          "S": "g#bulk#7InI3hIyPfKzZiaT95_Q8ptpLrJrgW7dDsCLPV5Z7xo"
        }
      },
      "ReturnValues": "ALL_NEW",
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET v=:v, #e=:exp ADD mem :members"
    }
    "##);
}

#[tokio::test]
async fn an_entry_is_one_write_in_which_everybody_moves_up() {
    let bench = Bench::new().await;
    let name = Name::new("runs", &["8675309", "42", "assign-lane"]).unwrap();
    let limit = Limit { most: 3, window: Duration::from_secs(600) };
    bench.ledger.enter(&name, "ap-1-2-3-0", &limit, bench.time.now()).await.unwrap();
    insta::assert_snapshot!(bench.only(), @r##"
    UpdateItem {
      "ConditionExpression": "attribute_not_exists(pk) OR (NOT (t1 BETWEEN :from AND :to) AND m1<>:member AND m2<>:member AND m3<>:member)",
      "ExpressionAttributeNames": {
        "#e": "exp"
      },
      "ExpressionAttributeValues": {
        ":exp": {
          "N": "4923367800"
        },
        ":from": {
          "N": "4923280200001"
        },
        ":member": {
          "S": "zJ80F_W5hF6yQUTd"
        },
        ":never": {
          "N": "0"
        },
        ":nobody": {
          "S": "-"
        },
        ":now": {
          "N": "4923280800000"
        },
        ":to": {
          "N": "4923280920000"
        },
        ":v": {
          "N": "1"
        }
      },
      "Key": {
        "pk": {
          "S": "w#runs#qGruyTjQ-MDbf53aUghm8Abcg8Y95k_I6MyLRXwWD3M"
        }
      },
      "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
      "TableName": "<table>",
      "UpdateExpression": "SET t1=if_not_exists(t2,:never), m1=if_not_exists(m2,:nobody), t2=if_not_exists(t3,:never), m2=if_not_exists(m3,:nobody), t3=:now, m3=:member, v=:v, #e=:exp"
    }
    "##);
}
