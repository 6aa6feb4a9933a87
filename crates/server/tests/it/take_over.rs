//! An agent takes over while an answer is on its way to the widget.

use testkit::{SLOWLY, Seeded, TestServer};

use crate::{is, shop, stage};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_widget_hears_nothing_of_the_assistant_after_the_take_over() {
    let server = TestServer::around(shop()).await;
    let wang = server.desk.agent("Wang").await;
    let chance = Seeded::new(3);
    for round in 0..40 {
        let li = server.visitor().await;
        let mut socket = li.socket(None).await;
        let id =
            li.say("m-1", &format!("怎么退货{SLOWLY}")).await.json()["conversation"].as_str().unwrap().into();
        for _ in 0..chance.below(12) {
            socket.next().await.unwrap();
        }
        wang.takes_over(&id).await.unwrap();
        socket.until(stage("agent")).await;
        server.desk.quiet().await;
        wang.view.close(&id).await.unwrap();
        let after = socket.until(stage("closed")).await;
        assert!(
            !after.iter().any(|event| event["author"] == "assistant" || is("delta")(event)),
            "{round}: {after:?}"
        );
    }
    server.desk.is_sound().await;
}
