//! Measures the library on the developers' data, beside plain BM25 and TF-IDF:
//! `cargo run --release -p knowledge --example retrieval -- DATA_DIR [dev|test|all] [SHOP_DIR [WEIGHTS]]`

use std::{collections::HashMap, path::Path, time::Instant};

use knowledge::{
    Library, Query,
    measure::{Retrieval, expected_calibration_error, retrieval, risk_coverage_area},
    train::{
        self,
        sets::{self, Question, Set},
    },
};
use language::{normal, segment};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [data, rest @ ..] = args.as_slice() else {
        return Err("usage: retrieval DATA_DIR [dev|test|all] [SHOP_DIR [WEIGHTS]]".into());
    };
    let half = rest.first().map_or("all", String::as_str);
    segment::warm();
    println!(
        "{:<20} {:>6} {:>5} | {:>6} {:>6} {:>6} | {:>6} {:>6} | {:>6} {:>6} | {:>5} {:>5} | {:>6} {:>6} {:>6}",
        "set",
        "n",
        "kb",
        "R@1",
        "R@5",
        "MRR",
        "bm R@1",
        "bm R@5",
        "tf R@1",
        "tf R@5",
        "ece",
        "aurc",
        "p50us",
        "p99us",
        "index"
    );
    let mut means = [0.0; 3];
    let all = sets::faq_retrieval(Path::new(data))?;
    let wanted = |question: &&Question| match half {
        "dev" => question.is_dev(),
        "test" => !question.is_dev(),
        _ => true,
    };
    for set in &all {
        let questions: Vec<&Question> = set.questions.iter().filter(wanted).collect();
        let [ours, bm25, tfidf] = measure(set, &questions);
        if !set.name.contains("_zh_en") && !set.name.contains("_en_zh") {
            means[0] += ours.recall_at_5;
            means[1] += bm25.recall_at_5.max(tfidf.recall_at_5);
            means[2] += 1.0;
        }
    }
    for name in ["dify_zh", "dify_en"] {
        let set = sets::headings(Path::new(data), name)?;
        let questions: Vec<&Question> = set.questions.iter().filter(wanted).collect();
        measure(&set, &questions);
    }
    println!(
        "mean R@5 of the sets in one language: {:.4}; better baseline {:.4}",
        means[0] / means[2],
        means[1] / means[2]
    );
    if let Some(shop) = rest.get(1) {
        let shop = sets::shop(Path::new(shop))?;
        for set in &shop {
            let questions: Vec<&Question> = set.questions.iter().filter(wanted).collect();
            measure(set, &questions);
        }
        decide("answers", &shop[..2], &shop[6..], &all);
        decide("answers and articles", &shop[2..4], &shop[6..], &all);
    }
    crowd(&all);
    println!(
        "peak memory: {}",
        std::fs::read_to_string("/proc/self/status")?
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or_default()
    );
    Ok(())
}

/// Ten thousand entries of all sets together: time to build, to change one, to search; memory.
fn crowd(sets: &[Set]) {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS"));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    };
    let of_each = 10_000usize.div_ceil(sets.len());
    let mut entries: Vec<_> =
        sets.iter().flat_map(|set| set.entries.iter().take(of_each * 2).cloned()).collect();
    entries.truncate(10_000);
    let crowd = Set { name: "10,000 entries".to_owned(), entries, questions: Vec::new() };
    let before = resident();
    let (library, seconds) = library(&crowd);
    let memory = resident() - before;
    let percentiles = |mut times: Vec<u128>| {
        times.sort_unstable();
        (times[times.len() / 2], times[times.len() * 99 / 100])
    };
    let changes = crowd.entries.iter().take(100).map(|entry| {
        let start = Instant::now();
        library.change(std::slice::from_ref(entry), &[], 2);
        start.elapsed().as_micros()
    });
    let change = percentiles(changes.collect());
    let searches = sets.iter().flat_map(|set| set.questions.iter().take(200)).map(|question| {
        let start = Instant::now();
        library.search(&Query { text: &question.text, lang: question.lang, limit: 5 });
        start.elapsed().as_micros()
    });
    let search = percentiles(searches.collect());
    println!(
        "{} entries: built in {seconds:.2} s, {memory:.0} MiB; one change {change:?} us, a search {search:?} us (p50, p99)",
        library.len()
    );
}

