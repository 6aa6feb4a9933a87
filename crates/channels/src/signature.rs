//! Standard Webhooks: who sent these bytes, and when.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::{Delivered, Rejected};

const TOLERANCE_S: i64 = 300;

/// Bytes that the other side signed, with the name it gave them. Only [`Secret::verify`] makes one,
/// so nothing unsigned is ever parsed.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    pub(crate) id: &'a str,
    pub(crate) body: &'a [u8],
}

/// A shared secret, `whsec_` and base64. `Debug` does not show it.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

/// The secret is not `whsec_` and at least 24 bytes of base64.
#[derive(Debug, thiserror::Error)]
#[error(
    "a secret is `whsec_` followed by base64 of at least 24 random bytes; make one with `openssl rand -base64 32`"
)]
pub struct BadSecret;

impl Secret {
    /// Reads a secret from the configuration.
    pub fn parse(text: &str) -> Result<Self, BadSecret> {
        let key = text.strip_prefix("whsec_").and_then(|code| STANDARD.decode(code).ok()).ok_or(BadSecret)?;
        if key.len() < 24 { Err(BadSecret) } else { Ok(Self(key)) }
    }

    /// The signature of a body under a name and a time, as the header carries it.
    pub fn sign(&self, id: &str, seconds: i64, body: &[u8]) -> String {
        // HMAC takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any key length");
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }

    /// Checks headers and body. Several signatures may stand side by side while keys change.
    pub(crate) fn verify<'a>(
        &self,
        delivered: &Delivered<'a>,
        now: Timestamp,
    ) -> Result<Signed<'a>, Rejected> {
        let id = header(delivered, "webhook-id")?;
        let sent: i64 = header(delivered, "webhook-timestamp")?
            .parse()
            .map_err(|_| Rejected::Header("webhook-timestamp"))?;
        if now.as_second().abs_diff(sent) > TOLERANCE_S.unsigned_abs() {
            return Err(Rejected::Stale);
        }
        let ours = self.sign(id, sent, delivered.body);
        let genuine = header(delivered, "webhook-signature")?
            .split(' ')
            .any(|theirs| bool::from(theirs.as_bytes().ct_eq(ours.as_bytes())));
        if genuine { Ok(Signed { id, body: delivered.body }) } else { Err(Rejected::Forged) }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn header<'a>(delivered: &Delivered<'a>, name: &'static str) -> Result<&'a str, Rejected> {
    let value = delivered.headers.get(name).and_then(|value| value.to_str().ok());
    value.filter(|text| !text.is_empty()).ok_or(Rejected::Header(name))
}
