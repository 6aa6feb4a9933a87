//! A sentence model is exchanged while the desk works.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use knowledge::library::{NoVectors, Sentences};
use reception::AgentView;
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

/// Made-up words, so that nothing but the plugged model tells them apart.
const PARCELS: [&str; 6] = ["zorp", "mingle", "tarn", "hub", "pell", "oxalis"];
const MONEY: [&str; 6] = ["quev", "blist", "fondu", "yarrow", "crith", "swale"];

/// Knows which of them are about parcels; may fail at what is about money.
#[derive(Default)]
struct Trade {
    asked: AtomicUsize,
    fails: AtomicBool,
}

impl Sentences for Trade {
    fn name(&self) -> &'static str {
        "trade"
    }

    fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, NoVectors> {
        self.asked.fetch_add(texts.len(), Ordering::SeqCst);
        let about = |words: &[&str], text: &str| f32::from(u8::from(words.contains(&text)));
        if self.fails.load(Ordering::SeqCst) && texts.iter().any(|text| MONEY.contains(text)) {
            return Err(NoVectors { reason: "nobody answers".to_owned(), may_retry: true, after: None });
        }
        Ok(texts.iter().map(|text| vec![3.0 * about(&PARCELS, text), about(&MONEY, text), 0.1]).collect())
    }
}

async fn taught() -> (TestDesk, AgentView) {
    let desk = TestDesk::with().knows("怎么退货", "七天内").open().await;
    let owner = desk.owner().await;
    owner.teach("parcel", &PARCELS[..5]).await.unwrap();
    owner.teach("money", &MONEY[..5]).await.unwrap();
    (desk, owner)
}

/// What the sixth words of both are taken for: no example has them.
async fn taken_for(owner: &AgentView) -> Vec<String> {
    let mut names = Vec::new();
    for word in [PARCELS[5], MONEY[5]] {
        names.extend(owner.recognise(word).await.into_iter().map(|label| label.name).take(1));
    }
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plugged_model_tells_intents_apart_as_long_as_it_serves() {
    let (desk, owner) = taught().await;
    desk.reception.adapt().await;
    assert_eq!(taken_for(&owner).await, [""; 0], "words alone say nothing");

    let model = Arc::new(Trade::default());
    desk.reception.plug(Some(model.clone()));
    desk.reception.encode().await;
    assert_eq!(taken_for(&owner).await, [""; 0], "the built-in model serves until the next is learnt");
    desk.reception.adapt().await;
    assert_eq!(taken_for(&owner).await, ["parcel", "money"]);

    let so_far = model.asked.load(Ordering::SeqCst);
    desk.reception.adapt().await;
    assert_eq!(model.asked.load(Ordering::SeqCst), so_far, "what it told once is kept");

    model.fails.store(true, Ordering::SeqCst);
    let by_words = owner.recognise(MONEY[0]).await;
    assert!(
        by_words.iter().all(|label| label.name == "money"),
        "without an answer words must do, and say nothing wrong: {by_words:?}"
    );

    desk.reception.plug(None);
    desk.reception.adapt().await;
    assert_eq!(taken_for(&owner).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn intents_do_without_a_model_that_fails_and_it_is_tried_again() {
    let (desk, owner) = taught().await;
    let model = Arc::new(Trade::default());
    model.fails.store(true, Ordering::SeqCst);
    desk.reception.plug(Some(model.clone()));
    desk.reception.encode().await;
    desk.reception.adapt().await;
    assert_eq!(desk.assistant_library().plugging().serving.as_deref(), Some("trade"));
    assert_eq!(owner.recognise(MONEY[0]).await[0].name, "money", "the built-in model has learnt it");
    assert_eq!(owner.recognise(PARCELS[0]).await[0].name, "parcel");

    model.fails.store(false, Ordering::SeqCst);
    desk.start();
    eventually("it is tried again", async || (taken_for(&owner).await == ["parcel", "money"]).then_some(()))
        .await;
}
