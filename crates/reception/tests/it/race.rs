//! An agent takes over while an answer is being written.

use reception::Event;
use serde_json::Value;
use testkit::{PIECES, SLOWLY, Seeded, TestDesk};
use tokio::sync::broadcast::Receiver;

const ROUNDS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_the_take_over_is_told_the_assistant_is_silent() {
    let desk = TestDesk::with().knows("怎么退货", "签收后 7 天内可以退。").open().await;
    let wang = desk.agent("Wang").await;
    let chance = Seeded::new(9);
    let (mut before, mut after) = (0, 0);
    for round in 0..ROUNDS {
        let li = desk.customer("李雷");
        let mut watch = li.view.watch();
        let id = li.writes(&format!("怎么退货{SLOWLY}")).await.unwrap().conversation;
        // The message itself, its pieces, the whole answer: the take-over comes somewhere in between.
        let mut begun = false;
        for _ in 0..chance.below(PIECES as u64 + 3) {
            begun |= matches!(&*watch.recv().await.unwrap(), Event::Delta { .. });
        }
        wang.takes_over(&id).await.unwrap();
        desk.quiet().await;

        let events = seen(&mut watch);
        let told = events.iter().position(|event| event["type"] == "stage" && event["stage"] == "agent");
        let told = told.unwrap_or_else(|| panic!("round {round}: the take-over is told: {events:?}"));
        for event in &events[told..] {
            let speaks = event["type"] == "delta" || event["author"] == "assistant";
            assert!(!speaks, "round {round}: {event} after the take-over in {events:?}");
        }
        let answered = desk.told(&id).await.iter().any(|line| line.starts_with("assistant"));
        *(if answered { &mut after } else { &mut before }) += 1;
        let taken_back = events.iter().any(|event| event["type"] == "retract");
        assert!(answered || taken_back || !begun, "round {round}: words are taken back");
    }
    assert!(before > 0 && after > 0, "both orders were tried: {before} before the answer, {after} after it");
    desk.is_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_after_the_take_over_sees_none_of_the_words_that_were_being_written() {
    let desk = TestDesk::with().open().await;
    let wang = desk.agent("Wang").await;
    for _ in 0..20 {
        let li = desk.customer("李雷");
        let id = li.writes(&format!("怎么退货{SLOWLY}")).await.unwrap().conversation;
        wang.takes_over(&id).await.unwrap();
        let mut watch = li.view.watch();
        let missed = li.view.missed(None).await.unwrap();
        assert!(
            missed.iter().any(|event| matches!(event, Event::Stage(standing) if standing.stage == "agent"))
        );
        // What passed before the log was read is older than what the log says.
        seen(&mut watch);
        desk.quiet().await;
        let events = seen(&mut watch);
        assert!(!events.iter().any(|event| event["type"] == "delta"), "{events:?}");
    }
}

fn seen(watch: &mut Receiver<std::sync::Arc<Event>>) -> Vec<Value> {
    let mut events = Vec::new();
    while let Ok(event) = watch.try_recv() {
        events.push(serde_json::to_value(&*event).unwrap());
    }
    events
}
