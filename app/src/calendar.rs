//! Times as people say them. Everything here is told the zone; nothing reads a clock.

use domain::{DAY, HOUR, Local, MINUTE, Timestamp};

/// Where local time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// So many minutes east of UTC, all year.
    East(i64),
    /// The zone the browser is set to, summer time included.
    #[cfg(feature = "hydrate")]
    Browser,
}

impl Zone {
    /// Minutes east of UTC at that moment.
    fn minutes_east(self, at: Timestamp) -> i64 {
        match self {
            Self::East(minutes) => {
                let _ = at;
                minutes
            }
            #[cfg(feature = "hydrate")]
            Self::Browser => crate::browser::minutes_east(at),
        }
    }

    /// The moment as a wall clock and a calendar in this zone show it.
    pub fn read(self, at: Timestamp) -> Local {
        Local::of(at, self.minutes_east(at))
    }

    /// The moment at which a wall clock in this zone shows an hour of a day (days since 1970-01-01).
    pub fn at(self, day: i64, hour: i64) -> Timestamp {
        let local = day * DAY + hour * HOUR;
        // Twice, because summer time may begin or end between now and then.
        let guess = Timestamp(local - self.minutes_east(Timestamp(local)) * MINUTE);
        Timestamp(local - self.minutes_east(guess) * MINUTE)
    }
}

fn month_name(at: &Local) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(at.month.wrapping_sub(1)).copied().unwrap_or_default()
}

fn weekday_name(at: &Local) -> &'static str {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    NAMES.get(at.weekday).copied().unwrap_or_default()
}

/// "3 Nov", with the year when it is not this one.
fn short_date(at: &Local, now: &Local) -> String {
    let month = month_name(at).get(..3).unwrap_or_default();
    if at.year == now.year {
        format!("{} {month}", at.date)
    } else {
        format!("{} {month} {}", at.date, at.year)
    }
}

/// The beginning of a day of the calendar, in UTC. The same civil calendar the other way round.
pub fn start_of(year: i64, month: i64, date: i64) -> Timestamp {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    let day = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Timestamp(day * DAY)
}

/// The time beside a row: "14:03" today, "Fri" this week, "3 Nov" before.
pub fn short(zone: Zone, now: Timestamp, at: Timestamp) -> String {
    let (now, at) = (zone.read(now), zone.read(at));
    match now.day - at.day {
        ..=0 => at.clock(),
        1..=6 => weekday_name(&at).get(..3).unwrap_or_default().to_owned(),
        _ => short_date(&at, &now),
    }
}

/// The time inside a sentence: "14:03" today, "Fri 14:03" this week, "3 Nov 14:03" before.
pub fn moment(zone: Zone, now: Timestamp, at: Timestamp) -> String {
    let clock = zone.read(at).clock();
    if zone.read(now).day <= zone.read(at).day { clock } else { format!("{} {clock}", short(zone, now, at)) }
}

/// A time to come: "14:03" today, "tomorrow 14:03", "Mon 14:03" this week, "3 Dec 14:03" after.
pub fn coming(zone: Zone, now: Timestamp, at: Timestamp) -> String {
    let (now, at) = (zone.read(now), zone.read(at));
    let clock = at.clock();
    match at.day - now.day {
        ..=0 => clock,
        1 => format!("tomorrow {clock}"),
        2..=6 => format!("{} {clock}", weekday_name(&at).get(..3).unwrap_or_default()),
        _ => format!("{} {clock}", short_date(&at, &now)),
    }
}

/// The heading between two days: "Today", "Yesterday", "Saturday 21 November".
pub fn day_heading(zone: Zone, now: Timestamp, at: Timestamp) -> String {
    let (now, at) = (zone.read(now), zone.read(at));
    match now.day - at.day {
        0 => "Today".into(),
        1 => "Yesterday".into(),
        _ if now.year == at.year => format!("{} {} {}", weekday_name(&at), at.date, month_name(&at)),
        _ => format!("{} {} {} {}", weekday_name(&at), at.date, month_name(&at), at.year),
    }
}

