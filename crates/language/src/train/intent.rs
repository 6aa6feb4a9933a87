//! Learns to tell a company's intents apart, in seconds, from examples of each.
//!
//! Trial models that each lack a part of the examples, and some intents altogether, show what a score is worth:
//! on what they have not seen, and on what they cannot know.

use std::sync::Arc;

use crate::{
    embed::Embedder,
    intent::Intents,
    sentences::{NoVectors, Sentences},
};

mod core;
mod middles;
mod plugged;
mod spoken;
mod trials;
mod tuned;
pub(in crate::train) mod worth;

/// Something a customer said, and what was meant.
#[derive(Debug, Clone)]
pub struct Example {
    /// The words.
    pub text: String,
    /// The intent, or [`crate::intent::NOT_OURS`].
    pub intent: String,
}

/// How to learn.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The share of rightly understood messages that may be turned away, so that strangers are.
    pub turned_away: f32,
    /// The share of messages that are expected to be none of ours.
    pub strangers: f32,
    /// Chance, which is an argument: the same seed gives the same model on the same machine.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { turned_away: 0.01, strangers: 0.15, seed: 7 }
    }
}

/// Learns the intents. `base` says what words mean beforehand.
pub fn train(base: &Embedder, examples: &[Example], settings: &Settings) -> Intents {
    learn(base, None, &core::read(examples), settings)
}

/// The same with what a plugged model makes of each example. Takes as long as that model needs for all of them.
pub fn train_with(
    base: &Embedder,
    model: Arc<dyn Sentences>,
    examples: &[Example],
    settings: &Settings,
) -> Result<Intents, NoVectors> {
    let texts = texts(examples);
    let vectors = model.encode(&texts.iter().map(String::as_str).collect::<Vec<_>>())?;
    Ok(train_told(base, model, examples, vectors, settings))
}

/// The texts whose vectors a plugged model tells for [`train_told`].
pub fn texts(examples: &[Example]) -> Vec<String> {
    core::read(examples).into_iter().map(|row| row.text.into_owned()).collect()
}

/// The same as [`train_with`] where the model has told its vectors already: one for each of [`texts`], in their order.
/// A text whose vector is of nothing is learnt without.
pub fn train_told(
    base: &Embedder,
    model: Arc<dyn Sentences>,
    examples: &[Example],
    vectors: Vec<Vec<f32>>,
    settings: &Settings,
) -> Intents {
    let mut rows = core::read(examples);
    for (row, vector) in rows.iter_mut().zip(vectors) {
        row.look.sentence = crate::intent::whole(vector);
    }
    learn(base, Some(model), &rows, settings)
}

