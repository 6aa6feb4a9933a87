//! What comes next on the way to an action: a question, the yes, the call, or nothing.

use domain::{
    Arguments, CallId, Content, Duty, DutyTable, Identity, Lang, Moment, Pending, Record, Rung, Timestamp,
    Trace, Zone,
};
use jiff::SignedDuration;
use language::facts::{Fact, facts};

use super::{
    Action, Consent, Kind, LAST4, Source, Unverified,
    consent::consent,
    fill::{Said, fill, is_a_number},
    patch::patched,
    wish::{wish, wish_of_mine},
    words::Words,
};

/// All that the next step depends on.
pub struct Scene<'a> {
    /// What can be done.
    pub actions: &'a [Action],
    /// What the conversation is on its way to.
    pub pending: Option<&'a Pending>,
    /// What was said.
    pub text: &'a str,
    /// What the knowledge would say to it.
    pub trace: &'a Trace,
    /// The language of the conversation.
    pub lang: Lang,
    /// Who the customer is, by the session.
    pub user: Option<&'a Identity>,
    /// What is known of the customer.
    pub record: &'a Record,
    /// Who may do what.
    pub duties: &'a DutyTable,
    /// A name for a call to come.
    pub fresh: &'a CallId,
    /// Now.
    pub now: Timestamp,
    /// Where customers live.
    pub zone: &'a Zone,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "moved once and taken apart at once; a box would only get in the way"
)]
pub enum Step {
    /// No action is meant: the knowledge answers. What was pending is forgotten.
    Leave,
    /// Something is said, and what is pending stands as it is then.
    Say {
        /// Which action.
        action: String,
        /// The words.
        content: Content,
        /// What is pending from now on.
        pending: Option<Pending>,
        /// Why, a stable code.
        outcome: &'static str,
    },
    /// A person is asked for.
    HandOver {
        /// Which action.
        action: String,
        /// Why, a stable code.
        outcome: &'static str,
    },
    /// It shall be done.
    Call {
        /// The name of the call.
        call: CallId,
        /// Which action.
        action: String,
        /// With what.
        arguments: Arguments,
        /// A person must agree first.
        proposed: bool,
    },
}

/// So often may an answer be unusable before a person is asked.
const TRIES: u32 = 2;
/// Who begins with one of these and goes on does not agree.
const REJECTS: [&str; 6] = ["no,", "no ", "not ", "nope", "不，", "不是"];
/// Words that say that something is not right yet.
const WRONG: &[&str] = &[
    "不对",
    "错了",
    "写错",
    "说错",
    "弄错",
    "不是这个",
    "等一下",
    "等等",
    "应该是",
    "不过",
    "但是",
    "先别",
    "先不",
    "别改",
    "wrong",
    "not right",
    "wait",
    "should be",
    "mistake",
    "but ",
    "instead",
    "change the name",
    "not yet",
];
/// So long is an unfinished action remembered.
const MINUTES: i64 = 30;

/// What comes next.
pub fn step(scene: &Scene<'_>) -> Step {
    // Who goes in circles with the knowledge may still say yes to an action; who wants a person gets one.
    if scene.trace.reason == "asked_for_person" {
        return Step::Leave;
    }
    let here = Moment { now: scene.now, zone: scene.zone };
    let facts = facts(scene.text, here.today(scene.lang), None);
    let pending = scene.pending.filter(|pending| scene.now < pending.until);
    let known = pending.and_then(|pending| {
        let action = scene.actions.iter().find(|action| action.name == pending.action)?;
        Some((action, pending))
    });
    match known {
        Some((action, pending)) => scene.go_on(action, pending, &facts),
        None => scene.begin(&facts),
    }
}

