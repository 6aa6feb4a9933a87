//! Does something in another system, once.
//!
//! Before the request is sent the call is marked `Calling`, on disk. If the process dies then, nobody knows whether it
//! was done: a call that only reads is made again, one that writes becomes `InDoubt`, is shown to people and never
//! repeated by itself. What comes back is data; how it is said is decided by the duty table, at that moment.

use std::time::Duration;

use assistant::action::{ActionWords, Finding, LAST4, Request, read, request};
use domain::{
    Author, Call, CallId, CallState, Content, Conversation, ConversationId, HandoverReason, Lang, Pending,
    Rung, SeenOrder, Stage, Trace, said,
};
use egress::{Bounds, EgressError};
use store::{CallMove, Change, Job, JobKind, NewJob, StoreError};

use crate::{ActError, Action, Reception, errand::FOR_APPROVAL};

/// An answer is never longer.
const BODY: usize = 64 * 1024;
/// So long may digits be shown again.
const AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);
/// The longest patience, well within the lease of a job.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a call ended.
struct End {
    to: CallState,
    /// A stable code for the story.
    outcome: &'static str,
    status: Option<u16>,
    error: Option<String>,
    /// What the customer is told; none where a person must look.
    content: Option<Content>,
    order: Option<SeenOrder>,
}

impl End {
    fn done(outcome: &'static str, status: u16, content: Content) -> Self {
        let (to, status, content) = (CallState::Done, Some(status), Some(content));
        Self { to, outcome, status, error: None, content, order: None }
    }

    fn failed(status: Option<u16>, why: String) -> Self {
        Self {
            to: CallState::Failed,
            outcome: "failed",
            status,
            error: Some(why),
            content: None,
            order: None,
        }
    }

    fn in_doubt(status: Option<u16>, why: String) -> Self {
        Self { to: CallState::InDoubt, outcome: "in_doubt", ..Self::failed(status, why) }
    }
}

impl Reception {
    /// Makes a call. Safe to run twice: only what is queued is made, and what only reads.
    pub(crate) async fn perform(&self, job: &Job) -> Result<(), StoreError> {
        let Some(call) = self.store().call(&job.key.as_str().into()).await? else {
            return self.performed(job).await;
        };
        let end = match call.state {
            CallState::Queued if self.set_out(&call).await? => Some(self.go(&call).await?),
            CallState::Calling if call.writes => {
                Some(End::in_doubt(None, "the program stopped meanwhile".to_owned()))
            }
            CallState::Calling => Some(self.go(&call).await?),
            _ => None,
        };
        if let Some(end) = end {
            metrics::counter!("action_calls_total", "action" => call.action.clone(), "outcome" => end.outcome)
                .increment(1);
            self.come_back(&call, end).await?;
        }
        self.performed(job).await
    }

    async fn performed(&self, job: &Job) -> Result<(), StoreError> {
        self.store().finish(JobKind::Call, &job.key, job.fence).await?;
        Ok(())
    }

    async fn set_out(&self, call: &Call) -> Result<bool, StoreError> {
        self.store().move_call(&self.step(call, CallState::Queued, CallState::Calling)).await
    }

    pub(crate) fn step(&self, call: &Call, from: CallState, to: CallState) -> CallMove {
        CallMove {
            id: call.id.clone(),
            from,
            to,
            status: None,
            error: None,
            by: None,
            arguments: None,
            at: self.now(),
        }
    }

    async fn go(&self, call: &Call) -> Result<End, StoreError> {
        let Some(action) = self.action(&call.action) else {
            return Ok(End::failed(None, "the action is no longer in the configuration".to_owned()));
        };
        let conversation = self.store().conversation(&call.conversation).await?;
        let user = match &conversation {
            Some(conversation) => self.user_of(conversation).await?,
            None => None,
        };
        // Who was signed in when it was asked for, and nobody else.
        let user = user.filter(|user| Some(&user.user_id) == call.user.as_ref());
        Ok(match request(action, &call.id, &call.arguments, user.as_ref(), call.lang) {
            Ok(wanted) => self.ask(action, call, &wanted).await,
            Err(why) => End::failed(None, why),
        })
    }

