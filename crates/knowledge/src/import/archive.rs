//! ZIP archives: each member is read as the file it is; what could do harm is refused by name.

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use zip::{ZipArchive, read::ZipFile};

use super::{
    Format,
    basket::Basket,
    bytes::Place,
    draft::Fault,
    encoding, limits, markdown,
    picture::{self, Album},
};

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;
type Member<'a, 'b> = ZipFile<'a, Cursor<&'b [u8]>>;

/// Pictures of kinds that are kept.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp"];
/// And of kinds that are not: some may hold scripts, others not every browser shows.
const OTHER_PICTURES: &[&str] = &["svg", "bmp", "avif", "ico", "tif", "tiff", "heic"];

/// Reads every member of a kind that we know. An archive that is too large for us is refused whole.
pub(super) fn read(top: &Place, bytes: &[u8], basket: &mut Basket) {
    // The parser is not ours: a crafted file must not take the process with it.
    let outcome = catch_unwind(AssertUnwindSafe(|| weighed(bytes)))
        .unwrap_or_else(|_| Err("the archive is damaged beyond reading; pack it again".to_owned()));
    match outcome {
        Err(problem) => basket.reject(top, None, &problem),
        Ok(members) => {
            let (pictures, others): (Vec<_>, Vec<_>) =
                members.into_iter().partition(|member| matches!(member.content, Content::Picture(_)));
            let album = album(top, pictures, basket);
            for member in others {
                if basket.is_full() {
                    return basket.reject(top, None, "not read from here on: the import is full; split it");
                }
                take(top, member, &album, basket);
            }
        }
    }
}

/// What is known of a member before it is taken.
struct Weighed {
    name: String,
    content: Content,
}

enum Content {
    Bytes(Format, Vec<u8>),
    Refused(String),
    Picture(Vec<u8>),
    OtherPicture,
    Other,
}

/// The archive's pictures. Which of them are kept is decided when it is known what the texts show.
fn album(top: &Place, pictures: Vec<Weighed>, basket: &mut Basket) -> Album {
    let mut album = Album::default();
    for member in pictures {
        let Content::Picture(bytes) = member.content else { continue };
        let place = Place { file: format!("{}/{}", top.file, member.name).into(), line: 1 };
        let picture = picture::named(bytes).map_err(|bad| Fault::new("image", bad.to_string()));
        album.add(&member.name, basket.picture(&place, picture));
    }
    album
}

fn take(top: &Place, member: Weighed, album: &Album, basket: &mut Basket) {
    let path = format!("{}/{}", top.file, member.name);
    let place = Place { file: path.as_str().into(), line: 1 };
    match member.content {
        Content::Bytes(Format::Zip, _) => {
            basket.reject(&place, None, "not read: an archive inside an archive; unpack it first");
        }
        Content::Bytes(Format::Markdown, bytes) => {
            markdown::read_member(Path::new(&path), &member.name, &bytes, album, basket);
        }
        Content::Bytes(format, bytes) => format.read_bytes(Path::new(&path), bytes, basket),
        Content::Refused(problem) => basket.reject(&place, None, &problem),
        Content::Picture(_) | Content::OtherPicture => {
            basket.reject(&place, Some("image".to_owned()), OTHER_PICTURE);
        }
        Content::Other => basket.reject(&place, None, "not read: unknown kind of file"),
    }
}

const OTHER_PICTURE: &str =
    "not imported: of pictures PNG, JPEG, GIF and WebP are kept; save it as one of them";

/// Opens an archive that has no more members than we read.
fn open(bytes: &[u8]) -> Result<Archive<'_>, String> {
    const MEMBER: &[u8] = b"PK\x01\x02";
    // Counted before the parser makes a record of each.
    let claimed = bytes.windows(MEMBER.len()).filter(|window| *window == MEMBER).count();
    if claimed > limits::MEMBERS {
        return Err(format!("not read: more than {} files; split the archive", limits::MEMBERS));
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("not an archive: {error}"))
}

