//! Personal data of somebody inside knowledge. The shop's own public contact is none.

use std::collections::{HashMap, HashSet};

use language::mask::{self, Kind as Fact};

use super::{
    finding::{Finding, Fix, Kind, Place, Said},
    shop::{Shop, Text},
};

/// What so many entries say is the shop's own.
const OWN: usize = 2;
/// An entry that speaks of these gives the shop's contact.
const CONTACT: &[&str] = &[
    "电话",
    "邮箱",
    "联系",
    "客服",
    "热线",
    "地址",
    "门店",
    "展厅",
    "实体店",
    "在哪",
    "总部",
    "退货",
    "寄回",
    "商务",
    "合作",
    "招聘",
    "投诉",
    "自提",
    "仓库",
    "phone",
    "e-mail",
    "email",
    "mail",
    "contact",
    "hotline",
    "address",
    "shop",
    "store",
    "showroom",
    "where",
    "headquarters",
    "return",
    "cooperat",
    "career",
    "complain",
    "pick up",
    "warehouse",
    "office",
    "support",
];
/// It speaks of a customer or a colleague.
const SOMEBODY: &[&str] = &[
    "顾客",
    "客户",
    "买家",
    "收件人",
    "收货人",
    "先生",
    "女士",
    "小姐",
    "同事",
    "员工",
    "个人",
    "私人",
    "本人",
    "我的",
    "他的",
    "她的",
    "老板",
    "店长",
    "经理",
    "customer",
    "buyer",
    "recipient",
    "mr ",
    "mr.",
    "mrs",
    "ms ",
    "ms.",
    "private",
    "personal",
    "his ",
    "her ",
    "colleague",
    "employee",
    "my ",
    "manager",
    "complainant",
    "caller",
];
/// Mailboxes of a company and not of a person.
const ROLES: &[&str] = &[
    "help",
    "service",
    "support",
    "info",
    "contact",
    "sales",
    "hr",
    "jobs",
    "kefu",
    "office",
    "hello",
    "admin",
    "press",
    "privacy",
    "care",
    "cs",
    "feedback",
    "shop",
    "team",
    "business",
    "market",
    "marketing",
    "legal",
    "invoice",
    "complaint",
    "complaints",
    "noreply",
    "bd",
    "job",
    "career",
    "careers",
    "mail",
    "returns",
    "orders",
    "partner",
    "partners",
    "dpo",
];

/// Personal data in all texts.
pub(super) fn check(shop: &Shop<'_>) -> Vec<Finding> {
    let mut said: HashMap<String, HashSet<&str>> = HashMap::new();
    for text in &shop.texts {
        for (_, words) in mask::mask(text.answer()).found {
            said.entry(spelt(words)).or_default().insert(text.id());
        }
    }
    let everywhere = |words: &str| said.get(&spelt(words)).is_some_and(|ids| ids.len() > OWN);
    shop.texts.iter().flat_map(|text| of_text(text, &everywhere)).collect()
}

/// Digits and letters alone.
fn spelt(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric() || *c == '@').flat_map(char::to_lowercase).collect()
}

fn of_text(text: &Text, everywhere: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let body = text.body();
    let title = std::iter::once((Place::Title, body.title.as_str()));
    let phrasings = body.phrasings.iter().map(|phrasing| (Place::Phrasing, phrasing.as_str()));
    let places = title.chain(phrasings).chain([(Place::Answer, body.answer.as_str())]);
    let mut seen = HashSet::new();
    places
        .flat_map(|(place, words)| {
            let found = mask::mask(words).found.into_iter().chain(labelled(words));
            found.map(move |(kind, hidden)| (place, words, kind, hidden)).collect::<Vec<_>>()
        })
        .filter(|&(place, words, kind, hidden)| is_somebodys(text, place, words, kind, hidden, everywhere))
        .filter(|(place, _, _, hidden)| seen.insert((*place, spelt(hidden))))
        .map(|(place, words, kind, hidden)| finding(text, place, words, kind, hidden))
        .collect()
}

