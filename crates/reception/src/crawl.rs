//! Reads a website by its sitemap: slowly, as robots.txt says, and only what belongs to it.
//!
//! Addresses come from content, so they are only ever asked for through the [`Gate`], redirects included:
//! none leads into a private network unless the operator configured exactly that host and port.

mod robots;

use std::{collections::HashSet, time::Duration};

use domain::{Code, Said, said};
use egress::{Bounds, EgressError, Gate, Response, join, same_site};
use knowledge::import::sitemap::sitemap;

use self::robots::Robots;
use crate::source::Source;

const PAGE: Bounds = Bounds { time: Duration::from_secs(20), body: 16 << 20 };
const SITEMAP: Bounds = Bounds { time: Duration::from_secs(30), body: 50 << 20 };
/// Redirects from one address to the next.
const HOPS: usize = 5;
/// Sitemaps of one site.
const SITEMAPS: usize = 200;
/// So many documents in a row without an answer: the site is down, or wants to be left alone.
const SILENCE: usize = 5;
/// A wish to be left alone is granted for so long, then the document counts as not read.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a site was not read at all. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said().en)]
pub enum CrawlError {
    /// The sitemap or robots.txt did not come.
    Unreachable {
        /// Which address.
        url: String,
        /// What happened.
        reason: Said,
    },
    /// What came is no sitemap.
    NoSitemap {
        /// Which address.
        url: String,
        /// What is wrong with it.
        reason: Said,
    },
    /// robots.txt does not want it.
    NotAllowed(String),
    /// Document after document had no answer.
    Silent {
        /// How many were read before.
        read: usize,
        /// What the last of them said.
        reason: Said,
    },
}

impl CrawlError {
    /// In both languages.
    pub fn said(&self) -> Said {
        match self {
            Self::Unreachable { url, reason: Said { zh, en, code } } => {
                said!("{url} 读不到：{zh}", "{url} cannot be read: {en}").coded(*code)
            }
            Self::NoSitemap { url, reason: Said { zh, en, code } } => {
                said!("{url} 读不懂：{zh}", "{url}: {en}").coded(*code)
            }
            Self::NotAllowed(url) => said!(Robots:
                "{url}：robots.txt 不允许；请网站的主人放行 frontdesk",
                "{url}: robots.txt does not allow it; ask the site's owner to allow the agent frontdesk"
            ),
            Self::Silent { read, reason: Said { zh, en, .. } } => said!(Unreachable:
                "读了 {read} 篇之后网站不再回答（{zh}）；没有改动任何内容",
                "the site stopped answering after {read} documents ({en}); nothing was changed"
            ),
        }
    }

    /// Whether the same may succeed later by itself.
    pub const fn may_retry(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Silent { .. })
    }
}

/// What was kept of a document's last visit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mark {
    /// Its `ETag`.
    pub(crate) etag: Option<String>,
    /// Its `Last-Modified`.
    pub(crate) last_modified: Option<String>,
}

/// What became of a document.
#[derive(Debug)]
pub(crate) enum Visit {
    /// It says what it said last time.
    Same,
    /// It was fetched.
    Read {
        /// What its server says it is.
        content_type: String,
        /// Its bytes.
        body: Vec<u8>,
        /// For the next visit.
        mark: Mark,
    },
    /// It was not: a stable code, and the particulars.
    Unread {
        /// `missing`, `http`, `robots`, `private`, `elsewhere`, `unreachable`, `large`, `redirects`, `repeated`.
        status: &'static str,
        /// What the code leaves open.
        detail: Said,
    },
}

/// Not read; what is to be said of it is an address or a number.
fn unread(status: &'static str, detail: impl Into<String>) -> Visit {
    Visit::Unread { status, detail: Said::verbatim(detail).coded(code(status)) }
}

/// The status of a document by its name for programs.
fn code(status: &str) -> Code {
    match status {
        "missing" | "http" => Code::Answered,
        "robots" => Code::Robots,
        "private" => Code::Private,
        "elsewhere" => Code::Elsewhere,
        "large" => Code::TooLarge,
        "redirects" => Code::Redirects,
        "repeated" => Code::Repeated,
        _ => Code::Unread,
    }
}

/// A site that is being read.
pub(crate) struct Crawl<'a> {
    gate: &'a Gate,
    source: &'a Source,
    robots: Robots,
    asked: bool,
    /// Where documents were in the end: one that two addresses lead to is read once.
    read: HashSet<String>,
}

/// The documents of a site.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// Their addresses.
    pub(crate) pages: Vec<String>,
    /// Whether that is all of them.
    pub(crate) complete: bool,
}

