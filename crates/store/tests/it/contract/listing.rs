//! The desk looks at its conversations.

use domain::{AgentId, ChannelId, Conversation};
use store::{Change, ConversationFilter, ConversationRow, Page, Store};

use crate::scene::{Scene, at, inbound};

/// All rows of a list, read in pages of two.
async fn in_pages(store: &dyn Store, filter: &ConversationFilter) -> Vec<ConversationRow> {
    let mut rows: Vec<ConversationRow> = Vec::new();
    loop {
        let after = rows.last().map(|row| row.cursor.clone());
        let page = store.list(filter, &Page { after, limit: 2 }).await.unwrap();
        if page.is_empty() {
            assert_eq!(store.count(filter).await.unwrap(), rows.len() as u64);
            return rows;
        }
        assert!(page.len() <= 2);
        rows.extend(page);
    }
}

fn senders(rows: &[ConversationRow]) -> Vec<&str> {
    rows.iter().map(|row| row.conversation.sender.as_str()).collect()
}

fn stage(name: &str) -> ConversationFilter {
    ConversationFilter { stage: Some(name.to_owned()), ..ConversationFilter::default() }
}

async fn said_at(scene: &Scene<'_>, sender: &str, seconds: i64) -> Conversation {
    scene.receive(inbound(sender, &scene.name("said")), seconds, None).await.conversation
}

pub(crate) async fn the_desk_lists_by_last_change(store: &dyn Store) {
    let scene = Scene::new(store);
    for (sender, seconds) in [("a", 1), ("b", 2), ("c", 3), ("d", 3), ("e", 5)] {
        said_at(&scene, sender, seconds).await;
    }
    let again = said_at(&scene, "a", 6).await;
    let rows = in_pages(store, &ConversationFilter::default()).await;

    assert_eq!(senders(&rows), ["a", "e", "d", "c", "b"]);
    assert_eq!(rows[0].conversation, again);
}

pub(crate) async fn those_who_wait_are_listed_by_their_wait(store: &dyn Store) {
    let scene = Scene::new(store);
    let mut waiting = Vec::new();
    for (sender, since) in [("a", 30), ("b", 10), ("c", 20), ("d", 20), ("e", 5)] {
        let said = said_at(&scene, sender, 0).await;
        waiting.push(scene.waits(said, since).await);
    }
    scene.takes_over("wang", waiting.pop().unwrap(), 40).await;
    said_at(&scene, "b", 50).await;

    assert_eq!(senders(&in_pages(store, &stage("waiting")).await), ["b", "c", "d", "a"]);
    let mut ahead = Vec::new();
    for conversation in &waiting {
        ahead.push(store.waiting_ahead(&conversation.id).await.unwrap());
    }
    assert_eq!(ahead, [3, 0, 1, 2]);
    let with_assistant = said_at(&scene, "f", 0).await;
    assert_eq!(store.waiting_ahead(&with_assistant.id).await.unwrap(), 0);
}

pub(crate) async fn of_those_who_wait_the_angry_come_first(store: &dyn Store) {
    let scene = Scene::new(store);
    let moods = [
        ("a", 30, "angry", false),
        ("b", 10, "neutral", false),
        ("c", 20, "angry", true),
        ("d", 5, "negative", false),
        ("e", 40, "neutral", true),
    ];
    let mut calm = None;
    for (sender, since, mood, pressing) in moods {
        let said = said_at(&scene, sender, 0).await;
        let waiting = scene.waits(Conversation { mood: mood.to_owned(), pressing, ..said }, since).await;
        calm = calm.or_else(|| (sender == "b").then_some(waiting));
    }
    assert_eq!(senders(&in_pages(store, &stage("waiting")).await), ["c", "a", "e", "d", "b"]);
    let places = store.waiting_ahead(&calm.unwrap().id).await.unwrap();
    assert_eq!(places, 1, "nobody loses the place that they were told");
}

pub(crate) async fn filters_narrow(store: &dyn Store) {
    let scene = Scene::new(store);
    said_at(&scene, "with the assistant", 1).await;
    let waiting = said_at(&scene, "waiting", 2).await;
    scene.waits(waiting, 3).await;
    for (sender, agent) in [("with wang", "wang"), ("with zhao", "zhao")] {
        let said = said_at(&scene, sender, 4).await;
        scene.takes_over(agent, said, 5).await;
    }
    let over = said_at(&scene, "over", 6).await;
    scene.closes(over, 7).await;
    let mut asked = inbound("on the command line", "1");
    asked.channel = ChannelId::CLI.into();
    scene.receive(asked, 8, None).await;

    let find = async |filter: ConversationFilter| {
        let mut found: Vec<_> =
            in_pages(store, &filter).await.into_iter().map(|row| row.conversation.sender).collect();
        found.sort();
        found
    };
    let all = ConversationFilter::default;
    assert_eq!(find(all()).await.len(), 6);
    assert_eq!(find(stage("assistant")).await, ["on the command line", "with the assistant"]);
    assert_eq!(find(stage("agent")).await, ["with wang", "with zhao"]);
    assert_eq!(find(stage("closed")).await, ["over"]);
    assert_eq!(find(ConversationFilter { agent: Some(AgentId::from("zhao")), ..all() }).await, ["with zhao"]);
    assert_eq!(find(ConversationFilter { open: true, ..all() }).await.len(), 5);
    let quiet = ConversationFilter { quiet_since: Some(at(5)), ..all() };
    assert_eq!(find(quiet).await, ["waiting", "with the assistant"]);
    let without = ConversationFilter { without_channel: Some(ChannelId::CLI.into()), ..stage("assistant") };
    assert_eq!(find(without).await, ["with the assistant"]);
}

