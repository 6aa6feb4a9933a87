//! A company's own words: right as they are, and what may have been meant.

use super::{
    lexicon::{self, Packed, SHIPPED, pack},
    quick::QuickMap,
    sound,
};
use crate::{is_han, segment};

/// Words of the company's texts, and in how many places each stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    zh: QuickMap<Packed, u32>,
    /// Those that do not ship, by the names of their sounds.
    by_sound: QuickMap<u64, Vec<Packed>>,
    en: QuickMap<Box<str>, u32>,
}

impl Own {
    #[cfg(test)]
    pub(super) fn learn(&mut self, text: &str) {
        let normal = crate::normal::normalise(text);
        words(&normal).for_each(|word| self.count(word, true));
    }

    pub(super) fn count(&mut self, word: &str, more: bool) {
        if word.starts_with(is_han) {
            let chars: Vec<char> = word.chars().take(lexicon::LONGEST + 1).collect();
            if let Some(packed) = pack(&chars) {
                self.chinese(packed, &chars, more);
            }
        } else if more {
            *self.en.entry(word.into()).or_default() += 1;
        } else if let Some(count) = self.en.get_mut(word) {
            *count -= 1;
            if *count == 0 {
                self.en.remove(word);
            }
        }
    }

    fn chinese(&mut self, packed: Packed, chars: &[char], more: bool) {
        let count = self.zh.entry(packed).or_default();
        let was = *count;
        *count = if more { was + 1 } else { was.saturating_sub(1) };
        let (is_new, is_gone) = (was == 0 && more, *count == 0);
        if is_gone {
            self.zh.remove(&packed);
        }
        if (is_new || is_gone) && chars.len() > 1 && SHIPPED.word(packed).is_none() {
            for name in sound::names(chars) {
                let same = self.by_sound.entry(name).or_default();
                same.retain(|known| *known != packed);
                if is_new {
                    same.push(packed);
                    same.sort_unstable();
                }
            }
        }
    }

    pub(super) fn english(&self, word: &str) -> u32 {
        self.en.get(word).copied().unwrap_or(0)
    }

    pub(super) fn chinese_count(&self, packed: Packed) -> u32 {
        self.zh.get(&packed).copied().unwrap_or(0)
    }

    pub(super) fn sounding(&self, name: u64) -> &[Packed] {
        self.by_sound.get(&name).map_or(&[], Vec::as_slice)
    }
}

/// The words of a normalised text: Chinese as the dictionary cuts it, English as it stands.
pub(super) fn words(normal: &str) -> impl Iterator<Item = &str> {
    segment::runs(normal).flat_map(|run| {
        let latin = !run.starts_with(is_han);
        let is_word = latin && run.len() > 1 && run.bytes().all(|b| b.is_ascii_lowercase());
        let chinese = if latin { Vec::new() } else { segment::words(run) };
        is_word.then_some(run).into_iter().chain(chinese)
    })
}