    async fn ask(&self, action: &Action, call: &Call, wanted: &Request) -> End {
        let headers: Vec<(&str, String)> =
            wanted.headers.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let time = Duration::from_millis(action.timeout_ms).min(PATIENCE);
        let bounds = Bounds { time, body: BODY };
        let gate = &self.parts().gate;
        let answer =
            gate.send_within(bounds, &wanted.method, &wanted.url, &headers, wanted.body.clone()).await;
        match answer {
            Ok(answer) => {
                let found = read(action, answer.status, &answer.body, answer.cut, call.lang);
                self.understand(action, call, answer.status, found)
            }
            Err(EgressError::InDoubt { reason, .. }) if action.writes => End::in_doubt(None, reason),
            Err(error) => End::failed(None, error.to_string()),
        }
    }

    fn understand(&self, action: &Action, call: &Call, status: u16, found: Finding) -> End {
        let at = self.now();
        let order = found.order().map(|(id, facts)| SeenOrder { id, facts: facts.0, at });
        match found {
            Finding::Answered { content, .. } => {
                let content = content.unwrap_or_else(|| ActionWords::done(call.lang));
                // What somebody shows who is not signed in proves one order, not a person.
                let order = order.filter(|_| call.user.is_some());
                End { order, ..End::done("done", status, content) }
            }
            Finding::NotFound => End::done("not_found", status, ActionWords::not_found(call.lang)),
            Finding::Refused => End::done("refused", status, ActionWords::refused(Some(action), call.lang)),
            Finding::Broken(why) if action.writes => End::in_doubt(Some(status), why),
            Finding::Broken(why) => End::failed(Some(status), why),
        }
    }

    /// Tells how it ended and keeps it, in one transaction.
    async fn come_back(&self, call: &Call, mut end: End) -> Result<(), StoreError> {
        if let Some(order) = &mut end.order {
            self.recall(call, order).await?;
        }
        let place = self.next_place().await?;
        let duties = self.duties().await?;
        let topics = self.action(&call.action).map(assistant::duty::of_action).unwrap_or_default();
        let verdict = duties.verdict(topics.iter().map(String::as_str));
        let more = self.said_more(call).await?;
        let told = self
            .change(&self.where_to_tell(call).await?, |mut conversation| {
                // What waited for a yes alone waits no longer.
                let settled = call.by.is_some() && end.to == CallState::Done && !more;
                if settled && conversation.handover == Some(HandoverReason::Duty) {
                    conversation.back_to_assistant(self.now());
                }
                let mut change = self.homecoming(conversation, call, &end, verdict.clone(), place);
                let kept = self.action(&call.action).map(|action| action.masked(&call.arguments));
                let step = CallMove {
                    status: end.status,
                    error: end.error.clone(),
                    arguments: if end.to == CallState::InDoubt { None } else { kept },
                    ..self.step(call, CallState::Calling, end.to)
                };
                change.service.moves = Some(step);
                if end.outcome == "not_found" {
                    change.service.pending = self.to_be_shown_again(call).map(Some);
                }
                change.service.order.clone_from(&end.order);
                Ok(Some(change))
            })
            .await;
        match told {
            Err(ActError::Store(error)) => Err(error),
            // Busy: somebody else has settled this call meanwhile, or will.
            _ => Ok(()),
        }
    }

    /// What this answer does not tell of an order stays as it was last told: a change of its address says nothing of what
    /// was bought.
    async fn recall(&self, call: &Call, order: &mut SeenOrder) -> Result<(), StoreError> {
        let known = self.store().profile(&call.customer).await?.orders;
        if let Some(known) = known.into_iter().find(|known| known.id == order.id) {
            for (name, value) in known.facts {
                order.facts.entry(name).or_insert(value);
            }
        }
        Ok(())
    }

