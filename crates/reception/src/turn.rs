//! What a turn must know of the customer and of the rules before anything is answered.

use domain::{Conversation, DutyTable, Identity, Lang, Pending, Record, Timestamp};
use store::StoreError;

use crate::{Action, Reception};

/// The customer and the rules, as they are at the beginning of a turn.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// Who the customer is, by the session.
    pub(crate) user: Option<Identity>,
    /// What an answer may say of them.
    pub(crate) record: Record,
    /// What the conversation is on its way to.
    pub(crate) pending: Option<Pending>,
    /// Who may do what.
    pub(crate) duties: DutyTable,
}

impl Context {
    /// Whether something may come of this turn other than an answer from the knowledge.
    pub(crate) fn may_be_errand(&self, actions: &[Action], text: &str, lang: Lang, now: Timestamp) -> bool {
        self.pending.is_some() || assistant::action::may_be_wish(actions, text, lang, now)
    }
}

impl Reception {
    pub(crate) async fn context(&self, conversation: &Conversation) -> Result<Context, StoreError> {
        let store = self.store();
        let user = self.user_of(conversation).await?;
        let mut profile = store.profile(&conversation.customer).await?;
        profile.identity.clone_from(&user);
        let acts = !self.settings().actions.is_empty();
        Ok(Context {
            user,
            record: profile.record(),
            pending: if acts { store.pending(&conversation.id).await? } else { None },
            duties: self.duties().await?,
        })
    }

    /// Who the customer is, by the shop's signature: only on the widget is there one.
    pub(crate) async fn user_of(&self, conversation: &Conversation) -> Result<Option<Identity>, StoreError> {
        if conversation.channel.as_str() != domain::ChannelId::WIDGET {
            return Ok(None);
        }
        self.store().identity(&conversation.sender).await
    }
}
