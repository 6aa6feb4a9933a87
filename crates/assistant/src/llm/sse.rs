//! Server-sent events, as far as models send them: every `data:` line is one event.

/// Bytes of one line, at most.
pub const MOST_IN_LINE: usize = 256 * 1024;
/// Bytes of one answer, at most.
pub const MOST_IN_ALL: usize = 4 * 1024 * 1024;

/// More came than a model has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more came than a reply may hold")]
pub struct TooMuch;

/// Puts lines together from pieces of any size. Its memory is bounded by [`MOST_IN_LINE`].
#[derive(Debug, Default)]
pub struct Events {
    line: Vec<u8>,
    seen: usize,
}

impl Events {
    /// Takes bytes as they came and returns the data of the lines that they complete. Comments, other fields and empty
    /// lines say nothing. Bytes that are no UTF-8 stay bytes: who reads the data judges them.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<Vec<u8>>, TooMuch> {
        let mut found = Vec::new();
        for piece in bytes.split_inclusive(|byte| is_end(*byte)) {
            self.seen += piece.len();
            let (ends, rest) = match piece.split_last() {
                Some((last, rest)) if is_end(*last) => (true, rest),
                _ => (false, piece),
            };
            if self.seen > MOST_IN_ALL || self.line.len() + rest.len() > MOST_IN_LINE {
                return Err(TooMuch);
            }
            self.line.extend_from_slice(rest);
            if ends {
                found.extend(self.take_line());
            }
        }
        Ok(found)
    }

    /// What a last line without an end says.
    pub fn end(&mut self) -> Option<Vec<u8>> {
        self.take_line()
    }

    fn take_line(&mut self) -> Option<Vec<u8>> {
        let line = std::mem::take(&mut self.line);
        let data = line.strip_prefix(b"data:")?;
        Some(data.trim_ascii().to_vec()).filter(|data| !data.is_empty())
    }
}

/// A carriage return ends a line too; between it and a line feed lies an empty line, which says nothing.
const fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}
