//! What is said on the way to an action, in both languages.

use domain::{Content, Lang};

use super::{Action, Kind, LAST4, Parameter};
use crate::phrases::Phrases;

/// The sentences.
pub struct Words;

impl Words {
    /// The buttons of a yes and a no.
    pub fn buttons(lang: Lang) -> [String; 2] {
        lang.pick(["确认", "取消"], ["Yes, do it", "Cancel"]).map(ToOwned::to_owned)
    }

    /// The question for a parameter.
    pub(super) fn ask(parameter: &Parameter, lang: Lang, again: bool) -> Content {
        let own = lang.pick(&parameter.ask_zh, &parameter.ask_en);
        let question = if own.is_empty() { usual(parameter, lang) } else { own.clone() };
        let sorry = lang.pick("这个我没看懂。", "I could not make that out. ");
        let words = if again { format!("{sorry}{question}") } else { question };
        let suggestions = parameter.choices.iter().map(|choice| lang.pick(&choice.zh, &choice.en).clone());
        Content { suggestions: suggestions.collect(), ..Content::plain(lang, words) }
    }

    /// The question before something is done.
    pub(super) fn confirm(action: &Action, arguments: &domain::Arguments, lang: Lang) -> Content {
        let own = lang.pick(&action.confirm_zh, &action.confirm_en);
        let words = if own.is_empty() { listed(action, arguments, lang) } else { filled(own, arguments) };
        Content { suggestions: Self::buttons(lang).to_vec(), ..Content::plain(lang, words) }
    }

    /// Nothing was done.
    pub(super) fn dropped(lang: Lang) -> Content {
        Content::plain(
            lang,
            lang.pick(
                "好的，没有办理，什么都没有改动。",
                "All right: nothing was done and nothing has changed.",
            ),
        )
    }

    /// A person decided against it. `with_people`: one has the conversation, or is awaited in it.
    pub fn declined(what: &str, with_people: bool, lang: Lang) -> String {
        let then = if with_people {
            lang.pick("同事会接着为您处理。", "they will go on with you here.")
        } else {
            lang.pick("想知道原因可以转人工。", "ask for a person here if you want to know why.")
        };
        lang.pick(
            format!("「{what}」：同事核对之后没有办理，什么都没有改动；{then}"),
            format!("“{what}”: a colleague checked this and did not do it; nothing has changed, and {then}"),
        )
    }

    /// It waits for a person's yes already.
    pub fn asked_already(what: &str, lang: Lang) -> Content {
        let words = lang.pick(
            format!("「{what}」之前已经提交，同事还在核对，不用再提交一次；有结果会在这里告诉您。不需要了的话，说一声「取消申请」。"),
            format!("“{what}” is already with a colleague, so there is no need to send it again; you will hear here. If you no longer want it, say “cancel my request”."),
        );
        Content::plain(lang, words)
    }

    /// The customer took it back before a person agreed.
    pub fn withdrawn(what: &str, lang: Lang) -> String {
        lang.pick(
            format!("好的，「{what}」已撤回，什么都没有改动。"),
            format!(
                "All right, your request (“{what}”) is taken back: nothing was done and nothing has changed."
            ),
        )
    }

