//! What holds of ceramics is no answer on a wooden bowl: the catalogue knows what things are made of.

use std::sync::LazyLock;

use domain::{Content, Lang, Product};
use language::segment::terms;

use super::{
    Stock,
    aspect::{MATERIAL, value},
    context::Context,
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
    &["羊毛", "羊绒", "wool", "woollen", "cashmere"],
    &["真丝", "桑蚕丝", "silk"],
    &["竹", "bamboo"],
    &["玻璃", "glass"],
    &["皮革", "真皮", "leather"],
    &["不锈钢", "金属", "steel", "metal", "iron"],
];

/// How each kind is spoken of in general, in Chinese and in English.
const SPOKEN: [(&str, &str); KINDS.len()] = [
    ("木质", "wood"),
    ("陶瓷", "ceramics"),
    ("亚麻", "linen"),
    ("纯棉", "cotton"),
    ("羊毛", "wool"),
    ("真丝", "silk"),
    ("竹制品", "bamboo"),
    ("玻璃", "glass"),
    ("皮革", "leather"),
    ("金属", "metal"),
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

/// How things of a product's kind are spoken of, where the catalogue says what it is made of.
pub(super) fn kind_of(product: &Product, lang: Lang) -> Option<&'static str> {
    let (zh, en) = SPOKEN[*kinds(made_of(product)?).first()?];
    Some(lang.pick(zh, en))
}

/// Whether a title speaks of other materials only than what a product is made of.
pub(super) fn is_of_others(product: &Product, title: &str) -> bool {
    let told = kinds(title);
    let own = made_of(product).map(kinds).unwrap_or_default();
    !told.is_empty() && !own.is_empty() && !told.iter().any(|kind| own.contains(kind))
}

/// Whether a text speaks of what a product is made of; `None` where it speaks of no material.
pub(super) fn is_of_its_own(product: &Product, text: &str) -> Option<bool> {
    let told = kinds(text);
    let own = made_of(product).map(kinds).unwrap_or_default();
    (!told.is_empty()).then(|| told.iter().any(|kind| own.contains(kind)))
}

/// Where the title of the entry that answers speaks of another material than the thing that is asked about: that, said.
pub(super) fn of_another(context: &Context<'_>, text: &str, title: &str) -> Option<(u32, Content)> {
    // Most titles name no material; to find the thing, every product is looked at.
    let told = kinds(title);
    let another = told.first()?;
    let at = context.thing_of(text)?;
    let product = context.stock.product(at)?;
    if !is_of_others(product, title) {
        return None;
    }
    let own = kinds(made_of(product)?);
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
