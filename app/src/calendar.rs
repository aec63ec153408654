//! Times as people say them. Everything here is told the zone; nothing reads a clock.

use domain::preferences::Region;
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

/// Where the reader is and how dates, times and numbers are written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    pub zone: Zone,
    pub region: Region,
}

impl From<Zone> for Locale {
    fn from(zone: Zone) -> Self {
        Self { zone, region: Region::UnitedKingdom }
    }
}

impl Locale {
    fn read(self, at: Timestamp) -> (Local, Region) {
        (self.zone.read(at), self.region)
    }
}

/// "14:03", "2:03 PM"
fn clock(region: Region, at: &Local) -> String {
    match region {
        Region::UnitedStates => {
            let hour = if at.hour % 12 == 0 { 12 } else { at.hour % 12 };
            format!("{hour}:{:02} {}", at.minute, if at.hour < 12 { "AM" } else { "PM" })
        }
        Region::Browser
        | Region::UnitedKingdom
        | Region::Germany
        | Region::France
        | Region::Spain
        | Region::Sweden => at.clock(),
    }
}

/// The time of the day: "14:03", "2:03 PM".
pub fn time(locale: impl Into<Locale>, at: Timestamp) -> String {
    let (at, region) = locale.into().read(at);
    clock(region, &at)
}

fn month_name(at: &Local) -> &'static str {
    match at.month {
        1 => say!("January"),
        2 => say!("February"),
        3 => say!("March"),
        4 => say!("April"),
        5 => say!("May" as "month"),
        6 => say!("June"),
        7 => say!("July"),
        8 => say!("August"),
        9 => say!("September"),
        10 => say!("October"),
        11 => say!("November"),
        12 => say!("December"),
        _ => "",
    }
}

/// A day of the week, from Monday, 0.
pub fn weekday(day: usize) -> &'static str {
    match day {
        0 => say!("Monday"),
        1 => say!("Tuesday"),
        2 => say!("Wednesday"),
        3 => say!("Thursday"),
        4 => say!("Friday"),
        5 => say!("Saturday"),
        6 => say!("Sunday"),
        _ => "",
    }
}

/// "3 Nov", "Nov 3", "3.11.", with the year when it is not this one.
fn short_date(region: Region, at: &Local, now: &Local) -> String {
    if at.year != now.year {
        return year_date(region, at);
    }
    match region {
        Region::Browser | Region::UnitedKingdom => format!("{} {}", at.date, short_month(at)),
        Region::UnitedStates => format!("{} {}", short_month(at), at.date),
        Region::Germany => format!("{}.{}.", at.date, at.month),
        Region::France | Region::Spain => format!("{:02}/{:02}", at.date, at.month),
        Region::Sweden => at.iso_date(),
    }
}

/// "3 Nov 2026", "Nov 3, 2026", "3.11.2026"
fn year_date(region: Region, at: &Local) -> String {
    match region {
        Region::Browser | Region::UnitedKingdom => format!("{} {} {}", at.date, short_month(at), at.year),
        Region::UnitedStates => format!("{} {}, {}", short_month(at), at.date, at.year),
        Region::Germany => format!("{}.{}.{}", at.date, at.month, at.year),
        Region::France | Region::Spain => format!("{:02}/{:02}/{}", at.date, at.month, at.year),
        Region::Sweden => at.iso_date(),
    }
}

/// "Saturday 21 November", "Saturday, November 21", with the year when it is asked for.
fn long_date(region: Region, at: &Local, year: bool) -> String {
    let (weekday, month, date) = (weekday(at.weekday), month_name(at), at.date);
    match (region, year) {
        (Region::Browser | Region::UnitedKingdom, true) => format!("{weekday} {date} {month} {}", at.year),
        (Region::Browser | Region::UnitedKingdom, false) => format!("{weekday} {date} {month}"),
        (Region::UnitedStates, true) => format!("{weekday}, {month} {date}, {}", at.year),
        (Region::UnitedStates, false) => format!("{weekday}, {month} {date}"),
        (Region::Germany | Region::France | Region::Spain | Region::Sweden, true) => {
            format!("{weekday} {}", year_date(region, at))
        }
        (Region::Germany | Region::France | Region::Spain | Region::Sweden, false) => {
            format!("{weekday} {}", short_date(region, at, at))
        }
    }
}

/// What a month is called where there is little room; a language may write it out.
fn short_month(at: &Local) -> &'static str {
    match at.month {
        1 => say!("Jan"),
        2 => say!("Feb"),
        3 => say!("Mar"),
        4 => say!("Apr"),
        5 => say!("May" as "month"),
        6 => say!("Jun"),
        7 => say!("Jul"),
        8 => say!("Aug"),
        9 => say!("Sep"),
        10 => say!("Oct"),
        11 => say!("Nov"),
        12 => say!("Dec"),
        _ => "",
    }
}

