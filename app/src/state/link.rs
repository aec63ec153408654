//! The connection to the server, as the agent sees it.

use domain::Timestamp;

/// Whether changes arrive by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// Nothing to say. Also before the first connection: the page is as fresh as its load.
    #[default]
    Connected,
    /// Lost a moment ago; trying again.
    Reconnecting,
    /// Lost for longer. What is on screen may be old.
    Offline { since: Timestamp },
    /// The sign-in ended; somebody has to sign in again.
    Ended,
}

/// Milliseconds to wait before the next attempt: from 250 doubling to 5000, each shortened by up to half so that a
/// restarted server is not met by everybody at once. `chance` is between 0 and 1.
pub fn pause(attempt: u32, chance: f64) -> i32 {
    let longest = 250 * 2_i32.pow(attempt.min(5));
    let longest = f64::from(longest.min(5_000));
    (longest - longest / 2.0 * chance.clamp(0.0, 1.0)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_become_rarer_up_to_five_seconds() {
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 99].map(|attempt| pause(attempt, 0.0)),
            [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]
        );
        assert_eq!(pause(5, 1.0), 2_500);
    }
}
