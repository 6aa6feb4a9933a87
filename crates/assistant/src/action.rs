//! What can be done for a customer in the shop's other systems, as the owner described it: HTTP tools.
//!
//! Everything here is pure: [`wish`] says whether a message asks for an action, [`step`] what to say or do next,
//! [`request`] what is sent, [`read`] what the answer means. Who does it is `reception`.
//!
//! Three rules hold whatever anybody writes: who the customer is comes from the session and never from words, an
//! action that writes needs the customer's yes to exactly what is sent, and what comes back is data.

mod consent;
mod fill;
mod openapi;
mod patch;
mod request;
mod result;
mod step;
mod thing;
mod wish;
mod withdraw;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use domain::{Duty, Lang};
use serde::{Deserialize, Serialize};

pub use consent::{Consent, consent};
pub use openapi::complete;
pub use request::{Request, request};
pub use result::{Finding, read};
pub use step::{Scene, Step, step};
use wish::Wish;
pub use wish::{may_be_wish, wish};
pub use withdraw::takes_back;
pub use words::Words as ActionWords;

/// One tool. The section `[[actions]]` of the configuration.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its name, in traces and in the duty table (`action:NAME`).
    pub name: String,
    /// The topic that it belongs to, for the duty table.
    #[serde(default)]
    pub topic: String,
    /// What it does, for people at the desk.
    #[serde(default)]
    pub description_zh: String,
    /// The same in English.
    #[serde(default)]
    pub description_en: String,
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    #[serde(default = "get")]
    pub method: String,
    /// Where: an address with `{parameters}` in its path or query.
    #[serde(default)]
    pub url: String,
    /// Headers that are always sent, such as the shop's own key.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// What it needs.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// It changes something there: the customer's yes is asked first.
    #[serde(default)]
    pub writes: bool,
    /// It is about the customer's own data: who asks must be known.
    #[serde(default = "yes")]
    pub personal: bool,
    /// What somebody must show who is not signed in.
    #[serde(default)]
    pub unverified: Unverified,
    /// Who may do it, unless the duty table says so.
    #[serde(default)]
    pub duty: Option<Duty>,
    /// The question before it is done, with `{parameters}`; what stands in `[ ]` is left out if its parameter was not
    /// said.
    #[serde(default)]
    pub confirm_zh: String,
    /// The same in English.
    #[serde(default)]
    pub confirm_en: String,
    /// What is said then, with `{fields}` of the JSON answer; what stands in `[ ]` is left out if its field is missing.
    #[serde(default)]
    pub reply_zh: String,
    /// The same in English.
    #[serde(default)]
    pub reply_en: String,
    /// What is said where the other system says no (a status of 400 to 499 other than "not found"): why, as the shop knows
    /// it, and what can be done instead.
    #[serde(default)]
    pub refused_zh: String,
    /// The same in English.
    #[serde(default)]
    pub refused_en: String,
    /// How a field's values are said: `shipped = { zh = "已发货", en = "shipped" }`.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, Wording>>,
    /// Ways in which customers ask for it.
    #[serde(default)]
    pub phrasings: Vec<String>,
    /// What is kept in the customer's profile: `"order.status" = "status"`, a field of the answer.
    #[serde(default)]
    pub remember: BTreeMap<String, String>,
    /// Milliseconds that it may take.
    #[serde(default = "patience")]
    pub timeout_ms: u64,
    /// An OpenAPI document (JSON) that describes it; what is written here goes before.
    #[serde(default)]
    pub openapi: String,
    /// The operation's id in that document.
    #[serde(default)]
    pub operation: String,
    /// The phrasings as they are compared, read once.
    #[serde(skip)]
    pub(crate) read: OnceLock<Vec<Wish>>,
}

/// What an action needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name there.
    pub name: String,
    /// What it must be.
    #[serde(default, rename = "type")]
    pub kind: Kind,
    /// It is asked for if it was not said.
    #[serde(default)]
    pub required: bool,
    /// Where it comes from.
    #[serde(default)]
    pub source: Source,
    /// Of the identity: `user_id` or a claim.
    #[serde(default)]
    pub claim: String,
    /// Of the customer's record: taken from there if it was not said.
    #[serde(default)]
    pub record: String,
    /// Where it is sent. Unless said: in the address if it is named there, else the query of a GET or the body.
    #[serde(default, rename = "in")]
    pub place: Option<Place>,
    /// What is allowed, of a choice.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// What is sent if nothing was said.
    #[serde(default)]
    pub default: String,
    /// How it is asked for.
    #[serde(default)]
    pub ask_zh: String,
    /// The same in English.
    #[serde(default)]
    pub ask_en: String,
}

/// What a parameter must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Any words, asked for.
    #[default]
    Text,
    /// The number of an order.
    Order,
    /// A day, sent as `2026-11-24`.
    Date,
    /// A sum, sent as `12.50`.
    Amount,
    /// One of some.
    Choice,
    /// A postal address.
    Address,
    /// A phone number.
    Phone,
    /// The last four digits of a phone number.
    Digits4,
    /// Somebody's name, where the words say that it is one: 收件人李雷.
    Person,
}

/// Where an argument comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// What the customer said.
    #[default]
    Conversation,
    /// What the shop signed. Never words.
    Identity,
}

