//! Drafts, the gate, test questions and versions at the desk.

use domain::{Role, Thumb};
use testkit::{TestDesk, TestServer};

use crate::browser::{Browser, signed_in};

async fn shop() -> TestServer {
    TestServer::around(TestDesk::with().knows("怎么退货", "7 天内可退。").knows("运费多少", "满 99 元包邮。"))
        .await
}

fn written(answer: &'static str, then: &'static str) -> [(&'static str, &'static str); 5] {
    [("kind", "answer"), ("title_zh", "怎么退货"), ("answer_zh", answer), ("why", "新规定"), ("then", then)]
}

/// Saves what an editor was opened with.
async fn save(browser: &Browser, fields: &[(&str, &str)]) -> testkit::Answer {
    let page = browser.page("/desk/knowledge/e1").await;
    let (_, seen) = page.split_once("name=\"seen\" value=\"").expect("an editor");
    let seen = seen.split('"').next().unwrap().to_owned();
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("seen", seen.as_str())]).collect();
    browser.send("/desk/knowledge/e1", &fields).await
}

#[tokio::test]
async fn a_draft_waits_and_shows_what_it_changes() {
    let server = shop().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    assert_eq!(save(&owner, &written("14 天内可退。", "draft")).await.status, 303);
    let editor = owner.page("/desk/knowledge/e1").await;
    assert!(editor.contains("14 天内可退。") && editor.contains("还没有发布的草稿"), "{editor}");
    assert!(owner.page("/desk/knowledge").await.contains("草稿 <b class=\"count\">1</b>"));
    assert!(owner.page("/desk/drafts").await.contains("新规定"));

    let draft = owner.page("/desk/drafts/one/e1").await;
    assert!(draft.contains("<del>7</del><ins>14</ins>"), "{draft}");
    let done = owner.submit("/desk/drafts/publish", &[("ids", "e1"), ("why", "新规定")]).await;
    assert!(done.contains("已发布，立即生效"), "{done}");
    assert!(owner.page("/help/e1?lang=zh").await.contains("14 天内可退。"));

    let versions = owner.page("/desk/versions").await;
    assert!(versions.contains("第 3 版") && versions.contains("新规定"), "{versions}");
    assert!(owner.page("/desk/versions/3").await.contains("<ins>14</ins>"));
    let history = owner.page("/desk/knowledge/e1/versions").await;
    assert!(history.contains("恢复成这样"), "{history}");
    let back = owner.submit("/desk/knowledge/e1/return", &[("version", "1")]).await;
    assert!(back.contains("已回退"), "{back}");
    assert!(owner.page("/help/e1?lang=zh").await.contains("7 天内可退。"));
}

