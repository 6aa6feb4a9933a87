//! What is denied on one side only.

use std::ops::Range;

use super::{
    lists::{Concept, groups},
    matched::{Matched, Matches},
    source::Source,
    words::{Text, Word},
};

/// Denials of a sentence against those of the lines that say most of it.
#[derive(Default)]
pub(super) struct Polarity {
    /// How much the most telling word weighs that only the sentence denies.
    pub(super) here_only: f32,
    /// The same of the source.
    pub(super) there_only: f32,
    /// Denials of the sentence.
    pub(super) here: f32,
    /// Denials of the best line.
    pub(super) there: f32,
    /// Clauses of which one side denies what the other says.
    pub(super) parity: f32,
    /// How much of the worst of them the source has.
    pub(super) parity_covered: f32,
    /// How much the most telling word weighs before which something is, here only and there only.
    pub(super) ahead: [f32; 2],
    /// Denials that say what the source says without one, with what they reach.
    excused: Vec<Range<usize>>,
}

impl Polarity {
    /// By words and by clauses.
    pub(super) fn of(text: &Text, source: &Source, matched: &Matched, evidence: &[Range<usize>]) -> Self {
        let mut found = Self::default();
        let denials = |words: &[Word]| words.iter().filter(|word| word.denial).count() as f32;
        for clause in &text.clauses {
            let reaches = reaches(&text.words, clause);
            found
                .excused
                .extend(reaches.filter(|reach| says_free(&text.words[reach.clone()], source, evidence)));
        }
        found.here = denials(&text.words) - found.excused.len() as f32;
        found.there = evidence.first().map_or(0.0, |range| denials(&source.text.words[range.clone()]));
        for clause in &text.clauses {
            // Where both deny, which of the words stand behind the denial is a matter of order.
            if !found.by_clause(clause, text, source, matched, evidence) {
                found.by_words(clause, text, source, matched, evidence);
            }
        }
        found
    }

    /// Whether a word stands in a denial that says what the source says without one.
    pub(super) fn is_excused(&self, at: usize) -> bool {
        self.excused.iter().any(|reach| reach.contains(&at))
    }

    fn by_words(
        &mut self,
        clause: &Range<usize>,
        text: &Text,
        source: &Source,
        matched: &Matched,
        evidence: &[Range<usize>],
    ) {
        for at in clause.clone().filter(|&at| text.words[at].tells()) {
            let word = &text.words[at];
            let found = &matched.words[at];
            let Some(known) = found.known.filter(|_| found.closeness > 0.7) else { continue };
            let places = source.known[known].places.iter().map(|&place| place as usize);
            let (mut denied, mut plain, mut ahead_there) = (false, false, false);
            for place in places.filter(|place| evidence.iter().any(|range| range.contains(place))) {
                denied |= source.text.words[place].denied;
                plain |= !source.text.words[place].denied;
                ahead_there |= is_ahead(&source.text.words, place);
            }
            let ahead = ahead_there || is_ahead(&text.words, at);
            let (here, there) = (is_ahead(&text.words, at), ahead_there && !is_ahead(&text.words, at));
            if here && !ahead_there {
                self.ahead[0] = self.ahead[0].max(word.weight);
            } else if there && !word.denied {
                self.ahead[1] = self.ahead[1].max(word.weight);
            }
            if self.is_excused(at) {
                continue;
            }
            if word.denied && plain && !denied && !ahead {
                self.here_only = self.here_only.max(word.weight.max(LEAST));
            } else if !word.denied && denied && !plain && !ahead {
                self.there_only = self.there_only.max(word.weight.max(LEAST));
            }
        }
    }

