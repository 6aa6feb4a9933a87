//! What a person wrote to a customer, and which entry says the same.

use domain::{Entry, EntryId, Kind, Lang};
use jiff::civil::Date;

use crate::{Library, Query, lint::says_the_same, section};

/// Entries looked at for a reply.
const LOOKED_AT: usize = 5;

/// The entry of which these words are an answer: found by them or by what was asked, and saying the same, with no other
/// number, day or "not". `None` if there is none, or several: of several nobody knows which one was meant.
pub fn said_in(library: &Library, asked: &str, words: &str, lang: Lang, today: Date) -> Option<EntryId> {
    let found = [words, asked]
        .into_iter()
        .flat_map(|text| library.search(&Query { text, lang, limit: LOOKED_AT }))
        .map(|hit| hit.entry);
    let mut same: Vec<EntryId> =
        found.filter(|id| library.entry(id).is_some_and(|entry| says(&entry, words, lang, today))).collect();
    same.sort();
    same.dedup();
    <[EntryId; 1]>::try_from(same).ok().map(|[one]| one)
}

fn says(entry: &Entry, words: &str, lang: Lang, today: Date) -> bool {
    let Some(text) = entry.texts.get(&lang) else { return false };
    match entry.kind {
        Kind::Answer => says_the_same(words, &text.answer, lang, today),
        Kind::Article => section::sections(&text.title, &text.answer)
            .iter()
            .any(|section| says_the_same(words, &section.text, lang, today)),
    }
}

#[cfg(test)]
mod tests {
    use domain::EntryText;
    use jiff::civil::date;

    use super::*;

    fn library() -> Library {
        let entry = |id: &str, title: &str, answer: &str| {
            let text =
                EntryText { title: title.to_owned(), answer: answer.to_owned(), ..EntryText::default() };
            Entry::new(id, Kind::Answer, [(Lang::Zh, text)])
        };
        let library = Library::new();
        let entries = [
            entry("returns", "怎么退货", "签收后 7 天内可以退货，在订单页点“申请退货”，审核后寄回即可。"),
            entry("refund", "退款多久到账", "仓库验收后 3 个工作日内原路退回，银行卡还要等几天。"),
            entry("invoice", "怎么开发票", "在订单页点“申请发票”，填写抬头，24 小时内发到邮箱。"),
        ];
        library.change(&entries, &[], 1);
        library
    }

    #[test]
    fn a_reply_in_the_words_of_an_entry_is_that_entry_and_another_is_none() {
        let library = library();
        let said = |words: &str| {
            said_in(&library, "东西不合适咋整", words, Lang::Zh, date(2026, 5, 1)).map(|id| id.to_string())
        };
        let own = "您好，签收后 7 天内都可以退货的，您在订单页点“申请退货”，审核后寄回来就行";
        assert_eq!(said(own).as_deref(), Some("returns"));
        assert_eq!(said(&own.replace('7', "15")), None, "another number is another answer");
        assert_eq!(said("好的"), None, "too short to say anything");
        assert_eq!(said("您好，我帮您查了一下，您的包裹明天上午由中通派送，请保持电话畅通"), None);
    }
}
