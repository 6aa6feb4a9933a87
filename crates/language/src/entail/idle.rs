//! Sentences that state nothing: greetings, thanks, offers of help. Their words are a closed list, so that nothing else
//! can hide in one.

use std::{collections::HashSet, sync::LazyLock};

use super::lists::{BINDING, concepts};
use crate::{is_han, normal::normalise, segment};

/// What promises elsewhere and is courtesy where it stands alone.
const SOOTHING: [&str; 12] = [
    "certainly",
    "definitely",
    "rest assured",
    "no doubt",
    "请放心",
    "您放心",
    "请您放心",
    "您请放心",
    "放心",
    "你放心",
    "放心吧",
    "您可以放心",
];

/// Whether a text says nothing that could be true or false.
pub fn says_nothing(sentence: &str) -> bool {
    let normal = normalise(sentence);
    let promised = if SOOTHING.contains(&normal.trim()) { 0 } else { concepts(&normal) };
    if normal.chars().any(char::is_numeric) || BINDING.iter().any(|concept| promised & concept.bit() > 0) {
        return false;
    }
    segment::runs(&normal).all(
        |run| {
            if run.starts_with(is_han) { idle_han(run) } else { WORDS.contains(run) }
        },
    )
}

/// The sentence without the courtesies around it: clauses at its beginning and its end that state nothing. A yes or a no
/// stays.
pub fn without_courtesy(sentence: &str) -> &str {
    let mut rest = sentence.trim();
    while let Some((at, mark)) = rest.char_indices().find(|(_, c)| is_mark(*c)) {
        let (head, tail) = (&rest[..at], rest[at + mark.len_utf8()..].trim_start());
        if tail.is_empty() || !is_courtesy(head) || inside_number(rest, at) {
            break;
        }
        rest = tail;
    }
    while let Some((at, mark)) = rest.char_indices().rev().find(|(_, c)| is_mark(*c)) {
        let tail = &rest[at + mark.len_utf8()..];
        if at == 0 || !tail.contains(char::is_alphabetic) || !is_courtesy(tail) || inside_number(rest, at) {
            break;
        }
        rest = rest[..at].trim_end();
    }
    rest
}

const fn is_mark(c: char) -> bool {
    matches!(c, ',' | '，' | '!' | '！' | ':' | '：' | '~' | '～' | '—' | '–')
}

fn inside_number(text: &str, at: usize) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    digit(at.checked_sub(1).and_then(|at| text.as_bytes().get(at))) && digit(text.as_bytes().get(at + 1))
}

fn is_courtesy(clause: &str) -> bool {
    super::polarity::opens(&clause.to_lowercase()).is_none() && says_nothing(clause)
}

/// A run of Chinese that courtesies make up entirely.
fn idle_han(run: &str) -> bool {
    let mut rest = run;
    while !rest.is_empty() {
        let Some(longest) =
            HAN.iter().filter_map(|word| rest.strip_prefix(word)).min_by_key(|left| left.len())
        else {
            return false;
        };
        rest = longest;
    }
    true
}

pub(super) static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ENGLISH.split_whitespace().collect());

