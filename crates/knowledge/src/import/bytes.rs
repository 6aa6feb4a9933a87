//! Bytes from files, never more than the limits, and the place they came from.

use std::{
    fs::File,
    io::{self, BufRead, Read},
    path::Path,
    sync::Arc,
};

use domain::said;

use super::{ImportError, limits, rows::Takes};

/// Where a row stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) file: Arc<str>,
    pub(super) line: u64,
}

impl Place {
    /// The first line of this file.
    pub(super) fn top(path: &Path) -> Self {
        Self { file: path.display().to_string().into(), line: 1 }
    }

    /// Another line of the same file.
    pub(super) fn at(&self, line: u64) -> Self {
        Self { file: self.file.clone(), line }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> ImportError {
    let path = path.to_owned();
    move |source| ImportError::Unreadable { path, source }
}

/// The open file, or `None` and a remark where it is too large.
pub(super) fn open(path: &Path, basket: &mut impl Takes) -> Result<Option<File>, ImportError> {
    let file = File::open(path).map_err(unreadable(path))?;
    if file.metadata().map_err(unreadable(path))?.len() <= limits::FILE {
        return Ok(Some(file));
    }
    let most = limits::FILE >> 20;
    let problem = said!(TooLarge: "没有读：超过 {most} MiB；把文件拆开", "not read: larger than {most} MiB; split the file");
    basket.reject(&Place::top(path), None, problem);
    Ok(None)
}

/// All bytes of the file, or `None` and a remark where it is too large.
pub(super) fn whole(path: &Path, basket: &mut impl Takes) -> Result<Option<Vec<u8>>, ImportError> {
    let Some(file) = open(path, basket)? else { return Ok(None) };
    let mut bytes = Vec::new();
    // It may grow while we read.
    file.take(limits::FILE).read_to_end(&mut bytes).map_err(unreadable(path))?;
    Ok(Some(bytes))
}

/// One line of a stream.
pub(super) enum Line {
    /// Its bytes, without the line break.
    Whole,
    /// Longer than a line may be; passed over.
    TooLong,
    /// There are no more.
    End,
}

/// The next line into `line`, at most [`limits::LINE`] bytes of it.
pub(super) fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let (mut any, mut too_long) = (false, false);
    loop {
        let available = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if available.is_empty() {
            break;
        }
        any = true;
        let end = available.iter().position(|&byte| byte == b'\n');
        let part = &available[..end.unwrap_or(available.len())];
        too_long |= line.len() + part.len() > limits::LINE;
        if !too_long {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(if too_long {
        Line::TooLong
    } else if any {
        Line::Whole
    } else {
        Line::End
    })
}
