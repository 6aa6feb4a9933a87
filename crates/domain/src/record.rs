//! What is known of a customer and may be said to that customer: name, orders, amounts, dates.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Facts by name (`name`, `order.id`, `order.amount`), as an answer may say them. Belongs to one customer and is
/// never used for another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record(pub BTreeMap<String, String>);

impl Record {
    /// The fact of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
