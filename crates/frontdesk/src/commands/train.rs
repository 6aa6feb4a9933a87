//! `frontdesk train`: builds a built-in model from data.

mod feelings;
mod policy;
mod semantic;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::say;
use anyhow::Context;

/// Build a built-in model from data, reproducibly
///
/// Example:  frontdesk train rank --data ../shared/data --out crates/knowledge/models
#[derive(clap::Args)]
pub(crate) struct Train {
    #[command(subcommand)]
    model: Model,
}

#[derive(clap::Subcommand)]
enum Model {
    /// What words and sentences mean, in Chinese and English: semantic.bin
    Semantic(Taught),
    /// Words and how usual they are, for setting messages right: words.zh.tsv, words.zh.pairs, words.en.tsv
    Words(Folders),
    /// The words by which Chinese is cut, from a list of jieba's form: dictionary.bin
    Dictionary(Listed),
    /// The weights of ranking and the calibration of probabilities: rank.json
    Rank(Folders),
    /// Where the lines between answer, choice and refusal lie: policy.json
    Policy(Folders),
    /// Which messages show a feeling, which one, which press or complain: mood.bin
    Mood(Licensed),
    /// How satisfied customers are with a conversation so far: satisfaction.bin
    Satisfaction(Licensed),
    /// What tries to instruct the assistant: attack.bin
    Attack(Licensed),
    /// Who asks for a person: handoff.bin
    Handoff(Licensed),
    /// Whether passages say a sentence: entail.bin; prints what it does on documents that it never saw
    Entail(Licensed),
}

/// A list of words, and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Listed {
    /// Lines `word count part-of-speech`, as in dict.txt of jieba-rs
    #[arg(long)]
    list: PathBuf,
    /// The folder for the model
    #[arg(long)]
    out: PathBuf,
}

/// Folders, and which data may be used.
#[derive(clap::Args)]
pub(crate) struct Licensed {
    #[command(flatten)]
    folders: Folders,
    /// Learn only from data that is under a stated permissive licence
    #[arg(long)]
    permissive: bool,
}

/// Which data may be used, and who teaches beside them.
#[derive(clap::Args)]
pub(crate) struct Taught {
    #[command(flatten)]
    licensed: Licensed,
    /// A folder with a sentence-transformer that reads English: what it says of texts is learnt too
    #[arg(long, value_name = "FOLDER")]
    teacher: Option<PathBuf>,
}

/// Where data comes from and the model goes.
#[derive(clap::Args)]
pub(crate) struct Folders {
    /// The folder with the data sets
    #[arg(long)]
    data: PathBuf,
    /// The folder of the sample shop
    #[arg(long, default_value = "examples/shop")]
    shop: PathBuf,
    /// The folder for the model
    #[arg(long)]
    out: PathBuf,
}

impl Train {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self.model {
            Model::Semantic(Taught { licensed: Licensed { folders, permissive }, teacher }) => {
                let model = semantic::train(&folders.data, permissive, teacher.as_deref())?;
                write(&folders.out, "semantic.bin", &model)
            }
            Model::Words(folders) => words(&folders),
            Model::Dictionary(Listed { list, out }) => {
                let words =
                    fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
                write(&out, "dictionary.bin", &language::train::dictionary::pack(&words)?)
            }
            Model::Rank(folders) => {
                let weights = knowledge::train::rank(&folders.data, Some(&folders.shop))?;
                write(&folders.out, "rank.json", weights.as_bytes())
            }
            Model::Policy(folders) => {
                let policy = policy::train(&folders.data, &folders.shop)?;
                write(&folders.out, "policy.json", policy.as_bytes())
            }
            Model::Mood(Licensed { folders, permissive }) => {
                write(&folders.out, "mood.bin", &feelings::mood(&folders.data, permissive)?)
            }
            Model::Satisfaction(Licensed { folders, .. }) => {
                write(&folders.out, "satisfaction.bin", &feelings::satisfaction(&folders.data)?)
            }
            Model::Attack(Licensed { folders, permissive }) => {
                write(&folders.out, "attack.bin", &feelings::attack(&folders.data, permissive)?)
            }
            Model::Handoff(Licensed { folders, permissive }) => {
                write(&folders.out, "handoff.bin", &feelings::handoff(&folders.data, permissive)?)
            }
            Model::Entail(Licensed { folders, permissive }) => entail(&folders, permissive),
        }
    }
}

/// `entail.bin`, and `grounding.test.jsonl` with the rows that it never saw, for `eval grounding`.
fn entail(folders: &Folders, permissive: bool) -> anyhow::Result<()> {
    let found = knowledge::train::grounded::grounded(&folders.data, permissive)?;
    let rows = language::train::entail::plant(&found.documents, &found.judged);
    let (model, report) = language::train::entail::train(&rows);
    eprint!("{report}");
    write(&folders.out, "entail.bin", &model)?;
    write(&folders.out, "grounding.test.jsonl", language::train::entail::held_out(&rows).as_bytes())
}

fn words(folders: &Folders) -> anyhow::Result<()> {
    let words = knowledge::train::words::words(&folders.data)?;
    write(&folders.out, "words.zh.tsv", words.zh.as_bytes())?;
    write(&folders.out, "words.zh.pairs", &words.pairs)?;
    write(&folders.out, "words.en.tsv", words.en.as_bytes())
}

fn write(folder: &Path, name: &str, model: &[u8]) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = folder.join(name);
    fs::write(&file, model).with_context(|| format!("cannot write {}", file.display()))?;
    say::line(format_args!("{}", file.display()))
}
