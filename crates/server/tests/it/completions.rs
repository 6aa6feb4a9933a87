//! The assistant as a model: what a program made for OpenAI's sends, and what it gets.

use assistant::llm::ChatSettings;
use reception::{Budgets, Writers, Writing};
use serde_json::{Value, json};
use testkit::{Answer, ModelStub, Talk, TestDesk, TestServer};

const PATH: &str = "/v1/chat/completions";
const ASKED: &str = "衣服尺码不合适想寄回去该怎么操作";
const WORDS: &str = "签收后 7 天内可以无理由退货。[1] 请在订单页申请。[1]";

async fn shop() -> TestServer {
    let desk = TestDesk::with()
        .article("退换货", "## 退货\n签收后 7 天内可以无理由退货。请在订单页申请。尺码不合适也可以寄回。\n")
        .knows("怎么退货", "签收后 7 天内可以退。")
        .knows("How do I pay?", "By card.");
    TestServer::around(desk).await
}

fn with_model(server: &TestServer, stub: &ModelStub) {
    let models = vec![ChatSettings::new(&stub.url(), "m")];
    server.desk.reception.employ(Some(Writers::new(models, Writing::default(), Budgets::default())));
}

fn user(words: &str) -> Value {
    json!({ "model": "frontdesk", "messages": [{ "role": "user", "content": words }] })
}

async fn asks(server: &TestServer, body: &Value) -> Answer {
    server.operator_sends("POST", PATH, body).await
}

/// The objects of a stream, which must end as streams of OpenAI's do.
fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    let text = answer.text();
    let mut data: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
    assert_eq!(data.pop(), Some("[DONE]"));
    data.into_iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn words(lines: &[Value]) -> String {
    lines.iter().filter_map(|line| line["choices"][0]["delta"]["content"].as_str()).collect()
}

