//! Everything works without a mouse.

use thirtyfour::Key;

use crate::stage::{Told, play};

const FOCUSED: &str = "const e = inside && inside.activeElement; return !!e && e.matches(arguments[0]);";

#[tokio::test]
async fn a_customer_without_a_mouse_asks_and_returns() -> Told {
    play("keyboard", async |stage| {
        let customer = stage.customer("en").await?;
        customer.element(".launcher").await?;
        let focused = |selector: &'static str| {
            let customer = customer.clone();
            async move { customer.until(selector, FOCUSED, &[selector.into()]).await.map(drop) }
        };
        // The launcher is the last stop of the page.
        customer.run("document.querySelector('footer a').focus();", &[]).await?;
        customer.key(Key::Tab).await?;
        focused(".launcher").await?;
        customer.key(Key::Enter).await?;
        focused("#input").await?;
        customer.letters("cancel order").await?;
        customer.key(Key::Enter).await?;
        customer.hears("You can cancel before shipping").await?;
        focused("#input").await?;
        customer.key(Key::Escape).await?;
        focused(".launcher").await?;
        customer.until("the panel is closed", "return !seen($('#panel'));", &[]).await?;
        customer.key(Key::Enter).await?;
        focused("#input").await
    })
    .await
}
