//! Does a message ask for a person, in whatever words?
//!
//! Only how probable that is: rules that know the usual words stand beside it, in the crate that decides.

use std::sync::LazyLock;

use crate::{
    detector::{Detector, Detectors},
    is_han,
    tone::{Tone, hear},
};

/// Chinese, then English.
static SHIPPED: LazyLock<[Detector; 2]> = LazyLock::new(|| {
    let mut all = Detectors::from_bytes(include_bytes!("../models/handoff.bin")).unwrap_or_default();
    ["zh", "en"].map(|lang| all.take(&format!("handoff.{lang}")))
});

/// Loads the model now rather than at the first message.
pub fn warm() {
    LazyLock::force(&SHIPPED);
}

/// The probability that a text asks for a person.
pub fn asks(text: &str) -> f32 {
    asks_of(&hear(text))
}

pub(crate) fn asks_of(tone: &Tone) -> f32 {
    if tone.normal.is_empty() {
        return 0.0;
    }
    SHIPPED[usize::from(!tone.normal.contains(is_han))].probability(tone)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::train::own::{Said, persons};

    #[test]
    fn who_asks_for_a_person_in_unusual_words_is_heard() {
        for text in [
            "找个能做主的人来",
            "能不能喊个说了算的出来",
            "get me somebody who actually works there",
            "I'd like to deal with flesh and blood",
        ] {
            assert!(asks(text) >= 0.5, "{text}: {}", asks(text));
        }
    }

    #[test]
    fn who_asks_about_people_or_about_goods_is_not() {
        for text in [
            "怎么退货",
            "安装的人工费包了吗",
            "师傅几点到",
            "does the price per person include breakfast",
            "who pays for returns",
            "",
        ] {
            assert!(asks(text) < 0.5, "{text}: {}", asks(text));
        }
    }

    #[test]
    fn of_rows_that_never_trained_most_are_told_apart() {
        let test: Vec<_> = persons().into_iter().filter(Said::is_test).collect();
        let right = test.iter().filter(|said| (asks(said.text) >= 0.5) == (said.label == "asks")).count();
        let share = right as f32 / test.len() as f32;
        assert!(share >= 0.8, "{share}");
    }

    proptest! {
        /// Whatever the text, the probability is one.
        #[test]
        fn any_text_has_a_probability(text in r"(?s).*") {
            prop_assert!((0.0..=1.0).contains(&asks(&text)));
        }
    }
}
