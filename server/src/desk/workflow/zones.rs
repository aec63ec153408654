//! The world's time zones, as the server knows them.

use domain::Timestamp;
use domain::workflow::world::Zones;
use jiff::tz::TimeZone;

/// The IANA database that is built in.
pub struct World;

impl Zones for World {
    fn minutes_east(&self, zone: &str, at: Timestamp) -> Option<i64> {
        let zone = TimeZone::get(zone).ok()?;
        let at = jiff::Timestamp::from_millisecond(at.ms()).ok()?;
        Some(i64::from(zone.to_offset(at).seconds()) / 60)
    }
}

/// Whether a time zone of this name is known.
pub fn is_known(zone: &str) -> bool {
    TimeZone::get(zone).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_time_is_known() {
        let winter = Timestamp(1_795_219_200_000);
        let summer = Timestamp(1_782_864_000_000);
        assert_eq!(World.minutes_east("Europe/Oslo", winter), Some(60));
        assert_eq!(World.minutes_east("Europe/Oslo", summer), Some(120));
        assert_eq!(World.minutes_east("Asia/Kathmandu", winter), Some(345));
        assert_eq!(World.minutes_east("Mars/Olympus", winter), None);
    }
}
