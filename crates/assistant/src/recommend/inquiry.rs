//! Questions about a product that the catalogue itself answers: what it costs, whether it can be bought, how big it
//! is, what it is made of. Never what is not written there: words that are left over are another question.

use domain::{Exchange, Kind, Lang, Moment, Past, Rung};
use knowledge::Hit;
use language::{
    facts::{Kind as What, Value, facts},
    segment::terms,
};

use super::{
    Stock,
    aspect::{self, Aspect},
    point::{Point, pointed},
    rest::{bare_of_words, counted, rest_of},
    search::{self, telling},
};
use crate::{clause::clauses, courtesy, decide::Decision, follow, several};

/// Something asked of products of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inquiry {
    /// What is asked.
    pub(super) aspects: Vec<Aspect>,
    /// Of which, by their places in the stock.
    pub(super) of: Vec<u32>,
    /// How many fit what was named; more than `of` where that were too many to list.
    pub(super) fitting: usize,
    /// For so many pieces; 0 where no number was said.
    pub(super) count: u32,
    /// What they cost together is asked, one of each.
    pub(super) total: bool,
    /// It was asked of the one before: where this one does not say it, it says what it is.
    pub(super) leans: bool,
    /// The words by which they were called, where that is not the whole name.
    called: Vec<String>,
    /// The words that they do not say of themselves, where all that they say is the answer.
    unsaid: Vec<String>,
    sure: Sure,
}

/// How surely these products are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sure {
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

/// How one asks for a sum.
const TOTAL: [&str; 7] = ["一共", "总共", "合计", "加起来", "in total", "altogether", "all together"];
/// What more products than these say of themselves is no answer.
const FEW: usize = 3;
/// At most so many are told of at once.
const MOST: usize = 5;
/// From so much of what was said on, a name is meant: all of it, as name or label.
const NAMES_IT: f32 = 0.79;
/// So far back a thing may have been talked of.
const BACK: usize = 3;
/// Longer messages tell a story, in characters.
const LONGEST: usize = 80;
impl Inquiry {
    /// What a message asks of the catalogue; `None` where it asks something else, or nothing.
    pub(super) fn read(text: &str, context: &Context<'_>) -> Option<Self> {
        let text = courtesy::without(text);
        if text.chars().nth(LONGEST).is_some() || super::wish::is_trouble(text) {
            return None;
        }
        let low = clauses(text).join(" , ");
        let named = named_in(text, context);
        let bare = named.iter().fold(low, |rest, (said, _)| rest.replace(&said.to_lowercase(), " "));
        let (mut aspects, rest) = aspect::asked(&bare);
        let (point, rest) = pointed(&rest);
        let (count, said) = counted(&rest);
        let rest = rest_of(&said);
        let in_full: Vec<u32> = named.into_iter().flat_map(|(_, places)| places).collect();
        let joined = if in_full.is_empty() && point.is_none() { context.joined(&said) } else { None };
        // 「那买五个呢」 asks what they cost.
        let names_none = in_full.is_empty() && point.is_none() && rest.is_empty();
        if count > 0 && aspects.is_empty() && names_none && talks_of_goods(context.past) {
            aspects.push(Aspect::Price);
        }
        let total = TOTAL.iter().any(|word| text.to_lowercase().contains(word));
        // 「两个一共多少」 after two that were asked about means those two.
        let lately = if total && names_none { context.talked_of_lately() } else { Vec::new() };
        let (of, sure) = match joined {
            _ if lately.len() > 1 && lately.len() == count as usize => (lately, Sure::Named),
            Some(of) => (of, Sure::Part),
            None => context.meant(in_full, point.as_ref(), &rest, &aspects)?,
        };
        let described = aspects.is_empty()
            && !rest.is_empty()
            && several::asks(text, context.lang)
            && (rest.len() > 1 || !in_full_of(&of, &rest, context.stock));
        let wished = super::wish::Wish::read(text, false).is_some();
        if described
            && !wished
            && of.len() <= FEW
            && of.iter().all(|&at| context.is_one(at, &rest) || sure == Sure::Named)
        {
            return Some(Self::described(of, rest, context.stock));
        }
        let leans = aspects.is_empty();
        if leans {
            let names_only = sure == Sure::Named && bare_of_words(&said);
            aspects = context.asked_before(text, point.is_some(), names_only)?;
        }
        let called = if sure == Sure::Part { rest } else { Vec::new() };
        // 「两个一共多少」 of two that were named is one of each.
        let count = if of.len() > 1 { 0 } else { count };
        let (fitting, mut of) = (of.len(), of);
        of.truncate(MOST);
        let (total, unsaid) = (total && fitting > 1, Vec::new());
        Some(Self { aspects, of, fitting, count, total, leans, called, unsaid, sure })
    }

