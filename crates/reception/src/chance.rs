//! The operating system's chance, and secrets made of it.

use std::fmt::Write;

use domain::Chance;
use sha2::{Digest, Sha256};

/// Chance from the operating system, fit for secrets.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[allow(clippy::disallowed_methods, reason = "this is where chance comes from")]
    fn bits(&self) -> u128 {
        let mut bytes = [0; 16];
        // Without the system's chance no token would be safe: better to stop than to guess.
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        u128::from_be_bytes(bytes)
    }
}

/// A secret of 256 bits in hexadecimal digits.
pub(crate) fn secret(chance: &dyn Chance) -> String {
    format!("{:032x}{:032x}", chance.bits(), chance.bits())
}

/// What is kept of a secret, or of a document: enough to recognise it, not to use it.
pub(crate) fn hash(secret: impl AsRef<[u8]>) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(secret) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// A fresh secret that opens the API to commands on this machine.
pub fn operator_token() -> String {
    secret(&SystemChance)
}
