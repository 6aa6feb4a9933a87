//! Answers are explained, and judged by those who got them.

use domain::{Feedback, Label, Rating, Reason, Rung, Thumb, Trace};
use store::{Change, Store};

use crate::scene::{Scene, at};

/// The story of an answer.
pub(super) fn trace(id: &str, conversation: &domain::ConversationId, seconds: i64) -> Trace {
    let label = |name: &str| Label { name: name.to_owned(), confidence: 0.1 };
    Trace {
        id: id.into(),
        conversation: conversation.clone(),
        at: at(seconds),
        question: "怎么退货".to_owned(),
        read_as: None,
        context: None,
        language: "zh".to_owned(),
        intent: Some(label("returns")),
        also: vec![],
        sentiment: label("neutral"),
        marks: vec![],
        satisfaction: None,
        entities: vec![("phone".to_owned(), "138****0000".to_owned())],
        knowledge_version: 3,
        meanings_version: 3,
        policy_version: "1".to_owned(),
        candidates: Vec::new(),
        used: Vec::new(),
        thresholds: vec![("answer".to_owned(), 0.75)],
        rung: Rung::Exact,
        reason: "one_clear_entry".to_owned(),
        confidence: 0.9,
        acted: None,
        duty: None,
        advised: Vec::new(),
        reranked: Vec::new(),
        model_calls: Vec::new(),
        checks: Vec::new(),
        inputs: None,
        timings: Vec::new(),
    }
}

pub(crate) async fn opinions_replace_each_other(store: &dyn Store) {
    let scene = Scene::new(store);
    let conversation = scene.says("李雷").await.conversation;
    let mut change = Change::of(conversation, at(1));
    change.traces =
        vec![trace("answer-2", &change.conversation.id, 2), trace("answer-1", &change.conversation.id, 1)];
    let conversation = scene.change(change).await;
    let opinion = |answer: &str, thumb, reason, seconds| Feedback {
        answer: answer.into(),
        thumb,
        reason,
        comment: Some("过时了".to_owned()),
        at: at(seconds),
    };
    let down = opinion("answer-1", Some(Thumb::Down), Some(Reason::OffTopic), 3);
    let back = opinion("answer-1", None, None, 4);
    let up = opinion("answer-2", Some(Thumb::Up), None, 5);
    for feedback in [&down, &back, &up] {
        store.put_feedback(feedback).await.unwrap();
    }
    assert_eq!(store.feedback(&conversation.id).await.unwrap(), [back, up], "in the order of the answers");

    let rating = |score| Rating { conversation: conversation.id.clone(), score, comment: None, at: at(9) };
    assert_eq!(store.rating(&conversation.id).await.unwrap(), None);
    store.put_rating(&rating(2)).await.unwrap();
    store.put_rating(&rating(5)).await.unwrap();
    assert_eq!(store.rating(&conversation.id).await.unwrap(), Some(rating(5)));
}
