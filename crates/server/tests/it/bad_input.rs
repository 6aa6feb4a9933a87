//! Whatever is sent, the sender's faults are 4xx, and the server goes on.

use serde_json::json;
use testkit::{Answer, Http, TestServer, TestVisitor};

use crate::{said, shop};

async fn send(server: &TestServer, li: &TestVisitor, body: &[u8]) -> Answer {
    let token = format!("Bearer {}", li.token);
    let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
    server.post("/v1/widget/messages", &headers, body).await
}

/// After everything: it still accepts and answers.
async fn is_well(server: &TestServer) {
    let li = server.visitor().await;
    assert_eq!(li.say("last", "怎么退货").await.status, 200);
    let all = li.messages(|all| all.len() == 2).await;
    assert_eq!(said(&all)[1], (2, "assistant", "签收后 7 天内可以退。"));
    server.desk.is_sound().await;
}

#[tokio::test]
async fn bodies_that_are_no_message() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let deep = [b"[".repeat(200_000), b"]".repeat(200_000)].concat();
    let deep_inside = [br#"{"id":"1","text":"#.to_vec(), deep.clone(), b"}".to_vec()].concat();
    let million = json!({ "id": "1", "text": "😀".repeat(1_000_000) }).to_string();
    let cases: Vec<(&str, Vec<u8>, u16)> = vec![
        ("nothing", b"".to_vec(), 400),
        ("half a character", b"{\"id\":\"1\",\"text\":\"\xe9\x80\"}".to_vec(), 400),
        ("no UTF-8", b"{\"id\":\"1\",\"text\":\"\xff\xfe\xfd\"}".to_vec(), 400),
        ("a raw NUL", b"{\"id\":\"1\",\"text\":\"a\0b\"}".to_vec(), 400),
        ("half a surrogate", br#"{"id":"1","text":"\ud83d"}"#.to_vec(), 400),
        ("a fragment", br#"{"id":"1","text":"x"#.to_vec(), 400),
        ("nothing but depth", deep, 400),
        ("depth inside", deep_inside, 400),
        ("a list", b"[1,2,3]".to_vec(), 422),
        ("null", b"null".to_vec(), 422),
        ("wrong types", br#"{"id":1,"text":{}}"#.to_vec(), 422),
        ("no text", br#"{"id":"1"}"#.to_vec(), 422),
        ("no id", br#"{"text":"x"}"#.to_vec(), 422),
        ("an empty id", br#"{"id":"","text":"x"}"#.to_vec(), 400),
        ("a long id", json!({ "id": "i".repeat(201), "text": "x" }).to_string().into_bytes(), 400),
        ("an unknown language", br#"{"id":"1","text":"x","lang":"xx"}"#.to_vec(), 422),
        ("a number beyond all", format!("{{\"id\":\"1\",\"text\":{}}}", "9".repeat(5_000)).into_bytes(), 400),
        ("a million emoji", million.into_bytes(), 413),
        ("ten megabytes", json!({ "id": "1", "text": "x".repeat(10 << 20) }).to_string().into_bytes(), 413),
        ("too many letters", json!({ "id": "1", "text": "x".repeat(2_001) }).to_string().into_bytes(), 413),
    ];
    for (name, body, status) in cases {
        let (told, _) = send(&server, &li, &body).await.refusal();
        // A parser may find out early or late; it is the sender's fault either way.
        let same_fault = status == told || [status, told].iter().all(|one| matches!(one, 400 | 422));
        assert!(same_fault, "{name}: {told}");
    }
    assert_eq!(li.poll(None, 0).await.json(), json!({ "events": [] }), "nothing of it was kept");
    is_well(&server).await;
}

#[tokio::test]
async fn words_that_are_strange_but_words_come_back_as_they_were() {
    let server = TestServer::around(shop()).await;
    let words = [
        "",
        " \t\r\n ",
        "a\0b",
        "\u{202e}txt.exe\u{feff}\u{200b}",
        "😀".repeat(500).as_str(),
        "<img src=x onerror=alert(1)><script>alert(2)</script>",
        "**bold** [x](javascript:alert(1)) ![i](https://evil.example/p.png)\n# no heading\n- no list",
        "\" NEAR/3 * ( ) -- ; drop table messages; %_\\",
        "' or 1=1 --",
        "{{7*7}} ${7*7} <%= 7 %>",
        "\r\nSet-Cookie: a=b\r\n\x1b[31mred",
        "𝕳𝖊𝖑𝖑𝖔 ﷽ Z͑ͫ̓ͪ̂ͫ̽A͈L̺G̼O",
        &"怎么".repeat(1_000),
        &"(".repeat(2_000),
        &"a".repeat(2_000),
    ]
    .map(ToOwned::to_owned);
    for (at, text) in words.iter().enumerate() {
        let li = server.visitor().await;
        let sent = li.say("m-1", text).await;
        assert_eq!(sent.status, 200, "{at}: {}", sent.text());
        let all = li.messages(|all| all.len() >= 2).await;
        assert_eq!(all[0]["text"], json!(text), "byte for byte");
        assert_eq!((&all[0]["format"], &all[0]["author"]), (&json!("plain"), &json!("customer")));
    }
    is_well(&server).await;
}

#[tokio::test]
async fn addresses_and_cursors_that_lead_nowhere() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let id = li.say("m-1", "怎么退货").await.json()["conversation"].as_str().unwrap().to_owned();
    li.messages(|all| all.len() == 2).await;
    let token = format!("Bearer {}", li.token);
    let get = async |query: &str| {
        let path = format!("/v1/widget/messages?{query}");
        server.http().request("GET", &path, &[("authorization", &token)], b"").await.unwrap().status
    };
    for query in ["seq=x", "wait=-1", "wait=x", "seq=99999999999999999999"] {
        assert_eq!(get(query).await, 400, "{query}");
    }
    let far = format!("conversation={id}&seq={}", i64::MAX);
    let before = format!("conversation={id}&seq={}", i64::MIN);
    for query in [
        far.as_str(),
        before.as_str(),
        "conversation=nobody&seq=1",
        "conversation=",
        "conversation=%ff&seq=1",
        "seq=3",
        "a=b&c=%00",
    ] {
        assert_eq!(get(query).await, 200, "{query}");
    }
    // A cursor from beyond the end sees nothing, and harms nobody when something is said.
    let mut socket = li.socket(Some((&id, i64::MAX))).await;
    socket.until(crate::is("ready")).await;
    li.say("m-2", "你好").await;
    li.messages(|all| all.len() == 4).await;
    for path in [
        "/v1/answers/nobody/trace",
        "/v1/conversations/nobody/messages?after=-5",
        "/v1/conversations?after=%00",
        "/v1/entries?after=%F0%9F%98%80",
    ] {
        let status = server.operator_get(path).await.status;
        assert!(status < 500, "{path}: {status}");
    }
    is_well(&server).await;
}

#[tokio::test]
async fn requests_that_are_no_http() {
    let server = TestServer::around(shop()).await;
    let http: Http = server.http();
    let huge = format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "y".repeat(1 << 20));
    let many = format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{}\r\n", "a: b\r\n".repeat(5_000));
    let long = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "z".repeat(100_000));
    let cases: [&[u8]; 7] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"nonsense\r\n\r\n",
        b"GET /healthz HTTP/9.9\r\n\r\n",
        b"POST /v1/widget/session HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n0\r\n\r\nGET",
        huge.as_bytes(),
        many.as_bytes(),
        long.as_bytes(),
    ];
    for (at, bytes) in cases.into_iter().enumerate() {
        // To hang up without a word is an answer too.
        if let Ok(answer) = http.raw(bytes).await {
            assert!((400..500).contains(&answer.status), "case {at}: {}", answer.status);
        }
    }
    is_well(&server).await;
}
