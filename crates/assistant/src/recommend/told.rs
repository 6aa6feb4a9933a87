//! What the catalogue says of a product, in words.

use domain::{Content, Lang, Price, Product, SourceLink};

use super::{
    Stock,
    aspect::{Aspect, FEATURES, value},
    inquiry::Inquiry,
    words::inert,
};
use crate::phrases::Phrases;

/// The answer; `None` where the catalogue does not say what was asked.
pub(super) fn answer(stock: &Stock, inquiry: &Inquiry, lang: Lang) -> Option<Content> {
    let products: Vec<&Product> = chosen(stock, inquiry)?;
    let lines: Vec<String> = products.iter().map(|one| line(one, inquiry, lang)).collect::<Option<_>>()?;
    let all_gone = products.iter().all(|one| !one.in_stock);
    let text = match lines.as_slice() {
        [line] => format!("{}{line}", of_all(inquiry, lang)),
        lines => format!("{}\n{}{}", opening(inquiry, lang), numbered(lines), sum(&products, inquiry, lang)),
    };
    let person = all_gone.then(|| Phrases::person_button(lang).to_owned());
    let sources = products.iter().filter(|one| !one.url.is_empty());
    let sources =
        sources.map(|one| SourceLink { title: inert(one.name(lang)), url: one.url.clone() }).collect();
    Some(Content { sources, suggestions: person.into_iter().collect(), ..Content::plain(lang, text) })
}

/// What is said where the catalogue does not hold what is asked of a product.
pub(super) fn silent(stock: &Stock, inquiry: &Inquiry, lang: Lang) -> Option<Content> {
    let product = inquiry.products(stock).next()?;
    let description = product.text(lang).map_or("", |text| text.description.as_str());
    let lacks = |aspect: &&Aspect| match aspect {
        Aspect::Feature(at) => {
            FEATURES.get(*at).is_some_and(|feature| value(product, feature, description).is_none())
        }
        Aspect::Price => product.prices.is_empty(),
        _ => false,
    };
    let what = inquiry.aspects.iter().find(lacks).and_then(|aspect| asked_of(*aspect, lang))?;
    let name = inert(product.name(lang));
    let text = lang.pick(
        format!("{name}的{what}，商品目录里没有写，我不想猜给您。要请同事帮您确认吗？"),
        format!("The catalogue does not say the {what} of the {name}, and I would rather not guess. Shall I ask a colleague?"),
    );
    Some(Phrases::beside_a_person(lang, text))
}

fn asked_of(aspect: Aspect, lang: Lang) -> Option<&'static str> {
    match aspect {
        Aspect::Feature(at) => FEATURES.get(at).map(|feature| lang.pick(feature.zh, feature.noun)),
        Aspect::Price => Some(lang.pick("价格", "price")),
        _ => None,
    }
}

/// What one of each costs together, where that is asked.
fn sum(products: &[&Product], inquiry: &Inquiry, lang: Lang) -> String {
    let prices: Option<Vec<&Price>> = products.iter().map(|one| one.prices.first()).collect();
    let Some(prices) = prices.filter(|_| inquiry.total && inquiry.fitting == products.len()) else {
        return String::new();
    };
    let Some(currency) = prices.first().map(|price| price.currency.clone()) else { return String::new() };
    if prices.iter().any(|price| price.currency != currency) {
        return String::new();
    }
    let all = Price { currency, cents: prices.iter().map(|price| price.cents).sum() }.shown();
    lang.pick(format!("\n各一件共 {all}。"), format!("\nOne of each: {all}."))
}

/// All that are meant, or the one that costs least or most.
fn chosen<'a>(stock: &'a Stock, inquiry: &'a Inquiry) -> Option<Vec<&'a Product>> {
    let all: Vec<&Product> = inquiry.products(stock).collect();
    let cents = |one: &&Product| one.prices.first().map_or(i64::MAX, |price| price.cents);
    let one = if inquiry.aspects.contains(&Aspect::Cheapest) {
        all.iter().min_by_key(|one| cents(one))
    } else if inquiry.aspects.contains(&Aspect::Dearest) {
        all.iter().filter(|one| !one.prices.is_empty()).max_by_key(|one| cents(one))
    } else {
        return Some(all);
    };
    one.map(|one| vec![*one])
}

/// That it is the cheapest or the dearest of several.
fn of_all(inquiry: &Inquiry, lang: Lang) -> &'static str {
    if inquiry.of.len() < 2 {
        return "";
    }
    match inquiry.aspects.first() {
        Some(Aspect::Cheapest) => lang.pick("最便宜的一件：", "The cheapest one: "),
        Some(Aspect::Dearest) => lang.pick("最贵的一件：", "The most expensive one: "),
        _ => "",
    }
}

fn opening(inquiry: &Inquiry, lang: Lang) -> String {
    let (listed, fitting) = (inquiry.of.len(), inquiry.fitting);
    if fitting > listed {
        return lang.pick(
            format!("符合的有 {fitting} 款，先列 {listed} 款："),
            format!("{fitting} products fit; here are {listed} of them:"),
        );
    }
    lang.pick("店里的标价和情况：", "From the shop's catalogue:").to_owned()
}

