//! The contract on SQLite, and what happens to groups, disks and locks.

use std::path::Path;

use futures_util::future::join_all;
use proptest::prelude::*;
use sqlx::{ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{Change, Durability, Session, Sqlite, StoreError, prelude::*};
use tempfile::TempDir;

use crate::scene::{Scene, at, inbound, until};

crate::contract::whole_contract!(crate::sqlite::open);

pub(crate) async fn open() -> (Sqlite, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (open_in(&folder).await, folder)
}

pub(crate) async fn open_in(folder: &TempDir) -> Sqlite {
    Sqlite::open(&folder.path().join("frontdesk.db"), Durability::Normal).await.unwrap()
}

/// The same file, past the store.
pub(crate) async fn plain(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file).connect().await.unwrap()
}

/// A session of nobody: the database refuses it.
fn impossible() -> Session {
    Session { hash: "h".into(), agent: "nobody".into(), expires: at(1), form_token: String::new() }
}

#[tokio::test]
async fn what_was_accepted_is_there_after_a_sudden_end() {
    let (store, folder) = open().await;
    let received = Scene::new(&store).receive(inbound("李雷", "1"), 0, Some(until(60))).await;
    // Dropped without closing, as when the process dies.
    drop(store);
    let store = open_in(&folder).await;
    assert_eq!(store.conversation(&received.conversation.id).await.unwrap(), Some(received.conversation));
    assert!(
        store.receive(inbound("李雷", "1"), Scene::new(&store).fresh(), at(9), None).await.unwrap().repeated
    );
}

#[tokio::test]
async fn a_bad_operation_harms_nobody_in_its_group() {
    let (store, _folder) = open().await;
    let scene = Scene::new(&store);
    let first = scene.says("小明").await;
    let (read, taken) = (first.conversation, first.message.id);
    let good =
        join_all((0..50).map(|n| scene.receive(inbound(&format!("{}", n % 7), &format!("{n}")), 0, None)));
    let (session, message) = (impossible(), inbound("小红", "name taken"));
    let refused = store.put_session(&session);
    let same_name = store.receive(message, ("c".into(), "k".into(), taken), at(0), None);
    let mut of_nobody = Change::of(read, at(1));
    of_nobody.conversation.customer = "nobody".into();
    let of_nobody = store.apply(of_nobody);
    let setting = store.put_setting("colour", "red");
    let (good, refused, same_name, of_nobody, setting) =
        tokio::join!(good, refused, same_name, of_nobody, setting);

    assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
    assert!(matches!(same_name, Err(StoreError::Database(_))), "{same_name:?}");
    assert!(matches!(of_nobody, Err(StoreError::Database(_))), "{of_nobody:?}");
    setting.unwrap();
    assert!(good.iter().all(|one| !one.repeated));
    assert_eq!(store.thread(&"shop".into(), "小红", 1).await.unwrap(), []);
    assert_eq!(store.session("h", at(0)).await.unwrap(), None);
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_full_disk_refuses_and_heals() {
    let (store, _folder) = open().await;
    let scene = Scene::new(&store);
    let received = scene.says("李雷").await;
    store.pragma("pragma max_page_count = 1").await.unwrap();
    let mut accepted = Vec::new();
    let full = loop {
        let mut long = inbound("李雷", &scene.name("said"));
        long.text = "退货".repeat(1_000);
        match store.receive(long, scene.fresh(), at(0), None).await {
            Ok(received) => accepted.push(received.message.seq),
            Err(error) => break error,
        }
    };
    assert!(matches!(full, StoreError::Full), "{full:?}");
    assert!(full.may_retry());
    assert!(matches!(store.put_setting("big", &"x".repeat(100_000)).await, Err(StoreError::Full)));
    let stored = scene.places(&received.conversation.id).await;
    assert_eq!(stored.len(), accepted.len() + 1, "reading goes on, and nothing is half there");

    store.pragma("pragma max_page_count = 1000000").await.unwrap();
    let next = scene.says("李雷").await;
    assert_eq!(Some(next.message.seq), stored.last().map(|last| last + 1));
    store.ready().await.unwrap();
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_locked_file_is_reported_and_heals() {
    let (store, folder) = open().await;
    store.pragma("pragma busy_timeout = 0").await.unwrap();
    let mut other = plain(&folder.path().join("frontdesk.db")).await;
    sqlx::query("begin immediate").execute(&mut other).await.unwrap();
    let refused = join_all((0..9).map(|_| store.put_setting("colour", "red"))).await;
    assert!(refused.iter().all(|one| matches!(one, Err(StoreError::Locked))), "{refused:?}");
    assert_eq!(store.setting("colour").await.unwrap(), None);

    sqlx::query("rollback").execute(&mut other).await.unwrap();
    store.put_setting("colour", "red").await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever comes in together, and whenever conversations end: every name is accepted once, and
    /// places have no gaps.
    #[test]
    fn every_name_is_accepted_once(groups in prop::collection::vec(
        (prop::collection::vec((0_u8..4, 0_u8..12), 1..40), 0_u8..4), 1..6,
    )) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (store, _folder) = open().await;
            let scene = Scene::new(&store);
            let mut seen = std::collections::HashSet::new();
            for (group, over) in groups {
                let messages = group.iter().map(|(who, what)| inbound(&who.to_string(), &what.to_string()));
                let received = scene.all_at_once(messages.collect()).await;
                for (key, received) in group.iter().zip(&received) {
                    prop_assert_eq!(received.repeated, !seen.insert(*key));
                }
                let thread = store.thread(&"shop".into(), &over.to_string(), 1).await.unwrap();
                for mut conversation in thread {
                    if conversation.close(at(0)) {
                        scene.change(Change::of(conversation, at(0))).await;
                    }
                }
            }
            let mut messages = 0;
            for conversation in store.conversations_after(None, 1_000).await.unwrap() {
                messages += conversation.last_seq;
            }
            prop_assert_eq!(usize::try_from(messages).unwrap(), seen.len());
            prop_assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
            Ok(())
        })?;
    }
}
