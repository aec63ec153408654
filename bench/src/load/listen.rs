//! `bench listen`: many sockets, and webhooks at a fixed rate whenever it is told to.
//!
//! It prints `open` when every socket is open. Then each line on standard input is a number of seconds to post for; it
//! answers with [`Heard`]. It ends when standard input does.

use super::event::{CUSTOMERS, MARK, number_in, webhook};
use super::http::Connection;
use super::socket::Socket;
use crate::stats::Series;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::io::Write;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::task::LocalSet;

/// How to listen.
#[derive(clap::Args)]
pub struct Listen {
    #[arg(long)]
    to: SocketAddr,
    #[arg(long)]
    path: String,
    #[arg(long)]
    sockets: usize,
    #[arg(long, default_value = "/live")]
    live: String,
    #[arg(long, default_value = "none")]
    token: String,
    /// Webhooks each second.
    #[arg(long, default_value_t = 20)]
    rate: u32,
    #[arg(long)]
    run: String,
}

/// What the sockets heard.
#[derive(Debug, Serialize, Deserialize)]
pub struct Heard {
    pub events: usize,
    /// Frames over all sockets.
    pub deliveries: u64,
    pub bytes: u64,
    /// From the moment an event is posted until the last socket has its last frame, in milliseconds: median and the
    /// 99th percentile; nothing without sockets.
    pub to_last_ms: Option<(f64, f64)>,
    pub seconds: f64,
}

/// How long to wait for frames still on their way.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Default)]
struct Ear {
    deliveries: u64,
    bytes: u64,
    events: Vec<Progress>,
    closed: usize,
}

struct Progress {
    posted: Instant,
    last: Instant,
}

/// Opens the sockets and does what it is told.
pub fn run(listen: Listen) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, obey(listen))
}

async fn obey(listen: Listen) -> Result<()> {
    let ear = Rc::new(RefCell::new(Ear::default()));
    for _ in 0..listen.sockets {
        let socket = Socket::open(listen.to, &listen.live, &listen.token).await?;
        tokio::task::spawn_local(follow(socket, ear.clone()));
    }
    let mut connection = Connection::open(listen.to, &listen.path).await?;
    print(&"open")?;
    let mut orders = BufReader::new(tokio::io::stdin()).lines();
    while let Some(order) = orders.next_line().await? {
        let seconds: f64 = order.parse().context("how many seconds to post")?;
        let heard = post(&listen, &mut connection, &ear, seconds).await?;
        print(&heard)?;
    }
    Ok(())
}

fn print(line: &impl Serialize) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(line)?)?;
    Ok(out.flush()?)
}

async fn follow(mut socket: Socket, ear: Rc<RefCell<Ear>>) -> Result<()> {
    let finder = memchr::memmem::Finder::new(MARK);
    let mut open = true;
    while open {
        let mut hear = |text: &[u8]| {
            let Some(number) = number_in(text, &finder) else { return };
            let mut ear = ear.borrow_mut();
            ear.deliveries += 1;
            ear.bytes += text.len() as u64;
            if let Some(event) = ear.events.get_mut(number) {
                event.last = Instant::now();
            }
        };
        open = socket.read(&mut hear).await.unwrap_or(false);
    }
    ear.borrow_mut().closed += 1;
    Ok(())
}

async fn post(
    listen: &Listen,
    connection: &mut Connection,
    ear: &Rc<RefCell<Ear>>,
    seconds: f64,
) -> Result<Heard> {
    let (first, deliveries, bytes) = {
        let ear = ear.borrow();
        (ear.events.len(), ear.deliveries, ear.bytes)
    };
    let start = Instant::now();
    let end = start + Duration::from_secs_f64(seconds);
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / listen.rate);
    while Instant::now() < end {
        ticks.tick().await;
        let now = Instant::now();
        let number = ear.borrow().events.len();
        ear.borrow_mut().events.push(Progress { posted: now, last: now });
        let status = connection.post(&webhook(&listen.run, number as u64, CUSTOMERS)).await?;
        if status != 200 {
            bail!("a webhook was answered {status}");
        }
    }
    all_heard(ear).await;
    let elapsed = start.elapsed().as_secs_f64();
    let ear = ear.borrow();
    if ear.closed > 0 {
        bail!("the server closed {} sockets", ear.closed);
    }
    let times: Series =
        ear.events[first..].iter().map(|event| (event.last - event.posted).as_secs_f64() * 1e3).collect();
    let to_last = times.median().zip(times.percentile(0.99));
    Ok(Heard {
        events: ear.events.len() - first,
        deliveries: ear.deliveries - deliveries,
        bytes: ear.bytes - bytes,
        to_last_ms: to_last.filter(|_| listen.sockets > 0),
        seconds: elapsed,
    })
}

/// Resolves when nothing has come for half a second.
async fn all_heard(ear: &Rc<RefCell<Ear>>) {
    let end = Instant::now() + PATIENCE;
    let mut before = None;
    while Instant::now() < end && before != Some(ear.borrow().deliveries) {
        before = Some(ear.borrow().deliveries);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
