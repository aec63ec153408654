//! Business hours while somebody changes them: times as they stand in their fields.

use crate::calendar::{short_weekday, weekday};
use crate::language::told;
use domain::workflow::field::{date, time};
use domain::workflow::hours::{BadHours, Hours, Span};

/// Minutes in a day.
const DAY: u16 = 24 * 60;

/// What the form holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoursDraft {
    pub zone: String,
    /// Monday first; from and to, as `hh:mm`.
    pub week: [Vec<(String, String)>; 7],
    /// As `YYYY-MM-DD`.
    pub holidays: Vec<String>,
}

/// Why the form is not business hours yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoHours {
    #[error("{}", say!("On {day}, write both times, such as 09:00 and 17:30.", day = weekday(*day)))]
    NoTime { day: usize },
    #[error("{}", bad_hours(.0))]
    Bad(#[from] BadHours),
}

fn bad_hours(bad: &BadHours) -> String {
    match bad {
        BadHours::Backwards { day } => {
            say!("On {day}, a span has to end after it begins, within one day.", day = told(day))
        }
        BadHours::Overlap { day } => say!("On {day}, two spans overlap.", day = told(day)),
        BadHours::NoZone | BadHours::NoDate { .. } => told(&bad.to_string()).into_owned(),
    }
}

impl From<&Hours> for HoursDraft {
    fn from(hours: &Hours) -> Self {
        let week = std::array::from_fn(|day| {
            hours.week[day].iter().map(|span| (clock(span.from), clock(span.to))).collect()
        });
        Self { zone: hours.zone.clone(), week, holidays: hours.holidays.clone() }
    }
}

impl HoursDraft {
    /// The hours, once everything is written.
    pub fn read(&self) -> Result<Hours, NoHours> {
        let mut week: [Vec<Span>; 7] = Default::default();
        for (day, (spans, written)) in week.iter_mut().zip(&self.week).enumerate() {
            for (from, to) in written {
                let from = minutes(from).ok_or(NoHours::NoTime { day })?;
                // The end of a day is its midnight.
                let to = match minutes(to).ok_or(NoHours::NoTime { day })? {
                    0 => DAY,
                    to => to,
                };
                spans.push(Span { from, to });
            }
            spans.sort_by_key(|span| span.from);
        }
        let hours = Hours { zone: self.zone.trim().to_owned(), week, holidays: self.holidays.clone() };
        hours.check()?;
        Ok(hours)
    }

    /// Adds a span to a day: office hours, or the afternoon behind what is there.
    pub fn add_span(&mut self, day: usize) {
        let Some(spans) = self.week.get_mut(day) else { return };
        let span = match spans.last() {
            None => ("09:00".to_owned(), "17:00".to_owned()),
            Some((_, to)) => (to.clone(), String::new()),
        };
        spans.push(span);
    }

    /// Adds a holiday in its order; what is no date is left out, and what is there stays once.
    pub fn add_holiday(&mut self, written: &str) -> bool {
        let Some(day) = date(written) else { return false };
        if let Err(place) = self.holidays.binary_search(&day) {
            self.holidays.insert(place, day);
        }
        true
    }
}

fn minutes(written: &str) -> Option<u16> {
    let written = time(written)?;
    let (hour, minute) = written.split_once(':')?;
    Some(hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?)
}

/// "09:00"; the end of the day is "00:00".
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

/// A week in a line: "Mon to Fri 09:00–17:00, Sat 10:00–14:00".
pub fn summary(hours: &Hours) -> String {
    let day = |spans: &[Span]| {
        let spans: Vec<String> =
            spans.iter().map(|span| format!("{}–{}", clock(span.from), clock(span.to))).collect();
        spans.join(" and ")
    };
    let mut parts: Vec<String> = Vec::new();
    let mut first = 0;
    while first < 7 {
        let last = (first..7).take_while(|one| hours.week[*one] == hours.week[first]).last().unwrap_or(first);
        if !hours.week[first].is_empty() {
            let (from, to) = (short_weekday(first), short_weekday(last));
            let days = if first == last { from.to_owned() } else { say!("{from} to {to}", from, to) };
            parts.push(format!("{days} {}", day(&hours.week[first])));
        }
        first = last + 1;
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_back_as_they_were_written() {
        let mut hours = Hours::office("Europe/Oslo");
        hours.week[5] = vec![Span { from: 600, to: DAY }];
        hours.holidays.push("2026-12-24".into());
        assert_eq!(HoursDraft::from(&hours).read(), Ok(hours));
    }

    #[test]
    fn what_is_missing_or_wrong_names_its_day() {
        let mut draft = HoursDraft::from(&Hours::office("UTC"));
        draft.add_span(1);
        assert_eq!(draft.read(), Err(NoHours::NoTime { day: 1 }));
        draft.week[1][1].1 = "16:00".into();
        assert_eq!(draft.read(), Err(NoHours::Bad(BadHours::Backwards { day: "Tuesday" })));
        draft.week[1][1] = ("12:00".into(), "18:00".into());
        assert_eq!(draft.read(), Err(NoHours::Bad(BadHours::Overlap { day: "Tuesday" })));
    }

    #[test]
    fn holidays_stand_in_their_order_and_once() {
        let mut draft = HoursDraft::default();
        assert!(draft.add_holiday("2026-12-25") && draft.add_holiday("24.12.2026"));
        assert!(draft.add_holiday("2026-12-25") && !draft.add_holiday("soon"));
        assert_eq!(draft.holidays, ["2026-12-24", "2026-12-25"]);
    }

    #[test]
    fn a_week_is_said_in_a_line() {
        let mut hours = Hours::office("UTC");
        assert_eq!(summary(&hours), "Mon to Fri 09:00–17:00");
        hours.week[5] = vec![Span { from: 600, to: 840 }, Span { from: 900, to: DAY }];
        assert_eq!(summary(&hours), "Mon to Fri 09:00–17:00, Sat 10:00–14:00 and 15:00–00:00");
        assert_eq!(summary(&Hours::default()), "");
    }
}
