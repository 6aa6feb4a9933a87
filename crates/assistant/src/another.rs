//! A question about one thing is not answered by an entry about another of its kind: the Japanese class is not the English
//! one, A2 not A1, Ms Li not Ms Wang.

use domain::{Entry, Lang};
use language::entail::{is_another, names_another};

/// What follows a Chinese family name when people are spoken of, and what stands before an English one.
const ZH_TITLES: [&str; 10] =
    ["老师", "医生", "经理", "师傅", "教练", "先生", "女士", "小姐", "店长", "律师"];
const EN_TITLES: [&str; 6] = ["mr", "ms", "mrs", "miss", "dr", "coach"];

/// Whether a question names a thing that an entry does not, while the entry is asked by another of the kind.
pub(crate) fn is_asked(question: &str, entry: &Entry, lang: Lang) -> bool {
    let Some(text) = entry.texts.get(&lang) else { return false };
    let titles = std::iter::once(&text.title).chain(&text.phrasings);
    let titles = titles.map(String::as_str).collect::<Vec<_>>().join("\n").to_lowercase();
    let whole = format!("{titles}\n{}", text.answer.to_lowercase());
    let question = question.to_lowercase();
    names_another(&question, &titles, &whole)
        || is_another(&codes(&question), &codes(&titles), &codes(&whole))
        || is_another(&people(&question), &people(&titles), &people(&whole))
}

/// Names of a sort, each with its sort.
type Names = Vec<(String, String)>;

/// Short codes of letters and digits, by their shape: A1 and B2 are of one.
fn codes(low: &str) -> Names {
    const LONGEST: usize = 6;
    let words = low.split(|c: char| !c.is_ascii_alphanumeric());
    let is_code = |word: &&str| {
        word.len() <= LONGEST
            && word.bytes().any(|byte| byte.is_ascii_alphabetic())
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && word.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
    };
    let shape = |word: &str| word.bytes().map(|byte| if byte.is_ascii_digit() { '0' } else { 'a' }).collect();
    words.filter(is_code).map(|word| (shape(word), word.to_owned())).collect()
}

/// People as they are spoken of: Ms Wang, 王老师.
fn people(low: &str) -> Names {
    let words: Vec<&str> =
        low.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let english = words.windows(2).filter(|two| EN_TITLES.contains(&two[0]) && two[1].is_ascii());
    let english = english.map(|two| ("en".to_owned(), two[1].to_owned()));
    let chinese = ZH_TITLES.iter().flat_map(|title| {
        low.match_indices(title).filter_map(move |(at, _)| {
            let name = low[..at].chars().next_back().filter(|c| language::is_han(*c))?;
            FAMILY_NAMES.contains(name).then(|| ((*title).to_owned(), name.to_string()))
        })
    });
    english.chain(chinese).collect()
}

/// Whether a Chinese name begins with a usual family name.
pub(crate) fn is_family_name(name: &str) -> bool {
    name.chars().next().is_some_and(|first| FAMILY_NAMES.contains(first))
}

/// The usual ones: 请问老师 names nobody.
const FAMILY_NAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

#[cfg(test)]
mod tests {
    use domain::{EntryText, Kind};

    use super::*;

    fn another(question: &str, lang: Lang, title: &str, answer: &str) -> bool {
        let text = EntryText { title: title.to_owned(), phrasings: Vec::new(), answer: answer.to_owned() };
        is_asked(question, &Entry::new("e", Kind::Answer, [(lang, text)]), lang)
    }

    #[test]
    fn another_of_the_kind_is_not_what_is_asked_about() {
        for (question, lang, title, answer) in [
            ("日语班什么时候上课", Lang::Zh, "英语班什么时候上课", "周二晚上七点。"),
            ("德语A2班多少钱", Lang::Zh, "德语A1班多少钱", "1800 元。"),
            ("怎么联系李老师", Lang::Zh, "怎么联系王老师", "分机 12。"),
            ("How much is German A2", Lang::En, "How much is German A1?", "1,800 yuan."),
            ("Spanish A1 price", Lang::En, "How much is German A1?", "1,800 yuan."),
            ("how do I reach Ms Li", Lang::En, "How do I reach Ms Wang?", "Extension 12."),
        ] {
            assert!(another(question, lang, title, answer), "{question}");
        }
        for (question, lang, title, answer) in [
            ("德语a1班什么价", Lang::Zh, "德语A1班多少钱", "1800 元。"),
            ("请问老师怎么联系", Lang::Zh, "怎么联系王老师", "分机 12。"),
            ("B1 price", Lang::En, "How much is A1?", "A1 and B1 cost 1,800 yuan."),
            ("周日开门吗", Lang::Zh, "几点开门", "周一休息。"),
        ] {
            assert!(!another(question, lang, title, answer), "{question}");
        }
    }
}
