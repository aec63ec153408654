//! The round: takes what is new to every socket that has heard all before it.

use super::wire::{Parcel, Wire};
use super::{Frame, Hub, Next};
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::protocol::frame::Frame as Encoded;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_util::sync::CancellationToken;

/// How many sockets are served before others have a turn: about a third of a millisecond.
const STRETCH: usize = 64;
/// How many changes are brought at a time, so that a client that is slow but alive has time for each parcel.
const PARCEL: usize = 64;

/// The sockets of one round.
#[derive(Default)]
pub struct Round {
    wires: Mutex<Wires>,
}

#[derive(Default)]
struct Wires {
    next: u64,
    all: HashMap<u64, Arc<Wire>>,
}

/// A place in a round; dropping it gives it up.
pub struct Place {
    round: Arc<Round>,
    key: u64,
}

impl Round {
    /// Adds a connection. Nothing is brought to it before it has joined.
    pub fn add(self: &Arc<Self>, wire: Arc<Wire>) -> Place {
        let mut wires = self.wires();
        wires.next += 1;
        let key = wires.next;
        wires.all.insert(key, wire);
        Place { round: self.clone(), key }
    }

    /// Brings every change from the newest on, until it is told to stop.
    pub async fn go(self: Arc<Self>, hub: Hub, stop: CancellationToken) {
        let mut newest = hub.newest();
        let mut last = *newest.borrow();
        while !stop.is_cancelled() {
            let parcel = look(&hub, last, &mut newest);
            if parcel.newest > last {
                last = parcel.newest;
                self.bring(&parcel).await;
                continue;
            }
            tokio::select! {
                changed = newest.changed() => if changed.is_err() { return },
                () = stop.cancelled() => return,
            }
        }
    }

    async fn bring(&self, parcel: &Parcel) {
        let wires: Vec<Arc<Wire>> = self.wires().all.values().cloned().collect();
        for stretch in wires.chunks(STRETCH) {
            stretch.iter().for_each(|wire| wire.bring(parcel));
            tokio::task::yield_now().await;
        }
    }

    fn wires(&self) -> MutexGuard<'_, Wires> {
        self.wires.lock().expect("no code panics while it holds the sockets")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.round.wires().all.remove(&self.key);
    }
}

/// What came after a number, up to the newest there is. The number is copied before the frames are looked at: the hub
/// asks for it too, and a lock that is taken twice waits for ever behind a writer that came in between.
fn look(hub: &Hub, last: i64, newest: &mut watch::Receiver<i64>) -> Parcel {
    let newest = *newest.borrow_and_update();
    parcel(hub, last, newest)
}

/// What came after a number. When memory does not reach back that far, an empty parcel that fits nobody: it leaves
/// everybody behind, to read the log.
fn parcel(hub: &Hub, last: i64, newest: i64) -> Parcel {
    match hub.after(last) {
        Next::Frames(mut frames) => {
            frames.truncate(PARCEL);
            Parcel { after: last, newest: frames.last().map_or(last, |(n, _)| *n), frames: encode(&frames) }
        }
        Next::Behind => Parcel { after: newest, newest, frames: Bytes::new() },
    }
}

/// The frames as a server writes them (RFC 6455, 5.2), one after the other.
fn encode(frames: &[Frame]) -> Bytes {
    let mut bytes = Vec::with_capacity(frames.iter().map(|(_, text)| text.len() + 10).sum());
    for (_, text) in frames {
        let frame = Encoded::message(text.clone(), OpCode::Data(Data::Text), true);
        frame.format(&mut bytes).expect("memory takes everything");
    }
    bytes.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn a_round_that_starts_with_the_log_never_waits_for_itself() {
        let hub = Hub::default();
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !ended.load(Ordering::Relaxed) {
                    hub.inner.newest.send_replace(1);
                }
            });
            let mut newest = hub.newest();
            for _ in 0..100_000 {
                assert_eq!(look(&hub, 1, &mut newest).after, 1);
            }
            ended.store(true, Ordering::Relaxed);
        });
    }
}
