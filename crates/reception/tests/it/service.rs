//! Actions across a crash, and the promise of the duty table whatever is asked.

use domain::{Author, CallState, Clock, Duty, DutyTable, Trace};
use store::{CallMove, Service, prelude::*};
use testkit::{OrderFault, OrderService, Seeded, TestDesk, eventually};

async fn on_the_way(desk: &TestDesk) -> domain::Call {
    let lin = desk.signed_in("lin").await;
    lin.says("我的订单到哪了").await;
    let id = lin.says("把地址改成杭州市西湖区文三路90号").await;
    lin.writes("确认").await.unwrap();
    // The turn is taken; nobody works on its call.
    eventually("the call is queued", async || {
        desk.store.calls(&id).await.unwrap().into_iter().find(|call| call.writes)
    })
    .await
}

#[tokio::test]
async fn a_crash_between_the_call_and_its_end_is_a_doubt_and_no_second_call() {
    let orders = OrderService::open().await;
    let desk = TestDesk::with().acts(orders.actions()).open().await;
    let call = on_the_way(&desk).await;
    let sent = CallMove {
        id: call.id.clone(),
        from: CallState::Queued,
        to: CallState::Calling,
        status: None,
        error: None,
        by: None,
        arguments: None,
        at: desk.clock.now(),
    };
    assert!(desk.store.move_call(&sent).await.unwrap());
    let desk = desk.restart().await;
    desk.quiet().await;
    let after = desk.store.call(&call.id).await.unwrap().unwrap();
    assert_eq!((after.state, orders.written().len()), (CallState::InDoubt, 0));
    assert_eq!(desk.stage(&call.conversation).await, "waiting");
    desk.quiet().await;
    assert_eq!(orders.written().len(), 0, "never by itself");
    desk.is_sound().await;
}

#[tokio::test]
async fn a_crash_before_the_call_delays_it_and_makes_it_once() {
    let orders = OrderService::open().await;
    let desk = TestDesk::with().acts(orders.actions()).open().await;
    let call = on_the_way(&desk).await;
    let desk = desk.restart().await;
    desk.quiet().await;
    let after = desk.store.call(&call.id).await.unwrap().unwrap();
    assert_eq!((after.state, orders.written().len()), (CallState::Done, 1));
    let told = desk.told(&call.conversation).await;
    assert!(told.last().unwrap().contains("已改好"), "{told:?}");
    desk.is_sound().await;
}

#[tokio::test]
async fn an_agent_who_has_taken_over_meanwhile_gets_what_was_looked_up() {
    let orders = OrderService::open().await;
    let desk = TestDesk::with().acts(orders.actions()).open().await;
    let wang = desk.agent("Wang").await;
    let lin = desk.signed_in("lin").await;
    let id = lin.writes("我的订单到哪了").await.unwrap().conversation;
    eventually("the call is queued", async || desk.store.calls(&id).await.unwrap().pop()).await;
    wang.takes_over(&id).await.unwrap();
    desk.quiet().await;
    let told = desk.told(&id).await;
    assert!(!told.iter().any(|line| line.starts_with("assistant: ")), "{told:?}");
    let draft = wang.view.proposals(&id).await.unwrap().pop().unwrap();
    assert!(draft.content.text.contains("QH20261101"), "{draft:?}");
    desk.is_sound().await;
}

#[tokio::test]
async fn who_asks_something_else_instead_of_saying_yes_is_told_that_nothing_was_done() {
    let orders = OrderService::open().await;
    let desk = TestDesk::with().knows("怎么退货", "7 天内可退。").acts(orders.actions()).open().await;
    let lin = desk.signed_in("lin").await;
    lin.says("我的订单到哪了").await;
    let id = lin.says("把地址改成杭州市西湖区文三路90号").await;
    lin.says("怎么退货").await;
    let told = desk.told(&id).await;
    let [answer, notice] = &told[told.len() - 2..] else { panic!("{told:?}") };
    assert!(answer.contains("7 天内可退"), "{told:?}");
    assert!(notice.starts_with("notice: ") && notice.contains("还没有办"), "{told:?}");
    // A yes that comes now is one to nothing.
    lin.says("确认").await;
    assert_eq!(orders.written().len(), 0);
    assert_eq!(desk.told(&id).await.iter().filter(|line| line.contains("还没有办")).count(), 1);
    desk.is_sound().await;
}

