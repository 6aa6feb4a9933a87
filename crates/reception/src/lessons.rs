//! What customers taught is learnt if the shop's test questions are answered no worse for it, and can be forgotten.

use std::{
    collections::HashSet,
    sync::{Arc, atomic::Ordering},
};

use domain::{EntryId, Lesson, Timestamp};
use knowledge::{Apart, Library};
use serde::{Deserialize, Serialize};
use store::{LessonCounts, StoreError};

use crate::{
    Answers, Reception,
    kept::at_leisure,
    learn::{MEANINGS, keep},
    publish::run::{Question, compare},
};

/// Under which the outcome is kept.
const OUTCOME: &str = "lessons";
/// What led astray is left out, and the rest tried once more.
const TRIES: usize = 2;
/// Without test questions, so many of the shop's own phrasings are looked at, and of so many one may be lost by chance.
const PHRASINGS: usize = 400;
const ONE_IN: usize = 200;
/// Somebody who waits for meanings to be learnt waits no longer.
const PATIENT: std::time::Duration = std::time::Duration::from_secs(20);

/// What came of it when it was last tried to learn from customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// When.
    pub at: Timestamp,
    /// The version of the knowledge.
    pub knowledge_version: i64,
    /// The revision of the lessons.
    pub revision: i64,
    /// Lessons that there were to learn.
    pub lessons: usize,
    /// Those that are in use. The others made answers worse.
    pub taken: usize,
    /// Whether test questions said so; else the shop's own phrasings did.
    pub by_tests: bool,
    /// How many were asked.
    pub asked: usize,
    /// How many were not answered rightly before.
    pub before: usize,
    /// How many would not be with everything that there was to learn.
    pub after: usize,
}

/// How it stands with what customers taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// How many lessons there are, and from what.
    #[serde(flatten)]
    pub counts: LessonCounts,
    /// How many of them are in use now.
    pub used: usize,
    /// What came of it last; `None` if there was nothing yet.
    pub last: Option<Outcome>,
}

/// What two states of the library say to the same questions.
struct Weighed {
    by_tests: bool,
    asked: usize,
    before: usize,
    after: usize,
    allowed: usize,
    /// Entries that are given now where they must not be.
    astray: HashSet<EntryId>,
}

impl Weighed {
    fn is_worse(&self) -> bool {
        self.after > self.before + self.allowed
    }
}

impl Reception {
    /// How it stands with what customers taught.
    pub(crate) async fn lessons(&self) -> Result<Standing, StoreError> {
        let counts = self.store().count_lessons().await?;
        let used = self.parts().assistant.library().lessons().len();
        Ok(Standing { counts, used, last: self.last_outcome().await? })
    }

    /// Forgets what was taught since a moment, or all; meanings are learnt again without it, in seconds. Returns how
    /// many lessons were forgotten.
    pub(crate) async fn forget_lessons(&self, since: Option<Timestamp>) -> Result<u64, StoreError> {
        let gone = self.store().forget_lessons(since).await?;
        tracing::info!(gone, "lessons of customers were forgotten");
        self.inner.events.knowledge_changed();
        Ok(gone)
    }

    async fn last_outcome(&self) -> Result<Option<Outcome>, StoreError> {
        // What an older version wrote in another way says nothing.
        Ok(self.store().setting(OUTCOME).await?.and_then(|kept| serde_json::from_str(&kept).ok()))
    }

    /// Learns them now if that has not been done since the start: until then questions are answered as customers will
    /// not be answered in a minute, and nothing should be judged by it.
    pub(crate) async fn have_learnt_meanings(&self) -> Result<(), StoreError> {
        let library = self.parts().assistant.library();
        if library.adapted_to() > 0 || library.is_empty() {
            return Ok(());
        }
        // It goes on where nobody waits for it any more.
        tokio::time::timeout(PATIENT, self.learn_meanings()).await.unwrap_or(Ok(()))
    }

    /// Learns what words mean in the knowledge, and then from its customers, if nothing gets worse.
    pub(crate) async fn learn_meanings(&self) -> Result<(), StoreError> {
        let _one_at_a_time = self.inner.learning.lock().await;
        // The number first: what is taught meanwhile is learnt the next time.
        let revision = self.store().lessons_revision().await?;
        let taught = self.store().lessons().await?;
        let library = Arc::clone(self.parts().assistant.library());
        let last = self.last_outcome().await?;
        let known = (library.version(), revision);
        // What is in use may have been lost with what was kept: then it is tried again.
        let used = library.lessons().len();
        let tried = last.is_some_and(|last| {
            (last.knowledge_version, last.revision, last.taken) == (known.0, known.1, used)
        });
        let questions = if tried || taught.is_empty() { Vec::new() } else { self.questions(false).await? };
        let (round, kept) = (Round::of(self, taught), self.parts().kept.clone());
        let work = move || {
            let changed = round.keep_up();
            let outcome = if tried { None } else { round.try_more(&questions, known) };
            if changed || outcome.as_ref().is_some_and(|outcome| outcome.taken > 0) {
                keep(&*kept, MEANINGS, round.library.learnt());
            }
            outcome
        };
        let Some(outcome) = at_leisure(work).await else {
            tracing::error!("learning broke off; what was learnt before is still used");
            return Ok(());
        };
        self.heed(revision, outcome).await
    }

