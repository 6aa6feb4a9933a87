//! Addresses in a text, also those that are disguised, and whether they may be named.

use unicode_normalization::UnicodeNormalization;

use super::{Cut, Grounds, Reason};

/// An address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// As it stands, without its disguise.
    pub(super) whole: String,
    /// The host without `www.`; empty where there is none to trust.
    pub(super) host: String,
}

/// Ends of hosts that stand in texts without a scheme.
const ENDS: &[&str] = &[
    "com",
    "net",
    "org",
    "cn",
    "io",
    "co",
    "uk",
    "de",
    "info",
    "top",
    "xyz",
    "club",
    "vip",
    "site",
    "online",
    "shop",
    "store",
    "app",
    "dev",
    "me",
    "cc",
    "tv",
    "biz",
    "link",
    "live",
    "work",
    "ltd",
    "tech",
    "fun",
    "ink",
    "red",
    "pub",
    "tk",
    "ru",
    "ai",
    "gov",
    "edu",
    "eu",
    "fr",
    "jp",
    "kr",
    "hk",
    "tw",
    "us",
    "ca",
    "au",
    "in",
    "it",
    "nl",
    "es",
    "ch",
    "se",
    "no",
    "pl",
    "br",
    "mobi",
    "asia",
    "pro",
    "name",
    "wang",
    "icu",
    "page",
    "cloud",
    "email",
    "click",
    "zip",
    "mov",
    "gg",
    "ly",
    "to",
    "sh",
    "ws",
    "su",
    "pw",
    "ml",
    "ga",
    "cf",
    "gq",
    "win",
    "bid",
    "example",
    "test",
    "localhost",
    "onion",
];
/// Schemes that lead somewhere or run something.
const SCHEMES: &[&str] = &[
    "http:",
    "https:",
    "ftp:",
    "ftps:",
    "javascript:",
    "data:",
    "vbscript:",
    "file:",
    "blob:",
    "mailto:",
    "tel:",
    "sms:",
    "ws:",
    "wss:",
    "hxxp:",
    "hxxps:",
    "intent:",
    "weixin:",
    "about:",
    "view-source:",
    "ssh:",
];

/// Without disguises: width folded, what is not seen left out, "dot" written as one.
pub(super) fn unveiled(text: &str) -> String {
    let mut plain: String = text
        .nfkc()
        .filter(|c| !is_unseen(*c))
        .map(|c| match c {
            '。' | '｡' | '．' | '․' | '・' | '‧' | '∙' | '⋅' => '.',
            '∕' | '⁄' | '／' | '╱' => '/',
            '：' | '︓' | '∶' | '꞉' => ':',
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    for (veil, dot) in [
        ("[.]", "."),
        ("(.)", "."),
        ("{.}", "."),
        ("[dot]", "."),
        ("(dot)", "."),
        (" dot ", "."),
        ("[:]", ":"),
        ("点com", ".com"),
        ("点cn", ".cn"),
        ("点net", ".net"),
        (": //", "://"),
        (":\\\\", "://"),
    ] {
        if plain.contains(veil) {
            plain = plain.replace(veil, dot);
        }
    }
    plain
}

/// Characters that nobody sees and that part words for programs.
pub(super) const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// The addresses of a text.
pub(super) fn found(text: &str) -> Vec<Link> {
    let plain = unveiled(text);
    let mut found = Vec::new();
    for piece in plain.split(|c: char| {
        c.is_whitespace() || language::is_han(c) || "\"'<>，、；！？（）()[]{}【】《》“”‘’`|,;!".contains(c)
    }) {
        found.extend(in_piece(piece));
    }
    found
}

fn in_piece(piece: &str) -> Option<Link> {
    let piece = piece.trim_matches(['.', ':', '*', '_', '~', '?', '=']);
    let scheme = SCHEMES.iter().filter_map(|scheme| piece.find(scheme).map(|at| at + scheme.len())).min();
    let slashes = piece.find("//").map(|at| at + 2);
    if let Some(after) = slashes.or(scheme) {
        let begins = piece[..after]
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || "+-.:/".contains(c)))
            .map_or(0, |at| at + 1);
        let begins = (begins..=after).find(|&at| piece.is_char_boundary(at)).unwrap_or(0);
        return Some(Link { whole: piece[begins..].to_owned(), host: authority(&piece[after..]) });
    }
    let head = piece.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, at) = head.rsplit_once('@').map_or((head, false), |(_, host)| (host, true));
    let host = name.split(':').next().unwrap_or_default();
    if at || !is_host(host, piece.len() > head.len() || name.len() > host.len()) {
        return None;
    }
    Some(Link { whole: piece.to_owned(), host: bare(host) })
}

