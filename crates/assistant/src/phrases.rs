//! What the assistant says in its own words. Plain, polite, no exclamation marks, no blame.
//!
//! Each thing is said in several ways, so that nothing is said twice in a row. `{shop}` and `{greeting}` are filled.

use domain::{Content, Lang};

use crate::{smalltalk::Smalltalk, tone::Tone};

/// The wording, with the shop's own name in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrases {
    /// The shop's name, Chinese and English.
    pub shop: (String, String),
}

/// A thing to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// In reply to small talk.
    Smalltalk(Smalltalk),
    /// Before several choices.
    WhichOne,
    /// Before a single choice.
    ThisOne,
    /// The honest refusal.
    Unknown,
    /// The same to somebody unhappy, who wants no answer so much as somebody who looks into it.
    UnknownToTheUnhappy,
    /// What becomes of an order that they named, which is not to be seen from here.
    OrderUnseen,
    /// The customer told something of themselves, which is remembered.
    Noted,
    /// The customer praises.
    Glad,
    /// Somebody of theirs died.
    Condolence,
    /// None of what was offered is meant.
    Neither,
    /// The last answer did not help: other choices.
    AnotherWay,
    /// Nothing helped twice.
    GoingRound,
    /// Before an answer that was given already.
    Again,
    /// Before an answer that another question had too.
    SameAnswer,
    /// A person is brought in.
    HandingOver,
    /// The answer needs a fact of the customer that is not known.
    NoFact,
    /// The customer is unhappy.
    Sorry,
    /// The customer is angry.
    VerySorry,
}

impl Phrases {
    pub(crate) fn shop(&self, lang: Lang) -> &str {
        lang.pick(&self.shop.0, &self.shop.1)
    }

    /// What stands on the button that asks for a person.
    pub fn person_button(lang: Lang) -> &'static str {
        lang.pick("转人工", "Talk to a person")
    }

    /// Plain words with the button that asks for a person.
    pub(crate) fn beside_a_person(lang: Lang, words: impl Into<String>) -> Content {
        Content { suggestions: vec![Self::person_button(lang).to_owned()], ..Content::plain(lang, words) }
    }

    /// Whether a choice is the button that asks for a person.
    pub(crate) fn is_person_button(choice: &str) -> bool {
        Lang::ALL.into_iter().any(|lang| choice == Self::person_button(lang))
    }
}

/// The ways to say a thing, the usual one first.
pub(crate) fn ways(line: Line, lang: Lang, tone: Tone) -> &'static [&'static str] {
    match (tone, lang) {
        (Tone::Plain, Lang::Zh) => zh(line),
        (Tone::Plain, Lang::En) => en(line),
        (Tone::Brief, _) => brief(line, lang).unwrap_or_else(|| ways(line, lang, Tone::Plain)),
        (Tone::Warm, _) => warm(line, lang).unwrap_or_else(|| ways(line, lang, Tone::Plain)),
    }
}

