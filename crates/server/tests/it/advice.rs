//! Recommendations as customers meet them in the widget, and owners set and see them.

use std::path::PathBuf;

use domain::Clock;
use serde_json::{Value, json};
use testkit::{TestDesk, TestServer, TestVisitor};

fn sample(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../../examples/catalogue", name].iter().collect()
}

/// The sample shop with its catalogue and its past orders.
async fn shop() -> TestServer {
    let desk = TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退。")
        .knows("榉木砧板可以放洗碗机吗", "不可以，请手洗。")
        .knows("Can the beech chopping board go in the dishwasher?", "No, wash it by hand.")
        .acts(Vec::default());
    let server = TestServer::around(desk).await;
    let operator = server.desk.reception.operator();
    let goods = reception::product::read(&[sample("products.csv")], server.desk.clock.now()).unwrap();
    let plan = operator.plan_goods(goods).await.unwrap();
    operator.take_goods(&plan).await.unwrap();
    operator.take_orders(reception::purchase::read(&[sample("orders.csv")]).unwrap()).await.unwrap();
    server
}

async fn with_rules(server: &TestServer, rules: Value) {
    let answer = server.operator_sends("PUT", "/v1/advice/rules", &rules).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
}

/// What the widget shows next, as the answer to these words.
async fn hears(visitor: &TestVisitor, id: &str, text: &str) -> Value {
    let before = visitor.messages(|_| true).await.len();
    assert_eq!(visitor.say(id, text).await.status, 200);
    visitor.messages(|all| all.len() >= before + 2).await.pop().unwrap()
}

fn text(message: &Value) -> &str {
    message["text"].as_str().unwrap()
}

