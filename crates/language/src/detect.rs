//! Which language a text is written in, told by its script.

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Chinese; a few Latin names in it change nothing.
    Zh,
    /// English, or another language in Latin letters.
    En,
    /// Both, neither a mere guest: "我要 cancel 我的 order".
    Mixed,
    /// Neither: another script, numbers, emoji, nothing.
    Other,
}

impl Language {
    /// `zh`, `en`, `mixed` or `other`, as traces name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
            Self::Mixed => "mixed",
            Self::Other => "other",
        }
    }

    /// The language to answer in. Who mixes reads Chinese; where there is nothing to tell by, the default.
    pub fn pick<T>(self, zh: T, en: T, default: T) -> T {
        match self {
            Self::Zh | Self::Mixed => zh,
            Self::En => en,
            Self::Other => default,
        }
    }
}

/// Tells the language by counting words of each script; a Chinese word counts as two characters.
pub fn detect(text: &str) -> Language {
    let (mut han, mut latin_words, mut other, mut in_word) = (0_usize, 0_usize, 0_usize, false);
    for c in text.chars() {
        let latin = c.is_ascii_alphabetic()
            || matches!(c, '\u{C0}'..='\u{24F}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}');
        if latin && !in_word {
            latin_words += 1;
        }
        in_word = latin || (in_word && c == '\'');
        if crate::is_han(c) {
            han += 1;
        } else if !latin && c.is_alphabetic() {
            other += 1;
        }
    }
    let chinese = han.div_ceil(2);
    // Kana stands among Han characters: a text with much of it is Japanese.
    if chinese + latin_words == 0
        || other > han + 3 * latin_words
        || (other > 0 && other * 3 > han && han > 0)
    {
        return Language::Other;
    }
    match (chinese, latin_words) {
        (0, _) => Language::En,
        (_, 0) => Language::Zh,
        (zh, en) if zh >= 2 * en => Language::Zh,
        (zh, en) if en >= 5 * zh => Language::En,
        _ => Language::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_tells_the_language() {
        for (text, language) in [
            ("怎么退货？", "zh"),
            ("我的iPhone充不进电怎么办", "zh"),
            ("How do I return it?", "en"),
            ("café naïve", "en"),
            ("我要 cancel 我的 order", "mixed"),
            ("", "other"),
            ("😀😀", "other"),
            ("12345", "other"),
            ("配送はいつですか", "other"),
            ("где мой заказ", "other"),
        ] {
            assert_eq!(detect(text).name(), language, "{text}");
        }
    }

    #[test]
    fn who_mixes_reads_chinese_and_an_emoji_gets_the_default() {
        assert_eq!(detect("refund 退款").pick("zh", "en", "en"), "zh");
        assert_eq!(detect("😀").pick("zh", "en", "en"), "en");
    }
}
