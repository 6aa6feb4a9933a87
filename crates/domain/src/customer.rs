//! Who writes to us.

use serde::{Deserialize, Serialize};

use crate::{clock::Timestamp, id::CustomerId, lang::Lang};

/// A person or company that asks; one customer may write on several channels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// The customer's own name in our books.
    pub id: CustomerId,
    /// What they call themselves, where a channel or the contact form said so.
    pub name: Option<String>,
    /// How to reach them, as left in the contact form.
    pub contact: Option<String>,
    /// The language they last wrote.
    pub lang: Lang,
    /// First seen.
    pub since: Timestamp,
}
