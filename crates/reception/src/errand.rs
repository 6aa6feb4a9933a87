//! What a turn comes to: the knowledge's words, a step on the way to an action, or the action itself.

use assistant::{
    Answer,
    action::{ActionWords, Kind, LAST4, Scene, Source, Step, step},
};
use domain::{
    Acted, Author, Call, CallId, CallState, Content, Conversation, Duty, DutyTable, HandoverReason, Rung,
    Trace, Verdict,
};
use store::{Change, JobKind, NewJob, StoreError};

use crate::{Action, Reception, duty, hand_over, turn::Context};

/// The outcome in the story of a call that is made for who agrees to another one, and tells the customer nothing.
pub(crate) const FOR_APPROVAL: &str = "for_approval";

/// Wrong phone numbers for one order within an hour, whoever shows them.
const TRIES: u64 = 5;

impl Reception {
    /// Decides between the knowledge and the actions, and asks the duty table.
    pub(crate) async fn errand(
        &self,
        mut conversation: Conversation,
        content: Content,
        trace: Trace,
        text: &str,
        known: &Context,
    ) -> Result<Change, StoreError> {
        let place = self.next_place().await?;
        let next = self.next_step(&conversation, &trace, text, known);
        let next = self.unless_trying_out(next, known).await?;
        let next = self.unless_asked_already(&conversation, next).await?;
        if next != Step::Leave {
            conversation.lang = content.lang;
        }
        let left = next == Step::Leave && self.awaits_a_yes(known);
        let mut change = match next {
            Step::Leave => self.by_knowledge(conversation, content, trace, known, place),
            Step::Say { action, content, pending, outcome } => {
                let mut change = self.on_the_way(conversation, content, trace, (&action, outcome));
                self.keep_arguments(&mut change, &action, pending.as_ref());
                change.service.pending = Some(pending);
                change
            }
            Step::HandOver { action, outcome } => {
                let trace = of_action(trace, &action, outcome);
                let trace = Trace { rung: Rung::Handover, duty: self.verdict(&action, known), ..trace };
                let words = duty::a_persons_matter(conversation.lang, place);
                let by_table = outcome == "person_only";
                let reason = if by_table { HandoverReason::Duty } else { HandoverReason::Unknown };
                self.to_a_person(&mut conversation, trace, &words, reason)
            }
            Step::Call { call, action, arguments, proposed } => {
                let verdict = self.verdict(&action, known);
                let call = self.call_of(&conversation, (call, &action, arguments), trace, proposed, known);
                self.begin(conversation, call, verdict, place)
            }
        };
        if left {
            // Nobody shall believe that it was done.
            change.messages.push(
                self.notice(change.conversation.lang, ActionWords::left_undone(change.conversation.lang)),
            );
        }
        if known.pending.is_some() && change.service.pending.is_none() {
            change.service.pending = Some(None);
        }
        Ok(change)
    }

    /// Whether the customer was asked to confirm something, and may still do so.
    fn awaits_a_yes(&self, known: &Context) -> bool {
        known.pending.as_ref().is_some_and(|pending| pending.confirming && self.now() < pending.until)
    }

    fn next_step(&self, conversation: &Conversation, trace: &Trace, text: &str, known: &Context) -> Step {
        let actions = &self.settings().actions;
        if actions.is_empty() {
            return Step::Leave;
        }
        let fresh = CallId::fresh(self.now(), self.chance());
        step(&Scene {
            actions,
            pending: known.pending.as_ref(),
            text,
            trace,
            lang: conversation.lang,
            user: known.user.as_ref(),
            record: &known.record,
            duties: &known.duties,
            fresh: &fresh,
            now: self.now(),
            zone: &self.settings().shop.zone,
        })
    }

    /// Who is not signed in may be wrong about an order's phone number, but not again and again: four digits are soon
    /// tried out.
    async fn unless_trying_out(&self, next: Step, known: &Context) -> Result<Step, StoreError> {
        let Step::Call { action, arguments, .. } = &next else { return Ok(next) };
        let shown = arguments.get(assistant::action::LAST4).is_some() && known.user.is_none();
        let number = arguments.iter().find(|(name, _)| {
            let parameter = self.action(action).and_then(|action| action.parameter(name));
            parameter.is_some_and(|parameter| parameter.kind == assistant::action::Kind::Order)
        });
        let Some((_, number)) = number.filter(|_| shown) else { return Ok(next) };
        let since = self.now().checked_sub(jiff::SignedDuration::from_hours(1)).unwrap_or(self.now());
        let tries = self.store().strangers_who_found_nothing(number, since).await?;
        let action = action.clone();
        Ok(if tries < TRIES { next } else { Step::HandOver { action, outcome: "too_many_tries" } })
    }

