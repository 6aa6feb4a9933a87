//! Questions that a model asks back. They state nothing, so no passage can support them; that is why they are held to a
//! closed vocabulary: courtesies, words of asking, and what the cited passages speak of. Whoever asks for a password,
//! insults or passes a claim off as a question needs other words.

use language::entail::{asks, concepts, says_nothing, says_only};

use super::{Cut, Grounds, Reason};

/// Words of asking beside those of courtesy.
const ASKING: &[&str] = &[
    "which",
    "whether",
    "number",
    "order",
    "orders",
    "mean",
    "item",
    "items",
    "product",
    "products",
    "colour",
    "color",
    "size",
    "tell",
    "say",
    "give",
    "share",
    "provide",
    "does",
    "did",
    "still",
    "bought",
    "received",
    "arrived",
    "parcel",
    "reason",
    "detail",
    "kind",
    "sort",
    "model",
    "name",
    "where",
    "who",
    "colleague",
    "person",
    "human",
    "agent",
    "transfer",
    "订单",
    "订单号",
    "号码",
    "哪",
    "哪个",
    "哪款",
    "哪种",
    "哪一",
    "哪里",
    "什么",
    "什么时候",
    "是",
    "多少",
    "几",
    "商品",
    "颜色",
    "尺寸",
    "款",
    "种",
    "件",
    "单",
    "原因",
    "说明",
    "说",
    "提供",
    "发",
    "看",
    "想",
    "要",
    "吗",
    "呢",
    "请问",
    "是否",
    "还",
    "买",
    "收到",
    "包裹",
    "具体",
    "情况",
    "问",
    "指",
    "意思",
    "转",
    "转接",
    "人工",
    "客服",
    "同事",
    "帮",
    "找",
    "方便",
    "一下",
    "我",
    "您",
    "吧",
];
/// What nobody asks a customer for in a chat, whatever stands in the knowledge, and what nobody here can do for them.
const NEVER: &[&str] = &[
    "password",
    "passcode",
    " pin",
    "cvv",
    "card",
    "bank",
    "account number",
    "code",
    "wire",
    "install",
    "download",
    "app ",
    "id number",
    "identity",
    "social security",
    "nude",
    "photo of you",
    "shall i",
    "should i",
    "want me to",
    "like me to",
    "let me",
    "may i",
    "密码",
    "验证码",
    "银行",
    "卡号",
    "身份证",
    "转账",
    "汇款",
    "打款",
    "微信",
    "加我",
    "安装",
    "下载",
    "裸",
    "帮您",
    "为您",
    "给您",
    "替您",
    "也给",
    "好不好",
    "行不行",
];
/// Words with which a question passes a claim off as known.
const CLAIMING: &[&str] = &[
    "know",
    "aware",
    "heard",
    "why",
    "n't they",
    "n't it",
    "n't you",
    "n't we",
    "n't he",
    "n't she",
    ", right",
    "considered",
    "知道",
    "难道",
    "听说",
    "不是吗",
    "对吧",
    "是不是",
    "为什么",
    "要不要去",
];
/// A longer one is a story, in characters.
const LONGEST: usize = 120;

/// No question for what nobody asks a customer for, even where the passages speak of it.
pub(super) fn check(text: &str) -> Result<(), Cut> {
    let low = text.to_lowercase();
    let never = || NEVER.iter().find(|part| low.contains(**part));
    match never().filter(|_| asks(text) && !says_nothing(text) && !offers_a_person(&low)) {
        Some(what) => Err(Cut::new(Reason::Promise, *what)),
        None => Ok(()),
    }
}

/// Whether it asks the customer something, and nothing else comes with it.
pub(super) fn asks_back(text: &str, grounds: &Grounds) -> bool {
    let low = text.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|part| low.contains(part));
    asks(text)
        && text.trim_end().ends_with(['?', '？'])
        && text.chars().count() <= LONGEST
        && concepts(&low) & !grounds.promised == 0
        && (offers_a_person(&low) || !has(NEVER) && !has(CLAIMING) && says_only(&low, ASKING, &grounds.low))
}

/// "Shall I fetch a colleague?" is ours to ask.
fn offers_a_person(low: &str) -> bool {
    const PEOPLE: [&str; 7] = ["转人工", "人工", "同事", "colleague", "a person", "someone", "a human"];
    const BRINGING: [&str; 14] = [
        "get", "fetch", "bring", "ask", "connect", "transfer", "shall", "should", "in", "转接", "请", "转",
        "帮您", "为您",
    ];
    let people = PEOPLE.iter().find(|people| low.contains(*people));
    people.is_some_and(|people| {
        let rest = low.replace(people, " ");
        says_nothing(&rest) || says_only(&rest, &[&BRINGING[..], ASKING].concat(), "")
    })
}
