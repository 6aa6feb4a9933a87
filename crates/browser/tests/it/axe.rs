//! axe-core finds nothing serious or critical.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    stage::{Told, play},
    window::Window,
};

const AXE: &str = include_str!("../../vendor/axe-core-4.10.3.min.js");
const CHECK: &str = r"
if (!window.axeDone) {
  window.axeDone = 'running';
  axe.run(document, { resultTypes: ['violations'] }).then(
    ({ violations }) => { window.axeDone = violations.filter((v) => ['serious', 'critical'].includes(v.impact))
      .map((v) => v.id + ': ' + v.nodes.slice(0, 4).map((n) => n.target.join(' ') + ' ' + n.failureSummary).join(' | ')); },
    (error) => { window.axeDone = [String(error)]; });
}
return Array.isArray(window.axeDone) ? window.axeDone : null;";

impl Window {
    /// The page has no serious fault of accessibility.
    pub(crate) async fn is_accessible(&self, page: &str) -> Result<()> {
        self.run(&format!("{AXE}; window.axe = axe; delete window.axeDone;"), &[]).await?;
        let faults = self.until("axe is done", CHECK, &[]).await?;
        ensure!(*faults.json() == json!([]), "{page}: {:#}", faults.json());
        Ok(())
    }
}

#[tokio::test]
async fn the_widget_is_accessible() -> Told {
    play("axe-widget", async |stage| {
        let customer = stage.customer("zh").await?;
        customer.element(".launcher").await?;
        customer.is_accessible("the shop").await?;
        customer.open_chat().await?;
        customer.say("取消订单").await?;
        customer.click(".thumbs button[aria-label='没帮助']").await?;
        customer.element(".why").await?;
        customer.is_accessible("the talk").await?;
        customer.say("转人工").await?;
        customer.element(".log .notice").await?;
        customer.is_accessible("waiting").await
    })
    .await
}

#[tokio::test]
async fn the_desk_is_accessible() -> Told {
    play("axe-desk", async |stage| {
        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        customer.say("怎么退货？").await?;
        customer.hears_messages(1).await?;
        customer.say("转人工").await?;
        customer.element(".log .notice").await?;

        let desk = &stage.shop.desk;
        let agent = stage.agent().await?;
        agent.element("#inbox a.row").await?;
        agent.is_accessible("the list").await?;
        agent.open_conversation("").await?;
        agent.is_accessible("the conversation").await?;
        for page in [
            "knowledge",
            "knowledge/order-cancel",
            "knowledge/new",
            "knowledge/order-cancel/versions",
            "drafts",
            "tests",
            "versions",
            "versions/1",
            "intents",
            "intents/orders",
            "team",
            "settings",
        ] {
            agent.visit(&format!("{desk}/{page}")).await?;
            agent.element("#desk h1").await?;
            agent.is_accessible(page).await?;
        }
        Ok(())
    })
    .await
}
