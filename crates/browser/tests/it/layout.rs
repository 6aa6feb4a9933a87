//! No page is wider than its screen, in either language, at any size.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    stage::{Told, play},
    window::Window,
};

const SIZES: [(u32, u32); 3] = [(360, 740), (768, 1024), (1440, 900)];

/// What sticks out at the sides: the page itself, and the parts of the widget.
const TOO_WIDE: &str = r"
const wide = [];
const page = document.scrollingElement;
if (page.scrollWidth > innerWidth) wide.push('the page: ' + page.scrollWidth);
for (const e of $$('*')) {
  if (!seen(e)) continue;
  const box = e.getBoundingClientRect();
  const name = e.tagName + '.' + e.className + ' ' + (e.innerText || '').slice(0, 40);
  const style = getComputedStyle(e);
  if (page.scrollWidth > innerWidth && box.right > innerWidth + 1 && !e.children.length) wide.push(name);
  // Text that is cut off without an ellipsis and cannot be scrolled to.
  if (['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis' && style.position !== 'absolute'
      && e.innerText && e.scrollWidth > e.clientWidth + 1) wide.push('cut: ' + name);
}
return wide;";

impl Window {
    /// Checks the page at every size, and keeps a picture of each.
    pub(crate) async fn fits(&self, name: &str) -> Result<()> {
        for (width, height) in SIZES {
            self.size(width, height).await?;
            let wide = self.run(TOO_WIDE, &[]).await?;
            self.picture(&format!("{name}-{width}")).await?;
            ensure!(*wide.json() == json!([]), "{name} at {width}: {:#}", wide.json());
        }
        Ok(())
    }
}

async fn the_shop_fits(lang: &str) -> Told {
    play(&format!("layout-{lang}"), async |stage| {
        let customer = stage.customer(lang).await?;
        customer.element(".launcher").await?;
        customer.fits(&format!("shop-{lang}")).await?;
        customer.open_chat().await?;
        customer.fits(&format!("greeting-{lang}")).await?;
        let address = "https://example.com/a-very-long-address-without-any-place-to-break/0123456789012345678901234567890123456789";
        let (question, person) =
            if lang == "zh" { ("怎么退货？", "转人工") } else { ("How do I return something?", "real person please") };
        customer.say(question).await?;
        customer.hears_messages(1).await?;
        customer.say(address).await?;
        customer.hears_messages(2).await?;
        customer.fits(&format!("talk-{lang}")).await?;
        customer.say(person).await?;
        customer.element(".log .notice").await?;
        customer.fits(&format!("waiting-{lang}")).await
    })
    .await
}

#[tokio::test]
async fn the_shop_fits_in_chinese() -> Told {
    the_shop_fits("zh").await
}

#[tokio::test]
async fn the_shop_fits_in_english() -> Told {
    the_shop_fits("en").await
}

async fn the_desk_fits(lang: &str) -> Told {
    play(&format!("layout-desk-{lang}"), async |stage| {
        let customer = stage.customer(lang).await?;
        customer.open_chat().await?;
        customer.say(if lang == "zh" { "怎么退货？" } else { "How do I return something?" }).await?;
        customer.hears_messages(1).await?;
        customer.say(if lang == "zh" { "转人工" } else { "real person please" }).await?;
        customer.element(".log .notice").await?;

        let desk = &stage.shop.desk;
        let agent = stage.agent().await?;
        agent.speak(desk, lang).await?;
        agent.fits(&format!("settings-{lang}")).await?;
        agent.visit(desk).await?;
        agent.element("#inbox a.row").await?;
        agent.fits(&format!("desk-{lang}")).await?;
        agent.open_conversation("").await?;
        agent.fits(&format!("conversation-{lang}")).await?;
        for (page, name) in [
            ("knowledge", "knowledge"),
            ("knowledge/order-cancel", "entry"),
            ("knowledge/order-cancel/versions", "history"),
            ("drafts", "drafts"),
            ("tests", "tests"),
            ("versions", "versions"),
            ("versions/1", "version"),
            ("intents", "intents"),
            ("intents/orders?try=x", "intent"),
            ("team", "team"),
        ] {
            agent.visit(&format!("{desk}/{page}")).await?;
            agent.element("#desk h1").await?;
            agent.fits(&format!("{name}-{lang}")).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_desk_fits_in_chinese() -> Told {
    the_desk_fits("zh").await
}

#[tokio::test]
async fn the_desk_fits_in_english() -> Told {
    the_desk_fits("en").await
}

/// How far the middle of the card is from the middle of the screen, sideways, in pixels.
const OFF_CENTRE: &str = r"
const box = $$('.card')[0].getBoundingClientRect();
return Math.round(Math.abs((box.left + box.right) / 2 - document.documentElement.clientWidth / 2));";

#[tokio::test]
async fn the_door_stands_in_the_middle() -> Told {
    play("layout-door", async |stage| {
        let stranger = stage.window().await?;
        stranger.visit(&format!("{}/sign-in?token={}", stage.shop.desk, "0".repeat(64))).await?;
        stranger.element(".card h1").await?;
        stranger.fits("door").await?;
        for (width, height) in SIZES {
            stranger.size(width, height).await?;
            let off = stranger.run(OFF_CENTRE, &[]).await?;
            ensure!(off.json().as_i64().is_some_and(|off| off <= 1), "at {width}: {} pixels off", off.json());
        }
        Ok(())
    })
    .await
}
