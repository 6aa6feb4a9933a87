//! One server on one folder, and how commands find it.

use std::net::TcpListener;

use serde_json::{Value, json};
use testkit::{Answer, eventually};

use crate::shop::{Running, Shop};

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_ready_to_talk_to() {
    let shop = Shop::new();
    let demo = || Running::start(shop.command().args(["demo", "--port", "0", "--data", "demo", "--json"]));
    let mut running = demo().unwrap_or_else(|done| panic!("{done:?}"));
    let links: Value = serde_json::from_str(&running.first).expect("one JSON object on the first line");
    let base = format!("http://{}", running.address);
    assert_eq!(
        (&links["shop"], &links["desk"]),
        (&json!(format!("{base}/")), &json!(format!("{base}/desk")))
    );
    let sign_in = links["sign_in"].as_str().unwrap().strip_prefix(&base).unwrap().to_owned();
    let get = async |path: &str| running.http().request("GET", path, &[], b"").await.unwrap();
    assert!(get("/").await.text().contains("/widget.js"));
    assert_eq!(get(&sign_in).await.status, 200);
    assert!(get("/desk").await.status != 200, "not without signing in");
    let answer = shop.run(&["ask", "怎么退货", "--data", "demo", "--json"]).json();
    assert!(
        answer["rung"] == "exact" || answer["rung"] == "suggest" || answer["rung"] == "clarify",
        "{answer}"
    );
    let english = shop.run(&["ask", "How do I return something?", "--data", "demo", "--json"]).json();
    assert_eq!(english["language"], "en", "{english}");

    assert_eq!(running.stop(), Some(0));
    let again = demo().unwrap_or_else(|done| panic!("on the same folder: {done:?}"));
    assert_ne!(again.first, links.to_string(), "with a fresh link");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_heeds_the_environment_and_stays_the_sample_shop() {
    let shop = Shop::new();
    let environment = [
        ("FRONTDESK_SERVER__LISTEN", "127.0.0.1:0"),
        ("FRONTDESK_SHOP__NAME_EN", "My Home"),
        ("FRONTDESK_LIMITS__MESSAGE_CHARS", "77"),
        ("FRONTDESK_DATA", "real"),
    ];
    let running = Running::start(shop.command().args(["demo", "--json"]).envs(environment))
        .unwrap_or_else(|done| panic!("{done:?}"));
    let kind = ("content-type", "application/json");
    let session = running.http().request("POST", "/v1/widget/session", &[kind], b"{}").await.unwrap().json();
    let settings = &session["settings"];
    assert_eq!((&settings["name"]["en"], &settings["max_chars"]), (&json!("My Home"), &json!(77)));
    assert_eq!(settings["name"]["zh"], "青禾家居", "what nobody set is the sample's");
    assert_eq!(settings["starters"]["en"].as_array().map(Vec::len), Some(4));
    assert!(shop.path("data/demo").exists() && !shop.path("real").exists(), "a real shop gets no sample");
}

#[test]
fn a_second_server_on_the_same_folder_is_told_who_has_it() {
    let shop = Shop::that_knows();
    let mut first = shop.serve();
    shop.refused(&["serve", "--data", "data"])
        .failed(1, &[&first.pid().to_string(), &first.address.to_string(), "data"]);
    shop.refused(&["demo", "--port", "0", "--data", "data"]).failed(1, &[&first.pid().to_string()]);
    first.kill();
    let mut third = shop.serve();
    assert_eq!(third.stop(), Some(0), "who was killed holds nothing");
    assert!(!shop.path("data/server.json").exists());
}

#[test]
fn who_was_killed_is_not_named_as_running() {
    let shop = Shop::that_knows();
    let mut server = shop.serve();
    server.kill();
    assert!(shop.run(&["doctor", "--data", "data"]).well().contains("not running"));
    assert!(!shop.path("data/server.json").exists(), "the next one on the folder takes the old notice down");
}

#[test]
fn a_port_in_use_is_named_with_the_way_out() {
    let shop = Shop::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    shop.refused(&["demo", "--port", &port, "--data", "data"]).failed(1, &[&port, "--port"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_go_through_the_server_that_runs() {
    let shop = Shop::that_knows();
    let mut server = shop.serve();
    assert_eq!(shop.run(&["ask", "怎么退货", "--data", "data", "--json"]).json()["rung"], "exact");
    shop.write("more.jsonl", "{\"id\":\"late\",\"question\":\"后来的问题\",\"answer\":\"后来的回答\"}\n");
    assert_eq!(shop.run(&["import", "more.jsonl", "--data", "data", "--json"]).json()["new"], 1);
    assert_eq!(
        shop.run(&["ask", "后来的问题", "--data", "data", "--json"]).json()["text"],
        "后来的回答",
        "at once"
    );
    let rows = shop.run(&["export", "knowledge", "--out", "all.jsonl", "--data", "data"]).well();
    assert!(rows.starts_with("3 rows"), "{rows}");
    shop.run(&["export", "conversations", "--out", "talks.jsonl", "--data", "data"]).well();
    assert!(shop.read("talks.jsonl").contains("written by AI"));

    let link = shop.run(&["sign-in", "--data", "data"]).well();
    let path =
        link.trim().strip_prefix(&format!("http://{}", server.address)).expect("a link to this server");
    assert_eq!(server.http().request("GET", path, &[], b"").await.unwrap().status, 200);
    let long = "字".repeat(2_001);
    shop.run(&["ask", &long, "--data", "data"]).failed(1, &["too long"]);
    assert_eq!(server.stop(), Some(0));
    assert_eq!(
        shop.run(&["ask", "后来的问题", "--data", "data", "--json"]).json()["text"],
        "后来的回答",
        "and kept"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_told_to_stop_stops_although_widgets_are_watching() {
    let shop = Shop::that_knows();
    let mut server = shop.serve();
    let http = server.http();
    let kind = ("content-type", "application/json");
    let session: Answer = http.request("POST", "/v1/widget/session", &[kind], b"{}").await.unwrap();
    let token = session.json()["visitor"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {token}");
    let mut stream = http.stream("/v1/widget/events", &[("authorization", &bearer)]).await.unwrap();
    stream.until(|event| event["type"] == "ready").await.unwrap();
    let mut socket = testkit::Socket::hello(server.address, &token, None).await.unwrap();
    socket.until(|event| event["type"] == "ready").await;
    assert_eq!(tokio::task::spawn_blocking(move || server.stop()).await.unwrap(), Some(0));
    eventually("the stream ends", async || stream.next().await.is_err().then_some(())).await;
}
