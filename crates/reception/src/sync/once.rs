//! Documents that were fetched are read; a whole site at once, without a source, for the command line.

use domain::Timestamp;
use knowledge::import::{Harvest, WebPage, page};

use super::diff::Fetched;
use crate::{
    chance::hash,
    crawl::{Crawl, CrawlError, Mark, Silence, Visit},
    source::Source,
};

/// Bytes of text that one site may bring, so that memory stays bounded.
pub(super) const FULL: usize = 128 << 20;

/// Bytes of text.
pub(super) fn weight(harvest: &Harvest) -> usize {
    harvest.entries.iter().flat_map(|entry| entry.texts.values()).map(|text| text.answer.len()).sum()
}

/// Reads a document's bytes on a thread where that may take its time.
pub(super) async fn read(
    address: &str,
    content_type: String,
    body: Vec<u8>,
    mark: Mark,
    now: Timestamp,
) -> Fetched {
    let url = address.to_owned();
    let work = tokio::task::spawn_blocking(move || {
        let hash = hash(&body);
        (page(&WebPage { url: &url, content_type: &content_type, body: &body }, now), hash)
    });
    let (harvest, hash) = work.await.unwrap_or_else(|_| {
        let problem = "damaged beyond reading".to_owned();
        let remark = knowledge::import::Remark { file: address.to_owned(), line: 1, field: None, problem };
        (Harvest { rejected: vec![remark], ..Harvest::default() }, String::new())
    });
    Fetched { address: address.to_owned(), harvest, mark, hash }
}

/// A whole site, read once without a source: what it holds, and a remark for every document that was not read.
/// `tell` hears how far it is.
pub async fn harvest_site(
    gate: &egress::Gate,
    source: &Source,
    now: Timestamp,
    mut tell: impl FnMut(usize, usize),
) -> Result<Harvest, CrawlError> {
    let mut crawl = Crawl::open(gate, source).await?;
    let listed = crawl.list().await?;
    let (mut all, mut silence) = (Harvest::default(), Silence::default());
    for (at, address) in listed.pages.iter().enumerate() {
        tell(at, listed.pages.len());
        if weight(&all) > FULL {
            all.rejected.push(unread_remark(&source.url, "cut", &at.to_string()));
            break;
        }
        let visit = crawl.visit(address, &Mark::default()).await;
        silence.hear(&visit)?;
        match visit {
            Visit::Read { content_type, body, mark } => {
                let fetched = read(address, content_type, body, mark, now).await;
                all.entries.extend(fetched.harvest.entries);
                all.rejected.extend(fetched.harvest.rejected);
            }
            Visit::Same => {}
            Visit::Unread { status, detail } => all.rejected.push(unread_remark(address, status, &detail)),
        }
    }
    if !listed.complete {
        all.rejected.push(unread_remark(&source.url, "cut", &listed.pages.len().to_string()));
    }
    Ok(all)
}

fn unread_remark(address: &str, status: &str, detail: &str) -> knowledge::import::Remark {
    let words = match status {
        "missing" | "http" => "the server answered",
        "robots" => "not read: robots.txt does not allow it",
        "private" => "not read: it leads into a private network,",
        "elsewhere" => "not read: it leads to another site,",
        "large" => "not read: larger than",
        "redirects" => "not read: too many redirects, the last to",
        "repeated" => "the same document as",
        "cut" => "more documents than are read at once; the first so many were read:",
        _ => "not read:",
    };
    let problem = format!("{words} {detail}").trim().to_owned();
    knowledge::import::Remark { file: address.to_owned(), line: 1, field: None, problem }
}
