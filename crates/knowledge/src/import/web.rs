//! A page of a website, fetched: named by its address, so that it is the same entry at every visit.

use domain::{Timestamp, said};
use sha2::{Digest, Sha256};

use super::{Format, Harvest, basket::Basket, bytes::Place, document::Named, fold, illustrate::Pictures};

/// What came back from an address.
#[derive(Debug)]
pub struct WebPage<'a> {
    /// The address, as the customer will open it.
    pub url: &'a str,
    /// What the server says it is, with its charset: `text/html; charset=gbk`.
    pub content_type: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// What a page holds. Its entries name the address as their source.
pub fn page(page: &WebPage<'_>, now: Timestamp) -> Harvest {
    let mut basket = Basket::new(now);
    let place = Place { file: page.url.into(), line: 1 };
    match kind(page) {
        None => {
            let kind = page.content_type;
            let problem = said!(UnknownKind:
                "没有读：不是 HTML、PDF、DOCX 或文本（{kind}）",
                "not read: neither HTML, PDF, DOCX nor text ({kind})"
            );
            basket.reject(&place, None, problem);
        }
        Some(format) => {
            let name = name(page.url);
            let named = Named { id: id(page.url, &name).as_str().into(), name: &name, lang: None };
            format.read_document(
                &place,
                page.body,
                &named,
                charset(page.content_type),
                Pictures::Out,
                &mut basket,
            );
        }
    }
    let mut harvest = basket.into_harvest();
    for entry in &mut harvest.entries {
        page.url.clone_into(&mut entry.source);
    }
    harvest
}

fn kind(page: &WebPage<'_>) -> Option<Format> {
    let kind = page.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "application/pdf" => Some(Format::Pdf),
        "text/plain" => Some(Format::Text),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Some(Format::Docx),
        // A server that does not say: the bytes do.
        "" | "application/octet-stream" if page.body.starts_with(b"%PDF-") => Some(Format::Pdf),
        "" if page.body.trim_ascii_start().starts_with(b"<") => Some(Format::Html),
        _ => None,
    }
}

fn charset(content_type: &str) -> Option<&str> {
    let named = content_type.split(';').skip(1).find_map(|part| part.trim().strip_prefix("charset="))?;
    Some(named.trim_matches(['"', ' ']))
}

/// The last words of the path, for a page without a title.
fn name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    last.rsplit_once('.').map_or(last, |(stem, _)| stem).to_owned()
}

/// An id that people can read and no other address has.
fn id(url: &str, name: &str) -> String {
    let digest = Sha256::digest(url.as_bytes());
    let mark = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    let slug: String = fold::slug(name).chars().take(48).collect();
    format!("web-{slug}-{mark:08x}").replace("--", "-")
}
