//! Everything that may happen at a desk, as data, so that any order of it can be tried.

use std::sync::Mutex;

use domain::ConversationId;
use proptest::prelude::*;
use reception::{Accepted, ActError, JobKind, ReceiveError};
use store::Work;
use testkit::{BREAKS, SLOWLY, TestAgent, TestCustomer, TestDesk};

/// One thing that happens.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Say {
        customer: usize,
        text: String,
    },
    SayAgain {
        customer: usize,
    },
    AskByButton {
        customer: usize,
    },
    BackToAssistant {
        customer: usize,
    },
    LeaveWord {
        customer: usize,
    },
    CustomerCloses {
        customer: usize,
    },
    TakeOver {
        agent: usize,
        customer: usize,
    },
    Reply {
        agent: usize,
        customer: usize,
    },
    GiveBack {
        agent: usize,
        customer: usize,
    },
    AgentCloses {
        agent: usize,
        customer: usize,
    },
    TimePasses {
        seconds: i64,
    },
    WorkIsDone(JobKind),
    /// Every worker finds that its lease is gone, as if another process had taken over.
    LeasesAreLost,
    AnswersHang,
    AnswersGoOn,
}

pub(crate) const CUSTOMERS: usize = 2;
pub(crate) const AGENTS: usize = 2;

/// What may happen at one moment: up to three things at once.
pub(crate) fn moment() -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(act(), 1..=3)
}

fn act() -> impl Strategy<Value = Act> {
    let words = prop::sample::select(vec![
        "怎么退货",
        "运费多少",
        "你好",
        "😀",
        "转人工",
        "找个活人",
        "不知道的事",
        "",
        SLOWLY,
        BREAKS,
    ]);
    let customer = 0..CUSTOMERS;
    let pair = (0..AGENTS, 0..CUSTOMERS);
    prop_oneof![
        8 => (customer.clone(), words).prop_map(|(customer, text)| Act::Say { customer, text: text.to_owned() }),
        1 => customer.clone().prop_map(|customer| Act::SayAgain { customer }),
        2 => customer.clone().prop_map(|customer| Act::AskByButton { customer }),
        1 => customer.clone().prop_map(|customer| Act::BackToAssistant { customer }),
        1 => customer.clone().prop_map(|customer| Act::LeaveWord { customer }),
        1 => customer.prop_map(|customer| Act::CustomerCloses { customer }),
        4 => pair.clone().prop_map(|(agent, customer)| Act::TakeOver { agent, customer }),
        3 => pair.clone().prop_map(|(agent, customer)| Act::Reply { agent, customer }),
        2 => pair.clone().prop_map(|(agent, customer)| Act::GiveBack { agent, customer }),
        1 => pair.prop_map(|(agent, customer)| Act::AgentCloses { agent, customer }),
        3 => prop::sample::select(vec![1, 46, 61, 130]).prop_map(|seconds| Act::TimePasses { seconds }),
        2 => prop::sample::select(JobKind::ALL.to_vec()).prop_map(Act::WorkIsDone),
        1 => Just(Act::LeasesAreLost),
        1 => Just(Act::AnswersHang),
        1 => Just(Act::AnswersGoOn),
    ]
}

/// Those who act.
pub(crate) struct Cast<'a> {
    pub(crate) desk: &'a TestDesk,
    pub(crate) customers: Vec<TestCustomer<'a>>,
    pub(crate) agents: Vec<TestAgent<'a>>,
    /// What was acknowledged: by whom, under which name, which words, and where they are.
    pub(crate) accepted: Mutex<Vec<(usize, String, String, Accepted)>>,
}

impl Cast<'_> {
    /// Does one thing. What the rules refuse is refused in words; anything else would be a fault.
    pub(crate) async fn act(&self, act: &Act) -> Result<(), String> {
        match act {
            Act::Say { customer, text } => {
                let name = format!("{customer}-{}", self.desk.reception.visitor(None).name());
                self.send(*customer, name, text.clone()).await
            }
            Act::SayAgain { customer } => {
                let said = self.accepted.lock().unwrap().iter().rfind(|one| one.0 == *customer).cloned();
                match said {
                    Some((_, name, text, _)) => self.send(*customer, name, text).await,
                    None => Ok(()),
                }
            }
            Act::AskByButton { customer } => refused(self.customers[*customer].asks_for_person().await),
            Act::BackToAssistant { customer } => {
                refused(self.customers[*customer].view.back_to_assistant().await)
            }
            Act::LeaveWord { customer } => {
                let word = self.customers[*customer].view.leave_word(
                    None,
                    "a@b.cn".to_owned(),
                    "请联系我".to_owned(),
                );
                refused(word.await)
            }
            Act::CustomerCloses { customer } => refused(self.customers[*customer].view.close().await),
            Act::TakeOver { agent, customer } => match self.latest(*customer).await {
                Some(id) => refused(self.agents[*agent].takes_over(&id).await),
                None => Ok(()),
            },
            Act::Reply { agent, customer } => match self.latest(*customer).await {
                Some(id) => refused(self.agents[*agent].says(&id, "好的").await),
                None => Ok(()),
            },
            Act::GiveBack { agent, customer } => match self.latest(*customer).await {
                Some(id) => refused(self.agents[*agent].view.give_back(&id).await),
                None => Ok(()),
            },
            Act::AgentCloses { agent, customer } => match self.latest(*customer).await {
                Some(id) => refused(self.agents[*agent].view.close(&id).await),
                None => Ok(()),
            },
            other => self.machine(other).await,
        }
    }

    async fn machine(&self, act: &Act) -> Result<(), String> {
        match act {
            Act::TimePasses { seconds } => self.desk.clock.step(*seconds),
            Act::WorkIsDone(kind) => {
                // Work that hangs would never be done.
                self.desk.assistant.release();
                self.desk.reception.work_off(*kind).await;
            }
            Act::LeasesAreLost => {
                self.desk.store.release_leases().await.map_err(|error| error.to_string())?;
            }
            Act::AnswersHang => self.desk.assistant.hold(),
            _ => self.desk.assistant.release(),
        }
        Ok(())
    }

    async fn send(&self, customer: usize, name: String, text: String) -> Result<(), String> {
        let accepted = self.customers[customer].sends(&name, &text).await;
        let accepted = accepted.map_err(|error: ReceiveError| format!("always acknowledged: {error}"))?;
        self.accepted.lock().unwrap().push((customer, name, text, accepted));
        Ok(())
    }

    pub(crate) async fn latest(&self, customer: usize) -> Option<ConversationId> {
        let latest = self.customers[customer].view.latest().await.expect("conversations are read");
        latest.map(|(conversation, ..)| conversation.id)
    }
}

/// A refusal for a reason is part of the rules.
fn refused(done: Result<(), ActError>) -> Result<(), String> {
    match done {
        Ok(()) | Err(ActError::Closed | ActError::TakenBy(_) | ActError::NotYours | ActError::NotFound) => {
            Ok(())
        }
        Err(error) => Err(format!("refused without a reason: {error:?}")),
    }
}