    /// Where a customer hears of it: where it was asked for, or where they write now if that is over.
    async fn where_to_tell(&self, call: &Call) -> Result<ConversationId, StoreError> {
        let Some(asked) = self.store().conversation(&call.conversation).await? else {
            return Ok(call.conversation.clone());
        };
        if asked.is_open() {
            return Ok(asked.id);
        }
        let latest = self.store().thread(&asked.channel, &asked.sender, 1).await?.pop();
        let latest = latest.filter(|latest| latest.is_open() && latest.customer == asked.customer);
        Ok(latest.map_or(asked.id, |latest| latest.id))
    }

    /// Who is not signed in and mistook the digits of their phone may show them again without asking anew.
    fn to_be_shown_again(&self, call: &Call) -> Option<Pending> {
        let mut arguments = call.arguments.clone();
        arguments.remove(LAST4).filter(|_| call.user.is_none())?;
        Some(Pending {
            call: CallId::fresh(self.now(), self.chance()),
            action: call.action.clone(),
            arguments,
            asking: Some(LAST4.to_owned()),
            tries: 0,
            confirming: false,
            until: self.now().checked_add(AGAIN).unwrap_or(self.now()),
        })
    }

    /// Whether the customer said more since the call was asked for, or something else waits for a person.
    async fn said_more(&self, call: &Call) -> Result<bool, StoreError> {
        let said = self.store().said_while_waiting(&call.conversation, 1).await?;
        let calls = self.store().calls(&call.conversation).await?;
        let waits = |other: &Call| matches!(other.state, CallState::Proposed | CallState::InDoubt);
        let drafts = self.open_proposals(&call.conversation).await?;
        Ok(!said.is_empty() || calls.iter().any(waits) || !drafts.is_empty())
    }

    fn homecoming(
        &self,
        mut conversation: Conversation,
        call: &Call,
        end: &End,
        verdict: domain::Verdict,
        place: u64,
    ) -> Change {
        let beside = call.trace.acted.as_ref().is_some_and(|acted| acted.outcome == FOR_APPROVAL);
        let trace = ended(call, end);
        let lang = call.lang;
        if beside {
            return Change::of(conversation, self.now());
        }
        let Some(mut content) = end.content.clone() else {
            return self.trouble(conversation, call, trace, place);
        };
        content.answer = Some(trace.id.clone());
        content.rung = Some(Rung::Action);
        match conversation.stage {
            // A person agreed to it, so it was theirs to decide: what became of it is said as it is.
            Stage::WithAssistant if call.by.is_none() => {
                self.speak(conversation, content, trace, Some(verdict), place)
            }
            Stage::Closed { .. } if !call.writes => {
                Change { traces: vec![trace], ..Change::of(conversation, self.now()) }
            }
            // Who left before it was decided finds it where they come back to.
            _ if call.writes => {
                let mut notice = self.message(Author::Notice, Content { suggestions: Vec::new(), ..content });
                notice.content.lang = lang;
                Change { messages: vec![notice], traces: vec![trace], ..Change::of(conversation, self.now()) }
            }
            // A person has the word: what was looked up is theirs to say.
            _ => {
                let proposal = self.proposal(&conversation, &trace, content, &verdict.topic);
                conversation.updated_at = self.now();
                let mut change = Change { traces: vec![trace], ..Change::of(conversation, self.now()) };
                change.service.proposals.push(proposal);
                change
            }
        }
    }

