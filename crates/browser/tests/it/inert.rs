//! Whatever people write, it stays text.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    stage::{Told, play},
    window::Window,
};

/// Each would run something or show something foreign, were it not inert.
const HOSTILE: [&str; 6] = [
    "<img src=x onerror=\"window.pwned=1\">",
    "<script>window.pwned=2</script>",
    "\"><svg onload=window.pwned=3>",
    "[click me](javascript:window.pwned=4)",
    "<iframe srcdoc=\"<script>parent.pwned=5</script>\"></iframe>",
    "![x](https://tracker.invalid/pixel.png) {{7*7}} &lt;b&gt;",
];

const HARMED: &str = r"
if (window.pwned) return 'a script ran: ' + window.pwned;
const foreign = $$('iframe, object, embed, img, script:not([src]), [onerror], [onload], [onclick], [srcdoc], a[href^=\x22javascript\x22]')
  .filter((e) => !e.matches('[data-ours]')).map((e) => e.outerHTML.slice(0, 200));
return foreign.length ? 'foreign elements: ' + foreign.join('\n') : null;";

impl Window {
    /// Nothing that somebody wrote has become part of the page.
    async fn is_unharmed(&self, page: &str) -> Result<()> {
        let harm = self.run(HARMED, &[]).await?;
        ensure!(harm.json().is_null(), "{page}: {}", harm.json());
        Ok(())
    }
}

#[tokio::test]
async fn a_message_stays_text_in_the_widget_and_at_the_desk() -> Told {
    play("inert-messages", async |stage| {
        let customer = stage.customer("en").await?;
        customer.open_chat().await?;
        for (number, text) in HOSTILE.into_iter().enumerate() {
            customer.say(text).await?;
            customer.saying(".log .msg.mine .bubble", text).await?;
            customer.hears_messages(number + 1).await?;
        }
        customer.is_unharmed("the widget").await?;
        customer.reload().await?;
        customer.saying(".log .msg.mine .bubble", HOSTILE[0]).await?;
        customer.is_unharmed("the widget after a reload").await?;

        let agent = stage.agent().await?;
        agent.visit(&format!("{}?tab=all", stage.shop.desk)).await?;
        agent.is_unharmed("the list").await?;
        agent.open_conversation("").await?;
        for text in HOSTILE {
            agent.reads(text).await?;
        }
        agent.is_unharmed("the conversation").await?;
        agent.take_over().await?;
        for text in HOSTILE {
            agent.reply(text).await?;
            customer.hears(text).await?;
        }
        agent.is_unharmed("the agent's own words").await?;
        customer.is_unharmed("an agent's words").await
    })
    .await
}

#[tokio::test]
async fn a_name_stays_text() -> Told {
    play("inert-names", async |stage| {
        let name = "<img src=x onerror=window.pwned=1>**Li**";
        let owner = stage.agent().await?;
        owner.visit(&format!("{}/team", stage.shop.desk)).await?;
        owner.write("form.invite input[name=name]", name).await?;
        owner.click("form.invite button").await?;
        owner.saying(".people .person", name).await?;
        owner.is_unharmed("the team").await?;
        let link = owner.element("#link").await?.text().await?;

        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        customer.say("转人工").await?;
        customer.is_told("转接人工").await?;
        let agent = stage.window().await?;
        agent.visit(&link).await?;
        agent.sign_in().await?;
        agent.is_unharmed("the desk").await?;
        agent.open_conversation("").await?;
        agent.take_over().await?;
        agent.reply("好的").await?;
        customer.hears("好的").await?;
        customer.saying(".bar", name).await?;
        customer.is_unharmed("the widget").await
    })
    .await
}

#[tokio::test]
async fn knowledge_stays_text_where_it_is_shown() -> Told {
    play("inert-knowledge", async |stage| {
        let answer = format!("Before. {}\n\n**bold** After zebra.", HOSTILE.join("\n\n"));
        stage.shop.learn(&json!({ "id": "hostile", "question": "What is the zebra <b>policy</b>?",
            "phrasings": ["zebra policy please"], "answer": answer, "category": "<i>x</i>", "lang": "en" }))?;
        let customer = stage.customer("en").await?;
        customer.open_chat().await?;
        customer.say("zebra policy please").await?;
        customer.hears("After zebra.").await?;
        customer.is_unharmed("the widget").await?;
        let visitor = stage.window().await?;
        visitor.visit(&format!("{}help/hostile?lang=en", stage.shop.home)).await?;
        visitor.saying("main", "After zebra.").await?;
        visitor.is_unharmed("the help page").await?;

        let agent = stage.agent().await?;
        agent.visit(&format!("{}/knowledge?q=zebra", stage.shop.desk)).await?;
        agent.saying("#entries .title", "zebra <b>policy</b>").await?;
        agent.is_unharmed("the knowledge list").await?;
        agent.visit(&format!("{}/knowledge/hostile", stage.shop.desk)).await?;
        agent.element("form#entry").await?;
        agent.is_unharmed("the entry").await?;
        agent.visit(&format!("{}?tab=all", stage.shop.desk)).await?;
        agent.open_conversation("").await?;
        agent.reads("After zebra.").await?;
        agent.is_unharmed("the conversation").await
    })
    .await
}
