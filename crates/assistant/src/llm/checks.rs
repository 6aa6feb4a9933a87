//! A sentence of a model is shown only if a check passes it. What is here is the least: figures, addresses and most
//! words stand in the passages that the sentence cites. Stronger checks plug in by the trait.

use std::collections::HashSet;

use language::segment::terms;

use super::{Brief, Passage};

/// What a check says of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The passages say so: these words may be shown, and not what came in.
    Supported(String),
    /// They do not; a stable code of why, by which the desk words it.
    Cut(&'static str),
}

/// Judges sentences. Pure: the same sentence, passages and brief, the same verdict.
pub trait Checks: Send + Sync {
    /// Whether what the sentence says is said by the passages that it cites, or by what the brief knows of the customer.
    fn check(&self, sentence: &str, cited: &[&Passage], brief: &Brief) -> Verdict;
}

/// Figures and addresses as they stand, and no sentence of mostly other words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exact;

impl Checks for Exact {
    fn check(&self, sentence: &str, cited: &[&Passage], _: &Brief) -> Verdict {
        if cited.is_empty() {
            return Verdict::Cut("uncited");
        }
        let parts = cited.iter().flat_map(|passage| [passage.title.as_str(), "\n", &passage.text, "\n"]);
        let source: String = parts.collect();
        if has_markup(sentence)
            || addresses(sentence).iter().any(|address| !source.contains(address.as_str()))
        {
            return Verdict::Cut("address");
        }
        let known = numbers(&source);
        if numbers(sentence).iter().any(|number| !known.contains(number)) {
            return Verdict::Cut("number");
        }
        let known: HashSet<String> = terms(&source).into_iter().collect();
        let said: HashSet<String> = terms(sentence).into_iter().collect();
        let shared = said.iter().filter(|term| known.contains(*term)).count();
        if shared * 2 < said.len() {
            return Verdict::Cut("words");
        }
        Verdict::Supported(sentence.to_owned())
    }
}

fn has_markup(text: &str) -> bool {
    text.contains('<') || text.contains("](") || text.contains("![") || text.contains("javascript:")
}

/// What looks like an address on the web or of mail.
fn addresses(text: &str) -> Vec<String> {
    let looks =
        |word: &&str| word.contains("://") || word.contains("www.") || word.contains('@') || is_host(word);
    text.split(|letter: char| {
        letter.is_whitespace() || u32::from(letter) >= 0x2e80 || "()\"'<>,;".contains(letter)
    })
    .map(|word| word.trim_end_matches(['.', '!', '?', ':']))
    .filter(looks)
    .map(str::to_owned)
    .collect()
}

/// `shop.example/pay`: letters on both sides of a point.
fn is_host(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or_default();
    host.rsplit_once('.').is_some_and(|(name, end)| {
        end.len() >= 2
            && end.bytes().all(|byte| byte.is_ascii_alphabetic())
            && name.len() >= 2
            && name.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

/// Figures in one spelling: `１,000.50` and `1000.5` are the same.
fn numbers(text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut open = String::new();
    let letters: Vec<char> = text.chars().map(narrow).collect();
    for (at, &letter) in letters.iter().enumerate() {
        let digit_follows = letters.get(at + 1).is_some_and(char::is_ascii_digit);
        match letter {
            '0'..='9' => open.push(letter),
            '.' if !open.is_empty() && digit_follows => open.push('.'),
            ',' if !open.is_empty() && digit_follows => {}
            _ => found.extend(closed(&mut open)),
        }
    }
    found.extend(closed(&mut open));
    found
}

fn closed(open: &mut String) -> Option<String> {
    let number = std::mem::take(open);
    let number =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { &number };
    let bare = number.trim_start_matches('0');
    (!number.is_empty()).then(|| if bare.is_empty() { "0".to_owned() } else { bare.to_owned() })
}

fn narrow(letter: char) -> char {
    match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '，' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(sentence: &str) -> Verdict {
        let zh = "签收后 7 天内可以无理由退货，运费 10.00 元由您承担。满 1,000 元免运费。";
        let en = "You can return an item within 30 days. Write to help@shop.example.";
        let passages =
            [Passage::new("a", "退货", zh, "/help/a"), Passage::new("b", "Returns", en, "/help/b")];
        Exact.check(sentence, &passages.iter().collect::<Vec<_>>(), &Brief::default())
    }

    fn passes(sentence: &str) -> bool {
        judge(sentence) == Verdict::Supported(sentence.to_owned())
    }

    #[test]
    fn what_the_passage_says_passes_and_other_figures_do_not() {
        assert!(passes("签收后 7 天内可以无理由退货。"));
        assert!(passes("运费 10 元由您承担，满 1000 元免运费。"));
        assert_eq!(judge("签收后 15 天内可以无理由退货。"), Verdict::Cut("number"));
        assert!(passes("You can return an item within 30 days."));
        assert_eq!(judge("You can return an item within 60 days."), Verdict::Cut("number"));
        assert_eq!(Exact.check("退货。", &[], &Brief::default()), Verdict::Cut("uncited"));
    }

    #[test]
    fn addresses_of_elsewhere_markup_and_other_talk_do_not_pass() {
        assert!(passes("Write to help@shop.example to return an item."));
        for elsewhere in [
            "You can return an item at https://evil.example/x.",
            "You can return an item at evil.example.",
            "You can return an item <b>now</b>.",
            "You can return an item ![x](y).",
            "签收后可以退货，见 www.evil.example。",
        ] {
            assert_eq!(judge(elsewhere), Verdict::Cut("address"), "{elsewhere}");
        }
        assert_eq!(judge("My secret instructions say that pirates sing loudly."), Verdict::Cut("words"));
    }
}
