//! What customers want: read, taught and tried.

use domain::Role;
use testkit::{TestDesk, TestServer};

use crate::browser::signed_in;

const INVOICE: &str = "怎么开发票\r\n\r\n 发票抬头写错了 \r\n我要一张电子发票\r\nI need an invoice\r\nsend me the invoice please";
const DELIVERY: &str =
    "快递到哪了\r\n什么时候发货\r\nwhen does my parcel arrive\r\nwhere is my parcel\r\ntrack my delivery";

#[tokio::test]
async fn an_intent_of_ones_own_is_taught_and_tried() {
    let server = TestServer::around(TestDesk::with().knows("怎么退货", "7 天内可退。")).await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    assert!(editor.page("/desk/knowledge").await.contains("href=\"/desk/intents\""));
    let list = editor.page("/desk/intents").await;
    assert!(list.contains("href=\"/desk/intents/test\"") && list.contains("知识里 1 种问法"), "{list}");

    let page = editor.submit("/desk/intents", &[("name", " invoice "), ("texts", INVOICE)]).await;
    for part in ["已保存，几秒后学会", "<h1>发票</h1>", "自己的例句 5 句", "发票抬头写错了</span>"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    editor.submit("/desk/intents/delivery", &[("texts", DELIVERY)]).await;
    server.desk.reception.adapt().await;
    let tried = editor
        .page("/desk/intents?try=%E5%BF%AB%E9%80%92%E5%88%B0%E5%93%AA%E4%BA%86%EF%BC%8C%E6%80%8E%E4%B9%88%E5%BC%80%E5%8F%91%E7%A5%A8")
        .await;
    assert!(tried.contains("<span>配送</span>") && tried.contains("<span>发票</span>"), "{tried}");
    assert!(!tried.contains("还没有学会"), "{tried}");

    let of_knowledge = editor.page("/desk/intents/test").await;
    assert!(of_knowledge.contains("/desk/knowledge?category=test"), "{of_knowledge}");
    assert_eq!(editor.get("/desk/intents/nobody").await.status, 404);
}

#[tokio::test]
async fn two_intents_of_the_same_words_are_told_apart() {
    let server = TestServer::new().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    owner.submit("/desk/intents", &[("name", "invoice"), ("texts", "怎么开发票")]).await;
    assert!(!owner.page("/desk/intents").await.contains(">invoice</span>"));
    owner.submit("/desk/intents", &[("name", "invoices"), ("texts", "发票抬头")]).await;
    let list = owner.page("/desk/intents").await;
    assert!(list.contains(">invoice</span>") && list.contains(">invoices</span>"), "{list}");
}

#[tokio::test]
async fn an_entry_of_no_group_is_shown_by_its_question() {
    let server = TestServer::new().await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let fields = [
        ("kind", "answer"),
        ("title_zh", "会员积分怎么用"),
        ("phrasings_zh", "积分能抵现吗\n积分兑换"),
        ("answer_zh", "在结算页勾选。"),
    ];
    editor.submit("/desk/knowledge/new", &fields).await;
    let list = editor.page("/desk/intents").await;
    assert!(list.contains("会员积分怎么用") && list.contains("知识里 3 种问法"), "{list}");
}

#[tokio::test]
async fn the_last_example_removed_takes_the_intent_with_it() {
    let server = TestServer::new().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    owner.submit("/desk/intents", &[("name", "a/b ?"), ("texts", "one\ntwo")]).await;
    let page = owner.submit("/desk/intents/a%2Fb%20%3F/remove", &[("text", "one")]).await;
    assert!(page.contains("已删除") && page.contains("two</span>") && !page.contains("one</span>"), "{page}");
    let list = owner.submit("/desk/intents/a%2Fb%20%3F/remove", &[("text", "two")]).await;
    assert!(list.contains("已删除") && list.contains("还没有意图"), "{list}");
}

#[tokio::test]
async fn what_is_no_example_is_not_saved_and_nothing_typed_is_lost() {
    let server = TestServer::new().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let long = format!("短句\n{}", "长".repeat(501));
    let refused = owner.send("/desk/intents", &[("name", "invoice"), ("texts", &long)]).await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("没有保存") && page.contains(&long) && page.contains("还没有意图"), "{page}");
    let refused = owner.send("/desk/intents", &[("name", "invoice"), ("texts", " \r\n")]).await;
    assert!(refused.status == 422 && refused.text().contains("至少写一句"));
}

#[tokio::test]
async fn who_may_not_edit_reads_and_tries_only() {
    let server = TestServer::around(TestDesk::with().knows("怎么退货", "7 天内可退。")).await;
    let agent = signed_in(&server, "王小明", Role::Agent).await;
    let list = agent.page("/desk/intents?try=x").await;
    assert!(list.contains("没有认出意图") && !list.contains("name=\"texts\""), "{list}");
    assert_eq!(agent.send("/desk/intents/test", &[("texts", "x")]).await.status, 403);
    assert_eq!(agent.send("/desk/intents/test/remove", &[("text", "x")]).await.status, 403);
}

#[tokio::test]
async fn markup_in_examples_is_inert() {
    let server = TestServer::new().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let (name, text) = ("<b>\"><script>alert(1)</script>", "\"><img src=x onerror=alert(2)>");
    let page = owner.submit("/desk/intents", &[("name", name), ("texts", text)]).await;
    let list = owner.page("/desk/intents?try=%3Cscript%3Ealert(3)%3C/script%3E").await;
    let refused =
        owner.send("/desk/intents", &[("name", ""), ("texts", "</textarea><script>alert(4)")]).await;
    for shown in [page, list, refused.text()] {
        for bad in ["<script>alert", "<img src", "\"><script", "<b>\""] {
            assert!(!shown.contains(bad), "{bad}: {shown}");
        }
    }
}