    fn described(of: Vec<u32>, words: Vec<String>, stock: &Stock) -> Self {
        let says = |word: &String| of.iter().any(|&at| stock.goods.index.says(at, word));
        let unsaid = words.into_iter().filter(|word| !says(word)).collect();
        let (aspects, called) = (vec![Aspect::Described], Vec::new());
        let (fitting, sure) = (of.len(), Sure::Likely);
        Self { aspects, of, fitting, count: 0, total: false, leans: false, called, unsaid, sure }
    }

    /// Whether what the products do not say is what entries are about: 「发票」 is no matter of a pair of mugs.
    pub(super) fn is_matter_of_entries(&self, hits: &[Hit]) -> bool {
        let named = |hit: &Hit| terms(&hit.title).iter().any(|term| self.unsaid.contains(term));
        hits.iter().take(FEW).any(named)
    }

    /// Whether a message may ask something of the catalogue: cheaper than reading it.
    pub(super) fn may_be(text: &str, stock: &Stock, past: &Past) -> bool {
        let low = clauses(text).join(" , ");
        !aspect::asked(&low).0.is_empty()
            || stock.names().is_named(text)
            || telling(&low).iter().any(|word| stock.goods.index.names(word))
            || talks_of_goods(past)
    }

    /// Whether the knowledge answers it better: where it holds just this question, where it speaks of this very
    /// product, and where it was not certain that a product is meant.
    pub(super) fn is_better_known(&self, decision: &Decision, hits: &[Hit], stock: &Stock) -> bool {
        if !decision.rung.answers() {
            return matches!(decision.rung, Rung::Handover | Rung::Smalltalk);
        }
        if matches!(decision.reason, "same_words" | "picked") || self.sure == Sure::Likely {
            return true;
        }
        let hit = decision.picks.first().and_then(|&at| hits.get(at));
        hit.is_some_and(|hit| {
            let title = hit.title.to_lowercase();
            let titles = format!("{title}\n{}", hit.closest.to_lowercase());
            let mut names = self.products(stock).flat_map(|one| one.texts.values());
            let by_name = names.any(|text| titles.contains(&text.name.to_lowercase()));
            // A way to ask that names the thing by the way is no answer on it; a title is.
            let called = self.called.iter().any(|word| title.contains(word.as_str()));
            let asked = || aspect::asked(&clauses(&title).join(" , ")).0;
            let asks_it = || self.aspects.iter().any(|aspect| asked().contains(aspect));
            by_name && hit.kind == Kind::Answer || called && asks_it()
        })
    }

    /// Whether it is certain of which one product what feature is asked.
    pub(super) fn is_certain(&self) -> bool {
        self.sure == Sure::Named && self.of.len() == 1 && !self.leans
    }

    pub(super) fn products<'a>(&'a self, stock: &'a Stock) -> impl Iterator<Item = &'a domain::Product> {
        self.of.iter().filter_map(|&at| stock.product(at))
    }

    /// The question with the products by their names: what comes next may lean on it.
    pub(super) fn in_full(&self, text: &str, stock: &Stock, lang: Lang) -> String {
        let names: Vec<&str> = self.products(stock).map(|one| one.name(lang)).collect();
        let missing = names.iter().any(|name| !text.to_lowercase().contains(&name.to_lowercase()));
        if missing { format!("{} {text}", names.join(lang.pick("、", ", "))) } else { text.to_owned() }
    }
}

impl Context<'_> {
    /// The products that are meant, and how surely; `None` if none are or if words are left over.
    fn meant(
        &self,
        in_full: Vec<u32>,
        point: Option<&Point>,
        rest: &[String],
        aspects: &[Aspect],
    ) -> Option<(Vec<u32>, Sure)> {
        if !in_full.is_empty() {
            let said = |at: &u32| rest.iter().all(|word| self.stock.goods.index.says(*at, word));
            let fitting: Vec<u32> = in_full.into_iter().filter(said).collect();
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
            let compares = aspects.iter().any(|one| matches!(one, Aspect::Cheapest | Aspect::Dearest));
            if compares {
                let all = self.talked_of_lately();
                return (all.len() > 1).then_some((all, Sure::Named));
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
        let asked = !aspects.is_empty() && aspects != [Aspect::Whole];
        let sure =
            if asked && found.iter().all(|&at| self.is_one(at, rest)) { Sure::Part } else { Sure::Likely };
        (!found.is_empty()).then_some((found, sure))
    }

    /// 夜灯和阅读灯: each by its part of the name; `None` unless each names one thing.
    fn joined(&self, said: &str) -> Option<Vec<u32>> {
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

    fn is_one(&self, at: u32, words: &[String]) -> bool {
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
            let product = self.stock.product(at)?;
            let called: String = product.texts.values().map(|text| text.name.to_lowercase() + "\n").collect();
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
    fn talked_of_lately(&self) -> Vec<u32> {
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
    fn asked_before(&self, text: &str, points: bool, names_only: bool) -> Option<Vec<Aspect>> {
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

/// Whether these words are nothing but a part of the names.
fn in_full_of(of: &[u32], words: &[String], stock: &Stock) -> bool {
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
