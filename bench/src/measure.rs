//! The measures. Each alternates with its anchor in one run, so that whatever the machine does happens to both.

mod browser;
mod fan_out;
mod idle;
mod ingest;
mod list;
mod timers;
mod workflow;

use crate::baton::webhook_path;
use crate::load::event::CUSTOMERS;
use crate::load::post::Posted;
use crate::machine::{self, Weather};
use crate::report::{self, Row};
use crate::{graph, process};
use anyhow::{Result, bail};
use std::fmt::Display;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What to measure, and how often.
#[derive(clap::Args)]
pub struct Plan {
    /// Only these; everything when none is named.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Measure>,
    /// How often each side is measured.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How long each side is under load in a round, in seconds.
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Print the table without writing it into docs/performance.md.
    #[arg(long)]
    print_only: bool,
}

/// Something that can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Measure {
    Ingest,
    FanOut,
    Idle,
    List,
    Browser,
    Workflow,
    Timers,
}

/// What a round needs to know.
pub struct Stage {
    pub seconds: f64,
    pub rounds: usize,
    graph: SocketAddr,
    folder: PathBuf,
}

/// One side of one round.
pub struct Turn {
    /// An empty folder on the disk that is measured.
    pub folder: PathBuf,
    /// The simulated Graph API.
    pub graph: SocketAddr,
    pub weather: Weather,
}

impl Stage {
    /// Looks at the machine, says so, and makes an empty folder.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn turn(&self, what: &str) -> Result<Turn> {
        let folder = self.folder.join("turn");
        remove(&folder)?;
        std::fs::create_dir_all(&folder)?;
        let weather = self.look(what)?;
        Ok(Turn { folder, graph: self.graph, weather })
    }
}

impl Stage {
    /// Looks at the machine and says so; nothing on the disk changes.
    ///
    /// # Errors
    /// When the disk cannot be written.
    pub fn look(&self, what: &str) -> Result<Weather> {
        let weather = Weather::now(&self.folder)?;
        let void = if weather.voids() { ", void" } else { "" };
        eprintln!("{what}: load {:.2}, fdatasync {:.3} ms{void}", weather.load, weather.fdatasync_ms);
        Ok(weather)
    }
}

/// Runs the plan and writes the table.
///
/// # Errors
/// When a server does not start or the load fails. Slow is no error.
pub fn run(plan: &Plan) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    let stage = Stage { seconds: plan.seconds, rounds: plan.rounds, graph: graph::start()?, folder };
    let wanted = |measure| plan.only.is_empty() || plan.only.contains(&measure);
    let mut rows: Vec<Row> = Vec::new();
    if wanted(Measure::Ingest) {
        rows.extend(ingest::measure(&stage)?);
    }
    if wanted(Measure::FanOut) {
        for (sockets, rate) in [(1_000, 20), (5_000, 8)] {
            match sockets <= machine::sockets_allowed() {
                true => rows.extend(fan_out::measure(&stage, sockets, rate)?),
                false => eprintln!("{sockets} sockets are more than this machine allows (ulimit -n)"),
            }
        }
    }
    if wanted(Measure::Idle) {
        rows.push(idle::measure(&stage)?);
    }
    if wanted(Measure::List) {
        rows.extend(list::measure(&stage)?);
    }
    if wanted(Measure::Browser) {
        rows.extend(browser::measure(&stage)?);
    }
    if wanted(Measure::Workflow) {
        rows.push(workflow::measure(&stage)?);
    }
    if wanted(Measure::Timers) {
        rows.extend(timers::measure(&stage)?);
    }
    remove(&stage.folder)?;
    let table = report::table(&rows);
    println!("\n{table}");
    if plan.print_only || !plan.only.is_empty() {
        return Ok(());
    }
    report::write(&table)
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The arguments of a subcommand of ours.
fn args(words: &[&dyn Display]) -> Vec<String> {
    words.iter().map(|word| word.to_string()).collect()
}

/// Lets every customer write once, so that none is new when it counts.
///
/// # Errors
/// When the server closes a connection.
fn meet_everybody(to: SocketAddr) -> Result<()> {
    write_once(to, &webhook_path(), "warm", CUSTOMERS)
}

/// Lets so many customers write once each.
///
/// # Errors
/// When the server closes a connection or refuses one.
fn write_once(to: SocketAddr, path: &str, run: &str, customers: u64) -> Result<()> {
    let words: [&dyn Display; 11] = [
        &"post",
        &"--to",
        &to,
        &"--path",
        &path,
        &"--run",
        &run,
        &"--count",
        &customers,
        &"--customers",
        &customers,
    ];
    let posted: Posted = serde_json::from_str(&process::Part::start(&args(&words))?.hear()?)?;
    if posted.refused > 0 {
        bail!("{} webhooks were refused", posted.refused);
    }
    Ok(())
}

/// Starts sockets and waits until they are open.
///
/// # Errors
/// When one is refused.
fn listeners(words: &[&dyn Display]) -> Result<process::Part> {
    let mut part = process::Part::start(&args(words))?;
    part.hear()?;
    Ok(part)
}
