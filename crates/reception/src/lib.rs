//! Everything that happens at the desk, one file an act.
//!
//! One road for every message: `receive` stores it with its work item, a worker `answer`s it, the
//! reply and what must be pushed are one transaction, `deliver` pushes. People enter the same road at
//! `reply`. All reads go through the one who asks: [`seen_by`].

mod act;
mod answer;
mod answers;
mod call;
mod chance;
mod check_up;
mod close;
mod contact;
mod crawl;
mod deliver;
mod duty;
mod encode;
mod errand;
pub mod events;
mod feedback;
mod feelings;
mod find;
pub mod goods;
mod hand_over;
mod hear;
mod hurry;
pub mod identity;
mod kept;
mod learn;
pub mod lessons;
pub mod markdown;
mod notices;
mod past;
mod pictures;
mod profile;
mod proposal;
pub mod publish;
mod receive;
pub mod replay;
mod reply;
mod seen_by;
mod settings;
mod slot;
mod source;
mod staff;
mod sync;
mod take_over;
mod teach;
mod turn;
mod typed;
mod upload;
mod visitor;
mod withdraw;
mod worker;
mod write;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicI64, AtomicU64},
    },
};

use channels::Channel;
use domain::{Chance, ChannelId, Clock, Timestamp};
use egress::Gate;
use store::Store;
use tokio::sync::Notify;

pub use act::ActError;
pub use answers::Answers;
pub use assistant::Action;
pub use chance::{SystemChance, operator_token};
pub use channels::{Delivered, Rejected};
pub use check_up::{CheckUp, Judged};
pub use crawl::CrawlError;
pub use duty::DutyRow;
pub use events::{DeskEvent, Event, Thread};
pub use feelings::Going;
pub use hear::RerankerStanding;
pub use identity::{IdentityError, IdentitySettings, sign_identity};
pub use kept::{Keep, KeepNothing};
pub use knowledge::{
    import::{Change, Harvest, Plan, Remark, field_in, product, purchase},
    lint::{Effort, Finding, Fix, Kind as FindingKind, Severity},
};
pub use profile::ProfileView;
pub use publish::{Consent, PublishError, Published, Report, Which};
pub use receive::{Accepted, ReceiveError};
pub use replay::{Otherwise, ReplayError, Replayed, Shadow};
pub use reply::Reply;
pub use seen_by::{
    AgentView, Asked, Completed, Completion, Cursor, Heard, Listing, NotSignedIn, OperatorView, PAGE, Told,
    VisitorView,
};
pub use settings::{Limits, Publishing, Settings, Shop};
pub use source::{Interval, Source};
pub use staff::{SignInLink, SignedIn, StaffError};
pub use store::{
    ByValue, ConversationRow, DocumentRow, Draft, DraftStage, EntryChange, EntryFilter, EntryRow, EntryStep,
    EntryValue, JobKind, LinkCheck, Page, ProductFilter, ProductOutcome, ProductRow, Publication,
    SettledFinding, SourceRun, StoreError, TakenIn, Tally, TestRow,
};
pub use sync::{SourceState, SyncCounts, SyncError, harvest_site};
pub use teach::Intent;
pub use upload::{Stage as UploadStage, Upload};
pub use visitor::VisitorToken;
pub use withdraw::CUSTOMER;
pub use write::{Budgets, Limit, ModelStanding, ModelTally, Writers, Writing};

/// The desk. Cheap to clone.
#[derive(Clone)]
pub struct Reception {
    inner: Arc<Inner>,
}

/// What a reception is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Who answers.
    pub assistant: Arc<dyn Answers>,
    /// Foreign platforms by account.
    pub channels: HashMap<ChannelId, Arc<dyn Channel>>,
    /// The way out.
    pub gate: Gate,
    /// The shop's own settings.
    pub settings: Settings,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Where what was learnt is kept.
    pub kept: Arc<dyn Keep>,
}

struct Inner {
    parts: Parts,
    events: events::Hub,
    visitors: visitor::Signer,
    answers: Notify,
    deliveries: Notify,
    calls: Notify,
    models: Notify,
    syncs: Notify,
    /// Sources that are being read: documents visited, and of how many.
    syncing: Mutex<HashMap<String, (usize, usize)>>,
    tray: upload::Tray,
    turns: Arc<tokio::sync::Semaphore>,
    /// How many turns have begun since the start.
    begun: AtomicU64,
    tasks: worker::Tasks,
    /// The revision of the owner's examples that were learnt.
    learnt: AtomicI64,
    /// The revision of what customers taught that was learnt, or weighed and left.
    heeded: AtomicI64,
    /// Held while meanings are learnt: whoever waits for them finds them learnt.
    learning: tokio::sync::Mutex<()>,
    check_ups: check_up::CheckUps,
    finder: find::Finder,
    /// The models that write, if there are any.
    writers: RwLock<Option<Arc<Writers>>>,
    hearing: hear::Hearing,
    hurried: hurry::Hurried,
}

impl Reception {
    /// Opens the desk: settles what a crash left open and loads the knowledge. No work is done until
    /// [`Reception::start`].
    pub async fn open(parts: Parts) -> Result<Self, StoreError> {
        let now = parts.clock.now();
        parts.store.release_leases().await?;
        parts.store.doubt_unfinished_deliveries(now).await?;
        let visitors = visitor::Signer::load(&*parts.store, &*parts.chance).await?;
        let turns = Arc::new(tokio::sync::Semaphore::new(parts.settings.limits.turns_at_once));
        let inner = Inner {
            parts,
            events: events::Hub::default(),
            visitors,
            answers: Notify::new(),
            deliveries: Notify::new(),
            calls: Notify::new(),
            models: Notify::new(),
            syncs: Notify::new(),
            syncing: Mutex::default(),
            tray: upload::Tray::default(),
            turns,
            begun: AtomicU64::new(0),
            tasks: worker::Tasks::default(),
            learnt: AtomicI64::new(0),
            learning: tokio::sync::Mutex::default(),
            heeded: AtomicI64::new(0),
            check_ups: check_up::CheckUps::default(),
            finder: find::Finder::new(),
            writers: RwLock::default(),
            hearing: hear::Hearing::default(),
            hurried: hurry::Hurried::default(),
        };
        let reception = Self { inner: Arc::new(inner) };
        reception.catch_up().await?;
        reception.stock_up().await?;
        Ok(reception)
    }

    /// The shop's settings.
    pub fn settings(&self) -> &Settings {
        &self.inner.parts.settings
    }

    /// What is happening, as it happens.
    pub fn events(&self) -> &events::Hub {
        &self.inner.events
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.inner.parts.clock.now()
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.inner.parts.store
    }

    pub(crate) fn chance(&self) -> &dyn Chance {
        &*self.inner.parts.chance
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.inner.parts
    }
}