fn learn(
    base: &Embedder,
    model: Option<Arc<dyn Sentences>>,
    rows: &[core::Row<'_>],
    settings: &Settings,
) -> Intents {
    let all: Vec<usize> = (0..rows.len()).collect();
    let (core, seen) = std::thread::scope(|scope| {
        let trials = scope.spawn(|| trials::run(base, rows, settings));
        let mut core = core::learn(base, rows, &all, settings);
        core.sight.sentences = model;
        (core, trials.join().unwrap_or_default())
    });
    Intents { core, trust: worth::weigh(&seen, settings) }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::{embed, intent::NOT_OURS};

    /// A shop of four intents, each asked about six goods in two languages, and questions for nobody here.
    fn examples() -> Vec<Example> {
        let goods = [
            ("碗", "bowl"),
            ("台灯", "lamp"),
            ("被子", "quilt"),
            ("花瓶", "vase"),
            ("茶壶", "teapot"),
            ("毛巾", "towel"),
        ];
        let ways = [
            ("return", "想退", "how do I send back my"),
            ("delivery", "什么时候能送到我的", "when will you deliver the"),
            ("care", "怎么洗", "how to wash the"),
            ("invoice", "开发票，买的是", "please send an invoice for the"),
            (NOT_OURS, "帮我订去上海的机票带", "play a song about a"),
        ];
        let example = |text: String, intent: &str| Example { text, intent: intent.to_owned() };
        let asked = goods.iter().flat_map(|(zh, en)| {
            ways.iter().flat_map(move |(intent, a, b)| {
                [example(format!("{a}{zh}"), intent), example(format!("{b} {en}"), intent)]
            })
        });
        asked.collect()
    }

    static SHOP: LazyLock<Intents> =
        LazyLock::new(|| train(&embed::shipped(), &examples(), &Settings::default()));

    #[test]
    fn what_resembles_an_example_is_understood_in_both_languages() {
        for (text, intent) in [
            ("这个盘子我想退掉", "return"),
            ("could you deliver the plate tomorrow", "delivery"),
            ("盘子怎么清洗", "care"),
            ("I need the invoice", "invoice"),
        ] {
            let guess = SHOP.guess(text).expect("there are intents");
            assert_eq!(guess.intent, intent, "{text}");
        }
    }

    #[test]
    fn what_nobody_here_can_do_is_none_of_ours() {
        let guess = SHOP.guess("play a song about the rain").expect("there are intents");
        assert!(!guess.is_ours, "{guess:?} against {}", SHOP.threshold());
        assert!(SHOP.names().all(|name| name != NOT_OURS));
    }

    #[test]
    fn the_same_examples_give_the_same_model() {
        let again = train(&embed::shipped(), &examples(), &Settings::default());
        for text in ["想退", "wash it", "🙂"] {
            assert_eq!(SHOP.guess(text), again.guess(text));
        }
    }

    #[test]
    fn without_examples_nothing_is_guessed() {
        let empty = train(&embed::shipped(), &[], &Settings::default());
        assert_eq!(empty.guess("怎么退货"), None);
    }

    /// A model that knows which made-up words are about parcels.
    struct Knows;

    const PARCELS: [&str; 6] = ["zorp", "mingle", "tarn", "hub", "oxalis", "pell"];
    const MONEY: [&str; 6] = ["quev", "blist", "fondu", "yarrow", "crith", "swale"];

    impl Sentences for Knows {
        fn name(&self) -> &'static str {
            "knows"
        }

        fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors> {
            let about = |words: &[&str], text: &str| f32::from(u8::from(words.contains(&text)));
            Ok(texts.iter().map(|text| vec![3.0 * about(&PARCELS, text), about(&MONEY, text), 0.1]).collect())
        }
    }

    #[test]
    fn a_plugged_model_is_heard_where_words_say_nothing() {
        let of = |words: &[&str], intent: &str| -> Vec<Example> {
            words[..5]
                .iter()
                .map(|word| Example { text: (*word).to_owned(), intent: intent.to_owned() })
                .collect()
        };
        let examples: Vec<Example> = [of(&PARCELS, "parcel"), of(&MONEY, "money")].concat();
        let intents = train_with(&embed::shipped(), Arc::new(Knows), &examples, &Settings::default())
            .expect("it has vectors");
        for (text, intent) in [(PARCELS[5], "parcel"), (MONEY[5], "money")] {
            assert_eq!(intents.guess(text).expect("there are intents").intent, intent, "{text}");
        }
    }

    #[test]
    fn the_name_of_an_intent_is_an_example_where_customers_use_its_words() {
        let example = |text: &str, intent: &str| Example { text: text.to_owned(), intent: intent.to_owned() };
        let examples = [
            example("the present is for mum", "gift_wrapping"),
            example("can you do the wrapping of a gift", "other"),
            example("when do you open", "other"),
            example("where are you", "contentOnly"),
        ];
        let named: Vec<String> =
            core::read(&examples).iter().filter(|row| row.is_name).map(|row| row.text.to_string()).collect();
        assert_eq!(named, ["gift wrapping"]);
    }

    proptest! {
        /// Whatever is typed, a confidence is a probability.
        #[test]
        fn any_text_gets_a_guess(text in r"(?s).{0,80}") {
            let guess = SHOP.guess(&text).expect("there are intents");
            prop_assert!((0.0..=1.0).contains(&guess.confidence), "{:?}", guess);
        }
    }
}
