//! Whatever comes by the socket, the server goes on.

use serde_json::json;
use testkit::{Socket, TestServer};
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::Message;

use crate::{by, is, shop};

#[tokio::test]
async fn before_hello_only_hello_is_understood() {
    let server = TestServer::around(shop()).await;
    let token = server.visitor().await.token;
    let frames = [
        "",
        "nonsense",
        "null",
        "[]",
        r#"{"type":"send","id":"1","text":"x"}"#,
        r#"{"type":"hello"}"#,
        r#"{"type":"hello","visitor":7}"#,
        &json!({ "type": "hello", "visitor": token, "after": { "conversation": 1 } }).to_string(),
        &"[".repeat(60_000),
    ]
    .map(ToOwned::to_owned);
    for frame in frames {
        let mut socket = Socket::open(server.address).await.unwrap();
        socket.frame(Message::text(frame.clone())).await.unwrap();
        let told = socket.next().await;
        assert!(told.as_ref().is_some_and(|told| told["type"] == "refused"), "{frame:.60}: {told:?}");
        assert_eq!(socket.next().await, None, "{frame:.60}");
    }
    let mut socket = Socket::open(server.address).await.unwrap();
    socket.frame(Message::binary(vec![0, 159, 146, 150])).await.unwrap();
    assert_eq!(socket.next().await, None, "bytes are no hello");
}

#[tokio::test]
async fn after_hello_what_is_not_understood_is_passed_over() {
    let server = TestServer::around(shop()).await;
    let mut socket = server.visitor().await.socket(None).await;
    socket.until(is("ready")).await;
    let frames = [
        Message::text(""),
        Message::text("{"),
        Message::text(r#"{"type":"dance"}"#),
        Message::text(r#"{"type":"send"}"#),
        Message::text(r#"{"type":"send","id":1,"text":2}"#),
        Message::text(r#"{"type":"typing","on":"perhaps"}"#),
        Message::text(r#"{"type":"send","id":"1","text":"\ud83d"}"#),
        Message::text(format!("{}{}", "{\"a\":".repeat(10_000), "1")),
        Message::binary(vec![0; 60_000]),
        Message::Ping(vec![1; 100].into()),
        Message::Pong(vec![].into()),
    ];
    for frame in frames {
        socket.frame(frame).await.unwrap();
    }
    for (id, text, code) in [
        ("", "x", "bad_request"),
        (&*"i".repeat(201), "x", "bad_request"),
        ("1", &*"字".repeat(2_001), "too_long"),
    ] {
        socket.say(id, text).await.unwrap();
        assert_eq!(socket.until(is("refused")).await.pop().unwrap()["code"], code);
    }
    socket.say("m-1", "怎么退货").await.unwrap();
    assert_eq!(socket.until(by("assistant")).await.pop().unwrap()["text"], "签收后 7 天内可以退。");
    server.desk.is_sound().await;
}

#[tokio::test]
async fn a_frame_beyond_all_measure_or_out_of_shape_ends_the_line_and_nothing_else() {
    let server = TestServer::around(shop()).await;
    let li = server.visitor().await;
    let masked = |head: &[u8], body: &[u8]| [head, &[0, 0, 0, 0], body].concat();
    let raw: Vec<Vec<u8>> = vec![
        masked(&[0x81, 0x82], b"\xe9\x80"),
        vec![0x81, 0x02, b'h', b'i'],
        masked(&[0x83, 0x80], b""),
        masked(&[0xf1, 0x80], b""),
        masked(&[0x09, 0x80], b""),
        masked(&[0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], b"x"),
        masked(&[0x88, 0x81], b"\x03"),
    ];
    for bytes in raw {
        let mut socket = li.socket(None).await;
        socket.until(is("ready")).await;
        socket.line().write_all(&bytes).await.unwrap();
        assert_eq!(socket.next().await, None, "{bytes:x?}");
    }
    let mut socket = li.socket(None).await;
    socket.until(is("ready")).await;
    // The line may be closed while it is still being written.
    let _ = socket.say("m-1", &"字".repeat(50_000)).await;
    assert_eq!(socket.next().await, None);

    let mut socket = li.socket(None).await;
    socket.say("m-2", "怎么退货").await.unwrap();
    assert_eq!(socket.until(by("assistant")).await.pop().unwrap()["seq"], 2, "only the last was a message");
    server.desk.is_sound().await;
}
