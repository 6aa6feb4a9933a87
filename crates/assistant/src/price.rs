//! A price is asked of one thing: what another one costs is no answer.

use domain::{Entry, Lang};
use language::{embed, segment::terms};

use crate::follow;

/// Words that ask what something costs.
const ASKS: [&str; 20] = [
    "多少钱",
    "几块钱",
    "多少元",
    "什么价",
    "怎么卖",
    "价格",
    "价钱",
    "价位",
    "售价",
    "报价",
    "how much is",
    "how much are",
    "how much for",
    "how much does",
    "how much do",
    "price of",
    "price for",
    "cost of",
    "what does",
    "what do",
];
/// What says of itself that it is a price, and no thing that has one.
const PRICES: [&str; 16] = [
    "钱", "块", "元", "价格", "价钱", "价位", "售价", "报价", "费用", "收费", "price", "cost", "charg",
    "fee", "much", "pai",
];
/// From here on a word says the same as another.
const SAME: f32 = 0.6;

/// Whether a question asks what something costs.
pub(crate) fn is_asked(question: &str) -> bool {
    let low = question.to_lowercase();
    ASKS.iter().any(|ask| low.contains(ask)) && (!low.contains("what do") || low.contains("cost"))
}

/// Whether an entry does not name the thing whose price a question asks.
pub(crate) fn of_another(question: &str, entry: &Entry, lang: Lang) -> bool {
    entry.texts.get(&lang).is_some_and(|text| {
        let named = [text.title.as_str(), text.answer.as_str()];
        let named = named.into_iter().chain(text.phrasings.iter().map(String::as_str));
        let named = named.collect::<Vec<_>>().join("\n").to_lowercase();
        let known = terms(&named);
        let thing = words(&follow::about(question, lang));
        let mut told = thing.iter().filter(|term| tells(term)).peekable();
        // Nothing is named: of what?
        told.peek().is_none() || told.any(|term| !names(&named, &known, term))
    })
}

/// The words of a thing; what no dictionary knows stays in one piece.
fn words(thing: &str) -> Vec<String> {
    let cut = thing.split_whitespace().flat_map(|piece| {
        let known = terms(piece);
        let told = known.iter().any(|term| tells(term));
        if told { known } else { vec![piece.to_owned()] }
    });
    cut.collect()
}

fn tells(term: &str) -> bool {
    let long = if term.is_ascii() { term.len() > 2 } else { term.chars().nth(1).is_some() };
    long && !PRICES.iter().any(|price| term.starts_with(price))
        && !term.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a text has a word, or one that means the same.
fn names(text: &str, known: &[String], term: &str) -> bool {
    let embedder = embed::shipped();
    text.contains(term)
        || known.iter().any(|known| known == term)
        || embedder.embed(term).is_some_and(|meant| {
            let near =
                |other: &String| embedder.embed(other).is_some_and(|other| meant.closeness(&other) > SAME);
            known.iter().filter(|known| tells(known)).any(near)
        })
}

#[cfg(test)]
mod tests {
    use domain::{EntryText, Kind};

    use super::*;

    #[test]
    fn the_price_of_one_thing_is_not_that_of_another() {
        let text = |title: &str, phrasing: &str, answer: &str| EntryText {
            title: title.to_owned(),
            phrasings: vec![phrasing.to_owned()],
            answer: answer.to_owned(),
        };
        let texts = [
            (Lang::Zh, text("酸种面包多少钱？", "欧包价格", "大的 38 元，小的 22 元。")),
            (Lang::En, text("How much is a sourdough loaf?", "price of bread", "¥38 large, ¥22 small.")),
        ];
        let entry = Entry::new("loaf", Kind::Answer, texts);
        let another = |question: &str, lang| is_asked(question) && of_another(question, &entry, lang);
        for question in ["多少钱", "羊角面包多少钱", "贝果怎么卖", "你们的布朗尼什么价格"]
        {
            assert!(another(question, Lang::Zh), "{question}");
        }
        assert!(another("how much is a croissant", Lang::En) && another("What does a bagel cost?", Lang::En));
        for question in ["酸种面包多少钱", "欧包怎么卖的", "面包多少钱一个", "羊角面包好吃吗"]
        {
            assert!(!another(question, Lang::Zh), "{question}");
        }
        assert!(
            !another("how much does the bread cost?", Lang::En) && !another("what do you bake", Lang::En)
        );
    }
}
