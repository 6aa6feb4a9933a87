//! The sample shop's orders.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

use super::http::Request;

/// All orders, and what was written to them.
pub(super) struct Book {
    orders: Vec<Order>,
    /// Answers by idempotency key: the same again is done once.
    done: BTreeMap<String, (u16, Value)>,
    /// Orders for which a refund was asked for.
    refunds: Vec<&'static str>,
}

struct Order {
    id: &'static str,
    customer: &'static str,
    last4: &'static str,
    items: [&'static str; 2],
    status: &'static str,
    amount: &'static str,
    date: Date,
    parcel: Option<[&'static str; 2]>,
    address: String,
    /// Who takes it and how they are reached, where that was said.
    recipient: Option<String>,
    phone: Option<String>,
    note: &'static str,
}

impl Book {
    /// Orders of the last days of two customers.
    pub(super) fn sample(today: Date) -> Self {
        let ago = |days: i32| today.checked_sub(days.days()).unwrap_or(today);
        let order = |id, customer: &'static str, items, status, amount, days| Order {
            id,
            customer,
            last4: if customer == "lin" { "5678" } else { "1234" },
            items,
            status,
            amount,
            date: ago(days),
            parcel: None,
            address: if customer == "lin" {
                "上海市浦东新区世纪大道 100 号 8 楼".to_owned()
            } else {
                "12 Baker Street, London".to_owned()
            },
            recipient: None,
            phone: None,
            note: "",
        };
        let orders = vec![
            Order {
                parcel: Some(["顺丰速运 SF1390024477510", "SF Express SF1390024477510"]),
                note: "请周末派送",
                ..order(
                    "QH26110017",
                    "lin",
                    ["水洗亚麻四件套", "Washed linen bedding"],
                    "shipped",
                    "¥899.00",
                    3,
                )
            },
            order("QH26110031", "lin", ["榉木砧板", "Beech chopping board"], "preparing", "¥129.00", 1),
            Order {
                parcel: Some(["京东快递 JDVA21550093871", "JD Logistics JDVA21550093871"]),
                ..order(
                    "QH26110012",
                    "tom",
                    ["陶座布罩台灯", "Ceramic table lamp"],
                    "delivered",
                    "¥259.00",
                    6,
                )
            },
            order("QH26110035", "tom", ["樱桃木勺铲", "Cherry wood spoons"], "preparing", "¥89.00", 1),
        ];
        Self { orders, done: BTreeMap::new(), refunds: Vec::new() }
    }

    /// Answers a request of the assistant.
    pub(super) fn serve(&mut self, request: &Request) -> (u16, Value) {
        let steps: Vec<&str> = request.path.split('/').skip(1).collect();
        let english = request.header("accept-language") == Some("en");
        match (request.method.as_str(), steps.as_slice()) {
            ("GET", ["orders"]) => self.list(request, english),
            ("GET", ["orders", id]) => {
                self.find(id, request).map_or_else(missing, |order| (200, order.told(english)))
            }
            ("PUT", ["orders", id, "address"]) => {
                self.once(request, |book| book.move_to(id, request, english))
            }
            ("POST", ["refunds"]) => self.once(request, |book| book.refund(request)),
            _ => missing(),
        }
    }

    fn once(&mut self, request: &Request, act: impl FnOnce(&mut Self) -> (u16, Value)) -> (u16, Value) {
        let key = request.header("idempotency-key").unwrap_or_default().to_owned();
        if let Some(answer) = self.done.get(&key) {
            return answer.clone();
        }
        let answer = act(self);
        self.done.insert(key, answer.clone());
        answer
    }

    /// An order of who asks: a customer, or who knows its phone number. Another's does not exist.
    fn find(&self, id: &str, request: &Request) -> Option<&Order> {
        let customer = request.header("x-customer-id");
        let mine = |order: &&Order| match customer {
            Some(customer) => order.customer == customer,
            None => request.query == format!("phone_last4={}", order.last4),
        };
        let mut own = self.orders.iter().filter(mine);
        if id == "latest" && customer.is_some() {
            return own.max_by_key(|order| order.date);
        }
        own.find(|order| order.id.eq_ignore_ascii_case(id))
    }

    /// All orders of who is signed in, the latest first, a line each.
    fn list(&self, request: &Request, english: bool) -> (u16, Value) {
        let Some(customer) = request.header("x-customer-id") else { return missing() };
        let mut own: Vec<&Order> = self.orders.iter().filter(|order| order.customer == customer).collect();
        own.sort_by_key(|order| std::cmp::Reverse(order.date));
        let lines: Vec<String> = own.iter().map(|order| order.in_a_line(english)).collect();
        if lines.is_empty() { missing() } else { (200, json!({ "orders": lines })) }
    }

    fn move_to(&mut self, id: &str, request: &Request, english: bool) -> (u16, Value) {
        let Some(found) = self.find(id, request).map(|order| order.id) else { return missing() };
        let Some(address) = request.body["address"].as_str().filter(|address| address.len() <= 400) else {
            return (400, json!({ "error": "address is missing" }));
        };
        let Some(order) = self.orders.iter_mut().find(|order| order.id == found) else { return missing() };
        if order.status != "preparing" {
            return (409, json!({ "error": "the parcel is on its way" }));
        }
        address.clone_into(&mut order.address);
        let said =
            |name: &str| request.body[name].as_str().filter(|text| text.len() <= 100).map(ToOwned::to_owned);
        order.recipient = said("recipient").or(order.recipient.take());
        order.phone = said("phone").or(order.phone.take());
        (200, order.told(english))
    }

    fn refund(&mut self, request: &Request) -> (u16, Value) {
        let id = request.body["order"].as_str().unwrap_or_default();
        let Some(order) = self.find(id, request) else { return missing() };
        let (order, amount) = (order.id, order.amount);
        if self.refunds.contains(&order) {
            return (409, json!({ "error": "a refund was asked for already" }));
        }
        self.refunds.push(order);
        let id = format!("RF{:04}", self.refunds.len());
        (200, json!({ "id": id, "order": order, "amount": amount, "status": "received" }))
    }
}

fn missing() -> (u16, Value) {
    (404, json!({ "error": "there is no such order" }))
}

impl Order {
    fn in_a_line(&self, english: bool) -> String {
        let item = self.items[usize::from(english)];
        let said = match (self.status, english) {
            ("preparing", false) => "备货中",
            ("shipped", false) => "已发货",
            (_, false) => "已签收",
            ("preparing", true) => "being prepared",
            ("shipped", true) => "on its way",
            (_, true) => "delivered",
        };
        if english {
            format!("{} ({item}, {}, {said})", self.id, self.amount)
        } else {
            format!("{}（{item}，{}，{said}）", self.id, self.amount)
        }
    }

    fn told(&self, english: bool) -> Value {
        let at = usize::from(english);
        json!({
            "id": self.id, "status": self.status, "items": [self.items[at]], "amount": self.amount,
            "date": self.date.to_string(), "parcel": self.parcel.map(|parcel| parcel[at]),
            "address": self.address, "recipient": self.recipient, "phone": self.phone, "note": self.note,
        })
    }
}
