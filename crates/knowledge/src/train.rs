//! Learns the order and the probability of hits from questions with known answers.
//!
//! The order is a sum of features whose weights make the relevant entries likely among the candidates of a
//! question (a softmax over the list). The probability is a sum of small trees over how a hit
//! stands. The same data give the same weights: there is no chance in it.
//!
//! Questions on the other half ([`sets::Question::is_dev`]) and sets that may not be learnt from are left alone.

use std::path::Path;

use crate::library::{
    Library, Query,
    features::{NAMES, Sort},
    model::{Model, STANDING, Standing, Weights},
    search::{Lesson, lesson},
};

mod astray;
mod boost;
mod fit;
pub mod grounded;
pub mod pairs;
pub mod sets;
mod usual;
pub mod words;

use fit::{Example, List};
use sets::{Question, Set, SetError};
pub use usual::usual;

/// GPL: it may measure, but what ships must not learn from it.
const ONLY_MEASURES: &[&str] = &["covidq_en"];
/// Many near-duplicates carry no label there, so being right often counts as wrong: fit for an order, not for
/// a probability.
const LABELS_MISSING: &[&str] = &["bq_dev_zh", "afqmc_dev_zh"];
/// Titles of a set that are put to it as questions.
const OWN_WORDS: usize = 100;
/// For each question with an answer so many whose answer is missing, and so many from elsewhere: what a desk may
/// meet. More of them would make every probability too low.
const ORPHANS: f32 = 0.25;
const STRANGERS: f32 = 0.3;
/// And so many of its own with a name from elsewhere in them.
const ASTRAY: f32 = 0.15;
/// So many sections of help pages that headings ask for: fit for an order, not for a probability, since nobody asks in
/// headings.
const SECTIONS: usize = 2_000;
/// Candidates per question that the order is learnt from.
const CLOSEST: usize = 50;

/// The lowest threshold above which at least this share of answers is right; above 1 if there is none.
pub fn threshold(scored: &[(f32, bool)], precision: f32) -> f32 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut lowest) = (0_u32, 1.1);
    for (at, &(score, is_right)) in sorted.iter().enumerate() {
        right += u32::from(is_right);
        let last_of_equals = sorted.get(at + 1).is_none_or(|next| next.0 < score);
        if last_of_equals && right as f32 >= precision * (at as f32 + 1.0) {
            lowest = score;
        }
    }
    lowest
}

/// Learns the weights of `rank.json` from the developers' data and, where it is given, the sample shop.
pub fn rank(data: &Path, shop: Option<&Path>) -> Result<String, SetError> {
    let mut sets = sets::faq_retrieval(data)?;
    sets.retain(|set| !ONLY_MEASURES.contains(&set.name.as_str()));
    for name in ["banking77", "clinc150", "hwu64", "smp2017_zh"] {
        sets.push(sets::from_intents(name, &data.join(format!("intent/{name}.jsonl.gz")), 7, 8)?);
    }
    if let Some(shop) = shop {
        sets.extend(sets::shop(shop)?);
    }
    let libraries: Vec<Library> = sets.iter().map(at_home).collect();
    let pairs: Vec<(&Set, &Library)> = sets.iter().zip(&libraries).collect();
    // Twice: which candidates are close, and which part of an article speaks for it, is told by the first weights.
    let mut weights = Weights::flat();
    for _ in 0..2 {
        let order = fit::listwise(&lists(&pairs, &Model::from(&weights), Sort::in_general), &[]);
        take(&mut weights, &order, Sort::in_general);
    }
    let examples = examples(&pairs, &Model::from(&weights));
    weights.probability = boost::forest(&examples);
    let sections = sets::unseen_sections(data, SECTIONS)?;
    let section_libraries: Vec<Library> = sections.iter().map(at_home).collect();
    let with_sections: Vec<_> =
        pairs.iter().copied().chain(sections.iter().zip(&section_libraries)).collect();
    let order = fit::listwise(&lists(&with_sections, &Model::from(&weights), |sort| sort), &kept(&weights));
    take(&mut weights, &order, |sort| sort);
    Ok(a_tree_a_line(&serde_json::to_string(&weights).unwrap_or_default()))
}

/// A set's knowledge, adapted to itself.
fn at_home(set: &Set) -> Library {
    let library = Library::new();
    library.change(&set.entries, &[], 1);
    library.adapt_for_training();
    library
}

fn take(weights: &mut Weights, order: &[Vec<f32>], kind: impl Fn(Sort) -> Sort) {
    for sort in Sort::ALL {
        let learnt = order[kind(sort) as usize].iter().copied();
        let named = NAMES.iter().map(|&name| name.to_owned()).zip(learnt).collect();
        weights.rank.insert(sort.name().to_owned(), named);
    }
}

/// The weights that headings do not touch: nobody asks a shop in headings.
fn kept(weights: &Weights) -> Vec<(Sort, Vec<f32>)> {
    let kinds = Sort::ALL.into_iter().filter(|sort| !matches!(sort, Sort::Bare | Sort::ForeignBare));
    kinds.map(|sort| (sort, NAMES.iter().map(|&name| weights.rank[sort.name()][name]).collect())).collect()
}

