//! Lists of knowledge are found by every word also while the index of words is not there yet, as after a start.

use domain::{Entry, EntryText, Kind, Lang};
use reception::{EntryFilter, Page};
use testkit::TestDesk;

fn entry(id: &str, title: &str, phrasing: &str, answer: &str) -> Entry {
    let text = EntryText {
        title: title.to_owned(),
        phrasings: vec![phrasing.to_owned()],
        answer: answer.to_owned(),
    };
    Entry { category: "orders/returns".to_owned(), ..Entry::new(id, Kind::Answer, [(Lang::Zh, text)]) }
}

#[tokio::test]
async fn words_of_answers_and_phrasings_are_found_before_the_index_is_filled() {
    let desk = TestDesk::new().await;
    let owner = desk.owner().await;
    for entry in [
        entry("a", "怎么退货", "东西不要了", "签收后 7 天内寄回 Hangzhou 仓库。"),
        entry("b", "退款多久到账", "钱什么时候退", "验收后 3 天。"),
        entry("c", "仓库在哪里", "发货地", "杭州。"),
    ] {
        owner.draft_entry(entry, "").await.unwrap();
    }
    let looked = reception::Consent { looked: true, ..reception::Consent::default() };
    owner.publish(&reception::Which::All, &looked).await.unwrap();
    let desk = desk.restart().await;
    let owner = desk.owner().await;
    let found = async |words: &str, category: Option<&str>, limit: u32| {
        let filter = EntryFilter {
            text: Some(words.to_owned()),
            category: category.map(str::to_owned),
            ..EntryFilter::default()
        };
        let rows = owner.entries(&filter, &Page { after: None, limit }).await.unwrap();
        let ids: Vec<String> = rows.into_iter().map(|row| row.id.to_string()).collect();
        (ids.concat(), owner.count_entries(&filter).await.unwrap())
    };
    assert_eq!(found("不要了", None, 9).await, ("a".to_owned(), 1), "a phrasing");
    assert_eq!(found("hangzhou 签收", None, 9).await, ("a".to_owned(), 1), "two words of an answer");
    assert_eq!(found("仓库", None, 9).await, ("ca".to_owned(), 2), "who has it in the title comes first");
    assert_eq!(found("仓库", None, 1).await, ("c".to_owned(), 2), "a page of them");
    assert_eq!(found("仓库", Some("orders"), 9).await.1, 2, "in a branch of the tree");
    assert_eq!(found("仓库", Some("payment"), 9).await.1, 0);
    assert_eq!(found("保险", None, 9).await.1, 0);
}