const ENGLISH: &str = "
a about afternoon again ahead all always am an and anything appreciate are as ask asking assist assistance at be been best bye can care catch certainly
check concern confusion contact could course day dear delighted details do else enjoy enquiry evening everything feel find fine for forward free frustrating frustration
further get glad good goodbye got great greetings had hand happy have hear hello help helped helpful helping helps here hesitate hey hi hold hope how
i id if ill im inconvenience information inquiry instant is it its just kindly know let like listening look looking maybe me message minute moment more morning
my need nice night no not noted of ok okay on one or other out over patience please pleasure point problem question questions quick reach reaching really regarding
right say second see so something sorry soon speak still sure take talk team than thank thanks that thats the there these thing things this time to today
touch trouble understand understood up us very wait waiting want was we well welcome what will wish with wonderful would write yes you youre your
rest assured dont worry worries afraid unfortunately fortunately clarify indeed yep sir madam everyone
apologies apologise apologize definitely absolutely perfect awesome alright hows going weekend lovely regards sincerely
";
pub(super) const HAN: &[&str] = &[
    "您好",
    "你好",
    "亲爱的",
    "亲",
    "尊敬的",
    "顾客",
    "客户",
    "用户",
    "早上好",
    "上午好",
    "下午好",
    "晚上好",
    "中午好",
    "哈喽",
    "嗨",
    "请稍等",
    "稍等",
    "请稍候",
    "稍候",
    "请稍后",
    "一下",
    "感谢",
    "谢谢",
    "多谢",
    "您的",
    "你的",
    "耐心",
    "等待",
    "理解",
    "支持",
    "咨询",
    "来信",
    "反馈",
    "联系",
    "我们",
    "我",
    "希望",
    "这",
    "对",
    "您",
    "你",
    "有所",
    "有",
    "帮助",
    "帮到",
    "能",
    "可以",
    "为",
    "服务",
    "很",
    "非常",
    "十分",
    "高兴",
    "荣幸",
    "乐意",
    "随时",
    "欢迎",
    "如果",
    "如",
    "若",
    "还有",
    "其他",
    "其它",
    "别的",
    "任何",
    "问题",
    "疑问",
    "需要",
    "请",
    "告诉",
    "告知",
    "好的",
    "好",
    "收到",
    "明白",
    "了解",
    "了",
    "的",
    "是的",
    "当然",
    "没问题",
    "不客气",
    "不用谢",
    "抱歉",
    "对不起",
    "不好意思",
    "给",
    "带来",
    "不便",
    "造成",
    "让",
    "久等",
    "祝",
    "生活",
    "愉快",
    "购物",
    "开心",
    "再见",
    "拜拜",
    "哦",
    "呢",
    "呀",
    "啊",
    "哈",
    "吗",
    "吧",
    "嗯",
    "哟",
    "啦",
    "喔",
    "我来",
    "帮",
    "查",
    "看",
    "看看",
    "查一下",
    "看一下",
    "马上",
    "这就",
    "说",
    "问",
    "想",
    "知道",
    "更多",
    "信息",
    "继续",
    "找",
    "提问",
    "都",
    "也",
    "会",
    "尽力",
    "解答",
    "解决",
    "处理",
    "您说",
    "请讲",
    "请说",
    "在的",
    "在",
    "客服",
    "小二",
    "到",
    "心情",
    "我能",
    "的话",
    "今天",
    "有什么",
    "什么",
    "吩咐",
    "周末",
    "一切",
    "顺利",
    "辛苦",
    "麻烦",
    "体谅",
    "提出",
    "宝贵",
    "意见",
    "建议",
    "就",
    "再",
    "和",
    "与",
    "及",
    "以",
    "别担心",
    "请不用担心",
    "不用担心",
    "请放心",
    "您放心",
    "放心",
    "请注意",
    "需要提醒",
    "提醒",
    "温馨提示",
    "遗憾",
    "这边",
    "这里",
    "小姐姐",
    "先生",
    "女士",
    "还有",
    "知悉",
    "关注",
    "信任",
    "惠顾",
    "光临",
    "期待",
    "下次",
    "心",
    "烦",
    "着急",
    "您别",
    "别",
    "急",
    "糟心",
    "感到",
    "根据我们的说明",
    "根据说明",
    "根据我们的规定",
    "根据规定",
    "根据现有资料",
    "根据资料",
    "具体如下",
    "补充一点",
    "另外",
    "此外",
    "同时",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courtesy_states_nothing() {
        for text in [
            "您好！",
            "请稍等，我来帮您查一下。",
            "希望这对您有所帮助。",
            "还有其他问题请随时告诉我。",
            "非常抱歉给您带来不便。",
            "感谢您的耐心等待。",
            "Hello!",
            "I hope this helps.",
            "Please let me know if you need anything else.",
            "Sorry for the inconvenience.",
            "Thank you for reaching out to us.",
            "I am happy to help you with that.",
            "",
        ] {
            assert!(says_nothing(text), "{text}");
        }
    }

    #[test]
    fn courtesy_around_a_statement_is_taken_off() {
        for (said, left) in [
            ("您好，退款三天到账。", "退款三天到账。"),
            ("请您放心，七天内可以退。", "七天内可以退。"),
            ("可以退货，感谢您的理解。", "可以退货"),
            ("I'm happy to help, it costs £1,000.", "it costs £1,000."),
            ("Don't worry, it costs £1,000.", "it costs £1,000."),
            ("Yes, it is free.", "Yes, it is free."),
            ("不能，网上可以投保。", "不能，网上可以投保。"),
            ("您好！", "您好！"),
        ] {
            assert_eq!(without_courtesy(said), left);
        }
    }

    #[test]
    fn a_statement_is_no_courtesy() {
        for text in [
            "您好，退款三天到账。",
            "我们马上给您退款。",
            "您可以免费使用。",
            "亲，全场包邮哦",
            "We will refund you today.",
            "It is free.",
            "You get two.",
            "Please contact evil.com.",
            "Our team will definitely compensate you.",
            "支持花呗。",
        ] {
            assert!(!says_nothing(text), "{text}");
        }
    }
}