/// What a day of the week is called where there is little room.
pub fn short_weekday(day: usize) -> &'static str {
    match day {
        0 => say!("Mon"),
        1 => say!("Tue"),
        2 => say!("Wed"),
        3 => say!("Thu"),
        4 => say!("Fri"),
        5 => say!("Sat"),
        6 => say!("Sun"),
        _ => "",
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
pub fn short(locale: impl Into<Locale>, now: Timestamp, at: Timestamp) -> String {
    let locale = locale.into();
    let ((now, _), (at, region)) = (locale.read(now), locale.read(at));
    match now.day - at.day {
        ..=0 => clock(region, &at),
        1..=6 => short_weekday(at.weekday).to_owned(),
        _ => short_date(region, &at, &now),
    }
}

/// The time inside a sentence: "14:03" today, "Fri 14:03" this week, "3 Nov 14:03" before.
pub fn moment(locale: impl Into<Locale>, now: Timestamp, at: Timestamp) -> String {
    let locale = locale.into();
    let clock = time(locale, at);
    let today = locale.zone.read(now).day <= locale.zone.read(at).day;
    if today { clock } else { format!("{} {clock}", short(locale, now, at)) }
}

/// A time to come: "14:03" today, "tomorrow 14:03", "Mon 14:03" this week, "3 Dec 14:03" after.
pub fn coming(locale: impl Into<Locale>, now: Timestamp, at: Timestamp) -> String {
    let locale = locale.into();
    let ((now, _), (at, region)) = (locale.read(now), locale.read(at));
    let clock = clock(region, &at);
    match at.day - now.day {
        ..=0 => clock,
        1 => say!("tomorrow {clock}", clock),
        2..=6 => format!("{} {clock}", short_weekday(at.weekday)),
        _ => format!("{} {clock}", short_date(region, &at, &now)),
    }
}

/// The heading between two days: "Today", "Yesterday", "Saturday 21 November".
pub fn day_heading(locale: impl Into<Locale>, now: Timestamp, at: Timestamp) -> String {
    let locale = locale.into();
    let ((now, _), (at, region)) = (locale.read(now), locale.read(at));
    match now.day - at.day {
        0 => say!("Today").into(),
        1 => say!("Yesterday").into(),
        _ => long_date(region, &at, now.year != at.year),
    }
}

/// In full, for tooltips: "Saturday 21 November 2026, 14:03".
pub fn full(locale: impl Into<Locale>, at: Timestamp) -> String {
    let (at, region) = locale.into().read(at);
    format!("{}, {}", long_date(region, &at, true), clock(region, &at))
}

/// A day with its year: "3 Nov 2026".
pub fn date(locale: impl Into<Locale>, at: Timestamp) -> String {
    let (at, region) = locale.into().read(at);
    year_date(region, &at)
}

/// A whole number with its thousands apart: "12,345", "12.345", "12 345".
pub fn number(region: Region, number: i64) -> String {
    let apart = match region {
        Region::Browser | Region::UnitedKingdom | Region::UnitedStates => ',',
        Region::Germany | Region::Spain => '.',
        // Narrow and never at the end of a line, as typographers there have it.
        Region::France | Region::Sweden => '\u{202f}',
    };
    let digits = number.unsigned_abs().to_string();
    let mut written = String::from(if number < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(apart);
        }
        written.push(digit);
    }
    written
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
        (_, _, _) => say!("less than a minute").into(),
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
    fn each_region_writes_dates_times_and_numbers_its_own_way() {
        let at = |region| Locale { zone: UTC, region };
        let told = |region| {
            (
                short(at(region), NOW, NOW - 18 * DAY),
                time(at(region), NOW),
                date(at(region), NOW),
                number(region, 12_345),
            )
        };
        let words =
            |a: &str, b: &str, c: &str, d: &str| (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned());
        assert_eq!(told(Region::UnitedKingdom), words("3 Nov", "14:03", "21 Nov 2026", "12,345"));
        assert_eq!(told(Region::UnitedStates), words("Nov 3", "2:03 PM", "Nov 21, 2026", "12,345"));
        assert_eq!(told(Region::Germany), words("3.11.", "14:03", "21.11.2026", "12.345"));
        assert_eq!(told(Region::France), words("03/11", "14:03", "21/11/2026", "12\u{202f}345"));
        assert_eq!(told(Region::Spain), words("03/11", "14:03", "21/11/2026", "12.345"));
        assert_eq!(told(Region::Sweden), words("2026-11-03", "14:03", "2026-11-21", "12\u{202f}345"));
        assert_eq!(full(at(Region::UnitedStates), NOW), "Saturday, November 21, 2026, 2:03 PM");
        assert_eq!(full(at(Region::Germany), NOW), "Saturday 21.11.2026, 14:03");
        assert_eq!(time(at(Region::UnitedStates), NOW - 14 * HOUR), "12:03 AM");
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
