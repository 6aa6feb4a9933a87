//! Arguments out of what somebody said, each checked against what it must be.

use language::facts::{Fact, Kind as What, Value};

use super::{Action, Kind, LAST4, Parameter, Source, Unverified};

/// A message and the facts in it.
pub(super) struct Said<'a> {
    pub(super) text: &'a str,
    pub(super) facts: &'a [Fact],
}

/// Longer words are a story, in characters.
const LONGEST: usize = 300;

/// The longest end of an address, in characters.
const LONGEST_END: usize = 24;

/// A longer answer is no name, in characters.
const LONGEST_NAME: usize = 30;

/// What was said for these parameters; `asked` is the one that was asked for, of which less needs to be certain.
pub(super) fn fill(action: &Action, said: &Said<'_>, asked: Option<&str>) -> domain::Arguments {
    let mut names: Vec<String> = action.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    if action.unverified == Unverified::OrderAndPhone && last_four(said.text).is_some() {
        names.push(LAST4.to_owned());
    }
    names.extend(asked.filter(|asked| !names.iter().any(|name| name == asked)).map(str::to_owned));
    let own = names.iter().filter_map(|name| action.parameter(name));
    let from_words = own.filter(|parameter| parameter.source == Source::Conversation);
    from_words
        .filter_map(|parameter| {
            let value = value(&parameter, said, asked == Some(parameter.name.as_str()))?;
            Some((parameter.name, value))
        })
        .collect()
}

fn value(parameter: &Parameter, said: &Said<'_>, asked: bool) -> Option<String> {
    match parameter.kind {
        Kind::Text => (asked && !is_a_number(said)).then(|| text(said.text)).flatten(),
        Kind::Order => order(said, asked),
        Kind::Date => said.facts.iter().find_map(|fact| match &fact.value {
            Value::When(Some(when)) if fact.kind == What::Date => Some(when.from.to_string()),
            _ => None,
        }),
        Kind::Amount => said.facts.iter().find_map(|fact| match &fact.value {
            Value::Amount(amount) => Some(format!("{}.{:02}", amount.cents / 100, amount.cents % 100)),
            _ => None,
        }),
        Kind::Choice => choice(parameter, said.text),
        Kind::Address => address(said, asked),
        Kind::Phone => phone(said),
        Kind::Digits4 => digits4(said),
        Kind::Person => person(said, asked),
    }
}

fn text(said: &str) -> Option<String> {
    let said = said.trim();
    // A yes is no reason.
    (!said.is_empty() && super::consent(said).is_none() && said.chars().nth(LONGEST).is_none())
        .then(|| said.to_owned())
}

/// Whether nothing is said but the number of an order, a phone and the like: that is no reason.
pub(super) fn is_a_number(said: &Said<'_>) -> bool {
    let mut told = tokens(said.text);
    let alone = told.next().is_some_and(|(_, token)| token == said.text.trim());
    alone && said.text.bytes().filter(u8::is_ascii_digit).count() >= 4
}

fn spoken<'a>(said: &'a Said<'_>, kind: What) -> Option<&'a str> {
    let fact = said.facts.iter().find(|fact| fact.kind == kind)?;
    said.text.get(fact.span.clone())
}

/// What is called an order; else a name of letters and digits that looks like one. Where it was asked for, any that
/// has four digits and is nothing else.
fn order(said: &Said<'_>, asked: bool) -> Option<String> {
    let called = said.facts.iter().find(|fact| fact.kind == What::Order);
    called.map(|fact| fact.value.to_string()).or_else(|| {
        let least = if asked { 4 } else { 6 };
        tokens(said.text)
            .filter(|(at, token)| {
                let digits = token.bytes().filter(u8::is_ascii_digit).count();
                digits >= least && token.len() <= 40 && !taken(said, *at)
            })
            .map(|(_, token)| token.to_owned())
            .next()
    })
}

/// Runs of letters, digits and hyphens, with where they begin.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.split(move |c| !inside(c)).filter(|token| !token.is_empty()).map(|token| {
        let at = token.as_ptr() as usize - text.as_ptr() as usize;
        (at, token)
    })
}

/// Whether a place belongs to a fact that is something else.
fn taken(said: &Said<'_>, at: usize) -> bool {
    said.facts.iter().any(|fact| fact.span.contains(&at) && fact.kind != What::Order)
}

fn choice(parameter: &Parameter, said: &str) -> Option<String> {
    let said = said.to_lowercase();
    let mut fits = parameter.choices.iter().filter(|choice| {
        [&choice.value, &choice.zh, &choice.en].iter().any(|name| said.contains(&name.to_lowercase()))
    });
    // Two that fit are no choice.
    fits.next().filter(|_| fits.next().is_none()).map(|choice| choice.value.clone())
}

/// How words end that say where to.
pub(super) const TO: [char; 5] = ['成', '为', '到', '至', '在'];

