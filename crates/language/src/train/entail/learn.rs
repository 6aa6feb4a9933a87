//! Learns the three forests, and chooses their lines by rows of which they learnt nothing.

use super::{
    Judged, Part,
    forest::{self, Row},
    own, part,
    report::Report,
};
use crate::entail::{self, BINDING, Compared, Forest, Judges, Source};

/// Of the documents one in so many is looked at: they are all alike.
const ONE_IN: u64 = 4;
/// What a row of a document counts beside one of ours where free wording is judged: what is planted and reworded by rule
/// is told by how near it is to the source, which says nothing of what people word freely.
const PLANTED: f64 = 0.02;
/// What a row of ours counts beside one of a document where close wording is judged.
const OURS: f64 = 1.0;
/// Rows are parted in so many; each part is judged by forests that learnt from the others.
const FOLDS: u64 = 4;
/// Of falsehoods worded closely this share must be stopped: another number, a denial, another thing, a promise.
const STOPPED_CLOSE: f32 = 0.975;
/// The same of those worded freely.
const STOPPED_FREE: f32 = 0.925;
/// The odds, as a logarithm, from which wording is free: what may be either is judged as close.
const FREELY: f32 = 1.5;

/// A row with its values and what is told exactly.
struct Looked<'a> {
    told: &'a Judged,
    values: Vec<f32>,
    wrong: bool,
}

impl Looked<'_> {
    fn row(&self, is: bool, weight: f64) -> Row<'_> {
        Row { values: &self.values, is, weight: weight * f64::from(self.told.weight) }
    }

    const fn fold(&self) -> u64 {
        (self.told.group >> 8) % FOLDS
    }

    /// Whether it is a falsehood that the lines are chosen by.
    fn chooses(&self) -> bool {
        let subtle = ["opposite", "hedge", "swap", "condition", "nli"].contains(&self.told.kind.as_str());
        !self.told.is && !subtle
    }

    /// Whether somebody judged or translated it, rather than a rule.
    fn by_hand(&self) -> bool {
        ["nli", "translated", "variant", "human"].contains(&self.told.kind.as_str())
    }
}

/// A row of which nothing was learnt, and what the forests say of it.
struct LeftOut<'a> {
    row: &'a Looked<'a>,
    freely: bool,
    odds: f32,
}

/// The model's file and what it does on rows that it never saw.
pub fn train(rows: &[Judged]) -> (Vec<u8>, Report) {
    train_beside(&own::rows(), rows)
}

/// The same, with other rows of ours.
pub(super) fn train_beside(ours: &[Judged], rows: &[Judged]) -> (Vec<u8>, Report) {
    let ours = looked(ours.iter());
    let looked = looked(rows.iter().filter(|told| (told.group >> 20).is_multiple_of(ONE_IN)));
    let (documents, held): (Vec<_>, Vec<_>) =
        looked.into_iter().partition(|row| part(row.told.group) == Part::Train);
    let left_out = left_out(&ours, &documents);
    let mut judges = judges(&ours, &documents, |_| true);
    let of = |rows: &mut dyn Iterator<Item = &LeftOut<'_>>, freely: bool| -> Vec<f32> {
        rows.filter(|left| left.freely == freely).map(|left| left.odds).collect()
    };
    let mut close = left_out.iter().flatten().filter(|left| left.row.chooses());
    judges.close.line = line(of(&mut close, false), STOPPED_CLOSE);
    // What is planted by rule says nothing of the line of free wording.
    let mut free = left_out[0].iter().filter(|left| left.row.chooses());
    judges.free.line = line(of(&mut free, true), STOPPED_FREE);
    let report = report(&judges, &held, &left_out[0]);
    (judges.to_bytes(), report)
}

