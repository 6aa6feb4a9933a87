//! What is known of a customer, shown, corrected and erased.

use domain::{ChannelId, Conversation, Customer, CustomerFile, CustomerId, Profile, ProfileEvent, said};
use serde::{Deserialize, Serialize};
use store::{Forgetting, StoreError};

use crate::{ActError, Reception};

/// A customer with all that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProfileView {
    /// Who.
    pub customer: Customer,
    /// What is known.
    pub profile: Profile,
    /// Conversations, newest first.
    pub conversations: Vec<Conversation>,
    /// What was done to the profile, latest first.
    pub events: Vec<ProfileEvent>,
}

impl From<ProfileView> for CustomerFile {
    /// What another desk needs; on the widget it recognises customers by the shop's word.
    fn from(view: ProfileView) -> Self {
        let senders = view.conversations.into_iter().map(|one| (one.channel, one.sender));
        let own = [ChannelId::WIDGET, ChannelId::CLI];
        let mut senders: Vec<_> = senders.filter(|(channel, _)| !own.contains(&channel.as_str())).collect();
        senders.sort();
        senders.dedup();
        Self { customer: view.customer, senders, profile: view.profile }
    }
}

/// What a fact may hold, in characters.
const VALUE: usize = 300;
const NAME: usize = 40;
const ROWS: u32 = 50;

impl Reception {
    /// A customer with all that is known.
    pub(crate) async fn profile_view(&self, id: &CustomerId) -> Result<ProfileView, ActError> {
        let store = self.store();
        let customer = store.customer(id).await?.ok_or(ActError::NotFound)?;
        Ok(ProfileView {
            customer,
            profile: store.profile(id).await?,
            conversations: store.conversations_of(id, ROWS).await?,
            events: store.profile_events(id, ROWS).await?,
        })
    }

    /// Writes a fact in a person's name. What the shop signed is changed at the shop.
    pub(crate) async fn correct(
        &self,
        id: &CustomerId,
        name: &str,
        value: &str,
        by: &str,
    ) -> Result<(), ActError> {
        let (name, value) = (name.trim(), value.trim());
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        if !(1..=NAME).contains(&name.chars().count()) || !name.chars().all(plain) {
            return Err(ActError::Invalid(said!(
                "名称用 1 到 {NAME} 个文字、数字、- 和 _",
                "a name has 1 to {NAME} letters, digits, - and _"
            )));
        }
        if value.is_empty() {
            return Err(ActError::Empty);
        }
        if value.chars().count() > VALUE {
            return Err(ActError::TooLong(VALUE));
        }
        let signed = self.store().profile(id).await?.identity;
        if signed.is_some_and(|identity| identity.claims.contains_key(name)) {
            return Err(ActError::Invalid(said!(
                "{name} 由商店签名；到那边改",
                "{name} is signed by the shop; change it there"
            )));
        }
        let there = self.store().put_fact(id, name, value, by, self.now()).await?;
        if there { Ok(()) } else { Err(ActError::NotFound) }
    }

    /// Erases a fact. `false` if it was not there.
    pub(crate) async fn erase(&self, id: &CustomerId, name: &str, by: &str) -> Result<bool, StoreError> {
        self.store().remove_fact(id, name, by, self.now()).await
    }

    /// Forgets a customer, on the record.
    pub(crate) async fn forget_customer(
        &self,
        id: &CustomerId,
        words: bool,
        by: &str,
    ) -> Result<(), ActError> {
        let forgetting = Forgetting { customer: id.clone(), words, by: by.to_owned(), at: self.now() };
        let there = self.store().forget_customer(&forgetting).await?;
        if there { Ok(()) } else { Err(ActError::NotFound) }
    }
}
