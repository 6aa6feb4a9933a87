//! What a turn gets: an answer of recommendations, a line beside another answer, or nothing.

use std::sync::Arc;

use domain::{Advised, AnswerId, Content, Given, Lang, Rung, Shopper};
use knowledge::Hit;

use super::{
    Stock, fits_moment,
    rank::{self, Pick},
    wish::{Strength, Wish},
    words,
};
use crate::{decide::Decision, read::Reading};

/// Advice for one turn, decided.
#[derive(Debug, Clone, Default)]
pub struct Advice {
    stock: Arc<Stock>,
    wish: Option<Wish>,
    picks: Vec<Pick>,
    given: Option<Given>,
}

/// So sure an answer must be to come before advice that was plainly asked for.
const SURE: f32 = 0.97;

impl Advice {
    /// For who asks for it; nothing if they do not, or if an entry answers better.
    pub fn asked(
        stock: Arc<Stock>,
        reading: &Reading,
        before: Option<&str>,
        decision: &Decision,
        shopper: &Shopper,
        month: u8,
    ) -> Self {
        let open = !stock.is_empty() && stock.rules.on && !reading.is_upset() && reading.attack.is_none();
        let answers = matches!(decision.rung, Rung::Handover | Rung::Smalltalk);
        let Some(wish) = Wish::read(&reading.meant, shopper.just_advised).filter(|_| open && !answers) else {
            return Self::default();
        };
        let wish = again(wish, before);
        let known = matches!(decision.rung, Rung::Exact | Rung::Composed);
        let better = decision.reason == "same_words"
            || (known && (wish.strength == Strength::Perhaps || decision.confidence >= SURE));
        if better {
            return Self::default();
        }
        let picks = rank::pick(&stock, &wish, shopper, month);
        let silent = picks.is_empty()
            && (wish.strength == Strength::Perhaps || known || decision.rung == Rung::Suggest);
        if silent {
            return Self::default();
        }
        Self { stock, wish: Some(wish), picks, given: Some(Given::Asked) }
    }

    /// For who asked something else, if the moment is right. Who is held out gets nothing, and that is noted.
    pub fn unasked(
        stock: Arc<Stock>,
        reading: &Reading,
        decision: &Decision,
        hits: &[Hit],
        shopper: &Shopper,
        month: u8,
    ) -> Self {
        if stock.is_empty() {
            return Self::default();
        }
        let named = reading.entities.iter().filter(|(kind, _)| kind == "product");
        let about: Vec<u32> = named.flat_map(|(_, name)| stock.named(name)).copied().collect();
        if !fits_moment(reading, decision, hits, !about.is_empty(), shopper, &stock.rules) {
            return Self::default();
        }
        let Some(pick) = rank::volunteer(&stock, &about, shopper, month) else { return Self::default() };
        let given = if shopper.held_out { Given::HeldOut } else { Given::Unasked };
        Self { stock, wish: None, picks: vec![pick], given: Some(given) }
    }

    /// Whether there is none.
    pub const fn is_none(&self) -> bool {
        self.given.is_none()
    }

    /// The decision that stands for it, if it answers.
    pub fn decision(&self) -> Option<Decision> {
        (self.given == Some(Given::Asked)).then(|| Decision {
            rung: self.rung(),
            reason: if self.picks.is_empty() { "nothing_to_recommend" } else { "recommended" },
            picks: Vec::new(),
            confidence: 1.0,
        })
    }

    /// That nothing fits is no answer.
    const fn rung(&self) -> Rung {
        if self.picks.is_empty() { Rung::Refuse } else { Rung::Composed }
    }

    /// The answer, if advice is one.
    pub fn content(&self, answer: &AnswerId, lang: Lang) -> Option<Content> {
        let wish = self.wish.as_ref()?;
        let mut content = if self.picks.is_empty() {
            words::nothing(wish, lang)
        } else {
            words::asked(&self.stock, wish, &self.picks, answer, lang)
        };
        content.answer = Some(answer.clone());
        content.rung = Some(self.rung());
        Some(content)
    }

    /// Adds a line to another answer, if that is what it is.
    pub fn add_to(&self, content: &mut Content, answer: &AnswerId) {
        if let (Some(Given::Unasked), [pick]) = (self.given, self.picks.as_slice()) {
            words::add(&self.stock, pick, answer, content);
        }
    }

    /// What stands in the trace.
    pub fn advised(&self) -> Vec<Advised> {
        let Some(given) = self.given else { return Vec::new() };
        let advised = |pick: &Pick| {
            let product = self.stock.product(pick.at)?.id.clone();
            let because = pick.because.iter().map(|why| why.code().to_owned()).collect();
            Some(Advised { product, given, because, score: pick.score })
        };
        self.picks.iter().filter_map(advised).collect()
    }
}

/// "Anything else" wishes for what was wished for before.
fn again(wish: Wish, before: Option<&str>) -> Wish {
    let former = before.filter(|_| wish.more).and_then(|text| Wish::read(text, false));
    former.map_or(wish, |former| Wish { strength: Strength::Plain, more: true, ..former })
}