fn numbered(lines: &[String]) -> String {
    let lines = (1..).zip(lines).map(|(number, line)| format!("{number}. {line}"));
    lines.collect::<Vec<String>>().join("\n")
}

/// What was asked of one product, in one or two sentences.
fn line(product: &Product, inquiry: &Inquiry, lang: Lang) -> Option<String> {
    let name = inert(product.name(lang));
    let description = product.text(lang).map_or("", |text| text.description.as_str());
    let mut clauses: Vec<String> = Vec::new();
    let mut sentences: Vec<String> = Vec::new();
    let mut missing: Vec<&str> = Vec::new();
    for aspect in &inquiry.aspects {
        match aspect {
            Aspect::Price | Aspect::Cheapest | Aspect::Dearest => match costs(product, inquiry.count, lang) {
                Some(costs) => clauses.push(costs),
                None => missing.extend(asked_of(*aspect, lang)),
            },
            Aspect::Stock => clauses.push(stands(product.in_stock, lang).to_owned()),
            Aspect::Feature(at) => {
                let feature = FEATURES.get(*at)?;
                let leaning = Some(description).filter(|text| inquiry.leans && !text.is_empty());
                match value(product, feature, description).or(leaning) {
                    Some(value) if value == description => sentences.push(inert(description)),
                    Some(value) => {
                        let said = inert(&in_language(value, lang));
                        let clause = (format!("的{}是{said}", feature.zh), format!("{} {said}", feature.en));
                        clauses.push(lang.pick(clause.0, clause.1));
                    }
                    None => missing.extend(asked_of(*aspect, lang)),
                }
            }
            Aspect::Described => sentences.extend(Some(inert(description)).filter(|text| !text.is_empty())),
            Aspect::Whole => {
                clauses.extend(costs(product, 0, lang));
                sentences.extend(Some(inert(description)).filter(|text| !text.is_empty()));
            }
        }
    }
    if clauses.is_empty() && sentences.is_empty() {
        return None;
    }
    if let Some(missing) = missing.first() {
        sentences.push(
            lang.pick(
                format!("{missing}目录里没有写。"),
                format!("The catalogue does not say the {missing}."),
            ),
        );
    }
    // A price of what cannot be bought misleads.
    if !product.in_stock && !inquiry.aspects.contains(&Aspect::Stock) {
        clauses.push(stands(false, lang).to_owned());
    }
    sentences.dedup();
    Some(sentence(&name, &clauses, &sentences, lang))
}

fn sentence(name: &str, clauses: &[String], sentences: &[String], lang: Lang) -> String {
    let told = sentences.join(" ");
    match (clauses.is_empty(), lang) {
        (true, Lang::Zh) => format!("{name}：{told}"),
        (true, Lang::En) => format!("{name}: {told}"),
        (_, Lang::Zh) => {
            // Of what, is said once: 茶壶的标价是…，材质是….
            let (first, others) =
                clauses.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
            let others: Vec<&str> = others.iter().map(|one| one.trim_start_matches('的')).collect();
            let others = if others.is_empty() { String::new() } else { format!("，{}", others.join("，")) };
            format!("{name}{first}{others}。{told}")
        }
        (_, Lang::En) => format!("{name}: {}. {told}", clauses.join(", ")).trim_end().to_owned(),
    }
}

/// The price in each currency that it has, and for so many pieces.
fn costs(product: &Product, count: u32, lang: Lang) -> Option<String> {
    let (first, others) = product.prices.split_first()?;
    let others: Vec<String> = others.iter().map(Price::shown).collect();
    let aside = |text: String| lang.pick(format!("（{text}）"), format!(" ({text})"));
    let also = if others.is_empty() || lang == Lang::Zh { String::new() } else { aside(others.join(", ")) };
    let each = format!("{}{also}", first.shown());
    if count < 2 {
        return Some(lang.pick(format!("的标价是 {each}"), each.clone()));
    }
    let cents = first.cents.checked_mul(i64::from(count))?;
    let all = Price { currency: first.currency.clone(), cents }.shown();
    Some(lang.pick(format!("每件标价 {each}，{count} 件共 {all}"), format!("{each} each, {all} for {count}")))
}

fn stands(in_stock: bool, lang: Lang) -> &'static str {
    if in_stock {
        lang.pick("现在有货", "in stock now")
    } else {
        lang.pick("现在没有货", "out of stock at the moment")
    }
}

/// Catalogues write a word in both languages beside each other: 陶瓷 ceramic. One of them is said.
pub(super) fn in_language(value: &str, lang: Lang) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_latin = |word: &&&str| word.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let is_han = |word: &&&str| word.chars().any(language::is_han);
    let (latin, han): (Vec<&str>, Vec<&str>) =
        (words.iter().filter(is_latin).copied().collect(), words.iter().filter(is_han).copied().collect());
    if latin.is_empty() || han.is_empty() || latin.len() + han.len() < words.len() {
        return value.to_owned();
    }
    lang.pick(han.join(" "), latin.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_both_languages_is_said_in_one() {
        assert_eq!(in_language("陶瓷 ceramic", Lang::Zh), "陶瓷");
        assert_eq!(in_language("陶瓷 ceramic", Lang::En), "ceramic");
        assert_eq!(in_language("榉木 38 × 26 cm", Lang::Zh), "榉木 38 × 26 cm");
    }
}
