//! What a customer says of themselves that is worth remembering: sizes, colours, what they cannot have, where parcels
//! go, how they like to be reached. By fixed forms: a guess about a person is worse than nothing.

use domain::{Lang, Moment};
use language::{
    facts::{Kind as What, facts},
    mask, normal,
};

/// Something learnt: the name of the fact, and what was said.
pub type Learnt = (String, String);

/// Longer values are stories, in characters.
const LONGEST: usize = 60;

/// Forms: what stands before and after, and what is learnt. The value is what stands between, to the end of the clause.
const FORMS: &[(&str, &str, &str)] = &[
    ("我穿", "码", "size"),
    ("我穿", "的", "size"),
    ("我的尺码是", "", "size"),
    ("我平时穿", "码", "size"),
    ("i wear size ", "", "size"),
    ("my size is ", "", "size"),
    ("i usually wear size ", "", "size"),
    ("我喜欢", "色", "colour"),
    ("喜欢", "色", "colour"),
    ("我偏爱", "色", "colour"),
    ("my favourite colour is ", "", "colour"),
    ("my favorite color is ", "", "colour"),
    ("我对", "过敏", "avoids"),
    ("我家孩子对", "过敏", "avoids"),
    ("i am allergic to ", "", "avoids"),
    ("im allergic to ", "", "avoids"),
    ("i m allergic to ", "", "avoids"),
    ("对", "过敏", "avoids"),
    ("我宝宝对", "过敏", "avoids"),
    ("宝宝对", "过敏", "avoids"),
    ("孩子对", "过敏", "avoids"),
    ("i avoid ", "", "avoids"),
    ("i cant have ", "", "avoids"),
    ("i cannot have ", "", "avoids"),
    ("我不喜欢", "", "dislikes"),
    ("i dont like ", "", "dislikes"),
    ("i don t like ", "", "dislikes"),
    ("i do not like ", "", "dislikes"),
    ("以后都寄到", "", "ship_to"),
    ("以后请寄到", "", "ship_to"),
    ("以后寄到", "", "ship_to"),
    ("以后都送到", "", "ship_to"),
    ("from now on ship to ", "", "ship_to"),
    ("please always ship to ", "", "ship_to"),
    ("always ship to ", "", "ship_to"),
    ("请用", "联系我", "reach_by"),
    ("以后用", "联系我", "reach_by"),
    ("i prefer to be contacted by ", "", "reach_by"),
    ("please contact me by ", "", "reach_by"),
    ("i prefer ", "", "reach_by"),
    ("叫我", "就行", "name"),
    ("叫我", "就好", "name"),
    ("叫我", "吧", "name"),
    ("叫我", "", "name"),
    ("just call me ", "", "name"),
    ("call me ", "", "name"),
    ("please call me ", "", "name"),
    ("you can call me ", "", "name"),
    ("请说", "", "language"),
    ("请用", "回复", "language"),
    ("please answer in ", "", "language"),
    ("please reply in ", "", "language"),
];

/// Values that a fact can have, where it can have few.
const REACH: &[(&str, &str)] = &[
    ("邮件", "email"),
    ("邮箱", "email"),
    ("电子邮件", "email"),
    ("email", "email"),
    ("电话", "phone"),
    ("phone", "phone"),
    ("短信", "sms"),
    ("sms", "sms"),
    ("text message", "sms"),
    ("微信", "wechat"),
    ("wechat", "wechat"),
];
const LANGUAGES: &[(&str, &str)] =
    &[("中文", "zh"), ("chinese", "zh"), ("英文", "en"), ("英语", "en"), ("english", "en")];

/// What was said in a message, each fact once; what is personal is a tag.
pub fn learn(text: &str, lang: Lang, now: domain::Timestamp) -> Vec<Learnt> {
    let mut found: Vec<Learnt> = Vec::new();
    for clause in text.split(['。', '！', '？', '，', '；', '.', '!', '?', ',', ';', '\n']) {
        // A question tells nothing of who asks, and neither does a story.
        if clause.chars().nth(LONGEST * 2).is_some() || asks(text, clause) {
            continue;
        }
        for learnt in FORMS.iter().filter_map(|form| form_of(clause, form)) {
            if found.iter().all(|(name, _)| *name != learnt.0) {
                found.push(learnt);
            }
        }
    }
    if found.iter().all(|(name, _)| name != "name") {
        found.extend(introduced(text, lang, now).map(|name| ("name".to_owned(), name)));
    }
    found
}

