//! Sentence by sentence: an answer to which no question is written says many things, and one of its sentences may say
//! what is asked.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use language::{embed::Meaning, entail::sentences};
use lru::LruCache;

use super::{
    features::{Features, Sort},
    meaning,
    model::Model,
    passage::Passage,
    question::Asked,
    sentences::TextName,
    snapshot::Snapshot,
    words::{self, Key, take_apart},
};

/// So many passages, those that look best, are read sentence by sentence.
const READ: usize = 10;
/// Of each at most so many sentences.
const SENTENCES: usize = 24;
/// And of each sentence so many characters.
const LONGEST: usize = 300;
/// So many passages are kept as they were read.
const KEPT: NonZeroUsize = NonZeroUsize::new(2_000).unwrap();

/// What a sentence says.
struct Said {
    words: Box<[Key]>,
    meaning: Option<Meaning>,
}

/// Passages as they were read last. What is kept decides on the time that a search takes, never on what it finds.
pub(super) struct Read(Mutex<LruCache<TextName, Arc<[Said]>>>);

impl Default for Read {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(KEPT)))
    }
}

impl Read {
    fn sentences(&self, snapshot: &Snapshot, passage: &Passage) -> Arc<[Said]> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(&passage.answer_name) {
            return Arc::clone(known);
        }
        let answer = passage.answer();
        let read: Arc<[Said]> =
            sentences(&answer).into_iter().take(SENTENCES).map(|sentence| said(snapshot, sentence)).collect();
        kept().put(passage.answer_name, Arc::clone(&read));
        read
    }
}

fn said(snapshot: &Snapshot, sentence: &str) -> Said {
    let end = sentence.char_indices().nth(LONGEST).map_or(sentence.len(), |(end, _)| end);
    let apart = take_apart(&sentence[..end]);
    Said { words: words::distinct(&apart.single).into(), meaning: meaning::of(&snapshot.embedder, &apart) }
}

/// Reads the answers that look best among those to which no question is written.
pub(super) fn read_on<'a>(
    snapshot: &Snapshot,
    asked: &Asked,
    model: &Model,
    found: impl Iterator<Item = (&'a Passage, &'a mut Features)>,
) {
    let unasked = found.filter(|(passage, _)| passage.section.is_some() || passage.phrasings.is_empty());
    let mut best: Vec<_> = unasked
        .map(|(passage, features)| (model.rank(Sort::of(passage, asked), features), passage, features))
        .collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, passage, features) in best.into_iter().take(READ) {
        compare(asked, &snapshot.read.sentences(snapshot, passage), features);
    }
}

fn compare(asked: &Asked, sentences: &[Said], features: &mut Features) {
    let mut before = vec![false; asked.keys.len()];
    for sentence in sentences {
        let says: Vec<bool> = asked.keys.iter().map(|key| sentence.words.contains(key)).collect();
        let both: Vec<bool> = says.iter().zip(&before).map(|(now, before)| *now || *before).collect();
        features.sentence_said = features.sentence_said.max(share(asked, &says));
        features.sentences_said = features.sentences_said.max(share(asked, &both));
        let meanings = asked.meaning.as_ref().zip(sentence.meaning.as_ref());
        let close = meanings.map_or(0.0, |(asked, sentence)| asked.closeness(sentence));
        features.sentence = features.sentence.max(close);
        before = says;
    }
}

/// Of what the question says, the share that is said.
fn share(asked: &Asked, says: &[bool]) -> f32 {
    let weights = asked.words.iter().zip(says).filter(|(_, says)| **says).map(|(word, _)| word.weight);
    if asked.word_mass > 0.0 { weights.sum::<f32>() / asked.word_mass } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use domain::{Entry, EntryText, Kind, Lang};

    use crate::{Library, Query};

    fn article(id: &str, title: &str, answer: &str) -> Entry {
        let text = EntryText { title: title.to_owned(), answer: answer.to_owned(), ..EntryText::default() };
        Entry::new(id, Kind::Article, [(Lang::Zh, text)])
    }

    #[test]
    fn the_one_sentence_that_says_it_counts_more_than_words_strewn_about() {
        let strewn =
            "杯子可以进洗碗机。砧板不行，两周上一次油。木勺用久了会裂，属于正常。灯具的缝隙请用干布擦。";
        let said =
            "本店商品均有质保。杯子用了两周裂了缝，可以免费换新。质保按订单记录查询。寄回前请联系客服。";
        let library = Library::new();
        library.change(&[article("strewn", "保养", strewn), article("said", "说明", said)], &[], 1);
        let query = Query { text: "杯子两周裂缝", lang: Lang::Zh, limit: 2 };
        let first = library.search(&query);
        assert_eq!(first[0].entry.as_str(), "said", "{first:?}");
        assert_eq!(library.search(&query), first, "read again or remembered");
    }
}
