//! The hub: every change of the numbered log, once per node, to everybody who listens.
//!
//! The log in the database is the truth; a wake-up only says "look". One task per node reads what is new, keeps the
//! newest frames ready to send, and moves a single number. Rounds follow that number and bring what is new to all
//! sockets that keep up; one that does not reads on by itself, if need be from the log, so that a slow one never holds
//! anybody up.

mod reach;
mod round;
mod tally;
mod wire;

pub use reach::Reach;
pub use round::Place;
pub use tally::Tally;
pub use wire::{OwnEnd, Wire};

use domain::PersonId;
use domain::live::Ears;
use round::Round;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use store::{Db, changes};
use tokio::sync::{Notify, broadcast, watch};
use tokio_tungstenite::tungstenite::Utf8Bytes;
use tokio_util::sync::CancellationToken;

/// How many frames a node keeps in memory for its sockets.
const KEPT: usize = 4_096;
/// How many frames are read from the log at a time.
const PAGE: i64 = 512;
/// A node looks at least this often, should a wake-up from another node be lost.
const SAFETY_NET: Duration = Duration::from_millis(500);

/// A change ready to send, with its number. Empty for whoever may not hear it: the number moves on in silence.
pub type Frame = (i64, Utf8Bytes);

/// Hands the log to sockets.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

struct Inner {
    frames: RwLock<VecDeque<Frame>>,
    /// Who may hear each of them; made once, so that it costs the sockets of people who see everything nothing.
    reaches: RwLock<VecDeque<(i64, Reach)>>,
    /// Nothing before the log has been looked at.
    tally: RwLock<Option<Tally>>,
    newest: watch::Sender<i64>,
    look: Notify,
    changed: broadcast::Sender<PersonId>,
    /// One for each core, so that sockets are served side by side.
    rounds: Vec<Arc<Round>>,
    placed: AtomicUsize,
}

/// What a socket gets when it asks for what came after a number.
pub enum Next {
    Frames(Vec<Frame>),
    /// Older than memory: read the log.
    Behind,
}

impl Default for Hub {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let inner = Inner {
            frames: RwLock::default(),
            reaches: RwLock::default(),
            tally: RwLock::default(),
            newest: watch::Sender::new(0),
            look: Notify::new(),
            changed: broadcast::Sender::new(64),
            rounds: std::iter::repeat_with(Arc::default).take(cores).collect(),
            placed: AtomicUsize::new(0),
        };
        Self { inner: Arc::new(inner) }
    }
}

impl Hub {
    /// Says that the log may have grown.
    pub fn wake(&self) {
        self.inner.look.notify_one();
    }

    /// The number of the newest change, to wait on.
    pub fn newest(&self) -> watch::Receiver<i64> {
        self.inner.newest.subscribe()
    }

    /// Gives a connection a place in a round. Nothing is brought to it before it has joined.
    pub fn place(&self, wire: Arc<Wire>) -> Place {
        let turn = self.inner.placed.fetch_add(1, Ordering::Relaxed);
        self.inner.rounds[turn % self.inner.rounds.len()].add(wire)
    }

    /// What brings changes to all who have joined, each to be run until it is told to stop.
    pub fn rounds(&self, stop: &CancellationToken) -> impl Iterator<Item = impl Future<Output = ()> + use<>> {
        self.inner.rounds.iter().map(|round| round.clone().go(self.clone(), stop.clone()))
    }

    /// How many conversations stand alike, as of the newest change this node has read. Take it before the snapshot it
    /// is to be brought up to date with.
    pub fn tally(&self) -> Option<Tally> {
        self.inner.tally.read().expect("no code panics while it holds the tally").clone()
    }

    /// Lets this person's sockets look whether they may stay: a session ended, or the person may something else now.
    pub fn look_again(&self, person: PersonId) {
        // Nobody listening is no error.
        let _ = self.inner.changed.send(person);
    }

    /// Who has to look again from now on.
    pub fn changed_people(&self) -> broadcast::Receiver<PersonId> {
        self.inner.changed.subscribe()
    }

    /// What came after `n`, as far as memory reaches.
    pub fn after(&self, n: i64) -> Next {
        let frames = self.inner.frames.read().expect("no code panics while it holds the frames");
        match frames.front() {
            Some((oldest, _)) if *oldest > n + 1 => Next::Behind,
            None if *self.inner.newest.borrow() > n => Next::Behind,
            _ => {
                let start = frames.partition_point(|(number, _)| *number <= n);
                Next::Frames(frames.range(start..).cloned().collect())
            }
        }
    }

