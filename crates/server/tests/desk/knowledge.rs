//! Reading and writing what the assistant knows.

use domain::Role;
use testkit::{TestDesk, TestServer};

use crate::browser::signed_in;

const ENTRY: [(&str, &str); 4] = [
    ("kind", "answer"),
    ("category", "发票"),
    ("title_zh", "怎么开专用发票"),
    ("answer_zh", "在 **订单页** 申请。"),
];

/// The address that a page's editor saves to, and the state it has seen.
fn editor(page: &str) -> (String, String) {
    let between = |before: &str| {
        let (_, after) = page.split_once(before).expect("the page has an editor");
        after.split('"').next().unwrap_or_default().to_owned()
    };
    (between("class=\"editor\" method=\"post\" action=\""), between("name=\"seen\" value=\""))
}

#[tokio::test]
async fn a_saved_entry_is_found_by_a_search_at_once() {
    let server = TestServer::new().await;
    let editor_of = signed_in(&server, "编辑", Role::Editor).await;
    let page = editor_of.submit("/desk/knowledge/new", &ENTRY).await;
    assert!(page.contains("已保存，立即生效") && page.contains("<strong>订单页</strong>"), "{page}");

    assert!(editor_of.page("/desk/knowledge?q=%E4%B8%93%E7%94%A8").await.contains("怎么开专用发票"));
    assert!(!editor_of.page("/desk/knowledge?q=%E9%80%80%E8%B4%A7").await.contains("怎么开专用发票"));
    let tried = editor_of
        .page("/desk/knowledge?try=%E6%80%8E%E4%B9%88%E5%BC%80%E4%B8%93%E7%94%A8%E5%8F%91%E7%A5%A8")
        .await;
    for part in ["会这样回答", "原文回答", "考虑过的知识"] {
        assert!(tried.contains(part), "{part}: {tried}");
    }
    assert!(
        editor_of.page("/desk?tab=all").await.contains("还没有会话"),
        "trying leaves no trace in the inbox"
    );
}

#[tokio::test]
async fn well_known_categories_are_shown_in_words_and_kept_as_they_are() {
    let server = TestServer::new().await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let orders =
        [("kind", "answer"), ("category", "orders"), ("title_zh", "怎么改单"), ("answer_zh", "在订单页改。")];
    let page = editor.submit("/desk/knowledge/new", &orders).await;
    assert!(page.contains("name=\"category\" value=\"orders\""), "{page}");
    let list = editor.page("/desk/knowledge").await;
    assert!(
        list.contains("category=orders") && list.contains("<span>订单</span><span class=\"count\">1</span>"),
        "{list}"
    );
    server.desk.customer("李雷").says("怎么改单").await;
    assert!(editor.page("/desk?tab=all").await.contains("<span>订单</span>"), "what the customer wants");
}

#[tokio::test]
async fn the_categories_are_a_tree_that_filters_together_with_the_search() {
    let server = TestServer::new().await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    for (category, title) in
        [(" 订单 / 退货", "怎么退货"), ("订单/改单", "怎么改单"), ("发票", "怎么开票"), ("", "怎么联系")]
    {
        let fields =
            [("kind", "answer"), ("category", category), ("title_zh", title), ("answer_zh", "在订单页。")];
        editor.submit("/desk/knowledge/new", &fields).await;
    }
    let titles = |page: &str| {
        let all = ["怎么退货", "怎么改单", "怎么开票", "怎么联系"];
        all.into_iter()
            .filter(|title| page.contains(&format!("<span class=\"title\">{title}")))
            .collect::<Vec<_>>()
    };
    let all = editor.page("/desk/knowledge").await;
    assert_eq!(titles(&all).len(), 4);
    for part in [
        "全部分类</span><span class=\"count\">4",
        "订单</span><span class=\"count\">2",
        "退货</span><span class=\"count\">1",
        "没有分类</span><span class=\"count\">1",
        "<summary aria-label=\"展开或收起订单\">",
    ] {
        assert!(all.contains(part), "{part}: {all}");
    }
    let orders = editor.page("/desk/knowledge?category=%E8%AE%A2%E5%8D%95").await;
    assert_eq!(titles(&orders), ["怎么退货", "怎么改单"]);
    assert!(orders.contains("name=\"category\" value=\"订单\""), "a search stays within it: {orders}");
    let returns = editor.page("/desk/knowledge?category=%E8%AE%A2%E5%8D%95%2F%E9%80%80%E8%B4%A7").await;
    assert_eq!(titles(&returns), ["怎么退货"], "spaces around levels are nobody's wish");
    assert_eq!(titles(&editor.page("/desk/knowledge?category=%2F").await), ["怎么联系"]);
    let sought =
        editor.page("/desk/knowledge?category=%E8%AE%A2%E5%8D%95&q=%E6%94%B9%E5%8D%95&kind=answer").await;
    assert_eq!(titles(&sought), ["怎么改单"]);
    assert!(
        sought.contains("q=%E6%94%B9%E5%8D%95&#38;category=%E5%8F%91%E7%A5%A8"),
        "the tree keeps the search: {sought}"
    );
    assert!(editor.page("/desk/knowledge?category=%E6%97%A0").await.contains("没有找到条目"));
}

