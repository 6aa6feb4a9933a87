//! Recommendations in words. What a catalogue says is said in plain words, whatever it holds.

use domain::{AnswerId, Content, Format, Lang, SourceLink};

use super::{
    budget::Than,
    rank::{Because, Pick},
    stock::Stock,
    wish::Wish,
};
use crate::phrases::Phrases;

/// A name that neither links nor marks anything up, in plain text or in Markdown.
pub(super) fn inert(text: &str) -> String {
    let mut out = text.replace("://", "： ");
    for (mark, wide) in [
        ("[", "［"),
        ("]", "］"),
        ("*", "＊"),
        ("`", "｀"),
        ("<", "＜"),
        (">", "＞"),
        ("#", "＃"),
        ("_", "＿"),
        ("|", "｜"),
    ] {
        out = out.replace(mark, wide);
    }
    out
}

fn name(stock: &Stock, at: u32, lang: Lang) -> String {
    stock.product(at).map(|product| inert(product.name(lang))).unwrap_or_default()
}

/// What it costs: in the currency that was named, else in the shop's own.
fn price(stock: &Stock, at: u32, wish: Option<&Wish>) -> Option<String> {
    let product = stock.product(at)?;
    let named =
        wish.and_then(|wish| wish.budget.as_ref()).and_then(|budget| product.price_in(&budget.currency));
    named.or(product.prices.first()).map(domain::Price::shown)
}

/// The answer to who asked for advice.
pub(super) fn asked(stock: &Stock, wish: &Wish, picks: &[Pick], answer: &AnswerId, lang: Lang) -> Content {
    let shared: Vec<(&Because, String)> = shared(wish, picks, lang);
    let mut lines = vec![opening(stock, wish, picks.len(), &shared, lang)];
    for (number, pick) in (1..).zip(picks) {
        let price = price(stock, pick.at, Some(wish))
            .map(|price| lang.pick(format!("，{price}"), format!(", {price}")));
        let own = pick.because.iter().filter(|why| shared.iter().all(|(known, _)| known != why));
        let why = reasons(stock, wish, own, lang);
        let line = format!("{number}. {}{}", name(stock, pick.at, lang), price.unwrap_or_default());
        lines.push(match why.as_str() {
            "" => line,
            why => lang.pick(format!("{line}：{why}。"), format!("{line}: {why}.")),
        });
    }
    let sources = links(stock, picks, answer, lang);
    let more = lang.pick("还有别的吗", "Anything else?").to_owned();
    Content {
        sources,
        suggestions: vec![more, Phrases::person_button(lang).to_owned()],
        ..Content::plain(lang, lines.join("\n"))
    }
}

/// What holds for all of several, in words for all: said once, and not once a line.
fn shared<'a>(wish: &Wish, picks: &'a [Pick], lang: Lang) -> Vec<(&'a Because, String)> {
    let [first, others @ ..] = picks else { return Vec::new() };
    if others.is_empty() {
        return Vec::new();
    }
    let is_shared = |why: &&Because| others.iter().all(|pick| pick.because.contains(why));
    first.because.iter().filter(is_shared).filter_map(|why| Some((why, of_all(wish, why, lang)?))).collect()
}

fn of_all(wish: &Wish, why: &Because, lang: Lang) -> Option<String> {
    Some(match why {
        Because::Gift => {
            let who = wish.recipient(lang)?;
            match who {
                "新婚" | "乔迁" | "生日" | "新年" => format!("都适合作{who}礼物"),
                _ => lang.pick(format!("都适合送{who}"), format!("all good gifts for {who}")),
            }
        }
        Because::Budget => {
            let within = within(wish, lang)?;
            lang.pick(
                format!("都{}", within.trim_start_matches("价格")),
                format!("all {}", within.trim_start_matches("it is ")),
            )
        }
        Because::Pinned => lang.pick("都是本店主推", "all the shop's own picks").to_owned(),
        Because::Popular => lang.pick("都卖得好", "all often bought").to_owned(),
        Because::Bought(_) | Because::Beside(_) | Because::Words(_) | Because::Liked(_) => return None,
    })
}

fn opening(stock: &Stock, wish: &Wish, count: usize, shared: &[(&Because, String)], lang: Lang) -> String {
    let all: String =
        shared.iter().map(|(_, words)| lang.pick(format!("，{words}"), format!(", {words}"))).collect();
    let mut said = match (lang, count) {
        (Lang::Zh, 1) if wish.close => "完全符合的没有了，这一件接近：".to_owned(),
        (Lang::Zh, _) if wish.close => format!("完全符合的没有了，这几件接近{all}："),
        (Lang::En, _) if wish.close => format!("Nothing else fits all of it; this comes close{all}:"),
        (Lang::Zh, 1) => "按您说的，这一件比较合适：".to_owned(),
        (Lang::Zh, count) => format!("按您说的，挑了 {count} 件{all}："),
        (Lang::En, 1) => "This one fits what you said:".to_owned(),
        (Lang::En, count) => format!("These {count} fit what you said{all}:"),
    };
    if let Some(budget) = &wish.budget
        && !budget.currency.is_empty()
        && !stock.has_prices_in(&budget.currency)
    {
        said = lang.pick(
            format!("本店没有 {} 的标价，所以没有按价格筛选。{said}", budget.currency),
            format!("The shop has no prices in {}, so they are not sorted by price. {said}", budget.currency),
        );
    }
    said
}

/// Why, in half a sentence.
fn reasons<'a>(stock: &Stock, wish: &Wish, because: impl Iterator<Item = &'a Because>, lang: Lang) -> String {
    let said: Vec<String> = because.filter_map(|why| reason(stock, wish, why, lang)).take(3).collect();
    said.join(lang.pick("，", ", "))
}

