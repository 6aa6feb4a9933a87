//! ZIP archives: each member is read as the file it is; what could do harm is refused by name.

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use domain::{Said, said};
use zip::{ZipArchive, read::ZipFile};

use super::{
    Format,
    basket::Basket,
    bytes::Place,
    draft::Fault,
    encoding,
    illustrate::Pictures,
    limits, markdown,
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
    let outcome = catch_unwind(AssertUnwindSafe(|| weighed(bytes))).unwrap_or_else(|_| {
        Err(said!(Damaged: "压缩包损坏，读不了；重新打包", "the archive is damaged beyond reading; pack it again"))
    });
    match outcome {
        Err(problem) => basket.reject(top, None, problem),
        Ok(members) => {
            let (pictures, others): (Vec<_>, Vec<_>) =
                members.into_iter().partition(|member| matches!(member.content, Content::Picture(_)));
            let album = album(top, pictures, basket);
            for member in others {
                if basket.is_full() {
                    return basket.reject(top, None, super::full_from_here());
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
    Refused(Said),
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
        let picture = picture::named(bytes).map_err(|bad| Fault::new("image", bad.said()));
        album.add(&member.name, basket.picture(&place, picture));
    }
    album
}

fn take(top: &Place, member: Weighed, album: &Album, basket: &mut Basket) {
    let path = format!("{}/{}", top.file, member.name);
    let place = Place { file: path.as_str().into(), line: 1 };
    match member.content {
        Content::Bytes(Format::Zip, _) => {
            let problem = said!(Nested:
                "没有读：压缩包里还有压缩包；先解开里面的",
                "not read: an archive inside an archive; unpack it first"
            );
            basket.reject(&place, None, problem);
        }
        Content::Bytes(Format::Markdown, bytes) => {
            markdown::read_member(Path::new(&path), &member.name, &bytes, album, basket);
        }
        Content::Bytes(format, bytes) if format.is_document() => {
            let (path, from) = (Path::new(&path), Pictures::Album(album, &member.name));
            format.read_document_file(path, &bytes, from, basket);
        }
        Content::Bytes(format, bytes) => format.read_bytes(Path::new(&path), bytes, basket),
        Content::Refused(problem) => basket.reject(&place, None, problem),
        Content::Picture(_) | Content::OtherPicture => {
            basket.reject(&place, Some("image".to_owned()), other_picture());
        }
        Content::Other => {
            let problem = said!(UnknownKind: "没有读：不认识这种文件", "not read: unknown kind of file");
            basket.reject(&place, None, problem);
        }
    }
}

pub(super) fn other_picture() -> Said {
    said!(UnknownKind:
        "没有导入：图片只收 PNG、JPEG、GIF 和 WebP；另存成其中一种",
        "not imported: of pictures PNG, JPEG, GIF and WebP are kept; save it as one of them"
    )
}

fn damaged(error: &dyn std::fmt::Display) -> Said {
    said!(Damaged: "已损坏；重新打包", "damaged: {error}")
}

/// Opens an archive that has no more members than we read.
fn open(bytes: &[u8]) -> Result<Archive<'_>, Said> {
    const MEMBER: &[u8] = b"PK\x01\x02";
    // Counted before the parser makes a record of each.
    let claimed = bytes.windows(MEMBER.len()).filter(|window| *window == MEMBER).count();
    if claimed > limits::MEMBERS {
        let most = limits::MEMBERS;
        return Err(said!(TooLarge:
            "没有读：文件超过 {most} 个；把压缩包拆开",
            "not read: more than {most} files; split the archive"
        ));
    }
    ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| said!(Damaged: "不是压缩包，或已损坏", "not an archive: {error}"))
}

/// All members, unpacked; an error if they are larger than all together may be.
fn weighed(bytes: &[u8]) -> Result<Vec<Weighed>, Said> {
    let mut archive = open(bytes)?;
    let (mut members, mut left) = (Vec::new(), limits::ARCHIVE);
    for at in 0..archive.len() {
        let encrypted = archive.by_index_raw(at).is_ok_and(|member| member.encrypted());
        let raw_name = archive.by_index_raw(at).map(|member| name(member.name_raw())).unwrap_or_default();
        if raw_name.ends_with('/') || is_hidden(&raw_name) {
            continue;
        }
        let content = match archive.by_index(at) {
            _ if encrypted => Content::Refused(said!(Encrypted:
                "有密码；去掉密码重新打包",
                "encrypted: pack it again without a password"
            )),
            Err(error) => Content::Refused(damaged(&error)),
            Ok(member) => content(&raw_name, member, &mut left)?,
        };
        members.push(Weighed { name: shown(&raw_name), content });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}

fn content(name: &str, member: Member<'_, '_>, left: &mut u64) -> Result<Content, Said> {
    if let Some(problem) = unsafe_name(name) {
        return Ok(Content::Refused(problem));
    }
    if member.is_symlink() {
        return Ok(Content::Refused(
            said!(UnsafeName: "没有读：是链接，不是文件", "not read: a link, no file"),
        ));
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
        return Ok(Content::Refused(damaged(&error)));
    }
    let size = bytes.len() as u64;
    *left = left.checked_sub(size).ok_or_else(|| {
        let most = limits::ARCHIVE >> 20;
        said!(TooLarge:
            "没有读：解开后超过 {most} MiB；把压缩包拆开",
            "not read: more than {most} MiB unpacked; split the archive"
        )
    })?;
    if size > most {
        let problem = said!(TooLarge:
            "没有读：解开后超过原来的 {} 倍，或超过 {} MiB",
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
pub(super) fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(limits::LABEL).collect()
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || (part.starts_with('.') && part != ".." && part != "."))
}

/// What speaks against a name. Nothing is ever written under it, but an archive with such names is no accident.
fn unsafe_name(name: &str) -> Option<Said> {
    let leaves = name.split('/').any(|part| part == ".." || part == ".");
    let absolute = name.starts_with('/') || name.get(1..2) == Some(":");
    if leaves || absolute || name.contains('\0') {
        return Some(
            said!(UnsafeName: "没有读：文件名指向压缩包之外", "not read: its name leads out of the archive"),
        );
    }
    None
}

/// One member by its exact name, at most `most` bytes of it. `None` if there is none.
pub(super) fn member(bytes: &[u8], name: &str, most: u64) -> Result<Option<Vec<u8>>, Said> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let mut archive = open(bytes)?;
        let Some(at) = archive.index_for_name(name) else { return Ok(None) };
        let member = archive.by_index(at).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        member.take(most + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if bytes.len() as u64 > most {
            return Err(said!(TooLarge:
                "没有读：解开后超过 {} MiB；把文档拆开",
                "not read: more than {} MiB unpacked; split the document",
                most >> 20
            ));
        }
        Ok(Some(bytes))
    }));
    found.unwrap_or_else(|_| {
        Err(said!(Damaged: "损坏，读不了；重新保存一次", "damaged beyond reading; save it again"))
    })
}

