//! Pictures that come with texts: named by what they hold, and found where a text of an archive shows them.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{BadPicture, Picture, PictureKind, Said, picture, said};
use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{draft::Fault, json};

/// A picture under its name, if these bytes are one.
pub(super) fn named(bytes: Vec<u8>) -> Result<Picture, BadPicture> {
    let kind = PictureKind::of(&bytes)?;
    let mut name = String::new();
    for byte in Sha256::digest(&bytes) {
        let _ = write!(name, "{byte:02x}");
    }
    let _ = write!(name, ".{}", kind.ending());
    Ok(Picture { name, bytes })
}

/// The pictures of an archive by the paths of its members.
#[derive(Default)]
pub(super) struct Album {
    /// By path in lower case, as the systems that write archives see it; `None` for one that was not kept.
    by_path: HashMap<String, Option<String>>,
}

impl Album {
    /// A member of the archive, and the name under which it was kept.
    pub(super) fn add(&mut self, path: &str, name: Option<String>) {
        self.by_path.insert(path.to_lowercase(), name);
    }

    /// Whether there is such a member, and the name under which it was kept, if it was.
    pub(super) fn name(&self, path: &str) -> Option<&Option<String>> {
        self.by_path.get(&path.to_lowercase())
    }

    /// A text of the archive with its pictures where they will be, and those that the archive lacks.
    pub(super) fn place(&self, member: &str, text: &str) -> (String, Vec<String>) {
        let mut missing = BTreeSet::new();
        let placed = placed(text, &mut |shown| {
            let path = path_of(member, shown)?;
            let Some(name) = self.by_path.get(&path.to_lowercase()) else {
                missing.insert(path);
                return None;
            };
            name.as_ref().map(|name| format!("{}{name}", picture::PLACE))
        });
        (placed, missing.into_iter().collect())
    }
}

/// The member of an archive that another one shows under this address; `None` if it leads elsewhere.
pub(super) fn path_of(member: &str, shown: &str) -> Option<String> {
    let shown = shown.split(['?', '#']).next().unwrap_or_default().replace('\\', "/");
    let is_elsewhere = shown.starts_with("//")
        || shown.split('/').next().is_some_and(|first| first.contains(':'))
        || picture::name_in(&shown).is_some();
    if shown.is_empty() || is_elsewhere {
        return None;
    }
    let mut path: Vec<&str> = if shown.starts_with('/') { Vec::new() } else { member.split('/').collect() };
    path.pop();
    let shown = decoded(&shown);
    for part in shown.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

/// An address without its `%XX`.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

/// Markdown whose pictures are shown from where `find` says; what it does not find stays as it is.
fn placed(text: &str, find: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    let mut open: Option<(std::ops::Range<usize>, String, String)> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) if open.is_none() && range.start >= from => {
                open = find(&dest_url).map(|address| (range, address, String::new()));
            }
            Event::End(TagEnd::Image) if open.as_ref().is_some_and(|open| open.0 == range) => {
                let Some((range, address, alt)) = open.take() else { continue };
                out.push_str(&text[from..range.start]);
                out.push_str(&shown(&alt, &address));
                from = range.end;
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((.., alt)) = &mut open {
                    alt.push_str(&words);
                }
            }
            Event::Html(raw) | Event::InlineHtml(raw) if open.is_none() && range.start >= from => {
                let Some((source, alt)) = tag(&raw) else { continue };
                let Some(address) = find(&source) else { continue };
                // A line of raw HTML would go on being one.
                let own_line = if raw.ends_with('\n') { "\n" } else { "" };
                out.push_str(&text[from..range.start]);
                let _ = write!(out, "{own_line}{}{own_line}{own_line}", shown(&alt, &address));
                from = range.end;
            }
            _ => {}
        }
    }
    out.push_str(&text[from..]);
    out
}

pub(super) fn shown(alt: &str, address: &str) -> String {
    let alt: String = alt
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '[' | ']' | '\\' | '`' | '*' | '<' | '>'))
        .collect();
    format!("![{}]({address})", alt.trim())
}

