//! Questions about a product that the catalogue itself answers: what it costs, whether it can be bought, how big it
//! is, what it is made of. Never what is not written there: words that are left over are another question.

use domain::{Kind, Lang, Past, Rung};
use knowledge::Hit;
use language::segment::terms;

use super::{
    Stock,
    aspect::{self, Aspect},
    context::{Context, Sure, compares, in_full_of, named_in, talks_of_goods},
    point::{Point, pointed},
    rest::{bare_of_words, counted, rest_of},
    search::telling,
};
use crate::{clause::clauses, courtesy, decide::Decision, several};

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

/// How one asks for a sum.
const TOTAL: [&str; 7] = ["一共", "总共", "合计", "加起来", "in total", "altogether", "all together"];
/// What more products than these say of themselves is no answer.
const FEW: usize = 3;
/// At most so many are told of at once.
const MOST: usize = 5;
/// Longer messages tell a story, in characters.
const LONGEST: usize = 80;

/// What was heard in a message, before it is known which products are meant.
struct Heard {
    /// The products that it names in full.
    in_full: Vec<u32>,
    aspects: Vec<Aspect>,
    point: Option<Point>,
    count: u32,
    /// The text without all that was understood, and the words of it that name something.
    said: String,
    rest: Vec<String>,
    total: bool,
}

impl Heard {
    fn of(text: &str, context: &Context<'_>) -> Self {
        let named = named_in(text, context);
        let whole = clauses(text).join(" , ");
        let bare = named.iter().fold(whole, |rest, (said, _)| rest.replace(&said.to_lowercase(), " "));
        let (aspects, rest) = aspect::asked(&bare);
        let (point, rest) = pointed(&rest);
        let (count, said) = counted(&rest);
        let in_full = named.into_iter().flat_map(|(_, places)| places).collect();
        let total = TOTAL.iter().any(|word| text.to_lowercase().contains(word));
        Self { in_full, aspects, point, count, rest: rest_of(&said), said, total }
    }

    fn names_none(&self) -> bool {
        self.in_full.is_empty() && self.point.is_none() && self.rest.is_empty()
    }

    /// The products that are meant, and how surely.
    fn meant(&self, context: &Context<'_>) -> Option<(Vec<u32>, Sure)> {
        // 「两个一共多少」 after two that were asked about means those two.
        if self.total && self.names_none() {
            let lately = context.talked_of_lately();
            if lately.len() > 1 && lately.len() == self.count as usize {
                return Some((lately, Sure::Named));
            }
        }
        let unnamed = self.in_full.is_empty() && self.point.is_none();
        match unnamed.then(|| context.joined(&self.said)).flatten() {
            Some(joined) => Some((joined, Sure::Part)),
            None => context.meant(self.in_full.clone(), self.point.as_ref(), &self.rest, &self.aspects),
        }
    }

    /// Whether it asks something of these products that is no aspect, and that they may speak of.
    fn asks_what_they_say(&self, text: &str, (of, sure): (&[u32], Sure), context: &Context<'_>) -> bool {
        let names_only = self.rest.len() <= 1 && in_full_of(of, &self.rest, context.stock);
        let asks = self.aspects.is_empty() && !self.rest.is_empty() && several::asks(text, context.lang);
        let is_one = |&at: &u32| context.is_one(at, &self.rest) || sure == Sure::Named;
        asks && !names_only
            && of.len() <= FEW
            && of.iter().all(is_one)
            && super::wish::Wish::read(text, false).is_none()
    }
}

impl Inquiry {
    /// What a message asks of the catalogue; `None` where it asks something else, or nothing.
    pub(super) fn read(text: &str, context: &Context<'_>) -> Option<Self> {
        let text = courtesy::without(text);
        if text.chars().nth(LONGEST).is_some() || super::wish::is_trouble(text) {
            return None;
        }
        let mut heard = Heard::of(text, context);
        // 「那买五个呢」 asks what they cost.
        if heard.count > 0 && heard.aspects.is_empty() && heard.names_none() && talks_of_goods(context.past) {
            heard.aspects.push(Aspect::Price);
        }
        let (of, sure) = heard.meant(context)?;
        if heard.asks_what_they_say(text, (&of, sure), context) {
            return Some(Self::described(of, heard.rest, context.stock));
        }
        let leans = heard.aspects.is_empty();
        if leans {
            let names_only = sure == Sure::Named && bare_of_words(&heard.said);
            heard.aspects = context.asked_before(text, heard.point.is_some(), names_only)?;
        }
        Some(Self::of(heard, of, (sure, leans)))
    }

    fn of(heard: Heard, mut of: Vec<u32>, (sure, leans): (Sure, bool)) -> Self {
        let fitting = of.len();
        // The cheapest is looked for among all of them.
        if !compares(&heard.aspects) {
            of.truncate(MOST);
        }
        Self {
            aspects: heard.aspects,
            of,
            fitting,
            // 「两个一共多少」 of two that were named is one of each.
            count: if fitting > 1 { 0 } else { heard.count },
            total: heard.total && fitting > 1,
            leans,
            called: if sure == Sure::Part { heard.rest } else { Vec::new() },
            unsaid: Vec::new(),
            sure,
        }
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
        let said = |hit: &Hit| [terms(&hit.title), terms(&hit.closest)].concat();
        let named = |hit: &Hit| said(hit).iter().any(|term| self.unsaid.contains(term));
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