/// All members, unpacked; an error if they are larger than all together may be.
fn weighed(bytes: &[u8]) -> Result<Vec<Weighed>, String> {
    let mut archive = open(bytes)?;
    let (mut members, mut left) = (Vec::new(), limits::ARCHIVE);
    for at in 0..archive.len() {
        let encrypted = archive.by_index_raw(at).is_ok_and(|member| member.encrypted());
        let raw_name = archive.by_index_raw(at).map(|member| name(member.name_raw())).unwrap_or_default();
        if raw_name.ends_with('/') || is_hidden(&raw_name) {
            continue;
        }
        let content = match archive.by_index(at) {
            _ if encrypted => Content::Refused("encrypted: pack it again without a password".to_owned()),
            Err(error) => Content::Refused(format!("damaged: {error}")),
            Ok(member) => content(&raw_name, member, &mut left)?,
        };
        members.push(Weighed { name: shown(&raw_name), content });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}

fn content(name: &str, member: Member<'_, '_>, left: &mut u64) -> Result<Content, String> {
    if let Some(problem) = unsafe_name(name) {
        return Ok(Content::Refused(problem.to_owned()));
    }
    if member.is_symlink() {
        return Ok(Content::Refused("not read: a link, no file".to_owned()));
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let is_picture = PICTURES.contains(&ending.as_str());
    let format = match Format::of(Path::new(name)) {
        Some(format) => Some(format),
        None if is_picture => None,
        None if OTHER_PICTURES.contains(&ending.as_str()) => return Ok(Content::OtherPicture),
        None => return Ok(Content::Other),
    };
    let packed = member.compressed_size();
    let most = limits::FILE.min(packed.saturating_mul(limits::RATIO).max(1 << 20));
    let mut bytes = Vec::new();
    // Never trusts what the member says of its own size.
    if let Err(error) = member.take(most.min(*left) + 1).read_to_end(&mut bytes) {
        return Ok(Content::Refused(format!("damaged: {error}")));
    }
    let size = bytes.len() as u64;
    *left = left.checked_sub(size).ok_or_else(|| {
        format!("not read: more than {} MiB unpacked; split the archive", limits::ARCHIVE >> 20)
    })?;
    if size > most {
        let problem = format!(
            "not read: it unpacks to more than {} times its size, or to more than {} MiB",
            limits::RATIO,
            limits::FILE >> 20
        );
        return Ok(Content::Refused(problem));
    }
    Ok(match format {
        Some(format) => Content::Bytes(format, bytes),
        None => Content::Picture(bytes),
    })
}

/// A member's name; Chinese Windows writes GB18030 without saying so.
fn name(raw: &[u8]) -> String {
    let (bytes, charset) = encoding::detect(raw);
    let name = charset.text(&bytes).map_or_else(|| String::from_utf8_lossy(raw).into_owned(), Into::into);
    name.replace('\\', "/")
}

/// A name as a report can hold it.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(limits::LABEL).collect()
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || (part.starts_with('.') && part != ".." && part != "."))
}

/// What speaks against a name. Nothing is ever written under it, but an archive with such names is no accident.
fn unsafe_name(name: &str) -> Option<&'static str> {
    let leaves = name.split('/').any(|part| part == ".." || part == ".");
    let absolute = name.starts_with('/') || name.get(1..2) == Some(":");
    if leaves || absolute || name.contains('\0') {
        return Some("not read: its name leads out of the archive");
    }
    None
}

/// One member by its exact name, at most `most` bytes of it. `None` if there is none.
pub(super) fn member(bytes: &[u8], name: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let mut archive = open(bytes)?;
        let Some(at) = archive.index_for_name(name) else { return Ok(None) };
        let member = archive.by_index(at).map_err(|error| format!("damaged: {error}"))?;
        let mut bytes = Vec::new();
        member.take(most + 1).read_to_end(&mut bytes).map_err(|error| format!("damaged: {error}"))?;
        if bytes.len() as u64 > most {
            return Err(format!("not read: more than {} MiB unpacked; split the document", most >> 20));
        }
        Ok(Some(bytes))
    }));
    found.unwrap_or_else(|_| Err("damaged beyond reading; save it again".to_owned()))
}
