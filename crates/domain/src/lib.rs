//! What a front desk is made of: customers, conversations, messages, entries, agents, traces.
//!
//! Nothing here does I/O, waits, reads a clock or rolls dice: time and chance are arguments, so
//! every rule can be tested as a table and every decision replayed.

pub mod action;
pub mod advice;
pub mod agent;
pub mod audience;
pub mod category;
pub mod channel;
pub mod clock;
mod code;
pub mod conversation;
pub mod customer;
pub mod delivery;
pub mod duty;
pub mod entry;
pub mod example;
pub mod feedback;
pub mod id;
pub mod lang;
pub mod lesson;
pub mod message;
pub mod past;
pub mod picture;
pub mod product;
pub mod profile;
pub mod proposal;
pub mod record;
mod said;
pub mod slot;
pub mod test_question;
pub mod texts;
pub mod trace;
pub mod zone;

pub use action::{Arguments, Call, CallState, Pending};
pub use advice::{Advised, Given, Rules, Shopper, Tastes};
pub use agent::{Agent, Role};
pub use audience::{Asker, Attributes, Audience, Validity};
pub use channel::ChannelId;
pub use clock::{Chance, Clock, Timestamp};
pub use code::Code;
pub use conversation::{Conversation, HandoverReason, Stage};
pub use customer::Customer;
pub use delivery::{Delivery, DeliveryState};
pub use duty::{Duty, DutyChange, DutyTable, Verdict};
pub use entry::{Entry, EntryText, Kind};
pub use example::{BadExample, IntentExample};
pub use feedback::{Feedback, Rating, Reason, Thumb};
pub use id::{AgentId, AnswerId, CallId, ConversationId, CustomerId, EntryId, MessageId, ProductId};
pub use lang::Lang;
pub use lesson::Lesson;
pub use message::{Author, Content, Format, Inbound, Message, SourceLink};
pub use past::{Exchange, Past};
pub use picture::{BadPicture, Picture, PictureKind, PictureLink};
pub use product::{BadProduct, Price, Product, ProductText, Purchase};
pub use profile::{CustomerFile, Identity, Origin, Profile, ProfileEvent, ProfileFact, SeenOrder};
pub use proposal::{Proposal, ProposalState};
pub use record::Record;
pub use said::Said;
pub use test_question::{BadTest, TestQuestion};
pub use trace::{
    Acted, Candidate, Check, GoodsState, Inputs, Label, ModelCall, Reranked, Rung, StageTime, Trace, Worth,
};
pub use zone::{Moment, NoZone, Zone};