fn asks(text: &str, clause: &str) -> bool {
    let end = clause.as_ptr() as usize - text.as_ptr() as usize + clause.len();
    let mark = text.get(end..).and_then(|rest| rest.chars().next());
    matches!(mark, Some('?' | '？')) || clause.ends_with(['吗', '呢', '么'])
}

fn form_of(clause: &str, (before, after, name): &(&str, &str, &str)) -> Option<Learnt> {
    let normal = normal::normalise(clause);
    let spoken = if before.is_ascii() { format!("{normal} ") } else { normal.replace(' ', "") };
    let rest = spoken.trim_start_matches("嗯").strip_prefix(before)?;
    let value = if after.is_empty() { rest } else { &rest[..rest.find(after)?] };
    let tail = if after.is_empty() { "" } else { &rest[value.len() + after.len()..] };
    let value = value.trim();
    // What is worn may be named: 我穿170的睡衣.
    let longest_tail = if *after == "的" { LONGEST } else { 2 };
    let fits = (1..=LONGEST).contains(&value.chars().count()) && tail.chars().count() <= longest_tail;
    fits.then(|| Some(((*name).to_owned(), worded(name, value, after)?))).flatten()
}

fn worded(name: &str, value: &str, after: &str) -> Option<String> {
    let among = |list: &[(&str, &str)]| {
        list.iter().find(|(said, _)| *said == value).map(|(_, code)| (*code).to_owned())
    };
    match name {
        "reach_by" => among(REACH),
        "language" => among(LANGUAGES),
        "colour" if after == "色" => {
            // "我喜欢你们的特色": a colour is a character or two.
            let is_short = value.chars().count() <= 3 && !value.contains("什么");
            (is_short && !value.ends_with(['特', '角', '景', '出'])).then(|| format!("{value}色"))
        }
        "name" => (value.chars().count() <= 20).then(|| value.to_owned()),
        // "我穿红色的" names no size.
        "size" if after == "的" => (is_coded(value) && value.len() <= 5).then(|| value.to_uppercase()),
        "size" => (value.chars().count() <= 10).then(|| value.to_uppercase()),
        _ => Some(mask::mask(value).text),
    }
}

/// Whether it is written as sizes are on labels: 170, XL, 42.5.
fn is_coded(value: &str) -> bool {
    let label = ["xs", "s", "m", "l", "xl", "xxl", "xxxl"].contains(&value);
    label || value.parse::<f32>().is_ok()
}

/// 我叫李雷, my name is Jane Doe: the name that somebody gives themselves; not the one on a parcel.
fn introduced(text: &str, lang: Lang, now: domain::Timestamp) -> Option<String> {
    let facts = facts(text, Moment::from(now).today(lang), None);
    let person = facts.iter().find(|fact| fact.kind == What::Person)?;
    let before = text.get(..person.span.start)?.trim_end().to_lowercase();
    let own = ["我叫", "我的名字是", "我的名字叫", "my name is", "my name's"];
    own.iter()
        .any(|form| before.ends_with(form))
        .then(|| text.get(person.span.clone()).map(str::to_owned))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learnt(text: &str) -> Vec<(String, String)> {
        learn(text, Lang::Zh, domain::Timestamp::UNIX_EPOCH)
    }

    fn is(text: &str, name: &str, value: &str) {
        assert_eq!(learnt(text), [(name.to_owned(), value.to_owned())], "{text}");
    }

    #[test]
    fn what_is_said_plainly_is_remembered() {
        is("我穿M码", "size", "M");
        is("我穿170的睡衣", "size", "170");
        is("喜欢蓝色", "colour", "蓝色");
        is("I wear size 8, do you have it", "size", "8");
        is("我喜欢米白色", "colour", "米白色");
        is("我对羊毛过敏，有棉的吗", "avoids", "羊毛");
        is("I am allergic to wool.", "avoids", "wool");
        is("以后都寄到公司", "ship_to", "公司");
        is("I prefer email", "reach_by", "email");
        is("请用微信联系我", "reach_by", "wechat");
        is("叫我小林就行", "name", "小林");
        is("我叫李雷", "name", "李雷");
        is("Please answer in English", "language", "en");
    }

    #[test]
    fn what_is_personal_is_a_tag_and_a_guess_is_nothing() {
        is("以后都寄到上海市浦东新区世纪大道100号", "ship_to", "<ADDRESS>");
        for text in [
            "我喜欢你们的特色",
            "我穿红色的",
            "我穿的那件",
            "喜欢什么颜色都行",
            "我穿什么码？",
            "收件人李雷",
            "I prefer the blue one",
            "怎么退货",
            "",
            "我对你们很失望",
        ] {
            assert_eq!(learnt(text), [], "{text}");
        }
    }
}
