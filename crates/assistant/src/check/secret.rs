//! Keys, words of our own instructions, and whatever is packed so that nobody reads it.

use super::{Cut, Grounds, Reason, link::unveiled, personal::folded};

/// How keys begin.
const KEYS: &[&str] = &[
    "sk-",
    "pk-",
    "rk_",
    "sk_",
    "pk_",
    "ghp_",
    "gho_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "akia",
    "asia",
    "aiza",
    "eyj",
    "bearer",
    "ya29.",
    "-----begin",
    "hf_",
    "npm_",
    "ltai",
    "akid",
];
/// Words about what no customer is told.
const INSTRUCTIONS: &[&str] = &[
    "system prompt",
    "system message",
    "my instructions",
    "initial instructions",
    "my prompt",
    "developer message",
    "hidden instructions",
    "ignore previous",
    "ignore all previous",
    "ignore the above",
    "previous instructions",
    "i was instructed",
    "i have been instructed",
    "you are a helpful",
    "as an ai",
    "as a language model",
    "system:",
    "assistant:",
    "user:",
    "developer mode",
    "jailbreak",
    "api key",
    "api_key",
    "password is",
    "secret is",
    "access token",
    "environment variable",
    "系统提示",
    "提示词",
    "我的指令",
    "初始指令",
    "开发者消息",
    "忽略以上",
    "忽略之前",
    "忽略上面",
    "以上指令",
    "我被要求",
    "我被指示",
    "你是一个",
    "作为一个ai",
    "作为ai",
    "作为人工智能",
    "语言模型",
    "开发者模式",
    "密钥",
    "口令是",
    "密码是",
    "访问令牌",
    "环境变量",
    "越狱",
];
/// Words with which a model is turned round: nobody needs to read them, whoever wrote them into the knowledge.
const ATTACKS: &[&str] = &[
    "ignore previous",
    "ignore all previous",
    "ignore the above",
    "ignore all instructions",
    "disregard previous",
    "disregard all",
    "forget all previous",
    "忽略以上",
    "忽略之前",
    "忽略上面",
    "无视以上",
    "忘记之前",
    "忽略所有",
];
/// So many letters and digits of a hidden mark in a row betray it.
const TELLING: usize = 10;
/// A word so long, with letters and digits in it, is packed.
const PACKED: usize = 20;

/// Nothing of what is hidden, no key, nothing packed that the passages do not have.
pub(super) fn check(text: &str, grounds: &Grounds) -> Result<(), Cut> {
    let plain = unveiled(text);
    let bare = folded(&plain);
    let backward: String = bare.chars().rev().collect();
    for secret in &grounds.hidden {
        let letters: Vec<char> = secret.chars().collect();
        let size = TELLING.min(letters.len());
        let betrayed = letters.windows(size).any(|part| {
            let part: String = part.iter().collect();
            bare.contains(&part) || backward.contains(&part)
        });
        if betrayed {
            return Err(Cut::new(Reason::Secret, "hidden"));
        }
    }
    if let Some(words) = ATTACKS.iter().find(|words| plain.contains(**words)) {
        return Err(Cut::new(Reason::Secret, *words));
    }
    if let Some(words) =
        INSTRUCTIONS.iter().find(|words| plain.contains(**words) && !grounds.low.contains(**words))
    {
        return Err(Cut::new(Reason::Secret, *words));
    }
    match text.split(|c: char| c.is_whitespace() || !c.is_ascii()).find(|word| is_key(word, grounds)) {
        Some(_) => Err(Cut::new(Reason::Secret, "key")),
        None => Ok(()),
    }
}

fn is_key(word: &str, grounds: &Grounds) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let low = word.to_lowercase();
    if grounds.low.contains(&low) {
        return false;
    }
    let key = KEYS.iter().any(|begin| low.starts_with(begin) && low.len() >= begin.len() + 12);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let upper = word.bytes().skip(1).filter(u8::is_ascii_uppercase).count();
    let mixed = letters > 0 && (digits >= 2 || upper >= 3 && upper < letters);
    let one = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=_-".contains(&b));
    key || one && mixed && word.len() >= PACKED || one && word.len() >= 40
}
