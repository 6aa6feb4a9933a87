//! Learns directions of pieces such that texts that mean the same lie close, and others of the same batch far.
//!
//! Each text is drawn to its partner and pushed from the partners of the others (a softmax over the batch,
//! both ways). It starts from random directions as long as a piece is rare: matching words by rarity.

use crate::embed::{Embedder, Piece};

mod batch;
mod table;

use super::chance::Chance;
use batch::{Bags, Cut, Vocabulary, batches, cut_all, vocabulary};
use table::Table;
pub(super) use table::random;

/// Two texts that mean the same, or a question with its answer.
#[derive(Debug, Clone)]
pub struct Pair {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// Pairs with the same number are not pushed apart: they mean the same, or may.
    pub group: u64,
}

/// Of a long text only the beginning is learnt from.
const OPENING: usize = 400;

/// The beginning of an answer or a section: enough to tell what it is about.
pub fn opening(text: &str) -> String {
    text.chars().take(OPENING).collect()
}

/// Pairs of one kind: batches are made of one source, so that the others in it are worth telling apart.
#[derive(Debug, Clone)]
pub struct Source {
    /// For the progress report.
    pub name: String,
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// Which share of them is seen in each epoch.
    pub share: f32,
}

/// How to learn.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Numbers per direction.
    pub dim: usize,
    /// Pieces that are kept, the most frequent ones.
    pub most_pieces: usize,
    /// Passes over the pairs.
    pub epochs: usize,
    /// Pairs that are compared with each other.
    pub batch: usize,
    /// The share of pieces that a text lacks each time it is seen, so that none is relied on alone.
    pub dropout: f32,
    /// How sharply near and far are told apart.
    pub temperature: f32,
    /// The length of a first step.
    pub pace: f32,
    /// How slowly pieces move that have not moved yet.
    pub steady: f32,
    /// Chance, which is an argument: the same seed gives the same bytes on the same machine.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            dim: 256,
            most_pieces: 64_000,
            epochs: 4,
            batch: 256,
            dropout: 0.0,
            temperature: 0.08,
            pace: 0.3,
            steady: 1e-8,
            seed: 7,
        }
    }
}

impl Settings {
    /// For a company's own texts: few, and close to each other.
    pub fn for_adapting() -> Self {
        Self { most_pieces: 200_000, epochs: 3, steady: 0.01, ..Self::default() }
    }
}

/// The model's file. `report` hears the mean loss of each epoch.
pub fn train(sources: &[Source], settings: &Settings, mut report: impl FnMut(usize, f32)) -> Vec<u8> {
    let cut: Vec<Vec<Cut>> = sources.iter().map(|source| cut_all(&source.pairs)).collect();
    let vocabulary = vocabulary(cut.iter().flatten().flat_map(|(a, b, _)| [a, b]), settings.most_pieces);
    let texts: usize = cut.iter().map(|pairs| pairs.len() * 2).sum();
    let bags: Vec<Vec<Bags>> = cut.into_iter().map(|pairs| bags(pairs, &vocabulary)).collect();
    let mut chance = Chance(settings.seed);
    let mut table = Table::new(&vocabulary.found_in, texts, settings, &mut chance);
    let shares: Vec<f32> = sources.iter().map(|source| source.share).collect();
    for epoch in 0..settings.epochs {
        let batches = batches(&bags, &shares, settings.batch, &mut chance);
        let mut loss = 0.0;
        for (at, (source, batch)) in batches.iter().enumerate() {
            let done = (epoch as f32 + at as f32 / batches.len() as f32) / settings.epochs as f32;
            let pairs: Vec<Bags> =
                batch.iter().map(|&pair| bags[*source][pair].some(settings.dropout, &mut chance)).collect();
            loss += table.learn(&pairs, settings, settings.pace * (1.0 - done).max(0.05));
        }
        report(epoch, loss / batches.len().max(1) as f32);
    }
    let mut order: Vec<usize> = (0..vocabulary.names.len()).collect();
    order.sort_by_key(|&at| vocabulary.names[at]);
    let names: Vec<Piece> = order.iter().map(|&at| vocabulary.names[at]).collect();
    let rows: Vec<f32> = order.iter().flat_map(|&at| table.row(at).to_vec()).collect();
    Embedder::to_bytes(settings.dim, &names, &rows)
}

