//! Whether somebody said yes or no, and nothing else.
//!
//! A yes lets something be done, so it is only what is certainly one: the whole message, not a part of it.

use language::normal::normalise;

/// What was said to a question of yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Yes, and nothing else.
    Yes,
    /// No, or not any more.
    No,
}

const YES: &[&str] = &[
    "确认",
    "确定",
    "是",
    "是的",
    "对",
    "对的",
    "好",
    "好的",
    "好呀",
    "可以",
    "可以的",
    "没错",
    "没问题",
    "嗯",
    "嗯嗯",
    "行",
    "行的",
    "要",
    "要的",
    "同意",
    "办吧",
    "改吧",
    "确认办理",
    "是的确认",
    "对确认",
    "好确认",
    "yes",
    "y",
    "yep",
    "yeah",
    "ok",
    "okay",
    "confirm",
    "confirmed",
    "i confirm",
    "yes confirm",
    "sure",
    "correct",
    "right",
    "go ahead",
    "yes please",
    "please do",
    "do it",
    "yes do it",
    "thats right",
    "that is right",
    "thats correct",
];

const NO: &[&str] = &[
    "不",
    "不要",
    "不要了",
    "不用",
    "不用了",
    "不是",
    "不对",
    "取消",
    "算了",
    "不办了",
    "先不",
    "先不用",
    "先不办",
    "别",
    "不行",
    "否",
    "不确认",
    "不改了",
    "不退了",
    "再说吧",
    "no",
    "n",
    "nope",
    "cancel",
    "stop",
    "never mind",
    "nevermind",
    "no thanks",
    "no thank you",
    "dont",
    "do not",
    "not now",
    "forget it",
    "dont do it",
];

/// What was said, line by line; a no among them is a no. `None` if it is anything else.
pub fn consent(text: &str) -> Option<Consent> {
    let mut found = None;
    for line in text.lines().map(normalise).filter(|line| !line.is_empty()) {
        let tight: String = line.split_whitespace().collect();
        let is = |list: &[&str]| list.contains(&line.as_str()) || list.contains(&tight.as_str());
        if is(NO) {
            return Some(Consent::No);
        }
        if !is(YES) {
            return None;
        }
        found = Some(Consent::Yes);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes() {
        for yes in ["确认", "好的。", "是的，确认", "Yes, do it", "OK!", "确认\n确认", "嗯嗯", "that's right"]
        {
            assert_eq!(consent(yes), Some(Consent::Yes), "{yes}");
        }
        for no in ["不用了", "取消", "No", "never mind", "确认\n算了", "Don't"] {
            assert_eq!(consent(no), Some(Consent::No), "{no}");
        }
        for neither in
            ["", "确认收货要多久", "好的，但是改成北京", "yes but to Berlin", "可以退吗", "ok?ok", "行不行"]
        {
            assert_ne!(consent(neither), Some(Consent::Yes), "{neither}");
        }
    }
}
