//! A folder of its own and the built program in it.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;
use testkit::{DEADLINE, Http};

/// What the program of this test is set to, over the defaults.
const SETTINGS: [(&str, &str); 3] = [
    ("FRONTDESK_SERVER__LISTEN", "127.0.0.1:0"),
    ("FRONTDESK_LIMITS__VISITOR_PER_MINUTE", "1000000"),
    ("FRONTDESK_LIMITS__ADDRESS_PER_MINUTE", "1000000"),
];

/// A shop owner's folder.
pub(crate) struct Shop(TempDir);

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Done {
    /// The command did its work: what it printed.
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// The command did its work and printed exactly one JSON object.
    pub(crate) fn json(self) -> Value {
        let out = self.well();
        assert_eq!(out.lines().count(), 1, "{out}");
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// The command failed with this status, said nothing on stdout, and every one of these words on stderr.
    pub(crate) fn failed(self, code: i32, words: &[&str]) {
        assert_eq!((self.code, self.out.as_str()), (Some(code), ""), "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

impl Shop {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A shop that knows how to return things.
    pub(crate) fn that_knows() -> Self {
        let shop = Self::new();
        shop.write("faq.jsonl", "{\"id\":\"returns\",\"question\":\"怎么退货\",\"answer\":\"签收后 7 天内可以退。\"}\n{\"id\":\"pay\",\"question\":\"How do I pay?\",\"answer\":\"By card.\"}\n");
        shop.run(&["import", "faq.jsonl", "--data", "data"]).well();
        shop
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        command.current_dir(self.0.path()).stdin(Stdio::null()).envs(SETTINGS);
        // What is printed is compared: it is not to depend on the terminal that the tests run in.
        command.env("LC_ALL", "C.UTF-8");
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Done {
        done(self.command().args(args))
    }

    /// The same in a terminal that speaks Chinese.
    pub(crate) fn run_in_chinese(&self, args: &[&str]) -> Done {
        done(self.command().env("LC_ALL", "zh_CN.UTF-8").args(args))
    }

    /// Starts a server on `data`.
    pub(crate) fn serve(&self) -> Running {
        self.try_serve("data").unwrap_or_else(|done| panic!("the server does not start: {done:?}"))
    }

    /// Runs a command that must not come to serve; if it does, it dies here.
    pub(crate) fn refused(&self, args: &[&str]) -> Done {
        Running::start(self.command().args(args)).err().expect("no server starts")
    }

    /// Starts a server, or tells how it ended.
    pub(crate) fn try_serve(&self, data: &str) -> Result<Running, Done> {
        Running::start(self.command().args(["serve", "--data", data]))
    }
}

pub(crate) fn done(command: &mut Command) -> Done {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program speaks UTF-8");
    Done { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A server that runs. It dies with its test.
pub(crate) struct Running {
    child: Child,
    _out: BufReader<ChildStdout>,
    /// The first line it printed.
    pub(crate) first: String,
    pub(crate) address: SocketAddr,
    /// Where it tells commands on this machine how to reach it.
    notice: PathBuf,
}

impl Running {
    /// Starts a server and waits until it says where it is.
    pub(crate) fn start(command: &mut Command) -> Result<Self, Done> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        let address = first.split("http://").nth(1).and_then(|rest| {
            let end = rest.find(|ch: char| !(ch.is_ascii_digit() || ".:".contains(ch))).unwrap_or(rest.len());
            rest[..end].parse().ok()
        });
        let mut stderr = child.stderr.take().unwrap();
        let Some(address) = address else {
            let (mut rest, mut err) = (first, String::new());
            out.read_to_string(&mut rest).unwrap();
            stderr.read_to_string(&mut err).unwrap();
            return Err(Done { code: child.wait().unwrap().code(), out: rest, err });
        };
        // What it logs is read, so that it never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
        let folder = command.get_current_dir().unwrap_or(Path::new("."));
        Ok(Self { child, _out: out, first, address, notice: folder.join("data/server.json") })
    }

    pub(crate) fn http(&self) -> Http {
        Http(self.address)
    }

    /// Up to where a conversation has been answered, as the commands would learn it.
    pub(crate) async fn answered(&self, conversation: &str) -> Option<i64> {
        let notice: Value = serde_json::from_slice(&std::fs::read(&self.notice).unwrap()).unwrap();
        let bearer = format!("Bearer {}", notice["token"].as_str().unwrap());
        let headers = [("authorization", bearer.as_str())];
        let all = self.http().request("GET", "/v1/conversations", &headers, b"").await.unwrap().json();
        let found = all["items"].as_array().unwrap().iter().find(|one| one["id"] == conversation)?;
        found["answered_seq"].as_i64()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// kill -9.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to end, as `systemctl stop` does, and returns its exit status.
    pub(crate) fn stop(&mut self) -> Option<i32> {
        let told = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status().unwrap();
        assert!(told.success());
        let end = Instant::now() + DEADLINE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not end");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Says loudly that something could not be tried here.
pub(crate) fn skipped(what: &str, why: &str) {
    eprintln!("\n*** SKIPPED: {what}\n*** because {why}\n");
}

/// A public data set, if it lies beside the project.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    Some(root.join(name)).filter(|path| path.exists())
}
