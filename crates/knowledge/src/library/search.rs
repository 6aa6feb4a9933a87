//! A question finds its passages: many candidates by words and by meaning, few hits by everything that is
//! known of them.

use std::collections::HashSet;

use domain::Lang;

use super::{
    Hit, Query,
    candidates::{by_name, candidates},
    features::{self, Features, Look, Sort},
    likeness::Words,
    model::{Model, Standing, Strangeness},
    passage::{Passage, Source},
    question::{self, Asked},
    snapshot::Snapshot,
};

/// Who asks in an entry's own words means it: more than anything else can speak for another.
const OWN_WORDS: f32 = 16.0;
/// So far behind a foreign one in rank, a hit in the language of who asks may say the same …
const TWIN: f32 = 4.0;
/// … if their titles are so close in meaning.
const ALIKE: f32 = 0.5;
/// Probable enough to come before what looks better on its own.
const LIKELY: f32 = 0.5;

/// A passage that was looked at closely.
pub(super) struct Examined<'a> {
    passage: &'a Passage,
    features: Features,
    sort: Sort,
    closest: Option<Source>,
    same: Option<Source>,
    rank: f32,
}

/// The hits among all passages but the hidden ones.
pub(super) fn search(
    snapshot: &Snapshot,
    query: &Query<'_>,
    model: &Model,
    hidden: &HashSet<u32>,
) -> Vec<Hit> {
    let (asked, examined) = examine(snapshot, query, model, hidden);
    let best = best_of_each(examined, query.lang);
    let standings = standings(snapshot, &asked, &best, query.limit);
    let mut hits: Vec<Hit> = best
        .into_iter()
        .zip(standings)
        .map(|(examined, standing)| {
            let (probability, because) = model.probability(&standing);
            let passage = in_the_language(snapshot, examined.passage, query.lang);
            // Of another text than the one that matched, only its title can be quoted.
            let matched = std::ptr::eq(passage, examined.passage);
            let source = examined.same.or(examined.closest).filter(|_| matched);
            Hit {
                entry: passage.entry.id.clone(),
                kind: passage.entry.kind,
                category: passage.entry.category.clone(),
                lang: passage.lang,
                title: passage.title().to_owned(),
                closest: source.map_or_else(|| passage.title(), |source| passage.text(source)).to_owned(),
                section: passage.section,
                rank: examined.rank,
                probability,
                near_exact: examined.same.is_some(),
                phrasings: passage.phrasings.len(),
                because,
            }
        })
        .collect();
    likely_first(&mut hits);
    own_language_first(snapshot, &mut hits, query.lang);
    hits
}

/// The same section in the language of who asks, where the article has one: what matched in another language is still
/// answered in this one. Articles that are cut otherwise in each language are left as they are.
fn in_the_language<'a>(snapshot: &'a Snapshot, passage: &'a Passage, lang: Lang) -> &'a Passage {
    if passage.lang == lang || passage.section.is_none() {
        return passage;
    }
    let told_in = |lang| snapshot.passages_of(&passage.entry.id).filter(move |other| other.lang == lang);
    let last = |lang| told_in(lang).filter_map(|other| other.section).max();
    if last(lang) != last(passage.lang) {
        return passage;
    }
    told_in(lang).find(|other| other.section == passage.section).unwrap_or(passage)
}

/// The weights, by which the hits came, do not see how they stand among each other; the trees do. Whom they hold for
/// the likely answer comes first, but for one that has the very words.
fn likely_first(hits: &mut [Hit]) {
    let (Some(first), Some(likeliest)) =
        (hits.first(), (0..hits.len()).max_by(|&a, &b| hits[a].probability.total_cmp(&hits[b].probability)))
    else {
        return;
    };
    if !first.near_exact
        && hits[likeliest].probability >= LIKELY
        && hits[likeliest].probability > first.probability
    {
        hits[..=likeliest].rotate_right(1);
    }
}

/// Where an entry in the language of who asks says what a foreign one says, it is the answer: what both are likely, it is.
fn own_language_first(snapshot: &Snapshot, hits: &mut [Hit], lang: Lang) {
    let Some(first) = hits.first().filter(|first| first.lang != lang && !first.near_exact) else { return };
    let means = |hit: &Hit| snapshot.embedder.embed(&hit.title);
    let Some(said) = means(first) else { return };
    let is_twin = |hit: &Hit| {
        hit.lang == lang
            && hit.rank >= first.rank - TWIN
            && means(hit).is_some_and(|own| own.closeness(&said) >= ALIKE)
    };
    if let Some(own) = hits.iter().position(is_twin) {
        take_first_place(hits, own);
    }
}

/// Gives the hit at `at` the first place, and what both are likely: the one that stood there says the same, or less.
pub fn take_first_place(hits: &mut [Hit], at: usize) {
    let both = hits[0].probability + hits[at].probability;
    hits[0].probability = 0.0;
    hits[at].probability = both.min(0.99);
    hits[..=at].rotate_right(1);
}

