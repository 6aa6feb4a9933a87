//! What tests are made of: a desk over a temporary database, a server around it, customers and agents, a clock
//! that stands still, an assistant that hesitates or breaks when told to, a callback, an embeddings
//! endpoint, a reranker, a language model, an order service and a website that misbehave.
//!
//! A test reads as a story: `desk.customer("李雷").says("怎么退货")`. Nothing sleeps to let something happen;
//! what is awaited is asked for again until a deadline ([`eventually`]).

mod assistant;
mod callback;
mod chance;
mod clock;
mod desk;
mod embeddings;
mod http;
mod line;
mod model;
mod orders;
mod people;
mod rerank;
mod server;
mod site;
mod socket;
mod wait;

pub use self::{
    assistant::{BREAKS, PIECES, SLOWLY, Scripted},
    callback::{Callback, Does, SECRET, Taken},
    chance::Seeded,
    clock::{MORNING, TestClock},
    desk::{DeskBuilder, IDENTITY, TestDesk},
    embeddings::{EmbeddingsStub, Fault},
    http::{Answer, Http, Lines},
    model::{ModelStub, Talk},
    orders::{Asked, OrderFault, OrderService},
    people::{TestAgent, TestCustomer},
    rerank::{RerankFault, RerankStub},
    server::{TestServer, TestVisitor},
    site::Site,
    socket::Socket,
    wait::{DEADLINE, eventually},
};