    /// What waits for a person's yes already is not asked for twice: a second yes would do it twice.
    async fn unless_asked_already(
        &self,
        conversation: &Conversation,
        next: Step,
    ) -> Result<Step, StoreError> {
        let Step::Call { action: name, arguments, proposed: true, .. } = &next else { return Ok(next) };
        let Some(action) = self.action(name) else { return Ok(next) };
        // Another reason makes it no other refund.
        let is_told = |name: &str| action.parameter(name).is_some_and(|one| one.kind == Kind::Text);
        let same = |call: &Call| {
            let mut own = arguments.iter().filter(|(name, _)| !is_told(name));
            call.action == *name && own.all(|(name, value)| call.arguments.get(name) == Some(value))
        };
        let waiting = self.store().undecided_calls(&conversation.customer).await?;
        if !waiting.iter().any(same) {
            return Ok(next);
        }
        let lang = conversation.lang;
        let content = ActionWords::asked_already(action.description(lang), lang);
        Ok(Step::Say { action: name.clone(), content, pending: None, outcome: "asked_already" })
    }

    /// The knowledge answers, as far as the duty table lets it.
    fn by_knowledge(
        &self,
        mut conversation: Conversation,
        content: Content,
        trace: Trace,
        known: &Context,
        place: u64,
    ) -> Change {
        if trace.rung == Rung::Handover {
            let words = hand_over::bringing(content.lang, place);
            return self.to_a_person(&mut conversation, trace, &words, HandoverReason::Asked);
        }
        let verdict = self.verdict_on(&trace, &known.duties);
        self.speak(conversation, content, trace, verdict, place)
    }

    /// Who answers what this answer is about; `None` for what is about no topic.
    pub(crate) fn verdict_on(&self, trace: &Trace, duties: &DutyTable) -> Option<Verdict> {
        let topics = assistant::duty::of_answer(trace, self.parts().assistant.library())?;
        Some(duties.verdict(topics.iter().map(String::as_str)))
    }

    /// What a model is told, if one may write on it: on what only people answer it need not.
    pub(crate) fn brief_within_duty(
        &self,
        answer: &Answer,
        known: (&domain::Past, &domain::Record),
        duties: &DutyTable,
    ) -> Option<std::sync::Arc<assistant::llm::Brief>> {
        let is_persons = |verdict: Verdict| verdict.duty == Duty::Person;
        if self.verdict_on(&answer.trace, duties).is_some_and(is_persons) {
            None
        } else {
            self.brief(answer, known)
        }
    }

    /// The same for programs, which have no person to turn to: what is a person's to send is not said.
    pub(crate) fn within_duty(&self, answer: Answer, duties: &DutyTable) -> Answer {
        let Answer { content, mut trace } = answer;
        let verdict = self.verdict_on(&trace, duties);
        let is_ours = verdict.as_ref().is_none_or(|verdict| verdict.duty == Duty::Alone);
        trace.duty = verdict;
        let asked = trace.rung == Rung::Handover;
        if is_ours && !asked {
            return Answer { content, trace };
        }
        trace.rung = Rung::Handover;
        let (zh, en) = if asked {
            (
                "这里接不到人工，请在网页客服里找人工。",
                "Nobody can be reached from here: please ask for a person in the chat.",
            )
        } else {
            (
                "这个问题要由同事来答复，请在网页客服里找人工。",
                "A colleague has to answer this: please ask for a person in the chat.",
            )
        };
        let words = content.lang.pick(zh, en);
        let said = Content {
            answer: content.answer,
            rung: Some(Rung::Handover),
            ..Content::plain(content.lang, words)
        };
        Answer { content: said, trace }
    }

