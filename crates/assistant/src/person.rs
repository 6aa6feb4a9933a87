//! Does the customer ask for a person?
//!
//! A clause asks if it wants something done (`转`, `找`, `talk to`) with a person (`人工`, `主管`,
//! `a human`), or refuses the machine. It does not ask if it only asks *about* people: their hours,
//! their number, what they cost, or whether one talks to a robot. Beside the lists stands a detector that has learnt
//! how wishes sound: it hears those that no list knows.
// long because: it is mostly lists of words, in two languages

use language::handoff;

use crate::clause::{clauses, says};

/// Enough on their own, Chinese.
const ZH_ALWAYS: &[&str] = &[
    "转人工",
    "转人公",
    "专人工",
    "转rg",
    "人工客服",
    "人工服务",
    "人工回复",
    "人工处理",
    "人工接待",
    "人工坐席",
    "人工窗口",
    "人工在吗",
    "人工呢",
    "有人工吗",
    "有没有人工",
    "活人",
    "活的客服",
    "真人客服",
    "真人服务",
    "真人回复",
    "真人在吗",
    "有真人吗",
    "有没有真人",
    "有真人",
    "来个人",
    "叫个人",
    "找个人",
    "换人",
    "真的人",
    "真正的人",
    "有人能",
    "来人",
    "换个人",
    "人呢",
    "有人理",
    "接线员",
    "能管事",
    "管事的",
    "懂的人",
    "不要机器人",
    "别用机器人",
    "不想跟机器人",
    "不想和机器人",
    "不跟机器人",
    "不和机器人",
    "别让机器人",
    "机器人走开",
    "机器人滚",
    "不要ai",
    "不想跟ai",
    "不想和ai",
    "别用ai",
    "拒绝机器人",
    "转给别人",
    "跟人讲",
    "跟人说",
    "跟人聊",
    "和人讲",
    "和人说",
    "和人聊",
    "和人对话",
    "跟人对话",
    "跟人沟通",
    "和人沟通",
    "换你同事",
    "换同事",
    "人来处理",
    "人来看",
    "人来回",
    "人工介入",
    "人工通道",
    "切人工",
    "上人工",
    "给我回电",
    "给我回个电话",
    "回个电话给我",
];

/// What one wants done, before the person.
const ZH_VERBS: &[&str] = &[
    "转", "接", "找", "叫", "要", "喊", "换", "派", "安排", "请", "让", "联系", "跟", "和", "给我", "帮我",
    "来", "需要",
];

/// Whom one wants.
const ZH_PEOPLE: &[&str] = &[
    "人工",
    "真人",
    "客服",
    "经理",
    "领导",
    "负责人",
    "主管",
    "店长",
    "老板",
    "专人",
    "专员",
    "工作人员",
    "坐席",
    "同事",
    "你们的人",
    "售后的人",
    "小姐姐",
    "大姐",
    "小哥",
    "做主的",
    "作主的",
    "说了算的",
    "拍板的",
    "上级",
    "店主",
    "掌柜",
    "明白人",
];

/// Between the two stand at most so many characters.
const ZH_GAP: usize = 6;

/// The whole clause, nothing around it.
const ALONE: &[&str] = &[
    "人工",
    "真人",
    "客服",
    "人工人工",
    "客服在吗",
    "客服呢",
    "在线客服",
    "人工 客服",
    "zrg",
    "zhuan ren gong",
    "zhuanrengong",
    "rengong",
    "agent",
    "human",
    "operator",
    "representative",
    "person",
    "rep",
    "support",
    "humans",
    "a human",
    "a person",
    "an agent",
    "live support",
    "customer service",
    "customer support",
    "transfer",
    "transfer me",
    "any humans",
    "a real one",
    "manager",
    "manager now",
    "0 for operator",
    "supervisor",
    "staff",
    "connect me",
    "connect me now",
    "put me through",
    "put me through please",
];

/// What one wants done, in English.
const EN_VERBS: &[&str] = &[
    "talk",
    "speak",
    "chat",
    "connect",
    "transfer",
    "switch",
    "put",
    "get",
    "give",
    "pass",
    "hand",
    "fetch",
    "bring",
    "need",
    "want",
    "like",
    "prefer",
    "let me",
    "can i have",
    "could i have",
    "is there",
    "is anyone",
    "escalate",
    "forward",
    "reach",
    "contact",
    "call me",
    "phone me",
    "have",
    "take over",
    "look at this",
    "discuss",
    "explain",
    "rather",
    "answer this",
    "available",
    "tlak",
    "speek",
    "spk",
    "please",
    "pls",
    "plz",
    "now",
];

