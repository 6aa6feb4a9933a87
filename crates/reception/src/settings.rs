//! What an owner may set.

use assistant::{Address, Manner, Tone};
use domain::{Lang, Zone};
use serde::{Deserialize, Serialize};

use crate::{identity::IdentitySettings, source::Source};

/// All settings of the desk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The shop as customers see it.
    pub shop: Shop,
    /// How much of everything.
    pub limits: Limits,
    /// How knowledge is published.
    pub knowledge: Publishing,
    /// Where knowledge comes from by itself.
    pub sources: Vec<Source>,
    /// Who is signed in at the shop.
    pub identity: IdentitySettings,
    /// What can be done in the shop's other systems.
    pub actions: Vec<assistant::Action>,
}

/// The shop as customers see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shop {
    /// Its Chinese name.
    pub name_zh: String,
    /// Its English name.
    pub name_en: String,
    /// The accent colour of widget and desk, `#rrggbb`.
    pub accent: String,
    /// The first words in the widget, Chinese; empty for the standard greeting.
    pub greeting_zh: String,
    /// The first words in the widget, English.
    pub greeting_en: String,
    /// Questions offered at the start, Chinese.
    pub starters_zh: Vec<String>,
    /// Questions offered at the start, English.
    pub starters_en: Vec<String>,
    /// Names of products, to be recognised in messages.
    pub products: Vec<String>,
    /// How many words the assistant makes.
    pub tone: Tone,
    /// How customers are addressed in Chinese.
    pub address_zh: Address,
    /// The zone in which customers live.
    pub zone: Zone,
}

/// How much of everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Characters in a customer's message.
    pub message_chars: usize,
    /// Messages a minute from one visitor.
    pub visitor_per_minute: u32,
    /// Messages a minute from one address.
    pub address_per_minute: u32,
    /// Seconds a customer waits for a person before the contact form is offered.
    pub wait_seconds: u32,
    /// Seconds between notices to a waiting customer.
    pub notice_seconds: u32,
    /// Hours without a message after which a conversation with the assistant is over.
    pub idle_hours: u32,
    /// Answers worked on at the same time.
    pub turns_at_once: usize,
}

/// How knowledge is published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Publishing {
    /// Where several people edit knowledge, somebody else publishes what one wrote.
    pub review_by_another: bool,
    /// So many of the latest questions of customers are asked again before something is published.
    pub replay: u32,
}

impl Default for Publishing {
    fn default() -> Self {
        Self { review_by_another: false, replay: 200 }
    }
}

impl Default for Shop {
    fn default() -> Self {
        Self {
            name_zh: "小店客服".to_owned(),
            name_en: "Customer service".to_owned(),
            accent: "#0f6b5c".to_owned(),
            greeting_zh: String::new(),
            greeting_en: String::new(),
            starters_zh: Vec::new(),
            starters_en: Vec::new(),
            products: Vec::new(),
            tone: Tone::default(),
            address_zh: Address::default(),
            zone: Zone::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_chars: 2_000,
            visitor_per_minute: 20,
            address_per_minute: 60,
            wait_seconds: 120,
            notice_seconds: 45,
            idle_hours: 24,
            turns_at_once: 64,
        }
    }
}

impl Shop {
    /// How the assistant speaks.
    pub fn manner(&self) -> Manner {
        Manner { tone: self.tone, address: self.address_zh, zone: self.zone.clone() }
    }

    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_zh, &self.name_en)
    }

    /// The greeting in a language.
    pub fn greeting(&self, lang: Lang) -> String {
        let own = lang.pick(&self.greeting_zh, &self.greeting_en);
        if !own.is_empty() {
            return own.clone();
        }
        let name = self.name(lang);
        lang.pick(
            format!("您好，我是{name}的 AI 助手，可以马上回答常见问题。需要真人时，随时可以转人工。"),
            format!("Hello, I am the AI assistant of {name}. I answer common questions at once, and you can ask for a person at any time."),
        )
    }

    /// The starters in a language.
    pub fn starters(&self, lang: Lang) -> &[String] {
        lang.pick(&self.starters_zh, &self.starters_en)
    }
}
