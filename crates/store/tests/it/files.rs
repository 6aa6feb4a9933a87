//! SQLite's files: backups, strangers, damage, and what is left at the end.

use sqlx::Connection;
use store::{Durability, Sqlite, StoreError, prelude::*};

use crate::{
    scene::{Scene, inbound},
    sqlite::{open, plain},
};

#[tokio::test]
async fn a_backup_opens_and_equals() {
    let (store, folder) = open().await;
    let scene = Scene::new(&store);
    let received =
        scene.all_at_once((0..30).map(|n| inbound(&format!("{}", n % 4), &format!("{n}"))).collect()).await;
    scene.waits(received[29].conversation.clone(), 3).await;
    let to = folder.path().join("backup.db");
    store.backup(&to).await.unwrap();
    let before = std::fs::read(&to).unwrap();
    let again = store.backup(&to).await;
    assert!(matches!(&again, Err(StoreError::Open { path, .. }) if *path == to), "{again:?}");
    assert_eq!(std::fs::read(&to).unwrap(), before, "a backup never overwrites");
    assert!(!folder.path().join("backup.db.part").exists());

    let copy = Sqlite::open(&to, Durability::Full).await.unwrap();
    let all = store.conversations_after(None, 100).await.unwrap();
    assert_eq!(copy.conversations_after(None, 100).await.unwrap(), all);
    for conversation in &all {
        let messages = store.messages(&conversation.id, 0, 100).await.unwrap();
        assert_eq!(copy.messages(&conversation.id, 0, 100).await.unwrap(), messages);
    }
    assert_eq!(copy.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_alone() {
    let (store, folder) = open().await;
    store.close().await;
    let file = folder.path().join("frontdesk.db");
    let mut db = plain(&file).await;
    let migration = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        values (9999, 'from the future', 1, x'00', 0)";
    sqlx::query(migration).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
    let before = std::fs::read(&file).unwrap();

    let refused = Sqlite::open(&file, Durability::Full).await;
    assert!(matches!(&refused, Err(StoreError::Newer(what)) if what.contains("9999")), "{refused:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("frontdesk.db");
    std::fs::write(&file, "<html>404 Not Found</html>".repeat(100)).unwrap();
    let damaged = Sqlite::open(&file, Durability::Full).await;
    assert!(matches!(damaged, Err(StoreError::Damaged(_))), "{damaged:?}");
    let nowhere = Sqlite::open(&folder.path().join("no/such/folder.db"), Durability::Full).await;
    assert!(matches!(nowhere, Err(StoreError::Open { .. })), "{nowhere:?}");
}

#[tokio::test]
async fn damage_is_found() {
    let (store, folder) = open().await;
    let scene = Scene::new(&store);
    let received = scene.says("李雷").await;
    let mut other = plain(&folder.path().join("frontdesk.db")).await;
    sqlx::query("pragma foreign_keys = off").execute(&mut other).await.unwrap();
    sqlx::query("delete from messages").execute(&mut other).await.unwrap();
    sqlx::query("insert into deliveries values ('gone', 'gone', 'queued', 0, null, 0)")
        .execute(&mut other)
        .await
        .unwrap();

    let found = store.check().await.unwrap().join("\n");
    assert!(found.contains(&format!("have gaps: {}", received.conversation.id)), "{found}");
    assert!(found.contains(&format!("it is not there: {}", received.message.id)), "{found}");
    assert!(found.contains("no job that delivers it: gone"), "{found}");
    assert!(found.contains("of deliveries names a row of messages"), "{found}");
}

#[tokio::test]
async fn closing_finishes_what_is_queued() {
    let (store, folder) = open().await;
    let scene = Scene::new(&store);
    let ((), received) = tokio::join!(
        store.close(),
        scene.all_at_once((0..100).map(|n| inbound("李雷", &format!("{n}"))).collect())
    );
    assert_eq!(received.len(), 100);
    assert!(matches!(store.put_setting("colour", "red").await, Err(StoreError::Closed)));
    assert!(matches!(store.setting("colour").await, Err(StoreError::Closed)));
    store.close().await;
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["frontdesk.db"], "the log is folded into the file");
}
