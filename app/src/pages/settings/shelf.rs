//! A list of things that are made, changed and ended in dialogs.

use crate::api::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What such a section shows and what is being changed.
pub struct Shelf<T: 'static> {
    pub items: RwSignal<Vec<T>>,
    /// The one in the dialog: one that is there, or a new one.
    pub editing: RwSignal<Option<Option<T>>>,
    /// The one that shall go.
    pub ending: RwSignal<Option<T>>,
}

impl<T> Clone for Shelf<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Shelf<T> {}

impl<T: Send + Sync> Shelf<T> {
    pub fn new(items: Vec<T>) -> Self {
        Self { items: RwSignal::new(items), editing: RwSignal::new(None), ending: RwSignal::new(None) }
    }

    /// Loads everything again after a change. What was saved is there; the next visit shows it, should this fail.
    pub fn reload(self, load: impl Future<Output = Result<Vec<T>, Failure>> + 'static) {
        spawn_local(async move {
            if let Ok(items) = load.await {
                self.items.try_set(items);
            }
        });
    }
}
