//! Pictures in knowledge. They are named by what they hold, so a name never means another picture, and texts show
//! them as `![words](/pictures/NAME)`: nothing else in a text loads a picture.

mod shape;

use serde::{Deserialize, Serialize};

use crate::{said, said::Said};

/// Where pictures are served.
pub const PLACE: &str = "/pictures/";
/// Bytes of the largest picture.
pub const LARGEST: usize = 5 << 20;
/// Points of the largest picture: a browser holds four bytes for each.
const POINTS: u64 = 40_000_000;
/// Letters of a name before its ending: SHA-256 in hexadecimal.
const HASH: usize = 64;

/// What a picture is, by its first bytes. No SVG: that is a document which may hold scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
}

/// Why bytes are no picture to be kept. Nothing of it is worth another try with the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said().en)]
pub enum BadPicture {
    /// Its first bytes are those of something else.
    Foreign,
    /// It begins as a picture and does not go on as one.
    Damaged,
    /// Too many bytes, or too many points.
    TooLarge,
}

impl BadPicture {
    /// In both languages.
    pub fn said(self) -> Said {
        let (size, points) = (LARGEST >> 20, POINTS / 1_000_000);
        let ten_thousands = points * 100;
        match self {
            Self::Foreign => said!(UnknownKind:
                "没有保留：不管叫什么名字，它不是 PNG、JPEG、GIF 或 WebP",
                "not kept: neither PNG, JPEG, GIF nor WebP, whatever its name says"
            ),
            Self::Damaged => {
                said!(Damaged: "没有保留：图片已损坏；重新保存一次", "not kept: the picture is damaged; save it again")
            }
            Self::TooLarge => said!(TooLarge:
                "没有保留：超过 {size} MiB 或 {ten_thousands} 万像素；缩小后再导入",
                "not kept: larger than {size} MiB or {points} million points; make it smaller"
            ),
        }
    }
}

impl PictureKind {
    const ALL: [Self; 4] = [Self::Png, Self::Jpeg, Self::Gif, Self::Webp];

    /// What these bytes are, if they are whole and of a size that browsers bear.
    pub fn of(bytes: &[u8]) -> Result<Self, BadPicture> {
        if bytes.len() > LARGEST {
            return Err(BadPicture::TooLarge);
        }
        let kind = shape::kind(bytes).ok_or(BadPicture::Foreign)?;
        let (width, height) = shape::size(kind, bytes).ok_or(BadPicture::Damaged)?;
        match u64::from(width) * u64::from(height) {
            0 => Err(BadPicture::Damaged),
            points if points > POINTS => Err(BadPicture::TooLarge),
            _ => Ok(kind),
        }
    }

    /// The ending of its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
        }
    }

    /// As HTTP calls it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }

    /// The kind that a picture's name tells; `None` if it is no picture's name.
    pub fn of_name(name: &str) -> Option<Self> {
        let (hash, ending) = name.split_once('.')?;
        let is_hash =
            hash.len() == HASH && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        Self::ALL.into_iter().find(|kind| is_hash && kind.ending() == ending)
    }
}

/// A picture of the knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// SHA-256 of its bytes in hexadecimal, a dot and the ending of its kind.
    pub name: String,
    /// What the file holds.
    pub bytes: Vec<u8>,
}

/// A picture beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PictureLink {
    /// Where this server has it: `/pictures/NAME`.
    pub url: String,
    /// What it shows, in words.
    pub alt: String,
}

/// The name of a picture that an address of ours leads to.
pub fn name_in(address: &str) -> Option<&str> {
    address.strip_prefix(PLACE).filter(|name| PictureKind::of_name(name).is_some())
}

/// The names of all pictures that a text shows.
pub fn names_in(text: &str) -> impl Iterator<Item = &str> {
    shown(text).map(|(_, link)| link).filter_map(|link| name_in(&text[link]))
}

/// A text without its pictures, and the pictures: for who reads it word by word, and where they stand beside it.
pub fn apart(text: &str) -> (String, Vec<PictureLink>) {
    let (mut words, mut pictures, mut from) = (String::with_capacity(text.len()), Vec::new(), 0);
    for (whole, link) in shown(text) {
        words.push_str(&text[from..whole.start]);
        let alt = text[whole.start + 2..link.start - 2].to_owned();
        pictures.push(PictureLink { url: text[link].to_owned(), alt });
        from = whole.end;
    }
    words.push_str(&text[from..]);
    (words, pictures)
}

/// A text with the words of its pictures in their place.
pub fn in_words(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(PLACE) {
        return text.into();
    }
    let (mut words, mut from) = (String::with_capacity(text.len()), 0);
    for (whole, link) in shown(text) {
        words.push_str(&text[from..whole.start]);
        words.push_str(&text[whole.start + 2..link.start - 2]);
        from = whole.end;
    }
    words.push_str(&text[from..]);
    words.into()
}

/// Every `![words](/pictures/NAME)`: all of it, and the address in it.
fn shown(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, std::ops::Range<usize>)> {
    text.match_indices("](/pictures/").filter_map(|(at, _)| {
        let start = text[..at].rfind("![").filter(|start| !text[*start + 2..at].contains([']', '\n']))?;
        let link = at + 2..at + 2 + text[at + 2..].find(')')?;
        name_in(&text[link.clone()])?;
        Some((start..link.end + 1, link))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(letter: &str, ending: &str) -> String {
        format!("{PLACE}{}.{ending}", letter.repeat(HASH))
    }

    #[test]
    fn only_a_name_of_ours_is_a_picture() {
        let good = link("a", "png");
        assert_eq!(name_in(&good).and_then(PictureKind::of_name), Some(PictureKind::Png));
        for bad in [
            link("a", "svg"),
            link("A", "png"),
            link("a", "png/../x"),
            good.replace("/pictures", "/x"),
            format!("https://evil.example{good}"),
            "/pictures/a.png".to_owned(),
            "/pictures/".to_owned(),
        ] {
            assert_eq!(name_in(&bad), None, "{bad}");
        }
    }

    #[test]
    fn a_text_and_its_pictures_come_apart() {
        let (a, b) = (link("a", "png"), link("b", "webp"));
        let text = format!(
            "看图 [1]：![退货按钮]({a})，再按。![]({b}) ![x](https://evil.example/a.png) [下载]({a})"
        );
        let (words, pictures) = apart(&text);
        assert_eq!(words, format!("看图 [1]：，再按。 ![x](https://evil.example/a.png) [下载]({a})"));
        assert_eq!(
            pictures,
            [
                PictureLink { url: a.clone(), alt: "退货按钮".to_owned() },
                PictureLink { url: b, alt: String::new() },
            ]
        );
        assert_eq!(in_words(&format!("按![按钮]({a})。")), "按按钮。");
        assert_eq!(names_in(&text).count(), 2);
        assert_eq!(apart("没有图").1, []);
    }
}
