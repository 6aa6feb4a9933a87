//! What a fact says, in one spelling.

use std::fmt;

use jiff::civil::{Date, Time};

/// A normalised value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Digits, letters, or the words themselves.
    Text(String),
    /// A sum of money.
    Amount(Amount),
    /// A day or a span of days; none where the calendar has no such day.
    When(Option<When>),
}

/// A sum of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The currency by ISO 4217.
    pub currency: &'static str,
    /// In hundredths of the currency.
    pub cents: i64,
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Before noon.
    Morning,
    /// Around noon.
    Noon,
    /// After noon.
    Afternoon,
    /// From about six.
    Evening,
    /// Late, and until the small hours.
    Night,
}

impl Part {
    /// The name in traces.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Noon => "noon",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
            Self::Night => "night",
        }
    }
}

/// A day or a span of days, and when on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The first day.
    pub from: Date,
    /// The last day, itself included.
    pub to: Date,
    /// The part of the day, if one was named.
    pub part: Option<Part>,
    /// The time, if one was named.
    pub time: Option<Time>,
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}.{:02}", self.currency, self.cents / 100, self.cents % 100)
    }
}

impl fmt::Display for When {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.from)?;
        if self.to != self.from {
            write!(out, "/{}", self.to)?;
        }
        match (self.time, self.part) {
            (Some(time), _) => write!(out, " {:02}:{:02}", time.hour(), time.minute()),
            (None, Some(part)) => write!(out, " {}", part.name()),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text),
            Self::Amount(amount) => amount.fmt(out),
            Self::When(Some(when)) => when.fmt(out),
            Self::When(None) => out.write_str("?"),
        }
    }
}
