//! Language models in the settings and in the story of an answer.

use assistant::llm::ChatSettings;
use domain::Role;
use reception::{Budgets, Limit, Writers, Writing};
use testkit::{ModelStub, Talk, TestDesk, TestServer};

use crate::browser::signed_in;

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_sees_how_models_stand_and_what_they_cost() {
    let server =
        TestServer::around(TestDesk::with().article(
            "退换货",
            "## 退货\n签收后 7 天内可以无理由退货。请在订单页申请。尺码不合适也可以寄回。\n",
        ))
        .await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    assert!(owner.page("/desk/settings").await.contains("没有接语言模型"));
    let (first, second) = (ModelStub::open().await, ModelStub::open().await);
    first.always(Talk::Status(401));
    second.always(Talk::says("签收后 7 天内可以无理由退货。[1]"));
    let at = |stub: &ModelStub, model: &str| ChatSettings {
        key: "s3cret".to_owned(),
        price_in: 1_000.0,
        ..ChatSettings::new(&stub.url(), model)
    };
    let budgets = Budgets { day: Limit { tokens: 0, money: 50.0 }, ..Budgets::default() };
    let models = vec![at(&first, "qwen3"), at(&second, "deepseek")];
    server.desk.reception.employ(Some(Writers::new(models, Writing::default(), budgets)));
    let question = serde_json::json!({ "question": "衣服尺码不合适想寄回去该怎么操作" });
    let answer = server.operator_sends("POST", "/v1/ask", &question).await;
    assert_eq!(answer.json()["rung"], "generated");
    let page = owner.page("/desk/settings").await;
    for part in
        ["qwen3", "deepseek", "连续失败，暂停使用", "正常", "今天", "CNY 0.10，上限 CNY 50.00", "本月"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("s3cret"), "a key is not shown");
    owner.submit("/desk/settings/language", &[("lang", "en")]).await;
    let page = owner.page("/desk/settings").await;
    for part in ["Language models", "failing, left alone", "today", "CNY 0.10 of CNY 50.00"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let agent = signed_in(&server, "小王", Role::Agent).await;
    assert!(!agent.page("/desk/settings").await.contains("deepseek"), "who does not manage sees no costs");
}
