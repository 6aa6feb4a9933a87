//! Whether a customer takes back what waits for a person's yes. Words that could mean something else, as 算了 alone,
//! are left to the person.

use language::normal::normalise;

/// Parts of a sentence that say so by themselves.
const SAID: &[&str] = &[
    "不退了",
    "不用退",
    "不想退",
    "先不退",
    "别退了",
    "不退款了",
    "取消退款",
    "取消退货",
    "取消申请",
    "取消刚才的申请",
    "撤回申请",
    "撤回刚才",
    "撤销申请",
    "撤回退款",
    "撤销退款",
    "不改了",
    "不用改",
    "别改了",
    "先不改",
    "取消修改",
    "不申请了",
    "申请撤回",
    "cancel my refund",
    "cancel the refund",
    "cancel that refund",
    "cancel my request",
    "cancel the request",
    "cancel that request",
    "cancel my return",
    "withdraw my",
    "withdraw the re",
    "dont refund",
    "do not refund",
    "dont want the refund",
    "dont want a refund",
    "dont need the refund",
    "no longer want the refund",
    "no longer want a refund",
    "keep it after all",
    "keep it instead",
    "decided to keep",
    "ill keep",
    "i will keep",
    "want to keep",
    "rather keep",
    "stop the refund",
    "stop my refund",
    "dont change the address",
    "dont change my address",
    "leave the address as it is",
];
/// Where one of these stands, something is asked or complained about, not taken back.
const BUT: &[&str] = &["吗", "怎么", "为什么", "如果", "能不能", "可不可以", "how", "why", "can i", "if i"];
/// A longer message is a story, in characters.
const LONGEST: usize = 60;

/// Whether these words take back what was asked for.
pub fn takes_back(text: &str) -> bool {
    if text.chars().count() > LONGEST {
        return false;
    }
    let words = normalise(&text.replace(['\'', '’'], ""));
    let has = |list: &[&str]| list.iter().any(|part| words.contains(part));
    has(SAID) && !has(BUT) && !text.contains(['?', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_take_it_back() {
        for said in [
            "不退了，我留着用",
            "算了，取消申请吧",
            "地址不改了",
            "Please cancel my refund request",
            "I’ve decided to keep it",
            "don't refund it, thanks",
        ] {
            assert!(takes_back(said), "{said}");
        }
        for said in [
            "算了",
            "取消申请要怎么弄",
            "为什么不退了？",
            "能不能取消退款",
            "How do I cancel my refund?",
            "退了吗",
            "still waiting for my refund",
        ] {
            assert!(!takes_back(said), "{said}");
        }
    }
}