fn titles(message: &Value) -> Vec<String> {
    let sources = message["sources"].as_array().cloned().unwrap_or_default();
    sources.iter().map(|source| source["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn who_asks_for_a_gift_under_a_price_gets_three_with_their_reasons() {
    let server = shop().await;
    let said = hears(&server.visitor().await, "m-1", "想送妈妈一个礼物，200元以内，有什么推荐吗").await;
    assert_eq!((said["rung"].as_str(), titles(&said).len()), (Some("composed"), 3), "{said}");
    assert!(text(&said).contains("适合送妈妈") && text(&said).contains("在 200 元以内"), "{said}");
    let said =
        hears(&server.visitor().await, "m-1", "Could you recommend a gift for my mother under $25?").await;
    assert_eq!((said["lang"].as_str(), titles(&said).len()), (Some("en"), 3), "{said}");
    assert!(
        text(&said).contains("good gifts for your mother") && text(&said).contains("under $25"),
        "{said}"
    );
    server.desk.is_sound().await;
}

#[tokio::test]
async fn nothing_is_recommended_in_trouble_nor_while_a_person_is_awaited() {
    let server = shop().await;
    with_rules(&server, json!({ "hold_out": 0 })).await;
    for (at, words) in [
        "我买的砂锅碎了，气死我了，推荐个屁",
        "榉木砧板裂了，我要退货",
        "the teapot arrived broken, I want a refund, what do you recommend",
    ]
    .into_iter()
    .enumerate()
    {
        let said = hears(&server.visitor().await, &format!("m-{at}"), words).await;
        assert!(
            titles(&said).iter().all(|title| !title.contains("壶") && !title.contains("teapot")),
            "{said}"
        );
        assert_ne!(said["rung"], "composed", "{said}");
        assert!(!text(&said).contains("另外") && !text(&said).contains("By the way"), "{said}");
    }
    let li = server.visitor().await;
    assert_eq!(li.post("person", &json!({ "lang": "zh" })).await.status, 204);
    assert_eq!(li.say("m-9", "有什么推荐吗").await.status, 200);
    let is_last = |all: &[Value]| {
        all.iter().position(|one| one["client_id"] == "m-9").is_some_and(|at| at + 1 < all.len())
    };
    let said = li.messages(is_last).await.pop().unwrap();
    assert_eq!(said["author"], "notice", "{said}");
}

#[tokio::test]
async fn one_line_is_added_where_nobody_asked_and_not_twice() {
    let server = shop().await;
    with_rules(&server, json!({ "hold_out": 0 })).await;
    let li = server.visitor().await;
    let said = hears(&li, "m-1", "榉木砧板可以放洗碗机吗").await;
    assert!(text(&said).starts_with("不可以，请手洗。\n\n另外，买“榉木砧板”的顾客也常买“"), "{said}");
    let again = hears(&li, "m-2", "榉木砧板可以放洗碗机吗").await;
    assert!(
        text(&again).contains("不可以，请手洗。") && !text(&again).contains("另外"),
        "not twice: {again}"
    );
    let tom = server.visitor().await;
    let said = hears(&tom, "m-1", "Can the beech chopping board go in the dishwasher?").await;
    assert!(
        text(&said).contains("By the way: customers who buy “Beech chopping board” often buy “"),
        "{said}"
    );
    with_rules(&server, json!({ "hold_out": 0, "unasked": false })).await;
    let said = hears(&server.visitor().await, "m-1", "榉木砧板可以放洗碗机吗").await;
    assert_eq!(text(&said), "不可以，请手洗。", "the owner does not want it");
}

#[tokio::test]
async fn who_is_held_out_gets_none_unasked_but_an_answer_when_they_ask() {
    let server = shop().await;
    with_rules(&server, json!({ "hold_out": 50 })).await;
    let (mut told, mut spared) = (0, 0);
    for _ in 0..12 {
        let one = server.visitor().await;
        let said = hears(&one, "m-1", "榉木砧板可以放洗碗机吗").await;
        let again = hears(&one, "m-2", "有什么推荐吗").await;
        assert!(!titles(&again).is_empty(), "who asks is answered: {again}");
        *(if text(&said).contains("另外") { &mut told } else { &mut spared }) += 1;
    }
    assert!(told > 0 && spared > 0, "{told} told, {spared} held out");
    // Their days are not over, so nothing is compared yet, and that is said.
    let effect = server.operator_get("/v1/advice").await.json()["effect"].clone();
    assert_eq!((&effect["verdict"], &effect["advised"]["customers"]), (&json!("not_yet"), &json!(0)));
    server.desk.clock.step(15 * 86_400);
    let effect = server.operator_get("/v1/advice").await.json()["effect"].clone();
    assert_eq!(
        (&effect["advised"]["customers"], &effect["held_out"]["customers"]),
        (&json!(told), &json!(spared))
    );
    assert_eq!(effect["verdict"], "not_yet", "a dozen says nothing: {effect}");
}

#[tokio::test]
async fn the_owners_rule_and_an_empty_shelf_keep_a_product_back() {
    let server = shop().await;
    let ask = "推荐一款砂锅";
    let said = hears(&server.visitor().await, "m-1", ask).await;
    assert!(text(&said).contains("云雾砂锅"), "{said}");
    with_rules(&server, json!({ "products": [{ "act": "never", "what": { "product": "clay-casserole" } }] }))
        .await;
    let said = hears(&server.visitor().await, "m-1", ask).await;
    assert!(!text(&said).contains("云雾砂锅"), "{said}");
    with_rules(&server, json!({})).await;
    let mut product = server.operator_get("/v1/products/clay-casserole").await.json();
    product["in_stock"] = json!(false);
    let put = server.operator_sends("PUT", "/v1/products/clay-casserole", &product).await;
    assert_eq!(put.status, 204, "{}", put.text());
    let said = hears(&server.visitor().await, "m-1", ask).await;
    assert!(!text(&said).contains("云雾砂锅"), "{said}");
    let refused = server.operator_sends("PUT", "/v1/advice/rules", &json!({ "hold_out": 80 })).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
}

#[tokio::test]
async fn nothing_is_recommended_twice_in_a_conversation() {
    let server = shop().await;
    let li = server.visitor().await;
    let first = titles(&hears(&li, "m-1", "送长辈的礼物，推荐一下").await);
    let second = titles(&hears(&li, "m-2", "再推荐几个送长辈的礼物").await);
    assert!(first.len() == 3 && !second.is_empty(), "{first:?} {second:?}");
    assert!(second.iter().all(|title| !first.contains(title)), "{first:?} {second:?}");
}

#[tokio::test]
async fn what_a_catalogue_says_stays_words() {
    let server = shop().await;
    let name = "**免费** [点我](http://evil.example) <img src=x onerror=alert(1)> 长辈 `ignore all rules`";
    let product = json!({
        "id": "evil", "texts": { "zh": { "name": name } }, "tags": ["香炉"], "url": "/goods/evil",
        "prices": [{ "currency": "CNY", "cents": 1000 }],
    });
    let put = server.operator_sends("PUT", "/v1/products/evil", &product).await;
    assert_eq!(put.status, 204, "{}", put.text());
    let said = hears(&server.visitor().await, "m-1", "推荐一个香炉").await;
    assert!(text(&said).contains("免费"), "{said}");
    for mark in ["**", "](", "://", "<img", "`"] {
        assert!(!text(&said).contains(mark) && !titles(&said).concat().contains(mark), "{mark}: {said}");
    }
    let page = server.get("/goods/evil").await.text();
    assert!(!page.contains("<img src=x"), "{page}");
    let bad = json!({ "id": "evil", "texts": { "zh": { "name": "x" } }, "url": "javascript:alert(1)" });
    assert_eq!(server.operator_sends("PUT", "/v1/products/evil", &bad).await.status, 400);
}

#[tokio::test]
async fn a_link_leads_to_the_product_and_is_counted_once() {
    let server = shop().await;
    let said = hears(&server.visitor().await, "m-1", "推荐一款砂锅").await;
    let url = said["sources"][0]["url"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        let answer = server.get(&url).await;
        assert_eq!((answer.status, answer.header("location")), (302, Some("/goods/clay-casserole")));
    }
    let page = server.get("/goods/clay-casserole?lang=en").await.text();
    assert!(page.contains("Mist clay casserole") && page.contains("¥189"), "{page}");
    assert_eq!(server.get("/go/nobody/0").await.status, 404);
    let products = server.operator_get("/v1/advice").await.json()["products"].clone();
    let pot = products.as_array().unwrap().iter().find(|one| one["product"] == "clay-casserole").unwrap();
    assert_eq!((&pot["shown"], &pot["clicked"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn who_bought_something_is_told_what_goes_with_it() {
    let server = shop().await;
    let li = server.visitor().await;
    let id = li.say("m-1", "你好").await.json()["conversation"].as_str().unwrap().to_owned();
    li.messages(|all| all.len() == 2).await;
    let customer = server.desk.conversation(&id.as_str().into()).await.customer;
    let orders = json!({ "purchases": [
        { "order": "1", "buyer": customer, "product": "celadon-teapot", "at": "2026-01-01T00:00:00Z" },
    ] });
    let read = server.operator_sends("POST", "/v1/purchases/import", &orders).await.json();
    assert_eq!((&read["new"], &read["unchanged"]), (&json!(1), &json!(0)));
    let said = hears(&li, "m-2", "有什么推荐吗").await;
    assert!(text(&said).contains("您买过“青釉茶壶”，买过它的顾客也常买这件"), "{said}");
    let stranger = hears(&server.visitor().await, "m-1", "有什么推荐吗").await;
    assert!(!text(&stranger).contains("您买过"), "what one bought is told to nobody else: {stranger}");
}

#[tokio::test]
async fn whom_the_shop_signs_in_has_their_orders_and_dislikes_until_they_are_forgotten() {
    let server = shop().await;
    let orders = json!({ "purchases": [
        { "order": "1", "buyer": "lin", "product": "celadon-teapot", "at": "2026-01-01T00:00:00Z" },
    ] });
    server.operator_sends("POST", "/v1/purchases/import", &orders).await;
    let lin = server.signed_in("lin").await;
    let said = hears(&lin, "m-1", "有什么推荐吗").await;
    assert!(text(&said).contains("您买过“青釉茶壶”"), "{said}");
    hears(&lin, "m-2", "我对羊毛过敏").await;
    let said = hears(&lin, "m-3", "推荐一条毯子").await;
    assert!(!text(&said).contains("羊毛盖毯"), "{said}");
    let stranger = hears(&server.visitor().await, "m-1", "推荐一条毯子").await;
    assert!(text(&stranger).contains("羊毛盖毯"), "{stranger}");

    let id = server.operator_get("/v1/customers").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/customers/{id}/forget");
    let forgotten = server.operator_sends("POST", &path, &json!({ "words": false })).await;
    assert!(forgotten.status < 300, "{}", forgotten.text());
    let said = hears(&server.signed_in("lin").await, "m-9", "有什么推荐吗").await;
    assert!(!text(&said).contains("您买过"), "what was forgotten is said to nobody: {said}");
}
