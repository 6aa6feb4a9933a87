//! One part of a Chinese address, ended by the word that says what it is.

use std::sync::LazyLock;

use crate::facts::{places, text::Text, words::Words};

/// What a part says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// A province, a city, a district.
    Region,
    /// A town, a road, an estate, a building by its name.
    Name,
    /// A name that ends like one, and may be none: 同城, 花园.
    Weak,
    /// A house, a staircase, a floor, a room.
    Number,
}

/// The longest name between two parts.
const NAME: usize = 10;

/// The part that begins here: where it ends and what it is. `known` parts stand before it.
pub(super) fn part(text: &Text, at: usize, known: usize, numbered: bool) -> Option<(usize, Level)> {
    let begin = if known > 0 { text.run(at, 1, |c| " -_,".contains(c)) } else { at };
    let numbered_part = number(text, begin, numbered).map(|end| (end, Level::Number));
    if begin > at {
        // Past a comma only a house goes on: places with commas between are a list.
        let comma = text.at(at) == ',';
        let place = || region(text, begin).or_else(|| named(text, begin));
        return numbered_part.or_else(|| if comma { None } else { place() });
    }
    numbered_part
        .or_else(|| region(text, begin))
        .or_else(|| named(text, begin))
        .or_else(|| unnamed(text, begin, known))
}

/// 浙江省, 杭州: known by name.
fn region(text: &Text, at: usize) -> Option<(usize, Level)> {
    let (end, rank) = places::PLACES.at(text, at)?;
    if rank == places::Rank::Province {
        return Some((text.any(end, places::PROVINCE_ENDS).unwrap_or(end), Level::Region));
    }
    // 中山北路, 长安街: a road that bears a city's name.
    if "东南西北中路街大".contains(text.at(end)) {
        return None;
    }
    Some((end + usize::from(text.at(end) == '市'), Level::Region))
}

static ENDS: LazyLock<Words<Level>> = LazyLock::new(|| Words::beginning(END_WORDS.iter().copied()));

const END_WORDS: &[(&str, Level)] = &[
    ("自治县", Level::Region),
    ("自治州", Level::Region),
    ("新区", Level::Region),
    ("市", Level::Region),
    ("区", Level::Region),
    ("县", Level::Region),
    ("旗", Level::Region),
    ("街道", Level::Name),
    ("大道", Level::Name),
    ("胡同", Level::Name),
    ("镇", Level::Name),
    ("乡", Level::Name),
    ("村", Level::Name),
    ("路", Level::Name),
    ("街", Level::Name),
    ("巷", Level::Name),
    ("开发区", Level::Name),
    ("工业园区", Level::Name),
    ("园区", Level::Name),
    ("工业园", Level::Name),
    ("产业园", Level::Name),
    ("科技园", Level::Name),
    ("小区", Level::Name),
    ("社区", Level::Name),
    ("花园", Level::Name),
    ("公寓", Level::Name),
    ("大厦", Level::Name),
    ("广场", Level::Name),
    ("中心", Level::Name),
    ("商城", Level::Name),
    ("大楼", Level::Name),
    ("大学", Level::Name),
    ("学院", Level::Name),
    ("医院", Level::Name),
    ("新村", Level::Name),
    ("家园", Level::Name),
    ("宿舍", Level::Name),
    ("国际城", Level::Name),
    ("工业区", Level::Name),
    ("商务楼", Level::Name),
    ("苑", Level::Weak),
    ("园", Level::Weak),
    ("庄", Level::Weak),
    ("府", Level::Weak),
    ("城", Level::Weak),
    ("湾", Level::Weak),
    ("坊", Level::Weak),
    ("邸", Level::Weak),
    ("里", Level::Weak),
    ("中段", Level::Name),
    ("东段", Level::Name),
    ("西段", Level::Name),
    ("南段", Level::Name),
    ("北段", Level::Name),
];
/// Words that end like a part and are none.
const NO_PARTS: &[&str] = &[
    "知道", "超市", "城市", "上市", "一路", "半路", "走路", "网路", "线路", "电路", "公里", "这里", "那里",
    "哪里", "夜里", "家里", "市区", "地区", "全市",
];
/// A name has none of these.
const NO_NAME: &str = "的了吗呢吧我你您他她这那请什怎么给把被就都也还收到在是寄送发住有没能可要会不或";

/// A name up to the first word that ends one.
pub(super) fn named(text: &Text, at: usize) -> Option<(usize, Level)> {
    // 和平区 is a name; 和上海市 is another address.
    if "和与".contains(text.at(at)) && region(text, at + 1).is_some() {
        return None;
    }
    let stop =
        text.run(at, NAME, |c| (crate::is_han(c) || c.is_ascii_alphanumeric()) && !NO_NAME.contains(c));
    for place in at + 1..stop {
        let Some((end, level)) = ENDS.at(text, place) else { continue };
        let weak = "苑园庄府城湾坊邸里区市县旗村乡镇".contains(text.before(end)) && end == place + 1;
        let again = weak && ENDS.at(text, end).is_some();
        let none = end >= 2 && text.any(end - 2, NO_PARTS) == Some(end);
        // 新市区, 城关镇: a word that ends a part may stand within a name.
        if none || again {
            continue;
        }
        return Some((end, level));
    }
    None
}