impl Scene<'_> {
    fn begin(&self, facts: &[Fact]) -> Step {
        self.begin_with(facts, None)
    }

    /// `order` is the one that was talked of: who turns to another matter means the same order.
    fn begin_with(&self, facts: &[Fact], order: Option<&str>) -> Step {
        let known = self.user.is_some();
        let Some((action, close)) = wish_of_mine(self.actions, self.text, facts, known) else {
            return Step::Leave;
        };
        // An entry that is asked in its own words is meant, unless the action is too.
        if self.trace.reason == "same_words" && close < 1.0 {
            return Step::Leave;
        }
        if self.knowledge_serves_better(action) {
            return Step::Leave;
        }
        if self.verdict(action) == Duty::Person {
            return Step::HandOver { action: action.name.clone(), outcome: "person_only" };
        }
        let said = Said { text: self.text, facts };
        let mut arguments = fill(action, &said, None);
        let own = action.parameters.iter().find(|parameter| parameter.kind == Kind::Order);
        if let Some((parameter, order)) = own.zip(order) {
            arguments.entry(parameter.name.clone()).or_insert_with(|| order.to_owned());
        }
        let pending = Pending {
            call: self.fresh.clone(),
            action: action.name.clone(),
            arguments,
            asking: None,
            tries: 0,
            confirming: false,
            until: self.now,
        };
        self.advance(action, pending)
    }

    /// Who would only be told to sign in is told how it is done instead, where the knowledge says so.
    fn knowledge_serves_better(&self, action: &Action) -> bool {
        self.must_sign_in(action) && matches!(self.trace.rung, Rung::Exact | Rung::Composed)
    }

    fn must_sign_in(&self, action: &Action) -> bool {
        action.personal && self.user.is_none() && action.unverified == Unverified::SignIn
    }

    fn go_on(&self, action: &Action, pending: &Pending, facts: &[Fact]) -> Step {
        let answer = consent(self.text);
        if answer == Some(Consent::No) {
            return say(action, Words::dropped(self.lang), None, "cancelled");
        }
        // The table may have changed since it began.
        if self.verdict(action) == Duty::Person {
            return Step::HandOver { action: action.name.clone(), outcome: "person_only" };
        }
        if pending.confirming && answer == Some(Consent::Yes) {
            return self.call(action, pending.clone());
        }
        let whole = facts.iter().any(|fact| fact.kind == language::facts::Kind::Address);
        if !whole && let Some(step) = self.address_put_right(action, pending) {
            return step;
        }
        let asks_for_words = pending
            .asking
            .as_ref()
            .and_then(|name| action.parameter(name))
            .is_some_and(|p| p.kind == Kind::Text);
        if asks_for_words && means_another_thing(self.text) {
            return Step::Leave;
        }
        let said = Said { text: self.text, facts };
        let new = fill(action, &said, pending.asking.as_deref());
        let asked = pending.asking.as_ref();
        let is_news = new.iter().any(|(name, value)| pending.arguments.get(name) != Some(value));
        if self.is_about_something_else(action, facts, asks_for_words) && (asks_for_words || !is_news) {
            return self.begin_with(facts, order_of(action, &pending.arguments));
        }
        // Another order that is named instead of the reason is heard, too.
        if is_news || asked.is_some_and(|name| new.contains_key(name)) {
            let mut next = Pending { confirming: false, tries: 0, ..pending.clone() };
            next.arguments.extend(new);
            return self.advance(action, next);
        }
        self.corrected(action, pending).unwrap_or_else(|| self.again(action, pending))
    }

    /// The customer has gone on to another matter: another action, or a question that the knowledge answers. Where any
    /// words will do, only what is asked as a question is one.
    fn is_about_something_else(&self, action: &Action, facts: &[Fact], any_words: bool) -> bool {
        // The number of an order alone looks it up, but not where something else is under way.
        let number = is_a_number(&Said { text: self.text, facts });
        let other = !number
            && wish(self.actions, self.text, facts).is_some_and(|(other, _)| other.name != action.name);
        let answered = matches!(self.trace.rung, Rung::Exact | Rung::Composed);
        let asked = self.trace.reason == "same_words" || asks(self.text);
        other || answered && (!any_words || asked)
    }

    /// Who says that it is not right so is asked what is, and not the same once more.
    fn corrected(&self, action: &Action, pending: &Pending) -> Option<Step> {
        let text = self.text.trim().to_lowercase();
        let is_wrong =
            WRONG.iter().any(|word| text.contains(word)) || REJECTS.iter().any(|word| text.starts_with(word));
        let said = |parameter: &&super::Parameter| {
            pending.arguments.contains_key(&parameter.name) && parameter.kind != Kind::Order
        };
        let parameter = action.parameters.iter().find(said).filter(|_| is_wrong && pending.confirming)?;
        let mut next = Pending { confirming: false, tries: 0, until: self.later(), ..pending.clone() };
        next.arguments.remove(&parameter.name);
        next.asking = Some(parameter.name.clone());
        Some(say(action, Words::ask(parameter, self.lang, false), Some(next), "asking"))
    }

    /// Of an address that waits for a yes one number was wrong: put right, it is asked for a yes anew.
    fn address_put_right(&self, action: &Action, pending: &Pending) -> Option<Step> {
        let parameter = action.parameters.iter().find(|parameter| parameter.kind == Kind::Address)?;
        let address = pending.arguments.get(&parameter.name).filter(|_| pending.confirming)?;
        let address = patched(address, self.text)?;
        let mut next = Pending { confirming: false, tries: 0, ..pending.clone() };
        next.arguments.insert(parameter.name.clone(), address);
        Some(self.advance(action, next))
    }

    fn again(&self, action: &Action, pending: &Pending) -> Step {
        let tries = pending.tries + 1;
        let next = Pending { tries, until: self.later(), ..pending.clone() };
        match (pending.confirming, tries >= TRIES) {
            // Without a yes nothing is done, and it is said so.
            (true, true) => say(action, Words::dropped(self.lang), None, "not_confirmed"),
            (true, false) => {
                let words = Words::confirm(action, &self.told(&pending.arguments), self.lang);
                say(action, words, Some(next), "confirming")
            }
            (false, true) => Step::HandOver { action: action.name.clone(), outcome: "not_understood" },
            (false, false) => {
                let parameter = pending.asking.as_ref().and_then(|name| action.parameter(name));
                let Some(parameter) = parameter else { return Step::Leave };
                say(action, Words::ask(&parameter, self.lang, true), Some(next), "asking")
            }
        }
    }

    /// The next thing that is missing, the yes, or the call.
    fn advance(&self, action: &Action, mut pending: Pending) -> Step {
        pending.until = self.later();
        if self.must_sign_in(action) {
            return say(action, Words::sign_in(self.lang), None, "not_signed_in");
        }
        if let Err(missing) = self.complete(action, &mut pending.arguments) {
            let Some(parameter) = action.parameter(&missing) else { return Step::Leave };
            let words = Words::ask(&parameter, self.lang, false);
            let next = Pending { asking: Some(missing), ..pending };
            return say(action, words, Some(next), "asking");
        }
        if action.writes {
            let words = Words::confirm(action, &self.told(&pending.arguments), self.lang);
            let next = Pending { asking: None, confirming: true, ..pending };
            return say(action, words, Some(next), "confirming");
        }
        self.call(action, pending)
    }

    /// The arguments with what is known of their order, to be named in the question.
    fn told(&self, arguments: &Arguments) -> Arguments {
        let mut told = arguments.clone();
        let known = self.user.is_some().then(|| self.record.get("order.id")).flatten();
        if known.is_some_and(|known| arguments.values().any(|value| value.eq_ignore_ascii_case(known))) {
            let facts = self.record.0.iter().filter(|(name, _)| name.starts_with("order."));
            told.extend(facts.map(|(name, value)| (name.clone(), value.clone())));
        }
        told
    }

    /// Adds what need not be said; names the first that must be.
    fn complete(&self, action: &Action, arguments: &mut Arguments) -> Result<(), String> {
        let stranger = action.personal && self.user.is_none();
        for parameter in &action.parameters {
            if arguments.contains_key(&parameter.name) || parameter.source == Source::Identity {
                continue;
            }
            // Of somebody who is not known there is no record, and the latest order is nobody's.
            let known = (!stranger).then(|| self.record.get(&parameter.record)).flatten();
            let usual = (!stranger && !parameter.default.is_empty()).then_some(parameter.default.as_str());
            if let Some(value) = known.or(usual) {
                arguments.insert(parameter.name.clone(), value.to_owned());
            } else if parameter.required || (stranger && parameter.kind == Kind::Order) {
                return Err(parameter.name.clone());
            }
        }
        if stranger && !arguments.contains_key(LAST4) {
            return Err(LAST4.to_owned());
        }
        Ok(())
    }

    fn call(&self, action: &Action, pending: Pending) -> Step {
        let proposed = action.writes && self.verdict(action) == Duty::Draft;
        let Pending { call, arguments, .. } = pending;
        Step::Call { call, action: action.name.clone(), arguments, proposed }
    }

    fn verdict(&self, action: &Action) -> Duty {
        self.duties.verdict(crate::duty::of_action(action).iter().map(String::as_str)).duty
    }

    fn later(&self) -> Timestamp {
        self.now.checked_add(SignedDuration::from_mins(MINUTES)).unwrap_or(self.now)
    }
}

