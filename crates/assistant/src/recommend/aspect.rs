//! What may be asked of a product, in the words of customers, and where a catalogue holds it.

use domain::Product;

use crate::clause::{says, without};

/// What is asked of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aspect {
    /// What it costs.
    Price,
    /// Whether it can be bought now.
    Stock,
    /// A feature: a place in [`FEATURES`].
    Feature(usize),
    /// All that is known.
    Whole,
    /// Something that its description speaks of.
    Described,
    /// Which of several costs least.
    Cheapest,
    /// Which of several costs most.
    Dearest,
}

/// A feature as customers ask for it, as catalogues name it, and the units by which a description tells it.
pub(super) struct Feature {
    asked: &'static [&'static str],
    columns: &'static [&'static str],
    units: &'static [&'static str],
    /// What it is called, and what stands before its value: made of ceramic.
    pub(super) zh: &'static str,
    pub(super) noun: &'static str,
    pub(super) en: &'static str,
}

/// The features that customers ask for.
pub(super) const FEATURES: &[Feature] = &[
    Feature {
        asked: &[
            "什么材质",
            "材质",
            "什么材料",
            "材料",
            "什么做的",
            "什么料",
            "什么木头",
            "什么木",
            "哪种木头",
            "什么瓷",
            "什么布",
            "面料",
            "what material",
            "what wood",
            "which wood",
            "what kind of wood",
            "what fabric",
            "made of",
            "made from",
            "made out of",
            "material",
            "fabric",
        ],
        columns: &["material", "材质", "材料", "面料", "fabric"],
        units: &[],
        zh: "材质",
        noun: "material",
        en: "made of",
    },
    Feature {
        asked: &[
            "什么颜色",
            "哪些颜色",
            "哪几种颜色",
            "几种颜色",
            "有几个颜色",
            "颜色",
            "什么色",
            "what colours",
            "what colors",
            "what colour",
            "what color",
            "which colours",
            "which colors",
            "colours",
            "colors",
            "colour",
            "color",
        ],
        columns: &["colour", "color", "colours", "colors", "颜色"],
        units: &[],
        zh: "颜色",
        noun: "colour",
        en: "colour",
    },
    Feature {
        asked: &[
            "多大",
            "尺寸",
            "尺码",
            "大小",
            "多高",
            "多宽",
            "多厚",
            "多长",
            "直径",
            "容量",
            "多少毫升",
            "多少升",
            "哪个更大",
            "哪个大",
            "哪个最大",
            "哪个更小",
            "哪个小",
            "which one is bigger",
            "which one is larger",
            "which one is smaller",
            "which is bigger",
            "which is larger",
            "which is smaller",
            "which is the biggest",
            "how big",
            "how large",
            "how tall",
            "how wide",
            "how thick",
            "what size",
            "which sizes",
            "what sizes",
            "sizes",
            "size",
            "dimensions",
            "capacity",
            "how much does it hold",
        ],
        columns: &["size", "sizes", "尺寸", "尺码", "大小", "容量", "规格", "capacity", "dimensions"],
        units: &[
            "毫升", "升", "厘米", "毫米", "公分", "米", "寸", "cm", "mm", "ml", "l", "litre", "liter",
            "inch", "in", "m", "×", "x",
        ],
        zh: "尺寸",
        noun: "size",
        en: "size",
    },
    Feature {
        asked: &[
            "多重",
            "重量",
            "多少克",
            "多少斤",
            "哪个更重",
            "哪个重",
            "哪个更轻",
            "哪个轻",
            "which one is heavier",
            "which one is lighter",
            "which is heavier",
            "which is lighter",
            "how heavy",
            "weight",
            "how much does it weigh",
            "weigh",
        ],
        columns: &["weight", "重量", "净重"],
        units: &["克", "千克", "公斤", "斤", "g", "kg", "oz", "lb"],
        zh: "重量",
        noun: "weight",
        en: "weight",
    },
];

/// What a thing is made of.
pub(super) const MATERIAL: &Feature = &FEATURES[0];

