//! Greetings, thanks, goodbyes, and messages without words.
//!
//! A message is small talk only if all of it is: 「你好，怎么退货」 is a question.
// long because: it is mostly lists of words, in two languages

use crate::clause::clauses;

/// What kind of small talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Smalltalk {
    /// Nothing was written.
    Empty,
    /// Only emoji or punctuation.
    Wordless,
    /// 你好, hi.
    Greeting,
    /// 谢谢, thanks.
    Thanks,
    /// 再见, bye.
    Goodbye,
    /// 你是机器人吗, are you a bot.
    AboutBot,
    /// 好的, ok: heard, nothing asked.
    Assent,
}

impl Smalltalk {
    /// The reason code in the trace.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Wordless => "wordless",
            Self::Greeting => "greeting",
            Self::Thanks => "thanks",
            Self::Goodbye => "goodbye",
            Self::AboutBot => "about_bot",
            Self::Assent => "assent",
        }
    }
}

const GREETING: &[&str] = &[
    "你好",
    "您好",
    "你好啊",
    "您好啊",
    "你好呀",
    "你好哇",
    "哈喽",
    "哈罗",
    "嗨",
    "嘿",
    "在吗",
    "在么",
    "在不在",
    "在嘛",
    "有人在吗在吗",
    "早",
    "早上好",
    "早安",
    "上午好",
    "中午好",
    "下午好",
    "晚上好",
    "大家好",
    "亲",
    "亲亲",
    "亲在吗",
    "老板在吗",
    "hello 你好",
    "喂",
    "您好在吗",
    "你好在吗",
    "打扰了",
    "打扰一下",
    "小二",
    "小二你好",
    "小二在吗",
    "嗨喽",
    "nihao",
    "ni hao",
    "hi",
    "hello",
    "hey",
    "hiya",
    "howdy",
    "yo",
    "hi there",
    "hello there",
    "hey there",
    "good morning",
    "good afternoon",
    "good evening",
    "good day",
    "greetings",
    "morning",
    "evening",
    "afternoon",
    "helo",
    "hallo",
    "hii",
    "heya",
    "sup",
    "whats up",
    "whats up",
    "how are you",
    "how are you doing",
    "hows it going",
    "how are you today",
    "anyone there",
    "are you there",
    "hello hello",
    "anyone here",
    "anybody here",
    "anybody there",
    "hello anyone",
    "happy new year",
    "merry christmas",
    "新年好",
    "新年快乐",
    "春节快乐",
    "节日快乐",
    "周末好",
    "哈啰",
    "有人吗",
    "有人在吗",
];

const THANKS: &[&str] = &[
    "谢谢",
    "谢谢你",
    "谢谢您",
    "谢谢啦",
    "谢谢了",
    "谢了",
    "谢啦",
    "多谢",
    "多谢了",
    "太感谢了",
    "感谢",
    "非常感谢",
    "谢谢谢谢",
    "3q",
    "thx 谢谢",
    "辛苦了",
    "麻烦了",
    "麻烦你了",
    "麻烦您了",
    "谢谢小二",
    "万分感谢",
    "十分感谢",
    "好的谢谢",
    "好谢谢",
    "ok谢谢",
    "嗯谢谢",
    "知道了谢谢",
    "明白了谢谢",
    "好的谢谢你",
    "好的谢谢您",
    "感激不尽",
    "帮大忙了",
    "你真好",
    "太棒了",
    "真棒",
    "很有帮助",
    "解决了",
    "xiexie",
    "xie xie",
    "thanks",
    "thank you",
    "thank u",
    "thanks a lot",
    "thank you so much",
    "thank you very much",
    "thx",
    "ty",
    "tysm",
    "cheers",
    "many thanks",
    "much appreciated",
    "thanks so much",
    "appreciate it",
    "i appreciate it",
    "great thanks",
    "ok thanks",
    "okay thanks",
    "ok thank you",
    "okay thank you",
    "perfect thanks",
    "perfect thank you",
    "great thank you",
    "that helps",
    "that helped",
    "very helpful",
    "thats helpful",
    "that was helpful",
    "thanks for your help",
    "thank you for your help",
    "thanks for the help",
    "thank you for the help",
    "youre the best",
    "awesome thanks",
    "thanks mate",
    "thanks again",
    "thanks a lot for your help",
    "thanks for everything",
    "thank you for everything",
    "thanks for your time",
    "thank you for your time",
    "感谢感谢",
    "太好了",
    "太好了谢谢",
    "非常感谢您",
    "非常感谢您的耐心",
    "感谢您的帮助",
    "谢谢您的帮助",
    "谢谢你的帮助",
    "谢谢帮助",
    "谢谢耐心",
    "感谢耐心",
    "谢谢解答",
    "感谢解答",
    "谢谢回复",
    "感谢回复",
    "thank you again",
    "lovely thanks",
    "brilliant thanks",
    "nice one",
    "你真棒",
    "你太棒了",
    "谢谢你帮了大忙",
    "谢谢您帮了大忙",
    "你帮了大忙",
    "you are great",
    "youre great",
    "youre awesome",
    "好评",
    "五星好评",
    "给你好评",
    "给你们好评",
    "点赞",
    "给你点赞",
    "给你们点赞",
    "很满意",
    "非常满意",
    "服务很好",
    "服务真好",
    "态度真好",
    "很喜欢",
    "love it",
    "i love it",
    "great service",
    "excellent service",
    "five stars",
    "well done",
    "good job",
    "great job",
];

