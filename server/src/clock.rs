//! The only place that reads the time and makes ids; everything else is told.

use domain::Timestamp;
use futures::future::BoxFuture;
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// Tells the time, makes ids that sort by it, and waits.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
    /// A fresh id of version 7.
    fn id(&self) -> Uuid;
    /// Resolves when the clock shows that time; at once when it already does.
    fn until(&self, due: Timestamp) -> BoxFuture<'_, ()>;
}

/// Waits in the machine's time, whatever the clock shows: between two tries, or until a safety net looks again.
#[expect(clippy::disallowed_methods, reason = "this is the clock")]
pub async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}

/// The time of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn until(&self, due: Timestamp) -> BoxFuture<'_, ()> {
        let wait = u64::try_from(due - self.now()).unwrap_or(0);
        Box::pin(pause(Duration::from_millis(wait)))
    }
}

/// A clock that stands still until it is moved: seven days pass in a millisecond.
#[derive(Clone, Debug)]
pub struct MovableClock {
    now: watch::Sender<Timestamp>,
}

impl MovableClock {
    pub fn at(start: Timestamp) -> Self {
        Self { now: watch::Sender::new(start) }
    }

    /// Moves the clock on and wakes whoever waits for the new time.
    pub fn advance(&self, ms: i64) {
        self.now.send_modify(|now| *now = *now + ms);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        *self.now.borrow()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn until(&self, due: Timestamp) -> BoxFuture<'_, ()> {
        let mut now = self.now.subscribe();
        Box::pin(async move {
            // The sender lives as long as the clock that is borrowed here.
            let _ = now.wait_for(|now| *now >= due).await;
        })
    }
}