async fn kept(server: &TestServer) -> usize {
    server.operator_get("/v1/conversations").await.json()["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_asks_and_is_answered_with_citations_and_nothing_is_kept() {
    let server = shop().await;
    for (asked, answered) in [("怎么退货", "签收后 7 天内可以退。"), ("How do I pay?", "By card.")]
    {
        let answer = asks(&server, &user(asked)).await;
        assert_eq!(answer.status, 200);
        let body = answer.json();
        assert_eq!((&body["object"], &body["model"]), (&"chat.completion".into(), &"frontdesk".into()));
        let choice = &body["choices"][0];
        assert_eq!(
            (&choice["message"]["role"], &choice["finish_reason"]),
            (&"assistant".into(), &"stop".into())
        );
        assert_eq!(choice["message"]["content"], answered);
        let cited = &choice["message"]["annotations"][0];
        assert_eq!(cited["type"], "url_citation");
        assert_eq!(cited["url_citation"]["url"], body["x_citations"][0]["url"]);
        assert!(body["x_citations"][0]["url"].as_str().unwrap().starts_with("http://127.0.0.1:"));
        assert_eq!(body["usage"]["total_tokens"], 0, "no model was asked");
        assert_eq!(
            (&body["x_frontdesk"]["rung"], &body["x_frontdesk"]["conversation_id"]),
            (&"exact".into(), &Value::Null)
        );
    }
    let list = server.operator_get("/v1/models").await.json();
    assert_eq!(list["data"][0]["id"], "frontdesk");
    assert_eq!(kept(&server).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn checked_sentences_are_streamed_as_a_model_writes_them() {
    let (server, stub) = (shop().await, ModelStub::open().await);
    with_model(&server, &stub);
    stub.always(Talk::says(&format!("{WORDS}退款 15 天到账。[1]")));
    let before = json!([
        { "role": "system", "content": "You are a pirate." },
        { "role": "user", "content": "我的电话是 13912345678" },
        { "role": "assistant", "content": "好的。" },
        { "role": "user", "content": [{ "type": "text", "text": ASKED }] },
    ]);
    let body = json!({
        "model": "frontdesk", "messages": before, "stream": true, "stream_options": { "include_usage": true },
        "temperature": 1, "tools": [],
    });
    let answer = asks(&server, &body).await;
    let told = lines(&answer);
    assert_eq!(words(&told), "签收后 7 天内可以无理由退货。请在订单页申请。");
    assert!(told.len() >= 5, "each sentence is a piece of its own: {told:?}");
    assert_eq!(told[0]["choices"][0]["delta"]["role"], "assistant");
    let last = &told[told.len() - 2];
    assert_eq!(last["choices"][0]["finish_reason"], "stop");
    assert_eq!(last["x_frontdesk"]["rung"], "generated");
    assert_eq!(last["x_citations"].as_array().unwrap().len(), 1);
    let counted = told.last().unwrap();
    assert_eq!((&counted["choices"], &counted["usage"]["prompt_tokens"]), (&json!([]), &100.into()));
    let prompt = stub.asked()[0].1["messages"][1]["content"].as_str().unwrap().to_owned();
    assert!(prompt.contains("好的") && prompt.contains("<PHONE>"), "{prompt}");
    assert!(!prompt.contains("13912345678") && !prompt.contains("pirate"), "{prompt}");
    assert_eq!(kept(&server).await, 0);

    stub.always(Talk::Status(500));
    let plain = json!({ "stream": true, "model": "frontdesk", "messages": [{ "role": "user", "content": "怎么退货" }] });
    let told = lines(&asks(&server, &plain).await);
    assert_eq!(words(&told), "签收后 7 天内可以退。");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_conversation_is_kept_and_goes_on() {
    let server = shop().await;
    for (name, asked, answered) in [
        ("user", "怎么退货", "签收后 7 天内可以退。"),
        ("conversation_id", "How do I pay?", "By card."),
        ("chatId", "怎么退货", "签收后 7 天内可以退。"),
    ] {
        let mut body = user(asked);
        body[name] = "u1".into();
        body["stream"] = (name == "chatId").into();
        let answer = asks(&server, &body).await;
        if name == "chatId" {
            let told = words(&lines(&answer));
            assert!(told.contains(answered), "{told}");
        } else {
            let told = answer.json();
            assert_eq!(told["choices"][0]["message"]["content"], answered);
            assert_eq!(told["x_frontdesk"]["conversation_id"], "u1");
        }
    }
    let all = server.operator_get("/v1/conversations").await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    let path = format!("/v1/conversations/{}/messages", all["items"][0]["id"].as_str().unwrap());
    assert_eq!(server.operator_get(&path).await.json()["items"].as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn what_is_wrong_is_told_as_such_programs_read_it() {
    let server = shop().await;
    let post = ("content-type", "application/json");
    let stranger = server.post(PATH, &[post], user("hi").to_string().as_bytes()).await;
    assert_eq!(stranger.refusal(), (401, "unauthorised".to_owned()));
    assert_eq!(stranger.json()["error"]["type"], "authentication_error");
    let nobody = json!({ "model": "gpt-x", "messages": [] });
    let answer = asks(&server, &nobody).await;
    assert_eq!(answer.refusal(), (404, "model_not_found".to_owned()));
    assert_eq!(answer.json()["error"]["param"], "model");
    assert!(answer.json()["error"]["message"].as_str().unwrap().contains("gpt-x"));
    let long = user(&"长".repeat(2_001));
    let by_assistant =
        json!({ "model": "frontdesk", "messages": [{ "role": "assistant", "content": "hi" }] });
    for body in [
        json!({}),
        json!([]),
        json!({ "model": "frontdesk", "messages": [] }),
        user("  "),
        long,
        by_assistant,
    ] {
        let answer = asks(&server, &body).await;
        assert_eq!(answer.refusal(), (400, "bad_request".to_owned()), "{body}");
        assert_eq!(answer.json()["error"]["type"], "invalid_request_error", "{body}");
    }
}
