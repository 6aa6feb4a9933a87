//! Who a widget's visitor is: a random name, signed by us, kept by the page.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Chance, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::{Store, StoreError};
use subtle::ConstantTimeEq;

/// A visitor's token: `name.day.signature`. It holds for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorToken {
    /// The visitor's name: the sender on the widget channel.
    pub name: String,
    /// The whole token.
    pub token: String,
}

const DAYS: i64 = 365;

/// Signs and checks visitors' tokens with a key that was made at the first start.
pub(crate) struct Signer(Vec<u8>);

impl Signer {
    pub(crate) async fn load(store: &dyn Store, chance: &dyn Chance) -> Result<Self, StoreError> {
        let key = store.setting_or("visitor_key", &crate::chance::secret(chance)).await?;
        Ok(Self(key.into_bytes()))
    }

    /// A new visitor.
    pub(crate) fn admit(&self, chance: &dyn Chance, now: Timestamp) -> VisitorToken {
        let name = format!("{:032x}", chance.bits());
        let token = self.sign(&name, day(now));
        VisitorToken { name, token }
    }

    /// The visitor of a token, if we signed it within a year.
    pub(crate) fn recognise(&self, token: &str, now: Timestamp) -> Option<VisitorToken> {
        let mut parts = token.split('.');
        let (name, signed_on) = (parts.next()?, parts.next()?.parse().ok()?);
        let fresh = (0..=DAYS).contains(&(day(now).checked_sub(signed_on)?));
        let genuine = bool::from(self.sign(name, signed_on).as_bytes().ct_eq(token.as_bytes()));
        (fresh && genuine).then(|| VisitorToken { name: name.to_owned(), token: token.to_owned() })
    }

    fn sign(&self, name: &str, day: i64) -> String {
        let body = format!("{name}.{day}");
        // HMAC takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any key length");
        mac.update(body.as_bytes());
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }
}

fn day(now: Timestamp) -> i64 {
    now.as_second().div_euclid(86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;
    impl Chance for Fixed {
        fn bits(&self) -> u128 {
            7
        }
    }

    #[test]
    fn a_token_is_recognised_for_a_year_and_never_when_changed() {
        let signer = Signer(b"key".to_vec());
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        let visitor = signer.admit(&Fixed, now);
        assert_eq!(signer.recognise(&visitor.token, now), Some(visitor.clone()));
        let later = Timestamp::from_second(1_790_000_000 + 366 * 86_400).unwrap();
        assert_eq!(signer.recognise(&visitor.token, later), None);
        for at in 0..visitor.token.len() {
            let mut bent = visitor.token.clone().into_bytes();
            bent[at] ^= 1;
            assert_eq!(signer.recognise(&String::from_utf8_lossy(&bent), now), None, "byte {at}");
        }
        for junk in ["", ".", "..", "a.b.c", "9.9223372036854775807.x", "x.-9223372036854775808.y"] {
            assert_eq!(signer.recognise(junk, now), None);
        }
    }
}
