//! What holds for every request there can be.

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// The JSON of an event: an event itself has no `Debug`, by which proptest prints what failed.
fn any_event() -> impl Strategy<Value = String> {
    let names = [
        "content-type",
        "content-length",
        "content-encoding",
        "x-hubspot-signature",
        "x-hubspot-signature-version",
        "x-hubspot-signature-v3",
        "x-hubspot-request-timestamp",
        "x-escalation-signature",
        "host",
    ];
    let values = prop_oneof![
        any::<String>(),
        "[0-9]{1,20}",
        "t=[0-9]{0,12},v1=[0-9a-f]{0,64}",
        Just("application/json".to_owned()),
        Just("v2".to_owned())
    ];
    let headers = proptest::collection::vec((proptest::sample::select(names.to_vec()), values), 0..6);
    let path = prop_oneof![
        any::<String>(),
        Just("/hubspot/actions/sample".to_owned()),
        Just("/é/hubspot/actions/sample".to_owned())
    ];
    let body = proptest::option::of(prop_oneof![any::<String>(), "[A-Za-z0-9+/]{0,64}=?", Just(ACTION.to_owned())]);
    let method = prop_oneof![Just("POST".to_owned()), any::<String>()];
    (path, any::<String>(), headers, any::<(String, String)>(), method, body, any::<bool>()).prop_map(
        |(raw_path, query, headers, (domain, stage), method, body, is_base64)| {
            let headers = Headers::from_iter(headers);
            let context = json!({"domainName": domain, "stage": stage, "http": {"method": method}});
            json!({
                "rawPath": raw_path,
                "rawQueryString": query,
                "headers": headers,
                "requestContext": context,
                "body": body,
                "isBase64Encoded": is_base64,
            })
            .to_string()
        },
    )
}

proptest! {
    #[test]
    fn no_event_is_admitted_unsigned_and_none_panics(event in any_event()) {
        let event = serde_json::from_str(&event).unwrap();
        prop_assert!(edge(&[]).admit("sample", &event, now()).is_err());
    }

    #[test]
    fn no_signed_body_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let event = HttpEvent { is_base64_encoded: true, ..post(&BASE64_STANDARD.encode(bytes)) };
        let _ = edge(&[]).admit("sample", &v2(event), now());
    }

    #[test]
    fn no_signed_text_in_an_envelope_panics(id in ".{0,30}", inputs in any::<Vec<(String, String)>>()) {
        let inputs: serde_json::Map<_, _> = inputs.into_iter().map(|(name, value)| (name, value.into())).collect();
        let body = json!({"origin": {"portalId": 1234567}, "object": {"objectId": id}, "inputFields": inputs});
        let _ = edge(&[]).admit("sample", &v3(post(&body.to_string())), now());
    }

    #[test]
    fn a_single_flipped_bit_is_refused(scheme in 0..3usize, part in 0..4usize, at: prop::sample::Index, bit in 0..7u32) {
        let mut event = post(ACTION);
        event.raw_query_string = "a=1&b=tier%202".to_owned();
        let mut event = [v2, v3, forwarded][scheme](event);
        prop_assert!(edge(&[]).admit("sample", &event, now()).is_ok());
        let flip = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            String::from_utf8(bytes).unwrap()
        };
        let flip_header = |event: &mut HttpEvent, header: &str| {
            event.headers = event.headers.iter().map(|(name, value)| {
                (name.to_owned(), if name == header { flip(value) } else { value.to_owned() })
            }).collect();
        };
        let signature = ["x-hubspot-signature", "x-hubspot-signature-v3", "x-escalation-signature"][scheme];
        match part {
            0 => event.body = event.body.as_deref().map(flip),
            1 if scheme < 2 => event.raw_query_string = flip(&event.raw_query_string),
            2 if scheme == 1 => flip_header(&mut event, "x-hubspot-request-timestamp"),
            _ => flip_header(&mut event, signature),
        }
        prop_assert!(edge(&[]).admit("sample", &event, now()).is_err());
    }
}
