//! What the catalogue says to a question, or to some of several.

use domain::Content;

use super::{ANOTHER_MATERIAL, Asking, SILENT, TOLD};
use crate::{
    recommend::{Stock, material, told},
    several,
};

/// What the catalogue says to some of the questions of a message that asks several.
#[derive(Debug, Clone, Default)]
pub(super) struct Asides {
    pub(super) said: Vec<(String, Content)>,
    /// All of its questions, where the knowledge answers none of them.
    pub(super) questions: Vec<String>,
}

/// What the catalogue says of the product that a question names.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) content: Content,
    /// The question with the product's name.
    pub(super) in_full: String,
    /// The reason in the trace: that it is told, or why it is not.
    pub(super) reason: &'static str,
}

impl Told {
    pub(super) fn read(stock: &Stock, asking: &Asking<'_>) -> Option<Self> {
        let Asking { reading, decision, hits, .. } = *asking;
        let Some(asked) = asking.inquiry(stock, &reading.meant) else {
            return Self::of_another_material(stock, asking);
        };
        if asked.is_better_known(decision, hits, stock) || asked.is_matter_of_entries(hits) {
            return None;
        }
        let lang = reading.lang;
        let in_full = asked.in_full(&reading.meant, stock, lang);
        if let Some(content) = told::answer(stock, &asked, lang) {
            return Some(Self { content, in_full, reason: TOLD });
        }
        let content = told::silent(stock, &asked, lang).filter(|_| asked.is_certain())?;
        Some(Self { content, in_full, reason: SILENT })
    }

    /// An entry on ceramics would answer a question on a wooden bowl: that it is about another material is said instead.
    fn of_another_material(stock: &Stock, asking: &Asking<'_>) -> Option<Self> {
        let Asking { reading, decision, hits, .. } = *asking;
        let answers = decision.rung.answers() && !matches!(decision.reason, "same_words" | "picked");
        let hit = decision.picks.first().and_then(|&at| hits.get(at)).filter(|_| answers)?;
        let latest = asking.latest(stock);
        let view = asking.view(stock, &latest);
        let (at, content) = material::of_another(&view, &reading.meant, &hit.title)?;
        let name = stock.product(at)?.name(reading.lang);
        let in_full = format!("{name} {}", reading.meant);
        Some(Self { content, in_full, reason: ANOTHER_MATERIAL })
    }
}

impl Asides {
    pub(super) fn read(stock: &Stock, asking: &Asking<'_>) -> Self {
        let lang = asking.reading.lang;
        let say = |question: &String| {
            let content = told::answer(stock, &asking.inquiry(stock, question)?, lang)?;
            Some((question.clone(), content))
        };
        if !asking.parts.is_empty() {
            let open = asking.parts.iter().filter(|(_, place)| place.is_none()).map(|(question, _)| question);
            return Self { said: open.filter_map(say).collect(), questions: Vec::new() };
        }
        if asking.decision.rung.answers() {
            return Self::default();
        }
        let questions = several::questions(&asking.reading.meant, lang);
        let said: Vec<_> = questions.iter().filter_map(say).collect();
        Self { questions: if said.is_empty() { Vec::new() } else { questions }, said }
    }
}