fn zh(line: Line) -> &'static [&'static str] {
    use Smalltalk::{AboutBot, Assent, Empty, Goodbye, Greeting, Thanks, Wordless};
    match line {
        Line::Smalltalk(Empty | Wordless) => &[
            "我在。请用一句话告诉我您想了解什么，例如“怎么退货”。",
            "请用文字写下您的问题，我来查。",
            "我还没看到文字。写几个字就好，比如“运费多少”。",
        ],
        Line::Smalltalk(Greeting) => &[
            "{greeting}，我是{shop}的 AI 助手。请问有什么可以帮您？",
            "我在，请说您的问题。",
            "您好，想了解什么，直接写下来就好。",
        ],
        Line::Smalltalk(Thanks) => {
            &["不客气。还有别的问题，随时问我。", "应该的。有需要再找我。", "不用谢，祝您顺利。"]
        }
        Line::Smalltalk(Goodbye) => {
            &["感谢您的来访，祝您生活愉快。", "再见，有需要随时回来。", "好的，祝您一切顺利。"]
        }
        Line::Smalltalk(AboutBot) => &[
            "我是{shop}的 AI 助手，不是真人。我根据本店的知识回答；需要真人时，说“转人工”就好。",
            "不是真人，我是 AI 助手。想和真人说话，回复“转人工”就好。",
        ],
        Line::Smalltalk(Assent) => {
            &["好的。还有什么想了解的，请告诉我。", "嗯，我在。需要什么请说。", "好，有问题随时写给我。"]
        }
        Line::WhichOne => {
            &["我不太确定，您想问的是哪一个？", "请选一个最接近的，我来回答。", "您的意思是下面哪一种？"]
        }
        Line::ThisOne => &["我不太确定，您是想问这个吗？", "您想了解的是这个吗？"],
        Line::Unknown => &[
            "这个问题我没有可靠的答案，不想猜给您。要帮您转人工吗？",
            "这一点我没有查到可靠的说明，请让同事来回答，好吗？",
            "很遗憾，这件事我答不了。要请同事来处理吗？",
        ],
        Line::UnknownToTheUnhappy => &[
            "您说的情况需要同事来核实处理，我不想随便应付您。现在就帮您转人工，好吗？",
            "这件事应当由同事来跟进。要马上请同事过来吗？",
        ],
        Line::OrderUnseen => &[
            "这笔订单的情况我这里看不到。要请同事为您查一下吗？",
            "订单的进展要由同事来查，现在帮您转人工，好吗？",
        ],
        Line::Noted => &["好的，我记下了。还想了解什么，请说。", "记下了，谢谢您告诉我。接下来想看点什么？"],
        Line::Glad => &["您喜欢就太好了，谢谢您告诉我们。", "谢谢您的夸奖，我们很高兴。"],
        Line::Condolence => &["请您节哀，我们很难过听到这个消息。"],
        Line::Neither => &[
            "那我还没听明白您的问题。请换个说法再写一次，或者转人工。",
            "这几个都不是的话，请多写几个字，也可以直接转人工。",
        ],
        Line::AnotherWay => {
            &["刚才的回答没有帮到您。您看是不是下面这些？", "我换个方向找了找，您想问的是这里面的吗？"]
        }
        Line::GoingRound => &[
            "看来我没能帮上您，不想让您再绕圈子。要帮您转人工吗？",
            "我再说也是同样的内容，请同事来看会更快。要转人工吗？",
        ],
        Line::Again => &["再说一遍：", "您问的这个，答案是："],
        Line::SameAnswer => &["还是这一条：", "答案同样在这里："],
        Line::HandingOver => &["好的，正在为您转接人工。"],
        Line::NoFact => &[
            "这要看您的订单或资料，我这里还查不到。请登录后再问，或者转人工。",
            "我手上没有您的这项信息，请让同事为您查一下，好吗？",
        ],
        Line::Sorry => &["给您添麻烦了，很抱歉。", "很抱歉给您带来不便。", "抱歉，让您费心了。"],
        Line::VerySorry => {
            &["非常抱歉，给您带来了这样的体验。", "我理解您的心情，实在抱歉。", "真的很抱歉，让您这么着急。"]
        }
    }
}

fn en(line: Line) -> &'static [&'static str] {
    use Smalltalk::{AboutBot, Assent, Empty, Goodbye, Greeting, Thanks, Wordless};
    match line {
        Line::Smalltalk(Empty | Wordless) => &[
            "I am here. Tell me in a few words what you need, for example “how do I return something”.",
            "Please write your question in words, and I will look it up.",
            "I see no words yet. A few will do, such as “shipping cost”.",
        ],
        Line::Smalltalk(Greeting) => &[
            "{greeting}, I am the AI assistant of {shop}. What can I do for you?",
            "I am here. What would you like to know?",
            "Hello again. Just write your question.",
        ],
        Line::Smalltalk(Thanks) => &[
            "You are welcome. If anything else comes up, just ask.",
            "My pleasure. I am here if you need more.",
            "Glad to help.",
        ],
        Line::Smalltalk(Goodbye) => &[
            "Thank you for stopping by. Have a good day.",
            "Goodbye, and come back any time.",
            "All the best.",
        ],
        Line::Smalltalk(AboutBot) => &[
            "I am the AI assistant of {shop}, not a person. I answer from the shop's knowledge; say “talk to a person” whenever you want one.",
            "I am an AI assistant, not a person. For a person, say “talk to a person”.",
        ],
        Line::Smalltalk(Assent) => &[
            "All right. Let me know if there is anything else.",
            "Good. I am here if you need something.",
            "Fine. Just write when a question comes up.",
        ],
        Line::WhichOne => &[
            "I am not quite sure. Which of these do you mean?",
            "Please pick the one that comes closest, and I will answer it.",
            "Which of the following is it?",
        ],
        Line::ThisOne => {
            &["I am not quite sure. Is this what you mean?", "Is it this that you would like to know?"]
        }
        Line::Unknown => &[
            "I do not have a reliable answer to that, and I would rather not guess. Shall I fetch someone?",
            "I find nothing reliable on that. May a colleague answer it?",
            "That is something I cannot answer. Would you like a person to look at it?",
        ],
        Line::UnknownToTheUnhappy => &[
            "This needs a colleague who can look into it, and I do not want to fob you off. Shall I fetch one now?",
            "Somebody should follow this up for you. May I bring in a colleague right away?",
        ],
        Line::OrderUnseen => &[
            "I cannot see that order from here. Shall I ask a colleague to look it up?",
            "A colleague has to check that order. May I fetch one?",
        ],
        Line::Noted => &[
            "Thank you, I have noted that. What would you like to know?",
            "Noted, thanks for telling me. What can I look up for you?",
        ],
        Line::Glad => {
            &["That is lovely to hear, thank you.", "Thank you for the kind words, that makes our day."]
        }
        Line::Condolence => &["I am very sorry for your loss."],
        Line::Neither => &[
            "Then I have not understood your question yet. Please put it another way, or talk to a person.",
            "If it is none of these, a few more words would help; a person is there for you too.",
        ],
        Line::AnotherWay => &[
            "That did not help, then. Is it one of these?",
            "I have looked in another direction: do you mean one of these?",
        ],
        Line::GoingRound => &[
            "I am not getting you any further, and I do not want to send you round in circles. Shall I bring in a person?",
            "I would only be repeating myself; a colleague will be quicker. Shall I fetch one?",
        ],
        Line::Again => &["Once more:", "The answer to that is:"],
        Line::SameAnswer => &["This holds here too:", "The same applies:"],
        Line::HandingOver => &["Of course. I am bringing in a person."],
        Line::NoFact => &[
            "That depends on your order or account, which I cannot see here. Please sign in and ask again, or talk to a person.",
            "I do not have that detail of yours. May a colleague look it up?",
        ],
        Line::Sorry => &[
            "I am sorry for the trouble.",
            "I am sorry about the inconvenience.",
            "Sorry that this gives you trouble.",
        ],
        Line::VerySorry => &[
            "I am very sorry about this.",
            "I understand how frustrating this is, and I am sorry.",
            "I sincerely apologise for this experience.",
        ],
    }
}

