//! Who a widget's visitor is: a name, signed by us, kept by the page. A random one, or for a customer whom the shop
//! signed in one that is made from the shop's name for them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Chance, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::{Store, StoreError};
use subtle::ConstantTimeEq;

/// A visitor's token: `name.day.signature`, which holds for a year; of a customer who is signed in
/// `name.xSECOND.signature`, which holds until that second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorToken {
    /// The visitor's name: the sender on the widget channel.
    pub name: String,
    /// The whole token.
    pub token: String,
}

const DAYS: i64 = 365;
/// Whoever is signed in at the shop shows so again after this long, in seconds.
const SIGNED_IN: i64 = 12 * 3600;
/// Names of customers who are signed in begin with it; random names are hexadecimal digits.
const KNOWN: char = 'u';

impl VisitorToken {
    /// Whether it names a customer whom the shop signed in.
    pub(crate) fn is_known(&self) -> bool {
        self.name.starts_with(KNOWN)
    }
}

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
        let token = self.sign(&name, &day(now).to_string());
        VisitorToken { name, token }
    }

    /// The customer of this name at the shop, until the shop's word or half a day is over.
    pub(crate) fn admit_known(&self, user_id: &str, until: Timestamp, now: Timestamp) -> VisitorToken {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any key length");
        mac.update(b"customer:");
        mac.update(user_id.as_bytes());
        let hash = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        let name = format!("{KNOWN}{}", &hash[..32]);
        let until = until.as_second().min(now.as_second() + SIGNED_IN);
        let token = self.sign(&name, &format!("x{until}"));
        VisitorToken { name, token }
    }

    /// The visitor of a token, if we signed it and it still holds.
    pub(crate) fn recognise(&self, token: &str, now: Timestamp) -> Option<VisitorToken> {
        let mut parts = token.split('.');
        let (name, when) = (parts.next()?, parts.next()?);
        let holds = match when.strip_prefix('x') {
            Some(until) => now.as_second() < until.parse().ok()?,
            None => (0..=DAYS).contains(&(day(now).checked_sub(when.parse().ok()?)?)),
        };
        let genuine = bool::from(self.sign(name, when).as_bytes().ct_eq(token.as_bytes()));
        (holds && genuine).then(|| VisitorToken { name: name.to_owned(), token: token.to_owned() })
    }

    fn sign(&self, name: &str, when: &str) -> String {
        let body = format!("{name}.{when}");
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
        let known = signer.admit_known("u-1", Timestamp::from_second(1_790_000_100).unwrap(), now);
        assert_eq!(signer.recognise(&known.token, now), Some(known.clone()));
        assert_eq!(
            known.name,
            signer.admit_known("u-1", now, now).name,
            "the same customer, the same thread"
        );
        assert_ne!(known.name, signer.admit_known("u-2", now, now).name);
        assert_eq!(signer.recognise(&known.token, Timestamp::from_second(1_790_000_100).unwrap()), None);
        let longer = known.token.replace(".x1790000100.", ".x1890000100.");
        assert_eq!(signer.recognise(&longer, now), None);
        for junk in ["", ".", "..", "a.b.c", "9.9223372036854775807.x", "x.-9223372036854775808.y"] {
            assert_eq!(signer.recognise(junk, now), None);
        }
    }
}
