//! What a turn gets: an answer of recommendations, a line beside another answer, or nothing.

mod say;

use std::sync::Arc;

use domain::{Advised, AnswerId, Content, Given, Lang, Past, Rung, Shopper};
use knowledge::Hit;

use say::{Asides, Told};

use super::{
    Stock,
    context::{Context, of_goods, talks_of_goods},
    fits_moment,
    general::{self, General},
    inquiry::Inquiry,
    rank::{self, Pick},
    refine::{self, Change},
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
    told: Option<Told>,
    asides: Asides,
}

/// A turn, as advice sees it.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The message.
    pub reading: &'a Reading,
    /// What was said before.
    pub past: &'a Past,
    /// What is decided without advice, and on what.
    pub decision: &'a Decision,
    /// What was found in the knowledge.
    pub hits: &'a [Hit],
    /// Its questions, if it asks several: each with its place among the hits, where it has an answer there.
    pub parts: &'a [(String, Option<usize>)],
    /// Who asks.
    pub shopper: &'a Shopper,
    /// The month, 1 to 12.
    pub month: u8,
}

const TOLD: &str = "told_by_catalogue";
const SILENT: &str = "catalogue_is_silent";
const ANOTHER_MATERIAL: &str = "another_material";
/// So sure an answer must be to come before advice that was plainly asked for.
const SURE: f32 = 0.97;
/// So sure must it be that somebody is unhappy who asks for advice: short questions are easily taken for grumbles.
const PLAINLY: f32 = 0.85;
/// So many exchanges ago a wish may have been said that is changed now.
const BACK: usize = 6;

impl Advice {
    /// What the catalogue answers: a fact of a product, or advice for who asks for it; nothing if they do not, or if
    /// an entry answers better.
    pub fn asked(stock: Arc<Stock>, asking: &Asking<'_>) -> Self {
        // Who tells what they cannot have may ask for advice in the same breath.
        let told = asking.decision.reason == crate::consider::TOLD;
        let plain = matches!(asking.decision.rung, Rung::Handover | Rung::Smalltalk) && !told;
        if stock.is_empty() || asking.reading.attack.is_some() || plain {
            return Self::default();
        }
        if let Some(told) = Told::read(&stock, asking) {
            return Self { stock, told: Some(told), ..Self::default() };
        }
        let asides = Asides::read(&stock, asking);
        if !asides.said.is_empty() {
            return Self { stock, asides, ..Self::default() };
        }
        Self::wished(stock, asking)
    }

    /// Whether more of what was recommended is wanted, by words that may also ask for another person.
    pub fn wants_more(text: &str, past: &Past) -> bool {
        talks_of_goods(past) && Wish::read(text, true).is_some_and(|wish| wish.more)
    }

    /// Whether a message may ask for any of it: cheaper than finding out.
    pub fn may_be_asked(stock: &Stock, text: &str, past: &Past) -> bool {
        !stock.is_empty() && (Wish::read(text, true).is_some() || Inquiry::may_be(text, stock, past))
    }

    fn wished(stock: Arc<Stock>, asking: &Asking<'_>) -> Self {
        let Asking { reading, decision, .. } = *asking;
        let Some((wish, from)) = asking.wish(&stock) else { return Self::default() };
        // Who changes a wish says what they do not want: that is no bad mood.
        let sad = reading.mood.name == "negative" && reading.mood.confidence >= PLAINLY;
        let upset = reading.mood.name == "angry" || from != From::Change && sad;
        if !stock.rules.on || upset || matches!(decision.reason, "same_words" | "picked") {
            return Self::default();
        }
        let known = matches!(decision.rung, Rung::Exact | Rung::Composed);
        let perhaps = wish.strength == Strength::Perhaps;
        let better = (perhaps || decision.confidence >= SURE) && asking.is_answered(&wish, &stock);
        if known && from != From::Change && better {
            return Self::default();
        }
        let (wish, picks) = asking.picks(&stock, wish, from);
        // Who changed a wish hears that nothing fits it; to others it may not have been one.
        let silent =
            picks.is_empty() && from != From::Change && (perhaps || known || decision.rung == Rung::Suggest);
        if silent {
            return Self::default();
        }
        Self { stock, wish: Some(wish), picks, given: Some(Given::Asked), ..Self::default() }
    }

