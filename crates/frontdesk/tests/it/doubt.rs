//! The server dies while a foreign platform has a message in its hands.

use domain::{DeliveryState, Timestamp};
use store::{Durability, Sqlite, prelude::*};
use testkit::{Callback, Does, SECRET, Taken, eventually};

use crate::shop::{Running, Shop};

fn shop(callback: &str) -> Shop {
    let shop = Shop::that_knows();
    let channel =
        format!("[channels.shop]\nkind = \"echo\"\nsecret = \"{SECRET}\"\ncallback = \"{callback}\"\n");
    shop.write("frontdesk.toml", channel);
    shop
}

#[allow(clippy::disallowed_methods, reason = "the server under test has the machine's clock")]
async fn knock(server: &Running, id: &str, text: &str) {
    let (headers, body) = Callback::knock(id, "li", text, Timestamp::now());
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = server.http().request("POST", "/channels/shop", &headers, &body).await.unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
}

async fn taken(callback: &Callback, count: usize) -> Vec<Taken> {
    eventually("the platform is called", async || Some(callback.taken()).filter(|all| all.len() >= count))
        .await
}

async fn states(shop: &Shop) -> Vec<(String, DeliveryState)> {
    let store = Sqlite::open(&shop.path("data/frontdesk.db"), Durability::Normal).await.unwrap();
    let mut states = Vec::new();
    for conversation in store.conversations_after(None, 10).await.unwrap() {
        for message in store.messages(&conversation.id, 0, 100).await.unwrap() {
            if let Some(delivery) = store.delivery(&message.id).await.unwrap() {
                states.push((message.id.to_string(), delivery.state));
            }
        }
    }
    store.close().await;
    states
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_in_the_platforms_hands_is_in_doubt_and_not_sent_again() {
    let callback = Callback::open().await;
    let shop = shop(&callback.url());
    callback.does(&[Does::Nothing]);
    let mut server = shop.serve();
    knock(&server, "w-1", "怎么退货").await;
    let first = taken(&callback, 1).await.remove(0);
    server.kill();

    let mut server = shop.serve();
    // A later message is delivered, so the one in doubt had its chance.
    knock(&server, "w-2", "怎么退货").await;
    let all = taken(&callback, 2).await;
    knock(&server, "w-1", "怎么退货").await;
    assert_eq!(server.stop(), Some(0));

    assert_eq!(callback.taken().len(), 2);
    assert_ne!(all[1].id, first.id);
    assert_eq!(
        states(&shop).await,
        [(first.id, DeliveryState::InDoubt), (all[1].id.clone(), DeliveryState::Sent)]
    );
    assert!(shop.run(&["doctor", "--data", "data"]).well().contains("sound"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_never_reached_the_platform_is_sent_after_the_restart() {
    let address = Callback::open().await.address;
    let shop = shop(&format!("http://{address}/replies"));
    let mut server = shop.serve();
    knock(&server, "w-1", "怎么退货").await;
    // The answer is there; nobody took it.
    let talks = || {
        shop.run(&["export", "conversations", "--out", "talks.jsonl", "--data", "data"]).well();
        shop.read("talks.jsonl")
    };
    eventually("it is answered", async || talks().contains("assistant\"}").then_some(())).await;
    server.kill();

    let callback = Callback::open_at(address).await;
    let mut server = shop.serve();
    let all = taken(&callback, 1).await;
    assert_eq!(all[0].body["data"]["text"], "签收后 7 天内可以退。");
    let sent = async || {
        let told = shop.run(&["doctor", "--data", "data"]).well();
        told.contains("sound").then_some(())
    };
    eventually("the data is sound", sent).await;
    assert_eq!(server.stop(), Some(0));
    assert_eq!(callback.taken().len(), 1);
    assert_eq!(states(&shop).await, [(all[0].id.clone(), DeliveryState::Sent)]);
}
