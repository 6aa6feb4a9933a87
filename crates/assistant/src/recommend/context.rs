//! Which products of the catalogue a message means, by what it says and what was talked of before.

use domain::{Exchange, Lang, Moment, Past, Rung};
use language::facts::{Kind as What, Value, facts};

use super::{
    Stock,
    aspect::{self, Aspect},
    point::Point,
    rest::rest_of,
    search,
};
use crate::{clause::clauses, follow};

/// From so much of what was said on, a name is meant: all of it, as name or label.
const NAMES_IT: f32 = 0.79;
/// So far back a thing may have been talked of.
const BACK: usize = 3;

/// How surely these products are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    /// They were named in full, or pointed at.
    Named,
    /// They are what was named: 茶壶, and all that are called so.
    Part,
    /// A part of the name or a label was said.
    Likely,
}

/// What is known when a message is read.
pub(super) struct Context<'a> {
    pub(super) stock: &'a Stock,
    pub(super) lang: Lang,
    pub(super) past: &'a Past,
    /// What was recommended last, in its order.
    pub(super) latest: &'a [u32],
}

impl Context<'_> {
    /// The products that are meant, and how surely; `None` if none are or if words are left over.
    pub(super) fn meant(
        &self,
        in_full: Vec<u32>,
        point: Option<&Point>,
        rest: &[String],
        aspects: &[Aspect],
    ) -> Option<(Vec<u32>, Sure)> {
        if !in_full.is_empty() {
            let fitting: Vec<u32> =
                in_full.into_iter().filter(|&at| rest.iter().all(|word| self.says(at, word))).collect();
            return (!fitting.is_empty()).then_some((fitting, Sure::Named));
        }
        if let Some(point) = point.filter(|_| rest.is_empty()) {
            let list = match point {
                Point::It => self.talked_of(),
                _ => self.latest.to_vec(),
            };
            return Some((point.of(&list), Sure::Named)).filter(|(of, _)| !of.is_empty());
        }
        if rest.is_empty() {
            if compares(aspects) {
                let all = self.talked_of_lately();
                return Some((if all.len() > 1 { all } else { self.on_sale() }, Sure::Named));
            }
            // "多少钱" alone, after a word on a product.
            let leans = !aspects.is_empty() && self.past.last().is_some_and(of_goods);
            return leans.then(|| (self.talked_of(), Sure::Named)).filter(|(of, _)| !of.is_empty());
        }
        let mut found = self.by_part_of_the_name(rest);
        if found.is_empty() && aspects.is_empty() && rest.len() > 1 {
            found = self.by_all_that_it_says(rest);
        }
        // 刻字多少钱 asks for no chopsticks, though one pair bears that name and label; 茶具 is what several are.
        if aspects.iter().any(|one| matches!(one, Aspect::Price | Aspect::Stock)) {
            found.retain(|&at| self.stock.product(at).is_some_and(|one| search::is_called(one, rest)));
            if found.len() == 1 {
                found.retain(|&at| self.is_one(at, rest));
            }
        }
        let shown = self.shown_by_that_name(rest);
        if !shown.is_empty() && !compares(aspects) {
            found = shown;
        }
        // A bulb bears the label of lamps; the cheapest lamp is one.
        if compares(aspects) && found.iter().any(|&at| self.is_one(at, rest)) {
            found.retain(|&at| self.is_one(at, rest));
        }
        let asked = !aspects.is_empty() && aspects != [Aspect::Whole];
        let sure =
            if asked && found.iter().all(|&at| self.is_one(at, rest)) { Sure::Part } else { Sure::Likely };
        (!found.is_empty()).then_some((found, sure))
    }

    /// 「毯子多大」 after a blanket was recommended means that one.
    fn shown_by_that_name(&self, words: &[String]) -> Vec<u32> {
        if words.is_empty() || !talks_of_goods(self.past) {
            return Vec::new();
        }
        let names = |at: u32, word: &String| {
            let stem = word.strip_suffix('子').filter(|stem| !stem.is_empty()).unwrap_or(word);
            self.stock.product(at).is_some_and(|one| one.name(self.lang).to_lowercase().contains(stem))
        };
        self.latest.iter().copied().filter(|&at| words.iter().all(|word| names(at, word))).collect()
    }

    /// All that can be bought.
    fn on_sale(&self) -> Vec<u32> {
        let sold = |at: &u32| self.stock.product(*at).is_some_and(|one| one.active && one.in_stock);
        (0..self.stock.len() as u32).filter(sold).collect()
    }

    /// 夜灯和阅读灯: each by its part of the name; `None` unless each names one thing.
    pub(super) fn joined(&self, said: &str) -> Option<Vec<u32>> {
        const JOINS: [&str; 10] = ["和", "跟", "与", "加", "还有", "、", ",", " and ", " or ", " vs "];
        let pieces = JOINS.iter().fold(vec![said.to_owned()], |pieces, join| {
            pieces.iter().flat_map(|piece| piece.split(join).map(str::to_owned).collect::<Vec<_>>()).collect()
        });
        let words: Vec<Vec<String>> =
            pieces.iter().map(|piece| rest_of(piece)).filter(|words| !words.is_empty()).collect();
        if words.len() < 2 {
            return None;
        }
        let one = |words: &Vec<String>| {
            let mut found = self.by_part_of_the_name(words);
            found.retain(|&at| self.is_one(at, words) || found_whole(self.stock, at, words));
            (!found.is_empty()).then_some(found)
        };
        let mut all: Vec<u32> = words.iter().map(one).collect::<Option<Vec<_>>>()?.concat();
        all.dedup();
        Some(all)
    }

    /// Those that are one of what is named and say all the rest of it: 眼罩是真丝的吗.
    fn by_all_that_it_says(&self, words: &[String]) -> Vec<u32> {
        let says = |at: &u32| {
            words.iter().all(|word| self.stock.goods.index.says(*at, word)) && self.is_one(*at, words)
        };
        (0..self.stock.len() as u32).filter(says).collect()
    }

    /// Whether a product says a word of itself, as a word or within one: 有烟吗 of 无烟.
    fn says(&self, at: u32, word: &str) -> bool {
        let within = || {
            let han = word.chars().all(language::is_han);
            han && self
                .stock
                .product(at)
                .is_some_and(|product| product.texts.values().any(|text| text.description.contains(word)))
        };
        self.stock.goods.index.says(at, word) || within()
    }

    pub(super) fn is_one(&self, at: u32, words: &[String]) -> bool {
        self.stock.product(at).is_some_and(|product| search::is_one(product, words))
    }

    /// Those whose names and labels say all of it. Of 榉木砧板 and 砧板保养油 the first is a 砧板.
    fn by_part_of_the_name(&self, words: &[String]) -> Vec<u32> {
        let found = self.stock.goods.index.find(words);
        let all = found.into_iter().filter(|(_, share)| *share >= NAMES_IT).map(|(at, _)| at);
        let mut fitting: Vec<u32> =
            all.filter(|&at| self.stock.product(at).is_some_and(|product| product.active)).collect();
        fitting.sort_unstable();
        let is_one = |at: &u32| self.is_one(*at, words);
        let is_of_one = |at: &u32| {
            let product = self.stock.product(*at);
            product.is_some_and(|product| search::is_of_one(product, words))
        };
        if fitting.iter().any(is_one) {
            fitting.retain(|at| is_one(at) || !is_of_one(at));
        }
        fitting
    }

    /// The one thing that a question is about: named in full, by the most words of its name, or talked of before.
    pub(super) fn thing_of(&self, text: &str) -> Option<u32> {
        let named: Vec<u32> = named_in(text, self).into_iter().flat_map(|(_, places)| places).collect();
        if let [one] = named[..] {
            return Some(one);
        }
        let words = rest_of(&clauses(text).join(" , "));
        let said = |at: u32| {
            let called = self.stock.goods.called.get(at as usize)?;
            let count = words.iter().filter(|word| called.contains(word.as_str())).count();
            (count > 0 && self.is_one(at, &words)).then_some((count, at))
        };
        let found: Vec<(usize, u32)> = (0..self.stock.len() as u32).filter_map(said).collect();
        let most = found.iter().map(|(count, _)| *count).max();
        let best: Vec<u32> =
            found.iter().filter(|(count, _)| Some(*count) == most).map(|(_, at)| *at).collect();
        match (best.as_slice(), found.is_empty() && talks_of_goods(self.past)) {
            ([one], _) => Some(*one),
            (_, true) => Some(self.talked_of()).filter(|of| of.len() == 1)?.first().copied(),
            _ => None,
        }
    }

    /// What was talked of last: what a question named, else what was recommended.
    fn talked_of(&self) -> Vec<u32> {
        for exchange in
            self.past.exchanges.iter().rev().filter(|one| one.rung != Some(Rung::Smalltalk)).take(BACK)
        {
            let named: Vec<u32> =
                named_in(exchange.understood(), self).into_iter().flat_map(|(_, places)| places).collect();
            if !named.is_empty() {
                return named;
            }
            if of_goods(exchange) {
                return self.latest.to_vec();
            }
        }
        Vec::new()
    }

    /// All that was talked of in the latest exchanges about products: what is compared.
    pub(super) fn talked_of_lately(&self) -> Vec<u32> {
        let mut all: Vec<u32> = Vec::new();
        for exchange in self.past.exchanges.iter().rev().take(BACK).take_while(|one| of_goods(one)) {
            let named: Vec<u32> =
                named_in(exchange.understood(), self).into_iter().flat_map(|(_, places)| places).collect();
            let found = if named.is_empty() { self.latest.to_vec() } else { named };
            all.extend(found.into_iter().filter(|at| !all.contains(at)).collect::<Vec<_>>());
        }
        all
    }

    /// What is asked of a product by who only names it: the same as of the one before (「青釉茶杯呢」), else all.
    pub(super) fn asked_before(&self, text: &str, points: bool, names_only: bool) -> Option<Vec<Aspect>> {
        let before = self.past.last().filter(|last| of_goods(last)).map(Exchange::understood);
        let before = before.map(|text| aspect::asked(&clauses(text).join(" , ")).0).unwrap_or_default();
        if follow::lean(text, self.lang) == follow::Lean::Leaning && !before.is_empty() {
            return Some(before);
        }
        // Somebody who says no more than a name wants to know what that is; one who asks something of it does not.
        let names = names_only && (!points || self.past.last().is_some_and(of_goods));
        names.then(|| vec![Aspect::Whole])
    }
}

