//! The simulated Meta's clock: the machine's or somebody else's, and movable in both cases.
#![allow(
    clippy::disallowed_methods,
    reason = "the one place of the simulator that reads the machine's clock"
)]

use domain::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells what time it is.
pub type Source = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A source of time plus how far it was moved.
pub struct Clock {
    source: RwLock<Source>,
    moved_ms: AtomicI64,
}

impl Clock {
    /// The machine's clock, not moved.
    pub fn of_the_machine() -> Self {
        Self { source: RwLock::new(Arc::new(machine_time)), moved_ms: AtomicI64::new(0) }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        let source = self.source.read().unwrap_or_else(PoisonError::into_inner);
        source() + self.moved_ms.load(Ordering::Relaxed)
    }

    /// Reads another clock from now on.
    pub fn follow(&self, source: Source) {
        *self.source.write().unwrap_or_else(PoisonError::into_inner) = source;
    }

    /// Moves time by so many milliseconds.
    pub fn advance(&self, ms: i64) {
        self.moved_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

/// Lets real time pass: between repeated deliveries, while a bot thinks, where a fault asks for it.
pub async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

fn machine_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
