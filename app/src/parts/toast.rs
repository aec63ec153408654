use super::Icon;
use crate::text;
use leptos::prelude::*;
use std::time::Duration;

/// How long a message stays by itself.
const STAYS: Duration = Duration::from_secs(8);

/// Short messages about what was just done, or not done.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<(u32, String)>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// No messages yet.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// Shows a message for a while.
    pub fn say(self, words: impl Into<String>) {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        let words = words.into();
        self.shown.update(|shown| {
            shown.retain(|(_, other)| *other != words);
            shown.push((number, words));
        });
        set_timeout(move || self.drop(number), STAYS);
    }

    fn drop(self, number: u32) {
        self.shown.update(|shown| shown.retain(|(other, _)| *other != number));
    }
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

/// The place where they appear.
#[component]
pub fn ToastsView(toasts: Toasts) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|(number, _)| *number let((number, words))>
                <div class="toast">
                    <span>{words}</span>
                    <button class="button" type="button" data-icon="" aria-label=text::dismiss() on:click=move |_| toasts.drop(number)>
                        <Icon name="x" />
                    </button>
                </div>
            </For>
        </div>
    }
}
