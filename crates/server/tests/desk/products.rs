//! The catalogue and recommendations at the desk, in both languages.

use domain::Role;
use testkit::TestServer;

use crate::browser::{Browser, signed_in};

const TABLE: &str = "编号,名称,价格,标签\nP1,青釉茶壶,168,茶具|长辈\nP2,,20,茶具\nP3,云雾砂锅,189,锅具\n";

/// Chooses a file in a form.
async fn chooses(browser: &Browser, path: &str, name: &str, text: &str) -> testkit::Answer {
    let token = &browser.form_token;
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n--x\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n--x--\r\n"
    );
    browser.raw(path, "multipart/form-data; boundary=x", &body).await
}

#[tokio::test]
async fn products_are_imported_seen_edited_and_switched_off() {
    let server = TestServer::new().await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    assert!(editor.page("/desk/products").await.contains("还没有商品"));
    let answer = chooses(&editor, "/desk/products", "goods.csv", TABLE).await;
    let page = answer.text();
    assert_eq!(answer.status, 200, "{page}");
    for part in [
        "商品：新 2，改 0，不变 0，没收下 1",
        "goods.csv:3（名称）：没有填：没人知道这是什么",
        "云雾砂锅",
        "¥168",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let again = chooses(&editor, "/desk/products", "goods.csv", TABLE).await.text();
    assert!(again.contains("新 0，改 0，不变 2"), "{again}");
    let found = editor.page("/desk/products?q=%E7%A0%82%E9%94%85").await;
    assert!(found.contains("云雾砂锅") && !found.contains("青釉茶壶"), "{found}");

    let fields =
        [("name_zh", "云雾砂锅"), ("name_en", "Mist pot"), ("prices", "199"), ("url", "javascript:1")];
    let refused = editor.send("/desk/products/P3", &fields).await;
    assert!(
        refused.status == 422 && refused.text().contains("没有保存：链接一项：不是网址"),
        "{}",
        refused.text()
    );
    let fields = [("name_zh", "云雾砂锅"), ("prices", "很贵")];
    let refused = editor.send("/desk/products/P3", &fields).await.text();
    assert!(refused.contains("没有保存：“很贵”不是价格"), "{refused}");
    let fields =
        [("name_zh", "云雾砂锅"), ("name_en", "Mist pot"), ("prices", "199 CNY, 28 USD"), ("in_stock", "on")];
    let page = editor.submit("/desk/products/P3", &fields).await;
    assert!(page.contains("已保存") && page.contains("Mist pot") && page.contains("28.00 USD"), "{page}");
    let list = editor.page("/desk/products?show=not").await;
    assert!(list.contains("已关掉") && !list.contains("青釉茶壶"), "{list}");
    let agent = signed_in(&server, "客服", Role::Agent).await;
    assert_eq!(agent.send("/desk/products/P3", &fields).await.status, 403);
    let left = editor.submit("/desk/products/P3/remove", &[]).await;
    assert!(left.contains("已删除") && !left.contains("云雾砂锅"), "{left}");
}

#[tokio::test]
async fn categories_are_shown_by_the_names_of_the_catalogue() {
    let server = TestServer::new().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let table = "id,name,category,category_zh,category_en\nP1,茶壶,ceramics,陶瓷,Ceramics\nP2,台灯,lamps,,Lights\nP3,碗,bowls,,\n";
    let list = chooses(&owner, "/desk/products", "goods.csv", table).await.text();
    for name in ["<span>陶瓷</span>", "<span>Lights</span>", "<span>bowls</span>"] {
        assert!(list.contains(name), "{name}: {list}");
    }
    let page = owner.page("/desk/products/P1").await;
    assert!(page.contains("分类 · 陶瓷") && page.contains("name=\"category\" value=\"ceramics\""), "{page}");
    let page = owner.page("/desk/advice").await;
    assert!(
        page.contains("bowls = category:bowls，陶瓷 = category:ceramics，Lights = category:lamps"),
        "{page}"
    );
    owner.submit("/desk/settings/language", &[("lang", "en")]).await;
    let page = owner.page("/desk/advice").await;
    assert!(page.contains("Ceramics = category:ceramics, "), "{page}");
}

#[tokio::test]
async fn the_owner_sets_rules_and_is_told_that_data_is_missing() {
    let server = TestServer::new().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let page = owner.page("/desk/advice").await;
    assert!(page.contains("没有订单数据") && page.contains("还没有推荐过"), "{page}");
    let orders = "订单号,客户,商品编号,日期\n1,li,P1,2026-05-01\n1,li,P3,2026-05-01\n2,han,P1,不久以前\n";
    let read = chooses(&owner, "/desk/products/orders", "orders.csv", orders).await.text();
    assert!(
        read.contains("订单行：新 2，已有 0，没收下 1")
            && read.contains("orders.csv:4（下单时间）：“不久以前”不是时间"),
        "{read}"
    );
    assert!(owner.page("/desk/advice").await.contains("数据还不够"));

    let fields = [
        ("on", "on"),
        ("most_unasked", "2"),
        ("most_products", "6"),
        ("hold_out", "20"),
        ("days", "30"),
        ("after", "care, orders"),
        ("products", "pin product:P1 months 11,12\n\nnever tag:老款"),
    ];
    let page = owner.submit("/desk/advice", &fields).await;
    for part in
        ["已保存", "pin product:P1 months 11,12\nnever tag:老款", "value=\"20\"", "care, orders", "30 天"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let wrong = [fields.as_slice(), &[("products", "pin product:P1\nhide P3")]].concat();
    let wrong: Vec<_> = wrong.into_iter().filter(|field| field.1 != fields[6].1).collect();
    let refused = owner.send("/desk/advice", &wrong).await;
    assert!(refused.status == 422 && refused.text().contains("第 2 行看不懂：hide P3"), "{}", refused.text());
    owner.submit("/desk/settings/language", &[("lang", "en")]).await;
    let english = owner.page("/desk/advice").await;
    assert!(english.contains("Not enough data yet") && english.contains("Held out"), "{english}");
}