fn library(set: &Set) -> (Library, f64) {
    let weights = std::env::args().nth(4).and_then(|path| std::fs::read_to_string(path).ok());
    let library = weights.and_then(|json| Library::with_weights(&json).ok()).unwrap_or_default();
    let start = Instant::now();
    library.change(&set.entries, &[], 1);
    library.adapt();
    (library, start.elapsed().as_secs_f64())
}

fn measure(set: &Set, questions: &[&Question]) -> [Retrieval; 3] {
    let (library, index_seconds) = library(set);
    let mut times = Vec::new();
    let mut scored = Vec::new();
    let ours: Vec<Vec<String>> = questions
        .iter()
        .map(|question| {
            let start = Instant::now();
            let hits = library.search(&Query { text: &question.text, lang: question.lang, limit: 10 });
            times.push(start.elapsed().as_micros());
            if let Some(hit) = hits.first() {
                scored.push((hit.probability, question.relevant.iter().any(|id| id == hit.entry.as_str())));
            }
            hits.into_iter().map(|hit| hit.entry.as_str().to_owned()).collect()
        })
        .collect();
    if std::env::var("SHOW").is_ok_and(|name| name == set.name) {
        show(&library, questions);
    }
    times.sort_unstable();
    let documents: Vec<(String, String)> = set
        .entries
        .iter()
        .map(|entry| {
            let text: Vec<String> = entry
                .texts
                .values()
                .flat_map(|text| {
                    std::iter::once(&text.title).chain(&text.phrasings).chain([&text.answer]).cloned()
                })
                .collect();
            (entry.id.as_str().to_owned(), text.join("\n"))
        })
        .collect();
    let bm25 = Plain::new(&documents, segment::terms, true);
    let tfidf = Plain::new(
        &documents,
        |text| segment::grams_of(&normal::normalise(text)).iter().map(u64::to_string).collect(),
        false,
    );
    let plain = |index: &Plain| -> Vec<Vec<String>> {
        questions.iter().map(|question| index.search(&question.text)).collect()
    };
    let [ours, bm25, tfidf] = [ours, plain(&bm25), plain(&tfidf)].map(|lists| score(&lists, questions));
    let percentile = |share: f64| {
        times
            .get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0)
    };
    println!(
        "{:<20} {:>6} {:>5} | {:.4} {:.4} {:.4} | {:.4} {:.4} | {:.4} {:.4} | {:.3} {:.3} | {:>6} {:>6} {:>5.2}s",
        set.name,
        questions.len(),
        set.entries.len(),
        ours.recall_at_1,
        ours.recall_at_5,
        ours.mrr_at_10,
        bm25.recall_at_1,
        bm25.recall_at_5,
        tfidf.recall_at_1,
        tfidf.recall_at_5,
        expected_calibration_error(&scored).unwrap_or(0.0),
        risk_coverage_area(&scored).unwrap_or(0.0),
        percentile(0.5),
        percentile(0.99),
        index_seconds
    );
    [ours, bm25, tfidf]
}

fn score(lists: &[Vec<String>], questions: &[&Question]) -> Retrieval {
    let found: Vec<Vec<&str>> = lists.iter().map(|list| list.iter().map(String::as_str).collect()).collect();
    let relevant: Vec<Vec<&str>> =
        questions.iter().map(|question| question.relevant.iter().map(String::as_str).collect()).collect();
    retrieval(found.iter().zip(&relevant).map(|(found, relevant)| (found.as_slice(), relevant.as_slice())))
}

/// What went wrong, question by question.
fn show(library: &Library, questions: &[&Question]) {
    for question in questions {
        let hits = library.search(&Query { text: &question.text, lang: question.lang, limit: 200 });
        let place = hits.iter().position(|hit| question.relevant.iter().any(|id| id == hit.entry.as_str()));
        if place == Some(0) {
            continue;
        }
        println!("- {}", question.text);
        for at in [Some(0), place].into_iter().flatten() {
            if let Some(hit) = hits.get(at) {
                println!(
                    "    {at:>3} {:.2} p {:.2} {} ~ {} {:?}",
                    hit.rank, hit.probability, hit.entry, hit.closest, hit.because
                );
            }
        }
    }
}

