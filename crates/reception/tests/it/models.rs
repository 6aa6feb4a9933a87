//! A sentence model is exchanged while the desk works.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use knowledge::library::{NoVectors, Sentences};
use store::Knowledge;
use testkit::{TestDesk, eventually};

struct Model {
    name: &'static str,
    asked: AtomicUsize,
    works: bool,
}

impl Model {
    fn new(name: &'static str, works: bool) -> Arc<Self> {
        Arc::new(Self { name, asked: AtomicUsize::new(0), works })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Sentences for Model {
    fn name(&self) -> &str {
        self.name
    }

    fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors> {
        self.asked.fetch_add(texts.len(), Ordering::SeqCst);
        if !self.works {
            let reason = "nobody answers".to_owned();
            return Err(NoVectors { reason, may_retry: true, after: None });
        }
        Ok(texts
            .iter()
            .map(|text| text.bytes().take(4).map(f32::from).chain([1.0; 4]).take(4).collect())
            .collect())
    }
}

async fn serves(desk: &TestDesk, name: &str) {
    eventually("the model serves", async || {
        let plugging = desk.assistant_library().plugging();
        (plugging.serving.as_deref() == Some(name)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_model_serves_while_the_new_one_fails_and_gives_way_to_one_that_works() {
    let desk = TestDesk::with().knows("怎么退货", "七天内").knows("运费多少", "包邮").open().await;
    desk.start();
    let [old, broken, new] =
        [("old", true), ("broken", false), ("new", true)].map(|(name, works)| Model::new(name, works));
    desk.reception.plug(Some(old.clone()));
    serves(&desk, "old").await;

    desk.reception.plug(Some(broken.clone()));
    eventually("it is tried", async || (broken.asked() > 0).then_some(())).await;
    assert_eq!(desk.assistant_library().plugging().serving.as_deref(), Some("old"));

    desk.reception.plug(Some(new.clone()));
    serves(&desk, "new").await;
    let text = knowledge::library::TextName::of("怎么退货").bytes().to_vec();
    eventually("the old one's vectors are forgotten", async || {
        desk.store.vectors("old", std::slice::from_ref(&text)).await.unwrap().is_empty().then_some(())
    })
    .await;
    assert_eq!(desk.store.vectors("new", &[text]).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_encoded_before_a_restart_is_not_encoded_again() {
    let desk = TestDesk::with().knows("怎么退货", "七天内").open().await;
    desk.start();
    desk.reception.plug(Some(Model::new("one", true)));
    serves(&desk, "one").await;
    let desk = desk.restart().await;
    desk.start();
    let again = Model::new("one", true);
    desk.reception.plug(Some(again.clone()));
    serves(&desk, "one").await;
    assert_eq!(again.asked(), 0);
}
