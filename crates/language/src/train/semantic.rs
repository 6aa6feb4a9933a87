//! Learns directions of pieces such that texts that mean the same lie close, and others of the same batch far.
//!
//! Each text is drawn to its partner and pushed from the partners of the others (a softmax over the batch,
//! both ways). It starts from random directions as long as a piece is rare: matching words by rarity. Where a sentence
//! model is at hand, texts are first drawn to the directions that it gives them, and reminded of them in between.

use crate::embed::{Embedder, Piece};

mod batch;
mod follow;
mod lessons;
mod project;
mod table;

use super::chance::Chance;
use batch::{Bags, Cut, Vocabulary, batches, cut_all, vocabulary};
use lessons::Class;
pub use lessons::{Lessons, Taught};
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
    /// Passes over the lessons of a sentence model, if there is one, before those over the pairs.
    pub lesson_epochs: usize,
    /// Which share of the lessons is seen again in each pass over the pairs.
    pub lesson_share: f32,
    /// How slowly pieces move that have moved in lessons alone.
    pub steady_after_lessons: f32,
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
            lesson_epochs: 2,
            lesson_share: 0.3,
            steady_after_lessons: 3e-4,
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

/// What is reported of a pass over all that there is to learn, by its number from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pass {
    /// Lessons, and how close texts were to the directions that a sentence model gave them.
    Lessons(usize, f32),
    /// Pairs, and the mean loss.
    Pairs(usize, f32),
}

/// The model's file, learnt from pairs and, where a sentence model taught some, from its lessons.
pub fn train(
    sources: &[Source],
    taught: Option<&Taught>,
    settings: &Settings,
    mut report: impl FnMut(Pass),
) -> Vec<u8> {
    let cut: Vec<Vec<Cut>> = sources.iter().map(|source| cut_all(&source.pairs)).collect();
    let vocabulary = vocabulary(cut.iter().flatten().flat_map(|(a, b, _)| [a, b]), settings.most_pieces);
    let texts: usize = cut.iter().map(|pairs| pairs.len() * 2).sum();
    let bags: Vec<Vec<Bags>> = cut.into_iter().map(|pairs| bags(pairs, &vocabulary)).collect();
    let mut chance = Chance(settings.seed);
    let mut table = Table::new(&vocabulary.found_in, texts, settings, &mut chance);
    let class = taught.map(|taught| Class::new(taught, &vocabulary, settings.dim));
    if let Some(class) = &class {
        for epoch in 0..settings.lesson_epochs {
            report(Pass::Lessons(epoch, hear(&mut table, class, epoch, settings, &mut chance)));
        }
        table.steady(settings.steady_after_lessons);
    }
    let shares: Vec<f32> = sources.iter().map(|source| source.share).collect();
    for epoch in 0..settings.epochs {
        let pairs = batches(&bags, &shares, settings.batch, &mut chance);
        let loss = read(&mut table, &bags, pairs, class.as_ref(), epoch, settings, &mut chance);
        report(Pass::Pairs(epoch, loss));
    }
    file(&table, &vocabulary, settings.dim)
}

/// One pass over batches of pairs, with a share of the lessons in between; the mean loss of the pairs.
fn read(
    table: &mut Table,
    bags: &[Vec<Bags>],
    pairs: Vec<(usize, Vec<usize>)>,
    class: Option<&Class>,
    epoch: usize,
    settings: &Settings,
    chance: &mut Chance,
) -> f32 {
    let (count, mut loss) = (pairs.len().max(1) as f32, 0.0);
    let mut all: Vec<Batch> = pairs.into_iter().map(|(source, batch)| Batch::Pairs(source, batch)).collect();
    if let Some(class) = class {
        all.extend(
            class.batches(settings.lesson_share, settings.batch, chance).into_iter().map(Batch::Lessons),
        );
        chance.shuffle(&mut all);
    }
    for (at, batch) in all.iter().enumerate() {
        let pace = pace(epoch, at, all.len(), settings.epochs) * settings.pace;
        match (batch, class) {
            (Batch::Pairs(source, batch), _) => {
                let thin = |&pair: &usize| bags[*source][pair].some(settings.dropout, chance);
                let pairs: Vec<Bags> = batch.iter().map(thin).collect();
                loss += table.learn(&pairs, settings, pace);
            }
            (Batch::Lessons(batch), Some(class)) => {
                table.follow(batch, class, pace);
            }
            (Batch::Lessons(_), None) => {}
        }
    }
    loss / count
}

