//! Who is signed in on the shop's own website, by the shop's word: a JWT (HS256) under a secret that it shares with us.
//!
//! Nothing else says who a customer is: not what they write, not what the page tells unsigned. A signed-in customer
//! gets a thread of their own, named after the shop's name for them, so that who signs in on a shared computer never
//! sees another's conversation.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Identity, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

/// The `[identity]` section.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentitySettings {
    /// The secret under which the shop signs who is signed in; empty for a shop that does not.
    pub secret: String,
    /// The widget talks only with customers whom the shop signs in.
    pub required: bool,
}

/// Without the secret.
impl std::fmt::Debug for IdentitySettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentitySettings")
            .field("set", &!self.secret.is_empty())
            .field("required", &self.required)
            .finish()
    }
}

/// Why a token says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// No secret is set.
    #[error("signed identities are not set up: set secret in [identity]")]
    Off,
    /// Not a JWT of ours: another form, another algorithm, another secret.
    #[error("the token is not signed with the secret of [identity], by HS256")]
    Forged,
    /// `exp` is over, or missing, or `nbf` is to come.
    #[error("the token has expired, or has no exp")]
    Expired,
    /// It names nobody.
    #[error("the token has no user_id (or sub) of 1 to 200 characters")]
    Nobody,
}

impl IdentityError {
    /// A stable code for the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Forged => "forged",
            Self::Expired => "expired",
            Self::Nobody => "nobody",
        }
    }
}

/// A secret must not be guessed, in bytes.
pub const SHORTEST_SECRET: usize = 16;
/// A token is never longer.
const LONGEST: usize = 8 * 1024;
/// So much of what a shop tells is kept.
const CLAIMS: usize = 30;
/// Characters of a name or a value.
const CHARS: usize = 200;
/// Claims that are about the token.
const ABOUT_TOKEN: [&str; 9] = ["exp", "iat", "nbf", "iss", "aud", "jti", "sub", "user_id", "nonce"];

/// Signs claims as a shop's server does: for the demo and for tests.
pub fn sign_identity(secret: &str, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let body = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "JWT" })), part(claims));
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac(secret.as_bytes(), &body).finalize().into_bytes()))
}

/// Who is signed in, and until when the token says so.
pub(crate) fn verify(
    secret: &str,
    token: &str,
    now: Timestamp,
) -> Result<(Identity, Timestamp), IdentityError> {
    if secret.len() < SHORTEST_SECRET {
        return Err(IdentityError::Off);
    }
    let claims = claims(secret, token).ok_or(IdentityError::Forged)?;
    let second = |name: &str| claims[name].as_i64().or_else(|| claims[name].as_f64().map(|at| at as i64));
    let until = second("exp").and_then(|at| Timestamp::from_second(at).ok()).ok_or(IdentityError::Expired)?;
    if until <= now || second("nbf").is_some_and(|from| from > now.as_second() + 60) {
        return Err(IdentityError::Expired);
    }
    let named = scalar(&claims["user_id"]).or_else(|| scalar(&claims["sub"]));
    let user_id = named.filter(|id| !id.trim().is_empty() && fits(id)).ok_or(IdentityError::Nobody)?;
    Ok((Identity { user_id, claims: told(&claims), at: now }, until))
}

fn claims(secret: &str, token: &str) -> Option<Value> {
    if token.len() > LONGEST {
        return None;
    }
    let (body, signature) = token.rsplit_once('.')?;
    let (header, claims) = body.split_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    // Compared in constant time.
    mac(secret.as_bytes(), body).verify_slice(&signature).ok()?;
    let json = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    (json(header)?["alg"] == "HS256").then(|| json(claims)).flatten().filter(Value::is_object)
}

fn told(claims: &Value) -> BTreeMap<String, String> {
    let fields = claims.as_object().into_iter().flatten();
    let own = fields.filter(|(name, _)| !ABOUT_TOKEN.contains(&name.as_str()) && fits(name));
    own.filter_map(|(name, value)| Some((name.clone(), scalar(value).filter(|value| fits(value))?)))
        .take(CLAIMS)
        .collect()
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    }
}

fn fits(text: &str) -> bool {
    text.chars().nth(CHARS).is_none() && !text.chars().any(char::is_control)
}

fn mac(key: &[u8], body: &str) -> Hmac<Sha256> {
    // HMAC takes keys of any length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key length");
    mac.update(body.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "a secret of the shop's";

    fn now() -> Timestamp {
        Timestamp::from_second(1_790_000_000).unwrap()
    }

    fn read(claims: &Value) -> Result<Identity, IdentityError> {
        verify(SECRET, &sign_identity(SECRET, claims), now()).map(|(identity, _)| identity)
    }

    #[test]
    fn what_the_shop_signed_is_believed_until_it_expires() {
        let claims = json!({ "user_id": "u-1", "name": "林晓", "vip": true, "age": 30, "list": [1], "exp": 1_790_000_060 });
        let identity = read(&claims).unwrap();
        assert_eq!(identity.user_id, "u-1");
        let told: Vec<(&str, &str)> =
            identity.claims.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(told, [("age", "30"), ("name", "林晓"), ("vip", "true")]);
        assert_eq!(read(&json!({ "sub": 7, "exp": 1_790_000_060 })).unwrap().user_id, "7");
        for old in [json!({ "user_id": "u" }), json!({ "user_id": "u", "exp": 1_789_999_999 })] {
            assert_eq!(read(&old), Err(IdentityError::Expired));
        }
        for nobody in ["", " ", &"x".repeat(201)] {
            assert_eq!(read(&json!({ "user_id": nobody, "exp": 1_790_000_060 })), Err(IdentityError::Nobody));
        }
    }

    #[test]
    fn nothing_else_is_believed() {
        let good = sign_identity(SECRET, &json!({ "user_id": "u", "exp": 1_790_000_060 }));
        let none = |token: &str| verify(SECRET, token, now()).map(|(identity, _)| identity.user_id);
        for at in 0..good.len() {
            let mut bent = good.clone().into_bytes();
            bent[at] ^= 1;
            assert!(none(&String::from_utf8_lossy(&bent)).is_err(), "byte {at}");
        }
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = part(json!({ "user_id": "u", "exp": 1_790_000_060 }));
        for alg in ["none", "HS512", "RS256"] {
            let body = format!("{}.{claims}", part(json!({ "alg": alg })));
            let signed = URL_SAFE_NO_PAD.encode(mac(SECRET.as_bytes(), &body).finalize().into_bytes());
            for signature in [signed.as_str(), ""] {
                assert_eq!(none(&format!("{body}.{signature}")), Err(IdentityError::Forged), "{alg}");
            }
        }
        assert_eq!(verify("", &good, now()), Err(IdentityError::Off));
        assert_eq!(verify("short", &good, now()), Err(IdentityError::Off));
        assert_eq!(verify("another secret of 16", &good, now()), Err(IdentityError::Forged));
        for junk in ["", ".", "..", "a.b.c", &"x".repeat(100_000)] {
            assert_eq!(none(junk), Err(IdentityError::Forged));
        }
    }
}
