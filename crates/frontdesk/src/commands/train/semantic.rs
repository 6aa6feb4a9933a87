//! `frontdesk train semantic`: from pairs, and from what a sentence model says of texts.

use std::path::Path;

use knowledge::train::pairs;
use language::train::semantic::{self, Pass, Settings, Source, Taught};

use crate::sentences::folder;

/// Texts that the model is asked about at once.
const AT_ONCE: usize = 2_048;

/// The model's file.
pub(super) fn train(data: &Path, permissive: bool, teacher: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    let sources = pairs::pairs(data, permissive)?;
    let taught = teacher.map(|folder| ask(folder, &sources, data, permissive)).transpose()?;
    let settings = Settings::default();
    let told = |pass| match pass {
        Pass::Lessons(at, closeness) => {
            eprintln!("lessons, pass {} of {}: closeness {closeness:.4}", at + 1, settings.lesson_epochs);
        }
        Pass::Pairs(at, loss) => eprintln!("pass {} of {}: loss {loss:.4}", at + 1, settings.epochs),
    };
    Ok(semantic::train(&sources, taught.as_ref(), &settings, told))
}

/// What the sentence model in a folder says. Takes minutes.
fn ask(teacher: &Path, sources: &[Source], data: &Path, permissive: bool) -> anyhow::Result<Taught> {
    let model = folder::open(teacher)?;
    let lessons = pairs::lessons(sources, data, permissive)?;
    let mut vectors = Vec::with_capacity(lessons.read.len());
    // Texts of like length need few fillers.
    let mut order: Vec<usize> = (0..lessons.read.len()).collect();
    order.sort_by_key(|&at| lessons.read[at].len());
    for part in order.chunks(AT_ONCE) {
        let texts: Vec<&str> = part.iter().map(|&at| lessons.read[at].as_str()).collect();
        vectors.extend(part.iter().copied().zip(model.encode(&texts)?));
        eprintln!("the teacher has read {} of {} texts", vectors.len(), order.len());
    }
    vectors.sort_by_key(|&(at, _)| at);
    let vectors: Vec<Vec<f32>> = vectors.into_iter().map(|(_, vector)| vector).collect();
    lessons.with(&vectors).ok_or_else(|| {
        anyhow::anyhow!("{}: its vectors are not of one length; take another model", teacher.display())
    })
}
