//! A sentence-transformer in a folder, as its authors publish it.

#[cfg(feature = "neural")]
mod layout;

use std::{path::Path, sync::Arc};

use language::sentences::Sentences;

/// Opens the model. Takes a second per hundred megabytes.
#[cfg(feature = "neural")]
pub(crate) fn open(folder: &Path) -> anyhow::Result<Arc<dyn Sentences>> {
    let model = layout::read(folder)?;
    Ok(Arc::new(model))
}

/// This program was built without.
#[cfg(not(feature = "neural"))]
pub(crate) fn open(folder: &Path) -> anyhow::Result<Arc<dyn Sentences>> {
    Err(crate::say::WrongUsage(format!(
        "{}: this frontdesk was built without sentence models; build it with \
         `cargo build --release --features neural`, or name an endpoint in [models.embedding]",
        folder.display()
    ))
    .into())
}
