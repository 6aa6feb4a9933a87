//! A customer asks; the assistant answers.

use anyhow::ensure;

use crate::stage::{Told, play};

#[tokio::test]
async fn a_question_in_chinese_finds_its_answer() -> Told {
    play("chinese", async |stage| {
        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        customer.hears("AI").await?;
        customer.say("取消订单").await?;
        customer.hears("点“取消订单”").await?;
        customer.saying(".foot", "由 AI 生成").await?;
        customer.say("谢谢").await?;
        customer.hears_messages(2).await
    })
    .await
}

#[tokio::test]
async fn a_question_in_english_finds_its_answer() -> Told {
    play("english", async |stage| {
        let customer = stage.customer("en").await?;
        customer.open_chat().await?;
        customer.say("cancel order").await?;
        customer.hears("You can cancel before shipping").await?;
        customer.saying(".foot", "AI-generated").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_starter_is_a_question() -> Told {
    play("starter", async |stage| {
        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        let chip = customer.element(".suggest .chip").await?;
        let words = chip.text().await?;
        chip.click().await?;
        customer.saying(".log .msg.mine .bubble", &words).await?;
        customer.hears_messages(1).await
    })
    .await
}

/// Questions that may be unclear to the assistant.
const UNCLEAR: [&str; 14] = [
    "运费", "发票", "退", "会员", "地址", "多久", "优惠", "密码", "物流", "积分", "尺寸", "清洗", "订单",
    "配送",
];

#[tokio::test]
async fn an_unclear_question_gets_choices_and_a_choice_gets_its_answer() -> Told {
    play("choices", async |stage| {
        let unclear =
            stage.question(&UNCLEAR, |answer| answer["rung"] == "suggest" || answer["rung"] == "clarify")?;
        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        customer.say(unclear).await?;
        customer.hears_messages(1).await?;
        let chip = customer.element(".suggest .chip").await?;
        let words = chip.text().await?;
        chip.click().await?;
        customer.saying(".log .msg.mine .bubble", &words).await?;
        customer.hears_messages(2).await
    })
    .await
}

/// Questions that the longer articles answer.
const LONGER: [&str; 6] = [
    "return window and how refunds are paid",
    "how do you protect my personal data",
    "how long is furniture under warranty",
    "which membership levels are there",
    "what does shipping to remote regions cost",
    "can I get a VAT invoice for my company",
];

#[tokio::test]
async fn an_answer_names_its_source_and_the_source_opens() -> Told {
    play("sources", async |stage| {
        let longer = stage.question(&LONGER, |answer| {
            answer["sources"].as_array().is_some_and(|sources| !sources.is_empty())
        })?;
        let customer = stage.customer("en").await?;
        customer.open_chat().await?;
        customer.say(longer).await?;
        let source = customer.element(".source").await?;
        let address = source.attr("href").await?.unwrap_or_default();
        ensure!(source.attr("target").await?.as_deref() == Some("_blank"), "the talk would be left");
        customer.visit(&address).await?;
        customer.element("main h1").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_thumb_down_asks_why_and_offers_a_person() -> Told {
    play("thumb", async |stage| {
        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        customer.say("取消订单").await?;
        customer.click(".thumbs button[aria-label='没帮助']").await?;
        customer.click_saying(".why .chip", "已经过时").await?;
        customer.click_saying(".why button", "提交").await?;
        customer.saying(".tools [role=status]", "已记下").await?;
        customer.click(".thumbs button[aria-label='没帮助']").await?;
        customer.click(".thumbs button[aria-label='没帮助']").await?;
        customer.click_saying(".why button", "转人工").await?;
        customer.is_told("转接人工").await
    })
    .await
}

#[tokio::test]
async fn what_was_said_is_there_after_a_reload() -> Told {
    play("reload", async |stage| {
        let customer = stage.customer("zh").await?;
        customer.open_chat().await?;
        customer.say("取消订单").await?;
        customer.hears("点“取消订单”").await?;
        customer.reload().await?;
        customer.hears("点“取消订单”").await?; // it was open, so it opens again
        customer.saying(".log .msg.mine .bubble", "取消订单").await?;
        customer.say("怎么开发票").await?;
        customer.hears("申请发票").await?;
        let shown = customer.run("return $$('.log .msg.mine').length;", &[]).await?;
        ensure!(shown.json() == 2, "shown twice: {:?}", shown.json());
        Ok(())
    })
    .await
}
