//! Single values as they are stored: times, names, JSON.

use domain::{Lang, Timestamp};
use serde::{Serialize, de::DeserializeOwned};

use super::failure::unreadable;
use crate::Result;

/// A moment as it is stored: the store keeps microseconds.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// A stored moment.
pub(super) fn moment(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| unreadable("time", error))
}

/// A moment as it will be read back.
pub(super) fn kept(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// A value as JSON text.
pub(super) fn to_json<T: Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| unreadable(what, error))
}

/// JSON text as a value.
pub(super) fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| unreadable(what, error))
}

/// The meaning of a stored name.
pub(super) fn named<T>(what: &'static str, name: &str, find: impl Fn(&str) -> Option<T>) -> Result<T> {
    find(name).ok_or_else(|| unreadable(what, format!("{name:?} is unknown")))
}

/// A language by its code.
pub(super) fn lang(code: &str) -> Result<Lang> {
    named("language", code, Lang::from_tag)
}