/// What an `<img>` shows and what it says, if this is one and nothing else.
fn tag(raw: &str) -> Option<(String, String)> {
    if !raw.trim_start().to_ascii_lowercase().starts_with("<img") {
        return None;
    }
    let mut found = None;
    for token in Tokenizer::new(raw.trim()) {
        match token {
            Ok(Token::StartTag(tag)) if found.is_none() && tag.name[..] == b"img"[..] => {
                let value = |name: &[u8]| {
                    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).trim().to_owned())
                };
                found = Some((value(b"src")?, value(b"alt").unwrap_or_default()));
            }
            Ok(Token::String(words)) if words.trim_ascii().is_empty() => {}
            _ => return None,
        }
    }
    found
}

/// A line of our own export: `{"picture": NAME, "base64": …}`.
pub(super) fn own(object: &Map<String, Value>) -> Result<Picture, Fault> {
    let row: Row = serde_json::from_value(Value::Object(object.clone()))
        .map_err(|error| Fault::new("base64", json::unfit(&error)))?;
    row.picture().map_err(|problem| Fault::new("picture", problem))
}

#[derive(Serialize, Deserialize)]
struct Row {
    picture: String,
    base64: String,
}

impl Row {
    fn of(picture: &Picture) -> Self {
        Self { picture: picture.name.clone(), base64: BASE64_STANDARD.encode(&picture.bytes) }
    }

    fn picture(&self) -> Result<Picture, Said> {
        let bytes = BASE64_STANDARD
            .decode(&self.base64)
            .map_err(|error| said!(Picture: "不是 base64", "not base64: {error}"))?;
        let picture = named(bytes).map_err(BadPicture::said)?;
        if picture.name != self.picture {
            return Err(said!(Picture:
                "名称与内容对不上；重新导出",
                "its name is not that of these bytes; export it again"
            ));
        }
        Ok(picture)
    }
}

/// A picture as a line that [`own`] reads.
pub(crate) fn line(picture: &Picture) -> impl Serialize {
    Row::of(picture)
}

/// Writes pictures within JSON.
pub(super) fn serialize<S: Serializer>(pictures: &[Picture], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(pictures.iter().map(Row::of))
}

/// Reads them; each must be what its name says.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Picture>, D::Error> {
    let rows = Vec::<Row>::deserialize(from)?;
    rows.iter().map(|row| row.picture().map_err(|problem| D::Error::custom(problem.en))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_a_text_leads_to_a_member_or_elsewhere() {
        let of = |shown: &str| path_of("docs/zh/returns.md", shown);
        assert_eq!(of("img/a.png").as_deref(), Some("docs/zh/img/a.png"));
        assert_eq!(of("./../img/a%20b.png?raw=1#x").as_deref(), Some("docs/img/a b.png"));
        assert_eq!(of("..\\img\\%E5%9B%BE.png").as_deref(), Some("docs/img/图.png"));
        assert_eq!(of("/img/a.png").as_deref(), Some("img/a.png"));
        for elsewhere in [
            "https://a.example/x.png",
            "//a.example/x.png",
            "data:image/png;base64,x",
            "",
            "#x",
            "../../../x.png",
            "C:/x.png",
        ] {
            assert_eq!(of(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn pictures_are_placed_wherever_markdown_shows_them() {
        let mut found = |shown: &str| (shown == "a.png").then(|| "/pictures/A".to_owned());
        let mut placed = |text: &str| placed(text, &mut found);
        assert_eq!(placed("见 ![第 [1] 步](a.png \"t\")，再按。"), "见 ![第 1 步](/pictures/A)，再按。");
        assert_eq!(placed("![x][r] y\n\n[r]: a.png"), "![x](/pictures/A) y\n\n[r]: a.png");
        assert_eq!(placed("a <img src=\"a.png\" alt='b' width=3> c"), "a ![b](/pictures/A) c");
        assert_eq!(placed("<img alt=\"b\" src=\"a.png\">\n\nc"), "\n![b](/pictures/A)\n\n\nc");
        assert_eq!(placed("| a |\n| - |\n| ![](a.png) |"), "| a |\n| - |\n| ![](/pictures/A) |");
        for same in ["`![x](a.png)`", "![x](b.png)", "[x](a.png)", "```\n![x](a.png)\n```", "\\![x](a.png)"] {
            assert_eq!(placed(same), same);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in "(\\PC|[\\[\\]()!<>`\\\\\n]|!\\[a\\]\\(a.png\\)|<img src=a.png>){0,60}") {
            placed(&text, &mut |_| Some("/pictures/A".to_owned()));
            placed(&text, &mut |shown| (shown.len() % 2 == 0).then(|| "/pictures/A".to_owned()));
        }
    }
}
