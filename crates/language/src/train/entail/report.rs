//! What a model does on rows that it never saw, by kind and language.

use std::{collections::BTreeMap, fmt};

use super::Judged;

/// Rows of one kind and how many of them were taken for said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figure {
    /// How many.
    pub rows: usize,
    /// How many were taken for said.
    pub said: usize,
}

/// Figures by part, truth, kind and language.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The odds, as a logarithm, from which a sentence is taken for said: worded closely, worded freely.
    pub lines: [f32; 2],
    /// The figures.
    pub figures: BTreeMap<(&'static str, bool, String), [Figure; 2]>,
}

impl Report {
    /// Counts one row of a part.
    pub(super) fn add(&mut self, part: &'static str, told: &Judged, said: bool) {
        let all = (told.kind != "nli").then(|| "all".to_owned());
        for kind in all.into_iter().chain([told.kind.clone()]) {
            let figure =
                &mut self.figures.entry((part, told.is, kind)).or_default()[usize::from(told.chinese)];
            figure.rows += 1;
            figure.said += usize::from(said);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "lines {:?}", self.lines)?;
        for ((part, is, kind), [en, zh]) in &self.figures {
            let wrong = |figure: &Figure| {
                let wrong = if *is { figure.rows - figure.said } else { figure.said };
                (100.0 * wrong as f32 / figure.rows.max(1) as f32, figure.rows)
            };
            let ((en, en_rows), (zh, zh_rows)) = (wrong(en), wrong(zh));
            let what = if *is { "cut" } else { "let through" };
            writeln!(
                out,
                "{part:<11} {kind:<14} {what:<12} en {en:>6.2} % of {en_rows:<6} zh {zh:>6.2} % of {zh_rows}"
            )?;
        }
        Ok(())
    }
}
