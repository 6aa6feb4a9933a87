//! What this company's customers want: learnt from its knowledge and from examples that its owner adds.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, PoisonError, RwLock},
};

use domain::Label;
use language::{
    embed,
    intent::{Intents as Model, NOT_OURS},
    sentences::Sentences,
    train::intent::{Example, Settings, texts, train, train_told},
};

use crate::clause::clauses;

/// To be raised when what is learnt from the same examples changes: what was kept before is then learnt again.
const WAY_OF_LEARNING: u32 = 2;
/// With fewer intents than this there is nothing to tell apart.
const FEWEST: usize = 2;
/// A message is cut into at most so many clauses.
const MOST_CLAUSES: usize = 6;
/// A clause shorter than this in characters says too little on its own.
const SHORTEST: usize = 3;

/// The running model. Learning makes the next one and swaps it in; who reads never waits.
#[derive(Default)]
pub struct Intents {
    current: RwLock<Learnt>,
}

/// What was learnt, and with which plugged model's help.
#[derive(Clone, Default)]
struct Learnt {
    model: Option<Arc<Model>>,
    helper: Option<Arc<dyn Sentences>>,
}

impl Intents {
    /// Learns from these examples: seconds of work, while the former model goes on.
    pub fn learn(&self, examples: &[Example]) {
        let learn = || Arc::new(train(&embed::shipped(), examples, &Settings::default()));
        self.swap(Learnt { model: are_enough(examples).then(learn), helper: None });
    }

    /// The texts whose vectors a plugged model tells for [`Intents::learn_with`].
    pub fn texts(examples: &[Example]) -> Vec<String> {
        texts(examples)
    }

    /// The same as [`Intents::learn`] with the help of a plugged model, which has told its vectors: one for each of
    /// [`Intents::texts`], in their order.
    pub fn learn_with(&self, helper: Arc<dyn Sentences>, examples: &[Example], vectors: Vec<Vec<f32>>) {
        let asked = Arc::clone(&helper);
        let how = Settings::default();
        let learn = || Arc::new(train_told(&embed::shipped(), asked, examples, vectors, &how));
        self.swap(Learnt { model: are_enough(examples).then(learn), helper: Some(helper) });
    }

    /// The plugged model with whose help was learnt what is used now.
    pub fn helper(&self) -> Option<Arc<dyn Sentences>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).helper.clone()
    }

    /// Takes what [`Intents::learnt`] gave, if it was learnt from these examples; whether it was.
    pub fn recall(&self, examples: &[Example], kept: &[u8]) -> bool {
        let Some((of, model)) = kept.split_first_chunk::<8>() else { return false };
        let same = u64::from_le_bytes(*of) == lessons(examples);
        let model = same.then(|| Model::from_bytes(&embed::shipped(), model)).flatten();
        let known = model.is_some();
        if known {
            self.swap(Learnt { model: model.map(Arc::new), helper: None });
        }
        known
    }

    /// What was learnt from these examples, to be kept for [`Intents::recall`]; `None` if there is nothing.
    pub fn learnt(&self, examples: &[Example]) -> Option<Vec<u8>> {
        let mut kept = lessons(examples).to_le_bytes().to_vec();
        kept.extend(self.current()?.to_bytes()?);
        Some(kept)
    }

    fn swap(&self, next: Learnt) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = next;
    }

    /// The intents that can be recognised.
    pub fn names(&self) -> Vec<String> {
        self.current().map(|model| model.names().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// What a message asks for, likeliest first; empty where it is none of ours or nothing was learnt yet.
    pub fn read(&self, text: &str) -> Vec<Label> {
        let Some(model) = self.current() else { return Vec::new() };
        let mut found: Vec<Label> = Vec::new();
        let pieces = clauses(text);
        let parts = pieces.iter().filter(|piece| piece.chars().count() >= SHORTEST).take(MOST_CLAUSES);
        let alone = pieces.len() < 2;
        let asked: Vec<&str> =
            std::iter::once(text).chain(parts.map(String::as_str).filter(|_| !alone)).collect();
        for guess in model.guess_all(&asked).into_iter().flatten().filter(|guess| guess.is_ours) {
            match found.iter_mut().find(|label| label.name == guess.intent) {
                Some(known) => known.confidence = known.confidence.max(guess.confidence),
                None => found.push(Label { name: guess.intent.to_owned(), confidence: guess.confidence }),
            }
        }
        found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        found
    }

    fn current(&self) -> Option<Arc<Model>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).model.clone()
    }
}

