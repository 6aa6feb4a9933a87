//! Care of the data: backups, damage, folders that cannot be used.

use std::fs;

use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use crate::shop::Shop;

#[test]
fn a_backup_is_taken_while_the_server_runs_and_put_back_when_it_does_not() {
    let shop = Shop::that_knows();
    let mut server = shop.serve();
    assert!(shop.run(&["backup", "safe.db", "--data", "data"]).well().contains("safe.db"));
    shop.run(&["backup", "safe.db", "--data", "data"]).failed(1, &["safe.db", "exists already"]);
    shop.run(&["restore", "safe.db", "--data", "data"]).failed(1, &["data", "stop it first"]);
    assert_eq!(server.stop(), Some(0));

    shop.write("more.jsonl", "{\"id\":\"late\",\"question\":\"后来的问题\",\"answer\":\"后来的回答\"}\n");
    shop.run(&["import", "more.jsonl", "--data", "data"]).well();
    let entries = || shop.run(&["doctor", "--data", "data", "--json"]).json()["entries"].as_i64();
    assert_eq!(entries(), Some(3));
    shop.run(&["restore", "safe.db", "--data", "data"]).well();
    assert_eq!(entries(), Some(2));
    assert!(shop.path("data/frontdesk.db.before-restore").exists(), "what was there is kept");
}

#[test]
fn what_is_no_backup_is_not_put_back() {
    let shop = Shop::that_knows();
    shop.write("holiday.jpg", [0xff, 0xd8, 0xff, 0xe0]);
    shop.run(&["restore", "holiday.jpg", "--data", "data"]).failed(1, &["holiday.jpg", "not a backup"]);
    shop.run(&["restore", "nobody.db", "--data", "data"]).failed(1, &["nobody.db", "No such file"]);
    assert_eq!(shop.run(&["doctor", "--data", "data", "--json"]).json()["entries"], 2);
}

#[test]
fn doctor_finds_sound_data_sound() {
    let shop = Shop::that_knows();
    let told = shop.run(&["doctor", "--data", "data"]).well();
    assert!(told.contains("not running") && told.contains("2 entries") && told.contains("sound"), "{told}");
    let _server = shop.serve();
    let told = shop.run(&["doctor", "--data", "data"]).well();
    assert!(told.contains("server         running") && told.contains("sound"), "{told}");
}

#[test]
fn a_database_that_is_no_database_is_named_with_the_way_out() {
    let shop = Shop::that_knows();
    shop.write("data/frontdesk.db", "this was overwritten by accident ".repeat(1_000));
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(shop.path(&format!("data/frontdesk.db{suffix}")));
    }
    for command in [["doctor", "--data", "data"], ["sign-in", "--data", "data"], ["serve", "--data", "data"]]
    {
        shop.run(&command).failed(1, &["damaged", "frontdesk restore"]);
    }
}

#[test]
fn a_page_that_was_scribbled_over_is_found() {
    let shop = Shop::that_knows();
    let place = shop.path("data/frontdesk.db");
    let mut bytes = fs::read(&place).unwrap();
    let answer = "签收后".as_bytes();
    let at =
        bytes.windows(answer.len()).position(|window| window == answer).expect("the answer is in the file");
    let page = at / 4096 * 4096;
    bytes[page..page + 4096].fill(0x5a);
    fs::write(&place, bytes).unwrap();
    let done = shop.run(&["doctor", "--data", "data"]);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("damaged") && done.err.contains("frontdesk restore"), "{done:?}");
}

#[tokio::test]
async fn a_database_from_the_future_is_left_as_it_is() {
    let shop = Shop::that_knows();
    let place = shop.path("data/frontdesk.db");
    let mut db = SqliteConnectOptions::new().filename(&place).connect().await.unwrap();
    let migration = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        values (9999, 'from the future', 1, x'00', 0)";
    sqlx::query(migration).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
    let before = fs::read(&place).unwrap();
    for command in ["doctor", "serve"] {
        shop.refused(&[command, "--data", "data"])
            .failed(1, &["newer frontdesk", "9999", "restore a backup"]);
    }
    assert!(fs::read(&place).unwrap() == before, "nothing was written to it");
}

#[test]
fn a_folder_that_cannot_be_used_is_named() {
    let shop = Shop::new();
    shop.write("file", "");
    shop.refused(&["serve", "--data", "file/data"]).failed(1, &["file/data", "cannot make the data folder"]);
    shop.refused(&["serve", "--data", "file"]).failed(1, &["file"]);
    fs::create_dir_all(shop.path("data/frontdesk.db")).unwrap();
    shop.run(&["doctor", "--data", "data"]).failed(1, &["frontdesk.db", "cannot open the database"]);
    if cfg!(target_os = "linux") {
        shop.refused(&["serve", "--data", "/proc/frontdesk"]).failed(1, &["/proc/frontdesk"]);
    }
}
