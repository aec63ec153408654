//! Time zones, as the browser knows them.

use crate::calendar;
use domain::{HOUR, Local, MINUTE, Timestamp};
use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|found| !found.is_undefined())
}

fn intl() -> Option<JsValue> {
    get(&js_sys::global(), "Intl")
}

/// The name of the reader's time zone, such as `Europe/Oslo`.
pub fn time_zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    get(&options, "timeZone").and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// The names of all time zones; none where the browser does not tell.
pub fn time_zones() -> Vec<String> {
    let listed = || {
        let intl = intl()?;
        let list: Function = get(&intl, "supportedValuesOf")?.dyn_into().ok()?;
        list.call1(&intl, &"timeZone".into()).ok()?.dyn_into::<Array>().ok()
    };
    listed().map(|zones| zones.iter().filter_map(|zone| zone.as_string()).collect()).unwrap_or_default()
}

/// Whether there is such a time zone.
pub fn knows_zone(zone: &str) -> bool {
    clock_in(zone, Timestamp::default()).is_some()
}

/// What a wall clock shows in a time zone; nothing when there is no such zone.
pub fn clock_in(zone: &str, at: Timestamp) -> Option<Local> {
    let options = Object::new();
    for (name, value) in [("timeZone", zone), ("dateStyle", "short"), ("timeStyle", "medium")] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    // A zone that does not exist throws; only this way it can be caught. Swedes write dates as ISO does.
    let maker: Function = get(&intl()?, "DateTimeFormat")?.dyn_into().ok()?;
    let format = Reflect::construct(&maker, &Array::of2(&"sv-SE".into(), &options)).ok()?;
    let say: Function = get(&format, "format")?.dyn_into().ok()?;
    let date = js_sys::Date::new(&JsValue::from_f64(at.ms() as f64));
    read(&say.call1(&format, &date).ok()?.as_string()?, at)
}

/// Reads `2026-11-21 14:03:00`.
fn read(written: &str, at: Timestamp) -> Option<Local> {
    let numbers: Vec<i64> =
        written.split(['-', ' ', ':']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, date, hour, minute, _] = numbers[..] else { return None };
    let shown = calendar::start_of(year, month, date) + hour * HOUR + minute * MINUTE;
    // Only whole minutes are told of both.
    let begun = Timestamp(at.ms().div_euclid(MINUTE) * MINUTE);
    Some(Local::of(at, (shown - begun) / MINUTE))
}
