//! The contact form: nobody came in time, so the customer leaves word.

use domain::{Author, Content, ConversationId};
use store::Change;

use crate::{ActError, Reception};

/// What the form may hold, in characters.
const FIELD: usize = 200;

impl Reception {
    /// Keeps the customer's word in the conversation, where people will find it, and how to reach them.
    pub(crate) async fn leave_word(
        &self,
        id: &ConversationId,
        name: Option<String>,
        contact: String,
        text: String,
    ) -> Result<(), ActError> {
        let limit = self.settings().limits.message_chars;
        if contact.trim().is_empty() || text.trim().is_empty() {
            return Err(ActError::Empty);
        }
        if text.chars().count() > limit || contact.chars().count() > FIELD {
            return Err(ActError::TooLong(limit));
        }
        let now = self.now();
        let conversation = self
            .change(id, |conversation| {
                if !conversation.is_open() {
                    return Err(ActError::Closed);
                }
                let lang = conversation.lang;
                let left = lang.pick(
                    format!("留言：{text}\n联系方式：{contact}"),
                    format!("Message: {text}\nContact: {contact}"),
                );
                let thanks = lang.pick(
                    "留言已收到，同事会尽快联系您。",
                    "Your message is here. A colleague will get back to you.",
                );
                let mut change = Change::of(conversation, now);
                change.messages.push(self.message(Author::Customer, Content::plain(lang, left)));
                change.messages.push(self.notice(lang, thanks));
                Ok(Some(change))
            })
            .await?;
        if let Some(mut customer) = self.store().customer(&conversation.customer).await? {
            customer.name = name.map(|name| name.chars().take(FIELD).collect()).or(customer.name);
            customer.contact = Some(contact);
            self.store().put_customer(&customer).await?;
        }
        Ok(())
    }
}
