//! What a reranker's numbers are worth, learnt on questions of our own: in Chinese, in English, and across.
//!
//! Foreign models count in cosines, in logits or in probabilities of their own. On our questions it is known which text
//! is the right one, so it can be seen how far right ones lie above strangers, and how widely both are scattered.

use std::{sync::Arc, time::Duration};

use domain::{Lang, Reranked, Worth};

use super::{super::trust, Hit, NoScores, Reranker, asked_in};

/// So long may an answer take while nobody waits.
const PATIENT: Duration = Duration::from_secs(10);
/// Of the rows of our questions every second is asked; across the languages every fourth, each way.
const STEP: usize = 2;
/// Between what usually is right and what usually is strange it may speak for so much, in nats: strangers are told from
/// right ones more easily than candidates are.
const MOST: f32 = 6.0;
/// No candidate is moved by more.
const FURTHEST: f32 = 6.0;

/// A model with what its numbers are worth.
pub struct Tried {
    model: Arc<dyn Reranker>,
    zh: Scale,
    en: Scale,
    across: Scale,
}

/// Nats a point, counted from the middle between right ones and strangers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Scale {
    middle: f32,
    a_point: f32,
}

impl Tried {
    /// Asks it a few dozen questions of ours, one after the other.
    pub fn on_our_questions(model: Arc<dyn Reranker>) -> Result<Self, NoScores> {
        let asked = |from, to, step| told(&*model, from, to, step);
        let zh = Scale::of(&asked(0, 1, STEP)?);
        let en = Scale::of(&asked(2, 3, STEP)?);
        let mut across = asked(0, 2, 2 * STEP)?;
        across.extend(asked(2, 0, 2 * STEP)?);
        Ok(Self { zh, en, across: Scale::of(&across), model })
    }

    /// Which model it is.
    pub fn name(&self) -> &str {
        self.model.name()
    }

    /// Whether it is left alone for now.
    pub fn rests(&self) -> bool {
        self.model.rests()
    }

    /// Whether it told right texts from strange ones: within Chinese, within English, across.
    pub fn knows(&self) -> [bool; 3] {
        [self.zh, self.en, self.across].map(|scale| scale.a_point > 0.0)
    }

    /// What it says of these candidates.
    pub(super) fn judge(&self, question: &str, asked: &[(&Hit, String)], patience: Duration) -> Reranked {
        let texts: Vec<&str> = asked.iter().map(|(_, text)| text.as_str()).collect();
        let (model, question_text) = (self.name().to_owned(), question.to_owned());
        let scores = checked(&*self.model, question, &texts, patience);
        let (worth, failed) = match scores {
            Ok(scores) => (self.worths(question, asked, &scores), None),
            Err(error) => (Vec::new(), Some(error.code.to_owned())),
        };
        Reranked { model, question: question_text, worth, failed }
    }

    fn worths(&self, question: &str, asked: &[(&Hit, String)], scores: &[f32]) -> Vec<Worth> {
        let lang = asked_in(question);
        let worth = |((hit, _), &score): (&(&Hit, String), &f32)| Worth {
            entry: hit.entry.clone(),
            section: hit.section,
            nats: self.scale(lang.unwrap_or(hit.lang), hit.lang).nats(score),
        };
        asked.iter().zip(scores).map(worth).collect()
    }

    fn scale(&self, asked: Lang, text: Lang) -> Scale {
        match (asked, text) {
            (Lang::Zh, Lang::Zh) => self.zh,
            (Lang::En, Lang::En) => self.en,
            _ => self.across,
        }
    }
}

impl Scale {
    /// From what was said of the right one and of the strangers, question by question.
    fn of(told: &[(f32, Vec<f32>)]) -> Self {
        let right: Vec<f32> = told.iter().map(|(right, _)| *right).collect();
        let strange: Vec<f32> = told.iter().flat_map(|(_, strangers)| strangers).copied().collect();
        let (middle, lift) = (f32::midpoint(mean(&right), mean(&strange)), mean(&right) - mean(&strange));
        let scattered = f32::midpoint(variance(&right), variance(&strange));
        // Between two heaps that are scattered alike a point is worth the lift by the variance.
        let a_point = (lift / scattered.max(f32::MIN_POSITIVE)).min(MOST / lift);
        // Nobody who puts strangers first is believed the other way round.
        if lift > 0.0 && a_point.is_finite() { Self { middle, a_point } } else { Self::default() }
    }

    /// In steps that stay the same on their way through a file.
    fn nats(self, score: f32) -> f32 {
        const STEPS: f32 = 64.0;
        let nats = (self.a_point * (score - self.middle)).clamp(-FURTHEST, FURTHEST);
        (nats * STEPS).round() / STEPS
    }
}

/// What it says of the right text and of the strangers, for questions of one column and texts of another.
fn told(model: &dyn Reranker, from: usize, to: usize, step: usize) -> Result<Vec<(f32, Vec<f32>)>, NoScores> {
    let (questions, texts) = (trust::column(from), trust::column(to));
    let ask = |(at, question): (usize, &&str)| {
        let mut scores = checked(model, question, &texts, PATIENT)?;
        Ok((scores.remove(at), scores))
    };
    questions.iter().enumerate().step_by(step).map(ask).collect()
}

/// As many numbers as texts, and each a number.
fn checked(
    model: &dyn Reranker,
    question: &str,
    texts: &[&str],
    patience: Duration,
) -> Result<Vec<f32>, NoScores> {
    let scores = model.scores(question, texts, patience)?;
    if scores.len() == texts.len() && scores.iter().all(|score| score.is_finite()) {
        return Ok(scores);
    }
    let reason = format!("{} gave {} numbers for {} texts", model.name(), scores.len(), texts.len());
    Err(NoScores { code: "rubbish", reason, may_retry: false })
}

fn mean(numbers: &[f32]) -> f32 {
    numbers.iter().sum::<f32>() / numbers.len().max(1) as f32
}

fn variance(numbers: &[f32]) -> f32 {
    let mean = mean(numbers);
    numbers.iter().map(|number| (number - mean).powi(2)).sum::<f32>() / numbers.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_worth_what_it_tells_on_whatever_scale_it_is_counted() {
        let told = |by: f32| -> Vec<(f32, Vec<f32>)> {
            let row = |at: u8| (by * (0.8 + 0.01 * f32::from(at)), vec![by * 0.1, by * 0.2, by * 0.15]);
            (0..12).map(row).collect()
        };
        let (cosines, logits) = (Scale::of(&told(1.0)), Scale::of(&told(20.0)));
        assert_eq!(cosines.nats(0.85).to_bits(), logits.nats(17.0).to_bits());
        assert!(cosines.nats(0.85) > 1.9 && cosines.nats(0.15) < -1.9);
        assert_eq!(cosines.nats(1e9).to_bits(), FURTHEST.to_bits());
    }

    #[test]
    fn who_cannot_tell_is_not_heard_and_who_tells_it_the_wrong_way_round_neither() {
        let same: Vec<_> = (0..12).map(|_| (0.5, vec![0.5; 23])).collect();
        assert_eq!(Scale::of(&same), Scale::default());
        let wrong: Vec<_> = (0..12).map(|_| (0.1, vec![0.9; 23])).collect();
        assert_eq!(Scale::of(&wrong), Scale::default());
        let vague: Vec<_> = (0..12_u8).map(|at| (f32::from(at % 5), vec![0.0, 1.0, 2.0, 3.0, 3.9])).collect();
        assert!(Scale::of(&vague).nats(4.0).abs() < 0.3, "{:?}", Scale::of(&vague));
    }
}