/// An estate whose name ends like none, by the house number after it.
fn unnamed(text: &Text, at: usize, known: usize) -> Option<(usize, Level)> {
    if known < 2 {
        return None;
    }
    let end = text.run(at, NAME, |c| crate::is_han(c) && !NO_NAME.contains(c) && !c.is_ascii_digit());
    (end > at + 1 && text.digit(end).is_some() && number(text, end, false).is_some())
        .then_some((end, Level::Name))
}

const UNITS: &[&str] = &[
    "号楼", "号院", "号门", "号", "號", "弄", "幢", "栋", "座", "单元", "室", "房", "楼", "层", "组", "队",
    "排", "铺", "期", "区", "门",
];
/// After 号 these make it something else than a house.
const NO_HOUSE: &str = "线店机码球柜桌色电车之前后到";

/// 100号, 3幢, B座, 2-301, 十二楼, and after a house also a bare room.
fn number(text: &Text, at: usize, numbered: bool) -> Option<usize> {
    let letter = usize::from(text.at(at).is_ascii_alphabetic() && !text.at(at + 1).is_ascii_alphabetic());
    let end = digits(text, at + letter);
    if end == at {
        return None;
    }
    let end = text.run(end, 4, |c| c == '-' || c == '~').max(end);
    let end = if text.before(end) == '-' { digits(text, end) } else { end };
    if text.before(end) == '-' {
        return None;
    }
    // 8D幢: a letter before the word.
    let lettered = text.at(end).is_ascii_alphabetic() && text.any(end + 1, UNITS).is_some();
    let end = end + usize::from(lettered);
    // 文三路 9 号: a space between the number and its word.
    let spaced = text.at(end) == ' ' && text.any(end + 1, UNITS).is_some();
    let end = end + usize::from(spaced);
    match text.any(end, UNITS) {
        Some(past)
            if text.before(past) == '号' && NO_HOUSE.contains(text.at(past)) && text.at(past) != '\0' =>
        {
            None
        }
        Some(past) => Some(past),
        None => bare_room(text, at, end, numbered),
    }
}

/// 2单元1201, 1单元8-2, 12-3-501: a room without its word, after a house.
fn bare_room(text: &Text, at: usize, end: usize, numbered: bool) -> Option<usize> {
    let tail = text.run(end, 10, |c| c.is_ascii_digit() || c == '-');
    let house = "幢栋座楼元号院层 -_,".contains(text.before(at));
    let room = numbered
        && house
        && text.at(at).is_ascii_alphanumeric()
        && tail - at <= 12
        && text.before(tail) != '-';
    let alone = !text.at(tail).is_ascii_alphanumeric() && !"元块点年月日天个件折%.:/".contains(text.at(tail));
    // 100号40 is a weight as soon as a room.
    let long = text.before(at) != '号' || tail - at >= 3;
    let road = "路街道巷弄".contains(text.before(at)) && tail - at <= 4 && text.at(at).is_ascii_digit();
    ((room && long || road) && alone).then_some(tail)
}

/// Digits of either script.
fn digits(text: &Text, at: usize) -> usize {
    let arabic = text.run(at, 6, |c| c.is_ascii_digit());
    if arabic > at {
        return if text.digit(arabic).is_some() { at } else { arabic };
    }
    text.run(at, 3, |c| "一二三四五六七八九十".contains(c))
}

/// Whether a house number stands here that an address can be found by.
pub(super) fn is_house_number(text: &Text, at: usize) -> bool {
    if !text.at(at).is_ascii_digit() && !"一二三四五六七八九十".contains(text.at(at)) {
        return false;
    }
    if text.before(at).is_ascii_digit() || text.at(at) == '\0' {
        return false;
    }
    let strong = ["号楼", "幢", "栋", "单元", "弄"];
    let end = digits(text, at);
    let end = if text.at(end) == '-' { digits(text, end + 1) } else { end };
    if text.any(end, &strong).is_some() {
        return true;
    }
    let road = "路街道巷弄村段里".contains(text.before(at)) && text.before(at) != '\0';
    road && number(text, at, false).is_some_and(|past| matches!(text.before(past), '号' | '弄' | '院' | '楼'))
}

/// Whether what stands between is a road's name: then its number is enough.
pub(super) fn ends_with_road(text: &Text, begin: usize, number: usize) -> bool {
    number >= begin + 3 && "路街道巷弄".contains(text.before(number)) && text.before(number) != '\0'
}