fn reason(stock: &Stock, wish: &Wish, why: &Because, lang: Lang) -> Option<String> {
    let of = |id: &domain::ProductId| stock.place(id).map(|at| name(stock, at, lang));
    Some(match why {
        Because::Bought(id) => {
            let name = of(id)?;
            lang.pick(
                format!("您买过“{name}”，买过它的顾客也常买这件"),
                format!("you bought “{name}”, and customers who did often buy this too"),
            )
        }
        Because::Beside(id) => {
            let name = of(id)?;
            lang.pick(
                format!("买“{name}”的顾客也常买这件"),
                format!("customers who buy “{name}” often buy this too"),
            )
        }
        Because::Gift => {
            let who = wish.recipient(lang)?;
            match who {
                "新婚" | "乔迁" | "生日" | "新年" => format!("适合作{who}礼物"),
                _ => lang.pick(format!("适合送{who}"), format!("a good gift for {who}")),
            }
        }
        Because::Budget => within(wish, lang)?,
        Because::Words(words) => {
            let words = words.iter().take(3).map(|word| inert(word)).collect::<Vec<_>>();
            lang.pick(
                format!("和您说的“{}”相符", words.join("、")),
                "it matches what you asked for".to_owned(),
            )
        }
        Because::Liked(word) => {
            let word = inert(word);
            lang.pick(format!("您说过喜欢{word}"), format!("you said you like {word}"))
        }
        Because::Pinned => lang.pick("本店主推", "the shop's own pick").to_owned(),
        Because::Popular => lang.pick("卖得好", "many customers buy it").to_owned(),
    })
}

fn within(wish: &Wish, lang: Lang) -> Option<String> {
    let budget = wish.budget.as_ref()?;
    match budget.than {
        Some(Than::Cheaper) => {
            return Some(lang.pick("比刚才的便宜", "cheaper than those before").to_owned());
        }
        Some(Than::Dearer) => {
            return Some(lang.pick("比刚才的贵一些", "a little dearer than those before").to_owned());
        }
        None => {}
    }
    let sum = |cents: i64| {
        let number = if cents % 100 == 0 {
            format!("{}", cents / 100)
        } else {
            format!("{}.{:02}", cents / 100, cents % 100)
        };
        match (budget.currency.as_str(), lang) {
            ("CNY", Lang::Zh) => format!("{number} 元"),
            ("CNY", Lang::En) => format!("¥{number}"),
            ("USD", _) => format!("${number}"),
            ("", Lang::Zh) => format!("{number} "),
            ("", Lang::En) => number,
            (other, _) => format!("{other} {number}"),
        }
    };
    Some(match (budget.from, budget.to) {
        (None, Some(to)) => lang.pick(format!("在 {}以内", sum(to)), format!("under {}", sum(to))),
        (Some(from), None) => lang.pick(format!("价格在 {}以上", sum(from)), format!("over {}", sum(from))),
        _ => lang.pick("价格合您的预算", "it is within your budget").to_owned(),
    })
}

/// Links by which the shop knows that a recommendation was followed.
fn links(stock: &Stock, picks: &[Pick], answer: &AnswerId, lang: Lang) -> Vec<SourceLink> {
    let link = |(place, pick): (usize, &Pick)| {
        let product = stock.product(pick.at).filter(|product| !product.url.is_empty())?;
        Some(SourceLink { title: inert(product.name(lang)), url: format!("/go/{answer}/{place}") })
    };
    picks.iter().enumerate().filter_map(link).collect()
}

/// Adds a line to another answer.
pub(super) fn add(stock: &Stock, pick: &Pick, answer: &AnswerId, content: &mut Content) {
    let lang = content.lang;
    let name = name(stock, pick.at, lang);
    let price =
        price(stock, pick.at, None).map(|price| lang.pick(format!("（{price}）"), format!(" ({price})")));
    let price = price.unwrap_or_default();
    let with = match pick.because.first() {
        Some(Because::Beside(id) | Because::Bought(id)) => {
            stock.place(id).map(|at| self::name(stock, at, lang))
        }
        _ => None,
    };
    let Some(with) = with else { return };
    let line = match pick.because.first() {
        Some(Because::Bought(_)) => lang.pick(
            format!("另外，您买过“{with}”，买过它的顾客也常买“{name}”{price}。"),
            format!("By the way: you bought “{with}”, and customers who did often buy “{name}”{price} too."),
        ),
        _ => lang.pick(
            format!("另外，买“{with}”的顾客也常买“{name}”{price}。"),
            format!("By the way: customers who buy “{with}” often buy “{name}”{price} too."),
        ),
    };
    content.text = format!("{}\n\n{line}", content.text.trim_end());
    content.sources.extend(links(stock, std::slice::from_ref(pick), answer, lang));
}

/// What is said where nothing fits a plain wish.
pub(super) fn nothing(wish: &Wish, lang: Lang) -> Content {
    let asked = match (within(wish, lang), lang) {
        (Some(within), Lang::Zh) => format!("（{within}）"),
        (Some(within), Lang::En) => format!(" ({within})"),
        (None, _) => String::new(),
    };
    let text = lang.pick(
        format!("按您说的条件{asked}，店里暂时没有合适的商品。换个条件，或者转人工请同事帮您挑，都可以。"),
        format!("Nothing in the shop fits what you said{asked}. Try other words, or ask for a person to help you choose."),
    );
    Content {
        suggestions: vec![Phrases::person_button(lang).to_owned()],
        format: Format::Plain,
        ..Content::plain(lang, text)
    }
}