const PRICE: &[&str] = &[
    "多少钱",
    "几块钱",
    "什么价格",
    "什么价位",
    "什么价",
    "价格",
    "价钱",
    "价位",
    "售价",
    "报价",
    "怎么卖",
    "卖多少",
    "多少元",
    "几多钱",
    "how much does",
    "how much do",
    "how much is",
    "how much are",
    "how much for",
    "how much",
    "the price of",
    "price of",
    "price",
    "prices",
    "cost",
    "costs",
];
const STOCK: &[&str] = &[
    "有没有现货",
    "有没有货",
    "有现货",
    "现货",
    "有货",
    "没货",
    "缺货",
    "断货",
    "库存",
    "还有吗",
    "还有没有",
    "卖完了",
    "卖光了",
    "售罄",
    "能买到",
    "买得到",
    "in stock",
    "out of stock",
    "sold out",
    "available",
    "do you still have",
];
const WHOLE: &[&str] = &[
    "介绍一下",
    "介绍下",
    "介绍",
    "怎么样",
    "什么样",
    "详细",
    "详情",
    "多说说",
    "说说",
    "具体",
    "有什么区别",
    "有什么不同",
    "有啥区别",
    "区别是什么",
    "哪个更好",
    "哪款更好",
    "哪个好",
    "哪款好",
    "what is the difference between",
    "what's the difference between",
    "whats the difference between",
    "the difference between",
    "difference between",
    "which one is better",
    "which is better",
    "tell me about",
    "tell me more about",
    "tell me more",
    "more about",
    "describe",
    "details of",
    "details on",
    "details",
];
const CHEAPEST: &[&str] = &[
    "哪个最便宜",
    "哪款最便宜",
    "哪个更便宜",
    "哪个便宜",
    "哪款便宜",
    "最便宜的是哪个",
    "最便宜",
    "which is the cheapest",
    "which one is the cheapest",
    "which is cheaper",
    "which one is cheaper",
    "which is cheapest",
    "cheapest",
];
const DEAREST: &[&str] =
    &["哪个最贵", "哪款最贵", "哪个更贵", "哪个贵", "最贵", "which is the most expensive", "most expensive"];

/// The aspects that a text in lower case asks for, and what is left of it without their words.
pub(super) fn asked(text: &str) -> (Vec<Aspect>, String) {
    // 多长时间 asks for no length.
    let mut rest = text.replace("多长时间", "多久");
    let mut found = Vec::new();
    let features = FEATURES.iter().enumerate().map(|(at, feature)| (Aspect::Feature(at), feature.asked));
    let own = [(Aspect::Cheapest, CHEAPEST), (Aspect::Dearest, DEAREST), (Aspect::Stock, STOCK)];
    // A feature before the price: "how much does it weigh" is no price.
    let last = [(Aspect::Price, PRICE), (Aspect::Whole, WHOLE)];
    for (aspect, phrases) in own.into_iter().chain(features).chain(last) {
        let mut said = false;
        // "How much does the throw weigh" asks for no price.
        let weighs =
            found.iter().any(|one| matches!(one, Aspect::Feature(at) if FEATURES[*at].noun == "weight"));
        if aspect == Aspect::Price && weighs {
            rest = ["how much does", "how much do"].iter().fold(rest, |rest, words| without(&rest, words));
        }
        for phrase in phrases {
            if says(&rest, phrase) {
                said = true;
                rest = without(&rest, phrase);
            }
        }
        if said {
            found.push(aspect);
        }
    }
    // What it costs is said first, whatever was asked first.
    found.sort_by_key(|aspect| !matches!(aspect, Aspect::Price | Aspect::Cheapest | Aspect::Dearest));
    (found, rest)
}

/// What a product says of a feature: its own column, else its description where that measures it.
pub(super) fn value<'a>(product: &'a Product, feature: &Feature, description: &'a str) -> Option<&'a str> {
    let own = feature.columns.iter().find_map(|column| {
        let column = product.attributes.iter().find(|(name, _)| name.trim().eq_ignore_ascii_case(column));
        column.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    });
    // What it bears is not what it weighs.
    let bears =
        feature.noun == "weight" && ["承重", "bears", "up to"].iter().any(|word| description.contains(word));
    own.or_else(|| Some(description).filter(|text| !bears && measures(text, feature.units)))
}

/// Whether a text holds a number with one of these units.
fn measures(text: &str, units: &[&str]) -> bool {
    let low = text.to_lowercase();
    let mut rest = low.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let after = rest[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let word = after.trim_start();
        let is_unit = |unit: &&str| {
            let end = word.strip_prefix(*unit);
            end.is_some_and(|end| !unit.is_ascii() || !end.starts_with(|c: char| c.is_ascii_alphabetic()))
        };
        if units.iter().any(is_unit) {
            return true;
        }
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_told_from_what_it_is_asked_of() {
        for (text, aspects, rest) in [
            ("青釉茶壶多少钱", vec![Aspect::Price], "青釉茶壶"),
            ("青釉茶壶有货吗,多大", vec![Aspect::Stock, Aspect::Feature(2)], "青釉茶壶 吗,"),
            ("有货吗,多少钱", vec![Aspect::Price, Aspect::Stock], "吗,"),
            ("how much does it weigh", vec![Aspect::Feature(3)], ""),
            ("how much is the teapot", vec![Aspect::Price], "the teapot"),
            ("how much does the throw weigh", vec![Aspect::Feature(3)], "the throw"),
            ("哪个最便宜", vec![Aspect::Cheapest], ""),
            ("怎么退货", vec![], "怎么退货"),
        ] {
            let (found, left) = asked(text);
            assert_eq!((found, left.trim()), (aspects, rest), "{text}");
        }
    }

    #[test]
    fn a_description_tells_a_size_by_its_units() {
        let size = &FEATURES[2];
        for text in ["450 毫升，出水利落", "38 × 26 cm, end grain", "1.5 m beds"] {
            assert!(measures(text, size.units), "{text}");
        }
        for text in ["两只装", "220 °C", "3 months", "E27"] {
            assert!(!measures(text, size.units), "{text}");
        }
    }
}
