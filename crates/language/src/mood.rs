//! How a customer feels, whether they press for time, whether they complain.
//!
//! Three questions are put to a message: does it show a feeling, is it a good one, is it anger? What is asked about a
//! broken bowl is no feeling: it is what most of a shop's day is made of.

mod heard;

use std::sync::{Arc, LazyLock};

use crate::{
    bag::{Bag, Vocabulary},
    detector::{Detector, Detectors},
    embed::Embedder,
    is_han,
    linear::{Linear, shares},
    tone::{Tone, hear},
};

pub(crate) use heard::{heard, heard_again};

/// A feeling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mood {
    /// Pleased, thankful.
    Positive,
    /// Nothing to tell by.
    Neutral,
    /// Displeased.
    Negative,
    /// Furious or abusive.
    Angry,
}

impl Mood {
    /// In the order of [`Feeling::shares`].
    pub const ALL: [Self; 4] = [Self::Positive, Self::Neutral, Self::Negative, Self::Angry];

    /// `positive`, `neutral`, `negative` or `angry`, as traces name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Neutral => "neutral",
            Self::Negative => "negative",
            Self::Angry => "angry",
        }
    }
}

/// What a message shows of the one who wrote it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feeling {
    /// The probability of each of [`Mood::ALL`]; they sum to 1.
    pub shares: [f32; 4],
    /// The probability that time presses.
    pub urgent: f32,
    /// The probability that this is a complaint that wants an answer.
    pub complaint: f32,
}

impl Feeling {
    /// The likeliest mood and its probability.
    pub fn mood(&self) -> (Mood, f32) {
        let best = (0..4).max_by(|&a, &b| self.shares[a].total_cmp(&self.shares[b])).unwrap_or(1);
        (Mood::ALL[best], self.shares[best])
    }

    /// How good the feeling is, from -1 to 1.
    pub fn balance(&self) -> f32 {
        let [positive, _, negative, angry] = self.shares;
        positive - negative - angry
    }

    const NONE: Self = Self { shares: [0.0, 1.0, 0.0, 0.0], urgent: 0.0, complaint: 0.0 };
}

/// The detectors of one language.
struct Moods {
    felt: Detector,
    good: Detector,
    angry: Detector,
    urgent: Detector,
    complaint: Detector,
}

impl Moods {
    fn of(all: &mut Detectors, lang: &str) -> Self {
        let mut take = |name: &str| all.take(&format!("{name}.{lang}"));
        Self {
            felt: take("felt"),
            good: take("good"),
            angry: take("angry"),
            urgent: take("urgent"),
            complaint: take("complaint"),
        }
    }

    fn feeling(&self, tone: &Tone) -> Feeling {
        let (felt, good) = (self.felt.probability(tone), self.good.probability(tone));
        let angry = self.angry.probability(tone);
        let bad = felt * (1.0 - good);
        Feeling {
            shares: [felt * good, 1.0 - felt, bad * (1.0 - angry), bad * angry],
            urgent: self.urgent.probability(tone),
            complaint: self.complaint.probability(tone),
        }
    }
}

/// The model that ships: Chinese, then English.
static SHIPPED: LazyLock<[Moods; 2]> = LazyLock::new(|| {
    let mut all = Detectors::from_bytes(include_bytes!("../models/mood.bin")).unwrap_or_default();
    [Moods::of(&mut all, "zh"), Moods::of(&mut all, "en")]
});

/// Loads the model now rather than at the first message.
pub fn warm() {
    LazyLock::force(&SHIPPED);
}

/// What a message shows.
pub fn feeling(text: &str) -> Feeling {
    feeling_of(&hear(text))
}

pub(crate) fn feeling_of(tone: &Tone) -> Feeling {
    if tone.normal.is_empty() && tone.signs == crate::tone::Signs::default() {
        return Feeling::NONE;
    }
    SHIPPED[usize::from(!tone.normal.contains(is_han))].feeling(tone)
}

/// The mood of a text and how sure that is, from 0 to 1.
pub fn mood(text: &str) -> (Mood, f32) {
    feeling(text).mood()
}

/// Labels learnt from one file; made by [`crate::train::fresh`].
#[derive(Clone)]
pub struct Fresh {
    pub(crate) names: Vec<String>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) linear: Linear,
    pub(crate) base: Arc<Embedder>,
}

