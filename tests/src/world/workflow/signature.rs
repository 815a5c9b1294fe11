//! How HubSpot signs what it sends.
//! [Validating requests](https://developers.hubspot.com/docs/api/webhooks/validating-requests).

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// `X-HubSpot-Signature`, version 1.
pub fn v1(secret: &str, body: &str) -> String {
    v2(secret, "", "", body)
}

/// `X-HubSpot-Signature`, version 2.
pub fn v2(secret: &str, method: &str, url: &str, body: &str) -> String {
    let digest = Sha256::digest(format!("{secret}{method}{url}{body}"));
    digest.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes any text");
        hex
    })
}

/// `X-HubSpot-Signature-v3`.
pub fn v3(secret: &str, method: &str, url: &str, body: &str, timestamp: i64) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(format!("{method}{}{body}{timestamp}", decoded(url)).as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// HubSpot decodes these and nothing else.
const DECODED: [(&str, &str); 13] = [
    ("%3A", ":"),
    ("%2F", "/"),
    ("%3F", "?"),
    ("%40", "@"),
    ("%21", "!"),
    ("%24", "$"),
    ("%27", "'"),
    ("%28", "("),
    ("%29", ")"),
    ("%2A", "*"),
    ("%2C", ","),
    ("%3B", ";"),
    ("%3a", ":"),
];

fn decoded(url: &str) -> String {
    DECODED.iter().fold(url.to_owned(), |url, (code, sign)| url.replace(code, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCS: &str = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    const DOCS_URL: &str = "https://www.example.com/webhook_uri";

    #[test]
    fn version_1_is_the_one_of_the_official_clients() {
        let expected = "ac8efb4145062383b8343aa954f46282a093bd7514ee9da16a5d41548f827763";
        assert_eq!(v1("test-client-secret-0001", ""), expected);
    }

    #[test]
    fn version_2_is_the_one_of_the_documentation() {
        assert_eq!(
            v2(DOCS, "POST", DOCS_URL, r#"{"example_field":"example_value"}"#),
            "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"
        );
    }

    #[test]
    fn version_3_is_the_one_of_the_official_clients() {
        assert_eq!(
            v3(DOCS, "POST", DOCS_URL, "{'example_field':'example_value'}", 1_693_657_560_000),
            "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="
        );
        let url = "https://lambda.example.com/hook?next=hs%3Aapp%2Fv3&who=a%40b.co&x=%28a%2Cb%29&sp=a%20b&amp=%26";
        assert_eq!(
            v3("test-client-secret-0001", "POST", url, "[]", 1_790_000_001_000),
            "ZlZXrLE5WF4ZOXhVChUjio4lQYGrIQLyr6CTtThcL2o="
        );
    }
}
