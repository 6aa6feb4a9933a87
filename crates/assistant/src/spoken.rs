//! The language that a message is spoken in: told by its words, not by what it points at.

use language::{
    detect::{Language, detect},
    spelling,
};

/// The language of a text. Links, addresses and numbers with letters in them (`SF1234`, `iPhone15`) are the same in
/// every language and tell nothing: a message of nothing else is [`Language::Other`]. Pinyin is Chinese.
pub fn spoken(text: &str) -> Language {
    detect(&words(&spelling::characters(text)))
}

/// A text with a space for whatever is no word. Chinese is written without spaces, so a run ends with its Latin letters.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(in_run) {
        let (before, run) = rest.split_at(start);
        let end = run.find(|ch| !in_run(ch)).unwrap_or(run.len());
        words.push_str(before);
        words.push_str(if is_reference(&run[..end]) { " " } else { &run[..end] });
        rest = &run[end..];
    }
    words.push_str(rest);
    words
}

fn in_run(ch: char) -> bool {
    ch.is_ascii_graphic()
}

/// A link, an address, a code: something with a digit, an @ or a dot between letters.
fn is_reference(run: &str) -> bool {
    let letter = |at: usize| run.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    let joined = |at: usize| at > 0 && letter(at - 1) && letter(at + 1);
    run.contains("://")
        || run.contains(|ch: char| ch == '@' || ch.is_ascii_digit())
        || run.match_indices('.').any(|(at, _)| joined(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_points_at_tells_no_language() {
        for text in [
            "https://shop.example/items/blue-mug?color=dark-blue",
            "shop.example/mug",
            "li.lei@example.com",
            "SF1234567890",
            "13800000000",
            "iPhone15",
            "12 + 30 = 42",
        ] {
            assert_eq!(spoken(text), Language::Other, "{text}");
        }
    }

    #[test]
    fn words_beside_a_link_decide() {
        for (text, language) in [
            ("打不开https://shop.example/items/blue-mug-with-a-long-name-and-more怎么办", Language::Zh),
            ("It does not open: https://shop.example/items/%E6%9D%AF%E5%AD%90", Language::En),
            ("我的iPhone15充不进电", Language::Zh),
            ("Where is SF1234567890?", Language::En),
            ("我要 cancel 我的 order", Language::Mixed),
            ("Thanks. Bye.", Language::En),
            ("zenme tuikuan", Language::Zh),
            ("can you long for women", Language::En),
        ] {
            assert_eq!(spoken(text), language, "{text}");
        }
    }
}
