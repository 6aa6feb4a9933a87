//! Follow-ups: messages that lean on what was said before.
//!
//! 「那运费呢」 says half of a question; the other half is what was talked about. Such a message is searched alone and
//! joined with that topic, and the better supported reading counts. A message that says all of its question is read
//! alone, whatever was said before.

use std::collections::HashSet;

use domain::{EntryId, Exchange, Kind, Lang, Past, Rung};
use knowledge::{Hit, take_first_place};
use language::normal::{core, normalise};

mod words;

use words::{
    ASKS_ZH, ELSE, GOES_ON_EN, GOES_ON_ZH, LITTLE_EN, LITTLE_ZH, POINTS_EN, POINTS_ZH, TRAILS_ZH, WHOLE_EN,
    WHOLE_ZH,
};

/// How much a message needs what was said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lean {
    /// It says all of its question.
    Whole,
    /// It is short: it may.
    Short,
    /// Its form says that it goes on.
    Leaning,
}

/// What was talked about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Topic {
    /// The words of the question that tell what it is about.
    pub(crate) words: String,
    /// The entries that were given to it.
    pub(crate) used: Vec<EntryId>,
}

/// So far back lies a topic that a follow-up may mean; small talk in between does not count.
const BACK: usize = 3;
/// Among so many of the first hits of a joined reading an entry may come before an article.
const BEHIND_AN_ARTICLE: usize = 4;
/// A follow-up has at most so many characters (Chinese) or words (English).
const SHORT_ZH: usize = 9;
const SHORT_EN: usize = 5;
const LONGEST_ZH: usize = 16;
const LONGEST_EN: usize = 11;

/// How much this message needs what was said before.
pub(crate) fn lean(meant: &str, lang: Lang) -> Lean {
    let text = normalise(meant);
    if ELSE.iter().any(|other| text.contains(other)) {
        return Lean::Whole;
    }
    match lang {
        Lang::Zh => lean_zh(&text),
        Lang::En => lean_en(&text),
    }
}

fn lean_zh(text: &str) -> Lean {
    let length = text.chars().filter(|ch| !ch.is_whitespace()).count();
    let bare = about_zh(text);
    let says = bare.chars().filter(|ch| !ch.is_whitespace()).count();
    let goes_on = GOES_ON_ZH.iter().any(|word| text.starts_with(word));
    let points = POINTS_ZH.iter().any(|word| text.contains(word));
    let asks = ASKS_ZH.iter().any(|word| text.contains(word));
    let trails = text.ends_with('呢') && !asks;
    if length > LONGEST_ZH {
        return Lean::Whole;
    }
    if ((trails || says <= 1) && length <= SHORT_ZH) || (points && says <= 5) {
        return Lean::Leaning;
    }
    if goes_on && says <= 5 {
        return if asks && says > 3 { Lean::Short } else { Lean::Leaning };
    }
    if length <= SHORT_ZH { Lean::Short } else { Lean::Whole }
}

