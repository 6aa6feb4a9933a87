//! `frontdesk train`: builds a built-in model from data.

mod policy;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::say;

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
    /// The weights of ranking and the calibration of probabilities: rank.json
    Rank(Folders),
    /// Where the lines between answer, choice and refusal lie: policy.json
    Policy(Folders),
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
            Model::Rank(folders) => {
                let weights = knowledge::train::rank(&folders.data, Some(&folders.shop))?;
                write(&folders.out, "rank.json", &weights)
            }
            Model::Policy(folders) => {
                write(&folders.out, "policy.json", &policy::train(&folders.data, &folders.shop)?)
            }
        }
    }
}

fn write(folder: &Path, name: &str, model: &str) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = folder.join(name);
    fs::write(&file, model).with_context(|| format!("cannot write {}", file.display()))?;
    say::line(format_args!("{}", file.display()))
}
