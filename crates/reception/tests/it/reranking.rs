//! A plugged reranker has a say, and what it said can be said again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use knowledge::library::{NoScores, Reranker};
use store::prelude::*;
use testkit::{TestDesk, eventually};

/// Goes by letters, but likes nothing better than texts with its word.
struct Reader {
    likes: &'static str,
    fails: AtomicBool,
    asked: AtomicUsize,
}

impl Reader {
    fn liking(likes: &'static str) -> Arc<Self> {
        Arc::new(Self { likes, fails: AtomicBool::new(false), asked: AtomicUsize::new(0) })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Reranker for Reader {
    #[allow(clippy::unnecessary_literal_bound, reason = "it is the trait's")]
    fn name(&self) -> &str {
        "reader"
    }

    fn scores(&self, question: &str, texts: &[&str], _: Duration) -> Result<Vec<f32>, NoScores> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.fails.load(Ordering::SeqCst) {
            return Err(NoScores { code: "late", reason: "it took too long".to_owned(), may_retry: true });
        }
        let likes = |text: &str| if text.contains(self.likes) { 3.0 } else { 0.0 };
        Ok(texts.iter().map(|text| likes(text) + shared(question, text)).collect())
    }
}

/// The share of a question's letters that a text has.
fn shared(question: &str, text: &str) -> f32 {
    let found = question.chars().filter(|letter| text.contains(*letter)).count();
    found as f32 / question.chars().count().max(1) as f32
}

async fn desk() -> TestDesk {
    TestDesk::with()
        .knows("退货要多久到账", "三天内退款。")
        .knows("换货要多久寄出", "两天内寄出。")
        .knows("维修要多久完成", "一周内修好。")
        .open()
        .await
}

const ASKED: &str = "东西寄回去以后大概要等多久呢";

#[tokio::test(flavor = "multi_thread")]
async fn it_is_asked_once_an_answer_and_the_answer_can_be_made_again_without_it() {
    let desk = desk().await;
    let plain = desk.customer("韩梅梅").says(ASKED).await;
    let first = |trace: &domain::Trace| trace.candidates.first().map(|best| best.entry.clone());
    let trace = async |id: &domain::ConversationId| {
        let said = desk.log(id).await;
        let answer = said.iter().find_map(|message| message.content.answer.clone()).unwrap();
        desk.store.trace(&answer).await.unwrap().unwrap()
    };
    let before = trace(&plain).await;
    let last = before.candidates.last().unwrap().title.clone();
    let likes: &'static str =
        ["退货", "换货", "维修"].into_iter().find(|word| last.starts_with(word)).unwrap();

    let reader = Reader::liking(likes);
    desk.reception.hear(Some(reader.clone()), "http://127.0.0.1:1/v1");
    desk.reception.hear_now().await;
    let trial = reader.asked();
    let heard = desk.customer("李雷").says(ASKED).await;
    assert_eq!(reader.asked(), trial + 1);
    let after = trace(&heard).await;
    assert_eq!(first(&after), before.candidates.last().map(|last| last.entry.clone()));
    assert_eq!(after.candidates[0].score.to_bits(), before.candidates[0].score.to_bits());
    assert_eq!((after.reranked.len(), after.reranked[0].model.as_str()), (1, "reader"));

    reader.fails.store(true, Ordering::SeqCst);
    let operator = desk.reception.operator();
    for (trace, notes) in [(&after, 1), (&before, 0)] {
        let again = operator.replay(&trace.id, &reception::Otherwise::default()).await.unwrap();
        assert!(again.same && first(&again.now.trace) == first(trace), "{again:?}");
        assert_eq!(again.notes.iter().filter(|note| *note == "rerank").count(), notes);
    }
    let shadow = operator.shadow(None, 10, &reception::Otherwise::default()).await.unwrap();
    assert_eq!((shadow.questions, shadow.same), (1, 1), "the same question counts once: {shadow:?}");
    assert_eq!(reader.asked(), trial + 1, "nobody was asked again");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_it_fails_the_built_in_order_stands_and_only_the_desk_hears_of_it() {
    let desk = desk().await;
    let reader = Reader::liking("维修");
    desk.start();
    desk.reception.hear(Some(reader.clone()), "http://127.0.0.1:1/v1");
    let stands = || desk.reception.operator().reranker().map(|standing| standing.stands);
    eventually("it was tried", async || (stands() == Some("serves")).then_some(())).await;
    reader.fails.store(true, Ordering::SeqCst);
    let li = desk.customer("李雷").says(ASKED).await;
    let answer = eventually("an answer", async || {
        desk.log(&li).await.iter().find_map(|message| message.content.answer.clone())
    })
    .await;
    let trace = desk.store.trace(&answer).await.unwrap().unwrap();
    assert_eq!(trace.reranked[0].failed.as_deref(), Some("late"));
    desk.reception.hear(Some(reader), "http://127.0.0.1:1/v1");
    desk.reception.hear_now().await;
    assert_eq!(stands(), Some("fails"), "at its trial");
    desk.reception.hear(None, "");
    assert_eq!(stands(), None);
}
