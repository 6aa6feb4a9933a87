//! Links that lead nowhere.

use std::collections::{BTreeSet, HashMap};

use domain::Kind as EntryKind;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{
    finding::{Finding, Fix, Kind, Place, Said},
    shop::{Shop, Text},
};
use crate::section;

/// What an address outside said when it was asked, by address: `None` if it answered.
pub type Asked = HashMap<String, Option<String>>;

/// Links to nowhere, in all texts.
pub(super) fn check(shop: &Shop<'_>, asked: &Asked) -> Vec<Finding> {
    shop.texts
        .iter()
        .flat_map(|text| {
            let dead = |url: String| why(shop, text, &url, asked).map(|why| finding(text, &url, why));
            urls(text.answer()).into_iter().filter_map(dead)
        })
        .collect()
}

/// The addresses outside that texts link to.
pub(super) fn outside(shop: &Shop<'_>) -> BTreeSet<String> {
    let all = shop.texts.iter().flat_map(|text| urls(text.answer()));
    all.filter(|url| is_web(url) && broken_address(url).is_none()).collect()
}

fn is_web(url: &str) -> bool {
    let low = url.to_lowercase();
    low.starts_with("http://") || low.starts_with("https://")
}

/// All targets of links and pictures, and addresses that stand bare, each once.
fn urls(text: &str) -> BTreeSet<String> {
    if !(text.contains("](") || text.contains(':') || text.contains("www.")) {
        return BTreeSet::new();
    }
    let mut found: BTreeSet<String> = Parser::new_ext(text, Options::empty())
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        })
        .collect();
    for scheme in ["http://", "https://", "http:/", "htp://", "htps://", "www."] {
        for (at, _) in text.match_indices(scheme) {
            let rest = &text[at..];
            let ends =
                |c: char| c.is_whitespace() || !c.is_ascii() || matches!(c, ')' | '>' | '"' | ']' | '<');
            let url = rest[..rest.find(ends).unwrap_or(rest.len())]
                .trim_end_matches(['.', ',', ';', ':', '!', '?']);
            let inside = at > 0 && text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
            if !inside && !found.iter().any(|known| known.contains(url)) {
                found.insert(url.to_owned());
            }
        }
    }
    found
}

fn why(shop: &Shop<'_>, text: &Text, url: &str, asked: &Asked) -> Option<Said> {
    let target = url.trim();
    let low = target.to_lowercase();
    if target.is_empty()
        || target == "#"
        || ["todo", "tbd", "url", "link", "xxx", "链接"].contains(&low.as_str())
    {
        return Some(Said::new("链接没有写地址。", "The link has no address."));
    }
    if let Some(anchor) = target.strip_prefix('#') {
        return no_anchor(text, anchor);
    }
    if let Some(rest) = target.strip_prefix("/help/") {
        return no_entry(shop, text, rest);
    }
    if let Some(address) = low.strip_prefix("mailto:") {
        let whole =
            address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        return (!whole)
            .then(|| Said::new("邮件链接里没有完整的邮箱地址。", "The mail link holds no whole address."));
    }
    if low.starts_with("tel:") || target.starts_with('/') {
        return None;
    }
    if low.starts_with("www.") || low.starts_with("http") || low.contains("://") {
        return broken_address(target).or_else(|| said_no(target, asked));
    }
    let said = if low.contains(':') || low.contains('\\') {
        Said::new("这个地址顾客打不开。", "Customers cannot open this address.")
    } else {
        Said::new(
            "指向一个文件，导入以后它不在这里。",
            "It points at a file, which is not here after an import.",
        )
    };
    Some(said)
}

fn no_anchor(text: &Text, anchor: &str) -> Option<Said> {
    let known = anchors(text);
    (!known.contains(&decoded(anchor)))
        .then(|| Said::new(format!("没有名为“{anchor}”的小节。"), format!("There is no section “{anchor}”.")))
}

fn anchors(text: &Text) -> Vec<String> {
    let top = ["top".to_owned()];
    if text.entry.kind != EntryKind::Article {
        return top.into();
    }
    let sections = section::sections(text.title(), text.answer());
    sections.into_iter().map(|section| section.anchor).chain(top).collect()
}

fn no_entry(shop: &Shop<'_>, text: &Text, rest: &str) -> Option<Said> {
    let (path, anchor) = rest.split_once('#').unwrap_or((rest, ""));
    let (id, query) = path.split_once('?').unwrap_or((path, ""));
    let id = decoded(id.trim_end_matches('/'));
    let Some(places) = shop.by_id.get(&id) else {
        return Some(Said::new(format!("没有条目“{id}”。"), format!("There is no entry “{id}”.")));
    };
    if anchor.is_empty() {
        return None;
    }
    let lang =
        query.split('&').find_map(|pair| pair.strip_prefix("lang=")).unwrap_or(text.lang.code()).to_owned();
    let mut theirs = places.iter().map(|&at| &shop.texts[at]).filter(|theirs| theirs.lang.code() == lang);
    theirs.next().and_then(|theirs| no_anchor(theirs, anchor))
}

/// %E9%80%80 is 退.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = text
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// An address that nothing can answer, or nothing that customers reach.
fn broken_address(url: &str) -> Option<Said> {
    let low = url.to_lowercase();
    let rest = low.strip_prefix("https://").or_else(|| low.strip_prefix("http://"));
    let Some(rest) = rest.or_else(|| low.starts_with("www.").then_some(low.as_str())) else {
        return Some(Said::new(
            "地址写错了：开头应是 https://。",
            "The address is misspelt: it should begin with https://.",
        ));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let inside = host == "localhost"
        || [".local", ".localhost", ".internal", ".lan", ".intranet", ".corp", ".test", ".invalid"]
            .iter()
            .any(|end| host.ends_with(end))
        || ["127.", "10.", "192.168.", "169.254.", "0."]
            .iter()
            .any(|start| host.starts_with(start) && is_ip(host))
        || (is_ip(host)
            && host
                .strip_prefix("172.")
                .and_then(|rest| rest.split('.').next()?.parse::<u8>().ok())
                .is_some_and(|second| (16..32).contains(&second)));
    if inside {
        return Some(Said::new(
            "这个地址只有内部网络能打开。",
            "Only an internal network can open this address.",
        ));
    }
    let labels: Vec<&str> = host.split('.').collect();
    let broken = labels.len() < 2
        || labels.iter().any(|label| label.is_empty() || label.contains('_'))
        || host.starts_with("www.") && labels.len() < 3;
    broken.then(|| Said::new("地址不完整。", "The address is not complete."))
}

fn is_ip(host: &str) -> bool {
    host.parse::<std::net::Ipv4Addr>().is_ok()
}

fn said_no(url: &str, asked: &Asked) -> Option<Said> {
    let said = asked.get(url)?.as_ref()?;
    Some(Said::new(format!("打开时出错：{said}。"), format!("Opening it failed: {said}.")))
}

fn finding(text: &Text, url: &str, problem: Said) -> Finding {
    let advice = Said::new(
        "换成能打开的地址，或只保留文字。",
        "Give it an address that opens, or keep the words alone.",
    );
    let mut finding = text.finding(Kind::DeadLink, Place::Answer, url, &[], [problem, advice]);
    finding.fix = Some(Fix::Unlink { lang: text.lang, url: url.to_owned() });
    finding
}
