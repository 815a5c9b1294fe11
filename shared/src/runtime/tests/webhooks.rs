//! HubSpot's app webhooks: version 3 alone where it is there, else version 1.

use super::super::endpoint::Delivery;
use super::*;

fn v1(event: HttpEvent, secret: &str) -> HttpEvent {
    let signature = hex(Sha256::digest([secret.as_bytes(), &bytes(&event)].concat()));
    with(event, &[("x-hubspot-signature", &signature), ("x-hubspot-signature-version", "v1")])
}

fn holds(changes: &[(&str, &str)], event: &HttpEvent) -> bool {
    let body = bytes(event);
    let delivery = Delivery { event, body: &body, edge: &edge(changes), now: now() };
    delivery.is_webhook_of_hubspot().is_ok()
}

fn told() -> HttpEvent {
    HttpEvent { raw_path: "/hubspot/events".to_owned(), ..post("[]") }
}

fn at(seconds: i64) -> HttpEvent {
    v3_at(told(), &(now() - SignedDuration::from_secs(seconds)).as_millisecond().to_string())
}

#[test]
fn either_version_will_do() {
    assert!(holds(&[], &v3(told())));
    assert!(holds(&[], &v1(told(), SECRET)));
    assert!(holds(&[], &v3(v1(told(), SECRET))));
}

#[test]
fn a_wrong_version_1_beside_a_right_version_3_does_no_harm_and_the_other_way_round_no_good() {
    assert!(holds(&[], &v3(v1(told(), "another"))));
    let mut wrong = v1(told(), SECRET);
    wrong.headers.append("x-hubspot-signature-v3", "AAAA");
    assert!(!holds(&[], &wrong));
    wrong.headers.append("x-hubspot-request-timestamp", &now().as_millisecond().to_string());
    assert!(!holds(&[], &wrong));
}

#[test]
fn version_3_ages_and_version_1_does_not() {
    assert!(holds(&[], &at(300)) && holds(&[], &at(-60)));
    for seconds in [301, -61, 86_400] {
        assert!(!holds(&[], &at(seconds)), "{seconds}");
        assert!(!holds(&[], &v1(at(seconds), SECRET)), "{seconds}");
    }
}

#[test]
fn no_other_version_is_enough() {
    for other in [told(), v2(told()), forwarded(told())] {
        assert!(!holds(&[], &other));
    }
    let nameless: HttpEvent = with(told(), &[("x-hubspot-signature", &hex(Sha256::digest(format!("{SECRET}[]"))))]);
    assert!(!holds(&[], &nameless));
}

#[test]
fn while_secrets_change_both_hold() {
    let both = [("HUBSPOT_CLIENT_SECRET", "new-secret, test-client-secret-0001")];
    assert!(holds(&both, &v3(told())));
    assert!(holds(&both, &v1(told(), SECRET)) && holds(&both, &v1(told(), "new-secret")));
    assert!(!holds(&both, &v1(told(), "older-secret")));
}

#[test]
fn the_address_counts_as_it_stands_and_as_hubspot_decodes_it() {
    let mut event = told();
    event.raw_query_string = "a=x%2Fy&b=%20".to_owned();
    assert!(holds(&[], &v3(event.clone())));
    let mut decoded = event.clone();
    decoded.raw_query_string = "a=x/y&b=%20".to_owned();
    let signed = v3(decoded);
    let header = |name: &str| signed.headers.get(name).unwrap().to_owned();
    let names = ["x-hubspot-signature-v3", "x-hubspot-request-timestamp"];
    let event = with(event, &names.map(|it| (it, header(it))).each_ref().map(|it| (it.0, it.1.as_str())));
    assert!(holds(&[], &event));
}

#[test]
fn behind_a_domain_of_ones_own_that_is_what_is_signed() {
    let base = ("PUBLIC_BASE_URL", "https://escalation.example.com/hooks");
    assert!(!holds(&[base], &v3(told())));
    let text = format!("POST{}/hubspot/events[]{}", base.1, now().as_millisecond());
    let signature = BASE64_STANDARD.encode(keyed(SECRET, text.as_bytes()));
    let timestamp = now().as_millisecond().to_string();
    let event = with(told(), &[("x-hubspot-signature-v3", &*signature), ("x-hubspot-request-timestamp", &*timestamp)]);
    assert!(holds(&[base], &event) && !holds(&[], &event));
}

#[test]
fn our_own_address_is_the_gateways_word_or_what_we_were_told() {
    let base = |event: &HttpEvent, changes: &[(&str, &str)]| edge(changes).base_url(event);
    assert_eq!(base(&told(), &[]), format!("https://{HOST}"));
    let mut staged = told();
    staged.raw_path = "/prod/hubspot/events".to_owned();
    staged.request_context.stage = "prod".to_owned();
    staged.headers.append("host", "elsewhere.example.com");
    assert_eq!(base(&staged, &[]), format!("https://{HOST}/prod"));
    let known = [("PUBLIC_BASE_URL", "https://escalation.example.com")];
    assert_eq!(base(&staged, &known), "https://escalation.example.com");
}
