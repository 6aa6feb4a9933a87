//! A file is handed in at the desk: first what it would change, then, if wanted, the change.
//!
//! What waits for a decision is kept in memory: after a restart the file is chosen again, and nothing was written.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{AgentId, Said};
use knowledge::import::{ImportError, Plan, read_upload};

use crate::{ActError, Reception, publish::Byline};

/// Files that wait for a decision; a further one pushes out the oldest.
const MOST: usize = 8;

/// How far a file is.
#[derive(Debug, Clone)]
pub enum Stage {
    /// It is read; nothing is written.
    Planned,
    /// It is being written.
    Writing,
    /// It is written.
    Done,
    /// So many test questions would be answered wrongly that are answered rightly now: it is kept as drafts.
    Drafted(usize),
    /// It is not: why.
    Failed(Said),
}

/// A file that was handed in.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name.
    pub file: String,
    /// What it changes.
    pub plan: Arc<Plan>,
    /// How far it is.
    pub stage: Stage,
}

/// Files that were handed in, oldest first.
#[derive(Default)]
pub(crate) struct Tray(Mutex<VecDeque<(String, AgentId, Upload)>>);

impl Tray {
    fn open(&self) -> MutexGuard<'_, VecDeque<(String, AgentId, Upload)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, id: String, agent: AgentId, upload: Upload) {
        let mut tray = self.open();
        if tray.len() >= MOST {
            // One that is being written is not forgotten.
            let old =
                tray.iter().position(|(.., upload)| !matches!(upload.stage, Stage::Writing)).unwrap_or(0);
            tray.remove(old);
        }
        tray.push_back((id, agent, upload));
    }

    fn get(&self, id: &str, agent: &AgentId) -> Option<Upload> {
        let tray = self.open();
        tray.iter().find(|(each, whose, _)| each == id && whose == agent).map(|(.., upload)| upload.clone())
    }

    fn set(&self, id: &str, stage: Stage) {
        if let Some((.., upload)) = self.open().iter_mut().find(|(each, ..)| each == id) {
            upload.stage = stage;
        }
    }

    /// Begins to write, once.
    fn begin(&self, id: &str, agent: &AgentId) -> Option<Arc<Plan>> {
        let mut tray = self.open();
        let (.., upload) = tray.iter_mut().find(|(each, whose, _)| each == id && whose == agent)?;
        if !matches!(upload.stage, Stage::Planned) {
            return None;
        }
        upload.stage = Stage::Writing;
        Some(upload.plan.clone())
    }
}

impl Reception {
    /// Reads a file and says under which name what it would change can be looked at.
    pub(crate) async fn hand_in(
        &self,
        file: &str,
        bytes: Vec<u8>,
        agent: &AgentId,
    ) -> Result<String, ActError> {
        let (name, now) = (file.to_owned(), self.now());
        let harvest = tokio::task::spawn_blocking(move || read_upload(&name, bytes, now)).await;
        let harvest = harvest
            .unwrap_or_else(|_| Err(ImportError::UnknownKind { path: file.into() }))
            .map_err(|error| ActError::Invalid(error.said()))?;
        let plan = self.plan(harvest).await?;
        let id = domain::id::fresh(self.now(), self.chance());
        let upload = Upload { file: file.to_owned(), plan: Arc::new(plan), stage: Stage::Planned };
        self.inner.tray.put(id.clone(), agent.clone(), upload);
        Ok(id)
    }

    /// A file that this agent handed in; `None` if it is no longer there.
    pub(crate) fn handed_in(&self, id: &str, agent: &AgentId) -> Option<Upload> {
        self.inner.tray.get(id, agent)
    }

    /// Writes what was looked at, in the background. Asked twice, it is done once.
    pub(crate) fn take_in(&self, id: &str, agent: &AgentId, by: Byline) {
        let Some(plan) = self.inner.tray.begin(id, agent) else { return };
        let (reception, id) = (self.clone(), id.to_owned());
        tokio::spawn(async move {
            let stage = match reception.carry_out_by_tests((*plan).clone(), &by).await {
                Ok(0) => Stage::Done,
                Ok(red) => Stage::Drafted(red),
                Err(error) => Stage::Failed(error.said()),
            };
            reception.inner.tray.set(&id, stage);
        });
    }
}
