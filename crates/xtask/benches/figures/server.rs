//! The program under measurement, as a child process in a folder that goes away.

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{Result, client::Client};

/// A folder on the disk that holds the build, not in memory: flushing must cost what it costs.
pub(crate) fn place() -> Result<TempDir> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(folder)?;
    Ok(tempfile::tempdir_in(folder)?)
}

/// Something that `cargo xtask bench` has built for release.
pub(crate) fn built(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let release = here.ancestors().nth(2).ok_or("not in a target folder")?;
    let program = release.join(name);
    if program.is_file() { Ok(program) } else { Err(format!("{} is not built", program.display()).into()) }
}

/// A running server. It ends with this.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    token: String,
    pub(crate) ready_after: Duration,
}

impl Server {
    /// Starts and waits until it accepts messages.
    pub(crate) async fn start(data: &Path) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let begun = Instant::now();
        let child = Command::new(built("frontdesk")?)
            .arg("serve")
            .arg("--data")
            .arg(data)
            .current_dir(data)
            .env("FRONTDESK_SERVER__LISTEN", address.to_string())
            .env("FRONTDESK_LIMITS__VISITOR_PER_MINUTE", "1000000")
            .env("FRONTDESK_LIMITS__ADDRESS_PER_MINUTE", "100000000")
            .stdout(Stdio::null())
            .spawn()?;
        let mut server = Self { child, address, token: String::new(), ready_after: Duration::ZERO };
        loop {
            if let Ok(mut client) = Client::connect(address, "").await
                && client.get("/readyz").await.is_ok_and(|(status, _)| status == 200)
            {
                break;
            }
            if server.child.try_wait()?.is_some() || begun.elapsed() > Duration::from_mins(3) {
                return Err("the server did not start".into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.ready_after = begun.elapsed();
        let announced: Value = serde_json::from_slice(&std::fs::read(data.join("server.json"))?)?;
        announced["token"].as_str().ok_or("no token")?.clone_into(&mut server.token);
        Ok(server)
    }

    /// A line to the API, with the operator's rights.
    pub(crate) async fn client(&self) -> Result<Client> {
        Client::connect(self.address, &self.token).await
    }

    /// Resident memory in bytes, and the most it ever was.
    pub(crate) fn memory(&self) -> Result<(f64, f64)> {
        memory(&self.child)
    }

    /// Waits until it has nothing to do: for five seconds it hardly computes.
    pub(crate) async fn idle(&self) -> Result<()> {
        let (mut before, mut quiet) = (self.ticks()?, 0);
        while quiet < 5 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let now = self.ticks()?;
            quiet = if now - before < 5 { quiet + 1 } else { 0 };
            before = now;
        }
        Ok(())
    }

    /// How long it has computed, in hundredths of a second.
    fn ticks(&self) -> Result<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name of the program, in brackets, may hold anything; user time is the twelfth behind it.
        let behind = stat.rsplit_once(')').ok_or("no name in stat")?.1;
        Ok(behind.split_whitespace().nth(11).ok_or("no user time in stat")?.parse()?)
    }
}

/// Resident memory of a process in bytes, and the most it ever was.
fn memory(child: &Child) -> Result<(f64, f64)> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let read = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? * 1024.0)
    };
    Ok((read("VmRSS:").ok_or("no VmRSS")?, read("VmHWM:").ok_or("no VmHWM")?))
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command of the program to its end; says how long it took.
pub(crate) fn command(data: &Path, arguments: &[&str]) -> Result<Duration> {
    let begun = Instant::now();
    let done = Command::new(built("frontdesk")?)
        .args(arguments)
        .arg("--data")
        .arg(data)
        .stdout(Stdio::null())
        .status()?;
    if done.success() { Ok(begun.elapsed()) } else { Err(format!("frontdesk {arguments:?} failed").into()) }
}

/// The same, with the most memory that it had, in bytes.
pub(crate) fn command_with_peak(data: &Path, arguments: &[&str]) -> Result<(Duration, f64)> {
    let begun = Instant::now();
    let mut child = Command::new(built("frontdesk")?)
        .args(arguments)
        .arg("--data")
        .arg(data)
        .stdout(Stdio::null())
        .spawn()?;
    let mut most = 0.0_f64;
    let done = loop {
        if let Some(done) = child.try_wait()? {
            break done;
        }
        // Whoever has just ended has no memory to tell of.
        most = memory(&child).map_or(most, |memory| memory.1);
        std::thread::sleep(Duration::from_millis(10));
    };
    if done.success() {
        Ok((begun.elapsed(), most))
    } else {
        Err(format!("frontdesk {arguments:?} failed").into())
    }
}
