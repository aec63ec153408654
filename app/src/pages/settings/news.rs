//! What changes, for pages outside the inbox that stay true while others work.

use domain::live::Change;
use leptos::prelude::*;

type Hearer = (u32, Callback<Change>);

/// Tells every hearer each change in its order. It is in the context of pages that listen.
#[derive(Clone, Copy)]
pub struct News {
    hearers: StoredValue<Vec<Hearer>>,
    next: StoredValue<u32>,
}

impl News {
    /// Nobody hears yet.
    #[cfg(feature = "hydrate")]
    pub fn new() -> Self {
        Self { hearers: StoredValue::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Hears every change until its owner is gone.
    pub fn hear(self, hear: impl Fn(&Change) + Send + Sync + 'static) {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        let hear = Callback::new(move |change: Change| hear(&change));
        self.hearers.update_value(|hearers| hearers.push((number, hear)));
        on_cleanup(move || {
            self.hearers.try_update_value(|hearers| hearers.retain(|(other, _)| *other != number));
        });
    }

    /// Tells a change.
    #[cfg(feature = "hydrate")]
    pub fn tell(self, change: &Change) {
        let hearers = self.hearers.try_get_value().unwrap_or_default();
        hearers.iter().for_each(|(_, hear)| hear.run(change.clone()));
    }
}
