//! `cargo xtask test`: everything that must hold, shown as it runs, counted in one line at the end.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::Context;

use crate::{
    machine::{self, Missing},
    tally::Tally,
    weights,
};

/// Check format and lints, then run all tests: unit, property, HTTP, crash, browser
///
/// Installs what the browser tests need on Debian (chromium, chromium-driver, fonts-noto-cjk); elsewhere
/// says what is missing, runs the rest and counts those tests as skipped. Fetches a small sentence model by pip
/// into the target folder, once, to compare our vectors with. Closes with one line:
/// N passed, N failed, N skipped. A lint counts as a test.
#[derive(clap::Args)]
pub(crate) struct Test {
    /// Leave out the browser and the crash tests
    #[arg(long)]
    fast: bool,
}

/// Off in the demo's first build, on in what is tested.
const NEURAL: &str = "frontdesk/neural";

impl Test {
    /// Whether everything held.
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let mut tally = Tally::default();
        let browser = if self.fast { Err(None) } else { machine::ready_for_browser().map_err(Some) };
        lint(&mut tally, "rustfmt", &["fmt", "--all", "--check"])?;
        let clippy = ["clippy", "--workspace", "--all-targets", "--features", NEURAL, "--", "-D", "warnings"];
        lint(&mut tally, "clippy", &clippy)?;
        self.tests(&mut tally, browser.is_ok())?;
        if let Err(missing) = browser {
            leave_out_browser(&mut tally, missing)?;
        }
        println!("\n{tally}");
        Ok(tally.all_well())
    }

    fn tests(&self, tally: &mut Tally, browser: bool) -> anyhow::Result<()> {
        // Everything in one go, so that all crates agree on the features of what they share.
        let mut arguments = vec!["test", "--workspace", "--no-fail-fast", "--features", NEURAL];
        if !browser {
            arguments.extend(["--exclude", "browser"]);
        }
        if self.fast {
            arguments.extend(["--", "--skip", "crash"]);
        }
        let mut seen = Tally::default();
        announce(&arguments);
        let mut cargo = Command::new(cargo());
        if let Some(folder) = weights::ready() {
            cargo.env("FRONTDESK_TEST_MODEL", folder);
        }
        let mut cargo = cargo.args(&arguments).stdout(Stdio::piped()).spawn()?;
        let output = cargo.stdout.take().context("cargo's output cannot be read")?;
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let mut terminal = std::io::stdout().lock();
            terminal.write_all(&line)?;
            terminal.write_all(b"\n")?;
            terminal.flush()?;
            seen.read(&String::from_utf8_lossy(&line));
        }
        seen.close(cargo.wait()?.success());
        tally.add(&seen);
        Ok(())
    }
}

/// A check that passes or fails as a whole; skipped, loudly, if the toolchain came without it.
fn lint(tally: &mut Tally, component: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let version = Command::new(cargo()).args([arguments[0], "--version"]).output()?;
    if !version.status.success() {
        loudly(&format!("{component} is not installed: rustup component add {component}"));
        tally.skipped += 1;
        return Ok(());
    }
    announce(arguments);
    if Command::new(cargo()).args(arguments).status()?.success() {
        tally.passed += 1;
    } else {
        loudly(&format!("{component} found something, see above"));
        tally.failed += 1;
    }
    Ok(())
}

fn leave_out_browser(tally: &mut Tally, missing: Option<Missing>) -> anyhow::Result<()> {
    let left_out = machine::browser_tests(Path::new("crates/browser/tests"))?;
    tally.skipped += left_out;
    let why = missing.map_or_else(|| "--fast".to_owned(), |missing| missing.to_string());
    loudly(&format!("{left_out} browser tests were not run: {why}"));
    Ok(())
}

fn announce(arguments: &[&str]) {
    println!("\n$ cargo {}", arguments.join(" "));
}

/// Stands out among thousands of lines.
pub(crate) fn loudly(words: &str) {
    println!("\n!!! {words}");
}

/// The cargo that runs us.
pub(crate) fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}