fn lean_en(text: &str) -> Lean {
    let words: Vec<&str> = text.split_whitespace().collect();
    let says = words.iter().filter(|word| !LITTLE_EN.contains(word)).count();
    let begins = |phrase: &&str| {
        text.strip_prefix(*phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let goes_on = GOES_ON_EN.iter().any(begins);
    let points = words.iter().any(|word| POINTS_EN.contains(word));
    if words.len() > LONGEST_EN {
        return Lean::Whole;
    }
    if points && says <= 2 || goes_on && says <= 3 || says <= 1 {
        return Lean::Leaning;
    }
    if words.len() <= SHORT_EN || says <= 2 { Lean::Short } else { Lean::Whole }
}

/// What half a question may ask in full, likeliest first; nothing where it names nothing.
pub(crate) fn in_full(meant: &str, lang: Lang) -> Vec<String> {
    let thing = about(meant, lang);
    match lang {
        // "Can I return it" asks no price.
        _ if asks_by_itself(meant, lang) => Vec::new(),
        _ if thing.chars().nth(1).is_none() => Vec::new(),
        Lang::Zh => vec![format!("{thing}多少"), format!("{thing}怎么办"), thing],
        Lang::En => vec![format!("how much is {thing}"), thing],
    }
}

/// Whether it has the form of a whole question: 「那运费呢」 and "and the shipping?" have none.
fn asks_by_itself(meant: &str, lang: Lang) -> bool {
    let low = normalise(meant);
    match lang {
        Lang::Zh => WHOLE_ZH.iter().any(|word| low.contains(word)),
        Lang::En => low.split_whitespace().next().is_some_and(|first| WHOLE_EN.contains(&first)),
    }
}

/// Whether words are left beside those that every question has.
pub(crate) fn says_something(text: &str, lang: Lang) -> bool {
    !about(text, lang).is_empty()
}

/// Whether a message names what was talked about itself: then it needs no context.
pub(crate) fn names(topic: &Topic, meant: &str, lang: Lang) -> bool {
    let own = about(meant, lang);
    match lang {
        Lang::Zh => own.contains(&topic.words),
        Lang::En => {
            let words: Vec<&str> = own.split_whitespace().collect();
            topic.words.split_whitespace().all(|word| words.contains(&word))
        }
    }
}

/// Whether a hit speaks of what a message says beside its topic; where that is only a word of asking (「多久」), whether
/// it is asked the same way.
pub(crate) fn bears_on(meant: &str, hit: &Hit, lang: Lang) -> bool {
    let terms = |text: &str| language::segment::terms(text);
    let named: HashSet<String> = terms(&hit.title).into_iter().chain(terms(&hit.closest)).collect();
    let own = about(meant, lang);
    let wanted = if own.is_empty() { core(meant) } else { own };
    terms(&wanted).iter().any(|term| named.contains(term))
}

/// The topic of the latest exchange that had one.
pub(crate) fn topic(past: &Past, lang: Lang) -> Option<Topic> {
    let talked = |exchange: &&Exchange| !matches!(exchange.rung, Some(Rung::Smalltalk | Rung::Handover));
    let latest = past.exchanges.iter().rev().take(BACK).find(talked)?;
    // Advice cites no entry, and none speaks of the freight of a gift: what follows it is asked alone.
    let advice = latest.used.is_empty() && latest.rung == Some(Rung::Composed);
    let latest = Some(latest).filter(|_| !advice)?;
    Topic::of(latest.understood(), latest.used.clone(), lang)
}

impl Topic {
    /// What a question is about; `None` if it says nothing.
    pub(crate) fn of(question: &str, used: Vec<EntryId>, lang: Lang) -> Option<Self> {
        // A long story does not fit into a search for something else.
        const LONGEST: usize = 160;
        let words: String = about(question, lang).chars().take(LONGEST).collect();
        // A single character is no topic.
        words.chars().nth(1).map(|_| Self { words, used })
    }
}

/// A message joined with a topic: the topic's words, then its own.
pub(crate) fn joined(topic: &Topic, meant: &str, lang: Lang) -> String {
    let own = core(meant);
    let own = match lang {
        Lang::Zh => GOES_ON_ZH.iter().find_map(|word| own.strip_prefix(word)).unwrap_or(&own).to_owned(),
        Lang::En => {
            let text =
                GOES_ON_EN.iter().find_map(|word| own.strip_prefix(&format!("{word} "))).unwrap_or(&own);
            let words = text.split_whitespace().filter(|word| !POINTS_EN.contains(word));
            words.collect::<Vec<_>>().join(" ")
        }
    };
    // 「那运费呢」 after 「怎么退货」 asks about one thing of another: 退货的运费.
    let of_it = lang == Lang::Zh && normalise(meant).ends_with('呢');
    format!("{}{}{own}", topic.words, if of_it { "的" } else { " " })
}

/// The words of a question that tell what it is about.
pub(crate) fn about(question: &str, lang: Lang) -> String {
    let text = core(question);
    match lang {
        Lang::Zh => about_zh(&text),
        Lang::En => {
            let words = text.split_whitespace().filter(|word| !LITTLE_EN.contains(word));
            words.collect::<Vec<_>>().join(" ")
        }
    }
}

fn about_zh(text: &str) -> String {
    let mut rest = text.to_owned();
    for word in ASKS_ZH.iter().chain(TRAILS_ZH) {
        rest = rest.replace(word, " ");
    }
    let told = rest.split_whitespace().map(trim_little).filter(|piece| !piece.is_empty());
    told.collect::<Vec<_>>().join(" ")
}

fn trim_little(mut piece: &str) -> &str {
    loop {
        let shorter =
            LITTLE_ZH.iter().find_map(|word| piece.strip_prefix(word).or_else(|| piece.strip_suffix(word)));
        match shorter {
            Some(shorter) => piece = shorter,
            None => return piece,
        }
    }
}

/// The hits of the joined reading if they are better supported than those of the message alone. What was given
/// already is not what is asked for next: it stands back, and the others share its probability.
pub(crate) fn better(
    lean: Lean,
    alone: &[Hit],
    joined: &[Hit],
    topic: &Topic,
    names_new: impl Fn(&Hit) -> bool,
    line: impl Fn(&Hit) -> bool,
) -> Option<Vec<Hit>> {
    let given: f32 =
        joined.iter().filter(|hit| topic.used.contains(&hit.entry)).map(|hit| hit.probability).sum();
    let share = 1.0 / (1.0 - given.min(0.75));
    let rest = joined.iter().filter(|hit| !topic.used.contains(&hit.entry)).cloned();
    let mut rest: Vec<Hit> = rest
        .map(|hit| Hit { probability: (hit.probability * share).min(0.99), near_exact: false, ..hit })
        .collect();
    entry_first(&mut rest, names_new);
    let next = rest.first()?;
    let now = alone.first();
    let same = now.is_some_and(|now| now.entry == next.entry);
    let own = now.map_or(0.0, |now| if topic.used.contains(&now.entry) { 0.0 } else { now.probability });
    // Both readings name it: they speak for each other.
    let both = 1.0 - (1.0 - own) * (1.0 - next.probability);
    let wins = match lean {
        Lean::Whole => false,
        Lean::Leaning => next.probability > own || (same && next.probability >= own),
        Lean::Short => line(next) && !now.is_some_and(|now| now.near_exact || line(now)),
    };
    if wins && same {
        rest[0].probability = rest[0].probability.max(both.min(0.99));
    }
    wins.then_some(rest)
}

/// An article holds most words of its topic, whatever is asked about it; an entry on what is new is the answer. What both
/// are likely, it is.
fn entry_first(hits: &mut [Hit], names_new: impl Fn(&Hit) -> bool) {
    if hits.first().is_none_or(|first| first.kind != Kind::Article) {
        return;
    }
    let is_it = |hit: &Hit| hit.kind == Kind::Answer && names_new(hit);
    if let Some(at) = hits.iter().take(BEHIND_AN_ARTICLE).position(is_it) {
        take_first_place(hits, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide;

    #[test]
    fn a_follow_up_is_told_by_its_form() {
        for text in ["那运费呢", "多久到", "它可以退吗", "白色的呢", "要多久"] {
            assert_eq!(lean(text, Lang::Zh), Lean::Leaning, "{text}");
        }
        for text in ["and in white?", "how long does that take?", "what about abroad", "and the oven?"] {
            assert_eq!(lean(text, Lang::En), Lean::Leaning, "{text}");
        }
        for text in ["换个问题，怎么开发票", "我昨天买的杯子今天收到的时候已经碎了怎么办"]
        {
            assert_eq!(lean(text, Lang::Zh), Lean::Whole, "{text}");
        }
        assert_eq!(lean("How do I change the phone number of my account?", Lang::En), Lean::Whole);
    }

    #[test]
    fn a_topic_is_what_a_question_is_about() {
        let words = |text, lang| Topic::of(text, vec![], lang).map(|topic| topic.words);
        assert_eq!(words("请问怎么退货呢", Lang::Zh).as_deref(), Some("退货"));
        assert_eq!(words("How do I return something?", Lang::En).as_deref(), Some("return"));
        assert_eq!(words("怎么", Lang::Zh), None);
    }

    #[test]
    fn who_names_the_topic_needs_no_context() {
        let topic = |text, lang| Topic::of(text, vec![], lang).unwrap();
        assert!(names(&topic("怎么退货", Lang::Zh), "怎么退货", Lang::Zh));
        assert!(names(&topic("怎么退货", Lang::Zh), "退货运费呢", Lang::Zh));
        assert!(!names(&topic("怎么退货", Lang::Zh), "那运费呢", Lang::Zh));
        assert!(names(&topic("How do I return it?", Lang::En), "who pays when I return it", Lang::En));
    }

    #[test]
    fn small_talk_in_between_does_not_change_the_topic() {
        let exchange =
            |asked: &str, rung| Exchange { asked: asked.to_owned(), rung: Some(rung), ..Exchange::default() };
        let past = Past {
            exchanges: vec![exchange("怎么退货", Rung::Exact), exchange("谢谢", Rung::Smalltalk)],
        };
        assert_eq!(topic(&past, Lang::Zh).unwrap().words, "退货");
    }

    #[test]
    fn after_advice_a_follow_up_is_asked_alone_and_in_full() {
        let advice = Exchange {
            asked: "送妈妈的礼物，200元以内".to_owned(),
            rung: Some(Rung::Composed),
            ..Exchange::default()
        };
        assert_eq!(topic(&Past { exchanges: vec![advice] }, Lang::Zh), None);
        assert_eq!(in_full("那运费呢", Lang::Zh)[0], "运费多少");
        assert_eq!(in_full("what about shipping", Lang::En)[0], "how much is shipping");
        assert_eq!(in_full("那呢", Lang::Zh), Vec::<String>::new());
    }

    #[test]
    fn an_entry_on_what_is_new_comes_before_an_article_on_the_topic() {
        let hit = |entry, kind, title: &str, probability| Hit {
            title: title.to_owned(),
            closest: title.to_owned(),
            ..decide::tests::hit(entry, kind, probability, false)
        };
        let found = |title| {
            let mut hits =
                vec![hit("returns", Kind::Article, "退货规则", 0.7), hit("cost", Kind::Answer, title, 0.2)];
            entry_first(&mut hits, |hit| bears_on("那运费呢", hit, Lang::Zh));
            (hits[0].entry.to_string(), hits[0].probability)
        };
        let (first, probability) = found("退货运费谁出");
        assert_eq!(first, "cost");
        assert!((probability - 0.9).abs() < 1e-6, "what both were likely, it is: {probability}");
        assert_eq!(found("退货要多久").0, "returns", "it says nothing of what is new");
    }
}