    /// It was agreed to after the customer had left, and failed, or nobody knows.
    pub fn failed_later(unknown: bool, lang: Lang) -> &'static str {
        if unknown {
            lang.pick(
                "同事同意之后，请求已发出，但没有收到结果；同事会核实，请不要重复提交。",
                "A colleague agreed and the request was sent, but no result came back. They will find out; please do not send it again.",
            )
        } else {
            lang.pick(
                "同事同意了，但相关系统没有给出结果，什么都没有改动。还需要的话，在这里再说一声。",
                "A colleague agreed, but the system that does it gave no usable answer, so nothing has changed. If you still want it, say so here.",
            )
        }
    }

    /// The customer went on to something else instead of saying yes or no.
    pub fn left_undone(lang: Lang) -> &'static str {
        lang.pick(
            "刚才请您确认的那件事还没有办，什么都没有改动；要办的话再说一声。",
            "What I asked you to confirm was not done and nothing has changed; just say so if you still want it.",
        )
    }

    /// Who asks is not known.
    pub(super) fn sign_in(lang: Lang) -> Content {
        let words = lang.pick(
            "这涉及您的个人订单信息，需要先确认是您本人。请在本店网站登录您的账号，登录后在这里再问一次即可。不方便登录时，也可以转人工。",
            "This is about your own orders, so I must know that it is you. Please sign in to your account on this website and ask again here. If you cannot sign in, you can talk to a person.",
        );
        Phrases::beside_a_person(lang, words)
    }

    /// The customer's order was not found.
    pub fn not_found(lang: Lang) -> Content {
        let words = lang.pick(
            "没有查到这笔订单：可能号码有误，或它不在您的名下。请核对后再发一次，也可以转人工。",
            "I could not find this order: the number may be wrong, or it is not yours. Please check it and send it again, or talk to a person.",
        );
        Phrases::beside_a_person(lang, words)
    }

    /// The other system said no: in the shop's own words, if it has some.
    pub fn refused(action: Option<&Action>, lang: Lang) -> Content {
        let own = action.map_or("", |action| lang.pick(&action.refused_zh, &action.refused_en));
        let usual = lang.pick(
            "这笔订单现在不能这样办理，什么都没有改动。需要的话可以转人工。",
            "This cannot be done for the order as it is now; nothing has changed. If you need it, talk to a person.",
        );
        Phrases::beside_a_person(lang, if own.is_empty() { usual } else { own })
    }

    /// It was done, though nothing that could be said came back.
    pub fn done(lang: Lang) -> Content {
        Content::plain(lang, lang.pick("已为您办理。", "This is done."))
    }
}

fn usual(parameter: &Parameter, lang: Lang) -> String {
    let (zh, en) = match parameter.kind {
        Kind::Order => ("请发一下订单号。", "What is the order number?"),
        Kind::Date => ("请告诉我日期。", "Which date?"),
        Kind::Amount => ("请告诉我金额。", "What amount?"),
        Kind::Choice => ("请选一项。", "Which one?"),
        Kind::Address => ("请发一下完整的地址。", "What is the full address?"),
        Kind::Phone => ("请发一下手机号。", "What is the phone number?"),
        Kind::Person => ("请问怎么称呼？", "What is the name?"),
        Kind::Digits4 if parameter.name == LAST4 => (
            "为确认是您本人，请再发一下下单手机号的后四位。",
            "To be sure that it is you: what are the last four digits of the phone number on the order?",
        ),
        Kind::Digits4 => ("请发一下后四位数字。", "What are the last four digits?"),
        Kind::Text => ("请具体说明一下。", "Please tell me more."),
    };
    lang.pick(zh, en).to_owned()
}

/// A question for an action whose owner wrote none.
fn listed(action: &Action, arguments: &domain::Arguments, lang: Lang) -> String {
    let own = arguments.iter().filter(|(name, _)| action.parameter(name).is_some());
    let said: Vec<String> = own.map(|(name, value)| format!("{name}: {value}")).collect();
    let (what, said) = (action.description(lang), said.join(lang.pick("，", ", ")));
    lang.pick(format!("确认办理「{what}」吗？{said}"), format!("Shall I do this: {what}? {said}"))
}

/// What stands in `[ ]` is left out where a parameter of it was not said.
fn filled(pattern: &str, arguments: &domain::Arguments) -> String {
    let mut words = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, (inside, after))) =
        rest.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)))
    {
        words.push_str(&named(before, arguments).0);
        words.extend(Some(named(inside, arguments)).filter(|(_, whole)| *whole).map(|(said, _)| said));
        rest = after;
    }
    words + &named(rest, arguments).0
}

/// A pattern with its parameters, and whether all of them were said.
fn named(pattern: &str, arguments: &domain::Arguments) -> (String, bool) {
    let (mut words, mut whole) = (String::with_capacity(pattern.len()), true);
    let mut rest = pattern;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        words.push_str(before);
        match arguments.get(name) {
            Some(value) => words.push_str(value),
            None => whole = false,
        }
        rest = after;
    }
    words.push_str(rest);
    (words, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_said_is_left_out() {
        let pattern = "把 {order} 改成「{address}」[，收件人 {recipient}]吗？";
        let mut said: domain::Arguments = [("order", "QH1"), ("address", "上海")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
        assert_eq!(filled(pattern, &said), "把 QH1 改成「上海」吗？");
        said.insert("recipient".to_owned(), "[李雷]".to_owned());
        assert_eq!(filled(pattern, &said), "把 QH1 改成「上海」，收件人 [李雷]吗？");
    }
}
