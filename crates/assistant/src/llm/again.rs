//! What models said once, weighed again: a replay asks nobody.

use domain::ModelCall;

use super::{Brief, Checks, NO_ANSWER, Passage, Splitter, Verdict, Written, chain::MOST_KEPT};

/// What comes of these calls by these checks: what came of them then, if nothing else has changed.
pub fn again(brief: &Brief, calls: &[ModelCall], checks: &dyn Checks) -> Written {
    let mut written = Written { calls: calls.to_vec(), ..Written::default() };
    for call in calls {
        // A model that failed before anything was shown gave way to the next.
        if written.kept.is_empty() {
            weigh(brief, call, checks, &mut written);
        }
    }
    written
}

fn weigh(brief: &Brief, call: &ModelCall, checks: &dyn Checks, written: &mut Written) {
    written.held.clear();
    let mut splitter = Splitter::default();
    let mut sentences = splitter.feed(&call.reply);
    // What a model had begun when it broke off was dropped.
    if call.failed.is_none() {
        sentences.extend(splitter.end());
    }
    for sentence in sentences {
        if sentence.text.contains(NO_ANSWER) || written.kept.len() >= MOST_KEPT || written.goes_round() {
            return;
        }
        if !sentence.text.chars().any(char::is_alphanumeric) {
            continue;
        }
        let cited: Vec<usize> = sentence.cites.iter().filter_map(|number| number.checked_sub(1)).collect();
        let passages: Option<Vec<&Passage>> = cited.iter().map(|&place| brief.passages.get(place)).collect();
        let verdict = passages
            .map_or(Verdict::Cut("uncited"), |passages| checks.check(&sentence.text, &passages, brief));
        match verdict {
            Verdict::Cut(reason) => written.removed.push((reason, sentence.text)),
            Verdict::Supported(words) => {
                written.take(&sentence, &words, cited, brief.lang);
            }
        }
    }
}