    /// For who asked something else, if the moment is right. Who is held out gets nothing, and that is noted.
    pub fn unasked(stock: Arc<Stock>, asking: &Asking<'_>) -> Self {
        let Asking { reading, decision, hits, shopper, month, .. } = *asking;
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
        Self { stock, picks: vec![pick], given: Some(given), ..Self::default() }
    }

    /// The questions of its kind, where one product is asked about and neither knowledge nor catalogue answers on it.
    pub(crate) fn in_general(&self, stock: &Stock, asking: &Asking<'_>) -> Option<(u32, Vec<General>)> {
        let Asking { reading, decision, .. } = *asking;
        let open = self.is_none() && matches!(decision.reason, "nothing_fits" | "not_sure");
        let held = self.told.as_ref().is_some_and(|told| told.reason == ANOTHER_MATERIAL);
        if stock.is_empty() || reading.attack.is_some() || !(open || held) {
            return None;
        }
        general::in_general(&asking.view(stock, &asking.latest(stock)), &reading.meant)
    }

    /// The same for one of several questions.
    pub(crate) fn part_in_general(
        stock: &Stock,
        asking: &Asking<'_>,
        part: &str,
    ) -> Option<(u32, Vec<General>)> {
        let reading = asking.reading;
        if stock.is_empty() || reading.attack.is_some() {
            return None;
        }
        general::part_in_general(&asking.view(stock, &asking.latest(stock)), part, &reading.meant)
    }

    /// Whether the catalogue answers one of several questions.
    pub(crate) fn says(&self, part: &str) -> bool {
        self.asides.said.iter().any(|(asked, _)| asked == part)
    }

    /// Whether there is none.
    pub const fn is_none(&self) -> bool {
        self.given.is_none() && self.told.is_none() && self.asides.said.is_empty()
    }

    /// The decision that stands for it, if it answers.
    pub fn decision(&self) -> Option<Decision> {
        let reason = match (&self.told, self.given) {
            (Some(told), _) => told.reason,
            _ if !self.asides.questions.is_empty() => TOLD,
            (_, Some(Given::Asked)) if self.picks.is_empty() => "nothing_to_recommend",
            (_, Some(Given::Asked)) => "recommended",
            _ => return None,
        };
        Some(Decision { rung: self.rung(), reason, picks: Vec::new(), confidence: 1.0 })
    }

    /// That nothing fits is no answer.
    fn rung(&self) -> Rung {
        let tells = self.told.as_ref().is_some_and(|told| told.reason == TOLD);
        let says = tells || !self.picks.is_empty() || !self.asides.questions.is_empty();
        if says { Rung::Composed } else { Rung::Refuse }
    }

    /// What the catalogue says to some of several questions.
    pub fn asides(&self) -> &[(String, Content)] {
        &self.asides.said
    }

    /// All questions of a message of which the knowledge answers none and the catalogue some.
    pub fn questions(&self) -> &[String] {
        &self.asides.questions
    }

    /// The question with the product's name, where the catalogue answers it.
    pub fn context(&self) -> Option<&str> {
        self.told.as_ref().map(|told| told.in_full.as_str())
    }

