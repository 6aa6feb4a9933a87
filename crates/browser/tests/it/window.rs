//! A browser window, and asking it questions until it says yes.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::{
    ChromiumLikeCapabilities, DesiredCapabilities, Key, LoggingPrefsLogLevel, WebDriver, WebElement,
    session::scriptret::ScriptRet,
};

use crate::stage::pictures;

/// A page that is not ready after this long never will be.
const PATIENCE: Duration = Duration::from_secs(20);
/// How soon the page is asked again.
const AGAIN: Duration = Duration::from_millis(60);

#[derive(Clone)]
pub(crate) struct Window {
    driver: WebDriver,
}

impl Window {
    pub(crate) async fn open(address: &str) -> Result<Self> {
        let mut wishes = DesiredCapabilities::chrome();
        let arguments = [
            "--headless=new",
            "--no-sandbox", // as root there is none
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            "--disable-background-networking",
            "--window-size=1440,900",
        ];
        for argument in arguments {
            wishes.add_arg(argument)?;
        }
        wishes.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::new(address, wishes).await.context("no browser could be opened")?;
        Ok(Self { driver })
    }

    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    pub(crate) async fn visit(&self, address: &str) -> Result<()> {
        self.driver.goto(address).await.with_context(|| format!("cannot open {address}"))
    }

    pub(crate) async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// Runs a script in the page. `$` finds one element, also inside the widget; `$$` all of them.
    pub(crate) async fn run(&self, script: &str, arguments: &[Value]) -> Result<ScriptRet> {
        let script = format!("{FINDERS}\n{script}");
        Ok(self.driver.execute(script, arguments.to_vec()).await?)
    }

    /// Asks until the answer is neither null nor false.
    pub(crate) async fn until(&self, what: &str, script: &str, arguments: &[Value]) -> Result<ScriptRet> {
        let begun = Instant::now();
        loop {
            let answer = self.run(script, arguments).await;
            match answer {
                Ok(answer) if !matches!(answer.json(), Value::Null | Value::Bool(false)) => {
                    return Ok(answer);
                }
                // While a page is being replaced there is nothing to ask.
                Err(error) if begun.elapsed() > PATIENCE => return Err(error.context(what.to_owned())),
                Ok(_) if begun.elapsed() > PATIENCE => {
                    bail!("never: {what}; the page shows:\n{}", self.text().await?)
                }
                _ => tokio::time::sleep(AGAIN).await,
            }
        }
    }

    /// The element, once it is there and visible.
    pub(crate) async fn element(&self, selector: &str) -> Result<WebElement> {
        let script = "const e = $(arguments[0]); return e && seen(e) ? e : null;";
        Ok(self.until(selector, script, &[json!(selector)]).await?.element()?)
    }

    /// The visible element of this kind that says this.
    pub(crate) async fn saying(&self, selector: &str, words: &str) -> Result<WebElement> {
        let script =
            "return $$(arguments[0]).find((e) => seen(e) && said(e).includes(arguments[1])) || null;";
        let what = format!("{selector} saying {words:?}");
        Ok(self.until(&what, script, &[json!(selector), json!(words)]).await?.element()?)
    }

    pub(crate) async fn click(&self, selector: &str) -> Result<()> {
        self.press(|| self.element(selector)).await
    }

    pub(crate) async fn click_saying(&self, selector: &str, words: &str) -> Result<()> {
        self.press(|| self.saying(selector, words)).await
    }

    /// Presses what is found; again, if it was drawn anew in the meantime.
    async fn press<F: Future<Output = Result<WebElement>>>(&self, find: impl Fn() -> F) -> Result<()> {
        let begun = Instant::now();
        loop {
            match find().await?.click().await {
                Ok(()) => return Ok(()),
                Err(error) if begun.elapsed() > PATIENCE => return Err(error.into()),
                Err(_) => tokio::time::sleep(AGAIN).await,
            }
        }
    }

    /// Types into an element; a line break stands for Enter.
    pub(crate) async fn write(&self, selector: &str, text: &str) -> Result<()> {
        let element = self.element(selector).await?;
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                element.send_keys(Key::Enter + "").await?;
            }
            element.send_keys(line).await?;
        }
        Ok(())
    }

    /// A key to whatever has the focus.
    pub(crate) async fn key(&self, key: Key) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(key + "").perform().await?)
    }

    /// Letters to whatever has the focus.
    pub(crate) async fn letters(&self, text: &str) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(text).perform().await?)
    }

    /// All that can be read.
    pub(crate) async fn text(&self) -> Result<String> {
        let script = "const w = $('.root'); return document.body.innerText + (w ? '\\n--- widget ---\\n' + w.innerText : '');";
        Ok(self.run(script, &[]).await?.convert()?)
    }

    /// A script that runs in every page before its own.
    pub(crate) async fn before_every_page(&self, script: &str) -> Result<()> {
        self.tool("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await
    }

    /// The size of the screen, in pixels of the page.
    pub(crate) async fn size(&self, width: u32, height: u32) -> Result<()> {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tool("Emulation.setDeviceMetricsOverride", screen).await
    }

    /// What only the browser's developer tools can do.
    async fn tool(&self, name: &str, parameters: Value) -> Result<()> {
        self.driver.cdp().send_raw(name, parameters).await?;
        Ok(())
    }

    /// Keeps a picture of what is in view.
    pub(crate) async fn picture(&self, name: &str) -> Result<()> {
        Ok(self.driver.screenshot(&pictures()?.join(format!("{name}.png"))).await?)
    }

    /// Errors and policy violations that the pages caused so far; each is told once.
    pub(crate) async fn complaints(&self) -> Result<Vec<String>> {
        let log = self.driver.browser_log().await?;
        let bad = |entry: &thirtyfour::BrowserLogEntry| {
            entry.level == "SEVERE" || entry.message.contains("Content Security Policy")
        };
        Ok(log.into_iter().filter(bad).map(|entry| entry.message).collect())
    }
}

/// Helpers for scripts: the widget lives in a shadow root that selectors do not enter by themselves.
const FINDERS: &str = r"
const widget = document.querySelector('#frontdesk-widget');
const inside = widget && widget.shadowRoot;
const $$ = (css) => [...document.querySelectorAll(css), ...(inside ? inside.querySelectorAll(css) : [])];
const $ = (css) => $$(css).find(seen) || $$(css)[0] || null;
function seen(e) { return e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0; }
function said(e) { return e.innerText || e.value || e.getAttribute('aria-label') || ''; }
";