fn address(said: &Said<'_>, asked: bool) -> Option<String> {
    // "改成上海…": the last character of "change to" may have been read along.
    let called = spoken(said, What::Address).map(|spoken| spoken.trim_start_matches(TO));
    let called = called.map(|spoken| if asked { with_its_end(said, spoken) } else { spoken });
    called.map(ToOwned::to_owned).or_else(|| {
        let whole = said.text.trim();
        let looks = whole.contains(['路', '街', '号', '区', '村', '镇', '室'])
            || whole.split_whitespace().count() >= 3 && whole.contains(|c: char| c.is_ascii_digit());
        let asks = whole.contains(['?', '？', '吗', '怎']);
        (asked && looks && !asks && whole.lines().count() == 1).then(|| text(whole)).flatten()
    })
}

/// What was asked for goes on to the end of its clause where a house or a room stands there that was not read along.
fn with_its_end<'a>(said: &Said<'a>, spoken: &'a str) -> &'a str {
    let from = spoken.as_ptr() as usize - said.text.as_ptr() as usize;
    let past = from + spoken.len();
    let rest = said.text.get(past..).unwrap_or_default();
    let rest = rest.split(['，', ',', '。', '；', ';', '\n']).next().unwrap_or_default().trim_end();
    let other = said.facts.iter().any(|fact| (past..past + rest.len()).contains(&fact.span.start));
    let house = rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().count() <= LONGEST_END;
    if house && !other { said.text.get(from..past + rest.len()).unwrap_or(spoken) } else { spoken }
}

/// A name that is said to be one; where it was asked for, a message that is nothing but a name.
fn person(said: &Said<'_>, asked: bool) -> Option<String> {
    let called = spoken(said, What::Person).map(ToOwned::to_owned);
    called.or_else(|| beside_an_address(said)).or_else(|| {
        let whole = said.text.trim();
        let short = whole.chars().count() <= LONGEST_NAME;
        let name = whole.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '·' || c == '.');
        (asked && short && name && !whole.is_empty()).then(|| whole.to_owned())
    })
}

/// 王芳收; 收件人…是王芳; "Mary Smith," before the house.
fn beside_an_address(said: &Said<'_>) -> Option<String> {
    let pieces = || said.text.split(['，', ',', '。', '；', ';', '\n']).map(str::trim);
    let han = |name: &str| (2..=4).contains(&name.chars().count()) && name.chars().all(language::is_han);
    let takes = |piece: &&str| piece.strip_suffix('收').is_some_and(han);
    let corrected = |piece: &str| {
        let label = ["收件人", "收货人", "联系人"].iter().any(|label| said.text.contains(label));
        piece.rsplit_once('是').map(|(_, name)| name).filter(|name| label && han(name)).map(str::to_owned)
    };
    if let Some(piece) = pieces().find(takes) {
        return piece.strip_suffix('收').map(str::to_owned);
    }
    if let Some(name) = pieces().find_map(corrected) {
        return Some(name);
    }
    if let Some(name) = labelled(said.text).or_else(|| left_over(said)) {
        return Some(name);
    }
    let address = said.facts.iter().find(|fact| fact.kind == What::Address)?;
    let before = said.text.get(..address.span.start)?.trim_end().strip_suffix(',')?;
    let first = before.rsplit(['\n', ':', ',']).next()?.trim();
    let capital = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '.')
    };
    let words: Vec<&str> = first.split_whitespace().collect();
    ((2..=3).contains(&words.len()) && words.iter().all(|word| capital(word))).then(|| first.to_owned())
}

/// recipient Mary Smith.
fn labelled(text: &str) -> Option<String> {
    let low = text.to_ascii_lowercase();
    let labels = ["recipient ", "recipient: ", "attn ", "attention "];
    let at = labels.iter().find_map(|label| Some(low.find(label)? + label.len()))?;
    let words: Vec<&str> = text.get(at..)?.split_whitespace().take(2).collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let name = words.iter().map(|word| word.trim_end_matches([',', '.', ';'])).collect::<Vec<_>>().join(" ");
    (words.len() == 2 && words.iter().all(capital)).then_some(name)
}

/// What stands beside an address and a phone number and is neither: 韩梅梅 13912345678.
fn left_over(said: &Said<'_>) -> Option<String> {
    let has = |kind: What| said.facts.iter().any(|fact| fact.kind == kind);
    if !has(What::Address) || !has(What::Phone) {
        return None;
    }
    let begins = |piece: &str| piece.as_ptr() as usize - said.text.as_ptr() as usize;
    let free = |piece: &&str| !said.facts.iter().any(|fact| fact.span.contains(&begins(piece)));
    let name = |piece: &&str| {
        (2..=4).contains(&piece.chars().count())
            && piece.chars().all(language::is_han)
            && crate::another::is_family_name(piece)
    };
    let pieces = said.text.split([' ', '，', ',', '。', '；', ';', '\n']).map(str::trim);
    pieces.filter(|piece| !piece.is_empty()).filter(free).find(name).map(str::to_owned)
}

fn phone(said: &Said<'_>) -> Option<String> {
    let spoken = spoken(said, What::Phone)?;
    Some(spoken.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect())
}

