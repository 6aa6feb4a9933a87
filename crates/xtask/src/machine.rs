//! What the browser tests need on this machine, and getting it where that is possible.

use std::{fmt, fs, path::Path, process::Command};

use anyhow::Context;

use crate::checkup::loudly;

const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/// What is not here, and how to get it.
pub(crate) struct Missing(Vec<&'static str>);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} not found. Install a Chromium or Chrome and the ChromeDriver of the same version, both on PATH \
             (Debian: apt-get install {}), and run again",
            self.0.join(" and "),
            PACKAGES.join(" ")
        )
    }
}

/// Looks for browser, driver and a Chinese font, and installs them where apt can.
pub(crate) fn ready_for_browser() -> Result<(), Missing> {
    if missing().is_empty() && has_chinese_font() {
        return Ok(());
    }
    install();
    if !has_chinese_font() {
        loudly("no Chinese font was found (Debian: fonts-noto-cjk); screenshots will show boxes");
    }
    let missing = missing();
    if missing.is_empty() { Ok(()) } else { Err(Missing(missing)) }
}

fn missing() -> Vec<&'static str> {
    let browsers = ["chromium", "google-chrome", "chromium-browser", "chrome"];
    let mut missing = Vec::new();
    if !browsers.iter().any(|name| answers(name, &["--version"])) {
        missing.push("chromium");
    }
    if !answers("chromedriver", &["--version"]) {
        missing.push("chromedriver");
    }
    missing
}

fn has_chinese_font() -> bool {
    let listed = Command::new("fc-list").args([":lang=zh-cn", "family"]).output();
    // Without fontconfig there is no telling; the browser brings it along.
    listed.is_ok_and(|found| !found.stdout.is_empty())
}

/// As root, or by sudo where it asks no password. Nothing else is worth a try.
fn install() {
    if !answers("apt-get", &["--version"]) {
        return;
    }
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !root && !answers("sudo", &["-n", "true"]) {
        return;
    }
    for arguments in [
        vec!["apt-get", "update"],
        [&["apt-get", "install", "-y", "--no-install-recommends"], &PACKAGES[..]].concat(),
    ] {
        println!("\n$ {}", arguments.join(" "));
        let mut command = if root { Command::new("env") } else { Command::new("sudo") };
        if !root {
            command.args(["-n", "env"]);
        }
        let done = command.arg("DEBIAN_FRONTEND=noninteractive").args(&arguments).status();
        if !done.is_ok_and(|status| status.success()) {
            loudly(&format!("{} failed; going on with what is here", arguments.join(" ")));
        }
    }
}

fn answers(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

/// How many tests the browser crate has, by their attributes.
pub(crate) fn browser_tests(folder: &Path) -> anyhow::Result<usize> {
    let mut count = 0;
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            count += browser_tests(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            let attributes = ["#[test]", "#[tokio::test]", "#[tokio::test("];
            count += text
                .lines()
                .filter(|line| attributes.iter().any(|attribute| line.trim().starts_with(attribute)))
                .count();
        }
    }
    Ok(count)
}
