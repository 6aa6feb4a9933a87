//! The knowledge grows and changes.

use domain::{Entry, EntryId, EntryText, IntentExample, Kind, Lang, Picture};
use store::{EntryFilter, EntryRow, Page, Store, VectorRow};

use crate::scene::at;

fn entry(id: &str, title: &str, answer: &str) -> Entry {
    let text = EntryText { title: title.to_owned(), phrasings: Vec::new(), answer: answer.to_owned() };
    Entry {
        id: id.into(),
        kind: Kind::Answer,
        category: "shipping".to_owned(),
        tags: vec!["tag".to_owned()],
        texts: [(Lang::En, text)].into(),
        audience: domain::Audience::default(),
        valid: domain::Validity::default(),
        owner: String::new(),
        source: "faq.csv:1".to_owned(),
        updated_at: at(0),
    }
}

async fn put(store: &dyn Store, entries: &[Entry]) -> i64 {
    store.write_entries(entries, &[], "wang", at(1)).await.unwrap()
}

async fn find(store: &dyn Store, filter: EntryFilter) -> Vec<EntryRow> {
    let mut rows: Vec<EntryRow> = Vec::new();
    loop {
        let after = rows.last().map(|row| row.cursor.clone());
        let page = store.entries(&filter, &Page { after, limit: 2 }).await.unwrap();
        if page.is_empty() {
            assert_eq!(store.count_entries(&filter).await.unwrap(), rows.len() as u64);
            return rows;
        }
        rows.extend(page);
    }
}

fn ids(rows: &[EntryRow]) -> Vec<&str> {
    rows.iter().map(|row| row.id.as_str()).collect()
}

pub(crate) async fn every_change_has_a_number(store: &dyn Store) {
    assert_eq!(store.knowledge_version().await.unwrap(), 0);
    assert_eq!(put(store, &[entry("a", "A", "1"), entry("b", "B", "1")]).await, 2);
    let gone = [EntryId::from("a")];
    let version = store.write_entries(&[entry("b", "B", "2")], &gone, "zhao", at(5)).await.unwrap();
    assert_eq!(version, 4);
    assert_eq!(store.knowledge_version().await.unwrap(), 4);

    assert_eq!(store.entry(&"a".into()).await.unwrap(), None);
    assert_eq!(store.entry(&"b".into()).await.unwrap(), Some(entry("b", "B", "2")));
    let changes = store.entry_changes(1, 2).await.unwrap();
    let told: Vec<_> = changes.iter().map(|c| (c.version, c.id.as_str(), c.by.as_str(), c.at)).collect();
    assert_eq!(told, [(2, "b", "wang", at(1)), (3, "b", "zhao", at(5))]);
    assert_eq!(changes[1].entry, Some(entry("b", "B", "2")));
    let last = &store.entry_changes(3, 9).await.unwrap()[0];
    assert_eq!((last.version, last.id.as_str(), &last.entry), (4, "a", &None));
    assert_eq!(store.entry_changes(4, 9).await.unwrap(), []);
}

pub(crate) async fn nothing_to_do_changes_nothing(store: &dyn Store) {
    let version = put(store, &[entry("a", "A", "1")]).await;
    let mut same = entry("a", "A", "1");
    same.updated_at = at(77);
    assert_eq!(put(store, &[]).await, version);
    assert_eq!(put(store, &[same]).await, version);
    assert_eq!(store.write_entries(&[], &["nobody".into()], "wang", at(1)).await.unwrap(), version);
    assert_eq!(store.entry_changes(0, 9).await.unwrap().len(), 1);

    let moved = Entry { source: "elsewhere".to_owned(), ..entry("a", "A", "1") };
    assert_eq!(put(store, &[moved]).await, version + 1);
    let twice = [entry("b", "B", "first"), entry("b", "B", "last word")];
    assert_eq!(put(store, &twice).await, version + 2);
    assert_eq!(store.entry(&"b".into()).await.unwrap(), Some(twice[1].clone()));
}

