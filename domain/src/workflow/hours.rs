//! Business hours: when the team is there.

use super::field::date;
use crate::Local;
use serde::{Deserialize, Serialize};

/// Minutes in a day; the end of a span may be midnight.
const DAY_MINUTES: u16 = 24 * 60;

/// A part of a day, in minutes since midnight; `to` is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub from: u16,
    pub to: u16,
}

/// A week with its exceptions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The time zone's IANA name, such as `Europe/Oslo`.
    pub zone: String,
    /// Monday first; a day without spans is closed.
    pub week: [Vec<Span>; 7],
    /// Days that are closed whatever weekday they are, as `YYYY-MM-DD`.
    #[serde(default)]
    pub holidays: Vec<String>,
}

/// Why hours cannot be kept like this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    #[error("Choose a time zone.")]
    NoZone,
    #[error("On {day}, a span has to end after it begins, within one day.")]
    Backwards { day: &'static str },
    #[error("On {day}, two spans overlap.")]
    Overlap { day: &'static str },
    #[error("{date} is not a date. Write year-month-day, such as 2026-12-24.")]
    NoDate { date: String },
}

/// The days of the week, Monday first.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Hours {
    /// Monday to Friday, nine to five.
    pub fn office(zone: impl Into<String>) -> Self {
        let day = || vec![Span { from: 9 * 60, to: 17 * 60 }];
        let week = [day(), day(), day(), day(), day(), Vec::new(), Vec::new()];
        Self { zone: zone.into(), week, holidays: Vec::new() }
    }

    /// Whether the team is there at this time of its own clock.
    pub fn is_open(&self, local: &Local) -> bool {
        let minute = u16::try_from(local.minute_of_day()).unwrap_or(0);
        let holiday = self.holidays.contains(&local.iso_date());
        let day = self.week.get(local.weekday).map(Vec::as_slice).unwrap_or_default();
        !holiday && day.iter().any(|span| (span.from..span.to).contains(&minute))
    }

    /// Checks what a person put together.
    pub fn check(&self) -> Result<(), BadHours> {
        if self.zone.trim().is_empty() {
            return Err(BadHours::NoZone);
        }
        for (spans, day) in self.week.iter().zip(WEEKDAYS) {
            check_day(spans, day)?;
        }
        match self.holidays.iter().find(|day| date(day).as_ref() != Some(day)) {
            Some(wrong) => Err(BadHours::NoDate { date: wrong.clone() }),
            None => Ok(()),
        }
    }
}

fn check_day(spans: &[Span], day: &'static str) -> Result<(), BadHours> {
    if spans.iter().any(|span| span.from >= span.to || span.to > DAY_MINUTES) {
        return Err(BadHours::Backwards { day });
    }
    let mut sorted: Vec<&Span> = spans.iter().collect();
    sorted.sort_by_key(|span| span.from);
    match sorted.windows(2).any(|pair| pair[0].to > pair[1].from) {
        true => Err(BadHours::Overlap { day }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HOUR, Timestamp};

    /// Saturday 21 November 2026, 00:00 UTC.
    const SATURDAY: Timestamp = Timestamp(1_795_219_200_000);

    fn local(at: Timestamp) -> Local {
        Local::of(at, 0)
    }

    #[test]
    fn the_office_is_open_on_weekdays_from_nine_to_five() {
        let hours = Hours::office("UTC");
        assert!(!hours.is_open(&local(SATURDAY + 10 * HOUR)));
        let monday = SATURDAY + 48 * HOUR;
        assert!(!hours.is_open(&local(monday + 9 * HOUR - 1)));
        assert!(hours.is_open(&local(monday + 9 * HOUR)));
        assert!(!hours.is_open(&local(monday + 17 * HOUR)));
    }

    #[test]
    fn a_holiday_is_closed_whatever_weekday_it_is() {
        let hours = Hours { holidays: vec!["2026-11-23".into()], ..Hours::office("UTC") };
        assert!(!hours.is_open(&local(SATURDAY + 58 * HOUR)));
        assert!(hours.is_open(&local(SATURDAY + 82 * HOUR)));
    }

    #[test]
    fn hours_that_make_no_sense_are_refused_by_day() {
        let with = |spans: Vec<Span>| Hours {
            week: {
                let mut week = Hours::office("UTC").week;
                week[1] = spans;
                week
            },
            ..Hours::office("UTC")
        };
        assert_eq!(
            with(vec![Span { from: 600, to: 600 }]).check(),
            Err(BadHours::Backwards { day: "Tuesday" })
        );
        assert_eq!(
            with(vec![Span { from: 600, to: 1_441 }]).check(),
            Err(BadHours::Backwards { day: "Tuesday" })
        );
        let two = vec![Span { from: 600, to: 700 }, Span { from: 690, to: 800 }];
        assert_eq!(with(two).check(), Err(BadHours::Overlap { day: "Tuesday" }));
        assert_eq!(with(vec![Span { from: 0, to: 1_440 }]).check(), Ok(()));
        let holiday = Hours { holidays: vec!["24.12.2026".into()], ..Hours::office("UTC") };
        assert_eq!(holiday.check(), Err(BadHours::NoDate { date: "24.12.2026".into() }));
    }
}
