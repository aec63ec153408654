//! The table: medians with their spread, ratios, and what the machine was like.

use crate::machine::Weather;
use crate::stats::Series;
use anyhow::{Context, Result};
use std::fmt::Write;
use std::path::Path;

/// What a number counts.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    PerSecond,
    Micros,
    Millis,
    Kibibytes,
    /// Of 1,000 bytes, as they cross the network.
    Kilobytes,
    /// From 0 to 1.
    Score,
    Count,
}

/// One measure with its anchor.
pub struct Row {
    name: String,
    unit: Unit,
    /// What we promise ourselves, in words.
    must: &'static str,
    ours: Side,
    anchor: Side,
}

#[derive(Default)]
struct Side {
    values: Series,
    /// Rounds that do not count: the disk was too slow.
    void: usize,
    loads: Series,
    probes: Series,
}

impl Side {
    fn add(&mut self, value: f64, weather: Weather) {
        self.loads.push(weather.load);
        self.probes.push(weather.fdatasync_ms);
        match weather.voids() {
            true => self.void += 1,
            false => self.values.push(value),
        }
    }
}

impl Row {
    /// A row nothing is known about yet.
    pub fn new(name: &str, unit: Unit, must: &'static str) -> Self {
        Self { name: name.to_owned(), unit, must, ours: Side::default(), anchor: Side::default() }
    }

    /// Adds a round of ours.
    pub fn ours(&mut self, value: f64, weather: Weather) {
        self.ours.add(value, weather);
    }

    /// Adds a round of the anchor's.
    pub fn anchor(&mut self, value: f64, weather: Weather) {
        self.anchor.add(value, weather);
    }

    fn ratio(&self) -> String {
        match (self.ours.values.median(), self.anchor.values.median()) {
            (Some(ours), Some(anchor)) if anchor > 0.0 => format!("{:.2} ×", ours / anchor),
            _ => "–".into(),
        }
    }

    fn rounds(&self) -> String {
        let (ours, anchor) = (&self.ours, &self.anchor);
        let counted = ours.values.rounds().min(match anchor.loads.rounds() {
            0 => usize::MAX,
            _ => anchor.values.rounds(),
        });
        match ours.void + anchor.void {
            0 => counted.to_string(),
            void => format!("{counted}, {void} void"),
        }
    }

    fn machine(&self) -> String {
        let sides = [&self.ours, &self.anchor].into_iter().filter(|side| side.loads.rounds() > 0);
        let shown = sides.map(|side| {
            let (load, probe) = (side.loads.median().unwrap_or(0.0), side.probes.median().unwrap_or(0.0));
            format!("{load:.2}, {probe:.2} ms")
        });
        shown.collect::<Vec<_>>().join(" · ")
    }
}

/// A table in Markdown.
pub fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| measure | Baton | anchor | ratio | must | rounds | load, fdatasync |\n|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            row.name,
            shown(&row.ours.values, row.unit),
            shown(&row.anchor.values, row.unit),
            row.ratio(),
            row.must,
            row.rounds(),
            row.machine(),
        );
    }
    text
}

fn shown(values: &Series, unit: Unit) -> String {
    let (Some(median), Some((low, high))) = (values.median(), values.spread()) else { return "–".into() };
    match unit {
        Unit::PerSecond => format!("{median:.0}/s ({low:.0}–{high:.0})"),
        Unit::Micros => format!("{median:.2} µs ({low:.2}–{high:.2})"),
        Unit::Millis => format!("{median:.1} ms ({low:.1}–{high:.1})"),
        Unit::Kibibytes => format!("{median:.1} KiB ({low:.1}–{high:.1})"),
        Unit::Kilobytes => format!("{median:.0} KB ({low:.0}–{high:.0})"),
        Unit::Score => format!("{median:.2} ({low:.2}–{high:.2})"),
        Unit::Count => format!("{median:.0} ({low:.0}–{high:.0})"),
    }
}

const BEGIN: &str = "<!-- the newest table: written by `make bench` -->\n";
const END: &str = "<!-- the end of the table -->";

/// Puts the table into `docs/performance.md`.
///
/// # Errors
/// When the page or its markers are not there.
pub fn write(table: &str) -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/performance.md");
    let page = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let page = replaced(&page, table).context("docs/performance.md has lost the marks around its table")?;
    Ok(std::fs::write(path, page)?)
}

fn replaced(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Weather = Weather { load: 1.0, fdatasync_ms: 0.2 };
    const STORM: Weather = Weather { load: 1.0, fdatasync_ms: 3.0 };

    #[test]
    fn a_row_says_what_was_left_out() {
        let mut row = Row::new("ingest", Unit::PerSecond, "≥ 0.5 ×");
        for (value, weather) in [(900.0, CALM), (1_000.0, CALM), (5.0, STORM), (1_100.0, CALM)] {
            row.ours(value, weather);
            row.anchor(value * 2.0, CALM);
        }
        let text = table(&[row]);
        assert!(text.contains("| 1000/s (900–1100) |"), "{text}");
        assert!(text.contains("| 3, 1 void |"), "{text}");
    }

    #[test]
    fn without_a_round_that_counts_there_is_no_number() {
        let mut row = Row::new("ingest", Unit::PerSecond, "≥ 0.5 ×");
        row.ours(1.0, STORM);
        row.anchor(1.0, CALM);
        assert!(table(&[row]).contains("| ingest | – | 1/s (1–1) | – |"));
    }

    #[test]
    fn only_the_table_changes_in_the_page() {
        let page = format!("# Title\n{BEGIN}old{END}\nrest\n");
        let once = replaced(&page, "new\n").expect("marks");
        assert_eq!(once, format!("# Title\n{BEGIN}\nnew\n\n{END}\nrest\n"));
        assert_eq!(replaced(&once, "new\n").as_deref(), Some(once.as_str()));
        assert_eq!(replaced("# Title", "new"), None);
    }
}
