//! The shop and the driver as child processes, which end with the test.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

/// A process that dies when it is dropped.
struct Mortal(Child);

impl Drop for Mortal {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The demo shop on a free port, with a data folder of its own.
pub(crate) struct Shop {
    pub(crate) home: String,
    pub(crate) desk: String,
    pub(crate) sign_in: String,
    folder: TempDir,
    _server: Mortal,
}

impl Shop {
    pub(crate) fn open() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let log = File::create(folder.path().join("server.log"))?;
        let mut child = Command::new(program()?)
            .args(["demo", "--port", "0", "--json", "--data"])
            .arg(folder.path().join("data"))
            // The stories write faster than people do.
            .env("FRONTDESK_LIMITS__VISITOR_PER_MINUTE", "600")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let output = child.stdout.take().context("the shop's output cannot be read")?;
        let server = Mortal(child);
        let mut first = String::new();
        BufReader::new(output).read_line(&mut first)?;
        let links: Value = serde_json::from_str(&first)
            .with_context(|| format!("the shop did not start: {}", complaint(folder.path())))?;
        let link = |name: &str| links[name].as_str().map(str::to_owned).context("a link is missing");
        Ok(Self {
            home: link("shop")?,
            desk: link("desk")?,
            sign_in: link("sign_in")?,
            folder,
            _server: server,
        })
    }

    /// Runs a command on the shop's data; it goes through the running server.
    pub(crate) fn command(&self, arguments: &[&str]) -> Result<String> {
        let data = self.folder.path().join("data");
        let Output { status, stdout, stderr } =
            Command::new(program()?).args(arguments).arg("--data").arg(data).output()?;
        ensure!(status.success(), "frontdesk {arguments:?}: {}", String::from_utf8_lossy(&stderr));
        Ok(String::from_utf8(stdout)?)
    }

    /// Teaches the shop one entry.
    pub(crate) fn learn(&self, entry: &Value) -> Result<()> {
        let file = self.folder.path().join("entry.jsonl");
        std::fs::write(&file, entry.to_string())?;
        self.command(&["import", &file.to_string_lossy()]).map(drop)
    }

    /// Imports these lines.
    pub(crate) fn import(&self, lines: &[Value]) -> Result<()> {
        let file = self.folder.path().join("lines.jsonl");
        let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
        std::fs::write(&file, lines.join("\n"))?;
        self.command(&["import", &file.to_string_lossy()]).map(drop)
    }

    /// What the shop answers to a question, with the rung.
    pub(crate) fn ask(&self, question: &str) -> Result<Value> {
        Ok(serde_json::from_str(&self.command(&["ask", question, "--json"])?)?)
    }

    /// What the server complained about.
    pub(crate) fn complaint(&self) -> String {
        complaint(self.folder.path())
    }
}

fn complaint(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("server.log")).unwrap_or_default()
}

/// The binary that was built beside this test.
fn program() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().and_then(Path::parent).context("the test is not in a target folder")?;
    let program = folder.join(format!("frontdesk{}", std::env::consts::EXE_SUFFIX));
    ensure!(program.is_file(), "{} is not there; run `cargo build` first", program.display());
    Ok(program)
}

/// A ChromeDriver on a free port.
pub(crate) struct Driver {
    pub(crate) address: String,
    _driver: Mortal,
}

impl Driver {
    pub(crate) fn start() -> Result<Self> {
        // The HTTP client that talks to the driver is built without a provider, as the product's is.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver cannot be started; Debian: apt-get install chromium chromium-driver")?;
        let output = child.stdout.take().context("the driver's output cannot be read")?;
        let driver = Mortal(child);
        for line in BufReader::new(output).lines() {
            let line = line?;
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
                return Ok(Self { address, _driver: driver });
            }
        }
        anyhow::bail!("chromedriver did not start")
    }
}
