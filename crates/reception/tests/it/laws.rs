//! The hand-over as a proven state machine: whatever happens, in whatever order, the rules hold.

use std::collections::BTreeMap;

use domain::{Author, ConversationId, Message};
use futures_util::future::join_all;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};
use store::{Conversations, Upkeep};
use testkit::TestDesk;

use crate::{
    acts::{AGENTS, Act, CUSTOMERS, Cast, moment},
    log::{walk, was_heard},
};

#[test]
fn whatever_happens_the_rules_of_the_hand_over_hold() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let kept = FileFailurePersistence::Direct("tests/it/laws.regressions");
    let config = Config { cases: 48, failure_persistence: Some(Box::new(kept)), ..Config::default() };
    let stories = proptest::collection::vec(moment(), 5..40);
    TestRunner::new(config)
        .run(&stories, |story| runtime.block_on(play(&story)).map_err(TestCaseError::fail))
        .unwrap_or_else(|failure| panic!("{failure}"));
}

async fn play(story: &[Vec<Act>]) -> Result<(), String> {
    let desk = TestDesk::with()
        .knows("怎么退货", "签收后 7 天内可以退。")
        .knows("运费多少", "满 99 元包邮。")
        .open()
        .await;
    let agents = [desk.agent("Wang").await, desk.agent("Li").await];
    let cast = Cast {
        desk: &desk,
        customers: (0..CUSTOMERS).map(|at| desk.customer(&format!("customer {at}"))).collect(),
        agents: agents.into_iter().take(AGENTS).collect(),
        accepted: std::sync::Mutex::default(),
    };
    for moment in story {
        let asks = matches!(moment[..], [Act::AskByButton { .. }]);
        let before = if asks { Some(heard(&desk).await) } else { None };
        for done in join_all(moment.iter().map(|act| cast.act(act))).await {
            done?;
        }
        if let Some(before) = before {
            acknowledged(&desk, before).await?;
        }
    }
    desk.assistant.release();
    // Work that was put off for a second is due now.
    desk.clock.step(2);
    desk.quiet().await;
    rules(&cast).await
}

/// How many words tell of a wish for a person (notices, or the wish itself as the first words of a
/// conversation, to be answered like all others), and how many conversations an agent has.
async fn heard(desk: &TestDesk) -> (usize, usize) {
    let tells = |said: &&Message| said.author == Author::Notice || said.content.text == "转人工";
    let (mut telling, mut taken) = (0, 0);
    for conversation in conversations(desk).await {
        taken += usize::from(conversation.stage.agent().is_some());
        telling += desk.log(&conversation.id).await.iter().filter(tells).count();
    }
    (telling, taken)
}

/// Who asks for a person hears of it at once, unless one is there.
async fn acknowledged(desk: &TestDesk, before: (usize, usize)) -> Result<(), String> {
    let now = heard(desk).await;
    let is_told = now.0 > before.0 || before.1 > 0;
    if is_told { Ok(()) } else { Err("a wish for a person was met with silence".to_owned()) }
}

async fn rules(cast: &Cast<'_>) -> Result<(), String> {
    let desk = cast.desk;
    let violations = desk.store.count_violations().await.map_err(|error| error.to_string())?;
    let findings = desk.store.check().await.map_err(|error| error.to_string())?;
    if violations > 0 || !findings.is_empty() {
        return Err(format!("{violations} violations, {findings:?}"));
    }
    let mut customers = BTreeMap::new();
    for conversation in conversations(desk).await {
        let log = desk.log(&conversation.id).await;
        let word = walk(&log)?;
        if word.stage() != conversation.stage.name() {
            return Err(format!("the log says {word:?}, the record {:?}", conversation.stage));
        }
        if ["assistant", "waiting"].contains(&word.stage()) && !was_heard(&log) {
            return Err(format!("nothing follows the customer's last words in {log:?}"));
        }
        let known = customers.entry(conversation.sender).or_insert((conversation.customer.clone(), 0));
        known.1 += usize::from(conversation.stage.name() != "closed");
        if known.0 != conversation.customer || known.1 > 1 {
            return Err(format!("one customer, one open conversation: {known:?}"));
        }
    }
    everything_acknowledged_is_there_once(cast).await
}

async fn everything_acknowledged_is_there_once(cast: &Cast<'_>) -> Result<(), String> {
    let mut places: BTreeMap<String, (ConversationId, i64)> = BTreeMap::new();
    let accepted = cast.accepted.lock().unwrap().clone();
    for (_, name, text, accepted) in accepted {
        let place = (accepted.conversation, accepted.seq);
        let message =
            cast.desk.store.messages(&place.0, place.1 - 1, 1).await.map_err(|error| error.to_string())?;
        let found = message.first().ok_or_else(|| format!("{name} is lost"))?;
        if found.external_id.as_deref() != Some(&name) || found.content.text != text {
            return Err(format!("{name} is not where it was said to be: {found:?}"));
        }
        if *places.entry(name.clone()).or_insert(place.clone()) != place {
            return Err(format!("{name} is in two places"));
        }
    }
    Ok(())
}

async fn conversations(desk: &TestDesk) -> Vec<domain::Conversation> {
    desk.store.conversations_after(None, 500).await.expect("conversations are read")
}