/// Whom one wants, in English.
const EN_PEOPLE: &[&str] = &[
    "human",
    "humans",
    "person",
    "agent",
    "representative",
    "rep",
    "operator",
    "someone",
    "somebody",
    "some1",
    "manager",
    "supervisor",
    "staff",
    "advisor",
    "adviser",
    "your team",
    "team member",
    "employee",
    "employees",
    "your employees",
    "your boss",
    "customer service",
    "customer support",
    "customer care",
    "support team",
    "to support",
    "to sales",
    "sales team",
    "specialist",
    "human being",
    "real one",
    "colleague",
    "colleagues",
    "whoever is in charge",
    "after sales",
    "aftersales",
    "warranty department",
    "live chat",
    "actual people",
    "real people",
    "living person",
    "living soul",
    "flesh and blood",
    "superior",
    "callback",
];

/// Enough on their own, English.
const EN_ALWAYS: &[&str] = &[
    "real person",
    "real human",
    "live agent",
    "live person",
    "live human",
    "human agent",
    "human being",
    "human support",
    "human help",
    "actual person",
    "actual human",
    "customer service rep",
    "someone real",
    "not a bot",
    "not a robot",
    "stop the bot",
    "skip the bot",
    "no bot",
    "no bots",
    "no more bot",
    "no more bots",
    "no more robot",
    "no more robots",
    "no robots",
    "sick of this bot",
    "hate bots",
    "hate this bot",
    "useless bot",
    "tired of this bot",
    "chat with a bot",
    "talk to a bot",
    "talking to a bot",
    "talk to a robot",
    "talking to a robot",
    "talk to a machine",
    "talking to a machine",
    "enough of the ai",
    "hand me over",
    "get someone",
    "escalate this",
    "put a human",
    "get your boss",
    "get me out of this bot",
    "anyone real",
    "stop talking to bots",
    "you cannot help me",
    "you cant help me",
    "somebody else take a look",
    "someone else take a look",
    "with a machine",
    "bank worker",
    "human about",
    "to a human",
    "to human",
    "to a computer",
    "to this computer",
    "patch me through",
];

/// These make a clause a question about something else.
const ABOUT: &[&str] = &[
    "人工费",
    "人工成本",
    "人工智能",
    "人工合成",
    "人工草",
    "人工做",
    "人工打磨",
    "人工制",
    "人工吹",
    "人工钻",
    "人工皮",
    "手工",
    "纯人工",
    "人工湖",
    "人工养",
    "人工降",
    "人工晶",
    "真人秀",
    "真人试",
    "真人拍",
    "真人图",
    "真人照",
    "真人实拍",
    "真人模特",
    "真人演",
    "几点",
    "什么时候",
    "多久",
    "多少",
    "工作时间",
    "上班",
    "下班",
    "营业",
    "周末",
    "节假日",
    "电话是",
    "电话号",
    "号码",
    "邮箱",
    "是机器人吗",
    "是不是机器人",
    "是人工智能",
    "是真人吗",
    "是人工吗",
    "是不是真人",
    "是不是人工",
    "是人还是",
    "是真人还是",
    "还是机器人",
    "还是真人",
    "还是人工",
    "人工还是",
    "是活人",
    "会不会",
    "态度",
    "骂",
    "投诉客服",
    "为什么",
    "快递员",
    "快递小哥",
    "送货",
    "收货",
    "领快递",
    "快递柜",
    "签收",
    "收快递",
    "代收",
    "代签",
    "展厅",
    "门店",
    "老板娘",
    "老板椅",
    "送领导",
    "送老板",
    "给领导",
    "给同事",
    "送同事",
    "客服说",
    "客服让",
    "客服告诉",
    "客服答应",
    "are you a",
    "are you an",
    "are you human",
    "are you real",
    "am i talking",
    "am i speaking",
    "am i chatting",
    "is this a",
    "what time",
    "what hours",
    "which hours",
    "opening hours",
    "office hours",
    "working hours",
    "your hours",
    "their hours",
    "how many",
    "how long",
    "how much",
    "phone number",
    "the number",
    "email address",
    "e mail address",
    "who is",
    "rude",
    "was very",
    "per person",
    "one person",
    "second person",
    "for someone else",
    "someone elses",
    "money to someone",
    "a new person",
    "the person i",
    "for somebody else",
    "another person",
    "other people",
    "delivery person",
    "delivery agent",
    "delivery man",
    "someone stole",
    "someone took",
    "for someone",
    "as someone",
    "customs",
    "travel agent",
    "courier",
    "estate agent",
    "cleaning agent",
    "agents hours",
    "do your agents",
    "do your staff",
    "do you have",
    "when do",
    "when are",
    "when is",
    "when will",
    "hire",
    "job",
    "wholesale",
    "in person",
    "artificial",
    "made by",
    "showroom",
    "store staff",
    "on sundays",
    "on saturdays",
    "weekends",
    "said",
    "told me",
    "your agent said",
    "personal",
    "gift for",
    "my manager",
    "my boss",
    "my staff",
    "my colleague",
    "my colleagues",
];