/// The model, adapted to a company's own pairs: what its words mean there.
pub fn adapt(base: &Embedder, pairs: &[Pair], settings: &Settings) -> Embedder {
    let cut = cut_all(pairs);
    let vocabulary = vocabulary(cut.iter().flat_map(|(a, b, _)| [a, b]), settings.most_pieces);
    let bags = bags(cut, &vocabulary);
    let mut chance = Chance(settings.seed);
    let mut table = Table::from(base, &vocabulary, bags.len() * 2, &mut chance, settings.steady);
    let all = [bags];
    for epoch in 0..settings.epochs {
        for (_, batch) in batches(&all, &[1.0], settings.batch, &mut chance) {
            let pairs: Vec<Bags> =
                batch.iter().map(|&pair| all[0][pair].some(settings.dropout, &mut chance)).collect();
            table.learn(&pairs, settings, settings.pace * (1.0 - epoch as f32 / settings.epochs as f32));
        }
    }
    base.with_own(&vocabulary.names, &table.rows)
}

/// Pairs as places in the table; those of which nothing is known are left out.
fn bags(pairs: Vec<Cut>, vocabulary: &Vocabulary) -> Vec<Bags> {
    let places = |pieces: Vec<Piece>| -> Vec<u32> {
        pieces.iter().filter_map(|piece| vocabulary.places.get(piece).copied()).collect()
    };
    let bags = pairs.into_iter().map(|(a, b, group)| Bags { a: places(a), b: places(b), group });
    bags.filter(|bags| !bags.a.is_empty() && !bags.b.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "sofa" is said as "couch", "lamp" as "light", each about many things.
    fn synonyms() -> Vec<Source> {
        let about = |a: &str, b: &str, thing: u64| {
            let text = |word: &str| format!("{word} number{thing}");
            Pair { a: text(a), b: text(b), group: thing }
        };
        let pairs =
            (0..80).flat_map(|thing| [about("sofa", "couch", thing), about("lamp", "light", thing + 100)]);
        vec![Source { name: "synonyms".to_owned(), pairs: pairs.collect(), share: 1.0 }]
    }

    fn small() -> Settings {
        Settings { dim: 32, most_pieces: 2_000, epochs: 12, batch: 32, ..Settings::default() }
    }

    fn closeness(model: &Embedder, a: &str, b: &str) -> f32 {
        let of = |text: &str| model.embed(text).expect("its pieces are known");
        of(a).closeness(&of(b))
    }

    #[test]
    fn what_is_said_for_each_other_comes_together() {
        let mut losses = Vec::new();
        let model = Embedder::from_bytes(&train(&synonyms(), &small(), |_, loss| losses.push(loss))).unwrap();
        assert!(losses.last() < losses.first(), "{losses:?}");
        assert!(closeness(&model, "sofa", "couch") > closeness(&model, "sofa", "light") + 0.3);
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let bytes = |seed| train(&synonyms(), &Settings { seed, epochs: 1, ..small() }, |_, _| ());
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
    }

    #[test]
    fn a_company_teaches_its_own_words_and_others_stay() {
        let base = Embedder::from_bytes(&train(&synonyms(), &small(), |_, _| ())).unwrap();
        let own: Vec<Pair> = (0..40)
            .map(|thing| Pair { a: format!("qinghe {thing}"), b: format!("gold tier {thing}"), group: thing })
            .collect();
        let adapted = adapt(&base, &own, &Settings { epochs: 6, ..Settings::for_adapting() });
        let strange = closeness(&adapted, "qinghe", "lamp");
        assert!(closeness(&adapted, "qinghe", "gold tier") > strange + 0.1, "{strange}");
        assert!((closeness(&adapted, "sofa", "couch") - closeness(&base, "sofa", "couch")).abs() < 1e-6);
    }
}