pub(crate) async fn lists_find_titles_and_ids(store: &dyn Store) {
    let mut both = Entry { category: "shop".to_owned(), ..entry("hours", "Opening hours", "9 to 5") };
    both.texts.insert(Lang::Zh, EntryText { title: "营业时间".to_owned(), ..EntryText::default() });
    let mut article = entry("returns-2", "50% off_season", "…");
    article.kind = Kind::Article;
    article.category = String::new();
    put(store, &[both.clone(), article, entry("returns-1", "How to return", "…")]).await;

    let text = |text: &str| EntryFilter { text: Some(text.to_owned()), ..EntryFilter::default() };
    assert_eq!(ids(&find(store, text("OPENING")).await), ["hours"]);
    assert_eq!(ids(&find(store, text("营业")).await), ["hours"]);
    assert_eq!(ids(&find(store, text(" Returns-").clone()).await), ["returns-2", "returns-1"]);
    assert_eq!(ids(&find(store, text("50%")).await), ["returns-2"]);
    assert_eq!(ids(&find(store, text("5_%")).await), [""; 0]);
    let of = EntryFilter { category: Some("shop".to_owned()), ..EntryFilter::default() };
    let row = &find(store, of).await[0];
    assert_eq!(row.titles, [(Lang::Zh, "营业时间".to_owned()), (Lang::En, "Opening hours".to_owned())]);
    assert_eq!((row.kind, row.category.as_str(), row.updated_at), (Kind::Answer, "shop", at(0)));
    let articles = EntryFilter { kind: Some(Kind::Article), ..EntryFilter::default() };
    assert_eq!(ids(&find(store, articles).await), ["returns-2"]);
    let categories = store.categories().await.unwrap();
    assert_eq!(categories, [(String::new(), 1), ("shipping".to_owned(), 1), ("shop".to_owned(), 1)]);
}

pub(crate) async fn a_category_holds_those_below_it(store: &dyn Store) {
    let all = ["", "订单", "订单/退货", "订单/退货/运费", "订单/改单", "订单 旧", "订单0", "订", "z"];
    let entries: Vec<Entry> = all
        .iter()
        .enumerate()
        .map(|(at, category)| {
            let id = format!("e{at}");
            Entry { category: (*category).to_owned(), ..entry(&id, &format!("title {}", 9 - at), "…") }
        })
        .collect();
    put(store, &entries).await;

    let of = |category: &str| EntryFilter { category: Some(category.to_owned()), ..EntryFilter::default() };
    assert_eq!(ids(&find(store, of("订单")).await), ["e4", "e3", "e2", "e1"], "by title");
    assert_eq!(ids(&find(store, of("订单/退货")).await), ["e3", "e2"]);
    assert_eq!(ids(&find(store, of("订单/退")).await), [""; 0]);
    assert_eq!(ids(&find(store, of("")).await), ["e0"], "those without a category");
    assert_eq!(store.count_entries(&of("订单")).await.unwrap(), 4);
    let articles = EntryFilter { kind: Some(Kind::Article), ..of("订单") };
    assert_eq!(store.count_entries(&articles).await.unwrap(), 0);
}

pub(crate) async fn pictures_stay_while_anything_shows_or_showed_them(store: &dyn Store) {
    let picture = |letter: &str| Picture { name: format!("{}.png", letter.repeat(64)), bytes: letter.into() };
    let all: Vec<Picture> = ["a", "b", "c", "d"].map(picture).to_vec();
    store.put_pictures(all.clone(), at(1)).await.unwrap();
    store.put_pictures(vec![all[3].clone()], at(50)).await.unwrap();
    let shows =
        |id: &str, picture: &Picture| entry(id, id, &format!("看：![图](/pictures/{})", picture.name));
    put(store, &[shows("now", &all[0]), shows("once", &all[1])]).await;
    put(store, &[entry("once", "once", "no more")]).await;

    assert_eq!(store.sweep_pictures(at(1)).await.unwrap(), 0, "all of them are new");
    assert_eq!(store.sweep_pictures(at(10)).await.unwrap(), 1);
    let mut left = Vec::new();
    for picture in &all {
        left.push(store.picture(&picture.name).await.unwrap());
    }
    let [a, b, _, d] = ["a", "b", "c", "d"].map(|letter| Some(letter.as_bytes().to_vec()));
    assert_eq!(left, [a, b, None, d]);
    assert_eq!(store.sweep_pictures(at(60)).await.unwrap(), 1);
}