    /// The same, as somebody hears it who may not hear everything.
    pub fn after_for(&self, n: i64, ears: &Ears) -> Next {
        let Next::Frames(frames) = self.after(n) else { return Next::Behind };
        let Some((first, _)) = frames.first() else { return Next::Frames(frames) };
        let reaches = self.inner.reaches.read().expect("no code panics while it holds the reaches");
        let start = reaches.partition_point(|(number, _)| number < first);
        if reaches.get(start).is_none_or(|(number, _)| number != first) {
            return Next::Behind;
        }
        let both = frames.iter().zip(reaches.range(start..));
        Next::Frames(both.map(|((n, frame), (_, reach))| (*n, reach.said(frame, ears))).collect())
    }

    /// Follows the log until it is told to stop.
    pub async fn follow(self, db: Db, stop: CancellationToken) {
        let mut last = self.start(&db, &stop).await;
        let mut notices = notices(&db).await;
        while !stop.is_cancelled() {
            match self.read_on(&db, last).await {
                Ok((newest, there_is_more)) => {
                    last = newest;
                    if there_is_more {
                        continue;
                    }
                    // Whoever commits meanwhile wakes us.
                    tokio::select! {
                        () = self.inner.look.notified() => {}
                        () = woken(&mut notices) => {}
                        () = safety_net(&db) => {}
                        () = stop.cancelled() => {}
                    }
                }
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "the live log could not be read; trying again"
                    );
                    pause().await;
                }
            }
        }
    }

    /// The number to start from: what is older, sockets read from the log.
    async fn start(&self, db: &Db, stop: &CancellationToken) -> i64 {
        loop {
            let counted = async {
                let mut tx = db.snapshot().await?;
                Ok::<_, store::Error>((changes::last(&mut tx).await?, Tally::count(&mut tx).await?))
            };
            match counted.await {
                Ok((last, tally)) => {
                    *self.inner.tally.write().expect("no code panics while it holds the tally") = Some(tally);
                    self.inner.newest.send_replace(last);
                    return last;
                }
                Err(_) if stop.is_cancelled() => return 0,
                Err(_) => pause().await,
            }
        }
    }

    /// The number of the newest change that was read, and whether there are more behind it.
    async fn read_on(&self, db: &Db, last: i64) -> store::Result<(i64, bool)> {
        let fresh = changes::after(&mut db.snapshot().await?, last, PAGE).await?;
        let Some(newest) = fresh.last().map(|entry| entry.n) else { return Ok((last, false)) };
        let there_is_more = i64::try_from(fresh.len()) == Ok(PAGE);
        self.keep_reaches(&fresh);
        if let Some(tally) = &mut *self.inner.tally.write().expect("no code panics while it holds the tally")
        {
            fresh.iter().for_each(|entry| tally.follow(entry.n, entry.audience.as_ref()));
        }
        let mut frames = self.inner.frames.write().expect("no code panics while it holds the frames");
        frames.extend(fresh.into_iter().map(|entry| (entry.n, Utf8Bytes::from(entry.frame))));
        let surplus = frames.len().saturating_sub(KEPT);
        frames.drain(..surplus);
        drop(frames);
        self.inner.newest.send_replace(newest);
        Ok((newest, there_is_more))
    }

    /// Kept before the frames are: whoever finds a frame finds who may hear it.
    fn keep_reaches(&self, fresh: &[changes::Entry]) {
        let fresh: Vec<(i64, Reach)> = fresh.iter().map(|entry| (entry.n, Reach::of(entry))).collect();
        let mut reaches = self.inner.reaches.write().expect("no code panics while it holds the reaches");
        reaches.extend(fresh);
        let surplus = reaches.len().saturating_sub(KEPT);
        reaches.drain(..surplus);
    }
}

/// Only other nodes can change the log behind our back, and SQLite has none.
async fn safety_net(db: &Db) {
    if db.is_sqlite() {
        std::future::pending::<()>().await;
    }
    crate::clock::pause(SAFETY_NET).await;
}

/// Other nodes' wake-ups; without them the safety net is all there is.
async fn notices(db: &Db) -> Option<changes::Listener> {
    match db.wake_listener().await {
        Ok(listener) => Some(listener),
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "this node does not hear others at once; it looks twice a second"
            );
            None
        }
    }
}

async fn woken(notices: &mut Option<changes::Listener>) {
    let woken = match notices {
        Some(listener) => listener.wake().await.is_ok(),
        None => false,
    };
    if !woken {
        // A broken connection must not become a busy loop.
        *notices = None;
        std::future::pending::<()>().await;
    }
}

async fn pause() {
    crate::clock::pause(Duration::from_millis(200)).await;
}
