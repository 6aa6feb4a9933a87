//! Counts what the test binaries say at their end.

use std::fmt;

/// How many passed, failed, were skipped.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
    /// Test binaries that began and have not said how it went.
    open: usize,
}

impl Tally {
    /// Takes in one line of a test run.
    pub(crate) fn read(&mut self, line: &str) {
        let line = line.trim();
        if line.strip_prefix("running ").is_some_and(|rest| rest.ends_with("tests") || rest.ends_with("test"))
        {
            self.open += 1;
        }
        // A test that prints without a line break may stand before it.
        let Some((_, counts)) = line.split_once("test result: ") else { return };
        self.open = self.open.saturating_sub(1);
        self.passed += before(counts, " passed");
        self.failed += before(counts, " failed");
        self.skipped += before(counts, " ignored") + before(counts, " filtered out");
    }

    /// The run is over. A binary that never reported broke off: that is a failure, and so is a run that
    /// failed without a failed test (it did not compile).
    pub(crate) fn close(&mut self, success: bool) {
        self.failed += std::mem::take(&mut self.open);
        if !success && self.failed == 0 {
            self.failed = 1;
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Nothing failed, and something was tried.
    pub(crate) fn all_well(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }
}

/// The number that stands before a word.
fn before(counts: &str, word: &str) -> usize {
    let number = counts.split(word).next().filter(|before| before.len() < counts.len());
    number.and_then(|text| text.rsplit([' ', ';']).next()?.parse().ok()).unwrap_or_default()
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(output: &str, success: bool) -> Tally {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read(line));
        tally.close(success);
        tally
    }

    const GOOD: &str = "running 3 tests\ntest a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s";

    #[test]
    fn all_binaries_are_summed() {
        let both =
            format!("{GOOD}\nrunning 1 test\ntest result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured");
        assert_eq!(read(&both, false).to_string(), "7 passed, 1 failed, 3 skipped");
    }

    #[test]
    fn a_binary_that_breaks_off_failed() {
        assert_eq!(read(&format!("{GOOD}\nrunning 5 tests\ntest a ... "), false).failed, 1);
        assert_eq!(read("error: could not compile", false).failed, 1);
    }

    #[test]
    fn nothing_tried_is_not_well() {
        assert!(!read("", true).all_well());
        assert!(read(GOOD, true).all_well());
    }
}