/// What is called the end of a phone number: 尾号5678, ending in 5678.
pub(super) fn last_four(text: &str) -> Option<String> {
    let low = text.to_lowercase();
    ENDINGS.iter().find_map(|word| {
        let rest = &low[low.find(word)? + word.len()..];
        let rest = rest.trim_start_matches([' ', '是', '为', ':', '：', '数', '字']);
        let four: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (four.len() == 4).then_some(four)
    })
}

/// How the end of a phone number is called.
pub(super) const ENDINGS: [&str; 9] = [
    "尾号",
    "后四位",
    "后4位",
    "末四位",
    "ending in",
    "ends in",
    "ends with",
    "last four digits are",
    "last four digits",
];

/// Four digits that stand alone, or the last four of a phone number.
fn digits4(said: &Said<'_>) -> Option<String> {
    let four = |token: &&str| token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit());
    if let Some(four) = last_four(said.text) {
        return Some(four);
    }
    let alone = tokens(said.text).map(|(_, token)| token).find(four).map(ToOwned::to_owned);
    alone.or_else(|| {
        let phone = phone(said)?;
        phone.get(phone.len().checked_sub(4)?..).map(ToOwned::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use language::facts::facts;

    use super::*;

    fn found(kind: Kind, text: &str, asked: bool) -> Option<String> {
        let facts = facts(text, jiff::civil::date(2026, 11, 29), None);
        let choices = vec![
            super::super::Choice { value: "damaged".into(), zh: "破损".into(), en: "broken".into() },
            super::super::Choice { value: "late".into(), zh: "太慢".into(), en: "late".into() },
        ];
        let parameter = Parameter { name: "x".into(), kind, choices, ..Parameter::default() };
        value(&parameter, &Said { text, facts: &facts }, asked)
    }

    #[test]
    fn each_kind_takes_what_it_is_and_nothing_else() {
        let is = |kind, text, asked, expected: Option<&str>| {
            assert_eq!(found(kind, text, asked).as_deref(), expected, "{text}");
        };
        is(Kind::Order, "我的订单号是2024011500123456，到哪了", false, Some("2024011500123456"));
        is(Kind::Order, "where is QH20261101", false, Some("QH20261101"));
        is(Kind::Order, "8812", false, None);
        is(Kind::Order, "8812", true, Some("8812"));
        is(Kind::Order, "13812345678", true, None);
        is(Kind::Date, "明天", true, Some("2026-11-30"));
        is(Kind::Amount, "退我 20 块", true, Some("20.00"));
        is(Kind::Choice, "收到就破损了", true, Some("damaged"));
        is(Kind::Choice, "又破损又太慢", true, None);
        is(Kind::Address, "改到上海市浦东新区世纪大道100号", false, Some("上海市浦东新区世纪大道100号"));
        is(Kind::Address, "怎么改地址", true, None);
        is(Kind::Address, "浙江省杭州市西湖区文三路 9 号", true, Some("浙江省杭州市西湖区文三路 9 号"));
        let long = "上海市浦东新区世纪大道 100 号 8 楼 B 户 802";
        is(Kind::Address, long, true, Some(long));
        let phone = "上海市浦东新区世纪大道 100 号，电话 13812345678";
        is(Kind::Address, phone, true, Some("上海市浦东新区世纪大道 100 号"));
        is(Kind::Phone, "电话 138 1234 5678", true, Some("13812345678"));
        is(Kind::Digits4, "尾号 5678", true, Some("5678"));
        is(Kind::Digits4, "13812345678", true, Some("5678"));
        is(Kind::Person, "改到上海市浦东新区世纪大道100号，收件人李雷，13812345678", false, Some("李雷"));
        is(Kind::Person, "杭州市西湖区文三路 9 号，王芳收，13800138000", false, Some("王芳"));
        for text in [
            "北京市海淀区中关村大街 3 号 韩梅梅 13912345678",
            "韩梅梅，13912345678，北京市海淀区中关村大街 3 号",
        ] {
            is(Kind::Person, text, true, Some("韩梅梅"));
        }
        let labelled = "5 High Street, Oxford OX1 4AA, recipient Mary Smith, phone 07700 900123";
        is(Kind::Person, labelled, true, Some("Mary Smith"));
        is(Kind::Person, "收件人写错了，是韩梅梅", false, Some("韩梅梅"));
        is(Kind::Person, "Mary Smith, 5 High Street, Oxford OX1 4AA, 07700 900123", true, Some("Mary Smith"));
        is(Kind::Person, "李雷", false, None);
        is(Kind::Digits4, "订单QH26110031到哪了，手机尾号5678", false, Some("5678"));
        is(Kind::Text, "是的", true, None);
        is(Kind::Person, "李雷", true, Some("李雷"));
        is(Kind::Person, "是13812345678", true, None);
        is(Kind::Text, "颜色不喜欢", false, None);
        is(Kind::Text, "QH26110031", true, None);
        is(Kind::Text, "颜色不喜欢", true, Some("颜色不喜欢"));
    }
}
