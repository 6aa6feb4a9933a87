//! What is known of a customer: who they are by the shop's own word, what they said of themselves, what they ordered.
//!
//! A profile belongs to one customer. It is read through the person who asks and never used for another customer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{channel::ChannelId, clock::Timestamp, customer::Customer, id::CustomerId, record::Record};

/// What the shop's own website says of who is signed in there, under its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The shop's own name for the customer.
    pub user_id: String,
    /// What else it signed: `name`, `email`, `phone`, and what the shop likes to tell.
    pub claims: BTreeMap<String, String>,
    /// When it was last signed.
    pub at: Timestamp,
}

/// Where a fact comes from. The greater is believed rather.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The customer said so in a conversation.
    Learnt,
    /// A person at the desk wrote it.
    Agent,
    /// The shop signed it.
    Signed,
}

impl Origin {
    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Learnt => "learnt",
            Self::Agent => "agent",
            Self::Signed => "signed",
        }
    }

    /// The origin of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Learnt, Self::Agent, Self::Signed].into_iter().find(|origin| origin.name() == name)
    }
}

/// Something known of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileFact {
    /// What it is about: `name`, `size`, `colour`, `avoids`, `ship_to`, `reach_by`, or the shop's own.
    pub name: String,
    /// What is known.
    pub value: String,
    /// Where from.
    pub origin: Origin,
    /// Who wrote it, where a person did.
    pub by: Option<String>,
    /// Since when.
    pub at: Timestamp,
}

/// An order as another system last told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenOrder {
    /// Its number.
    pub id: String,
    /// Its facts by the names of a [`Record`]: `order.status`, `order.amount`.
    pub facts: BTreeMap<String, String>,
    /// When it was fetched.
    pub at: Timestamp,
}

/// All that is known of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Whose.
    pub customer: CustomerId,
    /// Who they are, if the shop signed it.
    pub identity: Option<Identity>,
    /// What people wrote and conversations told, by name.
    pub facts: Vec<ProfileFact>,
    /// Their orders, latest fetched first.
    pub orders: Vec<SeenOrder>,
}

impl Profile {
    /// A profile of somebody of whom nothing is known.
    pub fn empty(customer: CustomerId) -> Self {
        Self { customer, identity: None, facts: Vec::new(), orders: Vec::new() }
    }

    /// The fact of this name that is believed: what the shop signed before what people wrote, that before what the
    /// customer said.
    pub fn get(&self, name: &str) -> Option<&str> {
        let signed = self.identity.as_ref().and_then(|identity| identity.claims.get(name));
        let noted = || self.facts.iter().find(|fact| fact.name == name).map(|fact| &fact.value);
        signed.or_else(noted).map(String::as_str)
    }

    /// What an answer to this customer may say: the name and the preferences, and the order that was fetched last.
    pub fn record(&self) -> Record {
        let noted = self.facts.iter().map(|fact| (fact.name.clone(), fact.value.clone()));
        let mut known: BTreeMap<String, String> = noted.collect();
        if let Some(identity) = &self.identity {
            known.extend(identity.claims.clone());
        }
        if let Some(order) = self.orders.first() {
            known.extend(order.facts.clone());
            known.insert("order.id".to_owned(), order.id.clone());
        }
        Record(known)
    }
}

/// A customer with all that is known, as one desk hands it to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustomerFile {
    /// Who.
    pub customer: Customer,
    /// Under which names the customer writes, by channel. On the widget the shop's word says so instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub senders: Vec<(ChannelId, String)>,
    /// What is known.
    pub profile: Profile,
}

/// What was done to a profile, on the record; what was in it is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileEvent {
    /// What: `corrected`, `erased`, `forgotten`.
    pub what: String,
    /// The name of the fact, where it was one.
    pub name: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shops_word_is_believed_first_and_the_latest_order_is_the_one_spoken_of() {
        let at = Timestamp::UNIX_EPOCH;
        let fact = |name: &str, value: &str| ProfileFact {
            name: name.into(),
            value: value.into(),
            origin: Origin::Learnt,
            by: None,
            at,
        };
        let order = |id: &str| SeenOrder {
            id: id.into(),
            facts: [("order.status".to_owned(), format!("status of {id}"))].into(),
            at,
        };
        let profile = Profile {
            identity: Some(Identity {
                user_id: "u1".into(),
                claims: [("name".to_owned(), "林女士".to_owned())].into(),
                at,
            }),
            facts: vec![fact("name", "小林"), fact("size", "M")],
            orders: vec![order("A2"), order("A1")],
            ..Profile::empty("c".into())
        };
        let record = profile.record();
        assert_eq!((record.get("name"), record.get("size")), (Some("林女士"), Some("M")));
        assert_eq!((record.get("order.id"), record.get("order.status")), (Some("A2"), Some("status of A2")));
        assert_eq!(profile.get("size"), Some("M"));
    }
}
