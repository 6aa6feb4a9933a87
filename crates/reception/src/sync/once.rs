//! Documents that were fetched are read; a whole site at once, without a source, for the command line.

use domain::{Code, Said, Timestamp, said};
use knowledge::import::{Harvest, Remark, WebPage, page};

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
        let problem = said!(Damaged: "损坏，读不了", "damaged beyond reading");
        let remark = Remark { file: address.to_owned(), line: 1, field: None, problem };
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
            all.rejected.push(unread_remark(&source.url, "cut", Said::verbatim(at.to_string())));
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
            Visit::Unread { status, detail } => all.rejected.push(unread_remark(address, status, detail)),
        }
    }
    if !listed.complete {
        let read = Said::verbatim(listed.pages.len().to_string());
        all.rejected.push(unread_remark(&source.url, "cut", read));
    }
    Ok(all)
}

fn unread_remark(address: &str, status: &str, detail: Said) -> Remark {
    let Said { zh, en, code } = detail;
    let said = match status {
        "missing" | "http" => said!(Answered: "服务器回答 {zh}", "the server answered {en}"),
        "robots" => {
            said!(Robots: "没有读：robots.txt 不允许 {zh}", "not read: robots.txt does not allow it {en}")
        }
        "private" => {
            said!(Private: "没有读：指向内部网络 {zh}", "not read: it leads into a private network, {en}")
        }
        "elsewhere" => {
            said!(Elsewhere: "没有读：指向别的网站 {zh}", "not read: it leads to another site, {en}")
        }
        "large" => said!(TooLarge: "没有读：超过 {zh}", "not read: larger than {en}"),
        "redirects" => {
            said!(Redirects: "没有读：跳转太多，最后到 {zh}", "not read: too many redirects, the last to {en}")
        }
        "repeated" => said!(Repeated: "与 {zh} 是同一篇", "the same document as {en}"),
        "cut" => said!(Cut:
            "文档多于一次能读的；读了前 {zh} 篇",
            "more documents than are read at once; the first so many were read: {en}"
        ),
        _ => said!(Unread: "没有读：{zh}", "not read: {en}"),
    };
    let code = if code == Code::Other { said.code } else { code };
    let problem = Said::new(said.zh.trim(), said.en.trim()).coded(code);
    Remark { file: address.to_owned(), line: 1, field: None, problem }
}