impl<'a> Crawl<'a> {
    /// Reads robots.txt. A site without one is read; one whose robots.txt fails is left alone.
    pub(crate) async fn open(gate: &'a Gate, source: &'a Source) -> Result<Self, CrawlError> {
        let mut crawl = Self { gate, source, robots: Robots::default(), asked: false, read: HashSet::new() };
        let url = join(&source.url, "/robots.txt").unwrap_or_default();
        let failed = |reason: Said| CrawlError::Unreachable { url: url.clone(), reason };
        match crawl.follow(&url, PAGE, &Mark::default()).await {
            Ok((answer, _)) if answer.status == 200 => crawl.robots = Robots::read(&answer.body),
            Ok((answer, _)) if (400..500).contains(&answer.status) && answer.status != 429 => {}
            Ok((answer, _)) => return Err(failed(answered(answer.status))),
            Err(Visit::Unread { status: "elsewhere" | "redirects", .. }) => {}
            Err(Visit::Unread { detail, .. }) => return Err(failed(detail)),
            Err(_) => {}
        }
        Ok(crawl)
    }

    /// The documents that the source has.
    pub(crate) async fn list(&mut self) -> Result<Listed, CrawlError> {
        let url = self.source.url.clone();
        let answer = self.demand(&url).await?;
        let first = sitemap(&answer.body);
        let is_page = answer.header("content-type").is_some_and(|kind| !kind.contains("xml"));
        if first.is_err() && is_page {
            let is_front = join(&url, "/").as_deref() == join(&url, "").as_deref();
            if !is_front {
                return Ok(Listed { pages: vec![url], complete: true });
            }
            return self.list_by_robots().await;
        }
        let first = first.map_err(|reason| CrawlError::NoSitemap { url, reason })?;
        self.collect(first.pages, first.sitemaps).await
    }

    /// A front page: robots.txt says, or custom does, where the sitemap is.
    async fn list_by_robots(&mut self) -> Result<Listed, CrawlError> {
        let mut sitemaps = self.robots.sitemaps.clone();
        if sitemaps.is_empty() {
            sitemaps.extend(join(&self.source.url, "/sitemap.xml"));
        }
        self.collect(Vec::new(), sitemaps).await
    }

    /// Reads sitemaps until there are no more, or enough documents.
    async fn collect(&mut self, pages: Vec<String>, mut waiting: Vec<String>) -> Result<Listed, CrawlError> {
        let (mut seen, mut asked) = (HashSet::new(), HashSet::new());
        let mut listed = Listed { pages: Vec::new(), complete: true };
        let (source, most) = (self.source, self.source.pages);
        let mut take = |listed: &mut Listed, pages: Vec<String>, base: &str| {
            for page in pages.into_iter().filter_map(|page| join(base, &page)) {
                if listed.pages.len() >= most {
                    listed.complete &= seen.contains(&page);
                } else if seen.insert(page.clone()) {
                    listed.pages.push(page);
                }
            }
        };
        take(&mut listed, pages, &source.url);
        waiting.reverse();
        while let Some(url) = waiting.pop() {
            if !asked.insert(url.clone()) || !same_site(&source.url, &url) {
                continue;
            }
            if asked.len() > SITEMAPS || listed.pages.len() >= most {
                listed.complete = false;
                break;
            }
            let answer = self.demand(&url).await?;
            let found =
                sitemap(&answer.body).map_err(|reason| CrawlError::NoSitemap { url: url.clone(), reason })?;
            take(&mut listed, found.pages, &url);
            waiting.extend(found.sitemaps.into_iter().rev());
        }
        Ok(listed)
    }

    /// An answer without which there is nothing to read.
    async fn demand(&mut self, url: &str) -> Result<Response, CrawlError> {
        let failed = |reason: Said| CrawlError::Unreachable { url: url.to_owned(), reason };
        if !self.robots.allows(url) {
            return Err(CrawlError::NotAllowed(url.to_owned()));
        }
        match self.follow(url, SITEMAP, &Mark::default()).await {
            Ok((answer, _)) if answer.status == 200 && !answer.cut => Ok(answer),
            Ok((answer, _)) if answer.cut => {
                Err(failed(said!(TooLarge: "超过 {} MiB", "larger than {} MiB", SITEMAP.body >> 20)))
            }
            Ok((answer, _)) => Err(failed(answered(answer.status))),
            Err(Visit::Unread { status, detail }) if detail.is_empty() => {
                Err(failed(said!("没有读到（{status}）", "{status}")))
            }
            Err(Visit::Unread { detail, .. }) => Err(failed(detail)),
            Err(_) => Err(failed(said!(Unreachable: "没有回答", "no answer"))),
        }
    }

