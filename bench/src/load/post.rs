//! `bench post`: as many webhooks as the server acknowledges.

use super::event::{CUSTOMERS, webhook};
use super::http::Connection;
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::task::LocalSet;

/// How to post.
#[derive(clap::Args)]
pub struct Post {
    #[arg(long)]
    to: SocketAddr,
    #[arg(long)]
    path: String,
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// How long to post, in seconds.
    #[arg(long, default_value_t = 3_600.0)]
    seconds: f64,
    /// How many to post at most.
    #[arg(long, default_value_t = u64::MAX)]
    count: u64,
    /// How many customers write in turn.
    #[arg(long, default_value_t = CUSTOMERS)]
    customers: u64,
    /// Goes into every message id.
    #[arg(long)]
    run: String,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Posted {
    pub acknowledged: u64,
    /// Answered with something else than 200.
    pub refused: u64,
    pub seconds: f64,
    /// The share of its core that posting took: near 1, the load was the limit.
    pub busy: f64,
}

struct Tally {
    next: Cell<u64>,
    acknowledged: Cell<u64>,
    refused: Cell<u64>,
}

/// Posts over all connections, each sending its next webhook when the last is answered, and prints [`Posted`].
pub fn run(post: Post) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let posted = LocalSet::new().block_on(&runtime, send(post))?;
    println!("{}", serde_json::to_string(&posted)?);
    Ok(())
}

async fn send(post: Post) -> Result<Posted> {
    let mut connections = Vec::new();
    for _ in 0..post.connections {
        connections.push(Connection::open(post.to, &post.path).await?);
    }
    let tally = Rc::new(Tally { next: Cell::new(0), acknowledged: Cell::new(0), refused: Cell::new(0) });
    let post = Rc::new(post);
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(post.seconds);
    let lines = connections.into_iter().map(|connection| {
        tokio::task::spawn_local(keep_posting(connection, post.clone(), tally.clone(), end))
    });
    for line in lines.collect::<Vec<_>>() {
        line.await??;
    }
    let seconds = start.elapsed().as_secs_f64();
    let busy = crate::process::own_cpu()? / seconds;
    Ok(Posted { acknowledged: tally.acknowledged.get(), refused: tally.refused.get(), seconds, busy })
}

async fn keep_posting(
    mut connection: Connection,
    post: Rc<Post>,
    tally: Rc<Tally>,
    end: Instant,
) -> Result<()> {
    while Instant::now() < end && tally.next.get() < post.count {
        let number = tally.next.replace(tally.next.get() + 1);
        let counter = match connection.post(&webhook(&post.run, number, post.customers)).await? {
            200 => &tally.acknowledged,
            _ => &tally.refused,
        };
        counter.set(counter.get() + 1);
    }
    Ok(())
}