impl Default for Fresh {
    fn default() -> Self {
        let (names, vocabulary, linear) = Default::default();
        Self { names, vocabulary, linear, base: crate::embed::shipped() }
    }
}

impl Fresh {
    /// The likeliest label and how sure that is; `None` where none was learnt.
    pub fn label(&self, text: &str) -> Option<(&str, f32)> {
        let scores = shares(&self.linear.scores(&self.bag(&hear(text))));
        let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
        Some((self.names.get(best)?, scores[best]))
    }

    pub(crate) fn bag(&self, tone: &Tone) -> Bag {
        let mut bag = self.vocabulary.bag(&tone.names);
        let from = self.vocabulary.len() as u32;
        if let Some(meaning) = self.base.embed_cut(&tone.normal, &tone.terms) {
            let factor = crate::detector::MEANING * meaning.scale();
            bag.extend(meaning.parts().iter().zip(from..).map(|(&part, at)| (at, factor * f32::from(part))));
        }
        bag
    }

    pub(crate) fn features(&self) -> usize {
        self.vocabulary.len() + self.base.dim()
    }
}
#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_tell_the_mood_and_a_no_turns_it() {
        for (text, expected) in [
            ("谢谢，很满意", Mood::Positive),
            ("thanks, that was great", Mood::Positive),
            ("东西太差了，失望", Mood::Negative),
            ("this is not good", Mood::Negative),
            ("你们就是骗子，我要投诉！！！", Mood::Angry),
            ("This is a scam and I am furious", Mood::Angry),
            ("three weeks and still no refund, this is a joke, I want my money NOW", Mood::Angry),
            ("都第三次了还发错颜色，你们到底有没有人管！", Mood::Angry),
            ("and who pays for it?", Mood::Neutral),
            ("what happens if it arrives broken?", Mood::Neutral),
            ("万一收到是坏的怎么办", Mood::Neutral),
            ("can I cancel", Mood::Neutral),
            ("my card was declined", Mood::Neutral),
            ("is the lamp damaged in transit covered?", Mood::Neutral),
            ("怎么退货", Mood::Neutral),
            ("where is my order", Mood::Neutral),
            ("我只想退其中两个盘子行不行", Mood::Neutral),
            ("收到的碗破损了怎么办", Mood::Neutral),
            ("my parcel is late, what now", Mood::Neutral),
            ("", Mood::Neutral),
        ] {
            assert_eq!(mood(text).0, expected, "{text}");
        }
    }

    #[test]
    fn who_is_in_a_hurry_and_who_complains_is_noticed() {
        for (text, urgent, complaint) in [
            ("急用，今天能发吗", true, false),
            ("please hurry, I need it today", true, false),
            ("我要投诉你们的快递员", false, true),
            ("I want to complain about your courier", false, true),
            ("怎么退货", false, false),
            ("what colours are there", false, false),
        ] {
            let feeling = feeling(text);
            assert_eq!(
                (feeling.urgent >= 0.5, feeling.complaint >= 0.5),
                (urgent, complaint),
                "{text} {feeling:?}"
            );
        }
    }

    #[test]
    fn of_rows_that_never_trained_most_are_read_right() {
        use crate::train::own::{Said, service_en, service_zh};
        for (rows, least) in [(service_zh(), 0.75), (service_en(), 0.71)] {
            let test: Vec<_> = rows.into_iter().filter(Said::is_test).collect();
            let right = test.iter().filter(|said| mood(said.text).0.name() == said.label).count();
            let share = right as f32 / test.len() as f32;
            assert!(share >= least, "{share}");
        }
    }

    #[test]
    fn only_the_head_of_a_megabyte_is_heard() {
        let calm = "怎么退货 ".repeat(100_000);
        assert_eq!(feeling(&(calm.clone() + "你们是骗子")), feeling(&calm));
    }

    proptest! {
        /// A confidence is a probability.
        #[test]
        fn confidence_stays_between_nothing_and_certainty(text in r"(?s).*") {
            let (_, confidence) = mood(&text);
            prop_assert!((0.0..=1.0).contains(&confidence));
        }
    }
}
