//! Counting tests from the closing lines of the programs that run them.

use std::fmt;
use std::ops::{Add, AddAssign};

/// How many tests passed, failed, and were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that did what they promise.
    pub passed: u32,
    /// Tests that did not.
    pub failed: u32,
    /// Tests that did only when repeated.
    pub flaky: u32,
    /// Tests that did not run.
    pub skipped: u32,
}

impl Tally {
    /// What a line of output adds to the count: nothing, unless it is a closing line of nextest, cargo or Playwright.
    pub fn read(line: &str) -> Self {
        let shown = plain(line);
        let line = shown.trim();
        let counts = if line.starts_with("Summary [") {
            line.split_once("run:").map(|(_, counts)| counts)
        } else if let Some(result) = shown.strip_prefix("test result:") {
            // Indented, it is what nextest shows of one test that it counts itself.
            result.split_once('.').map(|(_, counts)| counts)
        } else {
            playwright(line)
        };
        counts.map(Self::sum).unwrap_or_default()
    }

    /// Whether something ran and nothing failed.
    pub fn is_good(self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    fn sum(counts: &str) -> Self {
        counts.split([',', ';']).map(Self::one).fold(Self::default(), Self::add)
    }

    fn one(count: &str) -> Self {
        let (number, what) = count.trim().split_once(' ').unwrap_or_default();
        let number = number.parse().unwrap_or(0);
        let what = what.split(" (").next().unwrap_or_default();
        match what {
            "passed" => Self { passed: number, ..Self::default() },
            "failed" | "timed out" | "exec failed" | "interrupted" => {
                Self { failed: number, ..Self::default() }
            }
            "flaky" => Self { flaky: number, ..Self::default() },
            "skipped" | "ignored" | "did not run" => Self { skipped: number, ..Self::default() },
            _ => Self::default(),
        }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            flaky: self.flaky + other.flaky,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.flaky > 0 {
            write!(formatter, ", {} flaky", self.flaky)?;
        }
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// Playwright closes with one line per kind: `3 passed (4.2s)`.
fn playwright(line: &str) -> Option<&str> {
    let (number, what) = line.split_once(' ')?;
    number.parse::<u32>().ok()?;
    let kind = what.split(" (").next()?;
    ["passed", "failed", "flaky", "skipped", "interrupted", "did not run"].contains(&kind).then_some(line)
}

/// A line without its colours.
fn plain(line: &str) -> String {
    let mut parts = line.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, after)| after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally { passed, failed, skipped, flaky: 0 }
    }

    #[test]
    fn nextests_closing_line_is_counted_with_its_colours() {
        let line = "\x1b[31;1m     Summary\x1b[0m [   1.205s] \x1b[1m12\x1b[0m tests run: \x1b[1m9\x1b[0m \x1b[32;1mpassed\x1b[0m \
                    (1 slow), 2 failed, 1 timed out, 4 skipped";
        assert_eq!(Tally::read(line), tally(9, 3, 4));
    }

    #[test]
    fn cargos_and_playwrights_closing_lines_are_counted() {
        let cargo = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(Tally::read(cargo), tally(3, 1, 2));
        assert_eq!(Tally::read(&format!("    {cargo}")), Tally::default());
        let playwright = ["  1 failed", "  2 flaky", "  3 did not run", "  14 passed (1.2m)"];
        assert_eq!(
            playwright.map(Tally::read).into_iter().fold(Tally::default(), Tally::add),
            Tally { flaky: 2, ..tally(14, 1, 3) }
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        for line in [
            "",
            "PASS [   0.004s] domain window::is_open",
            "  ✓  1 sign-in.spec.ts (1.2s)",
            "3 passed tests ago",
        ] {
            assert_eq!(Tally::read(line), Tally::default(), "{line}");
        }
    }

    #[test]
    fn nothing_ran_is_not_good() {
        assert!(!Tally::default().is_good());
        assert!(tally(1, 0, 5).is_good());
        assert_eq!(tally(1, 0, 5).to_string(), "1 passed, 0 failed, 5 skipped");
        assert!(Tally { flaky: 1, ..tally(1, 0, 0) }.is_good());
        assert_eq!(Tally { flaky: 1, ..tally(1, 0, 0) }.to_string(), "1 passed, 0 failed, 1 flaky");
    }
}
