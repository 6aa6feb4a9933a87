//! The texts of an entry, by language.

use std::{collections::BTreeMap, ops::Index, slice, vec};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{entry::EntryText, lang::Lang};

/// One text a language, in the order of the languages. A tree would have room for eleven in each of a great many
/// entries; there are two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Texts(Vec<(Lang, EntryText)>);

type Pair<'a> = (&'a Lang, &'a EntryText);

impl Texts {
    /// None yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    fn place(&self, lang: Lang) -> Result<usize, usize> {
        self.0.binary_search_by_key(&lang, |(known, _)| *known)
    }

    /// The text in a language.
    pub fn get(&self, lang: &Lang) -> Option<&EntryText> {
        self.get_key_value(lang).map(|(_, text)| text)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, lang: &Lang) -> Option<&mut EntryText> {
        let place = self.place(*lang).ok()?;
        self.0.get_mut(place).map(|(_, text)| text)
    }

    /// The text in a language, with its language.
    pub fn get_key_value(&self, lang: &Lang) -> Option<Pair<'_>> {
        let place = self.place(*lang).ok()?;
        self.0.get(place).map(|(lang, text)| (lang, text))
    }

    /// Whether there is one in this language.
    pub fn contains_key(&self, lang: &Lang) -> bool {
        self.place(*lang).is_ok()
    }

    /// Writes the text of a language; what stood there before.
    pub fn insert(&mut self, lang: Lang, text: EntryText) -> Option<EntryText> {
        match self.place(lang) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, text)),
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (lang, text));
                None
            }
        }
    }

    /// Takes the text of a language out.
    pub fn remove(&mut self, lang: &Lang) -> Option<EntryText> {
        self.place(*lang).ok().map(|at| self.0.remove(at).1)
    }

    /// Languages with their texts, in the order of the languages.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Pair<'_>> + ExactSizeIterator + Clone {
        self.0.iter().map(|(lang, text)| (lang, text))
    }

    /// The languages.
    pub fn keys(&self) -> impl Iterator<Item = &Lang> {
        self.0.iter().map(|(lang, _)| lang)
    }

    /// The texts.
    pub fn values(&self) -> impl Iterator<Item = &EntryText> + Clone {
        self.0.iter().map(|(_, text)| text)
    }

    /// The texts, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut EntryText> {
        self.0.iter_mut().map(|(_, text)| text)
    }

    /// How many languages.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Index<&Lang> for Texts {
    type Output = EntryText;

    #[allow(clippy::expect_used, reason = "as of every map")]
    fn index(&self, lang: &Lang) -> &EntryText {
        self.get(lang).expect("there is a text in this language")
    }
}

impl Extend<(Lang, EntryText)> for Texts {
    fn extend<T: IntoIterator<Item = (Lang, EntryText)>>(&mut self, texts: T) {
        for (lang, text) in texts {
            self.insert(lang, text);
        }
    }
}

impl FromIterator<(Lang, EntryText)> for Texts {
    fn from_iter<T: IntoIterator<Item = (Lang, EntryText)>>(texts: T) -> Self {
        let mut all = Self::new();
        all.extend(texts);
        all
    }
}

impl<const N: usize> From<[(Lang, EntryText); N]> for Texts {
    fn from(texts: [(Lang, EntryText); N]) -> Self {
        texts.into_iter().collect()
    }
}

impl IntoIterator for Texts {
    type Item = (Lang, EntryText);
    type IntoIter = vec::IntoIter<(Lang, EntryText)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Texts {
    type Item = Pair<'a>;
    type IntoIter = std::iter::Map<slice::Iter<'a, (Lang, EntryText)>, fn(&'a (Lang, EntryText)) -> Pair<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(lang, text)| (lang, text))
    }
}

/// As a map: languages are names.
impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(title: &str) -> EntryText {
        EntryText { title: title.to_owned(), ..EntryText::default() }
    }

    #[test]
    fn languages_stand_in_their_order_and_in_a_file_as_a_map() {
        let texts: Texts = [(Lang::En, text("a")), (Lang::Zh, text("甲")), (Lang::En, text("b"))].into();
        let tree: BTreeMap<Lang, EntryText> = texts.clone().into_iter().collect();
        assert!(texts.iter().eq(tree.iter()) && texts.len() == 2);
        assert_eq!(texts[&Lang::En].title, "b", "the later one counts");
        let written = serde_json::to_string(&texts).unwrap();
        assert_eq!(written, serde_json::to_string(&tree).unwrap());
        assert_eq!(serde_json::from_str::<Texts>(&written).unwrap(), texts);
    }

    #[test]
    fn a_text_is_written_and_taken_out() {
        let mut texts: Texts = [(Lang::En, text("a"))].into();
        assert_eq!(texts.insert(Lang::Zh, text("甲")), None);
        assert_eq!(texts.insert(Lang::En, text("b")), Some(text("a")));
        assert_eq!(texts.remove(&Lang::Zh), Some(text("甲")));
        assert!(texts.get(&Lang::Zh).is_none() && !texts.is_empty());
    }
}
