//! How often somebody may try to sign in.

use domain::{MINUTE, Timestamp};
use std::collections::HashMap;
use std::sync::Mutex;

/// Wrong tries an account or an address has before it has to wait.
const TRIES: usize = 8;
/// How long wrong tries count, in milliseconds.
const WINDOW: i64 = 15 * MINUTE;
/// More keys than this are tidied up at once: a flood of made-up accounts costs no memory.
const MOST_KEYS: usize = 10_000;

/// Wrong sign-ins of the last quarter of an hour, by account and by address. In memory: a restart forgives.
#[derive(Default)]
pub struct Attempts {
    wrong: Mutex<HashMap<String, Vec<Timestamp>>>,
}

impl Attempts {
    /// How long somebody has to wait before the next try, in milliseconds; nothing when they may.
    pub fn wait(&self, keys: &[String], now: Timestamp) -> Option<i64> {
        let wrong = self.wrong.lock().expect("no code panics while it counts");
        let waits = keys.iter().filter_map(|key| {
            let recent: Vec<_> = wrong.get(key)?.iter().filter(|at| now - **at < WINDOW).collect();
            let oldest = recent.first().filter(|_| recent.len() >= TRIES)?;
            Some(WINDOW - (now - **oldest))
        });
        waits.max()
    }

    /// Counts a wrong try.
    pub fn failed(&self, keys: &[String], now: Timestamp) {
        let mut wrong = self.wrong.lock().expect("no code panics while it counts");
        if wrong.len() > MOST_KEYS {
            wrong.retain(|_, times| times.iter().any(|at| now - *at < WINDOW));
        }
        for key in keys {
            let times = wrong.entry(key.clone()).or_default();
            times.retain(|at| now - *at < WINDOW);
            times.push(now);
        }
    }

    /// Takes back one try that was counted before it turned out right.
    pub fn took_back(&self, key: &str, at: Timestamp) {
        let mut wrong = self.wrong.lock().expect("no code panics while it counts");
        if let Some(times) = wrong.get_mut(key)
            && let Some(place) = times.iter().position(|time| *time == at)
        {
            times.remove(place);
        }
    }

    /// Forgets the wrong tries of an account that got in.
    pub fn succeeded(&self, key: &str) {
        self.wrong.lock().expect("no code panics while it counts").remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ninth_try_waits_and_a_quarter_of_an_hour_later_it_may() {
        let attempts = Attempts::default();
        let keys = ["ann".to_owned()];
        for _ in 0..TRIES {
            assert_eq!(attempts.wait(&keys, Timestamp(0)), None);
            attempts.failed(&keys, Timestamp(0));
        }
        assert_eq!(attempts.wait(&keys, Timestamp(MINUTE)), Some(14 * MINUTE));
        assert_eq!(attempts.wait(&keys, Timestamp(WINDOW)), None);
        assert_eq!(attempts.wait(&["bob".to_owned()], Timestamp(MINUTE)), None);
    }
}
