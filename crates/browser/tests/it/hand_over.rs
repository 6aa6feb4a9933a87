//! The assistant steps back, a person takes over.

use anyhow::ensure;

use crate::stage::{Told, play};

#[tokio::test]
async fn a_person_takes_over_and_the_customer_judges_in_the_end() -> Told {
    play("hand-over", async |stage| {
        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        customer.say("我要找人工客服").await?;
        customer.is_told("转接人工").await?;

        let agent = stage.agent().await?;
        agent.open_conversation("").await?;
        agent.reads("我要找人工客服").await?;
        agent.take_over().await?;
        customer.saying(".bar", "正在为您服务").await?;

        agent.reply("您好，我是小李，请讲。").await?;
        customer.hears("您好，我是小李，请讲。").await?;
        customer.say("我的杯子碎了").await?;
        agent.reads("我的杯子碎了").await?;
        agent.reply("这就给您补寄一个。").await?;
        customer.hears("这就给您补寄一个。").await?;
        let by_machine = "return $$('.log .msg.theirs').filter((m) => m.querySelector('.thumbs')).length;";
        ensure!(customer.run(by_machine, &[]).await?.json() == 0, "the assistant spoke up");

        agent.close_conversation().await?;
        customer.element("input[name=score]").await?;
        customer.click_saying("label.score", "5").await?;
        customer.write(".card textarea", "很周到").await?;
        customer.click_saying(".card button", "提交").await?;
        customer.saying(".card", "您的评价已收到").await?;
        customer.say("取消订单").await?;
        customer.hears("点“取消订单”").await
    })
    .await
}

#[tokio::test]
async fn the_assistant_comes_back_when_the_customer_or_the_agent_wants_it() -> Told {
    play("give-back", async |stage| {
        let customer = stage.customer("en").await?;
        customer.open_chat().await?;
        customer.click_saying(".foot button", "Talk to a person").await?;
        customer.click_saying(".foot button", "Back to").await?;
        customer.saying(".foot button", "Talk to a person").await?;
        customer.say("cancel order").await?;
        customer.hears("You can cancel before shipping").await?;

        customer.say("real person pls").await?;
        customer.saying(".foot button", "Back to").await?;
        let agent = stage.agent().await?;
        agent.open_conversation("").await?;
        agent.take_over().await?;
        agent.reply("Hello there").await?;
        customer.hears("Hello there").await?;
        agent.click("form[action$='/give-back'] button").await?;
        customer.saying(".foot button", "Talk to a person").await?;
        customer.say("change address").await?;
        customer.until("an answer", "return $$('.thumbs').length >= 2;", &[]).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_customer_ends_the_conversation_and_is_asked_how_it_was() -> Told {
    play("customer-ends", async |stage| {
        let customer = stage.customer("en").await?;
        customer.open_chat().await?;
        customer.say("cancel order").await?;
        customer.hears("You can cancel before shipping").await?;
        customer.click(".head button[aria-label='End conversation']").await?;
        customer.click_saying(".bar button", "End conversation").await?;
        customer.click_saying("label.score", "4").await?;
        customer.click_saying(".card button", "Submit").await?;
        customer.saying(".card", "your rating has arrived").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn of_two_agents_one_has_the_conversation() -> Told {
    play("two-agents", async |stage| {
        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        customer.say("转人工").await?;
        customer.is_told("转接人工").await?;

        let first = stage.agent().await?;
        first.visit(&format!("{}/team", stage.shop.desk)).await?;
        first.write("form.invite input[name=name]", "小王").await?;
        first.click("form.invite button").await?;
        let link = first.element("#link").await?.text().await?;
        let second = stage.window().await?;
        second.visit(&link).await?;
        second.sign_in().await?;
        first.visit(&stage.shop.desk).await?;
        first.open_conversation("").await?;
        second.open_conversation("").await?;
        first.take_over().await?;
        let taken = "return !document.querySelector(\"form[action$='/take-over']\");";
        second.until("the second agent sees that it is taken", taken, &[]).await?;
        first.reply("我来处理").await?;
        second.reads("我来处理").await
    })
    .await
}
