//! Bytes to text: UTF-8, UTF-16 with its mark, and GB18030, which Chinese Excel writes.

use std::borrow::Cow;

use domain::{Said, said};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// How the fields of a file are written. Both keep ASCII, so quotes and separators can be found first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    Utf8,
    Gb18030,
}

/// The file without its mark, and how to read its fields. UTF-16 comes back as UTF-8.
pub(super) fn detect(bytes: &[u8]) -> (Cow<'_, [u8]>, Charset) {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return (rest.into(), Charset::Utf8);
    }
    for (mark, encoding) in [(b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = encoding.decode_without_bom_handling(rest).0.into_owned();
            return (text.into_bytes().into(), Charset::Utf8);
        }
    }
    (bytes.into(), if is_mostly_utf8(bytes) { Charset::Utf8 } else { Charset::Gb18030 })
}

/// One broken row must not turn a UTF-8 file into GB18030: there nearly every Chinese character breaks.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 5 <= good
}

impl Charset {
    /// The text of a field; `None` if a character is broken.
    pub(super) fn text(self, field: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => std::str::from_utf8(field).ok().map(Cow::Borrowed),
            Self::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(field),
        }
    }

    /// What to call it in a remark.
    pub(super) fn name(self) -> Said {
        match self {
            Self::Utf8 => Said::verbatim("UTF-8"),
            Self::Gb18030 => said!("UTF-8 或 GB18030", "UTF-8 or GB18030"),
        }
    }

    /// What to say of a file that is not written so.
    pub(super) fn broken(self) -> Said {
        let Said { zh, en, .. } = self.name();
        said!(Encoding: "不是 {zh}：有个字符坏了", "not {en}: a character is broken")
    }
}