/// The candidates with their features, in no order.
pub(super) fn examine<'a>(
    snapshot: &'a Snapshot,
    query: &Query<'_>,
    model: &Model,
    hidden: &HashSet<u32>,
) -> (Asked, Vec<Examined<'a>>) {
    let asked = question::read(snapshot, query.text);
    let passages = candidates(snapshot, &asked, hidden);
    let mut looks: Vec<Look<'_>> = passages
        .iter()
        .map(|(passage, matched)| features::look(snapshot, &asked, passage, matched))
        .collect();
    features::look_again(&mut looks, &mut Words::new(snapshot, &asked));
    let examined = passages
        .into_iter()
        .zip(looks)
        .map(|((passage, _), look)| {
            let Look { features, closest, .. } = look;
            let sort = Sort::of(passage, &asked);
            let same = features::same_as(&asked, passage);
            let own_words = if same.is_some() { OWN_WORDS } else { 0.0 };
            let rank = model.rank(sort, &features) + own_words;
            Examined { passage, features, sort, closest, same, rank }
        })
        .collect();
    (asked, examined)
}

/// How the first of them stand among all.
fn standings(snapshot: &Snapshot, asked: &Asked, best: &[Examined<'_>], first: usize) -> Vec<Standing> {
    let ranks: Vec<f32> = best.iter().map(|examined| examined.rank).collect();
    let question = Strangeness {
        unknown: unknown_share(asked),
        stranger: asked.meaning.as_ref().map_or(0.0, |asked| snapshot.strangers.nearest(asked)),
        words: asked.words.len(),
    };
    let margin = |at: usize, of: fn(&Features) -> f32| {
        let others = best.iter().enumerate().filter(|(other, _)| *other != at);
        let closest = others.map(|(_, other)| of(&other.features)).fold(0.0, f32::max);
        of(&best[at].features) - closest
    };
    (0..best.len().min(first))
        .map(|at| {
            let features = &best[at].features;
            Standing::new(best[at].sort, features, &ranks, at, &question, margin(at, |f| f.meaning))
        })
        .collect()
}

/// What learning sees of a search: per entry its id and features, best first, and how each stands.
pub(crate) struct Lesson {
    pub(crate) entries: Vec<(String, Sort, Features)>,
    pub(crate) standings: Vec<Standing>,
}

/// Searches as [`search`] does, as if the entries that `hide` names were not known.
pub(crate) fn lesson(
    snapshot: &Snapshot,
    query: &Query<'_>,
    model: &Model,
    hide: impl Fn(&str) -> bool,
) -> Lesson {
    let (asked, best) = known(snapshot, query, model, hide);
    let standings = standings(snapshot, &asked, &best, best.len());
    let entries = best
        .iter()
        .map(|best| (best.passage.entry.id.as_str().to_owned(), best.sort, best.features))
        .collect();
    Lesson { entries, standings }
}

/// The entries that would answer if those that `hide` names were not known, and how probably: the first of them.
pub(super) fn probable(
    snapshot: &Snapshot,
    query: &Query<'_>,
    model: &Model,
    hide: impl Fn(&str) -> bool,
) -> Vec<(String, f32)> {
    let (asked, best) = known(snapshot, query, model, hide);
    let standings = standings(snapshot, &asked, &best, query.limit);
    let id = |best: &Examined<'_>| best.passage.entry.id.as_str().to_owned();
    let probable = standings.iter().map(|standing| model.probability(standing).0);
    best.iter().map(id).zip(probable).collect()
}

/// The best passage of each entry that is not hidden.
fn known<'a>(
    snapshot: &'a Snapshot,
    query: &Query<'_>,
    model: &Model,
    hide: impl Fn(&str) -> bool,
) -> (Asked, Vec<Examined<'a>>) {
    let (asked, mut examined) = examine(snapshot, query, model, &HashSet::new());
    examined.retain(|examined| !hide(examined.passage.entry.id.as_str()));
    (asked, best_of_each(examined, query.lang))
}

/// The share of the question's weight that no passage knows.
pub(super) fn unknown_share(asked: &Asked) -> f32 {
    let unknown: f32 = asked.words.iter().filter(|word| word.number.is_none()).map(|word| word.weight).sum();
    if asked.word_mass > 0.0 { unknown / asked.word_mass } else { 1.0 }
}

/// One passage an entry, best first; equals stand in the order of their ids. What an entry says in the language of who
/// asks speaks for it: across languages closeness is another measure, and weighs more. Sections of articles stand for
/// themselves.
fn best_of_each(mut examined: Vec<Examined<'_>>, lang: Lang) -> Vec<Examined<'_>> {
    let own = examined.iter().filter(|examined| examined.passage.lang == lang);
    let at_home: HashSet<&str> = own.map(|own| own.passage.entry.id.as_str()).collect();
    examined.retain(|Examined { passage, .. }| {
        passage.lang == lang || passage.section.is_some() || !at_home.contains(passage.entry.id.as_str())
    });
    examined.sort_by(|a, b| {
        b.rank
            .total_cmp(&a.rank)
            .then_with(|| (b.passage.lang == lang).cmp(&(a.passage.lang == lang)))
            .then_with(|| by_name(a.passage, b.passage))
    });
    let mut seen = HashSet::new();
    examined.retain(|examined| seen.insert(examined.passage.entry.id.as_str()));
    examined
}
