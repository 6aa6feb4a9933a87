//! Names of people, where a phrase introduces them: 我叫李雷, 收件人：张三, my name is Jane Doe.

use std::sync::LazyLock;

use super::{Found, Kind, Value, text::Text, words::Words};

/// Phrases after which a Chinese name stands.
const BEFORE_ZH: &[&str] = &[
    "我叫",
    "名叫",
    "名字是",
    "名字叫",
    "应该叫",
    "姓名",
    "收件人",
    "收货人",
    "联系人",
    "寄件人",
    "签收人",
    "户名",
    "户主姓名",
    "持卡人",
    "车主",
    "机主",
    "我是",
    "本人",
    "找",
    "实名",
    "收件人姓名",
    "收货人姓名",
    "联系人姓名",
    "真实姓名",
    "收货人换成",
    "收件人改成",
    "收货人改成",
    "收件人换成",
    "乘客",
    "投保人",
    "被保人",
    "我姓",
    "抬头是",
    "署名",
];
static INTRODUCTIONS: LazyLock<Words<()>> =
    LazyLock::new(|| Words::beginning(BEFORE_ZH.iter().map(|word| (*word, ()))));

/// Phrases that say so little that the name must end with the clause.
const WEAK_ZH: &[&str] = &["我是", "找", "本人", "乘客", "抬头是", "车主", "实名", "我姓", "机主"];
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔常汤康易乔赖文樊兰殷施洪颜倪温俞章鲁葛伍毕聂焦柳邢岳齐庞庄涂申项路祝梅耿霍凌裴纪舒屈柯甘卜童欧翁季柴尤鲍祁席凤阮牟";
const COMPOUND: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "令狐", "慕容", "夏侯", "长孙", "宇文",
    "轩辕",
];
/// What ends a name when no mark does.
const AFTER: &[&str] = &[
    "手机",
    "电话",
    "收",
    "地址",
    "的",
    "身份证",
    "联系",
    "先生",
    "女士",
    "小姐",
    "签收",
    "本人",
    "住",
    "在",
    "是",
    "号",
    "订",
    "买",
    "和",
    "下单",
];
const TITLES: &[&str] = &["先生", "女士", "小姐", "老师", "太太", "经理", "师傅", "阿姨"];
/// These begin like a name and are none.
const NO_NAMES: &[&str] = &[
    "会员",
    "于是",
    "方便",
    "高兴",
    "任何",
    "江苏",
    "金额",
    "向你",
    "常规",
    "白色",
    "程序",
    "文件",
    "高级",
    "毛衣",
    "路上",
    "康复",
    "石家庄",
    "马上",
    "温馨",
    "易碎",
    "何时",
    "何人",
    "安装",
    "付款",
    "连接",
    "金色",
    "黄色",
    "白金",
    "高中",
    "于今",
    "方法",
    "方式",
    "项目",
    "文本",
];

pub(super) fn find(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let named = chinese(text, at).or_else(|| english(text, at));
        match named {
            Some(range) => {
                at = range.end;
                let value = Value::Text(text.string(range.clone()));
                found.push(Found { kind: Kind::Person, range, value });
            }
            None => at += 1,
        }
    }
    found
}

fn chinese(text: &Text, at: usize) -> Option<std::ops::Range<usize>> {
    if !crate::is_han(text.at(at)) {
        return None;
    }
    let (said, ()) = INTRODUCTIONS.at(text, at)?;
    let weak = text.any(at, WEAK_ZH) == Some(said);
    let begin = text.any(said, &["是", "叫", "为", "改成", "换成"]).filter(|_| !weak).unwrap_or(said);
    let begin = text.run(begin, 3, |c| " :=,(".contains(c));
    let name = name(text, begin, weak)?;
    (text.any(begin, NO_NAMES).is_none()).then_some(begin..name)
}

