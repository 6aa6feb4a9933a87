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
    "absolutely",
    "of course",
    "yes please",
    "yes please do it",
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
    "算了不退了",
    "算了不改了",
    "算了不要了",
    "取消退款",
    "先不改了",
    "先不退了",
    "别改了",
    "别退了",
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
    "leave it",
    "leave it as it is",
    "keep it as it is",
    "leave it for now",
    "还是算了",
    "先算了",
    "还是不改了",
    "还是不退了",
    "还是不要了",
    "不弄了",
    "别弄了",
    "就这样不改了",
];

/// What may stand beside a yes or a no and says nothing of it.
const BESIDE: &[&str] = &[
    "谢谢",
    "谢谢你",
    "谢谢您",
    "多谢",
    "麻烦了",
    "麻烦您了",
    "麻烦你了",
    "辛苦了",
    "尽快",
    "就这样",
    "就这么办",
    "快点",
    "请",
    "please",
    "thanks",
    "thank you",
    "thx",
    "cheers",
    "now",
    "actually",
    "sorry",
    "oh",
];

/// What was said, line by line; a no among them is a no. `None` if it is anything else.
pub fn consent(text: &str) -> Option<Consent> {
    let mut found = None;
    let text = text.replace(['👌', '👍'], "好");
    for line in text.lines().filter(|line| !bare(&normalise(line)).is_empty()) {
        match of(line).or_else(|| of_pieces(line))? {
            Consent::No => return Some(Consent::No),
            Consent::Yes => found = Some(Consent::Yes),
        }
    }
    found
}

fn of(line: &str) -> Option<Consent> {
    let line = normalise(line);
    let tight = |line: &str| line.split_whitespace().collect::<String>();
    let ways = [line.clone(), tight(&line), bare(&line).to_owned(), tight(bare(&line))];
    let is = |list: &[&str]| ways.iter().any(|way| list.contains(&way.as_str()));
    match () {
        () if is(NO) => Some(Consent::No),
        () if is(YES) => Some(Consent::Yes),
        () => None,
    }
}

/// 「算了，不改了」 says no twice; of 「好的，但是改成北京」 a piece is neither.
fn of_pieces(line: &str) -> Option<Consent> {
    let pieces = line.split(['，', ',', '。', '.', '！', '!', '；', ';']);
    let pieces = pieces.filter(|piece| !bare(&normalise(piece)).is_empty());
    let all: Vec<Consent> = pieces.map(of).collect::<Option<_>>()?;
    all.iter().find(|one| **one == Consent::No).or(all.first()).copied()
}

/// A line without courtesies before and after; of thanks alone nothing is left.
fn bare(line: &str) -> &str {
    let mut rest = line.trim();
    while let Some(less) = BESIDE.iter().find_map(|word| without(rest, word)) {
        rest = less.trim();
    }
    rest
}

fn without<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let is_whole = |c: Option<char>| !word.is_ascii() || c.is_none_or(|c| !c.is_alphanumeric());
    let end = line.strip_suffix(word).filter(|rest| is_whole(rest.chars().next_back()));
    end.or_else(|| line.strip_prefix(word).filter(|rest| is_whole(rest.chars().next())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes() {
        for yes in ["确认", "好的。", "是的，确认", "Yes, do it", "OK!", "确认\n确认", "嗯嗯", "that's right"]
            .into_iter()
            .chain([
                "yes please do it",
                "是的，尽快",
                "对，就这样",
                "好的，谢谢",
                "👌",
                "ok thanks",
                "please do",
            ])
        {
            assert_eq!(consent(yes), Some(Consent::Yes), "{yes}");
        }
        for no in [
            "不用了",
            "取消",
            "No",
            "never mind",
            "确认\n算了",
            "Don't",
            "不用了，谢谢",
            "no thanks",
            "算了，不改了",
        ] {
            assert_eq!(consent(no), Some(Consent::No), "{no}");
        }
        for neither in [
            "",
            "谢谢",
            "please",
            "确认收货要多久",
            "好的，但是改成北京",
            "yes but to Berlin",
            "可以退吗",
            "ok?ok",
            "行不行",
        ] {
            assert_ne!(consent(neither), Some(Consent::Yes), "{neither}");
        }
    }
}
