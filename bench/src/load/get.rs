//! `bench get`: as many answers to one question as the server gives.

use super::http::Connection;
use super::post::Posted;
use anyhow::Result;
use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::task::LocalSet;

/// What to ask.
#[derive(clap::Args)]
pub struct Get {
    #[arg(long)]
    to: SocketAddr,
    #[arg(long)]
    path: String,
    #[arg(long)]
    token: String,
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// How long to ask, in seconds.
    #[arg(long)]
    seconds: f64,
}

/// Asks over all connections, each again when it is answered, and prints [`Posted`].
pub fn run(get: Get) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let got = LocalSet::new().block_on(&runtime, ask(get))?;
    println!("{}", serde_json::to_string(&got)?);
    Ok(())
}

async fn ask(get: Get) -> Result<Posted> {
    let (answered, refused) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(get.seconds);
    let mut lines = Vec::new();
    for _ in 0..get.connections {
        let mut connection = Connection::to_ask(get.to, &get.path, &get.token).await?;
        let (answered, refused) = (answered.clone(), refused.clone());
        lines.push(tokio::task::spawn_local(async move {
            while Instant::now() < end {
                let counter = if connection.ask().await? == 200 { &answered } else { &refused };
                counter.set(counter.get() + 1);
            }
            anyhow::Ok(())
        }));
    }
    for line in lines {
        line.await??;
    }
    let seconds = start.elapsed().as_secs_f64();
    let busy = crate::process::own_cpu()? / seconds;
    Ok(Posted { acknowledged: answered.get(), refused: refused.get(), seconds, busy })
}