/// One threshold, chosen on the dev half of the shop; what it does on each half.
fn decide(name: &str, faq: &[Set], unanswerable: &[Set], others: &[Set]) {
    let (library, _) = library(&faq[0]);
    let best = |question: &Question| {
        let hits = library.search(&Query { text: &question.text, lang: question.lang, limit: 1 });
        hits.first().map_or((0.0, false), |hit| {
            (hit.probability, question.relevant.iter().any(|id| id == hit.entry.as_str()))
        })
    };
    let of = |sets: &[Set], dev: bool| -> Vec<(f32, bool)> {
        sets.iter()
            .flat_map(|set| &set.questions)
            .filter(|question| question.is_dev() == dev)
            .map(best)
            .collect()
    };
    let foreign: Vec<Set> = others
        .iter()
        .map(|set| Set { questions: set.questions.iter().take(200).cloned().collect(), ..set.clone() })
        .collect();
    let precise = train::threshold(&of(faq, true), 0.97);
    let mut silent: Vec<f32> = of(unanswerable, true).into_iter().map(|(p, _)| p).collect();
    silent.sort_by(f32::total_cmp);
    let quiet = silent[silent.len() * 95 / 100].next_up();
    let share = |scored: &[(f32, bool)], counts: &dyn Fn(&(f32, bool)) -> bool| {
        scored.iter().filter(|pair| counts(pair)).count() as f64 / scored.len().max(1) as f64
    };
    for (rule, threshold) in [("precise", precise), ("and quiet", precise.max(quiet))] {
        for (half, dev) in [("dev", true), ("test", false)] {
            let scored = of(faq, dev);
            let answered: Vec<_> = scored.iter().copied().filter(|(p, _)| *p >= threshold).collect();
            println!(
                "{name}, {rule}, {half}: threshold {threshold:.3} precision {:.4} coverage {:.4} of {}; unanswerable below {:.4}; other sets' questions below {:.4}; ece {:.3}",
                share(&answered, &|(_, right)| *right),
                answered.len() as f64 / scored.len() as f64,
                scored.len(),
                share(&of(unanswerable, dev), &|(p, _)| *p < threshold),
                share(&of(&foreign, dev), &|(p, _)| *p < threshold),
                expected_calibration_error(&scored).unwrap_or(0.0)
            );
        }
    }
}

/// The textbook: one field, one score.
struct Plain {
    ids: Vec<String>,
    postings: HashMap<String, Vec<(usize, f32)>>,
    terms: fn(&str) -> Vec<String>,
    lengths: Vec<f32>,
    bm25: bool,
}

impl Plain {
    fn new(documents: &[(String, String)], terms: fn(&str) -> Vec<String>, bm25: bool) -> Self {
        let mut postings: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
        let mut lengths = vec![0.0; documents.len()];
        for (at, (_, text)) in documents.iter().enumerate() {
            let mut counts: HashMap<String, f32> = HashMap::new();
            for term in terms(text) {
                *counts.entry(term).or_default() += 1.0;
                lengths[at] += 1.0;
            }
            for (term, count) in counts {
                postings.entry(term).or_default().push((at, count));
            }
        }
        let ids = documents.iter().map(|(id, _)| id.clone()).collect();
        let mut plain = Self { ids, postings, terms, lengths, bm25 };
        if !bm25 {
            let mut norms = vec![0.0; documents.len()];
            for list in plain.postings.values() {
                let idf = plain.idf(list.len());
                for &(at, count) in list {
                    norms[at] += ((1.0 + count.ln()) * idf).powi(2);
                }
            }
            plain.lengths = norms.into_iter().map(f32::sqrt).collect();
        }
        plain
    }

    fn idf(&self, found: usize) -> f32 {
        (1.0 + (self.lengths.len() as f32 - found as f32 + 0.5) / (found as f32 + 0.5)).ln()
    }

    fn search(&self, text: &str) -> Vec<String> {
        let mut counts: HashMap<String, f32> = HashMap::new();
        for term in (self.terms)(text) {
            *counts.entry(term).or_default() += 1.0;
        }
        let mean = self.lengths.iter().sum::<f32>() / self.lengths.len() as f32;
        let mut scores = vec![0.0_f32; self.lengths.len()];
        for (term, times) in &counts {
            let Some(list) = self.postings.get(term) else { continue };
            let idf = self.idf(list.len());
            for &(at, count) in list {
                scores[at] += if self.bm25 {
                    times * idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * self.lengths[at] / mean))
                } else {
                    (1.0 + times.ln()) * (1.0 + count.ln()) * idf * idf / self.lengths[at]
                };
            }
        }
        let mut order: Vec<usize> = (0..scores.len()).filter(|&at| scores[at] > 0.0).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        order.into_iter().take(10).map(|at| self.ids[at].clone()).collect()
    }
}
