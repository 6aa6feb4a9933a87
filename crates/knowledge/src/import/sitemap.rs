//! Sitemaps: which pages a website has.

use std::io::Read;

use domain::{Said, said};
use flate2::read::MultiGzDecoder;

use super::xml::{self, Xml};

/// Bytes of a sitemap, unpacked: what the protocol allows.
const MOST: u64 = 50 << 20;
/// Addresses of one sitemap: what the protocol allows.
const ADDRESSES: usize = 50_000;

/// What a sitemap lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Pages, in order, each once.
    pub pages: Vec<String>,
    /// Further sitemaps.
    pub sitemaps: Vec<String>,
}

/// Reads a sitemap or an index of them, packed or not, or a plain list of addresses. An error says what is wrong
/// with it.
pub fn sitemap(bytes: &[u8]) -> Result<Sitemap, Said> {
    let text = unpacked(bytes)?;
    let text = String::from_utf8_lossy(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text)).into_owned();
    let mut found = if text.trim_start().starts_with('<') { from_xml(&text)? } else { from_list(&text) };
    let mut seen = std::collections::HashSet::new();
    found.pages.retain(|page| seen.insert(page.clone()));
    found.sitemaps.retain(|sitemap| seen.insert(sitemap.clone()));
    if found.pages.is_empty() && found.sitemaps.is_empty() {
        return Err(said!(NoText: "不是站点地图：里面没有网址", "no sitemap: it lists no addresses"));
    }
    Ok(found)
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Said> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes.to_vec());
    }
    let mut text = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(MOST + 1).read_to_end(&mut text);
    read.map_err(|error| said!(Damaged: "已损坏", "damaged: {error}"))?;
    if text.len() as u64 > MOST {
        return Err(said!(TooLarge: "解开后超过 {} MiB", "larger than {} MiB unpacked", MOST >> 20));
    }
    Ok(text)
}

fn from_list(text: &str) -> Sitemap {
    let is_address = |line: &&str| line.starts_with("http://") || line.starts_with("https://");
    let pages = text.lines().map(str::trim).filter(is_address).take(ADDRESSES).map(str::to_owned).collect();
    Sitemap { pages, sitemaps: Vec::new() }
}

fn from_xml(text: &str) -> Result<Sitemap, Said> {
    let mut found = Sitemap::default();
    let (mut path, mut address): (Vec<String>, String) = (Vec::new(), String::new());
    xml::each(text, |event| {
        match event {
            Xml::Open(name, _) if path.len() < 16 => path.push(name),
            Xml::Open(..) => return false,
            Xml::Text(text) if is_location(&path) && address.len() < 4_096 => address.push_str(&text),
            Xml::Text(_) => {}
            Xml::Close(_) => {
                if is_location(&path) {
                    let list =
                        if path[path.len() - 2] == "url" { &mut found.pages } else { &mut found.sitemaps };
                    list.push(std::mem::take(&mut address).trim().to_owned());
                }
                path.pop();
            }
        }
        found.pages.len() + found.sitemaps.len() < ADDRESSES
    })?;
    Ok(found)
}

/// `<url><loc>` or `<sitemap><loc>`; pictures and videos have addresses too.
fn is_location(path: &[String]) -> bool {
    matches!(path, [.., parent, loc] if loc == "loc" && (parent == "url" || parent == "sitemap"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_listed_once_and_pictures_are_none() {
        let text = r#"<?xml version="1.0"?><urlset xmlns:image="x"><url><loc> https://a.example/x?a=1&amp;b=2 </loc>
            <image:image><image:loc>https://a.example/p.png</image:loc></image:image></url>
            <url><loc>https://a.example/x?a=1&amp;b=2</loc></url><url><loc><![CDATA[https://a.example/y]]></loc></url></urlset>"#;
        let found = sitemap(text.as_bytes()).unwrap();
        assert_eq!(found.pages, ["https://a.example/x?a=1&b=2", "https://a.example/y"]);
    }

    #[test]
    fn an_index_leads_on() {
        let text = "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>";
        assert_eq!(sitemap(text.as_bytes()).unwrap().sitemaps, ["https://a.example/1.xml"]);
    }

    #[test]
    fn what_lists_nothing_is_no_sitemap() {
        assert!(sitemap(b"<html><body>404</body></html>").is_err());
        assert!(sitemap(b"\x1f\x8b\x00").is_err());
        assert!(sitemap(b"").is_err());
    }
}
