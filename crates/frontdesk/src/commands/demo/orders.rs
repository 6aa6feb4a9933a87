//! The sample shop's order service: a small HTTP server on this machine, which the demo's actions call like any other
//! shop's. It is another program's side: it checks whose an order is itself, and knows who asks by a key of its own.

mod book;
mod http;

use std::{
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use anyhow::Context;
use assistant::Action;
use reception::IdentitySettings;
use server::{SampleCustomer, SampleShop};

use self::book::Book;

/// A running order service. It ends with the program.
pub(crate) struct OrderService {
    address: SocketAddr,
    key: String,
}

impl OrderService {
    /// Opens it on a free port.
    pub(crate) fn open() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("the sample order service cannot listen")?;
        let address = listener.local_addr()?;
        let key = reception::operator_token();
        let book = Arc::new(Mutex::new(Book::sample(jiff_today())));
        let wanted = format!("Bearer {key}");
        thread::Builder::new()
            .name("orders".to_owned())
            .spawn(move || {
                for line in listener.incoming().flatten() {
                    let (book, wanted) = (book.clone(), wanted.clone());
                    // One line a thread: they are short, local and few.
                    let _ = thread::Builder::new().spawn(move || answer(line, &wanted, &book));
                }
            })
            .context("the sample order service cannot run")?;
        Ok(Self { address, key })
    }

    /// What the assistant can do with it.
    pub(crate) fn actions(&self) -> anyhow::Result<Vec<Action>> {
        let text = include_str!("../../../../../examples/shop/actions.json")
            .replace("http://orders.example", &format!("http://{}", self.address))
            .replace("the shop's key", &self.key);
        serde_json::from_str(&text).context("the sample actions")
    }
}

fn answer(line: std::net::TcpStream, wanted: &str, book: &Mutex<Book>) {
    let Some(request) = http::read(&line) else { return };
    let (status, body) = if request.header("authorization") == Some(wanted) {
        book.lock().unwrap_or_else(PoisonError::into_inner).serve(&request)
    } else {
        (401, serde_json::json!({ "error": "the key is missing or wrong" }))
    };
    http::write(line, status, &body);
}

/// The days of the sample orders count from today.
fn jiff_today() -> jiff::civil::Date {
    use domain::Clock;
    crate::clock::SystemClock.now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Who can sign in at the sample shop, and under which secret it signs.
pub(crate) fn shop() -> (IdentitySettings, SampleShop) {
    let secret = reception::operator_token();
    let customers = vec![
        SampleCustomer {
            id: "lin",
            name: "林晓",
            claims: serde_json::json!({ "email": "lin@example.com", "member": "gold" }),
        },
        SampleCustomer {
            id: "tom",
            name: "Tom Reed",
            claims: serde_json::json!({ "email": "tom@example.com", "member": "basic" }),
        },
    ];
    (IdentitySettings { secret: secret.clone(), required: false }, SampleShop { secret, customers })
}