/// Words in which a slip of the finger is forgiven.
const FORGIVEN: &[&str] =
    &["human", "person", "agent", "operator", "manager", "someone", "representative", "supervisor"];

/// From this probability on a message that no list knows is a wish: who only asks about people is not sent to one.
const SURELY: f32 = 0.85;

/// What the lists say of a message, by its surest clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    /// It speaks of people, of their hours or their number.
    About,
    /// Nothing.
    Nothing,
    /// A wish for a person.
    Plainly,
}

impl Told {
    /// Whether it is a wish, where `probability` says how much the whole message sounds like one.
    pub(crate) fn is_wish(self, probability: impl FnOnce() -> f32) -> bool {
        match self {
            Self::Plainly => true,
            Self::Nothing => probability() >= SURELY,
            Self::About => false,
        }
    }
}

/// Whether the message asks for a person, in any words.
pub fn asks_for_person(text: &str) -> bool {
    told(text).is_wish(|| handoff::asks(text))
}

/// What the lists say of a message.
pub(crate) fn told(text: &str) -> Told {
    let told: Vec<Told> = clauses(text).iter().map(|clause| told_by(clause)).collect();
    match told.iter().max() {
        Some(Told::Nothing) if told.contains(&Told::About) => Told::About,
        most => most.copied().unwrap_or(Told::Nothing),
    }
}

fn told_by(clause: &str) -> Told {
    let clause = &mended(clause);
    let compact: String = clause.chars().filter(|ch| !ch.is_whitespace()).collect();
    if ALONE.iter().any(|phrase| clause == phrase || compact == *phrase) {
        return Told::Plainly;
    }
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| holds(clause, &compact, phrase));
    if has(ABOUT) {
        Told::About
    } else if has(ZH_ALWAYS) || has(EN_ALWAYS) || wants_zh(&compact) || (has(EN_VERBS) && has(EN_PEOPLE)) {
        Told::Plainly
    } else {
        Told::Nothing
    }
}

fn holds(clause: &str, compact: &str, phrase: &str) -> bool {
    if phrase.is_ascii() { says(clause, phrase) } else { compact.contains(phrase) }
}

/// A wish, then at most a few characters later the person.
fn wants_zh(compact: &str) -> bool {
    ZH_VERBS.iter().any(|verb| {
        compact.match_indices(verb).any(|(at, _)| {
            let after: String = compact[at + verb.len()..].chars().take(ZH_GAP).collect();
            ZH_PEOPLE.iter().any(|person| after.contains(person))
        })
    })
}

/// `speak to a humna` → `speak to a human`.
fn mended(clause: &str) -> String {
    let mend = |word: &str| {
        FORGIVEN
            .iter()
            .find(|right| one_slip(word, right))
            .map_or_else(|| word.to_owned(), |right| (*right).to_owned())
    };
    clause.split(' ').map(mend).collect::<Vec<_>>().join(" ")
}

/// Whether two words differ by one pair of neighbours in the wrong order.
fn one_slip(word: &str, right: &str) -> bool {
    if word.len() != right.len() || !word.is_ascii() || word == right {
        return false;
    }
    let (word, right) = (word.as_bytes(), right.as_bytes());
    let Some(first) = (0..word.len()).find(|&at| word[at] != right[at]) else { return false };
    first + 1 < word.len()
        && word[first] == right[first + 1]
        && word[first + 1] == right[first]
        && word[first + 2..] == right[first + 2..]
}
