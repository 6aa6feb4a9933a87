//! Who answers.

use std::sync::Arc;

use assistant::{Answer, Assistant, Intents, Policy, Turn, recommend::Shelf};
use domain::{EntryId, Rung};
use knowledge::Library;

/// Who answers: the assistant, or in a test one that hesitates or breaks.
pub trait Answers: Send + Sync {
    /// The knowledge it answers from.
    fn library(&self) -> &Arc<Library>;

    /// What customers want, as far as it was learnt.
    fn intents(&self) -> &Arc<Intents>;

    /// The same, answering from another library; nothing of it is heard by customers.
    fn knowing(&self, library: Arc<Library>) -> Arc<dyn Answers>;

    /// What it recommends from, if it does.
    fn shelf(&self) -> Option<&Arc<Shelf>> {
        None
    }

    /// Names of products that it knows beside those of the catalogue.
    fn product_names(&self) -> Vec<String> {
        Vec::new()
    }

    /// The same, recommending from another shelf, if it recommends.
    fn recommending(&self, from: Arc<Shelf>) -> Option<Arc<dyn Answers>> {
        let _ = from;
        None
    }

    /// The same, drawing other lines between the rungs; `None` if it has none to draw.
    fn obeying(&self, policy: Policy) -> Option<Arc<dyn Answers>> {
        let _ = policy;
        None
    }

    /// The rung that would answer and the entries that it would use, as in the answer itself.
    fn choose(&self, turn: &Turn<'_>) -> (Rung, Vec<EntryId>) {
        let trace = self.answer(turn, &mut |_| ()).trace;
        (trace.rung, trace.used)
    }

    /// Answers. Words that are written piece by piece go to `say` first. It may take its time, and it may panic.
    fn answer(&self, turn: &Turn<'_>, say: &mut dyn FnMut(&str)) -> Answer;
}

impl Answers for Assistant {
    fn library(&self) -> &Arc<Library> {
        self.library()
    }

    fn intents(&self) -> &Arc<Intents> {
        self.intents()
    }

    fn knowing(&self, library: Arc<Library>) -> Arc<dyn Answers> {
        Arc::new(self.knowing(library))
    }

    fn shelf(&self) -> Option<&Arc<Shelf>> {
        Some(self.shelf())
    }

    fn product_names(&self) -> Vec<String> {
        self.product_names().to_vec()
    }

    fn recommending(&self, from: Arc<Shelf>) -> Option<Arc<dyn Answers>> {
        Some(Arc::new(self.recommending(from)))
    }

    fn obeying(&self, policy: Policy) -> Option<Arc<dyn Answers>> {
        Some(Arc::new(self.obeying(policy)))
    }

    fn choose(&self, turn: &Turn<'_>) -> (Rung, Vec<EntryId>) {
        self.choose(turn)
    }

    fn answer(&self, turn: &Turn<'_>, say: &mut dyn FnMut(&str)) -> Answer {
        self.answer(turn, say)
    }
}
