//! A plugged model's vectors are gathered in the background; what served before serves until all are there.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError},
};

use language::{
    embed::Meaning,
    sentences::{NoVectors, Sentences},
};

use super::{
    Library, passage,
    sentences::{Plugged, TextName, Vectors},
    snapshot::Snapshot,
    trust,
};

/// Texts that are encoded at once: after so many, what was reached is kept.
pub const BATCH: usize = 32;

/// A model that is wanted, with the vectors that are there already.
pub(super) struct Gathering {
    model: Arc<dyn Sentences>,
    vectors: Arc<Vectors>,
}

/// How far a plugged model is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plugging {
    /// The model that serves beside the built-in meaning.
    pub serving: Option<String>,
    /// The model that is wanted.
    pub wanted: Option<String>,
}

impl Library {
    /// From now on this model is wanted: [`Library::lacking`] says what it is to encode. What served before
    /// serves until [`Library::settle`] finds all vectors there.
    pub fn plug(&self, model: Arc<dyn Sentences>) {
        *self.gathering() = Some(Gathering { model, vectors: Arc::default() });
    }

    /// Back to the built-in meaning alone, at once.
    pub fn unplug(&self) {
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        *self.gathering() = None;
        let mut next = Snapshot::clone(&self.snapshot());
        next.plugged = None;
        self.publish(next);
    }

    /// Which models serve and are wanted.
    pub fn plugging(&self) -> Plugging {
        let name = |model: &Arc<dyn Sentences>| model.name().to_owned();
        Plugging {
            serving: self.snapshot().plugged.as_ref().map(|plugged| name(&plugged.model)),
            wanted: self.wanted().as_ref().map(name),
        }
    }

    /// The model that serves beside the built-in meaning.
    pub fn serving(&self) -> Option<Arc<dyn Sentences>> {
        self.snapshot().plugged.as_ref().map(|plugged| Arc::clone(&plugged.model))
    }

    /// The model that is wanted.
    pub fn wanted(&self) -> Option<Arc<dyn Sentences>> {
        self.gathering().as_ref().map(|gathering| Arc::clone(&gathering.model))
    }

    /// The texts of which the wanted model's vectors are not there, each once; ways to ask come first.
    pub fn lacking(&self) -> Vec<String> {
        let Some(vectors) = self.gathering().as_ref().map(|gathering| Arc::clone(&gathering.vectors)) else {
            return Vec::new();
        };
        let mut seen = HashSet::new();
        let mut texts = texts(&self.snapshot());
        texts.retain(|text| {
            let name = TextName::of(text);
            !vectors.contains_key(&name) && seen.insert(name)
        });
        texts
    }

    /// Takes in vectors of the wanted model. Those of another are dropped: they came too late.
    pub fn take_in(&self, model: &str, vectors: impl IntoIterator<Item = (TextName, Meaning)>) {
        if let Some(gathering) = self.gathering().as_mut().filter(|known| known.model.name() == model) {
            Arc::make_mut(&mut gathering.vectors).extend(vectors);
        }
    }

    /// Lets the wanted model serve if all its vectors are there; whether it does.
    pub fn settle(&self) -> bool {
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = self.snapshot();
        let names: HashSet<TextName> = texts(&snapshot).iter().map(|text| TextName::of(text)).collect();
        let mut gathering = self.gathering();
        let Some(Gathering { model, vectors }) = gathering.as_mut() else { return false };
        if !names.iter().all(|name| vectors.contains_key(name)) {
            return false;
        }
        if vectors.len() > names.len() {
            Arc::make_mut(vectors).retain(|name, _| names.contains(name));
        }
        let plugged = Plugged::new(Arc::clone(model), Arc::clone(vectors), &snapshot);
        drop(gathering);
        let mut next = Snapshot::clone(&snapshot);
        next.plugged = Some(plugged);
        self.publish(next);
        true
    }

    /// All of it at once, for commands without a server.
    pub fn plug_now(&self, model: Arc<dyn Sentences>) -> Result<(), NoVectors> {
        self.plug(Arc::clone(&model));
        for texts in self.lacking().chunks(BATCH) {
            self.take_in(model.name(), encode(&*model, texts)?);
        }
        self.settle();
        Ok(())
    }
}

/// Vectors of texts under their names.
pub fn encode(model: &dyn Sentences, texts: &[String]) -> Result<Vec<(TextName, Meaning)>, NoVectors> {
    let vectors = model.encode(&texts.iter().map(String::as_str).collect::<Vec<_>>())?;
    let told = |vector: &Vec<f32>| Meaning::of(vector).unwrap_or_else(|| Meaning::nothing(vector.len()));
    Ok(texts.iter().map(|text| TextName::of(text)).zip(vectors.iter().map(told)).collect())
}