/// What a brief shop says otherwise.
fn brief(line: Line, lang: Lang) -> Option<&'static [&'static str]> {
    use Smalltalk::{Assent, Goodbye, Greeting, Thanks};
    let (zh, en): (&'static [&'static str], &'static [&'static str]) = match line {
        Line::Smalltalk(Greeting) => (
            &["{greeting}，请说您的问题。", "我在，请说。"],
            &["{greeting}. What do you need?", "I am here. Go on."],
        ),
        Line::Smalltalk(Thanks) => (&["不客气。", "应该的。"], &["You are welcome.", "My pleasure."]),
        Line::Smalltalk(Goodbye) => (&["再见。", "祝您顺利。"], &["Goodbye.", "All the best."]),
        Line::Smalltalk(Assent) => (&["好的。", "嗯，我在。"], &["All right.", "Good."]),
        Line::WhichOne => {
            (&["您问的是哪一个？", "请选一个。"], &["Which one do you mean?", "Please pick one."])
        }
        Line::ThisOne => (&["是这个吗？", "您问的是这个吗？"], &["This one?", "Do you mean this?"]),
        Line::Unknown => (
            &["我没有可靠的答案。要转人工吗？", "这个我答不了，转人工好吗？"],
            &[
                "I have no reliable answer. Shall I fetch someone?",
                "I cannot answer that. A person, perhaps?",
            ],
        ),
        Line::Sorry => {
            (&["很抱歉。", "抱歉给您添麻烦了。"], &["Sorry about this.", "Sorry for the trouble."])
        }
        Line::VerySorry => (&["非常抱歉。", "实在抱歉。"], &["I am very sorry.", "My sincere apologies."]),
        _ => return None,
    };
    Some(lang.pick(zh, en))
}

/// What a warm shop says otherwise.
fn warm(line: Line, lang: Lang) -> Option<&'static [&'static str]> {
    use Smalltalk::{Assent, Goodbye, Greeting, Thanks};
    let (zh, en): (&'static [&'static str], &'static [&'static str]) = match line {
        Line::Smalltalk(Greeting) => (
            &[
                "{greeting}，很高兴为您服务。我是{shop}的 AI 助手，有什么想了解的，尽管问我。",
                "我一直在，请慢慢说。",
                "很高兴又见到您，想了解什么呢？",
            ],
            &[
                "{greeting}, and welcome to {shop}. I am the AI assistant here; ask me anything you like.",
                "I am right here, take your time.",
                "Good to hear from you again. What would you like to know?",
            ],
        ),
        Line::Smalltalk(Thanks) => (
            &["不客气，能帮到您我很高兴。还有别的问题，随时问我。", "您太客气了，有需要随时找我。"],
            &[
                "You are very welcome, I am glad I could help. Do ask if anything else comes up.",
                "It was a pleasure. I am here whenever you need me.",
            ],
        ),
        Line::Smalltalk(Goodbye) => (
            &["感谢您的来访，期待再次见到您，祝您生活愉快。", "再见，祝您今天一切顺利。"],
            &[
                "Thank you for stopping by. We look forward to seeing you again; have a lovely day.",
                "Goodbye, and all the best for today.",
            ],
        ),
        Line::Smalltalk(Assent) => (
            &["好的，我就在这里，有什么想了解的随时告诉我。", "嗯嗯，需要的时候叫我就好。"],
            &["Lovely. I am right here if there is anything else.", "Good, just call when you need me."],
        ),
        _ => return None,
    };
    Some(lang.pick(zh, en))
}
