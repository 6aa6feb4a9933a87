//! The data sets that teach, with their licences. Reading them is another's work.

/// A row of a set.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// The words.
    pub text: String,
    /// The same in the other language, in sets of pairs.
    pub other: String,
    /// The label as it stands in the file.
    pub label: String,
    /// `train`, `dev`, `test`, or empty.
    pub split: String,
}

/// Gives the rows of a set: its path below the data folder.
pub type Read<'a> = dyn Fn(&str) -> Vec<Sample> + 'a;

/// Sets to read, and whether those without a stated licence may be among them.
pub struct Sets<'a> {
    /// Gives the rows.
    pub read: &'a Read<'a>,
    /// Only what is under a permissive licence.
    pub permissive: bool,
}

/// Sets whose licence is stated and permissive.
const PERMISSIVE: &[&str] = &[
    "sentiment/abuse_cold_zh",
    "sentiment/xed_emotion_zh",
    "sentiment/xed_emotion_en",
    "faq/docs_faq_zh",
    "faq/docs_faq_en",
    "faq/dstc9_travel_en",
    "intent/banking77",
    "intent/clinc150",
    "intent/nlu_home_en",
    "intent/multidogo_airline",
    "intent/multidogo_fastfood",
    "intent/multidogo_finance",
    "intent/multidogo_media",
    "pairs/zh_en_stc3_parallel",
    "security/deepset_injection",
    "intent/nlupp_banking",
    "dialogue/crosswoz_val_zh",
    "handoff/nlupp_requests_en",
    "dialogue/stc3_zh",
    "dialogue/stc3_en",
    "pairs/en_pivot",
    "pairs/en_title_variants",
    "pairs/zh_title_variants",
    "pairs/zh_heading_variants",
    "pairs/zh_en_dify_parallel",
    "pairs/zh_en_docs_parallel",
    "faq/medquad_en",
    "docs/help_zh",
    "docs/help_en",
];

/// What customers of many trades ask, in sets without a feeling.
pub(crate) const QUESTIONS_ZH: &[&str] = &[
    "pairs/zh_afqmc",
    "pairs/zh_atec",
    "faq/baoxian_zhidao_zh",
    "faq/docs_faq_zh",
    "intent/smp2017_zh",
    "dialogue/crosswoz_val_zh",
];
/// The same in English.
pub(crate) const QUESTIONS_EN: &[&str] = &[
    "intent/banking77",
    "intent/clinc150",
    "intent/nlu_home_en",
    "faq/dstc9_travel_en",
    "faq/docs_faq_en",
    "intent/multidogo_airline",
    "intent/multidogo_fastfood",
    "intent/multidogo_finance",
    "intent/multidogo_media",
];

/// Whether a set, by its path below the data folder, is under a stated permissive licence.
pub fn is_permissive(set: &str) -> bool {
    PERMISSIVE.contains(&set)
}

impl Sets<'_> {
    /// The rows of a set that may train; none where the licence forbids.
    pub(crate) fn train(&self, set: &str) -> Vec<Sample> {
        if self.permissive && !is_permissive(set) {
            return Vec::new();
        }
        let mut rows = (self.read)(&format!("{set}.jsonl.gz"));
        let split = if set.contains("crosswoz_val") { "dev" } else { "train" };
        rows.retain(|row| row.split == split || row.split.is_empty());
        rows
    }

    /// About so many of them, the same each time.
    pub(crate) fn some(&self, set: &str, most: usize) -> Vec<Sample> {
        let mut rows = self.train(set);
        let one_in = (rows.len() / most.max(1)).max(1) as u64;
        rows.retain(|row| super::detector::mix(&row.text).is_multiple_of(one_in));
        rows
    }
}
