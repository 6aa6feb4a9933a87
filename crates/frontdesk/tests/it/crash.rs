//! kill -9 at random moments under load: nothing acknowledged is lost, nothing is shown twice.
//!
//! `FRONTDESK_CRASH_CYCLES` makes it longer, `FRONTDESK_CRASH_SEED` makes it the same again.

use std::{collections::BTreeMap, time::Duration};

use domain::{Author, ConversationId, Message};
use store::{Durability, Sqlite, prelude::*};
use testkit::{Seeded, eventually};

use crate::{
    shop::Shop,
    writers::{Acknowledged, Journal, Road, Widget},
};

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_is_shown_twice() {
    let cycles = number("FRONTDESK_CRASH_CYCLES", 20);
    let seed = number("FRONTDESK_CRASH_SEED", u64::from(std::process::id()));
    eprintln!("{cycles} crashes; FRONTDESK_CRASH_SEED={seed}");
    let chance = Seeded::new(seed);
    let (shop, journal) = (Shop::that_knows(), Journal::default());
    let mut widgets = Vec::new();
    for cycle in 0..cycles {
        let mut server = shop.serve();
        if cycle == 0 {
            for (name, road) in [Road::Socket, Road::Poll, Road::Socket, Road::Poll].into_iter().enumerate() {
                widgets.push(Widget::open(name, road, server.address, journal.clone()).await);
            }
        }
        let writing: Vec<_> =
            widgets.drain(..).map(|widget| tokio::spawn(widget.write(server.address))).collect();
        // The moment: after so many more messages, and a little later.
        let enough = journal.len() + usize::try_from(chance.below(60)).unwrap();
        eventually("messages are acknowledged", async || (journal.len() >= enough).then_some(())).await;
        tokio::time::sleep(Duration::from_micros(chance.below(5_000))).await;
        server.kill();
        for widget in writing {
            widgets.push(widget.await.unwrap());
        }
    }
    let mut server = shop.serve();
    for widget in &mut widgets {
        widget.hear_out(&server).await;
    }
    assert_eq!(server.stop(), Some(0));
    assert!(shop.run(&["doctor", "--data", "data"]).well().contains("sound"));
    examine(&shop, &widgets, journal.entries()).await;
}

async fn examine(shop: &Shop, widgets: &[Widget], journal: Vec<Acknowledged>) {
    let store = Sqlite::open(&shop.path("data/frontdesk.db"), Durability::Normal).await.unwrap();
    assert!(!journal.is_empty());
    let mut logs: BTreeMap<String, Vec<Message>> = BTreeMap::new();
    for conversation in store.conversations_after(None, 500).await.unwrap() {
        let log = whole_log(&store, &conversation.id).await;
        answered_once(&store, &conversation.id, &log).await;
        logs.insert(conversation.id.to_string(), log);
    }
    for entry in journal {
        let kept: Vec<(&String, i64)> = logs
            .iter()
            .flat_map(|(id, log)| log.iter().map(move |message| (id, message)))
            .filter(|(_, message)| message.external_id.as_deref() == Some(&entry.id))
            .map(|(id, message)| (id, message.seq))
            .collect();
        assert_eq!(
            kept,
            [(&entry.conversation, entry.seq)],
            "{} is kept once, where it was said to be",
            entry.id
        );
    }
    for widget in widgets {
        let ids: Vec<&String> =
            logs.keys().filter(|id| widget.shown.iter().any(|(shown, _)| shown == *id)).collect();
        let kept: usize = ids.iter().map(|id| logs[*id].len()).sum();
        assert_eq!(widget.shown.len(), kept, "all of it was shown, each once");
    }
    assert_eq!(store.count_violations().await.unwrap(), 0);
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    store.close().await;
}

async fn whole_log(store: &Sqlite, id: &ConversationId) -> Vec<Message> {
    let mut log: Vec<Message> = Vec::new();
    loop {
        let page = store.messages(id, log.last().map_or(0, |last| last.seq), 500).await.unwrap();
        if page.is_empty() {
            break;
        }
        log.extend(page);
    }
    assert!(log.iter().zip(1..).all(|(message, seq)| message.seq == seq), "no gaps");
    log
}

/// Every message of the customer went into exactly one turn, in order, and every turn has its answer.
async fn answered_once(store: &Sqlite, id: &ConversationId, log: &[Message]) {
    let said = log.iter().filter(|message| message.author == Author::Customer);
    let said: Vec<&str> = said.map(|message| message.content.text.as_str()).collect();
    let traces = store.traces(id).await.unwrap();
    let heard: Vec<&str> = traces.iter().flat_map(|trace| trace.question.lines()).collect();
    assert_eq!(heard, said);
    let mut answers: Vec<&str> = log
        .iter()
        .filter_map(|message| message.content.answer.as_ref())
        .map(domain::AnswerId::as_str)
        .collect();
    let mut turns: Vec<&str> = traces.iter().map(|trace| trace.id.as_str()).collect();
    answers.sort_unstable();
    turns.sort_unstable();
    assert_eq!(answers, turns, "one answer for each turn");
}
