//! Which files to read: those named, and in folders those of a kind that we know.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use domain::said;

use super::{Format, ImportError, basket::Basket, bytes::Place, limits};

/// The files behind these paths, in order.
pub(super) fn files(paths: &[PathBuf], basket: &mut Basket) -> Result<Vec<(PathBuf, Format)>, ImportError> {
    let mut found = Vec::new();
    for path in paths {
        // A link that was named itself is meant.
        if fs::metadata(path).map_err(|source| unreadable(path, source))?.is_dir() {
            folder(path, 0, &mut found, basket)?;
        } else {
            let format = Format::of(path).ok_or_else(|| ImportError::UnknownKind { path: path.clone() })?;
            found.push((path.clone(), format));
        }
    }
    Ok(found)
}

fn folder(
    path: &Path,
    depth: usize,
    found: &mut Vec<(PathBuf, Format)>,
    basket: &mut Basket,
) -> Result<(), ImportError> {
    if depth > limits::DEPTH || found.len() > limits::FILES {
        let problem = said!(Full:
            "没有读：文件夹或文件太多；分几次导入",
            "not read: too many folders or files; import a part of them"
        );
        basket.reject(&Place::top(path), None, problem);
        return Ok(());
    }
    for member in members(path).map_err(|source| unreadable(path, source))? {
        let kind = fs::symlink_metadata(&member).map_err(|source| unreadable(&member, source))?.file_type();
        if kind.is_dir() {
            folder(&member, depth + 1, found, basket)?;
        } else if let Some(format) = Format::of(&member) {
            if kind.is_file() {
                found.push((member, format));
            } else {
                // A link may lead out of the folder, or in circles.
                let problem = said!(UnsafeName:
                    "没有读：不是普通文件；要导入就单独指名",
                    "not read: not a plain file; name it on its own"
                );
                basket.reject(&Place::top(&member), None, problem);
            }
        }
    }
    Ok(())
}

/// What is not hidden in a folder, by name.
fn members(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut members = Vec::new();
    for member in fs::read_dir(folder)? {
        let member = member?;
        if !member.file_name().to_string_lossy().starts_with('.') {
            members.push(member.path());
        }
    }
    members.sort();
    Ok(members)
}

fn unreadable(path: &Path, source: io::Error) -> ImportError {
    ImportError::Unreadable { path: path.to_owned(), source }
}
