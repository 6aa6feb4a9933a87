//! Where a story is played: a shop, a driver, and the windows that the story opens.

use std::{
    fmt,
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    sync::Mutex,
};

use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use tokio::sync::Semaphore;

use crate::{
    process::{Driver, Shop},
    window::Window,
};

/// More browsers at once would only wait for each other.
static SEATS: Semaphore = Semaphore::const_new(2);

pub(crate) struct Stage {
    pub(crate) shop: Shop,
    driver: Driver,
    windows: Mutex<Vec<Window>>,
}

/// What a story ends with.
pub(crate) type Told = Result<(), Failure>;

/// Why a story failed, in words; a trace of calls would say nothing about the page.
pub(crate) struct Failure(anyhow::Error);

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

/// Plays a story. Whatever happens, the windows are closed; if it fails, pictures of them are kept.
pub(crate) async fn play(name: &str, story: impl AsyncFnOnce(&Stage) -> Result<()>) -> Told {
    perform(name, story).await.map_err(Failure)
}

async fn perform(name: &str, story: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    let _seat = SEATS.acquire().await?;
    let stage = Stage { shop: Shop::open()?, driver: Driver::start()?, windows: Mutex::default() };
    let played = AssertUnwindSafe(story(&stage)).catch_unwind().await;
    let windows = std::mem::take(&mut *stage.windows.lock().map_err(|_| anyhow!("poisoned"))?);
    let mut complaints = Vec::new();
    for (number, window) in windows.iter().enumerate() {
        if !matches!(played, Ok(Ok(()))) {
            let _ = window.picture(&format!("failed-{name}-{number}")).await;
        }
        complaints.extend(window.complaints().await?);
    }
    for window in windows {
        let _ = window.close().await;
    }
    match played {
        Err(panic) => resume_unwind(panic),
        Ok(Err(error)) => {
            Err(error.context(format!("the pages complain: {complaints:?}\n{}", stage.shop.complaint())))
        }
        Ok(Ok(())) if complaints.is_empty() => Ok(()),
        Ok(Ok(())) => Err(anyhow!("the pages complain: {complaints:#?}")),
    }
}

impl Stage {
    /// A fresh browser, of somebody who has never been here.
    pub(crate) async fn window(&self) -> Result<Window> {
        let window = Window::open(&self.driver.address).await?;
        self.windows.lock().map_err(|_| anyhow!("poisoned"))?.push(window.clone());
        Ok(window)
    }

    /// A customer in front of the shop.
    pub(crate) async fn customer(&self, lang: &str) -> Result<Window> {
        let window = self.window().await?;
        window.visit(&self.home(lang)).await?;
        Ok(window)
    }

    /// The shop's address in a language.
    pub(crate) fn home(&self, lang: &str) -> String {
        if lang == "en" { format!("{}?lang=en", self.shop.home) } else { self.shop.home.clone() }
    }

    /// The owner at the desk, come in by the one-time link.
    pub(crate) async fn agent(&self) -> Result<Window> {
        let window = self.window().await?;
        window.visit(&self.shop.sign_in).await?;
        window.sign_in().await?;
        Ok(window)
    }

    /// The first of these questions whose answer is as wanted.
    pub(crate) fn question<'a>(
        &self,
        candidates: &[&'a str],
        wanted: impl Fn(&serde_json::Value) -> bool,
    ) -> Result<&'a str> {
        for question in candidates {
            if wanted(&self.shop.ask(question)?) {
                return Ok(question);
            }
        }
        Err(anyhow!("no such answer to any of {candidates:?}"))
    }
}

/// Where pictures go.
pub(crate) fn pictures() -> Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../browser");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}