const GOODBYE: &[&str] = &[
    "再见",
    "拜拜",
    "拜",
    "88",
    "回见",
    "先这样",
    "先这样吧",
    "没事了",
    "没有了",
    "没别的了",
    "没问题了",
    "就这样",
    "就这样吧",
    "不用了",
    "不用了谢谢",
    "没了",
    "晚安",
    "我走了",
    "下次见",
    "下了",
    "先走了",
    "回头聊",
    "下次再聊",
    "拜拜啦",
    "再会",
    "没有问题了",
    "没有其他问题了",
    "bye",
    "goodbye",
    "good bye",
    "bye bye",
    "byebye",
    "see you",
    "see ya",
    "see you later",
    "cya",
    "good night",
    "have a nice day",
    "have a good day",
    "have a great day",
    "have a good one",
    "talk later",
    "talk to you later",
    "take care",
    "thats all",
    "that is all",
    "thats it",
    "no thats all",
    "nothing else",
    "no more questions",
    "that will be all",
    "thatll be all",
    "catch you later",
    "ttyl",
    "gotta go",
    "got to go",
    "im off",
    "im off now",
    "im leaving",
    "下次再来",
    "下次再说",
    "先忙",
    "先忙去",
    "先忙了",
    "先忙去了",
    "我先忙了",
    "就这样吧拜",
    "没别的问题",
    "没别的问题了",
    "没有别的问题了",
    "没其他问题了",
    "没其他事了",
    "没别的事了",
    "im done",
    "later",
    "no thanks",
    "no thank you",
];

const ABOUT_BOT: &[&str] = &[
    "你是机器人吗",
    "你是机器人么",
    "你是不是机器人",
    "你是ai吗",
    "你是ai么",
    "你是真人吗",
    "你是人吗",
    "你是人还是机器人",
    "是机器人吗",
    "是真人吗",
    "是机器人还是人工",
    "是人工还是机器人",
    "你是真人还是机器人",
    "你是机器人还是真人",
    "你是机器人还是人",
    "你是谁",
    "你叫什么",
    "你叫什么名字",
    "你是人工智能吗",
    "你是人工吗",
    "你是人工还是机器人",
    "在和我说话的是真人吗",
    "你是什么",
    "你能做什么",
    "你会什么",
    "你是ai还是真人",
    "你是ai还是人",
    "你到底是不是真人",
    "你是活人吗",
    "对面是人吗",
    "对面是机器人吗",
    "我在跟机器人说话吗",
    "跟我聊天的是人吗",
    "你是自动回复吗",
    "这是自动回复吗",
    "are you a bot",
    "are you a robot",
    "are you a human",
    "are you human",
    "are youreal",
    "are you a real person",
    "are you an ai",
    "are you ai",
    "am i talking to a bot",
    "am i talking to a robot",
    "am i talking to a human",
    "am i talking to a real person",
    "am i chatting with a bot",
    "am i chatting with a robot",
    "is this a bot",
    "is this a robot",
    "is this a real person",
    "is this an ai",
    "who are you",
    "what are you",
    "what is your name",
    "whats your name",
    "are you a person",
    "are you a machine",
    "are you chatgpt",
    "what can you do",
    "am i speaking to a bot",
    "am i speaking with a human",
    "am i speaking to a human",
    "is this automated",
    "am i speaking with a bot",
    "am i speaking to a machine",
    "are you a real human",
    "bot or human",
    "human or bot",
    "is there a human behind this",
    "who made you",
    "who built you",
    "how can you help me",
    "how can you help",
    "what can you help with",
    "what can you help me with",
    "what are you exactly",
    "how old are you",
    "你几岁",
    "你几岁了",
    "你多大",
    "你多大了",
    "你会做什么",
    "你能干什么",
    "你能干嘛",
    "你能帮我干嘛",
    "你能帮我做什么",
    "你能帮我什么",
    "你有什么用",
    "你是哪家公司做的",
    "谁做的你",
    "谁开发的你",
    "你是chatgpt吗",
    "你是gpt吗",
    "你是deepseek吗",
    "你是真人还是机器",
    "你是ai还是真人",
    "是ai吗",
    "小二是谁",
    "你是小二吗",
    "你是什么机器人",
    "你是程序吗",
];