/// A surname with one or two characters that end where the name can end.
fn name(text: &Text, at: usize, weak: bool) -> Option<usize> {
    let surname = text.any(at, COMPOUND).or_else(|| SURNAMES.contains(text.at(at)).then_some(at + 1))?;
    if text.at(at) == '\0' {
        return None;
    }
    if let Some(end) = text.any(surname, TITLES) {
        return Some(end);
    }
    let ends = |end: usize| {
        let open = !crate::is_han(text.at(end)) && !text.at(end).is_ascii_alphanumeric();
        open || text.digit(end).is_some()
            || text.any(end, TITLES).is_some()
            || (!weak && text.any(end, AFTER).is_some())
    };
    let given = |end: usize| (surname..end).all(|at| crate::is_han(text.at(at)));
    let compound = (surname - at == 2 && ends(surname)).then_some(surname);
    let end = [surname + 2, surname + 1].into_iter().find(|&end| given(end) && ends(end)).or(compound)?;
    Some(text.any(end, &["先生", "女士", "小姐"]).unwrap_or(end))
}

/// Phrases after which an English name stands, in any case of its letters.
const BEFORE_EN: &[&str] = &[
    "my name is",
    "my name's",
    "name:",
    "name is",
    "full name is",
    "full name:",
    "first name is",
    "last name is",
    "surname is",
    "call me",
    "people call me",
    "recipient:",
    "recipient is",
    "contact:",
    "contact person:",
    "cardholder:",
    "attn:",
    "attention:",
    "account holder:",
    "account holder is",
    "last name?",
    "your name?",
    "change it to",
    "sincerely,",
    "regards,",
    "under the name",
    "in the name of",
];
/// After these a name must have two words.
const WEAK_EN: &[&str] = &["this is", "i'm", "i am", "it's", "it is", "speaking with", "dear", "hi", "hello"];
const TITLES_EN: &[&str] = &["mr", "mrs", "ms", "miss", "dr", "prof"];

fn english(text: &Text, at: usize) -> Option<std::ops::Range<usize>> {
    if !text.at(at).is_ascii_alphabetic() || text.before(at).is_ascii_alphanumeric() {
        return None;
    }
    let (said, least) = if let Some(end) = text.any(at, TITLES_EN) {
        (end + usize::from(text.at(end) == '.'), 1)
    } else if let Some(end) = text.any(at, BEFORE_EN) {
        (end, 1)
    } else {
        (text.any(at, WEAK_EN)?, 2)
    };
    let begin = text.run(said, 5, |c| c == ' ' || c == '\n');
    let (end, words) = words(text, begin);
    (begin > said && words >= least && text.any(begin, NO_NAMES_EN).is_none()).then_some(begin..end)
}

const NO_NAMES_EN: &[&str] = &[
    "I", "The", "A", "An", "My", "It", "Is", "Apt", "Suite", "Unit", "This", "That", "What", "Really",
    "Very", "Please", "Not", "Your", "We", "You", "Customer", "Support", "Team",
];

/// Capitalised words and initials on one line, at most four.
fn words(text: &Text, from: usize) -> (usize, usize) {
    let (mut end, mut at, mut count) = (from, from, 0);
    while count < 4 && text.at(at).is_uppercase() && text.any(at, &["Apt", "Suite", "Unit", "Flat"]).is_none()
    {
        let past = text.run(at, 24, |c| (c.is_alphabetic() && !crate::is_han(c)) || matches!(c, '\'' | '-'));
        let initial = past == at + 1 && text.at(past) == '.';
        end = text.run_back(past, past - at, |c| matches!(c, '\'' | '-')).max(at + 1);
        end = if text.before(end) == '\'' { end - 1 } else { end };
        if text.slice(at..past).ends_with(&['\'', 's']) {
            return (past - 2, count + 1);
        }
        end = past.max(end) + usize::from(initial);
        count += 1;
        if text.at(end) != ' ' {
            break;
        }
        at = end + 1;
        at = particle(text, at);
    }
    (end, count)
}

/// van der Berg: particles go on if a name follows.
fn particle(text: &Text, at: usize) -> usize {
    let mut past = at;
    for _ in 0..2 {
        if let Some(end) =
            text.any(past, &["van", "de", "der", "den", "von", "da", "dos", "la", "du", "ten", "ter"])
        {
            past = text.skip_blanks(end);
        }
    }
    if text.at(past).is_uppercase() { past } else { at }
}