    /// A question on the way: the assistant may ask what is to be done, whoever does it then.
    fn on_the_way(
        &self,
        mut conversation: Conversation,
        mut content: Content,
        trace: Trace,
        (action, outcome): (&str, &'static str),
    ) -> Change {
        let trace = of_action(trace, action, outcome);
        content.answer = Some(trace.id.clone());
        content.rung = Some(Rung::Action);
        conversation.lang = content.lang;
        let said = self.message(Author::Assistant, content);
        Change { messages: vec![said], traces: vec![trace], ..Change::of(conversation, self.now()) }
    }

    fn keep_arguments(&self, change: &mut Change, name: &str, pending: Option<&domain::Pending>) {
        if let (Some(action), Some(pending), Some(trace)) =
            (self.action(name), pending, change.traces.first_mut())
            && let Some(acted) = &mut trace.acted
        {
            acted.arguments = action.masked(&pending.arguments).into_iter().collect();
        }
    }

    fn call_of(
        &self,
        conversation: &Conversation,
        (id, name, arguments): (CallId, &str, domain::Arguments),
        trace: Trace,
        proposed: bool,
        known: &Context,
    ) -> Call {
        let mut trace = of_action(trace, name, if proposed { "proposed" } else { "queued" });
        let action = self.action(name);
        if let (Some(action), Some(acted)) = (action, &mut trace.acted) {
            acted.arguments = action.masked(&arguments).into_iter().collect();
        }
        Call {
            id,
            conversation: conversation.id.clone(),
            customer: conversation.customer.clone(),
            action: name.to_owned(),
            arguments,
            user: known.user.as_ref().map(|user| user.user_id.clone()),
            writes: action.is_some_and(|action| action.writes),
            lang: conversation.lang,
            state: if proposed { CallState::Proposed } else { CallState::Queued },
            status: None,
            error: None,
            by: None,
            at: self.now(),
            moved_at: self.now(),
            trace,
        }
    }

    /// The call is made by its job, or waits for a person to agree.
    fn begin(
        &self,
        mut conversation: Conversation,
        mut call: Call,
        verdict: Option<Verdict>,
        place: u64,
    ) -> Change {
        let mut change = if call.state == CallState::Proposed {
            call.trace.duty = verdict;
            let told = Trace { id: self.answer_id(), rung: Rung::Handover, ..call.trace.clone() };
            let words = to_be_agreed(conversation.lang, place);
            let beside = self.looked_up_for(&call);
            let mut change = self.to_a_person(&mut conversation, told, &words, HandoverReason::Duty);
            change.jobs.extend(beside.iter().map(|call| self.job_of(call)));
            change.service.calls.extend(beside);
            change
        } else {
            Change { jobs: vec![self.job_of(&call)], ..Change::of(conversation, self.now()) }
        };
        change.service.calls.push(call);
        change
    }

    fn job_of(&self, call: &Call) -> NewJob {
        NewJob { kind: JobKind::Call, key: call.id.to_string(), due: self.now() }
    }

    /// Who agrees to something about an order must see what it is of: it is looked up beside, where an action can.
    fn looked_up_for(&self, call: &Call) -> Option<Call> {
        let order = call.arguments.iter().find(|(name, _)| {
            let parameter = self.action(&call.action).and_then(|action| action.parameter(name));
            parameter.is_some_and(|parameter| parameter.kind == Kind::Order)
        })?;
        let proof = call.arguments.get_key_value(LAST4);
        let finds = |action: &&Action| {
            let mut said = action.parameters.iter().filter(|one| one.source == Source::Conversation);
            let by_order = said.all(|one| one.kind == Kind::Order && one.name == *order.0);
            !action.writes && by_order && !action.remember.is_empty()
        };
        let action = self.settings().actions.iter().find(finds)?;
        let arguments = [Some(order), proof].into_iter().flatten();
        Some(Call {
            id: CallId::fresh(self.now(), self.chance()),
            action: action.name.clone(),
            arguments: arguments.map(|(name, value)| (name.clone(), value.clone())).collect(),
            writes: false,
            state: CallState::Queued,
            trace: Trace {
                id: self.answer_id(),
                ..of_action(call.trace.clone(), &action.name, FOR_APPROVAL)
            },
            ..call.clone()
        })
    }

    /// What an action does, in a language; its name where it is not configured any more.
    pub(crate) fn action_in_words<'a>(&'a self, name: &'a str, lang: domain::Lang) -> &'a str {
        self.action(name).map_or(name, |action| action.description(lang))
    }

    /// An action by name.
    pub(crate) fn action(&self, name: &str) -> Option<&Action> {
        self.settings().actions.iter().find(|action| action.name == name)
    }

    fn verdict(&self, name: &str, known: &Context) -> Option<Verdict> {
        let topics = assistant::duty::of_action(self.action(name)?);
        Some(known.duties.verdict(topics.iter().map(String::as_str)))
    }
}

/// The story of a turn that an action took over: what the knowledge would have said was not used.
fn of_action(trace: Trace, action: &str, outcome: &'static str) -> Trace {
    let acted =
        Acted { action: action.to_owned(), arguments: Vec::new(), outcome: outcome.to_owned(), status: None };
    Trace {
        rung: Rung::Action,
        reason: format!("action_{outcome}"),
        confidence: 1.0,
        used: Vec::new(),
        acted: Some(acted),
        ..trace
    }
}

fn to_be_agreed(lang: domain::Lang, place: u64) -> String {
    lang.pick(
        format!("收到，已提交给同事核对，确认后马上为您办理。您排在第 {place} 位。"),
        format!("Got it. A colleague checks this first and does it for you as soon as it is confirmed. You are number {place} in the queue."),
    )
}