fn are_enough(examples: &[Example]) -> bool {
    let ours = examples.iter().filter(|example| example.intent != NOT_OURS);
    let mut names: Vec<&str> = ours.map(|example| example.intent.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.len() >= FEWEST
}

/// A name for all that learning depends on.
fn lessons(examples: &[Example]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (WAY_OF_LEARNING, embed::shipped().fingerprint()).hash(&mut hasher);
    for example in examples {
        (&example.text, &example.intent).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> Intents {
        let intents = Intents::default();
        intents.learn(&examples());
        intents
    }

    fn examples() -> Vec<Example> {
        let rows = [
            (
                "delivery",
                [
                    "when does my parcel arrive",
                    "where is my parcel",
                    "快递到哪了",
                    "什么时候发货",
                    "track my delivery",
                ],
            ),
            (
                "invoice",
                [
                    "I need an invoice",
                    "send me the invoice please",
                    "怎么开发票",
                    "发票抬头写错了",
                    "invoice for my company",
                ],
            ),
            (
                "return",
                [
                    "how do I return it",
                    "I want to send it back",
                    "怎么退货",
                    "不想要了想退",
                    "return the bowl",
                ],
            ),
            (
                NOT_OURS,
                [
                    "book a table for two",
                    "will it rain tomorrow",
                    "明天会下雨吗",
                    "帮我订机票",
                    "play some music",
                ],
            ),
        ];
        rows.iter()
            .flat_map(|(intent, texts)| {
                texts.map(|text| Example { text: text.to_owned(), intent: (*intent).to_owned() })
            })
            .collect()
    }

    #[test]
    fn what_was_kept_is_recalled_for_the_same_examples_and_for_no_others() {
        let kept = shop().learnt(&examples()).expect("it has learnt");
        let again = Intents::default();
        assert!(!again.recall(&examples()[1..], &kept), "other examples");
        assert!(!again.recall(&examples(), &kept[..kept.len() - 1]) && !again.recall(&examples(), &[]));
        assert!(again.names().is_empty());
        assert!(again.recall(&examples(), &kept));
        assert_eq!(again.read("can I return the vase"), shop().read("can I return the vase"));
    }

    fn names(intents: &Intents, text: &str) -> Vec<String> {
        intents.read(text).into_iter().map(|label| label.name).collect()
    }

    #[test]
    fn what_is_wanted_is_named_in_both_languages() {
        let shop = shop();
        assert_eq!(names(&shop, "我想开发票"), ["invoice"]);
        assert_eq!(names(&shop, "can I return the vase"), ["return"]);
        assert_eq!(shop.names(), ["delivery", "invoice", "return"]);
    }

    #[test]
    fn several_wishes_in_one_message_are_all_found() {
        let mut found = names(&shop(), "我的快递到哪了？还有，怎么开发票");
        found.sort();
        assert_eq!(found, ["delivery", "invoice"]);
    }

    #[test]
    fn what_is_none_of_ours_gets_no_name() {
        assert!(names(&shop(), "will it rain on my table tomorrow").is_empty());
    }

    #[test]
    fn with_nothing_learnt_nothing_is_claimed() {
        let intents = Intents::default();
        intents.learn(&[]);
        assert!(intents.read("怎么退货").is_empty());
    }
}
