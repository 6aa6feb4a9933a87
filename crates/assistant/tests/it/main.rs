//! The reading of messages, on lists of messages as customers write them.

mod reading;
