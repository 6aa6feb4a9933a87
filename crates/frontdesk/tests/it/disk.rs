//! A full disk: writes are refused in words, reads work, and it heals when there is room again.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;
use testkit::{Answer, Http, eventually};

use crate::shop::{Shop, skipped};

/// A small disk of our own.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(place: PathBuf) -> Option<Self> {
        fs::create_dir_all(&place).unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"]).arg(&place).output();
        mounted.is_ok_and(|done| done.status.success()).then_some(Self(place))
    }

    /// Takes all the room there is.
    fn fill(&self) -> PathBuf {
        let filler = self.0.join("filler");
        let mut file = File::create(&filler).unwrap();
        for size in [64 * 1024, 4 * 1024, 1] {
            while file.write_all(&vec![b'.'; size]).is_ok() {}
        }
        filler
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

struct Visitor {
    http: Http,
    bearer: String,
}

impl Visitor {
    async fn say(&self, id: usize) -> Answer {
        let headers = [("authorization", self.bearer.as_str()), ("content-type", "application/json")];
        let body = json!({ "id": id.to_string(), "text": "字".repeat(1_900) }).to_string();
        self.http.request("POST", "/v1/widget/messages", &headers, body.as_bytes()).await.unwrap()
    }

    async fn seqs(&self) -> Vec<i64> {
        let answer = self
            .http
            .request("GET", "/v1/widget/messages", &[("authorization", &self.bearer)], b"")
            .await
            .unwrap();
        assert_eq!(answer.status, 200, "reading works: {answer:?}");
        let events = answer.json()["events"].as_array().unwrap().clone();
        events
            .iter()
            .filter(|event| event["type"] == "message")
            .map(|event| event["seq"].as_i64().unwrap())
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_writes_in_words_and_heals() {
    let shop = Shop::that_knows();
    let Some(disk) = SmallDisk::mount(shop.path("small")) else {
        return skipped("a full disk", "a small file system cannot be mounted here (it takes root)");
    };
    copy(&shop.path("data/frontdesk.db"), &disk.0.join("frontdesk.db"));
    let mut server = shop.try_serve("small").unwrap_or_else(|done| panic!("{done:?}"));
    let http = server.http();
    let session =
        http.request("POST", "/v1/widget/session", &[("content-type", "application/json")], b"{}").await;
    let bearer = format!("Bearer {}", session.unwrap().json()["visitor"].as_str().unwrap());
    let li = Visitor { http, bearer };
    assert_eq!(li.say(0).await.status, 200);

    let filler = disk.fill();
    let mut accepted = 1;
    let refused = loop {
        let answer = li.say(accepted).await;
        match answer.status {
            200 => accepted += 1,
            _ => break answer,
        }
        assert!(accepted < 2_000, "the disk is full");
    };
    let (status, code) = refused.refusal();
    assert!([503, 507].contains(&status) && code == "unavailable", "{refused:?}");
    assert!(refused.header("retry-after").is_some(), "it says when to come back");
    assert!(!li.seqs().await.is_empty());
    assert_eq!(http.request("GET", "/healthz", &[], b"").await.unwrap().status, 200, "the process lives");
    let ready = http.request("GET", "/readyz", &[], b"").await.unwrap().status;
    assert!([503, 507].contains(&ready), "and says that it cannot keep anything: {ready}");

    fs::remove_file(filler).unwrap();
    eventually("there is room again", async || (li.say(accepted).await.status == 200).then_some(())).await;
    let seqs = eventually("all is answered", async || {
        let seqs = li.seqs().await;
        (seqs.len() > accepted + 1).then_some(seqs)
    })
    .await;
    assert!(seqs.iter().zip(1..).all(|(seq, place)| *seq == place), "no gaps: {seqs:?}");
    assert_eq!(server.stop(), Some(0));
    assert!(shop.run(&["doctor", "--data", "small"]).well().contains("sound"));
}

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
}
