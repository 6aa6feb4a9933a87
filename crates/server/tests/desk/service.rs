//! Customers, drafted replies, actions and the duty table, as people at the desk see them.

use domain::{ConversationId, Role};
use testkit::{OrderService, TestDesk, TestServer};

use crate::browser::signed_in;

async fn open() -> (OrderService, TestServer) {
    let orders = OrderService::open().await;
    let desk = TestDesk::with().knows("怎么退货", "7 天内可退。").acts(orders.actions());
    (orders, TestServer::around(desk).await)
}

fn page_of(id: &ConversationId) -> String {
    format!("/desk/conversations/{id}")
}

/// The address of the first form or link that begins and ends so.
fn address(page: &str, begin: &str, end: &str) -> String {
    let found = page.split('"').find(|part| part.starts_with(begin) && part.ends_with(end));
    found.unwrap_or_else(|| panic!("{begin}…{end} is missing: {page}")).to_owned()
}

#[tokio::test]
async fn who_the_customer_is_stands_beside_the_conversation_and_can_be_corrected_and_erased() {
    let (_orders, server) = open().await;
    let lin = server.desk.signed_in("lin").await;
    lin.says("我穿M码").await;
    let id = lin.says("我的订单到哪了").await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let page = owner.page(&page_of(&id)).await;
    for part in ["已登录本店，编号 lin", "name of lin", "QH20261101", "已发货", "尺码", "办理 find_order"]
    {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
    let customer = address(&page, "/desk/customers/", "");
    let page = owner.submit(&customer, &[("name", "size"), ("value", "<b>L</b>")]).await;
    assert!(
        page.contains("已保存")
            && page.contains("&#60;b&#62;L&#60;/b&#62;")
            && page.contains("店主 Owner 填写")
            || page.contains("填写"),
        "{page}"
    );
    assert!(!page.contains("<b>L"), "{page}");
    let page = owner.submit(&format!("{customer}/facts/size/erase"), &[]).await;
    assert!(page.contains("删除 尺码"), "{page}");
    assert_eq!(
        owner.send(&customer, &[("name", "name"), ("value", "x")]).await.status,
        400,
        "the shop's word"
    );
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    assert_eq!(wang.send(&format!("{customer}/forget"), &[]).await.status, 403);
    let page = owner.submit(&format!("{customer}/forget"), &[("words", "1")]).await;
    assert!(page.contains("忘记顾客和对话") && page.contains("未验证"), "{page}");
    assert!(!owner.page(&page_of(&id)).await.contains("QH20261101"));
}

#[tokio::test]
async fn a_drafted_reply_is_edited_and_sent() {
    let (_orders, server) = open().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let row = [("topic", "test"), ("duty", "draft"), ("why", "先看看")];
    let page = owner.submit("/desk/duty", &row).await;
    for part in ["已更改", "助手起草，人工发送", "先看看"] {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
    let rows = page.matches("<li class=\"duty\">").count();
    assert_eq!(page.matches("name=\"topic\"").count(), rows, "each row can be changed where it stands");
    assert!(page.contains("<option value=\"draft\" selected>"), "{page}");
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    assert_eq!(wang.send("/desk/duty", &row).await.status, 403);
    assert!(!wang.page("/desk/duty").await.contains("name=\"topic\""));
    assert!(wang.page("/desk/duty").await.contains("只有负责人可以更改"));
    let id = server.desk.customer("李雷").says("怎么退货").await;
    let page = wang.page(&page_of(&id)).await;
    assert!(page.contains("建议回复") && page.contains(">7 天内可退。</textarea>"), "{page}");
    assert!(page.contains("按分工表由人工处理"), "{page}");
    let send = address(&page, "/desk/proposals/", "/send");
    let page =
        wang.submit(&send, &[("conversation", id.as_str()), ("text", "7 天内可退，运费我们出。")]).await;
    assert!(page.contains("运费我们出。") && !page.contains("建议回复"), "{page}");
    let again = wang.send(&send, &[("conversation", id.as_str()), ("text", "再来一次")]).await;
    assert_eq!(again.status, 404);
    assert_eq!(server.desk.told(&id).await.last().unwrap(), "王小明: 7 天内可退，运费我们出。");
}

#[tokio::test]
async fn a_refund_waits_for_a_persons_yes() {
    let (orders, server) = open().await;
    let lin = server.desk.signed_in("lin").await;
    for words in ["我要退款", "QH20261101", "颜色不喜欢"] {
        lin.says(words).await;
    }
    let id = lin.says("确认").await;
    server.desk.quiet().await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let page = wang.page(&page_of(&id)).await;
    for part in ["同意办理", "颜色不喜欢", "金额：¥899.00", "顾客已确认，按分工表还要人工同意。"]
    {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
    let agree = address(&page, "/desk/calls/", "/agree");
    wang.submit(&agree, &[("conversation", id.as_str())]).await;
    server.desk.quiet().await;
    assert_eq!(orders.written(), ["refund of QH20261101"]);
    let told = server.desk.told(&id).await.join("\n");
    assert!(!told.contains("金额 ¥899"), "what was looked up for the person is not told: {told}");
    let page = wang.page(&page_of(&id)).await;
    assert!(page.contains("退款申请已提交") && !page.contains("同意办理"), "{page}");
    assert_eq!(wang.send(&agree, &[("conversation", id.as_str())]).await.status, 400, "decided once");
}
