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
