//! Does a text try to instruct the assistant, rather than ask it?
//!
//! Only a sign: the message is answered like any other, and people see the mark.

use std::sync::LazyLock;

use crate::{
    detector::{Detector, Detectors},
    tone::{Tone, hear},
};

/// The mark and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suspicion {
    /// The probability of an attack.
    pub probability: f32,
    /// Whether that is enough to be marked: a line that few ordinary customers reach.
    pub is_attack: bool,
}

static SHIPPED: LazyLock<Detector> = LazyLock::new(|| {
    Detectors::from_bytes(include_bytes!("../models/attack.bin")).unwrap_or_default().take("attack")
});

/// Loads the model now rather than at the first message.
pub fn warm() {
    LazyLock::force(&SHIPPED);
}

/// Whether a text tries to instruct the assistant.
pub fn suspicion(text: &str) -> Suspicion {
    suspicion_of(&hear(text))
}

pub(crate) fn suspicion_of(tone: &Tone) -> Suspicion {
    let probability = SHIPPED.probability(tone);
    Suspicion { probability, is_attack: probability >= SHIPPED.line }
}