fn authority(rest: &str) -> String {
    let all = rest.trim_start_matches(['/', '\\']).split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = all.rsplit('@').next().unwrap_or_default();
    bare(host.split(':').next().unwrap_or_default())
}

/// A host as it is compared.
pub(super) fn bare(host: &str) -> String {
    let low = host.trim().trim_matches('.').to_lowercase();
    let low = low.split("://").last().unwrap_or_default();
    let low = low.split(['/', ':']).next().unwrap_or_default();
    low.strip_prefix("www.").unwrap_or(low).to_owned()
}

/// Whether a word is a host: its end is one that hosts have, or a path follows it.
fn is_host(word: &str, goes_on: bool) -> bool {
    let labels: Vec<&str> = word.split('.').collect();
    let fits = |label: &&str| {
        !label.is_empty() && label.len() <= 63 && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let (Some(last), true) = (labels.last(), labels.len() >= 2 && labels.iter().all(fits)) else {
        return false;
    };
    let numbers = labels.iter().all(|label| label.bytes().all(|b| b.is_ascii_digit()));
    if numbers {
        return labels.len() == 4;
    }
    let letters = last.chars().all(char::is_alphabetic) && last.chars().count() >= 2;
    let abbreviation = labels.iter().all(|label| label.chars().count() == 1);
    let punycode = labels.iter().any(|label| label.starts_with("xn--"));
    punycode
        || word.starts_with("www.")
        || !abbreviation
            && letters
            && (ENDS.contains(last) || goes_on && last.is_ascii() && labels[0].len() > 1)
}

/// Nothing may lead where neither the knowledge nor the list leads, nor carry anything there.
pub(super) fn check(text: &str, grounds: &Grounds) -> Result<(), Cut> {
    match found(text).into_iter().find(|link| !may(link, grounds)) {
        Some(link) => Err(Cut::new(Reason::Link, link.whole)),
        None => Ok(()),
    }
}

fn may(link: &Link, grounds: &Grounds) -> bool {
    let whole = link.whole.trim_end_matches(['/', '.', ',']).to_lowercase();
    if grounds.links.contains(&whole) {
        return true;
    }
    // An address that the knowledge does not have could carry something out, also to a host that it has.
    let carries = whole.contains(['?', '#', '@', '%', '&', '=', '\\'])
        || whole.matches('/').count() > 5
        || whole.len() > 120
        || super::personal::digits(&whole).any(|run| run.len() >= 5 && !grounds.low.contains(run.as_str()));
    let web = !whole.contains(':') || whole.starts_with("http://") || whole.starts_with("https://");
    web && !carries && grounds.hosts.contains(&link.host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_however_they_are_dressed() {
        for (text, host) in [
            ("see https://evil.example/x", "evil.example"),
            ("访问evil.com了解", "evil.com"),
            ("去 www.evil.net 看", "evil.net"),
            ("ｈｔｔｐｓ：／／ｅｖｉｌ．ｃｏｍ", "evil.com"),
            ("evil\u{200B}.com", "evil.com"),
            ("evil[.]com", "evil.com"),
            ("evil dot com", "evil.com"),
            ("evil。com", "evil.com"),
            ("hxxps://evil.top/a", "evil.top"),
            ("https://shop.example@evil.com/", "evil.com"),
            ("javascript:alert(1)", "alert"),
            ("//evil.com/a.png", "evil.com"),
            ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),
            ("at 10.0.0.1:80/x", "10.0.0.1"),
            ("аpple.com", "аpple.com"),
        ] {
            let all = found(text);
            assert!(all.iter().any(|link| link.host == host), "{text}: {all:?}");
        }
    }

    #[test]
    fn words_with_dots_are_no_addresses() {
        for text in [
            "It takes 3.5 days.",
            "e.g. bowls",
            "i.e. plates",
            "U.S. and U.K.",
            "比例是 1:2",
            "9:00–21:00",
            "版本 4.7.0",
            "A/B",
            "and/or",
            "等等。我们",
            "退货。com",
        ] {
            let all = found(text);
            assert!(all.is_empty() || text.contains("com"), "{text}: {all:?}");
        }
    }
}
