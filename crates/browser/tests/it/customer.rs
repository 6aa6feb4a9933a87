//! What a customer does with the widget, and what a person at the desk does.

use anyhow::Result;
use serde_json::json;

use crate::window::Window;

impl Window {
    /// Opens the widget.
    pub(crate) async fn open_chat(&self) -> Result<()> {
        self.click(".launcher").await?;
        self.element("#panel").await.map(drop)
    }

    /// Writes a message and sends it.
    pub(crate) async fn say(&self, text: &str) -> Result<()> {
        self.write("#input", &format!("{text}\n")).await
    }

    /// Waits until the other side has said this, finished.
    pub(crate) async fn hears(&self, words: &str) -> Result<()> {
        self.saying(".log .msg.theirs .bubble", words).await.map(drop)
    }

    /// Waits for a line about the state of things.
    pub(crate) async fn is_told(&self, words: &str) -> Result<()> {
        self.saying(".log .notice, .bar", words).await.map(drop)
    }

    /// Waits until the other side has finished this many messages.
    pub(crate) async fn hears_messages(&self, count: usize) -> Result<()> {
        let script = "return $$('.log .msg.theirs').length >= arguments[0];";
        self.until(&format!("{count} answers"), script, &[json!(count)]).await.map(drop)
    }
}
