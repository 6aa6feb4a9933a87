//! Names of things: opaque strings that sort by the time they were made.

use serde::{Deserialize, Serialize};

use crate::clock::{Chance, Timestamp};

/// A UUID version 7 in 32 hexadecimal digits, from the given time and chance.
pub fn fresh(now: Timestamp, chance: &dyn Chance) -> String {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or_default();
    let bits = chance.bits().to_be_bytes();
    let mut random = [0; 10];
    random.copy_from_slice(&bits[..10]);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().simple().to_string()
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A new name, never used before.
            pub fn fresh(now: Timestamp, chance: &dyn Chance) -> Self {
                Self(fresh(now, chance))
            }

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Names a person who works at the desk.
    AgentId
);
id!(
    /// Names one answer of the assistant, and its trace.
    AnswerId
);
id!(
    /// Names one call of another system.
    CallId
);
id!(
    /// Names a conversation.
    ConversationId
);
id!(
    /// Names a customer.
    CustomerId
);
id!(
    /// Names an entry of the knowledge; chosen by the owner or by the import.
    EntryId
);
id!(
    /// Names a message.
    MessageId
);
id!(
    /// Names a product of the shop's catalogue; chosen by the owner or by the shop's own system.
    ProductId
);
