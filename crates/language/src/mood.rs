//! How a customer feels, read off words: a first, honest guess.

use crate::{emoji, segment};

/// A feeling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mood {
    /// Pleased, thankful.
    Positive,
    /// Nothing to tell by.
    Neutral,
    /// Displeased.
    Negative,
    /// About to complain or to leave.
    Angry,
}

impl Mood {
    /// `positive`, `neutral`, `negative` or `angry`, as traces name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Neutral => "neutral",
            Self::Negative => "negative",
            Self::Angry => "angry",
        }
    }
}

const GLAD: &str = "谢谢 感谢 多谢 满意 喜欢 很好 不错 挺好 真好 太好 好评 开心 高兴 赞 棒 厉害 贴心 完美 值得 推荐 舒服 漂亮 好吃 好用 好看 很快 及时 热情 耐心 \
    thank thanks great good nice love excel excellent awesome amaz perfect happi happy glad wonder appreci fantast best helpful help pleas delight satisfi cool super fast friendli";
/// Words of feeling only: what goes wrong with a parcel (破损, late, broken) is a topic, not a mood.
const SAD: &str = "差 坏 失望 不满 后悔 郁闷 难受 难吃 难看 难用 无语 臭 破 烂 差评 糟糕 糟 敷衍 生气 着急 太久 没用 投诉 举报 差劲 坑 气人 心烦 烦人 烦 委屈 不像话 不负责 不理人 \
    bad poor terribl horribl aw awful worst hate disappoint useless annoy frustrat upset unhappi sad rude unaccept complaint mess joke nightmar ignor wast";
const FURIOUS: &str = "垃圾 骗子 骗人 欺骗 诈骗 曝光 律师 起诉 工商 消协 12315 恶心 愤怒 气死 忍无可忍 滚 混蛋 王八蛋 傻逼 妈的 他妈的 操 无耻 坑人 坑爹 黑店 太过分 过分 受够 \
    scam fraud furious angri angry sue lawyer ridicul disgust pathet damn hell shit fuck fucking bullshit crap liar stupid idiot outrag rip-off ripoff thiev";
const NOT: &str = "不 没 没有 别 未 无 不是 不太 不够 非 毫无 not no never dont doesnt didnt isnt wasnt cant cannot wont aint without hardli";

/// The mood of a text and how sure that is, from 0 to 1.
pub fn mood(text: &str) -> (Mood, f32) {
    let normal = crate::normal::normalise(segment::head(text));
    let (mut glad, mut sad, mut furious, mut negated) = (0.0_f32, 0.0_f32, 0.0_f32, 0);
    for term in segment::terms_of(&normal) {
        let listed = |list: &str| list.split_ascii_whitespace().any(|word| word == term);
        let turned = negated > 0;
        if listed(NOT) {
            negated = 3;
            continue;
        }
        negated -= i32::from(turned);
        match (listed(GLAD), listed(SAD), listed(FURIOUS), turned) {
            (true, _, _, false) | (_, true, _, true) => glad += if turned { 0.5 } else { 1.0 },
            (_, true, _, false) | (true, _, _, true) => sad += 1.0,
            (_, _, true, turned) => furious += if turned { 0.3 } else { 1.0 },
            _ => {}
        }
    }
    for feeling in text.chars().take(segment::LONGEST).filter_map(emoji::feeling) {
        match feeling {
            Mood::Positive => glad += 1.0,
            Mood::Angry => furious += 1.0,
            _ => sad += 1.0,
        }
    }
    // Shouting makes an unhappy text angrier; alone it says nothing.
    if text.matches(['!', '！']).count() >= 3 && sad > 0.0 {
        furious += 0.6;
    }
    let (best, weight, against) = if furious >= 0.6 {
        (Mood::Angry, furious + sad, glad)
    } else if sad > glad {
        (Mood::Negative, sad + furious, glad)
    } else if glad > sad {
        (Mood::Positive, glad, sad)
    } else {
        return (Mood::Neutral, if glad > 0.0 { 0.4 } else { 0.7 });
    };
    (best, ((weight + 0.5) / (weight + against + 1.0)).min(0.95))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_tell_the_mood_and_a_no_turns_it() {
        for (text, expected) in [
            ("谢谢，很满意", Mood::Positive),
            ("thanks, that was great", Mood::Positive),
            ("东西太差了，失望", Mood::Negative),
            ("this is not good", Mood::Negative),
            ("你们就是骗子，我要投诉！！！", Mood::Angry),
            ("This is a scam and I am furious", Mood::Angry),
            ("怎么退货", Mood::Neutral),
            ("where is my order", Mood::Neutral),
            ("我只想退其中两个盘子行不行", Mood::Neutral),
            ("收到的碗破损了怎么办", Mood::Neutral),
            ("my parcel is late, what now", Mood::Neutral),
            ("还没到😡", Mood::Angry),
            ("it arrived 👍🏽", Mood::Positive),
            ("还没发货😭😭", Mood::Negative),
            ("", Mood::Neutral),
        ] {
            assert_eq!(mood(text).0, expected, "{text}");
        }
    }

    proptest! {
        /// A confidence is a probability.
        #[test]
        fn confidence_stays_between_nothing_and_certainty(text in r"(?s).*") {
            let (_, confidence) = mood(&text);
            prop_assert!((0.0..=1.0).contains(&confidence));
        }
    }
}
