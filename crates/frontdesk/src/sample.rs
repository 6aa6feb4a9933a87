//! The sample shop of the demo: part of the program, written out so that one can read and change it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use reception::Shop;

macro_rules! shop_files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../../examples/shop/", $name)))),*] };
}

const FILES: &[(&str, &str)] = shop_files![
    "knowledge.zh.jsonl",
    "knowledge.en.jsonl",
    "tests.jsonl",
    "articles/care-guide.en.md",
    "articles/care-guide.zh.md",
    "articles/invoice-guide.en.md",
    "articles/invoice-guide.zh.md",
    "articles/membership-terms.en.md",
    "articles/membership-terms.zh.md",
    "articles/privacy-policy.en.md",
    "articles/privacy-policy.zh.md",
    "articles/returns-policy.en.md",
    "articles/returns-policy.zh.md",
    "articles/shipping-policy.en.md",
    "articles/shipping-policy.zh.md",
    "articles/warranty-and-repairs.en.md",
    "articles/warranty-and-repairs.zh.md",
];

/// Writes the sample knowledge below `folder` and returns where.
pub(crate) fn unpack(folder: &Path) -> anyhow::Result<PathBuf> {
    let place = folder.join("sample-shop");
    for (name, text) in FILES {
        let file = place.join(name);
        let parent = file.parent().unwrap_or(&place);
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(place)
}

/// What the sample shop sells, and what was bought there: beside the knowledge, not part of it.
const CATALOGUE: &[(&str, &str)] = &[
    ("products.csv", include_str!("../../../examples/catalogue/products.csv")),
    ("orders.csv", include_str!("../../../examples/catalogue/orders.csv")),
];

/// Writes the sample catalogue below `folder`; where its products are, and its orders.
pub(crate) fn unpack_catalogue(folder: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let place = folder.join("sample-catalogue");
    fs::create_dir_all(&place).with_context(|| format!("cannot make {}", place.display()))?;
    for (name, text) in CATALOGUE {
        let file = place.join(name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok((place.join("products.csv"), place.join("orders.csv")))
}

/// The sample shop's own face.
pub(crate) fn shop() -> Shop {
    /// Where its customers live: Norway is abroad for them.
    const SHANGHAI: &str = "Asia/Shanghai";
    let list = |items: [&str; 4]| items.map(ToOwned::to_owned).to_vec();
    Shop {
        name_zh: "青禾家居".to_owned(),
        name_en: "Qinghe Home".to_owned(),
        starters_zh: list(["怎么退货", "多久能到", "怎么开发票", "陶瓷能进洗碗机吗"]),
        starters_en: list([
            "How do I return something",
            "When will my order arrive",
            "How do I get an invoice",
            "Are the ceramics dishwasher safe",
        ]),
        zone: SHANGHAI.to_owned().try_into().unwrap_or_default(),
        ..Shop::default()
    }
}