    /// Says whether both deny.
    fn by_clause(
        &mut self,
        clause: &Range<usize>,
        text: &Text,
        source: &Source,
        matched: &Matched,
        evidence: &[Range<usize>],
    ) -> bool {
        let words = &text.words;
        let telling: Vec<usize> = clause.clone().filter(|&at| words[at].tells()).collect();
        let mass = telling.iter().map(|&at| words[at].weight).sum::<f32>();
        if mass < 0.2 {
            return false;
        }
        let covered = |other: &Range<usize>| {
            let have = telling.iter().map(|&at| words[at].weight * matched.in_line(at, other).unwrap_or(0.0));
            have.sum::<f32>() / mass
        };
        let inside = source.text.clauses.iter().filter(|other| {
            evidence.iter().any(|range| range.start <= other.start && other.end <= range.end)
        });
        let best = inside
            .map(|other| (covered(other), other))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.start.cmp(&a.1.start)));
        let Some((share, other)) = best else { return false };
        let here = reaches(words, clause).filter(|reach| {
            !self.is_excused(reach.start)
                && !reach.clone().any(|at| known_ahead(at, matched, source, evidence))
        });
        // A denial counts where the sentence speaks of what it denies.
        let spoken = |place: usize| {
            let word = &source.text.words[place].text;
            let known = source.by_text.get(word);
            telling.iter().any(|&at| {
                known.is_some() && matched.words[at].known.as_ref() == known
                    || groups(word).iter().any(|group| groups(&words[at].text).contains(group))
            })
        };
        let ahead = |place: usize| {
            let known = source.by_text.get(&source.text.words[place].text);
            telling.iter().any(|&at| matched.words[at].known.as_ref() == known && is_ahead(words, at))
        };
        let there = reaches(&source.text.words, other).filter(|reach| {
            let denied = || reach.clone().filter(|&place| source.text.words[place].denied);
            denied().next().is_none() || denied().any(spoken) && !denied().any(ahead)
        });
        let here: Vec<Range<usize>> = here.collect();
        let there = there.count();
        // Words that the source lacks may be another way to say what it denies.
        let strange = |reach: &Range<usize>| {
            !reach.clone().any(|at| words[at].denied && matched.words[at].closeness > 0.7)
        };
        let denies = source.text.words[other.clone()].iter().any(|word| word.denial);
        if there == 0 && denies && here.iter().all(strange) {
            return false;
        }
        if here.is_empty() != (there == 0) || here.len() % 2 != there % 2 {
            self.parity += 1.0;
            self.parity_covered = self.parity_covered.max(share);
        }
        !here.is_empty() && here.len() == there
    }
}

/// What the denial of a word weighs at least, however little the word tells.
const LEAST: f32 = 0.3;

/// Each denial of a clause with the words up to the next.
fn reaches<'a>(words: &'a [Word], clause: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
    let clause = clause.clone();
    // 不退不换 denies once.
    let again = move |at: usize| at >= 1 && words[at - 1].denial && words[at - 1].denied && words[at].denied;
    let begins = clause.clone();
    let first = move |at: &usize| words[*at].denial && !(begins.contains(&at.wrapping_sub(1)) && again(*at));
    clause.clone().filter(first).map(move |at| {
        let next = (at + 1..clause.end).find(|&next| words[next].denial && !again(next));
        at..next.unwrap_or(clause.end)
    })
}

/// What comes before something has not happened: "before it leaves", "发货前".
fn is_ahead(words: &[Word], at: usize) -> bool {
    let before = |word: &Word| {
        ["until", "till", "prior"].contains(&word.text.as_str()) || word.text.starts_with("befor")
    };
    let after = words.get(at + 1).is_some_and(|next| ["前", "之前", "以前"].contains(&next.text.as_str()));
    after || words[at.saturating_sub(8)..at].iter().any(before)
}

fn known_ahead(at: usize, matched: &Matched, source: &Source, evidence: &[Range<usize>]) -> bool {
    let places = evidence.iter().filter_map(|line| matched.place_in(at, line));
    places.into_iter().any(|place| is_ahead(&source.text.words, place as usize))
}

/// How a denial says that something is free.
const NOTHING: [&str; 28] = [
    "不用交",
    "不用花",
    "无需交",
    "不会收",
    "notcharg",
    "noextra",
    "noaddit",
    "notcost",
    "dontcharg",
    "doesntcost",
    "不用交钱",
    "不用付",
    "不用钱",
    "不收",
    "不要钱",
    "不花钱",
    "无需付",
    "无需支付",
    "不需要付",
    "nocharg",
    "nofee",
    "withoutcharg",
    "wontpai",
    "wontpay",
    "wontcost",
    "dontpai",
    "dontpay",
    "donthavetopai",
];

