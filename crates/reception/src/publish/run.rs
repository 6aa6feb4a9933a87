//! Asks all questions of the knowledge as it is and as it would be, on all cores.

use std::{
    collections::HashSet,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use assistant::Turn;
use domain::{Asker, Entry, EntryId, Lang, Past, Record, Rung, Shopper, Timestamp};
use knowledge::import::Plan;
use store::{Draft, Page, StoreError};

use super::{
    PublishError,
    gate::{Case, Expectation, Report, Said, is_red},
};
use crate::{Answers, Reception};

/// Test questions read at a time.
const PAGE: u32 = 1_000;

/// A question to be asked.
#[derive(Clone)]
pub(crate) struct Question {
    text: String,
    asker: Asker,
    lang: Lang,
    expect: Expectation,
}

impl Reception {
    pub(super) async fn run_gate(&self, drafts: &[Draft]) -> Result<Report, PublishError> {
        self.ask_all_of(split(drafts)).await
    }

    /// How many test questions are answered rightly now and would not be, if this plan were carried out.
    pub(crate) async fn newly_red(&self, plan: &Plan) -> Result<usize, PublishError> {
        if self.store().count_tests(None).await? == 0 {
            return Ok(0);
        }
        let put: Vec<Entry> = plan.clone().into_entries().collect();
        if put.is_empty() {
            return Ok(0);
        }
        let report = self.ask_all_of((put, Vec::new())).await?;
        Ok(report.red.iter().filter(|case| !case.was_red()).count())
    }

    async fn ask_all_of(&self, (put, gone): (Vec<Entry>, Vec<EntryId>)) -> Result<Report, PublishError> {
        self.catch_up().await?;
        self.have_learnt_meanings().await?;
        let begun = std::time::Instant::now();
        let count = put.len() + gone.len();
        let questions = self.questions(count > 0).await?;
        let (assistant, now) = (self.parts().assistant.clone(), self.now());
        let work = move || {
            // One state of the knowledge for all questions, whatever is published meanwhile.
            let stands = Arc::new(assistant.library().fork());
            let version = stands.version();
            let mut assistants = vec![assistant.knowing(Arc::clone(&stands))];
            if count > 0 {
                let changed = stands.fork();
                changed.change(&put, &gone, version);
                assistants.push(assistant.knowing(Arc::new(changed)));
            }
            let touched = put.iter().map(|entry| entry.id.clone()).chain(gone).collect();
            let cases = ask_all(questions, &assistants, touched, now);
            (version, cases)
        };
        let (version, cases) = tokio::task::spawn_blocking(work).await.map_err(|_| PublishError::Busy)?;
        let report = report(version, count, cases, begun.elapsed().as_secs_f64());
        tracing::info!(
            questions = report.tests + report.replayed,
            ms = begun.elapsed().as_millis() as u64,
            "asked the questions that knowledge must answer"
        );
        Ok(report)
    }

    /// The test questions, and if wanted what customers asked last.
    pub(crate) async fn questions(&self, with_last: bool) -> Result<Vec<Question>, StoreError> {
        let mut questions = Vec::new();
        let mut after = None;
        loop {
            let page = self.store().tests(None, &Page { after, limit: PAGE }).await?;
            after = page.last().map(|row| row.cursor.clone());
            let done = page.len() < PAGE as usize;
            questions.extend(page.into_iter().map(|row| Question {
                text: row.test.text().to_owned(),
                asker: row.test.asker().clone(),
                lang: Lang::default(),
                expect: row.test.expect().cloned().map_or(Expectation::Refusal, Expectation::Entry),
            }));
            if done {
                break;
            }
        }
        if with_last {
            let past = self.store().last_questions(self.settings().knowledge.replay).await?;
            questions.extend(past.into_iter().map(|past| Question {
                text: past.text,
                asker: past.asker,
                lang: past.lang,
                expect: past.helped.map_or(Expectation::Unknown, Expectation::Helped),
            }));
        }
        Ok(questions)
    }
}

pub(crate) fn split(drafts: &[Draft]) -> (Vec<Entry>, Vec<EntryId>) {
    let put = drafts.iter().filter_map(|draft| draft.new.becomes.clone()).collect();
    let gone = drafts.iter().filter(|draft| draft.new.becomes.is_none());
    (put, gone.map(|draft| draft.new.id.clone()).collect())
}

fn report(knowledge_version: i64, drafts: usize, cases: Vec<Case>, seconds: f64) -> Report {
    let tests = cases.iter().filter(|case| case.expect.is_test()).count();
    let replayed = cases.len() - tests;
    let red = cases.iter().filter(|case| case.is_red()).cloned().collect();
    let is_right = |case: &&Case| case.expect.is_test() && !case.is_red();
    let right = cases.iter().filter(is_right).map(|case| case.question.clone()).collect();
    let changes = cases.into_iter().filter(|case| case.effect.is_some()).collect();
    Report { knowledge_version, drafts, tests, replayed, red, right, changes, seconds }
}

/// Asks everything of every assistant: first what would answer, then, where that matters, in which words.
struct Round<'a> {
    questions: &'a [Question],
    assistants: &'a [Arc<dyn Answers>],
    /// The entries that the drafts change: an answer from one of them may be in other words.
    touched: HashSet<EntryId>,
    now: Timestamp,
}