/// Whether somebody who is asked for a reason says that they want something else.
fn means_another_thing(text: &str) -> bool {
    const OTHER: [&str; 11] = [
        "想换货",
        "要换货",
        "是换货",
        "换个新的",
        "换一个新",
        "不是退款",
        "不是要退",
        "replacement",
        "exchange it",
        "rather have a new",
        "not a refund",
    ];
    let low = text.to_lowercase();
    OTHER.iter().any(|other| low.contains(other))
}

/// The order that an unfinished action is about.
fn order_of<'a>(action: &Action, arguments: &'a Arguments) -> Option<&'a str> {
    let parameter = action.parameters.iter().find(|parameter| parameter.kind == Kind::Order)?;
    arguments.get(&parameter.name).map(String::as_str)
}

fn say(action: &Action, content: Content, pending: Option<Pending>, outcome: &'static str) -> Step {
    Step::Say { action: action.name.clone(), content, pending, outcome }
}

/// Whether words are a question by their form.
fn asks(text: &str) -> bool {
    let text = text.trim();
    let low = text.to_lowercase();
    text.ends_with(['?', '？', '吗', '呢'])
        || ["怎么", "如何", "多久", "什么时候", "能不能", "可不可以"].iter().any(|word| text.contains(word))
        || ["how ", "what ", "when ", "can ", "do ", "does ", "is ", "are "]
            .iter()
            .any(|word| low.starts_with(word))
}

#[cfg(test)]
mod tests;
