//! Serving customers.

use domain::{ConversationId, Lang, Role};
use testkit::{TestDesk, TestServer};

use crate::browser::{Browser, signed_in};

async fn waiting(server: &TestServer, words: &str) -> ConversationId {
    let customer = server.desk.customer("李雷");
    let id = customer.says(words).await;
    customer.asks_for_person().await.expect("a person is asked for");
    id
}

fn act(id: &ConversationId, act: &str) -> String {
    format!("/desk/conversations/{id}/{act}")
}

#[tokio::test]
async fn take_over_reply_give_back_and_close() {
    let server = TestServer::around(TestDesk::with().knows("怎么退货", "7 天内可退。")).await;
    let id = waiting(&server, "怎么退货").await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;

    let inbox = wang.page("/desk").await;
    assert!(inbox.contains("<title>(1) ") && inbox.contains(&format!("row-{id}")), "{inbox}");
    let page = wang.page(&format!("/desk/conversations/{id}")).await;
    for part in ["怎么退货", "7 天内可退。", "原文回答", "接手<kbd>t</kbd>", "为什么这样答", "顾客要求人工"]
    {
        assert!(page.contains(part), "{part} is missing: {page}");
    }

    let page = wang.submit(&act(&id, "take-over"), &[("tab", "waiting")]).await;
    assert!(page.contains("交还<kbd>b</kbd>") && !page.contains("接手<kbd>t</kbd>"));
    let page = wang
        .submit(&act(&id, "reply"), &[("text", "运费我们出。"), ("client_id", "1"), ("tab", "mine")])
        .await;
    assert!(page.contains("运费我们出。"));
    wang.submit(&act(&id, "give-back"), &[]).await;
    assert_eq!(server.desk.stage(&id).await, "assistant");
    let page = wang.submit(&act(&id, "close"), &[("tab", "all")]).await;
    assert!(page.contains("会话已关闭") && !page.contains("<textarea"));
    let told = server.desk.told(&id).await;
    assert!(told.contains(&"王小明: 运费我们出。".to_owned()), "{told:?}");
    server.desk.is_sound().await;
}

#[tokio::test]
async fn a_reply_to_someone_who_waits_takes_over_and_a_repeat_says_it_once() {
    let server = TestServer::new().await;
    let id = waiting(&server, "有人吗").await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let fields = [("text", "在的。"), ("client_id", "same"), ("take", "1")];
    wang.submit(&act(&id, "reply"), &fields).await;
    wang.submit(&act(&id, "reply"), &fields).await;
    let told = server.desk.told(&id).await;
    assert_eq!(told.iter().filter(|line| *line == "王小明: 在的。").count(), 1, "{told:?}");
    assert_eq!(server.desk.stage(&id).await, "agent");
}

#[tokio::test]
async fn the_second_agent_is_told_who_has_it_and_keeps_their_words() {
    let server = TestServer::new().await;
    let id = waiting(&server, "有人吗").await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let han = signed_in(&server, "韩梅梅", Role::Agent).await;
    wang.submit(&act(&id, "take-over"), &[]).await;

    let late = han.send(&act(&id, "take-over"), &[("tab", "waiting")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("王小明 已接手这个会话"), "{}", late.text());

    let written = [("text", "我来"), ("client_id", "h1"), ("take", "1"), ("tab", "waiting")];
    let late = han.send(&act(&id, "reply"), &written).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("这个会话在 王小明 手上"));
    assert_eq!(han.send(&act(&id, "close"), &[]).await.status, 409);
    assert!(!server.desk.told(&id).await.iter().any(|line| line.starts_with("韩梅梅")));
}

#[tokio::test]
async fn words_that_were_not_sent_stay_in_the_box() {
    let server = TestServer::new().await;
    let id = waiting(&server, "有人吗").await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let refused = wang.send(&act(&id, "reply"), &[("text", "写了很久的回复"), ("client_id", "1")]).await;
    assert_eq!(refused.status, 409);
    let page = refused.text();
    assert!(page.contains("先接手再操作") && page.contains(">写了很久的回复</textarea>"), "{page}");
    assert_eq!(wang.send(&act(&id, "reply"), &[("text", "  "), ("client_id", "2")]).await.status, 400);
}

#[tokio::test]
async fn what_customers_write_is_text_and_nothing_else() {
    let server = TestServer::new().await;
    let customer = server.desk.customer("mallory");
    let id = customer.says("<script>alert(1)</script> [x](javascript:alert(1)) **b**").await;
    customer
        .view
        .leave_word(Some("<img src=x onerror=alert(1)>".into()), "a@b.example\"><b>".into(), "回电".into())
        .await
        .unwrap();
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    for path in ["/desk?tab=all".to_owned(), format!("/desk/conversations/{id}?tab=all")] {
        let page = wang.page(&path).await;
        assert!(page.contains("&#60;img src=x onerror"), "{page}");
        for bad in ["<script>alert", "<img src=x", "\"><b>", "href=\"javascript:", "<strong>b"] {
            assert!(!page.contains(bad), "{bad} in {path}: {page}");
        }
    }
}

