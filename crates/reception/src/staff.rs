//! Who may sit at the desk: one-time links instead of passwords.

use domain::{Agent, AgentId, Lang, Role};
use store::{Session, StoreError};

use crate::{AgentView, Reception, chance};

/// A link that signs one person in, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInLink {
    /// The path with the token, below the server's address.
    pub path: String,
    /// Whom it signs in.
    pub agent: AgentId,
}

/// Someone is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub agent: Agent,
    /// The session's secret, for the cookie.
    pub secret: String,
    /// The token that forms must carry.
    pub form_token: String,
}

/// Why staff could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Only an owner may.
    #[error("only an owner may do this")]
    NotAllowed,
    /// The name is empty or too long.
    #[error("a name has between 1 and 60 characters")]
    BadName,
    /// The last owner stays.
    #[error("the last owner cannot be removed")]
    LastOwner,
    /// No such colleague.
    #[error("there is no such colleague")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

const LINK_HOURS: i64 = 24;
const SESSION_HOURS: i64 = 12;

impl Reception {
    /// A sign-in link for the first owner, who is made if there is nobody yet.
    pub async fn owner_link(&self, name: &str) -> Result<SignInLink, StaffError> {
        let owners = self.store().agents().await?.into_iter().find(|agent| agent.role == Role::Owner);
        let owner = match owners {
            Some(owner) => owner,
            None => self.hire(name, Role::Owner, Lang::Zh).await?,
        };
        self.link(&owner.id).await
    }

    pub(crate) async fn hire(&self, name: &str, role: Role, lang: Lang) -> Result<Agent, StaffError> {
        let name = name.trim();
        if !(1..=60).contains(&name.chars().count()) {
            return Err(StaffError::BadName);
        }
        let agent =
            Agent { id: AgentId::fresh(self.now(), self.chance()), name: name.to_owned(), role, lang };
        self.store().put_agent(&agent).await?;
        Ok(agent)
    }

    pub(crate) async fn link(&self, agent: &AgentId) -> Result<SignInLink, StaffError> {
        let secret = chance::secret(self.chance());
        self.store().put_sign_in(&chance::hash(&secret), agent, self.in_hours(LINK_HOURS)).await?;
        Ok(SignInLink { path: format!("/desk/sign-in?token={secret}"), agent: agent.clone() })
    }

    /// Uses up a sign-in link. `None` if it was used, has expired or never was.
    pub async fn sign_in(&self, token: &str) -> Result<Option<SignedIn>, StoreError> {
        let Some(agent) = self.store().redeem_sign_in(&chance::hash(token), self.now()).await? else {
            return Ok(None);
        };
        let (secret, form_token) = (chance::secret(self.chance()), chance::secret(self.chance()));
        let session = Session {
            hash: chance::hash(&secret),
            agent: agent.id.clone(),
            expires: self.in_hours(SESSION_HOURS),
            form_token: form_token.clone(),
        };
        self.store().put_session(&session).await?;
        Ok(Some(SignedIn { agent, secret, form_token }))
    }

    /// The person behind a session cookie, if it still holds.
    pub async fn agent_of(&self, secret: &str) -> Result<Option<AgentView>, StoreError> {
        let found = self.store().session(&chance::hash(secret), self.now()).await?;
        Ok(found.map(|(session, agent)| AgentView::new(self.clone(), agent, session.form_token)))
    }

    /// Ends a session.
    pub async fn sign_out(&self, secret: &str) -> Result<(), StoreError> {
        self.store().end_session(&chance::hash(secret)).await
    }

    fn in_hours(&self, hours: i64) -> domain::Timestamp {
        let now = self.now();
        now.checked_add(jiff::SignedDuration::from_hours(hours)).unwrap_or(now)
    }
}