/// The same questions, put to two assistants.
pub(crate) fn compare(
    questions: Vec<Question>,
    before: Arc<dyn Answers>,
    after: Arc<dyn Answers>,
    now: Timestamp,
) -> Vec<Case> {
    ask_all(questions, &[before, after], HashSet::new(), now)
}

/// The order of the cases is that of the questions.
fn ask_all(
    questions: Vec<Question>,
    assistants: &[Arc<dyn Answers>],
    touched: HashSet<EntryId>,
    now: Timestamp,
) -> Vec<Case> {
    let round = Round { questions: &questions, assistants, touched, now };
    let said = round.run();
    questions.into_iter().zip(said).map(|(question, said)| case(question, said)).collect()
}

impl Round<'_> {
    /// Each core takes the next question until none is left.
    fn run(&self) -> Vec<Option<Vec<Said>>> {
        let answers: Vec<OnceLock<Vec<Said>>> = self.questions.iter().map(|_| OnceLock::new()).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let (Some(question), Some(slot)) = (self.questions.get(at), answers.get(at)) else { return };
                let _ = slot.set(self.ask(question));
            }
        };
        let most = self.questions.len().max(1);
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(most);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                // A question that breaks the assistant is not answered; the others are asked by the rest.
                let _ = worker.join();
            }
        });
        answers.into_iter().map(OnceLock::into_inner).collect()
    }

    fn ask(&self, question: &Question) -> Vec<Said> {
        let turn = Turn {
            id: "test".into(),
            conversation: "test".into(),
            text: &question.text,
            lang: question.lang,
            asker: question.asker.clone(),
            now: self.now,
            past: &Past::default(),
            record: &Record::default(),
            shopper: &Shopper::default(),
        };
        let mut said: Vec<Said> =
            self.assistants.iter().map(|assistant| chosen(assistant.choose(&turn))).collect();
        if self.words_matter(question, &said) {
            for (said, assistant) in said.iter_mut().zip(self.assistants) {
                said.text = assistant.answer(&turn, &mut |_| ()).content.text;
            }
        }
        said
    }

    /// Whether anybody will read the words: what is red, what changes, and what a draft may say otherwise.
    fn words_matter(&self, question: &Question, said: &[Said]) -> bool {
        let changes = said.windows(2).any(|pair| pair[0] != pair[1]);
        let touched = said.iter().flat_map(|said| &said.entries).any(|entry| self.touched.contains(entry));
        let red = said.last().is_some_and(|said| is_red(&question.expect, said));
        changes || touched || red
    }
}

fn chosen((rung, entries): (Rung, Vec<EntryId>)) -> Said {
    Said { rung, entries, text: String::new() }
}

fn case(question: Question, said: Option<Vec<Said>>) -> Case {
    let mut said = said.unwrap_or_default().into_iter();
    let before = said.next().unwrap_or_else(|| chosen((Rung::Refuse, Vec::new())));
    let after = said.next().unwrap_or_else(|| before.clone());
    Case::new(question.text, question.asker, question.expect, before, after)
}