/// Rows of ours and of documents, each judged by forests that did not learn from its group.
fn left_out<'a>(ours: &'a [Looked<'a>], documents: &'a [Looked<'a>]) -> [Vec<LeftOut<'a>>; 2] {
    let mut left = [Vec::new(), Vec::new()];
    for fold in 0..FOLDS {
        let judges = judges(ours, documents, |row| row.fold() != fold);
        for (left, rows) in left.iter_mut().zip([ours, documents]) {
            left.extend(rows.iter().filter(|row| row.fold() == fold).map(|row| {
                let (freely, odds) = judged(&judges, row);
                LeftOut { row, freely, odds }
            }));
        }
    }
    left
}

/// Forests that learn from what fits.
fn judges(ours: &[Looked<'_>], documents: &[Looked<'_>], fits: impl Fn(&Looked<'_>) -> bool) -> Judges {
    let ours: Vec<&Looked<'_>> = ours.iter().filter(|row| fits(row)).collect();
    let documents: Vec<&Looked<'_>> = documents.iter().filter(|row| fits(row)).collect();
    let learnt = |own: f64, planted: f64| -> Vec<Row<'_>> {
        let planted = documents.iter().map(|row| row.row(row.told.is, planted));
        ours.iter().map(|row| row.row(row.told.is, own)).chain(planted).collect()
    };
    let by_rule: Vec<&&Looked<'_>> = documents.iter().filter(|row| !row.by_hand()).collect();
    // Both manners weigh the same: a sentence is taken for what it looks like.
    let share = ours.len() as f64 / by_rule.len().max(1) as f64;
    let closely = by_rule.iter().map(|row| Row { values: &row.values, is: false, weight: share });
    let wording: Vec<Row<'_>> =
        ours.iter().map(|row| Row { values: &row.values, is: true, weight: 1.0 }).chain(closely).collect();
    Judges {
        wording: Forest { line: FREELY, ..forest::wording(&wording) },
        close: forest::close(&learnt(OURS, 1.0)),
        free: forest::free(&learnt(1.0, PLANTED)),
    }
}

/// Whether it is worded freely, and the odds; none where it is told exactly.
fn judged(judges: &Judges, row: &Looked<'_>) -> (bool, f32) {
    let found = judges.judge(&row.values);
    (found.freely, if row.wrong { f32::MIN } else { found.odds })
}

fn report(judges: &Judges, held: &[Looked<'_>], left_out: &[LeftOut<'_>]) -> Report {
    let lines = [judges.close.line, judges.free.line];
    let mut report = Report { lines, ..Report::default() };
    for row in held {
        let (freely, odds) = judged(judges, row);
        let name = if part(row.told.group) == Part::Dev { "dev" } else { "test" };
        report.add(name, row.told, odds >= lines[usize::from(freely)]);
    }
    for &LeftOut { row, freely, odds } in left_out {
        let said = odds >= lines[usize::from(freely)];
        report.add("ours", row.told, said);
        report.add(if freely { "ours, free" } else { "ours, close" }, row.told, said);
    }
    report
}

/// Rows of one source stand beside each other: it is read once.
fn looked<'a>(rows: impl Iterator<Item = &'a Judged>) -> Vec<Looked<'a>> {
    let mut read: Option<(&str, Source)> = None;
    let look = |told: &'a Judged| {
        let source = match read.take().filter(|(text, _)| *text == told.source) {
            Some((_, source)) => source,
            None => Source::read(&told.source),
        };
        let (values, compared) = entail::look(&told.sentence, &source);
        read = Some((&told.source, source));
        Looked { told, values, wrong: is_wrong(&compared) }
    };
    rows.map(look).collect()
}

/// What is told exactly and needs no probability.
fn is_wrong(compared: &Compared) -> bool {
    let promises = BINDING.iter().any(|concept| compared.promises & concept.bit() > 0);
    promises
        || compared.excepted.is_some()
        || compared.payer.is_some()
        || !compared.quantities.is_empty()
        || !compared.names.is_empty()
}

/// The lowest line that stops enough of the false.
fn line(mut lies: Vec<f32>, stopped: f32) -> f32 {
    lies.sort_by(|a, b| b.total_cmp(a));
    let at = (lies.len() as f32 * (1.0 - stopped)) as usize;
    lies.get(at).copied().unwrap_or(0.0).max(-3.0) + 1e-4
}
