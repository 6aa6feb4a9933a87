//! What is known of a customer and may be said to that customer: name, orders, amounts, dates.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Facts by name (`name`, `order.id`, `order.amount`), as an answer may say them. Belongs to one customer and is
/// never used for another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record(pub BTreeMap<String, String>);

impl Record {
    /// The facts that a record may hold, and that an answer may therefore name, in English or in Chinese.
    pub const NAMES: [(&'static str, &'static str); 11] = [
        ("name", "姓名"),
        ("order.id", "订单号"),
        ("order.status", "订单状态"),
        ("order.amount", "订单金额"),
        ("order.date", "下单日期"),
        ("order.items", "订单商品"),
        ("order.address", "收货地址"),
        ("order.parcel", "物流"),
        ("order.carrier", "快递公司"),
        ("order.tracking", "快递单号"),
        ("order.arrives", "预计送达"),
    ];

    /// The fact of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
