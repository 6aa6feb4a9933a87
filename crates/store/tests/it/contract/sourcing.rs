//! Sources of knowledge and how their documents stand.

use domain::Entry;
use serde_json::json;
use store::{Document, DocumentRow, Page, SourceOutcome, SourceRun, prelude::*};

use crate::scene::at;

fn document(address: &str, status: &str, base: Vec<Entry>) -> Document {
    let row = DocumentRow {
        address: address.to_owned(),
        status: status.to_owned(),
        detail: String::new(),
        entries: base.iter().map(|entry| entry.id.clone()).collect(),
        checked_at: at(5),
        changed_at: Some(at(4)),
    };
    Document { row, base, etag: Some("\"1\"".to_owned()), last_modified: None, hash: "h".to_owned() }
}

fn outcome(put: Vec<Document>, gone: &[&str]) -> SourceOutcome {
    let run = SourceRun { began_at: at(1), ended_at: at(5), problem: None, counts: json!({ "new": 2 }) };
    SourceOutcome { put, gone: gone.iter().map(|&address| address.to_owned()).collect(), run }
}

pub(crate) async fn a_run_is_written_whole_and_twice_is_once(store: &impl Store) {
    assert_eq!(store.source_run("help").await.unwrap(), None);
    let first = outcome(vec![document("/b", "read", vec![]), document("/a", "read", vec![])], &[]);
    for _ in 0..2 {
        store.put_source_outcome("help", first.clone()).await.unwrap();
    }
    assert_eq!(store.source_run("help").await.unwrap(), Some(first.run.clone()));
    let kept = store.documents("help").await.unwrap();
    assert_eq!(kept, [first.put[1].clone(), first.put[0].clone()]);
    assert_eq!(store.documents("other").await.unwrap(), []);
}

pub(crate) async fn documents_with_a_problem_come_first(store: &impl Store) {
    let put = vec![
        document("/a", "read", vec![]),
        document("/b", "read", vec![]),
        document("/c", "missing", vec![]),
    ];
    store.put_source_outcome("help", outcome(put, &[])).await.unwrap();
    let page = |after: Option<&str>| Page { after: after.map(str::to_owned), limit: 2 };
    let addresses = |rows: Vec<DocumentRow>| rows.into_iter().map(|row| row.address).collect::<Vec<_>>();
    assert_eq!(addresses(store.document_rows("help", &page(None)).await.unwrap()), ["/c", "/a"]);
    assert_eq!(addresses(store.document_rows("help", &page(Some("2"))).await.unwrap()), ["/b"]);
    store.put_source_outcome("help", outcome(vec![], &["/c"])).await.unwrap();
    assert_eq!(store.count_documents("help").await.unwrap(), [("read".to_owned(), 2)]);
}
