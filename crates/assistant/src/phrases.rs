//! What the assistant says in its own words. Plain, polite, no exclamation marks, no blame.

use domain::Lang;

use crate::smalltalk::Smalltalk;

/// The wording, with the shop's own name in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrases {
    /// The shop's name, Chinese and English.
    pub shop: (String, String),
}

impl Phrases {
    fn shop(&self, lang: Lang) -> &str {
        lang.pick(&self.shop.0, &self.shop.1)
    }

    /// A fitting reply to small talk.
    pub fn smalltalk(&self, kind: Smalltalk, lang: Lang) -> String {
        let shop = self.shop(lang);
        match (kind, lang) {
            (Smalltalk::Empty | Smalltalk::Wordless, Lang::Zh) => {
                "我在。请用一句话告诉我您想了解什么，例如“怎么退货”。".to_owned()
            }
            (Smalltalk::Empty | Smalltalk::Wordless, Lang::En) => {
                "I am here. Tell me in a few words what you need, for example “how do I return something”."
                    .to_owned()
            }
            (Smalltalk::Greeting, Lang::Zh) => format!("您好，我是{shop}的 AI 助手。请问有什么可以帮您？"),
            (Smalltalk::Greeting, Lang::En) => {
                format!("Hello, I am the AI assistant of {shop}. What can I do for you?")
            }
            (Smalltalk::Thanks, Lang::Zh) => "不客气。还有别的问题，随时问我。".to_owned(),
            (Smalltalk::Thanks, Lang::En) => {
                "You are welcome. If anything else comes up, just ask.".to_owned()
            }
            (Smalltalk::Goodbye, Lang::Zh) => "感谢您的来访，祝您生活愉快。".to_owned(),
            (Smalltalk::Goodbye, Lang::En) => "Thank you for stopping by. Have a good day.".to_owned(),
            (Smalltalk::AboutBot, Lang::Zh) => {
                format!("我是{shop}的 AI 助手，不是真人。我根据本店的知识回答；需要真人时，说“转人工”就好。")
            }
            (Smalltalk::AboutBot, Lang::En) => format!(
                "I am the AI assistant of {shop}, not a person. I answer from the shop's knowledge; say “talk to a person” whenever you want one."
            ),
            (Smalltalk::Assent, Lang::Zh) => "好的。还有什么想了解的，请告诉我。".to_owned(),
            (Smalltalk::Assent, Lang::En) => "All right. Let me know if there is anything else.".to_owned(),
        }
    }

    /// Before the choices; the feeling first when the customer is upset.
    pub fn did_you_mean(&self, lang: Lang, only_one: bool, upset: bool) -> String {
        let sorry = if upset {
            lang.pick("很抱歉给您带来了不好的体验。", "I am sorry about this. ")
        } else {
            ""
        };
        let question = match (lang, only_one) {
            (Lang::Zh, true) => "我不太确定，您是想问这个吗？",
            (Lang::Zh, false) => "我不太确定，您想问的是哪一个？",
            (Lang::En, true) => "I am not quite sure. Is this what you mean?",
            (Lang::En, false) => "I am not quite sure. Which of these do you mean?",
        };
        format!("{sorry}{question}")
    }

    /// The honest refusal.
    pub fn unknown(&self, lang: Lang) -> String {
        lang.pick(
            "这个问题我没有可靠的答案，不想猜给您。要帮您转人工吗？",
            "I do not have a reliable answer to that, and I would rather not guess. Shall I fetch someone?",
        )
        .to_owned()
    }

    /// The refusal when the customer is upset: the feeling first.
    pub fn unknown_upset(&self, lang: Lang) -> String {
        lang.pick("很抱歉让您有这样的感受。这件事我没有可靠的答案，请让同事来处理，好吗？", "I am sorry about this. I do not have a reliable answer myself; may I bring in a colleague who can sort it out?").to_owned()
    }

    /// What stands on the button that asks for a person.
    pub fn person_button(lang: Lang) -> &'static str {
        lang.pick("转人工", "Talk to a person")
    }

    /// Said while handing over.
    pub fn handing_over(&self, lang: Lang) -> String {
        lang.pick("好的，正在为您转接人工。", "Of course. I am bringing in a person.").to_owned()
    }
}
