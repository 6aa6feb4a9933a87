//! Pictures of the knowledge: kept with an import, shown to whoever has their address, swept when nothing shows them.

use domain::{Picture, PictureKind};
use jiff::SignedDuration;
use store::StoreError;

use crate::Reception;

/// An import that began longer ago is over.
const IMPORT: SignedDuration = SignedDuration::from_hours(24);

impl Reception {
    /// Keeps what an import brings.
    pub(crate) async fn keep_pictures(&self, pictures: Vec<Picture>) -> Result<(), StoreError> {
        if pictures.is_empty() { Ok(()) } else { self.store().put_pictures(pictures, self.now()).await }
    }

    /// A picture of the knowledge and its kind. Its name is what it holds: who knows it has seen it, or was shown it.
    pub async fn picture(&self, name: &str) -> Result<Option<(PictureKind, Vec<u8>)>, StoreError> {
        let Some(kind) = PictureKind::of_name(name) else { return Ok(None) };
        Ok(self.store().picture(name).await?.map(|bytes| (kind, bytes)))
    }

    /// Removes pictures of imports that were given up and of drafts that were thrown away.
    pub async fn sweep_pictures(&self) -> Result<u64, StoreError> {
        let Ok(before) = self.now().checked_sub(IMPORT) else { return Ok(0) };
        self.store().sweep_pictures(before).await
    }
}
