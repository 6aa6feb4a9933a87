//! Who is listened to, and what was heard while one answer was made.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

use domain::Reranked;
use language::mask::mask;

use super::{FLOOR, Hit, LOOKED_AT, MOST_ASKED, Tried, document, head, movable, reorder};
use crate::library::Library;

/// So long may it take for the first question of a message, and for each after it: customers wait.
const PATIENCE: [Duration; 2] = [Duration::from_millis(800), Duration::from_millis(400)];

/// Who speaks, and whether somebody listens.
#[derive(Default)]
pub(in crate::library) struct Reranking {
    voice: RwLock<Option<Voice>>,
    /// What was heard; `None` where nobody listens.
    heard: Option<Mutex<Vec<Reranked>>>,
}

#[derive(Clone)]
enum Voice {
    Model(Arc<Tried>),
    /// What was said when an answer was made, for making it again.
    Then(Arc<Vec<Reranked>>),
}

impl Reranking {
    /// The same voice in a library of its own, where nobody listens.
    pub(in crate::library) fn unheard(&self) -> Self {
        Self { voice: RwLock::new(self.voice()), heard: None }
    }

    /// The same voice, listened to.
    fn heard(&self) -> Self {
        Self { heard: Some(Mutex::default()), ..self.unheard() }
    }

    /// How many hits are to be found where so many are wanted: it is listened to among more.
    pub(in crate::library) fn widened(&self, wanted: usize) -> usize {
        if self.heard.is_some() && self.voice().is_some() { wanted.max(LOOKED_AT) } else { wanted }
    }

    fn voice(&self) -> Option<Voice> {
        self.voice.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn take(&self, voice: Option<Voice>) {
        *self.voice.write().unwrap_or_else(PoisonError::into_inner) = voice;
    }

    fn said(&self) -> Option<MutexGuard<'_, Vec<Reranked>>> {
        self.heard.as_ref().map(|said| said.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Library {
    /// From now on this model has a say in the order of what is found; `None` for nobody.
    pub fn hear(&self, reranker: Option<Tried>) {
        self.reranking.take(reranker.map(|tried| Voice::Model(Arc::new(tried))));
    }

    /// From now on what was said then is said again, and nobody is asked.
    pub fn hear_again(&self, said: Vec<Reranked>) {
        self.reranking.take(Some(Voice::Then(Arc::new(said))));
    }

    /// The model that has a say.
    pub fn reranker(&self) -> Option<Arc<Tried>> {
        match self.reranking.voice() {
            Some(Voice::Model(tried)) => Some(tried),
            _ => None,
        }
    }

    /// This state of the library, apart, for one answer: in it the plugged reranker has its say, if there is one.
    #[must_use]
    pub fn listening(&self) -> Self {
        Self { reranking: self.reranking.heard(), ..self.fork() }
    }

    /// What the reranker said in this library, question by question.
    pub fn heard(&self) -> Vec<Reranked> {
        self.reranking.said().map(|said| said.clone()).unwrap_or_default()
    }

    /// The hits in the order that they have after its say, `most` of them.
    pub(in crate::library) fn reranked(&self, question: &str, mut hits: Vec<Hit>, most: usize) -> Vec<Hit> {
        let places = movable(&hits);
        let sure = hits.first().is_none_or(|best| best.near_exact || best.probability < FLOOR);
        if !sure
            && places.len() > 1
            && let Some(said) = self.said_of(question, &hits, &places)
        {
            reorder(&mut hits, &places, &said);
        }
        hits.truncate(most);
        hits
    }

    /// What it says of them; what it has said of the same question in this answer is not asked again.
    fn said_of(&self, question: &str, hits: &[Hit], places: &[usize]) -> Option<Reranked> {
        let (mut heard, voice) = (self.reranking.said()?, self.reranking.voice()?);
        let asked = head(&mask(question).text, MOST_ASKED).to_owned();
        if let Some(known) = heard.iter().find(|said| said.question == asked) {
            return Some(known.clone());
        }
        let said = match voice {
            Voice::Then(said) => said.iter().find(|said| said.question == asked)?.clone(),
            Voice::Model(tried) => {
                // Who was slow or broken once is not waited for again in the same answer.
                let patience = *PATIENCE.get(heard.len())?;
                if heard.iter().any(|said| said.failed.is_some()) {
                    return None;
                }
                let document = |&at: &usize| {
                    let entry = self.entry(&hits[at].entry);
                    (&hits[at], entry.map(|entry| document(&entry, &hits[at])).unwrap_or_default())
                };
                tried.judge(&asked, &places.iter().map(document).collect::<Vec<_>>(), patience)
            }
        };
        heard.push(said.clone());
        Some(said)
    }
}
