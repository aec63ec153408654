//! Measures the real server against a bare anchor in the same run: `make bench`.
//!
//! Without a subcommand it runs every measure, alternating with its anchor, and rewrites the table in
//! `docs/performance.md`. The subcommands are the parts of a run, each a process of its own so that its processor time
//! is its own. To add a measure: a module in `measure/` that answers rows, and a name in [`measure::Measure`].
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement reads the machine's clock and environment, and waits for other processes"
)]

mod anchor;
mod baton;
mod flow;
mod graph;
mod load;
mod machine;
mod measure;
mod process;
mod report;
mod stats;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Measures Baton against bare anchors.
#[derive(Parser)]
#[command(name = "bench", after_help = "Example: bench --only ingest --rounds 5")]
struct Cli {
    #[command(subcommand)]
    part: Option<Part>,
    #[command(flatten)]
    plan: measure::Plan,
}

#[derive(Subcommand)]
enum Part {
    /// Posts signed webhooks over keep-alive connections and prints how many were acknowledged.
    Post(load::post::Post),
    /// Asks one question over keep-alive connections and prints how often it was answered.
    Get(load::get::Get),
    /// A Meta that counts what it is given and knows everybody.
    Meta,
    /// Opens live sockets, then posts at a fixed rate each time it is told to.
    Listen(load::listen::Listen),
    /// A bare server that makes messages durable in groups: what ingest is compared with.
    AnchorIngest {
        #[arg(long)]
        listen: std::net::SocketAddr,
        #[arg(long)]
        file: PathBuf,
    },
    /// A bare query over the database of the real server: what a page of the inbox is compared with.
    AnchorList {
        #[arg(long)]
        listen: std::net::SocketAddr,
        #[arg(long)]
        file: PathBuf,
    },
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    machine::allow_many_sockets();
    match cli.part {
        None => measure::run(&cli.plan),
        Some(Part::Post(post)) => load::post::run(post),
        Some(Part::Meta) => load::meta::run(),
        Some(Part::Listen(listen)) => load::listen::run(listen),
        Some(Part::Get(get)) => load::get::run(get),
        Some(Part::AnchorList { listen, file }) => anchor::list::run(listen, &file),
        Some(Part::AnchorIngest { listen, file }) => anchor::ingest::run(listen, &file),
    }
}
