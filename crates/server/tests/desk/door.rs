//! Who comes in.

use domain::Role;
use testkit::{Answer, TestDesk, TestServer};

use crate::browser::{Browser, signed_in, token};

fn is_page(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    answer.text()
}

#[tokio::test]
async fn a_link_signs_in_once_and_looking_at_it_does_not_use_it_up() {
    let server = TestServer::new().await;
    let link = server.desk.reception.owner_link("店主").await.unwrap().path;
    let stranger = Browser::stranger(&server);
    for _ in 0..2 {
        assert!(is_page(&stranger.get(&link).await, 200).contains("这个链接只能用一次"));
    }
    let owner = Browser::by_link(&server, &link).await;
    assert!(owner.page("/desk").await.contains("店主"));
    let again = stranger.post("/desk/sign-in", &[], &[("token", token(&link))]).await;
    assert!(is_page(&again, 403).contains("已经用过或已过期"));
    assert_eq!(again.header("set-cookie"), None);
}

#[tokio::test]
async fn the_cookie_is_for_the_desk_alone_and_no_script_reads_it() {
    let server = TestServer::new().await;
    let link = server.desk.reception.owner_link("店主").await.unwrap().path;
    let answer = Browser::stranger(&server).send("/desk/sign-in", &[("token", token(&link))]).await;
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["frontdesk_session=", "Path=/desk", "HttpOnly", "SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn without_a_session_every_page_is_the_door() {
    let server = TestServer::new().await;
    let mut stranger = Browser::stranger(&server);
    for path in
        ["/desk", "/desk/conversations/x", "/desk/knowledge", "/desk/team", "/desk/settings", "/desk/events"]
    {
        let page = is_page(&stranger.get(path).await, 401);
        assert!(page.contains("frontdesk sign-in"), "{path} says how to get a link");
    }
    stranger.cookie = "frontdesk_session=guessed".to_owned();
    is_page(&stranger.get("/desk").await, 401);
    is_page(&stranger.send("/desk/conversations/x/take-over", &[]).await, 401);
}

#[tokio::test]
async fn who_signs_out_or_is_let_go_is_out_at_once() {
    let server = TestServer::new().await;
    let li = signed_in(&server, "李雷", Role::Agent).await;
    let owner = signed_in(&server, "店主", Role::Owner).await;
    let team = owner.page("/desk/team").await;
    assert!(team.contains("李雷"));
    let (_, rest) = team.split_once("/let-go").map(|(before, after)| (after, before)).unwrap();
    let id = rest.rsplit('/').next().unwrap();
    owner.submit(&format!("/desk/team/{id}/let-go"), &[]).await;
    assert_eq!(li.get("/desk").await.status, 401);

    let answer = owner.send("/desk/sign-out", &[]).await;
    assert_eq!(answer.header("location"), Some("/desk/sign-in"));
    assert_eq!(owner.get("/desk").await.status, 401);
}

#[tokio::test]
async fn nothing_is_changed_without_the_form_token_or_from_another_site() {
    let server = TestServer::new().await;
    let id = server.desk.customer("李雷").says("怎么退货").await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    let take_over = format!("/desk/conversations/{id}/take-over");

    let page = is_page(&wang.post(&take_over, &[], &[]).await, 403);
    assert!(page.contains("没有执行"));
    is_page(&wang.post(&take_over, &[], &[("form_token", "guessed")]).await, 403);
    let token = [("form_token", wang.form_token.as_str())];
    is_page(&wang.post(&take_over, &[("origin", "https://evil.example")], &token).await, 403);
    is_page(&wang.post(&take_over, &[("sec-fetch-site", "cross-site")], &token).await, 403);
    assert_eq!(server.desk.stage(&id).await, "assistant");

    let by_script = wang.post(&take_over, &[("x-form-token", &wang.form_token)], &[]).await;
    assert_eq!(by_script.status, 303);
    assert_eq!(server.desk.stage(&id).await, "agent");
}

#[tokio::test]
async fn only_owners_see_the_team_and_an_invitation_is_shown_once() {
    let server = TestServer::new().await;
    let wang = signed_in(&server, "王小明", Role::Editor).await;
    assert!(!wang.page("/desk").await.contains("/desk/team"));
    is_page(&wang.get("/desk/team").await, 403);
    is_page(&wang.send("/desk/team", &[("name", "x"), ("role", "owner")]).await, 403);

    let owner = signed_in(&server, "店主", Role::Owner).await;
    let invited = owner.send("/desk/team", &[("name", "Amy <b>"), ("role", "agent")]).await;
    let page = is_page(&invited, 200);
    assert!(page.contains("Amy &#60;b&#62;") && !page.contains("Amy <b>"));
    let (_, link) = page.split_once("/desk/sign-in?token=").expect("the link is shown");
    let link = format!("/desk/sign-in?token={}", &link[..64]);
    assert!(!owner.page("/desk/team").await.contains("sign-in?token="), "and not again");
    let amy = Browser::by_link(&server, &link).await;
    assert!(amy.page("/desk/settings").await.contains("Amy"));
}

#[tokio::test]
async fn the_language_is_the_agents_own_and_troubles_speak_it_too() {
    let server = TestServer::new().await;
    let wang = signed_in(&server, "王小明", Role::Agent).await;
    assert!(is_page(&wang.get("/desk/nowhere").await, 404).contains("这里没有内容"));
    wang.submit("/desk/settings/language", &[("lang", "en")]).await;
    assert!(wang.page("/desk").await.contains("Inbox"));
    assert!(is_page(&wang.get("/desk/conversations/none").await, 404).contains("There is nothing here"));
}

#[tokio::test]
async fn too_many_tries_at_the_door_must_wait() {
    let desk = testkit::TestDesk::with().limits(|limits| limits.address_per_minute = 2);
    let server = TestServer::around(desk).await;
    let stranger = Browser::stranger(&server);
    for _ in 0..2 {
        assert_eq!(stranger.send("/desk/sign-in", &[("token", "guess")]).await.status, 403);
    }
    let refused = stranger.send("/desk/sign-in", &[("token", "guess")]).await;
    is_page(&refused, 429);
    assert!(refused.header("retry-after").is_some());
}

#[tokio::test]
async fn the_desk_wears_the_colour_of_the_shop() {
    let purple = TestServer::around(TestDesk::with().shop(|shop| shop.accent = "#7a1f5c".to_owned())).await;
    let sheet = purple.get("/assets/tokens.css").await;
    assert_eq!(sheet.header("content-type"), Some("text/css; charset=utf-8"));
    let (ours, own) = (include_str!("../../src/assets/tokens.css"), sheet.text());
    assert!(own.strip_prefix(ours).is_some_and(|own| own.contains("--accent:rgb(122 31 92)")), "{own}");
    assert_eq!(TestServer::new().await.get("/assets/tokens.css").await.text(), ours, "unless nothing is set");
}