/// The pictures in a document that is an archive. Unpacking them stays within what an archive may hold.
pub(super) struct Media<'a> {
    archive: Option<Archive<'a>>,
    left: u64,
}

impl<'a> Media<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        // The parser is not ours: a crafted file must not take the process with it.
        let archive = catch_unwind(AssertUnwindSafe(|| open(bytes).ok())).ok().flatten();
        Self { archive, left: limits::ARCHIVE }
    }

    /// One of them by its name; never more of it than makes a picture too large.
    pub(super) fn take(&mut self, name: &str) -> Result<Vec<u8>, Said> {
        let missing = || said!(Picture: "没有保留：文档里没有 {name}", "not kept: the document lacks {name}");
        let most = self.left.min(domain::picture::LARGEST as u64 + 1);
        if most == 0 {
            return Err(said!(TooLarge:
                "没有保留：图片解开后太大；把文档拆开",
                "not kept: its pictures unpack to too much; split the document"
            ));
        }
        let archive = self.archive.as_mut().ok_or_else(missing)?;
        let read = catch_unwind(AssertUnwindSafe(|| {
            let at = archive.index_for_name(name)?;
            let mut bytes = Vec::new();
            archive.by_index(at).ok()?.take(most).read_to_end(&mut bytes).ok()?;
            Some(bytes)
        }));
        let bytes = read.ok().flatten().ok_or_else(missing)?;
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }
}