/// All texts that have a meaning, in the order of their entries, after those by which a model is tried.
fn texts(snapshot: &Snapshot) -> Vec<String> {
    let (mut asked, mut told): (Vec<String>, _) = (trust::texts().map(str::to_owned).collect(), Vec::new());
    for entry in snapshot.all() {
        let (ways, answers) = passage::texts(&entry);
        asked.extend(ways);
        told.extend(answers);
    }
    asked.append(&mut told);
    asked.retain(|text| !text.trim().is_empty());
    asked
}

#[cfg(test)]
mod tests {
    use domain::{Entry, EntryText, Kind, Lang};
    use language::embed;

    use super::*;
    use crate::library::Query;

    /// Knows what the built-in model knows, and that two made-up words mean the same.
    struct Learned(&'static str);

    impl Sentences for Learned {
        fn name(&self) -> &str {
            self.0
        }

        fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors> {
            let vector = |text: &&str| {
                let known = embed::shipped().embed(text);
                let parts = known.iter().flat_map(|known| known.parts().iter().map(|part| f32::from(*part)));
                let mut vector: Vec<f32> = parts.collect();
                vector.resize(embed::shipped().dim(), 0.0);
                let is_one = ["zorgle", "blimfax"].iter().any(|word| text.contains(word));
                vector.push(if is_one { 3_000.0 } else { 0.0 });
                vector
            };
            Ok(texts.iter().map(vector).collect())
        }
    }

    fn entry(id: &str, title: &str) -> Entry {
        let text = EntryText { title: title.to_owned(), ..EntryText::default() };
        Entry::new(id, Kind::Answer, [(Lang::En, text)])
    }

    fn library() -> Library {
        let library = Library::new();
        let entries =
            ["how do I return a zorgle", "what does shipping cost", "where is your shop", "opening hours"];
        let entries = entries.iter().zip(["a", "b", "c", "d"]).map(|(title, id)| entry(id, title));
        library.change(&entries.collect::<Vec<_>>(), &[], 1);
        library
    }

    fn first(library: &Library, text: &str) -> Option<String> {
        let hits = library.search(&Query { text, lang: Lang::En, limit: 1 });
        hits.first().map(|hit| hit.entry.to_string())
    }

    #[test]
    fn what_the_model_knows_is_found_when_it_has_read_everything_and_not_before() {
        let library = library();
        assert_ne!(first(&library, "blimfax").as_deref(), Some("a"), "by letters it is like others");
        let model: Arc<dyn Sentences> = Arc::new(Learned("one"));
        library.plug(Arc::clone(&model));
        let lacking = library.lacking();
        let (some, rest) = lacking.split_at(lacking.len() - 1);
        library.take_in("one", encode(&*model, some).unwrap());
        assert!(!library.settle(), "a text is missing");
        assert_ne!(first(&library, "blimfax").as_deref(), Some("a"));
        assert_eq!(library.plugging().serving, None);
        assert_eq!(library.lacking(), rest);
        library.take_in("one", encode(&*model, rest).unwrap());
        assert!(library.settle());
        assert_eq!(first(&library, "blimfax").as_deref(), Some("a"));
        library.unplug();
        assert_ne!(first(&library, "blimfax").as_deref(), Some("a"));
    }

    #[test]
    fn the_old_model_serves_until_the_new_one_is_ready_and_they_are_never_mixed() {
        let library = library();
        library.plug_now(Arc::new(Learned("old"))).unwrap();
        let new: Arc<dyn Sentences> = Arc::new(Learned("new"));
        library.plug(Arc::clone(&new));
        let all = library.lacking();
        library.take_in("old", encode(&*new, &all).unwrap());
        assert_eq!(library.lacking().len(), all.len(), "vectors of the old one come too late");
        let plugging = library.plugging();
        assert_eq!((plugging.serving.as_deref(), plugging.wanted.as_deref()), (Some("old"), Some("new")));
        assert_eq!(first(&library, "blimfax").as_deref(), Some("a"));
        library.take_in("new", encode(&*new, &all).unwrap());
        assert!(library.settle());
        assert_eq!(library.plugging().serving.as_deref(), Some("new"));
    }

    #[test]
    fn knowledge_changes_under_a_model() {
        let library = library();
        let model: Arc<dyn Sentences> = Arc::new(Learned("one"));
        library.plug_now(Arc::clone(&model)).unwrap();
        library.change(&[entry("e", "is a blimfax washable")], &["a".into()], 2);
        assert_eq!(library.lacking(), ["is a blimfax washable"]);
        assert_ne!(first(&library, "zorgle").as_deref(), Some("a"), "what was removed is not found");
        library.adapt();
        library.take_in("one", encode(&*model, &library.lacking()).unwrap());
        assert!(library.settle());
        assert_eq!(first(&library, "zorgle").as_deref(), Some("e"));
        assert_eq!(library.lacking(), [""; 0]);
    }
}
