//! smoke
use store::{Durability, Sqlite, prelude::*};
#[tokio::test]
async fn smoke() {
    let dir = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&dir.path().join("a.db"), Durability::Full).await.unwrap();
    store.ready().await.unwrap();
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let inbound = domain::Inbound {
        channel: "widget".into(),
        sender: "a".into(),
        external_id: "1".into(),
        text: "hi".into(),
        name: None,
        lang: domain::Lang::En,
    };
    let now: domain::Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let r = store.receive(inbound.clone(), ("c".into(), "k".into(), "m".into()), now, None).await.unwrap();
    &r;
    let r = store.receive(inbound, ("c2".into(), "k2".into(), "m2".into()), now, None).await.unwrap();
    assert!(r.repeated);
    let mut c = r.conversation.clone();
    c.close(now);
    store.apply(store::Change::of(c, now)).await.unwrap();
    store.backup(&dir.path().join("b.db")).await.unwrap();
    store.close().await;
    for e in std::fs::read_dir(dir.path()).unwrap() {
        e.unwrap().file_name();
    }
}
