//! Whether somebody who waits for a person wants the assistant back.

use language::normal::normalise;

const BACK: &[&str] = &[
    "回到ai",
    "回到助手",
    "回到智能",
    "回到小二",
    "回到机器人",
    "返回ai",
    "返回助手",
    "返回智能",
    "返回机器人",
    "不用转了",
    "不转了",
    "不用转人工",
    "不用人工",
    "取消转人工",
    "取消排队",
    "不排队了",
    "不等了",
    "不用等了",
    "你来答",
    "你回答就",
    "你回答吧",
    "还是你来",
    "还是问你",
    "back to the assistant",
    "back to assistant",
    "back to the ai",
    "back to the bot",
    "back to bot",
    "back to the robot",
    "cancel the queue",
    "leave the queue",
    "stop waiting",
    "not waiting any",
    "dont want to wait",
    "no need for a person",
    "no need for a human",
    "dont need a person",
    "dont need a human",
    "dont need an agent",
    "dont need the agent",
    "you can answer",
    "you answer",
    "answer me yourself",
];
/// A longer message is a story, in characters.
const LONGEST: usize = 40;

/// Whether these words give the word back to the assistant.
pub fn goes_back(text: &str) -> bool {
    if text.chars().nth(LONGEST).is_some() {
        return false;
    }
    let words = normalise(&text.replace(['\'', '’'], ""));
    let tight: String = words.split_whitespace().collect();
    // 「你怎么还不回答」 and "when do you answer" wait on.
    let asks = ["怎么还", "为什么", "when", "why"].iter().any(|word| words.contains(word));
    !asks && BACK.iter().any(|back| words.contains(back) || !back.is_ascii() && tight.contains(back))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_may_go_back_in_words() {
        for said in [
            "回到AI助手",
            "返回智能助手",
            "不用等了 回到小二",
            "算了你来答吧",
            "取消排队",
            "go back to assistant",
            "forget it, back to the bot",
            "never mind, you can answer",
            "I don't need a human anymore",
        ] {
            assert!(goes_back(said), "{said}");
        }
        for said in ["还要等多久", "你怎么还不回答我", "转人工", "when do you answer", "我等着", "怎么退货"]
        {
            assert!(!goes_back(said), "{said}");
        }
    }
}