/// Whether a denial says what the source says without one: "at no charge" of what is free, "without interest" of
/// "interest-free".
fn says_free(reach: &[Word], source: &Source, evidence: &[Range<usize>]) -> bool {
    // Where the source denies it in the same words, both deny.
    let same = |range: &Range<usize>| {
        reaches(&source.text.words, range).any(|there| {
            let there = source.text.words[there].iter().find(|word| word.tells());
            let here = reach.iter().find(|word| word.tells());
            here.is_some() && here.map(|word| &word.text) == there.map(|word| &word.text)
        })
    };
    let free = source.concepts & Concept::Free.bit() > 0 && !evidence.iter().any(same);
    let without = reach
        .iter()
        .skip(1)
        .find(|word| word.tells())
        .is_some_and(|word| source.text.low.contains(&format!("{}-free", word.text)));
    free && costs_nothing(reach) || without
}

fn costs_nothing(words: &[Word]) -> bool {
    // 不收 is one word whose denial was taken off.
    let all: String = words.iter().take(4).map(|word| word.text.as_str()).collect();
    NOTHING.iter().any(|said| all.starts_with(said) || format!("不{all}").starts_with(said))
}

const YES: [&str; 16] = [
    "可以",
    "可以的",
    "能",
    "能的",
    "是的",
    "有",
    "有的",
    "支持",
    "支持的",
    "会",
    "会的",
    "当然可以",
    "yes",
    "sure",
    "certainly",
    "of course",
];
const NO: [&str; 16] = [
    "不能",
    "不能的",
    "不可以",
    "不可以的",
    "不是",
    "不是的",
    "没有",
    "没有的",
    "不支持",
    "不会",
    "不会的",
    "不行",
    "no",
    "unfortunately not",
    "unfortunately no",
    "不可以哦",
];

/// Whether it begins with yes where the source begins with no, or the other way round.
pub(super) fn opens_otherwise(here: &str, there: &str) -> bool {
    let opened: Vec<bool> = there.split(['\n', '。', '.']).filter_map(opens).collect();
    opens(here).is_some_and(|yes| !opened.is_empty() && !opened.contains(&yes))
}

/// Whether a text begins with yes or with no; `None` where it begins with neither.
pub(super) fn opens(text: &str) -> Option<bool> {
    let mut clauses = text.split([',', '，', '。', '.', '!', '！', ';', ':', '：']).map(str::trim);
    let first = clauses.find(|clause| !["您好", "你好", "亲", "", "抱歉", "sorry"].contains(clause))?;
    match first {
        _ if YES.contains(&first) => Some(true),
        _ if NO.contains(&first) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::entail::{Source, look};

    #[test]
    fn what_is_denied_on_one_side_only_is_seen() {
        let denied = |sentence: &str, source: &str| look(sentence, &Source::read(source)).1.denied;
        for (lie, source) in [
            ("成为会员需要办卡。", "免费，登录后您就成为会员，不需要办卡。"),
            ("扔了纸箱就不能退货。", "外面的纸箱扔了不影响退货。"),
            ("售出后可以退换。", "礼品卡售出后不退不换。"),
            ("不能，网上可以投保。", "可以，网上可以投保。"),
            ("Yes, you can reserve a seat.", "No, we do not offer seat reservation."),
            ("The address cannot be changed.", "The address can be changed until the parcel has left."),
        ] {
            assert!(denied(lie, source), "{lie}");
        }
        for (truth, source) in [
            ("没发货的订单，客服可以帮您更换颜色。", "未发货的订单可以由客服帮您更换颜色。"),
            ("还没发货的话，可以取消订单。", "发货前您可以取消订单。"),
            ("不用交钱，登录后就成为会员。", "免费，登录后您就成为会员。"),
            ("You can change it as long as it has not left.", "It can be changed until it has left."),
            ("您的信息不会给第三方。", "您的信息不提供给第三方。"),
            ("循环箱请交还给快递员，不收押金。", "我们免费补发。循环箱请交还给快递员，不收押金。"),
            ("A bag must not weigh more than 8 kg.", "A bag may weigh up to 8 kg."),
            ("Unfortunately you can't return it.", "It cannot be returned."),
            ("You can pay without interest.", "You can pay interest-free."),
            (
                "Once you report the loss, you are not liable.",
                "You are not liable after you report the loss.",
            ),
        ] {
            assert!(!denied(truth, source), "{truth}");
        }
    }
}
