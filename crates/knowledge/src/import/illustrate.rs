//! Pictures inside documents: those of a Word file, of a page that carries them in itself, and of a page in an
//! archive. Nothing is ever fetched.

use std::collections::{HashMap, hash_map::Entry};

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{picture, said};

use super::{
    archive::{self, Media},
    basket::Basket,
    bytes::Place,
    document::{Document, Shown, Source},
    draft::Fault,
    picture::{Album, named, path_of},
};

/// Where the pictures of a document may come from.
#[derive(Clone, Copy)]
pub(super) enum Pictures<'a> {
    /// From nowhere: what a website shows stays there.
    Out,
    /// From the document itself.
    Own,
    /// And from the archive whose member of this name the document is.
    Album(&'a Album, &'a str),
}

impl Pictures<'_> {
    /// Whether what stands at this address came in with the document, or should have.
    pub(super) fn may_hold(self, address: &str) -> bool {
        match self {
            Self::Out => false,
            Self::Own => is_data(address),
            Self::Album(_, member) => is_data(address) || path_of(member, address).is_some(),
        }
    }
}

/// Puts every picture of a document where it stands, under the name by which it is kept. Where one cannot be taken,
/// its description stands, and the report says why.
pub(super) fn settle(
    document: &mut Document,
    from: Pictures<'_>,
    place: &Place,
    bytes: &[u8],
    basket: &mut Basket,
) {
    if matches!(from, Pictures::Out) || document.has_marks_only() {
        return document.settle(&mut |_| None);
    }
    let mut seen = HashMap::new();
    let mut media = None;
    document.settle(&mut |shown| {
        let taken = match seen.entry(shown.source.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(taken(&shown.source, from, place, bytes, &mut media, basket)),
        };
        match taken {
            Taken::Kept(name) => {
                Some(super::picture::shown(&shown.alt, &format!("{}{name}", picture::PLACE)))
            }
            Taken::Refused => Some(shown.alt.clone()),
            Taken::Elsewhere => None,
        }
    });
}

/// What became of a picture.
enum Taken {
    Kept(String),
    /// It was said why.
    Refused,
    /// It is no part of what came in.
    Elsewhere,
}

impl From<Option<String>> for Taken {
    fn from(name: Option<String>) -> Self {
        name.map_or(Self::Refused, Self::Kept)
    }
}

fn taken<'a>(
    source: &Source,
    from: Pictures<'_>,
    place: &Place,
    bytes: &'a [u8],
    media: &mut Option<Media<'a>>,
    basket: &mut Basket,
) -> Taken {
    match (source, from) {
        (Source::Member(path), _) => {
            let media = media.get_or_insert_with(|| Media::of(bytes));
            let picture = media.take(path).map_err(|problem| Fault::new("image", problem));
            let picture =
                picture.and_then(|bytes| named(bytes).map_err(|bad| Fault::new("image", bad.said())));
            basket.picture(place, picture).into()
        }
        (Source::Address(address), _) if is_data(address) => {
            let picture = data(address).ok_or_else(|| Fault::new("image", archive::other_picture()));
            let picture =
                picture.and_then(|bytes| named(bytes).map_err(|bad| Fault::new("image", bad.said())));
            basket.picture(place, picture).into()
        }
        (Source::Address(address), Pictures::Album(album, member)) => {
            let Some(path) = path_of(member, address) else { return Taken::Elsewhere };
            if let Some(name) = album.name(&path) {
                return name.clone().into();
            }
            let problem = said!(Picture:
                "用到的 {path} 不在压缩包里；只留下图片的文字说明",
                "shows {path}, which the archive lacks; its description stands instead"
            );
            basket.reject(place, Some("image".to_owned()), problem);
            Taken::Refused
        }
        (Source::Address(_), _) => Taken::Elsewhere,
    }
}

fn is_data(address: &str) -> bool {
    address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// The bytes in `data:image/png;base64,…`.
fn data(address: &str) -> Option<Vec<u8>> {
    let (kind, body) = address.get(5..)?.split_once(',')?;
    if !kind.to_ascii_lowercase().ends_with(";base64") {
        return None;
    }
    let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    BASE64_STANDARD.decode(body.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")).ok()
}

/// As [`Document::settle`] hands it over.
pub(super) type Settle<'a> = dyn FnMut(&Shown) -> Option<String> + 'a;
