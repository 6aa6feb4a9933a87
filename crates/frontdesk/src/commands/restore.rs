//! `frontdesk restore`

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};

use super::Place;
use crate::{
    folder::{Folder, Holder},
    say,
};

/// Put a backup back. The data that is there now is kept beside it
///
/// Example:  frontdesk restore frontdesk-2026-11-22.db
#[derive(clap::Args)]
pub(crate) struct Restore {
    /// The backup
    path: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// The first bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";

impl Restore {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let config = self.place.load()?;
        let head = fs::read(&self.path).with_context(|| format!("cannot read {}", self.path.display()))?;
        anyhow::ensure!(head.starts_with(MAGIC), "{} is not a backup of frontdesk", self.path.display());
        let Holder::Ours(folder) = Folder::take(&config.data)? else {
            bail!("a server runs on {}; stop it first", config.data.display());
        };
        let database = folder.database();
        let draft = database.with_extension("db.restoring");
        fs::write(&draft, head).with_context(|| format!("cannot write {}", draft.display()))?;
        set_aside(&database)?;
        fs::rename(&draft, &database).with_context(|| format!("cannot write {}", database.display()))?;
        say::line(format_args!(
            "{} is back; the former data is beside it as *.before-restore",
            database.display()
        ))
    }
}

fn set_aside(database: &std::path::Path) -> anyhow::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let old = PathBuf::from(format!("{}{suffix}", database.display()));
        if old.exists() {
            let kept = PathBuf::from(format!("{}.before-restore{suffix}", database.display()));
            fs::rename(&old, &kept).with_context(|| format!("cannot set {} aside", old.display()))?;
        }
    }
    Ok(())
}