/// Where an argument is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the address, where its name stands in braces.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In the JSON body.
    Body,
}

/// One of the allowed values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// How it is called.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// Words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What somebody must show who is not signed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unverified {
    /// They are told how to sign in.
    #[default]
    SignIn,
    /// The order's number and the last four digits of its phone number (`order`, `phone_last4`), which the other system
    /// compares.
    OrderAndPhone,
}

/// The name of the parameter that shows who somebody is who is not signed in.
pub const LAST4: &str = "phone_last4";

fn get() -> String {
    "GET".to_owned()
}

fn yes() -> bool {
    true
}

fn patience() -> u64 {
    3_000
}

/// Topics in which money is given back: a person agrees unless the owner says otherwise.
const MONEY_BACK: [&str; 4] = ["refund", "refunds", "compensation", "complaints"];
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// How an order's fact is said in a language, where actions say how its values are: it was kept as its customer heard it.
pub fn said_of_order(actions: &[Action], name: &str, value: &str, lang: Lang) -> String {
    let wordings = actions.iter().filter_map(|action| action.values.get(action.remember.get(name)?));
    let fits = |(raw, words): &(&String, &Wording)| [raw, &words.zh, &words.en].contains(&&value.to_owned());
    let found = wordings.flatten().find(fits);
    found.map_or(value, |(_, words)| lang.pick(&words.zh, &words.en)).to_owned()
}

impl Action {
    /// What stands in the configuration and cannot work, with what to do.
    pub fn check(&self) -> Result<(), String> {
        let place = format!("[[actions]] {}", self.name);
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if self.name.is_empty() || !self.name.chars().all(plain) {
            return Err(format!("{place}: name: letters, digits, - and _ only"));
        }
        if !METHODS.contains(&self.method.as_str()) {
            return Err(format!("{place}: method: one of {}", METHODS.join(", ")));
        }
        if self.writes == (self.method == "GET") {
            return Err(format!("{place}: writes: true for {} and only then", METHODS[1..].join(", ")));
        }
        if !(self.url.starts_with("http://") || self.url.starts_with("https://")) {
            return Err(format!("{place}: url: an http or https address"));
        }
        let authority = self.url.split("://").nth(1).and_then(|rest| rest.split(['/', '?']).next());
        if authority.is_none_or(|authority| authority.is_empty() || authority.contains('{')) {
            return Err(format!("{place}: url: the host stands there in full, parameters come after it"));
        }
        if self.phrasings.is_empty() {
            return Err(format!("{place}: phrasings: how do customers ask for it?"));
        }
        self.check_parameters(&place)
    }

    fn check_parameters(&self, place: &str) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for parameter in &self.parameters {
            let name = &parameter.name;
            if name.is_empty() || !names.insert(name) {
                return Err(format!("{place}: parameters: {name:?} must have a name of its own"));
            }
            if parameter.kind == Kind::Choice && parameter.choices.is_empty() {
                return Err(format!("{place}: parameters: {name}: choices are missing"));
            }
            if parameter.source == Source::Identity && !self.personal {
                return Err(format!("{place}: parameters: {name}: identity needs personal = true"));
            }
        }
        let unknown = request::placeholders(&self.url).into_iter().find(|name| !names.contains(name));
        unknown.map_or(Ok(()), |name| Err(format!("{place}: url: there is no parameter {name:?}")))
    }

    /// Who may do it as long as the duty table has no row for it.
    pub fn usual_duty(&self) -> Duty {
        let gives_money = self.writes && MONEY_BACK.contains(&self.topic.as_str());
        self.duty.unwrap_or(if gives_money { Duty::Draft } else { Duty::Alone })
    }

    /// What it does, in a language; its name where nobody said.
    pub fn description(&self, lang: Lang) -> &str {
        let said = lang.pick(&self.description_zh, &self.description_en);
        if said.is_empty() { &self.name } else { said }
    }

    /// A parameter by name; also the one that shows who somebody is.
    pub fn parameter(&self, name: &str) -> Option<Parameter> {
        let own = self.parameters.iter().find(|parameter| parameter.name == name).cloned();
        own.or_else(|| (name == LAST4).then(last4))
    }

    /// Arguments as records may keep them: personal data as tags.
    pub fn masked(&self, arguments: &domain::Arguments) -> domain::Arguments {
        let hide = |(name, value): (&String, &String)| {
            let kind = self.parameter(name).map_or(Kind::Text, |parameter| parameter.kind);
            let shown = match kind {
                Kind::Address => "<ADDRESS>".to_owned(),
                Kind::Phone | Kind::Digits4 => "<PHONE>".to_owned(),
                Kind::Person => "<NAME>".to_owned(),
                Kind::Text => language::mask::mask(value).text,
                _ => value.clone(),
            };
            (name.clone(), shown)
        };
        arguments.iter().map(hide).collect()
    }
}

fn last4() -> Parameter {
    Parameter { name: LAST4.to_owned(), kind: Kind::Digits4, required: true, ..Parameter::default() }
}

/// Without the headers: they hold keys.
impl std::fmt::Debug for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Action").field("name", &self.name).field("url", &self.url).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod samples;
