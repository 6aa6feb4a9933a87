//! Stories of a plugged reranker.

use std::sync::Mutex;

use domain::{EntryId, EntryText};

use super::*;
use crate::library::{Library, Query};

/// Finds texts with this word the fittest, in numbers of its own; on our own questions it knows the right ones by
/// meaning.
#[derive(Default)]
struct Reader {
    likes: &'static str,
    silent: bool,
    rubbish: bool,
    asked: Mutex<Vec<(String, Vec<String>)>>,
}

impl Reranker for Reader {
    #[allow(clippy::unnecessary_literal_bound, reason = "it is the trait's")]
    fn name(&self) -> &str {
        "reader"
    }

    fn scores(&self, question: &str, texts: &[&str], _: Duration) -> Result<Vec<f32>, NoScores> {
        let is_trial = texts.contains(&super::super::trust::column(1)[0])
            || [0, 2, 3].iter().any(|&at| texts.contains(&super::super::trust::column(at)[0]));
        if is_trial {
            return Ok(by_meaning(question, texts));
        }
        let owned = texts.iter().map(|&text| text.to_owned()).collect();
        self.asked.lock().unwrap().push((question.to_owned(), owned));
        if self.silent {
            return Err(NoScores { code: "late", reason: "it took too long".to_owned(), may_retry: true });
        }
        let score = |text: &&str| match (self.rubbish, text.contains(self.likes)) {
            (true, _) => f32::NAN,
            (false, true) => 90.0,
            (false, false) => 10.0,
        };
        Ok(texts.iter().map(score).collect())
    }
}

fn by_meaning(question: &str, texts: &[&str]) -> Vec<f32> {
    let embedder = language::embed::shipped();
    let asked = embedder.embed(question);
    let close = |text: &&str| asked.as_ref().zip(embedder.embed(text)).map_or(0.0, |(a, b)| a.closeness(&b));
    texts.iter().map(|text| 100.0 * close(text)).collect()
}

fn entry(id: &str, title: &str, answer: &str) -> Entry {
    let text = EntryText { title: title.to_owned(), answer: answer.to_owned(), ..EntryText::default() };
    Entry::new(id, Kind::Answer, [(Lang::En, text)])
}

fn library() -> Library {
    let library = Library::new();
    let entries = [
        entry("ship", "what does shipping cost", "Five francs."),
        entry("back", "what does sending back cost", "Nothing, we pay the postage."),
        entry("gift", "what does gift wrapping cost", "Two francs."),
    ];
    library.change(&entries, &[], 1);
    library
}

fn heard(reader: &std::sync::Arc<Reader>) -> Library {
    let library = library();
    library.hear(Some(Tried::on_our_questions(reader.clone()).unwrap()));
    library
}

fn found(library: &Library, text: &str) -> Vec<(EntryId, f32)> {
    let hits = library.search(&Query { text, lang: Lang::En, limit: 3 });
    hits.into_iter().map(|hit| (hit.entry, hit.probability)).collect()
}

const ASKED: &str = "how much is the postage please";

#[test]
fn it_changes_who_stands_where_and_what_stands_there_stays_as_probable() {
    let plain = found(&library(), ASKED);
    let last = plain.last().unwrap().0.clone();
    let likes = match last.as_str() {
        "ship" => "Five",
        "back" => "Nothing",
        _ => "Two",
    };
    let reader = std::sync::Arc::new(Reader { likes, ..Reader::default() });
    let library = heard(&reader);
    assert_eq!(found(&library, ASKED), plain, "it speaks only where somebody listens");
    let listening = library.listening();
    let after = found(&listening, ASKED);
    assert_eq!(after[0].0, last);
    let probable = |found: &[(EntryId, f32)]| found.iter().map(|(_, p)| *p).collect::<Vec<_>>();
    assert_eq!(probable(&after), probable(&plain));
    assert_eq!(reader.asked.lock().unwrap().len(), 1);
    assert_eq!(found(&listening, ASKED), after, "and is asked once for one answer");
    assert_eq!(reader.asked.lock().unwrap().len(), 1);

    let again = self::library();
    again.hear_again(listening.heard());
    let again = again.listening();
    assert_eq!(found(&again, ASKED), after, "what was said then is said again");
    assert_eq!((reader.asked.lock().unwrap().len(), again.heard()), (1, listening.heard()));
    assert_eq!(
        found(&again, "how much is gift wrapping, roughly"),
        found(&self::library(), "how much is gift wrapping, roughly")
    );
}

#[test]
fn whoever_asks_in_the_entrys_own_words_is_understood_without_it() {
    let reader = std::sync::Arc::new(Reader { likes: "Two", ..Reader::default() });
    let listening = heard(&reader).listening();
    assert_eq!(found(&listening, "What does shipping cost?")[0].0.as_str(), "ship");
    assert_eq!(reader.asked.lock().unwrap().len(), 0);
}

#[test]
fn it_reads_the_candidates_and_nothing_personal() {
    let reader = std::sync::Arc::new(Reader::default());
    let listening = heard(&reader).listening();
    found(&listening, "what does the shipping cost, my number is 13912345678");
    let (question, texts) = reader.asked.lock().unwrap().remove(0);
    assert!(!question.contains("139") && question.contains("shipping"), "{question}");
    assert!(
        texts.contains(&"what does sending back cost\nNothing, we pay the postage.".to_owned()),
        "{texts:?}"
    );
    assert_eq!(listening.heard()[0].question, question);
}

#[test]
fn who_fails_or_talks_rubbish_changes_nothing_and_is_not_asked_twice() {
    let plain = found(&library(), ASKED);
    for (silent, rubbish, code) in [(true, false, "late"), (false, true, "rubbish")] {
        let reader = std::sync::Arc::new(Reader { likes: "Two", silent, rubbish, ..Reader::default() });
        let listening = heard(&reader).listening();
        assert_eq!(found(&listening, ASKED), plain);
        found(&listening, "and how much is gift wrapping then");
        assert_eq!(reader.asked.lock().unwrap().len(), 1, "customers wait");
        assert_eq!(listening.heard()[0].failed.as_deref(), Some(code));
    }
}

#[test]
fn what_lies_beyond_all_doubt_is_not_moved() {
    let mut hits: Vec<Hit> = library().search(&Query { text: ASKED, lang: Lang::En, limit: 3 });
    for (hit, probability) in hits.iter_mut().zip([0.99, 0.000_1, 0.000_1]) {
        hit.probability = probability;
    }
    let said = |nats: [f32; 3]| Reranked {
        model: "m".to_owned(),
        question: String::new(),
        worth: hits
            .iter()
            .zip(nats)
            .map(|(hit, nats)| Worth { entry: hit.entry.clone(), section: hit.section, nats })
            .collect(),
        failed: None,
    };
    let mut moved = hits.clone();
    reorder(&mut moved, &[0, 1, 2], &said([-6.0, 6.0, -6.0]));
    assert_eq!(moved[0].entry, hits[0].entry, "twelve nats for another do not make up for fourteen");
    let mut partly = said([-6.0, 6.0, 6.0]);
    partly.worth.pop();
    hits[0].probability = 0.5;
    let mut moved = hits.clone();
    reorder(&mut moved, &[0, 1, 2], &partly);
    assert_eq!(moved, hits, "who did not speak of all is not heard");
}
