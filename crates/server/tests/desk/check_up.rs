//! The check-up of the knowledge at the desk.

use domain::Role;
use testkit::{TestDesk, TestServer};

use crate::browser::signed_in;

async fn shop() -> TestServer {
    let desk = TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退，详见[规则](#没有这一节)。")
        .knows("请问怎么退货呢", "签收后 15 天内可以退。")
        .knows("怎么开发票", "在订单页申请。");
    let server = TestServer::around(desk).await;
    server.desk.reception.operator().check_up().await.unwrap();
    server
}

/// The first address of this act on the page.
fn act(page: &str, name: &str) -> String {
    let end = page.find(&format!("/{name}\"")).expect("the page offers it");
    let begin = page[..end].rfind('"').unwrap();
    format!("{}/{name}", &page[begin + 1..end])
}

#[tokio::test]
async fn findings_are_read_filtered_and_settled_with_one_click() {
    let server = shop().await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let knowledge = editor.page("/desk/knowledge").await;
    assert!(knowledge.contains("href=\"/desk/check-up\">体检 <b class=\"count\">2</b>"), "{knowledge}");
    let page = editor.page("/desk/check-up").await;
    for part in ["说法矛盾 · 1", "失效链接 · 1", "错误 · 2", "7 天内", "15 天内", "2 项"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let links = editor.page("/desk/check-up?kind=dead_link").await;
    assert!(links.contains("没有这一节") && !links.contains("<blockquote><a"), "{links}");

    let page = editor.submit(&act(&links, "fix"), &[("here", "/desk/check-up?kind=")]).await;
    assert!(page.contains("已改好"), "{page}");
    assert!(editor.page("/desk/knowledge/e1").await.contains("详见规则。"));
    server.desk.reception.operator().check_up().await.unwrap();

    let page = editor.page("/desk/check-up").await;
    let page = editor.submit(&act(&page, "settle"), &[("reason", "<b>两种商品</b>")]).await;
    assert!(page.contains("文字改动之前不会再出现") && page.contains("没有这一类问题"), "{page}");
    let settled = editor.page("/desk/check-up?state=settled").await;
    assert!(settled.contains("编辑 处理于") && settled.contains("&#60;b&#62;两种商品"), "{settled}");
    assert!(!editor.page("/desk/knowledge").await.contains("<b class=\"count\">"), "nothing waits");
    editor.submit(&act(&settled, "reopen"), &[]).await;
    assert!(editor.page("/desk/check-up").await.contains("说法矛盾"));
}

#[tokio::test]
async fn who_may_not_edit_reads_only() {
    let server = shop().await;
    let agent = signed_in(&server, "王小明", Role::Agent).await;
    let page = agent.page("/desk/check-up").await;
    assert!(page.contains("说法矛盾") && !page.contains("/settle\""), "{page}");
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let address = act(&editor.page("/desk/check-up").await, "settle");
    assert_eq!(agent.send(&address, &[]).await.status, 403);
    assert_eq!(agent.send("/desk/check-up/links", &[]).await.status, 403);
}

#[tokio::test]
async fn what_an_entry_is_worth_is_shown_and_sorts() {
    let server = shop().await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    server.desk.customer("李雷").says("怎么开发票").await;
    server.desk.quiet().await;
    let list = editor.page("/desk/knowledge?sort=asked").await;
    let place = |title: &str| list.find(title).unwrap();
    assert!(place("怎么开发票") < place("怎么退货"), "{list}");
    assert!(list.contains("问 1 · 答 1 · 28 天内新增 1 次"), "{list}");
    let entry = editor.page("/desk/knowledge/e3").await;
    assert!(entry.contains("最近用到") && entry.contains("问 <b class=\"number\">1</b>"), "{entry}");
}