    /// It failed, or nobody knows: people must look.
    fn trouble(&self, mut conversation: Conversation, call: &Call, mut trace: Trace, place: u64) -> Change {
        let unknown = trace.acted.as_ref().is_some_and(|acted| acted.outcome == "in_doubt");
        let words = if unknown { in_doubt(call.lang, place) } else { failed(call.lang, place) };
        trace.rung = Rung::Handover;
        match conversation.stage {
            // Nobody stands in a queue that is over: the desk lists it while nobody knows what became of it.
            Stage::Closed { .. } => {
                let mut change = Change { traces: vec![trace], ..Change::of(conversation, self.now()) };
                change.messages.push(self.notice(call.lang, ActionWords::failed_later(unknown, call.lang)));
                change
            }
            _ => self.to_a_person(&mut conversation, trace, &words, HandoverReason::Failure),
        }
    }

    /// A person agrees to a call that waits for it.
    pub(crate) async fn agree(&self, id: &domain::CallId, by: &str) -> Result<(), ActError> {
        let call = self.store().call(id).await?.ok_or(ActError::NotFound)?;
        self.move_on(&call, (CallState::Proposed, CallState::Queued), by).await
    }

    /// A person decides against a call that waits.
    pub(crate) async fn decline(&self, id: &domain::CallId, by: &str) -> Result<(), ActError> {
        let call = self.store().call(id).await?.ok_or(ActError::NotFound)?;
        self.move_on(&call, (CallState::Proposed, CallState::Discarded), by).await
    }

    /// A person says what became of a call of which nobody knows: it was done, or it is made again under the same name.
    pub(crate) async fn resolve_call(
        &self,
        id: &domain::CallId,
        again: bool,
        by: &str,
    ) -> Result<(), ActError> {
        let call = self.store().call(id).await?.ok_or(ActError::NotFound)?;
        let to = if again { CallState::Queued } else { CallState::Done };
        self.move_on(&call, (CallState::InDoubt, to), by).await
    }

    async fn move_on(
        &self,
        call: &Call,
        (from, to): (CallState, CallState),
        by: &str,
    ) -> Result<(), ActError> {
        if call.state != from {
            return Err(ActError::Invalid(said!("已经有人决定过了", "somebody has decided this already")));
        }
        self.change(&self.where_to_tell(call).await?, |conversation| {
            let what = self.action_in_words(&call.action, call.lang);
            let with_people = matches!(conversation.stage, Stage::Waiting { .. } | Stage::WithAgent { .. });
            let declined = (to == CallState::Discarded)
                .then(|| self.notice(call.lang, &ActionWords::declined(what, with_people, call.lang)));
            let mut change = Change::of(conversation, self.now());
            change.messages.extend(declined);
            change.service.moves = Some(CallMove { by: Some(by.to_owned()), ..self.step(call, from, to) });
            if to == CallState::Queued {
                let due = self.now();
                change.jobs.push(NewJob { kind: JobKind::Call, key: call.id.to_string(), due });
            }
            Ok(Some(change))
        })
        .await
        .map(|_| ())
    }
}

/// The story of the call with its end. One that is told of again, after a person looked, has a story of its own.
fn ended(call: &Call, end: &End) -> Trace {
    let mut trace = call.trace.clone();
    trace.reason = format!("action_{}", end.outcome);
    if let Some(acted) = &mut trace.acted {
        end.outcome.clone_into(&mut acted.outcome);
        acted.status = end.status;
    }
    if call.by.is_some() {
        trace.id = format!("{}-{}", call.trace.id, call.moved_at.as_microsecond()).into();
    }
    trace
}

fn failed(lang: Lang, place: u64) -> String {
    lang.pick(
        format!("相关系统暂时没有给出结果，什么都没有改动，已请同事帮您看。您排在第 {place} 位。"),
        format!("The system that knows gave no usable answer; nothing was changed. A colleague has been asked to look. You are number {place} in the queue."),
    )
}

fn in_doubt(lang: Lang, place: u64) -> String {
    lang.pick(
        format!("请求已发出，但没有收到结果，暂时不能确定是否办成。已请同事核实，请不要重复提交。您排在第 {place} 位。"),
        format!("The request was sent, but no result came back, so it is not certain that it was done. A colleague has been asked to find out; please do not send it again. You are number {place} in the queue."),
    )
}
