//! What it costs to bring a change to a thousand screens, and how long it takes.

use super::{Stage, Turn, listeners, meet_everybody};
use crate::anchor::bun::{self, Shape};
use crate::baton::{Baton, webhook_path};
use crate::load::listen::Heard;
use crate::process::Server;
use crate::report::{Row, Unit};
use anyhow::{Result, bail};

/// How long to post before it counts, in seconds.
const WARM_UP: f64 = 2.0;

struct Sample {
    /// Processor time of the server for a frame to a socket, in microseconds.
    cpu: f64,
    /// From posting until the last socket has it, in milliseconds: median and 99th percentile.
    to_last: (f64, f64),
    shape: Shape,
}

/// Alternates the real server with Bun, which publishes frames of the same number and size.
///
/// # Errors
/// When a server does not start, refuses a socket or loses a frame.
pub fn measure(stage: &Stage, sockets: u64, rate: u32) -> Result<Vec<Row>> {
    let name = |what: &str| format!("{what}, {sockets} sockets, {rate} webhooks/s");
    let mut cpu = Row::new(&name("fan-out, CPU per delivery"), Unit::Micros, "≤ 1.5 ×");
    let mut median = Row::new(&name("to the last screen, median"), Unit::Millis, "≤ 3 ×");
    let mut worst = Row::new(&name("to the last screen, p99"), Unit::Millis, "–");
    for round in 1..=stage.rounds {
        let turn = stage.turn(&format!("fan-out to {sockets}, {round}, Baton"))?;
        let ours = ours(stage, &turn, sockets, rate)?;
        cpu.ours(ours.cpu, turn.weather);
        median.ours(ours.to_last.0, turn.weather);
        worst.ours(ours.to_last.1, turn.weather);
        let turn = stage.turn(&format!("fan-out to {sockets}, {round}, Bun"))?;
        let bun = publisher(stage, &turn, ours.shape, sockets, rate)?;
        cpu.anchor(bun.cpu, turn.weather);
        median.anchor(bun.to_last.0, turn.weather);
        worst.anchor(bun.to_last.1, turn.weather);
    }
    Ok(vec![cpu, median, worst])
}

fn ours(stage: &Stage, turn: &Turn, sockets: u64, rate: u32) -> Result<Sample> {
    let baton = Baton::start(&turn.folder, turn.graph)?;
    let path = webhook_path();
    let fan = Fan { server: &baton.server, path: &path, token: &baton.token, rate, seconds: stage.seconds };
    meet_everybody(baton.server.address)?;
    baton.settle()?;
    fan.sample(sockets)
}

fn publisher(stage: &Stage, turn: &Turn, shape: Shape, sockets: u64, rate: u32) -> Result<Sample> {
    let server = bun::start(&turn.folder, shape)?;
    let fan = Fan { server: &server, path: bun::PUBLISH, token: "none", rate, seconds: stage.seconds };
    fan.sample(sockets)
}

/// One server under one rate.
struct Fan<'a> {
    server: &'a Server,
    path: &'a str,
    token: &'a str,
    rate: u32,
    seconds: f64,
}

impl Fan<'_> {
    /// The same load twice: nobody listens, then everybody. The difference is what listening costs.
    fn sample(&self, sockets: u64) -> Result<Sample> {
        let (alone, _) = self.load("alone", 0)?;
        let (cpu, heard) = self.load("heard", sockets)?;
        let events = heard.events as u64 * sockets;
        if events == 0 || heard.deliveries == 0 || heard.deliveries % sockets != 0 {
            bail!("{} deliveries of {} events to {sockets} sockets", heard.deliveries, heard.events);
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of some seconds")]
        let (deliveries, alone) = (heard.deliveries as f64, alone.0 * heard.events as f64 / alone.1);
        let sample = Sample {
            cpu: (cpu.0 - alone) * 1e6 / deliveries,
            to_last: heard.to_last_ms.unwrap_or_default(),
            shape: shape(&heard, sockets),
        };
        eprintln!(
            "  {} deliveries ({} frames of {} bytes each), {:.2} µs each, {:.1} ms to the last",
            heard.deliveries, sample.shape.frames, sample.shape.bytes, sample.cpu, sample.to_last.0
        );
        Ok(sample)
    }

    /// The processor time of the server under load, with the number of events it was for.
    fn load(&self, run: &str, sockets: u64) -> Result<((f64, f64), Heard)> {
        let mut part = listeners(&[
            &"listen",
            &"--to",
            &self.server.address,
            &"--path",
            &self.path,
            &"--token",
            &self.token,
            &"--sockets",
            &sockets,
            &"--rate",
            &self.rate,
            &"--run",
            &run,
        ])?;
        part.tell(&WARM_UP.to_string())?;
        part.hear()?;
        let before = self.server.cpu()?;
        part.tell(&self.seconds.to_string())?;
        let heard: Heard = serde_json::from_str(&part.hear()?)?;
        #[expect(clippy::cast_precision_loss, reason = "a count of some seconds")]
        let events = heard.events as f64;
        Ok(((self.server.cpu()? - before, events), heard))
    }
}

fn shape(heard: &Heard, sockets: u64) -> Shape {
    let frames = heard.deliveries.div_ceil(sockets * heard.events as u64);
    let bytes = heard.bytes / heard.deliveries;
    let small = |number| usize::try_from(number).expect("a frame fits in memory");
    Shape { frames: small(frames), bytes: small(bytes) }
}
