//! Sources of knowledge and how their documents stand.

use domain::{Entry, Said};
use serde_json::json;
use store::{Document, DocumentRow, Page, SourceOutcome, SourceRun, prelude::*};

use crate::scene::at;

/// What is the same in both languages, nothing, and what is not.
fn detail(status: &str) -> Said {
    match status {
        "missing" => Said::verbatim("HTTP 404"),
        "unreadable" => Said::new("unread: 不是 PDF", "unread: not a PDF"),
        _ => Said::verbatim(""),
    }
}

fn document(address: &str, status: &str, base: Vec<Entry>) -> Document {
    let row = DocumentRow {
        address: address.to_owned(),
        status: status.to_owned(),
        detail: detail(status),
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
    let put = vec![document("/b", "unreadable", vec![]), document("/a", "missing", vec![])];
    let first = outcome(put, &[]);
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

pub(crate) async fn a_failed_run_says_why_in_both_languages(store: &impl Store) {
    let mut failed = outcome(vec![], &[]);
    for problem in [Said::new("没有回答", "no answer"), Said::verbatim("HTTP 500")] {
        failed.run.problem = Some(problem);
        store.put_source_outcome("help", failed.clone()).await.unwrap();
        assert_eq!(store.source_run("help").await.unwrap(), Some(failed.run.clone()));
    }
    let told = serde_json::to_value(&failed.run).unwrap();
    assert_eq!((&told["problem"], &told["problem_zh"]), (&json!("HTTP 500"), &json!("HTTP 500")));
    failed.run.problem = None;
    let told = serde_json::to_value(&failed.run).unwrap();
    assert_eq!((&told["problem"], &told["problem_zh"]), (&json!(null), &json!(null)));
    let row = serde_json::to_value(document("/a", "unreadable", vec![]).row).unwrap();
    assert_eq!(
        (&row["detail"], &row["detail_zh"]),
        (&json!("unread: not a PDF"), &json!("unread: 不是 PDF"))
    );
}
