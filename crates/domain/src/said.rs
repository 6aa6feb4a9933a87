//! Something said to people who run the shop, in both languages.

use serde::{Deserialize, Serialize};

use crate::{code::Code, lang::Lang};

/// The same in both languages. It has no way to be shown without naming one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Said {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// For programs.
    #[serde(default, skip_serializing_if = "Code::is_other")]
    pub code: Code,
}

impl Said {
    /// Both at once. [`said!`](crate::said) fills in values and checks what it is given.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into(), code: Code::Other }
    }

    /// What belongs to no language: an address, a number, a code, what another program said.
    pub fn verbatim(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text, code: Code::Other }
    }

    /// The same, under this name.
    #[must_use]
    pub fn coded(self, code: Code) -> Self {
        Self { code, ..self }
    }

    /// In this language.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// These, a line each.
    pub fn lines(parts: &[Self]) -> Self {
        let joined = |lang| parts.iter().map(|part| part.text(lang)).collect::<Vec<_>>().join("\n");
        Self {
            code: parts.first().map(|part| part.code).unwrap_or_default(),
            ..Self::new(joined(Lang::Zh), joined(Lang::En))
        }
    }

    /// Whether a Han character stands in the text: for [`said!`](crate::said), which asks before anything runs.
    pub const fn is_chinese(text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            // The first byte of U+4000 to U+9FFF.
            if matches!(bytes[at], 0xe4..=0xe9) {
                return true;
            }
            at += 1;
        }
        false
    }
}

/// A [`Said`] from two texts as `format!` takes them, Chinese first, and values for both. A first text without
/// Chinese does not compile. A [`Code`] may stand before both: `said!(Damaged: "坏了", "broken")`.
#[macro_export]
macro_rules! said {
    ($code:ident: $($rest:tt)*) => {
        $crate::said!($($rest)*).coded($crate::Code::$code)
    };
    ($zh:literal, $en:literal $(, $($value:tt)*)?) => {{
        const _: () = assert!($crate::Said::is_chinese($zh), "the first text is the Chinese one");
        $crate::Said::new(::std::format!($zh $(, $($value)*)?), ::std::format!($en $(, $($value)*)?))
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_both() {
        let most = 64;
        let said = said!("超过 {most} MiB，共 {}", "larger than {most} MiB, {}", 3);
        assert_eq!(said, Said::new("超过 64 MiB，共 3", "larger than 64 MiB, 3"));
        assert_eq!(said.text(Lang::Zh), "超过 64 MiB，共 3");
    }

    #[test]
    fn a_code_stands_beside_both_and_what_was_kept_without_one_is_still_read() {
        let said = said!(TooLarge: "超过 {} MiB", "larger than {} MiB", 64);
        assert_eq!((said.code, said.en.as_str()), (Code::TooLarge, "larger than 64 MiB"));
        let kept = serde_json::to_string(&said).unwrap();
        assert_eq!(kept, r#"{"zh":"超过 64 MiB","en":"larger than 64 MiB","code":"too_large"}"#);
        assert_eq!(serde_json::from_str::<Said>(&kept).unwrap(), said);
        let old: Said = serde_json::from_str(r#"{"zh":"没有","en":"none"}"#).unwrap();
        assert_eq!(old, Said::new("没有", "none"));
        assert_eq!(serde_json::to_string(&old).unwrap(), r#"{"zh":"没有","en":"none"}"#);
        let later: Said = serde_json::from_str(r#"{"zh":"","en":"","code":"of_later"}"#).unwrap();
        assert_eq!(later.code, Code::Other);
    }

    #[test]
    fn chinese_is_told_from_signs() {
        assert!(Said::is_chinese("abc 是") && Said::is_chinese("一"));
        assert!(!Said::is_chinese("“{}”：– ё HTTP 404"));
    }
}
