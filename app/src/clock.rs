//! What time it is on screen.
//!
//! The server knows neither the reader's zone nor when the page will be looked at. It writes machine-readable times,
//! and the browser fills in the words after it has taken over; both draw the same page until then.

use crate::browser;
use crate::calendar::{Locale, Zone};
use crate::commands::Commands;
use domain::Timestamp;
use domain::preferences::Region;
use leptos::prelude::*;
use std::time::Duration;

/// How often what is said about time is said anew.
const TICK: Duration = Duration::from_secs(15);

/// The reader's clock.
#[derive(Clone, Copy)]
pub struct Clock {
    now: RwSignal<Option<Timestamp>>,
    zone: RwSignal<Option<Zone>>,
    /// How the reader wants dates and numbers written; nothing where nobody is signed in.
    region: Option<Memo<Region>>,
    /// How far the server's clock is ahead of the browser's, in milliseconds.
    ahead: StoredValue<i64>,
}

impl Clock {
    /// A clock that stands still until the browser winds it.
    pub fn new() -> Self {
        let region = use_context::<Commands>().map(|commands| {
            Memo::new(move |_| commands.preferences().with(|preferences| preferences.region))
        });
        Self { now: RwSignal::new(None), zone: RwSignal::new(None), region, ahead: StoredValue::new(0) }
    }

    /// The moment; none until something has told.
    pub fn now(&self) -> Option<Timestamp> {
        self.now.get()
    }

    /// The moment to the millisecond, for what is written now.
    pub fn exactly(&self) -> Timestamp {
        match browser::now() {
            Some(now) => now + self.ahead.get_value(),
            None => self.now.get_untracked().unwrap_or_default(),
        }
    }

    /// The reader's zone; none until the browser has told.
    pub fn zone(&self) -> Option<Zone> {
        self.zone.get()
    }

    /// The reader's zone, and how dates and numbers are written; none until the browser has told.
    pub fn locale(&self) -> Option<Locale> {
        Some(Locale { zone: self.zone()?, region: self.region() })
    }

    /// How dates and numbers are written, never [`Region::Browser`].
    fn region(&self) -> Region {
        match self.region.map(|region| region.get()).unwrap_or_default() {
            Region::Browser => Region::of_language(&browser::language()),
            chosen => chosen,
        }
    }

    /// Takes the time from an answer of the server.
    pub fn set(&self, server: Timestamp) {
        if let Some(browser) = browser::now() {
            self.ahead.set_value(server - browser);
        }
        self.now.set(Some(server));
    }

    /// Winds the clock in the browser. Call it once, when the page is drawn.
    pub fn wind(self) {
        Effect::new(move || {
            #[cfg(feature = "hydrate")]
            self.zone.set(Some(Zone::Browser));
            self.now.set(Some(self.exactly()));
            let ticking = set_interval_with_handle(move || self.now.set(Some(self.exactly())), TICK);
            on_cleanup(move || {
                if let Ok(ticking) = ticking {
                    ticking.clear();
                }
            });
        });
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}
