//! What a person does at the desk. Found by addresses, not by words, so it holds in every language.

use anyhow::Result;
use serde_json::json;

use crate::window::Window;

impl Window {
    /// Presses the button behind a one-time link.
    pub(crate) async fn sign_in(&self) -> Result<()> {
        self.click("form[action='/desk/sign-in'] button").await?;
        self.element("#rail").await.map(drop)
    }

    /// Opens the conversation whose last words are these.
    pub(crate) async fn open_conversation(&self, words: &str) -> Result<()> {
        self.click_saying("#inbox a.row", words).await?;
        self.element("#talk").await.map(drop)
    }

    /// Takes the open conversation over.
    pub(crate) async fn take_over(&self) -> Result<()> {
        self.click("form[action$='/take-over'] button").await?;
        self.element("form[action$='/give-back']").await.map(drop)
    }

    /// Writes to the customer.
    pub(crate) async fn reply(&self, text: &str) -> Result<()> {
        self.write("textarea[data-composer], form[data-composer] textarea", text).await?;
        self.click("form[data-composer] button.primary").await?;
        self.reads(text).await
    }

    /// Waits until this stands in the open conversation.
    pub(crate) async fn reads(&self, words: &str) -> Result<()> {
        self.saying("#talk .line", words).await.map(drop)
    }

    /// Closes the open conversation; the button is pressed twice. At once: on a busy machine the second press of a
    /// driver may come after the three seconds for which the first one holds.
    pub(crate) async fn close_conversation(&self) -> Result<()> {
        self.element("form[action$='/close'] button").await?;
        let twice =
            "const b = document.querySelector(\"form[action$='/close'] button\"); b.click(); b.click();";
        self.run(twice, &[]).await?;
        let gone = "return !document.querySelector(\"form[action$='/close']\");";
        self.until("the conversation is closed", gone, &[]).await.map(drop)
    }

    /// Switches the desk to a language.
    pub(crate) async fn speak(&self, base: &str, lang: &str) -> Result<()> {
        self.visit(&format!("{base}/settings")).await?;
        let spoken = format!("button[value={lang}][aria-pressed=true]");
        // Where it is spoken already, a click would lead away later, from wherever the window is by then.
        let already = self.run("return !!document.querySelector(arguments[0]);", &[json!(spoken)]).await?;
        if already.json() == &json!(true) {
            return Ok(());
        }
        self.click(&format!("button[name=lang][value={lang}]")).await?;
        self.element(&spoken).await.map(drop)
    }
}
