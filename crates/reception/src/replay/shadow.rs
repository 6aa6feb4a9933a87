//! What customers really asked, answered again by another model, other lines or other knowledge, beside what was said:
//! before technology is changed, it is tried.

use std::{collections::BTreeMap, sync::Arc};

use domain::{AnswerId, Rung, Timestamp, Trace};
use serde::{Deserialize, Serialize};
use store::PastQuestion;
use tokio::task::JoinSet;

use super::{Made, Maker, Otherwise, ReplayError, Replayed};
use crate::{
    Reception,
    publish::gate::{Case, Effect, Expectation, Said},
};

/// So many are made again at a time: a model may be slow.
const AT_ONCE: usize = 8;
/// So many questions at most.
const MOST: u32 = 100_000;
/// So many examples of each effect.
const EXAMPLES: usize = 20;

/// Costs and times of one side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Tokens that models read and wrote.
    pub tokens: u64,
    /// Millionths of the owner's currency.
    pub cost_micros: u64,
    /// Half of the answers took no longer, in microseconds.
    pub p50_us: u64,
    /// 99 of 100 took no longer.
    pub p99_us: u64,
}

/// A question whose answer would be another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShadowCase {
    /// The answer it got.
    pub answer: AnswerId,
    /// What would change, for the question, masked.
    #[serde(flatten)]
    pub case: Case,
}

/// What would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shadow {
    /// Questions that were answered again.
    pub questions: usize,
    /// Of which the answer is the same.
    pub same: usize,
    /// Of which it is better: an entry that the customer found helpful answers now, and did not.
    pub better: usize,
    /// Worse: it answered and does not any more, or something else answers.
    pub worse: usize,
    /// Refused now, and were not.
    pub newly_refused: usize,
    /// Answered now, and were not.
    pub newly_answered: usize,
    /// Answered from another entry; nobody has said which is right.
    pub otherwise: usize,
    /// The same entries in other words.
    pub reworded: usize,
    /// Could not be made again: what they were made from is not kept.
    pub left_out: usize,
    /// What was.
    pub before: Tally,
    /// What would be.
    pub after: Tally,
    /// Examples, the worse first.
    pub cases: Vec<ShadowCase>,
}

impl Reception {
    /// Answers the latest questions again, those since a moment if one is given.
    pub(crate) async fn shadow(
        &self,
        since: Option<Timestamp>,
        last: u32,
        otherwise: &Otherwise,
    ) -> Result<Shadow, ReplayError> {
        let library = if otherwise.drafts {
            self.library_with_drafts().await?
        } else {
            Arc::new(self.parts().assistant.library().fork())
        };
        let maker = self.maker(library, otherwise).await?;
        let asked = self.store().last_questions(last.clamp(1, MOST)).await?;
        let mut sheet = Sheet::default();
        let mut running = JoinSet::new();
        for question in asked {
            let Some(trace) = self.store().trace(&question.answer).await? else { continue };
            if since.is_some_and(|since| trace.at < since) {
                continue;
            }
            if running.len() >= AT_ONCE {
                sheet.enter(running.join_next().await);
            }
            running.spawn(self.clone().ask_again(question, trace, maker.clone()));
        }
        while let Some(done) = running.join_next().await {
            sheet.enter(Some(done));
        }
        Ok(sheet.summed())
    }

    async fn ask_again(self, question: PastQuestion, trace: Trace, maker: Maker) -> Outcome {
        let expect = question.helped.map_or(Expectation::Unknown, Expectation::Helped);
        let replayed = self.make_again(trace, &maker).await;
        replayed.map(|replayed| (question.answer, question.text, question.asker, expect, replayed))
    }
}

type Outcome = Result<(AnswerId, String, domain::Asker, Expectation, Replayed), ReplayError>;

/// What came of each.
#[derive(Default)]
struct Sheet {
    cases: Vec<ShadowCase>,
    same: usize,
    left_out: usize,
    sides: [Side; 2],
}

#[derive(Default)]
struct Side {
    tally: Tally,
    times: Vec<u64>,
}

impl Side {
    fn add(&mut self, trace: &Trace) {
        for call in &trace.model_calls {
            self.tally.tokens += u64::from(call.tokens.0) + u64::from(call.tokens.1);
            self.tally.cost_micros += call.cost_micros;
        }
        self.times.push(trace.timings.iter().map(|stage| stage.us).sum());
    }

    fn summed(mut self) -> Tally {
        self.times.sort_unstable();
        let at = |share: usize| {
            self.times.get((self.times.len() * share / 100).min(self.times.len().saturating_sub(1)))
        };
        let (p50_us, p99_us) = (at(50).copied().unwrap_or(0), at(99).copied().unwrap_or(0));
        Tally { p50_us, p99_us, ..self.tally }
    }
}

impl Sheet {
    fn enter(&mut self, done: Option<Result<Outcome, tokio::task::JoinError>>) {
        let Some(Ok(Ok((answer, text, asker, expect, replayed)))) = done else {
            self.left_out += usize::from(done.is_some());
            return;
        };
        let Replayed { was, now, same, .. } = replayed;
        self.sides[0].add(&was.trace);
        self.sides[1].add(&now.trace);
        let case = Case::new(text, asker, expect, said(&was), said(&now));
        if same || case.effect.is_none() {
            self.same += 1;
        } else {
            self.cases.push(ShadowCase { answer, case });
        }
    }

    fn summed(self) -> Shadow {
        let Self { mut cases, same, left_out, sides: [before, after] } = self;
        let count = |effect| cases.iter().filter(|one| one.case.effect == Some(effect)).count();
        let mut shadow = Shadow {
            questions: same + cases.len(),
            same,
            better: count(Effect::NewlyRight),
            worse: count(Effect::NewlyWrong),
            newly_refused: count(Effect::NewlyRefused),
            newly_answered: count(Effect::NewlyAnswered),
            otherwise: count(Effect::Otherwise),
            reworded: count(Effect::Reworded),
            left_out,
            before: before.summed(),
            after: after.summed(),
            cases: Vec::new(),
        };
        // They come as they are done; the report does not depend on that.
        cases.sort_by(|a, b| (weight(a), &a.answer).cmp(&(weight(b), &b.answer)));
        let mut shown: BTreeMap<u8, usize> = BTreeMap::new();
        cases.retain(|one| {
            let shown = shown.entry(weight(one)).or_default();
            *shown += 1;
            *shown <= EXAMPLES
        });
        shadow.cases = cases;
        shadow
    }
}

fn weight(one: &ShadowCase) -> u8 {
    match one.case.effect {
        Some(Effect::NewlyWrong) => 0,
        Some(Effect::NewlyRefused) => 1,
        Some(Effect::Otherwise) => 2,
        Some(Effect::NewlyRight) => 3,
        Some(Effect::NewlyAnswered) => 4,
        Some(Effect::Reworded) | None => 5,
    }
}

fn said(made: &Made) -> Said {
    let rung = if made.trace.duty.as_ref().is_some_and(|verdict| verdict.duty != domain::Duty::Alone) {
        Rung::Handover
    } else {
        made.trace.rung
    };
    let text = made.content.as_ref().map(|content| content.text.clone()).unwrap_or_default();
    Said { rung, entries: made.trace.used.clone(), text }
}
