//! `cargo xtask bench`: builds for release and runs the measuring in `benches/figures`.

use std::process::Command;

use crate::checkup::cargo;

/// Measure the figures that the project promises, and print them as a table
///
/// Everything happens on 127.0.0.1 in temporary folders; nothing is left behind. Takes about three minutes
/// after the build. Example:  cargo xtask bench --only latency,idle
#[derive(clap::Args)]
pub(crate) struct Bench {
    /// Print one JSON object instead of the table
    #[arg(long)]
    json: bool,
    /// Measure only these: understand, knowledge, latency, model, accept, idle, start, index, check-up; and scale, the curve
    /// up to 100,000 entries, which takes minutes more
    #[arg(long, value_delimiter = ',', value_name = "ROWS")]
    only: Vec<String>,
    /// Kill the server N times under load, too
    #[arg(long, value_name = "N")]
    crash: Option<u32>,
    /// Build everything anew in a temporary folder, too, and measure it
    #[arg(long)]
    first_build: bool,
}

impl Bench {
    /// Whether every figure was met.
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let built = Command::new(cargo())
            .args([
                "build",
                "--release",
                "--package",
                "frontdesk",
                "--package",
                "store",
                "--package",
                "assistant",
                "--package",
                "knowledge",
            ])
            .args(["--bin", "frontdesk", "--example", "accept", "--example", "understand"])
            .args(["--example", "check_up"])
            .status()?;
        anyhow::ensure!(built.success(), "the release build failed");
        // Thousands of sockets need as many open files, here and in the server.
        let mut measuring = Command::new("sh");
        measuring.args(["-c", "ulimit -n \"$(ulimit -Hn)\" 2>/dev/null; exec \"$@\"", "sh", &cargo()]);
        measuring.args(["bench", "--quiet", "--package", "xtask", "--bench", "figures", "--"]);
        if self.json {
            measuring.arg("json");
        }
        if self.first_build {
            measuring.arg("first-build");
        }
        if let Some(cycles) = self.crash {
            measuring.arg(format!("crash={cycles}"));
        }
        measuring.args(&self.only);
        Ok(measuring.status()?.success())
    }
}
