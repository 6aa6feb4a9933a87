//! `--model DIR`: another model beside the built-in one, for every task.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context;
use knowledge::Library;
use language::sentences::Sentences;

use crate::sentences::folder;

/// Which model is used beside the built-in one.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct ModelArg {
    /// A folder with a sentence-transformer to use beside the built-in model
    #[arg(long = "model", value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl ModelArg {
    /// The model, if one was named.
    pub(super) fn load(&self) -> anyhow::Result<Option<Arc<dyn Sentences>>> {
        self.folder.as_deref().map(folder::open).transpose()
    }

    /// Lets the library find by it, if one was named.
    pub(super) fn plug_into(&self, library: &Library) -> anyhow::Result<()> {
        let Some(model) = self.load()? else { return Ok(()) };
        library.plug_now(model).context("the knowledge could not be encoded by this model")
    }
}
