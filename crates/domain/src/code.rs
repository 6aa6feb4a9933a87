//! What kind of thing is said, for programs: the same whatever the language and however the words change.

use serde::{Deserialize, Serialize};

/// Stable names. More may come; a name never changes its meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Bytes that cannot be read for what they should be.
    Damaged,
    /// A password is needed.
    Encrypted,
    /// Text in another encoding than the file's.
    Encoding,
    /// A kind of file or content that is not read.
    UnknownKind,
    /// Larger than what is read, packed or unpacked.
    TooLarge,
    /// The import holds as much as one may.
    Full,
    /// A name that leads elsewhere, or a link.
    UnsafeName,
    /// An archive in an archive.
    Nested,
    /// A table without the columns that are needed.
    NoHeader,
    /// Columns that nothing is read from.
    Unused,
    /// A row of another shape than its table, or JSON of another shape than asked.
    Shape,
    /// A field that must be filled is not.
    Empty,
    /// A field holds more than it may.
    TooLong,
    /// A field holds what does not belong there.
    BadValue,
    /// The same twice.
    Repeated,
    /// Another row answers already; this one is set aside.
    SetAside,
    /// A document or page without text that can be read.
    NoText,
    /// A page or document that was not read; what it says tells why.
    Unread,
    /// A picture that is not there, or that nothing shows.
    Picture,
    /// The other side did not answer.
    Unreachable,
    /// The other side answered with an error.
    Answered,
    /// robots.txt does not allow it.
    Robots,
    /// It leads into a private network.
    Private,
    /// It leads to another site.
    Elsewhere,
    /// Redirects without an end.
    Redirects,
    /// More documents than are read at once.
    Cut,
    /// More of the same, not told one by one.
    More,
    /// None of the others, or kept before there were codes.
    #[default]
    #[serde(other)]
    Other,
}

impl Code {
    /// Whether it is none of the others.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over as it is")]
    pub fn is_other(&self) -> bool {
        *self == Self::Other
    }
}
