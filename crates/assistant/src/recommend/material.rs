//! What holds of ceramics is no answer on a wooden bowl: the catalogue knows what things are made of.

use domain::{Content, Lang, Product};
use language::segment::terms;

use super::{
    Stock,
    aspect::{FEATURES, value},
    inquiry::Context,
    words::inert,
};
use crate::phrases::Phrases;

/// What things are made of, by the words for one kind: those of trees are wood.
const KINDS: &[&[&str]] = &[
    &[
        "木",
        "榉木",
        "樱桃木",
        "胡桃木",
        "相思木",
        "鸡翅木",
        "桦木",
        "橡木",
        "松木",
        "wood",
        "wooden",
        "beech",
        "wenge",
        "birch",
        "cherry",
        "acacia",
        "walnut",
        "oak",
        "pine",
    ],
    &["陶瓷", "瓷", "陶", "陶土", "粗陶", "ceramic", "ceramics", "clay", "stoneware", "porcelain"],
    &["亚麻", "麻布", "linen"],
    &["纯棉", "全棉", "棉", "cotton"],
    &["羊毛", "wool", "woollen"],
    &["真丝", "桑蚕丝", "silk"],
    &["竹", "bamboo"],
    &["玻璃", "glass"],
    &["皮革", "真皮", "leather"],
    &["不锈钢", "金属", "steel", "metal", "iron"],
];

/// The kinds that a text names, by their places.
fn kinds(text: &str) -> Vec<usize> {
    let low = text.to_lowercase();
    let words = terms(&low);
    let names = |word: &str| {
        if word.is_ascii() { terms(word).iter().all(|stem| words.contains(stem)) } else { low.contains(word) }
    };
    (0..KINDS.len()).filter(|&at| KINDS[at].iter().any(|word| names(word))).collect()
}

/// What a product is made of, as the catalogue says, in this language.
fn made_of(product: &Product) -> Option<&str> {
    value(product, &FEATURES[0], "").filter(|value| !value.is_empty())
}

/// Where the title of the entry that answers speaks of another material than the thing that is asked about: that, said.
pub(super) fn of_another(context: &Context<'_>, text: &str, title: &str) -> Option<(u32, Content)> {
    let at = context.thing_of(text)?;
    let product = context.stock.product(at)?;
    let material = made_of(product)?;
    let (own, told) = (kinds(material), kinds(title));
    let asked = kinds(text);
    let another = told.first().filter(|_| !own.is_empty() && !told.iter().any(|kind| own.contains(kind)))?;
    // Who names the other material asks about that.
    if asked.contains(another) && !asked.iter().any(|kind| own.contains(kind)) {
        return None;
    }
    Some((at, said(context.stock, at, context.lang)?))
}

fn said(stock: &Stock, at: u32, lang: Lang) -> Option<Content> {
    let product = stock.product(at)?;
    let (name, material) = (inert(product.name(lang)), super::told::in_language(made_of(product)?, lang));
    let text = lang.pick(
        format!("{name}的材质是{}，我查到的说明讲的是别的材质，不想误导您。要请同事确认吗？", inert(&material)),
        format!(
            "The {name} is made of {}, and what I have on this is about another material, so I would rather not mislead you. Shall I ask a colleague?",
            inert(&material)
        ),
    );
    Some(Content { suggestions: vec![Phrases::person_button(lang).to_owned()], ..Content::plain(lang, text) })
}
