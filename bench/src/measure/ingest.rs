//! How many webhooks a second are acknowledged after they are durable, and how many are applied.

use super::{Stage, Turn, args, meet_everybody};
use crate::baton::{Baton, webhook_path};
use crate::load::post::Posted;
use crate::process::{Part, SERVER, Server, on_core};
use crate::report::{Row, Unit};
use anyhow::{Result, bail};
use std::fmt::Display;
use std::net::SocketAddr;
use std::time::Instant;

/// Keep-alive connections that post at once.
const CONNECTIONS: usize = 64;

/// Alternates the real server with the anchor.
///
/// # Errors
/// When a server does not start or closes a connection.
pub fn measure(stage: &Stage) -> Result<Vec<Row>> {
    let mut acknowledged = Row::new("ingest, acknowledged", Unit::PerSecond, "≥ 0.5 ×");
    let mut applied = Row::new("ingest, applied", Unit::PerSecond, "–");
    for round in 1..=stage.rounds {
        let turn = stage.turn(&format!("ingest {round}, Baton"))?;
        let (acks, all) = ours(stage, &turn)?;
        acknowledged.ours(acks, turn.weather);
        applied.ours(all, turn.weather);
        let turn = stage.turn(&format!("ingest {round}, anchor"))?;
        acknowledged.anchor(anchor(stage, &turn)?, turn.weather);
    }
    Ok(vec![acknowledged, applied])
}

fn ours(stage: &Stage, turn: &Turn) -> Result<(f64, f64)> {
    let baton = Baton::start(&turn.folder, turn.graph)?;
    meet_everybody(baton.server.address)?;
    baton.settle()?;
    let start = Instant::now();
    let posted = post(baton.server.address, stage.seconds)?;
    baton.until_applied()?;
    #[expect(clippy::cast_precision_loss, reason = "a count of some seconds")]
    let applied = posted.acknowledged as f64 / start.elapsed().as_secs_f64();
    Ok((rate(&posted)?, applied))
}

fn anchor(stage: &Stage, turn: &Turn) -> Result<f64> {
    let address = crate::machine::free_address()?;
    let mut command = on_core(SERVER, std::env::current_exe()?);
    command.args(["anchor-ingest", "--listen", &address.to_string(), "--file"]);
    command.arg(turn.folder.join("anchor.sqlite"));
    let server = Server::start(command, address, &turn.folder.join("anchor.log"))?;
    meet_everybody(server.address)?;
    rate(&post(server.address, stage.seconds)?)
}

fn post(to: SocketAddr, seconds: f64) -> Result<Posted> {
    let path = webhook_path();
    let words: [&dyn Display; 11] = [
        &"post",
        &"--to",
        &to,
        &"--path",
        &path,
        &"--run",
        &"main",
        &"--connections",
        &CONNECTIONS,
        &"--seconds",
        &seconds,
    ];
    Ok(serde_json::from_str(&Part::start(&args(&words))?.hear()?)?)
}

fn rate(posted: &Posted) -> Result<f64> {
    if posted.refused > 0 {
        bail!("{} webhooks were refused", posted.refused);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of some seconds")]
    let rate = posted.acknowledged as f64 / posted.seconds;
    eprintln!("  {rate:.0} acknowledged/s, the load used {:.0} % of its core", posted.busy * 100.0);
    Ok(rate)
}
