//! Who works at the desk.

use serde::{Deserialize, Serialize};

use crate::{id::AgentId, lang::Lang};

/// What an agent may do. Later roles are added here, never as flags elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Answers customers and reads knowledge.
    Agent,
    /// Also edits knowledge.
    Editor,
    /// Everything, including colleagues and settings.
    Owner,
}

impl Role {
    /// Whether this role may change knowledge.
    pub fn edits_knowledge(self) -> bool {
        self >= Self::Editor
    }

    /// Whether this role may invite colleagues and change settings.
    pub fn manages(self) -> bool {
        self == Self::Owner
    }

    /// The name in the store and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Agent, Self::Editor, Self::Owner].into_iter().find(|role| role.name() == name)
    }
}

/// A person at the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// The agent's name in our books.
    pub id: AgentId,
    /// The name that customers and colleagues see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The language of their desk.
    pub lang: Lang,
}