    /// Visits one document.
    pub(crate) async fn visit(&mut self, url: &str, mark: &Mark) -> Visit {
        if !same_site(&self.source.url, url) {
            return unread("elsewhere", url);
        }
        if !self.robots.allows(url) {
            return unread("robots", "");
        }
        let mut answer = self.follow(url, PAGE, mark).await;
        if let Ok((busy, _)) = &answer
            && matches!(busy.status, 429 | 503)
        {
            tokio::time::sleep(busy.retry_after.unwrap_or_default().min(PATIENCE)).await;
            answer = self.follow(url, PAGE, mark).await;
        }
        match answer {
            Err(visit) => visit,
            Ok((answer, end)) => self.judge(answer, end),
        }
    }

    fn judge(&mut self, answer: Response, end: String) -> Visit {
        match answer.status {
            304 => {
                self.read.insert(end);
                Visit::Same
            }
            404 | 410 => unread("missing", format!("HTTP {}", answer.status)),
            200 if answer.cut => unread("large", format!("{} MiB", PAGE.body >> 20)),
            200 if !self.read.insert(end.clone()) => unread("repeated", end),
            200 => Visit::Read {
                content_type: answer.header("content-type").unwrap_or_default().to_owned(),
                mark: Mark {
                    etag: answer.header("etag").map(str::to_owned),
                    last_modified: answer.header("last-modified").map(str::to_owned),
                },
                body: answer.body,
            },
            status => unread("http", format!("HTTP {status}")),
        }
    }

    /// Asks for an address and wherever it leads, within the site; the answer, and where it came from.
    async fn follow(&mut self, url: &str, bounds: Bounds, mark: &Mark) -> Result<(Response, String), Visit> {
        let mut url = join(url, "").ok_or_else(|| Visit::Unread {
            status: "unreachable",
            detail: said!(BadValue: "{url} 不是网址", "{url} is no address"),
        })?;
        let headers = conditions(mark);
        for _ in 0..=HOPS {
            self.keep_pace().await;
            let answer = self.gate.get_within(bounds, &url, &headers).await.map_err(refused)?;
            if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
                return Ok((answer, url));
            }
            let next = answer.header("location").and_then(|link| join(&url, link));
            let next = next.ok_or_else(|| Visit::Unread {
                status: "http",
                detail: said!(Answered: "HTTP {}，没有给出地址", "HTTP {} without an address", answer.status),
            })?;
            if !same_site(&self.source.url, &next) {
                return Err(unread("elsewhere", next));
            }
            if !self.robots.allows(&next) {
                return Err(unread("robots", next));
            }
            url = next;
        }
        Err(unread("redirects", url))
    }

    /// Waits between requests; the first goes out at once.
    async fn keep_pace(&mut self) {
        let pause = self.source.pause.to_std().max(self.robots.delay);
        if self.asked && !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        self.asked = true;
    }
}

/// Asks only for what changed since.
fn conditions(mark: &Mark) -> Vec<(&'static str, String)> {
    let since = [("if-none-match", &mark.etag), ("if-modified-since", &mark.last_modified)];
    since.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
}

fn refused(error: EgressError) -> Visit {
    match error {
        EgressError::Forbidden(host) => unread("private", host),
        other => Visit::Unread { status: "unreachable", detail: said_of(&other) },
    }
}

fn said_of(error: &EgressError) -> Said {
    match error {
        EgressError::BadAddress(url) => said!(BadValue: "{url} 不是 http 或 https 网址", "{error}"),
        EgressError::Forbidden(host) => {
            said!(Private: "{host} 指向内部网络；只有配置里写明的地址可以", "{error}")
        }
        EgressError::NotSent { host, reason } => said!(Unreachable: "连不上 {host}（{reason}）", "{error}"),
        EgressError::InDoubt { host, reason } => said!(Unreachable: "{host} 没有回答（{reason}）", "{error}"),
    }
}

fn answered(status: u16) -> Said {
    Said::verbatim(format!("HTTP {status}")).coded(Code::Answered)
}

/// Counts documents in a row that had no answer.
#[derive(Debug, Default)]
pub(crate) struct Silence {
    read: usize,
    silent: usize,
}

impl Silence {
    /// An error when the site has stopped answering.
    pub(crate) fn hear(&mut self, visit: &Visit) -> Result<(), CrawlError> {
        match visit {
            Visit::Unread { status, detail } if *status == "unreachable" || is_down(&detail.en) => {
                self.silent += 1;
                if self.silent >= SILENCE {
                    return Err(CrawlError::Silent { read: self.read, reason: detail.clone() });
                }
            }
            _ => {
                self.silent = 0;
                self.read += 1;
            }
        }
        Ok(())
    }
}

fn is_down(detail: &str) -> bool {
    matches!(detail, "HTTP 429" | "HTTP 500" | "HTTP 502" | "HTTP 503" | "HTTP 504")
}
