//! How much memory a browser costs that has nothing to hear.

use super::{Stage, Turn, listeners};
use crate::anchor::bun::{self, Shape};
use crate::baton::{Baton, webhook_path};
use crate::process::Server;
use crate::report::{Row, Unit};
use anyhow::Result;
use std::time::Duration;

/// How many idle sockets are opened.
const SOCKETS: u32 = 2_000;
/// Opened first, so that what the first socket brings along is not counted for the others.
const FIRST: u32 = 100;
/// How long memory may take to settle.
const SETTLE: Duration = Duration::from_secs(2);

/// Alternates the real server with Bun.
///
/// # Errors
/// When a server does not start or refuses a socket.
pub fn measure(stage: &Stage) -> Result<Row> {
    let mut row = Row::new("idle socket, resident memory", Unit::Kibibytes, "≤ 12 KiB");
    for round in 1..=stage.rounds {
        let turn = stage.turn(&format!("idle {round}, Baton"))?;
        row.ours(ours(&turn)?, turn.weather);
        let turn = stage.turn(&format!("idle {round}, Bun"))?;
        row.anchor(publisher(&turn)?, turn.weather);
    }
    Ok(row)
}

fn ours(turn: &Turn) -> Result<f64> {
    let baton = Baton::start(&turn.folder, turn.graph)?;
    growth(&baton.server, &webhook_path(), &baton.token)
}

fn publisher(turn: &Turn) -> Result<f64> {
    let server = bun::start(&turn.folder, Shape { frames: 1, bytes: 1_000 })?;
    growth(&server, bun::PUBLISH, "none")
}

fn growth(server: &Server, path: &str, token: &str) -> Result<f64> {
    let open = |sockets: u32| {
        listeners(&[
            &"listen",
            &"--to",
            &server.address,
            &"--path",
            &path,
            &"--token",
            &token,
            &"--sockets",
            &sockets,
            &"--run",
            &"idle",
        ])
    };
    let _first = open(FIRST)?;
    std::thread::sleep(SETTLE);
    let before = server.memory()?;
    let _rest = open(SOCKETS)?;
    std::thread::sleep(SETTLE);
    let each = (server.memory()? - before) / f64::from(SOCKETS);
    eprintln!("  {each:.1} KiB each");
    Ok(each)
}
