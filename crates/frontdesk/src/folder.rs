//! The data folder: one server at a time, and how commands find it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    hash::{DefaultHasher, Hasher},
    io::{self, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use reception::Keep;
use serde::{Deserialize, Serialize};

/// A data folder that this process holds alone.
pub(crate) struct Folder {
    path: PathBuf,
    _lock: File,
}

/// What was learnt, in files beside the database.
pub(crate) struct Learnt(PathBuf);

impl Keep for Learnt {
    /// What a disk has damaged was not kept.
    fn recall(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.0.join(name)).ok()?;
        let sum = bytes.split_off(bytes.len().checked_sub(8)?);
        (sum == sum_of(&bytes)).then_some(bytes)
    }

    /// Renamed into place, so nobody reads half of it.
    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let draft = self.0.join(format!("{name}.new"));
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.write_all(&sum_of(bytes))?;
        drop(file);
        fs::rename(&draft, self.0.join(name))
    }
}

fn sum_of(bytes: &[u8]) -> [u8; 8] {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish().to_le_bytes()
}

/// A server that runs on a data folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Running {
    pub(crate) pid: u32,
    pub(crate) address: SocketAddr,
    /// Opens its API. The file is readable by its owner alone.
    pub(crate) token: String,
}

/// Ours, or somebody else's.
pub(crate) enum Holder {
    Ours(Folder),
    Theirs(Option<Running>),
}

impl Folder {
    /// Takes the folder, makes it if it is not there.
    pub(crate) fn take(path: &Path) -> anyhow::Result<Holder> {
        fs::create_dir_all(path)
            .with_context(|| format!("cannot make the data folder {}", path.display()))?;
        let lock = path.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&lock);
        let file = file.with_context(|| {
            format!("cannot open {}; check that the folder may be written", lock.display())
        })?;
        match file.try_lock() {
            Ok(()) => {
                let folder = Self { path: path.to_owned(), _lock: file };
                // What a server that was killed left behind would mislead others.
                folder.retire();
                Ok(Holder::Ours(folder))
            }
            Err(TryLockError::WouldBlock) => Ok(Holder::Theirs(Running::read(path))),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", lock.display()))
            }
        }
    }

    /// Takes the folder for a server; a second one is refused, with the first one's name.
    pub(crate) fn take_for_server(path: &Path) -> anyhow::Result<Self> {
        match Self::take(path)? {
            Holder::Ours(folder) => Ok(folder),
            Holder::Theirs(Some(other)) => bail!(
                "a server (process {}) already runs on {} at http://{}; stop it or use another --data folder",
                other.pid,
                path.display(),
                other.address
            ),
            Holder::Theirs(None) => bail!(
                "another frontdesk is using {}; wait for it or use another --data folder",
                path.display()
            ),
        }
    }

    /// Where the database lies.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join("frontdesk.db")
    }

    /// Where what was learnt is kept: may be deleted at any time.
    pub(crate) fn learnt(&self) -> Learnt {
        Learnt(self.path.join("learnt"))
    }

    /// Tells commands on this machine where the server is. Renamed into place, so nobody reads half of it.
    pub(crate) fn announce(&self, running: &Running) -> anyhow::Result<()> {
        let (draft, place) = (self.path.join("server.json.new"), self.path.join("server.json"));
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft).with_context(|| format!("cannot write {}", draft.display()))?;
        file.write_all(&serde_json::to_vec(running)?)?;
        drop(file);
        fs::rename(&draft, &place).with_context(|| format!("cannot write {}", place.display()))
    }

    /// Takes the announcement back.
    pub(crate) fn retire(&self) {
        let _ = fs::remove_file(self.path.join("server.json"));
    }
}

impl Running {
    fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path.join("server.json")).ok()?).ok()
    }
}
