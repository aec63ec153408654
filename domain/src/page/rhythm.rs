//! How lively a page usually is at each hour of the week, and how unlikely its silence is.
//!
//! An hour is worth up to six stretches of ten minutes in which something came, so that one long chat does not look like
//! a busy shop. Older weeks count less. A pretended week of silence keeps a page that is new from crying wolf.

use crate::{HOUR, MINUTE, Timestamp};
use serde::{Deserialize, Serialize};

/// Hours in a week.
pub const HOURS: usize = 168;
/// Milliseconds in one stretch.
pub const STRETCH: i64 = 10 * MINUTE;
/// Stretches in an hour.
const STRETCHES: f64 = 6.0;
/// What a week counts once another one has passed.
const FADING: f64 = 0.9;
/// A silence rings when it would happen less often than this.
pub const UNLIKELY: f64 = 0.001;
/// Nothing rings before this much silence, however busy the page is.
pub const SHORTEST: i64 = 30 * MINUTE;
/// Beyond this it is plain without counting.
const LONGEST: i64 = 14 * 24 * HOUR;

/// What was learned so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rhythm {
    /// For each hour of the week: active stretches, older ones faded.
    active: Vec<f64>,
    /// For each hour of the week: how many weeks were watched, older ones faded.
    watched: Vec<f64>,
    /// The first hour since 1970 that has not been learned.
    pub next_hour: i64,
}

/// A silence and how surprising it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Silence {
    pub since: Timestamp,
    /// In how many stretches of ten minutes something would have come by now.
    pub expected: f64,
    /// How often a silence this long happens by chance, from 0 to 1.
    pub chance: f64,
}

impl Silence {
    /// Whether somebody should look.
    pub fn rings(&self, now: Timestamp) -> bool {
        self.chance < UNLIKELY && now - self.since >= SHORTEST
    }
}

/// The hour of a moment, since 1970.
pub const fn hour_of(at: Timestamp) -> i64 {
    at.ms().div_euclid(HOUR)
}

/// The stretch of ten minutes of a moment, since 1970.
pub const fn stretch_of(at: Timestamp) -> i64 {
    at.ms().div_euclid(STRETCH)
}

fn hour_of_week(hour: i64) -> usize {
    usize::try_from(hour.rem_euclid(HOURS as i64)).unwrap_or(0)
}

impl Rhythm {
    /// Nothing is known; learning begins with this hour.
    pub fn new(first_hour: i64) -> Self {
        Self { active: vec![0.0; HOURS], watched: vec![0.0; HOURS], next_hour: first_hour }
    }

    /// Learns an hour that is over: in how many of its six stretches something came. Hours come in order; one that was
    /// learned before is ignored.
    pub fn learn(&mut self, hour: i64, stretches: i64) {
        if hour < self.next_hour {
            return;
        }
        let slot = hour_of_week(hour);
        let (Some(active), Some(watched)) = (self.active.get_mut(slot), self.watched.get_mut(slot)) else {
            return;
        };
        *active = *active * FADING + stretches.clamp(0, 6) as f64;
        *watched = *watched * FADING + 1.0;
        self.next_hour = hour + 1;
    }

    /// The share of stretches in which something usually comes at this hour, from 0 to 1.
    pub fn liveliness(&self, hour: i64) -> f64 {
        let slot = hour_of_week(hour);
        let (active, watched) = (self.active.get(slot), self.watched.get(slot));
        let (active, watched) = (active.copied().unwrap_or(0.0), watched.copied().unwrap_or(0.0));
        (active / (STRETCHES * (watched + 1.0))).clamp(0.0, 0.99)
    }

    /// How surprising it is that nothing came since then. Stretches that have not ended do not count.
    pub fn silence(&self, since: Timestamp, now: Timestamp) -> Silence {
        let from = since.max(now - LONGEST);
        let (mut expected, mut chance) = (0.0, 1.0_f64);
        for stretch in stretch_of(from) + 1..stretch_of(now) {
            let lively = self.liveliness(hour_of(Timestamp(stretch * STRETCH)));
            expected += lively;
            chance *= 1.0 - lively;
        }
        Silence { since, expected, chance }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DAY;

    /// A Monday at midnight UTC.
    const MONDAY: Timestamp = Timestamp(1_795_392_000_000);

    fn learned(weeks: i64, usual: impl Fn(i64) -> i64) -> Rhythm {
        let first = hour_of(MONDAY);
        let mut rhythm = Rhythm::new(first);
        for hour in first..first + weeks * HOURS as i64 {
            rhythm.learn(hour, usual((hour - first) % 24));
        }
        rhythm
    }
    /// Customers write from nine to six, all the time.
    const fn busy(hour: i64) -> i64 {
        if hour >= 9 && hour < 18 { 6 } else { 0 }
    }
    fn rings_after(rhythm: &Rhythm, since: Timestamp) -> Option<i64> {
        (1..14 * 24 * 6)
            .map(|n| since + n * STRETCH)
            .find(|now| rhythm.silence(since, *now).rings(*now))
            .map(|now| now - since)
    }

    #[test]
    fn a_busy_page_is_missed_within_two_hours_of_its_day() {
        let rhythm = learned(4, busy);
        let ten = MONDAY + 28 * DAY + 10 * HOUR;
        let after = rings_after(&rhythm, ten).expect("it rings");
        assert!((SHORTEST..=2 * HOUR).contains(&after), "{} min", after / MINUTE);
    }

    #[test]
    fn a_night_is_not_a_silence() {
        let rhythm = learned(8, busy);
        let closing = MONDAY + 56 * DAY + 18 * HOUR;
        let morning = closing + 15 * HOUR;
        assert!(!rhythm.silence(closing, morning).rings(morning));
    }

    #[test]
    fn a_sleepy_page_is_missed_after_days_not_hours() {
        // One stretch at noon, every day.
        let rhythm = learned(8, |hour| i64::from(hour == 12));
        let noon = MONDAY + 56 * DAY + 12 * HOUR;
        let after = rings_after(&rhythm, noon).expect("it rings in the end");
        assert!(after > 4 * DAY, "{} h", after / HOUR);
    }

    #[test]
    fn a_new_page_never_rings() {
        assert_eq!(rings_after(&Rhythm::new(hour_of(MONDAY)), MONDAY), None);
    }

    #[test]
    fn one_long_chat_is_not_a_rhythm() {
        let mut rhythm = Rhythm::new(hour_of(MONDAY));
        rhythm.learn(hour_of(MONDAY), 6);
        let next_week = MONDAY + 7 * DAY;
        assert!(!rhythm.silence(next_week, next_week + 2 * HOUR).rings(next_week + 2 * HOUR));
    }

    #[test]
    fn habits_fade() {
        let mut rhythm = learned(8, busy);
        let ten = MONDAY + 56 * DAY + 10 * HOUR;
        let before = rhythm.liveliness(hour_of(ten));
        let first = hour_of(MONDAY) + 8 * HOURS as i64;
        for hour in first..first + 12 * HOURS as i64 {
            rhythm.learn(hour, 0);
        }
        assert!(before > 0.8 && rhythm.liveliness(hour_of(ten)) < before / 3.0);
    }

    #[test]
    fn an_hour_is_learned_once() {
        let mut rhythm = learned(1, busy);
        let before = rhythm.clone();
        rhythm.learn(hour_of(MONDAY), 6);
        assert_eq!(rhythm, before);
    }
}