/// What an answer is about, as the promise counts it.
fn verdict(table: &DutyTable, desk: &TestDesk, trace: &Trace) -> Duty {
    let topics = match &trace.acted {
        Some(acted) => {
            let actions = &desk.reception.settings().actions;
            let action = actions.iter().find(|action| action.name == acted.action).unwrap();
            assistant::duty::of_action(action)
        }
        None => match assistant::duty::of_answer(trace, desk.assistant_library()) {
            Some(topics) => topics,
            None => return Duty::Alone,
        },
    };
    table.verdict(topics.iter().map(String::as_str)).duty
}

/// A question on the way to an action: neither an answer nor an act.
fn is_question(trace: &Trace) -> bool {
    let asking = ["asking", "confirming", "cancelled", "not_confirmed", "not_signed_in"];
    trace.acted.as_ref().is_some_and(|acted| asking.contains(&acted.outcome.as_str()))
}

#[tokio::test]
async fn nothing_of_a_persons_topic_is_said_or_done_by_the_assistant_whatever_happens() {
    const TOPICS: [&str; 7] =
        ["*", "test", "orders", "refunds", "action:find_order", "action:change_address", "action:ask_refund"];
    const WORDS: [&str; 14] = [
        "怎么退货",
        "你好",
        "我的订单到哪了",
        "我要退款",
        "颜色不喜欢",
        "确认",
        "取消",
        "把地址改成杭州市西湖区文三路90号",
        "QH20261101",
        "How do I pay?",
        "where is my order",
        "退货",
        "谢谢",
        "天气怎么样",
    ];
    let orders = OrderService::open().await;
    for seed in 0..24 {
        let chance = Seeded::new(seed);
        let desk = TestDesk::with()
            .seed(seed)
            .knows("怎么退货", "7 天内可退。")
            .knows("How do I pay?", "By card.")
            .acts(orders.actions())
            .open()
            .await;
        for topic in TOPICS {
            let duty =
                [None, Some(Duty::Alone), Some(Duty::Draft), Some(Duty::Person)][chance.below(4) as usize];
            desk.store.set_duty(topic, duty, "test", "test", desk.clock.now()).await.unwrap();
        }
        let mut table = desk.store.duties().await.unwrap();
        for action in &desk.reception.settings().actions {
            let usual = action.usual_duty().max(table.default_duty());
            table.rows.entry(domain::duty::action_topic(&action.name)).or_insert(usual);
        }
        let lin = desk.signed_in("lin").await;
        let mut seen = Vec::new();
        for _ in 0..10 {
            if chance.below(6) == 0 {
                orders.next(OrderFault::Answers(500, "{}".to_owned()));
            }
            let id = lin.says(WORDS[chance.below(WORDS.len() as u64) as usize]).await;
            if desk.stage(&id).await == "waiting" {
                let _ = lin.view.back_to_assistant().await;
                desk.quiet().await;
            }
            seen.push(id);
        }
        let id = seen.pop().unwrap();
        let traces = desk.store.traces(&id).await.unwrap();
        for message in desk.log(&id).await {
            let answer = message.content.answer.as_ref();
            let Some(trace) = traces.iter().find(|trace| Some(&trace.id) == answer) else { continue };
            if message.author == Author::Assistant && !is_question(trace) {
                let duty = verdict(&table, &desk, trace);
                assert_eq!(duty, Duty::Alone, "seed {seed}: {:?} {:?}", message.content.text, table.rows);
            }
        }
        for call in desk.store.calls(&id).await.unwrap() {
            let acted = call.writes && call.state != CallState::Proposed;
            let duty = verdict(&table, &desk, &call.trace);
            assert!(!acted || duty == Duty::Alone, "seed {seed}: {call:?} {:?}", table.rows);
        }
        desk.is_sound().await;
    }
}