pub(crate) async fn the_last_message_is_no_notice(store: &dyn Store) {
    let scene = Scene::new(store);
    let mut said = inbound("李雷", "1");
    said.name = Some("Li Lei".to_owned());
    let received = scene.receive(said, 0, None).await;
    let mut change = Change::of(received.conversation, at(1));
    change.messages = vec![scene.answer("好"), scene.notice()];
    let answer = change.messages[0].id.clone();
    scene.change(change).await;

    let rows = in_pages(store, &ConversationFilter::default()).await;
    assert_eq!(rows[0].customer_name.as_deref(), Some("Li Lei"));
    assert_eq!(rows[0].last.as_ref().map(|message| &message.id), Some(&answer));
}

pub(crate) async fn what_was_said_in_a_wait_is_found_until_somebody_answers(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.says("li").await;
    let waiting = scene.waits(first.conversation, 1).await;
    let id = waiting.id.clone();
    for _ in 0..3 {
        scene.says("li").await;
    }
    let mut told = Change::of(waiting, at(2));
    told.messages = vec![scene.word_left(), scene.notice()];
    let mut waiting = scene.change(told).await;
    let places = async |limit| {
        let said = store.said_while_waiting(&id, limit).await.unwrap();
        said.iter().map(|message| message.seq).collect::<Vec<_>>()
    };
    assert_eq!(places(9).await, [2, 3, 4], "neither what led to the wait nor the form");
    assert_eq!(places(2).await, [3, 4], "the latest");

    assert!(waiting.back_to_assistant(at(3)));
    let mut back = Change::of(waiting, at(3));
    back.messages = vec![scene.notice()];
    let with_assistant = scene.change(back).await;
    assert_eq!(places(9).await, [2, 3, 4], "nobody has answered yet");

    let mut answered = Change::of(with_assistant, at(4));
    answered.messages = vec![scene.answer("好")];
    scene.change(answered).await;
    assert_eq!(places(9).await, [0; 0]);
}

pub(crate) async fn what_was_said_in_a_wait_is_the_agents_once_one_was_there(store: &dyn Store) {
    let scene = Scene::new(store);
    let first = scene.says("li").await;
    scene.waits(first.conversation, 1).await;
    let said = scene.says("li").await;
    let mut with_wang = scene.takes_over("wang", said.conversation, 2).await;
    let id = with_wang.id.clone();
    assert_eq!(store.said_while_waiting(&id, 9).await.unwrap().len(), 1);
    with_wang.give_back(&AgentId::from("wang"), at(3)).unwrap();
    let mut back = Change::of(with_wang, at(3));
    back.messages = vec![scene.notice()];
    scene.change(back).await;
    assert_eq!(store.said_while_waiting(&id, 9).await.unwrap(), []);
}

pub(crate) async fn everything_can_be_read_in_pages(store: &dyn Store) {
    let scene = Scene::new(store);
    let all = scene.all_at_once((0..5).map(|n| inbound(&n.to_string(), "1")).collect()).await;
    let mut expected: Vec<Conversation> = all.into_iter().map(|one| one.conversation).collect();
    expected.sort_by(|a, b| a.id.cmp(&b.id));

    let mut read: Vec<Conversation> = Vec::new();
    loop {
        let page = store.conversations_after(read.last().map(|last| &last.id), 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    assert_eq!(read, expected);
    for n in 0..9 {
        scene.receive(inbound("0", &format!("more {n}")), 0, None).await;
    }
    let first = store.thread(&"shop".into(), "0", 1).await.unwrap()[0].id.clone();
    let page = store.messages(&first, 3, 4).await.unwrap();
    assert_eq!(page.iter().map(|message| message.seq).collect::<Vec<_>>(), [4, 5, 6, 7]);
}

pub(crate) async fn a_strange_cursor_is_refused(store: &dyn Store) {
    let page = Page { after: Some("yesterday".to_owned()), limit: 10 };
    assert!(store.list(&ConversationFilter::default(), &page).await.is_err());
    assert!(store.entries(&store::EntryFilter::default(), &page).await.is_err());
}