#[tokio::test]
async fn who_may_not_edit_sees_no_buttons_and_is_refused() {
    let server = TestServer::around(TestDesk::with().knows("怎么退货", "7 天内可退。")).await;
    let agent = signed_in(&server, "王小明", Role::Agent).await;
    let list = agent.page("/desk/knowledge").await;
    assert!(list.contains("怎么退货") && !list.contains("/desk/knowledge/new"));
    let page = agent.page("/desk/knowledge/e1").await;
    assert!(page.contains("只有编辑和负责人可以修改") && !page.contains("data-save"));

    assert_eq!(agent.get("/desk/knowledge/new").await.status, 403);
    assert_eq!(agent.send("/desk/knowledge/new", &ENTRY).await.status, 403);
    assert_eq!(agent.send("/desk/knowledge/e1", &ENTRY).await.status, 403);
    assert_eq!(agent.send("/desk/knowledge/e1/remove", &[]).await.status, 403);
    assert!(agent.page("/desk/knowledge/e1").await.contains("7 天内可退。"));
}

#[tokio::test]
async fn half_an_entry_is_not_saved_and_nothing_typed_is_lost() {
    let server = TestServer::new().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let refused =
        owner.send("/desk/knowledge/new", &[("kind", "answer"), ("title_en", "Can I pay later?")]).await;
    assert_eq!(refused.status, 422);
    let page = refused.text();
    assert!(page.contains("没有保存") && page.contains("Can I pay later?"), "{page}");
    assert_eq!(editor(&page).0, "/desk/knowledge/new", "and the next try makes a new one");
}

#[tokio::test]
async fn a_colleagues_change_is_not_overwritten_unseen() {
    let server = TestServer::around(TestDesk::with().knows("怎么退货", "7 天内可退。")).await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let (address, seen) = editor(&owner.page("/desk/knowledge/e1").await);
    let with = |answer: &'static str, seen: &str| {
        [("kind", "answer"), ("title_zh", "怎么退货"), ("answer_zh", answer), ("seen", seen)]
            .map(|(k, v)| (k, v.to_owned()))
    };
    let fields = with("14 天内可退。", &seen);
    owner.submit(&address, &fields.each_ref().map(|(k, v)| (*k, v.as_str()))).await;

    let fields = with("30 天内可退。", &seen);
    let late = owner.send(&address, &fields.each_ref().map(|(k, v)| (*k, v.as_str()))).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("刚被改过") && late.text().contains("30 天内可退。"));
    assert!(owner.page("/desk/knowledge/e1").await.contains("14 天内可退。"));
}

#[tokio::test]
async fn what_is_removed_is_gone() {
    let server = TestServer::around(TestDesk::with().knows("怎么退货", "7 天内可退。")).await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let list = owner.submit("/desk/knowledge/e1/remove", &[]).await;
    assert!(list.contains("已删除，立即生效") && !list.contains("怎么退货"));
    assert_eq!(owner.get("/desk/knowledge/e1").await.status, 404);
}

#[tokio::test]
async fn markup_in_an_entry_is_inert_where_it_is_shown() {
    let server = TestServer::new().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let attack = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>";
    let fields = [
        ("kind", "answer"),
        ("title_en", "\"><script>alert(2)</script>"),
        ("answer_en", attack),
        ("category", "<b>"),
    ];
    let page = owner.submit("/desk/knowledge/new", &fields).await;
    let preview = owner.send("/desk/knowledge/preview?side=en", &fields).await.text();
    let list = owner.page("/desk/knowledge?try=alert").await;
    for shown in [page, preview, list] {
        for bad in ["<script>alert", "<img src", "href=\"javascript:", "\"><script", "<b>"] {
            assert!(!shown.contains(bad), "{bad}: {shown}");
        }
    }
}