/// What is learnt from in one step.
enum Batch {
    /// Pairs of one source, by their places in it.
    Pairs(usize, Vec<usize>),
    /// Lessons, by their places.
    Lessons(Vec<usize>),
}

/// One pass over all lessons; how close texts were to what they should be.
fn hear(table: &mut Table, class: &Class, epoch: usize, settings: &Settings, chance: &mut Chance) -> f32 {
    let batches = class.batches(1.0, settings.batch, chance);
    let step = |(at, batch): (usize, &Vec<usize>)| {
        let pace = pace(epoch, at, batches.len(), settings.lesson_epochs) * settings.pace;
        table.follow(batch, class, pace)
    };
    batches.iter().enumerate().map(step).sum::<f32>() / batches.len().max(1) as f32
}

/// Steps get shorter towards the end, to a twentieth.
fn pace(epoch: usize, at: usize, batches: usize, epochs: usize) -> f32 {
    (1.0 - (epoch as f32 + at as f32 / batches as f32) / epochs as f32).max(0.05)
}

/// The pieces in the order of their names, with their directions.
fn file(table: &Table, vocabulary: &Vocabulary, dim: usize) -> Vec<u8> {
    let mut order: Vec<usize> = (0..vocabulary.names.len()).collect();
    order.sort_by_key(|&at| vocabulary.names[at]);
    let names: Vec<Piece> = order.iter().map(|&at| vocabulary.names[at]).collect();
    let rows: Vec<f32> = order.iter().flat_map(|&at| table.row(at).to_vec()).collect();
    Embedder::to_bytes(dim, &names, &rows)
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
        let model =
            Embedder::from_bytes(&train(&synonyms(), None, &small(), |pass| losses.push(pass))).unwrap();
        let loss = |pass: Option<&Pass>| match pass {
            Some(&Pass::Pairs(_, loss)) => loss,
            other => panic!("{other:?}"),
        };
        assert!(loss(losses.last()) < loss(losses.first()), "{losses:?}");
        assert!(closeness(&model, "sofa", "couch") > closeness(&model, "sofa", "light") + 0.3);
    }

    #[test]
    fn what_a_sentence_model_says_is_learnt_without_any_pair() {
        let said = |word: &str| match word {
            "sofa" | "lamp" => vec![1.0, 0.0, 0.1],
            _ => vec![0.0, 1.0, 0.1],
        };
        let words = ["sofa", "lamp", "couch", "light"];
        let texts = (0..320).map(|at| (format!("{} number{}", words[at % 4], at / 4), (at % 4) as u32));
        let lessons =
            Lessons { read: words.iter().map(|&word| word.to_owned()).collect(), learnt: texts.collect() };
        let taught = lessons.with(&words.map(said)).expect("a vector for each");
        let settings = Settings { epochs: 0, lesson_epochs: 6, ..small() };
        let bytes = train(&synonyms(), Some(&taught), &settings, |_| ());
        let model = Embedder::from_bytes(&bytes).unwrap();
        assert!(closeness(&model, "sofa", "lamp") > closeness(&model, "sofa", "couch") + 0.3);
    }

    #[test]
    fn lessons_without_all_their_vectors_are_none() {
        let lessons = Lessons {
            read: vec!["sofa".to_owned(), "lamp".to_owned()],
            learnt: vec![("sofa".to_owned(), 0)],
        };
        assert!(lessons.clone().with(&[vec![1.0]]).is_none());
        assert!(lessons.clone().with(&[vec![1.0], vec![]]).is_none());
        assert!(lessons.with(&[vec![1.0], vec![0.5]]).is_some());
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let bytes = |seed| train(&synonyms(), None, &Settings { seed, epochs: 1, ..small() }, |_| ());
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
    }

    #[test]
    fn a_company_teaches_its_own_words_and_others_stay() {
        let base = Embedder::from_bytes(&train(&synonyms(), None, &small(), |_| ())).unwrap();
        let own: Vec<Pair> = (0..40)
            .map(|thing| Pair { a: format!("qinghe {thing}"), b: format!("gold tier {thing}"), group: thing })
            .collect();
        let adapted = adapt(&base, &own, &Settings { epochs: 6, ..Settings::for_adapting() });
        let strange = closeness(&adapted, "qinghe", "lamp");
        assert!(closeness(&adapted, "qinghe", "gold tier") > strange + 0.1, "{strange}");
        assert!((closeness(&adapted, "sofa", "couch") - closeness(&base, "sofa", "couch")).abs() < 1e-6);
    }
}
