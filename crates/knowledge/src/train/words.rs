//! Words that customers and shops use, counted over the developers' data: what spelling is corrected by.
//!
//! Test rows and what spelling is measured on (AFQMC dev, LCQMC, BQ, the sample shop) are left out, as is whatever
//! may not be learnt from.

use std::path::{Path, PathBuf};

use language::train::words::{Tally, Words};
use serde_json::{Map, Value};

use super::sets::{SetError, rows};

/// Files, and of longer texts how many characters count: manuals must not drown what people say.
const FILES: &[(&str, usize)] = &[
    ("pairs/zh_afqmc", 200),
    ("pairs/zh_atec", 200),
    ("pairs/zh_atec_ccks", 200),
    ("pairs/zh_simclue", 200),
    ("pairs/zh_stsb", 200),
    ("pairs/zh_nli", 200),
    ("pairs/zh_en_stc3_parallel", 400),
    ("sentiment/online_shopping_zh", 400),
    ("sentiment/waimai_zh", 400),
    ("dialogue/crosswoz_val_zh", 200),
    ("faq/baoxian_zhidao_zh", 300),
    ("faq/air_purifier_zh", 300),
    ("faq/docs_faq_zh", 200),
    ("docs/help_zh", 60),
    ("intent/smp2017_zh", 200),
    ("intent/banking77", 400),
    ("intent/clinc150", 400),
    ("intent/hwu64", 400),
    ("intent/multidogo_fastfood", 400),
    ("intent/multidogo_finance", 400),
    ("intent/multidogo_media", 400),
    ("dialogue/stc3_en", 400),
    ("faq/dstc9_travel_en", 400),
    ("grounded/dstc9_val_en", 400),
    ("faq/docs_faq_en", 1_000),
    ("faq/medquad_en", 600),
    ("docs/help_en", 1_000),
    ("sentiment/xed_emotion_en", 400),
];
/// What a row says, under whatever name.
const TEXTS: &[&str] = &["text", "a", "b", "question", "answer", "response", "title", "heading", "zh", "en"];
/// Some files hold rows of a split that only measures under this name.
const MEASURED: &[&str] = &["test"];
/// Its dev rows serve to see how often what is right gets changed.
const DEV_MEASURES: &[&str] = &["pairs/zh_afqmc", "intent/clinc150", "intent/hwu64"];

/// The words of all files.
pub fn words(data: &Path) -> Result<Words, SetError> {
    let mut tally = Tally::default();
    for &(name, most) in FILES {
        let file: PathBuf = data.join(format!("{name}.jsonl.gz"));
        for row in rows::<Map<String, Value>>(&file)? {
            let split = row.get("split").and_then(Value::as_str).unwrap_or_default();
            let measures = DEV_MEASURES.contains(&name) && matches!(split, "dev" | "val");
            if !measures && !MEASURED.contains(&split) {
                told(&row, &mut |text| tally.add(beginning(text, most)));
            }
        }
    }
    Ok(tally.finish())
}

fn told(row: &Map<String, Value>, tell: &mut impl FnMut(&str)) {
    for text in TEXTS.iter().filter_map(|name| row.get(*name)).filter_map(Value::as_str) {
        tell(text);
    }
    for turn in row.get("turns").and_then(Value::as_array).into_iter().flatten() {
        if let Some(text) = turn.get("text").and_then(Value::as_str) {
            tell(text);
        }
    }
}

fn beginning(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}