    /// The answer, if advice is one.
    pub fn content(&self, answer: &AnswerId, lang: Lang) -> Option<Content> {
        let mut content = match (&self.told, &self.wish) {
            (Some(told), _) => told.content.clone(),
            (None, Some(wish)) if self.picks.is_empty() => words::nothing(wish, lang),
            (None, Some(wish)) => words::asked(&self.stock, wish, &self.picks, answer, lang),
            (None, None) => return None,
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

/// Where a wish comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    /// It is said in full, or more of the same is wanted.
    Message,
    /// It may change the one before.
    Perhaps,
    /// It changes the one before.
    Change,
}

impl Asking<'_> {
    /// What is wished for.
    fn wish(&self, stock: &Stock) -> Option<(Wish, From)> {
        let text = &self.reading.meant;
        let former = self.former(stock);
        let talks = talks_of_goods(self.past);
        let changed = former
            .as_ref()
            .filter(|_| talks)
            .and_then(|former| former.refined(text, stock, &self.latest(stock)));
        if let Some(change) = changed.as_ref().filter(|change| change.describes) {
            return Some((change.wish.clone(), From::Change));
        }
        // "Anything else" wishes for what was wished for before; it may be said after a question in between.
        if let Some(wish) = Wish::read(text, former.is_some() || self.shopper.just_advised) {
            let again = former.filter(|_| wish.more);
            let again = again.map(|former| Wish { strength: Strength::Plain, more: true, ..former });
            let from = if again.is_some() && talks { From::Change } else { From::Message };
            return Some((again.unwrap_or(wish), from));
        }
        let Change { wish, plainly, .. } = changed?;
        let strength = if plainly { Strength::Plain } else { Strength::Perhaps };
        Some((Wish { strength, ..wish }, if plainly { From::Change } else { From::Perhaps }))
    }

    /// What fits. 「茶杯呢」 after 「推荐一款茶壶」 asks for another thing, and not for one that is both; and where nothing
    /// is left for whom it is, what fits otherwise comes close.
    fn picks(&self, stock: &Stock, wish: Wish, from: From) -> (Wish, Vec<Pick>) {
        let find = |wish: &Wish| rank::pick(stock, wish, self.shopper, self.month);
        let picks = find(&wish);
        // What a gift is for is said in words that no catalogue has: 妈妈喜欢做饭.
        let plain = wish.strength == Strength::Plain && wish.must.is_empty();
        if picks.is_empty() && plain && !wish.recipients.is_empty() {
            let plain = Wish { words: Vec::new(), ..wish.clone() };
            let found = find(&plain);
            if !found.is_empty() {
                return (plain, found);
            }
        }
        if !picks.is_empty() || from == From::Message && !wish.more {
            return (wish, picks);
        }
        let other = (wish.elsewhere && !wish.must.is_empty())
            .then(|| Wish { words: wish.must.clone(), ..wish.clone() });
        let close =
            wish.gift.then(|| Wish { recipients: Vec::new(), gift: false, close: true, ..wish.clone() });
        let found = other.into_iter().chain(close).map(|wish| (find(&wish), wish));
        let found = found.into_iter().find(|(picks, _)| !picks.is_empty());
        found.map_or((wish, picks), |(picks, wish)| (wish, picks))
    }

    /// Whether the entry that answers speaks of what is wished for.
    fn is_answered(&self, wish: &Wish, stock: &Stock) -> bool {
        let hit = self.decision.picks.first().and_then(|&at| self.hits.get(at));
        hit.is_none_or(|hit| {
            let title = hit.title.to_lowercase();
            let known = |word: &String| word.chars().nth(1).is_some() && stock.goods.index.knows(word);
            let all_known =
                wish.words.iter().all(known) && wish.words.iter().any(|word| stock.goods.index.names(word));
            !all_known || wish.words.iter().any(|word| title.contains(word.as_str()))
        })
    }

    /// The wish before this message: the latest that was said in full, as later messages changed it.
    fn former(&self, stock: &Stock) -> Option<Wish> {
        let skip = self.past.exchanges.len().saturating_sub(BACK);
        let latest = self.latest(stock);
        self.past.exchanges.iter().skip(skip).fold(None, |wish: Option<Wish>, exchange| {
            let text = exchange.understood();
            let new = Wish::read(text, wish.is_some());
            match (new, wish) {
                (Some(new), Some(wish)) if new.more => Some(wish),
                (Some(new), _) => Some(new),
                (None, Some(wish)) if of_goods(exchange) => {
                    let changed = wish.refined(text, stock, &latest);
                    let shown = |change: Change| {
                        let prices = refine::prices(stock, &latest, change.wish.budget.as_ref());
                        change.wish.shown(&prices)
                    };
                    Some(changed.map_or(wish, shown))
                }
                (None, wish) => wish,
            }
        })
    }

    fn inquiry(&self, stock: &Stock, text: &str) -> Option<Inquiry> {
        Inquiry::read(text, &self.view(stock, &self.latest(stock)))
    }

    /// The turn, as it is asked which products are meant.
    fn view<'a>(&'a self, stock: &'a Stock, latest: &'a [u32]) -> Context<'a> {
        Context { stock, lang: self.reading.lang, past: self.past, latest }
    }

    fn latest(&self, stock: &Stock) -> Vec<u32> {
        self.shopper.latest.iter().filter_map(|id| stock.place(id)).collect()
    }
}