pub(crate) async fn pages_end(store: &dyn Store) {
    let titled = [("e", "same"), ("d", "same"), ("c", "Zebra"), ("b", "same"), ("a", "ant")];
    put(store, &titled.map(|(id, title)| entry(id, title, "…"))).await;

    assert_eq!(ids(&find(store, EntryFilter::default()).await), ["a", "b", "d", "e", "c"]);
    let first = store.entries_after(None, 3).await.unwrap();
    let rest = store.entries_after(first.last().map(|entry| &entry.id), 3).await.unwrap();
    let read: Vec<_> = first.iter().chain(&rest).map(|entry| entry.id.as_str()).collect();
    assert_eq!(read, ["a", "b", "c", "d", "e"]);
}

pub(crate) async fn thousands_at_once(store: &dyn Store) {
    let entries: Vec<Entry> =
        (0..2_500).map(|n| entry(&format!("{n:05}"), &format!("Question {n}"), "Answer")).collect();
    assert_eq!(put(store, &entries).await, 2_500);
    assert_eq!(put(store, &entries).await, 2_500);

    let all: Vec<EntryId> = entries.iter().map(|entry| entry.id.clone()).collect();
    assert_eq!(store.write_entries(&[], &all, "wang", at(2)).await.unwrap(), 5_000);
    assert_eq!(store.count_entries(&EntryFilter::default()).await.unwrap(), 0);
    assert_eq!(store.entry_changes(2_499, 2).await.unwrap()[1].entry, None);
}

fn example(intent: &str, text: &str) -> IntentExample {
    IntentExample::new(intent, text).unwrap()
}

pub(crate) async fn examples_are_kept_once_and_every_change_shows(store: &dyn Store) {
    assert_eq!((store.examples().await.unwrap(), store.examples_revision().await.unwrap()), (vec![], 0));
    let [invoice, parcel] = [example("发票", "怎么开发票"), example("delivery", "where is my parcel")];
    let both = [invoice.clone(), parcel.clone(), invoice.clone()];
    assert_eq!(store.put_examples(&both, "wang", at(1)).await.unwrap(), 2);
    assert_eq!(store.examples().await.unwrap(), [parcel.clone(), invoice.clone()]);
    let first = store.examples_revision().await.unwrap();

    assert_eq!(store.put_examples(&both, "zhao", at(2)).await.unwrap(), 0);
    assert!(!store.remove_example(&example("delivery", "怎么开发票")).await.unwrap(), "of another intent");
    assert_eq!(store.examples_revision().await.unwrap(), first, "nothing changed");

    assert!(store.remove_example(&parcel).await.unwrap());
    assert!(!store.remove_example(&parcel).await.unwrap());
    let removed = store.examples_revision().await.unwrap();
    assert_eq!(store.put_examples(&[parcel], "wang", at(3)).await.unwrap(), 1);
    let again = store.examples_revision().await.unwrap();
    assert!(0 < first && first < removed && removed < again, "the same examples, and yet it was noticed");
}

pub(crate) async fn thousands_of_examples_at_once(store: &dyn Store) {
    let many: Vec<IntentExample> =
        (0..2_500).map(|n| example(&format!("intent {}", n % 7), &format!("question {n}"))).collect();
    assert_eq!(store.put_examples(&many, "import", at(1)).await.unwrap(), 2_500);
    assert_eq!(store.put_examples(&many, "import", at(1)).await.unwrap(), 0);
    let kept = store.examples().await.unwrap();
    assert_eq!(kept.len(), 2_500);
    assert!(kept.is_sorted(), "by intent, then by text");
}

pub(crate) async fn vectors_are_kept_by_model_and_never_mixed(store: &dyn Store) {
    let row = |text: &str, vector: u8| VectorRow { text: text.into(), vector: vec![vector; 4] };
    store.put_vectors("old", vec![row("退货", 1), row("refund", 2)]).await.unwrap();
    store.put_vectors("new", vec![row("退货", 3)]).await.unwrap();
    store.put_vectors("new", vec![row("退货", 4), row("运费", 5)]).await.unwrap();
    let texts = ["退货", "refund", "nobody"].map(|text| text.as_bytes().to_vec());
    let told = async |model: &str| {
        let mut rows = store.vectors(model, &texts).await.unwrap();
        rows.sort();
        rows
    };
    assert_eq!(told("old").await, [row("refund", 2), row("退货", 1)]);
    assert_eq!(told("new").await, [row("退货", 4)]);
    store.keep_vectors_of("new").await.unwrap();
    assert_eq!(told("old").await, []);
    assert_eq!(told("new").await, [row("退货", 4)]);
}