#[tokio::test]
async fn a_red_test_question_is_shown_and_blocks() {
    let server = shop().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let tests = editor.submit("/desk/tests", &[("test", "怎么退货"), ("expect", "e1")]).await;
    assert!(tests.contains("已添加") && tests.contains("1 道"), "{tests}");
    assert!(editor.send("/desk/tests/check", &[]).await.text().contains("测试题全对"));

    let held = editor.send("/desk/knowledge/e1/remove", &[]).await;
    assert_eq!(held.status, 409);
    let page = held.text();
    for part in ["1 道测试题不对，没有发布", "7 天内可退。", "只有负责人可以"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(owner.page("/help/e1?lang=zh").await.contains("7 天内可退。"), "it is still there");

    let looked = [("ids", "e1"), ("looked", "1")];
    assert_eq!(owner.send("/desk/drafts/publish", &looked).await.status, 409);
    let reason = [("ids", "e1"), ("looked", "1"), ("overriding", "不卖了")];
    assert!(owner.submit("/desk/drafts/publish", &reason).await.contains("已发布"));
    assert!(owner.page("/desk/versions").await.contains("测试题不对时仍发布：不卖了"));
    assert!(owner.submit("/desk/tests/remove", &[("test", "怎么退货")]).await.contains("还没有测试题"));
}

#[tokio::test]
async fn audience_and_days_are_kept_and_an_ended_entry_says_so() {
    let server = shop().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let fields = [
        ("kind", "answer"),
        ("title_zh", "怎么退货"),
        ("answer_zh", "7 天内可退。"),
        ("plans", "pro，企业版"),
        ("until", "2020-01-31"),
        ("owner", "售后组"),
    ];
    assert_eq!(save(&owner, &fields).await.status, 303);
    let page = owner.page("/desk/knowledge/e1").await;
    for part in ["value=\"pro，企业版\"", "value=\"2020-01-31\"", "value=\"售后组\"", "已失效"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(owner.get("/help/e1?lang=zh").await.status, 404);
}

#[tokio::test]
async fn review_by_another_goes_by_way_of_the_queue() {
    let desk = TestDesk::with().knows("怎么退货", "7 天内可退。").publishing(|p| p.review_by_another = true);
    let server = TestServer::around(desk).await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let submitted = save(&editor, &written("9 天内可退。", "publish")).await;
    assert_eq!(
        (submitted.status, submitted.header("location")),
        (303, Some("/desk/drafts/one/e1?done=submitted"))
    );
    assert_eq!(editor.send("/desk/drafts/publish", &[("ids", "e1")]).await.status, 409);
    assert!(owner.page("/desk/drafts?stage=review").await.contains("待审核 1"));
    let page = owner.page("/desk/drafts/one/e1").await;
    let (_, revision) = page.split_once("name=\"revision\" value=\"").expect("it may be sent back");
    let revision = revision.split('"').next().unwrap();
    let back = [("revision", revision), ("note", "请写明从哪天起")];
    assert!(owner.submit("/desk/drafts/one/e1/back", &back).await.contains("请写明从哪天起"));
    let late = owner.submit("/desk/drafts/one/e1/back", &back).await;
    assert!(late.contains("草稿刚被改过"), "{late}");
    assert!(owner.submit("/desk/drafts/publish", &[("ids", "e1")]).await.contains("已发布"));
}

#[tokio::test]
async fn who_does_not_edit_sees_none_of_it() {
    let server = shop().await;
    let agent = signed_in(&server, "王小明", Role::Agent).await;
    for path in
        ["/desk/drafts", "/desk/tests", "/desk/versions", "/desk/versions/1", "/desk/knowledge/e1/versions"]
    {
        assert_eq!(agent.get(path).await.status, 403, "{path}");
    }
    for path in ["/desk/drafts/publish", "/desk/versions/1/return", "/desk/tests/check"] {
        assert_eq!(agent.send(path, &[]).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn what_customers_taught_is_shown_and_the_owner_may_forget_it() {
    let server = shop().await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let editor = signed_in(&server, "编辑", Role::Editor).await;
    let customer = server.desk.customer("李雷");
    let id = customer.says("怎么退货").await;
    let answer = server.desk.log(&id).await.iter().find_map(|message| message.content.answer.clone());
    customer.view.judge(answer.unwrap(), Some(Thumb::Up), None, None).await.unwrap();
    server.desk.reception.adapt().await;

    let page = owner.page("/desk/tests").await;
    assert!(page.contains("共 1 课：点赞 1，选择 0") && page.contains("用上了 1 课"), "{page}");
    let seen = editor.page("/desk/tests").await;
    assert!(seen.contains("共 1 课") && !seen.contains("/desk/tests/forget"), "{seen}");
    assert_eq!(editor.send("/desk/tests/forget", &[("since", "all")]).await.status, 403);
    assert_eq!(owner.send("/desk/tests/forget", &[("since", "ever")]).await.status, 404);

    let done = owner.submit("/desk/tests/forget", &[("since", "day")]).await;
    assert!(done.contains("已忘掉") && done.contains("共 0 课"), "{done}");
}
