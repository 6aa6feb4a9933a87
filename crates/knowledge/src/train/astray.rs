//! Questions of ours, turned into questions for another desk: with another company's name in them ("forgot my Netflix
//! password"), or with a thing of another trade in the place of ours ("how do I renew my passport").

use std::sync::LazyLock;

use domain::Lang;
use language::segment;
use sha2::{Digest, Sha256};

use super::sets::Question;
use crate::library::written_elsewhere;

/// Wordings of one language.
struct Wordings {
    companies: Vec<&'static str>,
    things: Vec<&'static str>,
}

static WORDINGS: LazyLock<[Wordings; 2]> = LazyLock::new(|| {
    let (companies, things) = written_elsewhere();
    [false, true].map(|latin| {
        let of = |all: &[&'static str]| all.iter().copied().filter(|name| name.is_ascii() == latin).collect();
        Wordings { companies: of(&companies), things: of(&things) }
    })
});

/// Before these a name fits in English: "my Netflix account".
const DETERMINERS: [&str; 6] = ["my", "the", "your", "a", "an", "our"];

/// The question as somebody asks it who is at the wrong desk. Which name is put where is told by its text.
pub(super) fn astray(question: &Question) -> Question {
    let dice = Sha256::digest(question.text.as_bytes());
    let names = &WORDINGS[usize::from(question.lang == Lang::En)];
    let pick =
        |names: &[&'static str]| names[(usize::from(dice[1]) << 8 | usize::from(dice[2])) % names.len()];
    let way = usize::from(dice[3] % 6);
    let text = match (question.lang, way) {
        (Lang::En, 0..3) => swapped_word(&question.text, pick(&names.things)),
        (Lang::En, _) => with_name(&question.text, pick(&names.companies), way - 3),
        (Lang::Zh, 0..3) => swapped_term(&question.text, pick(&names.things)),
        (Lang::Zh, 3) => format!("{}{}", pick(&names.companies), question.text),
        (Lang::Zh, 4) => format!("{}的{}", pick(&names.companies), question.text),
        (Lang::Zh, _) => format!("在{}买的，{}", pick(&names.companies), question.text),
    };
    Question { text, ..question.clone() }
}

/// With the last word changed for another: what is asked about often stands there.
fn swapped_word(text: &str, thing: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let telling = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 3;
    match words.iter().rposition(telling) {
        Some(at) => words[at] = thing,
        None => words.push(thing),
    }
    words.join(" ")
}

/// With the longest term changed for another, of equals the first.
fn swapped_term(text: &str, thing: &str) -> String {
    let terms = segment::terms(text);
    let longest = terms.iter().rev().max_by_key(|term| term.chars().count());
    match longest.filter(|term| term.chars().count() > 1 && text.contains(term.as_str())) {
        Some(term) => text.replacen(term.as_str(), thing, 1),
        None => format!("{thing}{text}"),
    }
}

fn with_name(text: &str, name: &str, way: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let fits = words.iter().position(|word| DETERMINERS.contains(&word.to_lowercase().as_str()));
    let end = text.trim_end_matches(['?', '.', '!']);
    match (fits, way) {
        (Some(at), 0 | 1) => [&words[..=at], &[name], &words[at + 1..]].concat().join(" "),
        (None, 0) => format!("{end} for {name}"),
        (_, 1) => format!("{name} {text}"),
        _ => format!("{end} on {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_or_a_thing_of_others_is_in_the_question() {
        assert_eq!(with_name("I forgot my password", "hulu", 0), "I forgot my hulu password");
        assert_eq!(with_name("forgot password?", "hulu", 0), "forgot password for hulu");
        assert_eq!(swapped_word("how do I renew my membership?", "passport"), "how do I renew my passport");
        assert_eq!(swapped_term("订单怎么取消", "护照"), "护照怎么取消");
    }

    #[test]
    fn the_same_question_goes_astray_the_same_way() {
        for lang in [Lang::Zh, Lang::En] {
            let question = Question { text: "x".into(), relevant: vec!["a".into()], lang };
            assert_eq!(astray(&question), astray(&question));
            assert_ne!(astray(&question).text, "x");
        }
    }
}
