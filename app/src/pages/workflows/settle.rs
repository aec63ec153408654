//! Numbers that change with every step of a run are not read again with every step.

use leptos::prelude::*;
use std::time::Duration;

/// How long after a run moved the numbers are read again.
const SETTLE: Duration = Duration::from_secs(2);

/// Does something a moment after it is asked for, once, however often it is asked for meanwhile; not when the page is
/// gone by then.
pub fn settled(act: impl Fn() + Copy + Send + Sync + 'static) -> impl Fn() + Copy + Send + Sync {
    let asked = StoredValue::new(false);
    move || {
        if asked.get_value() {
            return;
        }
        asked.set_value(true);
        set_timeout(
            move || {
                if asked.try_set_value(false).is_none() {
                    act();
                }
            },
            SETTLE,
        );
    }
}
