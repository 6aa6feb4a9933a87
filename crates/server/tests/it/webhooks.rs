//! Foreign platforms knock: verified before anything is read.

use domain::{Clock, Timestamp};
use testkit::{Answer, Callback, TestServer, eventually};

use crate::shop;

struct Platform {
    server: TestServer,
    callback: Callback,
}

impl Platform {
    async fn new() -> Self {
        let callback = Callback::open().await;
        let server = TestServer::around(shop().channel("shop", &callback.url())).await;
        Self { server, callback }
    }

    fn now(&self) -> Timestamp {
        self.server.desk.clock.now()
    }

    async fn knock(&self, (headers, body): (Vec<(&'static str, String)>, Vec<u8>)) -> Answer {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.server.post("/channels/shop", &headers, &body).await
    }
}

#[tokio::test]
async fn a_webhook_is_answered_by_a_signed_reply_once_however_often_it_comes() {
    let platform = Platform::new().await;
    for _ in 0..3 {
        let answer = platform.knock(Callback::knock("w-1", "li", "怎么退货", platform.now())).await;
        assert_eq!(answer.status, 200);
    }
    let taken =
        eventually("a reply comes", async || Some(platform.callback.taken()).filter(|all| !all.is_empty()))
            .await;
    assert_eq!(taken[0].body["data"]["text"], "签收后 7 天内可以退。");
    let second = platform.knock(Callback::knock("w-2", "li", "你好", platform.now())).await;
    assert_eq!(second.status, 200);
    eventually("the second is replied to", async || (platform.callback.taken().len() == 2).then_some(()))
        .await;
    platform.server.desk.is_sound().await;
}

#[tokio::test]
async fn what_is_not_signed_now_by_the_platform_is_refused_and_leaves_no_trace() {
    let platform = Platform::new().await;
    let genuine = || Callback::knock("w-1", "li", "怎么退货", platform.now());
    let bent = |at: usize, value: &str| {
        let (mut headers, body) = genuine();
        value.clone_into(&mut headers[at].1);
        (headers, body)
    };
    let without = |at: usize| {
        let (mut headers, body) = genuine();
        headers.remove(at);
        (headers, body)
    };
    let hour = std::time::Duration::from_hours(1);
    let cases = [
        (bent(0, "w-2"), 403),
        (bent(2, "v1,AAAA"), 403),
        (bent(2, ""), 400),
        (bent(1, "yesterday"), 400),
        (without(0), 400),
        (without(1), 400),
        (without(2), 400),
        ((genuine().0, br#"{"sender":"li","text":"changed"}"#.to_vec()), 403),
        (Callback::knock("w-1", "li", "怎么退货", platform.now() - hour), 403),
        (Callback::knock("w-1", "li", "怎么退货", platform.now() + hour), 403),
    ];
    for (at, (knock, status)) in cases.into_iter().enumerate() {
        assert_eq!(platform.knock(knock).await.refusal(), (status, "rejected".to_owned()), "case {at}");
    }
    let all = platform.server.operator_get("/v1/conversations").await.json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(0), "{all}");
}

#[tokio::test]
async fn signed_nonsense_is_malformed_and_an_unknown_channel_is_not_there() {
    let platform = Platform::new().await;
    for body in ["", "{", "[]", r#"{"sender":1,"text":"x"}"#, r#"{"sender":"li"}"#, &"[".repeat(50_000)] {
        let headers = Callback::signed("w-1", body.as_bytes(), platform.now());
        let answer = platform.knock((headers, body.as_bytes().to_vec())).await;
        assert_eq!(answer.refusal(), (400, "rejected".to_owned()), "{body:.40}");
    }
    let empty_sender = platform.knock(Callback::knock("w-1", "", "你好", platform.now())).await;
    assert_eq!(empty_sender.refusal(), (400, "bad_request".to_owned()));
    let long = platform.knock(Callback::knock("w-1", "li", &"字".repeat(2_001), platform.now())).await;
    assert_eq!(long.refusal(), (413, "too_long".to_owned()));
    for name in ["nobody", "widget", "cli"] {
        let answer = platform.server.post(&format!("/channels/{name}"), &[], b"{}").await;
        assert_eq!(answer.refusal(), (404, "not_found".to_owned()), "{name}");
    }
}