const ASSENT: &[&str] = &[
    "好的",
    "好",
    "好吧",
    "好滴",
    "嗯",
    "嗯嗯",
    "哦",
    "哦哦",
    "噢",
    "行",
    "行吧",
    "可以",
    "知道了",
    "明白",
    "明白了",
    "了解",
    "了解了",
    "收到",
    "ok",
    "okay",
    "ok了",
    "好的好的",
    "懂了",
    "清楚了",
    "原来如此",
    "哈哈",
    "哈哈哈",
    "k",
    "kk",
    "alright",
    "all right",
    "sure",
    "got it",
    "i see",
    "understood",
    "fine",
    "great",
    "cool",
    "perfect",
    "nice",
    "awesome",
    "makes sense",
    "right",
    "lol",
    "haha",
    "good to know",
    "oh",
    "ah",
    "hmm",
    "yes",
    "yep",
    "yeah",
    "no",
    "nope",
];

/// What kind of small talk this is, if it is nothing else.
pub fn smalltalk(text: &str) -> Option<Smalltalk> {
    if text.trim().is_empty() {
        return Some(Smalltalk::Empty);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Some(Smalltalk::Wordless);
    }
    let whole = clauses(text).join(" ");
    let kinds: Option<Vec<_>> = kind(&whole)
        .map(|kind| vec![kind])
        .or_else(|| clauses(text).iter().map(|clause| kind(clause)).collect())
        // 谢谢 再见: in Chinese a space is a comma.
        .or_else(|| if whole.is_ascii() { None } else { whole.split(' ').map(kind).collect() })
        .or_else(|| run_on(&whole));
    kinds?.into_iter().max_by_key(|kind| weight(*kind))
}

/// "Ok thx bye": courtesies that nothing parts.
fn run_on(whole: &str) -> Option<Vec<Smalltalk>> {
    const LONGEST: usize = 8;
    let words: Vec<&str> = whole.split_whitespace().collect();
    if words.len() > LONGEST || !whole.is_ascii() {
        return None;
    }
    let (mut from, mut kinds) = (0, Vec::new());
    while from < words.len() {
        let ends = (from + 1..=words.len()).rev();
        let (end, kind) = ends.into_iter().find_map(|end| Some((end, kind(&words[from..end].join(" "))?)))?;
        kinds.push(kind);
        from = end;
    }
    // "Oh no" is no courtesy.
    let polite = kinds.iter().any(|kind| matches!(kind, Smalltalk::Thanks | Smalltalk::Goodbye));
    polite.then_some(kinds)
}

fn kind(clause: &str) -> Option<Smalltalk> {
    let bare = strip(clause);
    let nameless = bare.replace("小二", "").replace("frontdesk", "").trim().to_owned();
    let lists = [
        (GREETING, Smalltalk::Greeting),
        (THANKS, Smalltalk::Thanks),
        (GOODBYE, Smalltalk::Goodbye),
        (ABOUT_BOT, Smalltalk::AboutBot),
        (ASSENT, Smalltalk::Assent),
    ];
    lists
        .into_iter()
        .find(|(phrases, _)| [clause, &bare, &nameless].iter().any(|said| phrases.contains(said)))
        .map(|(_, kind)| kind)
}

/// Without the particles and emoji that customers hang on: 你好呀, thanks!!
fn strip(clause: &str) -> String {
    let words: String = clause.chars().filter(|ch| ch.is_alphanumeric() || *ch == ' ').collect();
    words
        .trim()
        .trim_end_matches(['啊', '呀', '哦', '哈', '啦', '呢', '哇', '嘛', '喔', '噢'])
        .trim()
        .to_owned()
}

/// In "ok thanks bye" the last word counts; a question about us counts most.
fn weight(kind: Smalltalk) -> u8 {
    match kind {
        Smalltalk::AboutBot => 5,
        Smalltalk::Goodbye => 4,
        Smalltalk::Thanks => 3,
        Smalltalk::Greeting => 2,
        Smalltalk::Assent => 1,
        Smalltalk::Wordless | Smalltalk::Empty => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_between_chinese_words_parts_them() {
        assert_eq!(smalltalk("谢谢 再见"), Some(Smalltalk::Goodbye));
        assert_eq!(smalltalk("你好 怎么退货"), None);
        assert_eq!(smalltalk("oh no"), None, "words of a Latin sentence belong together");
        assert_eq!(smalltalk("ok thx bye"), Some(Smalltalk::Goodbye));
        assert_eq!(smalltalk("thanks how do i return it"), None);
    }
}
