//! An assistant that does its work, and hesitates or breaks when told to.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use assistant::{Answer, Assistant, Intents, Policy, Turn, recommend::Shelf};
use knowledge::Library;
use reception::Answers;

use crate::wait::DEADLINE;

/// A message with these words breaks the assistant.
pub const BREAKS: &str = "〔坏〕";
/// A message with these words is answered in many pieces.
pub const SLOWLY: &str = "〔慢〕";

/// So many pieces: a whole turn fits what a watcher may have before them.
pub const PIECES: usize = 20;
/// As a writer pauses.
const PAUSE: Duration = Duration::from_micros(100);

/// The assistant of a [`crate::TestDesk`].
pub struct Scripted {
    real: Assistant,
    script: Mutex<Script>,
    changed: Condvar,
}

#[derive(Default)]
struct Script {
    held: bool,
    heard: Vec<String>,
}

impl Scripted {
    pub(crate) fn new(real: Assistant) -> Self {
        Self { real, script: Mutex::default(), changed: Condvar::new() }
    }

    /// From now on answers are begun and not finished.
    pub fn hold(&self) {
        self.script().held = true;
    }

    /// Answers that are held are finished.
    pub fn release(&self) {
        self.script().held = false;
        self.changed.notify_all();
    }

    /// What it was asked to answer, turn by turn.
    pub fn heard(&self) -> Vec<String> {
        self.script().heard.clone()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while_held(&self) {
        // A test that forgets to release must not hang.
        let held = self.changed.wait_timeout_while(self.script(), DEADLINE, |script| script.held);
        drop(held);
    }
}

impl Answers for Scripted {
    fn library(&self) -> &Arc<Library> {
        self.real.library()
    }

    fn intents(&self) -> &Arc<Intents> {
        self.real.intents()
    }

    fn knowing(&self, library: Arc<Library>) -> Arc<dyn Answers> {
        Arc::new(self.real.knowing(library))
    }

    fn obeying(&self, policy: Policy) -> Option<Arc<dyn Answers>> {
        Some(Arc::new(self.real.obeying(policy)))
    }

    fn shelf(&self) -> Option<&Arc<Shelf>> {
        Some(self.real.shelf())
    }

    fn product_names(&self) -> Vec<String> {
        self.real.product_names().to_vec()
    }

    fn answer(&self, turn: &Turn<'_>, say: &mut dyn FnMut(&str)) -> Answer {
        self.script().heard.push(turn.text.to_owned());
        if turn.text.contains(BREAKS) {
            // As a panic, without its noise in the test's output.
            std::panic::resume_unwind(Box::new("the test told the assistant to break"));
        }
        if turn.text.contains(SLOWLY) {
            for piece in 0..PIECES {
                say(&format!("{piece} "));
                std::thread::sleep(PAUSE);
            }
        }
        self.wait_while_held();
        self.real.answer(turn, say)
    }
}