#[tokio::test]
async fn a_bad_answer_shows_why_it_was_given_and_what_was_wrong() {
    let server = TestServer::around(TestDesk::with().knows("怎么开发票", "在订单页申请。")).await;
    let customer = server.desk.customer("李雷");
    let id = customer.says("怎么开发票").await;
    let answer = server.desk.log(&id).await.into_iter().find_map(|message| message.content.answer).unwrap();
    let (down, reason) = (Some(domain::Thumb::Down), Some(domain::Reason::Outdated));
    customer.view.judge(answer.clone(), down, reason, Some("税号呢".into())).await.unwrap();

    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let page = wang.page(&format!("/desk/conversations/{id}")).await;
    for part in ["没有帮助 · 过时了 · 税号呢", &format!("id=\"why-{answer}\""), "问法和条目几乎一字不差"]
    {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
}

#[tokio::test]
async fn long_lists_come_in_pages_that_lead_on() {
    let server = TestServer::new().await;
    for number in 0..45 {
        server.desk.customer(&format!("c{number}")).writes(&format!("问题 {number}")).await.unwrap();
    }
    server.desk.quiet().await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let first = wang.page("/desk?tab=all").await;
    assert_eq!(first.matches("<li id=\"row-").count(), 40);
    let (before, _) = first.split_once("\" rel=\"next\"").expect("there is more");
    let next = before.rsplit("href=\"").next().unwrap().replace("&#38;", "&");
    let second = wang.page(&next).await;
    assert_eq!(second.matches("<li id=\"row-").count(), 5);
    assert!(second.contains("回到开头"));
}

#[tokio::test]
async fn the_angry_stand_before_others_who_wait_and_the_list_says_so() {
    let server = TestServer::new().await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let calm = waiting(&server, "有人吗").await;
    assert!(!wang.page("/desk").await.contains("生气的顾客在前"), "one alone has no order");
    server.desk.clock.step(60);
    let angry = waiting(&server, "垃圾，气死我了！！！").await;

    let page = wang.page("/desk").await;
    assert!(page.contains("生气的顾客在前") && page.contains("mood angry\">生气"), "{page}");
    let place = |id: &ConversationId| page.find(&format!("row-{id}")).expect("they are listed");
    assert!(place(&angry) < place(&calm), "{page}");
}

#[tokio::test]
async fn the_right_side_says_how_satisfied_the_customer_seems_and_where_the_mood_goes() {
    let server = TestServer::new().await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let customer = server.desk.customer("李雷");
    let id = customer.says("怎么退货").await;
    let path = format!("/desk/conversations/{id}");
    let page = wang.page(&path).await;
    assert!(page.contains("满意度（推测）</dt>"), "{page}");
    assert!(!page.contains("情绪走向"), "one message has no course: {page}");

    customer.says("太差劲了，一点用都没有，失望").await;
    let page = wang.page(&path).await;
    assert!(page.contains("最近 2 条消息：平静、不满。在转差"), "{page}");
    assert!(page.contains("<polyline points=\"3.0,") && page.contains("在转差</span>"), "{page}");

    // A person has taken over: the assistant reads nothing more, the desk still does.
    wang.submit(&act(&id, "take-over"), &[]).await;
    customer.says("收到退款了，谢谢，非常满意").await;
    let page = wang.page(&path).await;
    assert!(page.contains("最近 3 条消息：平静、不满、满意。在转好"), "{page}");

    wang.submit("/desk/settings/language", &[("lang", "en")]).await;
    let page = wang.page(&path).await;
    for part in
        ["Satisfaction (estimated)</dt>", "Course of mood</dt>", "calm, unhappy, pleased. getting better"]
    {
        assert!(page.contains(part), "{part} is missing: {page}");
    }
}

#[tokio::test]
async fn an_empty_desk_says_what_to_do_next() {
    let server = TestServer::new().await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    assert!(wang.page("/desk").await.contains("/desk/settings#embed"));
    assert!(wang.page("/desk/settings").await.contains("/widget.js&#34; defer"));
}

#[tokio::test]
async fn open_desks_hear_of_changes_and_of_the_end_of_their_session() {
    let server = TestServer::new().await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let mut events = server.http().stream("/desk/events", &[("cookie", &wang.cookie)]).await.unwrap();
    let id = waiting(&server, "有人吗").await;
    let heard = events.until(|event| event["waiting"] == 1).await.unwrap();
    assert!(heard.iter().any(|event| event["conversations"][0] == id.as_str()), "{heard:?}");

    wang.send("/desk/sign-out", &[]).await;
    server
        .desk
        .reception
        .visitor(None)
        .say("1".into(), "你好".into(), Lang::Zh, domain::Attributes::default())
        .await
        .unwrap();
    events.until(|event| event.as_object().is_some_and(serde_json::Map::is_empty)).await.unwrap();
    assert!(events.next().await.is_err(), "and the stream has ended");
}

#[tokio::test]
async fn a_stranger_in_the_middle_gets_no_events() {
    let server = TestServer::new().await;
    assert_eq!(Browser::stranger(&server).get("/desk/events").await.status, 401);
}