fn ask(library: &Library, question: &Question, model: &Model, hide: impl Fn(&str) -> bool) -> Lesson {
    let query = Query { text: &question.text, lang: question.lang, limit: CLOSEST };
    lesson(&library.snapshot(), &query, model, hide)
}

/// Breaks the lines of the file where a tree or a kind of passage ends.
fn a_tree_a_line(json: &str) -> String {
    json.replace("]],[[", "]],\n[[").replace("},\"", "},\n\"") + "\n"
}

/// How much a set counts: small ones little, the shop much, since it is the case that the product is for.
fn share_of(set: &Set, questions: usize) -> f32 {
    let small = (questions as f32 / 150.0).min(1.0);
    if LABELS_MISSING.contains(&set.name.as_str()) {
        0.3
    } else if set.name.starts_with("shop_") {
        3.0 * small
    } else {
        small
    }
}

/// The candidates of every question that has an answer, each set weighing the same.
fn lists(sets: &[(&Set, &Library)], model: &Model, kind: impl Fn(Sort) -> Sort) -> Vec<List> {
    let mut lists = Vec::new();
    for (set, library) in sets {
        let asked: Vec<&Question> =
            set.questions.iter().filter(|q| !q.relevant.is_empty() && q.is_dev()).collect();
        for question in &asked {
            let entries = ask(library, question, model, |_| false).entries;
            let is_relevant = |id: &String| question.relevant.contains(id);
            let list: Vec<_> = entries
                .into_iter()
                .enumerate()
                .filter(|(at, (id, ..))| *at < CLOSEST || is_relevant(id))
                .map(|(_, (id, sort, features))| (kind(sort), features.values(), is_relevant(&id)))
                .collect();
            if list.iter().any(|(.., relevant)| *relevant) {
                lists.push(List { weight: share_of(set, asked.len()) / asked.len() as f32, items: list });
            }
        }
    }
    lists
}

/// First and second hits of questions that have an answer here; of the same questions when the answer is taken
/// away; and of questions that belong elsewhere.
fn examples(sets: &[(&Set, &Library)], model: &Model) -> Vec<Example> {
    let mut examples = Vec::new();
    for (at, (set, library)) in sets.iter().enumerate() {
        if LABELS_MISSING.contains(&set.name.as_str()) {
            continue;
        }
        let own: Vec<&Question> = set.questions.iter().filter(|question| question.is_dev()).collect();
        for (turn, question) in own.iter().enumerate() {
            let weight = share_of(set, own.len()) / own.len() as f32;
            let is_relevant = |id: &str| question.relevant.iter().any(|relevant| relevant == id);
            let mut learn = |lesson: Lesson, weight: f32| {
                for ((id, ..), standing) in lesson.entries.iter().zip(&lesson.standings).take(2) {
                    examples.push(Example { weight, standing: *standing, right: is_relevant(id) });
                }
            };
            learn(ask(library, question, model, |_| false), weight);
            if turn % 2 == 0 && !question.relevant.is_empty() {
                learn(ask(library, question, model, is_relevant), 2.0 * ORPHANS * weight);
            } else if !question.relevant.is_empty() {
                let lesson = ask(library, &astray::astray(question), model, |_| false);
                let strange = lesson.standings.iter().take(1).filter(|standing| is_astray(standing));
                let weight = 2.0 * ASTRAY * weight;
                examples.extend(strange.map(|&standing| Example { weight, standing, right: false }));
            }
        }
        // Who picks a suggestion asks in the entry's own words.
        let titles: Vec<Question> = sets::titles(set, OWN_WORDS).collect();
        for question in &titles {
            let lesson = ask(library, question, model, |_| false);
            for ((id, ..), standing) in lesson.entries.iter().zip(&lesson.standings).take(1) {
                let weight = 0.1 * share_of(set, own.len()) / titles.len() as f32;
                examples.push(Example { weight, standing: *standing, right: question.relevant.contains(id) });
            }
        }
        let strangers: Vec<&Question> = sets
            .iter()
            .enumerate()
            .filter(|(other, (stranger, _))| *other != at && family(&stranger.name) != family(&set.name))
            .flat_map(|(_, (stranger, _))| {
                stranger.questions.iter().filter(|question| question.is_dev()).take(20)
            })
            .collect();
        for question in &strangers {
            let lesson = ask(library, question, model, |_| false);
            for standing in lesson.standings.iter().take(1) {
                let weight = STRANGERS * share_of(set, own.len()) / strangers.len() as f32;
                examples.push(Example { weight, standing: *standing, right: false });
            }
        }
    }
    examples
}

/// Whether this knowledge is not at home with the name that a question was given.
fn is_astray(standing: &Standing) -> bool {
    STANDING.iter().zip(standing.values).any(|(&name, value)| name == "elsewhere" && value >= 1.0)
}

/// Sets about the same things: their questions are no strangers to each other.
fn family(name: &str) -> &str {
    name.split('_').next().unwrap_or(name)
}
