//! Time as a value. Every rule is told what time it is.

use serde::{Deserialize, Serialize};
use std::ops::{Add, Sub};

/// A moment, in milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Milliseconds in a second.
pub const SECOND: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Milliseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds in a day.
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// Milliseconds since 1970 UTC.
    pub const fn ms(self) -> i64 {
        self.0
    }
}

impl Add<i64> for Timestamp {
    type Output = Self;
    fn add(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl Sub<i64> for Timestamp {
    type Output = Self;
    fn sub(self, ms: i64) -> Self {
        Self(self.0.saturating_sub(ms))
    }
}

impl Sub for Timestamp {
    type Output = i64;
    fn sub(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// What a wall clock and a calendar show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    pub year: i64,
    /// 1 to 12.
    pub month: usize,
    /// 1 to 31.
    pub date: i64,
    /// Monday is 0.
    pub weekday: usize,
    pub hour: i64,
    pub minute: i64,
    /// Days since 1970-01-01; two moments of one day share it.
    pub day: i64,
}

impl Local {
    /// The moment so many minutes east of UTC. Howard Hinnant's civil calendar: years begin in March, so that the leap
    /// day is the last of its year.
    pub fn of(at: Timestamp, minutes_east: i64) -> Self {
        let ms = at.ms().saturating_add(minutes_east.saturating_mul(MINUTE));
        let day = ms.div_euclid(DAY);
        let rest = ms.rem_euclid(DAY);
        let shifted = day + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: usize::try_from(month).unwrap_or(1),
            date: of_year - (153 * march_month + 2) / 5 + 1,
            weekday: usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0),
            hour: rest / HOUR,
            minute: rest % HOUR / MINUTE,
            day,
        }
    }

    /// "14:03"
    pub fn clock(&self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// `2026-11-21`
    pub fn iso_date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.date)
    }

    /// Minutes since midnight.
    pub fn minute_of_day(&self) -> i64 {
        self.hour * 60 + self.minute
    }
}
