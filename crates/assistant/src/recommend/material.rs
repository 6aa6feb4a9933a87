//! What holds of ceramics is no answer on a wooden bowl: the catalogue knows what things are made of.

use std::sync::LazyLock;

use domain::{Content, Lang, Product};
use language::segment::terms;

use super::{
    Stock,
    aspect::{MATERIAL, value},
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

/// A word and its stems.
type Stemmed = (&'static str, Vec<String>);

/// The same with the stems of each word.
static STEMS: LazyLock<Vec<Vec<Stemmed>>> = LazyLock::new(|| {
    KINDS.iter().map(|kind| kind.iter().map(|word| (*word, terms(word))).collect()).collect()
});

/// The kinds that a text names, by their places.
fn kinds(text: &str) -> Vec<usize> {
    let low = text.to_lowercase();
    let words = terms(&low);
    let names = |(word, stems): &Stemmed| {
        if word.is_ascii() { stems.iter().all(|stem| words.contains(stem)) } else { low.contains(word) }
    };
    (0..STEMS.len()).filter(|&at| STEMS[at].iter().any(names)).collect()
}

/// What a product is made of, as the catalogue says, in this language.
fn made_of(product: &Product) -> Option<&str> {
    value(product, MATERIAL, "").filter(|value| !value.is_empty())
}

/// Where the title of the entry that answers speaks of another material than the thing that is asked about: that, said.
pub(super) fn of_another(context: &Context<'_>, text: &str, title: &str) -> Option<(u32, Content)> {
    // Most titles name no material; to find the thing, every product is looked at.
    let told = kinds(title);
    let another = told.first()?;
    let at = context.thing_of(text)?;
    let product = context.stock.product(at)?;
    let own = kinds(made_of(product)?);
    if own.is_empty() || told.iter().any(|kind| own.contains(kind)) {
        return None;
    }
    let asked = kinds(text);
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
    Some(Phrases::beside_a_person(lang, text))
}