    async fn heed(&self, revision: i64, outcome: Option<Outcome>) -> Result<(), StoreError> {
        self.inner.heeded.store(revision, Ordering::Relaxed);
        let Some(outcome) = outcome else { return Ok(()) };
        let Outcome { lessons, taken, asked, before, after, .. } = outcome;
        let verdict = if taken == lessons { "taken" } else { "held_back" };
        metrics::counter!("lessons_weighed_total", "outcome" => verdict).increment(1);
        tracing::info!(lessons, taken, asked, before, after, verdict, "weighed what customers taught");
        let kept = serde_json::to_string(&outcome).unwrap_or_default();
        self.store().put_setting(OUTCOME, &kept).await?;
        self.inner.events.knowledge_changed();
        Ok(())
    }
}

/// One round of learning.
struct Round {
    assistant: Arc<dyn Answers>,
    library: Arc<Library>,
    taught: Vec<Lesson>,
    now: Timestamp,
}

impl Round {
    fn of(reception: &Reception, taught: Vec<Lesson>) -> Self {
        let assistant = Arc::clone(&reception.parts().assistant);
        Self { library: Arc::clone(assistant.library()), assistant, taught, now: reception.now() }
    }

    /// What is in use and was not taken back.
    fn standing(&self) -> Vec<Lesson> {
        let known: HashSet<&Lesson> = self.taught.iter().collect();
        self.library.lessons().iter().filter(|lesson| known.contains(lesson)).cloned().collect()
    }

    /// The meanings follow the knowledge; and what was forgotten is out, whatever the tests say: that is a way back.
    fn keep_up(&self) -> bool {
        let standing = self.standing();
        let changed =
            self.library.adapted_to() != self.library.version() || *self.library.lessons() != standing;
        if changed {
            self.library.take(&self.library.learn_apart(&standing));
        }
        changed
    }

    /// `None` if there is nothing more to learn.
    fn try_more(&self, questions: &[Question], (version, revision): (i64, i64)) -> Option<Outcome> {
        let weighed = self.take_what_harms_nobody(questions)?;
        Some(Outcome {
            at: self.now,
            knowledge_version: version,
            revision,
            lessons: self.taught.len(),
            taken: self.library.lessons().len(),
            by_tests: weighed.by_tests,
            asked: weighed.asked,
            before: weighed.before,
            after: weighed.after,
        })
    }

    /// What was found of all that there is to learn.
    fn take_what_harms_nobody(&self, questions: &[Question]) -> Option<Weighed> {
        let standing: HashSet<Lesson> = self.standing().into_iter().collect();
        let (mut wanted, mut first) = (self.taught.clone(), None);
        for _ in 0..TRIES {
            if wanted.len() == standing.len() {
                break;
            }
            let apart = self.library.learn_apart(&wanted);
            let found = self.weigh(&apart, questions);
            let (worse, astray) = (found.is_worse(), found.astray.clone());
            first.get_or_insert(found);
            if !worse {
                self.library.take(&apart);
            }
            if !worse || astray.is_empty() {
                break;
            }
            wanted.retain(|lesson| standing.contains(lesson) || !astray.contains(&lesson.entry));
        }
        first
    }

    fn weigh(&self, apart: &Apart, questions: &[Question]) -> Weighed {
        let stands = Arc::new(self.library.fork());
        if questions.is_empty() {
            return by_phrasings(&stands, apart.library());
        }
        let (before, after) =
            (self.assistant.knowing(stands), self.assistant.knowing(Arc::clone(apart.library())));
        let cases = compare(questions.to_vec(), before, after, self.now);
        let newly_red = cases.iter().filter(|case| case.is_red() && !case.was_red());
        Weighed {
            by_tests: true,
            asked: cases.len(),
            before: cases.iter().filter(|case| case.was_red()).count(),
            after: cases.iter().filter(|case| case.is_red()).count(),
            allowed: 0,
            astray: newly_red.flat_map(|case| case.after.entries.clone()).collect(),
        }
    }
}

fn by_phrasings(before: &Library, after: &Library) -> Weighed {
    let ((was, asked), (is, _)) = (before.own_found(PHRASINGS), after.own_found(PHRASINGS));
    Weighed {
        by_tests: false,
        asked,
        before: asked - was,
        after: asked.saturating_sub(is),
        allowed: asked / ONE_IN,
        astray: HashSet::new(),
    }
}