/// In full, for tooltips: "Saturday 21 November 2026, 14:03".
pub fn full(zone: Zone, at: Timestamp) -> String {
    let at = zone.read(at);
    format!("{} {} {} {}, {}", weekday_name(&at), at.date, month_name(&at), at.year, at.clock())
}

/// A day with its year: "3 Nov 2026".
pub fn date(zone: Zone, at: Timestamp) -> String {
    let at = zone.read(at);
    format!("{} {} {}", at.date, month_name(&at).get(..3).unwrap_or_default(), at.year)
}

/// The moment as machines read it: `2026-11-21T14:03:00Z`.
pub fn iso(at: Timestamp) -> String {
    let utc = Zone::East(0).read(at);
    let second = at.ms().rem_euclid(MINUTE) / 1_000;
    format!("{:04}-{:02}-{:02}T{}:{second:02}Z", utc.year, utc.month, utc.date, utc.clock())
}

/// How long something lasts, in the two largest units: "5 d 3 h", "23 h 57 min", "48 min".
pub fn span(ms: i64) -> String {
    let (days, hours, minutes) = (ms / DAY, ms % DAY / HOUR, ms % HOUR / MINUTE);
    match (days, hours, minutes) {
        (1.., 0, _) => format!("{days} d"),
        (1.., _, _) => format!("{days} d {hours} h"),
        (_, 1.., 0) => format!("{hours} h"),
        (_, 1.., _) => format!("{hours} h {minutes} min"),
        (_, _, 1..) => format!("{minutes} min"),
        (_, _, _) => "less than a minute".into(),
    }
}

/// How long something lasts, in one unit, for narrow places: "5 d", "23 h", "48 min".
pub fn brief_span(ms: i64) -> String {
    match (ms / DAY, ms / HOUR, ms / MINUTE) {
        (2.., _, _) => format!("{} d", ms / DAY),
        (_, 1.., _) => format!("{} h", ms / HOUR),
        (_, _, minutes) => format!("{} min", minutes.max(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Saturday 21 November 2026, 14:03 UTC.
    const NOW: Timestamp = Timestamp(1_795_269_780_000);
    const UTC: Zone = Zone::East(0);

    #[test]
    fn a_row_says_the_hour_today_the_day_this_week_and_the_date_before() {
        assert_eq!(short(UTC, NOW, NOW), "14:03");
        assert_eq!(short(UTC, NOW, NOW - DAY), "Fri");
        assert_eq!(short(UTC, NOW, NOW - 18 * DAY), "3 Nov");
        assert_eq!(short(UTC, NOW, NOW - 365 * DAY), "21 Nov 2025");
    }

    #[test]
    fn midnight_is_where_the_reader_lives() {
        let late = NOW + 10 * HOUR;
        assert_eq!(day_heading(UTC, late, NOW), "Yesterday");
        assert_eq!(day_heading(Zone::East(-300), late, NOW), "Today");
        assert_eq!(Zone::East(330).read(NOW).clock(), "19:33");
    }

    #[test]
    fn a_time_to_come_is_said_as_people_say_it() {
        let zone = Zone::East(120);
        let today = zone.read(NOW).day;
        assert_eq!(coming(zone, NOW, zone.at(today, 20)), "20:00");
        assert_eq!(coming(zone, NOW, zone.at(today + 1, 9)), "tomorrow 09:00");
        assert_eq!(coming(zone, NOW, zone.at(today + 2, 9)), "Mon 09:00");
        assert_eq!(coming(zone, NOW, zone.at(today + 12, 9)), "3 Dec 09:00");
    }

    #[test]
    fn leap_days_exist() {
        assert_eq!(full(UTC, Timestamp(1_709_164_800_000)), "Thursday 29 February 2024, 00:00");
        assert_eq!(iso(NOW), "2026-11-21T14:03:00Z");
    }

    #[test]
    fn a_span_names_its_two_largest_units() {
        assert_eq!(span(5 * DAY + 3 * HOUR + MINUTE), "5 d 3 h");
        assert_eq!(span(23 * HOUR + 57 * MINUTE), "23 h 57 min");
        assert_eq!(span(48 * MINUTE), "48 min");
        assert_eq!(span(3), "less than a minute");
        assert_eq!(brief_span(23 * HOUR + 57 * MINUTE), "23 h");
    }
}