pub(super) fn compares(aspects: &[Aspect]) -> bool {
    aspects.iter().any(|one| matches!(one, Aspect::Cheapest | Aspect::Dearest))
}

/// Whether these words are nothing but a part of the names.
pub(super) fn in_full_of(of: &[u32], words: &[String], stock: &Stock) -> bool {
    of.iter().all(|&at| found_whole(stock, at, words))
}

/// Whether its name holds all of these words.
fn found_whole(stock: &Stock, at: u32, words: &[String]) -> bool {
    stock.product(at).is_some_and(|product| {
        let mut names = product.texts.values().map(|text| text.name.to_lowercase());
        names.any(|name| words.iter().all(|word| name.contains(word.as_str())))
    })
}

/// Whether an answer was given from the catalogue: it composes, and cites no entry.
pub(super) fn of_goods(exchange: &Exchange) -> bool {
    exchange.rung == Some(Rung::Composed) && exchange.used.is_empty()
}

/// Whether products are what is talked of: what the knowledge answered is another topic.
pub(super) fn talks_of_goods(past: &Past) -> bool {
    let mut latest = past.exchanges.iter().rev().take(2);
    let nothing = |one: &Exchange| one.used.is_empty() && one.rung == Some(Rung::Refuse);
    latest.next().is_some_and(|last| of_goods(last) || nothing(last) && latest.next().is_some_and(of_goods))
}

/// The products that a text names in full: how it says them, and their places.
pub(super) fn named_in(text: &str, context: &Context<'_>) -> Vec<(String, Vec<u32>)> {
    // All facts are read to tell a product from what only looks like one; most messages name none.
    if !context.stock.names().is_named(text) {
        return Vec::new();
    }
    let today = Moment::from(domain::Timestamp::UNIX_EPOCH).today(context.lang);
    let found = facts(text, today, Some(context.stock.names()));
    let products = found.into_iter().filter(|fact| fact.kind == What::Product);
    let place = |fact: language::facts::Fact| {
        let Value::Text(name) = &fact.value else { return None };
        let active = |at: &u32| context.stock.product(*at).is_some_and(|product| product.active);
        let places: Vec<u32> = context.stock.named(name).iter().copied().filter(active).collect();
        let said = language::normal::normalise(text.get(fact.span)?);
        (!places.is_empty()).then_some((said, places))
    };
    products.filter_map(place).collect()
}