/// Numbers that are called personal, whether their check digits hold or not: people mistype.
fn labelled(words: &str) -> Vec<(Fact, &str)> {
    const LABELS: &[(&str, Fact)] = &[
        ("身份证", Fact::IdCard),
        ("id card", Fact::IdCard),
        ("id number", Fact::IdCard),
        ("with id", Fact::IdCard),
        ("卡号", Fact::BankCard),
        ("银行卡", Fact::BankCard),
        ("card number", Fact::BankCard),
        ("to card", Fact::BankCard),
    ];
    let low = words.to_ascii_lowercase();
    let named = LABELS.iter().filter_map(|(label, kind)| {
        let after = low.find(label)? + label.len();
        let begin = after + words[after..].find(|c: char| c.is_ascii_digit())?;
        let rest = &words[begin..];
        let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '-'))).unwrap_or(rest.len());
        let number = rest[..end].trim_end();
        let near = words[after..begin].chars().count() <= 8;
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        (near && (15..=19).contains(&digits)).then_some((*kind, number))
    });
    named.collect()
}

fn is_somebodys(
    text: &Text,
    place: Place,
    words: &str,
    kind: Fact,
    hidden: &str,
    everywhere: &dyn Fn(&str) -> bool,
) -> bool {
    let near = near(words, hidden);
    let somebody = SOMEBODY.iter().any(|word| near.contains(word));
    let about = format!("{} {}", text.title(), text.entry.category).to_lowercase();
    let contact = place == Place::Answer && CONTACT.iter().any(|word| about.contains(word));
    match kind {
        Fact::Ip => false,
        Fact::BankCard => !(near.contains("对公") || near.contains("公司账")),
        Fact::Email => !(is_role(hidden) || everywhere(hidden) || (contact && !somebody)),
        // "Banquet hall needs 200 bowls" reads like a street; who asks gives no address without saying whose.
        Fact::Address if place != Place::Answer => somebody,
        Fact::Phone | Fact::Address => !(everywhere(hidden) || (contact && !somebody)),
        _ => true,
    }
}

fn is_role(mail: &str) -> bool {
    let name = mail.split('@').next().unwrap_or_default().to_lowercase();
    name.split(['.', '-', '_', '+']).any(|part| ROLES.contains(&part))
}

/// The words around, in lower case.
fn near(words: &str, hidden: &str) -> String {
    let at = words.find(hidden).unwrap_or(0);
    let before: Vec<char> = words[..at].chars().rev().take(24).collect();
    let after = words[at..].chars().skip(hidden.chars().count()).take(12);
    before.into_iter().rev().chain(after).collect::<String>().to_lowercase()
}

const fn name(kind: Fact) -> (&'static str, &'static str) {
    match kind {
        Fact::Email => ("邮箱", "a mail address"),
        Fact::Phone => ("电话号码", "a telephone number"),
        Fact::IdCard => ("身份证号", "an identity card number"),
        Fact::BankCard => ("银行卡号", "a bank card number"),
        Fact::Iban => ("银行账号", "a bank account"),
        Fact::Ssn => ("社会安全号码", "a social security number"),
        Fact::DriverLicence => ("驾驶证号", "a driver's licence"),
        Fact::Address => ("住址", "an address"),
        Fact::Plate => ("车牌号", "a licence plate"),
        Fact::Person => ("姓名", "a person's name"),
        _ => ("个人信息", "personal data"),
    }
}

/// The words with what is personal taken out: findings are read by many.
fn finding(text: &Text, place: Place, words: &str, kind: Fact, hidden: &str) -> Finding {
    let (zh, en) = name(kind);
    let problem = Said::new(format!("写着某个人的{zh}。"), format!("It holds {en} of somebody."));
    let advice = Said::new(
        "删掉它。如果这是店铺对外公开的联系方式，标记为已处理。",
        "Take it out. If it is the shop's own public contact, settle this.",
    );
    let masked = mask::mask(words).text.replace(hidden, "…");
    let mut finding = text.finding(Kind::Personal, place, &masked, &[&spelt(hidden)], [problem, advice]);
    if place == Place::Phrasing {
        finding.fix = Some(Fix::RemovePhrasing { lang: text.lang, phrasing: words.to_owned() });
    }
    finding
}
